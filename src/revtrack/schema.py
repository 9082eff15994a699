"""Schema: the JSON documents of revtrack as a JSON Schema, generated from the types.

A document has every field of its type. The schema is of one format (`revtrack.codec.FORMAT`):
its number changes when a document of the old form would no longer be read.
"""

from __future__ import annotations

import types
from datetime import date, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin

import attrs

from revtrack.changes.kinds import CHANGE_TYPES
from revtrack.changes.revision import Revision
from revtrack.codec import FORMAT, TYPES
from revtrack.diff.ops import Delete, Equal, Insert, Replace
from revtrack.history import History
from revtrack.ledger import ENTRY_TYPES
from revtrack.model import Span

__all__ = ["json_schema"]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SPAN = {"type": "array", "prefixItems": [{"type": "integer", "minimum": 0}] * 2, "minItems": 2,
         "maxItems": 2, "items": False}  # fmt: skip
_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
    bytes: {"type": "string", "contentEncoding": "base64"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    Span: _SPAN,
}
_OPS = (Equal, Insert, Delete, Replace)


def json_schema() -> dict[str, Any]:
    """The schema of every document that `revtrack.codec.dumps` writes (JSON Schema, draft 2020-12)."""
    made = _Schema()
    documents = [
        {
            "properties": {"type": {"const": name}, "value": made.of(cls)},
        }
        for name, cls in sorted(TYPES.items())
    ]
    return {
        "$schema": _DIALECT,
        "title": f"A document of revtrack, format {FORMAT}",
        "type": "object",
        "required": ["format", "type", "value"],
        "properties": {"format": {"const": FORMAT}},
        "oneOf": documents,
        "$defs": dict(sorted(made.definitions.items())),
    }


class _Schema:
    """Definitions of types, each made on first use."""

    def __init__(self) -> None:
        self.definitions: dict[str, dict[str, Any]] = {}

    def of(self, kind: Any) -> dict[str, Any]:
        """The schema of a value whose type is annotated as *kind*."""
        if kind in _PLAIN:
            return _PLAIN[kind]
        if get_origin(kind) in (types.UnionType, Union):
            return self._any_of(get_args(kind))
        if get_origin(kind) is tuple:
            return self._items(get_args(kind))
        if get_origin(kind) is dict:
            return {"type": "object", "additionalProperties": self.of(get_args(kind)[1])}
        cls = get_origin(kind) or kind
        if issubclass(cls, Enum):
            return {"enum": [one.value for one in cls]}
        if cls.__name__ not in self.definitions:
            self.definitions[cls.__name__] = {}  # it may contain itself
            self.definitions[cls.__name__] = self._defined(cls)
        return {"$ref": f"#/$defs/{cls.__name__}"}

    def _any_of(self, kinds: tuple[Any, ...]) -> dict[str, Any]:
        names = {getattr(get_origin(kind) or kind, "__name__", "") for kind in kinds}
        for name, members, tag in (
            ("Change", CHANGE_TYPES, "change"),
            ("LedgerEntry", ENTRY_TYPES, "entry"),
        ):
            if names == {cls.__name__ for cls in members}:
                if name not in self.definitions:
                    self.definitions[name] = {}
                    choices = [self._fields(cls, {tag: {"const": cls.__name__}}) for cls in members]
                    self.definitions[name] = {"oneOf": choices}
                return {"$ref": f"#/$defs/{name}"}
        return {"anyOf": [self.of(kind) for kind in kinds]}

    def _items(self, kinds: tuple[Any, ...]) -> dict[str, Any]:
        if kinds[-1] is Ellipsis:
            return {"type": "array", "items": self.of(kinds[0])}
        size = len(kinds)
        fixed = [self.of(kind) for kind in kinds]
        return {
            "type": "array", "prefixItems": fixed, "minItems": size, "maxItems": size, "items": False
        }  # fmt: skip

    def _defined(self, cls: type[Any]) -> dict[str, Any]:
        if cls in _OPS:  # the removed or inserted words are left out where they follow from the spans
            spans = {"op": {"const": cls.__name__.lower()}, "old": _SPAN, "new": _SPAN}
            texts = {one.name: _PLAIN[str] for one in attrs.fields(cls) if one.name not in spans}
            needed = [*spans, *(() if cls is Equal else texts)]
            return _object(spans | texts) | {"required": needed}
        if cls is History:  # its revisions have no article, see `revtrack.codec`
            fields = self._properties(cls)
            bare = {
                name: one
                for name, one in self._properties(Revision).items()
                if name not in ("old", "new")
            }
            return _object(fields | {"revisions": {"type": "array", "items": _object(bare)}})
        return self._fields(cls, {})

    def _fields(self, cls: type[Any], tag: dict[str, Any]) -> dict[str, Any]:
        return _object(tag | self._properties(cls))

    def _properties(self, cls: type[Any]) -> dict[str, Any]:
        attrs.resolve_types(cls)
        return {field.name: self.of(field.type) for field in attrs.fields(cls)}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
