"""Every change in plain words: one sentence for what was observed, one for what explains it.

The words claim no more than the comparison knows. A headline is *corrected* only where a correction
notice says so, and *changed* otherwise. Every format of the report and the ledger takes its sentences
from this module and from `revtrack.report.disclosures`. They hold no text of the article, so that each
format can quote, escape and isolate that text in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

import attrs

from revtrack.changes.kinds import (
    Change,
    DisclosureState,
    HeadlineChanged,
    LinkChanged,
    MediaChanged,
    MetadataChanged,
    Nature,
    NoticeAdded,
    NoticeRemoved,
    Prominence,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
    UpdateAdded,
)
from revtrack.changes.revision import Revision
from revtrack.diff.ops import Equal
from revtrack.history import History
from revtrack.model import Article, Notice, NoticeKind, ScreenReason, Span
from revtrack.report.disclosures import (
    UNDISCLOSED,
    clause,
    delay_of,
    leftover,
    reason,
    same_change,
    tally,
)
from revtrack.report.moments import moment, when
from revtrack.report.nouns import (
    counted,
    entry_name,
    field_name,
    headline_name,
    notice_name,
    substance,
    unit,
    variant_name,
    was,
)
from revtrack.versions import Interval, Screened

__all__ = [
    "ChangeWords",
    "described",
    "lede",
    "observed",
    "remarks",
    "screened_because",
    "seen",
    "summary",
]


@attrs.frozen
class ChangeWords:
    """A change in words: `observed` is a sentence without its full stop, `disclosure` may be empty.

    `reason` says why its `state` is what it is, and is empty where nothing explains it. `leftover` are
    the old and new words that no notice explains, of a change that is partly disclosed. `fields` are
    the places of a headline that changed in the same words, where there are several. `entry` names the
    entry of a live blog that it is in, by its id on the page too. Formats must escape these two.
    """

    observed: str
    disclosure: str
    nature: str
    substance: str
    rule: str
    state: DisclosureState
    reason: str = ""
    leftover: tuple[tuple[str, str], ...] = ()
    fields: str = ""
    entry: str = ""

    @property
    def undisclosed(self) -> bool:
        """Whether no notice explains it, or some of its words."""
        return self.state in UNDISCLOSED

    @property
    def status(self) -> str:
        """The state as a label; empty where nothing is called for."""
        return "" if self.state is DisclosureState.NONE_NEEDED else self.state.value

    @property
    def sentence(self) -> str:
        """What was observed and what explains it, as one sentence."""
        return f"{self.observed}; {self.disclosure}." if self.disclosure else f"{self.observed}."


def described(revision: Revision) -> tuple[ChangeWords, ...]:
    """Every change of *revision* in words, in the order of `Revision.changes`."""
    delays = {
        same_change(one.change)[:4]: str(delay_of(one, revision.interval))
        for one in revision.disclosures
        if one.state is DisclosureState.LATE
    }
    return tuple(
        [
            ChangeWords(
                observed=observed(change, revision),
                disclosure=clause(change, delay=delays.get(same_change(change)[:4], "")),
                nature=change.nature.value,
                substance=substance(change.substantive),
                rule=change.rule,
                state=change.state,
                reason=reason(change) or _linked(change, revision),
                leftover=leftover(change),
                fields=_fields(change),
                entry=entry_name(change.entry) if change.entry else "",
            )
            for change in revision.changes
        ]
    )


def observed(change: Change, revision: Revision | None = None) -> str:
    """What was observed, as a sentence without its full stop.

    Without its *revision* a passage is called *text*, and not *two paragraphs*.
    """
    old, new = (revision.old, revision.new) if revision else (None, None)
    match change:
        case HeadlineChanged():
            return f"{headline_name(change.source)} was {_changed_or_corrected(change)}"
        case UpdateAdded():
            return "An update was added" + _really(change)
        case NoticeAdded():
            return f"{notice_name(change.notice)} was added"
        case NoticeRemoved():
            return f"{notice_name(change.notice)} was removed"
        case TextAdded():
            return _stretch(change.new_spans, new, "added") + _notice_part(change, "to")
        case TextRemoved():
            return _stretch(change.old_spans, old, "removed") + _notice_part(change, "from")
        case TextEdited():
            return _EDITED[change.nature]
        case TextMoved():
            edited = any(not isinstance(op, Equal) for op in change.ops)
            return _moved(change, new) + (", and edited" if edited else "")
        case MetadataChanged():
            return f"{field_name(change.field)} {_fate(change)}"
        case LinkChanged():
            return "The target of a link was changed"
        case MediaChanged():
            medium = "A caption" if change.old and change.new else "A picture, recording or embed"
            return f"{medium} {_fate(change)}"
        case _:
            assert_never(change)


def lede(revision: Revision) -> str:
    """When the revision was made and what it holds, as a sentence without its full stop."""
    if not revision.changes:
        return "No changes"
    return f"Made {when(revision.interval)}: {summary(revision)}"


def remarks(revision: Revision) -> tuple[str, ...]:
    """What limits the result, as sentences without capital and full stop."""
    return (*[remark.text for remark in revision.remarks], *_against_time(revision.interval))


def _against_time(interval: Interval) -> Iterable[str]:
    old, new = interval.after, interval.until
    if old is not None and new is not None and old > new:
        yield (
            f"the old side was captured later ({moment(old)}) than the new one ({moment(new)}): "
            "the changes are reported against the order of time"
        )


def summary(*revisions: Revision) -> str:
    """How many changes the revisions have, and how many of them are in which state of disclosure."""
    return str(tally(revisions))


def seen(history: History) -> str:
    """How many captures a history has, how many of them were screened out, and how many versions."""
    shown = sum(len(version.captures) for version in history.versions)
    screened = f" ({len(history.screened):,} screened out)" if history.screened else ""
    captures = counted(shown + len(history.screened), "capture")
    return f"{captures}{screened}, {counted(len(history.versions), 'version')}"


def screened_because(screened: Screened) -> str:
    """Why a capture was screened out; the detail without its last part, which is advice to callers."""
    if screened.reason is ScreenReason.FETCH_FAILED:
        return screened.detail
    return screened.detail.rpartition(": ")[0] or screened.detail


# ---------------------------------------------------------------------------------------------
# the parts of the sentences

_PROMINENCE = {
    Prominence.INTO_LEAD: ", into the first three paragraphs",
    Prominence.OUT_OF_LEAD: ", out of the first three paragraphs",
    Prominence.SAME: "",
}

_EDITED = {
    Nature.NEGATION: "A negation was added or removed",
    Nature.NUMBER: "A number was changed",
    Nature.AMOUNT: "An amount was changed",
    Nature.PERCENTAGE: "A percentage was changed",
    Nature.DATE: "A date was changed",
    Nature.NAME: "A name was changed",
    Nature.PLACE: "A place was changed",
    Nature.QUOTE: "The words of a quote were changed",
    Nature.ATTRIBUTION: "The attribution of a statement was changed",
    Nature.HEDGE: "A statement was made more or less certain",
    Nature.TENSE: "The tense of a statement was changed",
    Nature.CONTENT: "The meaning of a sentence was changed",
    Nature.NOTICE: "The text of a notice was changed",
    Nature.WORDING: "A sentence was reworded",
    Nature.TYPO: "A spelling was changed",
    Nature.PUNCTUATION: "The punctuation of a sentence was changed",
    Nature.FORMAT: "The form of a sentence was changed",
    Nature.ORDER: "The order of words was changed",
    Nature.LINK: "The text of a link was changed",
    Nature.MEDIA: "The text of a medium was changed",
    Nature.METADATA: "The text of the metadata was changed",
}
"""What is said of an edited sentence, for every nature."""


def _linked(change: Change, revision: Revision) -> str:
    """Why its notices are linked to a change that needs none, such as a spelling put right."""
    if not change.disclosed_by:
        return ""
    found = [
        one.words
        for one in revision.disclosures
        if same_change(one.change)[:4] == same_change(change)[:4]
    ]
    return "; ".join(dict.fromkeys(found))


def _fields(change: Change) -> str:
    """Where a headline reads as `change` says, when that is not one place alone."""
    if not isinstance(change, HeadlineChanged):
        return ""
    alike = [one for one in change.variants if (one.old, one.new) == (change.old, change.new)]
    return ", ".join([variant_name(one.source) for one in alike]) if len(alike) > 1 else ""


def _changed_or_corrected(change: Change) -> str:
    if any(notice.kind is NoticeKind.CORRECTION for notice in change.disclosed_by):
        return "corrected"
    return "changed"


def _stretch(spans: tuple[Span, ...], article: Article | None, verb: str) -> str:
    return unit(spans, article) + was(spans, article, verb)


def _notice_part(change: Change, link: str) -> str:
    """Text that was added to or removed from a notice, which itself stayed."""
    return f" {link} a notice" if change.nature is Nature.NOTICE else ""


def _moved(change: TextMoved, article: Article | None) -> str:
    how = f"moved {change.direction.value}{_PROMINENCE[change.prominence]}"
    notice = _notice_at(change.new_spans, article) if article else None
    return f"{notice_name(notice)} was {how}" if notice else _stretch(change.new_spans, article, how)


def _notice_at(spans: tuple[Span, ...], article: Article) -> Notice | None:
    """The notice of which *spans* hold most, and beside it nothing."""
    covered = sum([len(span) for span in spans])
    for notice in article.notices:
        place = notice.span
        if place is None or 2 * covered < len(place) or not covered:
            continue
        if all(place.start <= span.start and span.stop <= place.stop for span in spans):
            return notice
    return None


def _really(change: UpdateAdded) -> str:
    if change.notice.kind is NoticeKind.UPDATE:
        return ""
    name = notice_name(change.notice)
    return f", which is {name[:1].lower()}{name[1:]}"


def _fate(change: MetadataChanged | MediaChanged) -> str:
    if change.old is None:
        return "was added"
    return "was removed" if change.new is None else "was changed"
