"""Applying site rules: which elements of one page a rule selects, and what follows from it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import urlsplit

import attrs
from lxml import etree

from revtrack.extract.frame import Frame, find_frame
from revtrack.extract.headlines import text_of_element
from revtrack.extract.metadata import Metadata
from revtrack.extract.names import Names
from revtrack.extract.pen import single_spaced
from revtrack.extract.scan import Scan
from revtrack.extract.site_rules import SiteRule, SiteRules, compiled
from revtrack.extract.vocabulary import Verdict
from revtrack.extract.weight import Reach, weighed
from revtrack.model import (
    Article,
    Block,
    Headline,
    HeadlineSource,
    Notice,
    NoticeKind,
    NoticeTarget,
    Span,
)
from revtrack.remarks import Remark, RemarkKind

__all__ = ["Ruled", "apply_rules", "framed", "metadata_by_rule", "notices_by_rule", "without_dropped"]

_VERDICTS = {"drop": Verdict.HARD, "keep": Verdict.NOTICE, "notices": Verdict.NOTICE}


@attrs.frozen
class Ruled:
    """A rule and what it selects on one page: `chosen` are elements with the key and its selector."""

    rule: SiteRule
    digest: str
    containers: tuple[etree._Element, ...]
    chosen: dict[etree._Element, tuple[str, str]]
    remarks: tuple[Remark, ...] = ()

    def why(self, element: etree._Element) -> str | None:
        """The key and selector that chose *element*, as a person wrote them."""
        found = self.chosen.get(element)
        return None if found is None else f"site rule {found[0]}: {found[1]}"


class _RuledNames(Names):
    """The verdicts of a page's elements where a site rule has the first word."""

    def __init__(self, ruled: Ruled, *, lenient: bool) -> None:
        super().__init__(lenient=lenient)
        self._ruled = {element: _VERDICTS[key] for element, (key, _) in ruled.chosen.items()}

    def verdict(self, element: etree._Element) -> Verdict:
        """What the rule says of *element*, else what its class and id say."""
        return self._ruled.get(element) or super().verdict(element)


def apply_rules(
    rules: SiteRules, root: etree._Element, url: str | None, captured_at: datetime | None
) -> Ruled | None:
    """The rule for the page at *url* as it was captured, applied; None where there is none."""
    host = (urlsplit(url).hostname or "") if url else ""
    rule = next((one for one in rules.for_host(host) if one.is_valid(captured_at)), None)
    if rule is None:
        return None
    remarks = []
    if captured_at is None and (rule.valid_from or rule.valid_until):
        remarks.append(
            Remark(
                RemarkKind.UNDATED_RULES,
                f"the time of the capture of a page of {host} is not known: the first site rule for it "
                "was applied, whatever its days",
            )
        )
    containers = _selected(rule.container, root)
    if rule.container and not containers:
        remarks.append(
            Remark(
                RemarkKind.RULE_WITHOUT_MATCH,
                f"the container that the site rule for {host} names is not on the page: "
                "the text was looked for as without a rule",
            )
        )
    chosen = {
        element: (key, selector)
        for key in ("notices", "keep", "drop")
        for selector in getattr(rule, key)
        for element in _selected((selector,), root)
    }
    return Ruled(rule, rules.digest(host), containers, chosen, tuple(remarks))


def _selected(selectors: Sequence[str], root: etree._Element) -> tuple[etree._Element, ...]:
    found = [one for selector in selectors for one in compiled(selector)(root)]
    return tuple([one for one in dict.fromkeys(found) if isinstance(one, etree._Element)])


def framed(
    page: Scan,
    heading: etree._Element | None,
    ruled: Ruled | None,
    *,
    lenient: bool,
    reach: Reach = Reach.ANYWHERE,
    earlier: Article | None = None,
) -> Frame | None:
    """The frame of the article: the rule's container, else what is found; with what the rule keeps.

    *reach* and *earlier* are as for `find_frame`.
    """
    if ruled is None:
        return find_frame(page, heading, lenient=lenient, reach=reach, earlier=earlier)
    names = _RuledNames(ruled, lenient=lenient)
    if ruled.containers:
        nodes = weighed(page, names)
        first, *others = ruled.containers
        held = nodes[first].raw if first in nodes else 0.0
        frame = Frame(first, (), tuple(others), held, nodes, names)
    else:
        found = find_frame(page, heading, reach=reach, names=names, earlier=earlier)
        if found is None:
            return None
        frame = found
    return _with_kept(frame, page, ruled)


def _with_kept(frame: Frame, page: Scan, ruled: Ruled) -> Frame:
    """*frame* with what the rule keeps outside it, in page order, and without what it drops."""
    kept = [element for element, (key, _) in ruled.chosen.items() if key != "drop"]
    tops = [*frame.leads, frame.element, *frame.tails]
    apart = [one for one in kept if one not in tops and not _has_above(one, [*tops, *kept])]
    dropped = [element for element, (key, _) in ruled.chosen.items() if key == "drop"]
    around = [
        one
        for one in (*frame.leads, *frame.tails, *apart)
        if one not in dropped and not _has_above(one, dropped)
    ]
    order = {element: place for place, element in enumerate(page.root.iter())}
    around.sort(key=order.__getitem__)
    here = order[frame.element]
    return attrs.evolve(
        frame,
        leads=tuple([one for one in around if order[one] < here]),
        tails=tuple([one for one in around if order[one] > here]),
    )


def _has_above(element: etree._Element, others: Sequence[etree._Element]) -> bool:
    """Whether one of *others* holds *element*."""
    return any(one in others for one in element.iterancestors())


def without_dropped(root: etree._Element, ruled: Ruled | None) -> etree._Element:
    """A page for another extractor: the rule's containers alone, without what the rule drops."""
    if ruled is None:
        return root
    twin = copy.deepcopy(root)
    twins = dict(zip(root.iter(), twin.iter(), strict=True))
    for element, (key, _) in ruled.chosen.items():
        if key == "drop":
            _remove(twins[element])
    body = twin.find("body")
    if ruled.containers and body is not None:
        inner = [twins[element] for element in ruled.containers]
        for child in list(body):
            body.remove(child)
        body.text = None
        body.extend([one for one in inner if one is not body])
    return twin


def _remove(element: etree._Element) -> None:
    above = element.getparent()
    if above is None:
        return
    before, tail = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        above.text = (above.text or "") + tail
    above.remove(element)


def metadata_by_rule(said: Metadata, ruled: Ruled, root: etree._Element) -> Metadata:
    """*said* with the headline, byline and time of publication that the rule selects."""
    rule = ruled.rule
    headings = _selected(rule.headline, root)
    headline = next(_texts(rule.headline, root), None)
    if headline is not None:
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
        found = compiled(selector)(root)
        for one in found if isinstance(found, list) else [found]:
            text = text_of_element(one) if isinstance(one, etree._Element) else single_spaced(str(one))
            if text:
                yield text


def _times(selectors: Sequence[str], root: etree._Element) -> Iterator[datetime]:
    stated = [
        text
        for element in _selected(selectors, root)
        for text in (element.get("datetime"), element.get("content"))
    ]
    for text in (*stated, *_texts(selectors, root)):
        try:
            yield datetime.fromisoformat((text or "").strip())
        except ValueError:
            continue


def notices_by_rule(
    ruled: Ruled, blocks: Sequence[Block], found: Sequence[Notice], language: str | None
) -> tuple[Notice, ...]:
    """*found* and a notice for each of the rule's elements in whose text none was found.

    Such a notice is an editor's note: what else it is, its words do not say.
    """
    notices = list(found)
    for element, (key, _) in ruled.chosen.items():
        if key != "notices":
            continue
        text = single_spaced(
            etree.tostring(element, method="text", encoding="unicode", with_tail=False)
        )
        span = _place(blocks, text)
        if span is not None and not any(one.span and one.span.overlaps(span) for one in notices):
            joined = "\n\n".join([block.text for block in blocks])
            notices.append(
                Notice(
                    NoticeKind.EDITORS_NOTE,
                    NoticeTarget.OTHER,
                    span.of(joined),
                    span,
                    language=language,
                )
            )
    return tuple(sorted(notices, key=_start))


def _start(notice: Notice) -> tuple[bool, int]:
    return notice.span is None, notice.span.start if notice.span else 0


def _place(blocks: Sequence[Block], text: str) -> Span | None:
    """Where the run of blocks stands whose words are those of *text*, or most of them."""
    wanted, position = "".join(text.split()), 0
    for number, block in enumerate(blocks):
        words, stop = "", position
        for following in blocks[number:]:
            more = words + "".join(following.text.split())
            if more not in wanted:
                break
            words, stop = more, stop + len(following.text) + 2
        if 2 * len(words) > len(wanted):
            return Span(position, stop - 2)
        position += len(block.text) + 2
    return None
