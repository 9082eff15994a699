"""What a notice is, what it speaks of, and what it says was done: closed labels."""

from __future__ import annotations

from enum import Enum

__all__ = ["NoticeAct", "NoticeKind", "NoticeTarget"]


class NoticeKind(Enum):
    """What a notice is, by what it says rather than by its label."""

    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    UPDATE = "update"
    EDITORS_NOTE = "editor's note"
    RETRACTION = "retraction"
    APOLOGY = "apology"


class NoticeAct(Enum):
    """What a notice says was done to the article's text."""

    ADDED = "added"
    REMOVED = "removed"
    REPLACED = "replaced"
    CORRECTED = "corrected"
    CLARIFIED = "clarified"
    RETRACTED = "retracted"
    CHANGED = "changed"


class NoticeTarget(Enum):
    """Which part of the article a notice speaks of."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    NAME = "name"
    NUMBER = "number"
    DATE = "date"
    QUOTE = "quote"
    OTHER = "other"
