"""What a site rule says of headline, byline, time and notices; it goes before what the page says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime

import attrs
from lxml import etree

from revtrack.extract.elements import raw_text, shown_text, single_spaced
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

# How many notices a rule is believed to select on one page (range 100 to 10,000), and the longest
# text of one, in characters (range 5,000 to 100,000).
_NOTICES = 1_000
_LONGEST = 20_000
# How many elements that do not follow the one before are looked for in the text (range 20 to 500).
_TRIES = 200


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
    text = "\n\n".join([block.text for block in blocks])
    places = [place for place, sign in enumerate(text) if not sign.isspace()]
    letters = "".join([text[place] for place in places])
    notices, last, tries = list(found), 0, _TRIES
    taken = sorted([one.span for one in found if one.span is not None])
    chosen = [element for element, (key, _) in ruled.chosen.items() if key == "notices"]
    for element in chosen[:_NOTICES]:
        wanted = "".join(raw_text(element).split())
        if not 0 < len(wanted) <= _LONGEST:
            continue
        first = last if letters.startswith(wanted, last) else -1
        if first < 0 and tries:
            first, tries = letters.find(wanted, last), tries - 1
            first = letters.find(wanted) if first < 0 else first
        if first < 0:
            continue
        last = first + len(wanted)
        span = Span(places[first], places[last - 1] + 1)
        after = bisect_right(taken, span)
        if not any(one.overlaps(span) for one in taken[max(0, after - 1) : after + 1]):
            words = span.of(text)
            note, other = NoticeKind.EDITORS_NOTE, NoticeTarget.OTHER
            notices.append(Notice(note, other, words, span, language=language))
    return tuple(sorted(notices, key=lambda one: (one.span is None, one.span.start if one.span else 0)))
