"""Where on a page the article stands: the element that frames it.

Paragraphs outside furniture give their length to their parents. From the root the search goes down as
long as one child holds nearly all of what its parent holds (the idea of Readability's scores, Arc90
2010, made cumulative so that a few edited paragraphs cannot move the choice).
"""

from __future__ import annotations

import attrs
from lxml import etree

from revtrack.extract.vocabulary import Verdict, verdict_of

__all__ = ["Frame", "Names", "find_frame"]

# The share of a parent's text that one child must hold for the search to go down to it (range .5 to 1;
# large: the frame keeps more furniture, small: it loses parts of an article in several sections).
_DESCEND = 0.8
# The shortest paragraph that counts, in characters (range 0 to 100): shorter ones are labels and buttons.
_SHORT = 25
# How much a linked character counts against the text of its paragraph (range 0 to 2).
_LINKED = 1.0
# Below this many characters in paragraphs, text that stands directly in other elements is counted too.
_FEW = 400

_NEVER = frozenset(["html", "body", "main"])
_FURNITURE_TAGS = frozenset(
    [
        "nav",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "head",
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "svg",
        "menu",
        "dialog",
    ]
)
_LOOSE = etree.XPath(
    "//*[self::div or self::td or self::section or self::article or self::span or self::li or self::font or self::blockquote or self::center or self::dd]"
    "/text()[string-length(normalize-space(.)) > 60]/..",
)


@attrs.frozen
class Frame:
    """The element that holds the article, by its place: tag, class and id, from the root down."""

    path: tuple[tuple[str, str], ...]


class Names:
    """The verdicts of one page's elements, remembered by their class and id names."""

    def __init__(self) -> None:
        self._known: dict[tuple[str | None, str | None], Verdict] = {}

    def verdict(self, element: etree._Element) -> Verdict:
        """What the class and id of *element* say of it."""
        key = (element.get("class"), element.get("id"))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = verdict_of(f"{key[0] or ''} {key[1] or ''}")
        return found


class _Masses:
    """How much article text each element holds, with everything below it."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.mass: dict[etree._Element, float] = {}
        self.children: dict[etree._Element, list[etree._Element]] = {}
        self._blocked: dict[etree._Element, bool] = {}

    def blocked(self, element: etree._Element) -> bool:
        """Whether the element or anything around it is furniture."""
        chain = []
        verdict = False
        current: etree._Element | None = element
        while current is not None:
            known = self._blocked.get(current)
            if known is not None:
                verdict = known
                break
            chain.append(current)
            current = current.getparent()
        for one in reversed(chain):
            if not verdict and one.tag not in _NEVER:
                verdict = one.tag in _FURNITURE_TAGS or self.names.verdict(one) is Verdict.FURNITURE
            self._blocked[one] = verdict
        return verdict

    def add(self, element: etree._Element, mass: float) -> None:
        """Give *mass* to the element and to everything around it."""
        current: etree._Element | None = element
        masses = self.mass
        while current is not None:
            if current in masses:
                masses[current] += mass
                current = current.getparent()
                continue
            masses[current] = mass
            parent = current.getparent()
            if parent is not None:
                self.children.setdefault(parent, []).append(current)
            current = parent


def find_frame(root: etree._Element, names: Names) -> etree._Element | None:
    """The element that holds the article, or None where the page has no running text."""
    for strict in (True, False):
        masses = _Masses(names)
        total = _weigh(root, masses, strict=strict)
        if total > 0:
            return _descend(root, masses)
    return None


def _weigh(root: etree._Element, masses: _Masses, *, strict: bool) -> float:
    total = 0.0
    for paragraph in root.iter("p"):
        total += _weigh_one(paragraph, masses, strict=strict)
    if total < _FEW:
        for holder in _LOOSE(root):
            total += _weigh_one(holder, masses, strict=strict, own=True)
    return total


def _weigh_one(element: etree._Element, masses: _Masses, *, strict: bool, own: bool = False) -> float:
    if own:
        text = (element.text or "") + "".join([child.tail or "" for child in element])
        length = float(len(" ".join(text.split())))
    else:
        text = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
        length = float(len(text))
    if length < _SHORT:
        return 0.0
    parent = element if own else element.getparent()
    if parent is None or (strict and masses.blocked(element)):
        return 0.0
    if not own:
        for link in element.iter("a"):
            length -= _LINKED * len(
                etree.tostring(link, method="text", encoding="unicode", with_tail=False)
            )
    if length < _SHORT:
        return 0.0
    masses.add(parent, length)
    return length


def _descend(root: etree._Element, masses: _Masses) -> etree._Element:
    current = root
    while True:
        inner = max(masses.children.get(current, ()), key=masses.mass.__getitem__, default=None)
        if inner is None or masses.mass[inner] < _DESCEND * masses.mass[current]:
            return current
        current = inner
