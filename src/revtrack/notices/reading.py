"""Reading a notice: its kind from what it says, its target, the wrong and the right text, its date."""

from __future__ import annotations

from revtrack.model import Notice, NoticeKind, NoticeTarget, Span
from revtrack.notices.contrast import said_and_says
from revtrack.notices.dates import read_date
from revtrack.notices.folded import fold
from revtrack.notices.lexicon import Lexicon
from revtrack.notices.opening import Opening
from revtrack.notices.sentence import Sentence, sentences

__all__ = ["read"]

_KINDS = {
    "update": NoticeKind.UPDATE,
    "correction": NoticeKind.CORRECTION,
    "clarification": NoticeKind.CLARIFICATION,
    "editors_note": NoticeKind.EDITORS_NOTE,
    "retraction": NoticeKind.RETRACTION,
    "apology": NoticeKind.APOLOGY,
    "edit": NoticeKind.UPDATE,
    "note": NoticeKind.EDITORS_NOTE,
}
_WRONG = frozenset({"earlier version", "piece was wrong", "own error"})
# Targets in order of care: what stands first in this list wins where several are named.
_TARGETS = (
    ("headline", NoticeTarget.HEADLINE),
    ("caption", NoticeTarget.CAPTION),
    ("byline", NoticeTarget.BYLINE),
    ("quote", NoticeTarget.QUOTE),
    ("name", NoticeTarget.NAME),
    ("number", NoticeTarget.NUMBER),
    ("date", NoticeTarget.DATE),
    ("other", NoticeTarget.OTHER),
)
# How far after a verb of misstating its object is looked for (characters), about eight words.
_OBJECT = 50


def read(text: str, span: Span, opening: Opening, rule: str, words: Lexicon) -> Notice:
    """The notice that stands at *span*, which begins with *opening* and was found by *rule*."""
    folded = fold(text)
    inside = sentences(text, folded, words)
    said, says = said_and_says(text, folded, inside, words)
    return Notice(
        kind=_kind(opening, rule, inside, said),
        target=_target(inside, said, says),
        text=text,
        span=span,
        label=text[opening.start : opening.stop] or None,
        said=said,
        says=says,
        dated=read_date(folded[: opening.body], words) or _dated_inside(inside, words),
        language=words.language,
    )


def _kind(opening: Opening, rule: str, inside: tuple[Sentence, ...], said: str | None) -> NoticeKind:
    labelled = _KINDS.get(opening.label or "")
    if rule == "own retraction" or labelled is NoticeKind.RETRACTION:
        return NoticeKind.RETRACTION
    if labelled in (NoticeKind.CLARIFICATION, NoticeKind.CORRECTION, NoticeKind.APOLOGY):
        return labelled
    if any(s.has("clarify") for s in inside) and rule == "piece changed":
        return NoticeKind.CLARIFICATION
    if rule in _WRONG or said is not None or any(s.has("corrected", "misstated") for s in inside):
        return NoticeKind.CORRECTION
    if labelled is not None and opening.label != "note":
        return labelled
    if rule == "own apology":
        return NoticeKind.APOLOGY
    return NoticeKind.UPDATE


def _target(inside: tuple[Sentence, ...], said: str | None, says: str | None) -> NoticeTarget:
    del said, says
    for s in inside:
        for name, target in _TARGETS[:3]:
            if s.has(name) and s.has(
                "misstated", "corrected", "changed", "stated", "originally", "earlier"
            ):
                return target
        for verb in s.of("misstated"):
            near = [
                (mark.start, target)
                for name, target in _TARGETS
                for mark in s.of(name)
                if verb.start <= mark.start <= verb.stop + _OBJECT
            ]
            if near:
                return min(near, key=lambda pair: pair[0])[1]
    return NoticeTarget.BODY


def _dated_inside(inside: tuple[Sentence, ...], words: Lexicon):  # type: ignore[no-untyped-def] # first version
    for s in inside:
        for verb in s.of("corrected", "updated", "changed"):
            begin = verb.stop - s.start
            when = read_date(s.folded[begin : begin + 40], words)
            if when:
                return when
    return None
