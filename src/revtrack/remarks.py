"""Remarks: what limits a result, as a label for programs and as words for people."""

from __future__ import annotations

from enum import Enum

import attrs

__all__ = ["DOUBTFUL", "DOUBTFUL_PASSAGES", "PARTIAL", "Remark", "RemarkKind"]


class RemarkKind(Enum):
    """The subject of a remark."""

    DIFFERENT_EXTRACTORS = "different extractors"
    ANOTHER_CONTAINER = "another container"
    BOUND_REACHED = "bound reached"
    TECHNICAL = "technical"
    OVERLOOKED = "overlooked"
    OTHER_PAGE = "other page"
    REWRITTEN = "rewritten"
    TEASER = "teaser"
    TRUNCATED = "truncated"
    NO_TEXT = "no text"
    LANGUAGE_NOT_READ = "language not read"
    CAPTURED_LESS = "captured less"
    CAPTURED_MORE = "captured more"
    ENTRIES_ELSEWHERE = "entries elsewhere"
    UNDATED_RULES = "undated rules"
    RULE_WITHOUT_MATCH = "rule without match"
    REBUILT = "rebuilt"


PARTIAL = frozenset([RemarkKind.TEASER, RemarkKind.TRUNCATED, RemarkKind.NO_TEXT])
"""Signs that only the beginning of an article was captured, or nothing of its text."""

DOUBTFUL_PASSAGES = PARTIAL | {
    RemarkKind.CAPTURED_LESS,
    RemarkKind.CAPTURED_MORE,
    RemarkKind.ANOTHER_CONTAINER,
    RemarkKind.DIFFERENT_EXTRACTORS,
}
"""Signs that text which appears added or removed may be neither."""

DOUBTFUL = frozenset([RemarkKind.LANGUAGE_NOT_READ, RemarkKind.REWRITTEN, RemarkKind.BOUND_REACHED])
"""Signs that all changes are doubtful: a notice may have been overlooked, or the story is new."""


@attrs.frozen
class Remark:
    """A limit of a result: `kind` for programs, `text` for people.

    `text` is a sentence without its capital and its full stop.
    """

    kind: RemarkKind
    text: str
