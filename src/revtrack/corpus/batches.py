"""compare_batch: a batch of captures in, a batch of rows on their histories out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from itertools import groupby
from typing import Any

import pyarrow as pa

import revtrack
from revtrack.changes import (
    Change,
    Difference,
    Nature,
    NoticeAdded,
    NoticeRemoved,
    Revision,
    UpdateAdded,
)
from revtrack.compare import CompareOptions
from revtrack.corpus.schema import CAPTURES, RESULTS
from revtrack.errors import AddressError, reason_of
from revtrack.history import History
from revtrack.model import Capture, Notice, Screened, Snapshot, Version
from revtrack.urls import identify

__all__ = [
    "Row",
    "as_batch",
    "as_results",
    "canonical",
    "compare_batch",
    "compare_rows",
    "encodable",
    "keyed",
]

Row = dict[str, Any]
"""One row of a table, by the names of its columns."""

_LAST = datetime.max.replace(tzinfo=UTC)
_STYLE = frozenset([Nature.WORDING, Nature.TYPO, Nature.PUNCTUATION, Nature.FORMAT, Nature.TENSE])


def compare_batch(
    batch: pa.RecordBatch,
    *,
    options: CompareOptions = CompareOptions(),  # noqa: B008 # it is frozen
) -> pa.RecordBatch:
    """The histories of the articles in *batch*, as rows.

    *batch* has columns of `revtrack.corpus.CAPTURES` and all captures of each of its articles, in any
    order. The result has the columns of `revtrack.corpus.RESULTS`, ordered by article. The function is
    pure and can be pickled. A row that cannot be used becomes a ``bad`` row with its reason: no content
    of a row raises, and no row is lost. Raises `pyarrow.ArrowInvalid` or
    `pyarrow.ArrowNotImplementedError` where a column has another type.
    """
    rows = [keyed(row) for row in as_batch(batch).to_pylist()]
    return as_results(compare_rows(rows, options=options))


def as_batch(batch: pa.RecordBatch) -> pa.RecordBatch:
    """*batch* with the columns of `CAPTURES`, in their types: others are dropped, missing ones null."""
    columns = [
        batch.column(field.name).cast(field.type, safe=False)
        if field.name in batch.schema.names
        else pa.nulls(batch.num_rows, field.type)
        for field in CAPTURES
    ]
    return pa.RecordBatch.from_arrays(columns, schema=CAPTURES)


def as_results(rows: Iterable[Row]) -> pa.RecordBatch:
    """Rows of `RESULTS` as a batch."""
    return pa.RecordBatch.from_pylist([encodable(row) for row in rows], schema=RESULTS)


def keyed(row: Row) -> Row:
    """*row* with its article, its outlet and the digest of its content.

    It gets a `reason` where it has no article or no content.
    """
    row = {name: encodable(row.get(name)) for name in CAPTURES.names}
    key, problem = None, "it has no article and no address"
    if row["url"]:
        try:
            key = identify(row["url"]).key
        except AddressError as error:
            problem = str(error)
    if not row["article"] and key is None:
        row["reason"] = row["reason"] or problem
    elif row["body"] is None and row["text"] is None:
        row["reason"] = row["reason"] or "it has no body and no text"
    row["article"] = row["article"] or key
    row["outlet"] = row["outlet"] or ".".join(reversed((key or "").partition(")")[0].split(",")))
    row["digest"] = sha256(_content(row)).hexdigest()
    return row


def canonical(row: Row) -> tuple[Any, ...]:
    """The sort key of a keyed *row*: by article, and within an article by capture."""
    return (
        row["article"] or "",
        row["captured_at"] or _LAST,
        row["number"] if row["number"] is not None else -1,
        row["url"] or "",
        row["digest"],
        *[str(row[name]) for name in ("outlet", "status", "content_type", "location", "reason")],
    )


def compare_rows(rows: Iterable[Row], *, options: CompareOptions) -> Iterator[Row]:
    """The rows on the histories of keyed *rows*, which have all captures of each article."""
    for _, captured in groupby(sorted(rows, key=canonical), key=lambda row: row["article"]):
        yield from _article_rows(list(captured), options)


# ---------------------------------------------------------------------------------- one article


def _article_rows(rows: list[Row], options: CompareOptions) -> Iterator[Row]:
    usable: list[tuple[Row, Snapshot]] = []
    bad: list[tuple[Row, str]] = []
    for row in rows:
        if row["reason"]:
            bad.append((row, row["reason"]))
        else:
            usable.append((row, _snapshot(row)))
    try:
        snapshots = [snapshot for _, snapshot in usable]
        history = History.from_snapshots(snapshots, options=options, in_order=True)
    except MemoryError:  # with more memory the rows would differ
        raise
    except Exception as error:  # noqa: BLE001 - one article never ends the run of the others
        history = History()
        bad += [(row, f"its article cannot be compared: {reason_of(error)}") for row, _ in usable]
    article = {name: rows[0][name] for name in ("article", "outlet", "url")}
    article["revtrack"] = revtrack.__version__
    for version in history.versions:
        yield article | _version_row(version)
    for revision, version in zip(history.revisions, history.versions[1:], strict=True):
        yield article | _revision_row(revision, version)
        later = history.versions[version.number - 1 :]
        for number, change in enumerate(revision.changes, 1):
            yield article | _change_row(number, change, revision, later)
    for one in history.screened:
        yield article | _screened_row(one)
    for row, reason in bad:
        own = {name: row[name] for name in ("outlet", "url", "location")}
        yield article | own | {"level": "bad", "reason": reason}


def _snapshot(row: Row) -> Snapshot:
    capture = Capture(
        row["url"],
        row["captured_at"],
        source="corpus",
        digest=row["digest"],
        location=row["location"],
    )
    kind = "text/plain; charset=utf-8" if row["body"] is None else row["content_type"]
    return Snapshot(capture, _content(row), content_type=kind, status=row["status"])


def _content(row: Row) -> bytes:
    """The page, or the text with its headline and language as its front matter."""
    if row["body"] is not None:
        return bytes(row["body"])
    if row["text"] is None:
        return b""
    head = json.dumps({"title": row["headline"] or "", "language": row["language"] or ""})
    return f"{head}\n\n{row['text']}".encode("utf-8", "replace")


# ----------------------------------------------------------------------------- rows of a history


def _version_row(version: Version) -> Row:
    article = version.article
    return _version_columns(version) | {
        "level": "version",
        "first_seen": version.first_seen,
        "last_seen": version.last_seen,
        "captures": len(version.captures),
        "digest": version.captures[0].digest,
        "language": article.language,
        "headline": article.headline,
        "characters": len(article.text),
    }


def _version_columns(version: Version) -> Row:
    extractor = version.article.extractor
    return {"version": version.number, "extractor": f"{extractor.name} {extractor.version}"}


def _revision_row(revision: Revision, version: Version) -> Row:
    return _version_columns(version) | {
        "level": "revision",
        "made_after": revision.interval.after,
        "made_until": revision.interval.until,
        "changes": len(revision.changes),
        "technical": len(revision.technical),
        "remarks": [remark.kind.value for remark in revision.remarks],
    }


def _change_row(number: int, change: Change, revision: Revision, later: Sequence[Version]) -> Row:
    notice = change.notice if isinstance(change, UpdateAdded | NoticeAdded | NoticeRemoved) else None
    return (
        _version_columns(later[0])
        | _judgement_columns(change)
        | {
            "level": "change",
            "change": number,
            "made_after": revision.interval.after,
            "made_until": revision.interval.until,
            "kind": type(change).__name__,
            "old": change.old,
            "new": change.new,
            "old_spans": [{"start": span.start, "stop": span.stop} for span in change.old_spans],
            "new_spans": [{"start": span.start, "stop": span.stop} for span in change.new_spans],
            "notice_kind": notice.kind.value if notice is not None else None,
            "notice_until": _notice_seen_at(change.disclosed_by, later),
            "newsedits": _newsedits(change),
            "differences": [_difference_row(one) for one in change.differences],
        }
    )


def _judgement_columns(one: Change | Difference) -> Row:
    return {
        "nature": one.nature.value,
        "substantive": one.substantive,
        "rule": one.rule,
        "state": one.state.value,
        "disclosed_by": [notice.text for notice in one.disclosed_by],
    }


def _difference_row(one: Difference) -> Row:
    return _judgement_columns(one) | {
        "old_start": one.old.start,
        "old_stop": one.old.stop,
        "new_start": one.new.start,
        "new_stop": one.new.stop,
        "reason": one.reason,
        "possibly_by": [notice.text for notice in one.possibly_by],
    }


def _screened_row(one: Screened) -> Row:
    return {
        "level": "screened",
        "url": one.capture.url,
        "first_seen": one.capture.captured_at,
        "digest": one.capture.digest,
        "location": one.capture.location,
        "reason": f"{one.reason.value}: {one.detail}",
    }


def _notice_seen_at(notices: Sequence[Notice], later: Sequence[Version]) -> datetime | None:
    """When the first version was seen that has one of *notices*."""
    texts = {notice.text for notice in notices}
    with_notice = [one for one in later if any(notice.text in texts for notice in one.article.notices)]
    return with_notice[0].first_seen if with_notice else None


def _newsedits(change: Change) -> list[str]:
    """The coarse categories of NewsEdits 2.0 (Spangher et al., 2024) that the edit may belong to.

    Only the meaning shows whether added or removed text is a fact or background: both are listed.
    """
    if change.nature in {Nature.ORDER, Nature.MEDIA}:
        return ["narrative"]
    if change.nature is Nature.CONTENT and None in {change.old, change.new}:
        return ["fact", "narrative"]
    if change.substantive:
        return ["fact"]
    return ["style"] if change.nature in _STYLE else []


def encodable(value: Any) -> Any:
    """*value* without lone surrogates, which are possible in JSON and pages and not in Arrow."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {name: encodable(one) for name, one in value.items()}
    return [encodable(one) for one in value] if isinstance(value, list) else value
