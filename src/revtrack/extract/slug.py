"""The words of an address, which often keep an article's first headline, and the day in it."""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache
from urllib.parse import unquote, urlsplit

__all__ = ["day_of", "slug_of"]

# The fewest words that make a slug (range 2 to 5), in the last part of a path and further up. Of the
# 230 addresses in the gold sets, two words in the last part are a section (`world-europe`) or a topic
# as often as a headline; three further up are a section too (`arts-and-culture`).
_FEWEST, _FEWEST_ABOVE = 3, 4
# The longest path that is looked at, in characters, and how many of its parts, from the last.
_LONGEST = 2_000
_PARTS = 6
# The fewest letters of a slug in a script that puts no spaces between words.
_UNSPACED = 6

_EXTENSION = re.compile(r"\.[a-z]{2,5}\Z", re.IGNORECASE)
_UUID = (8, 4, 4, 4, 12)
_BETWEEN = re.compile(r"[\s\-_+.,;:~!()]+")
# Numbers of articles: five digits and more, also behind or before some letters, hexadecimal digests,
# and the words for them.
_ID = re.compile(r"[a-z]{0,8}\d{5,20}[a-z]{0,3}|(?=[a-f]{0,40}\d)[0-9a-f]{8,40}", re.IGNORECASE)
_ID_WORDS = frozenset(["article", "ar", "id", "p"])
# The fewest characters of any other word with two digits that is a number of an article.
_CODE = 10
_YEAR = re.compile(r"(?:19|20)\d\d")
_IN_YEAR = re.compile(r"\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)
# A day among the parts of a path or at the beginning of one: /2024/05/14/, /2024/may/14/, /2024-05-14.
_DAY = re.compile(
    r"/(?P<year>(?:19|20)\d\d)(?P<sign>[/-]?)(?P<month>\d\d?|[a-z]{3,9})(?P=sign)(?P<day>\d\d?)(?=[/_-]|\Z)",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNSPACED_LETTERS = "[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"


def slug_of(address: str | None) -> str | None:
    """The words that *address* says its article by; None where it has numbers and sections alone.

    Escapes are decoded, what stands between words is a space, and numbers of articles, dates and
    extensions at either end are left out. Capitals are as in the address, which mostly has none.
    """
    if not address:
        return None
    try:
        path = urlsplit(address[:_LONGEST]).path
    except ValueError:
        return None
    parts = [part for part in path.split("/") if part][-_PARTS:]
    for place, part in enumerate(reversed(parts)):
        words = _words(unquote(part.partition(";")[0]))
        if len(words) >= (_FEWEST_ABOVE if place else _FEWEST) or _is_unspaced(words):
            return " ".join(words)
    return None


def day_of(address: str | None) -> datetime | None:
    """The day that *address* bears in its path, as those of newspapers do; None without one."""
    try:
        found = _DAY.search(urlsplit((address or "")[:_LONGEST]).path)
    except ValueError:
        return None
    if found is None or (not found["sign"] and len(found["month"] + found["day"]) != len("0514")):
        return None
    month = found["month"].lower()
    number = (
        int(month) if month.isdecimal() else _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else 0
    )
    try:
        return datetime(int(found["year"]), number, int(found["day"]))
    except ValueError:
        return None


def _words(part: str) -> list[str]:
    words = [word for word in _BETWEEN.split(_EXTENSION.sub("", part)) if word]
    if tuple([len(word) for word in words[-5:]]) == _UUID and not all(map(str.isalpha, words[-5:])):
        del words[-5:]
    while words and _is_id(words[-1]):
        words.pop()
    while words and _is_id(words[0]):
        del words[0]
    if not any(map(_YEAR.fullmatch, words)):
        pass
    elif _is_date(words[-3:]):
        del words[-3:]
    elif _is_date(words[-2:]):
        del words[-2:]
    elif _is_date(words[:3]):
        del words[:3]
    return words if any(word.isalpha() for word in words) else []


def _is_id(word: str) -> bool:
    if word.isalpha():  # nearly all
        return word.lower() in _ID_WORDS
    return _ID.fullmatch(word) is not None or (
        len(word) >= _CODE and sum([letter.isdigit() for letter in word]) > 1
    )


def _is_date(words: list[str]) -> bool:
    """Whether these two or three words are a year and what stands with it: 2024 11 05, 5 nov 2024."""
    years = [word for word in words if _YEAR.fullmatch(word)]
    return (
        len(words) > 1
        and len(years) == 1
        and words.index(years[0]) in (0, len(words) - 1)
        and all(_IN_YEAR.fullmatch(word) for word in words if word is not years[0])
    )


def _is_unspaced(words: list[str]) -> bool:
    letters = "".join(words)
    return not letters.isascii() and len(_unspaced().findall(letters)) >= _UNSPACED


@cache
def _unspaced() -> re.Pattern[str]:
    """Compiled when first asked for: a class of so many letters takes two milliseconds."""
    return re.compile(_UNSPACED_LETTERS)
