"""How a notice opens: ornament, bracket, date, label, and what parts the label from its text."""

from __future__ import annotations

import re

import attrs

from revtrack.notices.dates import date_run, has_words
from revtrack.notices.lexicon import Lexicon

__all__ = ["Opening", "read_opening"]

_ORNAMENT = re.compile(
    r"[\s*#>~\-–—•·+|=!\"“”„«»\[\](){}（）【】［］〔〕「」『』※†‡^■□◆◇●○▲△▼▽★☆＊]{0,40}"
)
_DELIMITER = re.compile(r"[\s*]{0,4}[:：—–|\]）】)］!]|[\s*]{1,4}-\s|\s{0,2}[.．。]\s")
_CLOSERS = re.compile(r"[\s*:：\-–—.\])）】］|!]{0,12}")
# An outlet or person before a verb that serves as a label ("NRK retter:") is this many words at most.
_SPEAKER = re.compile(r"(?:[^\W_]{1,20}[ .]{1,2}){1,3}")
# Words that may stand between a label and its colon ("Correction to an earlier version:").
_QUALIFIED = re.compile(r"[^:：.!?\n]{1,60}[:：]")


@attrs.frozen
class Opening:
    """The beginning of a paragraph that may be a notice.

    `label` is the label's kind (None without one), `start` and `stop` its characters, `body` where
    the text after it begins, `bracket` whether a bracket opens it, `dated` whether a date or time
    stands beside it, `parted` whether a colon, dash or bracket closes it, `noun` whether there is text.
    """

    label: str | None
    start: int
    stop: int
    body: int
    bracket: str | None
    dated: bool
    parted: bool
    text_follows: bool


def read_opening(folded: str, words: Lexicon) -> Opening:
    """The opening of a folded paragraph; `label` is None when it has none."""
    ornament = _ORNAMENT.match(folded)
    start = ornament.end() if ornament else 0
    bracket = next((c for c in folded[:start] if c in "[(（【［〔"), None)
    dated_first, is_date = date_run(folded, start, words)
    if is_date:
        closers = _CLOSERS.match(folded, dated_first)
        dated_first = closers.end() if closers else dated_first
    for begin in dict.fromkeys((start, dated_first if is_date else start)):
        found = words.label_finder.match(folded, begin)
        if found:
            opening = _after_label(folded, found.start(), found.end(), bracket, words)
            if opening:
                return opening
    spoken = _spoken_label(folded, start, bracket, words)
    if spoken:
        return spoken
    body = dated_first if is_date else start
    return Opening(None, start, start, body, bracket, is_date, is_date, body < len(folded))


def _after_label(
    folded: str, start: int, stop: int, bracket: str | None, words: Lexicon
) -> Opening | None:
    kind = words.labels[" ".join(folded[start:stop].split())]
    delimiter = _DELIMITER.match(folded, stop)
    end, dated = date_run(folded, delimiter.end() if delimiter else stop, words)
    if dated or delimiter is None:
        after = _DELIMITER.match(folded, end)
    else:
        after, end = None, delimiter.end()
    parted = delimiter is not None or after is not None
    body = after.end() if after else end
    rest = folded[body:]
    whole = not rest.strip(" *:.)]）】")
    if not (parted or dated or whole):
        qualified = _QUALIFIED.match(folded, stop)
        marks = words.marks(qualified.group()) if qualified else ()
        if qualified is None or not any("earlier" in m.classes or "noun" in m.classes for m in marks):
            return None
        parted, body = True, qualified.end()
    label_stop = stop
    return Opening(
        kind, start, label_stop, body, bracket, dated, parted, has_words(folded[body:], words)
    )


def _spoken_label(folded: str, start: int, bracket: str | None, words: Lexicon) -> Opening | None:
    """A verb as label with its speaker before it: *NRK retter:*, *Wir korrigieren:*."""
    speaker = _SPEAKER.match(folded, start)
    if speaker is None:
        return None
    for gap in re.finditer(r"[ .]{1,2}", speaker.group()):
        found = words.label_finder.match(folded, start + gap.end())
        if found:
            opening = _after_label(folded, found.start(), found.end(), bracket, words)
            if (
                opening
                and opening.parted
                and words.labels[folded[found.start() : found.end()]] != "note"
            ):
                return attrs.evolve(opening, start=start)
    return None
