"""Dates and clock times in notices: what they say, and where a run of them ends."""

from __future__ import annotations

import re
from datetime import date, datetime

from revtrack.facts import Clock, Day, counted
from revtrack.notices.lexicon import Lexicon, lexicon
from revtrack.notices.phrases import fold

__all__ = ["LONGEST", "date_run", "has_date", "has_words", "is_time_stamp", "read_date"]

_TOKEN = re.compile(r"\d+|[年月日時分년월일시분]|[^\W\d_]+|[^\w\s]|\s+|_")
_DIGITS = re.compile(r"\d+")
_CLOCK_SIGN = re.compile(
    r"\d{1,2}:\d{2}|\d\s?[ap]\.?m(?![^\W\d_])|\d{1,2}時|\d{1,2}시|kl\.?\s?\d|\dh\d"
)
_ISO = re.compile(r"(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})[./-]\s?(\d{1,2})[./-]\s?(\d{4}|\d{2})(?!\d)")
_DENSE_DAY = re.compile(r"\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]")
_SLASHED = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}(?![\d/])")
_IN_FIGURES = (_ISO, _NUMERIC, _DENSE_DAY, _CLOCK_SIGN)
# A day or year stands so many characters before or after its month: *3. of*, * de 2021*.
_DAY_BEFORE, _DAY_AFTER = 6, 9
# *1-Oct-2016*
_HYPHENS = re.compile(r"(?<=\d)-(?=[^\W\d_])|(?<=[^\W\d_])-(?=\d)")
_WORD = re.compile(r"[^\W\d_]+")

# Punctuation inside a date or time ("Mar. 4, 2011, 1:05 p.m. / 13:05"), and brackets round it.
_LIGHT = frozenset(",./-+@()|·'–[]［］（）年月日時分년월일시분")
# Longest run that is read as a date (characters): a bound on the work, far above any real one.
_LONGEST = 90


def date_run(folded: str, start: int, words: Lexicon) -> tuple[int, bool]:
    """Where the run of date and time words that begins at *start* ends, and whether it is a date.

    A colon ends the run unless it stands between digits.
    """
    position, dated = start, False
    while position < min(len(folded), start + _LONGEST):
        token = _TOKEN.match(folded, position)
        if token is None or not _is_date_token(token.group(), folded, position, words):
            break
        position = token.end()
    run = folded[start:position]
    forms = _IN_FIGURES if words.spaced else (*_IN_FIGURES, _SLASHED)  # 6/3追記
    dated = any(form.search(run) for form in forms) or (
        bool(_DIGITS.search(run))
        and (
            any(word in words.months for word in _WORD.findall(run))
            or any(isinstance(fact.value, Clock) for fact in counted(run, language=words.language))
        )
    )
    return position, dated


def _is_date_token(part: str, folded: str, position: int, words: Lexicon) -> bool:
    if part.isdigit() or part.isspace() or part in _LIGHT:
        return True
    if part == ":":
        around = folded[max(0, position - 1) : position] + folded[position + 1 : position + 2]
        return len(around) == 2 and around.isdigit()
    return part in words.months or part in words.filler


def has_date(folded: str, words: Lexicon) -> bool:
    """Whether a folded text gives a day in figures, a time, or a month with its day or year."""
    if any(form.search(folded) for form in _IN_FIGURES):
        return True
    return any(
        word.group() in words.months
        and _DIGITS.search(folded[max(0, word.start() - _DAY_BEFORE) : word.end() + _DAY_AFTER])
        for word in _WORD.finditer(folded)
    )


def has_words(folded: str, words: Lexicon) -> bool:
    """Whether anything remains of a folded text once dates, times and their filler are taken out."""
    return any(
        word not in words.months and word not in words.filler and word not in words.labels
        for word in _WORD.findall(folded)
    )


def read_date(text: str, words: Lexicon) -> date | datetime | None:
    """The date (with its clock time, if any) that a text gives in full; None without a year."""
    found = counted(_HYPHENS.sub(" ", text), language=words.language)
    days = [fact.value for fact in found if isinstance(fact.value, Day)]
    day = next((d for d in days if d.year and d.month and d.day), None)
    clock = next((fact.value for fact in found if isinstance(fact.value, Clock)), None)
    try:
        if day is None or not (day.year and day.month and day.day):
            return None
        if clock is None:
            return date(day.year, day.month, day.day)
        return datetime(day.year, day.month, day.day, clock.hour, clock.minute)
    except ValueError:  # 31 February
        return None


LONGEST = 120
"""The longest line that is a time stamp, in characters: two times with their words stay under it."""

_SAYS_WHEN = frozenset({"last", "updated", "published"})
_LABELS = frozenset({"updated", "update"})


def is_time_stamp(text: str, *, language: str, updated: bool = False) -> bool:
    """Whether *text* says when the article was published or updated, and nothing else.

    *language* is one of those that have a lexicon; *updated* asks that it says the latter.
    """
    if len(text) > LONGEST:
        return False
    words, folded = lexicon(language), fold(text)
    marks = [m for m in words.marks(folded) if not _SAYS_WHEN.isdisjoint(m.classes)]
    labels = [m for m in words.label_finder.finditer(folded) if words.labels[m.group()] in _LABELS]
    told = [m for m in marks if "updated" in m.classes] if updated else marks
    if not (told or labels):
        return False
    for start, stop in [*[(m.start, m.stop) for m in marks], *[m.span() for m in labels]]:
        folded = f"{folded[:start]}{' ' * (stop - start)}{folded[stop:]}"
    _, dated = date_run(folded.strip(" :：,-–|"), 0, words)
    return dated and not has_words(folded, words)
