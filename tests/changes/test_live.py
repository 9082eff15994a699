"""Live blogs: entries are known by their ids; what a page no longer shows was not removed."""

from __future__ import annotations

from datetime import datetime, timedelta

import attrs
import pytest

import revtrack
from revtrack.model import Article, Block, BlockKind, LiveEntry, Media, MediaKind
from revtrack.remarks import RemarkKind

SAID = {
    "e1": "The first divers went down to the wreck at dawn.\n\nThe bell is still missing.",
    "e2": "A spokeswoman for the museum says that they have seen the bell between two anchors.",
    "e3": "Work has stopped because of fog, and nobody knows for how long.\n\nThe ferry waits too.",
    "e4": "The fog has lifted and the crane is on its way to the wreck.",
    "e5": "The bell hangs on the hook of the crane, green and whole.",
    "e6": "People on the mole are clapping while the bell is put on the deck.",
}
DAWN = datetime.fromisoformat("2024-03-05T08:00:00+01:00")
INTRO = "Divers look for the bell of the Amalia, which sank off Sollum in 1911. Follow them here."


def _entry(name: str, *, words: str | None = None, timed: bool = True) -> list[Block]:
    number = list(SAID).index(name)
    entry = LiveEntry(name, DAWN + timedelta(hours=number) if timed else None)
    first, *rest = (words or SAID[name]).split("\n\n")
    return [
        Block(BlockKind.LIVE_ENTRY, first, entry=entry),
        *[Block(BlockKind.PARAGRAPH, text, entry=entry) for text in rest],
    ]


def _blog(*names: str, points: str = "", timed: bool = True, **rewritten: str) -> Article:
    """The entries *names* from the top, *rewritten* by name, under an introduction and its *points*."""
    blocks = [Block(BlockKind.PARAGRAPH, INTRO)]
    blocks += [Block(BlockKind.LIST_ITEM, point) for point in points.split("\n") if point]
    for name in names:
        blocks += _entry(name, words=rewritten.get(name), timed=timed)
    article = revtrack.from_text("", headline="The bell of the Amalia", language="en")
    article = attrs.evolve(article, blocks=tuple(blocks))
    return attrs.evolve(article, notices=revtrack.notices.find(article.text, language="en"))


def _told(revision: revtrack.Revision) -> list[tuple[str, str | None]]:
    """What kind each change is of, and in which entry."""
    return [(type(c).__name__, c.entry.id if c.entry else None) for c in revision.changes]


def test_an_entry_that_was_rewritten_is_no_other_entry() -> None:
    """Its words went and came in it, whatever its neighbours say."""
    old = _blog("e4", "e3", "e2", "e1")
    new = _blog("e5", "e4", "e3", "e2", "e1", e3=SAID["e5"].replace("green", "dull"), e5=SAID["e3"])
    assert {name for _, name in _told(revtrack.compare(old, new))} == {"e3", "e5"}


def test_an_entry_that_says_nearly_what_its_neighbour_says_is_new() -> None:
    """An id that was not there is a new entry, and the one below it was not edited."""
    old, new = _blog("e2", "e1"), _blog("e3", "e2", "e1", e3=SAID["e2"].replace("two", "three"))
    assert _told(revtrack.compare(old, new)) == [("TextAdded", "e3")]


@pytest.mark.parametrize("timed", [True, False])
def test_the_oldest_entries_fall_off_while_newer_come(timed: bool) -> None:
    """With times and without: what stood last on a page that grows at its top was captured less."""
    old, new = (
        _blog("e4", "e3", "e2", "e1", timed=timed),
        _blog("e6", "e5", "e4", "e3", timed=timed),
    )
    revision = revtrack.compare(old, new)
    assert _told(revision) == [("TextAdded", "e6"), ("TextAdded", "e5")]
    assert [c.entry.id for c in revision.technical if c.entry] == ["e2", "e1", "e1"]
    (remark,) = revision.remarks
    assert remark.kind is RemarkKind.CAPTURED_LESS
    assert "2 oldest entries" in remark.text


def test_an_entry_at_the_end_is_removed_where_nothing_newer_came() -> None:
    """A page that did not grow pushed nothing off."""
    revision = revtrack.compare(_blog("e3", "e2", "e1"), _blog("e3", "e2"))
    assert _told(revision) == [("TextRemoved", "e1")] * 2
    assert revision.technical == ()
    assert revision.remarks == ()


def test_an_entry_at_the_end_that_is_not_the_oldest_was_removed() -> None:
    """Times that are known count more than the place."""
    revision = revtrack.compare(_blog("e2", "e1", "e4"), _blog("e5", "e2", "e1"))
    assert ("TextRemoved", "e4") in _told(revision)


def test_a_notice_and_a_picture_of_a_fallen_entry_are_not_removed() -> None:
    """They went with it."""
    note = "Correction: An earlier version of this entry misstated the depth. It is 40 metres."
    old = _blog("e3", "e2", "e1", e1=f"{SAID['e1']}\n\n{note}")
    assert len(old.notices) == 1
    picture = Media(MediaKind.IMAGE, "https://bell.example/wreck.jpg")
    old = attrs.evolve(old, blocks=(*old.blocks[:-1], attrs.evolve(old.blocks[-1], media=(picture,))))
    revision = revtrack.compare(old, _blog("e4", "e3", "e2"))
    assert _told(revision) == [("TextAdded", "e4")]
    kinds = {type(change).__name__ for change in revision.technical}
    assert kinds == {"TextRemoved", "NoticeRemoved", "MediaChanged"}


def test_a_picture_that_came_is_in_its_entry() -> None:
    """A medium has no place in the text; its block has an entry all the same."""
    old = _blog("e2", "e1")
    picture = Media(MediaKind.IMAGE, "https://bell.example/bell.jpg")
    blocks = [
        attrs.evolve(block, media=(picture,)) if block.text == SAID["e2"] else block
        for block in old.blocks
    ]
    assert _told(revtrack.compare(old, attrs.evolve(old, blocks=tuple(blocks)))) == [
        ("MediaChanged", "e2")
    ]


def test_older_entries_that_a_capture_shows_more_were_not_added() -> None:
    """A capture of more pages shows what had been there."""
    revision = revtrack.compare(_blog("e4", "e3"), _blog("e5", "e4", "e3", "e2", "e1"))
    assert _told(revision) == [("TextAdded", "e5")]
    assert [remark.kind for remark in revision.remarks] == [RemarkKind.CAPTURED_MORE]


@pytest.mark.parametrize(("timed", "kind"), [(True, RemarkKind.CAPTURED_LESS), (False, None)])
def test_a_page_that_turned_over_lost_nothing_where_times_say_so(
    timed: bool, kind: RemarkKind | None
) -> None:
    """No entry stands in both captures: only times tell that the old ones are older."""
    revision = revtrack.compare(
        _blog("e3", "e2", "e1", timed=timed), _blog("e6", "e5", "e4", timed=timed)
    )
    assert [remark.kind for remark in revision.remarks] == ([kind] if kind else [])
    assert bool(revision.removed) == (kind is None)
    assert {change.entry.id for change in revision.added if change.entry} == {"e4", "e5", "e6"}


VAGUE = "Correction: An earlier version of this entry contained an error."
NAMED = "Correction: The ship sank off Sollum in 1911, and not in 1912, as we said in an earlier entry."


@pytest.mark.parametrize(("note", "told"), [(VAGUE, ["e3"]), (NAMED, ["e1"])])
def test_a_notice_that_names_nothing_speaks_of_its_entry(note: str, told: list[str]) -> None:
    """Edits in other entries that came with it are not explained, unless it names them."""
    old = _blog("e3", "e2", "e1", e1="It sank in 1912 with tiles.", e3="It waits for 12 tugs.")
    three = f"It waits for 10 tugs.\n\n{note}"
    new = _blog("e3", "e2", "e1", e1="It sank in 1911 with tiles.", e3=three)
    assert len(new.notices) == 1
    revision = revtrack.compare(old, new)
    assert len(revision.edited) == 2
    linked = [c for c in revision.edited if c.disclosed_by or c.possibly_by]
    assert [c.entry.id for c in linked if c.entry] == told


def test_key_points_are_apart_from_the_entries_that_they_repeat() -> None:
    """A list above the entries that repeats their words draws none of them to itself."""
    old = _blog("e2", "e1", points=SAID["e2"])
    new = _blog("e4", "e2", "e1", points=f"{SAID['e4']}\n{SAID['e2']}")
    assert _told(revtrack.compare(old, new)) == [("TextAdded", None), ("TextAdded", "e4")]


def test_a_pinned_entry_that_says_less_is_told() -> None:
    """A copy with words of its own is text that came."""
    new = _blog("e3", "e2", "e1")
    pinned = _entry("e1", words="What we know: the bell is still missing.")
    new = attrs.evolve(new, blocks=(new.blocks[0], *pinned, *new.blocks[1:]))
    assert _told(revtrack.compare(_blog("e3", "e2", "e1"), new)) == [("TextAdded", "e1")]


def test_an_entry_that_was_put_up_again_under_another_id_is_the_same() -> None:
    """What reads the same, and has no counterpart by its id, is the same text."""
    old = _blog("e4", "e3", "e2", "e1")
    again = _entry("e6", words=SAID["e3"])
    new = _blog("e4", "e2", "e1")
    new = attrs.evolve(new, blocks=(new.blocks[0], *again, *new.blocks[1:]))
    assert revtrack.compare(old, new).changes == ()


def test_an_id_that_all_entries_bear_names_none() -> None:
    """Then the text alone says what stands for what."""
    old, new = (
        attrs.evolve(
            article,
            blocks=tuple(
                [
                    attrs.evolve(block, entry=block.entry and LiveEntry("story-7"))
                    for block in article.blocks
                ]
            ),
        )
        for article in (
            _blog("e4", "e3", "e2", "e1"),
            _blog("e5", "e4", "e3", "e2", "e1"),
        )
    )
    revision = revtrack.compare(old, new)
    assert [change.new for change in revision.changes] == [SAID["e5"]]
