"""What makes a sentence a notice: combinations of word classes, the same in every language.

`RULES` is the list, in order; each rule looks at one sentence and says whether the publication
speaks there about its own text. Word order differs between languages, so most rules ask which classes
stand near each other, not in which order.
"""

from __future__ import annotations

from collections.abc import Callable

from revtrack.notices.sentence import Sentence

__all__ = ["RULES", "fires"]

# How far (characters) words that belong together may stand apart in a sentence: 4, 8, 25 words.
_BESIDE, _NEAR, _FAR = 24, 60, 200
# A sentence begins with its subject when the subject stands within this many characters of its start.
_SUBJECT = 45


def _own_piece(s: Sentence) -> bool:
    """The publication's own text is named: *this article*, or *the story* as subject."""
    return s.has("piece") or s.then("own", "noun", 12)


def _subject(s: Sentence) -> bool:
    """The sentence begins with a published thing: *An article on Sunday …*, *A picture caption …*."""
    return any(
        m.start - s.start <= _SUBJECT for m in s.of("noun", "headline", "caption", "byline", "piece")
    )


def _earlier_version(s: Sentence) -> bool:
    """*An earlier version of this story said …*; without a piece only where it says something."""
    if not s.has("earlier"):
        return False
    if _own_piece(s) or s.near("earlier", "noun", _BESIDE):
        return True
    start = min(m.start for m in s.of("earlier")) - s.start
    return start <= _SUBJECT and s.near("earlier", "stated", _NEAR)


def _piece_changed(s: Sentence) -> bool:
    """As in *This story has been updated to include …*, *The headline was amended*."""
    return any(
        (_own_piece(s) and s.near(noun, verb, _FAR)) or (_subject(s) and s.then(noun, verb, _BESIDE))
        for noun in ("noun", "piece", "headline", "caption", "byline")
        for verb in ("corrected", "changed", "updated", "clarify")
    )


def _piece_was_wrong(s: Sentence) -> bool:
    """*A picture caption with an article on Friday misspelled …*, *this post originally said …*."""
    if not (_own_piece(s) or _subject(s) or s.has("cause")):
        return False
    if s.has("misstated", "cause") or s.near("wrongly", "stated", _BESIDE):
        return True
    if (
        s.has("wrong")
        and (s.near("noun", "wrong", _NEAR) or s.near("piece", "wrong", _NEAR))
        and _own_piece(s)
    ):
        return True
    return _own_piece(s) and s.near("originally", "stated", _BESIDE)


def _own_error(s: Sentence) -> bool:
    """*We misspelled her name*, *I've corrected it above*, *our error*."""
    if not s.has("we"):
        return False
    return (
        s.near("we", "misstated", _NEAR)
        or (s.near("wrongly", "stated", _BESIDE) and s.near("we", "stated", _NEAR))
        or (s.near("we", "corrected", _BESIDE) and s.has("here"))
        or (s.near("we", "stated", _NEAR) and s.has("issue"))
    )


def _own_apology(s: Sentence) -> bool:
    """*We apologise for the error*; an apology for anything else is a story."""
    return s.near("apologise", "wrong", _NEAR) and s.near("we", "apologise", _NEAR)


def _own_retraction(s: Sentence) -> bool:
    """As in *This article has been retracted*, *we withdraw the report*."""
    return s.has("retract") and (_own_piece(s) or (_subject(s) and s.then("noun", "retract", _BESIDE)))


RULES: list[tuple[str, Callable[[Sentence], bool]]] = [
    ("earlier version", _earlier_version),
    ("piece changed", _piece_changed),
    ("piece was wrong", _piece_was_wrong),
    ("own error", _own_error),
    ("own apology", _own_apology),
    ("own retraction", _own_retraction),
]


def fires(s: Sentence) -> str | None:
    """The name of the first rule that makes *s* part of a notice; None when no rule does."""
    if s.has("refuse") or _only_when(s):
        return None
    return next((name for name, rule in RULES if rule(s)), None)


def _only_when(s: Sentence) -> bool:
    """A line that says only when: *Last updated …*, *first published … and updated in 2020*."""
    return s.has("last") or (
        s.has("published") and not s.has("purpose", "earlier", "misstated", "wrongly", "wrong")
    )
