"""From the bytes of a page to the article: its headline, metadata, blocks of text and notices."""

from revtrack.extract.article import BUILT_IN, extract
from revtrack.extract.plain import from_text

__all__ = ["BUILT_IN", "extract", "from_text"]
