"""What the class and id names of one page's elements say of them."""

from __future__ import annotations

from lxml import etree

from revtrack.extract.vocabulary import Verdict, verdict_of

__all__ = ["Names"]

_OPEN = Verdict.OPEN
# What could be an article after all.
_DOUBTFUL = frozenset([Verdict.SOFT, Verdict.CAPTION, Verdict.COMMENTS])


class Names:
    """The verdicts of one page's elements, remembered by their class and id names.

    *lenient* names no furniture that could be an article: for pages where nothing else is left.
    """

    def __init__(self, *, lenient: bool = False) -> None:
        self._lenient = lenient
        self._known: dict[str | tuple[str | None, str], Verdict] = {}

    def verdict(self, element: etree._Element) -> Verdict:
        """What the class and id of *element* say of it."""
        names, own = element.get("class"), element.get("id")
        if own is None:
            if names is None:
                return _OPEN
            key: str | tuple[str | None, str] = names
        else:
            key = (names, own)
        found = self._known.get(key)
        if found is None:
            found = verdict_of(f"{names or ''} {own or ''}")
            if self._lenient and found in _DOUBTFUL:
                found = _OPEN
            self._known[key] = found
        return found
