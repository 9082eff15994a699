"""Which language a text is in, so that its notices are read with the right lexicon."""

from __future__ import annotations

import re
from functools import cache

from revtrack.notices.lexicon import LANGUAGES, common_words

__all__ = ["choose", "guess", "has_other_script", "in_other_script", "is_latin"]

# The first three letters of a tag decide; Norwegian is one lexicon for both written forms.
_SAME = {"nb": "no", "nn": "no", "nob": "no", "nno": "no", "cmn": "zh", "yue": "zh"}

# Enough to see the common words of any prose, and a bound on the work for a very long text.
_SAMPLE = 1200

# Short texts have a common word of many languages (*in*); where several have as many it is this one.
_TIE = "en"

# What a word weighs for all languages that it is common in: each has a whole part of it, so that sums
# are exact, and the same in any order.
_WHOLE = 27_720

_SCRIPTS = (
    ("ko", "[\uac00-\ud7af]"),
    ("ja", "[\u3040-\u30ff]"),
    ("zh", "[\u4e00-\u9fff]"),
    ("ar", "[\u0600-\u06ff]"),
    ("ru", "[\u0400-\u04ff]"),
)
_ANY_SCRIPT = "[\u0400-\u06ff\u3040-\ud7af]"
_BY_COMMON_WORDS = tuple(name for name in LANGUAGES if name not in dict(_SCRIPTS))
# A text is in a script when this share of its characters is (a quoted foreign name is less).
_SCRIPT_SHARE = 0.15
# A text in another script shows it within so many characters: a quick test, since most do at once.
_BEGINNING = 12


def choose(language: str | None, text: str) -> str | None:
    """The lexicon to use: the language that is given (``en-GB`` → ``en``), else the text's own.

    None when the language is not one that revtrack has a lexicon for.
    """
    if language:
        primary = language.replace("_", "-").split("-", 1)[0].lower()
        primary = _SAME.get(primary, primary)
        return primary if primary in LANGUAGES else None
    return guess(text)


def guess(text: str) -> str | None:
    """The language of *text* by its script and its most common short words; None when unclear."""
    if (other := in_other_script(text)) is not None:
        return other
    sample = text[:_SAMPLE]
    counts = dict.fromkeys(_BY_COMMON_WORDS, 0)
    weights = dict.fromkeys(_BY_COMMON_WORDS, 0)
    languages_of = _common_words()
    for word in {*sample.lower().split()}:  # *a* is common in a language that has few other words here
        names = languages_of.get(word, ())
        for name in names:
            counts[name] += 1
            weights[name] += _WHOLE // len(names)  # where as many are known, words of few decide
    best = max(_BY_COMMON_WORDS, key=lambda name: (counts[name], weights[name], name == _TIE))
    return best if counts[best] else None


def in_other_script(text: str) -> str | None:
    """The language of a *text* that is not in Latin letters; None for one that is, or is unknown."""
    sample = text[:_SAMPLE]
    if _pattern(_ANY_SCRIPT).search(sample):
        for language, letters in _SCRIPTS:
            script = _pattern(letters)
            if script.search(sample) and len(script.findall(sample)) > _SCRIPT_SHARE * len(sample):
                return language
    return None


def has_other_script(language: str) -> bool:
    """Whether the language of a lexicon is not written in Latin letters."""
    return language in dict(_SCRIPTS)


def is_latin(text: str) -> bool:
    """Whether *text* is in none of the other scripts: it does not begin in one, few words are."""
    foreign = _pattern(_ANY_SCRIPT)
    begins = foreign.search(text, 0, _BEGINNING) is None
    return begins and len(foreign.findall(text)) <= _SCRIPT_SHARE * len(text)


@cache
def _pattern(letters: str) -> re.Pattern[str]:
    """Compiled when first asked for: a class of so many letters takes a millisecond."""
    return re.compile(letters)


@cache
def _common_words() -> dict[str, tuple[str, ...]]:
    """Each common word and the languages that it is common in."""
    found: dict[str, tuple[str, ...]] = {}
    for name in _BY_COMMON_WORDS:
        for word in common_words(name):
            found[word] = (*found.get(word, ()), name)
    return found
