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
# Words that may stand between a label and its colon ("Correction to an earlier version:").
_QUALIFIED = re.compile(r"[^:：.!?\n]{1,60}[:：]")
# A label that is a verb with its speaker holds a word of one of these classes.
_VERBS = frozenset({"corrected", "clarify", "retract"})


@attrs.frozen
class Opening:
    """The beginning of a paragraph that may be a notice.

    `label` is the label's kind (None without one), `start` and `stop` its characters, `body` where
    the text after it begins; `bracket` is the bracket that opens it, `parting` the sign that closes
    it (a colon, a dash …), `dated` whether a date or time stands beside it.
    """

    label: str | None
    start: int
    stop: int
    body: int
    bracket: str | None
    parting: str
    dated: bool
    text_follows: bool


def read_opening(folded: str, words: Lexicon) -> Opening:
    """The opening of a folded paragraph; `label` is None when it has none."""
    ornament = _ORNAMENT.match(folded)
    start = ornament.end() if ornament else 0
    bracket = next((c for c in folded[:start] if c in "[(（【［〔"), None)
    after_date, dated = date_run(folded, start, words)
    closers = _CLOSERS.match(folded, after_date) if dated else None
    body = closers.end() if closers else start
    footnote = _FOOTNOTE.match(folded, start)
    for begin in dict.fromkeys((start, body, footnote.end() if footnote else start)):
        found = words.label_finder.match(folded, begin)
        if found and not _is_quoted(folded, found.start(), found.end()):
            opening = _after_label(folded, found.start(), found.end(), bracket, words)
            if opening:
                return attrs.evolve(opening, dated=opening.dated or dated)
    spoken = _spoken_label(folded, start, bracket, words)
    return spoken or Opening(None, start, start, body, bracket, "", dated, body < len(folded))


def _is_quoted(folded: str, start: int, stop: int) -> bool:
    """Whether the label is a quoted word: *“Correction!” is the title of his book*."""
    return (
        start > 0
        and folded[start - 1] in _QUOTES
        and any(c in _QUOTES for c in folded[stop : stop + 2])
    )


def _after_label(
    folded: str, start: int, stop: int, bracket: str | None, words: Lexicon
) -> Opening | None:
    kind = words.labels[folded[start:stop]]
    first = _DELIMITER.match(folded, stop)
    end, dated = date_run(folded, first.end() if first else stop, words)
    if dated or first is None:
        second = _DELIMITER.match(folded, end)
    else:
        second, end = None, first.end()
    body = second.end() if second else end
    parting = (first or second).group().strip(" *")[:1] if first or second else ""  # type: ignore[union-attr] # one is there
    bracketed = bracket is not None and "corrected" in words.words.get(folded[start:stop], ())
    if not (parting or dated or bracketed or not folded[body:].strip(" *")):
        qualified = _QUALIFIED.match(folded, stop)
        marks = words.marks(qualified.group()) if qualified else ()
        if qualified is None:
            return None
        named = any("earlier" in m.classes or "noun" in m.classes for m in marks)
        dated = read_date(qualified.group(), words) is not None
        if not (named or dated):
            return None
        parting, body = ":", qualified.end()
    follows = has_words(folded[body:], words)
    return Opening(kind, start, stop, body, bracket, parting, dated, follows)


def _spoken_label(folded: str, start: int, bracket: str | None, words: Lexicon) -> Opening | None:
    """A verb as label with its speaker before it: *Avisen retter:*, *The editors clarify:*."""
    speaker = _SPEAKER.match(folded, start)
    for gap in _GAP.finditer(speaker.group()) if speaker else ():
        found = words.label_finder.match(folded, start + gap.end())
        if found and not _VERBS.isdisjoint(words.words.get(found.group(), ())):
            opening = _after_label(folded, found.start(), found.end(), bracket, words)
            if opening and opening.parting in {":", "："}:
                return attrs.evolve(opening, start=start)
    return None
