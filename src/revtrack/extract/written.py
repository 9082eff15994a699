"""Captures that are no HTML: Markdown and plain text, as git and file systems hold them.

Markdown becomes HTML and goes the way of every page, so that links, headings and notices are what they
are elsewhere. Its front matter, the lines between two ``---``, becomes the page's metadata: of them
only plain ``name: value`` lines are read, in the names that site generators share.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

from revtrack.errors import MissingExtraError
from revtrack.extract.headlines import letters_of

__all__ = ["as_page", "front_matter", "is_markdown", "is_plain_text"]

_FENCE = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"([A-Za-z][\w-]*)[ \t]*:[ \t]+(\S.*?)[ \t]*\r?")
_QUOTED = re.compile(r"""(["'])(.*)\1""")
_BLANK = b"\xef\xbb\xbf \t\r\n"
_TITLE = re.compile(r"<h1[^>]{0,200}>([^<]{0,2000})")

_META = (
    ("author", '<meta name="author" content="{}">'),
    ("authors", '<meta name="author" content="{}">'),
    ("description", '<meta name="description" content="{}">'),
    ("date", '<meta property="article:published_time" content="{}">'),
    ("published", '<meta property="article:published_time" content="{}">'),
    ("updated", '<meta property="article:modified_time" content="{}">'),
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
    return _media_type(content_type) == "text/plain" and not body.lstrip(_BLANK).startswith(b"<")


def as_page(text: str) -> str:
    """The HTML page that Markdown *text* stands for.

    The headline is the front matter's ``title``, else the first heading of the first level. Raises
    `MissingExtraError` when the parser is not installed.
    """
    try:
        from markdown_it import MarkdownIt  # noqa: PLC0415 # an extra
    except ImportError as error:
        raise MissingExtraError(
            extra="markdown", package="markdown-it-py", purpose="reading Markdown"
        ) from error
    fields, body = front_matter(text)
    written = MarkdownIt("commonmark").enable("table").render(body)
    title, language = fields.get("title", ""), fields.get("lang") or fields.get("language") or ""
    head = [form.format(escape(fields[name])) for name, form in _META if name in fields]
    first = _TITLE.search(written)
    repeated = first is not None and letters_of(unescape(first[1])) == letters_of(title)
    heading = f"<h1>{escape(title)}</h1>\n" if title and not repeated else ""
    named = f"<title>{escape(title)}</title>" if title else ""
    return (
        f'<!doctype html><html lang="{escape(language)}"><head>{named}{"".join(head)}</head>'
        f"<body><main><article>{heading}{written}</article></main></body></html>"
    )


def front_matter(text: str) -> tuple[Mapping[str, str], str]:
    """The plain fields before a Markdown *text*, by name in lower case, and the text without them."""
    fence = _FENCE.match(text)
    if fence is None:
        return {}, text.removeprefix("\ufeff")
    fields: dict[str, str] = {}
    for line in fence[1].split("\n"):
        field = _FIELD.fullmatch(line)
        if field is not None:
            quoted = _QUOTED.fullmatch(field[2])
            fields.setdefault(field[1].lower(), quoted[2] if quoted else field[2])
    return fields, text[fence.end() :]


def _media_type(content_type: str | None) -> str:
    return (content_type or "").partition(";")[0].strip().lower()
