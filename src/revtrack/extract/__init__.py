"""From the bytes of a page to the article: its headline, metadata, blocks of text and notices."""

from revtrack.extract.article import extract
from revtrack.extract.bodies import (
    BUILT_IN,
    BUILT_IN_BODY,
    Body,
    BodyExtractor,
    BuiltInBody,
    ParsedPage,
    TrafilaturaBody,
)
from revtrack.extract.explain import Decision, explain
from revtrack.extract.site_rules import SiteRule, SiteRules
from revtrack.extract.source_formats import from_text

__all__ = [
    "BUILT_IN",
    "BUILT_IN_BODY",
    "Body",
    "BodyExtractor",
    "BuiltInBody",
    "Decision",
    "ParsedPage",
    "SiteRule",
    "SiteRules",
    "TrafilaturaBody",
    "explain",
    "extract",
    "from_text",
]
