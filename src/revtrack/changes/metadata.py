"""Metadata, links and media: what changed beside the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, time
from operator import itemgetter
from urllib.parse import urljoin, urlsplit

from revtrack import text
from revtrack.changes.detect import notice_added
from revtrack.changes.edit import Edit
from revtrack.changes.kinds import (
    LinkChanged,
    MediaChanged,
    MetadataChanged,
    MetadataField,
    Nature,
    NoticeAdded,
    UpdateAdded,
)
from revtrack.changes.lines import CREDIT_LINE, picture_credit
from revtrack.changes.nature import Verdict, judge
from revtrack.changes.passages import Side
from revtrack.changes.tiling import Pair
from revtrack.changes.words import spoken
from revtrack.diff import text as word_ops
from revtrack.errors import AddressError
from revtrack.extract.headlines import slug_of
from revtrack.extract.labels import names_in
from revtrack.model import Article, LiveEntry, Media, MediaKind, Notice, Span
from revtrack.remarks import RemarkKind

__all__ = ["link_changes", "media_changes", "metadata_changes", "stated_notice_changes"]

_FIELDS: tuple[tuple[MetadataField, str, Nature, bool], ...] = (
    (MetadataField.BYLINE, "byline", Nature.NAME, True),
    (MetadataField.DEK, "dek", Nature.METADATA, False),
    (MetadataField.SECTION, "section", Nature.METADATA, False),
    (MetadataField.PUBLISHED, "published_at", Nature.DATE, False),
    (MetadataField.MODIFIED, "modified_at", Nature.DATE, False),
    (MetadataField.LANGUAGE, "language", Nature.METADATA, False),
    (MetadataField.CANONICAL_URL, "canonical_url", Nature.METADATA, False),
)
"""Field, attribute of `Article`, nature, and whether its change is one of substance."""


def metadata_changes(old: Article, new: Article) -> tuple[MetadataChanged, ...]:
    """The fields that both articles state and that differ.

    A field that only one side states is not told: absent is not deleted.
    """
    changes = []
    for field, attribute, nature, substantive in _FIELDS:
        was, now = getattr(old, attribute), getattr(new, attribute)
        if was is None or now is None or was == now or _same(field, was, now, language=new.language):
            continue
        changes.append(
            MetadataChanged(
                old=_shown(was),
                new=_shown(now),
                rule=f"metadata.{attribute}",
                nature=nature,
                substantive=substantive,
                field=field,
            )
        )
    return tuple(changes)


def stated_notice_changes(old: Article, new: Article) -> tuple[NoticeAdded | UpdateAdded, ...]:
    """The notices that the new page states for programs alone and that the old one has nowhere.

    One that is stated no longer is not told: absent is not deleted.
    """
    known = {text.fold(notice.text) for notice in old.notices}
    return tuple(
        [
            notice_added(notice, "notice.stated")
            for notice in new.notices
            if notice.span is None and text.fold(notice.text) not in known
        ]
    )


def _same(
    field: MetadataField, old: str | datetime, new: str | datetime, *, language: str | None
) -> bool:
    if isinstance(old, datetime) and isinstance(new, datetime):
        if _is_day(old) or _is_day(new):
            return old.date() == new.date()
        if (old.tzinfo is None) != (new.tzinfo is None):
            return old.replace(tzinfo=None) == new.replace(tzinfo=None)
        return old == new
    old_words, new_words = (text.fold(str(side)).casefold() for side in (old, new))
    if field is MetadataField.LANGUAGE:  # de-DE says no more of the language than de
        return old_words.partition("-")[0] == new_words.partition("-")[0]
    if field is MetadataField.BYLINE:
        return names_in(old_words, language) == names_in(new_words, language)
    if field is MetadataField.CANONICAL_URL:
        return not _leads_elsewhere(old_words, new_words) or _has_moved(old_words, new_words)
    return (
        old_words == new_words or _cut_short(old_words, new_words) or _cut_short(new_words, old_words)
    )


def _is_day(moment: datetime) -> bool:
    """Whether a day was stated, without a time."""
    return moment.tzinfo is None and moment.time() == time.min


def _cut_short(words: str, whole: str) -> bool:
    """One template shortens a description with an ellipsis where another shows all of it."""
    cut = words.removesuffix("…").removesuffix("...").rstrip()
    return cut != words and len(cut) > 20 and whole.startswith(cut)


def _shown(value: str | datetime) -> str:
    return value.isoformat() if isinstance(value, datetime) else value


def link_changes(pair: Pair) -> tuple[LinkChanged, ...]:
    """The links whose words stand in aligned passages of both articles and whose address differs.

    Addresses are compared without scheme, fragment and query, since trackers and tokens live there.
    """
    old, new = pair.old.article, pair.new.article
    links = _linked(old), _linked(new)
    distinct = {*links[0], *links[1]}
    if links[0] == links[1] or len({words for words, _ in distinct}) == len(distinct):
        return ()  # no words lead to two addresses
    old_links, new_links = _links_by_passage(pair.old), _links_by_passage(pair.new)
    changes = []
    for old_index, new_index in sorted(pair.alignment.pairs, key=itemgetter(1, 0)):
        if old_index not in old_links or new_index not in new_links:
            continue
        targets = dict(old_links[old_index])
        for words, address in new_links[new_index]:
            former = targets.get(words)
            if former is None or former == address:
                continue
            if _leads_elsewhere(_whole(former, old), _whole(address, new)):
                changes.append(
                    LinkChanged(
                        old=former,
                        new=address,
                        rule="link.address",
                        nature=Nature.LINK,
                        substantive=False,
                        old_spans=(pair.old.hull(Span(old_index, old_index + 1)),),
                        new_spans=(pair.new.hull(Span(new_index, new_index + 1)),),
                        entry=new.blocks[pair.new.blocks[new_index]].entry,
                        text=words,
                    )
                )
    return tuple(changes)


def _linked(article: Article) -> list[tuple[str, str]]:
    return [(link.span.of(block.text), link.href) for block in article.blocks for link in block.links]


def _links_by_passage(side: Side) -> dict[int, list[tuple[str, str]]]:
    """Links in reading order for each passage, as (words, address); words used twice do not count."""
    linked: dict[int, list[tuple[str, str]]] = {}
    for block, span in zip(side.article.blocks, side.article.block_spans, strict=True):
        for link in block.links:
            passage = side.passage_at(span.start + link.span.start)
            linked.setdefault(passage, []).append((link.span.of(block.text), link.href))
    for links in linked.values():
        times = Counter([words for words, _ in links])
        links[:] = [(words, address) for words, address in links if times[words] == 1]
    return linked


# What servers write into addresses to know a visitor, or by which link one was led there.
_SESSION = re.compile(
    r";(?:jsessionid|sid|phpsessid|sessionid)=[^/?#;&]*|/\(S\([^)]{1,99}\)\)(?=/)"
    r"|(?<=[?&])(?:jsessionid|phpsessid|aspsessionid\w*|sessionid|session_id|cfid|cftoken|zenid|oscsid)=[^&#]*&?"
    r"|(?<=[?&])(?:ref|ref_src|src|source|sid|smid|cmp|share\w*|token)=[^&#]*&?",
    re.IGNORECASE,
)


def _whole(address: str, page: Article) -> str:
    """Where a link on *page* leads, whole and without what marks a visitor, as far as that is known."""
    from revtrack.urls.parts import joined, read_parts, written  # noqa: PLC0415 # slow to import

    address = _SESSION.sub("", address)
    with suppress(AddressError):
        address = joined(page.url or page.canonical_url or "", address)
        return written(read_parts(address))
    return address


def _leads_elsewhere(old: str, new: str) -> bool:
    """Whether two addresses name two articles; one without a host is read beside the other.

    A query that holds all parameters of the other says more of the same thing.
    """
    from revtrack.urls import alike  # noqa: PLC0415 # slow to import, for links that changed

    try:
        old, new = urljoin(new, old), urljoin(old, new)
    except ValueError:
        return old != new
    less, more = sorted((old, new), key=len)
    return alike(old, new) is None and not ("?" in less and more.startswith(f"{less}&"))


def _has_moved(old: str, new: str) -> bool:
    """Whether an article is at another host or in another folder, under its own words and number."""
    last = old.rstrip("/").rpartition("/")[2]
    return last == new.rstrip("/").rpartition("/")[2] and slug_of(f"/{last}") is not None


_SIZES = re.compile(
    r"(?:w|h|width|height|size|s|q|quality|crop|fit|auto|format|fm|dpr|resize|strip|zoom)(?:=|$)"
)


def media_changes(old: Article, new: Article) -> tuple[MediaChanged, ...]:
    """The media that came and went, and the captions that read differently.

    One picture in another size or from another server is the same picture.
    """
    if old.media == new.media:
        return ()
    is_rebuilt = any(
        remark.kind is RemarkKind.REBUILT for side in (old, new) for remark in side.remarks
    )
    if is_rebuilt:  # the archive names pictures as it likes
        return ()
    olds, news = _by_picture(old.media), _by_picture(new.media)
    kept = [(olds[name], medium) for name, medium in news.items() if name in olds]
    return (
        *[_media(medium, old, "media.removed") for name, medium in olds.items() if name not in news],
        *[_media(medium, new, "media.added") for name, medium in news.items() if name not in olds],
        *[change for pair in kept if (change := _recaptioned(*pair, new))],
    )


def _by_picture(media: Sequence[Media]) -> dict[str, Media]:
    """The media by what they show: of one that is there twice the first."""
    found: dict[str, Media] = {}
    for medium in media:
        found.setdefault(_picture(medium), medium)
    return found


def _recaptioned(old: Media, new: Media, article: Article) -> MediaChanged | None:
    """Both have a caption and they differ (absent is not deleted); a notice in one is no part of it."""
    was, now = (_unnoticed(medium.caption, article.notices) for medium in (old, new))
    if not (was and now) or text.fold(was) == text.fold(now):
        return None
    language = spoken(article)
    shown, shows = (side[: picture_credit(side, language)].rstrip() for side in (was, now))
    verdict = _CREDITED
    if text.fold(shown) != text.fold(shows):
        verdict = judge(Edit(shown, shows, word_ops(shown, shows), language=language))
    entry = _entry(new, article)
    return MediaChanged(old=old.caption, new=new.caption, entry=entry, **verdict.fields("caption"))


_CREDITED = Verdict(Nature.METADATA, False, CREDIT_LINE)
"""Only who made the picture reads differently."""


def _unnoticed(caption: str, notices: Sequence[Notice]) -> str:
    """A caption with spaces in place of the notices in it: all else keeps its position."""
    for notice in notices:
        caption = caption.replace(notice.text, " " * len(notice.text))
    return caption.rstrip()


def _entry(medium: Media, article: Article) -> LiveEntry | None:
    """The entry of a live blog with this medium."""
    return next((block.entry for block in article.blocks if medium in block.media), None)


_SIZE = re.compile(r"[-_.@]?\b\d{2,4}x\d{2,4}\b|[-_@](?:\d{3,4}|\d{1,4}[wx])(?=\.\w+$)|@2x")


def _picture(medium: Media) -> str:
    """What stays when a server resizes or moves a medium: its file name without sizes.

    A film, a sound, or a picture whose name is that of a program is told by its query as well.
    """
    from revtrack.urls.identity import is_tracker  # noqa: PLC0415 # slow to import

    try:
        parts = urlsplit(medium.src)
    except ValueError:
        return medium.src
    name = parts.path.rstrip("/").rsplit("/", 1)[-1].casefold()
    asked = (
        ""
        if medium.kind is MediaKind.IMAGE and "." in name
        else str(sorted([x for x in parts.query.split("&") if not (_SIZES.match(x) or is_tracker(x))]))
    )
    return _SIZE.sub("", name) + asked if name else medium.src


def _media(medium: Media, article: Article, rule: str) -> MediaChanged:
    removed = rule == "media.removed"
    return MediaChanged(
        old=medium.src if removed else None,
        new=None if removed else medium.src,
        rule=rule,
        nature=Nature.MEDIA,
        substantive=False,
        entry=_entry(medium, article),
    )
