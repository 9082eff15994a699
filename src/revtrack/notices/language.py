"""Which language a text is in, so that its notices are read with the right lexicon."""

from __future__ import annotations

import re
from functools import cache

from revtrack.notices.lexicon import LANGUAGES, lexicon

__all__ = ["choose", "guess"]

# The first three letters of a tag decide; Norwegian is one lexicon for both written forms.
_SAME = {"nb": "no", "nn": "no", "nob": "no", "nno": "no", "cmn": "zh", "yue": "zh"}

# Enough to see stop words in any prose, and a bound on the work for a very long text.
_SAMPLE = 3000

_SCRIPTS = (
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
# A script is the text's own when this share of its letters is written in it (a quoted name is less).
_SCRIPT_SHARE = 0.2
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")


def choose(language: str | None, text: str) -> str | None:
    """The lexicon to use: the language that is given (``en-GB`` → ``en``), else the text's own.

    None when the language is not one that revtrack has a lexicon for.
    """
    if language:
        primary = language.replace("_", "-").split("-")[0].lower()
        primary = _SAME.get(primary, primary)
        return primary if primary in LANGUAGES else None
    return guess(text)


def guess(text: str) -> str | None:
    """The language of *text* by its script and its most common short words; None when unclear."""
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    for language, script in _SCRIPTS:
        if len(script.findall(sample)) > _SCRIPT_SHARE * letters:
            return language
    words = _WORD.findall(sample.lower())
    counts = [(sum(word in common for word in words), name) for name, common in _common_words()]
    best = max(count for count, _ in counts)
    return next(name for count, name in counts if count == best) if best else None


@cache
def _common_words() -> tuple[tuple[str, frozenset[str]], ...]:
    spaced = [name for name in LANGUAGES if name not in {code for code, _ in _SCRIPTS}]
    return tuple((name, lexicon(name).common) for name in spaced)
