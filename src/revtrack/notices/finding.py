"""Finding the notices of a text or an article: where each begins and how far it reaches."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple, TypeAlias

from revtrack.model import Notice, NoticeKind, NoticeTarget, Span
from revtrack.notices.enclosed import Found
from revtrack.notices.judging import asks, by_name, judge, judge_entry
from revtrack.notices.lexicon import (
    Lexicon,
    choose,
    guess,
    has_other_script,
    in_other_script,
    is_latin,
    lexicon,
)
from revtrack.notices.opening import (
    CLOSING_BRACKETS,
    LONGEST,
    Opening,
    dated_heading,
    dated_mark,
    read_opening,
)
from revtrack.notices.phrases import fold
from revtrack.notices.reading import read
from revtrack.notices.retraction import stands_elsewhere
from revtrack.notices.sentence import sentences

__all__ = ["Paragraph", "find", "page_statement", "search"]

_PARAGRAPH = re.compile(r"[^\n]+")
# A label and its colon stand within so many characters.
_OPENING = 80
# A page that holds nothing but a statement of what became of its text has at most so many characters.
_STATEMENT = 300
# How many answers are kept for the next capture, whose paragraphs are the same. About 2 MB.
_REMEMBERED = 4_096
# A paragraph in another script shows it among its first characters.
_LOOKED_AT = 24


class Paragraph(NamedTuple):
    """A paragraph of the searched text: its place, its level as a heading (0: none).

    `is_item` says that it is an item of a list.
    """

    start: int
    stop: int
    level: int = 0
    is_item: bool = False


# By its number: what was found in a paragraph, and with which language's words; in order.
_Judged: TypeAlias = dict[int, tuple[Found, Lexicon]]


def find(text: str, *, language: str | None = None) -> tuple[Notice, ...]:
    """The correction, update and other notices in a bare text, in the order they stand.

    *text* is one or several paragraphs, parted by new lines; spans count characters of it. *language*
    is a tag such as ``en-GB``; without it the language is guessed from the text.

    Raises `TypeError` when *text* is not a string.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}")
    paragraphs = [Paragraph(m.start(), m.end()) for m in _PARAGRAPH.finditer(text)]
    texts = [text[one.start : one.stop] for one in paragraphs]
    return tuple(search(text, paragraphs, texts, language))


def search(
    text: str,
    paragraphs: Sequence[Paragraph],
    texts: Sequence[str],
    language: str | None,
    *,
    named: Collection[int] = (),
) -> Iterator[Notice]:
    """The notices in the paragraphs of *text*, in order; *texts* are those paragraphs.

    *named* are the numbers of paragraphs whose element is named a correction: these need no label.
    """
    name = choose(language, text)
    judged: _Judged = {}
    for one, is_read in _languages(texts, name, known=bool(language)):
        judged = {**dict(_judged_with(lexicon(one), paragraphs, texts, is_read)), **judged}
    for place in named:
        if place not in judged and (found := by_name(texts[place], lexicon(name))) is not None:
            judged[place] = found, lexicon(name)
    judged = dict(sorted({**judged, **dict(_entries(paragraphs, texts, judged))}.items()))
    if name is None and not judged:
        yield from _by_structure(text, paragraphs)
        return
    reached = 0
    for place, (found, words) in judged.items():
        if place < reached:
            continue
        start, _, level, _ = paragraphs[place]
        reached = _reach(paragraphs, place, judged) if found.alone or level else place + 1
        if found.opening.is_date_stamp and not _is_short(texts[place + 1 : reached]):
            reached = place + 1
        if reached > place + 1 and _asks_for_errors(texts[place + 1], words):
            continue
        stop = start + found.stop if reached == place + 1 else paragraphs[reached - 1].stop
        span = Span(start + found.start, stop)
        yield read(span.of(text), span, found.opening, found.rule, words)


def _is_short(texts: Sequence[str]) -> bool:
    return sum(map(len, texts)) <= LONGEST


def _asks_for_errors(text: str, words: Lexicon) -> bool:
    return any(map(asks, sentences(text, fold(text), words)[:1]))


def page_statement(text: str, language: str | None) -> Notice | None:
    """A text that says no more than that it is closed, or found elsewhere; None for any other.

    *This live blog is now closed. Read our full report here* is a notice where nothing else is left.
    """
    name = choose(language, text)
    if name is None or len(text) > _STATEMENT:
        return None
    words = lexicon(name)
    inside = sentences(text, fold(text), words)
    told = next((one for one in inside if stands_elsewhere(one)), None)
    if told is None:
        return None
    start = text.rfind("\n", 0, told.start + len(told.text) - len(told.text.lstrip())) + 1
    opening = Opening(None, 0, 0, 0, None, "", dated=False, text_follows=True)
    return read(text[start:], Span(start, len(text)), opening, "own retraction", words)


def _languages(
    texts: Sequence[str], name: str | None, *, known: bool
) -> Iterator[tuple[str, Callable[[str], bool] | None]]:
    """The languages to read paragraphs in, each with a test of those that are read in it.

    Translated and syndicated pages keep the notices of their source: a paragraph in English on a page
    in another language is read as English, under a label where both are in Latin letters. Where the
    language was guessed, paragraphs in other scripts are read as such: a page of mostly code and names
    has so few characters of its own script that the guess is wrong.
    """
    if not known and not (name and has_other_script(name)):
        starts = [part for part in texts if not part[:_LOOKED_AT].isascii()]
        for script in sorted({one for part in starts if (one := in_other_script(part))}):
            yield script, partial(_is_in_script, script)
    if name:
        yield name, None
    if name and has_other_script(name):
        yield "en", is_latin
    elif name != "en":
        yield "en", _is_labelled_in_english


def _is_in_script(script: str, part: str) -> bool:
    return in_other_script(part) == script


def _is_labelled_in_english(part: str) -> bool:
    """Whether a paragraph opens with an English label and its own words are English."""
    opening = read_opening(part[:_OPENING], fold(part[:_OPENING]), lexicon("en"))
    return opening.label is not None and guess(part) == "en"


def _judged_with(
    words: Lexicon,
    paragraphs: Sequence[Paragraph],
    texts: Sequence[str],
    is_read: Callable[[str], bool] | None,
) -> Iterator[tuple[int, tuple[Found, Lexicon]]]:
    """What is found with *words* in those *texts* that `is_read` lets through, or in all of them."""
    for place, text in enumerate(texts):
        heading, last = bool(paragraphs[place].level), place + 1 == len(texts)
        found = _judged(text, words, heading, last)
        if found is not None and (is_read is None or is_read(text)):
            yield place, (found, words)


@lru_cache(maxsize=_REMEMBERED)
def _judged(text: str, words: Lexicon, heading: bool, last: bool) -> Found | None:
    """What is found with *words* in one paragraph."""
    ending = text[-1:] in CLOSING_BRACKETS and 0 < len(text) <= LONGEST
    if not ending and not words.sieve.keeps(text):
        return None
    found = judge(text, words, heading=heading, last=last)
    if found is None and ending and (opening := dated_heading(text, words)) is not None:
        found = Found(0, len(text), opening, "label", alone=True)
    if found is None and (mark := dated_mark(text, words)) is not None:
        found = Found(mark[0], len(text), mark[1], "mark", alone=False)
    return found


def _reach(paragraphs: Sequence[Paragraph], place: int, judged: _Judged) -> int:
    """The paragraph before which a notice ends whose own paragraph is a heading or a bare label.

    A heading reaches to the next heading of its level or above, or to a labelled notice; a bare label
    takes one paragraph along, or a list. A label in the plural (*Updates*) heads what has its own
    notices.
    """
    reach, level = place + 1, paragraphs[place].level
    listed = _is_item(paragraphs, reach) or reach in judged
    if judged[place][0].opening.label == "updates" and (listed or not level):
        return reach
    while reach < len(paragraphs) and not _ends(paragraphs[reach], level, judged.get(reach)):
        reach += 1
        if not (level or (paragraphs[reach - 1].is_item and _is_item(paragraphs, reach))):
            break
    return reach


def _is_item(paragraphs: Sequence[Paragraph], place: int) -> bool:
    return place < len(paragraphs) and paragraphs[place].is_item


def _entries(
    paragraphs: Sequence[Paragraph], texts: Sequence[str], judged: _Judged
) -> Iterator[tuple[int, tuple[Found, Lexicon]]]:
    """The entries under the label of a history that say what was done: each is a notice of its own."""
    for place, (found, words) in judged.items():
        if found.opening.label != "updates":
            continue
        for number in range(place + 1, len(paragraphs)):
            opening = read_opening(texts[number][:_OPENING], fold(texts[number][:_OPENING]), words)
            if not (paragraphs[number].is_item or opening.dated):
                break
            entry = judge_entry(texts[number], words, opening)
            if number not in judged and entry is not None:
                yield number, (entry, words)


def _ends(paragraph: Paragraph, level: int, judged: tuple[Found, Lexicon] | None) -> bool:
    """Whether a paragraph under a heading of *level*, or under a bare label (0), is no part of it."""
    labelled = judged is not None and judged[0].opening.label is not None
    return labelled or 0 < paragraph.level <= (level or paragraph.level)


# One or two words, a date in figures, a colon, text: *Korjaus 3.5.2021: …*. Without words that are
# understood nothing less is enough, and nothing can be said but that something was updated.
_FORM = re.compile(
    r"[\s*\[(]{0,6}(?P<label>[^\W\d_]{3,24}(?: [^\W\d_]{2,24})?)[ ,(]{1,3}"
    r"\d{1,4}[./-] ?\d{1,2}[./-] ?\d{2,4}[^\n:：]{0,16}[:：]\s?\S"
)
# Such a line is a notice only among the first and the last paragraphs of an article.
_FIRST, _LAST = 2, 3


def _by_structure(text: str, paragraphs: Sequence[Paragraph]) -> Iterator[Notice]:
    """The paragraphs at either end of *text* that look like a notice, in a language without lexicon."""
    for place, (start, stop, *_) in enumerate(paragraphs):
        if _FIRST <= place < len(paragraphs) - _LAST:
            continue
        form = _FORM.match(text, start, stop)
        if form:
            span = Span(start, stop)
            yield Notice(
                NoticeKind.UPDATE, NoticeTarget.BODY, span.of(text), span, label=form.group("label")
            )
