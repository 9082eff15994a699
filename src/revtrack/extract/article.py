"""extract(page) → Article: the recipe of the built-in extractor, from the form of a page on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import attrs
from lxml import etree

from revtrack.errors import AddressError, ExtractionError
from revtrack.extract.bodies import BUILT_IN_BODY, BodyExtractor, ParsedPage
from revtrack.extract.elements import Scan, scan, shown_text, single_spaced
from revtrack.extract.headlines import LETTERS, letters_of
from revtrack.extract.metadata import Metadata, read_metadata, with_headline, with_seen
from revtrack.extract.parsing import cut_short, parse, places_in
from revtrack.extract.replayed import may_be_replayed, unwrap, without_toolbar
from revtrack.extract.ruled import apply_rules, metadata_by_rule, notices_by_rule
from revtrack.extract.screening import screened, walled
from revtrack.extract.site_rules import SiteRules
from revtrack.extract.source_formats import read_source
from revtrack.extract.stated import first_of, read_metas
from revtrack.extract.textless import textless, waits_for_text
from revtrack.model import Article, Block, Capture, Extractor, ScreenReason, Snapshot
from revtrack.notices import attest, in_article
from revtrack.remarks import Remark, RemarkKind
from revtrack.urls.replay import stated_replay

__all__ = ["FIRST_ERROR", "extract", "open_page", "page_of"]

FIRST_ERROR = 400
"""The first HTTP status that says that what was served is not the page."""

_TYPES = {".md": "text/markdown", ".txt": "text/plain"}
_NAMES = (".html", ".htm", ".xhtml", ".mhtml", ".md", ".txt", ".gz", ".warc", ".json")
# The shortest text and the fewest paragraphs that are an article's (ranges 300 to 2,000 and 2 to 5),
# and how much of the scripts is read, in characters: a bound against hostile pages.
_TEXT, _PARAGRAPHS = 500, 3
_LONGEST = 4_000_000
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"')
_PARAGRAPH = re.compile(r"<p[\s>]")
# A day with its clock, as the data of a script state when an article appeared.
_MOMENT = re.compile(r"\d{4}[-./]\d\d[-./]\d\d[T ]\d\d:\d\d.{0,20}")


def extract(
    page: bytes | str | Path | Snapshot,
    *,
    url: str | None = None,
    captured_at: datetime | None = None,
    body: BodyExtractor = BUILT_IN_BODY,
    site_rules: SiteRules | None = None,
    earlier: Article | None = None,
) -> Article:
    """The article on an HTML *page*.

    *page* is bytes (their encoding is found), text that is HTML, the `Path` of a file, or a `Snapshot`,
    whose address, time and content type are used unless given here: one of Markdown or plain text is
    read as such. *body* is what finds its text, *site_rules* are what is known of its site, *earlier*
    is the article of an earlier capture: the element that it was taken from is looked for before
    choosing anew. Raises `TypeError` for anything else, `ValueError` for a string that is an address or
    the name of a file, and `ExtractionError`, with its reason, where the page holds no article, was
    served as an error, or is the home page that a redirect led to.
    """
    if isinstance(page, Snapshot):
        if page.status is not None and page.status >= FIRST_ERROR:
            _refuse(page)
        _refuse_home_page(page)
    opened = open_page(page, url=url, captured_at=captured_at, site_rules=site_rules, earlier=earlier)
    if isinstance(opened, Article):
        return opened
    parsed = opened.parsed
    said, ruled = parsed.said, parsed.ruled
    found = body.body(parsed)
    if found.headline is not None:
        said = with_headline(said, found.headline)
    blocks = found.blocks
    doubt = _screen(parsed.scan, said, blocks, parsed.url, opened.remarks)
    doubt = doubt or walled(parsed.root, said, blocks)
    doubts = {one.kind: one for one in (doubt, *found.remarks) if one is not None}
    notices = in_article(blocks, language=said.language, headline=said.headline, named=found.notices)
    if said.corrections:  # those that the text does not hold
        letters = letters_of(" ".join([block.text for block in blocks]))
        notices += tuple([one for one in said.corrections if letters_of(one.text) not in letters])
    if ruled is not None:
        notices = notices_by_rule(ruled, blocks, notices, said.language)
    made = body.extractor
    if ruled is not None:  # the site rules are part of the extractor's version
        made = Extractor(made.name, f"{made.version}+rules.{ruled.digest}")
    text = "\n\n".join([block.text for block in blocks])
    return Article(
        headline=said.headline,
        headlines=said.headlines,
        blocks=blocks,
        notices=notices,
        attested=attest(said.headline, text, notices) if notices else (),
        byline=said.byline,
        dek=said.dek,
        section=said.section,
        publisher=said.publisher,
        published_at=said.published_at,
        modified_at=said.modified_at,
        language=said.language,
        canonical_url=said.canonical_url,
        url=parsed.url,
        captured_at=opened.captured_at,
        extractor=made,
        encoding=opened.encoding,
        left_out=found.left_out,
        container=found.container,
        remarks=(*opened.remarks, *doubts.values()),
    )


def _refuse(page: Snapshot) -> None:
    """Raise for a page that was served as an error; its own words count where they say more."""
    extract(attrs.evolve(page, status=None))
    said = f"the server answered with status {page.status}: this is not the article"
    raise ExtractionError(said, reason=ScreenReason.ERROR_PAGE, url=page.url)


def _refuse_home_page(page: Snapshot) -> None:
    """Raise where the address of an article led to the front page of a site."""
    if not page.redirects:
        return
    asked, served = urlsplit(page.redirects[0].url), urlsplit(page.redirects[-1].target)
    if asked.path.strip("/") and not served.path.strip("/") and not served.query:
        said = f"the address led to the home page {served.geturl()}: this is not the article"
        raise ExtractionError(said, reason=ScreenReason.HOME_PAGE, url=page.url)


def _screen(
    page: Scan, stated: Metadata, blocks: tuple[Block, ...], url: str | None, remarks: Sequence[Remark]
) -> Remark | None:
    """Raise where the page is an error, a wall or a shell and no article, or holds no text."""
    found = screened(page, stated, blocks)
    if not blocks:
        cut = next((one for one in remarks if one.kind is RemarkKind.TRUNCATED), None)
        may_be = cut is None and (found is None or found[0] is ScreenReason.CONSENT_WALL)
        if may_be and (shown := textless(page, stated, url=url)) is not None:
            return shown
        if found is None and (words := waits_for_text(page)) is not None:
            found = ScreenReason.SHELL, words
        elif found is None and cut is not None:
            found = ScreenReason.TRUNCATED, cut.text
    if found is None and blocks:
        return None
    reason, words = found or (ScreenReason.NO_ARTICLE, "")
    said = f"the page is no version of an article ({reason.value}: {words}): pass another capture"
    if found is None:
        said = "the page holds no running text (a list of links, a film or pictures alone): "
        said += "pass another capture, or the article's text to from_text"
    raise ExtractionError(said, reason=reason, url=url)


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
    page: bytes | str | Path | Snapshot,
    *,
    url: str | None,
    captured_at: datetime | None,
    site_rules: SiteRules | None,
    earlier: Article | None,
) -> OpenedPage | Article:
    """*page* as a tree with what it says of itself; of plain text the article. Raises as `extract`."""
    if earlier is not None and not isinstance(earlier, Article):
        raise TypeError(f"earlier must be an Article, not {type(earlier).__name__}")
    if site_rules is not None and not isinstance(site_rules, SiteRules):
        raise TypeError(
            f"site_rules must be SiteRules, not {type(site_rules).__name__}: "
            "SiteRules.load reads a file of them"
        )
    Capture(url, captured_at)  # refuses what is no address and no time
    page = page_of(page)
    content_type = None
    headers: tuple[tuple[str, str], ...] = ()
    if isinstance(page, Snapshot):
        url, captured_at = url or page.url, captured_at or page.captured_at
        content_type, headers, page = page.content_type, page.headers, page.body
    if (replay := stated_replay(url)) is not None:  # a capture in an archive is one of what it shows
        url, captured_at = replay.url, replay.moment
    if isinstance(page, bytes):
        source = read_source(page, content_type=content_type, url=url, captured_at=captured_at)
        if isinstance(source, Article):
            return source
        page = source
    if not isinstance(page, bytes | str):
        raise TypeError(f"page must be bytes, str, Path or Snapshot, not {type(page).__name__}")
    held = page if isinstance(page, bytes) else page.encode("utf-8", "replace")
    places: list[int] | None = places_in(held)
    replayed = may_be_replayed(held, places or ())
    if replayed and isinstance(page, bytes):
        page, places = without_toolbar(page), None
    root, encoding = parse(page, content_type=content_type, url=url, places=places)
    rebuilt = unwrap(root, page if isinstance(page, bytes) else b"") if replayed else None
    _based(root, url)
    looked = _looked_over(root)
    said = read_metadata(looked, url=url)
    ruled = None
    if site_rules is not None:
        ruled = apply_rules(site_rules, root, url or said.canonical_url, captured_at)
        said = metadata_by_rule(said, ruled, root) if ruled is not None else said
    said = with_seen(said)
    cut = cut_short(page, headers)
    found = [*(ruled.remarks if ruled is not None else ()), *[one for one in (cut, rebuilt) if one]]
    return OpenedPage(
        ParsedPage(root, said, looked, url, ruled, earlier), encoding, captured_at, tuple(found)
    )


def _based(root: etree._Element, url: str | None) -> None:
    """Make links whole that lead on from an address other than the page's own, which it states."""
    bases = (base for head in root.iterchildren("head") for base in head.iterchildren("base"))
    stated = next((one for one in bases if one.get("href") is not None), None)
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

    It is the page's own where the data hold, as a string too, what the page states for its title.
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
    moments = sorted(filter(_MOMENT.fullmatch, strings))
    if moments and moments[0][:10] == moments[-1][:10]:  # else another article's, or another day's
        etree.SubElement(article, "time").text = moments[0]
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
