"""Giving a text up: a sentence says that the article was retracted, withdrawn, moved, or closed."""

from __future__ import annotations

from revtrack.facts.vocabulary import words_of
from revtrack.notices.lexicon import Mark
from revtrack.notices.sentence import Sentence
from revtrack.notices.subject import (
    BESIDE,
    CLAUSE,
    FEW,
    NEAR,
    RESUMES,
    TIGHT,
    WORDS,
    is_both,
    own_piece,
    owner_of,
    pieces_of,
    speaks_of,
    start_of,
    undergoes,
)

# What a verb that closes its sentence may be said of, or what was done besides.
_OTHER = frozenset(
    {"paragraph", "quote", "name", "number", "date", "media", "headline", "caption", "byline", "part"}
    | {
        "that",
        "other",
        "enacted",
        "stated",
        "we_stated",
        "corrected",
        "updated",
        "added",
        "include",
        "changed",
    }
)

__all__ = ["is_gone", "own_retraction", "stands_elsewhere"]


def own_retraction(s: Sentence) -> bool:
    """As in *This article has been retracted*, *This page was published in error*."""
    if s.has("concern") and (s.has("we") or own_piece(s)):
        return True
    pieces = pieces_of(s)
    retracts = [*s.of("retract")][:FEW]
    if any(undergoes(s, piece, verb) for piece in pieces for verb in retracts):
        return True
    if is_gone(s) or (s.then("retract", "own", 1) and s.then("own", "page", 2)):
        return True
    if retracts:
        return (s.has("we") and s.near("noun", "retract", BESIDE)) or (
            speaks_of(s, "noun") and s.then("noun", "retract", BESIDE)
        )
    page = s.then("own", "page", 2) or any(not m.start for m in s.of("page"))  # *Sidan*: it is suffixed
    gone = max([m.stop for m in s.of("withdraw", "removed")], default=0)
    reason = any(0 <= m.start - gone <= 2 for m in s.of("purpose"))
    noun = (
        gone
        and (reason or not CLAUSE.search(s.folded, gone))
        and any(len(WORDS.findall(s.folded[: m.start])) <= 1 for m in s.of("noun"))
    )
    return bool(page or noun) and _published_wrongly(s) and not _says_what(s)


def is_gone(s: Sentence) -> bool:
    """Whether the whole text is given up: *This article was removed*, *This page has moved to …*."""
    verbs = [m for m in s.of("withdraw", "removed", "elsewhere") if "purpose" not in m.classes]
    untimely = _published_wrongly(s) and not _says_what(s)
    if not untimely and s.has("wrongly", "misstated"):
        return False  # *This article wrongly …* is about a word of it
    pieces = pieces_of(s)
    return any(
        any(_given_up(s, piece, verb) for verb in verbs[: 2 * FEW])
        or (untimely and any(_adjoins(s, piece, verb) for verb in [*s.of("published")][:FEW]))
        for piece in [*pieces, *_piece_here(s)]
    )


def _given_up(s: Sentence, piece: Mark, verb: Mark) -> bool:
    """Whether *verb* is said of the *piece*: the sentence opens with it, or *we* withdrew it."""
    owner, facts = owner_of(s, piece) or piece, words_of(s.words.language)
    if verb.stop <= piece.start:
        opens = "verb_first" in facts.traits and len(WORDS.findall(s.folded[: verb.start])) < RESUMES
        return (opens or s.has("we")) and owner.start - verb.stop <= 1
    between = s.folded[piece.stop : verb.start]
    if any(piece.stop <= m.start < verb.start for m in s.of("purpose")):
        between = CLAUSE.split(between)[-1]  # *本文因内容失实，已撤下*
    if "here" in piece.classes:
        return len(between) <= NEAR and not CLAUSE.search(between)
    before = len(WORDS.findall(s.folded[: owner.start]))
    if s.has("we") and before and (s.dense or before <= RESUMES):
        return len(between) <= 1  # *編集部は、…この記事を取り下げました*
    if before or CLAUSE.search(between):
        return False
    if s.dense:
        return len(between) <= FEW
    run = WORDS.findall(between)
    helpers = facts.tenses | facts.passives  # the verb has one, or two as in *has been*
    helped = bool(run) and run[0] in helpers and helpers.isdisjoint(run[1:-1])
    if helped and not WORDS.search(s.folded, verb.stop):  # *wurde auf Wunsch der Familie gelöscht*
        return len(between) <= NEAR and not _names_another(s, piece, verb)
    return len(run) < RESUMES


def _names_another(s: Sentence, piece: Mark, verb: Mark) -> bool:
    """Whether something else is between that may be given up, or that was done to the piece."""
    inside = [m for group in s.marks.values() for m in group if piece.stop <= m.start < verb.start]
    joined = words_of(s.words.language).joining
    return any(_OTHER.intersection(m.classes) for m in inside) or not joined.isdisjoint(
        WORDS.findall(s.folded[piece.stop : verb.start])
    )


def _piece_here(s: Sentence) -> list[Mark]:
    """The place of a text that a sentence opens with: *An article that appeared here …*."""
    if _says_what(s) or not s.has("published"):
        return []
    nouns = [m for m in s.of("noun") if len(WORDS.findall(s.folded[: m.start])) <= 1]
    behind = [m for m in s.of("here") if nouns and 0 <= m.start - nouns[0].stop <= BESIDE]
    first = [m for m in s.of("here") if not m.start and s.near("here", "noun", TIGHT)]
    return [*behind, *first][:1]


def _published_wrongly(s: Sentence) -> bool:
    """*Published in error*, *went live before it was ready*; some languages have one word for it."""
    return any(
        is_both(s, "published", how)
        or any(
            second.start - first.stop <= BESIDE
            and not CLAUSE.search(s.folded, first.stop, second.start)
            for verb in [*s.of("published")][:FEW]
            for mark in [*s.of(how)][:FEW]
            for first, second in [sorted((verb, mark), key=start_of)]
        )
        for how in ("wrongly", "untimely")
    )


def _adjoins(s: Sentence, piece: Mark, verb: Mark) -> bool:
    """Whether the *piece* is subject or object of the *verb* as the sentence opens."""
    first, second = sorted((owner_of(s, piece) or piece, verb), key=start_of)
    between = s.folded[min(piece.stop, verb.stop) : second.start]
    if s.dense:
        return len(between) <= 2 * FEW and not CLAUSE.search(between)
    words = len(WORDS.findall(between))
    if "here" in piece.classes and not piece.start:
        return words <= 2 * RESUMES  # *An dieser Stelle stand ein Text, der …*
    opens = "here" in piece.classes or len(WORDS.findall(s.folded[: first.start])) < RESUMES
    return opens and (not words or (words <= RESUMES and not CLAUSE.search(between)))


def _says_what(s: Sentence) -> bool:
    """Whether it says what the text said; a verb of publishing and its auxiliary do not."""
    starts = [m.start for m in s.of("published")][:FEW]
    if s.has("misstated") or any(m.start > at for m in s.of("that") for at in starts[:1]):
        return True
    return any(
        {"published", "noun"}.isdisjoint(m.classes)
        and not any(0 <= at - m.stop <= 1 for at in starts)
        and not any(not here.start and m.start - here.stop <= 1 for here in s.of("here"))
        for m in s.of("stated")
    )


def stands_elsewhere(s: Sentence) -> bool:
    """Whether it says that a page without other text is closed, or its text found elsewhere."""
    spans = [
        sorted((piece, verb), key=start_of)
        for piece in pieces_of(s)
        for verb in [*s.of("withdraw", "removed", "elsewhere", "closed")][: 2 * FEW]
    ]
    return any(
        second.start - first.stop <= NEAR and not CLAUSE.search(s.folded, first.stop, second.start)
        for first, second in spans
    )
