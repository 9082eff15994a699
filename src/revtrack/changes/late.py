"""Late: what a notice explains that was added revisions after the change."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from revtrack.changes.candidates import Candidate, Index, candidates
from revtrack.changes.claims import claim_of
from revtrack.changes.disclosure import Disclosure, fresh_notices, with_late
from revtrack.changes.kinds import Change, DisclosureState
from revtrack.changes.linking import later_links
from revtrack.changes.revision import Revision
from revtrack.changes.words import spoken

__all__ = ["disclosed_late"]

_OPEN = frozenset({DisclosureState.UNDISCLOSED, DisclosureState.POSSIBLE})


def disclosed_late(revisions: Sequence[Revision]) -> tuple[Revision, ...]:
    """The *revisions* of one history, with what each one's notices explain of those before it.

    A difference that was undisclosed becomes LATE with the first later notice that gives its values or
    its words. The link is in `Revision.disclosures` of the change's revision and in `Revision.late` of
    the notice's. The result is the same for revisions of which some were linked before.
    """
    if len(revisions) < 2:
        return tuple(revisions)
    told = [list(revision.changes) for revision in revisions]
    links: list[list[Disclosure]] = [[] for _ in revisions]
    came: list[list[Disclosure]] = [[] for _ in revisions]
    able = Index()
    place_of: dict[Candidate, int] = {}
    for place, revision in enumerate(revisions):
        notices = fresh_notices(revision.new.notices, revision.changes)[0] if able else []
        explained: set[Candidate] = set()
        for notice in notices:
            for link in later_links(claim_of(notice), able):
                one = link.candidate
                if one in explained:
                    continue
                explained.add(one)
                at = place_of[one]
                told[at][one.number], late = with_late(told[at][one.number], link, revision.interval)
                links[at].append(late)
                came[place].append(late)
        able.drop(explained)
        still_open = _open(revision.changes, spoken(revision.new))
        able.add(still_open)
        place_of |= dict.fromkeys(still_open, place)
    return tuple(
        [
            attrs.evolve(
                revision,
                changes=tuple(told[place]),
                disclosures=(*revision.disclosures, *links[place]),
                late=(*revision.late, *came[place]),
            )
            if links[place] or came[place]
            else revision
            for place, revision in enumerate(revisions)
        ]
    )


def _open(changes: Sequence[Change], language: str) -> list[Candidate]:
    """The differences that a later notice may still explain."""
    return [one for one in candidates(changes, language) if one.difference.state in _OPEN]
