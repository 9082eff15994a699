"""How much of a live blog a page shows: entries that fell off its end, stand elsewhere, or stand twice.

Absent is not deleted. A page holds so many entries, and the oldest go as newer ones come: those were
captured less. Entries at the old end that are older than all that was captured were captured more.
The order of entries and copies of them, such as the one that is pinned above the others, are no text
that came or went.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

import attrs

from revtrack.changes.captured import Parted
from revtrack.changes.detect import carried_changes
from revtrack.changes.disclosure import NEW_ENTRY
from revtrack.changes.kinds import (
    Change,
    MediaChanged,
    NoticeAdded,
    NoticeRemoved,
    TextAdded,
    TextRemoved,
    UpdateAdded,
)
from revtrack.changes.live import Entries, Run
from revtrack.changes.passages import Side
from revtrack.changes.placed import in_entries
from revtrack.changes.stretches import Tiling
from revtrack.model import LiveEntry, Span
from revtrack.remarks import Remark, RemarkKind

__all__ = ["part_entries"]


@attrs.frozen
class _Stretch:
    """Neighbouring entries of one side, and the passages from the first to the last of them.

    What stands among them and in none, such as the day, is theirs.
    """

    runs: tuple[Run, ...]
    passages: Span

    def holds(self, spans: Iterable[Span], side: Side) -> bool:
        hull = side.hull(self.passages)
        return all(hull.start <= span.start and span.stop <= hull.stop for span in spans)

    def shows(self, address: str, side: Side) -> bool:
        """Whether a medium with this address belongs to one of the entries."""
        entries: set[LiveEntry | None] = {run.entry for run in self.runs}
        return any(m.src == address for b in side.article.blocks if b.entry in entries for m in b.media)


def part_entries(
    changes: Sequence[Change], old: Side, new: Side, entries: Entries | None, tiling: Tiling
) -> Parted:
    """Part *changes* into those of the text and those of how much a page showed of a live blog.

    Text of an entry that came has a rule of its own: that it is new is said by the entry itself.
    """
    if entries is None:
        return Parted(tuple(changes))
    kinds = (
        (RemarkKind.CAPTURED_LESS, _fallen(entries), None),
        (RemarkKind.CAPTURED_MORE, None, _shown_later(entries)),
        *[(RemarkKind.ENTRIES_ELSEWHERE, one, None) for one in _copies(old, entries.old, entries)],
        *[(RemarkKind.ENTRIES_ELSEWHERE, None, one) for one in _copies(new, entries.new, entries)],
    )
    new_entries: set[LiveEntry | None] = {run.entry for run in entries.unpaired[1]}
    rest: list[Change] = []
    apart: list[Change] = []
    reasons: dict[RemarkKind, _Stretch | None] = {}
    for change in changes:
        for kind, gone, come in kinds:
            if _is_of_page(change, old, gone, new, come):
                apart.append(change)
                reasons.setdefault(kind, gone or come)
                break
        else:
            is_new = isinstance(change, TextAdded) and change.entry in new_entries
            rest.append(attrs.evolve(change, rule=NEW_ENTRY) if is_new else change)
    carried = in_entries(carried_changes(old, new, tiling), old.article, new.article)
    if carried:
        reasons.setdefault(RemarkKind.ENTRIES_ELSEWHERE, None)
    remarks = [_remark(kind, stretch) for kind, stretch in reasons.items()]
    return Parted(tuple(rest), (*apart, *carried), tuple(remarks))


def _is_of_page(
    change: Change, old: Side, gone: _Stretch | None, new: Side, come: _Stretch | None
) -> bool:
    """Whether the change is that these entries are not on the new page, or were not on the old one."""
    match change:
        case TextRemoved() | NoticeRemoved():
            return gone is not None and gone.holds(change.old_spans, old)
        case TextAdded() | NoticeAdded() | UpdateAdded():
            return come is not None and come.holds(change.new_spans, new)
        case MediaChanged(old=str(address), new=None):
            return gone is not None and gone.shows(address, old)
        case MediaChanged(old=None, new=str(address)):
            return come is not None and come.shows(address, new)
        case _:
            return False


def _remark(kind: RemarkKind, stretch: _Stretch | None) -> Remark:
    count = len({run.entry.id for run in stretch.runs}) if stretch else 0
    oldest = "oldest entry" if count == 1 else f"{count} oldest entries"
    if kind is RemarkKind.CAPTURED_LESS:
        words = (
            f"the {oldest} of the live blog went from the end of the page while newer ones came: "
            "that is not told as removed"
        )
    elif kind is RemarkKind.CAPTURED_MORE:
        words = (
            f"the new page shows the {oldest} of the live blog, older than all that the old one "
            "shows: that is not told as added"
        )
    else:
        words = (
            "entries of the live blog stand in another order, or once more on the same page: "
            "that is told apart and is no change"
        )
    return Remark(kind, words)


# ---------------------------------------------------------------------------------------------
# which entries


def _fallen(entries: Entries) -> _Stretch | None:
    """The old entries that went from the old end of the page while newer ones came."""
    gone, come = entries.unpaired
    if not gone or not come:
        return None
    if not entries.pairs:
        times = _times(gone), _times(come)
        known = len(times[0]) == len(gone) and times[1]
        return _stretch(gone) if known and max(times[0]) < min(times[1]) else None
    top, bottom = _ends(entries.old, [i for i, _ in entries.pairs], gone)
    new_top, new_bottom = _ends(entries.new, [j for _, j in entries.pairs], come)
    olds = sorted([i for i, _ in entries.pairs])
    if bottom and not new_bottom and _are_older(bottom.runs, entries.old[olds[-1]], come):
        return bottom
    # oldest first, which is rare: then the newer ones came at the other end, and nowhere else
    if top and new_bottom and not new_top and _are_older(top.runs, entries.old[olds[0]], come):
        return top
    return None


def _shown_later(entries: Entries) -> _Stretch | None:
    """The new entries at one end of the page that are older than all that the old page showed."""
    _, come = entries.unpaired
    known = _times([*entries.old])
    if not entries.pairs or not known:
        return None
    for end in _ends(entries.new, [j for _, j in entries.pairs], come):
        if end:
            times = _times(end.runs)
            if len(times) == len(end.runs) and max(times) < min(known):
                return end
    return None


def _are_older(runs: Sequence[Run], beside: Run, come: Sequence[Run]) -> bool:
    """Whether the known times agree: older than the entry beside them, and than one that came."""
    times, kept, fresh = _times(runs), _times([beside]), _times(come)
    if not times:
        return True
    return max(times) <= min(kept, default=max(times)) and max(times) <= max(fresh, default=max(times))


def _times(runs: Sequence[Run]) -> list[datetime]:
    found = [time for run in runs if (time := run.entry.published_at) is not None]
    return [time if time.tzinfo else time.replace(tzinfo=UTC) for time in found]


def _ends(
    runs: Sequence[Run], paired: Sequence[int], unpaired: Sequence[Run]
) -> tuple[_Stretch | None, _Stretch | None]:
    """The entries without counterpart above all others of the page, and those below."""
    first, last = runs[min(paired)].passages, runs[max(paired)].passages
    above = [run for run in unpaired if run.passages.start < first.start]
    below = [run for run in unpaired if run.passages.start >= last.stop]
    return (
        _stretch(above, stop=first.start) if above else None,
        _stretch(below, start=last.stop) if below else None,
    )


def _stretch(runs: Sequence[Run], *, start: int | None = None, stop: int | None = None) -> _Stretch:
    return _Stretch(
        tuple(runs),
        Span(
            runs[0].passages.start if start is None else start,
            runs[-1].passages.stop if stop is None else stop,
        ),
    )


def _copies(side: Side, runs: Sequence[Run], entries: Entries) -> Iterator[_Stretch]:
    """The entries that stand on their page once more, and say nothing there that they do not say."""
    copies = entries.copies[runs is entries.new]
    for copy in copies:
        words = [
            key
            for run in runs
            if run is not copy and run.entry.id == copy.entry.id
            for key in side.keys[run.passages.start : run.passages.stop]
        ]
        if {*side.keys[copy.passages.start : copy.passages.stop]} <= {*words}:
            yield _stretch([copy])
