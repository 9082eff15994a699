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
from revtrack.extract.plain import from_text
from revtrack.extract.times import read_time
from revtrack.model import Article

__all__ = ["as_page", "begins_with_front_matter", "is_markdown", "is_plain_text", "plain_article"]

_TAG = re.compile(rb"<(?:!doctype|!--|\?xml|[a-z][a-z0-9-]{0,30}[\s>/])", re.IGNORECASE)
_FENCES = (b"---", b"+++", b";;;")
_BLANK = b"\xef\xbb\xbf \t\r\n"
_TITLE = re.compile(r"<h1[^>]{0,200}>([^<]{0,2000})")
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
    head = _stated(fields)
    first = _TITLE.search(written)
    repeated = first is not None and letters_of(unescape(first[1])) == letters_of(title)
    heading = f"<h1>{escape(title)}</h1>\n" if title and not repeated else ""
    if (whole := _HEAD.search(written)) is not None:
        return f"{written[: whole.end()]}{head}{written[whole.end() :]}"
    return (
        f'<!doctype html><html lang="{escape(language)}"><head>{head}</head>'
        f"<body><main><article>{heading}{written}</article></main></body></html>"
    )


def _stated(fields: Fields) -> str:
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
