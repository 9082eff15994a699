"""Disclosure: which notice of the new article explains which change, for which reason, how surely.

The links are made in `revtrack.changes.linking`; here they become values with their evidence, and
stand on the changes as `disclosed_by`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

import attrs

from revtrack.changes.claims import Claim, Told, claim_of, stems_of, told_of
from revtrack.changes.edit import key
from revtrack.changes.evidence import IN_WORDS, QUOTED, SCORES, Reason
from revtrack.changes.kinds import Change, Nature, NoticeAdded, TextAdded, UpdateAdded
from revtrack.changes.linking import Reasons, fresh_links, quoting
from revtrack.model import Article, Notice, Span
from revtrack.versions import Interval

__all__ = ["Disclosure", "disclose", "fresh_notices", "late_disclosures"]

# A line of so few words right above a notice that came with it is its heading: *Corrections*.
_HEADING_WORDS = 4
_SENTENCE_ENDS = frozenset(".!?…。！？")


Evidence: TypeAlias = tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]
"""Words in a notice, in the old side of a change and in the new side."""


@attrs.frozen(kw_only=True)
class Disclosure:
    """That a notice explains a change: for which reason, and how surely (`score` in [0, 1]).

    `notice_spans` are the words in the notice's text that say so, `old_spans` and `new_spans` the
    words of the change's two sides that they point at; they are empty where nothing is named. `late`
    is None where the notice came with the change, else the interval in which it came, revisions later.
    """

    notice: Notice
    change: Change
    score: float
    reason: Reason
    notice_spans: tuple[Span, ...] = ()
    old_spans: tuple[Span, ...] = ()
    new_spans: tuple[Span, ...] = ()
    late: Interval | None = None

    @property
    def words(self) -> str:
        """The reason as a sentence."""
        return IN_WORDS[self.reason]


def disclose(
    changes: Sequence[Change], old: Article, new: Article
) -> tuple[tuple[Change, ...], tuple[Disclosure, ...]]:
    """The changes with the notices of *new* that explain them, and each link with its reason.

    Notices that came or were worded anew with the changes explain what they name, what stands under
    them, or, naming nothing, what came with them; those that stood already explain what they quote.
    """
    if not new.notices:
        return tuple(changes), ()
    fresh, standing = fresh_notices(new.notices, changes)
    changes = _without_headings(changes, fresh, new.text)
    told = [told_of(change) for change in changes]
    links: list[tuple[Claim, Reasons]] = []
    if fresh and any(told):
        links += fresh_links([claim_of(notice) for notice in fresh], told, old, new)
    for notice in standing if any(told) else ():
        claim = claim_of(notice)
        links.append((claim, quoting(claim, told)))
    linked = [
        _with_notices(change, [claim.notice for claim, found in links if number in found])
        for number, change in enumerate(changes)
    ]
    disclosures = [
        _disclosure(claim, one, reason, linked[number])
        for claim, found in links
        for number, reason in sorted(found.items())
        if (one := told[number])
    ]
    return tuple(linked), tuple(disclosures)


def late_disclosures(
    notices: Sequence[Notice], changes: Sequence[Change], *, came: Interval
) -> tuple[Disclosure, ...]:
    """The *changes* of earlier revisions that *notices* explain which came later, in *came*.

    Only quoted words count: what else is alike may be chance, since nothing came together.
    """
    told = [told_of(change) for change in changes]
    found = []
    for notice in notices:
        claim = claim_of(notice)
        found += [
            attrs.evolve(_disclosure(claim, one, reason, changes[number]), late=came)
            for number, reason in sorted(quoting(claim, told).items())
            if (one := told[number])
        ]
    return tuple(found)


def fresh_notices(
    notices: Sequence[Notice], changes: Sequence[Change]
) -> tuple[list[Notice], list[Notice]]:
    """Part the notices of the new article: those that came or were worded anew, and the rest."""
    came = {change.notice for change in changes if isinstance(change, NoticeAdded | UpdateAdded)}
    touched = [span for c in changes if c.nature is Nature.NOTICE for span in c.new_spans]
    fresh = [
        notice
        for notice in notices
        if notice in came or (notice.span and any(notice.span.overlaps(span) for span in touched))
    ]
    return fresh, [notice for notice in notices if notice not in fresh]


def _without_headings(
    changes: Sequence[Change], fresh: Sequence[Notice], text: str
) -> tuple[Change, ...]:
    """The changes; a heading that came right above a notice and with it is part of the notice."""
    starts = [notice.span.start for notice in fresh if notice.span]
    return tuple(
        [
            attrs.evolve(change, nature=Nature.NOTICE, rule="added.heading-of-notice")
            if isinstance(change, TextAdded) and _heads(change, starts, text)
            else change
            for change in changes
        ]
    )


def _heads(change: TextAdded, starts: Sequence[int], text: str) -> bool:
    span, words = change.new_spans[-1], (change.new or "").strip()
    if len(words.split()) > _HEADING_WORDS or words[-1:] in _SENTENCE_ENDS:
        return False
    return any(
        span.stop <= start and "\n" in text[span.stop : start] and not text[span.stop : start].strip()
        for start in starts
    )


def _with_notices(change: Change, notices: Sequence[Notice]) -> Change:
    return attrs.evolve(change, disclosed_by=tuple(notices)) if notices else change


def _disclosure(claim: Claim, told: Told, reason: Reason, change: Change) -> Disclosure:
    notice_spans, old_spans, new_spans = _spans(claim, told, reason)
    return Disclosure(
        notice=claim.notice,
        change=change,
        score=SCORES[reason],
        reason=reason,
        notice_spans=notice_spans,
        old_spans=old_spans,
        new_spans=new_spans,
    )


def _spans(claim: Claim, told: Told, reason: Reason) -> Evidence:
    """The evidence: in the notice, in the old side of the change, in the new side."""
    notice, change = claim.notice, told.change
    if reason in QUOTED:
        said = (notice.said or "") if reason is not Reason.RIGHT_WORDS_CAME else ""
        says = (notice.says or "") if reason is not Reason.WRONG_WORDS_WENT else ""
        in_notice = (*_find(notice.text, said), *_find(notice.text, says))
        return in_notice, _find(change.old, said), _find(change.new, says)
    gone, come = told.differing
    if reason in {Reason.NUMBER_NAMED, Reason.NAME_NAMED}:
        named = claim.named & told.words
        return _placed([[p for p in side if key(p[0]) in named] for side in (claim.words, gone, come)])
    if reason is Reason.COMMON_WORDS:
        shared = claim.stems & told.stems
        return _placed(
            [
                [p for p in side if not shared.isdisjoint(stems_of(key(p[0])))]
                for side in (claim.words, gone, come)
            ]
        )
    return (), (), ()


def _placed(sides: Sequence[Iterable[tuple[str, int]]]) -> Evidence:
    notice, old, new = [
        tuple([Span(place, place + len(word)) for word, place in words]) for words in sides
    ]
    return notice, old, new


def _find(side: str | None, words: str) -> tuple[Span, ...]:
    place = (side or "").casefold().find(words.casefold()) if words else -1
    return (Span(place, place + len(words)),) if place >= 0 else ()
