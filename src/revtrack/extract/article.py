"""extract(page) → Article: the recipe of the built-in extractor."""

from __future__ import annotations

from datetime import datetime

import attrs

from revtrack.errors import ExtractionError
from revtrack.extract.body import drafts
from revtrack.extract.choose import chosen
from revtrack.extract.frame import find_frame
from revtrack.extract.headlines import is_only_a_journal
from revtrack.extract.leftover import left_out
from revtrack.extract.metadata import Metadata, read_metadata
from revtrack.extract.page import parse
from revtrack.extract.scan import Scan, scan
from revtrack.extract.screening import LITTLE, screened
from revtrack.extract.stated import stated_notices
from revtrack.model import (
    Article,
    Block,
    BlockKind,
    Extractor,
    Headline,
    HeadlineSource,
    ScreenReason,
    Snapshot,
)
from revtrack.notices import attest, in_article

__all__ = ["BUILT_IN", "extract"]

BUILT_IN = Extractor("revtrack", "1")


def extract(
    page: bytes | str | Snapshot,
    *,
    url: str | None = None,
    captured_at: datetime | None = None,
) -> Article:
    """The article on an HTML *page*.

    *page* is bytes (their encoding is found), text that is HTML, or a `Snapshot`, whose address, time
    and content type are used unless given here. Raises `TypeError` for anything else and
    `ExtractionError`, with its reason, where the page holds no article.
    """
    content_type = None
    if isinstance(page, Snapshot):
        url, captured_at, content_type = (
            url or page.url,
            captured_at or page.captured_at,
            page.content_type,
        )
        page = page.body
    if not isinstance(page, bytes | str):
        raise TypeError(f"page must be bytes, str or Snapshot, not {type(page).__name__}")
    root, encoding = parse(page, content_type=content_type, url=url)
    looked = scan(root)
    said = read_metadata(looked, url=url)
    said, blocks, left = _body(looked, said, url)
    notices = in_article(blocks, language=said.language)
    notices += stated_notices(said.corrections, blocks, language=said.language)
    return Article(
        headline=said.headline,
        headlines=said.headlines,
        blocks=blocks,
        notices=notices,
        attested=attest(said.headline, "\n\n".join([block.text for block in blocks]), notices),
        byline=said.byline,
        dek=said.dek,
        section=said.section,
        publisher=said.publisher,
        published_at=said.published_at,
        modified_at=said.modified_at,
        language=said.language,
        canonical_url=said.canonical_url,
        url=url,
        captured_at=captured_at,
        extractor=BUILT_IN,
        encoding=encoding,
        left_out=left,
    )


def _body(
    page: Scan, said: Metadata, url: str | None
) -> tuple[Metadata, tuple[Block, ...], tuple[int, ...]]:
    """The blocks of the article, and the sums of the texts that were left out of it.

    The metadata are given back with the headline of the first heading where the page has no other.
    """
    for lenient in (False, True):
        if (frame := find_frame(page, said.heading, lenient=lenient)) is not None:
            written = drafts(frame)
            if written and is_only_a_journal(said.headlines):
                said = _headed(said, written[0].block)
            headlines = frozenset([headline.text for headline in said.headlines])
            if blocks := chosen(written, headlines=headlines):
                if sum([len(block.text) for block in blocks]) < LITTLE:
                    _screen(page, said, blocks, url)
                return said, blocks, left_out(page, frame, written, blocks)
    _screen(page, said, (), url)
    raise ExtractionError(
        "the page holds no running text (a list of links, a film or pictures alone): "
        "pass another capture, or the article's text to from_text",
        reason=ScreenReason.NO_ARTICLE,
        url=url,
    )


def _screen(page: Scan, said: Metadata, blocks: tuple[Block, ...], url: str | None) -> None:
    """Raise where the page is an error, a wall or a shell in the place of an article."""
    if (found := screened(page, said, blocks)) is not None:
        reason, words = found
        raise ExtractionError(
            f"the page is no version of an article ({reason.value}: {words}): pass another capture",
            reason=reason,
            url=url,
        )


def _headed(said: Metadata, first: Block) -> Metadata:
    """*said* with *first* for the headline, where it is a heading."""
    if first.kind is not BlockKind.HEADING:
        return said
    others = [one for one in said.headlines if one.source is not HeadlineSource.H1]
    headlines = (Headline(HeadlineSource.H1, first.text), *others)
    return attrs.evolve(said, headline=first.text, headlines=headlines)
