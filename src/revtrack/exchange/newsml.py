"""NewsML-G2 (IPTC): each revision as a news item whose signals state which notices were added.

A correction is ``sig:correction``, an update is ``sig:update``; a withdrawn text is
``stat:canceled``. The notices are its editorial notes. Only notices make signals.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from lxml import etree

from revtrack.changes.kinds import NoticeAdded, UpdateAdded
from revtrack.changes.revision import Revision
from revtrack.errors import ExchangeError
from revtrack.exchange.annotations import urn_of
from revtrack.history import History
from revtrack.labels import NoticeKind
from revtrack.model import Article, Version
from revtrack.report.marks import escape_controls

__all__ = ["news_message"]

_SPACE = "http://iptc.org/std/nar/2006-10-01/"
_CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml"
_STANDARD = {"standard": "NewsML-G2", "standardversion": "2.34", "conformance": "power"}
_CANCELS = frozenset({NoticeKind.RETRACTION, NoticeKind.WITHDRAWAL, NoticeKind.REMOVAL})
_CORRECTS = _CANCELS | {NoticeKind.CORRECTION, NoticeKind.CLARIFICATION, NoticeKind.APOLOGY}


def news_message(histories: Iterable[History]) -> Iterator[str]:
    """One news message with an item for each revision of *histories*.

    Raises `ExchangeError` for a version of which neither capture nor page states a time.
    """
    items = [
        _item(history, version, revision)
        for history in histories
        for revision, version in zip(history.revisions, history.versions[1:], strict=False)
    ]
    message = _element("newsMessage")
    header = _within(message, "header")
    if sent := max((one.findtext(f".//{{{_SPACE}}}versionCreated") or "" for one in items), default=""):
        _within(header, "sent", sent)
    _within(message, "itemSet").extend(items)
    yield etree.tostring(message, encoding="unicode", pretty_print=True)


def _item(history: History, version: Version, revision: Revision) -> etree._Element:
    article = version.article
    added = [one.notice for one in revision.changes if isinstance(one, NoticeAdded | UpdateAdded)]
    kinds = {notice.kind for notice in added}
    guid = escape_controls(history.url or urn_of(article.text))
    created = _moment(version.first_seen or article.modified_at or article.published_at, article)
    item = _element("newsItem", guid=guid, version=str(version.number), **_STANDARD)
    _within(item, "catalogRef", href=_CATALOG)
    about = _within(item, "itemMeta")
    _within(about, "itemClass", qcode="ninat:text")
    _within(about, "provider", literal=escape_controls(article.publisher or guid))
    _within(about, "versionCreated", created)
    canceled = _CANCELS & {notice.kind for notice in article.notices}
    _within(about, "pubStatus", qcode=f"stat:{'canceled' if canceled else 'usable'}")
    for notice in added:
        _within(about, "edNote", notice.text)
    for signal, means in (("correction", _CORRECTS), ("update", {NoticeKind.UPDATE})):
        if kinds & means:
            _within(about, "signal", qcode=f"sig:{signal}")
    _within(_within(item, "contentMeta"), "headline", article.headline or "")
    return item


def _moment(value: datetime | None, article: Article) -> str:
    if value is None:
        message = "a news item needs the time of its version; neither the capture nor the page has one"
        raise ExchangeError(message, location=article.url or article.headline or "")
    return (value.astimezone(UTC) if value.tzinfo else value).isoformat(timespec="seconds")


def _element(name: str, **attributes: str) -> etree._Element:
    return etree.Element(f"{{{_SPACE}}}{name}", attributes, nsmap={None: _SPACE})


def _within(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_SPACE}}}{name}", attributes)
    element.text = escape_controls(text) or None
    return element
