"""Lines about the page: status lines and credits, which say nothing of the story.

*This is a developing story* says how the page stands, *(Reporting by Mara Quill; editing by Tom Osei)*
who made it. Both are short blocks at the top or the end of an article, notices apart. What status lines
say is listed in ``status.toml``, the acts of credits in the words of the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import attrs

from revtrack.changes.words import WORD, key
from revtrack.facts.vocabulary import UNSPACED, Words, words_of
from revtrack.model import Article, BlockKind
from revtrack.text import fold

__all__ = [
    "CREDIT_LINE",
    "STATUS_LINE",
    "ends_of",
    "is_bracketed_credit",
    "is_credit",
    "line_kind",
    "picture_credit",
]

STATUS_LINE, CREDIT_LINE = "status-line", "credit"
"""The two kinds of lines, which are also the names of their rules."""

_LONGEST_STATUS = 140
"""Characters of a status line (range 80 to 200): longer ones bring news."""
_LONGEST_CREDIT = 300
"""Characters of a credit (range 150 to 400): agencies name up to ten people and their towns."""
_ENDS = 2
"""Blocks at each end of the article that may be such lines, notices apart (range 1 to 4)."""
_KINDS = frozenset([BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIVE_ENTRY])


def ends_of(article: Article) -> frozenset[int]:
    """The numbers of the blocks of *article* that may be lines about the page, by place and length."""
    blocks = article.blocks
    noticed = [notice.span for notice in article.notices if notice.span]
    spans = article.block_spans if noticed else ()
    found: list[int] = []
    for numbers in (range(len(blocks)), range(len(blocks) - 1, -1, -1)):
        own = (n for n in numbers if not any(s.start <= spans[n].start < s.stop for s in noticed))
        found += islice(own, _ENDS)
    return frozenset(
        [n for n in found if blocks[n].kind in _KINDS and len(blocks[n].text) <= _LONGEST_CREDIT]
    )


@lru_cache(maxsize=64)  # each change in a block at an end asks
def line_kind(words: str, language: str) -> str | None:
    """Whether *words* are a status line or a credit; *language* is one that `spoken` names."""
    if _is_status(words, language):
        return STATUS_LINE
    return CREDIT_LINE if _are_initials(words) or is_credit(words, language) else None


def is_bracketed_credit(words: str, language: str) -> bool:
    """Whether *words* are a credit in brackets: that of a picture is wherever the picture is."""
    return words[:1] + words[-1:] in _BRACKETS and is_credit(words, language)


def picture_credit(caption: str, language: str) -> int:
    """Where the credit at the end of a caption begins; the length of the caption where it has none.

    It is in brackets, or behind a full stop or a ©: an act and names, or names and an agency.
    """
    for found in _CAPTION_END.finditer(caption):
        words = caption[found.end() :]
        if is_credit(words, language) or _names_only(words, words_of(language)):
            return found.end()
    return len(caption)


def _names_only(words: str, listed: Words) -> bool:
    """Names alone behind a © or an act (*Photo Ola Finn*), or with an agency's: *Ola Finn/AP*."""
    found = _LETTERS.findall(words)
    names = [one for one in found if one.casefold().rstrip(".") not in listed.credit_acts]
    marked = words.lstrip("( ").startswith("©") or len(names) < len(found)
    agency = "/" in words and any(map(str.isupper, names))
    named = all(one[0].isupper() or len(one) <= _AGENCY for one in names)
    return bool(names) and len(names) <= _MOST_NAMES and named and (marked or agency)


def is_credit(words: str, language: str) -> bool:
    """Whether *words*, of one sentence, say who made the article."""
    if len(words) > _LONGEST_CREDIT:
        return False
    listed = words_of(language)
    if language in UNSPACED:
        return _is_dense_credit(words, listed)
    segments = [one for one in _SEGMENT.split(words.strip(_EDGE)) if one.strip()]
    return bool(segments) and all(_names_people(one, listed) for one in segments)


# ------------------------------------------------------------------------------------- status lines

_NAME = re.compile(r"(?<=[\w,;] )[A-ZÀ-ÞА-ЯЁĄĆĘŁŃÓŚŹŻŐŰ][^\W\d_A-ZÀ-ÞА-ЯЁĄĆĘŁŃÓŚŹŻŐŰ]")
_MOST_BESIDE = 3
"""Words beside a phrase of `says` (range 1 to 5); letters in scripts without spaces."""


def _is_status(words: str, language: str) -> bool:
    """Whether *words* say in which state the page is, and nothing of the story.

    A figure makes news of it, and somebody who says or denies it, and a name in its middle, except in
    German, where every noun has a capital, and in scripts without capitals.
    """
    if len(words) > _LONGEST_STATUS or any(map(str.isdigit, words)):
        return False
    own, folded, lines = words_of(language), fold(words), _lines(language)
    read = folded.casefold()
    says = lines.says.search(read) is not None
    if not says and lines.acts.search(read) is None:
        return False
    if "capital_nouns" not in own.traits and not folded.isupper() and _NAME.search(folded):
        return False
    news = own.attributions if says else own.attributions | own.negations
    if not news.isdisjoint(map(key, WORD.findall(folded))):
        return False
    left = lines.known.sub(" ", lines.acts.sub(" ", lines.says.sub(" ", read)))
    beside = sum(map(str.isalnum, left)) if language in UNSPACED else len(WORD.findall(left))
    return beside <= (_MOST_BESIDE if says else 0)


@attrs.frozen(eq=False)
class _Lines:
    """What status lines of a language say, what they say is done, and their other words."""

    says: re.Pattern[str]
    acts: re.Pattern[str]
    known: re.Pattern[str]


@cache
def _lines(language: str) -> _Lines:
    entry = _entries()[words_of(language).language]
    page = {*entry["page"].split(), *words_of(language).function}
    says, acts = entry["says"], entry["acts"].split()
    if language in UNSPACED:
        return _Lines(_any_of(says), _any_of(acts), _any_of(page))
    page.update(*[WORD.findall(fold(phrase).casefold()) for phrase in says])
    return _Lines(_any_of(says), _any_of(acts, r"\b", r"\w*"), _any_of(page, r"\b", r"\b"))


def _any_of(phrases: Iterable[str], before: str = "", ending: str = "") -> re.Pattern[str]:
    longest_first = sorted([fold(phrase).casefold() for phrase in phrases], key=len, reverse=True)
    found = "|".join(map(re.escape, longest_first))
    return re.compile(f"{before}(?:{found}){ending}" if found else r"(?!)")


@cache
def _entries() -> Mapping[str, Mapping[str, Any]]:
    import tomllib  # noqa: PLC0415 # slow to import, and needed once

    file = Path(__file__).with_name("status.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


# ------------------------------------------------------------------------------------------ credits

_LETTERS = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_SEGMENT = re.compile(r"[;|•·.](?:(?<!\.)|(?<=[^\W\d_]{3}\.)\s+)")
_BRACKETS = frozenset({"()", "[]", "（）"})
# The initials or the name of an agency or a writer, and what joins several: *(AP, Reuters)*.
_INITIALS = re.compile(r"[©/ ]{0,2}[^\W\d_]{2,8}(?:[/,+–-]\s?[^\W\d_]{2,8})*")
_JOINT = re.compile(r"[/,+–-]\s?")
# Letters of initials, at most (range 3 to 5): in longer parts a frame or an acronym marks names.
_SHORT = 4
# Letters of an agency's name that is written small (range 3 to 4): *Mit Material von dpa*.
_AGENCY = 3
_CAPTION_END = re.compile(r"[.!?…]\s+(?=[^\W\d_a-z]|©)|\s(?=[(\[©])|[（(]")
"""What may stand before the credit at the end of a caption."""
_MOST_NAMES = 8
_EDGE = " \t()[]（）【】*—–-."
# In scripts without spaces: a label of authorship, a sign, and a name of some characters.
_DENSE_PART = re.compile(r"[、,，;；・\s]+")
_DENSE_SIGN = re.compile(r"[：:＝=／/]")
_DENSE_NAME = 12


def _are_initials(text: str) -> bool:
    """Whether *text* is the initials of those who made the article: in brackets, or several of them."""
    bare = text[1:-1] if text[:1] + text[-1:] in _BRACKETS else text.strip("/ ")
    if not _INITIALS.fullmatch(bare):
        return False
    parts = _JOINT.split(bare.strip("© "))
    if bare == text and (len(parts) < 2 or "," in bare):
        return bare.isupper() and len(bare) <= _SHORT
    if bare != text and len(parts) == 1 and parts[0].istitle():
        return True  # (Lusa)
    short = max(map(len, parts)) <= _SHORT
    return any(map(str.isupper, parts)) or text[0] == "/" or (short and bare.islower())


def _names_people(segment: str, words: Words) -> bool:
    """Whether *segment* is an act and the names of those who did it, or names and what they did."""
    found = _LETTERS.findall(segment)
    acts = [n for n, word in enumerate(found) if word.casefold() in words.credit_acts]
    if not acts:
        return False
    plain = [word.casefold() for word in found if word.islower()]
    joined = words.credit_acts | words.credit_links
    agencies = [w for w in plain if len(w) <= _AGENCY and w not in joined | words.function]
    names = [word for word in found if word[0].isupper() and word.casefold() not in joined]
    names += agencies
    others = [word for word in plain if word not in joined and word not in agencies]
    bodies = ":" in segment and "/" in segment and len(others) < len(names)  # of any words
    if not names or (others and not bodies):
        return False
    if found[0] in names and acts[-1] == len(found) - 1:  # Ann Lee contributed reporting
        return True
    return ":" in segment or any(word.casefold() in words.credit_links for word in found)


def _is_dense_credit(text: str, words: Words) -> bool:
    parts = [one for one in _DENSE_PART.split(text.strip(_EDGE + "。")) if one]
    labelled = False
    for part in parts:
        label, *names = _DENSE_SIGN.split(part, maxsplit=1)
        name = names[0] if names else part
        acts = any((label if names else name).endswith(act) for act in words.credit_acts)
        if (names and not acts) or len(name) > _DENSE_NAME or "。" in name:
            return False
        labelled = labelled or bool(names) or (acts and len(parts) <= 2)
    return labelled
