"""Reading a notice: its kind from what it says, its target, the wrong and the right text, its date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from revtrack.model import Notice, NoticeAct, NoticeKind, Span
from revtrack.notices.dates import date_run, read_date
from revtrack.notices.lexicon import Lexicon
from revtrack.notices.opening import Opening
from revtrack.notices.phrases import fold
from revtrack.notices.retraction import is_gone, stands_elsewhere
from revtrack.notices.sentence import Sentence, sentences
from revtrack.notices.statements import candidates
from revtrack.notices.subject import own_piece
from revtrack.notices.targets import targets_of

__all__ = ["LABELLED", "read"]

LABELLED: Mapping[str, NoticeKind] = {
    "update": NoticeKind.UPDATE,
    "updates": NoticeKind.UPDATE,
    "updated": NoticeKind.UPDATE,
    "correction": NoticeKind.CORRECTION,
    "clarification": NoticeKind.CLARIFICATION,
    "editors_note": NoticeKind.EDITORS_NOTE,
    "retraction": NoticeKind.RETRACTION,
    "withdrawal": NoticeKind.WITHDRAWAL,
    "removal": NoticeKind.REMOVAL,
    "concern": NoticeKind.EXPRESSION_OF_CONCERN,
    "apology": NoticeKind.APOLOGY,
}
"""The kind of notice that a label names, by the label's class."""

# What these labels say is not questioned; *Update* and *Note* may hold anything.
_SURE = frozenset({"correction", "clarification", "retraction", "withdrawal", "removal", "concern"})
# In these the whole text is given up: they say nothing of single words.
_GIVEN_UP = frozenset(
    {NoticeKind.RETRACTION, NoticeKind.WITHDRAWAL, NoticeKind.REMOVAL, NoticeKind.EXPRESSION_OF_CONCERN}
)
# Rules by which the publication says that its own text was wrong.
_WRONG = frozenset({"earlier version", "piece was wrong", "own error", "own issue", "enclosed"})
# *My figures were wrong*: the two stand this close (characters).
_BESIDE = 24


def read(text: str, span: Span, opening: Opening, rule: str, words: Lexicon) -> Notice:
    """The notice that stands at *span*, which begins with *opening* and was found by *rule*."""
    folded = fold(text)
    inside = sentences(text, folded, words)
    pairs = candidates(text, _without_label(inside, opening), words)
    said, says = pairs[0] if pairs else (None, None)
    kind = _kind(opening, rule, inside, contrasts=said is not None and says is not None)
    if kind in _GIVEN_UP or (kind is NoticeKind.UPDATE and rule in {"label", "own retraction"}):
        pairs, said, says = (), None, None
    targets = targets_of(_without_label(inside, opening), said, says, words)
    acts = acts_of(inside, kind, opening.label, rule)
    given_up = rule == "own retraction" and kind is not NoticeKind.EXPRESSION_OF_CONCERN
    if given_up and kind is not NoticeKind.RETRACTION:  # the whole text, whatever became of it
        acts = (NoticeAct.REMOVED,)
    return Notice(
        kind=kind,
        target=targets[0],
        text=text,
        span=span,
        label=text[opening.start : opening.stop] or None,
        said=said,
        says=says,
        dated=_dated(folded, opening, inside, words),
        language=words.language,
        acts=acts,
        targets=targets,
        candidates=pairs,
        wide=given_up or (bool(acts) and is_wide(inside, said, says)),
    )


def _without_label(inside: Sequence[Sentence], opening: Opening) -> tuple[Sentence, ...]:
    """The sentences from where the label and its date end: *Correction: It is B* says *It is B*."""
    if opening.label is None or not (opening.parting or opening.dated):
        return tuple(inside)
    return tuple([s.after(opening.body - s.start) for s in inside if s.stop > opening.body])


def _kind(opening: Opening, rule: str, inside: Sequence[Sentence], *, contrasts: bool) -> NoticeKind:
    label = opening.label
    labelled = LABELLED.get(label or "")
    if labelled is not None and label in _SURE:
        return labelled
    if rule == "name":
        wrong = any(
            s.has("wrong", "wrongly", "misstated", "corrected", "earlier", "right") for s in inside
        )
        return NoticeKind.CORRECTION if wrong or contrasts else NoticeKind.EDITORS_NOTE
    if rule == "own retraction":
        return _given_up_kind(inside)
    if rule == "own apology" or (label == "apology" and rule == "label"):
        return NoticeKind.APOLOGY
    if rule in _WRONG:
        return NoticeKind.CORRECTION
    if rule in ("piece changed", "telltale"):
        return _changed_kind(label, rule, inside)
    if label in ("update", "edit") and any(map(_says_what_it_was, inside)):
        return NoticeKind.CORRECTION
    if label == "edit" and any(s.has("wrong", "corrected", "misstated", "wrongly") for s in inside):
        return NoticeKind.CORRECTION
    return labelled or NoticeKind.UPDATE


def _says_what_it_was(s: Sentence) -> bool:
    """*My figures were wrong*, *this was first reported as A, the correct number is B*."""
    wrong = s.first and s.near("own", "wrong", _BESIDE)
    return wrong or (s.has("own") and s.has("earlier", "originally") and s.has("right", "corrected"))


def _given_up_kind(inside: Sequence[Sentence]) -> NoticeKind:
    """The kind of a notice by which the whole text is given up, or is found elsewhere now."""
    if any(s.has("concern") for s in inside):
        return NoticeKind.EXPRESSION_OF_CONCERN
    if any(s.has("retract") for s in inside):
        return NoticeKind.RETRACTION
    gone = next((s for s in inside if is_gone(s) or stands_elsewhere(s)), None)
    if gone is None or gone.has("withdraw", "untimely", "wrongly"):
        return NoticeKind.WITHDRAWAL
    return NoticeKind.UPDATE if gone.has("elsewhere", "closed") else NoticeKind.REMOVAL


def _changed_kind(label: str | None, rule: str, inside: Sequence[Sentence]) -> NoticeKind:
    """The kind of a notice that says that the piece was changed: by what was done to it."""
    told = [
        s for s in inside if s.has("corrected", "changed", "added", "updated", "clarify", "telltale")
    ]
    s = told[0] if told else inside[0]
    own = s.has("piece", "own", "noun", "headline", "part")
    if label in ("update", "updated") and not own:
        return NoticeKind.UPDATE
    if s.has("clarify"):
        return NoticeKind.CLARIFICATION
    if s.has("apologise") and len(inside) == 1 and not s.has("stated", "right"):
        return NoticeKind.APOLOGY
    if s.has("corrected", "wrong", "wrongly", "misstated", "right"):
        return NoticeKind.CORRECTION
    if label == "editors_note":
        return NoticeKind.EDITORS_NOTE
    if s.has("added", "updated"):
        return NoticeKind.UPDATE
    return NoticeKind.CORRECTION if s.has("changed") or rule == "telltale" else NoticeKind.UPDATE


def _dated(
    folded: str, opening: Opening, inside: Sequence[Sentence], words: Lexicon
) -> date | datetime | None:
    """The date beside the label, else the date after a verb of changing."""
    if opening.dated:
        when = read_date(folded[: opening.body], words)
        if when:
            return when
    for s in inside:
        for verb in sorted(s.of("corrected", "updated", "changed"), key=lambda m: m.start):
            stop, dated = date_run(s.folded, verb.stop, words)
            when = read_date(s.folded[verb.stop : stop], words) if dated else None
            if when:
                return when
    return None


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
_TO_WITH = 40
# The publication speaks of itself or of its own text in a sentence with one of these classes.
_ITSELF = (
    *("we", "we_stated", "own", "piece", "noun", "part", "headline", "caption", "byline", "after"),
)
# What is removed from nothing but a text: *Editor's note: A quotation was removed*.
_PASSAGE = ("quote", "paragraph")
# A sentence with one of these tells what the text said: its other verbs are no acts of the publication.
_QUOTING = ("stated", "we_stated", "misstated", "wrongly", "originally")
_AMISS = ("corrected", "misstated", "wrongly", "wrong")
# A wide notice says that the piece was changed, in a sentence that names no part of it, and no purpose
# or detail unless it speaks of the whole text.
_PIECE = ("piece", "own", "noun", "after")
_CHANGING = ("updated", "changed", "corrected", "clarify")
# What is changed *throughout* or *to reflect* something may be anywhere; nothing is said to be added.
_GENERAL = ("throughout", "reflect")
_NAMED = (
    *("stated", "we_stated", "misstated", "wrongly", "originally"),
    *("headline", "caption", "byline", "removed", "replaced"),
)
_DETAILS = ("number", "name", "date", "quote")


def acts_of(
    inside: Sequence[Sentence], kind: NoticeKind, label: str | None, rule: str
) -> tuple[NoticeAct, ...]:
    """The acts that a notice of *kind* names, found by *rule* under *label*; none where it tells news.

    Under a label that holds whatever follows (*Update: the police removed the barrier*) only a sentence
    in which the publication speaks of itself says what was done to the text, or one of a figure, name,
    date or quotation that was corrected.
    """
    spoken = [
        s
        for s in inside
        if rule != "label"
        or kind in _MEANT
        or label in _TELLS
        or s.has(*_ITSELF)
        or (label == "editors_note" and any(s.near(what, "removed", _TO_WITH) for what in _PASSAGE))
        or any(s.then(what, "corrected", _TO_WITH) for what in _DETAILS)
    ]
    done = [s for s in spoken if not s.has(*_QUOTING) or _removes_first(s)]
    particular = [s for s in done if not s.has(*_GENERAL)]
    found = [
        act
        for act, classes in _SAYS
        if any(s.has(*classes) for s in (particular if act is NoticeAct.ADDED else done))
    ]
    if NoticeAct.ADDED not in found and any(s.then("updated", "with", _TO_WITH) for s in particular):
        found.insert(0, NoticeAct.ADDED)  # *updated at 14:00 with comment from the office*
    if any(_is_changed(s) for s in done):
        found.append(NoticeAct.CHANGED)
    if NoticeAct.CORRECTED not in found and any(s.has(*_AMISS) for s in spoken):
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
    return bool(changing) and not any(
        s.has(*_NAMED)
        or (s.has(*_DETAILS) and not s.has("throughout"))
        or (s.has("purpose", "include", "reflect") and not s.has("throughout"))
        for s in changing
    )


def _removes_first(s: Sentence) -> bool:
    """What was removed is retold behind the act: *We removed a sentence that said …*."""
    removed = [mark.start for mark in s.of("removed")]
    return bool(removed) and min(removed) < min(mark.start for mark in s.of(*_QUOTING))


def _is_changed(s: Sentence) -> bool:
    """Changed in a way that is not told: *edited*, *revised*, but not *removed*."""
    return any({"removed", "replaced"}.isdisjoint(mark.classes) for mark in s.of("changed"))


def _speaks_of_itself(s: Sentence) -> bool:
    """A sentence with *we* and the own text: *We flagged what in this post no longer holds*."""
    return own_piece(s) and s.has("we") and not s.has("future", "after", "published")
