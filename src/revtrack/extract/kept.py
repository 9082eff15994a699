"""What a site rule keeps of a page: elements that are the article, wherever they stand.

Of an element in another the inner one's rule counts: what is kept inside something dropped stays in,
and what is dropped inside something kept goes. One pass over the page finds the rule of each element.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs
from lxml import etree

__all__ = ["NOTHING_KEPT", "Kept", "is_kept", "kept_of", "ruling_of"]

Choice = tuple[str, str]
"""What chose an element: the key of the rule, and its selector."""

_CODE = frozenset(["script", "style"])
"""Elements that no reader sees, whatever a rule says."""


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


def ruling_of(
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


def kept_of(ruling: Mapping[etree._Element, Choice]) -> Kept:
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
