"""The container of an article: what its element is called, and where it is in another capture.

A box of teasers that grew may outweigh the article in the next capture, so what the element was called
is remembered: one that is called the same there, and holds the same words, goes first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree

from revtrack.extract.elements import is_inside, raw_text, upwards
from revtrack.extract.names import Names, Verdict
from revtrack.extract.weight import NEVER, Node
from revtrack.model import Article

__all__ = ["found_again", "is_known", "signature"]

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
# How many words in a row are one piece of evidence (range 2 to 5; fewer stand in any text by chance).
_RUN = 3

_WORD = re.compile(r"\w+")
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
    known = _runs(earlier.text)
    held = {one: len(known & _runs(raw_text(one))) for one in (chosen, *alike)}
    best = max(alike, key=held.__getitem__)
    if _says(chosen, names) and not _says(best, names):
        return chosen
    if signature(chosen) == wanted or is_inside(chosen, best):
        return best if held[chosen] < _NEARLY * held[best] else chosen
    return best if held[best] >= _NEARLY * held[chosen] else chosen


def is_known(element: etree._Element, earlier: Article) -> bool:
    """Whether most of the words of *element* stood in the *earlier* article."""
    runs = _runs(raw_text(element))
    return 2 * len(runs & _runs(earlier.text)) > len(runs)


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


def _runs(text: str) -> set[tuple[str, ...]]:
    """The words of *text* in runs, by which a text is known again whatever its markup."""
    words = _WORD.findall(text)
    return set(zip(*[words[start:] for start in range(_RUN)], strict=False))
