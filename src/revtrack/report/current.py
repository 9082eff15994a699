"""The article in the newest capture: each sentence with the version it is from, removed text in place.

The margin of a paragraph says which versions changed it, what they changed, and whether a notice
explains that. Passages that were removed are listed where they were, to be unfolded.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

import attrs

from revtrack.blame import Blamed, Removed, Trace, overlapping, version_at
from revtrack.history import History
from revtrack.model import Article, Span
from revtrack.report.entries import Entry
from revtrack.report.nouns import capital, moment, notice_name, when
from revtrack.text import fold, sentences

__all__ = ["Gone", "Origin", "Paragraph", "Part", "current", "places_of"]


@attrs.frozen
class Part:
    """Words of a paragraph.

    `version` is the one they are from where that is not the first, else 0; `begins` is that of the
    sentence that begins with them, where it is another than that of the sentence before. `struck` words
    are struck out on the page.
    """

    text: str
    version: int = 0
    begins: int = 0
    struck: bool = False


@attrs.frozen
class Origin:
    """A version that changed a paragraph, when it was first seen, and its entries about it."""

    version: int
    when: str
    entries: tuple[Entry, ...]


@attrs.frozen
class Gone:
    """Neighbouring passages that one revision removed; `again` says that the newest text has them."""

    revision: int
    entry: Entry
    when: str
    version: int
    change: int
    texts: tuple[str, ...]
    again: bool

    @property
    def anchor(self) -> str:
        """Its own anchor."""
        return _anchor(self)


@attrs.frozen
class Paragraph:
    """A block of the newest text; `removed` is what was removed behind it.

    `number` is 0 for what was removed before the first block. `origins` are left out where they are
    those of the block before.
    """

    number: int
    kind: str
    parts: tuple[Part, ...]
    origins: tuple[Origin, ...] = ()
    notice: str = ""
    removed: tuple[Gone, ...] = ()


def places_of(history: History, traced: Trace) -> dict[tuple[int, int], str]:
    """The anchor of each change in the newest text, by the numbers of its revision and its own."""
    starts = [span.start for span in history.versions[-1].article.block_spans]
    found = {key: f"t{bisect_right(starts, span.start)}" for key, span in traced.places.items()}
    return found | {(one.revision, one.change): _anchor(one) for one in traced.removed}


def _anchor(one: Removed | Gone) -> str:
    return f"g{one.revision}-{one.change}"


def current(
    history: History, all_entries: Sequence[Sequence[Entry]], traced: Trace
) -> tuple[Paragraph, ...]:
    """The paragraphs of the newest text, with what was removed before the first and behind each."""
    article = history.versions[-1].article
    listed = {
        (revision, entry.first + at): entry
        for revision, some in enumerate(all_entries, 1)
        for entry in some
        for at in range(len(entry.changes))
    }
    removed = _gone(history, listed, traced.removed)
    found = [Paragraph(0, "paragraph", (), removed=removed[-1])] if removed[-1] else []
    stretches = traced.stretches[-1] if traced.stretches else ()
    last: tuple[Origin, ...] = ()
    for number, (block, span) in enumerate(zip(article.blocks, article.block_spans, strict=True)):
        if not block.text and not removed[number]:
            continue
        parts = tuple(_parts(article, number, stretches))
        origins = tuple(_origins(history, listed, traced, span, parts))
        notices = [one for one in article.notices if one.span and one.span.overlaps(span)]
        found.append(
            Paragraph(
                number=number + 1,
                kind=block.kind.value,
                parts=parts,
                origins=() if origins == last else origins,
                notice=capital(notice_name(notices[0])) if notices else "",
                removed=removed[number],
            )
        )
        last = origins
    return tuple(found)


def _gone(
    history: History, listed: dict[tuple[int, int], Entry], removed: Sequence[Removed]
) -> dict[int, tuple[Gone, ...]]:
    """What was removed, by the block behind which it was; -1 is before the first."""
    article = history.versions[-1].article
    starts = [span.start for span in article.block_spans]
    newest = {fold(block.text) for block in article.blocks}
    newest |= {fold(span.of(article.text)).strip() for span in sentences(article.text)}
    found: dict[int, tuple[Gone, ...]] = defaultdict(tuple)
    ordered = sorted(removed, key=lambda one: (one.place, one.revision, one.change))
    for (revision, first), group in groupby(
        ordered, key=lambda one: (one.revision, listed[one.revision, one.change].first)
    ):
        passages = list(group)
        entry = listed[revision, first]
        texts = tuple([one.text for one in passages])
        found[bisect_left(starts, max(passages[0].place, 0)) - 1] += (
            Gone(
                revision=revision,
                entry=entry,
                when=when(history.revisions[revision - 1].interval),
                version=min([one.version for one in passages]),
                change=passages[0].change,
                texts=texts,
                again=all(fold(text).strip() in newest for text in texts),
            ),
        )
    return found


def _parts(article: Article, number: int, stretches: Sequence[Blamed]) -> Iterator[Part]:
    """A block cut where a sentence begins, where another version's words do, and at struck words."""
    block, span = article.blocks[number], article.block_spans[number]
    found = overlapping(stretches, span)
    begins: dict[int, int] = {}
    last = 1
    for sentence in sentences(block.text, language=article.language):
        place = sentence.shifted(span.start)
        versions = [s.version for s in found if _words_of(s.span, place, article.text)]
        version = max(versions, default=1)
        begins[sentence.start] = version if version != last else 1
        last = version
    struck = defaultdict(list)
    for one in block.struck:
        struck[one.at].append(one.text)
    cuts = {0, len(block.text), *begins, *struck}
    cuts |= {s.span.start - span.start for s in found if s.span.start > span.start}
    for start, stop in zip(ordered := sorted(cuts), [*ordered[1:], None], strict=True):
        yield from [
            Part(f"{words} " if not start else f" {words}", struck=True) for words in struck[start]
        ]
        if stop is None:
            return
        at = version_at(stretches, span.start + start)
        text = block.text[start:stop]
        mark = begins.get(start, 1)
        yield Part(text, at if at > 1 and text.strip() else 0, mark if mark > 1 else 0)


def _words_of(stretch: Span, place: Span, text: str) -> bool:
    """Whether words of *stretch*, and not marks or white space alone, are in *place*."""
    start, stop = max(stretch.start, place.start), min(stretch.stop, place.stop)
    return any(character.isalnum() for character in text[start:stop])


def _origins(
    history: History,
    listed: dict[tuple[int, int], Entry],
    traced: Trace,
    block: Span,
    parts: Sequence[Part],
) -> Iterator[Origin]:
    """The versions after the first that a block has words of, or changes."""
    about: dict[int, dict[int, Entry]] = defaultdict(dict)
    for (revision, change), span in traced.places.items():
        if span.overlaps(block):
            entry = listed[revision, change]
            about[revision + 1][entry.first] = entry
    versions = {part.begins for part in parts if part.begins} | set(about)
    for version in sorted(versions):
        first_seen = moment(history.versions[version - 1].first_seen)
        yield Origin(version, first_seen, tuple(about[version].values()))
