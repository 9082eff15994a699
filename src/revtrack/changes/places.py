"""Places: the paragraphs that a notice names, by their number or as the one above or below it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import accumulate

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


_COUNTING = re.compile(r"\s?(?:\d{1,3}[\s,&]{1,2}(?:[^\W\d_]{1,3}\s)?){0,4}")
"""What is between *paragraphs* and a number of one: other numbers, *and*."""


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
    """Where the paragraphs of *article* are that *notice* names; headings and notices do not count.

    Two places for one noun, as in *the second-to-last paragraph*, are not understood.
    """
    words = lexicon(notice.language if notice.language in LANGUAGES else "en")
    marks = words.marks(fold(notice.text))
    nouns = [Span(mark.start, mark.stop) for mark in marks if "paragraph" in mark.classes]
    if not nouns:
        return []
    paragraphs = _paragraphs(article)
    start = notice.span.start if notice.span else 0
    after = bisect_right(paragraphs, start, key=lambda span: span.start)
    index = {"final": len(paragraphs) - 1, "below": after, "above": after - 1}
    placed = [
        (Span(mark.start, mark.stop), index[name])
        for mark in marks
        for name in mark.classes
        if name in index
    ]
    numbered = [*_numbered(notice, nouns)]
    if any(_gap(one, other) <= _NEAR for one, _ in placed for other, _ in numbered):
        return []
    return [
        paragraphs[number]
        for place, number in (*placed, *numbered)
        if 0 <= number < len(paragraphs) and any(_gap(place, noun) <= _NEAR for noun in nouns)
    ]


def _paragraphs(article: Article) -> list[Span]:
    """The paragraphs of the story, in order."""
    notices = sorted([one.span for one in article.notices if one.span])
    ends = [*accumulate([one.stop for one in notices], max)]
    found = []
    for block, span in zip(article.blocks, article.block_spans, strict=True):
        before = bisect_left(notices, span.stop, key=lambda one: one.start)
        covered = before > 0 and ends[before - 1] > span.start
        if block.kind is BlockKind.PARAGRAPH and not covered:
            found.append(span)
    return found


def _numbered(notice: Notice, nouns: list[Span]) -> Iterator[tuple[Span, int]]:
    """Where a number is, and the place it means, from 0: *the third paragraph*, *paragraphs 4, 5*."""
    for fact in facts.read(notice.text, language=notice.language):
        value, start = fact.value, fact.span.start
        if fact.kind is facts.FactKind.ORDINAL and isinstance(value, Fraction):
            yield fact.span, int(value) - 1
        elif isinstance(value, facts.Quantity):
            counts = notice.text[max(0, start - 1) : start] == "第"
            before = [notice.text[noun.stop : start] for noun in nouns if noun.stop <= start]
            if counts or any(map(_COUNTING.fullmatch, before)):
                yield fact.span, int(value.number) - 1


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.stop, other.start - one.stop)
