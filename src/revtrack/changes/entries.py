"""How much of a live blog a page shows: entries that fell off its end, stand elsewhere, or stand twice.

A page holds so many entries, and the oldest go as newer ones come: those were captured less. Entries
at the old end that are older than all that was captured were captured more. The order of entries, and
copies such as the one that is pinned above the others, are no text that was added or removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import attrs

from revtrack.changes.detect import WITH_ENTRY
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
from revtrack.changes.tiling import Pair
from revtrack.model import LiveEntry, Span
from revtrack.remarks import Remark, RemarkKind

__all__ = ["not_of_page"]

_ELSEWHERE = Remark(
    RemarkKind.ENTRIES_ELSEWHERE,
    "entries of the live blog are in another order, or once more on the same page: that is no change",
)


@attrs.frozen
class _Stretch:
    """Entries of one side, and the text from the first to the last of them.

    What is among them and in none, such as the day, is theirs. `is_old` says which side it is.
    """

    entries: frozenset[LiveEntry]
    hull: Span
    is_old: bool

    def holds(self, change: Change) -> bool:
        """Whether the change is that these entries are on one page and not on the other."""
        match change:
            case TextRemoved() | NoticeRemoved():
                spans = change.old_spans if self.is_old else ()
            case TextAdded() | NoticeAdded() | UpdateAdded():
                spans = () if self.is_old else change.new_spans
            case MediaChanged():
                one_side = (change.new if self.is_old else change.old) is None
                return one_side and change.entry in self.entries
            case _:
                return False
        inside = [self.hull.start <= span.start and span.stop <= self.hull.stop for span in spans]
        return bool(inside) and all(inside)


def not_of_page(pair: Pair) -> Callable[[Change], Remark | None] | None:
    """Which changes are differences in how much of a live blog a page shows, with the remark on it."""
    entries = pair.entries
    if entries is None:
        return None
    stretches: list[tuple[_Stretch, Remark]] = []
    if gone := _fallen(entries, pair.old):
        words = "off the end of the page as newer ones were added: that is not reported as removed"
        stretches.append((gone, Remark(RemarkKind.CAPTURED_LESS, f"{_counted(gone)} fell {words}")))
    if come := _shown_later(entries, pair.new):
        words = "older than all that the old page shows: that is not reported as added"
        stretches.append((come, Remark(RemarkKind.CAPTURED_MORE, f"{_counted(come)} are {words}")))
    for side, runs, copies in zip(
        (pair.old, pair.new), (entries.old, entries.new), entries.copies, strict=True
    ):
        is_old = side is pair.old
        stretches += [(one, _ELSEWHERE) for one in _copies(side, runs, copies, is_old=is_old)]

    def test(change: Change) -> Remark | None:
        if change.rule == WITH_ENTRY:
            return _ELSEWHERE
        return next((remark for one, remark in stretches if one.holds(change)), None)

    return test


def _counted(stretch: _Stretch) -> str:
    count = len({entry.id for entry in stretch.entries})
    entries = "the oldest entry" if count == 1 else f"the {count} oldest entries"
    return f"{entries} of the live blog"


def _fallen(entries: Entries, side: Side) -> _Stretch | None:
    """The old entries that went from the old end of the page while newer ones came."""
    gone, come = entries.unpaired
    if not gone or not come:
        return None
    if not entries.pairs:
        times = _times(gone), _times(come)
        known = len(times[0]) == len(gone) and times[1]
        older = known and max(times[0]) < min(times[1])
        return _stretch(side, gone, is_old=True) if older else None
    olds, news = ([pair[k] for pair in entries.pairs] for k in (0, 1))
    top, bottom = _ends(entries.old, olds, gone)
    new_top, new_bottom = _ends(entries.new, news, come)
    if bottom and not new_bottom and _are_older(bottom, entries.old[max(olds)], come):
        return _stretch(side, bottom, is_old=True, start=entries.old[max(olds)].passages.stop)
    # oldest first, which is rare: then the newer ones came at the other end, and nowhere else
    if top and new_bottom and not new_top and _are_older(top, entries.old[min(olds)], come):
        return _stretch(side, top, is_old=True, stop=entries.old[min(olds)].passages.start)
    return None


def _shown_later(entries: Entries, side: Side) -> _Stretch | None:
    """The new entries at one end of the page that are older than all that the old page showed."""
    known = _times(entries.old)
    if not entries.pairs or not known:
        return None
    news = [j for _, j in entries.pairs]
    top, bottom = _ends(entries.new, news, entries.unpaired[1])
    for end, start, stop in (
        (top, None, entries.new[min(news)].passages.start),
        (bottom, entries.new[max(news)].passages.stop, None),
    ):
        times = _times(end)
        if end and len(times) == len(end) and max(times) < min(known):
            return _stretch(side, end, is_old=False, start=start, stop=stop)
    return None


def _are_older(runs: Sequence[Run], beside: Run, come: Sequence[Run]) -> bool:
    """Whether the known times agree: older than the entry beside them, and than one that came."""
    times = _times(runs)
    return not times or all(
        max(times) <= max(others, default=max(times)) for others in (_times([beside]), _times(come))
    )


def _times(runs: Sequence[Run]) -> list[datetime]:
    found = [time for run in runs if (time := run.entry.published_at) is not None]
    return [time if time.tzinfo else time.replace(tzinfo=UTC) for time in found]


def _ends(
    runs: Sequence[Run], paired: Sequence[int], unpaired: Sequence[Run]
) -> tuple[list[Run], list[Run]]:
    """The entries without counterpart above all others of the page, and those below."""
    first, last = runs[min(paired)].passages, runs[max(paired)].passages
    return (
        [run for run in unpaired if run.passages.start < first.start],
        [run for run in unpaired if run.passages.start >= last.stop],
    )


def _stretch(
    side: Side, runs: Sequence[Run], *, is_old: bool, start: int | None = None, stop: int | None = None
) -> _Stretch:
    first = runs[0].passages.start if start is None else start
    last = runs[-1].passages.stop if stop is None else stop
    return _Stretch(frozenset([run.entry for run in runs]), side.hull(Span(first, last)), is_old)


def _copies(
    side: Side, runs: Sequence[Run], copies: Sequence[Run], *, is_old: bool
) -> Iterator[_Stretch]:
    """The entries that are on their page once more, and say nothing there that they do not say."""
    for copy in copies:
        words = [
            key
            for run in runs
            if run is not copy and run.entry.id == copy.entry.id
            for key in side.keys[run.passages.start : run.passages.stop]
        ]
        if {*side.keys[copy.passages.start : copy.passages.stop]} <= {*words}:
            yield _stretch(side, [copy], is_old=is_old)
