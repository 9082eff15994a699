"""Blame tiles the newest text, and each stretch stood in the version it names."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

import revtrack
from revtrack.blame import blame, trace
from revtrack.model import Article, Capture, Snapshot, Version
from revtrack.testing import EditedPair, articles, edited_articles, html_page

START = datetime(2024, 1, 5, tzinfo=UTC)


def _history(*states: Article) -> revtrack.History:
    return revtrack.History.from_snapshots(
        [
            Snapshot(Capture("https://news.example/a", START + timedelta(days=day)), html_page(state))
            for day, state in enumerate(states)
        ]
    )


@given(st.lists(articles(), min_size=1, max_size=3), edited_articles())
def test_blame_tiles_the_newest_text(unrelated: list[Article], pair: EditedPair) -> None:
    """Every character of the newest text is blamed once, in order."""
    history = _history(pair.old, pair.new, *unrelated)
    stretches = blame(history)
    newest = history.versions[-1].article.text
    assert "".join([stretch.span.of(newest) for stretch in stretches]) == newest
    assert all(a.version != b.version for a, b in itertools.pairwise(stretches))


@given(edited_articles())
def test_each_stretch_stood_in_the_version_that_is_blamed_for_it(pair: EditedPair) -> None:
    """Words blamed on a version are words of that version."""
    history = _history(pair.old, pair.new)
    newest = history.versions[-1].article.text
    for stretch in blame(history):
        words = stretch.span.of(newest).split()
        assert set(words) <= set(history.versions[stretch.version - 1].article.text.split()) or (
            len(history.versions) == 1
        )


@given(edited_articles(), edited_articles())
def test_a_trace_tiles_every_version_and_places_what_was_removed(
    pair: EditedPair, other: EditedPair
) -> None:
    """What was removed was in the version before, and its place is in the newest text."""
    history = _history(pair.old, pair.new, other.old)
    found = trace(history)
    newest = history.versions[-1].article.text
    for version, stretches in zip(history.versions, found.stretches, strict=True):
        text = version.article.text
        assert "".join([stretch.span.of(text) for stretch in stretches]) == text
    for one in found.removed:
        old = history.versions[one.revision - 1].article.text
        assert all(words in old for words in one.text.split("\n\n"))
        assert 1 <= one.version <= one.revision
        assert 0 <= one.place <= len(newest)
    assert all(0 <= span.start <= span.stop <= len(newest) for span in found.places.values())


def test_a_removed_passage_keeps_its_place_when_the_text_around_it_changes() -> None:
    """Its place is carried to the newest text, behind the paragraph that it followed."""
    texts = [
        f"Paragraph number {n} is about the {w}." for n, w in enumerate(("quay", "ferry", "crane"))
    ]
    states = [texts, [texts[0], texts[2]], ["A new first paragraph came before.", texts[0], texts[2]]]
    history = _history(
        *[revtrack.from_text("\n\n".join(some), headline="Oll", language="en") for some in states]
    )
    (gone,) = trace(history).removed
    newest = history.versions[-1].article.text
    assert (gone.text, gone.version, gone.revision) == (texts[1], 1, 1)
    assert newest[: gone.place].rstrip().endswith(texts[0])


def test_text_that_moved_keeps_the_version_it_came_with() -> None:
    """A paragraph that only changed places is not new."""
    paragraphs = [
        "The oak behind the old chapel fell in last night's storm and blocked the road to the quarry.",
        "Bakers in the harbour town have agreed on a common price for rye bread until the spring.",
        "A choir of sixty retired miners sang under the bridge while the ferry waited for the tide.",
        "Nobody claimed the silver watch that a child found among the pebbles by the lighthouse.",
    ]
    old = revtrack.from_text("\n\n".join(paragraphs), headline="Letters", language="en")
    new = revtrack.from_text(
        "\n\n".join([*paragraphs[1:], paragraphs[0]]), headline="Letters", language="en"
    )
    history = _history(old, new)
    newest = history.versions[-1].article.text
    brought = "".join([s.span.of(newest) for s in blame(history) if s.version == 2])
    assert not brought.strip()


def test_text_that_moved_behind_an_empty_block_keeps_its_version() -> None:
    """White space before a moved paragraph does not hide where it came from."""
    texts = [
        "The oak behind the old chapel fell in the storm and blocked the road to the quarry.",
        "Bakers in the harbour town have agreed on a common price for rye bread, the guild said.",
        "A choir of sixty retired miners sang under the bridge while the ferry waited for the tide.",
    ]
    blocks = [revtrack.from_text(text).blocks[0] for text in texts]
    empty = attrs.evolve(blocks[0], text="")
    old = Article(headline="Letters", blocks=(empty, blocks[1], blocks[2], blocks[0]))
    new = Article(headline="Letters", blocks=(empty, blocks[0], blocks[1], blocks[2]))
    revision = revtrack.compare(old, new)
    assert len(revision.moved) == 1
    versions = (Version(1, old, ()), Version(2, new, ()))
    stretches = blame(revtrack.History(versions, (revision,)))
    assert "".join([stretch.span.of(new.text) for stretch in stretches]) == new.text
    assert not "".join([s.span.of(new.text) for s in stretches if s.version == 2]).strip()
