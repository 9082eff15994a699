"""Blocks: the paragraphs of an article and their contents; spans: positions in a text."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import attrs

__all__ = ["Block", "BlockKind", "Link", "LiveEntry", "Media", "MediaKind", "Span", "Struck"]


@attrs.frozen(order=True)
class Span:
    """A half-open range `[start, stop)` of positions, in characters unless said otherwise."""

    start: int
    stop: int

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.start <= self.stop:
            raise ValueError(f"a span needs 0 <= start <= stop, got [{self.start}, {self.stop})")

    def __len__(self) -> int:
        return self.stop - self.start

    def __bool__(self) -> bool:
        return True  # an empty span is still a position

    def of(self, text: str) -> str:
        """The characters of *text* that this span covers."""
        return text[self.start : self.stop]

    def shifted(self, by: int) -> Span:
        """The same range, shifted *by* positions."""
        return Span(self.start + by, self.stop + by)

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share a position."""
        return self.start < other.stop and other.start < self.stop


class BlockKind(Enum):
    """The kind of a block of an article."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list item"
    QUOTE = "quote"
    CAPTION = "caption"
    TABLE_ROW = "table row"
    CODE = "code"
    EMBED = "embed"
    LIVE_ENTRY = "live entry"


@attrs.frozen
class Link:
    """A hyperlink inside a block: the characters of the block's text it covers, and its address."""

    span: Span
    href: str


class MediaKind(Enum):
    """The kind of a medium."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    EMBED = "embed"


@attrs.frozen
class Media:
    """A picture, film, sound or embedded page: its address, alternative text and caption."""

    kind: MediaKind
    src: str
    alt: str = ""
    caption: str = ""


@attrs.frozen
class LiveEntry:
    """The entry of a live blog: its id on the page, and its stated time."""

    id: str | None = None
    published_at: datetime | None = None


@attrs.frozen
class Struck:
    """Words that the page shows struck out, and where: before character `at` of their block's text."""

    text: str
    at: int


@attrs.frozen
class Block:
    """One paragraph, heading, list item, quote, caption, table row, code, embed or live entry.

    `text` is what a reader sees: white space is collapsed, everything else is kept as published; posts
    and code keep their lines, code its indentation. `links` have spans in `text`. `level` is 1 to 6 for
    a heading and None elsewhere. In a live blog `entry` is the entry that the block belongs to; the
    first block of an entry is of the kind LIVE_ENTRY. `key` is the cell that names the row of a table,
    where it is known. `struck` are words that the page shows struck out: they are withdrawn, and not
    part of `text`. A paragraph that is struck out completely belongs to the block next to it.
    """

    kind: BlockKind
    text: str
    links: tuple[Link, ...] = ()
    media: tuple[Media, ...] = ()
    level: int | None = None
    entry: LiveEntry | None = None
    key: str | None = None
    struck: tuple[Struck, ...] = ()
