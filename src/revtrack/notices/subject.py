"""What a sentence speaks of: the article's own text as the subject or object of a verb."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from revtrack.facts.vocabulary import words_of
from revtrack.notices.contrast import contrasts
from revtrack.notices.dates import date_run
from revtrack.notices.lexicon import Mark
from revtrack.notices.sentence import Sentence

__all__ = [
    "BESIDE",
    "CHANGES",
    "CLAUSE",
    "FAR",
    "FEW",
    "NEAR",
    "PAGE_PARTS",
    "RESUMES",
    "SUBJECT",
    "TIGHT",
    "WORDS",
    "is_attributed",
    "is_both",
    "is_in_piece",
    "is_reading",
    "moves_no_passage",
    "own_piece",
    "owner_of",
    "piece_changed",
    "pieces_here",
    "pieces_of",
    "sets_against",
    "speaks_of",
    "start_of",
    "undergoes",
]

# How far (characters) words that belong together may stand apart in a sentence: 2, 4, 10, 30 words.
TIGHT, BESIDE, NEAR, FAR = 12, 24, 60, 180
# A sentence begins with its subject when the subject stands within this many characters of its start.
SUBJECT = 45
# So many words of a class are looked at: a bound on the work for text that is no prose.
FEW = 4
# A verb closes its sentence when at most this many words follow it and its date.
_CLOSES = 2
# Between a piece and its verb a comma opens another clause when more words than this follow it.
RESUMES = 3
# The verbs of changing a text, and what makes a change of one an announcement: what for, why, when.
CHANGES = ("corrected", "changed", "updated", "clarify", "added")
_WHY = (
    *("purpose", "include", "reflect", "wrong", "wrongly", "clarify", "after", "misstated"),
    "apologise",
)
# What joins to a verb what a text was changed with or for.
_JOINTS = ("with", "include", "reflect", "purpose", "corrected")
# A page noun, its auxiliary and its verb in a script without spaces; so much may close its clause.
_AUXILIARY = 3
# The parts of a page beside its text.
PAGE_PARTS = ("headline", "caption", "byline")

# What is put in or taken out, the verbs that say so, and what is a passage of the text after all.
_ITEMS, _MOVED = ("media", "name"), ("removed", "replaced", "added", "include")
_PASSAGES = ("paragraph", "quote", "stated", "misstated", "wrong")

_BRACKETS = frozenset("([（【［")
CLAUSE = re.compile(r"[,;:،，；：]")
WORDS = re.compile(r"[^\W_]+")
# The ending of a verb that says what was done, to the end of its sentence, in scripts without spaces.
_DONE = re.compile(r"[^,;、，；。]{0,5}(?:た|了|했습니다|됐습니다|되었습니다)[。.」）) ]{0,3}")
# What parts a sentence into clauses, dashes included.
_CLAUSES = re.compile(r"[,;:–—،؛，；：、。]")
_SAID_BY = 40  # characters of a clause that says no more than who said it
# With one of these a clause speaks of the publication or its text …
_PUBLICATION = (
    *("earlier", "versions", "before", "originally", "we_stated", "telltale"),
    *("we", "own", "piece", "noun", "page", "part"),
)
# … and with one of these of an error in it.
_ERRORS = ("earlier", "originally", "misstated", "wrongly", "wrong", "corrected", "apologise", "piece")
_NEXT = re.compile(r" ([^\W\d_]+)")


def own_piece(s: Sentence) -> bool:
    """The publication's own text is named: *this article*, *our report*."""
    return s.has("piece") or s.then("own", "noun", 1) or s.then("own", "part", 1)


def pieces_of(s: Sentence) -> list[Mark]:
    """The words that name the publication's own text, in order: *article* of *this article*."""
    behind = {stop + gap for stop in [own.stop for own in s.of("own")] for gap in (0, 1)}
    named = [m for m in s.of("noun", "part") if m.start in behind]
    resent = [m for m in s.of("resent") if m.start <= 1 and _is_line(s, m)]
    shown = [m for m in pieces_here(s) if "noun" in m.classes and not s.has("published")]
    return sorted({*named, *s.of("piece"), *_opening_piece(s), *resent, *shown}, key=start_of)[:FEW]


def pieces_here(s: Sentence) -> list[Mark]:
    """The text that a sentence opens with and says to be here: *The recipe above*, *published here*."""
    ends, named = {m.stop for m in s.of("published")}, [*s.of("noun", "page")][:FEW]
    return [
        noun
        for noun in (named if s.has("here") else ())
        if len(WORDS.findall(s.folded[: noun.start])) <= 1
        for here in s.of("here")
        if 0 < here.start - noun.stop <= BESIDE and {noun.stop, *ends} & {here.start - 1, here.start}
    ]


def _is_line(s: Sentence, mark: Mark) -> bool:
    """As in *This version corrects A to B*; an agency's *Refiles to correct A to B* is no sentence."""
    bare = s.text.rstrip(" )")[-1:] not in ".!。"
    return (bare or " " in s.text[mark.start : mark.stop]) and sets_against(s)


def owner_of(s: Sentence, noun: Mark) -> Mark | None:
    """What makes a noun the publication's own: *our* before *report*."""
    return next((own for own in s.of("own") if 0 <= noun.start - own.stop <= 1), None)


def _opening_piece(s: Sentence) -> list[Mark]:
    """The *advisory* of a sentence that begins with *This advisory*: such nouns have other senses."""
    own = min(s.of("own"), key=start_of, default=None)
    if own is None or "we" in own.classes or WORDS.search(s.folded[: own.start]):
        return []
    near = [m for m in s.of("page") if 0 <= m.start - own.stop <= TIGHT]
    return [m for m in near if not _is_compound(s, m)]


def _is_compound(s: Sentence, noun: Mark) -> bool:
    """Whether another noun follows: *this bulletin board*; where compounds are written apart."""
    follows = (
        _NEXT.match(s.folded, noun.stop)
        if "open_compounds" in words_of(s.words.language).traits
        else None
    )
    if follows is None or any(m.start == follows.start(1) for group in s.marks.values() for m in group):
        return False
    function = words_of(s.words.language).function
    return follows.group(1) not in function and not follows.group(1).endswith("ly")


def moves_no_passage(inside: Iterable[Sentence]) -> bool:
    """Whether all that was put in or taken out is a picture, a film, a link, or a name.

    *A photograph has been removed from this article* says nothing of a paragraph.
    """
    moving = [s for s in inside if s.has(*_MOVED)]
    return bool(moving) and all(
        any(s.near(item, verb, NEAR) for item in _ITEMS for verb in _MOVED) and not s.has(*_PASSAGES)
        for s in moving
    )


def speaks_of(s: Sentence, *classes: str) -> bool:
    """The sentence begins with a published thing: *An article on Sunday …*, *A picture caption …*."""
    return any(m.start <= SUBJECT for m in s.of(*classes))


def sets_against(s: Sentence) -> bool:
    """Whether a sentence sets a wrong text against a right one: *from A to B*, *A and not B*."""
    kinds = ("changed", "contrast", "instead", "loose", "from_to")
    return any(said and says for said, says in contrasts([s], kinds))


def is_in_piece(s: Sentence) -> bool:
    """*An error had slipped into this article*: one clause, which begins with the error."""
    return any(
        0 < piece.start - wrong.stop <= NEAR and not CLAUSE.search(s.folded, wrong.stop, piece.start)
        for wrong in [*s.of("wrong")][:FEW]
        for piece in pieces_of(s)
        if wrong.start <= TIGHT
    )


def is_both(s: Sentence, one: str, other: str) -> bool:
    """Whether one phrase is of both classes: *original headline*, *originally had*."""
    return any(other in mark.classes for mark in s.of(one))


def is_reading(s: Sentence) -> bool:
    """*Where it said A, read B*: such words are everyday ones without a wrong text beside them."""
    first = min([m.start for m in s.of("reads")], default=None)
    if first is None:
        return False
    said = [m for m in s.of("stated", "we_stated") if m.start < first or not s.dense]
    return bool(said) or s.has(*_ERRORS) or sets_against(s)


def is_attributed(s: Sentence, *, closing: bool = False) -> bool:
    """Whether somebody else says so: a clause with a verb of saying and no word of the publication.

    *closing* looks at a short last clause only: *We made a mistake, the coach said*.
    """
    facts, start = words_of(s.words.language), 0
    for clause in _CLAUSES.split(s.text):
        stop = start + len(clause)
        if closing and (not start or stop < len(s.text) or stop - start > _SAID_BY):
            start = stop + 1
            continue
        run = WORDS.findall(clause.casefold()) if not s.dense else ()
        said = any(map(clause.__contains__, facts.attributions)) if s.dense else False
        said = said or not facts.attributions.isdisjoint(run)
        if said and not any(start <= m.start < stop for m in s.of(*_PUBLICATION)):
            return True
        start = stop + 1
    return False


def piece_changed(s: Sentence) -> bool:
    """As in *This story has been updated to include …*, *We have corrected a name in this post*.

    The whole act of speech is asked for: the piece, what was done to it, and what for, why or when.
    """
    told = sorted({*s.of(*CHANGES)}, key=start_of)[: 2 * FEW]
    denials = words_of(s.words.language).negations  # *wir haben den Text nicht bearbeitet*
    verbs = [m for m in told if denials.isdisjoint(s.folded[: m.start].split()[-1:])]
    if (told and not verbs) or any(s.then("future", verb, BESIDE) for verb in CHANGES):
        return False
    reach = NEAR if s.has("we", "we_stated") else BESIDE
    pieces = pieces_of(s) or _parts_in_front(s, verbs)
    opens = any(not WORDS.search(s.folded[: m.start]) for m in (*verbs, *s.of("after")))
    ours = opens or pieces or s.is_dated or s.has("we", *PAGE_PARTS, "name", "number", "date", "quote")
    if (ours and any(s.near("after", verb, reach) for verb in CHANGES)) or _is_elliptic(s, verbs):
        return True
    if any(
        undergoes(s, piece, verb) and _is_complete(s, piece, verb) for piece in pieces for verb in verbs
    ):
        return True
    if s.has("we") and s.near("noun", "completed", NEAR) and s.near("we", "noun", BESIDE):
        return True
    return not pieces and any(_any_piece(s, verb) for verb in verbs)


def _is_elliptic(s: Sentence, verbs: Sequence[Mark]) -> bool:
    """As in *Article updated at 2 pm with the mayor's reply*, *Updated to add a map*.

    The sentence has no article and no copula: it begins with the noun of the page and what was done to
    it, or with that alone, and what it was done with or for stands behind it and its date.
    """
    noun = next((m for m in s.of("noun") if not WORDS.search(s.folded[: m.start])), None)
    start = noun.stop if noun else 0
    verb = next((m for m in verbs if m.start >= start), None)
    if verb is None or ({*verb.classes} & {*CHANGES} <= {"added"} and "completed" not in verb.classes):
        return False
    before = s.folded[start : verb.start]
    if s.dense and noun is None:  # ※…を更新しました。
        set_off = s.folded[:1] == "※" or (s.folded[:1] in "(（" and s.is_dated)
        return set_off and any(_DONE.fullmatch(s.folded, m.stop) for m in verbs)
    if s.dense:
        behind = CLAUSE.split(s.folded[verb.stop :].rstrip("。 "))[0]
        return 1 <= len(before) <= _AUXILIARY >= len(behind)
    if WORDS.search(before):
        return False
    if noun is None and (
        not s.first
        or {"updated", "completed"}.isdisjoint(verb.classes)
        or CLAUSE.search(s.folded, verb.stop)
    ):
        return False
    run, dated = date_run(s.folded, verb.stop, s.words)
    if noun is not None and not (dated or s.is_dated) and CLAUSE.search(s.folded, verb.stop):
        return False  # *Profile updated with a new picture, the actor told fans*
    if noun is not None and "completed" in verb.classes:
        return True
    if s.is_dated and any(0 <= m.start - verb.stop <= 1 for m in s.of("throughout")):
        return True
    if "completed" in verb.classes and " " in s.folded[verb.start : verb.stop]:
        return True  # expanded with
    if noun is not None and s.is_dated and "earlier" in s.later:
        return True  # *Artikeln ändrades den 4 april. I en tidigare version …*
    reach = NEAR if dated or s.is_dated else 0
    joint = min([m.start for m in s.of(*_JOINTS) if m.start >= verb.stop], default=None)
    return joint is not None and joint <= max(run + 1, verb.stop + reach)


def _parts_in_front(s: Sentence, verbs: Sequence[Mark]) -> list[Mark]:
    """The headline, byline or caption that a sentence begins with, before its verb or after *we*.

    So does a paragraph behind *we*.
    """
    stop = SUBJECT if s.has("we") or s.dense else min([m.start for m in verbs], default=0)
    more = [*(["caption"] if s.has("corrected") else []), *(["paragraph"] if s.has("we") else [])]
    named = sorted(s.of("headline", "byline", *more), key=start_of)[:FEW]
    return named if named and named[0].start < min(stop, SUBJECT) else []


def undergoes(s: Sentence, piece: Mark, verb: Mark) -> bool:
    """Whether the *verb* says what was done to the *piece*, in either order and in one clause."""
    near = NEAR // 3 if s.dense else NEAR
    if piece.stop > verb.start:
        between = s.folded[verb.stop : piece.start]
        return verb.stop <= piece.start and len(between) <= near and not CLAUSE.search(between)
    between = s.folded[piece.stop : verb.start]
    others = ("enacted",) if "corrected" in verb.classes else ("enacted", "we")
    if len(between) > 2 * near or _stands_between(s, piece, verb, *others):
        return False
    tail = CLAUSE.split(between)[-1]
    if tail == between:
        return len(between) <= near
    opens = not WORDS.search(s.folded[: (owner_of(s, piece) or piece).start])
    resumes = len(WORDS.findall(tail)) < RESUMES
    return opens and resumes and not _stands_between(s, piece, verb, "we")


def _stands_between(s: Sentence, piece: Mark, verb: Mark, *classes: str) -> bool:
    """Whether another subject stands between: *In this article we show how the law was changed*."""
    return any(piece.stop <= m.start < verb.start for m in s.of(*classes))


def _is_complete(s: Sentence, piece: Mark, verb: Mark) -> bool:
    """Whether it says why, what for or when a text was changed, or nothing else at all."""
    mended = any(verb.stop < m.start <= verb.stop + NEAR for m in s.of("corrected"))
    everywhere = any(abs(m.start - verb.stop) <= TIGHT for m in s.of("throughout"))
    told = not {"right", "completed"}.isdisjoint(verb.classes)
    if mended or everywhere or told or s.has(*_WHY) or s.is_dated or sets_against(s):
        return True
    after = max(verb.stop, piece.stop)
    if s.has("we") and any(m.start > after for m in s.of("stated")):
        return True  # *We have changed the headline, which said …*
    run, _ = date_run(s.folded, after, s.words)
    rest = CLAUSE.split(s.folded[run:], maxsplit=1)[0] if ":" in s.folded[run:] else s.folded[run:]
    return len(WORDS.findall(rest)) <= _CLOSES or (s.dense and piece.stop <= verb.start)


def _any_piece(s: Sentence, verb: Mark) -> bool:
    """Any noun: *This dossier was updated on 3 May 2021 to add a map*; a law or a house is no text."""
    own = min((m for m in s.of("own") if m.start <= TIGHT), key=start_of, default=None)
    if own is None or not s.is_dated:
        return False
    bracketed = s.text.lstrip(" *")[:1] in _BRACKETS
    if not (bracketed or (s.first and s.has("purpose", "include", "after"))):
        return False
    between = s.folded[own.stop : verb.start]
    if own.stop > verb.start or len(between) > NEAR or CLAUSE.search(between):
        return False
    return not any(own.stop <= m.start < verb.start for m in s.of("enacted"))


def start_of(mark: Mark) -> int:
    """Where a mark begins, for sorting."""
    return mark.start
