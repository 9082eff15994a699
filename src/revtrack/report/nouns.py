"""What things are called: headlines, notices, fields of metadata, stretches of text."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import assert_never

from revtrack.changes.kinds import MetadataField
from revtrack.model import (
    Article,
    BlockKind,
    HeadlineSource,
    LiveEntry,
    Notice,
    NoticeKind,
    NoticeTarget,
    Span,
)
from revtrack.report.moments import stated
from revtrack.text import sentences

__all__ = [
    "blocks_of",
    "counted",
    "entry_name",
    "field_name",
    "headline_name",
    "notice_name",
    "notices_of",
    "substance",
    "unit",
    "variant_name",
    "was",
]

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number and its noun: ``1 change``, ``2 changes``, ``1,204 changes``."""
    return f"{number:,} {noun if number == 1 else plural or _plural(noun)}"


def _in_words(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def _plural(noun: str) -> str:
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def _one(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


# ---------------------------------------------------------------------------------------------
# headlines, notices, metadata


def headline_name(source: HeadlineSource) -> str:
    """A variant of the headline by where it is read."""
    match source:
        case HeadlineSource.H1 | HeadlineSource.GIVEN:
            return "The headline"
        case HeadlineSource.OPEN_GRAPH | HeadlineSource.TWITTER:
            return "The headline for shared links"
        case HeadlineSource.JSON_LD:
            return "The headline in the page's metadata"
        case HeadlineSource.ALTERNATIVE:
            return "The second headline in the page's metadata"
        case HeadlineSource.TITLE:
            return "The title of the page"
        case HeadlineSource.SLUG:
            return "The headline in the page's address"
        case _:
            assert_never(source)


def variant_name(source: HeadlineSource) -> str:
    """Where a variant of the headline appears, in few words."""
    match source:
        case HeadlineSource.H1 | HeadlineSource.GIVEN:
            return "heading"
        case HeadlineSource.OPEN_GRAPH:
            return "Open Graph"
        case HeadlineSource.TWITTER:
            return "Twitter"
        case HeadlineSource.JSON_LD:
            return "JSON-LD"
        case HeadlineSource.ALTERNATIVE:
            return "JSON-LD, second headline"
        case HeadlineSource.TITLE:
            return "page title"
        case HeadlineSource.SLUG:
            return "words of the address"
        case _:
            assert_never(source)


def notice_name(notice: Notice) -> str:
    """A notice by its kind and its subject: ``A correction of the headline``."""
    name = _one(notice.kind.value).capitalize()
    if notice.target is NoticeTarget.OTHER:
        return name
    link = "about" if notice.kind in {NoticeKind.EDITORS_NOTE, NoticeKind.UPDATE} else "of"
    return f"{name} {link} {_part(notice.target)}"


def notices_of(notices: Iterable[Notice]) -> str:
    """Notices counted by kind: ``a correction``, ``two corrections and an update``."""
    kinds = Counter([notice.kind.value for notice in notices])
    words = [
        _one(kind) if number == 1 else f"{_in_words(number)} {_plural(kind)}"
        for kind, number in kinds.items()
    ]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _part(target: NoticeTarget) -> str:
    match target:
        case NoticeTarget.HEADLINE | NoticeTarget.BYLINE:
            return f"the {target.value}"
        case NoticeTarget.BODY:
            return "the text"
        case (
            NoticeTarget.CAPTION
            | NoticeTarget.QUOTE
            | NoticeTarget.NAME
            | NoticeTarget.NUMBER
            | NoticeTarget.DATE
        ):
            return f"a {target.value}"
        case NoticeTarget.OTHER:
            return "something"
        case _:
            assert_never(target)


def field_name(field: MetadataField) -> str:
    """A field of the metadata as readers call it."""
    match field:
        case MetadataField.BYLINE:
            return "The byline"
        case MetadataField.DEK:
            return "The standfirst"
        case MetadataField.SECTION:
            return "The section"
        case MetadataField.PUBLISHED:
            return "The stated date of publication"
        case MetadataField.MODIFIED:
            return "The stated date of modification"
        case MetadataField.LANGUAGE:
            return "The stated language"
        case MetadataField.CANONICAL_URL:
            return "The canonical address"
        case _:
            assert_never(field)


def substance(substantive: bool) -> str:
    """Whether a change is one of substance, in words."""
    return "substantive" if substantive else "not substantive"


def entry_name(entry: LiveEntry) -> str:
    """An entry of a live blog by its time and id: ``the entry of 5 March 2024, 08:10, e1``."""
    named = "the entry"
    if entry.published_at:
        named += f" of {stated(entry.published_at.isoformat(), seconds=False)}"
    return f"{named}, {entry.id}" if entry.id else named


# ---------------------------------------------------------------------------------------------
# what a span of text is called


def unit(spans: Iterable[Span], article: Article | None) -> str:
    """What the spans cover, with a capital letter: ``A paragraph``, ``Two sentences``."""
    number, noun = _covered(spans, article)
    if number == 0:
        return "Text"
    words = _one(noun) if number == 1 else f"{_in_words(number)} {_plural(noun)}"
    return words[:1].upper() + words[1:]


def was(spans: Iterable[Span], article: Article | None, verb: str) -> str:
    """The verb that follows `unit`: `` was removed`` or `` were removed``."""
    return f" {'were' if _covered(spans, article)[0] > 1 else 'was'} {verb}"


def blocks_of(span: Span, article: Article) -> Iterator[int]:
    """The numbers of the blocks that *span* covers as a whole, empty ones left out."""
    places = article.block_spans
    for index in range(bisect_left(places, span.start, key=lambda place: place.start), len(places)):
        if places[index].stop > span.stop:
            return
        if article.blocks[index].text:
            yield index


def _covered(spans: Iterable[Span], article: Article | None) -> tuple[int, str]:
    """How many blocks, or else sentences, *spans* cover, and what one is called."""
    real = [s for s in spans if len(s) and s.stop <= len(article.text)] if article else []
    if article is None or not real:
        return 0, "passage"
    whole = [article.blocks[index].kind for span in real for index in blocks_of(span, article)]
    if BlockKind.LIVE_ENTRY in whole:  # the blocks that follow are its own
        return whole.count(BlockKind.LIVE_ENTRY), "live entry"
    if whole:
        return len(whole), _block(whole[0]) if len(set(whole)) == 1 else "block"
    found = sum(len(sentences(span.of(article.text), language=article.language)) for span in real)
    return found, "sentence"


def _block(kind: BlockKind) -> str:
    match kind:
        case BlockKind.PARAGRAPH | BlockKind.HEADING | BlockKind.CAPTION | BlockKind.QUOTE:
            return str(kind.value)
        case BlockKind.LIST_ITEM:
            return "list item"
        case BlockKind.TABLE_ROW:
            return "table row"
        case BlockKind.CODE:
            return "code block"
        case BlockKind.EMBED:
            return "embed"
        case BlockKind.LIVE_ENTRY:
            return "live entry"
        case _:
            assert_never(kind)
