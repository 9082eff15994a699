"""The languages of notices: which one a text is in, and one readable data file for each.

A lexicon (``lexicons/<language>.toml``) lists words by what they do in a notice: labels that open
one, names of the published piece, verbs of correcting, words for the wrong and the right text, and
phrases that only look like a notice. The rules in `revtrack.notices.grammar` combine these classes;
no sentence is listed anywhere. ``docs/how-to/add-a-language.md`` explains the file to its writers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import attrs

from revtrack.facts.vocabulary import DEFAULT, primary
from revtrack.notices.phrases import Sieve, alternation, fold, sieve

__all__ = [
    "LANGUAGES",
    "Lexicon",
    "Mark",
    "choose",
    "guess",
    "has_other_script",
    "in_other_script",
    "is_latin",
    "labelled_in",
    "lexicon",
]

_SPACED = ("en", "de", "fr", "es", "pt", "it", "nl", "no", "sv", "da", "pl", "hu", "ru", "ar")
# Here a word may begin and end anywhere: no spaces, or particles grown on to it.
_GROWN = ("ja", "zh", "ko")
LANGUAGES = (*_SPACED, *_GROWN)

# The classes of which every notice without a label holds at least one: see the rules of the grammar.
_TELLING = (
    *("earlier", "misstated", "wrongly", "wrong", "telltale", "reads", "corrected", "changed"),
    *("clarify", "after", "apologise", "retract", "issue", "we_stated", "originally", "versions"),
    *("updated", "before", "withdraw", "elsewhere", "untimely", "closed", "concern", "completed"),
)
# Phrases of these classes stand for the words inside them too.
_OPENED = frozenset({"telltale", "right", "originally", "before", "caption"})


@attrs.frozen
class Mark:
    """One word or phrase of the lexicon found in a text: its classes and where it stands."""

    classes: tuple[str, ...]
    start: int
    stop: int

    def shifted(self, by: int) -> Mark:
        """The same word *by* characters further on."""
        return Mark(self.classes, self.start + by, self.stop + by)


@attrs.frozen(eq=False)
class Lexicon:
    """One language's words, ready to be looked up.

    `labels` maps a label to its kind, `words` a phrase to its classes; `stems` are the phrases that
    end in ``*``. `templates` show where the wrong and the right text stand beside each other; `months`
    and `filler` are the words of dates. `finder` finds all words, `label_finder` all labels, `sieve`
    the paragraphs in which it is worth looking.
    """

    language: str
    labels: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    stems: Mapping[str, tuple[str, ...]]
    months: Mapping[str, int]
    filler: frozenset[str]
    templates: Mapping[str, tuple[str, ...]]
    finder: re.Pattern[str]
    label_finder: re.Pattern[str]
    sieve: Sieve
    _known: dict[str, tuple[str, ...]] = attrs.field(factory=dict, init=False)  # looked up before

    @property
    def spaced(self) -> bool:
        """Whether words stand apart from each other in this language's writing."""
        return self.language not in _GROWN

    @cached_property
    def copulas(self) -> frozenset[str]:
        """The verbs of *it is*, *he was*: what stands behind one says what its subject is."""
        found = [phrase.split() for phrase, names in self.words.items() if "it_is" in names]
        return frozenset([phrase[-1] for phrase in found])

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


@cache
def lexicon(language: str | None) -> Lexicon:
    """The lexicon of *language*, read once; of English for one that is not known or has none."""
    if language not in LANGUAGES:
        return lexicon(DEFAULT)
    return _build(language, _entries(language))


@cache
def _entries(language: str) -> Mapping[str, Any]:
    import tomllib  # noqa: PLC0415 # slow to import, and needed once a language

    # importlib.resources is slow to load
    file = Path(__file__).with_name("lexicons") / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def labelled_in(folded: str) -> list[str]:
    """The languages with a label that a folded text opens with; no lexicon is built for it."""
    return [
        name
        for name in LANGUAGES
        if any(
            folded.startswith(label)
            and not (name in _SPACED and folded[len(label) : len(label) + 1].isalnum())
            for label in _labels(name)
        )
    ]


@cache
def _labels(language: str) -> dict[str, str]:
    """The labels of a language, folded, and the kind of notice that each opens."""
    groups = _entries(language)["labels"]
    return {fold(label): kind for kind, names in groups.items() for label in names}


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
    labels = _labels(language)
    telling = [fold(phrase) for name in _TELLING for phrase in entries["words"].get(name, ())]
    return Lexicon(
        language=language,
        labels=labels,
        words=words,
        stems=stems,
        months=_months(entries["dates"]),
        filler=frozenset(fold(word) for word in entries["dates"]["filler"]),
        templates={
            name: tuple(sorted(_written_out(forms), key=lambda form: (-len(form), form)))
            for name, forms in entries["templates"].items()
        },
        finder=_any_of(words, stems, spaced=spaced),
        label_finder=_any_of(labels, (), spaced=spaced),
        sieve=sieve(
            language,
            telling=telling,
            labels=[*labels],
            dating=[
                *_months(entries["dates"]),
                *map(fold, [*entries["dates"]["filler"], *entries["words"]["nth"]]),
            ],
            spaced=spaced,
        ),
    )


# A comma that a form may have: *donde decía {said}(,) debe decir {says}*.
_MAY_BE = re.compile(r"\(([,،])\)")


def _written_out(forms: Iterable[str]) -> set[str]:
    return {_MAY_BE.sub(comma, form) for form in forms for comma in (r"\1", "")}


def _open_up(
    words: dict[str, tuple[str, ...]], stems: dict[str, tuple[str, ...]], *, spaced: bool
) -> None:
    """Give a telling phrase the classes of the words inside it: *corrected* in *corrected to*."""
    telling = {p for t in (words, stems) for p, names in t.items() if not _OPENED.isdisjoint(names)}
    plain = _any_of([w for w in words if w not in telling], (), spaced=spaced)
    for table in (words, stems):
        for phrase in [p for p in table if p in telling]:
            inner = [name for m in plain.finditer(phrase) for name in words[m.group()]]
            table[phrase] = tuple(dict.fromkeys((*table[phrase], *inner)))


def _months(dates: Mapping[str, Any]) -> dict[str, int]:
    """Each name of a month and its number; `months_short` goes round the same year again."""
    names = [*dates["months"], *dates.get("months_short", ())]
    return {fold(name): number % 12 + 1 for number, name in enumerate(names)}


def _any_of(whole: Iterable[str], stems: Iterable[str], *, spaced: bool) -> re.Pattern[str]:
    """What finds these phrases as words; where words do not stand apart, anywhere."""
    before, ends = (r"(?<!\w)", (r"(?!\w)", r"\w*")) if spaced else ("", ("", ""))
    return re.compile(before + alternation(whole, stems, ends=ends))


# ------------------------------------------------------------ which language a text is in

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
        name = primary(language)
        return name if name in LANGUAGES else None
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
        for word in _entries(name)["common"]:
            found[word] = (*found.get(word, ()), name)
    return found
