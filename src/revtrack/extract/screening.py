"""Is this page a version of the article at all? Errors, walls and shells, told by their few words.

Precision comes first: a page is screened out only where it has hardly any running text, and that text
or the title says what the page is. A short article that speaks of cookies, or is headed "404", stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
from lxml import etree

from revtrack.extract.headlines import parts_of, text_of_element
from revtrack.extract.metadata import Metadata
from revtrack.extract.scan import Scan
from revtrack.extract.walls import HEADINGS, phrases_of
from revtrack.model import Block, ScreenReason

__all__ = ["LITTLE", "screened"]

# Below this many characters a page's text is so little that it may be no article (range 300 to 1,500).
LITTLE = 700
# How much longer than the words that name an error a heading may be, in characters (range 5 to 30):
# headlines of stories about what was not found are sentences.
_LONGER = 15
# The most text of its own, in characters, that a page may have beside a wall's words (range 0 to 300).
_REST = 200
# How much of a page's visible text is read when it has no article, in characters.
_VISIBLE = 20_000
_UNSEEN = ("script", "style", "template", "svg")
# The elements that scripts fill, by the names that frameworks give them.
_MOUNTS = frozenset(
    ["root", "app", "__next", "__nuxt", "gatsby-focus-wrapper", "___gatsby", "main-app"]
)


@attrs.frozen
class _Look:
    """What a screening rule sees: the title and headings, the blocks, all visible text; all folded."""

    page: Scan
    said: Metadata
    headings: tuple[str, ...]
    blocks: tuple[str, ...]

    def says(self, reason: ScreenReason, text: str) -> bool:
        return phrases_of(reason).search(text) is not None

    def rest(self, reason: ScreenReason) -> int:
        """How long the blocks are that do not say what the reason says."""
        return sum([len(text) for text in self.blocks if not self.says(reason, text)])


def screened(page: Scan, said: Metadata, blocks: Sequence[Block]) -> tuple[ScreenReason, str] | None:
    """Why *page* is no version of an article, with the rule's words; None where nothing speaks for it.

    *blocks* are what was taken for its text; to be asked where they have less than `LITTLE` characters.
    """
    firsts = [one for one in page.headings if one.tag == "h1"]
    headings = [
        part for one in (*page.titles[:1], *firsts[:2]) for part in parts_of(text_of_element(one))
    ]
    texts = [block.text for block in blocks] or [_visible(page.root)]
    look = _Look(
        page,
        said,
        tuple([text.casefold() for text in headings if text]),
        tuple([text.casefold() for text in texts]),
    )
    for reason, words, rule in RULES:
        if rule(look):
            return reason, words
    return None


def _visible(root: etree._Element) -> str:
    """The text of a page that has no article, without scripts."""
    parts: list[str] = []
    length = 0
    for element in root.iter(etree.Element):
        if element.tag not in _UNSEEN and (text := element.text):
            parts.append(text)
        if element.tail:
            parts.append(element.tail)
        length += len(parts[-1]) if parts else 0
        if length > _VISIBLE:
            break
    return " ".join(" ".join(parts).split())


def _is_stated(look: _Look) -> bool:
    """Whether the page states when or by whom it was written, which errors and walls do not."""
    return look.said.published_at is not None or look.said.byline is not None


def _bot_check(look: _Look) -> bool:
    reason = ScreenReason.BOT_CHECK
    return not _is_stated(look) and any(
        look.says(reason, text) for text in (*look.headings, *look.blocks)
    )


def _error(look: _Look) -> bool:
    return not _is_stated(look) and any(
        _names(phrase, text) for text in look.headings for phrase in HEADINGS
    )


def _names(phrase: str, text: str) -> bool:
    """Whether *text* is *phrase* and little else; a number has to stand by itself."""
    if len(text) > len(phrase) + _LONGER:
        return False
    return phrase in (text.split() if phrase.isdigit() else text)


def _consent(look: _Look) -> bool:
    return not _is_stated(look) and _is_wall(look, ScreenReason.CONSENT_WALL)


def _login(look: _Look) -> bool:
    return _is_wall(look, ScreenReason.LOGIN_WALL)


def _is_wall(look: _Look, reason: ScreenReason) -> bool:
    return any(look.says(reason, text) for text in look.blocks) and look.rest(reason) <= _REST


def _shell(look: _Look) -> bool:
    if sum([len(text) for text in look.blocks]) > _REST:
        return False
    if any(look.says(ScreenReason.SHELL, text) for text in look.blocks):
        return True
    return any(
        one.get("id") in _MOUNTS and len(one) == 0 and not (one.text or "").strip()
        for one in look.page.root.iter("div", "main")
    )


RULES: list[tuple[ScreenReason, str, Callable[[_Look], bool]]] = [
    (ScreenReason.BOT_CHECK, "it asks whether its reader is human", _bot_check),
    (ScreenReason.ERROR_PAGE, "its heading names an error and it has hardly any text", _error),
    (
        ScreenReason.CONSENT_WALL,
        "it asks for consent and shows nothing else",
        _consent,
    ),
    (
        ScreenReason.LOGIN_WALL,
        "it asks to log in and shows nothing else",
        _login,
    ),
    (ScreenReason.SHELL, "scripts would fill it, and none is run", _shell),
]
