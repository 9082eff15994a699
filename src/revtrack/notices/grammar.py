"""What makes a sentence a notice: combinations of word classes, the same in every language.

`RULES` is the list, in order; each rule looks at one sentence and says whether the publication
speaks there about its own text. Word order differs between languages, so most rules ask which classes
stand near each other, not in which order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set

from revtrack.facts.vocabulary import words_of
from revtrack.notices.clauses import quotations
from revtrack.notices.retraction import own_retraction
from revtrack.notices.sentence import Sentence
from revtrack.notices.subject import (
    BESIDE,
    CHANGES,
    FAR,
    NEAR,
    PAGE_PARTS,
    SUBJECT,
    TIGHT,
    WORDS,
    is_attributed,
    is_both,
    is_in_piece,
    is_reading,
    own_piece,
    piece_changed,
    pieces_here,
    sets_against,
    speaks_of,
)

__all__ = [
    "RULES",
    "admits",
    "can_fire",
    "fires",
    "telling_place",
]

# What a later sentence says when the first one gave the wrong text.
_RIGHTING = frozenset({"wrong", "telltale", "wrongly"})
_READ = ("stated", "wrongly", "corrected")
_RIGHTS = ("wrong", "right", "corrected", "changed", "telltale", "actually", "wrongly")
# Rules by which a sentence speaks of an error that the one before it may have named.
_AFTERWARDS = ("own apology", "own error", "telltale")
_AMISS = ("wrong", "wrongly", "misstated")
# What an earlier version is reported to have said, or what was done to it.
_SAID = ("stated", "we_stated", "misstated", "wrongly", "wrong", "corrected", "changed")
_TOLD = (
    *(*_SAID, "right", "actually", "updated", "clarify", "added", "include", "retract", "telltale"),
    "apologise",
)

# The outlet by its acronym: *which XYZ regrets*.
_ACRONYM = re.compile(r"[^\W\d_a-z]{2,6}\s{1,2}$")


def _earlier_version(s: Sentence) -> bool:
    """*An earlier version of this story said …*; without a piece only where it says something."""
    if s.has("versions") and own_piece(s):
        return True
    if not s.has("earlier") or _only_points(s):
        return False
    if own_piece(s) or any(s.near("earlier", part, BESIDE) for part in PAGE_PARTS):
        return True
    if s.then("of", "own", 1) and s.then("own", "page", 2):
        return True
    if s.near("earlier", "noun", BESIDE) and (s.has(*_SAID, "right") or s.later):
        return True
    if s.then("earlier", "of", 1) and not (s.then("of", "own", 1) or s.then("own", "earlier", 1)):
        return False
    start = min(m.start for m in s.of("earlier"))
    return start <= SUBJECT and any(s.near("earlier", verb, FAR) for verb in _SAID)


def _only_points(s: Sentence) -> bool:
    """*An earlier version of this article appeared in May*, *See an earlier version of this page*.

    Such sentences say where that version is and not what it said: it is the subject of a verb of
    publishing, or no subject at all.
    """
    if not s.later.isdisjoint(_TOLD) or any("published" not in m.classes for m in s.of(*_TOLD)):
        return False
    before = s.folded[: min(m.start for m in s.of("earlier"))]
    facts = words_of(s.words.language)
    content = [word for word in WORDS.findall(before) if word not in facts.function]
    leads = len(before) > TIGHT if s.dense else len(content) > ("verb_first" in facts.traits)
    return leads or s.has("published")


def _piece_was_wrong(s: Sentence) -> bool:
    """*A caption beside our report of Tuesday misspelled …*, *this post originally said …*."""
    told = s.has(*_READ) or (speaks_of(s, "headline") and bool(quotations(s.text)))
    if told and (is_both(s, "originally", "headline") or s.near("originally", "headline", BESIDE)):
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
            or is_in_piece(s)
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
            and (s.near("originally", "stated", TIGHT) or is_both(s, "originally", "stated"))
            and _righted(s)
        )
        or (s.near("we_stated", "originally", TIGHT) and _righted(s))
        or (is_both(s, "we_stated", "originally") and _righted(s))
        or (s.has("we_stated") and "righted" in s.later)
        or (s.near("we", "corrected", BESIDE) and s.near("corrected", "here", BESIDE))
        or (s.near("we", "stated", NEAR) and (s.cites or s.has("issue")))
        or _had_it_wrong(s)
    )


def _had_it_wrong(s: Sentence) -> bool:
    """*On Thursday, not on Tuesday as we wrote*; what others said first is news."""
    ours = s.has("we_stated") or (s.has("stated") and s.has("we", "here"))
    told = any(s.then("like", source, BESIDE) for source in ("we_stated", "we", "stated"))
    return ours and told and sets_against(s)


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


def _telltale(s: Sentence) -> bool:
    """Words that only a notice uses: *Because of an editing error …*."""
    return s.has("telltale") or is_reading(s)


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
    "telltale": ("telltale", "reads"),
}

RULES: list[tuple[str, Callable[[Sentence], bool]]] = [
    ("earlier version", _earlier_version),
    ("own retraction", own_retraction),
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
    | {"page", "earlier", "versions", "after", "telltale", "reads", "resent"}
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
    found = next((name for name, rule in RULES if s.has(*_TELLING_OF[name]) and rule(s)), None)
    return None if found in _AFTERWARDS and is_attributed(s, closing=True) else found


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
    own = own_piece(one) or one.has("we_stated", "issue") or bool(pieces_here(one))
    return own and amiss and following.has("we") and following.has("corrected", "apologise")


def telling_place(s: Sentence, rule: str) -> int:
    """Where the first telling word of *rule* stands in the paragraph of a sentence that it fired on."""
    return s.start + min(mark.start for mark in s.of(*_TELLING_OF[rule]))


def _says_only_when(s: Sentence) -> bool:
    """A line about times: *Last updated …*, *first published in 2017 and updated in 2020*."""
    if s.has("last") and not s.has("earlier"):  # *Stand: 3. Mai*, *in einer früheren Fassung stand: …*
        return True
    other = s.has(
        "purpose", "earlier", "misstated", "wrongly", "wrong", "telltale", "we_stated", "right"
    )
    published = s.has("published") and s.has("updated", "originally")
    return (published or s.near("latest", "updated", NEAR)) and not other
