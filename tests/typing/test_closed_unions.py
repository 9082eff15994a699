"""The unions are closed: a match that names every member type-checks, one that forgets one does not.

mypy is the judge. Where a match is meant to fail, the line carries a `type: ignore` for exactly that
error, and mypy's strict mode reports an ignore that is not needed.
"""

from __future__ import annotations

from typing import assert_never, get_args

import pytest

from revtrack.changes.kinds import (
    CHANGE_TYPES,
    Change,
    Direction,
    HeadlineChanged,
    LinkChanged,
    MediaChanged,
    MetadataChanged,
    Nature,
    NoticeAdded,
    NoticeRemoved,
    Prominence,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
    UpdateAdded,
)
from revtrack.diff.ops import Delete, Equal, Insert, Replace, TextOp
from revtrack.model import Span


def _every_change(change: Change) -> str:
    match change:
        case HeadlineChanged() | MetadataChanged() | LinkChanged() | MediaChanged():
            return "around the text"
        case UpdateAdded() | NoticeAdded() | NoticeRemoved():
            return "about the text"
        case TextAdded() | TextRemoved() | TextEdited() | TextMoved():
            return "the text"
        case _:
            assert_never(change)


def _moves_forgotten(change: Change) -> str:
    match change:
        case HeadlineChanged() | MetadataChanged() | LinkChanged() | MediaChanged():
            return "around the text"
        case UpdateAdded() | NoticeAdded() | NoticeRemoved():
            return "about the text"
        case TextAdded() | TextRemoved() | TextEdited():
            return "the text"
        case _:
            assert_never(change)  # type: ignore[arg-type]  # TextMoved is left over, and must be


def _every_op(op: TextOp) -> str:
    match op:
        case Equal():
            return "kept"
        case Insert(inserted=text) | Replace(inserted=text):
            return text
        case Delete(deleted=text):
            return text
        case _:
            assert_never(op)


def _deletes_forgotten(op: TextOp) -> str:
    match op:
        case Equal():
            return "kept"
        case Insert(inserted=text) | Replace(inserted=text):
            return text
        case _:
            assert_never(op)  # type: ignore[arg-type]  # Delete is left over, and must be


def test_the_union_of_changes_is_the_tuple_of_its_types() -> None:
    """The types listed for programs are the members of the union, in the same order."""
    assert get_args(Change) == CHANGE_TYPES


def test_a_forgotten_member_is_an_error_at_run_time_too() -> None:
    """What the type checker refuses, `assert_never` refuses as well."""
    op = Delete(Span(0, 3), Span(0, 0), "not")
    assert _every_op(op) == "not"
    with pytest.raises(AssertionError):
        _deletes_forgotten(op)
    moved = TextMoved(
        old="Rain.",
        new="Rain.",
        rule="moved",
        nature=Nature.ORDER,
        substantive=False,
        direction=Direction.DOWN,
        prominence=Prominence.SAME,
    )
    assert _every_change(moved) == "the text"
    with pytest.raises(AssertionError):
        _moves_forgotten(moved)
