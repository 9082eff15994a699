"""What makes a sentence a notice: combinations of word classes, the same in every language.

`RULES` is the list, in order; each rule looks at one sentence and says whether the publication
speaks there about its own text. Word order differs between languages, so most rules ask which classes
stand near each other, not in which order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set

from revtrack.notices.dates import date_run
from revtrack.notices.lexicon import Mark
from revtrack.notices.sentence import Sentence

__all__ = [
    "RULES",
    "admits",
    "can_fire",
    "fires",
    "is_gone",
    "stands_elsewhere",
    "telling_place",
]

# How far (characters) words that belong together may stand apart in a sentence: 2, 4, 10, 30 words.
_TIGHT, _BESIDE, _NEAR, _FAR = 12, 24, 60, 180
# A sentence begins with its subject when the subject stands within this many characters of its start.
_SUBJECT = 45
# So many words of a class are looked at: a bound on the work for text that is no prose.
_FEW = 4
# A verb closes its sentence when at most this many words follow it and its date.
_CLOSES = 2
# Between a piece and its verb a comma opens another clause when more words than this follow it.
_RESUMES = 3
# What a later sentence says when the first one gave the wrong text.
_RIGHTING = frozenset({"wrong", "telltale", "wrongly"})
_READ = ("stated", "wrongly", "corrected")
_RIGHTS = ("wrong", "right", "corrected", "changed", "telltale", "actually", "wrongly")
_SAID = ("stated", "we_stated", "misstated", "wrongly", "wrong", "corrected", "changed")
# Rules by which a sentence speaks of an error that the one before it may have named.
_AFTERWARDS = ("own apology", "own error", "telltale")
_AMISS = ("wrong", "wrongly", "misstated")
# The verbs of changing a text, and what makes a change of one an announcement: what for, why, when.
_CHANGES = ("corrected", "changed", "updated", "clarify", "added")
_WHY = ("purpose", "include", "wrong", "wrongly", "clarify", "after", "misstated", "apologise")

# What follows the stem of a verb that ends its clause, where words do not stand apart (characters).
_PREDICATE = 7
# The parts of a page beside its text.
_PAGE_PARTS = ("headline", "caption", "byline")

_BRACKETS = frozenset("([（【［")
# The outlet by its acronym: *which XYZ regrets*.
_ACRONYM = re.compile(r"[^\W\d_a-z]{2,6}\s{1,2}$")
_CLAUSE = re.compile(r"[,;:،，；：]")
_DENSE_CLAUSE = re.compile(r"[,;:，；：、。]")
_WORDS = re.compile(r"[^\W_]+")


def _own_piece(s: Sentence) -> bool:
    """The publication's own text is named: *this article*, *our report*."""
    return s.has("piece") or s.then("own", "noun", 1) or s.then("own", "part", 1)


def _pieces(s: Sentence) -> list[Mark]:
    """The words that name the publication's own text, in order: *article* of *this article*."""
    named = [m for m in s.of("noun", "part") if _owner(s, m)]
    return sorted({*named, *s.of("piece"), *_opening_piece(s)}, key=_start)[:_FEW]


def _owner(s: Sentence, noun: Mark) -> Mark | None:
    return next((own for own in s.of("own") if 0 <= noun.start - own.stop <= 1), None)


def _opening_piece(s: Sentence) -> list[Mark]:
    """The *advisory* of a sentence that begins with *This advisory*: such nouns have other senses."""
    own = min(s.of("own"), key=_start, default=None)
    if own is None or "we" in own.classes or _WORDS.search(s.folded[: own.start]):
        return []
    return [m for m in s.of("page") if 0 <= m.start - own.stop <= _TIGHT]


def _subject(s: Sentence, *classes: str) -> bool:
    """The sentence begins with a published thing: *An article on Sunday …*, *A picture caption …*."""
    return any(m.start <= _SUBJECT for m in s.of(*classes))


def _earlier_version(s: Sentence) -> bool:
    """*An earlier version of this story said …*; without a piece only where it says something."""
    if s.has("versions") and _own_piece(s):
        return True
    if not s.has("earlier"):
        return False
    if _own_piece(s) or any(s.near("earlier", part, _BESIDE) for part in ("noun", *_PAGE_PARTS)):
        return True
    if s.then("earlier", "of", 1) and not (s.then("of", "own", 1) or s.then("own", "earlier", 1)):
        return False
    start = min(m.start for m in s.of("earlier"))
    return start <= _SUBJECT and any(s.near("earlier", verb, _FAR) for verb in _SAID)


def _piece_changed(s: Sentence) -> bool:
    """As in *This story has been updated to include …*, *We have corrected a name in this post*.

    The whole act of speech is asked for: the piece, what was done to it, and what for, why or when.
    """
    verbs = sorted({*s.of(*_CHANGES)}, key=_start)[: 2 * _FEW]
    if any(s.then("future", verb, _BESIDE) for verb in _CHANGES):
        return False
    if any(s.near("after", verb, _BESIDE) for verb in _CHANGES):
        return True
    pieces = _pieces(s)
    if not pieces and (parts := _parts_in_front(s, verbs)):
        pieces = parts
    if any(
        _undergoes(s, piece, verb) and _is_complete(s, piece, verb)
        for piece in pieces
        for verb in verbs
    ):
        return True
    return not pieces and any(_any_piece(s, verb) for verb in verbs)


def _parts_in_front(s: Sentence, verbs: Sequence[Mark]) -> list[Mark]:
    """The headline, byline or caption that a sentence begins with, before its verb or after *we*."""
    stop = _SUBJECT if s.has("we") or s.dense else min([m.start for m in verbs], default=0)
    caption = ("caption",) if s.has("corrected") else ()
    named = sorted(s.of("headline", "byline", *caption), key=_start)[:_FEW]
    return named if named and named[0].start < min(stop, _SUBJECT) else []


def _undergoes(s: Sentence, piece: Mark, verb: Mark) -> bool:
    """Whether the *verb* says what was done to the *piece*, in either order and in one clause."""
    near = _NEAR // 3 if s.dense else _NEAR
    if piece.stop > verb.start:
        between = s.folded[verb.stop : piece.start]
        return verb.stop <= piece.start and len(between) <= near and not _CLAUSE.search(between)
    between = s.folded[piece.stop : verb.start]
    others = ("enacted",) if "corrected" in verb.classes else ("enacted", "we")
    if len(between) > 2 * near or _stands_between(s, piece, verb, *others):
        return False
    tail = _CLAUSE.split(between)[-1]
    if tail == between:
        return len(between) <= near
    opens = not _WORDS.search(s.folded[: (_owner(s, piece) or piece).start])
    resumes = len(_WORDS.findall(tail)) < _RESUMES
    return opens and resumes and not _stands_between(s, piece, verb, "we")


def _stands_between(s: Sentence, piece: Mark, verb: Mark, *classes: str) -> bool:
    """Whether another subject stands between: *In this article we show how the law was changed*."""
    return any(piece.stop <= m.start < verb.start for m in s.of(*classes))


def _is_complete(s: Sentence, piece: Mark, verb: Mark) -> bool:
    """Whether it says why, what for or when a text was changed, or nothing else at all."""
    mended = any(verb.stop < m.start <= verb.stop + _NEAR for m in s.of("corrected"))
    everywhere = any(abs(m.start - verb.stop) <= _TIGHT for m in s.of("throughout"))
    if mended or everywhere or "right" in verb.classes or s.has(*_WHY) or s.is_dated:
        return True
    after = max(verb.stop, piece.stop)
    run, _ = date_run(s.folded, after, s.words)
    rest = _CLAUSE.split(s.folded[run:], maxsplit=1)[0] if ":" in s.folded[run:] else s.folded[run:]
    return len(_WORDS.findall(rest)) <= _CLOSES or (s.dense and piece.stop <= verb.start)


def _any_piece(s: Sentence, verb: Mark) -> bool:
    """Any noun: *This dossier was updated on 3 May 2021 to add a map*; a law or a house is no text."""
    own = min((m for m in s.of("own") if m.start <= _TIGHT), key=_start, default=None)
    if own is None or not s.is_dated:
        return False
    bracketed = s.text.lstrip(" *")[:1] in _BRACKETS
    if not (bracketed or (s.first and s.has("purpose", "include", "after"))):
        return False
    between = s.folded[own.stop : verb.start]
    if own.stop > verb.start or len(between) > _NEAR or _CLAUSE.search(between):
        return False
    return not any(own.stop <= m.start < verb.start for m in s.of("enacted"))


def _start(mark: Mark) -> int:
    return mark.start


def _piece_was_wrong(s: Sentence) -> bool:
    """*A caption beside our report of Tuesday misspelled …*, *this post originally said …*."""
    if (_both(s, "originally", "headline") or s.near("originally", "headline", _BESIDE)) and s.has(
        *_READ
    ):
        return True
    own = _own_piece(s)
    if not (own or _subject(s, "noun", "headline", "caption", "byline")):
        wrongly = s.then("own", "wrongly", _BESIDE) and s.near("wrongly", "stated", _BESIDE)
        return wrongly or s.then("misstated", "here", _TIGHT)  # *was misquoted above*
    if s.has("misstated") or any(s.near("wrongly", verb, _BESIDE) for verb in ("stated", "we_stated")):
        return True
    if own:
        return (
            s.near("originally", "stated", _BESIDE)
            or any(s.near(thing, "before", _BESIDE) for thing in ("noun", "part", "piece"))
            or s.near("piece", "wrongly", _NEAR)
            or any(s.near(n, "wrong", _BESIDE) for n in ("piece", "noun", "part"))
        )
    if s.near("stated", "wrong", _BESIDE) and _subject(s, "noun", "headline", "caption"):
        return True
    return s.near("noun", "wrong", _NEAR) and s.has("published", "issue", "we_stated")


def _own_error(s: Sentence) -> bool:
    """*We misspelled her name*, *I've corrected it above*, *In Saturday's paper we called …*."""
    if s.has("we_stated") and (s.cites or s.has("wrong", "wrongly", "issue")):
        return True
    return (
        s.near("we", "misstated", _NEAR)
        or (s.near("wrongly", "stated", _BESIDE) and s.near("we", "stated", _NEAR))
        or (
            s.near("we", "originally", _TIGHT)
            and (s.near("originally", "stated", _TIGHT) or _both(s, "originally", "stated"))
            and _righted(s)
        )
        or (s.near("we_stated", "originally", _TIGHT) and _righted(s))
        or (s.near("we", "corrected", _BESIDE) and s.near("corrected", "here", _BESIDE))
        or (s.near("we", "stated", _NEAR) and (s.cites or s.has("issue")))
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
    if _subject(s, "issue") or (s.has("issue") and s.has("right")):
        return True
    return (s.cites or s.has("issue")) and not s.later.isdisjoint(_RIGHTING)


def _own_apology(s: Sentence) -> bool:
    """*We apologise for the error*; an apology for anything else is a story."""
    if not s.has("apologise"):
        return False
    error = any(s.near("apologise", w, _NEAR) for w in ("wrong", "piece", "noun"))
    outlet = any(_ACRONYM.search(s.text, max(0, m.start - 9), m.start) for m in s.of("apologise"))
    return error and (outlet or s.near("we", "apologise", _NEAR))


def _own_retraction(s: Sentence) -> bool:
    """As in *This article has been retracted*, *This page was published in error*."""
    if s.has("concern") and (s.has("we") or _own_piece(s)):
        return True
    pieces = _pieces(s)
    retracts = [verb for verb in [*s.of("retract")][:_FEW] if _closes(s, verb)]
    if any(_undergoes(s, piece, verb) for piece in pieces for verb in retracts):
        return True
    if is_gone(s) or (s.then("retract", "own", 1) and s.then("own", "page", 2)):
        return True
    if retracts:
        return (s.has("we") and s.near("noun", "retract", _BESIDE)) or (
            _subject(s, "noun") and s.then("noun", "retract", _BESIDE)
        )
    page = s.then("own", "page", 2) or any(not m.start for m in s.of("page"))  # *Sidan*: it is suffixed
    gone = max([m.stop for m in s.of("withdraw", "removed")], default=0)
    noun = (
        gone
        and not _CLAUSE.search(s.folded, gone)
        and any(len(_WORDS.findall(s.folded[: m.start])) <= 1 for m in s.of("noun"))
    )
    return bool(page or noun) and _published_wrongly(s) and not _says_what(s)


def is_gone(s: Sentence) -> bool:
    """Whether the whole text is given up: *This article was removed*, *This page has moved to …*."""
    verbs = [m for m in s.of("withdraw", "removed", "elsewhere") if "purpose" not in m.classes]
    untimely = _published_wrongly(s) and not _says_what(s)
    if not untimely and s.has("wrongly", "misstated"):
        return False  # *This article wrongly …* is about a word of it
    pieces = _pieces(s)
    return any(
        any(_given_up(s, piece, verb) for verb in verbs[: 2 * _FEW])
        or (untimely and any(_adjoins(s, piece, verb) for verb in [*s.of("published")][:_FEW]))
        for piece in [*pieces, *_piece_here(s)]
    )


def _given_up(s: Sentence, piece: Mark, verb: Mark) -> bool:
    """Whether *verb* is said of the *piece*: the sentence opens with it, or *we* withdrew it."""
    owner = _owner(s, piece) or piece
    if verb.stop <= piece.start:
        return s.has("we") and owner.start - verb.stop <= 1
    between = s.folded[piece.stop : verb.start]
    if "here" in piece.classes:
        return len(between) <= _NEAR and not _CLAUSE.search(between)
    before = len(_WORDS.findall(s.folded[: owner.start]))
    if s.has("we") and before and (s.dense or before < _RESUMES):
        return len(between) <= 1 and _closes(s, verb)  # *編集部は、…この記事を取り下げました*
    if before or _CLAUSE.search(between):
        return False
    return len(between) <= _FEW if s.dense else len(_WORDS.findall(between)) < _RESUMES


def _closes(s: Sentence, verb: Mark) -> bool:
    """Whether *verb* ends its clause, in a script without spaces: before a noun it is no predicate."""
    return not s.dense or len(_DENSE_CLAUSE.split(s.folded[verb.stop :])[0]) <= _PREDICATE


def _piece_here(s: Sentence) -> list[Mark]:
    """The place of a text that a sentence opens with: *An article that appeared here …*."""
    if _says_what(s) or not s.has("published"):
        return []
    nouns = [m for m in s.of("noun") if len(_WORDS.findall(s.folded[: m.start])) <= 1]
    return [m for m in s.of("here") if nouns and 0 <= m.start - nouns[0].stop <= _BESIDE][:1]


def _published_wrongly(s: Sentence) -> bool:
    """*Published in error*, *went live before it was ready*; some languages have one word for it."""
    return any(
        _both(s, "published", how)
        or any(
            second.start - first.stop <= _BESIDE
            and not _CLAUSE.search(s.folded, first.stop, second.start)
            for verb in [*s.of("published")][:_FEW]
            for mark in [*s.of(how)][:_FEW]
            for first, second in [sorted((verb, mark), key=_start)]
        )
        for how in ("wrongly", "untimely")
    )


def _adjoins(s: Sentence, piece: Mark, verb: Mark) -> bool:
    """Whether the *piece* is subject or object of the *verb* as the sentence opens."""
    first, second = sorted((_owner(s, piece) or piece, verb), key=_start)
    between = s.folded[min(piece.stop, verb.stop) : second.start]
    if s.dense:
        return len(between) <= 2 * _FEW and not _DENSE_CLAUSE.search(between)
    words = len(_WORDS.findall(between))
    opens = "here" in piece.classes or len(_WORDS.findall(s.folded[: first.start])) < _RESUMES
    return opens and (not words or (words <= _RESUMES and not _CLAUSE.search(between)))


def _says_what(s: Sentence) -> bool:
    """Whether it says what the text said; a verb of publishing and its auxiliary do not."""
    starts = [m.start for m in s.of("published")][:_FEW]
    if s.has("misstated") or any(m.start > at for m in s.of("that") for at in starts[:1]):
        return True
    return any(
        {"published", "noun"}.isdisjoint(m.classes) and not any(0 <= at - m.stop <= 1 for at in starts)
        for m in s.of("stated")
    )


def stands_elsewhere(s: Sentence) -> bool:
    """Whether it says that a page without other text is closed, or its text found elsewhere."""
    spans = [
        sorted((piece, verb), key=_start)
        for piece in _pieces(s)
        for verb in [*s.of("withdraw", "removed", "elsewhere", "closed")][: 2 * _FEW]
    ]
    return any(
        second.start - first.stop <= _NEAR and not _CLAUSE.search(s.folded, first.stop, second.start)
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
    "piece changed": (*_CHANGES, "after"),
    "own error": ("we_stated", "misstated", "stated", "corrected"),
    "own issue": ("stated", "wrong", "right"),
    "own apology": ("apologise",),
    "telltale": ("telltale",),
}

RULES: list[tuple[str, Callable[[Sentence], bool]]] = [
    ("earlier version", _earlier_version),
    ("own retraction", _own_retraction),
    ("piece was wrong", _piece_was_wrong),
    ("piece changed", _piece_changed),
    ("own error", _own_error),
    ("own issue", _own_issue),
    ("own apology", _own_apology),
    ("telltale", _telltale),
]


# A rule needs a telling word, and beside it a word by which the publication speaks of itself.
_ANY_TELLING = frozenset([name for names in _TELLING_OF.values() for name in names])
_ITSELF = frozenset(
    {
        "own",
        "piece",
        "noun",
        "headline",
        "caption",
        "byline",
        "we",
        "we_stated",
        "issue",
        "here",
        "page",
    }
    | {"earlier", "versions", "after", "telltale"}
)
_FIGURE_IN_BRACKET = re.compile(r"\([^()\d]{0,80}\d")


def can_fire(classes: Set[str], folded: str) -> bool:
    """A quick test of a paragraph's word classes that is never false where a rule fires."""
    if _ANY_TELLING.isdisjoint(classes):
        return False
    if not _ITSELF.isdisjoint(classes):
        return True
    return _FIGURE_IN_BRACKET.search(folded) is not None


def fires(s: Sentence) -> str | None:
    """The name of the first rule that makes *s* part of a notice; None when no rule does."""
    if not s.marks or s.has("refuse") or _says_only_when(s):
        return None
    return next((name for name, rule in RULES if rule(s)), None)


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
    own = _own_piece(one) or one.has("we_stated", "issue")
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
