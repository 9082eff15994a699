"""Passages: the units of two articles that are aligned, and where they stand.

A block that reads the same on both sides is one passage; every other block is cut into sentences.
So only what changed is ever segmented, and a block that moved as a whole is found as a whole. A notice
inside a block is cut out before the sentences are: one that a notice interrupts is a passage with a
hole. The marker of a list item (*3.*) is no part of how its passage reads.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

import attrs

from revtrack import text
from revtrack.changes.lines import (
    CREDIT_LINE,
    STATUS_LINE,
    ends_of,
    is_bracketed_credit,
    is_credit,
    line_kind,
)
from revtrack.changes.stretches import Inset, insets_of, without
from revtrack.changes.words import spoken
from revtrack.diff.alignment import Alignment, align_folded
from revtrack.model import Article, Block, BlockKind, Notice, Span
from revtrack.text.markers import item_markers
from revtrack.text.segment import sentence_ranges

__all__ = ["Held", "Side", "align_articles", "sides"]


_SHORT = 2000
_KEPT = 4096
"""Characters of a block whose folded form is remembered, and how many such blocks: about 2 MB.

Each version of an article is compared twice, and most of its blocks stand in both others.
"""


@attrs.frozen
class Side:
    """One article as passages in reading order: sentences, and blocks that did not change.

    Passage *k* covers `[starts[k], stops[k])` of the text, reads `keys[k]` when folded, and stands in
    block `blocks[k]`; `notices[k]` is the number of the notice it belongs to, for those of a notice.
    What it owns begins at `edges[k]`: the first edge is 0, the last the end of the text. `holes[k]` are
    the notices inside it and `markers[k]` the length of the list marker at its start, where it has one:
    neither is in its key.
    """

    article: Article
    text: str
    edges: tuple[int, ...]
    starts: tuple[int, ...]
    stops: tuple[int, ...]
    keys: tuple[str, ...]
    blocks: tuple[int, ...]
    notices: Mapping[int, int]
    holes: Mapping[int, tuple[Inset, ...]]
    markers: Mapping[int, int]

    def __len__(self) -> int:
        return len(self.starts)

    def hull(self, passages: Span) -> Span:
        """The characters from the first to the last of a run of passages."""
        return Span(self.starts[passages.start], self.stops[passages.stop - 1])

    def passage_at(self, position: int) -> int:
        """The passage that begins at a position of the text, or the last one that began before it."""
        return bisect_right(self.starts, position) - 1

    def in_notice(self, passages: Span) -> bool:
        """Whether a run of passages lies in a notice, in whole or in part."""
        return any(index in self.notices for index in range(passages.start, passages.stop))

    def is_whole(self, passage: int) -> bool:
        """Whether a passage is a block or ends as sentences do: *In this case:* does not."""
        return self.keys[passage][-1:] in _ENDS or self.is_alone(passage)

    def is_alone(self, passage: int) -> bool:
        """Whether a passage is all of its block."""
        blocks = self.blocks
        return (passage == 0 or blocks[passage - 1] != blocks[passage]) and (
            passage + 1 == len(blocks) or blocks[passage + 1] != blocks[passage]
        )

    def spoken(self, passage: int) -> int:
        """Where a passage begins behind its list marker."""
        return self.starts[passage] + self.markers.get(passage, 0)

    def marker(self, passage: int) -> int:
        """How long the list marker of a passage is, without the space behind it."""
        length = self.markers.get(passage, 0)
        start = self.starts[passage]
        return len(self.text[start : start + length].rstrip()) if length else 0

    @cached_property
    def language(self) -> str:
        """The language by whose words the article is judged."""
        return spoken(self.article)

    @cached_property
    def _ends(self) -> frozenset[int]:
        return ends_of(self.article)

    def page_line(self, block: int, words: str = "") -> str | None:
        """Whether a block, or the *words* that are part of it, are a status line or a credit."""
        credited = is_bracketed_credit(words, self.language)
        if not credited and block in self._ends:
            if line := line_kind(self.article.blocks[block].text, self.language):
                return line
            credited = bool(words) and is_credit(words, self.language)
        return CREDIT_LINE if credited else None

    def in_status(self, passages: Span) -> bool:
        """Whether a run of passages says in which state the page is, in whole or in part."""
        blocks = {self.blocks[k] for k in range(passages.start, passages.stop)}
        return any(self.page_line(block) == STATUS_LINE for block in blocks & self._ends)

    def in_hull(self, passages: Span) -> tuple[Inset, ...]:
        """The notices inside the sentences of a run of passages."""
        if not self.holes:
            return ()
        return tuple(
            [hole for k in range(passages.start, passages.stop) for hole in self.holes.get(k, ())]
        )

    def labels(self, common: Collection[str]) -> list[str | None]:
        """What rows and list items are about, for those that are one passage and none of *common*."""
        blocks = self.article.blocks
        return [
            _label(blocks[number]) if self.keys[k] not in common and self.is_alone(k) else None
            for k, number in enumerate(self.blocks)
        ]

    def tile(self, passages: Span) -> Span:
        """The stretch that a run of passages owns: white space up to the next passage included."""
        return Span(self.edges[passages.start], self.edges[passages.stop])


class Held:
    """The sentences that a side holds, to be asked for by how they read; read when asked for."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self._asked = 0

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(self._side.keys)

    @cached_property
    def _joined(self) -> str:
        return "\n".join(self._side.keys)

    @cached_property
    def _sentences(self) -> frozenset[str]:
        language = self._side.article.language
        return frozenset([key[i:j] for key in self._side.keys for i, j in _cut(key, language)])

    def holds(self, key: str) -> bool:
        """Whether a sentence reads like this, as a passage or inside a block that stayed whole."""
        if key in self._keys:
            return True
        self._asked += 1
        if self._asked > _SEARCHES:
            return key in self._sentences
        at = self._joined.find(key)
        while at >= 0 and not self._is_sentence(at, at + len(key)):
            at = self._joined.find(key, at + 1)
        return at >= 0

    def _is_sentence(self, start: int, stop: int) -> bool:
        """Whether it begins where a sentence or block begins, and ends where one ends."""
        before, after = self._joined[max(0, start - 2) : start], self._joined[stop : stop + 1]
        begins = not before or before[-1] == "\n" or before.strip()[-1:] in _ENDS
        return begins and (not after or after == "\n" or self._joined[stop - 1] in _ENDS)


_SEARCHES = 64
"""Sentences that are searched for in a text; past it all its sentences are cut once."""
_ENDS = frozenset(".!?…。！？\"')")


def sides(old: Article, new: Article) -> tuple[Side, Side]:
    """Cut two articles into passages: blocks that both have stay whole, the others become sentences."""
    markers = [item_markers([block.text for block in article.blocks]) for article in (old, new)]
    texts = [
        [block.text[marker:] for block, marker in zip(article.blocks, marked, strict=True)]
        for article, marked in zip((old, new), markers, strict=True)
    ]
    keys = {
        words: _key(words) if len(words) <= _SHORT else text.fold(words)
        for words in dict.fromkeys([*texts[0], *texts[1]])
    }
    shared = {keys[words] for words in texts[0]} & {keys[words] for words in texts[1]}
    return _side(old, markers[0], keys, shared), _side(new, markers[1], keys, shared)


@lru_cache(maxsize=_KEPT)
def _key(words: str) -> str:
    """How a block reads, folded."""
    return text.fold(words)


def _side(
    article: Article, marked: Sequence[int], keys: Mapping[str, str], shared: Collection[str]
) -> Side:
    starts: list[int] = []
    stops: list[int] = []
    read: list[str] = []
    blocks: list[int] = []
    holes: dict[int, tuple[Inset, ...]] = {}
    markers: dict[int, int] = {}
    inside = insets_of(article, marked) if article.notices else {}
    at = 0
    for number, block in enumerate(article.blocks):
        words, marker = block.text, marked[number]
        key = keys[words[marker:]]
        if key in shared:
            pieces: Iterator[_Piece] = iter([(marker, len(words), key, ())] if words else [])
        else:
            pieces = _pieces(words, marker, inside.get(number, ()), article.language)
        for start, stop, reads, insets in pieces:
            if marker and start == marker:
                markers[len(starts)] = marker
            if insets:
                holes[len(starts)] = tuple([inset.shifted(at) for inset in insets])
            starts.append(at + (0 if marker and start == marker else start))
            stops.append(at + stop)
            read.append(reads)
            blocks.append(number)
        at += len(words) + 2  # the blank line between blocks
    return Side(
        article=article,
        text=article.text,
        edges=(0, *starts[1:], len(article.text)) if starts else (0,),
        starts=tuple(starts),
        stops=tuple(stops),
        keys=tuple(read),
        blocks=tuple(blocks),
        notices=_noticed(article.notices, starts, stops, holes),
        holes=holes,
        markers=markers,
    )


_Piece = tuple[int, int, str, Sequence[Inset]]
"""A passage of a block: where it starts and stops, how it reads, the notices inside it."""


def _pieces(words: str, marker: int, insets: Sequence[Inset], language: str | None) -> Iterator[_Piece]:
    """The sentences of a block behind its marker, and of the notices inside it, in order."""
    bare, places = without(words, insets, start=marker)
    found: list[_Piece] = []
    for first, last in _cut(bare, language):
        start, stop = places[first], places[last - 1] + 1
        inner = [inset for inset in insets if start <= inset.start and inset.stop <= stop]
        found.append((start, stop, text.fold(bare[first:last]), inner))
    for inset in set(insets) - {inset for _, _, _, inner in found for inset in inner}:
        for start, stop in _cut(words[inset.start : inset.stop], language):
            place = inset.start + start, inset.start + stop
            found.append((*place, text.fold(words[place[0] : place[1]]), []))
    yield from sorted(found)


def _cut(words: str, language: str | None) -> Iterator[tuple[int, int]]:
    """Where the sentences of a block stand, each in one line: code and embedded posts have several."""
    at = 0
    for line in words.split("\n"):
        for start, stop in sentence_ranges(line, language=language):
            yield at + start, at + stop
        at += len(line) + 1


def _noticed(
    notices: Sequence[Notice], starts: Sequence[int], stops: Sequence[int], holes: Collection[int]
) -> dict[int, int]:
    """For each passage of which a notice holds more than half, the number of that notice.

    Of several the last that begins by its start, else the first. A passage with *holes* is none.
    """
    found: dict[int, int] = {}
    placed = [(notice.span, number) for number, notice in enumerate(notices)]
    for span, number in sorted([(span, number) for span, number in placed if span is not None]):
        passage = bisect_right(stops, span.start)
        while passage < len(starts) and (start := starts[passage]) < span.stop:
            stop = stops[passage]
            held = min(stop, span.stop) - max(start, span.start)
            if 2 * held > stop - start and (span.start <= start or passage not in found):
                found[passage] = number
            passage += 1
    return {passage: number for passage, number in found.items() if passage not in holes}


def align_articles(old: Side, new: Side) -> Alignment:
    """Align the passages of two articles, with the row label of each as evidence."""
    common = {*old.keys}.intersection(new.keys)
    labels = old.labels(common), new.labels(common)
    return align_folded(
        old.keys,
        new.keys,
        labels=labels if any(labels[0]) and any(labels[1]) else None,
        all_moves=True,
        aside=(old.notices, new.notices),
    )


_LONGEST_LABEL = 60
"""Characters of a label (range 30 to 100): a longer beginning of an item is a clause."""
_NAMED = re.compile(r"(?P<label>[^:：]{2,60}?)(?:\s?[:：]|\s[–—-])\s")
_FIGURES = re.compile(r"\S*\d\S*")


def _label(block: Block) -> str | None:
    """What a row or list item is about, whatever its figures say; None for other blocks.

    Of a row it is its first cell with letters, of an item what is before a colon or a dash; of others
    that hold figures it is the words among the figures. A paragraph that ends in a figure is set like
    a row: *Printing 7,900*.
    """
    row = block.kind is BlockKind.PARAGRAPH and block.text[-1:].isdigit()
    if not row and block.kind is not BlockKind.TABLE_ROW and block.kind is not BlockKind.LIST_ITEM:
        return None
    named = None if block.key or block.kind is BlockKind.TABLE_ROW else _NAMED.match(block.text)
    label = block.key or (named["label"] if named else "")
    if not label:
        words, figures = _FIGURES.subn("", block.text)
        words = " ".join(words.split())
        label = words if figures and len(words) <= _LONGEST_LABEL else ""
    return text.fold(label).casefold() if any(map(str.isalpha, label)) else None
