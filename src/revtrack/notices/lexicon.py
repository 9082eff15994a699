"""The language of notices: one readable data file per language, and how it is looked up in text.

A lexicon (``lexicons/<language>.toml``) lists words by what they do in a notice: labels that open
one, names of the published piece, verbs of correcting, words for the wrong and the right text, and
phrases that only look like a notice. The rules in `revtrack.notices.grammar` combine these classes;
no sentence is listed anywhere. ``docs/how-to/add-a-language.md`` explains the file to its writers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, TypeAlias

import attrs

from revtrack.notices.folded import fold

__all__ = ["LANGUAGES", "Lexicon", "Mark", "lexicon"]

_SPACED = ("en", "de", "fr", "es", "pt", "it", "nl", "no", "sv", "da", "pl", "hu", "ru", "ar")
# Here a word may begin and end anywhere: no spaces, or particles grown on to it.
_GROWN = ("ja", "zh", "ko")
LANGUAGES = (*_SPACED, *_GROWN)

# The classes of which every notice without a label holds at least one: see the rules of the grammar.
_TRIGGERS = (
    *("earlier", "misstated", "wrongly", "wrong", "telltale", "corrected", "changed", "updated"),
    *(
        "clarify",
        "after",
        "apologise",
        "retract",
        "issue",
        "we_stated",
        "originally",
        "versions",
        "before",
    ),
)
# Phrases of these classes stand for the words inside them too.
_OPENED = frozenset({"telltale", "right", "originally", "before"})
# What may stand before a word: a class that the search can skip to, twice as fast as a look-behind.
_BEFORE = "[\\s\"“”„«»‘’'(\\[*_—–\\-/:>]"
# A paragraph that opens with a label: ornaments, perhaps a time, the label.
_LINE = (
    r"\n[ \t*#>~\-–—•·+|=!\"“”„«»\[\](){}（）【】［］〔〕「」『』※†‡^■□◆◇●○▲△▼▽★☆＊_\u00a0]{0,40}"
    r"(?:\d[\d.:/ -]{0,20}(?:[ap]\.?m\.?|utc|et)?[ ,:–—-]{0,4})?"
)

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
    end in ``*``. `templates` show where the wrong and the right text stand beside each other; `months`
    and `filler` are the words of dates. `finder` finds all words, `trigger_finder` those of which
    every notice holds one, `opener` a paragraph that opens with a label.
    """

    language: str
    labels: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, tuple[str, ...]]
    common: frozenset[str]
    months: Mapping[str, int]
    filler: frozenset[str]
    templates: Mapping[str, tuple[str, ...]]
    finder: re.Pattern[str]
    label_finder: re.Pattern[str]
    trigger_finder: re.Pattern[str]
    opener: re.Pattern[str]
    _known: dict[str, tuple[str, ...]] = attrs.field(factory=dict, init=False)  # looked up before

    @property
    def spaced(self) -> bool:
        """Whether words stand apart from each other in this language's writing."""
        return self.language not in _GROWN

    def marks(self, folded: str) -> tuple[Mark, ...]:
        """The lexicon's words in a folded text, in order, longest first, never overlapping."""
        return tuple(
            [Mark(self._classes(m.group()), m.start(), m.end()) for m in self.finder.finditer(folded)]
        )

    def _classes(self, found: str) -> tuple[str, ...]:
        known = self._known.get(found)
        if known is None:
            known = self._known[found] = self._looked_up(found)
        return known

    def _looked_up(self, found: str) -> tuple[str, ...]:
        classes = list(self.words.get(found, ()))
        for size in range(1, len(found) + 1):
            classes.extend(self.stems.get(found[:size], ()))
        return tuple(dict.fromkeys(classes))

    def triggers(self, text: str) -> list[int]:
        """Positions in *text* (not folded) in whose paragraphs a notice may stand, in no order.

        A paragraph without any of them holds no notice. One pass, about 15 ns a character.
        """
        low = "\n" + text.lower()
        if len(low) != len(text) + 1:
            low = "\n" + fold(text)
        words = [match.end() - 2 for match in self.trigger_finder.finditer(low)]
        return words + [match.end() - 2 for match in self.opener.finditer(low)]


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of *language* (one of `LANGUAGES`), read once.

    Raises `ValueError` when there is no lexicon for this language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no lexicon for {language!r}; there are: {', '.join(LANGUAGES)}")
    file = resources.files("revtrack.notices") / "lexicons" / f"{language}.toml"
    return _build(language, tomllib.loads(file.read_text(encoding="utf-8")))


def _build(language: str, entries: Mapping[str, Any]) -> Lexicon:
    words: dict[str, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for name, phrases in entries["words"].items():
        for phrase in phrases:
            folded = fold(phrase)
            table, key = (stems, folded[:-1]) if folded.endswith("*") else (words, folded)
            table[key] = (*table.get(key, ()), name)
    spaced = language in _SPACED
    _open_up(words, stems, spaced=spaced)
    labels = {fold(label): kind for kind, names in entries["labels"].items() for label in names}
    triggers = [fold(p) for name in _TRIGGERS for p in entries["words"].get(name, ())]
    return Lexicon(
        language=language,
        labels=labels,
        words=words,
        stems=stems,
        common=frozenset(entries["common"]),
        months=_months(entries["dates"]),
        filler=frozenset(fold(word) for word in entries["dates"]["filler"]),
        templates={
            name: tuple(sorted(forms, key=len, reverse=True))
            for name, forms in entries["templates"].items()
        },
        finder=re.compile(_alternation(words, stems, spaced=spaced)),
        label_finder=re.compile(_alternation(labels, (), spaced=spaced)),
        trigger_finder=re.compile((_BEFORE if spaced else "") + _loose(triggers, spaced=spaced)),
        opener=re.compile(_LINE + _loose(labels, spaced=spaced)),
    )


def _open_up(
    words: dict[str, tuple[str, ...]], stems: dict[str, tuple[str, ...]], *, spaced: bool
) -> None:
    """Give a telling phrase the classes of the words inside it: *corrected* in *corrected to*."""
    telling = {p for t in (words, stems) for p, names in t.items() if not _OPENED.isdisjoint(names)}
    plain = re.compile(_alternation([w for w in words if w not in telling], (), spaced=spaced))
    for table in (words, stems):
        for phrase in [p for p in table if p in telling]:
            inner = [name for m in plain.finditer(phrase) for name in words[m.group()]]
            table[phrase] = tuple(dict.fromkeys((*table[phrase], *inner)))


def _loose(phrases: Iterable[str], *, spaced: bool) -> str:
    """The phrases as they stand in a text that was only put into lower case, not folded."""
    whole = [phrase for phrase in phrases if not phrase.endswith("*")]
    stems = [phrase[:-1] for phrase in phrases if phrase.endswith("*")]
    tree = _alternation(whole, stems, spaced=spaced).removeprefix(r"(?<!\w)")
    return tree.replace("\\ ", "[ \u00a0\u202f]").replace("'", "['’‘ʼ]")


def _months(dates: Mapping[str, Any]) -> dict[str, int]:
    """Each name of a month and its number; `months_short` goes round the same year again."""
    names = [*dates["months"], *dates.get("months_short", ())]
    return {fold(name): number % 12 + 1 for number, name in enumerate(names)}


def _alternation(whole: Iterable[str], open_ended: Iterable[str], *, spaced: bool) -> str:
    """One expression for all phrases, as a tree of shared beginnings: each place is decided once."""
    tree: _Tree = {}
    ends = (r"(?!\w)", r"\w*") if spaced else ("", "")
    for phrases, tail in zip((whole, open_ended), ends, strict=True):
        for phrase in phrases:
            node = tree
            for character in phrase:
                node = node.setdefault(character, {})
            node[_END + tail] = {}
    return (r"(?<!\w)" if spaced else "") + _branch(tree)


def _branch(node: _Tree) -> str:
    longer = [
        re.escape(character) + _branch(node[character])
        for character in sorted(node)
        if not character.startswith(_END)
    ]
    ends = [name.removeprefix(_END) for name in sorted(node) if name.startswith(_END)]
    options = longer + ends
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"
