"""From the bytes of a page to the article: its headline, metadata, blocks of text and notices."""

from revtrack.extract.article import BUILT_IN, extract
from revtrack.extract.explain import Decision, explain
from revtrack.extract.plain import from_text

__all__ = ["BUILT_IN", "Decision", "explain", "extract", "from_text"]
