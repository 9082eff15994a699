"""What makes a sentence a notice: combinations of word classes, the same in every language.

`RULES` is the list, in order; each rule looks at one sentence and says whether the publication
speaks there about its own text. Word order differs between languages, so most rules ask which classes
stand near each other, not in which order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Set

from revtrack.notices.sentence import Sentence

__all__ = ["RULES", "can_fire", "fires", "telling_place"]

# How far (characters) words that belong together may stand apart in a sentence: 2, 4, 10, 30 words.
_TIGHT, _BESIDE, _NEAR, _FAR = 12, 24, 60, 180
# A sentence begins with its subject when the subject stands within this many characters of its start.
_SUBJECT = 45
# So many verbs behind a title are looked at: a bound on the work for text that is no prose.
_FEW = 4
# What a later sentence says when the first one gave the wrong text.
_RIGHTING = frozenset({"wrong", "telltale", "wrongly"})
_READ = ("stated", "wrongly", "corrected")
_RIGHTS = ("wrong", "right", "corrected", "telltale", "actually", "wrongly")
_SAID = ("stated", "we_stated", "misstated", "wrongly", "wrong", "corrected", "changed")

# A sentence that begins with a quoted title, behind which a bracket may cite the printed page.
_TITLE = re.compile(r"[ •*–-]{0,6}[\"“„«][^\"“”«»\n]{1,160}[\"“”»](?: ?\([^()]{1,80}\))? ?")


def _own_piece(s: Sentence) -> bool:
    """The publication's own text is named: *this article*, *our report*."""
    return s.has("piece") or s.then("own", "noun", 1) or s.then("own", "part", 1)


def _subject(s: Sentence, *classes: str) -> bool:
    """The sentence begins with a published thing: *An article on Sunday …*, *A picture caption …*."""
    return any(m.start - s.start <= _SUBJECT for m in s.of(*classes))


def _earlier_version(s: Sentence) -> bool:
    """*An earlier version of this story said …*; without a piece only where it says something."""
    if s.has("versions") and _own_piece(s):
        return True
    if not s.has("earlier"):
        return False
    if _own_piece(s) or s.near("earlier", "noun", _BESIDE):
        return True
    if s.then("earlier", "of", 1) and not (s.then("of", "own", 1) or s.then("own", "earlier", 1)):
        return False
    start = min(m.start for m in s.of("earlier")) - s.start
    return start <= _SUBJECT and any(s.near("earlier", verb, _FAR) for verb in _SAID)


def _piece_changed(s: Sentence) -> bool:
    """As in *This story has been updated to include …*, *The headline was amended*."""
    verbs = ("corrected", "changed", "updated", "clarify")
    if any(s.then("future", verb, _BESIDE) for verb in verbs):
        return False
    if _own_piece(s) and any(
        s.near(noun, verb, _NEAR) for noun in ("noun", "part", "piece") for verb in verbs
    ):
        return True
    if s.has("after") and s.has("corrected", "changed", "added", "updated", "clarify", "we"):
        return True
    return _subject(s, "noun", "headline", "byline") and any(
        s.then(noun, verb, _BESIDE)
        for noun in ("noun", "headline", "byline")
        for verb in ("corrected", "changed", "updated")
    )


def _title_changed(s: Sentence) -> bool:
    """*“The Long Road” was amended to correct a name*: the piece is named by its title."""
    named = _TITLE.match(s.folded)
    if not (s.first and named):
        return False
    verbs = [
        m for m in s.of("corrected", "changed", "updated") if m.start - s.start - named.end() <= _TIGHT
    ]
    return any(
        0 <= mending.start - verb.stop <= _NEAR
        for verb in verbs[:_FEW]
        for mending in s.of("corrected", "clarify")
    )


def _piece_was_wrong(s: Sentence) -> bool:
    """*A caption beside our report of Tuesday misspelled …*, *this post originally said …*."""
    first_headline = any("headline" in mark.classes for mark in s.of("originally"))
    if (first_headline or s.near("originally", "headline", _BESIDE)) and s.has(*_READ):
        return True
    own = _own_piece(s)
    if not (own or _subject(s, "noun", "headline", "caption", "byline")):
        return s.then("own", "wrongly", _BESIDE) and s.near("wrongly", "stated", _BESIDE)
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
            and s.near("originally", "stated", _TIGHT)
            and _righted(s)
        )
        or (s.near("we_stated", "originally", _TIGHT) and _righted(s))
        or (s.near("we", "corrected", _BESIDE) and s.near("corrected", "here", _BESIDE))
        or (s.near("we", "stated", _NEAR) and (s.cites or s.has("issue")))
    )


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
    return error and (s.near("we", "apologise", _NEAR) or s.acronym_before("apologise"))


def _own_retraction(s: Sentence) -> bool:
    """As in *This article has been retracted*, *we withdraw the report*."""
    return s.has("retract") and (
        _own_piece(s)
        or (s.has("we") and s.near("noun", "retract", _BESIDE))
        or (_subject(s, "noun") and s.then("noun", "retract", _BESIDE))
    )


def _telltale(s: Sentence) -> bool:
    """Words that only a notice uses: *Because of an editing error …*."""
    return s.has("telltale")


# The classes of which a rule needs at least one: where they stand, the publication speaks of itself.
_TELLING_OF = {
    "earlier version": ("earlier", "versions"),
    "piece was wrong": ("misstated", "wrongly", "wrong", "originally", "before"),
    "own retraction": ("retract",),
    "piece changed": ("corrected", "changed", "updated", "clarify", "after"),
    "title changed": ("corrected", "changed", "updated"),
    "own error": ("we_stated", "misstated", "stated", "corrected"),
    "own issue": ("stated", "wrong", "right"),
    "own apology": ("apologise",),
    "telltale": ("telltale",),
}

RULES: list[tuple[str, Callable[[Sentence], bool]]] = [
    ("earlier version", _earlier_version),
    ("piece was wrong", _piece_was_wrong),
    ("own retraction", _own_retraction),
    ("piece changed", _piece_changed),
    ("title changed", _title_changed),
    ("own error", _own_error),
    ("own issue", _own_issue),
    ("own apology", _own_apology),
    ("telltale", _telltale),
]


# What each rule needs at least, class by class, wherever the words stand in the paragraph. Here "piece"
# stands for any way to name the publication's own text, "cites" for a bracket with a figure in it,
# "title" for a title at the beginning.
_THING = ("piece", "noun", "headline", "caption", "byline")
_NEEDS: dict[str, tuple[tuple[tuple[str, ...], ...], ...]] = {
    "earlier version": ((("earlier",),), (("versions",), ("piece",))),
    "piece was wrong": (
        (("originally",), ("headline",), _READ),
        (("wrongly",), ("own", *_THING), ("stated", "we_stated")),
        (("misstated",), _THING),
        (("piece",), ("before", "wrongly", "wrong")),
        (("piece",), ("originally",), ("stated",)),
        (("wrong",), ("noun", "headline", "caption"), ("stated", "published", "issue", "we_stated")),
    ),
    "own retraction": ((("retract",), ("piece", "noun")),),
    "piece changed": (
        (("piece",), ("corrected", "changed", "updated", "clarify")),
        (("after",),),
        (("noun", "headline", "byline"), ("corrected", "changed", "updated")),
    ),
    "title changed": ((("title",), ("corrected", "changed", "updated"), ("corrected", "clarify")),),
    "own error": (
        (("we_stated",), ("cites", "wrong", "wrongly", "issue")),
        (("we_stated",), ("originally",), _RIGHTS),
        (("we",), ("misstated",)),
        (("we",), ("stated",), ("wrongly", "cites", "issue")),
        (("we",), ("stated",), ("originally",), _RIGHTS),
        (("we",), ("corrected",), ("here",)),
    ),
    "own issue": (
        (("issue",), ("stated", "wrong", "right")),
        (("cites",), ("stated", "wrong", "right"), tuple(sorted(_RIGHTING))),
    ),
    "own apology": ((("apologise",), ("wrong", "piece", "noun")),),
    "telltale": ((("telltale",),),),
}
_COMBINATIONS = tuple([needed for needs in _NEEDS.values() for needed in needs])
_FIGURE_IN_BRACKET = re.compile(r"\([^()\d]{0,80}\d")


def can_fire(classes: Set[str], folded: str) -> bool:
    """A quick test of a paragraph's word classes that is never false where a rule fires."""
    present = set(classes)
    if "own" in present and not present.isdisjoint(("noun", "part")):
        present.add("piece")
    if _FIGURE_IN_BRACKET.search(folded):
        present.add("cites")
    if _TITLE.match(folded):
        present.add("title")
    return any(not any(map(present.isdisjoint, needed)) for needed in _COMBINATIONS)


def fires(s: Sentence) -> str | None:
    """The name of the first rule that makes *s* part of a notice; None when no rule does."""
    if not s.marks or s.has("refuse") or _says_only_when(s):
        return None
    return next((name for name, rule in RULES if rule(s)), None)


def telling_place(s: Sentence, rule: str) -> int:
    """Where the first telling word of *rule* stands in the paragraph of a sentence that it fired on."""
    return min(mark.start for mark in s.of(*_TELLING_OF[rule]))


def _says_only_when(s: Sentence) -> bool:
    """A line about times: *Last updated …*, *first published in 2017 and updated in 2020*."""
    if s.has("last"):
        return True
    other = s.has(
        "purpose", "earlier", "misstated", "wrongly", "wrong", "telltale", "we_stated", "right"
    )
    return s.has("published") and s.has("updated", "originally") and not other
