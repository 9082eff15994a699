"""Applying site rules: which elements and words of one page a rule selects.

Of an element in another the inner one's rule counts. One pass over the page finds the rule of each.
"""

from __future__ import annotations

import copy
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

import attrs
from lxml import etree

from revtrack.errors import AddressError
from revtrack.extract.elements import raw_text, shown_text, single_spaced, take_out
from revtrack.extract.metadata import Metadata, with_headline
from revtrack.extract.names import Names, Verdict
from revtrack.extract.site_rules import SiteRule, SiteRules, selected
from revtrack.extract.times import read_time
from revtrack.model import Block, Notice, NoticeKind, NoticeTarget, Span
from revtrack.remarks import Remark, RemarkKind

__all__ = [
    "NOTHING_KEPT",
    "Inside",
    "Kept",
    "Ruled",
    "RuledNames",
    "apply_rules",
    "in_order",
    "is_kept",
    "metadata_by_rule",
    "notices_by_rule",
    "without_dropped",
]

Choice = tuple[str, str]
"""What chose an element: the key of the rule, and its selector."""

_CODE = frozenset(["script", "style"])
"""Elements that no reader sees, whatever a rule says."""
# How many notices a rule is believed to select on one page (range 100 to 10,000), and the longest
# text of one, in characters (range 5,000 to 100,000).
_NOTICES = 1_000
_LONGEST = 20_000
# How many elements that do not follow the one before are looked for in the text (range 20 to 500).
_TRIES = 200


@attrs.frozen
class Kept:
    """`roots` are the outermost elements that a rule keeps, in page order, `around` all around them."""

    roots: dict[etree._Element, None] = attrs.field(factory=dict)
    around: frozenset[etree._Element] = frozenset()

    def inside(self, element: etree._Element) -> Iterator[etree._Element]:
        """The roots inside *element*, in page order."""
        stack = [iter(element)] if element in self.around else []
        while stack:
            for child in stack[-1]:
                if child in self.roots:
                    yield child
                elif child in self.around:
                    stack.append(iter(child))
                    break
            else:
                stack.pop()


NOTHING_KEPT = Kept()


def _ruling_of(
    root: etree._Element, chosen: Mapping[etree._Element, Choice]
) -> dict[etree._Element, Choice]:
    """For each element that is chosen or inside one, what chose the innermost; in page order."""
    ruling: dict[etree._Element, Choice] = {}
    for element in root.iter() if chosen else ():
        choice = chosen.get(element)
        if choice is None and (above := element.getparent()) is not None:
            choice = ruling.get(above)
        if choice is not None:
            ruling[element] = choice
    return ruling


def is_kept(element: etree._Element | None, ruling: Mapping[etree._Element, Choice]) -> bool:
    """Whether a rule keeps *element*, itself or with what is around it."""
    if element is None or str(element.tag) in _CODE:
        return False
    choice = ruling.get(element)
    return choice is not None and choice[0] != "drop"


def _kept_of(ruling: Mapping[etree._Element, Choice]) -> Kept:
    """What is kept of the elements that *ruling* is about."""
    roots: dict[etree._Element, None] = {}
    around: set[etree._Element] = set()
    for element in ruling:
        above = element.getparent()
        if is_kept(element, ruling) and not is_kept(above, ruling):
            roots[element] = None
            while above is not None and above not in around:
                around.add(above)
                above = above.getparent()
    return Kept(roots, frozenset(around))


# Elements that are left out by their tag, and are text where a rule keeps what is around them. Others,
# such as buttons, stay out unless they are selected themselves.
_TEXTUAL = frozenset(["nav", "footer", "form", "menu", "dialog", "label", "aside", "object"])
_FURNITURE = frozenset([Verdict.SOFT, Verdict.COMMENTS, Verdict.HARD])


@attrs.frozen
class Ruled:
    """A rule and what it selects on one page.

    `chosen` are elements with the key and selector that chose them, `ruling` is the same for all
    elements inside them too.
    """

    rule: SiteRule
    digest: str
    containers: tuple[etree._Element, ...]
    chosen: dict[etree._Element, Choice]
    ruling: dict[etree._Element, Choice]
    kept: Kept
    remarks: tuple[Remark, ...] = ()

    def why(self, element: etree._Element, *, kept: bool) -> str | None:
        """The key and selector that keep *element*, or drop it, as a person wrote them."""
        found = self.ruling.get(element)
        if found is None or is_kept(element, self.ruling) is not kept:
            return None
        return f"site rule {found[0]}: {found[1]}"


class RuledNames(Names):
    """The verdicts of a page's elements where a site rule has the first word."""

    def __init__(self, ruled: Ruled, *, lenient: bool) -> None:
        super().__init__(lenient=lenient)
        self._ruled = ruled

    def verdict(self, element: etree._Element) -> Verdict:
        """What the rule says of *element*, else what its class and id say."""
        choice = self._ruled.ruling.get(element)
        if choice is None:
            return super().verdict(element)
        if not is_kept(element, self._ruled.ruling):
            return Verdict.HARD
        if element in self._ruled.chosen or element.tag in _TEXTUAL:
            return Verdict.KEPT
        said = super().verdict(element)
        return Verdict.OPEN if said in _FURNITURE else said


def apply_rules(
    rules: SiteRules, root: etree._Element, url: str | None, captured_at: datetime | None
) -> Ruled | None:
    """The rule for the page at *url* as it was captured, applied; None where there is none."""
    host = _host_of(url) if url else ""
    rule = next((one for one in rules.for_host(host) if one.is_valid(captured_at)), None)
    if rule is None:
        return None
    remarks = [
        Remark(
            RemarkKind.RULE_WITHOUT_MATCH,
            f"the {key} that the site rule for {host} names is not on the page "
            f"({', '.join(selectors)}): it was looked for as without a rule",
        )
        for key, selectors in (("container", rule.container), ("headline", rule.headline))
        if selectors and not any(selected(selector, root) for selector in selectors)
    ]
    if captured_at is None and (rule.valid_from or rule.valid_until):
        words = (
            f"the time of the capture of a page of {host} is not known: the first site rule for it "
            "was applied, whatever its days"
        )
        remarks.insert(0, Remark(RemarkKind.UNDATED_RULES, words))
    chosen = {
        element: (key, selector)
        for key in ("keep", "notices", "drop")
        for selector in getattr(rule, key)
        for element in _selected((selector,), root)
    }
    ruling = _ruling_of(root, chosen)
    found = _selected(rule.container, root)
    inside = Inside(found)
    containers = in_order(root, [one for one in found if one.getparent() not in inside])
    return Ruled(rule, rules.digest(host), containers, chosen, ruling, _kept_of(ruling), tuple(remarks))


def _host_of(url: str) -> str:
    from revtrack.urls.parts import read_parts  # noqa: PLC0415 - few programs have rules

    with suppress(AddressError):
        return read_parts(url).host
    return ""


def _selected(selectors: Sequence[str], root: etree._Element) -> list[etree._Element]:
    """The elements of a page that *selectors* select, each once."""
    found = dict.fromkeys([one for selector in selectors for one in selected(selector, root)])
    return [one for one in found if isinstance(one, etree._Element)]


def in_order(root: etree._Element, elements: Iterable[etree._Element]) -> tuple[etree._Element, ...]:
    """*elements* in page order."""
    wanted = dict.fromkeys(elements)
    if len(wanted) < 2:
        return tuple(wanted)
    return tuple([element for element in root.iter() if element in wanted])


class Inside:
    """Whether elements are, or stand in, one of *tops*; each element above is looked at once."""

    def __init__(self, tops: Iterable[etree._Element]) -> None:
        self._known: dict[etree._Element | None, bool] = dict.fromkeys(tops, True)
        self._known[None] = False

    def __contains__(self, element: etree._Element | None) -> bool:
        trail = []
        while element not in self._known and element is not None:
            trail.append(element)
            element = element.getparent()
        self._known.update(dict.fromkeys(trail, self._known[element]))
        return self._known[element]


def without_dropped(root: etree._Element, ruled: Ruled | None) -> etree._Element:
    """A page for another extractor: the rule's containers and what it keeps, without what it drops."""
    if ruled is None:
        return root
    twin = copy.deepcopy(root)
    twins = dict(zip(root.iter(), twin.iter(), strict=True))
    for element, (key, _) in ruled.chosen.items():
        if key == "drop":
            take_out(twins[element], [twins[kept] for kept in ruled.kept.inside(element)])
    body = twin.find("body")
    if ruled.containers and body is not None:
        inside = Inside(ruled.containers)
        roots = [one for one in ruled.kept.roots if one.getparent() not in inside]
        inner = [twins[one] for one in in_order(root, [*ruled.containers, *roots])]
        for child in list(body):
            body.remove(child)
        body.text = None
        body.extend([one for one in inner if one is not body])
    return twin


def metadata_by_rule(said: Metadata, ruled: Ruled, root: etree._Element) -> Metadata:
    """*said* with the headline, byline and time of publication that the rule selects."""
    rule = ruled.rule
    headline = [text for *_, text in _said(rule.headline, root) if text]
    byline = [text for *_, text in _said(rule.byline, root) if text]
    if headline:
        headings = [one for one in _selected(rule.headline, root) if one.tag != "meta"]
        said = with_headline(said, headline[0], *headings[:1])
    moments = [read_time(text) for texts in _said(rule.published, root) for text in texts]
    return attrs.evolve(
        said,
        byline=", ".join(dict.fromkeys(byline)) or said.byline,
        published_at=next(filter(None, moments), said.published_at),
    )


def _said(selectors: Sequence[str], root: etree._Element) -> Iterator[list[str]]:
    """What each thing that is selected says: for programs, then to readers."""
    for selector in selectors:
        for one in selected(selector, root):
            if isinstance(one, str):
                yield [single_spaced(one)]
            else:
                stated = [one.get("datetime") or "", single_spaced(one.get("content") or "")]
                yield stated if one.tag == "meta" else [*stated, shown_text(one)]


def notices_by_rule(
    ruled: Ruled, blocks: Sequence[Block], found: Sequence[Notice], language: str | None
) -> tuple[Notice, ...]:
    """*found*, and an editor's note for each of the rule's elements in whose text none was found."""
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
