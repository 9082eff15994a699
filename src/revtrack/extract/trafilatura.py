"""TrafilaturaBody: trafilatura (Barbaresi 2021) as the body extractor, behind the `extract` extra.

It reads a page eleven to twenty times as slowly as the built-in extractor. It is here for those whose
collection was made with it, and as a second opinion.
"""

from __future__ import annotations

from typing import Any

import attrs
from lxml import etree

from revtrack.errors import MissingExtraError
from revtrack.extract.bodies import Body, ParsedPage
from revtrack.extract.body import drafts
from revtrack.extract.frame import Frame
from revtrack.extract.names import Names
from revtrack.model import BlockKind, Extractor

__all__ = ["TrafilaturaBody"]

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
        return Body(
            tuple(
                [
                    block
                    for block in blocks
                    if block.kind is not BlockKind.HEADING or block.text not in headlines
                ]
            )
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
