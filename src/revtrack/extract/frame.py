"""Where on a page the article is: the element that frames it.

Paragraphs give their length to everything around them. From the root the search goes down as long as
one child holds nearly all of what its parent holds (the idea of Readability's scores, Arc90 2010, made
cumulative so that a few edited paragraphs cannot move the choice).

A box of teasers that grew may outweigh the article in the next capture, so what the element was called
is remembered: one that is called the same there, and holds the same words, goes first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile
from operator import attrgetter

import attrs
from lxml import etree

from revtrack.extract.elements import Scan, is_inside, raw_text, upwards
from revtrack.extract.names import Names, Verdict
from revtrack.extract.ruled import NOTHING_KEPT, Kept
from revtrack.extract.surroundings import surroundings, word_runs
from revtrack.extract.teasers import teasers_and_comments
from revtrack.extract.weight import MOST, NEVER, Node, Reach, misnamed, overlooked, twins, weighed
from revtrack.model import Article

__all__ = ["Frame", "find_frame", "signature"]

# The share of a parent's text that one child must hold for the search to go down to it (range .5 to 1;
# large: the frame keeps more furniture, small: it loses parts of an article in several sections).
_DESCEND = 0.8
# The share that elements named as the article's body must hold to be taken at once (range .2 to .8),
# and elements that state it (``itemprop="articleBody"``); a part with less than the last share of the
# largest is left aside: the others are one body, however many they are.
_MARKED = 0.5
_STATED = 0.1
_PART = 0.1
# The most text of a hidden box, in characters (range 100 to 600).
_HIDDEN = 300
# The names of the texts of posts in a forum's thread, and the fewest posts that are a thread.
_POST, _POSTS = re.compile(r"post_?(?:message|body|text|content)_?\d+$"), 3


@attrs.frozen
class Frame:
    """The element that holds the article; `nodes` say how much of the page's text each one holds.

    `leads` and `tails` belong to it and stand before and after it; `kept` is what a site rule keeps.
    `teasers` are boxes in it, or elsewhere, that are no part of the article whatever their names. It is
    `doubtful` where little of the page's text is in it, and not what stands under the headline.
    """

    element: etree._Element
    leads: tuple[etree._Element, ...]
    tails: tuple[etree._Element, ...]
    total: float
    nodes: dict[etree._Element, Node]
    names: Names
    teasers: frozenset[etree._Element] = frozenset()
    kept: Kept = NOTHING_KEPT
    doubtful: bool = False

    def is_furniture(self, element: etree._Element) -> bool:
        """Whether an element inside the frame is furniture by its name."""
        verdict = self.names.verdict(element)
        if verdict < Verdict.SOFT or verdict is Verdict.HARD:
            return verdict is Verdict.HARD
        node = self.nodes.get(element)
        if verdict is Verdict.COMMENTS:
            return node is None or not node.kept
        return node is None or node.raw < MOST * self.total

    def is_small(self, element: etree._Element) -> bool:
        """Whether an element that is hidden is a box: longer texts are shown by a script."""
        node = self.nodes.get(element)
        return node is None or node.raw <= min(_HIDDEN, MOST * self.total)


def find_frame(
    page: Scan,
    heading: etree._Element | None = None,
    *,
    reach: Reach = Reach.ANYWHERE,
    names: Names | None = None,
    earlier: Article | None = None,
) -> Frame | None:
    """The frame of the article under *heading*, or None where the page has no running text.

    *reach* says when furniture counts. *names* judge the page's class and id names: leniently, or by a
    site rule. *earlier* is the article of an earlier capture, whose container goes first.
    """
    if heading is None:
        firsts = [one for one in page.headings if one.tag == "h1"]
        heading = firsts[0] if len(firsts) == 1 else None
    names = names or Names()
    nodes = weighed(page, names, heading, reach=reach)
    root = page.root
    if root not in nodes:
        return None
    flowing = teasers_and_comments(page, nodes, heading)
    element, posts = _descend(root, nodes, names)
    text = overlooked(page, heading, nodes[element], nodes, names)
    if text is not None and (wrong := set(misnamed(text, nodes, names)) - names.trusted):
        names.trusted |= wrong
        return find_frame(page, heading, reach=reach, names=names, earlier=earlier)
    if posts:
        leads, tails = posts[:0], posts[1:]
    else:
        element = _own_article(element, heading, nodes)
        if earlier is not None:
            element = found_again(element, heading, nodes, names, earlier)
        leads, tails = surroundings(element, heading, nodes, names, earlier)
    return Frame(
        element, leads, tails, nodes[element].raw, nodes, names, flowing, doubtful=text is not None
    )


def _own_article(
    frame: etree._Element, heading: etree._Element | None, nodes: dict[etree._Element, Node]
) -> etree._Element:
    """Of several articles one after the other, the one whose headline the page bears."""
    if heading is None or sum([child.element.tag == "article" for child in nodes[frame].children]) < 2:
        return frame
    around = heading.iterancestors("article")
    return next((one for one in around if one.getparent() is frame and one in nodes), frame)


def _descend(
    root: etree._Element, nodes: dict[etree._Element, Node], names: Names
) -> tuple[etree._Element, tuple[etree._Element, ...]]:
    """The element that frames the article; in a thread of a forum, the first post, and all posts."""
    current = _inner(root, nodes)
    marked = _marked(current, nodes, names)
    held = sum([nodes[one].mass for one in marked])
    stated = any(one.get("itemprop") == "articleBody" for one in marked)
    if held <= 0 or held < (_STATED if stated else _MARKED) * nodes[current].mass:
        return current, ()
    if len(marked) >= _POSTS and all(_POST.match(one.get("id") or "") for one in marked):
        posts = tuple(reversed(marked))
        return posts[0], posts
    least = _PART * max([nodes[one].mass for one in marked])
    parts = [one for one in marked if nodes[one].mass >= least]
    if stated and len({nodes[one].mass for one in parts}) == 1:
        return parts[-1], ()  # copies of one text
    return _common(parts), ()


def _inner(current: etree._Element, nodes: dict[etree._Element, Node]) -> etree._Element:
    """The last element on the way down from *current* that one child after the other nearly fills."""
    while True:
        if current.get("itemprop") == "articleBody":
            return current
        node = nodes[current]
        inner = max(node.children, key=attrgetter("mass"), default=None)
        if inner is None or inner.mass < _DESCEND * node.mass:
            return current
        element = inner.element
        is_part = element.tag != "article" and inner.own == inner.mass
        if is_part and any(one.own for one in twins(inner, nodes)):
            return current  # parts of one body have one class
        current = element


def _marked(
    frame: etree._Element, nodes: dict[etree._Element, Node], names: Names
) -> list[etree._Element]:
    """The outermost elements inside *frame* that say that they are the article's body."""
    found: dict[bool, list[etree._Element]] = {True: [], False: []}
    stack = list(nodes[frame].children)
    while stack:
        node = stack.pop()
        if node.mass <= 0:
            continue
        stated = node.element.get("itemprop") == "articleBody"
        if stated or (not node.stated and names.verdict(node.element) is Verdict.BODY):
            found[stated].append(node.element)
        else:
            stack.extend(node.children)
    return found[True] or found[False]


def _common(elements: list[etree._Element]) -> etree._Element:
    """The innermost element that holds all of *elements*."""
    chains = [[*upwards(element)][::-1] for element in elements]
    shared = takewhile(lambda level: all(one is level[0] for one in level), zip(*chains, strict=False))
    *_, innermost = shared
    held: etree._Element = innermost[0]
    return held


# How many elements a signature names at most, from the nearest one with a name inwards.
_LEVELS = 8
# The least text of an earlier article for its container to be trusted, in characters (range 100 to
# 800): the first lines of a story still to be written stand in a summary now and then. Of 425 pages
# cut to one to eight paragraphs, the whole article was found as anew in 408 after it and in 413 at 400,
# 416 at 800; beside a box the cut article was found again in 268, 238 and 165 (276 at 100, 65 never).
_ENOUGH = 200
# The least share of the earlier length that an element must hold to be looked at (range .05 to .5): a
# container that was emptied, or names a box by now, is none. On those pages .05 to .5 are alike (408
# and 274 to 264), and .9 loses (406 and 235).
_LEAST = 0.25
# The share of the earlier words that one element must hold of what another holds to count as holding
# the same (range .8 to 1; small: parts of an article are given up, large: a chance phrase decides).
_NEARLY = 0.95
# How many elements of one signature are looked at (range 2 to 20): what many bear says nothing.
_MOST = 8
_DIGIT = re.compile(r"\d")
_SELF_NAMED = frozenset(["article", "main", "body", "html"])


def signature(element: etree._Element) -> str:
    """What *element* is called, in the manner of a selector: ``div#story > div.text``.

    Digits come from counters and build tools. What has no name is called by what is around it.
    """
    names = [_name(element)]
    above = element.getparent()
    while names[-1] == element.tag and element.tag not in _SELF_NAMED:
        if above is None or len(names) == _LEVELS:
            break
        element, above = above, above.getparent()
        names.append(_name(element))
    return " > ".join(reversed(names))


def _name(element: etree._Element) -> str:
    own = element.get("id")
    return "".join([str(element.tag), f"#{own}" if own else "", _kind(element)])


def _kind(element: etree._Element) -> str:
    parts = [f"[{name}={stated}]" for name in ("itemprop", "role") if (stated := element.get(name))]
    if classes := element.get("class"):
        parts += [f".{one}" for one in sorted(set(classes.split())) if not _DIGIT.search(one)]
    return "".join(parts)


def found_again(
    chosen: etree._Element,
    heading: etree._Element | None,
    nodes: Mapping[etree._Element, Node],
    names: Names,
    earlier: Article,
) -> etree._Element:
    """The element on this page that *earlier* was taken from in another capture, else *chosen*.

    That is given up for one that is called the same and holds as many of the earlier words, or more.
    """
    wanted = earlier.container
    if wanted is None or len(earlier.text) < _ENOUGH:
        return chosen
    alike = _alike(wanted, nodes, _LEAST * len(earlier.text))
    if not alike or alike == [chosen] or len(alike) > _MOST:
        return chosen
    inside = [one for one in alike if one is not chosen and is_inside(one, chosen.getparent())]
    parts = dict.fromkeys([*inside, *[twin for one in inside for twin in _twins(one, nodes)]])
    if len(parts) > 1:  # of one article, or the entries of a live blog, or several articles
        alike = [one for one in _under(heading, list(parts)) if one in alike]
        if not alike:
            return chosen
    known = word_runs(earlier.text)
    held = {one: len(known & word_runs(raw_text(one))) for one in (chosen, *alike)}
    best = max(alike, key=held.__getitem__)
    if _says(chosen, names) and not _says(best, names):
        return chosen
    if signature(chosen) == wanted or is_inside(chosen, best):
        return best if held[chosen] < _NEARLY * held[best] else chosen
    return best if held[best] >= _NEARLY * held[chosen] else chosen


def _alike(wanted: str, nodes: Mapping[etree._Element, Node], least: float) -> list[etree._Element]:
    """The elements with the signature *wanted* and *least* characters of text or more."""
    tag = re.split(r"[#.\[]", wanted.rpartition(" > ")[2], maxsplit=1)[0]
    return [
        element
        for element, node in nodes.items()
        if node.raw >= least and element.tag == tag and signature(element) == wanted
    ]


def _twins(element: etree._Element, nodes: Mapping[etree._Element, Node]) -> list[etree._Element]:
    """What stands beside *element* and is of its kind, whatever its id: entries bear one each."""
    above = element.getparent()
    beside = nodes[above].children if above is not None else []
    alike = [one.element for one in beside if one.element.tag == element.tag]
    return [one for one in alike if one is not element and _kind(one) == _kind(element)]


def _under(heading: etree._Element | None, alike: Sequence[etree._Element]) -> list[etree._Element]:
    """The one of *alike* that stands with the headline, apart from the others; else none."""
    for above in upwards(heading) if heading is not None else ():
        near = [one for one in alike if one is above or is_inside(one, above)]
        if near:
            return near if len(near) == 1 else []
    return []


def _says(element: etree._Element, names: Names) -> bool:
    """Whether the element says that it is an article or its body."""
    return (
        element.tag == "article"
        or element.get("itemprop") == "articleBody"
        or (element.tag not in NEVER and names.verdict(element) is Verdict.BODY)
    )
