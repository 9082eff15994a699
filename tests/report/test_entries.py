"""Neighbouring changes that are told as one, and differences that are told apart."""

from __future__ import annotations

import attrs
import lxml.html
import pytest

from revtrack import report
from revtrack.changes.kinds import Change, Nature, TextAdded, TextEdited, TextRemoved
from revtrack.changes.revision import Revision
from revtrack.model import BlockKind, Notice, NoticeKind, NoticeTarget
from revtrack.report.entries import TECHNICAL_HEADING, entries, technical_entries
from tests.report.made import revision_of

ITEMS = [f"Item number {number} of the list." for number in range(1, 9)]
LISTED = [BlockKind.PARAGRAPH, *[BlockKind.LIST_ITEM] * 8]


def gone(*, kinds: list[BlockKind] = LISTED) -> Revision:
    """Eight blocks removed between two paragraphs that stayed, one change each."""
    revision = revision_of(
        ("=", "Before the list.\n\n"),
        ("-", "\n\n".join(ITEMS) + "\n\n"),
        ("=", "After the list."),
        kinds=kinds,
    )
    changes = [
        TextRemoved(
            old=item, new=None, rule="removed.content", nature=Nature.CONTENT, substantive=True,
            old_spans=(place,),
        )
        for item, place in zip(ITEMS, revision.old.block_spans[1:9], strict=True)
    ]  # fmt: skip
    return attrs.evolve(revision, changes=tuple(changes))


def came() -> Revision:
    """The same blocks added."""
    revision = gone()
    changes = [
        TextAdded(
            old=None, new=change.old, rule="added.content", nature=Nature.CONTENT, substantive=True,
            new_spans=change.old_spans,
        )
        for change in revision.changes
    ]  # fmt: skip
    return attrs.evolve(revision, old=revision.new, new=revision.old, changes=tuple(changes), ops=())


def sentences_of(revision: Revision) -> list[str]:
    """Each entry with its numbers."""
    return [f"{entry.number} {entry.sentence}" for entry in entries(revision)]


def test_neighbouring_blocks_of_one_fate_are_one_entry() -> None:
    """Eight list items that went, or came, together are told once and keep their numbers."""
    assert sentences_of(gone()) == [
        "1–8 Eight list items were removed; it is not explained by any correction notice."
    ]
    assert sentences_of(came()) == [
        "1–8 Eight list items were added; it is not explained by any correction notice."
    ]


def test_every_format_shows_all_texts_of_an_entry() -> None:
    """The sentence stands once and each text below it; the count of changes stays."""
    for told in (report.text, report.markdown, report.html):
        page = told(gone())
        assert page.count("Eight list items were removed") == 1
        assert "8 changes, 8 substantive, 8 undisclosed" in page
        assert all(item in page for item in ITEMS)
    tree = lxml.html.document_fromstring(report.html(gone()))
    (entry,) = tree.find_class("rt-change")
    assert len(entry.find_class("rt-words")) == 8
    names = [element.get("id") for element in tree.iter() if element.get("id")]
    links = [str(link).removeprefix("#") for link in tree.xpath("//@href")]
    assert {f"r1-c{number}" for number in range(1, 9)} <= set(names) & set(links)


def explained(change: Change) -> Change:
    """The change with a correction that discloses it."""
    notice = Notice(NoticeKind.CORRECTION, NoticeTarget.BODY, "Correction: one item was wrong.")
    return attrs.evolve(change, disclosed_by=(notice,))


def edited(change: Change) -> Change:
    """An edit where there was a removal."""
    return TextEdited(
        old=change.old, new="x", rule="edited", nature=Nature.NUMBER, substantive=True,
        old_spans=change.old_spans,
    )  # fmt: skip


@pytest.mark.parametrize("other", [explained, edited])
def test_another_fate_ends_an_entry(other: object) -> None:
    """A disclosed neighbour, or one that was edited, has an entry of its own."""
    revision = gone()
    one, two, three, *rest = revision.changes
    mixed = attrs.evolve(revision, changes=(one, two, other(three), *rest))  # type: ignore[operator]  # either function
    assert [entry.number for entry in entries(mixed)] == ["1–2", "3", "4–8"]


def test_only_neighbours_of_one_kind_are_one_entry() -> None:
    """A block that stayed in between, and a block of another kind, part two entries."""
    revision = gone()
    apart = attrs.evolve(revision, changes=revision.changes[:3] + revision.changes[4:])
    assert [entry.number for entry in entries(apart)] == ["1–3", "4–7"]
    kinds = [BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.PARAGRAPH, *[BlockKind.LIST_ITEM] * 6]
    assert [words.split(";")[0] for words in sentences_of(gone(kinds=kinds))] == [
        "1 A heading was removed",
        "2 A paragraph was removed",
        "3–8 Six list items were removed",
    ]


def test_markdown_numbers_its_entries_through() -> None:
    """A list in Markdown counts its items by itself, so the second entry is 2 there."""
    revision = gone()
    apart = attrs.evolve(revision, changes=revision.changes[:3] + revision.changes[4:])
    text = report.markdown(apart)
    assert "\n1. **Three list items were removed;" in text
    assert "\n2. **Four list items were removed;" in text


def test_technical_differences_are_told_apart_and_not_counted() -> None:
    """What only one extraction took is listed by its beginning, and is no change."""
    added = came().changes[0]
    long = attrs.evolve(gone().changes[0], old="word " * 40)
    revision = attrs.evolve(gone(), changes=(), technical=(long, added))
    assert [(one.description, one.text) for one in technical_entries(revision)] == [
        ("A list item, in the old article only", f"{'word ' * 12}…"),
        ("Text, in the new article only", ITEMS[0]),
    ]
    for told in (report.text, report.markdown, report.html):
        page = told(revision)
        assert page.count(TECHNICAL_HEADING) == 1
        assert "o changes" in page
        assert "A list item, in the old article only: " in page
        assert TECHNICAL_HEADING not in told(gone())
