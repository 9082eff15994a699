"""What reading a page begins with, whatever follows: its form, tree, metadata and site rule."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import attrs
from lxml import etree

from revtrack.errors import AddressError
from revtrack.extract.bodies import ParsedPage
from revtrack.extract.elements import shown_text, single_spaced
from revtrack.extract.encoding import decode
from revtrack.extract.headlines import LETTERS
from revtrack.extract.metadata import read_metadata
from revtrack.extract.metas import first_of, read_metas
from revtrack.extract.parsing import cut_short, parse
from revtrack.extract.replayed import may_be_replayed, unwrap, without_toolbar
from revtrack.extract.rule_words import metadata_by_rule
from revtrack.extract.ruled import apply_rules
from revtrack.extract.scan import Scan, scan
from revtrack.extract.site_rules import SiteRules
from revtrack.extract.source_formats import (
    as_page,
    begins_with_front_matter,
    is_markdown,
    is_plain_text,
    plain_article,
)
from revtrack.model import Article, Capture, Snapshot
from revtrack.remarks import Remark
from revtrack.urls.replay import stated_replay

__all__ = [
    "OpenedPage",
    "open_page",
    "page_of",
]

_TYPES = {".md": "text/markdown", ".txt": "text/plain"}
_NAMES = (".html", ".htm", ".xhtml", ".mhtml", ".md", ".txt", ".gz", ".warc", ".json")
# The shortest text and the fewest paragraphs that are an article's (ranges 300 to 2,000 and 2 to 5),
# and how much of the scripts is read, in characters: a bound against hostile pages.
_TEXT, _PARAGRAPHS = 500, 3
_LONGEST = 4_000_000
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"')
_PARAGRAPH = re.compile(r"<p[\s>]")


def page_of(page: bytes | str | Path | Snapshot, *, name: str = "page") -> bytes | str | Snapshot:
    """*page*, read where it is a path.

    Raises `ValueError`, which says what to do, for a string that is plainly an address or the name of
    a file and no HTML; `OSError` where the file cannot be read.
    """
    if isinstance(page, Path):
        capture = Capture(url=None, captured_at=None, source="file", location=str(page))
        return Snapshot(capture, page.read_bytes(), content_type=_TYPES.get(page.suffix.lower()))
    if not isinstance(page, str) or "<" in page or "\n" in page.strip():
        return page
    words = page.strip()
    if words.lower().startswith(("http://", "https://")) and " " not in words:
        raise ValueError(
            f"{name} is an address, not a page ({words}): fetch it first, for example with the "
            "command `revtrack track`, or pass the page itself as bytes"
        )
    if words.lower().endswith(_NAMES):
        raise ValueError(
            f"{name} is the name of a file, not a page ({words}): pass pathlib.Path({words!r}) "
            "or the file's bytes"
        )
    return page


@attrs.frozen
class OpenedPage:
    """A page ready for a body extractor, when it was captured, and what was doubtful in reading it."""

    parsed: ParsedPage
    encoding: str
    captured_at: datetime | None
    remarks: tuple[Remark, ...]


def open_page(
    page: bytes | str | Snapshot,
    *,
    url: str | None,
    captured_at: datetime | None,
    site_rules: SiteRules | None,
    earlier: Article | None,
) -> OpenedPage | Article:
    """*page* as a tree with what it says of itself; of plain text, which has neither, the article.

    The arguments are those of `extract`, which says what is raised.
    """
    if earlier is not None and not isinstance(earlier, Article):
        raise TypeError(f"earlier must be an Article, not {type(earlier).__name__}")
    if site_rules is not None and not isinstance(site_rules, SiteRules):
        raise TypeError(
            f"site_rules must be SiteRules, not {type(site_rules).__name__}: "
            "SiteRules.load reads a file of them"
        )
    if captured_at is not None and captured_at.utcoffset() is None:
        raise ValueError(
            "captured_at needs a time zone: rules hold for days, and captures have an order"
        )
    content_type = None
    headers: tuple[tuple[str, str], ...] = ()
    if isinstance(page, Snapshot):
        url, captured_at = url or page.url, captured_at or page.captured_at
        content_type, headers, page = page.content_type, page.headers, page.body
    if (replay := stated_replay(url)) is not None:  # a capture in an archive is one of what it shows
        url, captured_at = replay.url, replay.moment
    if isinstance(page, bytes):
        if is_plain_text(content_type, page):
            text, _ = decode(page, content_type=content_type)
            return plain_article(text, content_type=content_type, url=url, captured_at=captured_at)
        if (markdown := is_markdown(content_type)) or begins_with_front_matter(page):
            page = as_page(decode(page, content_type=content_type)[0], markdown=markdown)
    if not isinstance(page, bytes | str):
        raise TypeError(f"page must be bytes, str or Snapshot, not {type(page).__name__}")
    held = page.encode("utf-8", "replace") if isinstance(page, str) and "/http" in page else page
    replayed = isinstance(held, bytes) and may_be_replayed(held)
    if replayed and isinstance(page, bytes):
        page = without_toolbar(page)
    root, encoding = parse(page, content_type=content_type, url=url)
    rebuilt = unwrap(root, page if isinstance(page, bytes) else b"") if replayed else None
    _based(root, url)
    looked = _looked_over(root)
    said = read_metadata(looked, url=url)
    ruled = None
    if site_rules is not None:
        ruled = apply_rules(site_rules, root, url or said.canonical_url, captured_at)
        said = metadata_by_rule(said, ruled, root) if ruled is not None else said
    cut = cut_short(page, headers)
    found = [*(ruled.remarks if ruled is not None else ()), *[one for one in (cut, rebuilt) if one]]
    return OpenedPage(
        ParsedPage(root, said, looked, url, ruled, earlier), encoding, captured_at, tuple(found)
    )


def _based(root: etree._Element, url: str | None) -> None:
    """Make links whole that lead on from an address other than the page's own, which it states."""
    stated = root.find("head/base[@href]")
    if stated is None:
        return
    from revtrack.urls.parts import joined  # noqa: PLC0415 # slow to import, for few pages

    with suppress(AddressError):
        base = joined(url or "", (stated.get("href") or "").strip())
        for link in root.iter("a"):
            if href := link.get("href"):
                link.set("href", joined(base, href))


def _looked_over(root: etree._Element) -> Scan:
    """The page of *root*, looked over; its text is put into an article where only a script has it.

    Sites that are built in the browser send the article as a string of HTML in a script's data. It is
    the page's own where the data hold, as a string too, what the page states for its title.
    """
    page, body = scan(root), root.find("body")
    if page.paragraphs or page.loose or body is None:
        return page
    title = first_of(read_metas(page.metas), "og:title") or "".join(map(shown_text, page.titles[:1]))
    data = "\n".join([one.text or "" for one in root.iter("script")])
    strings = [*_strings(data[:_LONGEST], nested=True)]
    heads = [head for one in strings if (head := single_spaced(one)) and title.startswith(head)]
    head = max(heads, key=lambda one: (one != title, len(one)), default="")  # without the site's name
    texts = [one for one in strings if len(_PARAGRAPH.findall(one)) >= _PARAGRAPHS]
    text = max(texts, key=len, default="")
    if len(head) < LETTERS or len(text) < _TEXT:
        return page
    article = etree.SubElement(body, "article")
    etree.SubElement(article, "h1").text = head
    article.extend(list(parse(f"<div itemprop='articleBody'>{text}</div>")[0].iter("div"))[:1])
    return scan(root)


def _strings(data: str, *, nested: bool) -> Iterator[str]:
    """The strings in *data*, and those in a string that is data in its turn."""
    for found in _STRING.findall(data):
        with suppress(ValueError):
            text = json.loads(found)
            yield text
            if nested and len(text) >= _TEXT and '":' in text:
                yield from _strings(text, nested=False)
