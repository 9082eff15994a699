"""Coverage: what a notice explains, or may explain, that it does not point at.

That follows from its scope, which is decided before anything is linked
(`revtrack.changes.claims.Scope`), and from what it says was done.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from revtrack.changes.candidates import Candidate
from revtrack.changes.claims import Claim, Scope
from revtrack.changes.evidence import KINDS, QUOTATION, Link, Reason, allows
from revtrack.changes.kinds import (
    HeadlineChanged,
    Nature,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
)
from revtrack.changes.live import entry_at
from revtrack.model import Article, NoticeAct, NoticeKind, NoticeTarget

__all__ = ["FACTS", "covered", "may_mean"]

_ANNOUNCING = frozenset({NoticeKind.UPDATE, NoticeKind.EDITORS_NOTE})
FACTS = frozenset(
    {Nature.NEGATION, Nature.NUMBER, Nature.AMOUNT, Nature.PERCENTAGE, Nature.DATE, Nature.NAME}
    | {Nature.PLACE, Nature.QUOTE, Nature.ATTRIBUTION, Nature.HEDGE}
)
"""The natures of differences in which one fact gives way to another."""

_WITHDRAWING = frozenset({NoticeKind.RETRACTION, NoticeKind.WITHDRAWAL, NoticeKind.REMOVAL})
_WHOLE = 0.8
"""The share of the old text whose removal is the removal of the article (range .6 to .95)."""
_TEXT = TextEdited | TextRemoved | TextAdded | TextMoved
_NEAREST = 3
"""Of the notices that point at nothing a difference is linked to the nearest so many: a bound, too."""


def covered(
    claims: Sequence[Claim],
    candidates: Sequence[Candidate],
    found: Sequence[dict[int, Link]],
    old: Article,
    new: Article,
) -> Iterator[tuple[int, Link]]:
    """What notices explain, or may explain, that they do not point at."""
    gone = [len(one.parts[0]) for one in candidates if isinstance(one.change, TextRemoved)]
    whole = sum(gone) > _WHOLE * len(old.text)
    able = [
        n
        for n, claim in enumerate(claims)
        if _withdraws(claim, whole=whole) or not _is_settled(claim, found[n])
    ]
    starts = [(span.start if (span := claims[n].notice.span) else 0) for n in able]
    for one in candidates:
        if isinstance(one.change, _TEXT | HeadlineChanged):
            for n in _nearest(able, starts, one):
                if _withdraws(claims[n], whole=whole):
                    link = _withdrawn(claims[n], one)
                else:
                    link = _covering(claims[n], one, alone=len(gone) == 1)
                    link = link if link and (link.possible or allows(claims[n], one)) else None
                if link is not None and may_mean(claims[n], one, new):
                    yield n, link


def _is_settled(claim: Claim, links: dict[int, Link]) -> bool:
    """A notice that names one thing speaks of nothing else, once that is found or given in words."""
    if claim.scope is Scope.SPECIFIC:
        return bool(claim.said or claim.says or links) or not claim.acts
    return claim.scope is Scope.NEWS and claim.notice.kind not in _ANNOUNCING


def _nearest(numbers: Sequence[int], starts: Sequence[int], one: Candidate) -> Sequence[int]:
    """The notices nearest to the difference, where there are many; *starts* is where they begin."""
    if len(numbers) <= _NEAREST or not one.change.new_spans:
        return numbers[:_NEAREST]
    place = bisect_left(starts, one.change.new_spans[0].start)
    return numbers[max(0, place - _NEAREST + 1) : place + 1]


def _withdraws(claim: Claim, *, whole: bool) -> bool:
    """The notice says that the article is withdrawn, or that text was removed where the *whole* was."""
    gone = {NoticeAct.REMOVED, NoticeAct.REPLACED}.intersection(claim.acts)
    retracted = NoticeAct.RETRACTED in claim.acts or claim.notice.kind in _WITHDRAWING
    return retracted or (whole and bool(gone))


def _withdrawn(claim: Claim, one: Candidate) -> Link | None:
    """What goes with an article that is withdrawn: its text and its headline."""
    fits = isinstance(one.change, TextRemoved | HeadlineChanged)
    return Link(claim, one, Reason.ACT_NAMED) if fits else None


def _covering(claim: Claim, one: Candidate, *, alone: bool) -> Link | None:
    """How a notice that does not point at a difference speaks of it, by what it says was done.

    *alone* says that no other text was removed.
    """
    acts = set(claim.acts)
    removed, added = isinstance(one.change, TextRemoved), isinstance(one.change, TextAdded)
    if claim.scope is Scope.NEWS:
        return Link(claim, one, Reason.GENERAL, possible=True) if added else None
    if isinstance(one.change, HeadlineChanged):
        wide = claim.scope in {Scope.SUBJECT, Scope.GENERAL}
        return Link(claim, one, Reason.GENERAL, possible=True) if wide else None
    if acts <= {NoticeAct.ADDED, NoticeAct.REMOVED}:
        return _by_act(claim, one, alone=alone)
    if claim.scope is Scope.SPECIFIC:
        doubtful = not removed and not added and one.difference.nature in _natures(claim)
        return Link(claim, one, Reason.GENERAL, possible=True) if doubtful else None
    if claim.scope is Scope.GENERAL:
        fact = removed or one.difference.nature in FACTS
        return Link(claim, one, Reason.GENERAL, possible=fact)
    corrected = claim.notice.kind is NoticeKind.CORRECTION
    if corrected and not one.difference.substantive:
        return None
    return Link(claim, one, Reason.SUBJECT_NAMED, possible=removed and corrected)


def _by_act(claim: Claim, one: Candidate, *, alone: bool) -> Link | None:
    """Additions under a notice that names additions, removals under one that names removals."""
    if not one.parts[0].strip() and NoticeAct.ADDED in claim.acts:
        return Link(claim, one, Reason.ACT_NAMED)
    if not isinstance(one.change, TextRemoved) or NoticeAct.REMOVED not in claim.acts:
        return None
    if NoticeTarget.QUOTE in claim.notice.targets:
        return Link(claim, one, Reason.ACT_NAMED) if QUOTATION.search(one.parts[0]) else None
    return Link(claim, one, Reason.ACT_NAMED, possible=not alone)


def _natures(claim: Claim) -> frozenset[Nature]:
    """What a notice on a particular that was not found may mean."""
    if claim.notice.target in {NoticeTarget.BODY, NoticeTarget.OTHER}:
        return FACTS | {Nature.CONTENT}
    return frozenset(KINDS.get(claim.notice.target, ()))


def may_mean(claim: Claim, candidate: Candidate, new: Article) -> bool:
    """Whether a notice that does not name the change can mean it: in a live blog, that of its entry."""
    span = claim.notice.span
    own = entry_at(span, new) if span else None
    if own is None:
        return True
    return candidate.change.entry is not None and candidate.change.entry.id == own.id
