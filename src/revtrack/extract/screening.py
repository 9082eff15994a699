"""Is this page a version of the article at all? Errors, walls and shells, known by their few words.

Precision comes first: a page has to hold hardly any running text, or several signs have to agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
from lxml import etree

from revtrack.extract.elements import Scan, shown_text, size_of
from revtrack.extract.headlines import parts_of
from revtrack.extract.labels import ends_sentence, finder, words
from revtrack.extract.metadata import Metadata
from revtrack.extract.pleas import reads_on
from revtrack.model import Block, ScreenReason
from revtrack.remarks import Remark, RemarkKind

__all__ = ["LITTLE", "TEASER", "screened", "teaser", "walled"]

# Below this many characters a page's text is so little that it may be no article (range 300 to 1,500).
LITTLE = 700
# How long a page that asks for consent may be, with its terms (range 1,500 to 10,000), and one that
# shows other stories in place of the one that is gone (range 3,000 to 50,000), in characters.
_TERMS = 5_000
_TEASERS = 20_000
# The share of a long page's text that does not speak of consent where it asks for that (range 0 to .5).
_ELSE = 0.3
# How much longer than the words that name an error a heading may be, in characters (range 5 to 30):
# headlines of stories about what was not found are sentences.
_LONGER = 15
_LONGEST = 60
_POINTS = " :.,!()[]"
# The most text of its own, in characters, that a page may have beside a wall's words (range 0 to 300).
_REST = 200
# The shortest sentence of an article that is shown before a wall (range 40 to 100: pleas are shorter).
_SENTENCE = 60
# How much of a page's visible text is read when it has no article, in characters.
_VISIBLE = 20_000
# How many blocks at the beginning are read for a request for consent.
_FIRST = 2
_SHOWN = etree.XPath(
    "//text()[not(parent::script or parent::style or parent::template or parent::svg)]"
)
# The elements that scripts fill, by the names that frameworks give them.
_MOUNTS = frozenset(
    ["root", "app", "__next", "__nuxt", "gatsby-focus-wrapper", "___gatsby", "main-app"]
)

# The longest text that may be a teaser, in characters (range 500 to 3,000): a few paragraphs. Longer
# ones are not looked at, which keeps the look from costing anything on nearly all pages. Where the page
# states that it is not free there is nothing to look for, and the opening may be longer.
TEASER = 1_000
_STATED = 3_000
# The longest text of an element that asks to log in, in characters (range 100 to 600).
_REQUEST = 300
_AROUND = ("header", "nav", "footer", "aside")
_ASKING = ("p", "div", "span", "a", "button", "h1", "h2", "h3", "h4", "li", "label", "strong")


@attrs.frozen
class _Look:
    """What a screening rule sees: the title and headings, the blocks, all visible text; all folded."""

    page: Scan
    titles: tuple[str, ...]
    headings: tuple[str, ...]
    blocks: tuple[str, ...]


def screened(page: Scan, said: Metadata, blocks: Sequence[Block]) -> tuple[ScreenReason, str] | None:
    """Why *page*, of the text *blocks*, is no version of an article, in the rule's words; or None."""
    length = sum([size_of(block.text) for block in blocks])
    stated = said.published_at is not None or said.byline is not None
    rules = [one for one in RULES if length < one.longest and not (stated and one.unstated)]
    if not rules:
        return None
    titles = _parts(page.titles[:1])
    headings = _parts([one for one in page.headings if one.tag == "h1"][:2])
    if length >= LITTLE and not _name_an_error(titles):
        firsts = [block.text.casefold() for block in blocks[:_FIRST]]
        if length >= _TERMS or not _say((*headings, *firsts), ScreenReason.CONSENT_WALL):
            return None
    texts = [block.text for block in blocks] or [
        " ".join(" ".join(_SHOWN(page.root)).split())[:_VISIBLE]
    ]
    look = _Look(page, titles, headings, tuple([text.casefold() for text in texts]))
    return next(((one.reason, one.words) for one in rules if one.holds(look, one.reason)), None)


def _parts(elements: Sequence[etree._Element]) -> tuple[str, ...]:
    parts = [part for one in elements for part in parts_of(shown_text(one))]
    return tuple([part.casefold() for part in parts if part])


def _say(texts: Sequence[str], reason: ScreenReason) -> bool:
    """Whether one of the folded *texts* says what the reason says."""
    wanted = finder("screening", reason.name.lower())
    return any(wanted.search(text) for text in texts)


def _bot_check(look: _Look, reason: ScreenReason) -> bool:
    return _say((*look.titles, *look.headings, *look.blocks), reason)


def _error(look: _Look, _: ScreenReason) -> bool:
    return _name_an_error((*look.titles, *look.headings))


def _of_an_archive(look: _Look, _: ScreenReason) -> bool:
    """Whether the title names a web archive and nothing but an error: the archive speaks of itself."""
    names = finder("screening", "archive")
    rest = [names.sub("", title).removesuffix(" error").strip(_POINTS) for title in look.titles]
    return any(map(names.search, look.titles)) and all(
        not part
        or _name_an_error((part,))
        or any(part.startswith(one) and _names(one, part) for one in words("screening", "down"))
        for part in rest
    )


def _lost(look: _Look, _: ScreenReason) -> bool:
    """Whether title and heading name an error, and its number, the text or the robots say so too."""
    if not _name_an_error(look.titles) or (look.headings and not _name_an_error(look.headings)):
        return False
    return (
        any(word.isdigit() for title in look.titles for word in title.split())
        or _say(look.blocks, ScreenReason.ERROR_PAGE)
        or any(
            (meta.get("name") or "").lower() == "robots" and "noindex" in (meta.get("content") or "")
            for meta in look.page.metas
        )
    )


def _name_an_error(titles: Sequence[str]) -> bool:
    errors = finder("screening", "heading")
    return any(
        _names(phrase, text)
        for text in titles
        if len(text) <= _LONGEST and errors.search(text)  # hardly any title
        for phrase in words("screening", "heading")
    )


def _names(phrase: str, text: str) -> bool:
    """Whether *text* is *phrase* and little else; a number has to stand by itself."""
    short = len(text) <= len(phrase) + _LONGER
    return short and phrase in (text.split() if phrase.isdigit() else text)


def _terms(look: _Look, reason: ScreenReason) -> bool:
    """A request for consent with its terms: nearly all of the text speaks of them."""
    if not _say((*look.headings, *look.blocks[:_FIRST]), reason):
        return False
    legal = finder("screening", "legal")
    strange = [one for one in look.blocks if not _say([one], reason) and legal.search(one) is None]
    return sum(map(len, strange)) <= _ELSE * sum(map(len, look.blocks))


def _is_wall(look: _Look, reason: ScreenReason) -> bool:
    others = [text for text in look.blocks if not _say([text], reason)]
    return len(others) < len(look.blocks) and sum(map(size_of, others)) <= _REST


def _is_login_wall(look: _Look, reason: ScreenReason) -> bool:
    """Whether nothing is shown before the wall: two sentences of running text begin an article."""
    others = [text for text in look.blocks if not _say([text], reason)]
    shown = [text for text in others if ends_sentence(text) and size_of(text) >= _SENTENCE]
    return len(shown) < 2 and _is_wall(look, reason)


def _shell(look: _Look, reason: ScreenReason) -> bool:
    if sum([size_of(text) for text in look.blocks]) > _REST:
        return False
    if _say(look.blocks, reason):
        return True
    return any(
        one.get("id") in _MOUNTS and len(one) == 0 and not (one.text or "").strip()
        for one in look.page.root.iter("div", "main")
    )


@attrs.frozen
class _Rule:
    """One way to tell what a page is.

    It is asked of texts below `longest` characters; one that is `unstated` only where the page does not
    state when or by whom it was written, which errors and walls never do.
    """

    reason: ScreenReason
    words: str
    holds: Callable[[_Look, ScreenReason], bool]
    longest: int = LITTLE
    unstated: bool = True


RULES = (
    _Rule(ScreenReason.BOT_CHECK, "it asks whether its reader is human", _bot_check),
    _Rule(ScreenReason.ERROR_PAGE, "its heading names an error and it has hardly any text", _error),
    _Rule(ScreenReason.ERROR_PAGE, "it says that the page is not there", _is_wall),
    _Rule(ScreenReason.ERROR_PAGE, "title and heading name an error", _lost, _TEASERS),
    _Rule(ScreenReason.ERROR_PAGE, "it is the archive's page and not the article's", _of_an_archive),
    _Rule(ScreenReason.CONSENT_WALL, "it asks for consent and shows nothing else", _is_wall),
    _Rule(ScreenReason.CONSENT_WALL, "it asks for consent at length", _terms, _TERMS),
    _Rule(
        ScreenReason.LOGIN_WALL,
        "it asks to log in and shows nothing else",
        _is_login_wall,
        unstated=False,
    ),
    _Rule(ScreenReason.SHELL, "scripts would fill it, and none is run", _shell, unstated=False),
)


def walled(root: etree._Element, said: Metadata, blocks: Sequence[Block]) -> Remark | None:
    """A remark where a text is short and its page says that it is not free, or asks to log in."""
    length = sum([size_of(block.text) for block in blocks])
    if not said.free and length <= _STATED:
        return teaser("the page states that it is not accessible for free")
    if length <= TEASER and _asks_to_log_in(root, said.heading):
        return teaser("the page asks to log in or to subscribe")
    return None


def _asks_to_log_in(root: etree._Element, heading: etree._Element | None) -> bool:
    """Whether an element behind the headline asks to log in, which is not in the frame of the site."""
    asking = finder("screening", "login_wall")
    behind = heading is None
    for one in root.iter(*_ASKING, str((root if heading is None else heading).tag)):
        behind = behind or one is heading
        text = one.text
        if (
            behind
            and text
            and len(text) <= _REQUEST
            and (
                asking.search(" ".join(text.split()).casefold())
                or (one.tag == "button" and reads_on(text))
            )
            and next(one.iterancestors(*_AROUND), None) is None
        ):
            return True
    return False


def teaser(why: str) -> Remark:
    """The remark on a short text that may be the beginning of an article, for this reason."""
    return Remark(RemarkKind.TEASER, f"the text may be a teaser: it is short, and {why}")
