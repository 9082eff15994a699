"""Search: when words appeared in an article or were removed, and which changes of a history did it.

`when` reads as few captures as it can: some over the whole time first, then those between two that
differ. Words are compared as `revtrack.text` folds them, as whole words and without regard to case.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from functools import cached_property

import attrs

from revtrack.changes.kinds import Change
from revtrack.compare import CompareOptions
from revtrack.errors import ExtractionError
from revtrack.extract import extract
from revtrack.model import Article, Capture, Interval, Occurrence, Screened, WordHistory
from revtrack.sources import Source
from revtrack.sources.fetching import fetch_all
from revtrack.text import fold, sentences
from revtrack.text.lexing import lexemes
from revtrack.track import captures_of

__all__ = ["Side", "Words", "when"]

_PROBES = 8
"""Captures that are read before any two are compared (range 2 to 32): words that were in the article
for less than a seventh of the time may be between two of them and not be found."""


class Side(Enum):
    """Which changes are found: those whose text has the words, or that removed or added them."""

    EITHER = "either"
    REMOVED = "removed"
    ADDED = "added"


@attrs.frozen
class Words:
    """Words that are looked for. Raises `ValueError` where there are none."""

    text: str

    def __attrs_post_init__(self) -> None:
        if not self._lexemes:
            raise ValueError("words must not be empty")

    @cached_property
    def _lexemes(self) -> tuple[str, ...]:
        return _folded(self.text)

    def count(self, text: str | None) -> int:
        """How often *text* has the words."""
        wanted, found = self._lexemes, _folded(text or "")
        starts = range(len(found) - len(wanted) + 1)
        return sum([found[start : start + len(wanted)] == wanted for start in starts])

    def met_by(self, change: Change, side: Side = Side.EITHER) -> bool:
        """Whether *change* has them on the given side."""
        old, new = self.count(change.old), self.count(change.new)
        match side:
            case Side.EITHER:
                return bool(old or new)
            case Side.REMOVED:
                return old > new
            case Side.ADDED:
                return new > old

    def sentence_in(self, article: Article) -> str | None:
        """The first headline or sentence of *article* that has them; None where there is none."""
        for text in (article.headline, article.dek, *[block.text for block in article.blocks]):
            if text and self.count(text):
                spans = sentences(text, language=article.language)
                return next((s.of(text).strip() for s in spans if self.count(s.of(text))), text)
        return None


def _folded(text: str) -> tuple[str, ...]:
    return tuple(lexemes(fold(text).casefold()))


def when(
    source: Source | str | os.PathLike[str],
    url: str | None,
    words: str,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
    options: CompareOptions | None = None,
    every: bool = False,
) -> WordHistory:
    """When the article at *url* had *words*, by the captures of *source*; arguments as for `track`.

    Few captures are fetched, so words that were present only between two of them are not found: with
    *every*, all are. Captures that cannot be fetched, or show no article, are skipped. Raises like
    `track`, and `ValueError` where *words* are empty.
    """
    source, found, _ = captures_of(source, url, since=since, until=until)
    captures = sorted([one for one in found if one.captured_at], key=_time_of)
    reading = _Reading(source, captures, Words(words), options or CompareOptions())
    for at in range(len(captures)) if every else _spread(len(captures)):
        reading.sentence(at)
    for low in list(reading.known())[:-1]:
        reading.narrow(low)
    return WordHistory(words, len(captures), reading.fetched, tuple(reading.occurrences()))


def _time_of(capture: Capture) -> datetime:
    assert capture.captured_at is not None  # noqa: S101 - those without a time were left out
    return capture.captured_at


def _spread(number: int) -> list[int]:
    """Up to `_PROBES` numbers from 0 to the last, evenly spread."""
    steps = min(number, _PROBES) - 1
    return [round(at * (number - 1) / steps) for at in range(steps + 1)] if steps > 0 else [0] * number


@attrs.define
class _Reading:
    """The captures that were read: the sentence with the words in each, or None."""

    source: Source
    captures: list[Capture]
    words: Words
    options: CompareOptions
    fetched: int = 0
    _found: dict[int, str | None] = attrs.field(factory=dict)
    _unread: set[int] = attrs.field(factory=set)
    _bodies: dict[str, str | None] = attrs.field(factory=dict)

    def sentence(self, at: int) -> bool:
        """Read the capture of a number; whether it shows the article."""
        capture = self.captures[at]
        name = capture.digest or capture.payload_digest or f"{at}"
        if name not in self._bodies and at not in self._unread:
            self.fetched += 1
            article = self._article(capture)
            if article is None:
                self._unread.add(at)
            else:
                self._bodies[name] = self.words.sentence_in(article)
        if at in self._unread:
            return False
        self._found[at] = self._bodies[name]
        return True

    def _article(self, capture: Capture) -> Article | None:
        (snapshot,) = fetch_all(self.source, [capture])
        if isinstance(snapshot, Screened):
            return None
        try:
            return extract(snapshot, body=self.options.body, site_rules=self.options.site_rules)
        except ExtractionError:
            return None

    def known(self) -> list[int]:
        """The numbers of the captures that were read, in order."""
        return sorted(self._found)

    def narrow(self, low: int) -> None:
        """Read between *low* and the next known capture until neighbours differ."""
        high = next(at for at in self.known() if at > low)
        between = list(range(low + 1, high))
        while between and bool(self._found[low]) is not bool(self._found[high]):
            middle = len(between) // 2
            if not self.sentence(between[middle]):
                del between[middle]
            elif bool(self._found[between[middle]]) is bool(self._found[low]):
                low, between = between[middle], between[middle + 1 :]
            else:
                high, between = between[middle], between[:middle]

    def occurrences(self) -> Iterator[Occurrence]:
        """The periods of known captures that have the words."""
        last: int | None = None
        start: tuple[Interval, str] | None = None
        for at in self.known():
            sentence, time = self._found[at], self.captures[at].captured_at
            before = None if last is None else self.captures[last].captured_at
            if sentence and start is None:
                start = Interval(before, time), sentence
            elif not sentence and start is not None:
                yield Occurrence(start[0], Interval(before, time), start[1])
                start = None
            last = at
        if start is not None and last is not None:
            yield Occurrence(start[0], Interval(self.captures[last].captured_at), start[1])
