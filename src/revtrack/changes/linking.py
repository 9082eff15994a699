"""Linking: for which reason each notice explains each difference that was made with it, or before it.

A notice explains what it points at (quoted words, a value, a name, rare words in common), clauses
rewritten right next to that, and the new text right under it. What more it explains follows from its
scope, which is decided before anything is linked (`revtrack.changes.claims.Scope`), and from what it
says was done: *added* explains additions, *removed* removals, *corrected* no passage that went. In an
entry of a live blog it speaks of that entry.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from functools import cached_property

import attrs

from revtrack.changes.candidates import Candidate
from revtrack.changes.claims import Claim, Scope, stems
from revtrack.changes.evidence import (
    KINDS,
    POINTING,
    QUOTED,
    RARE_TOGETHER,
    Rarity,
    Reason,
    allows,
    reason_for,
)
from revtrack.changes.kinds import (
    HeadlineChanged,
    Nature,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
)
from revtrack.changes.placed import entry_at
from revtrack.model import Article, NoticeAct, NoticeKind, NoticeTarget, Span

__all__ = ["Index", "Link", "fresh_links", "later_links"]

# Evidence that spreads to the clauses next to it: what it points at was put in other words.
_SPREADING = POINTING - {Reason.WORDS_REPLACED}
# A difference that one notice explains so needs no other that points at nothing.
_EXPLAINED = POINTING | {Reason.STANDS_UNDER}
_ANNOUNCING = frozenset({NoticeKind.UPDATE, NoticeKind.EDITORS_NOTE})
_CLAUSES = frozenset({Nature.CONTENT, Nature.WORDING})
_FACTS = frozenset(
    {Nature.NEGATION, Nature.NUMBER, Nature.AMOUNT, Nature.PERCENTAGE, Nature.DATE, Nature.NAME}
    | {Nature.PLACE, Nature.QUOTE, Nature.ATTRIBUTION, Nature.HEDGE}
)
_QUOTATION = re.compile('["“”„«»「」『』]')
_WITHDRAWING = frozenset({NoticeKind.RETRACTION, NoticeKind.WITHDRAWAL, NoticeKind.REMOVAL})
_WHOLE = 0.8
"""The share of the old text whose removal is the removal of the article (range .6 to .95)."""
_TEXT = TextEdited | TextRemoved | TextAdded | TextMoved

_COMMON = 64
"""A word in more differences than these points at none of them (range 16 to 256): a bound on work."""
_NEAREST = 3
"""Of the notices that point at nothing a difference is linked to the nearest so many: a bound, too."""


@attrs.frozen(eq=False)
class Link:
    """That a notice explains a difference, or, where it is only *possible*, may explain it."""

    claim: Claim
    candidate: Candidate
    reason: Reason
    possible: bool = False


@attrs.frozen(slots=False, eq=False)
class Index:
    """The candidates by what a notice may name of them."""

    candidates: Sequence[Candidate]

    @cached_property
    def _differing(self) -> dict[Hashable, list[int]]:
        return _index([one.stems | one.keys[0] | one.keys[1] for one in self.candidates])

    @cached_property
    def _valued(self) -> dict[Hashable, list[int]]:
        return _index([one.values[0] | one.values[1] for one in self.candidates])

    @cached_property
    def _around(self) -> dict[Hashable, list[int]]:
        return _index([one.context for one in self.candidates])

    def named_by(self, claim: Claim) -> list[Candidate]:
        """The candidates that share anything with what the notice says, in order."""
        quoted = {*claim.said.split(), *claim.says.split()}
        places = _places(self._differing, {*claim.stems, *claim.names, *quoted})
        if claim.values:
            places |= _places(self._valued, claim.values)
        if claim.notice.target not in {NoticeTarget.BODY, NoticeTarget.OTHER}:
            places |= _places(self._around, claim.stems)
        return [self.candidates[place] for place in sorted(places)]


def _index(features: Iterable[Iterable[Hashable]]) -> dict[Hashable, list[int]]:
    """The places of what has each feature."""
    index: dict[Hashable, list[int]] = defaultdict(list)
    for place, own in enumerate(features):
        for feature in own:
            index[feature].append(place)
    return index


def _places(index: dict[Hashable, list[int]], features: Iterable[Hashable]) -> set[int]:
    found = [index[one] for one in features if one in index]
    return {place for places in found if len(places) <= _COMMON for place in places}


def fresh_links(
    claims: Sequence[Claim], candidates: Sequence[Candidate], old: Article, new: Article
) -> list[Link]:
    """What the notices explain that were added in the same revision, notice by notice."""
    rarity, index = Rarity(old.text, new.text), Index(candidates)
    headlines = [claim for claim in claims if claim.notice.target is NoticeTarget.HEADLINE]
    under = _Below(candidates, [claim.notice.span for claim in claims if claim.notice.span], new.text)
    clauses = _Clauses(candidates, (old.text, new.text))
    found: list[dict[int, Link]] = []
    for claim in claims:
        links = _pointed(claim, index.named_by(claim), rarity)
        if [claim] == headlines:
            for one in candidates:
                if isinstance(one.change, HeadlineChanged):
                    links.setdefault(id(one), Link(claim, one, Reason.HEADLINE))
        for one in under.of(claim):
            if _may_mean(claim, one, new):
                links.setdefault(id(one), Link(claim, one, Reason.STANDS_UNDER))
        for one in _of_section(claim, links, index, rarity):
            links.setdefault(id(one), Link(claim, one, Reason.COMMON_WORDS))
        for one in [*clauses.next_to(links.values())]:
            links.setdefault(id(one), Link(claim, one, Reason.SAME_PASSAGE))
        found.append(links)
    explained = {key for links in found for key, one in links.items() if one.reason in _EXPLAINED}
    covered = [
        (number, link)
        for number, link in _by_scope(claims, candidates, found, old, new)
        if id(link.candidate) not in explained
    ]
    told = {id(link.candidate) for _, link in covered if link.claim.scope is not Scope.GENERAL}
    for number, link in covered:  # one that names nothing yields to one that says more
        if link.claim.scope is not Scope.GENERAL or id(link.candidate) not in told:
            found[number].setdefault(id(link.candidate), link)
    return [link for links in found for link in links.values()]


def later_links(claim: Claim, index: Index) -> list[Link]:
    """What a notice of another revision explains: by values and quoted words alone."""
    links = _pointed(claim, index.named_by(claim), None)
    return [link for link in links.values() if allows(claim, link.candidate)]


def _pointed(claim: Claim, candidates: Sequence[Candidate], rarity: Rarity | None) -> dict[int, Link]:
    """What the notice points at; where it gives both wordings, one that shows both settles it."""
    found = [
        Link(claim, one, reason) for one in candidates if (reason := reason_for(claim, one, rarity))
    ]
    if any(link.reason is Reason.WORDS_REPLACED for link in found):
        found = [link for link in found if _may_stay(link)]
    return {id(link.candidate): link for link in found}


def _may_stay(link: Link) -> bool:
    """Next to a difference that shows both wordings: another one, a phrase that is quoted, a clause."""
    if link.reason is Reason.WORDS_REPLACED:
        return True
    if link.reason in QUOTED:  # beyond one figure or name, which may be there for other reasons
        went = link.reason is Reason.WRONG_WORDS_WENT
        return (link.claim.said if went else link.claim.says).count(" ") > 1
    return link.candidate.difference.nature not in _FACTS


def _may_mean(claim: Claim, candidate: Candidate, new: Article) -> bool:
    """Whether a notice that does not name the change can mean it: in a live blog, that of its entry."""
    span = claim.notice.span
    own = entry_at(span, new) if span else None
    if own is None:
        return True
    return candidate.change.entry is not None and candidate.change.entry.id == own.id


# ------------------------------------------------------------------------------ what is next to it


@attrs.frozen(slots=False, eq=False)
class _Below:
    """The new text right under a notice, paragraph after paragraph."""

    candidates: Sequence[Candidate]
    fresh: Sequence[Span]
    text: str

    @cached_property
    def _added(self) -> list[tuple[int, int, Candidate]]:
        """Where each addition starts and stops, in order."""
        return sorted(
            [
                (one.change.new_spans[0].start, one.change.new_spans[-1].stop, one)
                for one in self.candidates
                if isinstance(one.change, TextAdded)
            ],
            key=lambda entry: entry[:2],
        )

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _, _ in self._added]

    @cached_property
    def _notices(self) -> list[Span]:
        return sorted(self.fresh)

    def of(self, claim: Claim) -> Iterator[Candidate]:
        """The additions under the notice of *claim*, up to the next notice or to text that was there.

        Under a bare heading (*Updates*) there may be several notices. A correction is one paragraph:
        what stands under it is the story.
        """
        notice = claim.notice
        if notice.span is None or notice.kind not in _ANNOUNCING:
            return
        reached, bare = notice.span.stop, notice.text.strip(" :*") == notice.label
        for start, stop, one in self._added[bisect_left(self._starts, reached) :]:
            if start < reached:
                continue
            between = self._between(reached, start)
            if (between and not bare) or _outside(self.text, Span(reached, start), between):
                return
            yield one
            reached = stop

    def _between(self, start: int, stop: int) -> list[Span]:
        first = bisect_left(self._notices, Span(start, start))
        found = []
        for span in self._notices[first:]:
            if span.stop > stop:
                break
            found.append(span)
        return found


def _of_section(claim: Claim, links: dict[int, Link], index: Index, rarity: Rarity) -> list[Candidate]:
    """Additions elsewhere that share names with the text under the notice, which belongs to it."""
    below = [link.candidate for link in links.values() if link.reason is Reason.STANDS_UNDER]
    names = claim.names.union(*[one.names for one in below]) if below else frozenset()
    if not names:
        return []
    section = attrs.evolve(claim, names=names, stems=stems(names), values=frozenset())
    return [
        one
        for one in index.named_by(section)
        if not one.parts[0].strip() and sum(map(rarity.of, one.stems & section.stems)) >= RARE_TOGETHER
    ]


def _outside(text: str, gap: Span, spans: Sequence[Span]) -> str:
    """The text of *gap* that is in none of these spans, which lie in it in order."""
    starts, stops = [*[span.start for span in spans], gap.stop], [gap.start, *[s.stop for s in spans]]
    return "".join([text[a:b] for a, b in zip(stops, starts, strict=True)]).strip()


@attrs.frozen(slots=False, eq=False)
class _Clauses:
    """Clauses that were added, removed or rewritten, by where they begin and what follows them."""

    candidates: Sequence[Candidate]
    texts: tuple[str, str]

    @cached_property
    def _by_end(self) -> dict[tuple[int, int], list[Candidate]]:
        found: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
        for one in self.candidates:
            if isinstance(one.change, _TEXT) and one.difference.nature in _CLAUSES:
                for end in self._ends(one):
                    found[end].append(one)
        return found

    def next_to(self, links: Collection[Link]) -> Iterator[Candidate]:
        """The clauses right next to a change that the notice points at, in its paragraph.

        A notice that quotes the wrong words and the right ones means these alone; a number or name that
        changed there is a fact of its own, which it would name.
        """
        for link in links:
            if link.reason in _SPREADING and isinstance(link.candidate.change, _TEXT):
                for end in sorted(self._ends(link.candidate)):
                    yield from self._by_end.get(end, ())

    def _ends(self, one: Candidate) -> set[tuple[int, int]]:
        """Where the change begins and what follows it: the side (0 or 1) and the place in its text."""
        return {
            (side, place)
            for side, spans in enumerate((one.change.old_spans, one.change.new_spans))
            if spans
            for place in (spans[0].start, _after_spaces(self.texts[side], spans[-1].stop))
        }


def _after_spaces(text: str, place: int) -> int:
    while text[place : place + 1] == " ":
        place += 1
    return place


# --------------------------------------------------------------------------------- what it may cover


def _by_scope(
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
                    link = link if link and allows(claims[n], one) else None
                if link is not None and _may_mean(claims[n], one, new):
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
        fact = removed or one.difference.nature in _FACTS
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
    if claim.notice.target is NoticeTarget.QUOTE:
        return Link(claim, one, Reason.ACT_NAMED) if _QUOTATION.search(one.parts[0]) else None
    return Link(claim, one, Reason.ACT_NAMED, possible=not alone)


def _natures(claim: Claim) -> frozenset[Nature]:
    """What a notice on a particular that was not found may mean."""
    if claim.notice.target in {NoticeTarget.BODY, NoticeTarget.OTHER}:
        return _FACTS
    return frozenset(KINDS.get(claim.notice.target, ()))
