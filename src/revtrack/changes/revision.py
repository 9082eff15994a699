"""Revision: the step from one version of an article to the next."""

from __future__ import annotations

from functools import cached_property
from typing import TypeVar

import attrs

from revtrack.changes.disclosure import Disclosure
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
from revtrack.diff.ops import Move, TextOp
from revtrack.model import Article, Interval
from revtrack.presentation import Presented, Tabular
from revtrack.remarks import Remark

__all__ = ["Revision"]

C = TypeVar("C")


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
