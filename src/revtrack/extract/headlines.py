"""The variants of a headline: on the page, in Open Graph, Twitter, JSON-LD, ``<title>`` and address."""

from __future__ import annotations

import re
from datetime import datetime
from operator import add
from urllib.parse import unquote, urlsplit

from revtrack.extract.labels import finder
from revtrack.model import Headline, HeadlineSource

__all__ = [
    "EDGE",
    "LETTERS",
    "MOST_PARTS",
    "beside_headline",
    "day_of",
    "dice",
    "is_only_a_journal",
    "is_site",
    "letter_pairs",
    "letters_of",
    "likeness",
    "parts_of",
    "slug_of",
    "variants",
    "without_site",
]

# The fewest words that make a slug (range 2 to 5), in the last part of a path and further up. Of the
# 230 addresses in the gold sets, two words in the last part are a section (`world-europe`) or a topic
# as often as a headline; three further up are a section too (`arts-and-culture`).
_FEWEST, _FEWEST_ABOVE = 3, 4
# The longest path that is looked at, in characters, and how many of its parts, from the last.
_ADDRESS_LONGEST = 2_000
_ADDRESS_PARTS = 6
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
        path = urlsplit(address[:_ADDRESS_LONGEST]).path
    except ValueError:
        return None
    parts = [part for part in path.split("/") if part][-_ADDRESS_PARTS:]
    for place, part in enumerate(reversed(parts)):
        words = _slug_words(unquote(part.partition(";")[0]))
        letters = "" if (joined := "".join(words)).isascii() else joined
        if (
            len(words) >= (_FEWEST_ABOVE if place else _FEWEST)
            or len(re.findall(_UNSPACED_LETTERS, letters)) >= _UNSPACED
        ):
            return " ".join(words)
    return None


def day_of(address: str | None) -> datetime | None:
    """The day that *address* bears in its path, as those of newspapers do; None without one."""
    try:
        found = _DAY.search(urlsplit((address or "")[:_ADDRESS_LONGEST]).path)
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


def _slug_words(part: str) -> list[str]:
    words = [word for word in _BETWEEN.split(_EXTENSION.sub("", part)) if word]
    if tuple([len(word) for word in words[-5:]]) == _UUID and not all(map(str.isalpha, words[-5:])):
        del words[-5:]
    while words and _is_id(words[-1]):
        words.pop()
    while words and _is_id(words[0]):
        del words[0]
    for dated in (slice(-3, None), slice(-2, None), slice(3)):
        if _is_date(words[dated]):
            del words[dated]
            break
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


# The longest headline, in characters, and the most headings that are looked at (bounds against pages
# that are made to be slow; the gold sets have at most 200 characters and 150 headings).
_LONGEST = 2_000
MOST_PARTS = 8
# The fewest letters of a site's name that is recognised inside a longer form of it (range 3 to 8).
_SITE = 4
# The fewest letters of a lone h1 that is taken for the headline when nothing else is known or alike.
LETTERS = 12


# Each way begins with one set of characters: what is not in it is passed over at once.
_SEPARATOR = re.compile(
    r"\s\s{0,8}(?:[|»«·•:–—-]|::|--)\s+|\s\s{0,8}[|｜]\s{0,9}|[|｜]\s{0,9}|[:：]\s+"
)
_SEEN = frozenset([HeadlineSource.H1, HeadlineSource.TITLE])
EDGE = " \t|｜»«·•:–—-_"
_SEPARATING = frozenset("|｜»«·•:：–—-")
_SIGNS = b" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_NOT_LETTER = re.compile(r"[\W_][\W_]*")


def beside_headline(title: str | None, headline: str | None) -> frozenset[str]:
    """What a *title* has beside the *headline*, folded: the name of the site or of a section of it."""
    if not title or not headline or len(title) > _LONGEST or headline not in title:
        return frozenset()
    rest = title.removeprefix(headline)
    if rest != title and _SEPARATOR.match(rest):
        return frozenset([letters_of(rest)])
    rest = title.removesuffix(headline)
    return frozenset([letters_of(rest)]) if rest != title and _ends_in_separator(rest) else frozenset()


def variants(
    seen: str | None,
    stated: list[tuple[HeadlineSource, str | None]],
    sites: frozenset[str],
    addresses: tuple[str | None, ...] = (),
) -> tuple[Headline, ...]:
    """Every variant of the headline, the one on the page first, the words of an address last."""
    found = [Headline(HeadlineSource.H1, seen)] if seen else []
    bared: dict[str, str] = {}
    whole = [text for _, text in stated if text and len(letters_of(text)) >= LETTERS]
    for source, text in stated:
        if not text:
            continue
        bare = bared.get(text)
        if bare is None:
            known = [*[one.text for one in found], *whole]
            bare = bared[text] = without_site(text[:_LONGEST], known, sites)
        if bare:
            found.append(Headline(source, bare))
    for address in dict.fromkeys(addresses):
        if (words := slug_of(address)) is not None:
            return (*found, Headline(HeadlineSource.SLUG, words))
    return tuple(found)


def is_only_a_journal(headlines: tuple[Headline, ...]) -> bool:
    """Whether all that the page says of itself is the name of a diary or blog, and no headline."""
    said = [one for one in headlines if one.source is not HeadlineSource.SLUG]
    if not {one.source for one in said} <= _SEEN or len({one.text for one in said}) != 1:
        return False
    return finder("labels", "journal").search(said[0].text.casefold()) is not None


def without_site(title: str, known: list[str], sites: frozenset[str]) -> str:
    """*title* without the name of the site that pages put at its end or its beginning.

    What one of the *known* variants of the headline leaves of it behind a separator is the site's.
    """
    for other in known:
        if title.startswith(other) and title[len(other) : len(other) + 2].strip()[:1] in _SEPARATING:
            return other
        if title.endswith(other) and _ends_in_separator(title[: -len(other)]):
            return other
    parts = parts_of(title)
    while len(parts) > 1 and is_site(parts[-1], sites):
        title = title[: title.rfind(parts.pop())].rstrip(EDGE)
    if len(parts) > 1 and is_site(parts[0], sites):
        title = title[title.find(parts[0]) + len(parts[0]) :].lstrip(EDGE)
    return title


def _ends_in_separator(text: str) -> bool:
    return any(found.end() == len(text) for found in _SEPARATOR.finditer(text))


def parts_of(title: str) -> list[str]:
    """The parts of a title between bars, dashes and other separators."""
    if _SEPARATING.isdisjoint(title):
        return [title] if title else []
    return [part for part in _SEPARATOR.split(title) if part]


def is_site(part: str, sites: frozenset[str]) -> bool:
    """Whether *part* is one of the folded names of the site, or a longer form of one."""
    folded = letters_of(part)
    return folded in sites or any(
        len(site) > _SITE and site in folded and 2 * len(site) > len(folded) for site in sorted(sites)
    )


def letters_of(text: str) -> str:
    """The letters and digits of *text*, without regard to case: what titles are compared by."""
    text = text.casefold()
    if text.isascii():
        text = text.encode().translate(None, _SIGNS).decode()  # six times as fast as that of a text
    return text if text.isalnum() else _NOT_LETTER.sub("", text)


def likeness(one: str, other: str) -> float:
    """How alike two titles are: the share of letter pairs that they have in common (Dice 1945)."""
    return dice(letter_pairs(letters_of(one)), letter_pairs(letters_of(other)))


def letter_pairs(folded: str) -> frozenset[str]:
    """The pairs of neighbouring letters in a *folded* title."""
    return frozenset(map(add, folded, folded[1:])) or frozenset([folded])


def dice(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of letter pairs that two titles have in common, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other))
