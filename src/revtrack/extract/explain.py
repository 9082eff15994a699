"""Why each text of a page was kept or dropped: the decisions of the extractor, for people."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from lxml import etree

from revtrack.extract.body import drafts
from revtrack.extract.choose import decided
from revtrack.extract.frame import Frame
from revtrack.extract.leftover import outside
from revtrack.extract.metadata import read_metadata
from revtrack.extract.page import parse
from revtrack.extract.ruled import Ruled, apply_rules, framed, metadata_by_rule
from revtrack.extract.scan import scan
from revtrack.extract.site_rules import SiteRules
from revtrack.extract.vocabulary import Verdict
from revtrack.extract.weight import FURNITURE_TAGS
from revtrack.model import BlockKind, Snapshot

__all__ = ["Decision", "explain"]

_NAMES = {Verdict.HARD: "furniture", Verdict.SOFT: "furniture", Verdict.CAPTION: "caption"}


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
    page: bytes | str | Snapshot, *, url: str | None = None, site_rules: SiteRules | None = None
) -> tuple[Decision, ...]:
    """The decision on each text of *page*: first the article's element in reading order, then the rest.

    *url* and *site_rules* are as for `extract`. No page is screened out here. Raises `ExtractionError`
    where *page* cannot be parsed at all.
    """
    content_type = captured_at = None
    if isinstance(page, Snapshot):
        captured_at = page.captured_at
        url, content_type, page = url or page.url, page.content_type, page.body
    if not isinstance(page, bytes | str):
        raise TypeError(f"page must be bytes, str or Snapshot, not {type(page).__name__}")
    root, _ = parse(page, content_type=content_type, url=url)
    looked = scan(root)
    said = read_metadata(looked, url=url)
    ruled = None
    if site_rules is not None:
        ruled = apply_rules(site_rules, root, url or said.canonical_url, captured_at)
        said = metadata_by_rule(said, ruled, root) if ruled is not None else said
    headlines = frozenset([headline.text for headline in said.headlines])
    for lenient in (False, True):
        frame = framed(looked, said.heading, ruled, lenient=lenient)
        if frame is None:
            continue
        written = drafts(frame)
        rules = decided(written, headlines=headlines)
        if None in rules or lenient:
            inside = [
                Decision(
                    draft.block.text,
                    rule is None,
                    rule or _kept(draft.holder, ruled),
                    draft.block.kind,
                )
                for draft, rule in zip(written, rules, strict=True)
            ]
            texts = frozenset([one.text for one in inside])
            rest = [
                Decision(text, kept=False, rule=_reason(element, frame, ruled))
                for element, text in outside(looked, frame, written)
                if text and text not in texts
            ]
            return (*inside, *rest)
    return ()


def _kept(element: etree._Element, ruled: Ruled | None) -> str:
    """Why the text of *element* is in the article: of itself, or by a site rule."""
    for one in _upwards(element):
        if ruled is not None and (why := ruled.why(one)) is not None:
            return f"kept: {why}"
    return "kept"


def _reason(element: etree._Element, frame: Frame, ruled: Ruled | None) -> str:
    """The nearest element around the text that keeps it out of the article."""
    for one in _upwards(element):
        if ruled is not None and (why := ruled.why(one)) is not None:
            return why
        if one is frame.element:
            break
        verdict = frame.names.verdict(one)
        if one.tag in FURNITURE_TAGS or frame.is_furniture(one) or verdict is Verdict.CAPTION:
            return f"{_NAMES.get(verdict, 'furniture')}: {_tag(one)}"
    return f"outside the article's element: {_tag(frame.element)}"


def _upwards(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()


def _tag(element: etree._Element) -> str:
    names = [f'{name}="{value}"' for name in ("id", "class") if (value := element.get(name))]
    return f"<{' '.join([str(element.tag), *names])}>"
