"""What a site rule says of a page's headline, byline, time and notices."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

import attrs
from lxml import etree

from revtrack.extract.elements import shown_text, single_spaced
from revtrack.extract.metadata import Metadata
from revtrack.extract.ruled import Ruled, selected_elements
from revtrack.extract.site_rules import selected
from revtrack.extract.times import read_time
from revtrack.model import (
    Block,
    Headline,
    HeadlineSource,
    Notice,
    NoticeKind,
    NoticeTarget,
    Span,
)

__all__ = ["metadata_by_rule", "notices_by_rule"]

# How many letters a block is known by (range 4 to 20), and how many that begin alike are looked at for
# one element (range 3 to 100): so a hundred thousand notices do not take a square of the time of one.
_KEY = 8
_ALIKE = 20
# How many notices a rule is believed to select on one page (range 100 to 10,000), how many elements one
# may be made of (range 100 to 2,000), and its longest text, in characters (range 5,000 to 100,000).
_NOTICES = 1_000
_ELEMENTS = 500
_LONGEST = 20_000
# How many elements that are no blocks of their own are looked for in the whole text (range 20 to 500).
_PARTS = 200


def metadata_by_rule(said: Metadata, ruled: Ruled, root: etree._Element) -> Metadata:
    """*said* with the headline, byline and time of publication that the rule selects."""
    rule = ruled.rule
    headline = next(_texts(rule.headline, root), None)
    if headline is not None:
        headings = [one for one in selected_elements(rule.headline, root) if one.tag != "meta"]
        others = [one for one in said.headlines if one.source is not HeadlineSource.H1]
        said = attrs.evolve(
            said,
            headline=headline,
            headlines=(Headline(HeadlineSource.H1, headline), *others),
            heading=headings[0] if headings else said.heading,
        )
    byline = ", ".join(dict.fromkeys(_texts(rule.byline, root)))
    published = next(_times(rule.published, root), None)
    return attrs.evolve(said, byline=byline or said.byline, published_at=published or said.published_at)


def _texts(selectors: Sequence[str], root: etree._Element) -> Iterator[str]:
    for selector in selectors:
        for one in selected(selector, root):
            if isinstance(one, str):
                text = single_spaced(one)
            elif one.tag == "meta":
                text = single_spaced(one.get("content") or "")
            else:
                text = shown_text(one)
            if text:
                yield text


def _times(selectors: Sequence[str], root: etree._Element) -> Iterator[datetime]:
    for selector in selectors:
        for one in selected(selector, root):
            said = [one] if isinstance(one, str) else [one.get("datetime"), one.get("content")]
            shown = [] if isinstance(one, str) else [shown_text(one)]
            for text in (*said, *shown):
                if (moment := read_time(text)) is not None:
                    yield moment


def notices_by_rule(
    ruled: Ruled, blocks: Sequence[Block], found: Sequence[Notice], language: str | None
) -> tuple[Notice, ...]:
    """*found* and a notice for each of the rule's elements in whose text none was found.

    Such a notice is an editor's note: what else it is, its words do not say.
    """
    places = _Places(blocks)
    taken = sorted([one.span for one in found if one.span is not None])
    notices = list(found)
    chosen = [element for element, (key, _) in ruled.chosen.items() if key == "notices"]
    for element in chosen[:_NOTICES]:
        span = places.of(_short_text(element))
        if span is None or _is_taken(span, taken):
            continue
        notices.append(
            Notice(
                NoticeKind.EDITORS_NOTE,
                NoticeTarget.OTHER,
                span.of(places.text),
                span,
                language=language,
            )
        )
    return tuple(sorted(notices, key=_start))


def _short_text(element: etree._Element) -> str:
    """The text of an element; nothing where that is longer than any notice."""
    if next(islice(element.iter(), _ELEMENTS, None), None) is not None:
        return ""
    text = "".join(element.itertext())
    return single_spaced(text) if len(text) <= _LONGEST else ""


def _is_taken(span: Span, taken: Sequence[Span]) -> bool:
    """Whether one of the *taken* spans, in their order, overlaps *span*."""
    after = bisect_right(taken, span)
    return any(one.overlaps(span) for one in taken[max(0, after - 1) : after + 1])


def _start(notice: Notice) -> tuple[bool, int]:
    return notice.span is None, notice.span.start if notice.span else 0


class _Places:
    """Where the texts of elements stand among *blocks*; each place is given once."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.text = "\n\n".join([block.text for block in blocks])
        self._words = ["".join(block.text.split()) for block in blocks]
        self._starts: list[int] = []
        self._beginning: dict[str, list[int]] = {}
        self._given: set[int] = set()
        self._after: dict[str, int] = {}
        self._sought = 0
        start = 0
        for number, block in enumerate(blocks):
            self._starts.append(start)
            self._beginning.setdefault(self._words[number][:_KEY], []).append(number)
            start += len(block.text) + 2
        self._starts.append(start)

    def of(self, text: str) -> Span | None:
        """The run of blocks that is most of *text*, or its place in a block; None where it has none."""
        if not text:
            return None
        wanted = "".join(text.split())
        for length in range(min(_KEY, len(wanted)), 0, -1):
            for number in self._beginning.get(wanted[:length], ())[:_ALIKE]:
                if number not in self._given and (stop := self._run(number, wanted)):
                    self._given.update(range(number, stop))
                    return Span(self._starts[number], self._starts[stop] - 2)
        self._sought += 1
        place = self.text.find(text, self._after.get(text, 0)) if self._sought <= _PARTS else -1
        if place < 0:
            return None
        self._after[text] = place + len(text)
        return Span(place, place + len(text))

    def _run(self, first: int, wanted: str) -> int:
        """After which block the run ends that is most of *wanted* from its beginning on; 0 for none."""
        length, stop = 0, first
        while stop < len(self._words) and wanted.startswith(self._words[stop], length):
            length += len(self._words[stop])
            stop += 1
        return stop if 2 * length > len(wanted) else 0
