"""Compare: two captures of an article in, one typed revision out. The whole recipe is here."""

from __future__ import annotations

from pathlib import Path

import attrs

from revtrack.changes.captured import part_captured
from revtrack.changes.detect import text_changes
from revtrack.changes.disclosure import disclose
from revtrack.changes.headline import headline_change
from revtrack.changes.identity import is_another_article
from revtrack.changes.kinds import Change, TextAdded, TextRemoved
from revtrack.changes.live import align_entries, pair_entries
from revtrack.changes.metadata import (
    link_changes,
    media_changes,
    metadata_changes,
    stated_notice_changes,
)
from revtrack.changes.paged import part_entries
from revtrack.changes.passages import align_articles, sides
from revtrack.changes.placed import in_entries
from revtrack.changes.revision import Revision
from revtrack.changes.rewritten import rewritten
from revtrack.changes.technical import part_technical
from revtrack.changes.tiling import tile
from revtrack.changes.unread import language_remark, with_unread_notices
from revtrack.extract import BUILT_IN_BODY, BodyExtractor, SiteRules, extract
from revtrack.extract.page import page_of
from revtrack.model import Article, Snapshot
from revtrack.remarks import PARTIAL, Remark, RemarkKind
from revtrack.versions import Interval

__all__ = ["CompareOptions", "compare"]


@attrs.frozen(kw_only=True)
class CompareOptions:
    """What `compare` looks at beside headline, text and notices, and how a page is read.

    `metadata`, `links` and `media` are looked at by default. `body` is what finds the text of a page
    that is not an article yet, `site_rules` are what is known of its site.
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
    """Say how *old* became *new*.

    Each side is an article, a snapshot, or a page as bytes, HTML or the `Path` of a file; in a new
    page the element that the old article was taken from is tried first. The result is the same on every
    machine: it uses no clock, no random numbers and no network.

    Raises `ExtractionError` when a page holds no article, `ValueError` for a string that is an
    address or the name of a file, `TypeError` for anything else.
    """
    old_article = _article(old, "old", options)
    new_article = _article(new, "new", options, earlier=old_article)

    old_side, new_side = sides(old_article, new_article)
    entries = pair_entries(old_side, new_side)  # those of a live blog
    alignment = (
        align_entries(old_side, new_side, entries) if entries else align_articles(old_side, new_side)
    )
    tiling = tile(old_side, new_side, alignment)

    headline = headline_change(old_article, new_article)
    found: list[Change] = [headline] if headline else []
    found += text_changes(old_side, new_side, tiling)
    if options.metadata:
        found += metadata_changes(old_article, new_article)
    if options.links:
        found += link_changes(old_article, new_article, (old_side, new_side), alignment)
    if options.media:
        found += media_changes(old_article, new_article)

    placed = in_entries(found, old_article, new_article)
    changes, technical = part_technical(placed, old_article, new_article)
    paged = part_entries(changes, old_side, new_side, entries, tiling)
    captured = part_captured(paged.changes, old_article, new_article, tiling.ops)
    changes = (*captured.changes, *stated_notice_changes(old_article, new_article))
    other = not tiling.moves and is_another_article(old_article, new_article, tiling.ops)
    apart = changes if other and changes else ()  # none of it was done to this article
    changes = () if other else with_unread_notices(changes, new_article)
    write_through = None if entries or other else rewritten(tiling, old_article, new_article)
    remarks = (
        *_remarks(
            old_article,
            new_article,
            resized=any(isinstance(change, TextAdded | TextRemoved) for change in changes),
            bounded=alignment.bounded,
            technical=len(technical),
        ),
        *paged.remarks,
        *captured.remarks,
        *([_OTHER_PAGE] if apart else ()),
        *([write_through] if write_through else ()),
        *language_remark(changes, new_article),
    )
    disclosed, disclosures = disclose(changes, old_article, new_article, remarks=remarks)
    return Revision(
        old=old_article,
        new=new_article,
        changes=disclosed,
        disclosures=disclosures,
        technical=(*technical, *paged.technical, *captured.technical, *apart),
        ops=tiling.ops,
        moves=tiling.moves,
        interval=Interval(old_article.captured_at, new_article.captured_at),
        remarks=remarks,
    )


_OTHER_PAGE = Remark(
    RemarkKind.OTHER_PAGE,
    "another page stands under the address, with another headline and no text in common: what differs "
    "was not changed in the article",
)


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


def _remarks(
    old: Article, new: Article, *, resized: bool, bounded: bool, technical: int
) -> tuple[Remark, ...]:
    # that a capture may be a part matters beside one that is not, which has a remark of its own
    textless = not old.blocks and not new.blocks
    doubts = [one for one in (*old.remarks, *new.remarks) if textless or one.kind not in PARTIAL]
    remarks = list(dict.fromkeys(doubts))
    if old.extractor != new.extractor:
        rules = " and ".join([f"{side.extractor.name} {side.extractor.version}" for side in (old, new)])
        remarks.append(
            Remark(
                RemarkKind.DIFFERENT_EXTRACTORS,
                f"the two articles were extracted by different rules ({rules}): "
                "some changes may come from extraction, not from the page",
            )
        )
    if resized and old.container and new.container and old.container != new.container:
        remarks.append(
            Remark(
                RemarkKind.ANOTHER_CONTAINER,
                f"the text was taken from another element of the page ({old.container}, "
                f"then {new.container}): some of what came or went may come of that, not of an edit",
            )
        )
    if bounded:
        remarks.append(
            Remark(
                RemarkKind.BOUND_REACHED,
                "a size bound was reached in alignment: "
                "some edited text may stand as removed and added",
            )
        )
    if technical:
        remarks.append(
            Remark(
                RemarkKind.TECHNICAL,
                "text that both pages hold was taken for the article in one only, "
                f"{technical} times: extraction did that, so it is told apart as technical "
                "and is no change",
            )
        )
    return tuple(remarks)
