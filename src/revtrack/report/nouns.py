"""Names used in reports: times, captures, headlines, notices, passages."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import PurePath

from revtrack.changes.kinds import MetadataField
from revtrack.model import (
    Article,
    BlockKind,
    Capture,
    HeadlineSource,
    Interval,
    LiveEntry,
    Notice,
    NoticeKind,
    NoticeTarget,
    Screened,
    ScreenReason,
    Span,
)
from revtrack.report.catalogue import N_, day, language, numeral, tr, tr_many
from revtrack.text import sentences

__all__ = [
    "FIELDS",
    "HEADLINES",
    "UNKNOWN_TIME",
    "VARIANTS",
    "blocks_of",
    "capital",
    "counted",
    "duration",
    "entry_name",
    "location_of",
    "lower_first",
    "memento_of",
    "moment",
    "notice_name",
    "notices_of",
    "screened_because",
    "span_of_time",
    "stated_time",
    "substance",
    "unit",
    "when",
]

_NUMBERS = (
    *(N_("no"), N_("one"), N_("two"), N_("three"), N_("four"), N_("five"), N_("six"), N_("seven")),
    *(N_("eight"), N_("nine"), N_("ten")),
)


def counted(number: int, noun: str) -> str:
    """A number and its noun: ``1 change``, ``2 changes``, ``1,204 changes``."""
    return tr_many(number, f"{{number}} {noun}", f"{{number}} {_plural(noun)}")


def capital(words: str) -> str:
    """*words* with a capital letter in front."""
    return words[:1].upper() + words[1:]


def lower_first(words: str) -> str:
    """*words* with a small letter in front, for the middle of a sentence."""
    return words[:1].lower() + words[1:]


def _counted_in_words(number: int, noun: str) -> str:
    one = f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
    words = tr(_NUMBERS[number]) if number < len(_NUMBERS) else numeral(number)
    return tr_many(number, one, f"{{words}} {_plural(noun)}", words=words)


def _plural(noun: str) -> str:
    noun, of, what = noun.partition(" of ")
    if of:
        return f"{_plural(noun)}{of}{what}"
    return f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2] not in "aeiou" else f"{noun}s"


# ---------------------------------------------------------------------------------- times and captures

UNKNOWN_TIME = N_("at an unknown time")
_HOURS_UP_TO = 72
"""Durations of more hours are given in days (range 24 to 96): *60 hours* is still clear."""


def moment(value: datetime | None, *, seconds: bool = False) -> str:
    """A moment in words and in UTC: ``5 January 2024, 12:30 UTC``; a naive time keeps no zone."""
    if value is None:
        return tr("time unknown")
    zone = " UTC" if value.tzinfo else ""
    value = value.astimezone(UTC) if value.tzinfo else value
    return f"{day(value)}, {value:{'%H:%M:%S' if seconds else '%H:%M'}}{zone}"


def when(interval: Interval) -> str:
    """The interval in which something happened, in words that claim no more than the captures show."""
    after, until = interval.after, interval.until
    if (after is None and until is None) or (after is not None and until is not None and after > until):
        return tr(UNKNOWN_TIME)
    if after is None:
        return tr("by {time}, the first capture", time=moment(until))
    if until is None:
        return tr("after {time}", time=moment(after))
    seconds = moment(after) == moment(until)
    first, last = moment(after, seconds=seconds), moment(until, seconds=seconds)
    on, clock = last.rsplit(", ", 1)
    first = first.removesuffix(" UTC") if until.tzinfo else first
    if first.startswith(f"{on}, "):
        start = first.rsplit(", ", 1)[1]
        return tr("between {start} and {stop} on {day}", start=start, stop=clock, day=on)
    return tr("between {start} and {stop}", start=first, stop=last)


def span_of_time(first: datetime | None, last: datetime | None) -> str:
    """The period from the first to the last sighting, in words."""
    if first is None and last is None:
        return tr("not dated")
    if first == last or first is None or last is None:
        return moment(first or last)
    on, clock = moment(last).rsplit(", ", 1)
    start = moment(first).removesuffix(" UTC") if last.tzinfo else moment(first)
    stop = clock if start.startswith(f"{on}, ") else moment(last)
    return tr("{start} to {stop}", start=start, stop=stop)


def stated_time(value: str, *, seconds: bool = True) -> str:
    """A time as a page states it (ISO 8601), in words and in the page's own zone; else unchanged."""
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    if len(value) <= len("2024-01-05"):
        return day(at)
    offset = f"{at:%z}"
    zone = f" (UTC{offset[:3]}:{offset[3:5]})" if offset else ""
    return f"{day(at)}, {at:{'%H:%M:%S' if seconds else '%H:%M'}}{zone}"


def duration(time: timedelta) -> tuple[int, str]:
    """A length of time in one unit, for `counted`: ``40 minutes``, ``10 hours``, ``5 days``."""
    hours = time / timedelta(hours=1)
    if 0 < hours < 1:
        return max(1, round(hours * 60)), "minute"
    return (round(hours), "hour") if hours < _HOURS_UP_TO else (round(hours / 24), "day")


def location_of(capture: Capture) -> str:
    """Where a capture was read from: a file by its name alone, anything else by its address."""
    if capture.source == "file" and capture.location:
        return PurePath(capture.location).name
    return capture.location or capture.url or ""


_RAW = re.compile(r"(/\d{14})id_/")  # the page as it was served; readers want it with its pictures
_ARCHIVES = frozenset({"memento", "wayback", "cdx"})


def memento_of(capture: Capture) -> str | None:
    """The address under which an archive keeps *capture*; None where its source has none."""
    place = capture.location or ""
    if capture.source not in _ARCHIVES or not place.startswith(("https://", "http://")):
        return None
    if any(mark.isspace() or not mark.isprintable() for mark in place):
        return None
    return _RAW.sub(r"\1/", place)


def screened_because(screened: Screened) -> str:
    """Why a capture was screened out: the detail without its last part, which is advice to callers.

    Details are in English; it is empty in other languages, where reports give the reason alone.
    """
    if language() != "en":
        return ""
    if screened.reason is ScreenReason.FETCH_FAILED:
        return screened.detail
    return screened.detail.rpartition(": ")[0] or screened.detail


# ---------------------------------------------------------------------- headlines, notices, metadata

HEADLINES = {
    HeadlineSource.H1: N_("the headline"),
    HeadlineSource.GIVEN: N_("the headline"),
    HeadlineSource.OPEN_GRAPH: N_("the headline for shared links"),
    HeadlineSource.TWITTER: N_("the headline for shared links"),
    HeadlineSource.JSON_LD: N_("the headline in the page's metadata"),
    HeadlineSource.ALTERNATIVE: N_("the second headline in the page's metadata"),
    HeadlineSource.TITLE: N_("the title of the page"),
    HeadlineSource.SLUG: N_("the headline in the page's address"),
}
"""A variant of the headline by its source."""

VARIANTS = {
    HeadlineSource.H1: N_("heading"),
    HeadlineSource.GIVEN: N_("heading"),
    HeadlineSource.OPEN_GRAPH: "Open Graph",
    HeadlineSource.TWITTER: "Twitter",
    HeadlineSource.JSON_LD: "JSON-LD",
    HeadlineSource.ALTERNATIVE: N_("JSON-LD, second headline"),
    HeadlineSource.TITLE: N_("page title"),
    HeadlineSource.SLUG: N_("words of the address"),
}
"""A short name for each source of a headline."""

FIELDS = {
    MetadataField.BYLINE: N_("the byline"),
    MetadataField.DEK: N_("the standfirst"),
    MetadataField.SECTION: N_("the section"),
    MetadataField.PUBLISHED: N_("the stated date of publication"),
    MetadataField.MODIFIED: N_("the stated date of modification"),
    MetadataField.LANGUAGE: N_("the stated language"),
    MetadataField.CANONICAL_URL: N_("the canonical address"),
}
"""A field of the metadata as readers call it."""

_TARGETS = {
    NoticeTarget.HEADLINE: (N_("{notice} of the headline"), N_("{notice} about the headline")),
    NoticeTarget.BYLINE: (N_("{notice} of the byline"), N_("{notice} about the byline")),
    NoticeTarget.BODY: (N_("{notice} of the text"), N_("{notice} about the text")),
    NoticeTarget.CAPTION: (N_("{notice} of a caption"), N_("{notice} about a caption")),
    NoticeTarget.QUOTE: (N_("{notice} of a quote"), N_("{notice} about a quote")),
    NoticeTarget.NAME: (N_("{notice} of a name"), N_("{notice} about a name")),
    NoticeTarget.NUMBER: (N_("{notice} of a number"), N_("{notice} about a number")),
    NoticeTarget.DATE: (N_("{notice} of a date"), N_("{notice} about a date")),
    NoticeTarget.OTHER: ("{notice}", "{notice}"),
}


def notice_name(notice: Notice) -> str:
    """A notice by its kind and its target: ``a correction of the headline``."""
    about = notice.kind in {NoticeKind.EDITORS_NOTE, NoticeKind.UPDATE}
    return tr(_TARGETS[notice.target][about], notice=_counted_in_words(1, notice.kind.value))


def notices_of(notices: Iterable[Notice]) -> str:
    """Notices counted by kind: ``a correction``, ``two corrections and an update``."""
    kinds = Counter([notice.kind.value for notice in notices])
    words = [_counted_in_words(number, kind) for kind, number in kinds.items()]
    return f" {tr('and')} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def substance(substantive: bool) -> str:
    """Whether a change is substantive, in words."""
    return tr("substantive") if substantive else tr("not substantive")


def entry_name(entry: LiveEntry) -> str:
    """An entry of a live blog by its time and id: ``the entry of 5 March 2024, 08:10, e1``."""
    at = entry.published_at
    name = tr("the entry")
    if at:
        name = tr("the entry of {time}", time=stated_time(at.isoformat(), seconds=False))
    return f"{name}, {entry.id}" if entry.id else name


# ------------------------------------------------------------------------- what a stretch of text is


def unit(spans: Iterable[Span], article: Article | None, one: str, many: str) -> str:
    """The message *one* or *many* about what the spans cover: ``Two sentences were removed``."""
    number, noun = _covered(spans, article)
    words = _counted_in_words(number, noun) if number else tr("text")
    return capital(tr_many(number or 1, one, many, unit=words))


def blocks_of(span: Span, article: Article) -> Iterator[int]:
    """The indices of the blocks that *span* covers completely, without empty ones."""
    places = article.block_spans
    for index in range(bisect_left(places, span.start, key=lambda place: place.start), len(places)):
        if places[index].stop > span.stop:
            return
        if article.blocks[index].text:
            yield index


def _covered(spans: Iterable[Span], article: Article | None) -> tuple[int, str]:
    """How many blocks, or else sentences, *spans* cover, and the noun for one of them."""
    real = [s for s in spans if len(s) and s.stop <= len(article.text)] if article else []
    if article is None or not real:
        return 0, "passage"
    whole = [article.blocks[index].kind for span in real for index in blocks_of(span, article)]
    if BlockKind.LIVE_ENTRY in whole:  # the following blocks belong to it
        return whole.count(BlockKind.LIVE_ENTRY), BlockKind.LIVE_ENTRY.value
    if whole:
        same = len(set(whole)) == 1
        name = "code block" if whole[0] is BlockKind.CODE else whole[0].value
        return len(whole), name if same else "block"
    found = sum(len(sentences(span.of(article.text), language=article.language)) for span in real)
    return found, "sentence"
