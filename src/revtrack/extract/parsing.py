"""From bytes to a tree: the first screening, and the one place that meets the HTML parser's traps.

The parser gets UTF-8 bytes and is told so, which is its fastest way and keeps it from believing a
declaration inside the page; from libxml2 2.14 on it also says whether they were UTF-8. It stops
silently at its depth limit, takes minutes for a tag with a million attributes, and keeps NUL.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from revtrack.errors import ExtractionError
from revtrack.extract.encoding import begins_as_utf8, decoded, encoding_of, is_marked, is_wide
from revtrack.model import ScreenReason
from revtrack.remarks import Remark, RemarkKind

__all__ = ["MAX_BYTES", "cut_short", "parse", "places_in"]

# The largest page that is read, in bytes. A tree takes four bytes per byte of page, so the bound is
# what a machine of 1 GB can hold; the largest page of the gold sets has 1.5 MB.
MAX_BYTES = 64 * 1024 * 1024
# How long a stretch without ">" makes a page worth a closer look, in bytes (range: 1 kB to 100 kB; the
# parse time of one tag grows with the square of its attributes: 16 kB of them take 50 ms).
_STRETCH = 8_192
# How far before a stretch its first tag may begin, in bytes (range 200 to 4,000: longer ones are rare,
# and looked at more closely), and what stands behind a ``>`` that ends a quotation.
_TAG_BEGINS = 1_000
_QUOTES = (b'"', b"'")
# Attributes beyond which a tag is stripped of them (a page written by people has below 100 in a tag).
_ATTRIBUTES = 2_000

# How much may follow the end tag of a page for it to be its end, in bytes (range 10 to 100: what
# browsers show of a page that was put together of parts begins behind the first one's), and such end
# tags. The parser stops at one, where browsers go on.
_REST = 32
_END = re.compile(rb"</html", re.IGNORECASE)
_CAPITALS, _EDGE = b"HTML>", 1_000
# The end of a page, and addresses that may be inside others: one look for both.
_PLACES = re.compile(rb"/h(?:tml|ttp)")  # found in a third of the time that `bytes.find` takes
_ENDS = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)

# UTF-8 that was taken for Latin-1 and written as UTF-8 again: what such a page shows for a dash or a
# quotation mark, which nothing else holds (its second and third sign are controls), and all its signs.
_TWICE = re.compile(rb"\xc3\xa2\xc2\x80")  # found in a third of the time that `bytes.find` takes
_WRITTEN_TWICE = re.compile(
    rb"\xc3(?:[\x82-\x9f]\xc2[\x80-\xbf]|[\xa0-\xaf](?:\xc2[\x80-\xbf]){2}|[\xb0-\xb4](?:\xc2[\x80-\xbf]){3})"
)

# Whether the parser reports bytes that are not UTF-8, instead of guessing what they mean.
_REPORTS = etree.LIBXML_VERSION >= (2, 14)

_OPEN_TAG = re.compile(rb"<([a-zA-Z][a-zA-Z0-9:-]{0,99})(?=[\s/])")
# An attribute as the parser reads it, white space and slashes between them left out, or a tag's end.
_ATTRIBUTE = re.compile(rb"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>]*+))?|>""")
# A tag up to its end, with no quotation left open.
_WHOLE_TAG = re.compile(rb"""<[a-zA-Z/!?](?:[^"'>]++|"[^"]*+"|'[^']*+')*\Z""")
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a RIFF file (an image, a film or a sound)"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x1f\x8b", "gzip-compressed bytes"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed bytes"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"SQLite format 3\x00", "a database"),
)

_CONTROLS = bytes(code for code in range(1, 32) if code not in b"\t\n\f\r\x1b")
"""Bytes that no text holds: NUL apart, which broken exports strew in, and what moves or switches."""

_MOST_CONTROLS = 0.05
"""Share of such bytes from which bytes are not text (range .01 to .1): noise has .1, pages none."""


def parse(
    page: bytes | str,
    *,
    content_type: str | None = None,
    url: str | None = None,
    places: Sequence[int] | None = None,
) -> tuple[etree._Element, str]:
    """The root element of *page*, and the name of its encoding (``str`` for text).

    *places* are what `places_in` gives for it, where that is known.
    Raises `ExtractionError` where there is no HTML to parse (EMPTY, NOT_HTML), where the page is larger
    than `MAX_BYTES` (TOO_LARGE) or nested deeper than the parser follows (TOO_DEEP).
    """
    if len(page) > MAX_BYTES:
        said = (
            f"the page has {len(page):,} bytes and the largest that is read has {MAX_BYTES:,}: "
            "pass the article's part of it"
        )
        raise ExtractionError(said, reason=ScreenReason.TOO_LARGE, url=url)
    if isinstance(page, str):
        return _tree(page.encode("utf-8", "replace"), url)[0], "str"
    _refuse_binary(page, url)
    if _REPORTS and not is_marked(page) and begins_as_utf8(page):
        root, faulty = _tree(page, url, places)
        if not faulty:
            return root, "utf-8"
    encoding = encoding_of(page, content_type=content_type)
    if encoding != "utf-8":
        page = decoded(page, encoding).encode("utf-8", "replace")
    return _tree(page, url)[0], encoding


def places_in(page: bytes) -> list[int]:
    """Where ``/http`` and ``/html`` are in *page*."""
    return [found.start() for found in _PLACES.finditer(page)]


def _ends_early(utf8: bytes, places: Sequence[int] | None) -> bool:
    """Whether more than a few signs follow the first end tag of the page."""
    if _CAPITALS in utf8[:_EDGE] or _CAPITALS in utf8[-_EDGE:]:
        end = _END.search(utf8)
        return end is not None and end.start() < len(utf8) - _REST
    places = places_in(utf8) if places is None else places
    first = next((place - 1 for place in places if utf8[place - 1 : place + 5] == b"</html"), len(utf8))
    return first < len(utf8) - _REST


def _tree(
    utf8: bytes, url: str | None, places: Sequence[int] | None = None
) -> tuple[etree._Element, bool]:
    """The parsed tree of bytes taken for UTF-8, and whether the parser met some that are not."""
    if b"\0" in utf8:
        utf8, places = utf8.replace(b"\0", b""), None
    if b"\xc3" in utf8 and _TWICE.search(utf8):
        utf8, places = _WRITTEN_TWICE.sub(_once, utf8), None
    if _ends_early(utf8, places):
        utf8 = _ENDS.sub(b"", utf8)
    if not utf8 or utf8.isspace():
        raise ExtractionError("the page is empty: capture it again", reason=ScreenReason.EMPTY, url=url)
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True
    )
    try:
        root = etree.fromstring(_bounded(utf8), parser)
    except (etree.LxmlError, ValueError) as error:
        said = f"the page could not be parsed as HTML ({error}): check that it is an HTML page"
        raise ExtractionError(said, reason=ScreenReason.NOT_HTML, url=url) from error
    if root is None:
        raise ExtractionError(
            "the page holds no elements: capture it again", reason=ScreenReason.EMPTY, url=url
        )
    log = parser.error_log
    if len(log) and log[-1].type_name == "ERR_RESOURCE_LIMIT":
        said = "the page is nested deeper than 2,048 elements, which no article is: check the page"
        raise ExtractionError(said, reason=ScreenReason.TOO_DEEP, url=url)
    return root, any(error.type_name == "ERR_INVALID_ENCODING" for error in log)


def _once(found: re.Match[bytes]) -> bytes:
    return found[0].decode().encode("latin-1")


def _refuse_binary(page: bytes, url: str | None) -> None:
    """Raise for bytes that begin like a known file format, or hold too many controls to be text."""
    head = page[:1024]
    found = next((what for magic, what in _MAGIC if head.startswith(magic)), None)
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if found is None and controls > _MOST_CONTROLS * len(head) and not is_wide(head):
        found = "binary"
    if found is not None:
        said = f"the page is {found}, not HTML: pass the HTML page, or its text to from_text"
        raise ExtractionError(said, reason=ScreenReason.NOT_HTML, url=url)


def _bounded(utf8: bytes) -> bytes:
    """The same page, without the attributes of any tag that has thousands of them.

    Looked at is what precedes each stretch without an end of a tag; what was passed, never again.
    """
    out, done, position, passed = [], 0, 0, 0
    while (position := _next_stretch(utf8, position)) >= 0:
        opened, tag = position + 1, None
        while tag is None and (opened := utf8.rfind(b"<", passed, opened)) >= 0:
            tag = _OPEN_TAG.match(utf8, opened)
        if tag is None:  # a long text or script, up to the next tag
            position = utf8.find(b"<", position + 1)
            while position >= 0 and _OPEN_TAG.match(utf8, position) is None:
                position = utf8.find(b"<", position + 1)
            if position < 0:
                break
            passed = position
            continue
        closed, many = _end_of_tag(utf8, tag.end())
        if many:
            out.append(utf8[done : tag.end()])
            done = closed
        position = passed = max(closed, position + 1)
    return b"".join([*out, utf8[done:]]) if out else utf8


def _end_of_tag(utf8: bytes, start: int) -> tuple[int, bool]:
    """Where the tag ends whose attributes begin at *start*, and whether it has too many of them."""
    count = 0
    for attribute in _ATTRIBUTE.finditer(utf8, start):
        if attribute[0] == b">":
            return attribute.start(), count > _ATTRIBUTES
        count += 1
    return len(utf8), count > _ATTRIBUTES


def _next_stretch(utf8: bytes, position: int) -> int:
    """Where the next long stretch lies that has no ``>``, or one first that ends no tag; or -1."""
    for start in range(position, len(utf8) - _STRETCH, _STRETCH):
        end = utf8.find(b">", start, start + _STRETCH)
        if end < 0:
            return start
        opened = utf8.rfind(b"<", start, end)
        if opened < 0:
            opened = utf8.rfind(b"<", max(0, start - _TAG_BEGINS), start)
        if opened < 0 or not _WHOLE_TAG.match(utf8, opened, end) or utf8[end + 1 : end + 2] in _QUOTES:
            return end - 1
    return -1


# Elements whose end HTML wants to be written.
_ENDED = ("div", "article", "section", "main", "ul", "script", "style")


def cut_short(page: bytes | str, headers: Sequence[tuple[str, str]] = ()) -> Remark | None:
    """A remark where *page* ends before its end: fewer bytes than *headers* say, or open elements."""
    announced = {name.lower(): value.strip() for name, value in headers}
    if announced.get("warc-truncated"):
        return _cut("who captured it says so")
    length = announced.get("content-length", "")
    if not length.isdecimal() or "content-encoding" in announced:
        length = "0"
    if isinstance(page, bytes) and len(page) < int(length[:20]):
        return _cut(f"{len(page):,} bytes came of the {int(length[:20]):,} that were announced")
    text = page if isinstance(page, bytes) else page.encode("utf-8", "replace")
    if any(text.rfind(end) >= 0 for end in (b"</html", b"</HTML", b"</body", b"</BODY")):
        return None
    text = text.lower()
    if text.find(b"<html") < 0 and text.find(b"<body") < 0:
        return None
    if text.rfind(b"<") > text.rfind(b">"):
        return _cut("it ends inside a tag")
    for tag in (*_ENDED, "p"):
        closed = text.count(f"</{tag}>".encode())
        if not closed and tag == "p":  # everywhere or nowhere
            continue
        if text.count(f"<{tag}>".encode()) + text.count(f"<{tag} ".encode()) > closed:
            return _cut(f"it has no end, and a <{tag}> is still open there")
    return None


def _cut(why: str) -> Remark:
    return Remark(RemarkKind.TRUNCATED, f"the page may be cut off: {why}")
