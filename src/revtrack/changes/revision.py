"""Revision: the step from one version to the next, what limits it, what later notices say of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TypeVar

import attrs

from revtrack.changes.candidates import Candidate, Index, candidates
from revtrack.changes.claims import claim_of
from revtrack.changes.disclosure import Disclosure, fresh_notices, with_late
from revtrack.changes.kinds import (
    Change,
    DisclosureState,
    HeadlineChanged,
    LinkChanged,
    MediaChanged,
    MetadataChanged,
    NoticeAdded,
    NoticeRemoved,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
    UpdateAdded,
)
from revtrack.changes.linking import NOTICES, later_links
from revtrack.changes.stretches import Belongs
from revtrack.changes.tiling import Pair
from revtrack.changes.words import is_read, spoken
from revtrack.diff.ops import Move, TextOp
from revtrack.model import Article, Interval
from revtrack.presentation import Presented, Tabular
from revtrack.remarks import PARTIAL, Remark, RemarkKind

__all__ = ["Revision", "disclosed_late", "doubts"]

C = TypeVar("C")

_OPEN = frozenset({DisclosureState.UNDISCLOSED, DisclosureState.POSSIBLE})
"""The states of differences that a later notice may still explain."""


@attrs.frozen(repr=False)
class Revision(Presented, Tabular):
    """How one version of an article became the next: typed changes, operations, evidence.

    `changes` are in reading order, the headline first. `disclosures` say which notice of the new
    article explains which of them, for which reason and how surely, in a history also those of later
    revisions; `late` are the links of this revision's notices to changes of earlier ones. `technical`
    are differences that
    extraction made and not the page: text that both pages hold and only one article took. `ops` tile
    `old.text` and `new.text`: applied to the old text they give the new text. `moves` pair a Delete
    with an Insert of `ops`. `interval` bounds when it happened. `remarks` say what limits the result,
    such as a bound that was hit or articles that were extracted by different rules: each has a label
    for programs and words for people.
    """

    old: Article
    new: Article
    changes: tuple[Change, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    late: tuple[Disclosure, ...] = ()
    technical: tuple[Change, ...] = ()
    ops: tuple[TextOp, ...] = ()
    moves: tuple[Move, ...] = ()
    interval: Interval = attrs.field(factory=Interval)
    remarks: tuple[Remark, ...] = ()

    def _of(self, *types: type[C]) -> tuple[C, ...]:
        return tuple([change for change in self.changes if isinstance(change, types)])

    @cached_property
    def headline(self) -> HeadlineChanged | None:
        """The change of the headline, None where it reads the same."""
        found = self._of(HeadlineChanged)
        return found[0] if found else None

    @cached_property
    def updates(self) -> tuple[UpdateAdded, ...]:
        """The updates that were added."""
        return self._of(UpdateAdded)

    @cached_property
    def removed(self) -> tuple[TextRemoved, ...]:
        """The text that is gone."""
        return self._of(TextRemoved)

    @cached_property
    def added(self) -> tuple[TextAdded, ...]:
        """The text that is new, notices and updates apart."""
        return self._of(TextAdded)

    @cached_property
    def edited(self) -> tuple[TextEdited, ...]:
        """The sentences that read differently."""
        return self._of(TextEdited)

    @cached_property
    def moved(self) -> tuple[TextMoved, ...]:
        """The text that stands at another place."""
        return self._of(TextMoved)

    @cached_property
    def notices(self) -> tuple[NoticeAdded | NoticeRemoved, ...]:
        """The notices that came or went, updates apart."""
        return tuple([c for c in self.changes if isinstance(c, NoticeAdded | NoticeRemoved)])

    @cached_property
    def metadata(self) -> tuple[MetadataChanged, ...]:
        """The changes of byline, dates, section, address."""
        return self._of(MetadataChanged)

    @cached_property
    def links(self) -> tuple[LinkChanged, ...]:
        """The words that link elsewhere."""
        return self._of(LinkChanged)

    @cached_property
    def media(self) -> tuple[MediaChanged, ...]:
        """The pictures, films, sounds and embeds that came, went or were replaced."""
        return self._of(MediaChanged)

    @cached_property
    def undisclosed(self) -> tuple[Change, ...]:
        """The changes with a substantive difference that nothing explains, and nothing may explain.

        A notice that was added, or reworded, needs no other notice; one that was removed does. Neither
        does an entry that was added to a live blog: it says itself that it is new.
        """
        accused = {DisclosureState.UNDISCLOSED, DisclosureState.PARTLY}
        return tuple([change for change in self.changes if change.state in accused])


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
        those = candidates(revision.changes, spoken(revision.new))
        still_open = [one for one in those if one.difference.state in _OPEN]
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


# ------------------------------------------------------------------------------------------ doubts

_MOST = 0.5
"""The share of each side that has no partner from which a story counts as rewritten; range .4 to .8."""
_FEWEST = 3
"""Stretches without partner on each side that make a story of it; range 2 to 6."""


def doubts(pair: Pair, changes: Sequence[Change], reasons: Sequence[Remark]) -> tuple[Remark, ...]:
    """What limits the comparison; *reasons* are why some of what differs is no edit."""
    old, new = pair.old.article, pair.new.article
    # that a capture may be a part matters beside one that is not, which has a remark of its own
    textless = not old.blocks and not new.blocks
    own = [one for one in (*old.remarks, *new.remarks) if textless or one.kind not in PARTIAL]
    found = dict.fromkeys([*own, *_of_extraction(pair, changes)])
    another = any(remark.kind is RemarkKind.OTHER_PAGE for remark in reasons)
    return (*found, *reasons, *(() if another else _rewritten(pair)), *_unread(changes, new))


def _of_extraction(pair: Pair, changes: Sequence[Change]) -> Iterator[Remark]:
    """What the two articles were made by differs, or a bound was met as they were aligned."""
    old, new = pair.old.article, pair.new.article
    if old.extractor != new.extractor:
        rules = " and ".join([f"{one.name} {one.version}" for one in (old.extractor, new.extractor)])
        yield Remark(
            RemarkKind.DIFFERENT_EXTRACTORS,
            f"the two articles were extracted by different rules ({rules}): "
            "some changes may come from extraction, not from the page",
        )
    resized = any(isinstance(change, TextAdded | TextRemoved) for change in changes)
    if resized and old.container and new.container and old.container != new.container:
        yield Remark(
            RemarkKind.ANOTHER_CONTAINER,
            f"the text was taken from another element of the page ({old.container}, then "
            f"{new.container}): some of what was added or removed may come from that, not from an edit",
        )
    if pair.alignment.bounded:
        yield Remark(
            RemarkKind.BOUND_REACHED,
            "a size bound was reached in alignment: some edited text may appear as removed and added",
        )
    if len(new.notices) > NOTICES:
        yield Remark(
            RemarkKind.BOUND_REACHED,
            f"the article has {len(new.notices):,} notices: only the first {NOTICES:,} were held "
            "against its changes",
        )


def _rewritten(pair: Pair) -> Iterator[Remark]:
    """Most of the story is new (a write-through): no change of it is silent by itself."""
    shares = []
    for loose, side in ((pair.tiling.deleted, pair.old), (pair.tiling.inserted, pair.new)):
        story = [one for one in loose if one.belongs is Belongs.BLOCK]
        length = sum([len(span) for one in story for span in one.spans])
        if pair.entries or len(story) < _FEWEST or length < _MOST * len(side.text):
            return
        shares.append(length / len(side.text))
    yield Remark(
        RemarkKind.REWRITTEN,
        f"the story was rewritten: {shares[0]:.0%} of the old text has no counterpart in the new one, "
        f"and {shares[1]:.0%} of the new text none in the old one",
    )


def _unread(changes: Sequence[Change], new: Article) -> Iterator[Remark]:
    """The article's notices are not read, and something of substance was changed."""
    if not is_read(new) and any(change.substantive for change in changes):
        said = f"the article's language ({new.language})" if new.language else "the article's language"
        yield Remark(
            RemarkKind.LANGUAGE_NOT_READ,
            f"{said} is not one whose notices are read: a notice may have been overlooked",
        )
