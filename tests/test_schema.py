"""The JSON Schema of documents fits every document, and nothing that is none."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings

import revtrack
from revtrack import codec
from revtrack.codec import TYPES
from revtrack.schema import json_schema
from revtrack.tables import slim
from revtrack.testing import EditedPair, edited_articles
from tests.report.made import hostile_history, story
from tests.test_search import Shelf

SCHEMA = json_schema()
KINDS: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
    "number": (int, float),
    "integer": int,
}
KNOWN = {
    *("$schema", "title", "$defs", "$ref", "type", "required", "properties", "additionalProperties"),
    *("items", "prefixItems", "minItems", "maxItems", "minimum", "const", "enum", "anyOf", "oneOf"),
    *("format", "contentEncoding"),
}


def fits(value: Any, schema: Any) -> bool:
    """Whether *value* is valid: the keywords of JSON Schema that ours uses, slowly and plainly."""
    if isinstance(schema, bool):
        return schema
    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")])
    if "const" in schema and value != schema["const"]:
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "type" in schema and not isinstance(value, KINDS[schema["type"]]):
        return False
    if schema.get("type") in ("integer", "number") and isinstance(value, bool):
        return False
    if value is not None and schema.get("format", "").startswith("date"):
        return bool(re.match(r"\d{4}-\d\d-\d\d", value))
    if "anyOf" in schema and not any(fits(value, one) for one in schema["anyOf"]):
        return False
    if "oneOf" in schema and sum([fits(value, one) for one in schema["oneOf"]]) != 1:
        return False
    return _members_fit(value, schema) and _items_fit(value, schema)


def _members_fit(value: Any, schema: Any) -> bool:
    if not isinstance(value, dict):
        return True
    properties = schema.get("properties", {})
    rest = schema.get("additionalProperties", True)
    return set(schema.get("required", ())) <= set(value) and all(
        fits(member, properties.get(name, rest)) for name, member in value.items()
    )


def _items_fit(value: Any, schema: Any) -> bool:
    if not isinstance(value, list):
        return True
    first = schema.get("prefixItems", [])
    rest = schema.get("items", True)
    return schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)) and all(
        fits(item, first[at] if at < len(first) else rest) for at, item in enumerate(value)
    )


@settings(max_examples=25)
@given(edited_articles())
def test_every_document_fits(pair: EditedPair) -> None:
    """What the codec writes of a comparison, and of an article, is valid."""
    revision = revtrack.compare(pair.old, pair.new)
    for value in (revision, pair.old, *revision.changes, *revision.remarks):
        assert fits(json.loads(codec.dumps(value)), SCHEMA)


@pytest.mark.parametrize("make", [story, hostile_history])
def test_a_history_and_its_ledger_fit(make: type) -> None:
    """Articles are in the versions only, entries of a ledger bear their names."""
    history: revtrack.History = make()
    notices = [change.notice for change in history.revisions[0].updates]
    assert notices
    made = (history, history.ledger(), history.versions[0], *notices, *history.screened)
    for value in (*made, slim(history)):
        assert fits(json.loads(codec.dumps(value)), SCHEMA), type(value)


def test_other_documents_fit() -> None:
    """Rows of a store and answers of a search."""
    found = revtrack.search.when(Shelf([False, True]), "https://ledger.example/", "sixty cranes")
    assert fits(json.loads(codec.dumps(found)), SCHEMA)
    assert len(SCHEMA["oneOf"]) == len(TYPES)


@pytest.mark.parametrize("how", ["missing", "extra", "wrong", "other"])
def test_what_does_not_fit_is_refused(how: str) -> None:
    """A field that is missing, one too many, one of another type, and another type's name."""
    document = json.loads(codec.dumps(story().revisions[1]))
    change = document["value"]["changes"][1]
    assert change["change"] == "TextEdited"
    match how:
        case "missing":
            del change["ops"]
        case "extra":
            change["mood"] = "sombre"
        case "wrong":
            change["substantive"] = "yes"
        case _:
            change["change"] = "TextMoved"
    assert not fits(document, SCHEMA)


def test_the_schema_names_its_dialect_and_format() -> None:
    """It is of one format, which each document states."""
    assert SCHEMA["$schema"].endswith("2020-12/schema")
    assert SCHEMA["properties"]["format"] == {"const": codec.FORMAT}
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
