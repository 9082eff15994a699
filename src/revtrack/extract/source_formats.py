"""Captures that are no served HTML: Markdown, plain text, and the sources of pages, as git holds them.

Markdown becomes HTML and goes the way of every page, so that links, headings and notices are what they
are elsewhere. Front matter becomes the page's metadata, in the names that site generators share. Other
markup (reStructuredText, AsciiDoc, Org) is plain text whose title is the headline.
"""

from __future__ import annotations

import re
from datetime import datetime
from html import escape, unescape

from revtrack.errors import MissingExtraError
from revtrack.extract.front_matter import MARKUP, Fields, front_matter, markup_head
from revtrack.extract.headlines import letters_of
from revtrack.extract.times import read_time
from revtrack.model import (
    Article,
    Block,
    BlockKind,
    Extractor,
    Headline,
    HeadlineSource,
)
from revtrack.notices import attest, in_article

__all__ = [
    "PLAIN",
    "as_page",
    "begins_with_front_matter",
    "from_text",
    "is_markdown",
    "is_plain_text",
    "plain_article",
]

PLAIN = Extractor("revtrack.plain", "1")

# Line ends of every system, and the separators that Unicode calls line and paragraph.
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")


def from_text(  # noqa: PLR0913 - one keyword per thing that a caller without HTML knows
    text: str,
    *,
    headline: str | None = None,
    language: str | None = None,
    byline: str | None = None,
    published_at: datetime | None = None,
    modified_at: datetime | None = None,
    url: str | None = None,
    captured_at: datetime | None = None,
) -> Article:
    """An article from plain *text*, for users without HTML.

    Blank lines part blocks; inside a block white space (line ends too) is collapsed to single spaces.
    *language* is a BCP 47 tag (``en``, ``pt-BR``). Raises `TypeError` where *text* is not ``str``.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be str, not {type(text).__name__}: for HTML bytes use extract()")
    blocks = tuple([Block(BlockKind.PARAGRAPH, block) for block in _paragraphs(text)])
    title = " ".join(headline.split()) if headline else None
    notices = in_article(blocks, language=language, headline=title or None)
    return Article(
        headline=title or None,
        headlines=(Headline(HeadlineSource.GIVEN, title),) if title else (),
        blocks=blocks,
        notices=notices,
        attested=attest(title or None, "\n\n".join([block.text for block in blocks]), notices),
        byline=byline,
        published_at=published_at,
        modified_at=modified_at,
        language=language,
        url=url,
        captured_at=captured_at,
        extractor=PLAIN,
    )


def _paragraphs(text: str) -> list[str]:
    """The text between blank lines, each with its white space collapsed; none is empty."""
    found: list[str] = []
    lines: list[str] = []
    for line in _LINE_END.sub("\n", text).replace("\u2029", "\n\n").split("\n"):
        if words := line.split():
            lines.append(" ".join(words))
        elif lines:
            found.append(" ".join(lines))
            lines = []
    if lines:
        found.append(" ".join(lines))
    return found


_TAG = re.compile(rb"<(?:!doctype|!--|\?xml|[a-z][a-z0-9-]{0,30}[\s>/])", re.IGNORECASE)
_FENCES = (b"---", b"+++", b";;;")
_BLANK = b"\xef\xbb\xbf \t\r\n"
_FIRST_HEADING = re.compile(r"<h1[^>]{0,200}>([^<]{0,2000})")
_HEAD = re.compile(r"<head(?:\s[^>]{0,500})?>", re.IGNORECASE)

_META = (
    ("author", '<meta name="author" content="{}">'),
    ("authors", '<meta name="author" content="{}">'),
    ("description", '<meta name="description" content="{}">'),
    ("date", '<meta property="article:published_time" content="{}">'),
    ("published", '<meta property="article:published_time" content="{}">'),
    ("updated", '<meta property="article:modified_time" content="{}">'),
    ("modified", '<meta property="article:modified_time" content="{}">'),
    ("lastmod", '<meta property="article:modified_time" content="{}">'),
    ("canonical", '<link rel="canonical" href="{}">'),
    ("canonical_url", '<link rel="canonical" href="{}">'),
)
"""Names in front matter (of Jekyll, Hugo, Eleventy, Astro …) and what they become on the page."""


def is_markdown(content_type: str | None) -> bool:
    """Whether a capture says that it is Markdown."""
    return _media_type(content_type) in {"text/markdown", "text/x-markdown"}


def is_plain_text(content_type: str | None, body: bytes) -> bool:
    """Whether a capture says that it is plain text, and is: servers say so of HTML too."""
    kind = _media_type(content_type)
    return kind in MARKUP or (kind == "text/plain" and _TAG.match(body.lstrip(_BLANK)) is None)


def begins_with_front_matter(body: bytes) -> bool:
    """Whether what is said to be HTML begins as the source of a page does, and as no page does."""
    return body.removeprefix(b"\xef\xbb\xbf").startswith(_FENCES)


def plain_article(
    text: str, *, content_type: str | None, url: str | None, captured_at: datetime | None
) -> Article:
    """The article in plain *text*; its head gives the headline, author, language and times."""
    fields, text = markup_head(text, _media_type(content_type))
    return from_text(
        text,
        headline=fields.get("title"),
        language=fields.get("lang") or fields.get("language"),
        byline=fields.get("author") or fields.get("authors"),
        published_at=read_time(fields.get("date") or fields.get("published")),
        modified_at=read_time(fields.get("updated") or fields.get("lastmod") or fields.get("modified")),
        url=url,
        captured_at=captured_at,
    )


def as_page(text: str, *, markdown: bool = True) -> str:
    """The HTML page that *text*, Markdown or the HTML source of a page, stands for.

    The headline is the front matter's ``title``, else the first heading of the first level. Raises
    `MissingExtraError` when the parser is not installed.
    """
    fields, body = front_matter(text)
    written = _rendered(body) if markdown else body
    title, language = fields.get("title", ""), fields.get("lang") or fields.get("language") or ""
    head = _head_of(fields)
    first = _FIRST_HEADING.search(written)
    repeated = first is not None and letters_of(unescape(first[1])) == letters_of(title)
    heading = f"<h1>{escape(title)}</h1>\n" if title and not repeated else ""
    if (whole := _HEAD.search(written)) is not None:
        return f"{written[: whole.end()]}{head}{written[whole.end() :]}"
    return (
        f'<!doctype html><html lang="{escape(language)}"><head>{head}</head>'
        f"<body><main><article>{heading}{written}</article></main></body></html>"
    )


def _head_of(fields: Fields) -> str:
    """What the *fields* of front matter are in the head of a page."""
    title = fields.get("title")
    named = f"<title>{escape(title)}</title>" if title else ""
    return named + "".join(
        [form.format(escape(fields[name])) for name, form in _META if name in fields]
    )


def _rendered(markdown: str) -> str:
    try:
        from markdown_it import MarkdownIt  # noqa: PLC0415 # an extra
    except ImportError as error:
        raise MissingExtraError(
            extra="markdown", package="markdown-it-py", purpose="reading Markdown"
        ) from error
    rendered: str = MarkdownIt("commonmark").enable("table").render(markdown)
    return rendered


def _media_type(content_type: str | None) -> str:
    return (content_type or "").partition(";")[0].strip().lower()
