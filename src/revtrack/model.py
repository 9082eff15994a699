"""The data model: captures, snapshots, articles, notices, versions.

Every class is frozen and has tuples, so a value can be shared and kept. This module imports nothing
of revtrack but blocks, labels, presentation and remarks. Spans are half-open, `[start, stop)`, and
count characters.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import Enum
from functools import cached_property

import attrs

from revtrack.blocks import Block, BlockKind, Link, LiveEntry, Media, MediaKind, Span, Struck
from revtrack.labels import NoticeAct, NoticeKind, NoticeTarget
from revtrack.presentation import Presented
from revtrack.remarks import Remark

__all__ = [
    "Article",
    "Attested",
    "Block",
    "BlockKind",
    "Capture",
    "Extractor",
    "Headline",
    "HeadlineSource",
    "Interval",
    "Link",
    "LiveEntry",
    "Media",
    "MediaKind",
    "Notice",
    "NoticeAct",
    "NoticeKind",
    "NoticeTarget",
    "Occurrence",
    "Redirect",
    "ScreenReason",
    "Screened",
    "Snapshot",
    "Span",
    "Struck",
    "Version",
    "WordHistory",
]


def _text(_: object, attribute: attrs.Attribute[str | None], value: str | None) -> None:
    if not isinstance(value, str | None):
        raise TypeError(f"{attribute.name} must be str, not {type(value).__name__}")


def _aware(_: object, attribute: attrs.Attribute[datetime | None], value: datetime | None) -> None:
    if not isinstance(value, datetime | None):
        kind = type(value).__name__
        raise TypeError(f"{attribute.name} must be a datetime with a time zone, not {kind}")
    if value is not None and value.utcoffset() is None:
        raise ValueError(f"{attribute.name} needs a time zone: captures are put in time order")
    if value is not None and value.tzinfo is not UTC:
        try:
            value.astimezone(UTC)
        except OverflowError as error:
            said = f"{attribute.name} is outside the calendar in UTC: {value.isoformat()}"
            raise ValueError(said) from error


@attrs.frozen
class Capture:
    """One observation of a URL at a time; a reference, cheap to list, without the body.

    `captured_at` is aware and in UTC; `source` names the kind of source (``file``,
    ``warc`` …); `digest` is the SHA-256 of the body in hexadecimal where it is known; `location`
    is what the source needs to fetch the body again (a path, an archive's address). `payload_digest` is
    the digest in an archive's own index (``sha1:…``), to be compared only with others of its kind.
    """

    url: str | None = attrs.field(validator=_text)
    captured_at: datetime | None = attrs.field(validator=_aware)
    source: str = "memory"
    digest: str | None = None
    location: str | None = None
    payload_digest: str | None = None


@attrs.frozen
class Redirect:
    """One step of a chain of redirects: the requested address, the status, the target."""

    url: str
    status: int
    target: str


@attrs.frozen
class Snapshot:
    """A capture together with the served bytes, their content type and headers.

    `status` is the HTTP status where the source knows one. 304 is an observation too: the page is
    unchanged, and `body` is the earlier one. `redirects` are the steps from the requested address to
    the body.
    """

    capture: Capture
    body: bytes = attrs.field(repr=lambda body: f"<{len(body)} bytes>")
    content_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    status: int | None = None
    redirects: tuple[Redirect, ...] = ()

    @property
    def url(self) -> str | None:
        """The address that was captured."""
        return self.capture.url

    @property
    def captured_at(self) -> datetime | None:
        """When it was captured (UTC)."""
        return self.capture.captured_at

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the body, in hexadecimal."""
        from hashlib import sha256  # noqa: PLC0415 # loads OpenSSL, which few programs need

        return sha256(self.body).hexdigest()


class ScreenReason(Enum):
    """Why a capture is kept but is not a version of the article."""

    EMPTY = "empty"
    NOT_HTML = "not html"
    TOO_LARGE = "too large"
    TOO_DEEP = "too deep"
    NO_ARTICLE = "no article"
    ERROR_PAGE = "error page"
    BOT_CHECK = "bot check"
    CONSENT_WALL = "consent wall"
    LOGIN_WALL = "login wall"
    SHELL = "shell"
    HOME_PAGE = "home page"
    OTHER_ARTICLE = "other article"
    TEASER = "teaser"
    TRUNCATED = "truncated"
    NO_TEXT = "no text"
    FETCH_FAILED = "fetch failed"
    NO_CAPTURE = "no capture"


class HeadlineSource(Enum):
    """The source of a headline variant, from the most to the least visible."""

    H1 = "h1"
    OPEN_GRAPH = "og:title"
    TWITTER = "twitter:title"
    JSON_LD = "json-ld"
    TITLE = "title"
    ALTERNATIVE = "alternativeHeadline"
    SLUG = "slug"
    GIVEN = "given"


@attrs.frozen
class Headline:
    """One variant of an article's headline and where the page states it."""

    source: HeadlineSource
    text: str


@attrs.frozen
class Notice(Presented):
    """A correction, update, retraction or another notice in an article: see `NoticeKind`.

    `text` is the whole notice as published, `label` its opening words (``Update``), `span` its place in
    the text that was searched (`Article.text` for an article's notices; None when it is in metadata,
    the headline or a caption). `said` is the wrong text and `says` the right text, when it quotes or
    states them: the likeliest of the `candidates` that its grammar allows. `targets` are the parts of
    the article that it is about, `target` the first of them. `dated` is its date or time. `acts` are
    what was done to the text according to it: none for an update that only adds news. `wide`: it is
    about the article as a whole (*edited for clarity*), and no part of it.
    """

    kind: NoticeKind
    target: NoticeTarget
    text: str
    span: Span | None = None
    label: str | None = None
    said: str | None = None
    says: str | None = None
    dated: datetime | date | None = None
    language: str | None = None
    acts: tuple[NoticeAct, ...] = ()
    wide: bool = False
    targets: tuple[NoticeTarget, ...] = attrs.Factory(lambda self: (self.target,), takes_self=True)
    candidates: tuple[tuple[str | None, str | None], ...] = ()


@attrs.frozen
class Attested:
    """An earlier headline, reconstructed from a notice, or earlier words that a notice quotes.

    *Attested by a notice, not captured*: `text` is the earlier form (of the body only the words
    that the notice quotes, never a reconstructed sentence), `current` what the article has in its
    place now, `notice` the source.
    """

    target: NoticeTarget
    text: str
    current: str
    notice: Notice


@attrs.frozen
class Extractor:
    """The rules that made an article: articles of different extractors are not comparable."""

    name: str = "none"
    version: str = "0"


@attrs.frozen(repr=False)
class Article(Presented):
    """What extraction makes of a page: headline, metadata, blocks of text, notices.

    `headline` is the best of `headlines`. `notices` have spans in `text`; their blocks are part of the
    body. Times are as the page states them, with its time zone or none; `captured_at` is the time of
    observation. `encoding` is the character encoding of the bytes. `left_out` are CRC-32 sums of the
    folded texts on the page outside the body: text that only one of two extractions takes is not an
    edit. `container` identifies the element with the body: the next capture is searched for it.
    `remarks` are doubts in reading the page.
    """

    headline: str | None = None
    headlines: tuple[Headline, ...] = ()
    blocks: tuple[Block, ...] = ()
    notices: tuple[Notice, ...] = ()
    attested: tuple[Attested, ...] = ()
    byline: str | None = None
    dek: str | None = None
    section: str | None = None
    publisher: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    canonical_url: str | None = None
    url: str | None = attrs.field(default=None, validator=_text)
    captured_at: datetime | None = attrs.field(default=None, validator=_aware)
    extractor: Extractor = attrs.field(factory=Extractor)
    encoding: str | None = None
    left_out: tuple[int, ...] = attrs.field(default=(), eq=False, repr=False)
    container: str | None = attrs.field(default=None, eq=False, repr=False)
    remarks: tuple[Remark, ...] = ()

    @cached_property
    def text(self) -> str:
        """The body: the blocks' texts joined by a blank line; no headline, no furniture."""
        return "\n\n".join([block.text for block in self.blocks])

    @cached_property
    def block_spans(self) -> tuple[Span, ...]:
        """The span of each block in `text`."""
        spans, position = [], 0
        for block in self.blocks:
            spans.append(Span(position, position + len(block.text)))
            position += len(block.text) + 2
        return tuple(spans)

    @property
    def media(self) -> tuple[Media, ...]:
        """The media of all blocks, in order."""
        return tuple([medium for block in self.blocks for medium in block.media])


@attrs.frozen
class Interval:
    """After the last capture without something, up to the first with it."""

    after: datetime | None = None
    until: datetime | None = None


@attrs.frozen
class Screened:
    """A capture that shows no version of the article, with the reason; kept, never a removal."""

    capture: Capture
    reason: ScreenReason
    detail: str


@attrs.frozen
class Version:
    """One distinct state of an article, with every capture that showed it, in time order."""

    number: int
    article: Article
    captures: tuple[Capture, ...]

    @property
    def first_seen(self) -> datetime | None:
        """The time of the earliest capture that showed this version."""
        return self.captures[0].captured_at if self.captures else None

    @property
    def last_seen(self) -> datetime | None:
        """The time of the latest capture that showed this version."""
        return self.captures[-1].captured_at if self.captures else None


@attrs.frozen
class Occurrence:
    """A period in which captures have some words.

    `interval` bounds when they appeared, `last_seen` when they were removed: after the last capture
    with them, up to the first without, which is None where the newest capture has them. `sentence` is
    the one with the words when they appeared.
    """

    interval: Interval
    last_seen: Interval
    sentence: str


@attrs.frozen
class WordHistory:
    """When an article had some words, and how many of its captures were read."""

    words: str
    captures: int
    read: int
    occurrences: tuple[Occurrence, ...] = ()
