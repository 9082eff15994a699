"""Judging one paragraph: whether it holds a notice, and which part of it the notice is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from revtrack.facts import counted
from revtrack.facts.statements import QUOTED
from revtrack.notices.dates import has_date, has_words
from revtrack.notices.enclosed import (
    COLONS,
    UNLABELLED,
    Found,
    denying_clause,
    enclosed_notice,
    is_open,
    labelled_sentence,
)
from revtrack.notices.grammar import admits, can_fire, fires, telling_place
from revtrack.notices.lexicon import Lexicon
from revtrack.notices.opening import Opening, read_opening
from revtrack.notices.phrases import fold
from revtrack.notices.sentence import Sentence, sentences
from revtrack.notices.subject import sets_against

__all__ = ["asks", "by_name", "judge", "judge_entry"]

_CLOSING = {"[": "]", "(": ")", "（": "）", "【": "】", "［": "］", "〔": "〕"}
# So many sentences after the telling one belong to a notice whatever they say; further ones only
# while they go on correcting. (In the gold, three notices in four have at most two more.)
_FOLLOWERS = 3
_GOES_ON = (
    *("right", "wrong", "wrongly", "corrected", "changed", "updated", "clarify", "telltale"),
    *("apologise", "earlier", "misstated", "actually", "piece", "retract"),
)
# An error and what was done about it are said in two of so many sentences: a bound on the work.
_LOOKED_AT = 40
# A line that ends in a colon announces what stands below it while it is this short.
_SHORT_LINE = 120
# After *Updated 12 May 10:30* a text of fewer words is still part of the time stamp.
_FEWEST_WORDS = 4
_ENDINGS = frozenset(".!…:：。）)]\"”»'’")
# What the text after the label "Edit" must speak of: readers' comments are full of that label.
_EDITING = ("changed", "corrected", "misstated", "wrong", "added", "wrongly", "updated")
_BRACKETS = frozenset(_CLOSING.values())
# A label stands among the first characters of its paragraph: after ornaments, a time, a speaker.
_LABEL_WITHIN = 120
# Without text these labels announce nothing: *Updated 3 May*, *Note*, *Removed*.
_NEEDS_TEXT = frozenset({"updated", "note", "edit", "retraction", "withdrawal", "removal", "apology"})


def judge(text: str, words: Lexicon, *, heading: bool, last: bool = True) -> Found | None:
    """The notice in one paragraph (all of it or a part); None when there is none.

    *heading* says that the paragraph is a heading, *last* that no other stands below it.
    """
    folded = fold(text)
    marks = words.marks(folded)
    classes = {name for mark in marks for name in mark.classes}
    within = len(folded) if any(c in folded for c in "([（【:：") else _LABEL_WITHIN
    labelled = words.label_finder.search(folded, 0, within) is not None
    may_fire = can_fire(classes, folded)
    if not (labelled or may_fire or {"corrected", "originally"} & classes):
        return None
    opening = read_opening(text, folded, words)
    refused = opening.label is not None or "refuse" in classes
    inside = sentences(text, folded, words, marks)
    inner = None if refused else enclosed_notice(text, words) or denying_clause(text, inside, last=last)
    if inner is not None and not any(fires(s) for s in inside if s.stop <= inner.start + 1):
        return inner
    later = None if refused else labelled_sentence(text, inside, words)
    if opening.label is None and not may_fire:
        return later
    if opening.label and inside[0].start < opening.body < inside[0].stop:
        inside = (inside[0].after(opening.body - inside[0].start), *inside[1:])
    place, rule = _first_telling(inside)
    if later is not None and (place is None or later.start <= inside[place].start):
        return later
    if place is not None and _is_reported(text, _telling(inside[place:], rule), opening):
        return None
    fired = place is not None
    if opening.label and _label_holds(
        text,
        words,
        opening,
        inside,
        heads=heading or (not last and (_is_bare(text, opening) or _is_line(text, inside))),
        fired=fired,
    ):
        stop = _bracket_end(folded, opening)
        if stop is None or not has_words(folded[opening.body : stop], words):
            stop = len(text.rstrip())
        alone = _is_alone(folded, opening)
        alone = alone and (opening.label == "correction" or not opening.is_date_stamp)
        alone = alone or (
            opening.text_follows and opening.dated and opening.parting != ":" and _is_line(text, inside)
        )
        return Found(0, stop, opening, rule, alone=alone)
    if place is None:
        return None
    if place:
        told = inside[place]
        start = told.start + len(told.text) - len(told.text.lstrip())
        return Found(start, _extent(text, inside[place:]), UNLABELLED, rule, alone=False)
    stop = _bracket_end(folded, opening)
    if stop is None or not any(fires(s) for s in sentences(text[:stop], folded[:stop], words)):
        stop = _extent(text, inside)
    return Found(0, stop, opening, rule, alone=False)


def _first_telling(inside: Sequence[Sentence]) -> tuple[int | None, str]:
    """The first sentence of a notice and the rule that finds it; the error may be said before it."""
    place, rule = next(((i, rule) for i, s in enumerate(inside) if (rule := fires(s))), (None, "label"))
    before = next((i for i, pair in enumerate(pairwise(inside[:_LOOKED_AT])) if admits(*pair)), None)
    if before is None or (place is not None and place <= before):
        return place, rule
    return before, rule if place is not None else "piece was wrong"


def _telling(inside: Sequence[Sentence], rule: str) -> int:
    """Where the words stand by which *rule* found the first of these sentences that it fires on."""
    return telling_place(next((s for s in inside if fires(s) == rule), inside[0]), rule)


def by_name(text: str, words: Lexicon) -> Found | None:
    """All of a paragraph whose element is named a correction, unless it only asks for some."""
    inside = sentences(text, fold(text), words)
    if not _is_prose(text, inside) or any(s.has("refuse", "service") for s in inside):
        return None
    if asks(inside[0]):
        return None
    return Found(0, len(text.rstrip()), UNLABELLED, "name", alone=False)


def asks(s: Sentence) -> bool:
    """Whether a sentence asks its reader for errors: *Have you seen a mistake?* is no notice."""
    return s.asks and s.has("wrong", "wrongly", "corrected", "refuse")


def judge_entry(text: str, words: Lexicon, opening: Opening) -> Found | None:
    """All of an entry in a history of changes, if it says what was done to the text."""
    folded = fold(text)
    told = any(s.has(*_EDITING) for s in sentences(text, folded, words))
    if not told or has_date(folded[opening.body :], words):  # several entries in one paragraph
        return None
    return Found(0, len(text.rstrip()), opening, "name", alone=False)


def _extent(text: str, inside: Sequence[Sentence]) -> int:
    """Where a notice without label ends that begins with the first of these sentences."""
    last = len(inside) - 1
    if last > _FOLLOWERS:
        last = max(i for i, s in enumerate(inside) if i == 0 or s.has(*_GOES_ON))
    stop = inside[last].stop
    return inside[0].start + len(text[inside[0].start : stop].rstrip())


def _is_alone(folded: str, opening: Opening) -> bool:
    """A label without text, or a short line that ends in a colon: what it announces stands below."""
    return not opening.text_follows or (folded.rstrip()[-1:] == ":" and len(folded) <= _SHORT_LINE)


def _label_holds(
    text: str,
    words: Lexicon,
    opening: Opening,
    inside: Sequence[Sentence],
    *,
    heads: bool,
    fired: bool,
) -> bool:
    """Whether the label opens a notice, not a headline, a time stamp, a policy or a reader's edit.

    *heads* says that it is a heading, or stands alone on its line above others.
    """
    if fired:
        return opening.text_follows or heads or opening.label not in {"updated", "note"}
    if any(s.has("refuse") for s in inside[:2]) or asks(inside[0]):
        return False
    if not opening.text_follows:
        if opening.label in _NEEDS_TEXT:
            return opening.stamp and text[opening.start : opening.stop].isupper()
        return heads or (opening.dated and opening.parting not in COLONS)
    return _announces(text, words, opening, inside, heads=heads)


def _announces(
    text: str, words: Lexicon, opening: Opening, inside: Sequence[Sentence], *, heads: bool
) -> bool:
    """Whether the text under a label is what the label announces."""
    colon = opening.parting in COLONS
    match opening.label:
        case "update":
            return opening.dated or heads or _is_prose(text, inside)
        case "updated" if opening.dated and not opening.closed:
            # a time stamp stands before the story
            return opening.parting in _BRACKETS and _is_one_line(text, inside)
        case "updated":
            told = _has_words(text, words, opening) and _is_prose(text, inside)
            # *Updated: 4 May, 3 pm IST* announces nothing
            announced = text[: opening.body].rstrip(" *")[-1:] in COLONS
            return (announced and opening.dated) or (told and (colon or opening.dated))
        case "editors_note":
            return not any(s.has("service") for s in inside)
        case "retraction" | "withdrawal" | "removal" | "concern" | "apology":
            return any(s.has("we", "piece", "own") for s in inside)
        case "edit":
            told = colon and _is_named_edit(text, words, opening, inside)
            return told or any(s.has(*_EDITING) for s in inside)
        case "note":
            told = inside[0].is_dated or (inside[0].has("own") and inside[0].has("page"))
            valued = colon and len(counted(inside[0].text, language=words.language)) > 1
            set_right = valued and sets_against(inside[0])
            told = told and inside[0].has(*_EDITING)
            behind = [s for s in inside[1:] if s.has("noun", "piece") and s.has("stated")]
            both = [counted(s.text, language=words.language) for s in (inside[0], *behind[:1])]
            retold = colon and bool(behind) and all(both)  # *It weighs 12. A story on Monday said 21*
            return set_right or told or retold or (opening.dated and opening.closed)
        case "updates":
            return False
    return True


def _has_words(text: str, words: Lexicon, opening: Opening) -> bool:
    return len(text[opening.body :].split()) >= _FEWEST_WORDS or not words.spaced


def _is_named_edit(text: str, words: Lexicon, opening: Opening, inside: Sequence[Sentence]) -> bool:
    """Whether *Edit:* is an editor's; readers write it too, of themselves or with loud thanks."""
    label = text[opening.start : opening.stop]
    if label.isupper():
        return True
    told = text[opening.body :].rstrip("! ")
    speaks = any("us" not in mark.classes for s in inside for mark in s.of("we"))
    calm = "!" not in told and (told[-1:] in _ENDINGS or "," in told or "!" not in text) and not speaks
    return calm and not label[0].islower() and _has_words(text, words, opening)


def _is_bare(text: str, opening: Opening) -> bool:
    """Whether a paragraph is nothing but its label."""
    return opening.label is not None and not text[opening.stop :].strip(" *_:：")


def _is_one_line(text: str, inside: Sequence[Sentence]) -> bool:
    return len(inside) == 1 and len(text) <= _SHORT_LINE


def _is_line(text: str, inside: Sequence[Sentence]) -> bool:
    """A short line that is no sentence: it heads what stands below it."""
    return len(text) <= _SHORT_LINE and not _is_prose(text, inside)


def _is_prose(text: str, inside: Sequence[Sentence]) -> bool:
    """A sentence rather than a headline: it ends like one, or there are several."""
    return len(inside) > 1 or text.rstrip(" *_")[-1:] in _ENDINGS


def _is_reported(text: str, telling: int, opening: Opening) -> bool:
    """Whether the telling words stand inside quotation marks: someone else's correction is reported."""
    if not is_open(text[:telling]):
        return False
    return opening.label is not None or QUOTED.fullmatch(text.strip()) is None


def _bracket_end(folded: str, opening: Opening) -> int | None:
    """Where the bracket that opens a notice closes, when more text follows it."""
    if opening.bracket is None:
        return None
    depth, close = 0, _CLOSING[opening.bracket]
    for position, character in enumerate(folded):
        depth += (character == opening.bracket) - (character == close)
        if character == close and depth <= 0:
            return position + 1
    return None
