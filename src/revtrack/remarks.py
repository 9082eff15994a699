"""Remarks: what limits a result, as a label for programs and as words for people."""

from __future__ import annotations

from enum import Enum

import attrs

__all__ = ["Remark", "RemarkKind"]


class RemarkKind(Enum):
    """What a remark is about."""

    DIFFERENT_EXTRACTORS = "different extractors"
    BOUND_REACHED = "bound reached"
    TECHNICAL = "technical"
    UNDATED_RULES = "undated rules"
    RULE_WITHOUT_MATCH = "rule without match"


@attrs.frozen
class Remark:
    """Something that limits what a result says: `kind` for programs, `text` for people.

    `text` is a sentence without its capital and its full stop.
    """

    kind: RemarkKind
    text: str
