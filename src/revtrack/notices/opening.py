"""How a notice opens: ornament, bracket, date, label, and what parts the label from its text."""

from __future__ import annotations

import re

import attrs

from revtrack.notices.dates import date_run, has_words, read_date
from revtrack.notices.lexicon import Lexicon

__all__ = ["Opening", "read_opening"]

_QUOTES = '"“”„«»「」『』'
_ORNAMENT = re.compile(
    r"[\s*#>~\-–—•·+|=!\"“”„«»\[\](){}（）【】［］〔〕「」『』※†‡^■□◆◇●○▲△▼▽★☆＊]{0,40}"
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
# A label in capitals has so many letters at least; shorter ones are acronyms.
_LOUD = 4
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
    places = (start, body, footnote.end() if footnote else start)
    for begin in dict.fromkeys((*places, swallowed.start() if swallowed else start)):
        found = words.label_finder.match(folded, begin)
        if found and not _is_quoted(folded, found.start(), found.end()):
            opening = _after_label(text, folded, found.span(), bracket, words)
            if opening:
                return attrs.evolve(opening, dated=opening.dated or dated)
    spoken = _spoken_label(text, folded, start, bracket, words)
    return spoken or Opening(None, start, start, body, bracket, "", dated, body < len(folded))


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
    told = _SIGNED.match(folded, stop) or _COUNTED.match(folded, stop)
    place = told.end() if told else stop
    first = _DELIMITER.match(folded, place)
    end, dated = date_run(folded, first.end() if first else place, words)
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
    closed = not dated or second is not None or not follows or not _runs_on(text[stop:])
    return Opening(kind, start, stop, body, bracket, parting, dated, follows, stamp, closed)


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
