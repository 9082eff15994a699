"""Why each text of a page was kept or dropped: the decisions of the extractor, for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import attrs
from lxml import etree

from revtrack.extract.article import open_page
from revtrack.extract.block_kinds import is_picture_box
from revtrack.extract.bodies import ParsedPage, Reading, readings
from revtrack.extract.choose import decided
from revtrack.extract.elements import upwards
from revtrack.extract.frame import Frame
from revtrack.extract.names import Verdict
from revtrack.extract.outside import outside
from revtrack.extract.ruled import Ruled
from revtrack.extract.site_rules import SiteRules
from revtrack.extract.weight import FURNITURE_TAGS, Reach
from revtrack.model import Article, BlockKind, Snapshot

__all__ = ["Decision", "explain"]

_PLAIN = "kept: all of a plain text is the article"
_TEXTLESS = "furniture: a page of a film, of pictures or of a sound has no other text"
_NAMES = {Verdict.CAPTION: "caption", Verdict.COMMENTS: "comments"}


@attrs.frozen
class Decision:
    """What became of one text of a page.

    `rule` is the rule that dropped it: one of `revtrack.extract.choose.RULES`, or for texts outside the
    article the element that decided (``furniture: <div class="share-bar">``). It is ``kept`` for a
    block of the article. A site rule that decided is named with its key and selector. `kind` is None
    outside.
    """

    text: str
    kept: bool
    rule: str
    kind: BlockKind | None = None


def explain(
    page: bytes | str | Path | Snapshot,
    *,
    url: str | None = None,
    captured_at: datetime | None = None,
    site_rules: SiteRules | None = None,
    earlier: Article | None = None,
) -> tuple[Decision, ...]:
    """The decision on each text of *page*: first the article's element in reading order, then the rest.

    The arguments are as for `extract`, whose built-in extractor is explained. No page is screened out
    here. Raises `ExtractionError` where *page* cannot be parsed at all.
    """
    opened = open_page(page, url=url, captured_at=captured_at, site_rules=site_rules, earlier=earlier)
    if isinstance(opened, Article):
        return tuple(
            [Decision(one.text, kept=True, rule=_PLAIN, kind=one.kind) for one in opened.blocks]
        )
    parsed = opened.parsed
    found: tuple[Decision, ...] = ()
    for reading in readings(parsed):
        rules = decided(reading.written, reading.shown)
        found = tuple(_decisions(parsed, reading, rules))
        if None in rules:
            break
    if not found and (bare := next(readings(parsed, reach=Reach.ANYWHERE), None)) is not None:
        found = tuple(_decisions(parsed, bare, [_TEXTLESS] * len(bare.written)))
    return found


def _decisions(page: ParsedPage, reading: Reading, rules: Sequence[str | None]) -> Iterator[Decision]:
    """The decisions on what was written, each by its rule, and on other texts outside the frame."""
    for draft, rule in zip(reading.written, rules, strict=True):
        why = rule or _kept(draft.holder, page.ruled)
        yield Decision(draft.block.text, rule is None, why, draft.block.kind)
    known = frozenset([draft.block.text for draft in reading.written])
    for element, text in outside(page.scan, reading.frame, reading.written):
        if text and text not in known:
            yield Decision(text, kept=False, rule=_reason(element, reading.frame, page.ruled))


def _kept(element: etree._Element, ruled: Ruled | None) -> str:
    """Why the text of *element* is in the article: of itself, or by a site rule."""
    why = ruled.why(element, kept=True) if ruled is not None else None
    return "kept" if why is None else f"kept: {why}"


def _reason(element: etree._Element, frame: Frame, ruled: Ruled | None) -> str:
    """The site rule, or the nearest element around the text, that keeps it out of the article."""
    if ruled is not None and (why := ruled.why(element, kept=False)) is not None:
        return why
    for one in upwards(element):
        if one is frame.element:
            break
        if one in frame.teasers:
            return f"one of several boxes of teasers or comments: {_tag(one)}"
        verdict = frame.names.verdict(one)
        if one.tag in FURNITURE_TAGS or frame.is_furniture(one) or verdict is Verdict.CAPTION:
            return f"{_NAMES.get(verdict, 'furniture')}: {_tag(one)}"
        if is_picture_box(one, str(one.tag), verdict):
            return f"caption: {_tag(one)}"
    if ruled is not None and ruled.containers:
        return f"outside site rule container: {', '.join(ruled.rule.container)}"
    return f"outside the article's element: {_tag(frame.element)}"


def _tag(element: etree._Element) -> str:
    names = [f'{name}="{value}"' for name in ("id", "class") if (value := element.get(name))]
    return f"<{' '.join([str(element.tag), *names])}>"
