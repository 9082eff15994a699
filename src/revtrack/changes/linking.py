"""Linking: for which reason each notice explains each difference that was made with it, or before it.

A notice explains what it points at (quoted words, a value, a name, rare words in common), clauses
rewritten right next to that, and the new text right under it. What more it explains follows from its
scope, which is decided before anything is linked (`revtrack.changes.claims.Scope`), and from what it
says was done: *added* explains additions, *removed* removals, *corrected* no passage that went. In an
entry of a live blog it speaks of that entry.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from functools import cached_property

import attrs

from revtrack.changes.adjacency import Below, Clauses
from revtrack.changes.candidates import Candidate
from revtrack.changes.claims import Claim, Scope, stems
from revtrack.changes.coverage import FACTS, covered, may_mean
from revtrack.changes.evidence import (
    POINTING,
    QUOTED,
    RARE_TOGETHER,
    Link,
    Rarity,
    Reason,
    allows,
    reason_for,
)
from revtrack.changes.kinds import HeadlineChanged
from revtrack.model import Article, NoticeTarget

__all__ = ["Index", "fresh_links", "later_links"]

# A difference that one notice explains so needs no other that points at nothing.
_EXPLAINED = POINTING | {Reason.STANDS_UNDER}
_LARGE = 999
"""Numbers above this rarely count two things in one article (range 99 to 9,999)."""
_COMMON = 64
"""A word in more differences than these points at none of them (range 16 to 256): a bound on work."""


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
    under = Below(candidates, [claim.notice.span for claim in claims if claim.notice.span], new.text)
    clauses = Clauses(candidates, (old.text, new.text))
    found: list[dict[int, Link]] = []
    for claim in claims:
        links = _pointed(claim, index.named_by(claim), rarity)
        if [claim] == headlines:
            for one in candidates:
                if isinstance(one.change, HeadlineChanged):
                    links.setdefault(id(one), Link(claim, one, Reason.HEADLINE))
        for one in under.of(claim):
            if may_mean(claim, one, new):
                links.setdefault(id(one), Link(claim, one, Reason.STANDS_UNDER))
        for one in _of_section(claim, links, index, rarity):
            links.setdefault(id(one), Link(claim, one, Reason.COMMON_WORDS))
        for one in [*clauses.next_to(links.values())]:
            links.setdefault(id(one), Link(claim, one, Reason.SAME_PASSAGE))
        found.append(links)
    explained = {key for links in found for key, one in links.items() if one.reason in _EXPLAINED}
    found_open = [
        (number, link)
        for number, link in covered(claims, candidates, found, old, new)
        if id(link.candidate) not in explained
    ]
    told = {id(link.candidate) for _, link in found_open if link.claim.scope is not Scope.GENERAL}
    for number, link in found_open:  # one that names nothing yields to one that says more
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
    if rarity is None or any(map(_is_about, found)):  # the same values may count another thing
        found = [link for link in found if _is_about(link) or _is_specific(link)]
    return {id(link.candidate): link for link in found}


def _is_about(link: Link) -> bool:
    """The notice shares a content word with the sentence, beside the values."""
    return not link.claim.stems.isdisjoint(link.candidate.context)


def _is_specific(link: Link) -> bool:
    """More was named than a small number, which may count another thing: words, a year, a large one."""
    if link.reason not in {Reason.WORDS_REPLACED, Reason.VALUE_NAMED}:
        return True
    values = link.candidate.values[0] | link.candidate.values[1]
    return not values or any(
        not isinstance(one, tuple) or one[0] != "number" or one[1] > _LARGE for one in values
    )


def _may_stay(link: Link) -> bool:
    """Next to a difference that shows both wordings: another one, a phrase that is quoted, a clause."""
    if link.reason is Reason.WORDS_REPLACED:
        return True
    if link.reason in QUOTED:  # beyond one figure or name, which may be there for other reasons
        went = link.reason is Reason.WRONG_WORDS_WENT
        return (link.claim.said if went else link.claim.says).count(" ") > 1
    return link.candidate.difference.nature not in FACTS


def _of_section(claim: Claim, links: dict[int, Link], index: Index, rarity: Rarity) -> list[Candidate]:
    """Additions elsewhere that share names with the text under the notice, which belongs to it."""
    below = [link.candidate for link in links.values() if link.reason is Reason.STANDS_UNDER]
    names = claim.names.union(*[one.names for one in below]) if below else frozenset()
    if not names:
        return []
    section = attrs.evolve(
        claim, names=names, stems=stems(names, claim.notice.language), values=frozenset()
    )
    return [
        one
        for one in index.named_by(section)
        if not one.parts[0].strip() and sum(map(rarity.of, one.stems & section.stems)) >= RARE_TOGETHER
    ]
