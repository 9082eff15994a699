"""Nature: what kind of difference a change is. A label of its own, since notices name it too."""

from __future__ import annotations

from enum import Enum

__all__ = ["Nature"]


class Nature(Enum):
    """What kind of difference a change is, the gravest first."""

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
