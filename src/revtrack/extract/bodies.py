"""Body extractors: what finds the article's text on a page, and what it hands back.

Encoding, metadata, screening and notices are the same for all of them. trafilatura (Barbaresi 2021) is
behind the `extract` extra: for those whose collection was made with it, and as a second opinion.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import attrs
from lxml import etree

from revtrack.errors import MissingExtraError
from revtrack.extract.block_builder import Draft
from revtrack.extract.body import drafts
from revtrack.extract.choose import Shown, chosen
from revtrack.extract.elements import Scan, shown_text, upwards
from revtrack.extract.frame import Frame, find_frame, signature
from revtrack.extract.headlines import is_only_a_journal
from revtrack.extract.live import with_entries
from revtrack.extract.metadata import Metadata
from revtrack.extract.names import Names
from revtrack.extract.outside import left_out
from revtrack.extract.pleas import is_gate
from revtrack.extract.ruled import Inside, Ruled, RuledNames, in_order, is_kept, without_dropped
from revtrack.extract.screening import LITTLE, TEASER, teaser
from revtrack.extract.textless import is_about, textless
from revtrack.extract.weight import Reach, weighed
from revtrack.model import Article, Block, BlockKind, Extractor
from revtrack.remarks import Remark, RemarkKind

__all__ = [
    "BUILT_IN",
    "BUILT_IN_BODY",
    "Body",
    "BodyExtractor",
    "BuiltInBody",
    "ParsedPage",
    "Reading",
    "TrafilaturaBody",
    "readings",
]

BUILT_IN = Extractor("revtrack", "1")


@attrs.frozen
class ParsedPage:
    """A page as body extractors get it: `root` is its tree, `said` what it says of itself.

    `root` must not be changed. `scan` are the elements that the built-in extractor begins with, `ruled`
    what a site rule selects on the page. `earlier` is the article of an earlier capture of the page:
    where two choices are as good as one another, the one that was made there is the better.
    """

    root: etree._Element
    said: Metadata
    scan: Scan
    url: str | None = None
    ruled: Ruled | None = None
    earlier: Article | None = None

    def shown(self) -> etree._Element:
        """The tree as a site rule leaves it: its container alone, without what it drops."""
        return without_dropped(self.root, self.ruled)


@attrs.frozen
class Body:
    """The text of an article; without blocks the page holds none.

    `headline` is the first heading of the text where it is the only headline there is. `left_out` is
    what `Article.left_out` keeps, `container` what `Article.container` does, `notices` are the numbers
    of the blocks whose element is named a correction or note, `remarks` say what is doubtful;
    extractors that cannot tell leave them empty.
    """

    blocks: tuple[Block, ...] = ()
    left_out: tuple[int, ...] = ()
    headline: str | None = None
    container: str | None = None
    notices: tuple[int, ...] = ()
    remarks: tuple[Remark, ...] = ()


class BodyExtractor(Protocol):
    """What finds the text of an article on a page.

    `extractor` names the rules: two of one name and version give the same for the same page.
    """

    @property
    def extractor(self) -> Extractor:
        """The name and version that stand on each article."""

    def body(self, page: ParsedPage) -> Body:
        """The text of the article on *page*, without its headline."""


@attrs.frozen
class Reading:
    """What is written in a frame, before the article is chosen of it.

    What is `shown` beside the text is no part of it; `headline` is the one that only the text has.
    """

    frame: Frame
    written: list[Draft]
    headline: str | None
    shown: Shown


def readings(page: ParsedPage, *, reach: Reach = Reach.MOST) -> Iterator[Reading]:
    """How *page* can be read: strictly, then with the text in furniture, where nothing else is left.

    On the page of a film only what is long or near its headline is left, unless *reach* is anywhere.
    """
    for lenient in (False, True):
        frame = _framed(page, lenient=lenient, reach=reach)
        node = frame.nodes.get(page.root) if frame is not None else None
        if reach is Reach.MOST and (node is None or node.mass < LITTLE):  # may be no text's page
            reach = Reach.ANYWHERE
            if textless(page.scan, page.said, url=page.url) is not None:
                reach = Reach.NEVER
            if frame is None or reach is Reach.NEVER:
                frame = _framed(page, lenient=lenient, reach=reach)
        if frame is None:
            continue
        if lenient and reach is Reach.NEVER:  # no text but what is called furniture
            held = frame.nodes.get(frame.element)
            if held is not None and not is_about(page.said.heading, frame.element, held.mass):
                continue
        written = with_entries(page.scan, frame, drafts(frame))
        first = written[0].block if written and is_only_a_journal(page.said.headlines) else None
        headline = first.text if first is not None and first.kind is BlockKind.HEADING else None
        headlines = page.said.repeated.union([headline] if headline else ())
        if page.said.heading is not None:  # with the buttons and subtitles in it
            headlines |= {shown_text(page.said.heading)}
        yield Reading(frame, written, headline, Shown(headlines, page.said.byline or ""))


def _framed(page: ParsedPage, *, lenient: bool, reach: Reach) -> Frame | None:
    """The frame of the article: the site rule's container, else what is found; with what it keeps."""
    ruled = page.ruled
    names = Names(lenient=lenient) if ruled is None else RuledNames(ruled, lenient=lenient)
    frame: Frame | None
    if ruled is not None and ruled.containers:
        nodes = weighed(page.scan, names)
        first, *others = ruled.containers
        held = nodes[first].raw if first in nodes else 0.0
        frame = Frame(first, (), tuple(others), held, nodes, names)
    else:
        frame = find_frame(page.scan, page.said.heading, reach=reach, names=names, earlier=page.earlier)
    return _with_kept(frame, page.root, ruled, names) if ruled is not None and ruled.chosen else frame


def _with_kept(frame: Frame | None, root: etree._Element, ruled: Ruled, names: Names) -> Frame | None:
    """*frame* with what the rule keeps outside it, in page order, and without what it drops."""
    tops: list[etree._Element] = []
    if frame is not None:
        leads = [one for one in frame.leads if not frame.is_furniture(one)]
        tops = [one for one in (frame.element, *leads, *frame.tails) if one not in ruled.ruling]
    inside = Inside(tops)
    tops += [one for one in ruled.kept.roots if one.getparent() not in inside]
    if not tops:
        return None
    if frame is None:
        frame = Frame(tops[0], (), (), 0.0, {}, names)
    element = _heart(frame.element, tops, ruled)
    around = in_order(root, tops)
    here = around.index(element)
    return attrs.evolve(
        frame,
        element=element,
        leads=around[:here],
        tails=around[here + 1 :],
        teasers=frozenset([one for one in frame.teasers if not is_kept(one, ruled.ruling)]),
        kept=ruled.kept,
    )


def _heart(element: etree._Element, tops: Sequence[etree._Element], ruled: Ruled) -> etree._Element:
    """The frame's *element*, or the kept one around it; where that is dropped, the first one left."""
    left = frozenset(tops)
    for above in upwards(element):
        if above in left:
            return above
        if not is_kept(above, ruled.ruling):
            break
    return tops[0]


@attrs.frozen
class BuiltInBody:
    """The extractor of revtrack: one pass over the element that frames the article."""

    extractor = BUILT_IN

    def body(self, page: ParsedPage) -> Body:
        """The text of the article on *page*, without its headline."""
        for reading in readings(page):
            if drafted := chosen(reading.written, reading.shown):
                blocks = tuple([draft.block for draft in drafted])
                named = tuple([number for number, draft in enumerate(drafted) if draft.named])
                left = left_out(page.scan, reading.frame, reading.written, blocks)
                container = signature(reading.frame.element)
                doubts = _doubts(reading, drafted, page.said.language)
                return Body(blocks, left, reading.headline, container, named, doubts)
        return Body()


def _doubts(reading: Reading, drafted: Sequence[Draft], language: str | None) -> tuple[Remark, ...]:
    """What speaks against the blocks being the text of the article, and all of it."""
    last = max(
        number for number, draft in enumerate(reading.written) if draft.holder is drafted[-1].holder
    )
    length = sum([len(draft.block.text) for draft in drafted])
    doubts = []
    dropped = [draft.block.text for draft in reading.written[last + 1 :]]
    if length <= TEASER and any(is_gate(text, language=language) for text in dropped):
        doubts.append(teaser("it ends at a request to log in or to subscribe"))
    if reading.frame.doubtful:
        said = "the page holds much more text than was taken for the article, and other text is under "
        said += "its headline: the text may be another one"
        doubts.append(Remark(RemarkKind.OVERLOOKED, said))
    return tuple(doubts)


BUILT_IN_BODY: BodyExtractor = BuiltInBody()
"""The extractor that is used where no other is given."""


# trafilatura's elements as those of HTML, for the builder that writes blocks.
_TAGS = {
    "item": "li",
    "list": "ul",
    "quote": "blockquote",
    "row": "tr",
    "cell": "td",
    "lb": "br",
    "ref": "a",
    "hi": "span",
    "del": "span",
    "graphic": "img",
}


@attrs.frozen
class TrafilaturaBody:
    """What trafilatura takes for the article's text, as blocks with their links.

    *favour_precision* and *favour_recall* are trafilatura's own settings, and part of the version that
    stands on each article. Raises `MissingExtraError` where trafilatura is not installed.
    """

    favour_precision: bool = attrs.field(default=False, kw_only=True)
    favour_recall: bool = attrs.field(default=False, kw_only=True)
    _version: str = attrs.field(init=False, repr=False, factory=lambda: _trafilatura().__version__)

    @property
    def extractor(self) -> Extractor:
        """The name and version that stand on each article."""
        settings = [("precision", self.favour_precision), ("recall", self.favour_recall)]
        chosen = [name for name, on in settings if on]
        return Extractor("trafilatura", "+".join([self._version, *chosen]))

    def body(self, page: ParsedPage) -> Body:
        """The text of the article on *page*, without its headline."""
        found = _trafilatura().bare_extraction(
            etree.tostring(page.shown(), encoding="unicode", method="html"),
            favor_precision=self.favour_precision,
            favor_recall=self.favour_recall,
            include_comments=False,
            include_links=True,
            include_formatting=True,
            deduplicate=False,  # it would remember what other pages held
        )
        if found is None or found.body is None:
            return Body()
        top = _as_html(found.body)
        frame = Frame(top, (), (), 0.0, {}, Names())
        headlines = page.said.repeated
        blocks = [draft.block for draft in drafts(frame)]
        heading = BlockKind.HEADING
        return Body(
            tuple([one for one in blocks if one.kind is not heading or one.text not in headlines])
        )


def _as_html(top: etree._Element) -> etree._Element:
    """The tree of trafilatura, which nobody else holds, with the names of HTML."""
    for element in top.iter(etree.Element):
        tag = str(element.tag)
        rank = element.get("rend") or ""
        if tag == "head":
            element.tag = rank if len(rank) == 2 and rank[1] in "123456" else "h2"
        elif tag in _TAGS:
            element.tag = _TAGS[tag]
            if tag == "ref":
                element.set("href", element.get("target") or "")
    return top


def _trafilatura() -> Any:
    try:
        import trafilatura  # noqa: PLC0415 - an extra that may be missing, and slow to import
    except ModuleNotFoundError as error:
        if error.name != "trafilatura":
            raise
        raise MissingExtraError(
            extra="extract", package="trafilatura", purpose="TrafilaturaBody"
        ) from error
    return trafilatura
