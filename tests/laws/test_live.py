"""What holds for every live blog, whatever its entries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import groupby

import attrs
from hypothesis import given
from hypothesis import strategies as st

import revtrack
from revtrack import codec
from revtrack.blame import blame
from revtrack.changes.kinds import TextAdded, TextEdited, TextRemoved
from revtrack.changes.revision import Revision
from revtrack.diff import Equal, apply
from revtrack.model import Article, Block, Capture, LiveEntry, Snapshot
from revtrack.remarks import RemarkKind
from revtrack.testing import html_page, live_blogs, paragraphs

Parts = list[tuple[Block, ...]]


def _parts(article: Article) -> tuple[Parts, Parts]:
    """The introduction, and the entries."""
    parts = [tuple(blocks) for _, blocks in groupby(article.blocks, lambda block: block.entry)]
    return [p for p in parts if p[0].entry is None], [p for p in parts if p[0].entry]


def _of(article: Article, *parts: Parts) -> Article:
    return attrs.evolve(article, blocks=tuple([b for part in parts for entry in part for b in entry]))


def _holds(revision: Revision) -> None:
    """The operations give the new text, and each that differs is told once."""
    assert apply(revision.ops, revision.old.text) == revision.new.text
    told = [*revision.changes, *revision.technical]
    for op in revision.ops:
        if isinstance(op, Equal):
            continue
        owners = [
            change
            for change in told
            if any(len(op.old) and op.old.overlaps(span) for span in change.old_spans)
            or any(len(op.new) and op.new.overlaps(span) for span in change.new_spans)
        ]
        assert len(owners) == 1, (op, owners)
    assert codec.loads(codec.dumps(revision), Revision) == revision


@given(st.data(), live_blogs())
def test_entries_in_another_order_are_no_change(data: st.DataObject, old: Article) -> None:
    """Newest first, oldest first or shuffled: the same entries are the same text."""
    intro, entries = _parts(old)
    new = _of(old, intro, data.draw(st.permutations(entries) | st.just(entries[::-1])))
    revision = revtrack.compare(old, new)
    assert revision.changes == ()
    assert (new == old) == (not revision.technical)
    _holds(revision)


@given(live_blogs(min_size=3), st.integers(1, 2), st.booleans())
def test_entries_that_came_are_only_added(new: Article, count: int, oldest_first: bool) -> None:
    """What stood stays what it was, however far down it is pushed."""
    intro, entries = _parts(new)
    old = _of(new, intro, entries[count:])
    if oldest_first:
        new, old = _of(new, intro, entries[::-1]), _of(new, intro, entries[count:][::-1])
    revision = revtrack.compare(old, new)
    assert all(isinstance(change, TextAdded) for change in revision.changes)
    came = {block.entry for entry in entries[:count] for block in entry}
    assert {change.entry for change in revision.changes} == came
    assert revision.technical == ()
    _holds(revision)


@given(st.data(), live_blogs(), st.lists(paragraphs(), min_size=1, max_size=3, unique=True))
def test_an_edit_is_told_in_its_entry(data: st.DataObject, old: Article, words: list[str]) -> None:
    """However much an entry is rewritten, and wherever it stands then, no other one is touched."""
    intro, entries = _parts(old)
    number = data.draw(st.integers(0, len(entries) - 1))
    kept = data.draw(st.integers(0, len(entries[number])))
    kind, entry = entries[number][0].kind, entries[number][0].entry
    written = [attrs.evolve(entries[number][0], text=text) for text in words]
    rewritten = (*entries[number][:kept], *written)
    entries[number] = (attrs.evolve(rewritten[0], kind=kind), *rewritten[1:])
    new = _of(old, intro, data.draw(st.permutations(entries) | st.just(entries)))
    revision = revtrack.compare(old, new)
    assert {change.entry for change in revision.changes} <= {entry}
    _holds(revision)


@given(st.data(), live_blogs(min_size=3))
def test_one_word_of_an_entry_is_one_edit(data: st.DataObject, old: Article) -> None:
    """The sentence in which it stands is edited, and nothing else is told."""
    intro, entries = _parts(old)
    number = data.draw(st.integers(0, len(entries) - 1))
    first, *rest = entries[number]
    words = first.text.split(" ")
    words[3] = "forty-seven"
    entries[number] = (attrs.evolve(first, text=" ".join(words)), *rest)
    revision = revtrack.compare(old, _of(old, intro, entries[::-1]))
    (change,) = revision.changes
    assert isinstance(change, TextEdited)
    assert change.entry == first.entry
    _holds(revision)


@given(live_blogs(min_size=4), st.integers(1, 2), st.integers(1, 2), st.booleans())
def test_what_falls_off_the_end_is_not_removed(
    whole: Article, newer: int, older: int, oldest_first: bool
) -> None:
    """A page that holds so many entries lost none when newer ones came."""
    intro, entries = _parts(whole)
    old, new = entries[newer:], entries[: len(entries) - older]
    if oldest_first:
        old, new = old[::-1], new[::-1]
    revision = revtrack.compare(_of(whole, intro, old), _of(whole, intro, new))
    assert all(isinstance(change, TextAdded) for change in revision.changes)
    assert all(isinstance(change, TextRemoved) for change in revision.technical)
    assert {change.entry for change in revision.technical} == {
        block.entry for entry in entries[-older:] for block in entry
    }
    assert [remark.kind for remark in revision.remarks] == [RemarkKind.CAPTURED_LESS]
    _holds(revision)


@given(st.data(), live_blogs(min_size=4))
def test_an_entry_from_the_middle_is_removed(data: st.DataObject, whole: Article) -> None:
    """One that stood between others and is gone was taken away, also where a newer one came."""
    intro, entries = _parts(whole)
    gone = data.draw(st.integers(2, len(entries) - 2))
    kept = [entry for number, entry in enumerate(entries) if number != gone]
    revision = revtrack.compare(_of(whole, intro, entries[1:]), _of(whole, intro, kept))
    assert {change.entry for change in revision.removed} == {entries[gone][0].entry}
    assert len(revision.added) + len(revision.removed) == len(revision.changes)
    _holds(revision)


@given(st.data(), live_blogs())
def test_a_copy_of_an_entry_is_no_text_that_came(data: st.DataObject, old: Article) -> None:
    """The entry that is pinned above the others is told once, where it stands in its order."""
    intro, entries = _parts(old)
    pinned = data.draw(st.sampled_from(entries))
    new = _of(old, intro, [pinned], entries)
    there, back = revtrack.compare(old, new), revtrack.compare(new, old)
    assert there.changes == back.changes == ()
    assert {change.entry for change in (*there.technical, *back.technical)} == {pinned[0].entry}
    _holds(there)
    _holds(back)


@given(st.data(), live_blogs())
def test_ids_that_name_nothing_are_not_believed(data: st.DataObject, old: Article) -> None:
    """Ids that are drawn for each request, or count from the top, make no change of the same text."""
    new_ids = data.draw(st.permutations([f"r{number}" for number in range(20)]))
    count_down = data.draw(st.booleans())
    intro, entries = _parts(old)
    renamed = [
        tuple([attrs.evolve(b, entry=LiveEntry(new_ids[number])) for b in entry])
        for number, entry in enumerate(entries)
    ]
    if count_down:
        numbered = [
            tuple([attrs.evolve(b, entry=LiveEntry(f"n{number}")) for b in entry])
            for number, entry in enumerate(entries[1:])
        ]
        renamed = [
            tuple([attrs.evolve(b, entry=LiveEntry(f"n{number}")) for b in entry])
            for number, entry in enumerate(entries)
        ]
        old, entries = _of(old, intro, numbered), entries[1:]
    revision = revtrack.compare(old, _of(old, intro, renamed))
    assert all(isinstance(change, TextAdded) for change in revision.changes)
    assert bool(revision.changes) == count_down
    _holds(revision)


@given(st.data(), live_blogs(min_size=3))
def test_blame_goes_with_the_entries(data: st.DataObject, whole: Article) -> None:
    """Text keeps the version that it came with when its entry is pushed down or stands elsewhere."""
    intro, entries = _parts(whole)
    shuffled = data.draw(st.permutations(entries))
    pages = [html_page(_of(whole, intro, entries[1:])), html_page(_of(whole, intro, shuffled))]
    history = revtrack.History.from_snapshots(
        [
            Snapshot(Capture("https://news.example/a", datetime(2024, 3, 5, tzinfo=UTC) + day), page)
            for day, page in zip((timedelta(0), timedelta(1)), pages, strict=True)
        ]
    )
    newest = history.versions[-1].article
    stretches = blame(history)
    assert "".join([stretch.span.of(newest.text) for stretch in stretches]) == newest.text
    for span, block in zip(newest.block_spans, newest.blocks, strict=True):
        fresh = block.entry is not None and block.entry == entries[0][0].entry
        versions = {one.version for one in stretches if one.span.overlaps(span)}
        assert versions == {2 if fresh else 1}
