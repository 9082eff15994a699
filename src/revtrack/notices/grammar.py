"""What makes a sentence a notice: combinations of word classes, the same in every language.

`RULES` is the list, in order; each rule looks at one sentence and says whether the publication
speaks there about its own text. Word order differs between languages, so most rules ask which classes
stand near each other, not in which order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set

from revtrack.notices.lexicon import Mark
from revtrack.notices.sentence import Sentence
from revtrack.notices.subject import (
    BESIDE,
    CHANGES,
    CLAUSE,
    FEW,
    NEAR,
    RESUMES,
    TIGHT,
    WORDS,
    earlier_version,
    own_piece,
    owner_of,
    piece_changed,
    pieces_of,
    speaks_of,
    start_of,
    undergoes,
)

__all__ = [
    "RULES",
    "admits",
    "can_fire",
    "fires",
    "is_gone",
    "stands_elsewhere",
    "telling_place",
]

# What a later sentence says when the first one gave the wrong text.
_RIGHTING = frozenset({"wrong", "telltale", "wrongly"})
_READ = ("stated", "wrongly", "corrected")
_RIGHTS = ("wrong", "right", "corrected", "changed", "telltale", "actually", "wrongly")
# Rules by which a sentence speaks of an error that the one before it may have named.
_AFTERWARDS = ("own apology", "own error", "telltale")
_AMISS = ("wrong", "wrongly", "misstated")

# What follows the stem of a verb that ends its clause, where words do not stand apart (characters).
_PREDICATE = 7
# The outlet by its acronym: *which XYZ regrets*.
_ACRONYM = re.compile(r"[^\W\d_a-z]{2,6}\s{1,2}$")
_DENSE_CLAUSE = re.compile(r"[,;:，；：、。]")


def _piece_was_wrong(s: Sentence) -> bool:
    """*A caption beside our report of Tuesday misspelled …*, *this post originally said …*."""
    if (_both(s, "originally", "headline") or s.near("originally", "headline", BESIDE)) and s.has(
        *_READ
    ):
        return True
    own = own_piece(s)
    if not (own or speaks_of(s, "noun", "headline", "caption", "byline")):
        wrongly = s.then("own", "wrongly", BESIDE) and s.near("wrongly", "stated", BESIDE)
        return wrongly or s.then("misstated", "here", TIGHT)  # *was misquoted above*
    if any(s.near("wrongly", verb, BESIDE) for verb in ("stated", "we_stated")):
        return True
    if s.has("misstated") and (own or _misstates(s)):
        return True
    if own:
        return (
            s.near("originally", "stated", BESIDE)
            or any(s.near(thing, "before", BESIDE) for thing in ("noun", "part", "piece"))
            or s.near("piece", "wrongly", NEAR)
            or any(s.near(n, "wrong", BESIDE) for n in ("piece", "noun", "part"))
        )
    if s.near("stated", "wrong", BESIDE) and speaks_of(s, "noun", "headline", "caption"):
        return _misstates(s, "stated")  # not *he said the story was wrong*
    return s.near("noun", "wrong", NEAR) and s.has("published", "issue", "we_stated")


def _misstates(s: Sentence, verbs: str = "misstated") -> bool:
    """A published thing is before the verb: *A caption misspelled …*, not *He missed the headline*."""
    first = min(m.start for m in s.of("noun", "headline", "caption", "byline"))
    return any(first < verb.start for verb in s.of(verbs))


def _own_error(s: Sentence) -> bool:
    """*We misspelled her name*, *I've corrected it above*, *In Saturday's paper we called …*."""
    if s.has("we_stated") and (s.cites or s.has("wrong", "wrongly", "issue")):
        return True
    return (
        s.near("we", "misstated", NEAR)
        or (s.near("wrongly", "stated", BESIDE) and s.near("we", "stated", NEAR))
        or (
            s.near("we", "originally", TIGHT)
            and (s.near("originally", "stated", TIGHT) or _both(s, "originally", "stated"))
            and _righted(s)
        )
        or (s.near("we_stated", "originally", TIGHT) and _righted(s))
        or (s.near("we", "corrected", BESIDE) and s.near("corrected", "here", BESIDE))
        or (s.near("we", "stated", NEAR) and (s.cites or s.has("issue")))
    )


def _both(s: Sentence, one: str, other: str) -> bool:
    """Whether one phrase is of both classes: *original headline*, *originally had*."""
    return any(other in mark.classes for mark in s.of(one))


def _righted(s: Sentence) -> bool:
    """Whether the sentence, or one after it, says that something was wrong or what is right."""
    return s.has(*_RIGHTS) or not s.later.isdisjoint(_RIGHTS)


def _own_issue(s: Sentence) -> bool:
    """*In Tuesday's edition it was said that …*: the publication refers to its own printed issue."""
    if not (s.first and s.has("stated", "wrong", "right")):
        return False
    if speaks_of(s, "issue") or (s.has("issue") and s.has("right")):
        return True
    return (s.cites or s.has("issue")) and not s.later.isdisjoint(_RIGHTING)


def _own_apology(s: Sentence) -> bool:
    """*We apologise for the error*; an apology for anything else is a story."""
    if not s.has("apologise"):
        return False
    error = any(s.near("apologise", w, NEAR) for w in ("wrong", "piece", "noun"))
    outlet = any(_ACRONYM.search(s.text, max(0, m.start - 9), m.start) for m in s.of("apologise"))
    return error and (outlet or s.near("we", "apologise", NEAR))


def _own_retraction(s: Sentence) -> bool:
    """As in *This article has been retracted*, *This page was published in error*."""
    if s.has("concern") and (s.has("we") or own_piece(s)):
        return True
    pieces = pieces_of(s)
    retracts = [verb for verb in [*s.of("retract")][:FEW] if _closes(s, verb)]
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
    owner = owner_of(s, piece) or piece
    if verb.stop <= piece.start:
        return s.has("we") and owner.start - verb.stop <= 1
    between = s.folded[piece.stop : verb.start]
    if any(piece.stop <= m.start < verb.start for m in s.of("purpose")):
        between = CLAUSE.split(between)[-1]  # *本文因内容失实，已撤下*
    if "here" in piece.classes:
        return len(between) <= NEAR and not CLAUSE.search(between)
    before = len(WORDS.findall(s.folded[: owner.start]))
    if s.has("we") and before and (s.dense or before < RESUMES):
        return len(between) <= 1 and _closes(s, verb)  # *編集部は、…この記事を取り下げました*
    if before or CLAUSE.search(between):
        return False
    return len(between) <= FEW if s.dense else len(WORDS.findall(between)) < RESUMES


def _closes(s: Sentence, verb: Mark) -> bool:
    """Whether *verb* ends its clause, in a script without spaces: before a noun it is no predicate."""
    return not s.dense or len(_DENSE_CLAUSE.split(s.folded[verb.stop :])[0]) <= _PREDICATE


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
        _both(s, "published", how)
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
        return len(between) <= 2 * FEW and not _DENSE_CLAUSE.search(between)
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


def _telltale(s: Sentence) -> bool:
    """Words that only a notice uses: *Because of an editing error …*."""
    return s.has("telltale")


# The classes of which a rule needs at least one: where they stand, the publication speaks of itself.
_TELLING_OF = {
    "earlier version": ("earlier", "versions"),
    "piece was wrong": ("misstated", "wrongly", "wrong", "originally", "before"),
    "own retraction": (
        *("retract", "withdraw", "removed", "elsewhere", "wrongly", "untimely", "concern"),
    ),
    "piece changed": (*CHANGES, "after", "completed"),
    "own error": ("we_stated", "misstated", "stated", "corrected"),
    "own issue": ("stated", "wrong", "right"),
    "own apology": ("apologise",),
    "telltale": ("telltale",),
}

RULES: list[tuple[str, Callable[[Sentence], bool]]] = [
    ("earlier version", earlier_version),
    ("own retraction", _own_retraction),
    ("piece was wrong", _piece_was_wrong),
    ("piece changed", piece_changed),
    ("own error", _own_error),
    ("own issue", _own_issue),
    ("own apology", _own_apology),
    ("telltale", _telltale),
]


# A rule needs a telling word, and beside it a word by which the publication speaks of itself.
_ANY_TELLING = frozenset([name for names in _TELLING_OF.values() for name in names])
_ITSELF = frozenset(
    {"own", "piece", "noun", "headline", "caption", "byline", "we", "we_stated", "issue", "here"}
    | {"page", "earlier", "versions", "after", "telltale"}
)
# These may stand alone: *Updated to add a map*.
_COMPLETING = frozenset({"updated", "completed"})
_FIGURE_IN_BRACKET = re.compile(r"[(（][^()\d]{0,80}\d")


def can_fire(classes: Set[str], folded: str) -> bool:
    """A quick test of a paragraph's word classes that is never false where a rule fires."""
    if _ANY_TELLING.isdisjoint(classes):
        return False
    if not (_ITSELF | _COMPLETING).isdisjoint(classes):
        return True
    return folded[:1] == "※" or _FIGURE_IN_BRACKET.search(folded) is not None


def fires(s: Sentence) -> str | None:
    """The name of the first rule that makes *s* part of a notice; None when no rule does."""
    if not s.marks or s.has("refuse") or _says_only_when(s) or s.asks:
        return None
    return next((name for name, rule in RULES if s.has(*_TELLING_OF[name]) and rule(s)), None)


def admits(one: Sentence, following: Sentence) -> bool:
    """Whether *one* says what was wrong and the sentence after it what the publication did about it.

    *There was a mistake in the prices. We apologise for the error* · *Our report had an error. We have
    corrected it*.
    """
    amiss = one.has(*_AMISS)
    if one.has("refuse") or not (amiss or (one.first and following.has("apologise"))):
        return False
    if fires(following) in _AFTERWARDS:
        return True
    own = own_piece(one) or one.has("we_stated", "issue")
    return own and amiss and following.has("we") and following.has("corrected", "apologise")


def telling_place(s: Sentence, rule: str) -> int:
    """Where the first telling word of *rule* stands in the paragraph of a sentence that it fired on."""
    return s.start + min(mark.start for mark in s.of(*_TELLING_OF[rule]))


def _says_only_when(s: Sentence) -> bool:
    """A line about times: *Last updated …*, *first published in 2017 and updated in 2020*."""
    if s.has("last"):
        return True
    other = s.has(
        "purpose", "earlier", "misstated", "wrongly", "wrong", "telltale", "we_stated", "right"
    )
    return s.has("published") and s.has("updated", "originally") and not other
