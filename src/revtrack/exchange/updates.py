"""Updates: what records of news agencies and scholarly databases state about updates to a work.

The formats are IPTC's NewsML-G2 and ninjs (signals, editorial notes, publication status), Crossref's
works (``update-to``, ``updated-by``) and PubMed's articles (``CommentsCorrections``). Each has its own
terms, which are mapped to `NoticeKind`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import attrs
from lxml import etree

from revtrack.errors import ExchangeError
from revtrack.extract.times import read_time
from revtrack.labels import NoticeKind
from revtrack.notices import find

__all__ = ["KINDS", "Update", "read_updates"]

KINDS = {
    NoticeKind.CORRECTION: "correction corrigendum erratum correctedandrepublished",
    NoticeKind.CLARIFICATION: "clarification",
    NoticeKind.UPDATE: "update updated addendum newversion newedition republished",
    NoticeKind.RETRACTION: "retraction partialretraction retractedandrepublished",
    NoticeKind.WITHDRAWAL: "withdrawal canceled",
    NoticeKind.REMOVAL: "removal",
    NoticeKind.EXPRESSION_OF_CONCERN: "expressionofconcern",
}
"""The terms of all vocabularies by their meaning, in small letters and without other characters."""

_MEANING = {word: kind for kind, words in KINDS.items() for word in words.split()}
_REFERENCE = re.compile(r"(?P<word>\w+?)(?P<way>In|Of|For|From)")
"""A reference of PubMed: from a work to its notice (``RetractionIn``) or the other way."""
_NAMES = ("qcode", "code", "value", "name")
"""The fields with the text of a ninjs object."""
_DEEPEST = 50
"""The depth of nested lists and messages that are followed (range 5 to 100)."""


@attrs.frozen
class Update:
    """One update: its kind, the updated work, and the notice.

    `term` is the word of the record (``sig:correction``, ``expression_of_concern``, ``RetractionIn``),
    `work` and `notice` are identifiers (a DOI, a PubMed number, a guid) of the updated work and of the
    record that states it, `text` is its text for people, and `dated` is its date.
    """

    kind: NoticeKind
    term: str
    work: str | None = None
    notice: str | None = None
    text: str | None = None
    dated: datetime | date | None = None


def read_updates(record: str | bytes) -> tuple[Update, ...]:
    """The updates that a record, or a list of records, in JSON or XML states, each once.

    Unknown terms are skipped. Raises `ExchangeError` for any other form.
    """
    content = record.encode("utf-8", "replace") if isinstance(record, str) else record
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        encoding = "utf-8" if isinstance(record, str) else None
        return tuple(dict.fromkeys(_in_xml(content, encoding)))
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ExchangeError(f"this is neither JSON nor XML: {error}", location="record") from error
    return tuple(dict.fromkeys(_in_json(value, 0)))


def _kind(term: object) -> NoticeKind | None:
    """The meaning of a term, in any case, with its prefix (``sig:``), as an address, or bare."""
    return _MEANING.get(re.sub(r"[\W_]", "", re.split("[:/]", str(term))[-1]).lower())


# ------------------------------------------------------------------------------------------- IPTC


def _of_item(
    *, work: str | None, signals: list[str], status: str, notes: list[str], dated: datetime | None
) -> Iterator[Update]:
    """The updates of a news item: by its signals, otherwise by its note, and by its status."""
    text = " ".join(notes) or None
    stated = [(kind, term) for term in signals if (kind := _kind(term)) is not None]
    if not stated and text:
        stated = [(notice.kind, "edNote") for notice in find(text)] or [
            (NoticeKind.EDITORS_NOTE, "edNote")
        ]
    if (kind := _kind(status)) is not None:
        stated.append((kind, status))
    for kind, term in stated:
        yield Update(kind, term, work=work, text=text, dated=dated)


def _text(value: object) -> str | None:
    """The first of the texts in a value of JSON."""
    return next(iter(_texts(value)), None)


def _texts(value: object) -> list[str]:
    """The texts in a value of JSON: a string, an object that contains one, or several of these."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            one = next((one[name] for name in _NAMES if one.get(name)), None)  # noqa: PLW2901 - its text
        found += [one] if isinstance(one, str) and one.strip() else []
    return found


# ------------------------------------------------------------------------------------------- JSON


def _in_json(value: object, depth: int) -> Iterator[Update]:
    """The updates of works and news items, and of those in lists and messages."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            yield from _in_json(one, depth + 1)
    elif isinstance(value, dict):
        fields = {name.lower(): one for name, one in value.items()}
        doi = _text(fields.get("doi"))
        for name, own_side in (("update-to", "notice"), ("updated-by", "work")):
            stated = value.get(name)
            for one in stated if isinstance(stated, list) else ():
                yield from _of_work(one, doi, own_side)
        yield from _of_item(
            work=_text(fields.get("uri") or fields.get("guid")),
            signals=_texts(fields.get("signals") or fields.get("signal")),
            status=_text(fields.get("pubstatus")) or "",
            notes=_texts(fields.get("ednote")),
            dated=read_time(_text(fields.get("versioncreated"))),
        )
        for name in ("message", "items", "itemset"):
            yield from _in_json(fields.get(name), depth + 1)


def _of_work(stated: object, doi: str | None, own_side: str) -> Iterator[Update]:
    """One update of Crossref; *own_side* is the side of it that is the record itself."""
    if not isinstance(stated, dict) or (kind := _kind(stated.get("type"))) is None:
        return
    other = _text(stated.get("DOI"))
    sides = (other, doi) if own_side == "notice" else (doi, other)
    dated = _dated(stated.get("updated"))
    yield Update(kind, str(stated["type"]), *sides, text=_text(stated.get("label")), dated=dated)


def _dated(value: Any) -> datetime | date | None:
    """A date of Crossref: a time, or numbers of which the last may be missing."""
    if not isinstance(value, dict):
        return None
    try:
        return date(*value["date-parts"][0])
    except (LookupError, OverflowError, TypeError, ValueError):
        return read_time(_text(value.get("date-time")))


# ------------------------------------------------------------------------------------------- XML


def _in_xml(content: bytes, encoding: str | None) -> Iterator[Update]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, encoding=encoding)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ExchangeError(f"this XML cannot be read: {error}", location="record") from error
    for about in root.iter("{*}itemMeta"):
        parent = about.getparent()
        yield from _of_item(
            work=parent.get("guid") if parent is not None else None,
            signals=_codes(about, "signal"),
            status="".join(_codes(about, "pubStatus")),
            notes=[text for one in about.iterchildren("{*}edNote") if (text := _shown(one))],
            dated=read_time(about.findtext("{*}versionCreated")),
        )
    for one in root.iter("{*}CommentsCorrections"):
        reference = _REFERENCE.fullmatch(one.get("RefType") or "")
        if reference is None or (kind := _kind(reference["word"])) is None:
            continue
        own = next((above.findtext("PMID") for above in one.iterancestors("MedlineCitation")), None)
        other, note = one.findtext("PMID"), one.findtext("Note") or one.findtext("RefSource")
        sides = (own, other) if reference["way"] == "In" else (other, own)
        yield Update(kind, reference[0], *sides, text=note)


def _codes(about: etree._Element, name: str) -> list[str]:
    return [one.get("qcode") or one.get("uri") or "" for one in about.iterchildren(f"{{*}}{name}")]


def _shown(element: etree._Element) -> str:
    return " ".join(str(element.xpath("string()")).split())
