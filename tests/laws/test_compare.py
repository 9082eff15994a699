"""What holds for every comparison, whatever the articles."""

from __future__ import annotations

import itertools

import attrs
from hypothesis import given
from hypothesis import strategies as st

import revtrack
from revtrack.changes.kinds import (
    LinkChanged,
    MediaChanged,
    MetadataChanged,
    NoticeAdded,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
    UpdateAdded,
)
from revtrack.changes.revision import Revision
from revtrack.diff import Delete, Equal, Insert, apply
from revtrack.model import Article
from revtrack.testing import EditedPair, PlantedKind, articles, edited_articles, html_page, pages

texts = st.text(max_size=300) | st.lists(st.text(max_size=60), max_size=6).map("\n\n".join)
plain = texts.map(revtrack.from_text)
BESIDE = (MetadataChanged, LinkChanged, MediaChanged, revtrack.HeadlineChanged)


def _tiles(revision: Revision) -> None:
    assert [op.old.start for op in revision.ops] == [
        0,
        *itertools.accumulate([len(op.old) for op in revision.ops]),
    ][: len(revision.ops)]
    assert apply(revision.ops, revision.old.text) == revision.new.text


@given(plain, plain)
def test_operations_tile_both_texts_and_give_the_new_one(old: Article, new: Article) -> None:
    """For any two texts the operations cover both sides, and applied to the old they give the new."""
    _tiles(revtrack.compare(old, new))


@given(articles())
def test_an_article_compared_with_itself_has_no_changes(article: Article) -> None:
    """Nothing changed where nothing changed."""
    revision = revtrack.compare(article, article)
    assert revision.changes == ()
    assert all(isinstance(op, Equal) for op in revision.ops)


@given(articles() | plain)
def test_the_short_way_for_equal_articles_gives_what_the_long_way_gives(article: Article) -> None:
    """What both captures show alike is not looked at; with another encoding it is, and is the same."""
    looked_at = revtrack.compare(article, attrs.evolve(article, encoding="another"))
    assert attrs.evolve(looked_at, new=article) == revtrack.compare(article, article)


@given(plain)
def test_any_text_compared_with_itself_has_no_changes(article: Article) -> None:
    """Whatever the characters, a text equals itself."""
    assert revtrack.compare(article, article).changes == ()


@given(plain, plain)
def test_every_operation_belongs_to_exactly_one_change(old: Article, new: Article) -> None:
    """Nothing is lost and nothing is told twice: each operation lies in one change's evidence."""
    revision = revtrack.compare(old, new)
    text_changes = [change for change in revision.changes if not isinstance(change, BESIDE)]
    for op in revision.ops:
        if isinstance(op, Equal):
            continue
        owners = [
            change
            for change in text_changes
            if any(len(op.old) and op.old.overlaps(span) for span in change.old_spans)
            or any(len(op.new) and op.new.overlaps(span) for span in change.new_spans)
        ]
        assert len(owners) == 1, (op, owners)


sentences = st.lists(
    st.sampled_from(
        [
            "The pier burnt.",
            "Nobody came.",
            "Rain fell all day on Orsund.",
            "Pumps failed.",
            "It is over.",
        ]
    ),
    max_size=8,
)
paragraphs = st.lists(sentences.map(" ".join).filter(bool), max_size=5).map("\n\n".join)


@given(paragraphs.map(revtrack.from_text), paragraphs.map(revtrack.from_text))
def test_what_the_other_article_still_says_was_neither_removed_nor_added(
    old: Article, new: Article
) -> None:
    """No substantive removal holds a sentence of the new text, and no addition one of the old."""
    revision = revtrack.compare(old, new)
    for changes, other in ((revision.removed, new), (revision.added, old)):
        held = {span.of(other.text) for span in revtrack.text.sentences(other.text)}
        for change in changes:
            words = change.old or change.new or ""
            told = {span.of(words) for span in revtrack.text.sentences(words)}
            assert not (change.substantive and told & held), (change, held)


@given(edited_articles())
def test_every_planted_edit_is_told_as_what_it_is(pair: EditedPair) -> None:
    """A headline, an update, a removal, an addition, an edit and a move come out as such."""
    revision = revtrack.compare(pair.old, pair.new)
    for planted in pair.planted:
        match planted.kind:
            case PlantedKind.HEADLINE:
                assert revision.headline is not None
                assert (revision.headline.old, revision.headline.new) == (planted.old, planted.new)
            case PlantedKind.UPDATE:
                assert [change.new for change in revision.updates] == [planted.new]
            case PlantedKind.REMOVED:
                assert planted.old in [change.old for change in revision.removed]
            case PlantedKind.ADDED:
                assert planted.new in [change.new for change in revision.added]
            case PlantedKind.EDITED:
                assert any("forty-seven" in (change.new or "") for change in revision.edited)
            case PlantedKind.MOVED:
                assert len(revision.moved) == 1
    assert len(revision.changes) == len(pair.planted)


@given(edited_articles())
def test_a_move_pairs_one_delete_with_one_insert(pair: EditedPair) -> None:
    """A move is an overlay: the tiling holds a Delete at its old place and an Insert at its new."""
    revision = revtrack.compare(pair.old, pair.new)
    assert len(revision.moves) == len(revision.moved)
    for move in revision.moves:
        assert [type(op) for op in revision.ops if op.old == move.old and len(op.old)] == [Delete]
        assert [type(op) for op in revision.ops if op.new == move.new and len(op.new)] == [Insert]


@given(edited_articles())
def test_swapping_the_sides_turns_added_into_removed(pair: EditedPair) -> None:
    """Seen from the other side, what was added was removed, and edits and moves stay what they are."""
    bare = attrs.evolve(pair.new, notices=())
    there, back = revtrack.compare(pair.old, bare), revtrack.compare(bare, pair.old)
    assert sorted([c.new or "" for c in there.added]) == sorted([c.old or "" for c in back.removed])
    assert sorted([c.old or "" for c in there.removed]) == sorted([c.new or "" for c in back.added])
    assert sorted([c.old or "" for c in there.edited]) == sorted([c.new or "" for c in back.edited])
    assert len(there.moved) == len(back.moved)


VARIANTS = [("'", "’"), ('"', "“"), (" ", "\u00a0"), ("harbour", "har\u00adbour"), ("é", "e\u0301")]
SPELT = 'The café by the harbour isn\'t "closed" today.'


@given(articles(), st.sampled_from(VARIANTS))
def test_folding_variants_are_no_change(article: Article, variant: tuple[str, str]) -> None:
    """Curly quotes, no-break spaces, soft hyphens and decomposed letters never make a change."""
    old = attrs.evolve(article, blocks=(*article.blocks, *revtrack.from_text(SPELT).blocks))
    blocks = tuple([attrs.evolve(block, text=block.text.replace(*variant)) for block in old.blocks])
    assert blocks != old.blocks
    revision = revtrack.compare(old, attrs.evolve(old, blocks=blocks))
    assert revision.changes == ()
    assert apply(revision.ops, revision.old.text) == revision.new.text


@given(st.data(), articles())
def test_furniture_alone_makes_no_change(data: st.DataObject, article: Article) -> None:
    """Two pages of one article whose furniture differs are one version."""
    old, new = (data.draw(pages(st.just(article))) for _ in "ab")
    changes = revtrack.compare(old, new).changes
    assert changes == ()


@given(edited_articles())
def test_pages_change_as_their_articles_do(pair: EditedPair) -> None:
    """The way through HTML finds the same text changes as the articles themselves."""
    through = revtrack.compare(html_page(pair.old), html_page(pair.new))
    direct = revtrack.compare(pair.old, pair.new)
    kinds = (TextAdded, TextRemoved, TextEdited, TextMoved, UpdateAdded, NoticeAdded)
    assert [(type(c), c.old, c.new) for c in through.changes if isinstance(c, kinds)] == [
        (type(c), c.old, c.new) for c in direct.changes if isinstance(c, kinds)
    ]


def test_a_space_lost_beside_a_mark_is_no_change() -> None:
    """Templates drop spaces around tags; a space inside a word is another matter."""
    old = revtrack.from_text("Our rules:The paper checks facts. Every day counts.")
    spaced = revtrack.from_text("Our rules: The paper checks facts. Every day counts.")
    joined = revtrack.from_text("Our rules:The paper checks facts. Everyday counts.")
    assert revtrack.compare(old, spaced).changes == ()
    assert len(revtrack.compare(old, joined).changes) == 1
