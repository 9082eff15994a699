"""What extraction asks: the notices of an article, and whether another part of its page is one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter

import attrs

from revtrack.facts import counted
from revtrack.facts.vocabulary import DEFAULT
from revtrack.model import Block, BlockKind, Notice, NoticeAct, NoticeKind, NoticeTarget, Span
from revtrack.notices.finding import Paragraph, find, page_statement, search
from revtrack.notices.lexicon import Lexicon, choose, guess, labelled_in, lexicon
from revtrack.notices.opening import read_opening
from revtrack.notices.phrases import fold
from revtrack.notices.reading import LABELLED
from revtrack.notices.sentence import sentences
from revtrack.notices.subject import is_attributed, sets_against

__all__ = ["begins_notice", "in_article", "is_notice", "may_hold_notice"]

_UNKNOWN_LEVEL = 2
_NO_NOTICE_IN = (BlockKind.CODE, BlockKind.EMBED)
# A member of an enumeration costs a look-up each time it is named; these are named for each block.
_PLAIN, _HEADING, _ITEM = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM
# The share of a block's characters that are links from which it leads elsewhere (range .6 to 1).
_LINKED = 0.9
# A tag that closes a headline: *… (updated)*.
_CLOSING_TAG = re.compile(r"[\[(（【［〔]([^\[\]()（）【】［］〔〕]{2,24})[\])）】］〕]\s*$")
# What a tag of a headline may say, and what it says was done.
_TAGS = {
    "update": NoticeAct.CHANGED,
    "updated": NoticeAct.CHANGED,
    "correction": NoticeAct.CORRECTED,
    "retraction": NoticeAct.RETRACTED,
    "withdrawal": NoticeAct.REMOVED,
    "removal": NoticeAct.REMOVED,
    "concern": None,
}


def in_article(
    blocks: Sequence[Block],
    *,
    language: str | None,
    headline: str | None = None,
    named: Sequence[int] = (),
) -> tuple[Notice, ...]:
    """The notices of an article's blocks; spans count characters of its text.

    The text is the blocks' texts joined by a blank line, as in `revtrack.model.Article.text`. A
    heading that is a notice takes the paragraphs under it along; code and embeds hold none. *named* are
    the numbers of the blocks whose element is named a correction: they need no label. A tag of the
    *headline* (*[Updated]*) and what stands in captions are notices without a span.
    """
    text = "\n\n".join([block.text for block in blocks])
    paragraphs, texts, position = [], [], 0
    numbers: list[int] = []
    captions: list[Span] = []
    for number, block in enumerate(blocks):
        kind, part = block.kind, block.text
        stop = position + len(part)
        if kind is _PLAIN or kind not in _NO_NOTICE_IN:
            level = block.level or _UNKNOWN_LEVEL if kind is _HEADING else 0
            paragraphs.append(Paragraph(position, stop, level, kind is _ITEM))
            texts.append("" if block.links and _leads_elsewhere(block) else part)
            numbers.append(number)
        if kind is BlockKind.CAPTION:
            captions.append(Span(position, stop))
        position = stop + 2
    places = [place for place, number in enumerate(numbers) if number in set(named)] if named else []
    found = [*search(text, paragraphs, texts, language, named=places)]
    if not found and (statement := page_statement(text, language)) is not None:
        found = [statement]
    if captions:
        found = [_of_caption(one) if _begins_in(one, captions) else one for one in found]
    name = choose(language, text) or "en"
    return (*found, *_in_captions(blocks, name), *_in_headline(headline, lexicon(name)))


def _leads_elsewhere(block: Block) -> bool:
    """Whether a block is nothing but links and no sentence: a teaser of another article."""
    linked = sum([len(link.span) for link in block.links])
    return linked >= _LINKED * len(block.text) and block.text[-1:] not in ".。"


def _begins_in(notice: Notice, places: Sequence[Span]) -> bool:
    start = notice.span.start if notice.span else -1
    place = bisect_right(places, start, key=attrgetter("start"))
    return place > 0 and start < places[place - 1].stop


def _of_caption(notice: Notice) -> Notice:
    """A notice that stands in a caption speaks of the caption."""
    others = [one for one in notice.targets if one is not NoticeTarget.CAPTION]
    others = [one for one in others if one is not NoticeTarget.BODY]
    return attrs.evolve(notice, target=NoticeTarget.CAPTION, targets=(NoticeTarget.CAPTION, *others))


def _in_captions(blocks: Sequence[Block], language: str) -> Iterator[Notice]:
    """The notices in captions that are no block of their own."""
    captions = [one.caption for block in blocks for one in block.media if one.caption]
    for notice in find("\n".join(captions), language=language) if captions else ():
        yield attrs.evolve(_of_caption(notice), span=None)


def _in_headline(headline: str | None, words: Lexicon) -> Iterator[Notice]:
    """What a tag in the headline says: *[Updated] …*, *RETRACTED: …*, *【訂正】…*, *… (corrected)*."""
    if not headline:
        return
    folded = fold(headline)
    if words.label_finder.search(folded) is None:  # hardly any headline
        return
    opening = read_opening(headline, folded, words)
    tag, kind = headline[: opening.body].strip(), opening.label
    if not (opening.text_follows and (opening.stamp or opening.parting in {":", "："})):
        closing = _CLOSING_TAG.search(folded)
        if closing is None:
            return
        tag = headline[closing.start() : closing.end()].strip()
        kind = words.labels.get(closing.group(1).strip())
    if kind not in _TAGS:
        return
    act = _TAGS[kind]
    yield Notice(
        LABELLED.get(kind, NoticeKind.UPDATE),
        NoticeTarget.BODY,
        tag,
        label=tag.strip("[]()（）【】［］〔〕:： "),
        language=words.language,
        acts=(act,) if act is not None else (),
        wide=True,
    )


# -------------------------------------------------------------- a part of a page

# So much of a text is read to see how it begins, in characters (range 200 to 1,000).
_READ = 600
# A notice begins within so many characters of a text that begins with one: ornaments, a bracket.
_ORNAMENTS = 3
# A label and its colon are within so many characters.
_LABEL = 60
# What may stand before a label.
_MARKS = " *#[(–-•"
# A line that says nothing: what stands below a label.
_BELOW = "–"
# A text that may be a notice by its values has at most so many characters (range 200 to 400).
_SHORT = 300
_AMISS = ("wrong", "wrongly", "misstated", "stated", "right", "actually", "apologise")
# The share of a text that its notices cover where it is nothing else (range .5 to 1): a link to a page
# of corrections may close it, promotion and sign-up do not.
_COVERED = 0.6
# How many answers are kept for the next capture, whose lines are the same. About 2 MB.
_REMEMBERED = 4_096


@lru_cache(maxsize=_REMEMBERED)
def begins_notice(text: str, *, language: str | None) -> bool:
    """Whether *text* begins with a notice in *language*, where it is known, in English or its own.

    A label alone is the beginning of one: what it announces stands below it.
    """
    if not _may_begin(text, language):
        return False
    return any(one.start <= _ORNAMENTS for one in _spans(f"{text[:_READ]}\n{_BELOW}", language))


@lru_cache(maxsize=_REMEMBERED)
def is_notice(text: str, *, language: str | None) -> bool:
    """Whether *text*, paragraphs parted by new lines, is notices and little else, or may be one.

    A short text that sets one value against another may be: an earlier capture shows whether it is.
    """
    if len(text) <= _SHORT and any(map(str.isalpha, text)) and _sets_values_against(text, language):
        return True
    if not _may_begin(text, language):
        return False
    spans = _spans(text, language)
    covered = sum(map(len, spans))
    return bool(spans) and spans[0].start <= _ORNAMENTS and covered >= _COVERED * len(text.strip())


@lru_cache(maxsize=_REMEMBERED)
def _sets_values_against(text: str, language: str | None) -> bool:
    name = choose(language, text)
    if name is None:
        return False
    words = lexicon(name)
    inside = sentences(text, fold(text), words)
    if any(s.asks or s.has("refuse", "service") or is_attributed(s) for s in inside):
        return False
    given = [len(counted(s.text, language=name)) for s in inside]
    if any(n > 1 and sets_against(s) for n, s in zip(given, inside, strict=True)):
        return True
    of_text = any(s.has("noun", "own", "we") and s.has(*_AMISS) for s in inside)
    return of_text and sum(map(bool, given)) > 1


def may_hold_notice(text: str, *, language: str | None) -> bool:
    """Whether a line of *text* has a label or a telling word: most boxes of a page have none."""
    name = choose(language, "") if language else None
    if name is None:
        return True  # a language without a lexicon is read by its form, each part guessed for itself
    lines = text.split("\n")
    return any(lexicon(one).sieve.keeps(line) for one in {name, DEFAULT} for line in lines)


def _may_begin(text: str, language: str | None) -> bool:
    """Whether the first line has a label or a telling word: most lines of a page have none."""
    text = text[:_READ]
    name = choose(language, text)
    if language and name is None:
        return True  # a language without a lexicon is read by its form
    line = text.lstrip().partition("\n")[0]
    names = {name or DEFAULT, DEFAULT}  # syndicated notices are in English on any page
    if ":" in line[:_LABEL] or not line[:_LABEL].isascii():
        names |= {guess(line) or DEFAULT}  # a page may state another language than it is in
        if _labelled_in(line):
            return True
    return any(lexicon(one).sieve.keeps(line) for one in sorted(names))


def _spans(text: str, language: str | None) -> list[Span]:
    names = [language, *([None] if language else []), *_labelled_in(text)]
    found = next((found for name in names if (found := find(text, language=name))), ())
    return [one.span for one in found if one.span is not None]


def _labelled_in(text: str) -> list[str]:
    """The languages with a label that *text* opens with: it may be too short to guess its own by."""
    head = fold(text[:_LABEL])
    if ":" not in head:
        return []
    return labelled_in(head.lstrip(_MARKS))
