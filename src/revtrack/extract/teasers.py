"""Boxes side by side that lead to other stories, are other stories, or that readers wrote.

Teasers are boxes with a heading that is nothing but a link to a page of the site, and little text;
comments have a button to reply, or say how long ago they were written; the next articles each have a
headline of their own. None is the article while there is other text. Boxes whose role is that of a
dialogue or an aside go with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache, partial
from itertools import islice, takewhile
from urllib.parse import urlsplit

from lxml import etree

from revtrack.extract.elements import HEADINGS, Scan, size_of, text_of
from revtrack.extract.labels import ends_sentence, is_counter, words
from revtrack.extract.names import is_called_live
from revtrack.extract.weight import Node, empty, twins

__all__ = ["teasers_and_comments"]

# The fewest boxes that are such a group, and the share of the boxes side by side that must show it.
_FEWEST = 3
_SHARE = 0.75
# How many of the boxes are looked at, and how many elements in each, in document order.
_LOOKED_AT = 12
_INSIDE = 40
# The most running text of a teaser, in characters (range 200 to 600: items of a list have more).
_TEASER = 500
# The least other text on the page, in characters (range 200 to 1,000), and its least share of what
# teasers hold (range .2 to 1): the items of a list have links for headings too, and are its text.
_REST = 250
_REST_OF_TEASERS = 0.5
# The least text that stands with the headline in an element of their own for it to be an article, in
# characters (range 40 to 150): the list beside it is not, however long it is.
_OWN = 60
# The shortest sentence there that makes it one, too (range 15 to 40).
_SENTENCE = 20
# What an element says it is to programs that read aloud: asides and footers by another name, and what
# lies over the page and waits for an answer.
_ROLES = frozenset(["dialog", "alertdialog", "complementary", "contentinfo", "navigation", "search"])
_LABELLED = ("a", "button", "span", "time", "div", "p", "small", "li")
# How many headlines are looked at: each costs a look at what is around it.
_HEADLINES = 200
_LONGEST = 30


def teasers_and_comments(
    page: Scan, nodes: Mapping[etree._Element, Node], heading: etree._Element | None
) -> frozenset[etree._Element]:
    """The boxes of teasers and comments, whose text is taken away from the settled *nodes*."""
    hosts = cache(partial(_hosts, page))
    found = [(nodes[one], False) for one in _other_articles(page, nodes, heading, hosts)]
    is_teaser = partial(_is_teaser, hosts=hosts)
    apart: list[Node] = []
    for node in nodes.values():
        if node.element.get("role") in _ROLES and node.mass > 0 and not (node.kept or node.stated):
            found.append((node, False))
        if len(node.children) < _FEWEST:
            continue
        boxes = [child for child in node.children if child.mass > 0 and not child.kept]
        if len(boxes) < _FEWEST or any(box.stated for box in boxes):
            continue
        if is_called_live(f"{node.element.get('class')} {boxes[0].element.get('class')}"):
            continue  # entries of a live blog bear times and counters as comments do
        beside = node.raw > 0 and _is_beside_article(node, heading, nodes)
        ordered = node.element.tag == "ol"  # its points are the article's own
        comments = _most(boxes, _is_comment) or (beside and _are_signed(boxes))
        if not comments and not _most(boxes, partial(is_teaser, bare=beside and not ordered)):
            continue
        if beside and next(node.element.iterancestors("article"), None) is None:
            apart += boxes
        found += [(box, not comments) for box in boxes]
    if not found:
        return frozenset()
    drained = _drained(found, nodes, nodes[page.root])
    for box in [] if drained else apart:
        _drain(box, nodes)
    return frozenset([box.element for box in drained or apart])


def _is_beside_article(
    node: Node, heading: etree._Element | None, nodes: Mapping[etree._Element, Node]
) -> bool:
    """Whether the headline stands in an element with text of its own, apart from what is in *node*."""
    if heading is None:
        return False
    inner: etree._Element | None = heading
    above = heading.getparent()
    around = frozenset([node.element, *node.element.iterancestors()])
    while above is not None and above not in around:
        inner, above = above, above.getparent()
    if inner is None or inner is heading or above is node.element:
        return False
    own = nodes.get(inner)
    if own is None or own.mass >= _OWN or inner.tag in ("header", "hgroup"):
        return own is not None and own.mass >= _OWN
    texts = [text_of(one) for one in islice(inner.iter("p"), _INSIDE)]
    return any(size_of(text) >= _SENTENCE and ends_sentence(text) for text in texts)


def _are_signed(boxes: list[Node]) -> bool:
    """Whether most boxes begin with a name and end with the same label and a number."""
    signed = [_signature(box.element) for box in boxes[:_LOOKED_AT]]
    labels = [label for name, label in signed if name and label]
    first = {name for name, _ in signed}
    most = max([labels.count(label) for label in labels], default=0)
    return most >= max(_FEWEST, _SHARE * len(signed)) and len(first) > 1


def _signature(box: etree._Element) -> tuple[str, str]:
    """The first short text in *box*, and the letters of the last one where it has a number too."""
    texts = [
        text
        for one in islice(box.iter(), _INSIDE)
        if isinstance(one.tag, str) and (text := " ".join((one.text or "").split()))
    ]
    if len(texts) < 2 or len(texts[0]) > _LONGEST or len(texts[-1]) > _LONGEST:
        return "", ""
    label = "".join([letter for letter in texts[-1] if letter.isalpha()])
    return texts[0], label if any(letter.isdigit() for letter in texts[-1]) else ""


def _drained(
    found: list[tuple[Node, bool]], nodes: Mapping[etree._Element, Node], root: Node
) -> list[Node]:
    """The boxes of *found* that are no article, their text taken away; (box, whether it teases)."""
    masses = [(node, node.mass) for node in nodes.values()]
    others = [box for box, teases in found if not teases]
    teasers = [box for box, teases in found if teases]
    for box in others:
        _drain(box, nodes)
    without = root.mass
    for box in teasers:
        _drain(box, nodes)
    rest = root.mass
    if rest >= _REST and rest >= _REST_OF_TEASERS * (without - rest):
        return others + teasers
    for node, mass in masses:
        node.mass = mass
    if rest < _REST:
        return []
    for box in others:
        _drain(box, nodes)
    return others


def _other_articles(
    page: Scan,
    nodes: Mapping[etree._Element, Node],
    heading: etree._Element | None,
    hosts: Callable[[], frozenset[str]],
) -> list[etree._Element]:
    """The articles with a headline of their own, which leads on, beside the one of the page."""
    around = dict.fromkeys(heading.iterancestors()) if heading is not None else {}
    alike = [twins(nodes[one], nodes) for one in around if one in nodes]
    # a section of this article may lead on, too, but not each of several, and it is longer
    others = [group for group in alike if len(group) > 1 or all(one.raw <= _TEASER for one in group)]
    leading = [group for group in others if all(_title_leads_on(one.element, hosts) for one in group)]
    found = {one.element: None for group in leading for one in group}
    if not any(one.tag == "article" for one in around):
        return [*found]
    for other in page.headings[:_HEADLINES]:
        articles = [*other.iterancestors("article")] if other.tag == "h1" else []
        if articles and articles[-1] in nodes and around.keys().isdisjoint(articles):
            found[articles[-1]] = None
    return [*found]


def _most(boxes: list[Node], shows: Callable[[Node], bool]) -> bool:
    """Whether most of *boxes* show what makes a group of them."""
    looked_at = boxes[:_LOOKED_AT]
    spare = len(looked_at) - max(_FEWEST, _SHARE * len(looked_at))
    for box in looked_at:
        spare -= not shows(box)
        if spare < 0:
            return False
    return True


def _is_comment(box: Node) -> bool:
    """Whether the box has a button to reply, or a line that says how long ago it was written."""
    replies = words("labels", "reply")
    return any(
        text in replies or is_counter(text)
        for one in islice(box.element.iter(*_LABELLED), _INSIDE)
        if (text := (one.text or "").strip().casefold()) and len(text) <= _LONGEST
    )


def _is_teaser(box: Node, hosts: Callable[[], frozenset[str]], *, bare: bool) -> bool:
    """Whether the box has little text, and one heading (or `bare` first line) that is a link."""
    if box.raw > _TEASER:
        return False
    element = box.element
    if element.tag == "dd" and (term := element.getprevious()) is not None:
        element = term
    headings = [*islice(element.iter(*HEADINGS), 2)]
    if headings or not bare:
        return len(headings) == 1 and _title_leads_on(element, hosts)
    links = islice(element.iter("a"), 1)
    return any(_is_line(link, element) and _leads_on(link, hosts) for link in links)


def _title_leads_on(box: etree._Element, hosts: Callable[[], frozenset[str]]) -> bool:
    """Whether the first heading in *box* is a link to a page of the site."""
    headings = islice(box.iter(*HEADINGS), 1)
    return any(_leads_on(link, hosts) for one in headings for link in _links_of(one, box))


def _is_line(link: etree._Element, box: etree._Element) -> bool:
    """Whether *link* has no words beside it, in *box* or in a paragraph of its own."""
    above = link.getparent()
    beside = f"{above.text or ''}{link.tail or ''}" if above is not None else ""
    return not beside.strip() and (above is box or (above is not None and len(above) == 1))


def _links_of(heading: etree._Element, box: etree._Element) -> Iterator[etree._Element]:
    """The links that hold all of *heading*: the one around it in *box*, or the one that fills it."""
    inside = takewhile(lambda one: one is not box.getparent(), heading.iterancestors())
    yield from [one for one in inside if one.tag == "a"]
    words = text_of(heading)
    for link in islice(heading.iter("a"), 1):
        if words and text_of(link) == words:
            yield link


def _leads_on(link: etree._Element, hosts: Callable[[], frozenset[str]]) -> bool:
    """Whether *link* leads to another page of the site."""
    href = link.get("href") or ""
    if not href or href.startswith("#"):
        return False
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    if parts.scheme not in {"", "http", "https"}:
        return False
    return not parts.netloc or parts.netloc.lower().removeprefix("www.") in hosts()


def _hosts(page: Scan) -> frozenset[str]:
    """The hosts that the page says it is on."""
    said = [link.get("href") or "" for link in page.links if link.get("rel") == "canonical"]
    said += [meta.get("content") or "" for meta in page.metas if meta.get("property") == "og:url"]
    found = set()
    for address in said:
        with suppress(ValueError):
            found.add(urlsplit(address).netloc.lower().removeprefix("www."))
    return frozenset(found - {""})


def _drain(box: Node, nodes: Mapping[etree._Element, Node]) -> None:
    """Take the text of *box* from it, from all in it and from all around it."""
    gone = box.mass
    for node in [nodes[one] for one in box.element.iterancestors() if one in nodes]:
        if node.mass <= 0:
            break  # furniture, whose text counts for nothing further out
        node.mass -= gone
    empty(box)
