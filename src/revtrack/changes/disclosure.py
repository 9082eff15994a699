"""Disclosure: which notices explain a change, for which reason, and what is undisclosed.

The links are made in `revtrack.changes.linking`; here they become values with their evidence, and every
difference gets its state. *Undisclosed* means that nothing speaks for disclosure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import attrs

from revtrack.changes.candidates import Index, candidates, whole_difference
from revtrack.changes.claims import claim_of, plain, stems_of
from revtrack.changes.detect import NEW_ENTRY, newly_struck, struck_in
from revtrack.changes.evidence import QUOTED, SET_RIGHT, Link, Reason, set_right
from revtrack.changes.kinds import (
    Change,
    Difference,
    DisclosureState,
    Nature,
    NoticeAdded,
    NoticeRemoved,
    TextAdded,
    TextRemoved,
    UpdateAdded,
)
from revtrack.changes.linking import NOTICES, after, bounded, fresh_links, later_links
from revtrack.changes.words import key, spoken
from revtrack.model import Article, Interval, Notice, Span
from revtrack.notices.attesting import choose
from revtrack.notices.dates import is_time_stamp
from revtrack.remarks import DOUBTFUL, DOUBTFUL_PASSAGES, Remark

__all__ = ["BY_VALUES", "Disclosure", "disclose", "fresh_notices", "with_late"]

BY_VALUES = "notice.by-values"
"""The rule of a notice that was found by the values it holds, and not by its words alone."""

STAMP_ADDED = "added.time-stamp"
_STAMPED = "a line that says when the article was updated was added with it"
_UNEXPLAINED = "no notice explains it"
_REPLACED = "a newer notice was put in its place"
# A line of so few words right above a notice that was added with it is its heading: *Corrections*.
_HEADING_WORDS = 4
_SENTENCE_ENDS = frozenset(".!?…。！？")


@attrs.frozen(kw_only=True)
class Disclosure:
    """That a notice explains a difference: for which reason, and how surely (`score` in [0, 1]).

    `change` is the change that holds the `difference`. `state` is DISCLOSED, LATE, or POSSIBLE where
    the notice only may explain it. `notice_spans` are the words in the notice's text that say so,
    `old_spans` and `new_spans` the words of the change's two sides that they point at; they are empty
    where nothing is named. `late` is None where the notice was added with the change, else the interval
    in which it was, revisions later.
    """

    notice: Notice
    change: Change
    difference: Difference
    score: float
    reason: Reason
    state: DisclosureState = DisclosureState.DISCLOSED
    notice_spans: tuple[Span, ...] = ()
    old_spans: tuple[Span, ...] = ()
    new_spans: tuple[Span, ...] = ()
    late: Interval | None = None

    @property
    def words(self) -> str:
        """The reason as a sentence without its full stop."""
        return self.reason.words


def disclose(
    changes: Sequence[Change], old: Article, new: Article, *, remarks: Sequence[Remark] = ()
) -> tuple[tuple[Change, ...], tuple[Disclosure, ...]]:
    """The changes with the state of each difference, and each link to a notice with its reason.

    Notices that were added or reworded with the changes explain what they name, what is under them, or
    what their scope covers; those that were there before explain what they quote. *remarks* are what
    limits the result: what they put in doubt is POSSIBLE, and not undisclosed.
    """
    unread = [c.notice for c in changes if isinstance(c, NoticeAdded) and c.rule == BY_VALUES]
    notices = (*new.notices, *unread)[:NOTICES]
    fresh, before = fresh_notices(notices, changes)
    fresh, changes = _chosen(fresh, changes, old, new)
    changes = [
        change if change.differences else attrs.evolve(change, differences=(whole_difference(change),))
        for change in _without_headings(changes, fresh, new.text)
    ]
    able = candidates(changes, spoken(new)) if notices else []
    links: list[Link] = []
    if fresh and able:
        said = plain(_whole(old)) if any(notice.said for notice in fresh) else None
        links += fresh_links([claim_of(notice, old=said) for notice in fresh], able, old, new)
    index = Index(able)
    for notice in before if able else ():
        links += later_links(claim_of(notice), index)
    links = bounded(links)
    stamps = [change.new or "" for change in changes if change.rule == STAMP_ADDED]
    stamped = any(is_time_stamp(one, language=spoken(new), updated=True) for one in stamps)
    struck = newly_struck(old, new)
    by_difference: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        by_difference[id(link.candidate.difference)].append(link)
    told = [
        _with_states(
            change,
            [by_difference.get(id(one), ()) for one in change.differences],
            struck,
            remarks=remarks,
            replaced=bool(fresh),
            stamp=_STAMPED if stamped else "",
        )
        for change in changes
    ]
    return tuple(told), tuple([_disclosure(link, told[link.candidate.number]) for link in links])


def with_late(change: Change, link: Link, came: Interval) -> tuple[Change, Disclosure]:
    """The change, one difference of which a notice explains that was added later, in *came*."""
    mine = link.candidate.difference
    differences = [
        attrs.evolve(
            one,
            state=DisclosureState.LATE,
            disclosed_by=(*one.disclosed_by, link.claim.notice),
            reason=link.reason.words,
        )
        if (one.old, one.new) == (mine.old, mine.new)
        else one
        for one in change.differences
    ]
    told = _summed(change, differences)
    return told, attrs.evolve(_disclosure(link, told), late=came, state=DisclosureState.LATE)


def _chosen(
    fresh: Sequence[Notice], changes: Sequence[Change], old: Article, new: Article
) -> tuple[list[Notice], Sequence[Change]]:
    """The notices, each with the wrong and the right words that the two captures bear out."""
    sides = (_whole(old), _whole(new)) if any(len(one.candidates) > 1 for one in fresh) else ("", "")
    chosen = {id(notice): choose(notice, *sides) for notice in fresh}
    told = [
        attrs.evolve(change, notice=chosen[id(change.notice)])
        if isinstance(change, NoticeAdded | UpdateAdded) and id(change.notice) in chosen
        else change
        for change in changes
    ]
    return list(chosen.values()), told


def _whole(article: Article) -> str:
    """Headline and text of an article without its notices."""
    kept, place = [article.headline or ""], 0
    for span in sorted([one.span for one in article.notices if one.span]):
        kept.append(article.text[place : span.start])
        place = max(place, span.stop)
    return "\n".join([*kept, article.text[place:]])


def fresh_notices(
    notices: Sequence[Notice], changes: Sequence[Change]
) -> tuple[list[Notice], list[Notice]]:
    """Part the notices of the new article: those that were added or reworded, and the rest."""
    came = {id(c.notice) for c in changes if isinstance(c, NoticeAdded | UpdateAdded)}
    touched = sorted([span for c in changes if c.nature is Nature.NOTICE for span in c.new_spans])
    fresh: list[Notice] = []
    before: list[Notice] = []
    at = 0
    for notice in notices:
        span = notice.span
        while span and at < len(touched) and touched[at].stop <= span.start:
            at += 1
        reworded = span is not None and at < len(touched) and span.overlaps(touched[at])
        (fresh if id(notice) in came or reworded else before).append(notice)
    return fresh, before


def _without_headings(
    changes: Sequence[Change], fresh: Sequence[Notice], text: str
) -> tuple[Change, ...]:
    """The changes; a heading that was added right above a notice and with it is part of the notice."""
    starts = {notice.span.start for notice in fresh if notice.span}
    return tuple(
        [
            attrs.evolve(change, nature=Nature.NOTICE, rule="added.heading-of-notice", differences=())
            if isinstance(change, TextAdded) and _heads(change, starts, text)
            else change
            for change in changes
        ]
    )


def _heads(change: TextAdded, starts: set[int], text: str) -> bool:
    span, words = change.new_spans[-1], (change.new or "").strip()
    if len(words.split()) > _HEADING_WORDS or words[-1:] in _SENTENCE_ENDS:
        return False
    following = after(text, span.stop)
    return following in starts and "\n" in text[span.stop : following]


# ------------------------------------------------------------------------------------------- states


def _with_states(
    change: Change,
    links: Sequence[Sequence[Link]],
    struck: Sequence[Sequence[str]],
    *,
    remarks: Sequence[Remark],
    replaced: bool,
    stamp: str,
) -> Change:
    """The change with the state of every difference, and what they come to."""
    if not any(links) and not change.substantive and not any(d.substantive for d in change.differences):
        return change
    excused = _excuse(change, replaced=replaced)
    doubtful = DOUBTFUL
    if change.entry is None and isinstance(change, TextAdded | TextRemoved | NoticeRemoved):
        doubtful |= DOUBTFUL_PASSAGES
    doubt = next((remark.text for remark in remarks if remark.kind in doubtful), stamp)
    differences = [
        _with_state(set_right(one, own), own, excused=excused, doubt=doubt, marked=marked)
        for one, own in zip(change.differences, links, strict=True)
        for marked in [struck_in(struck, change, within=one.old)]
    ]
    return _summed(change, differences)


def _excuse(change: Change, *, replaced: bool) -> str | None:
    """Why a change needs no notice whatever it says; None where it needs one."""
    if isinstance(change, NoticeRemoved):
        return _REPLACED if replaced else None
    if change.nature is Nature.NOTICE and not isinstance(change, TextRemoved):
        return "it is what a notice says"
    return "it is a new entry of a live blog" if change.rule == NEW_ENTRY else None


def _with_state(
    difference: Difference, links: Sequence[Link], *, excused: str | None, doubt: str, marked: bool
) -> Difference:
    sure = tuple([link.claim.notice for link in links if not link.possible])
    may = tuple([link.claim.notice for link in links if link.possible])
    reasons = "; ".join(dict.fromkeys([link.reason.words for link in links]))
    if not difference.substantive or excused:
        state, reason = DisclosureState.NONE_NEEDED, excused or reasons
    elif marked:
        state, reason = DisclosureState.DISCLOSED, Reason.MARKED_ON_PAGE.words
    elif sure:
        state, reason = DisclosureState.DISCLOSED, reasons
    elif may or difference.reason or doubt:  # what comes with a reason was doubted before
        state, reason = DisclosureState.POSSIBLE, reasons or difference.reason or doubt
    else:
        state, reason = DisclosureState.UNDISCLOSED, _UNEXPLAINED
    return attrs.evolve(difference, state=state, disclosed_by=sure, possibly_by=may, reason=reason)


def _summed(change: Change, differences: Sequence[Difference]) -> Change:
    """The change with these differences and what their states come to."""
    states = {one.state for one in differences if one.substantive}
    if not change.substantive and any(one.rule == SET_RIGHT for one in differences):
        change = attrs.evolve(change, nature=Nature.CONTENT, substantive=True, rule=SET_RIGHT)
    return attrs.evolve(
        change,
        differences=tuple(differences),
        state=_sum(states - {DisclosureState.NONE_NEEDED}),
        disclosed_by=_notices([one.disclosed_by for one in differences]),
        possibly_by=_notices([one.possibly_by for one in differences]),
    )


def _sum(states: set[DisclosureState]) -> DisclosureState:
    """The weakest of the states; PARTLY where some is undisclosed and some is not."""
    if not states:
        return DisclosureState.NONE_NEEDED
    if DisclosureState.UNDISCLOSED in states:
        return DisclosureState.PARTLY if len(states) > 1 else DisclosureState.UNDISCLOSED
    weakest = (DisclosureState.POSSIBLE, DisclosureState.LATE, DisclosureState.DISCLOSED)
    return next(state for state in weakest if state in states)


def _notices(groups: Iterable[Sequence[Notice]]) -> tuple[Notice, ...]:
    return tuple({id(notice): notice for group in groups for notice in group}.values())


# ------------------------------------------------------------------------------------------ evidence


def _disclosure(link: Link, change: Change) -> Disclosure:
    notice_spans, old_spans, new_spans = _spans(link)
    mine = link.candidate.difference
    return Disclosure(
        notice=link.claim.notice,
        change=change,
        difference=next(
            one for one in change.differences if (one.old, one.new) == (mine.old, mine.new)
        ),
        score=link.reason.score,
        reason=link.reason,
        state=DisclosureState.POSSIBLE if link.possible else DisclosureState.DISCLOSED,
        notice_spans=notice_spans,
        old_spans=old_spans,
        new_spans=new_spans,
    )


def _spans(link: Link) -> tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]:
    """The evidence: words in the notice, in the old side of the change, in the new side."""
    claim, one, reason = link.claim, link.candidate, link.reason
    notice, change = claim.notice, one.change
    if reason in QUOTED:
        said = (notice.said or "") if reason is not Reason.RIGHT_WORDS_CAME else ""
        says = (notice.says or "") if reason is not Reason.WRONG_WORDS_WENT else ""
        in_notice = (*_find(notice.text, said), *_find(notice.text, says))
        return in_notice, _find(change.old, said), _find(change.new, says)
    if reason is Reason.COMMON_WORDS:
        shared = claim.stems & one.stems
        tells = [not shared.isdisjoint(stems_of(key(word))) for word, _ in claim.words]
    elif reason in {Reason.VALUE_NAMED, Reason.NAME_NAMED}:
        named = one.keys[0] | one.keys[1]
        tells = [key(word) in named for word, _ in claim.words]
    else:
        return (), (), ()
    telling = [placed for placed, tell in zip(claim.words, tells, strict=True) if tell]
    words = {key(word) for word, _ in telling}
    stems = {stem for word in words for stem in stems_of(word)}
    old, new = (
        tuple(
            [
                Span(at, at + len(word))
                for word, at in side
                if key(word) in words or not stems.isdisjoint(stems_of(key(word)))
            ]
        )
        for side in one.differing
    )
    return tuple([Span(at, at + len(word)) for word, at in telling]), old, new


def _find(side: str | None, words: str) -> tuple[Span, ...]:
    place = (side or "").casefold().find(words.casefold()) if words else -1
    return (Span(place, place + len(words)),) if place >= 0 else ()
