"""The words that the rules of `nature` look for: one readable data file per language.

``words/<language>.toml`` lists words by what they do in a sentence: what denies, hedges, reports,
counts, dates. ``docs/how-to/add-a-language.md`` explains the groups to their writers. A word that is
missing in a file only makes a verdict less specific.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Generic, TypeVar

import attrs

from revtrack.facts.kinds import Day

__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "SIGNS",
    "UNREAD",
    "UNSPACED",
    "Forms",
    "Words",
    "primary",
    "words_of",
]

LANGUAGES = frozenset(
    "ar da de en es fr hu it ja ko nl no pl pt ru sv zh".split()  # noqa: SIM905 - shorter to read
)
"""The languages that have a file of words."""

SIGNS = {"%": "%", "％": "%", **{sign: sign for sign in "$€£¥₹₽₩½¼¾"}}
"""Signs that say what a number counts, in every language."""

UNSPACED = frozenset({"ja", "zh", "ko"})
"""Languages whose words do not stand apart or carry particles: their lists are looked for as parts."""

DEFAULT = "en"
"""Whose words are used where an article's language is not known or has no list."""

UNREAD = "und"
"""The language of an article in one that has no list of words (BCP 47: *undetermined*)."""


Value = TypeVar("Value")

LONGEST_ENDING = 4
"""How many letters stand for the * of a stem at most (range 2 to 6)."""


class Forms(Generic[Value]):
    """What words mean, of which some are given as stems: `link*` stands for *linke* and *linken*."""

    def __init__(self, entries: Mapping[str, Value]) -> None:
        self.exact = {word: value for word, value in entries.items() if not word.endswith("*")}
        self.stems = {word[:-1]: value for word, value in entries.items() if word.endswith("*")}

    def get(self, word: str) -> Value | None:
        """What *word* means, None where it is not listed."""
        found = self.exact.get(word)
        if found is not None or not self.stems:
            return found
        for cut in range(LONGEST_ENDING + 1):
            found = self.stems.get(word[: len(word) - cut])
            if found is not None:
                return found
        return None


@attrs.frozen(eq=False, kw_only=True)
class Words:
    """The words of one language, in lower case, and its `traits`: how it is written, as the guide says.

    `denying_phrases` maps the last word of a phrase that denies (*all but*) to what stands before it,
    `rough_phrases` that of one that rounds the number behind it (*more or less*).
    `function` holds all words that carry no content of their own. `reporting` are the attributions
    that are nothing else, `loaded` those that take sides (*claimed*, *denied*); `verb_forms` gives
    all irregular forms of a verb one name, `hedge_ranks` all hedges that mean the same. `numbers`
    maps a word to its value, `number_phrases` the first word of a longer number to its words and
    value. `units` maps a word to the sign or name of what it counts. `headline_labels` are phrases
    at the ends of headlines that say what kind of page it is (*live*, *video*); `credit_acts` name
    what people did for an article, `credit_links` join them to their names. `date_words` leaves out
    those that are other words as well, such as *May*.
    """

    language: str
    traits: frozenset[str] = frozenset()
    negations: frozenset[str]
    denying_phrases: Mapping[str, tuple[str, ...]]
    hedges: frozenset[str]
    hedge_ranks: Mapping[str, str]
    roughly: frozenset[str]
    rough_phrases: Mapping[str, tuple[str, ...]]
    attributions: frozenset[str]
    reporting: frozenset[str]
    loaded: frozenset[str] = frozenset()
    verb_forms: Mapping[str, str]
    tenses: frozenset[str]
    function: frozenset[str]
    joining: frozenset[str]
    headline_labels: frozenset[str]
    credit_acts: frozenset[str]
    credit_links: frozenset[str]
    months: frozenset[str]
    date_words: frozenset[str]
    year_leads: frozenset[str]
    titles: frozenset[str]
    place_leads: frozenset[str]
    place_nouns: frozenset[str]
    place_nouns_after: frozenset[str]
    numbers: Mapping[str, str]
    number_phrases: Mapping[str, tuple[tuple[tuple[str, ...], int], ...]]
    scales: Mapping[str, int]
    units: Mapping[str, str]
    phrases_of_units: Mapping[str, str]
    ones: frozenset[str] = frozenset()
    attached: frozenset[str] = frozenset()
    ordinals: Forms[str]
    ordinal_endings: frozenset[str] = frozenset()
    fractions: Mapping[str, str]
    months_by_name: Mapping[str, int]
    weekdays: Mapping[str, int]
    date_joints: frozenset[str] = frozenset()
    clock_leads: frozenset[str] = frozenset()
    clock_nouns: frozenset[str] = frozenset()
    hour_nouns: frozenset[str] = frozenset()
    hour_leads: frozenset[str] = frozenset()
    hours_alone: frozenset[str] = frozenset()
    clock_words: Mapping[str, int]
    parts_of_day: Mapping[str, tuple[str, ...]]
    minutes_before: Mapping[str, int]
    minutes_behind: Mapping[str, int]
    hour_endings: tuple[str, ...]
    date_leads: frozenset[str] = frozenset()
    centuries: frozenset[str] = frozenset()
    centuries_before: frozenset[str] = frozenset()
    named_centuries: Mapping[str, int]
    decades: Mapping[str, int]
    decade_nouns: frozenset[str] = frozenset()
    decade_joints: frozenset[str] = frozenset()
    decade_endings: frozenset[str] = frozenset()
    decade_leads: frozenset[str] = frozenset()
    refusals: frozenset[str] = frozenset()
    denying_endings: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    cased_articles: frozenset[str] = frozenset()
    particle_forms: frozenset[str] = frozenset()
    case_leads: frozenset[str] = frozenset()
    passives: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    receivers: frozenset[str] = frozenset()
    givers: frozenset[str] = frozenset()
    exchanges: Mapping[str, tuple[str, bool]]
    partitives: frozenset[str] = frozenset()
    partitive_articles: frozenset[str] = frozenset()
    minus: frozenset[str] = frozenset()
    less: frozenset[str] = frozenset()
    age_endings: tuple[str, ...]
    parts_of: tuple[str, ...]
    senses: Forms[tuple[tuple[str, str], ...]]
    synonyms: Forms[tuple[str, ...]]

    @cached_property
    def counting(self) -> frozenset[str]:
        """The words that can be a part of a value, but for ordinals and numbers in one word."""
        phrases = [phrase for same in self.number_phrases.values() for phrase, _ in same]
        return frozenset().union(
            *(self.numbers, self.units, self.scales, self.fractions, self.minus, self.less),
            *(self.date_words, self.months_by_name, self.clock_words, self.clock_nouns),
            *(self.hour_nouns, [phrase[-1] for phrase in phrases]),
            *map(str.split, self.phrases_of_units),
        )

    def day_of(self, word: str) -> Day:
        """The weekday that a word names, or a day that it dates by itself."""
        weekday = self.weekdays.get(word)
        return Day(weekday=weekday) if weekday else Day(word=word)

    @property
    def spaced(self) -> bool:
        """Whether the words of this language stand apart from each other."""
        return self.language not in UNSPACED


# Norwegian is one language here in both written forms, Chinese whatever is spoken.
_SAME = {"nb": "no", "nn": "no", "nob": "no", "nno": "no", "cmn": "zh", "yue": "zh"}


def primary(tag: str) -> str:
    """The language of a tag, as its file is named: that of ``nb-NO`` is ``no``."""
    language = tag.replace("_", "-").split("-", 1)[0].lower()
    return _SAME.get(language, language)


@cache
def words_of(language: str | None) -> Words:
    """The words of a language, read once; of English for one that is not known or has no file."""
    if language not in LANGUAGES:
        return words_of(DEFAULT)
    import tomllib  # noqa: PLC0415 # slow to import, and needed once a language

    # importlib.resources is slow to load
    file = Path(__file__).with_name("words") / f"{language}.toml"
    # words are compared folded, and ß folds to ss
    entries = tomllib.loads(file.read_text(encoding="utf-8").replace("ß", "ss"))
    groups = {name: frozenset(text.split()) for name, text in entries.items() if isinstance(text, str)}
    dates = groups["months"] | groups.pop("days")
    facts = entries.get("facts", {})
    sets = {name: frozenset(text.split()) for name, text in facts.items() if isinstance(text, str)}
    noon, midnight = sets.pop("noon", frozenset()), sets.pop("midnight", frozenset())
    cardinals, ordinals = (
        _written_out().get((language, kind), {}) for kind in ("cardinals", "ordinals")
    )
    return Words(
        language=language,
        date_words=dates - groups.pop("also_other_words"),
        place_nouns_after=groups["place_nouns"] | groups.pop("place_nouns_after", frozenset()),
        function=groups.pop("function") | groups["tenses"] | groups["negations"] | groups["roughly"],
        denying_phrases=_by_last_word(entries.get("denying_phrases", ())),
        rough_phrases=_by_last_word(entries.get("rough_phrases", ())),
        hedge_ranks=_one_for_all(entries.get("same_hedges", ())),
        reporting=groups.pop("reporting", groups["attributions"]),
        headline_labels=frozenset(entries["headline_labels"]),
        verb_forms=_one_for_all(entries.get("verb_forms", ())),
        numbers={
            **{word: str(number) for word, number in cardinals.items() if " " not in word},
            **{word.casefold(): name for word, name in _units(entries["numbers"]).items()},
        },
        number_phrases=_phrases(cardinals),
        scales={word: int(scale) for word, scale in _units(entries.get("scales", {})).items()},
        units={**SIGNS, **_units(entries["units"])},
        phrases_of_units=facts.get("unit_phrases", {}),
        ordinals=Forms(
            {
                **{word: str(number) for word, number in ordinals.items()},
                **{word: str(number) for word, number in _numbered(facts, "ordinals")},
            }
        ),
        fractions={w: str(n + 1) for w, n in _numbered(facts, "fractions")},
        months_by_name=dict(_numbered(facts, "months")),
        weekdays=dict(_numbered(facts, "weekdays")),
        clock_words={**dict.fromkeys(noon, 12), **dict.fromkeys(midnight, 0)},
        parts_of_day={half: tuple(facts.get(half, ())) for half in ("mornings", "afternoons")},
        hour_endings=tuple(sets.pop("hour_endings", ())),
        age_endings=tuple(facts.get("age_endings", ())),
        parts_of=tuple(facts.get("parts_of", ())),
        minutes_before=facts.get("minutes_before", {}),
        minutes_behind=facts.get("minutes_behind", {}),
        named_centuries=facts.get("named_centuries", {}),
        decades=dict(_numbered(facts, "decades")),
        exchanges=_exchanges(facts.get("exchanges", ())),
        senses=Forms(_senses(entries.get("contrasts", {}))),
        synonyms=Forms(
            _gathered(
                [
                    (word, group)
                    for group in entries.get("synonyms", {}).get("groups", ())
                    for word in group.split()
                ]
            )
        ),
        **sets,
        **groups,
    )


def _gathered(pairs: Iterable[tuple[str, Value]]) -> dict[str, tuple[Value, ...]]:
    """Each word and all that it is paired with."""
    found: dict[str, tuple[Value, ...]] = {}
    for word, value in pairs:
        found[word] = (*found.get(word, ()), value)
    return found


def _by_last_word(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    parted = [phrase.rpartition(" ") for phrase in phrases]
    return _gathered([(last, f" {lead}") for lead, _, last in parted])


def _one_for_all(groups: Iterable[str]) -> dict[str, str]:
    """Each word of a group and the group, which stands for all its words."""
    return {word: group for group in groups for word in group.split()}


def _units(units: Mapping[str, Any]) -> dict[str, str]:
    return {word: unit for unit, words in units.items() for word in words.split()}


@cache
def _written_out() -> Mapping[tuple[str, str], Mapping[str, int]]:
    """The words for numbers by language and kind, as `tools/compile_numbers.py` made them."""
    lines = Path(__file__).with_name("words").joinpath("numbers.tsv").read_text(encoding="utf-8")
    found: dict[tuple[str, str], dict[str, int]] = {}
    for line in lines.splitlines():
        language, kind, listed = line.split("\t")
        pairs = [entry.rpartition("=") for entry in listed.split("|") if entry]
        found[language, kind] = {word: int(number) for word, _, number in pairs}
    return found


def _phrases(cardinals: Mapping[str, int]) -> dict[str, tuple[tuple[tuple[str, ...], int], ...]]:
    """The numbers of several words by their first one, the longest first."""
    phrases = [(tuple(phrase.split()), number) for phrase, number in cardinals.items()]
    longest_first = sorted(phrases, key=lambda one: -len(one[0]))
    return _gathered([(one[0][0], one) for one in longest_first if len(one[0]) > 1])


def _numbered(facts: Mapping[str, Any], name: str) -> Iterable[tuple[str, int]]:
    """The words of a list and their places in it, from 1."""
    for number, forms in enumerate(facts.get(name, ()), 1):
        for word in forms.split():
            yield word, number


def _exchanges(pairs: Iterable[str]) -> dict[str, tuple[str, bool]]:
    """Each verb of giving or taking, the name of its pair, and whether its subject gives."""
    found: dict[str, tuple[str, bool]] = {}
    for pair in pairs:
        giving, _, taking = pair.partition("|")
        for verbs, gives in ((giving, True), (taking, False)):
            found |= dict.fromkeys(verbs.split(), (giving.split()[0], gives))
    return found


def _senses(groups: Mapping[str, str]) -> dict[str, tuple[tuple[str, str], ...]]:
    """Each word and the senses that it has, as group and first word of the sense."""
    senses = [(group, sense.split()) for group, listed in groups.items() for sense in listed.split("|")]
    found = _gathered([(word, (group, forms[0])) for group, forms in senses for word in forms])
    stems = Forms({word: listed for word, listed in found.items() if word.endswith("*")})
    return {
        word: (*listed, *(stems.get(word) or ())) for word, listed in found.items()
    }  # in all groups
