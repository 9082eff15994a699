"""Comments: boxes of one form that readers wrote, by what is in most of them.

Each has a button to reply or says how long ago it was written; or a name of its own, and a label with a
count that is the same in all; or the minute it was written, near a field to write another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from lxml import etree

from revtrack.extract.elements import HEADINGS
from revtrack.extract.headlines import letters_of
from revtrack.extract.labels import is_counter, words
from revtrack.extract.weight import Node

__all__ = [
    "FEWEST",
    "INSIDE",
    "LOOKED_AT",
    "SHARE",
    "are_posted",
    "are_signed",
    "is_comment",
    "most",
    "pieces",
]

FEWEST, SHARE = 3, 0.75
"""The fewest boxes that are a group, and the share of boxes side by side that must show it."""
LOOKED_AT, INSIDE = 12, 40
"""How many of the boxes are looked at, and how many elements in each, in document order."""
_LABELLED = ("a", "button", "span", "time", "div", "p", "small", "li")
# The longest name and label, in characters, and where a link leads that does something.
_LONGEST = 30
_NOWHERE = ("#", "javascript:")
# The day and the clock of a comment, in a line of their own; how many of the lines in each are looked
# at for them, and how far around comments the field is to write one (range 2 to 5).
_POSTED = re.compile(r".{0,30}\d\D.{0,20}\d{1,2}[:.h時时]\d{2}(?!\d).{0,10}")
_LINES, _UP = 8, 4
# Counts and their label, behind the name of the one they are of or not: *Ann 2 0 likes*, *Likes (3)*.
_COUNTED = re.compile(
    r"(?P<before>[^\d:]*?)[\s|·•()+-]*\b\d{1,4}\b(?:[\s|·•()+-]+\d{1,4}\b)*[\s|·•()+-]*"
    r"(?P<label>[^\d:]*)"
)


def most(boxes: list[Node], shows: Callable[[Node], bool]) -> bool:
    """Whether most of *boxes* show what makes a group of them."""
    looked_at = boxes[:LOOKED_AT]
    spare = len(looked_at) - max(FEWEST, SHARE * len(looked_at))
    for box in looked_at:
        spare -= not shows(box)
        if spare < 0:
            return False
    return True


def is_comment(box: Node) -> bool:
    """Whether the box has a button to reply, or a line that says how long ago it was written."""
    replies = words("labels", "reply")
    return any(
        text in replies or is_counter(text)
        for one in islice(box.element.iter(*_LABELLED), INSIDE)
        if (text := (one.text or "").strip().casefold()) and len(text) <= _LONGEST
    )


def are_signed(boxes: list[Node]) -> bool:
    """Whether most boxes begin with a name of their own, and show the same label with a count."""
    signed: list[tuple[str, set[str]]] = []

    def is_signed(box: Node) -> bool:
        signed.append(_signature(box.element))
        return all(signed[-1])

    if not most(boxes, is_signed):
        return False
    labels = Counter([label for name, shown in signed if name for label in shown])
    enough = max(FEWEST, SHARE * len(signed))
    return max(labels.values()) >= enough and len({name for name, _ in signed}) > 1


def _signature(box: etree._Element) -> tuple[str, set[str]]:
    """The short text that *box* begins with, and the letters beside the counts and on buttons in it."""
    texts = list(islice(pieces(box), INSIDE))
    is_name = len(texts) > 1 and len(texts[0]) <= _LONGEST and texts[0][0].isalpha()
    if not is_name or next(box.iter(*HEADINGS), None) is not None:
        return "", set()
    shown = {
        one.text.strip()
        for one in islice(box.iter("a", "button"), INSIDE)
        if one.text and (one.tag == "button" or (one.get("href") or "#").startswith(_NOWHERE))
    }
    for text in texts:
        counted = _COUNTED.fullmatch(text) if len(text) <= _LONGEST else None
        if counted is not None and (counted["label"] or text is not texts[0]):
            shown.add(counted["label"] or counted["before"])
    return texts[0], {letters for label in shown if (letters := letters_of(label))}


def are_posted(boxes: list[Node]) -> bool:
    """Whether most of *boxes* say when they were written, near a field to write another."""
    first = boxes[0].element
    near = islice(first.iterancestors(), _UP)
    return most(boxes, _is_posted) and any(next(one.iter("textarea"), None) is not None for one in near)


def _is_posted(box: Node) -> bool:
    texts = islice(pieces(box.element), _LINES)
    return any(len(text) <= _LONGEST + 10 and _POSTED.fullmatch(text) for text in texts)


def pieces(box: etree._Element) -> Iterator[str]:
    """The texts in *box* between its tags, in page order."""
    for text in islice(box.itertext("*"), 2 * INSIDE):
        if single := " ".join(text.split()):
            yield single
