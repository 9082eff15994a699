"""Boxes side by side that lead to other stories, are other stories, or that readers wrote.

Teasers are boxes with a heading that is nothing but a link to a page of the site, and little text;
where boxes of one form follow the text, a first line that is such a link is enough. The next articles
each have a headline of their own. None is the article while there is other text. Boxes whose role is
that of a dialogue or an aside go with them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache, partial
from itertools import islice, takewhile
from urllib.parse import urlsplit

from lxml import etree

from revtrack.extract.comments import (
    FEWEST,
    INSIDE,
    LOOKED_AT,
    SHARE,
    are_posted,
    are_signed,
    is_comment,
    most,
    pieces,
)
from revtrack.extract.elements import HEADINGS, Scan, size_of, text_of
from revtrack.extract.labels import ends_sentence
from revtrack.extract.names import is_called_live
from revtrack.extract.weight import Node, empty, twins

__all__ = ["teasers_and_comments"]

# The most running text of a teaser, in characters (range 200 to 600: items of a list have more).
_TEASER = 500
# The least other text on the page, in characters (range 200 to 1,000), and its least share of what
# teasers hold (range .2 to 1): the items of a list have links for headings too, and are its text.
_REST = 250
_REST_OF_TEASERS = 0.5
# The same for boxes without headings that follow the text (range .2 to .5): the points of an article
# that is a list have headings or numbers.
_REST_OF_BARE = 0.25
# The shortest paragraph that goes on with the text behind boxes, in characters (range 40 to 150).
_PROSE = 80
# How many elements on each side of the boxes are looked at, on each level: a bound for hostile pages.
_BESIDE = 400
# The least text that stands with the headline in an element of their own for it to be an article, in
# characters (range 40 to 150): the list beside it is not, however long it is.
_OWN = 60
# The shortest sentence there that makes it one, too (range 15 to 40).
_SENTENCE = 20
# What an element says it is to programs that read aloud: asides and footers by another name, and what
# lies over the page and waits for an answer.
_ROLES = frozenset(["dialog", "alertdialog", "complementary", "contentinfo", "navigation", "search"])
# The longest label under which a registry sells names: *co* and *com* before *uk* and *br*.
_REGISTRY = 3
# How many headlines are looked at: each costs a look at what is around it.
_HEADLINES = 200
_NUMBER = re.compile(r"\W*(\d{1,3})(?!\d)")


def teasers_and_comments(
    page: Scan, nodes: Mapping[etree._Element, Node], heading: etree._Element | None
) -> frozenset[etree._Element]:
    """The boxes of teasers and comments, whose text is taken away from the settled *nodes*."""
    hosts = cache(partial(_hosts, page))
    found = [(nodes[one], 0.0) for one in _other_articles(page, nodes, heading, hosts)]
    is_teaser = partial(_is_teaser, hosts=hosts)
    apart: list[Node] = []
    for node in nodes.values():
        if node.element.get("role") in _ROLES and node.mass > 0 and not (node.kept or node.stated):
            found.append((node, 0.0))
        if len(node.children) < FEWEST:
            continue
        boxes = [child for child in node.children if child.mass > 0 and not child.kept]
        if len(boxes) < FEWEST or any(box.stated for box in boxes):
            continue
        if is_called_live(f"{node.element.get('class')} {boxes[0].element.get('class')}"):
            continue  # entries of a live blog bear times and counters as comments do
        beside = node.raw > 0 and _is_beside_article(node, heading, nodes)
        ordered = node.element.tag == "ol"  # its points are the article's own
        comments = most(boxes, is_comment) or (beside and are_signed(boxes))
        least = 0.0 if comments else _REST_OF_TEASERS
        if not comments and not most(boxes, partial(is_teaser, bare=beside and not ordered)):
            if not (_are_alike(boxes) and _follows(boxes, heading, nodes)):
                continue
            least = 0.0 if are_posted(boxes) else _REST_OF_BARE
            leads = not ordered and most(boxes, partial(is_teaser, bare=True))
            if least and not leads and not are_signed(boxes):
                continue
        if beside and next(node.element.iterancestors("article"), None) is None:
            apart += boxes
        found += [(box, least) for box in boxes]
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
    texts = [text_of(one) for one in islice(inner.iter("p"), INSIDE)]
    return any(size_of(text) >= _SENTENCE and ends_sentence(text) for text in texts)


def _are_alike(boxes: list[Node]) -> bool:
    """Whether most of *boxes* hold elements of the same kinds, and no numbers lead them."""
    first = [box.element for box in boxes[:LOOKED_AT]]
    shapes = Counter([(one.tag, *[inner.tag for inner in one[:INSIDE]]) for one in first])
    if max(shapes.values()) < SHARE * len(first):
        return False
    leads = [_NUMBER.match("".join(islice(pieces(one), 1))) for one in first[:FEWEST]]
    numbers = [int(one[1]) for one in leads if one is not None]
    return numbers != [*range(numbers[0], numbers[0] + FEWEST)] if numbers else True


def _follows(
    boxes: list[Node], heading: etree._Element | None, nodes: Mapping[etree._Element, Node]
) -> bool:
    """Whether the text under the *heading* is before *boxes*, and none is behind them."""
    around = frozenset(heading.iterancestors()) if heading is not None else frozenset()
    first: etree._Element | None = boxes[0].element
    last: etree._Element | None = boxes[-1].element
    text = 0.0
    while first is not None and last is not None:
        behind = islice(last.itersiblings(), _BESIDE)
        if any(one.tag == "p" and size_of(text_of(one)) >= _PROSE for one in behind):
            return False
        for one in islice(first.itersiblings(preceding=True), _BESIDE):
            if one in nodes:
                text += nodes[one].mass
            elif one.tag == "p":
                text += size_of(text_of(one))
            if one is heading or one in around:
                return text >= _REST
        first = last = first.getparent()
    return False


def _drained(
    found: list[tuple[Node, float]], nodes: Mapping[etree._Element, Node], root: Node
) -> list[Node]:
    """The boxes of *found* that are no article, their text taken away.

    With each is the least share of its text that the rest has to have for it to be none.
    """
    masses = [(node, node.mass) for node in nodes.values()]
    others = [box for box, least in found if not least]
    teasers = [box for box, least in found if least]
    for box in others:
        _drain(box, nodes)
    without = root.mass
    for box in teasers:
        _drain(box, nodes)
    rest = root.mass
    if rest >= _REST and rest >= max([least for _, least in found]) * (without - rest):
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
    first = "".join(islice(pieces(element), 1))
    links = islice(element.iter("a"), 1)
    return not (size_of(first) >= _PROSE and ends_sentence(first)) and any(
        _is_line(link, element) and _leads_on(link, hosts) for link in links
    )


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
    return not parts.netloc or _site(parts.netloc) in hosts()


def _site(host: str) -> str:
    """The last labels of *host*: two, or three where the second is as short as a registry's."""
    labels = host.lower().rpartition(":")[0].split(".") if ":" in host else host.lower().split(".")
    return ".".join(labels[-3 if len(labels) > 2 and len(labels[-2]) <= _REGISTRY else -2 :])


def _hosts(page: Scan) -> frozenset[str]:
    """The hosts that the page says it is on."""
    said = [link.get("href") or "" for link in page.links if link.get("rel") == "canonical"]
    said += [meta.get("content") or "" for meta in page.metas if meta.get("property") == "og:url"]
    found = set()
    for address in said:
        with suppress(ValueError):
            found.add(_site(urlsplit(address).netloc))
    return frozenset(found - {""})


def _drain(box: Node, nodes: Mapping[etree._Element, Node]) -> None:
    """Take the text of *box* from it, from all in it and from all around it."""
    gone = box.mass
    for node in [nodes[one] for one in box.element.iterancestors() if one in nodes]:
        if node.mass <= 0:
            break  # furniture, whose text counts for nothing further out
        node.mass -= gone
    empty(box)
