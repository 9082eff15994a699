"""The article in the newest capture: the version that added each sentence, and removed text in place.

The margin of a paragraph lists the versions that changed it, what they changed, and whether a notice
explains that. Removed passages are folded where they were.
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

__all__ = ["Origin", "Paragraph", "Part", "RemovedPassage", "anchors_of", "current"]


@attrs.frozen
class Part:
    """Words of a paragraph.

    `version` is the version that added them, 0 for the first. `begins` is the version of the sentence
    that begins here, where it differs from that of the previous sentence, else 0. `struck` words are
    struck out on the page.
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
class RemovedPassage:
    """Neighbouring passages that one revision removed; `again`: the newest text contains them again."""

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
    """A block of the newest text; `removed` are the passages that were removed after it.

    `number` is 0 for passages that were removed before the first block. `origins` are empty where they
    are the same as those of the previous block.
    """

    number: int
    kind: str
    parts: tuple[Part, ...]
    origins: tuple[Origin, ...] = ()
    notice: str = ""
    removed: tuple[RemovedPassage, ...] = ()


def anchors_of(history: History, traced: Trace) -> dict[tuple[int, int], str]:
    """The anchor of each change in the newest text, by the numbers of the revision and the change."""
    starts = [span.start for span in history.versions[-1].article.block_spans]
    found = {key: f"t{bisect_right(starts, span.start)}" for key, span in traced.places.items()}
    return found | {(one.revision, one.change): _anchor(one) for one in traced.removed}


def _anchor(one: Removed | RemovedPassage) -> str:
    return f"g{one.revision}-{one.change}"


def current(
    history: History, all_entries: Sequence[Sequence[Entry]], traced: Trace
) -> tuple[Paragraph, ...]:
    """The paragraphs of the newest text, with the passages removed before the first and after each."""
    article = history.versions[-1].article
    entry_of = {
        (revision, entry.first + at): entry
        for revision, some in enumerate(all_entries, 1)
        for entry in some
        for at in range(len(entry.changes))
    }
    removed = _removed_passages(history, entry_of, traced.removed)
    found = [Paragraph(0, "paragraph", (), removed=removed[-1])] if removed[-1] else []
    stretches = traced.stretches[-1] if traced.stretches else ()
    last: tuple[Origin, ...] = ()
    for number, (block, span) in enumerate(zip(article.blocks, article.block_spans, strict=True)):
        if not block.text and not removed[number]:
            continue
        parts = tuple(_parts(article, number, stretches))
        origins = tuple(_origins(history, entry_of, traced, span, parts))
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


def _removed_passages(
    history: History, entry_of: dict[tuple[int, int], Entry], removed: Sequence[Removed]
) -> dict[int, tuple[RemovedPassage, ...]]:
    """The removed passages by the index of the block they followed; -1 is before the first block."""
    article = history.versions[-1].article
    starts = [span.start for span in article.block_spans]
    newest = {fold(block.text) for block in article.blocks}
    newest |= {fold(span.of(article.text)).strip() for span in sentences(article.text)}
    found: dict[int, tuple[RemovedPassage, ...]] = defaultdict(tuple)
    ordered = sorted(removed, key=lambda one: (one.place, one.revision, one.change))
    for (revision, first), group in groupby(
        ordered, key=lambda one: (one.revision, entry_of[one.revision, one.change].first)
    ):
        passages = list(group)
        entry = entry_of[revision, first]
        texts = tuple([one.text for one in passages])
        found[bisect_left(starts, max(passages[0].place, 0)) - 1] += (
            RemovedPassage(
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
    """A block cut where a sentence or the words of another version begin, and at struck words."""
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
    """Whether *stretch* and *place* share words, not only punctuation or white space."""
    start, stop = max(stretch.start, place.start), min(stretch.stop, place.stop)
    return any(character.isalnum() for character in text[start:stop])


def _origins(
    history: History,
    entry_of: dict[tuple[int, int], Entry],
    traced: Trace,
    block: Span,
    parts: Sequence[Part],
) -> Iterator[Origin]:
    """The versions after the first that added words of a block, or changed it."""
    about: dict[int, dict[int, Entry]] = defaultdict(dict)
    for (revision, change), span in traced.places.items():
        if span.overlaps(block):
            entry = entry_of[revision, change]
            about[revision + 1][entry.first] = entry
    versions = {part.begins for part in parts if part.begins} | set(about)
    for version in sorted(versions):
        first_seen = moment(history.versions[version - 1].first_seen)
        yield Origin(version, first_seen, tuple(about[version].values()))
