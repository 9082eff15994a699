"""The words that the rules of `nature` look for: one readable data file per language.

``words/<language>.toml`` lists words by what they do in a sentence: what denies, hedges, reports,
counts, dates. ``docs/how-to/add-a-language.md`` explains the groups to their writers. A word that is
missing in a file only makes a verdict less specific.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import attrs

from revtrack.model import Article
from revtrack.notices.language import choose

__all__ = ["DEFAULT", "SIGNS", "UNSPACED", "Words", "spoken", "words_of"]

SIGNS = {"%": "%", **{sign: sign for sign in "$€£¥₹₽₩½¼¾"}}
"""Signs that say what a number counts, in every language."""

UNSPACED = frozenset({"ja", "zh", "ko"})
"""Languages whose words do not stand apart or carry particles: their lists are looked for as parts."""

DEFAULT = "en"
"""Whose words are used where an article's language is not known or has no list."""


@attrs.frozen(eq=False)
class Words:
    """The words of one language, in lower case.

    `denying_phrases` maps the last word of a phrase that denies (*all but*) to what stands before it.
    `function` holds all words that carry no content of their own. `reporting` are the attributions
    that are nothing else; `verb_forms` gives all irregular forms of a verb one name, `hedge_ranks` all
    hedges that mean the same. `numbers` maps a word to its value, `units` a word to the sign or name of
    what it counts. `headline_labels` are phrases at the ends of headlines that say what kind of page it
    is (*live*, *video*); `credit_acts` name what people did for an article, `credit_links` join them to
    their names. `date_words` leaves out those that are other words as well, such as *May*.
    """

    language: str
    negations: frozenset[str]
    denying_phrases: Mapping[str, tuple[str, ...]]
    hedges: frozenset[str]
    hedge_ranks: Mapping[str, str]
    roughly: frozenset[str]
    attributions: frozenset[str]
    reporting: frozenset[str]
    verb_forms: Mapping[str, str]
    tenses: frozenset[str]
    function: frozenset[str]
    joining: frozenset[str]
    headline_labels: frozenset[str]
    credit_acts: frozenset[str]
    credit_links: frozenset[str]
    months: frozenset[str]
    date_words: frozenset[str]
    hours: frozenset[str]
    year_leads: frozenset[str]
    titles: frozenset[str]
    place_leads: frozenset[str]
    place_nouns: frozenset[str]
    place_nouns_after: frozenset[str]
    numbers: Mapping[str, str]
    units: Mapping[str, str]

    @property
    def spaced(self) -> bool:
        """Whether the words of this language stand apart from each other."""
        return self.language not in UNSPACED


def spoken(article: Article) -> str:
    """The language by whose words an article is judged: its own if there is a list, else English.

    An article that does not say its language is asked for its most common words.
    """
    return _chosen(article.language, article.text or article.headline or "") or DEFAULT


@lru_cache(maxsize=2)  # each edit of an article asks
def _chosen(language: str | None, text: str) -> str | None:
    return choose(language, text)


@cache
def words_of(language: str) -> Words:
    """The words of a language that `spoken` names, read once."""
    import tomllib  # noqa: PLC0415 # slow to import, and needed once a language

    # importlib.resources is slow to load
    file = Path(__file__).with_name("words") / f"{language}.toml"
    entries = tomllib.loads(file.read_text(encoding="utf-8"))
    groups = {name: frozenset(text.split()) for name, text in entries.items() if isinstance(text, str)}
    dates = groups["months"] | groups.pop("days")
    return Words(
        language=language,
        date_words=dates - groups.pop("also_other_words"),
        place_nouns_after=groups["place_nouns"] | groups.pop("place_nouns_after", frozenset()),
        function=groups.pop("function") | groups["tenses"] | groups["negations"] | groups["roughly"],
        denying_phrases=_by_last_word(entries.get("denying_phrases", ())),
        hedge_ranks=_one_for_all(entries.get("same_hedges", ())),
        reporting=groups.pop("reporting", groups["attributions"]),
        headline_labels=frozenset(entries["headline_labels"]),
        verb_forms=_one_for_all(entries.get("verb_forms", ())),
        numbers=entries["numbers"],
        units={**SIGNS, **_units(entries["units"])},
        **groups,
    )


def _by_last_word(phrases: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for phrase in phrases:
        lead, _, last = phrase.rpartition(" ")
        found[last] = (*found.get(last, ()), f" {lead}")
    return found


def _one_for_all(groups: Iterable[str]) -> dict[str, str]:
    """Each word of a group and the group, which stands for all its words."""
    return {word: group for group in groups for word in group.split()}


def _units(units: Mapping[str, Any]) -> dict[str, str]:
    return {word: unit for unit, words in units.items() for word in words.split()}
