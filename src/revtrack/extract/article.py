"""extract(page) → Article: the recipe of the built-in extractor."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

import attrs

from revtrack.errors import ExtractionError
from revtrack.extract.bodies import BUILT_IN_BODY, BodyExtractor
from revtrack.extract.json_ld import stated_notices
from revtrack.extract.metadata import Metadata, with_seen
from revtrack.extract.page import open_page
from revtrack.extract.rule_words import notices_by_rule
from revtrack.extract.ruled import Ruled
from revtrack.extract.scan import Scan
from revtrack.extract.screening import screened, walled
from revtrack.extract.site_rules import SiteRules
from revtrack.extract.textless import textless, waits_for_text
from revtrack.model import (
    Article,
    Block,
    Extractor,
    Headline,
    HeadlineSource,
    ScreenReason,
    Snapshot,
)
from revtrack.notices import attest, in_article
from revtrack.remarks import Remark, RemarkKind

__all__ = ["FIRST_ERROR", "extract"]

FIRST_ERROR = 400
"""The first HTTP status that says that what was served is not the page."""


def extract(
    page: bytes | str | Snapshot,
    *,
    url: str | None = None,
    captured_at: datetime | None = None,
    body: BodyExtractor = BUILT_IN_BODY,
    site_rules: SiteRules | None = None,
    earlier: Article | None = None,
) -> Article:
    """The article on an HTML *page*.

    *page* is bytes (their encoding is found), text that is HTML, or a `Snapshot`, whose address, time
    and content type are used unless given here: one of Markdown or plain text is read as such. *body*
    is what finds its text, *site_rules* are what is known of its site, *earlier* is the article of an
    earlier capture: the element that it was taken from is looked for before choosing anew. Raises
    `TypeError` for anything else and `ExtractionError`, with its reason, where the page holds no
    article, was served as an error, or is the home page that a redirect led to.
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
        said = _headed(said, found.headline)
    blocks = found.blocks
    doubt = _screen(parsed.scan, said, blocks, parsed.url, opened.remarks)
    doubt = doubt or walled(parsed.root, said, blocks)
    doubts = {one.kind: one for one in (doubt, *found.remarks) if one is not None}
    said = with_seen(said)
    notices = in_article(blocks, language=said.language, headline=said.headline, named=found.notices)
    notices += stated_notices(said.corrections, blocks, language=said.language)
    if ruled is not None:
        notices = notices_by_rule(ruled, blocks, notices, said.language)
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
        extractor=_extractor(body, ruled),
        encoding=opened.encoding,
        left_out=found.left_out,
        container=found.container,
        remarks=(*opened.remarks, *doubts.values()),
    )


def _refuse(page: Snapshot) -> None:
    """Raise for a page that was served as an error; its own words count where they say more."""
    extract(attrs.evolve(page, status=None))
    raise ExtractionError(
        f"the server answered with status {page.status}: this is not the article",
        reason=ScreenReason.ERROR_PAGE,
        url=page.url,
    )


def _refuse_home_page(page: Snapshot) -> None:
    """Raise where the address of an article led to the front page of a site."""
    if not page.redirects:
        return
    asked, served = urlsplit(page.redirects[0].url), urlsplit(page.redirects[-1].target)
    if asked.path.strip("/") and not served.path.strip("/") and not served.query:
        raise ExtractionError(
            f"the address led to the home page {served.geturl()}: this is not the article",
            reason=ScreenReason.HOME_PAGE,
            url=page.url,
        )


def _extractor(body: BodyExtractor, ruled: Ruled | None) -> Extractor:
    """What stands on the article: the site rules are part of the extractor's version."""
    made = body.extractor
    return made if ruled is None else Extractor(made.name, f"{made.version}+rules.{ruled.digest}")


def _screen(
    page: Scan,
    said: Metadata,
    blocks: tuple[Block, ...],
    url: str | None,
    remarks: Sequence[Remark],
) -> Remark | None:
    """Raise where the page is an error, a wall or a shell and no article, or holds no text."""
    found = screened(page, said, blocks)
    if not blocks:
        cut = next((one for one in remarks if one.kind is RemarkKind.TRUNCATED), None)
        may_be = cut is None and (found is None or found[0] is ScreenReason.CONSENT_WALL)
        if may_be and (shown := textless(page, said, url=url)) is not None:
            return shown
        found = found or _unwritten(page, cut)
    if found is not None:
        reason, words = found
        raise ExtractionError(
            f"the page is no version of an article ({reason.value}: {words}): pass another capture",
            reason=reason,
            url=url,
        )
    if not blocks:
        raise ExtractionError(
            "the page holds no running text (a list of links, a film or pictures alone): "
            "pass another capture, or the article's text to from_text",
            reason=ScreenReason.NO_ARTICLE,
            url=url,
        )
    return None


def _unwritten(page: Scan, cut: Remark | None) -> tuple[ScreenReason, str] | None:
    """Why *page* holds no text, where it shows that."""
    if (words := waits_for_text(page)) is not None:
        return ScreenReason.SHELL, words
    return (ScreenReason.TRUNCATED, cut.text) if cut is not None else None


def _headed(said: Metadata, headline: str) -> Metadata:
    """*said* with *headline* for what the page shows."""
    others = [one for one in said.headlines if one.source is not HeadlineSource.H1]
    headlines = (Headline(HeadlineSource.H1, headline), *others)
    return attrs.evolve(said, headline=headline, headlines=headlines)
