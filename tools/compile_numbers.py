"""Compile the words for numbers into `src/revtrack/facts/words/numbers.tsv`.

    pip install num2words && python tools/compile_numbers.py

num2words writes numbers out by the grammar of each language. The file has one line per language and
kind: cardinals are those of 0 to 99 and the round ones that are one word, ordinals are those from 13 on
that are one word. Forms that are inflected otherwise are listed in the file of their language.
"""

from __future__ import annotations

import re
from pathlib import Path

from num2words import num2words

LANGUAGES = ("ar", "da", "de", "en", "es", "fr", "hu", "it", "nl", "no", "pl", "pt", "ru", "sv")
TARGET = Path(__file__).resolve().parent.parent / "src/revtrack/facts/words/numbers.tsv"
_APART = re.compile(r"[\s-]+")
_VOWEL = re.compile(r"(?:[aeoày]|[ыои]й)$")
_ALSO = {"fr": ("fr_CH",), "pt": ("pt_BR",)}
"""Other countries of a language, with words of their own."""

_VARIANTS = {
    "da": [("et", "en")],
    "es": [("uno", "una"), ("uno", "ún")],
    "fr": [("vingts", "vingt"), ("un", "une")],
    "hu": [("kettő", "két")],
    "no": [("syv", "sju"), ("en", "ett")],
    "pt": [("um", "uma"), ("dois", "duas")],
    "sv": [("ett", "en")],
}
"""Other endings of the same number."""

_GROUPS = {
    "de": (("zu",), "zweit dritt viert fünft sechst siebt acht neunt zehnt"),
    "nl": (("z'n", "met"), "tweeën drieën vieren vijven zessen zevenen achten negenen tienen"),
}
"""What leads the words for so many together, and those words from two on."""

_WRONG = {("no", 13)}
"""What num2words 0.5 gets wrong."""


def _words(number: int, language: str, kind: str) -> str:
    return _APART.sub(" ", num2words(number, lang=language, to=kind).casefold().strip())


def _cardinals(language: str) -> dict[str, int]:
    rounded = [*range(100, 1000, 100), *range(1000, 10_000, 1000)]
    found = {_words(number, language, "cardinal"): number for number in [*range(2, 100), 0]}
    for number in rounded:
        word = _words(number, language, "cardinal")
        if " " not in word:
            found.setdefault(word, number)
    for other in _ALSO.get(language, ()):
        for number in range(2, 100):
            found.setdefault(_words(number, other, "cardinal"), number)
    if language == "ru":  # the parts of a longer number are read one by one
        for number in [*range(2, 20), *range(20, 100, 10)]:
            for case in "gdip":
                for gender in "mf":
                    written = num2words(number, lang="ru", case=case, gender=gender)
                    found.setdefault(written, number)
    for written, instead in _VARIANTS.get(language, ()):
        for word, number in list(found.items()):
            if word.endswith(written):
                found.setdefault(word.removesuffix(written) + instead, number)
    return found | _together(language)


def _together(language: str) -> dict[str, int]:
    """The words for so many together: *zu dritt*."""
    leads, words = _GROUPS.get(language, ((), ""))
    return {f"{lead} {word}": n for lead in leads for n, word in enumerate(words.split(), 2)}


def _ordinals(language: str) -> dict[str, int]:
    """The stems of ordinals: what is inflected is the vowel at the end."""
    found = {}
    for number in range(13, 100):
        word = _words(number, language, "ordinal")
        if " " not in word and (language, number) not in _WRONG:
            found[_VOWEL.sub("*", word)] = number
    return found


def main() -> None:
    """Write the file."""
    lines = []
    for language in LANGUAGES:
        for kind, table in (("cardinals", _cardinals(language)), ("ordinals", _ordinals(language))):
            listed = "|".join([f"{word}={number}" for word, number in table.items()])
            lines.append(f"{language}\t{kind}\t{listed}\n")
    TARGET.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
