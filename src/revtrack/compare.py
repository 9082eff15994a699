"""Compare: two captures of an article in, one typed revision out. The whole recipe is here."""

from __future__ import annotations

from pathlib import Path

import attrs

from revtrack.changes.captures import parted
from revtrack.changes.detect import text_changes
from revtrack.changes.disclosure import disclose
from revtrack.changes.headline import headline_change
from revtrack.changes.inferred import with_inferred_notices
from revtrack.changes.kinds import Change
from revtrack.changes.metadata import (
    link_changes,
    media_changes,
    metadata_changes,
    stated_notice_changes,
)
from revtrack.changes.revision import Revision, doubts
from revtrack.changes.tiling import Pair
from revtrack.diff import Equal
from revtrack.extract import BUILT_IN_BODY, BodyExtractor, SiteRules, extract
from revtrack.extract.article import page_of
from revtrack.model import Article, Interval, Snapshot, Span

__all__ = ["CompareOptions", "compare"]


@attrs.frozen(kw_only=True)
class CompareOptions:
    """What `compare` covers besides headline, text and notices, and how a page is read.

    `metadata`, `links` and `media` are covered by default. `body` is the extractor for a page
    that is not an article yet, `site_rules` are rules for its site.
    """

    metadata: bool = True
    links: bool = True
    media: bool = True
    body: BodyExtractor = BUILT_IN_BODY
    site_rules: SiteRules | None = None


def compare(
    old: Article | Snapshot | Path | bytes | str,
    new: Article | Snapshot | Path | bytes | str,
    *,
    options: CompareOptions = CompareOptions(),
) -> Revision:
    """Compare *old* with *new*.

    Each side is an article, a snapshot, or a page as bytes, HTML or the `Path` of a file; in a new
    page the element that contained the old article is tried first. The result is the same on every
    machine: it uses no clock, no random numbers and no network.

    Raises `ExtractionError` when a page has no article, `ValueError` for a string that is an
    address or the name of a file, `TypeError` for anything else.
    """
    old_article = _article(old, "old", options)
    if _is_again(old, new):  # the article depends on the page alone
        at = new.capture.captured_at if isinstance(new, Snapshot) else old_article.captured_at
        new_article = attrs.evolve(old_article, captured_at=at)
    else:
        new_article = _article(new, "new", options, earlier=old_article)
    again = attrs.evolve(new_article, captured_at=old_article.captured_at) == old_article
    if again and not new_article.remarks:  # as in most captures of a page: no difference, no doubt
        return _unchanged(old_article, new_article)
    pair = Pair.of(old_article, new_article)

    # the differences, each with its nature
    headline = headline_change(old_article, new_article)
    found: list[Change] = [headline] if headline else []
    found += text_changes(pair)
    if options.metadata:
        found += metadata_changes(old_article, new_article)
    if options.links:
        found += link_changes(pair)
    if options.media:
        found += media_changes(old_article, new_article)
    found += stated_notice_changes(old_article, new_article)

    # which differences are edits, and what limits that answer
    edits, technical, reasons = parted(found, pair)
    changes = with_inferred_notices(edits, old_article, new_article)
    remarks = doubts(pair, changes, reasons)

    # what explains each difference
    disclosed, disclosures = disclose(changes, old_article, new_article, remarks=remarks)
    return Revision(
        old=old_article,
        new=new_article,
        changes=disclosed,
        disclosures=disclosures,
        technical=technical,
        ops=pair.tiling.ops,
        moves=pair.tiling.moves,
        interval=Interval(old_article.captured_at, new_article.captured_at),
        remarks=remarks,
    )


def _is_again(
    old: Article | Snapshot | Path | bytes | str, new: Article | Snapshot | Path | bytes | str
) -> bool:
    """Whether both sides are the same page, captured twice."""
    if isinstance(old, Snapshot) and isinstance(new, Snapshot):
        taken = attrs.evolve(old.capture, captured_at=new.capture.captured_at)
        return attrs.evolve(old, capture=taken, headers=new.headers) == new
    return type(old) is type(new) and not isinstance(old, Article) and old == new


def _unchanged(old: Article, new: Article) -> Revision:
    """The revision of two captures of the same article text."""
    whole = Span(0, len(new.text))
    ops = (Equal(whole, whole),) if new.text else ()
    return Revision(old, new, ops=ops, interval=Interval(old.captured_at, new.captured_at))


def _article(
    side: Article | Snapshot | Path | bytes | str,
    name: str,
    options: CompareOptions,
    *,
    earlier: Article | None = None,
) -> Article:
    if isinstance(side, Article):
        return side
    if isinstance(side, Snapshot | Path | bytes | str):
        page = page_of(side, name=name)
        return extract(page, body=options.body, site_rules=options.site_rules, earlier=earlier)
    raise TypeError(
        f"{name} must be an Article, a Snapshot, a Path, bytes or HTML text, not {type(side).__name__}"
    )
