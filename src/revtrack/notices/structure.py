"""Notices in a language without a lexicon: by their form alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from revtrack.model import Notice, NoticeKind, NoticeTarget, Span

__all__ = ["by_structure"]

# One or two words, a date in figures, a colon, text: *Korjaus 3.5.2021: …*. Without words that are
# understood nothing less is enough, and nothing can be said but that something was updated.
_FORM = re.compile(
    r"[\s*\[(]{0,6}(?P<label>[^\W\d_]{3,24}(?: [^\W\d_]{2,24})?)[ ,(]{1,3}"
    r"\d{1,4}[./-] ?\d{1,2}[./-] ?\d{2,4}[^\n:：]{0,16}[:：]\s?\S"
)
# Such a line is a notice only among the first and the last paragraphs of an article.
_FIRST, _LAST = 2, 3


def by_structure(text: str, paragraphs: Sequence[tuple[int, int, int]]) -> Iterator[Notice]:
    """The paragraphs (start, stop, heading level) at either end of *text* that look like a notice."""
    for place, (start, stop, _) in enumerate(paragraphs):
        if _FIRST <= place < len(paragraphs) - _LAST:
            continue
        form = _FORM.match(text, start, stop)
        if form:
            span = Span(start, stop)
            yield Notice(
                NoticeKind.UPDATE, NoticeTarget.BODY, span.of(text), span, label=form.group("label")
            )
