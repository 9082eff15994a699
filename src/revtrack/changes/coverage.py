"""Coverage: what a notice explains, or may explain, that it does not point at.

It follows from the scope of the notice, which is decided before anything is linked
(`revtrack.changes.claims.Scope`), and from what it says was done: *added* explains additions, *removed*
removals, *corrected* no passage that was taken out. In an entry of a live blog it speaks of that entry.
Paragraphs are named by their number, or as the one above or below the notice.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate

from revtrack import facts
from revtrack.changes.candidates import KINDS, Candidate
from revtrack.changes.claims import Claim, Scope
from revtrack.changes.evidence import QUOTATION, Link, Reason, allows
from revtrack.changes.kinds import (
    HeadlineChanged,
    Nature,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
)
from revtrack.changes.live import entry_at
from revtrack.changes.nature import FACTS
from revtrack.model import Article, BlockKind, Notice, NoticeAct, NoticeKind, NoticeTarget, Span
from revtrack.notices.lexicon import lexicon
from revtrack.notices.phrases import fold

__all__ = ["ANNOUNCING", "GONE", "TEXT", "covered", "in_named_paragraphs", "may_mean"]

_NEAREST = 3
"""Of the notices that point at nothing a difference is linked to the nearest so many: a bound, too."""
GONE = 0.8
"""The share of the old text whose removal is the removal of the article (range .6 to .95)."""
_MOST_GONE = 0.5
"""The same where a notice says that the whole page was given up (range .4 to .7)."""
ANNOUNCING = frozenset({NoticeKind.UPDATE, NoticeKind.EDITORS_NOTE})
_WITHDRAWING = frozenset({NoticeKind.RETRACTION, NoticeKind.WITHDRAWAL, NoticeKind.REMOVAL})
TEXT = TextEdited | TextRemoved | TextAdded | TextMoved


def covered(
    claims: Sequence[Claim],
    candidates: Sequence[Candidate],
    found: Sequence[dict[int, Link]],
    old: Article,
    new: Article,
) -> Iterator[tuple[int, Link]]:
    """What notices explain, or may explain, that they do not point at."""
    gone = [len(one.parts[0]) for one in candidates if isinstance(one.change, TextRemoved)]
    share = sum(gone) / (len(old.text) or 1)
    bare = share > GONE and sum([len(c.notice.span or ()) for c in claims]) >= len(new.text.strip())
    able = [
        n
        for n, claim in enumerate(claims)
        if _withdraws(claim, share, bare=bare) or not _is_settled(claim, found[n])
    ]
    starts = [(span.start if (span := claims[n].notice.span) else 0) for n in able]
    under = Reason.STANDS_UNDER
    heading = {n for n in able if any(link.reason is under for link in found[n].values())}
    for one in candidates:
        if not isinstance(one.change, TEXT | HeadlineChanged):
            continue
        for n in _nearest(able, starts, one):
            claim = claims[n]
            withdrawn = _withdraws(claim, share, bare=bare)
            if withdrawn:  # the text goes, and the headline with it
                fits = isinstance(one.change, TextRemoved | HeadlineChanged)
                link = Link(claim, one, Reason.ACT_NAMED) if fits else None
            else:
                link = _covering(claim, one, alone=len(gone) == 1, heads=n in heading, links=found[n])
            sure = link is not None and not link.possible and not withdrawn
            if link is not None and not (sure and not allows(claim, one)) and may_mean(claim, one, new):
                yield n, link


def _is_settled(claim: Claim, links: dict[int, Link]) -> bool:
    """A notice that names one thing speaks of nothing else, once that is found or given in words."""
    if claim.scope is Scope.SPECIFIC:
        return bool(claim.said or claim.says or links) or not claim.acts
    return claim.scope is Scope.NEWS and claim.notice.kind not in ANNOUNCING


def _nearest(numbers: Sequence[int], starts: Sequence[int], one: Candidate) -> Sequence[int]:
    """The notices nearest to the difference, where there are many; *starts* is where they begin."""
    if len(numbers) <= _NEAREST or not one.change.new_spans:
        return numbers[:_NEAREST]
    place = bisect_left(starts, one.change.new_spans[0].start)
    return numbers[max(0, place - _NEAREST + 1) : place + 1]


def _withdraws(claim: Claim, share: float, *, bare: bool) -> bool:
    """The notice says that the article is withdrawn, or that text was removed where *share* of it was.

    Where it is all that is left of the page (*bare*), it need not say so in so many words. A page that
    is replaced or found elsewhere may keep its first paragraph.
    """
    if bare and claim.scope is Scope.SPECIFIC and not (claim.said or claim.says):
        return True
    gone = {NoticeAct.REMOVED, NoticeAct.REPLACED}.intersection(claim.acts)
    retracted = NoticeAct.RETRACTED in claim.acts or claim.notice.kind in _WITHDRAWING
    return retracted or (bool(gone) and share > (_MOST_GONE if claim.notice.wide else GONE))


def _covering(
    claim: Claim, one: Candidate, *, alone: bool, heads: bool, links: Mapping[int, Link]
) -> Link | None:
    """How a notice that does not point at a difference speaks of it, by what it says was done.

    *alone* says that no other text was removed, *heads* that text was added right below the notice,
    *links* are those to what it points at.
    """
    nature = one.difference.nature
    removed, added = isinstance(one.change, TextRemoved), isinstance(one.change, TextAdded)
    may = Link(claim, one, Reason.GENERAL, possible=True)
    if claim.scope is Scope.NEWS:
        return may if added else None
    if isinstance(one.change, HeadlineChanged):
        return None if claim.scope is Scope.SPECIFIC else may
    if set(claim.acts) <= {NoticeAct.ADDED, NoticeAct.REMOVED}:
        return _by_act(claim, one, alone=alone, heads=heads)
    if claim.scope is Scope.SPECIFIC:
        wide = claim.notice.target in {NoticeTarget.BODY, NoticeTarget.OTHER}
        means = FACTS | {Nature.CONTENT} if wide else KINDS.get(claim.notice.target, ())
        return may if not removed and not added and nature in means else None
    if claim.scope is Scope.GENERAL:
        return Link(claim, one, Reason.GENERAL, possible=removed or nature in FACTS)
    corrected = claim.notice.kind is NoticeKind.CORRECTION
    subjects = {_subject(link.candidate) for link in links.values()} - {None}
    if subjects - {Nature.DATE} and nature in FACTS and nature not in subjects:  # a notice has a date
        brings = claim.notice.kind is NoticeKind.UPDATE  # and what is new in a passage goes together
        beside = brings and any(link.candidate.change is one.change for link in links.values())
        return Link(claim, one, Reason.SAME_PASSAGE, possible=True) if beside else None
    if corrected and not one.difference.substantive:
        return None
    return Link(claim, one, Reason.SUBJECT_NAMED, possible=removed or heads)


def _subject(one: Candidate) -> Nature | None:
    """What a notice speaks of that points here: a fact, or a passage; None for what may be anything."""
    nature = one.difference.nature
    return nature if nature in FACTS or isinstance(one.change, TextAdded) else None


def _by_act(claim: Claim, one: Candidate, *, alone: bool, heads: bool) -> Link | None:
    """Additions under a notice that names additions, removals under one that names removals."""
    if claim.textless:
        return None  # *A photograph has been removed*
    if not one.parts[0].strip() and NoticeAct.ADDED in claim.acts:
        return Link(claim, one, Reason.ACT_NAMED, possible=heads)
    if not isinstance(one.change, TextRemoved) or NoticeAct.REMOVED not in claim.acts:
        return None
    if NoticeTarget.QUOTE in claim.notice.targets:
        return Link(claim, one, Reason.ACT_NAMED) if QUOTATION.search(one.parts[0]) else None
    return Link(claim, one, Reason.ACT_NAMED, possible=not alone)


def may_mean(claim: Claim, candidate: Candidate, new: Article) -> bool:
    """Whether a notice that does not name the change can mean it: in a live blog, that of its entry."""
    span, entry = claim.notice.span, candidate.change.entry
    own = entry_at(span, new) if span else None
    return own is None or (entry is not None and entry.id == own.id)


# ---------------------------------------------------------------------------------- named paragraphs
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
    words = lexicon(notice.language)
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
