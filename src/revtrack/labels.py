"""Labels that notices and changes share: natures of differences, kinds and acts of notices."""

from __future__ import annotations

from enum import Enum

__all__ = ["Nature", "NoticeAct", "NoticeKind", "NoticeTarget"]


class Nature(Enum):
    """The kind of difference of a change, the most important first."""

    NEGATION = "negation"
    NUMBER = "number"
    AMOUNT = "amount"
    PERCENTAGE = "percentage"
    DATE = "date"
    NAME = "name"
    PLACE = "place"
    QUOTE = "quote"
    ATTRIBUTION = "attribution"
    HEDGE = "hedge"
    TENSE = "tense"
    CONTENT = "content"
    NOTICE = "notice"
    WORDING = "wording"
    TYPO = "typo"
    PUNCTUATION = "punctuation"
    FORMAT = "format"
    ORDER = "order"
    LINK = "link"
    MEDIA = "media"
    METADATA = "metadata"


class NoticeKind(Enum):
    """The kind of a notice, by its content rather than by its label.

    The last four follow scholarly publishing (NISO RP-45, Crossref's types of updates): the authors or
    editors *retract* what they no longer consider true, *withdraw* a text that should not have been
    published, *remove* one that may not stay; an *expression of concern* warns during an investigation.
    """

    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    UPDATE = "update"
    EDITORS_NOTE = "editor's note"
    APOLOGY = "apology"
    RETRACTION = "retraction"
    WITHDRAWAL = "withdrawal"
    REMOVAL = "removal"
    EXPRESSION_OF_CONCERN = "expression of concern"


class NoticeAct(Enum):
    """What was done to the article's text, according to a notice."""

    ADDED = "added"
    REMOVED = "removed"
    REPLACED = "replaced"
    CORRECTED = "corrected"
    CLARIFIED = "clarified"
    RETRACTED = "retracted"
    CHANGED = "changed"


class NoticeTarget(Enum):
    """The part of the article that a notice is about."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    NAME = "name"
    NUMBER = "number"
    DATE = "date"
    QUOTE = "quote"
    OTHER = "other"
