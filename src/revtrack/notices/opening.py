"""How a notice opens: ornament, bracket, date, label, and what parts the label from its text."""

from __future__ import annotations

import re

import attrs

from revtrack.facts import Clock, Day, counted
from revtrack.notices.dates import date_run, has_date, has_words, read_date
from revtrack.notices.lexicon import Lexicon, Mark
from revtrack.notices.phrases import fold

__all__ = ["CLOSING_BRACKETS", "LONGEST", "Opening", "dated_heading", "dated_mark", "read_opening"]

_QUOTES = '"“”„«»「」『』'
# Arrows, shapes, dingbats and pictures (⚠️ ✅ ■) are ornaments like a dash or a bracket.
_ORNAMENT = re.compile(
    r"[\s*#>~\-–—•·+|=!\"“”„«»\[\](){}（）【】［］〔〕「」『』※†‡^＊\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]{0,40}"
)
_DELIMITER = re.compile(r"[\s*]{0,4}[:：—–|\]）】)］!]|[\s*]{1,4}-\s|\s{0,2}[.．。]\s|[\s*]{0,4}\n")
_CLOSERS = re.compile(r"[\s*:：\-–—.\])）】］|!]{0,12}")
# A paper or person before a verb that serves as a label ("Avisen retter:") is this many words long.
_SPEAKER = re.compile(r"(?:[^\W_]{1,20}[ .]{1,2}){1,3}")
_FOOTNOTE = re.compile(r"\d{1,3}[\s.)]{0,2}")
_GAP = re.compile(r"[ .]{1,2}")
# A label is counted (*Update II*, *Edit #2*), signed (*Edit (Mara)*) or shouted before its sentence.
_COUNTED = re.compile(
    r"\s{0,2}(?:#\s?|no\.? ?|nr\.? ?)?(?:\d{1,2}|[ivx]{1,4})(?=[\s*]{0,4}(?:[:：.)\]）】—–-]|$))"
)
_SIGNED = re.compile(r"\s?[(（\[][^()（）\[\]\d\n]{1,30}[)）\]](?=\s?[:：])")
# The word before a label that counts it ends within so many characters.
_NTH = 24
# A label in capitals has so many letters at least; shorter ones are acronyms.
_LOUD = 4
# A label with its day, alone on its line, has at most so many characters behind the label.
_HEADING = 40
# A date ends within so many characters; behind it a word with a capital opens a sentence.
_DATE = 60
_DIGITS = re.compile(r"\d")
_NEXT = re.compile(r"(?: ?[ap]\.?m\.?| [A-Z]{2,4}\b)*\s[^\W\d_a-zß-ÿ][^\W\dA-Z_]")
_CLOSING = frozenset("])）】］〕")
# Words that may stand between a label and its colon ("Correction to an earlier version:").
_QUALIFIED = re.compile(r"[^:：.!?\n]{1,60}[:：]")
# A label that is a verb with its speaker holds a word of one of these classes.
_VERBS = frozenset({"corrected", "clarify", "retract"})


@attrs.frozen
class Opening:
    """The beginning of a paragraph that may be a notice.

    `label` is the label's kind (None without one), `start` and `stop` its characters, `body` where
    the text after it begins; `bracket` is the bracket that opens it, `parting` the sign that closes
    it (a colon, a dash …), `dated` whether a date or time stands beside it. A `stamp` is a label alone
    in its brackets; `closed` is false where nothing parts the label and its date from the text.
    """

    label: str | None
    start: int
    stop: int
    body: int
    bracket: str | None
    parting: str
    dated: bool
    text_follows: bool
    stamp: bool = False
    closed: bool = True

    @property
    def is_date_stamp(self) -> bool:
        """Whether it is a label in its brackets with a date beside it: *[CORRECTED] 3 May*."""
        return self.stamp and self.dated


def read_opening(text: str, folded: str, words: Lexicon) -> Opening:
    """The opening of a paragraph and its *folded* copy; `label` is None when it has none."""
    ornament = _ORNAMENT.match(folded)
    start = ornament.end() if ornament else 0
    bracket = next((c for c in folded[:start] if c in "[(（【［〔"), None)
    after_date, dated = date_run(folded, start, words)
    closers = _CLOSERS.match(folded, after_date) if dated else None
    body = closers.end() if closers else start
    footnote = _FOOTNOTE.match(folded, start)
    swallowed = dated and not words.spaced and words.label_finder.search(folded, start, after_date)
    places = (start, body, footnote.end() if footnote else start, _behind_nth(folded, start, words))
    for begin in dict.fromkeys((*places, swallowed.start() if swallowed else start)):
        found = words.label_finder.match(folded, begin)
        if found and not _is_quoted(folded, found.start(), found.end()):
            opening = _after_label(text, folded, found.span(), bracket, words)
            if opening:
                return attrs.evolve(opening, dated=opening.dated or dated)
    spoken = _spoken_label(text, folded, start, bracket, words)
    spoken = spoken or _dated_verb(folded, start, bracket, words)
    spoken = spoken or _dated_line(folded, start, bracket, words)
    return spoken or Opening(None, start, start, body, bracket, "", dated, body < len(folded))


def _behind_nth(folded: str, start: int, words: Lexicon) -> int:
    """Where a label begins that is counted by a word before it: *Second update*, *Latest update*."""
    first = next(iter(words.marks(folded[start : start + _NTH])), None)
    if first is None or first.start or "nth" not in first.classes:
        return start
    return start + first.stop + (folded[start + first.stop : start + first.stop + 1] == " ")


def _is_quoted(folded: str, start: int, stop: int) -> bool:
    """Whether the label is a quoted word: *“Correction!” is the title of his book*."""
    return (
        start > 0
        and folded[start - 1] in _QUOTES
        and any(c in _QUOTES for c in folded[stop : stop + 2])
    )


def _after_label(
    text: str, folded: str, label: tuple[int, int], bracket: str | None, words: Lexicon
) -> Opening | None:
    start, stop = label
    kind = words.labels[folded[start:stop]]
    if _is_heading(folded[stop:], words):
        return Opening(kind, start, stop, len(text), bracket, ",", True, False)
    told = _SIGNED.match(folded, stop) or _COUNTED.match(folded, stop)
    place = told.end() if told else stop
    first = _DELIMITER.match(folded, place)
    end, dated = date_run(folded, first.end() if first else place, words)
    closes = next((n for n in range(place, end) if bracket and text[n] in _CLOSING), end)
    end = max(closes, first.end() if first else place)  # [Updated 4 May] The hall is open
    if dated or first is None:
        second = _DELIMITER.match(folded, end)
    else:
        second, end = None, first.end()
    body = second.end() if second else end
    sign = first or second
    parting = sign.group().strip(" *")[:1] if sign else ""
    follows = has_words(folded[body:], words)
    bracketed = bracket is not None and "corrected" in words.words.get(folded[start:stop], ())
    if not (parting or dated or bracketed or not folded[body:].strip(" *")):
        qualified = _qualified(folded, stop, words)
        if qualified is None:
            shouted = len(text[start:stop]) >= _LOUD and text[start:stop].isupper()
            if not (shouted and _is_sentence(text[stop:])):
                return None
            return Opening(kind, start, stop, stop, bracket, "", False, True)
        dated, body, parting = *qualified, ":"
        follows = has_words(folded[body:], words)
    stamp = bracket is not None and first is not None and parting in _CLOSING
    parted = second is not None and not (bracket and text[closes : closes + 1] in _CLOSING)
    closed = not dated or parted or not follows or not _runs_on(text[stop:])
    return Opening(kind, start, stop, body, bracket, parting, dated, follows, stamp, closed)


def _is_heading(rest: str, words: Lexicon) -> bool:
    """Whether a comma, a day and little else follow a label: *Update, Friday evening*."""
    bare = rest.strip(" *_")
    if not bare.startswith(",") or len(bare) > _HEADING or bare[-1:] in ".!?":
        return False
    found = counted(bare[1:], language=words.language)
    days = [fact for fact in found if isinstance(fact.value, Day | Clock)]
    said = sum([len(fact.span) for fact in days])
    return bool(days) and 2 * said >= len(bare) - 2


def _runs_on(text: str) -> bool:
    """Whether a sentence begins right behind a date, as where a stamp stands before the story."""
    rest = text[max([m.end() for m in _DIGITS.finditer(text[:_DATE])], default=0) :]
    return _NEXT.match(rest) is not None


def _is_sentence(text: str) -> bool:
    """Whether what follows a label in capitals is a sentence, and no headline or more capitals."""
    words = text.split()
    small = sum([word[:1].islower() for word in words])
    return text[:1] == " " and 2 * small >= len(words) > 2 and words[0][:1].isupper()


def _qualified(folded: str, stop: int, words: Lexicon) -> tuple[bool, int] | None:
    """Whether what stands between a label and its colon is a date, and where the colon ends."""
    found = _QUALIFIED.match(folded, stop)
    if found is None:
        return None
    dated = read_date(found.group(), words) is not None
    named = any({"earlier", "noun"} & {*m.classes} for m in words.marks(found.group()))
    return (dated, found.end()) if named or dated else None


def _spoken_label(
    text: str, folded: str, start: int, bracket: str | None, words: Lexicon
) -> Opening | None:
    """A verb as label with its speaker before it: *Avisen retter:*, *The editors clarify:*."""
    speaker = _SPEAKER.match(folded, start)
    for gap in _GAP.finditer(speaker.group()) if speaker else ():
        found = words.label_finder.match(folded, start + gap.end())
        if found and not _VERBS.isdisjoint(words.words.get(found.group(), ())):
            opening = _after_label(text, folded, found.span(), bracket, words)
            if opening and opening.parting in {":", "："}:
                return attrs.evolve(opening, start=start)
    return None


def _dated_line(folded: str, start: int, bracket: str | None, words: Lexicon) -> Opening | None:
    """A line in brackets that says when and what was done: *(4 May: opening time corrected)*."""
    body, dated = date_run(folded, start, words)
    line = folded.rstrip(" *.。")
    if not dated or bracket is None or len(line) > LONGEST or folded[body : body + 1] not in _COLONS:
        return None
    marks = words.marks(line[body:])
    done = next((m for m in marks if not {*m.classes}.isdisjoint(_DONE | {"updated"})), None)
    if done is None or line[-1:] not in CLOSING_BRACKETS or any("enacted" in m.classes for m in marks):
        return None
    if "corrected" not in done.classes and all(_NAMES.isdisjoint(m.classes) for m in marks):
        return None  # *(5 May 1945: borders changed)*
    return attrs.evolve(
        _opening(done.shifted(body), body + 1), bracket=bracket, parting=":", text_follows=True
    )


LONGEST = 120
"""The longest line that is such a heading, in characters; headings of the gold have under 60."""

CLOSING_BRACKETS = ")）]］】"
"""With one of these such a heading ends."""

_BRACKET = re.compile(r"[(（\[［【]([^()（）\[\]［］【】]{6,60})[)）\]］】]\s*$")
# A closing mark in a script without spaces; a bracket in it gives the day of the week.
_MARK = re.compile(
    r"[※＊(（\[［【〔]([^※＊()（）\[\]［］【】〔〕]{1,14}(?:[(（][^()（）]{1,3}[)）][^※＊()（）]{0,14})?)"
    r"[)）\]］】〕]?\s*$"
)
_MARK_WITHIN = 40
_WEEKDAY = re.compile(r"[(（].[)）]")
# The verbs that label a notice with their date, and the label that each stands for.
_DATED_VERBS = (
    *(("corrected", "correction"), ("clarify", "clarification")),
    *(("added", "update"), ("updated", "update"), ("changed", "update")),
)
_NAMES = frozenset({"noun", "part", "piece"})
_COLONS = frozenset(":：")
# What was done; *updated* alone with a date is a time stamp and says nothing.
_DONE = frozenset({"added", "corrected", "changed", "clarify"})


def _dated_verb(folded: str, start: int, bracket: str | None, words: Lexicon) -> Opening | None:
    """A verb with its date as label: *Fixed 3 June: …*, *Article modifié le 4 mai à 10 h : …*."""
    marks = words.marks(folded[start : start + _DATE])
    named = bool(marks) and marks[0].start == 0 and not _NAMES.isdisjoint(marks[0].classes)
    at, verb = (marks[0].stop, marks[1:2]) if named else (0, marks[:1])
    if not verb or verb[0].start - at > 1:
        return None
    label = next((label for name, label in _DATED_VERBS if name in verb[0].classes), None)
    last = start + verb[0].stop
    stop, dated = date_run(folded, last, words)
    if label is None or not dated or folded[stop : stop + 1] not in _COLONS:
        return None
    return Opening(
        label=label,
        start=start,
        stop=last,
        body=stop + 1,
        bracket=bracket,
        parting=":",
        dated=True,
        text_follows=has_words(folded[stop + 1 :], words),
    )


def dated_heading(text: str, words: Lexicon) -> Opening | None:
    """The opening of a line whose closing bracket holds a date and what was done then, else None."""
    if len(text) > LONGEST or text.rstrip()[-1:] not in CLOSING_BRACKETS:
        return None
    folded = fold(text)
    bracket = _BRACKET.search(folded)
    if bracket is None or not folded[: bracket.start()].strip():
        return None
    done = _done_then(bracket.group(1), bracket.start(1), words)
    if done is None or _DONE.isdisjoint(done.classes):
        return None
    return _opening(done, len(text))


def dated_mark(text: str, words: Lexicon) -> tuple[int, Opening] | None:
    """Where a line's closing mark begins in a script without spaces, and how it opens.

    *受付 ※4月30日(木)更新* · *…ます。（4月28日(火)追記）*. What was added announces its own line.
    """
    if words.spaced:
        return None
    folded = fold(text)
    mark = _MARK.search(folded, max(0, len(folded) - _MARK_WITHIN))
    done = _done_then(mark.group(1), mark.start(1), words) if mark else None
    if mark is None or done is None or {"updated", *_DONE}.isdisjoint(done.classes):
        return None
    whole = "added" in done.classes or not folded[: mark.start()].strip()
    start = 0 if whole else mark.start()
    opening = _opening(Mark(done.classes, done.start - start, done.stop - start), len(text) - start)
    return start, opening


def _done_then(inside: str, offset: int, words: Lexicon) -> Mark | None:
    """The word for what was done in a bracket that holds a date beside it and nothing else."""
    for mark in words.marks(inside):
        rest = _WEEKDAY.sub(" ", f"{inside[: mark.start]} {inside[mark.stop :]}").strip(" ,:、")
        stop, dated = date_run(rest, 0, words)
        if stop == len(rest) and (dated or has_date(rest, words)):
            return Mark(mark.classes, offset + mark.start, offset + mark.stop)
    return None


def _opening(done: Mark, body: int) -> Opening:
    return Opening(
        label="update" if "added" in done.classes else "updated",
        start=done.start,
        stop=done.stop,
        body=body,
        bracket=None,
        parting="",
        dated=True,
        text_follows=False,
    )
