"""References: which change a notice explains and which notice explains a change, by their numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import attrs

from revtrack.changes.disclosure import Disclosure
from revtrack.changes.kinds import Change, DisclosureState, NoticeAdded, UpdateAdded
from revtrack.changes.revision import Revision
from revtrack.model import Notice
from revtrack.report.disclosures import Delay, delay_of, same_change

__all__ = ["Reference", "References", "references"]


@attrs.frozen
class Reference:
    """From one change to another: the number of a revision and, where it is known, of its change.

    `delay` is how much later the notice was added, empty where it was added with the change; `since`
    counts from the last capture that shows the old wording. `possible` says that the notice only may
    explain the change.
    """

    revision: int
    change: int | None
    delay: str = ""
    since: str = ""
    possible: bool = False

    @property
    def words(self) -> str:
        """The place in words: ``change 3 of revision 2``."""
        place = f"revision {self.revision}"
        return place if self.change is None else f"change {self.change} of {place}"


References: TypeAlias = Mapping[int, tuple[Reference, ...]]
"""The references of one revision's changes, by their numbers from 1."""


def references(revisions: Sequence[Revision]) -> tuple[References, ...]:
    """For each revision: from a notice to what it explains, and from a change to its late notice."""
    found: list[dict[int, list[Reference]]] = [defaultdict(list) for _ in revisions]
    places = [{same_change(c): n for n, c in enumerate(r.changes, 1)} for r in revisions]
    notices = [_notices(revision.changes) for revision in revisions]
    for at, revision in enumerate(revisions):
        for link in revision.disclosures:
            number = places[at].get(same_change(link.change))
            if number is None:
                continue
            to = at if link.late is None else _later(link, at, revisions)
            if to is None:
                continue
            delay = str(delay_of(link, revision.interval)) if link.late else ""
            possible = link.state is DisclosureState.POSSIBLE
            notice = notices[to].get(link.notice.text)
            if to != at:
                found[at][number].append(Reference(to + 1, notice, delay, _since(link, revision)))
            if notice is not None and (to, notice) != (at, number):
                found[to][notice].append(Reference(at + 1, number, delay, "", possible))
    return tuple([{n: tuple(dict.fromkeys(refs)) for n, refs in one.items()} for one in found])


def _since(link: Disclosure, revision: Revision) -> str:
    """How long after the last capture with the old wording the notice was added."""
    start, late = revision.interval.after, link.late
    if start is None or late is None or late.after is None or late.until is None:
        return ""
    return str(Delay(late.after - start, late.until - start))


def _notices(changes: Sequence[Change]) -> dict[str, int]:
    return {
        change.notice.text: number
        for number, change in enumerate(changes, 1)
        if isinstance(change, NoticeAdded | UpdateAdded)
    }


def _later(link: Disclosure, at: int, revisions: Sequence[Revision]) -> int | None:
    """The revision that added the notice of a late link."""

    def here(one: Disclosure) -> bool:
        same: Notice = one.notice
        return same == link.notice and same_change(one.change) == same_change(link.change)

    return next(
        (to for to in range(at + 1, len(revisions)) if any(here(one) for one in revisions[to].late)),
        None,
    )
