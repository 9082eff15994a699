"""Was the whole article captured? Signs that a page ends too early, or that a wall ends its text.

A sign alone proves nothing: pages without an end tag exist, and some sites ask every reader to log in.
It becomes a remark on the article, and a comparison with a capture that has no such sign draws the
conclusion (`revtrack.changes.captured`).
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from revtrack.extract.metadata import Metadata
from revtrack.extract.words import finder
from revtrack.model import Block
from revtrack.remarks import Remark, RemarkKind

__all__ = ["walled"]

# The longest text that may be a teaser, in characters (range 500 to 3,000): a few paragraphs. Longer
# ones are not looked at, which keeps the look from costing anything on nearly all pages. Where the page
# states that it is not free there is nothing to look for, and the opening may be longer.
_TEASER = 1_000
_STATED = 3_000
# The longest text of an element that asks to log in, in characters (range 100 to 600).
_REQUEST = 300
_ASKING = ("p", "div", "span", "a", "button", "h1", "h2", "h3", "h4", "li", "label", "strong")


def walled(root: etree._Element, said: Metadata, blocks: Sequence[Block]) -> Remark | None:
    """A remark where a text is short and its page says that it is not free, or asks to log in."""
    length = sum([len(block.text) for block in blocks])
    if not said.free and length <= _STATED:
        return _teaser("the page states that it is not accessible for free")
    if length <= _TEASER and _asks(root):
        return _teaser("the page asks to log in or to subscribe")
    return None


def _asks(root: etree._Element) -> bool:
    """Whether an element of the page asks to log in; all are searched as one text, NUL between them."""
    texts = [text for one in root.iter(*_ASKING) if (text := one.text) and len(text) <= _REQUEST]
    text = " ".join("\0".join(texts).split()).casefold()
    return finder("screening", "login_wall").search(text) is not None


def _teaser(why: str) -> Remark:
    return Remark(RemarkKind.TEASER, f"the text may be a teaser: it is short, and {why}")
