"""The phrase catalogue: every change in plain words, what was observed and what explains it.

The words claim no more than the comparison knows. A headline is *corrected* only where a correction
notice says so, and *changed* otherwise. Every format of the report and the ledger takes its sentences
from here. They hold no text of the article, so that each format can quote, escape and isolate that text
in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import assert_never

import attrs

from revtrack.changes import kinds
from revtrack.changes.disclosure import Disclosure
from revtrack.changes.kinds import Change, DisclosureState, Nature
from revtrack.changes.revision import Revision
from revtrack.diff.ops import Equal
from revtrack.ledger import DisclosedLate
from revtrack.model import Article, Interval, Notice, NoticeKind, Span
from revtrack.report import nouns

__all__ = [
    "GLOSSARY",
    "UNDISCLOSED",
    "UNEXPLAINED",
    "Delay",
    "clause",
    "delay_of",
    "fields",
    "leftover",
    "observed",
    "reason",
    "remarks",
    "same_change",
]

UNEXPLAINED = "not explained by any correction notice"
"""What is said of an undisclosed change."""

UNDISCLOSED = frozenset({DisclosureState.UNDISCLOSED, DisclosureState.PARTLY})
"""The states of a change some of whose words no notice explains."""

_MEANINGS = {
    DisclosureState.DISCLOSED: """
        A correction, update or other notice explains the change, or the page itself shows the old words
        struck out.""",
    DisclosureState.LATE: """
        A notice explains the change but was added in a later version. The delay is a range, because
        each event is known only to lie between two captures.""",
    DisclosureState.PARTLY: """
        A notice explains some of the changed words. The words that no notice explains are listed; the
        change counts as undisclosed.""",
    DisclosureState.POSSIBLE: """
        Something suggests disclosure and does not prove it: a general notice, a language whose notices
        revtrack does not read, a partial capture. The reason is given.""",
    DisclosureState.UNDISCLOSED: f"""
        Substantive, and {UNEXPLAINED} in the captures compared. It is an observation about the captures
        and says nothing about anyone's intent.""",
}

GLOSSARY = tuple([(state.value, " ".join(words.split())) for state, words in _MEANINGS.items()])
"""Each state and what it means."""

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
    Nature.MEDIA: "The text of a picture, recording or embed was changed",
    Nature.METADATA: "The text of the metadata was changed",
}
"""What is said of an edited sentence, for every nature."""

_PROMINENCE = {
    kinds.Prominence.INTO_LEAD: ", into the first three paragraphs",
    kinds.Prominence.OUT_OF_LEAD: ", out of the first three paragraphs",
    kinds.Prominence.SAME: "",
}


# ------------------------------------------------------------------------------- what was observed


def observed(change: Change, revision: Revision | None = None) -> str:
    """What was observed, as a sentence without its full stop.

    Without its *revision* a passage is called *text*, and not *two paragraphs*.
    """
    old, new = (revision.old, revision.new) if revision else (None, None)
    to_a_notice = change.nature is Nature.NOTICE  # the notice itself was kept
    match change:
        case kinds.HeadlineChanged():
            corrected = any(one.kind is NoticeKind.CORRECTION for one in change.disclosed_by)
            return f"{nouns.HEADLINES[change.source]} was {'corrected' if corrected else 'changed'}"
        case kinds.UpdateAdded():
            name = nouns.notice_name(change.notice)
            really = f", which is {name[:1].lower()}{name[1:]}"
            return f"An update was added{really if change.notice.kind is not NoticeKind.UPDATE else ''}"
        case kinds.NoticeAdded():
            return f"{nouns.notice_name(change.notice)} was added"
        case kinds.NoticeRemoved():
            return f"{nouns.notice_name(change.notice)} was removed"
        case kinds.TextAdded():
            where = " to a notice" if to_a_notice else ""
            return nouns.unit(change.new_spans, new, "added") + where
        case kinds.TextRemoved():
            where = " from a notice" if to_a_notice else ""
            return nouns.unit(change.old_spans, old, "removed") + where
        case kinds.TextEdited():
            return _EDITED[change.nature]
        case kinds.TextMoved():
            return _moved(change, new)
        case kinds.MetadataChanged():
            return f"{nouns.FIELDS[change.field]} {_fate(change)}"
        case kinds.LinkChanged():
            return "The target of a link was changed"
        case kinds.MediaChanged():
            medium = "A caption" if change.old and change.new else "A picture, recording or embed"
            return f"{medium} {_fate(change)}"
        case _:
            assert_never(change)


def _moved(change: kinds.TextMoved, article: Article | None) -> str:
    how = f"moved {change.direction.value}{_PROMINENCE[change.prominence]}"
    notice = _notice_at(change.new_spans, article) if article else None
    moved = nouns.unit(change.new_spans, article, how)
    if notice:
        moved = f"{nouns.notice_name(notice)} was {how}"
    edited = any(not isinstance(op, Equal) for op in change.ops)
    return f"{moved}, and edited" if edited else moved


def _notice_at(spans: tuple[Span, ...], article: Article) -> Notice | None:
    """The notice of which *spans* hold most, and nothing else."""
    covered = sum([len(span) for span in spans])
    for notice in article.notices:
        place = notice.span
        if place is None or 2 * covered < len(place) or not covered:
            continue
        if all(place.start <= span.start and span.stop <= place.stop for span in spans):
            return notice
    return None


def _fate(change: kinds.MetadataChanged | kinds.MediaChanged) -> str:
    if change.old is None:
        return "was added"
    return "was removed" if change.new is None else "was changed"


def fields(change: Change) -> str:
    """The places of a headline that changed in the same words, where there are several."""
    if not isinstance(change, kinds.HeadlineChanged):
        return ""
    alike = [one for one in change.variants if (one.old, one.new) == (change.old, change.new)]
    return ", ".join([nouns.VARIANTS[one.source] for one in alike]) if len(alike) > 1 else ""


# ------------------------------------------------------------------------------- what explains it


@attrs.frozen
class Delay:
    """How long a change was without its notice: at least `shortest`, at most `longest`."""

    shortest: timedelta | None
    longest: timedelta | None

    def __str__(self) -> str:
        """In words: ``4 to 10 hours``, ``up to 3 days``; empty where times are missing."""
        if self.shortest is None or self.longest is None:
            return ""
        least, most = nouns.duration(self.shortest), nouns.duration(self.longest)
        if least == most:
            return most
        if least.startswith("0 "):
            return f"up to {most}"
        number, one = least.split(" ")
        same_unit = one.rstrip("s") == most.split(" ")[1].rstrip("s")
        return f"{number if same_unit else least} to {most}"


def delay_of(link: Disclosure, interval: Interval) -> Delay:
    """The delay of a late disclosure of a change that was made in *interval*."""
    late = DisclosedLate(version=0, interval=interval, disclosure=link)
    return Delay(late.shortest, late.longest)


def same_change(change: Change) -> tuple[object, ...]:
    """What two values of one change have in common, whichever of its links each has."""
    return type(change), change.rule, change.old, change.new, change.old_spans[:1], change.new_spans[:1]


def clause(change: Change, *, delay: str = "") -> str:
    """What explains *change*, as the second half of a sentence; empty where nothing is called for."""
    if isinstance(change, kinds.UpdateAdded | kinds.NoticeAdded):
        return ""
    notices = change.disclosed_by or change.possibly_by
    by = nouns.notices_of(notices)
    explain = "explain" if len(notices) > 1 else "explains"
    match change.state:
        case DisclosureState.UNDISCLOSED:
            return f"it is {UNEXPLAINED}"
        case DisclosureState.PARTLY:
            if change.disclosed_by:
                return f"{by} {explain} only part of it"
            return f"{by} may explain part of it" if by else "only part of it may be disclosed"
        case DisclosureState.POSSIBLE:
            return f"{by} may explain it" if by else "it is possibly disclosed"
        case DisclosureState.LATE:
            return f"{by} {explain} it, added {f'{delay} ' if delay else ''}later"
        case DisclosureState.DISCLOSED | DisclosureState.NONE_NEEDED:
            if change.disclosed_by:
                return f"{by} {explain} it"
            marked = change.state is DisclosureState.DISCLOSED
            return "the page shows the old words struck out" if marked else ""


def reason(change: Change, links: Iterable[Disclosure]) -> str:
    """Why the state of *change* is what it is, as a sentence without its full stop; may be empty.

    *links* are its disclosures: a change that needs no notice may have some, such as a mended spelling.
    """
    if change.state is DisclosureState.UNDISCLOSED:
        return ""
    found = [
        one.reason
        for one in change.differences
        if one.substantive and one.state is not DisclosureState.UNDISCLOSED
    ]
    if change.disclosed_by and not any(found):
        found = [one.words for one in links]
    return "; ".join(dict.fromkeys(filter(None, found)))


def leftover(change: Change) -> tuple[tuple[str, str], ...]:
    """The old and the new words of each difference that no notice explains, of a PARTLY one."""
    if change.state is not DisclosureState.PARTLY:
        return ()
    return tuple(
        (one.old.of(change.old or "").strip(), one.new.of(change.new or "").strip())
        for one in change.differences
        if one.state is DisclosureState.UNDISCLOSED
    )


def remarks(revision: Revision) -> tuple[str, ...]:
    """What limits the result, as sentences without capital and full stop."""
    found = [remark.text for remark in revision.remarks]
    old, new = revision.interval.after, revision.interval.until
    if old is not None and new is not None and old > new:
        found.append(
            f"the old side was captured later ({nouns.moment(old)}) than the new one "
            f"({nouns.moment(new)}): the changes are reported against the order of time"
        )
    return tuple(found)
