"""Codec: the values named in `TYPES` to JSON and back, without loss.

A document is an envelope ``{"format": 1, "type": "Revision", "value": {…}}``. Spans are
``[start, stop]``, times ISO 8601, labels their values, changes carry their class name as ``change``
and operations as ``op``. A history contains each article once: its revisions name none, since revision
*i* is between version *i* and version *i + 1*.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar, cast

import attrs
import cattrs
from cattrs.gen import make_dict_unstructure_fn, override
from cattrs.strategies import configure_tagged_union

from revtrack import model, records
from revtrack.changes.disclosure import Disclosure
from revtrack.changes.kinds import CHANGE_TYPES, Change, VariantChanged
from revtrack.changes.revision import Revision
from revtrack.diff import Patch
from revtrack.diff.ops import Delete, Equal, Insert, Replace, TextOp
from revtrack.errors import CodecError
from revtrack.extract import SiteRules
from revtrack.history import History
from revtrack.ledger import ENTRY_TYPES, Ledger, LedgerEntry
from revtrack.model import Screened, Span, Version
from revtrack.notices import Draft
from revtrack.remarks import Remark
from revtrack.tables import Cell, Slim
from revtrack.urls import Address, Sameness

__all__ = ["FORMAT", "TYPES", "dumps", "from_dict", "loads", "to_dict"]

FORMAT = 1
"""The version of the document format; a greater one was written by a newer revtrack."""

T = TypeVar("T")

TYPES: dict[str, type[Any]] = {
    cls.__name__: cls
    for cls in (
        *filter(attrs.has, [getattr(room, name) for room in (model, records) for name in room.__all__]),
        *(Address, Disclosure, Draft, History, Ledger, Patch, Remark, Revision, Sameness, SiteRules),
        *(Slim, VariantChanged, *CHANGE_TYPES, *ENTRY_TYPES),
    )
}
"""The types that a document may contain, by name."""

_OPS: dict[str, type[Any]] = {cls.__name__.lower(): cls for cls in (Equal, Insert, Delete, Replace)}


def to_dict(value: object) -> dict[str, Any]:
    """Turn a public value into plain dictionaries, lists, strings and numbers.

    Raises `TypeError` for a value of a type that is not in `TYPES`.
    """
    name = type(value).__name__
    if TYPES.get(name) is not type(value):
        raise TypeError(f"value must be one of {', '.join(TYPES)}, not {name}")
    return {"format": FORMAT, "type": name, "value": _converter().unstructure(value)}


def dumps(value: object, *, indent: int | None = None) -> str:
    """Write a public value as a JSON document."""
    return json.dumps(to_dict(value), ensure_ascii=False, indent=indent)


def from_dict(document: dict[str, Any], expected: type[T]) -> T:
    """Read back the result of `to_dict`. Raises `CodecError` that names the invalid place."""
    if not isinstance(document, dict) or "type" not in document or "value" not in document:
        raise CodecError("this is not a revtrack document: it needs the keys format, type and value")
    if document.get("format") != FORMAT:
        raise CodecError(
            f"the document has format {document.get('format')!r}, this revtrack reads {FORMAT}: "
            "use the revtrack that wrote it, or a newer one",
            path="format",
        )
    if document["type"] != expected.__name__:
        raise CodecError(
            f"the document contains a {document['type']}, not a {expected.__name__}", path="type"
        )
    try:
        return _converter().structure(document["value"], expected)
    except Exception as error:
        faults = cattrs.transform_error(error, path="value")
        raise CodecError(
            "the document does not fit: " + "; ".join(faults[:3]), path=_path(faults)
        ) from error


def loads(document: str | bytes, expected: type[T]) -> T:
    """Read a JSON document that contains a value of the type *expected*.

    Raises `CodecError` when it is not JSON, contains another type, or is invalid.
    """
    try:
        parsed = json.loads(document)
    except (ValueError, RecursionError) as error:
        raise CodecError(f"this is not JSON: {error}") from error
    return from_dict(parsed, expected)


def _path(faults: list[str]) -> str:
    return faults[0].rpartition(" @ ")[2] if faults else "value"


# ---------------------------------------------------------------------------------------- hooks


@cache
def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True)
    for plain in (str, int, float, bool):
        converter.register_structure_hook(plain, _plain)
    converter.register_unstructure_hook(Span, lambda span: [span.start, span.stop])
    converter.register_structure_hook(Span, _span)
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_structure_hook(datetime, lambda value, _: datetime.fromisoformat(value))
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, lambda value, _: date.fromisoformat(value))
    converter.register_structure_hook(datetime | date | None, _moment)
    converter.register_unstructure_hook(bytes, lambda body: base64.b64encode(body).decode("ascii"))
    converter.register_structure_hook(bytes, lambda value, _: base64.b64decode(value, validate=True))
    converter.register_structure_hook(Cell, _cell)
    for cls in _OPS.values():
        converter.register_unstructure_hook(cls, _op_to_dict)
    converter.register_unstructure_hook(TextOp, _op_to_dict)
    converter.register_structure_hook(TextOp, _op_from_dict)
    configure_tagged_union(Change, converter, tag_name="change")
    configure_tagged_union(LedgerEntry, converter, tag_name="entry")
    converter.register_unstructure_hook(History, _history_to_dict(converter))
    converter.register_structure_hook(History, _history_from_dict(converter))
    return converter


def _plain(value: Any, expected: type[Any]) -> Any:
    """Strings and numbers are never converted into each other."""
    if type(value) is not expected:
        raise TypeError(f"needs {expected.__name__}, got {value!r}")
    return value


def _cell(value: Any, _: object) -> Cell:
    return value if value is None or isinstance(value, bool | int) else _plain(value, str)


def _span(value: Any, _: type[Span]) -> Span:
    start, stop = value
    return Span(_plain(start, int), _plain(stop, int))


def _moment(value: str | None, _: object) -> datetime | date | None:
    if value is None:
        return None
    return (
        date.fromisoformat(value) if len(value) == len("2024-01-05") else datetime.fromisoformat(value)
    )


def _op_to_dict(op: TextOp) -> dict[str, Any]:
    fields: dict[str, Any] = {"op": type(op).__name__.lower()}
    for field in attrs.fields(type(op)):
        value = getattr(op, field.name)
        if value is not None:
            fields[field.name] = [value.start, value.stop] if isinstance(value, Span) else value
    return fields


def _op_from_dict(value: dict[str, Any], _: object) -> TextOp:
    fields = dict(value)
    kind = _OPS[fields.pop("op")]
    for side in ("old", "new"):
        fields[side] = _span(fields[side], Span)
    for side in ("deleted", "inserted"):
        if not isinstance(fields.get(side, ""), str):
            raise TypeError(f"{side} must be text")
    return cast("TextOp", kind(**fields))


def _history_to_dict(converter: cattrs.Converter) -> Callable[[History], dict[str, Any]]:
    bare = make_dict_unstructure_fn(
        Revision, converter, old=override(omit=True), new=override(omit=True)
    )
    revisions = override(unstruct_hook=lambda found: [bare(revision) for revision in found])
    return make_dict_unstructure_fn(History, converter, revisions=revisions)


def _history_from_dict(converter: cattrs.Converter) -> Callable[[Any, type[History]], History]:
    def structure(value: Any, _: type[History]) -> History:
        unknown = set(value) - {"versions", "revisions", "screened"}
        if unknown:
            raise ValueError(f"extra fields in History: {', '.join(sorted(unknown))}")
        versions = converter.structure(value["versions"], tuple[Version, ...])
        if len(value["revisions"]) != max(0, len(versions) - 1):
            raise ValueError("a history has one revision fewer than versions")
        revisions = tuple(
            attrs.evolve(
                converter.structure({**bare, "old": {}, "new": {}}, Revision),
                old=old.article,
                new=new.article,
            )
            for bare, old, new in zip(value["revisions"], versions, versions[1:], strict=False)
        )
        return History(
            versions, revisions, converter.structure(value["screened"], tuple[Screened, ...])
        )

    return structure
