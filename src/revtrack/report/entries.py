"""Entries of the list of changes, and the references between them.

Neighbouring blocks that were removed, or added, are one entry. In a live blog only blocks of the same
live entry are combined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TypeAlias

import attrs

from revtrack.changes import kinds
from revtrack.changes.detect import WITH_ENTRY
from revtrack.changes.disclosure import Disclosure
from revtrack.changes.kinds import Change, DisclosureState
from revtrack.changes.revision import Revision
from revtrack.model import Article, Notice, Span
from revtrack.report import phrases
from revtrack.report.catalogue import N_, tr
from revtrack.report.marks import Quoted, opening, quoted, variants
from revtrack.report.nouns import blocks_of, entry_name, substance, unit

__all__ = [
    "TECHNICAL_HEADING",
    "Entry",
    "Reference",
    "Technical",
    "entries",
    "references",
    "technical_entries",
]

TECHNICAL_HEADING = N_("Not counted as edits: differences caused by extraction or by a partial capture")
"""The heading over technical differences."""


@attrs.frozen
class Reference:
    """A link from one change to another: the number of a revision and, where known, of its change.

    `delay` is the time between the change and the notice, empty where both were added together; `since`
    counts from the last capture with the old wording. `possible`: the notice may explain the change.
    `to_notice`: the link leads from a change to its notice, and not the other way.
    """

    revision: int
    change: int | None
    delay: str = ""
    since: str = ""
    possible: bool = False
    to_notice: bool = False

    @property
    def words(self) -> str:
        """Its text: what this notice explains, or which notice explains this change."""
        if self.to_notice:
            sentence = tr("Explained by the notice added in revision {number}", number=self.revision)
            since = N_("{said}, {time} after the last capture of the old wording")
            return tr(since, said=sentence, time=self.since) if self.since else sentence
        sentence = N_("May explain change {change} of revision {revision}")
        sentence = sentence if self.possible else N_("Explains change {change} of revision {revision}")
        sentence = tr(sentence, change=self.change, revision=self.revision)
        return (
            tr("{said}, made {delay} earlier", said=sentence, delay=self.delay)
            if self.delay
            else sentence
        )

    @property
    def anchor(self) -> str:
        """The anchor of its target in the HTML report."""
        return f"r{self.revision}" if self.change is None else f"r{self.revision}-c{self.change}"


References: TypeAlias = Mapping[int, tuple[Reference, ...]]
"""The references of one revision's changes, by their numbers from 1."""


def references(revisions: Sequence[Revision]) -> tuple[References, ...]:
    """Per revision, the links from a notice to what it explains, and from a change to a late notice."""
    found: list[dict[int, list[Reference]]] = [defaultdict(list) for _ in revisions]
    places = [{phrases.same_change(c): n for n, c in enumerate(r.changes, 1)} for r in revisions]
    notices = [_notices(revision.changes) for revision in revisions]
    late = {
        (phrases.same_change(link.change), link.notice.text): at
        for at, revision in reversed(list(enumerate(revisions)))
        for link in revision.late
    }
    for at, revision in enumerate(revisions):
        for link in revision.disclosures:
            key = phrases.same_change(link.change)
            number = places[at].get(key)
            to = at if link.late is None else late.get((key, link.notice.text))
            if number is None or to is None:
                continue
            notice = notices[to].get(link.notice.text)
            delay = str(phrases.delay_of(link, revision.interval)) if link.late else ""
            if to != at:
                since = _since(link, revision)
                found[at][number].append(Reference(to + 1, notice, delay, since, to_notice=True))
            if notice is not None and (to, notice) != (at, number):
                possible = link.state is DisclosureState.POSSIBLE
                found[to][notice].append(Reference(at + 1, number, delay, possible=possible))
    return tuple([{n: tuple(dict.fromkeys(refs)) for n, refs in one.items()} for one in found])


def _since(link: Disclosure, revision: Revision) -> str:
    """How long after the last capture with the old wording the notice was added."""
    start, late = revision.interval.after, link.late
    if start is None or late is None or late.after is None or late.until is None:
        return ""
    return str(phrases.Delay(late.after - start, late.until - start))


def _notices(changes: Sequence[Change]) -> dict[str, int]:
    return {
        change.notice.text: number
        for number, change in enumerate(changes, 1)
        if isinstance(change, kinds.NoticeAdded | kinds.UpdateAdded)
    }


@attrs.frozen
class Entry:
    """One change in words, or neighbours that are listed as one.

    `first` is the number of the first of its `changes`, from 1; `change` is that first one, with the
    evidence of all. `observed` is a sentence without its full stop; `disclosure` (its second half) and
    `reason` may be empty. `references` lead to the notice that explains it late, or to what this
    notice explains.
    """

    first: int
    changes: tuple[Change, ...]
    change: Change
    observed: str
    disclosure: str
    reason: str
    references: tuple[Reference, ...] = ()

    @property
    def sentence(self) -> str:
        """What was observed and what explains it, as one sentence."""
        return f"{self.observed}; {self.disclosure}." if self.disclosure else f"{self.observed}."

    @property
    def substantive(self) -> bool:
        """Whether its changes are substantive."""
        return self.change.substantive

    @property
    def undisclosed(self) -> bool:
        """Whether no notice explains it, or some of its words."""
        return self.change.state in phrases.UNDISCLOSED

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """Its order among entries: undisclosed changes first, then substantive ones."""
        return not self.undisclosed, not self.substantive, self.kind == "notice"

    @property
    def facts(self) -> tuple[str, ...]:
        """Its nature, whether it is substantive, and its state where it needs a notice."""
        state = self.change.state
        needed = (tr(state.value),) if state is not DisclosureState.NONE_NEEDED else ()
        return (tr(self.change.nature.value), substance(self.substantive), *needed)

    @property
    def same_variants(self) -> str:
        """The variants of a headline that changed in the same words, where there are several."""
        return phrases.same_variants(self.change)

    @property
    def details(self) -> tuple[str, ...]:
        """The same change in other variants, the live entry, and the reason for the state."""
        found = (
            tr("Same change in: {places}", places=self.same_variants) if self.same_variants else "",
            tr("In {entry}", entry=entry_name(self.change.entry)) if self.change.entry else "",
            tr("Reason: {reason}", reason=self.reason) if self.reason else "",
        )
        return tuple([one for one in found if one])

    @property
    def unexplained(self) -> tuple[tuple[str, str], ...]:
        """The old and new words that no notice explains, of a change that is partly disclosed."""
        return phrases.unexplained_words(self.change)

    @property
    def kind(self) -> str:
        """The kind that readers filter by: ``notice``, ``headline``, or empty."""
        if isinstance(self.change, kinds.UpdateAdded | kinds.NoticeAdded | kinds.NoticeRemoved):
            return "notice"
        return "headline" if isinstance(self.change, kinds.HeadlineChanged) else ""

    @property
    def brief(self) -> bool:
        """Whether it is shown on one line."""
        return isinstance(self.change, kinds.MetadataChanged) and not self.substantive

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notices that explain it, or that may."""
        if isinstance(self.change, kinds.UpdateAdded | kinds.NoticeAdded):
            return ()
        return self.change.disclosed_by or self.change.possibly_by

    @property
    def number(self) -> str:
        """The numbers of its changes: ``3``, or ``3-10`` with a dash."""
        if len(self.changes) == 1:
            return str(self.first)
        return f"{self.first}\N{EN DASH}{self.first + len(self.changes) - 1}"

    @property
    def quoted(self) -> tuple[Quoted, ...]:
        """The words of each of its changes, with some context."""
        return tuple([quoted(change) for change in self.changes])

    @property
    def whole(self) -> tuple[Quoted, ...]:
        """The same, not abridged."""
        return tuple([quoted(change, whole=True) for change in self.changes])

    @property
    def variants(self) -> tuple[Quoted, ...]:
        """The variants of a headline that changed in words of their own."""
        return tuple([one for change in self.changes for one in variants(change)])


def entries(revision: Revision, found: References = MappingProxyType({})) -> tuple[Entry, ...]:
    """The changes of *revision* in order; each is in one entry and keeps its number.

    *found* are the references of the revision's changes, by their numbers.
    """
    links: dict[object, list[Disclosure]] = defaultdict(list)
    for one in revision.disclosures:
        links[phrases.same_change(one.change)].append(one)
    result: list[Entry] = []
    first = 1
    for group in _grouped(revision.changes, revision):
        numbers = range(first, first + len(group))
        leading = dict.fromkeys([one for number in numbers for one in found.get(number, ())])
        change = _merged(group)
        disclosures = links.get(phrases.same_change(change), [])
        late = [one for one in disclosures if one.state is DisclosureState.LATE]
        delay = str(phrases.delay_of(late[-1], revision.interval)) if late else ""
        result.append(
            Entry(
                first=first,
                changes=tuple(group),
                change=change,
                observed=phrases.observed(change, revision),
                disclosure=phrases.disclosure_clause(change, delay=delay),
                reason=phrases.reason(change, disclosures, revision),
                references=tuple(leading),
            )
        )
        first += len(group)
    return tuple(result)


def _grouped(changes: Iterable[Change], revision: Revision) -> list[list[Change]]:
    groups: list[list[Change]] = []
    for change in changes:
        if groups and _continues(groups[-1][-1], change, revision):
            groups[-1].append(change)
        else:
            groups.append([change])
    return groups


def _merged(group: list[Change]) -> Change:
    if len(group) == 1:
        return group[0]
    return attrs.evolve(
        group[0],
        old_spans=tuple([span for change in group for span in change.old_spans]),
        new_spans=tuple([span for change in group for span in change.new_spans]),
    )


def _continues(last: Change, change: Change, revision: Revision) -> bool:
    """Whether *change* is the same change as *last*, made to the next block of the same kind."""
    if isinstance(change, kinds.TextRemoved) and isinstance(last, kinds.TextRemoved):
        neighbours = _neighbours(last.old_spans, change.old_spans, revision.old)
    elif isinstance(change, kinds.TextAdded) and isinstance(last, kinds.TextAdded):
        neighbours = _neighbours(last.new_spans, change.new_spans, revision.new)
    else:
        both_moved = isinstance(last, kinds.TextMoved) and isinstance(change, kinds.TextMoved)
        return both_moved and last.rule == change.rule == WITH_ENTRY
    return neighbours and _judgement(last) == _judgement(change)


def _judgement(change: Change) -> tuple[object, ...]:
    return (
        *(change.rule, change.nature, change.substantive, change.entry),
        *(change.state, change.disclosed_by, change.possibly_by),
    )


def _neighbours(earlier: Iterable[Span], later: Iterable[Span], article: Article) -> bool:
    one, two = (
        [index for span in spans for index in blocks_of(span, article)] for spans in (earlier, later)
    )
    if not one or not two or two[0] != one[-1] + 1:
        return False
    blocks = [article.blocks[index] for index in (*one, *two)]
    return blocks[0].entry is not None or len({block.kind for block in blocks}) == 1


@attrs.frozen
class Technical:
    """A technical difference on one line: what it is, and how its text begins."""

    description: str
    text: str


def technical_entries(revision: Revision) -> tuple[Technical, ...]:
    """The technical differences of *revision*, which are not changes."""
    return tuple(
        Technical(_technical(_merged(group), revision), opening(group[0].old or group[0].new or ""))
        for group in _grouped(revision.technical, revision)
    )


def _technical(change: Change, revision: Revision) -> str:
    if isinstance(change, kinds.TextRemoved):
        only = N_("{unit}, in the old article only")
        return unit(change.old_spans, revision.old, only, only)
    if isinstance(change, kinds.TextAdded):
        only = N_("{unit}, in the new article only")
        return unit(change.new_spans, revision.new, only, only)
    if isinstance(change, kinds.TextMoved) and change.rule == WITH_ENTRY:
        elsewhere = N_("{unit}, at another place of the live blog")
        return unit(change.new_spans, revision.new, elsewhere, elsewhere)
    return phrases.observed(change, revision)
