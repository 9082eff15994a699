"""Places: the paragraphs that a notice names, by their number or as the one above or below it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction

from revtrack import facts
from revtrack.changes.candidates import Candidate
from revtrack.changes.claims import Claim
from revtrack.changes.kinds import TextAdded, TextEdited
from revtrack.model import Article, BlockKind, Notice, Span
from revtrack.notices.lexicon import LANGUAGES, lexicon
from revtrack.notices.phrases import fold

__all__ = ["in_named_paragraphs"]

_NEAR = 12
"""Characters from the number to *paragraph*, at most (range 6 to 20): *third and fifth paragraphs*."""


def in_named_paragraphs(
    claim: Claim, candidates: Sequence[Candidate], new: Article
) -> Iterator[Candidate]:
    """The differences in the paragraphs that a notice names, where it does not say which words."""
    named = [] if claim.said and claim.says else _named(claim.notice, new)
    for one in candidates if named else ():
        spans = one.change.new_spans if isinstance(one.change, TextEdited | TextAdded) else ()
        if any(span.overlaps(paragraph) for span in spans for paragraph in named):
            yield one


def _named(notice: Notice, article: Article) -> list[Span]:
    """Where the paragraphs of *article* are that *notice* names; headings and notices do not count."""
    words = lexicon(notice.language if notice.language in LANGUAGES else "en")
    marks = words.marks(fold(notice.text))
    nouns = [Span(mark.start, mark.stop) for mark in marks if "paragraph" in mark.classes]
    if not nouns:
        return []
    notices = [one.span for one in article.notices if one.span]
    paragraphs = [
        span
        for block, span in zip(article.blocks, article.block_spans, strict=True)
        if block.kind is BlockKind.PARAGRAPH and not any(span.overlaps(one) for one in notices)
    ]
    after = (
        bisect_right(paragraphs, notice.span.start, key=lambda span: span.start) if notice.span else 0
    )
    index = {"final": len(paragraphs) - 1, "below": after, "above": after - 1}
    named = [
        (Span(mark.start, mark.stop), index[name])
        for mark in marks
        for name in mark.classes
        if name in index
    ]
    named += _numbered(notice, nouns)
    return [
        paragraphs[number]
        for place, number in named
        if 0 <= number < len(paragraphs) and any(_gap(place, noun) <= _NEAR for noun in nouns)
    ]


def _numbered(notice: Notice, nouns: list[Span]) -> Iterator[tuple[Span, int]]:
    """Where a number is, and the place it means, from 0: *the third paragraph*, *paragraph four*."""
    for fact in facts.read(notice.text, language=notice.language):
        value, start = fact.value, fact.span.start
        if fact.kind is facts.FactKind.ORDINAL and isinstance(value, Fraction):
            yield fact.span, int(value) - 1
        elif isinstance(value, facts.Quantity):
            counts = notice.text[max(0, start - 1) : start] == "第"
            if counts or any(0 <= start - noun.stop <= 1 for noun in nouns):
                yield fact.span, int(value.number) - 1


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.stop, other.start - one.stop)
