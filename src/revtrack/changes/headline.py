"""Headline: like is compared with like, the variant that a reader sees first, then all others."""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs

from revtrack import text
from revtrack.changes.edit import Edit
from revtrack.changes.kinds import HeadlineChanged, Nature, VariantChanged
from revtrack.changes.nature import Verdict, judge
from revtrack.changes.words import WORD, key, spoken, words_in
from revtrack.diff import TextOp
from revtrack.diff import text as word_ops
from revtrack.extract.headlines import letters_of, without_site
from revtrack.facts.names import names
from revtrack.facts.vocabulary import words_of
from revtrack.model import Article, Headline, HeadlineSource

__all__ = ["TOLD", "headline_change"]

TOLD = (
    HeadlineSource.GIVEN,
    HeadlineSource.H1,
    HeadlineSource.OPEN_GRAPH,
    HeadlineSource.JSON_LD,
    HeadlineSource.TWITTER,
    HeadlineSource.TITLE,
    HeadlineSource.ALTERNATIVE,
)
"""From the most visible variant to the least: the first that both articles have and that differs
is the one whose change is told. A `<title>` is asked only when the articles share nothing better,
because sites put counters and slogans there; the words of an address never, because a new address is
a change of the address."""

_BETTER_THAN_TITLE = TOLD[: TOLD.index(HeadlineSource.TITLE)]
_SLUG = HeadlineSource.SLUG
# The words of an address have no capitals or signs to judge them by, and state no facts.
_ADDRESS = Verdict(Nature.METADATA, False, "address")
# Variants whose change alone makes no change of the headline one of substance.
_LIGHT = frozenset([HeadlineSource.TITLE, _SLUG])
# Variants that do not say what the headline is, when the articles share nothing else.
_BESIDE = frozenset([HeadlineSource.ALTERNATIVE, _SLUG])
_ON_PAGE = frozenset([HeadlineSource.GIVEN, HeadlineSource.H1])
# What stands between a title and the site's name or slogan, and nowhere in a sentence.
_BARS = "|｜·•»"
# The least share of a title before a bar that is its headline (range .3 to .5): a site's name in front
# of one has less.
_SAID = 0.4
# How many labels a headline has at its ends, at most (*LIVE: … – latest updates (video)*).
_MOST_LABELS = 4
# A label at an end: in brackets, or up to a sign that parts it from the headline.
_LABEL_FIRST = re.compile(
    r"[\[(【（［<＜]?(?P<label>[^\])】）］>＞:：|｜–—]{1,30})(?:[\])】）］>＞:：|｜–—]|\s-\s)\s*"
)
_LABEL_LAST = re.compile(
    r"\s*(?:\s-\s|[\[(【（［<＜:：|｜–—,•])\s*(?P<label>[^\[(【（［<＜:：|｜–—,•]{1,30}?)[\])】）］>＞]?\Z"
)


def headline_change(old: Article, new: Article) -> HeadlineChanged | None:
    """Compare two headlines, None where they read the same or neither article has one."""
    if old.headlines == new.headlines and old.headline == new.headline:
        return None
    old_variants, new_variants = _variants(old), _variants(new)
    sites = frozenset([letters_of(name) for name in (old.publisher, new.publisher) if name])
    both = old_variants.keys() & new_variants.keys()
    shared = [source for source in (*TOLD, _SLUG) if source in both]
    if both <= _BESIDE:
        return _came_or_went(old, new)
    aside = {_SLUG} if both.isdisjoint(_BETTER_THAN_TITLE) else _LIGHT
    differ = [
        source
        for source in shared
        if not _reads_same(old_variants[source], new_variants[source], source, sites)
    ]
    first = next((source for source in differ if source not in aside), None)
    if first is None:
        return None
    sources = [first, *[source for source in differ if source is not first]]
    return _changed([(one, old_variants[one], new_variants[one]) for one in sources], old, new)


def _variants(article: Article) -> dict[HeadlineSource, str]:
    variants = {variant.source: variant.text for variant in reversed(article.headlines)}
    if not variants and article.headline:
        variants[HeadlineSource.GIVEN] = article.headline
    return variants


def _reads_same(old: str, new: str, source: HeadlineSource, sites: frozenset[str]) -> bool:
    """Whether two forms of one variant say the same.

    What is not on the page may have the site's name in one capture and not in the other, and a title
    a counter before it or another slogan behind it.
    """
    if old == new or text.fold(old) == text.fold(new):
        return True
    if source in _ON_PAGE:
        return False
    bare = [without_site(side, [], sites) for side in (old, new)]
    if source is HeadlineSource.TITLE:
        bare = [_without_slogan(_without_counter(side)) for side in bare]
    return text.fold(bare[0]) == text.fold(bare[1])


def _without_counter(title: str) -> str:
    """*title* without the number of messages in brackets that scripts put before it."""
    counter, bracket, rest = title.partition(") ")
    return rest if bracket and counter[:1] == "(" and counter[1:].rstrip("+").isdigit() else title


def _without_slogan(title: str) -> str:
    """*title* up to its last bar, where enough of it stands before that to be the headline."""
    place = max([title.rfind(bar) for bar in _BARS])
    return title[:place].rstrip() if place >= _SAID * len(title) else title


def _came_or_went(old: Article, new: Article) -> HeadlineChanged | None:
    """No variant in common: told only where one side has no headline at all, or other words."""
    if old.headline and new.headline:
        if text.fold(old.headline) == text.fold(new.headline):
            return None
        change = _changed([(_source(new.headlines), old.headline, new.headline)], old, new)
        return attrs.evolve(change, variants=())
    if not old.headline and not new.headline:
        return None
    verdict = Verdict(Nature.CONTENT, True, "came" if new.headline else "went")
    source = _source(new.headlines if new.headline else old.headlines)
    return HeadlineChanged(
        old=old.headline, new=new.headline, source=source, **verdict.fields("headline")
    )


def _source(headlines: tuple[Headline, ...]) -> HeadlineSource:
    return headlines[0].source if headlines else HeadlineSource.GIVEN


def _changed(
    found: list[tuple[HeadlineSource, str, str]], before: Article, after: Article
) -> HeadlineChanged:
    """The change of the first variant in *found*, with all of them."""
    words = [(old, new) for source, old, new in found if source is not _SLUG]
    pairs = dict.fromkeys([found[0][1:], *words])
    known = _names(pairs, before) | _names(pairs, after)
    judged = {pair: _judged(*pair, spoken(after), known) for pair in pairs}
    variants = tuple(
        [
            VariantChanged(
                source=source,
                old=old,
                new=new,
                rule=f"headline.{verdict.rule}",
                nature=verdict.nature,
                substantive=verdict.substantive,
                ops=ops,
            )
            for source, old, new in found
            for verdict, ops in [
                (_ADDRESS, word_ops(old, new)) if source is _SLUG else judged[old, new]
            ]
        ]
    )
    first = variants[0]
    verdict, ops = judged[first.old, first.new]
    weighed = [one for one in variants if one is first or one.source not in _LIGHT]
    weight = {"substantive": any(one.substantive for one in weighed)}
    return HeadlineChanged(
        old=first.old,
        new=first.new,
        source=first.source,
        ops=ops,
        variants=variants,
        **verdict.fields("headline") | weight,
    )


def _judged(
    old: str, new: str, language: str, known: frozenset[str]
) -> tuple[Verdict, tuple[TextOp, ...]]:
    ops, labels = word_ops(old, new), words_of(language).headline_labels
    bare = [_without_labels(side, labels) for side in (old, new)]
    if bare[0] == bare[1]:
        return Verdict(Nature.FORMAT, False, "label"), ops
    return judge(Edit(old, new, ops, language=language, known=known), terse=True), ops


def _names(headlines: Iterable[tuple[str, str]], article: Article) -> frozenset[str]:
    """The first words of changed *headlines* that are parts of names in the text of *article*."""
    words = words_of(spoken(article))
    firsts = [[(WORD.search(side) or [""])[0] for side in pair] for pair in headlines]
    changed = {word for one, other in firsts if one != other for word in (one, other)}
    asked = {word for word in changed if word[:1].isupper() and key(word) not in words.function}
    left = set(asked)
    for block in article.blocks if asked else ():
        if any(word in block.text for word in left):  # to read a text for names takes its time
            named = [fact.span.of(block.text) for fact in names(block.text, words)]
            left.difference_update([word for name in named for word in words_in(name)])
    return frozenset(asked - left)


def _without_labels(headline: str, labels: frozenset[str]) -> str:
    """*headline*, folded, without the labels that a sign parts from its beginning and its end."""
    words = text.fold(headline).casefold().strip()
    for _ in range(_MOST_LABELS):
        first, last = _LABEL_FIRST.match(words), _LABEL_LAST.search(words)
        if first is not None and first["label"].strip() in labels:
            words = words[first.end() :]
        elif last is not None and last["label"].strip() in labels:
            words = words[: last.start()]
        else:
            break
    return words.strip()
