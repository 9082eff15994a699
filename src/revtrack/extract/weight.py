"""How much of a page's running text each of its elements holds, and whether the choice overlooked some.

Names of furniture are wrong now and then. It shows: the page holds much more running text than was
chosen, and the text that begins under the headline is not among it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from itertools import takewhile

import attrs
from lxml import etree

from revtrack.extract.elements import HEADINGS, Scan, hides, raw_text, size_of, text_of, word_set
from revtrack.extract.labels import ends_sentence
from revtrack.extract.names import Names, Verdict

__all__ = [
    "FURNITURE_TAGS",
    "MOST",
    "NEVER",
    "SHORT",
    "Node",
    "Reach",
    "empty",
    "misnamed",
    "overlooked",
    "twins",
    "weighed",
]

# What a character of a paragraph in a list counts (range 0 to 1): lists of teasers are made so.
_LISTED = 0.25
# Below this many characters in paragraphs and divisions, all texts of the page are looked at.
_FEW = 250
# The share of a page's text that shows a soft furniture name to be wrong (range .3 to .9).
MOST = 0.5
# The shortest paragraph that counts, in characters (range 0 to 100): shorter are labels and buttons.
SHORT = 25

_TEXTS = etree.XPath("//body//text()[string-length(.) > 24][not(parent::script or parent::style)]")
# The least text in such an element that is no sentence in a heading, in characters.
_LONG = 60
NEVER = frozenset(["html", "body", "main"])
FURNITURE_TAGS = word_set("nav footer aside button select head noscript template menu dialog a figure")


# What the weight of the text can prove wrong.
_UNSURE = (Verdict.SOFT, Verdict.CAPTION)  # found faster than in a set


class Reach(Enum):
    """When text that stands in furniture counts."""

    NEVER = "never"
    MOST = "where most of the page's text is in it"
    ANYWHERE = "where all of the page's text is in it, too"


@attrs.define
class Node:
    """How much text an element holds with everything below it, and which children hold some.

    `kept` says that a heading of the first level stands in it, `headed` that the page's headline does.
    """

    element: etree._Element
    own: float = 0.0
    raw: float = 0.0
    mass: float = 0.0
    stated: bool = False
    kept: bool = False
    headed: bool = False
    children: list[Node] = attrs.field(factory=list)


def weighed(
    page: Scan, names: Names, heading: etree._Element | None = None, *, reach: Reach = Reach.ANYWHERE
) -> dict[etree._Element, Node]:
    """The node of each element of *page* that holds running text; none where none is within *reach*.

    What holds the page's *heading* and most of its text is no furniture, whatever its tag or name: a
    menu that was never closed, an element that is also a place for advertisements.
    """
    nodes: dict[etree._Element, Node] = {}
    for paragraph in page.paragraphs:
        _weigh(paragraph, nodes)
    for holder, length in page.loose.items():
        _add(holder, float(length), nodes)
    root = page.root
    if sum([node.own for node in nodes.values()]) < _FEW:
        for text in _TEXTS(root):
            holder = text.getparent().getparent() if text.is_tail else text.getparent()
            size = size_of(text)
            if holder is None:
                continue
            if size > _LONG or (holder.tag in HEADINGS and ends_sentence(text.strip())):
                _add(holder, float(size), nodes)
    if root in nodes:
        _protect(page.headings, heading, nodes)
        _settle(root, nodes, names, strict=reach is Reach.NEVER)
        if nodes[root].mass <= 0:
            if reach is not Reach.ANYWHERE:
                return {}
            for node in nodes.values():
                node.mass = node.raw
    return nodes


def _weigh(paragraph: etree._Element, nodes: dict[etree._Element, Node]) -> None:
    """Give the paragraph's length without links to its parent."""
    text = paragraph.text
    length = size_of(text) if text else 0
    if len(paragraph):
        for child in paragraph[:]:  # an iterator costs more than a list
            if child.tag != "a":
                length += size_of(raw_text(child))
            if text := child.tail:
                length += size_of(text)
    if length >= SHORT and (parent := paragraph.getparent()) is not None:
        _add(parent, length * _LISTED if parent.tag == "li" else length, nodes)


def _add(element: etree._Element, length: float, nodes: dict[etree._Element, Node]) -> None:
    node = nodes.get(element)
    if node is None:
        node = child = nodes[element] = Node(element)
        parent = element.getparent()
        while parent is not None:
            above = nodes.get(parent)
            if above is not None:
                above.children.append(child)
                break
            above = nodes[parent] = Node(parent, children=[child])
            child, parent = above, parent.getparent()
    node.own += length


def _protect(
    headings: list[etree._Element], headline: etree._Element | None, nodes: dict[etree._Element, Node]
) -> None:
    """Mark what holds a heading of the first level, and what holds the headline."""
    for heading in headings:
        if heading.tag == "h1" or heading is headline:
            for node in [nodes[one] for one in heading.iterancestors() if one in nodes]:
                node.kept = node.kept or heading.tag == "h1"
                if heading is headline:
                    node.headed = True
                    for twin in twins(node, nodes):
                        twin.kept = True


def twins(node: Node, nodes: Mapping[etree._Element, Node]) -> list[Node]:
    """What stands beside the element of *node*, holds text and has the same tag and classes."""
    element = node.element
    parent, name = element.getparent(), element.get("class")
    above = nodes.get(parent) if parent is not None and name is not None else None
    if above is None or len(above.children) < 2:
        return []
    return [
        one
        for one in above.children
        if one is not node and one.element.tag == element.tag and one.element.get("class") == name
    ]


def _settle(
    root: etree._Element, nodes: dict[etree._Element, Node], names: Names, *, strict: bool
) -> None:
    """Sum the own lengths upwards: all of them (`raw`), and without furniture (`mass`)."""
    order, stack = [], [nodes[root]]
    while stack:
        node = stack.pop()
        order.append(node)
        stack.extend(node.children)
    order.reverse()
    for node in order:
        raw, stated = node.own, node.element.get("itemprop") == "articleBody"
        for child in node.children:
            raw += child.raw
            stated = stated or child.stated
        node.raw, node.stated = raw, stated
    most = MOST * nodes[root].raw
    for node in order:
        element = node.element
        tag = element.tag
        if node.raw < most and hides(element):
            empty(node)  # readers see none of it: copies for programs are there
            continue
        if node.headed and node.raw >= most:
            names.trusted.add(element)
        elif not node.stated and tag not in NEVER and element not in names.trusted:
            if tag in FURNITURE_TAGS:
                continue
            verdict = names.verdict(element)
            if verdict is Verdict.HARD or (
                not node.kept
                and (
                    verdict is Verdict.COMMENTS or (verdict in _UNSURE and (strict or node.raw < most))
                )
            ):
                continue
        mass = node.own
        for child in node.children:
            mass += child.mass
        node.mass = mass


def empty(top: Node) -> None:
    """Take the text of *top* from it and from all in it."""
    stack = [top]
    while stack:
        node = stack.pop()
        node.mass = 0.0
        node.stated = False
        stack.extend(node.children)


# The share of the page's running text below which the chosen text is little (range .1 to .3: of 331
# pages below .2 are those of which the article was lost, and four others), and the shortest paragraph
# of running text, in characters (range 40 to 150).
_LITTLE = 0.2
_PROSE = 80


def overlooked(
    page: Scan,
    heading: etree._Element | None,
    chosen: Node,
    nodes: Mapping[etree._Element, Node],
    names: Names,
) -> etree._Element | None:
    """The running text under *heading* where the *chosen* element holds another, and little."""
    if heading is None or not _is_little(page, chosen, nodes[page.root]):
        return None
    texts = frozenset([*page.paragraphs, *page.loose])
    after = False
    for element in page.root.iter():
        if element is heading:
            after = True
        elif after and element in texts and (length := size_of(text_of(element))) >= SHORT:
            around = [element, *element.iterancestors()]
            inside = [*takewhile(lambda one: one is not chosen.element, around)]
            named = any(names.verdict(one) > Verdict.CAPTION for one in inside)
            if len(inside) < len(around) and not (named or length < _PROSE):
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
    texts = {text for one in page.paragraphs if size_of(text := text_of(one)) >= _PROSE}
    texts |= {text for one in page.loose if size_of(text := (one.text or "").strip()) >= _PROSE}
    return chosen.mass < _LITTLE * sum(map(size_of, texts))


def misnamed(
    text: etree._Element, nodes: dict[etree._Element, Node], names: Names
) -> Iterator[etree._Element]:
    """What is around *text*, or a twin of that, called furniture, and holds most under the headline."""
    around = [node for one in text.iterancestors() if (node := nodes.get(one)) is not None]
    most = MOST * next((node.raw for node in around if node.headed), around[-1].raw)
    for node in around:
        element = node.element
        if element.tag in FURNITURE_TAGS or names.verdict(element) > Verdict.KEPT:
            alike = [node, *_kin(node, nodes, names)]
            if node.headed or sum([one.raw for one in alike]) >= most:
                yield from [one.element for one in alike]


def _kin(node: Node, nodes: Mapping[etree._Element, Node], names: Names) -> list[Node]:
    """What stands beside the element of *node*, is called furniture as it is and has a class of it."""
    above = node.element.getparent()
    beside = nodes[above].children if above is not None and above in nodes else []
    own, verdict = _classes(node.element), names.verdict(node.element)
    return [
        one
        for one in beside
        if one is not node
        and names.verdict(one.element) is verdict
        and not own.isdisjoint(_classes(one.element))
    ]


def _classes(element: etree._Element) -> frozenset[str]:
    return word_set(element.get("class") or "")
