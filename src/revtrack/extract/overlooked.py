"""Running text that the choice of the article's element overlooked: the check after choosing.

Names of furniture are wrong now and then: an element that holds the whole article is also a place for
advertisements, has a hidden label, or is a part of a grid with a sidebar. Then a blurb elsewhere on the
page is all that is left. It shows: the page holds much more running text than was chosen, and the text
that begins under the headline is not among it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from revtrack.extract.elements import text_of
from revtrack.extract.names import Names, Verdict
from revtrack.extract.scan import Scan
from revtrack.extract.weight import FURNITURE_TAGS, MOST, SHORT, Node, twins

__all__ = ["misnamed", "overlooked"]

# The share of the page's running text below which the chosen text is little (range .1 to .3: of 331
# pages below .2 are those of which the article was lost, and four others), and the shortest paragraph
# of
# running text, in characters (range 40 to 150).
_LITTLE = 0.2
_PROSE = 80


def overlooked(
    page: Scan,
    heading: etree._Element | None,
    chosen: Node,
    nodes: Mapping[etree._Element, Node],
) -> etree._Element | None:
    """The running text under *heading* where the *chosen* element holds another, and little."""
    if heading is None or not _is_little(page, chosen, nodes[page.root]):
        return None
    texts = frozenset([*page.paragraphs, *page.loose])
    after = False
    for element in page.root.iter():
        if element is heading:
            after = True
        elif after and element in texts and (length := len(text_of(element))) >= SHORT:
            around = [element, *element.iterancestors()]
            if chosen.element in around:
                return None
            if length >= _PROSE:
                held = [node for one in around if (node := nodes.get(one)) and not node.headed]
                if held and held[-1].raw > chosen.mass:
                    return element
    return None


def _is_little(page: Scan, chosen: Node, root: Node) -> bool:
    """Whether the *chosen* element holds little of the running text on *page*, each text once."""
    if chosen.mass >= _LITTLE * root.raw:
        return False
    texts = {text for one in page.paragraphs if len(text := text_of(one)) >= _PROSE}
    texts |= {text for one in page.loose if len(text := (one.text or "").strip()) >= _PROSE}
    return chosen.mass < _LITTLE * sum(map(len, texts))


def misnamed(
    text: etree._Element, nodes: dict[etree._Element, Node], names: Names
) -> Iterator[etree._Element]:
    """The elements around *text* that are called furniture and hold most of what is under the headline.

    What is of the same name beside one of them is a part of the same text.
    """
    around = [node for one in text.iterancestors() if (node := nodes.get(one)) is not None]
    most = MOST * next((node.raw for node in around if node.headed), around[-1].raw)
    for node in around:
        element = node.element
        if element.tag in FURNITURE_TAGS or names.verdict(element) > Verdict.KEPT:
            alike = [node, *twins(node, nodes)]
            if node.headed or sum([one.raw for one in alike]) >= most:
                yield from [one.element for one in alike]
