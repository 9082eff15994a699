"""Articles from text that is no HTML: blank lines part blocks."""

from __future__ import annotations

import re
from datetime import datetime

from revtrack.model import (
    Article,
    Block,
    BlockKind,
    Extractor,
    Headline,
    HeadlineSource,
)
from revtrack.notices import attest, in_article

__all__ = ["PLAIN", "from_text"]

PLAIN = Extractor("revtrack.plain", "1")

# Line ends of every system, and the separators that Unicode calls line and paragraph.
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")


def from_text(  # noqa: PLR0913 - one keyword per thing that a caller without HTML knows
    text: str,
    *,
    headline: str | None = None,
    language: str | None = None,
    byline: str | None = None,
    published_at: datetime | None = None,
    modified_at: datetime | None = None,
    url: str | None = None,
    captured_at: datetime | None = None,
) -> Article:
    """An article from plain *text*, for users without HTML.

    Blank lines part blocks; inside a block white space (line ends too) is collapsed to single spaces.
    *language* is a BCP 47 tag (``en``, ``pt-BR``). Raises `TypeError` where *text* is not ``str``.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be str, not {type(text).__name__}: for HTML bytes use extract()")
    blocks = tuple([Block(BlockKind.PARAGRAPH, block) for block in _paragraphs(text)])
    title = " ".join(headline.split()) if headline else None
    notices = in_article(blocks, language=language, headline=title or None)
    return Article(
        headline=title or None,
        headlines=(Headline(HeadlineSource.GIVEN, title),) if title else (),
        blocks=blocks,
        notices=notices,
        attested=attest(title or None, "\n\n".join([block.text for block in blocks]), notices),
        byline=byline,
        published_at=published_at,
        modified_at=modified_at,
        language=language,
        url=url,
        captured_at=captured_at,
        extractor=PLAIN,
    )


def _paragraphs(text: str) -> list[str]:
    """The text between blank lines, each with its white space collapsed; none is empty."""
    found: list[str] = []
    lines: list[str] = []
    for line in _LINE_END.sub("\n", text).replace("\u2029", "\n\n").split("\n"):
        if words := line.split():
            lines.append(" ".join(words))
        elif lines:
            found.append(" ".join(lines))
            lines = []
    if lines:
        found.append(" ".join(lines))
    return found
