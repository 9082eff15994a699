"""The language of notices: one readable data file per language, and how it is looked up in text.

A lexicon (``lexicons/<language>.toml``) lists words by what they do in a notice: labels that open
one, names of the published piece, verbs of correcting, words for the wrong and the right text, and
phrases that only look like a notice. The rules in `revtrack.notices.grammar` combine these classes;
no sentence is listed anywhere. ``docs/how-to/add-a-language.md`` explains the file to its writers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import TypeAlias

import attrs

from revtrack.notices.folded import fold

__all__ = ["LANGUAGES", "Lexicon", "Mark", "lexicon"]

# In the second row a word may begin and end anywhere: no spaces, or particles grown on to it.
_SPACED = ("en", "de", "fr", "es", "pt", "it", "nl", "no", "sv", "da", "pl", "hu", "ru")
_WITHOUT_SPACES = ("ja", "zh", "ko", "ar")
LANGUAGES = (*_SPACED, *_WITHOUT_SPACES)


# A tree of phrases by their characters; a key that begins with _END closes a phrase.
_Tree: TypeAlias = "dict[str, _Tree]"
_END = "\0"


@attrs.frozen
class Mark:
    """One word or phrase of the lexicon found in a text: its classes and where it stands."""

    classes: tuple[str, ...]
    start: int
    stop: int


@attrs.frozen(eq=False)
class Lexicon:
    """One language's words, ready to be looked up.

    `labels` maps a label to its kind, `words` a phrase to its classes; `stems` are the phrases that
    end in ``*``. `hints` are short strings, one of which every notice in this language contains.
    """

    language: str
    labels: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, tuple[str, ...]]
    hints: tuple[str, ...]
    common: frozenset[str]
    months: Mapping[str, int]
    filler: frozenset[str]
    templates: Mapping[str, tuple[str, ...]]
    finder: re.Pattern[str]
    label_finder: re.Pattern[str]

    def marks(self, folded: str) -> tuple[Mark, ...]:
        """The lexicon's words in a folded text, in order, longest first, never overlapping."""
        return tuple(
            Mark(self._classes(match.group()), match.start(), match.end())
            for match in self.finder.finditer(folded)
        )

    def _classes(self, found: str) -> tuple[str, ...]:
        classes = list(self.words.get(" ".join(found.split()), ()))
        for size in range(1, len(found) + 1):
            classes.extend(self.stems.get(found[:size], ()))
        return tuple(dict.fromkeys(classes))

    def may_hold_notice(self, folded: str) -> bool:
        """A quick test that is never false for a text that holds a notice."""
        return any(hint in folded for hint in self.hints)


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of *language* (one of `LANGUAGES`), read once.

    Raises `ValueError` when there is no lexicon for this language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no lexicon for {language!r}; there are: {', '.join(LANGUAGES)}")
    file = resources.files("revtrack.notices") / "lexicons" / f"{language}.toml"
    return _build(language, tomllib.loads(file.read_text(encoding="utf-8")))


def _build(language: str, entries: Mapping[str, Mapping[str, Sequence[str]]]) -> Lexicon:
    words: dict[str, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for name, phrases in entries["words"].items():
        for phrase in phrases:
            folded = fold(phrase)
            table, key = (stems, folded[:-1]) if folded.endswith("*") else (words, folded)
            table[key] = (*table.get(key, ()), name)
    labels = {fold(label): kind for kind, names in entries["labels"].items() for label in names}
    spaced = language not in _WITHOUT_SPACES
    return Lexicon(
        language=language,
        labels=labels,
        words=words,
        stems=stems,
        hints=tuple(fold(hint) for hint in entries["search"]["hints"]),
        common=frozenset(entries["search"].get("common", ())),
        months=_months(entries.get("dates", {})),
        filler=frozenset(fold(word) for word in entries.get("dates", {}).get("filler", ())),
        templates={name: tuple(forms) for name, forms in entries.get("templates", {}).items()},
        finder=re.compile(_alternation(words, stems, spaced=spaced)),
        label_finder=re.compile(_alternation(labels, {}, spaced=spaced)),
    )


def _months(dates: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Each name of a month and its number; a name list may go round the year more than once."""
    names = [*dates.get("months", ()), *dates.get("months_short", ())]
    return {fold(name): number % 12 + 1 for number, name in enumerate(names)}


def _alternation(whole: Iterable[str], open_ended: Iterable[str], *, spaced: bool) -> str:
    """One expression for all phrases, as a tree of shared beginnings: no backtracking to speak of."""
    tree: _Tree = {}
    for phrases, tail in ((whole, "(?!\\w)" if spaced else ""), (open_ended, "\\w*" if spaced else "")):
        for phrase in phrases:
            node = tree
            for character in phrase:
                node = node.setdefault(character, {})
            node[_END + tail] = {}
    return ("(?<!\\w)" if spaced else "") + _branch(tree)


def _branch(node: _Tree) -> str:
    longer = [
        ("\\s{1,3}" if character == " " else re.escape(character)) + _branch(node[character])
        for character in sorted(node)
        if not character.startswith(_END)
    ]
    ends = [name.removeprefix(_END) for name in sorted(node) if name.startswith(_END)]
    options = longer + ends
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"
