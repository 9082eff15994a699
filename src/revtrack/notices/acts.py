"""What a notice says was done to the text, and whether it speaks of the article as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from revtrack.model import NoticeAct, NoticeKind
from revtrack.notices.sentence import Sentence

__all__ = ["acts_of", "is_wide"]

# What each class of a lexicon says was done, in the order in which acts are told.
_SAYS = (
    (NoticeAct.ADDED, ("added", "include")),
    (NoticeAct.REMOVED, ("removed",)),
    (NoticeAct.REPLACED, ("replaced",)),
    (NoticeAct.CORRECTED, ("corrected", "wrong")),
    (NoticeAct.CLARIFIED, ("clarify",)),
)
# What the kind of a notice says where its words name no act.
_MEANT = {
    NoticeKind.CORRECTION: NoticeAct.CORRECTED,
    NoticeKind.CLARIFICATION: NoticeAct.CLARIFIED,
    NoticeKind.RETRACTION: NoticeAct.RETRACTED,
    NoticeKind.WITHDRAWAL: NoticeAct.REMOVED,
    NoticeKind.REMOVAL: NoticeAct.REMOVED,
}
# Labels that tell of a change of the text by themselves: *Updated on 3 May: the table*.
_TELLS = frozenset({"updated"})
# How far (characters) *with* follows *updated*: a date and a time may be between them.
_BESIDE = 40
# The publication speaks of itself or of its own text in a sentence with one of these classes.
_ITSELF = ("we", "own", "piece", "noun", "part", "headline", "caption", "byline", "after")
# A sentence with one of these tells what the text said: its other verbs are no acts of the publication.
_QUOTING = ("stated", "we_stated", "misstated", "wrongly", "originally")
_WRONG = ("corrected", "misstated", "wrongly", "wrong")
# A wide notice says that the piece was changed, in a sentence without a word of the last of these.
_PIECE = ("piece", "own", "noun", "after")
_CHANGING = ("updated", "changed", "corrected", "clarify")
_PARTICULAR = (
    *("stated", "we_stated", "misstated", "wrongly", "originally", "purpose", "include"),
    *("number", "name", "date", "quote", "headline", "caption", "byline", "removed", "replaced"),
)


def acts_of(
    inside: Sequence[Sentence], kind: NoticeKind, label: str | None, rule: str
) -> tuple[NoticeAct, ...]:
    """The acts that a notice of *kind* names, found by *rule* under *label*; none where it tells news.

    Under a label that holds whatever follows (*Update: the police removed the barrier*) only a sentence
    in which the publication speaks of itself says what was done to the text.
    """
    spoken = [
        s for s in inside if rule != "label" or kind in _MEANT or label in _TELLS or s.has(*_ITSELF)
    ]
    done = [s for s in spoken if not s.has(*_QUOTING)]
    found = [act for act, classes in _SAYS if any(s.has(*classes) for s in done)]
    if NoticeAct.ADDED not in found and any(s.then("updated", "with", _BESIDE) for s in done):
        found.insert(0, NoticeAct.ADDED)  # *updated at 14:00 with comment from the office*
    if any(_is_changed(s) for s in done):
        found.append(NoticeAct.CHANGED)
    if NoticeAct.CORRECTED not in found and any(s.has(*_WRONG) for s in spoken):
        found.append(NoticeAct.CORRECTED)
    meant = _MEANT.get(kind)
    if meant is not None and (meant is NoticeAct.RETRACTED or not found):
        found.append(meant)
    if not found and (
        label in _TELLS or any(s.has("updated") for s in done) or any(map(_speaks_of_itself, inside))
    ):
        found.append(NoticeAct.CHANGED)
    return tuple(found)


def is_wide(inside: Sequence[Sentence], said: str | None, says: str | None) -> bool:
    """The article was changed, and nothing in it is named: *This text was updated throughout*."""
    if said is not None or says is not None:
        return False
    changing = [s for s in inside if s.has(*_CHANGING) and s.has(*_PIECE)]
    return bool(changing) and not any(s.has(*_PARTICULAR) for s in changing)


def _is_changed(s: Sentence) -> bool:
    """Changed in a way that is not told: *edited*, *revised*, but not *removed*."""
    return any({"removed", "replaced"}.isdisjoint(mark.classes) for mark in s.of("changed"))


def _speaks_of_itself(s: Sentence) -> bool:
    """A sentence with *we* and the own text: *We flagged what in this post no longer holds*."""
    own = s.has("piece") or s.then("own", "noun", 1) or s.then("own", "part", 1)
    return own and s.has("we") and not s.has("future", "after", "published")
