"""The history flow: a drawing with a column for the text of every version.

After Viégas, Wattenberg and Dave, *Studying cooperation and conflict between authors with history flow
visualizations* (2004): a ribbon joins text that two versions share, in the colour of the version that
added it; a wedge that ends in a point was removed. A time axis below shows the captures.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice, pairwise

import attrs

from revtrack.blame import Trace
from revtrack.diff.ops import Equal
from revtrack.history import History
from revtrack.model import Span
from revtrack.report.catalogue import tr
from revtrack.report.entries import Entry
from revtrack.report.nouns import counted

__all__ = ["Flow", "Mark", "flow"]

WIDTH, HEIGHT = 1_000, 200
"""Units of the drawing, which is stretched to the page: whole numbers, so that it stays small."""

COLOURS = 6
"""Colours for text of later versions (range 4 to 8): more are hard to distinguish."""

_COLUMN = 0.45
"""The share of a step that the column takes (range .2 to .7); the ribbons take the rest."""

_FIRST = timedelta(minutes=10)
"""The start of the logarithmic time scale: up to here it is nearly linear (range 1 to 60 minutes)."""

_SCALE = (
    (timedelta(minutes=10), 10, "minute"),
    (timedelta(hours=1), 1, "hour"),
    (timedelta(hours=6), 6, "hour"),
    (timedelta(days=1), 1, "day"),
    (timedelta(days=7), 1, "week"),
    (timedelta(days=30), 1, "month"),
    (timedelta(days=365), 1, "year"),
    (timedelta(days=3_650), 10, "year"),
)
_MARK_DISTANCE = 1.4
"""Percent of the width between two marks (range 1 to 3): each is that wide on a screen."""

_LABEL_DISTANCE = 12.0
"""Percent of the width between two labels (range 10 to 15): *v289* fits on a telephone."""


@attrs.frozen
class Mark:
    """A mark, in percent of the width, for the revisions from `first` to `last`."""

    place: float
    first: int
    last: int
    undisclosed: int

    @property
    def words(self) -> str:
        """Its text."""
        label = tr("Revision {number}", number=self.first)
        if self.last > self.first:
            label = tr("Revisions {first} to {last}", first=self.first, last=self.last)
        undisclosed = f"{self.undisclosed} {tr('undisclosed')}"
        return f"{label}: {undisclosed if self.undisclosed else tr('a notice')}"


@attrs.frozen
class Flow:
    """The drawing; horizontal positions are percent of its width.

    `shapes` are paths by the number of their colour, 0 for text of the first version; `columns` and
    `removed` are the paths of the versions and of the wedges, `labels` the numbers of versions, `marks`
    the links to revisions. On the time axis, `times` are lines from versions to their times, `captures`
    and `screened` are ticks, `scale` has the labels.
    """

    versions: int
    shapes: tuple[tuple[int, str], ...]
    columns: str
    removed: str
    labels: tuple[tuple[float, int], ...]
    marks: tuple[Mark, ...]
    times: str
    captures: str
    screened: str
    scale: tuple[tuple[float, str], ...]
    first: datetime | None
    last: datetime | None


def flow(history: History, all_entries: Sequence[Sequence[Entry]], traced: Trace) -> Flow | None:
    """The drawing of *history*; None for a single version."""
    if len(history.versions) < 2:
        return None
    drawing = _Drawing(history, traced)
    clock = _Clock(history)
    return Flow(
        versions=len(history.versions),
        shapes=drawing.shapes(),
        columns=_outline_path([drawing.column(number) for number in range(len(history.versions))]),
        removed=drawing.removed(),
        labels=tuple(_labels(drawing)),
        marks=tuple(_marks(all_entries, drawing)),
        times=clock.connections(history, drawing),
        captures=clock.ticks([one.captured_at for one in history.captures]),
        screened=clock.ticks([one.capture.captured_at for one in history.screened]),
        scale=tuple(clock.scale()),
        first=clock.first,
        last=clock.last,
    )


class _Drawing:
    """The positions of versions and of their text."""

    def __init__(self, history: History, traced: Trace) -> None:
        self.history, self.traced = history, traced
        self.step = WIDTH / (len(history.versions) - 1 + _COLUMN)
        self.longest = max([len(one.article.text) for one in history.versions], default=0) or 1

    def left(self, version: int) -> int:
        """The left edge of a version's column; versions count from 0 here."""
        return round(version * self.step)

    def right(self, version: int) -> int:
        """The right edge of a version's column."""
        return round((version + _COLUMN) * self.step)

    def middle(self, version: int) -> float:
        """The middle of a column, in percent."""
        return round((version + _COLUMN / 2) * self.step * 100 / WIDTH, 2)

    def height(self, position: int) -> int:
        return round(position * HEIGHT / self.longest)

    def colour(self, version: int) -> int:
        """The number of a version's colour; here it is its own number, from 1."""
        later = len(self.history.versions) - 1
        return 0 if version == 1 else 1 + (version - 2) * min(COLOURS, later) // later

    def column(self, version: int) -> tuple[_Edge, _Edge]:
        """The column of a version, over the full height."""
        return (self.left(version), 0, HEIGHT), (self.right(version), 0, HEIGHT)

    def shapes(self) -> tuple[tuple[int, str], ...]:
        """The text of each version: all of it in grey, text of later versions drawn on top."""
        found: dict[int, list[tuple[_Edge, _Edge]]] = defaultdict(list)
        for number, version in enumerate(self.history.versions):
            spans = defaultdict(list, {0: [Span(0, len(version.article.text))]})
            for one in self.traced.stretches[number]:
                if one.version > 1:
                    spans[self.colour(one.version)].append(one.span)
            common = self._shared(number)
            for colour, some in spans.items():
                shared = [pair for span in some for pair in _shared_parts(span, common)]
                whole = [(span, span) for span in some]
                found[colour] += self._bands(self.left(number), self.right(number), whole)
                found[colour] += self._bands(self.right(number), self.left(number + 1), shared)
        return tuple([(colour, _outline_path(found[colour])) for colour in sorted(found)])

    def _shared(self, number: int) -> list[tuple[Span, Span]]:
        """The text that a version shares with the next."""
        found = [
            pair
            for revision in self.history.revisions[number : number + 1]
            for pair in (
                *[(op.old, op.new) for op in revision.ops if isinstance(op, Equal)],
                *[(move.old, move.new) for move in revision.moves],
            )
        ]
        return sorted(found, key=lambda pair: pair[0].start)

    def removed(self) -> str:
        """The wedges of text that the next version does not contain."""
        found: list[tuple[_Edge, _Edge]] = []
        for number, revision in enumerate(self.history.revisions):
            moved = [move.old for move in revision.moves]
            removed = [
                (op.old, Span(op.new.start, op.new.start))
                for op in revision.ops
                if not isinstance(op, Equal) and not any(span.overlaps(op.old) for span in moved)
            ]
            found += self._bands(self.right(number), self.left(number + 1), removed, least=0)
        return _outline_path(found)

    def _bands(
        self, x: int, to_x: int, pairs: Iterable[tuple[Span, Span]], *, least: int = 1
    ) -> Iterator[tuple[_Edge, _Edge]]:
        """The bands of *pairs* from *x* to *to_x*, each at least *least* units high; none is flat.

        Bands that are at most one unit apart are joined.
        """
        found: list[tuple[int, int, int, int]] = []
        for old, new in pairs:
            top, bottom, to, end = map(self.height, (old.start, old.stop, new.start, new.stop))
            if found and 0 <= top - found[-1][1] <= 1 and 0 <= to - found[-1][3] <= 1:
                top, _, to, _ = found.pop()
            found.append((top, bottom, to, end))
        for top, bottom, to, end in found:
            if max(bottom - top, least):
                yield (x, top, max(bottom, top + least)), (to_x, to, max(end, to + least))


_Edge = tuple[int, int, int]
"""A vertical edge of a shape: x, top, bottom."""


def _outline_path(bands: Iterable[tuple[_Edge, _Edge]]) -> str:
    """The SVG path around *bands*, given from left to right; bands that share an edge are joined."""
    shapes: list[list[_Edge]] = []
    open_at: dict[_Edge, list[_Edge]] = {}
    for left, right in bands:
        shape = open_at.pop(left, None)
        if shape is None:
            shape = [left]
            shapes.append(shape)
        shape.append(right)
        open_at[right] = shape
    return "".join(map(_path, shapes))


def _path(edges: list[_Edge]) -> str:
    between = zip(edges, edges[1:], edges[2:], strict=False)
    turns = [two for one, two, three in between if not one[1:] == two[1:] == three[1:]]
    corners = [edges[0], *turns, edges[-1]]
    points = [(x, top) for x, top, _ in corners] + [(x, bottom) for x, _, bottom in reversed(corners)]
    steps = [_step(to_x - x, to_y - y) for (x, y), (to_x, to_y) in pairwise(points)]
    return f"M{points[0][0]} {points[0][1]}{''.join(steps)}z"


def _step(x: int, y: int) -> str:
    if not x:
        return f"v{y}"
    return f"l{x} {y}" if y else f"h{x}"


def _shared_parts(span: Span, common: Sequence[tuple[Span, Span]]) -> Iterator[tuple[Span, Span]]:
    """The parts of *span* that the next version contains, with their spans there."""
    first = max(0, bisect_right(common, span.start, key=lambda pair: pair[0].start) - 1)
    for old, new in islice(common, first, None):
        if old.start >= span.stop:
            return
        start, stop = max(span.start, old.start), min(span.stop, old.stop)
        if start < stop:
            shift = new.start - old.start
            yield Span(start, stop), Span(start + shift, stop + shift)


class _Clock:
    """The time axis: logarithmic in the time since the first capture."""

    def __init__(self, history: History) -> None:
        captures = [*history.captures, *[one.capture for one in history.screened]]
        times = sorted([one.captured_at for one in captures if one.captured_at])
        self.first = times[0] if times else None
        self.last = times[-1] if times else None
        self.whole = times[-1] - times[0] if times else timedelta(0)

    def place(self, time: datetime | None) -> float | None:
        if time is None or self.first is None or not self.whole:
            return None
        return self._percent(time - self.first)

    def _percent(self, elapsed: timedelta) -> float:
        return round(100 * math.log1p(elapsed / _FIRST) / math.log1p(self.whole / _FIRST), 2)

    def connections(self, history: History, drawing: _Drawing) -> str:
        """A line from each labelled version to its time."""
        pairs = [
            (place, self.place(history.versions[number - 1].first_seen))
            for place, number in _labels(drawing)
        ]
        unit = WIDTH / 100
        return "".join(
            [f"M{round(x * unit)} 0L{round(to * unit)} 30" for x, to in pairs if to is not None]
        )

    def ticks(self, times: Iterable[datetime | None]) -> str:
        places = sorted({round(place * 10) for place in map(self.place, times) if place is not None})
        return "".join([f"M{place} 30v8" for place in places])

    def scale(self) -> list[tuple[float, str]]:
        labels = [
            (self._percent(t), counted(number, unit)) for t, number, unit in _SCALE if t < self.whole
        ]
        found = [one for one in labels if _LABEL_DISTANCE <= one[0] <= 100 - _LABEL_DISTANCE / 2]
        return [found[n] for n in _spaced([place for place, _ in found])]


def _labels(drawing: _Drawing) -> list[tuple[float, int]]:
    places = [drawing.middle(number) for number in range(len(drawing.history.versions))]
    return [(places[n], n + 1) for n in _spaced(places)]


def _spaced(places: Sequence[float]) -> Iterator[int]:
    """The indices of the *places*, from left to right, that are far enough apart for a label."""
    last = -_LABEL_DISTANCE
    for number, place in enumerate(places):
        if place - last >= _LABEL_DISTANCE:
            yield number
            last = place


def _marks(all_entries: Sequence[Sequence[Entry]], drawing: _Drawing) -> list[Mark]:
    """A mark per revision with undisclosed changes or a notice; marks too close together are joined."""
    found: list[Mark] = []
    for number, some in enumerate(all_entries, 1):
        undisclosed = sum([len(one.changes) for one in some if one.undisclosed])
        if not undisclosed and not any(one.kind == "notice" for one in some):
            continue
        mark = Mark(drawing.middle(number), number, number, undisclosed)
        if found and mark.place - found[-1].place < _MARK_DISTANCE:
            last = found.pop()
            mark = attrs.evolve(last, last=number, undisclosed=last.undisclosed + undisclosed)
        found.append(mark)
    return found
