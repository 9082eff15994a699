"""Names of people, bodies and places, as values that other forms of the name are found by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from revtrack.facts.kinds import Fact, FactKind, Named
from revtrack.facts.pieces import Piece, pieces, unaccented
from revtrack.facts.vocabulary import Words
from revtrack.model import Span

__all__ = ["PARTICLES", "begins_sentence", "compatible", "names"]

_OPENING = ".!?:…•*–—"
_LOOK_BACK = 8
"""How many characters before a word tell whether it begins a sentence (marks and quotes in a row)."""
PARTICLES = frozenset(
    {"de", "la", "van", "von", "der", "den", "al", "el", "bin", "ibn"}
    | {"di", "da", "del", "dos", "du", "le"}
)
"""Small words inside a name."""
_SMALL_WORDS = 2  # so many of them in a row: *von der Heide*
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]+(?:・[\u30a1-\u30fa\u30fc]+)+")
_NUMERAL = re.compile("[IVX]{1,5}")
_SURNAME = re.compile(r"[^\W\d_]{1,4}$")


def names(text: str, words: Words) -> Iterator[Fact]:
    """The names of *text*: runs of capitalised words; one word alone only inside a sentence.

    Where every noun has a capital (German), and in scripts without capitals, a title or a second
    capitalised word must say that it is one.
    """
    if not words.spaced:
        yield from _unspaced(text, words)
        return
    run = pieces(text)
    at = 0
    while at < len(run):
        stop = _run_of_capitals(text, run, at, words)
        if stop > at:
            yield from _named(text, run, at, stop, words)
        at = max(at + 1, stop)


def _run_of_capitals(text: str, run: Sequence[Piece], at: int, words: Words) -> int:
    """Where the name that begins at *at* ends; *at* itself where none does."""
    titled = run[at].key in words.titles
    if not _capital(run[at]) and not titled:
        return at
    stop = at + 1
    if titled and stop < len(run) and run[stop].text.lower() == run[stop].text.upper():
        return stop + (run[stop].kind == "word")  # a script without capitals
    while stop < len(run):
        gap = text[run[stop - 1].stop : run[stop].start]
        initial = len(run[stop - 1].text) == 1 or run[stop - 1].key in words.titles
        if gap not in {" ", "\u00a0", "-"} and not (initial and gap in {". ", ".", ".\u00a0"}):
            break
        if _capital(run[stop]):
            stop += 1
            continue
        behind = next((n for n in range(stop, len(run)) if run[n].key not in PARTICLES), len(run))
        if behind in {stop, len(run)} or behind - stop > _SMALL_WORDS or not _capital(run[behind]):
            break
        stop = behind + 1
    return stop if any(map(_capital, run[at:stop])) else at


def _capital(piece: Piece) -> bool:
    return piece.kind == "word" and piece.text[0].isupper()


def _named(text: str, run: Sequence[Piece], at: int, stop: int, words: Words) -> Iterator[Fact]:
    parts = list(run[at:stop])
    if begins_sentence(text, parts[0].start) and len(parts) > 1:
        first = parts[0].key
        parts = parts[first in words.function or bool(words.senses.get(first)) :]
    title = parts[0].key if parts[0].key in words.titles else ""
    rest = [part for part in parts if part.key not in words.titles] if title else parts
    while len(rest) > 1 and _NUMERAL.fullmatch(rest[-1].text):
        rest = rest[:-1]
    if not rest or not _is_name(text, rest, title, words):
        return
    span = Span(parts[0].start, parts[-1].stop)
    value = Named(unaccented(rest[-1].key), tuple([unaccented(part.key) for part in rest[:-1]]), title)
    place = at > 0 and run[at - 1].key in words.place_leads | words.place_nouns
    place = place or (stop < len(run) and run[stop].key in words.place_nouns_after)
    place = place and not title and not words.months_by_name.get(rest[-1].key)
    yield Fact(FactKind.PLACE if place else FactKind.NAME, value, span)


def _is_name(text: str, parts: Sequence[Piece], title: str, words: Words) -> bool:
    first = parts[0]
    if title:
        return True
    if len(parts) == 1:
        if (
            first.key in words.function
            or first.key in words.date_words
            or first.key in words.months_by_name
        ):
            return False
        several = sum(map(str.isupper, first.text)) > 1
        return several or (
            "capital_nouns" not in words.traits and not begins_sentence(text, first.start)
        )
    return "capital_nouns" not in words.traits or any(  # a hyphen joins the nouns of a compound
        _capital(a) and _capital(b) and text[a.stop] != "-" for a, b in pairwise(parts)
    )


def begins_sentence(text: str, at: int) -> bool:
    """Whether a sentence begins here, so that a capital says nothing."""
    lead = text[max(0, at - _LOOK_BACK) : at].rstrip(" \t\n\"'“‘«„([")
    return not lead or lead[-1] in _OPENING


def _unspaced(text: str, words: Words) -> Iterator[Fact]:
    for match in _KATAKANA.finditer(text):
        given, _, surname = match.group().rpartition("・")
        yield Fact(FactKind.NAME, Named(surname, tuple(given.split("・"))), Span(*match.span()))
    for title in words.titles:
        place = text.find(title)
        while place > 0:
            found = _SURNAME.search(text[max(0, place - 4) : place].rstrip())
            if found:
                start = place - len(text[max(0, place - 4) : place]) + found.start()
                yield Fact(
                    FactKind.NAME, Named(found.group(), (), title), Span(start, place + len(title))
                )
            place = text.find(title, place + 1)


def compatible(one: Named, other: Named) -> bool:
    """Whether two names can be those of one person: *Mr. Reed* and *Tomas Reed*, *T. Reed* too."""
    if one.surname != other.surname:
        return False
    if not one.given or not other.given:
        return True
    a, b = one.given[0], other.given[0]
    return a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))
