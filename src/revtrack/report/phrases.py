"""The phrase catalogue: for every change, what was observed and what explains it.

The words claim no more than the comparison shows. A headline is *corrected* only where a correction
notice says so, and *changed* otherwise. Every format of the report and the ledger uses these sentences.
They contain no text of the article, so that each format can quote and escape it in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import assert_never

import attrs

from revtrack.changes import kinds
from revtrack.changes.disclosure import Disclosure
from revtrack.changes.kinds import Change, Direction, DisclosureState, Nature, Prominence
from revtrack.changes.revision import Revision
from revtrack.diff.ops import Equal
from revtrack.ledger import DisclosedLate
from revtrack.model import Article, Interval, Notice, NoticeKind, Span
from revtrack.remarks import Remark, RemarkKind
from revtrack.report import nouns
from revtrack.report.catalogue import N_, language, tr, tr_many

__all__ = [
    "UNDISCLOSED",
    "Delay",
    "delay_of",
    "disclosure_clause",
    "explained",
    "glossary",
    "notice_sentence",
    "observed",
    "reason",
    "remark_of",
    "remarks",
    "same_change",
    "same_variants",
    "unexplained_words",
]

UNDISCLOSED = frozenset({DisclosureState.UNDISCLOSED, DisclosureState.PARTLY})
"""The states of a change with words that no notice explains."""

_MEANINGS = {
    N_("disclosed"): N_(
        "A correction, update or other notice explains the change, or the page itself shows the old "
        "words struck out."
    ),
    N_("disclosed late"): N_(
        "A notice explains the change but was added in a later version. The delay is a range, because "
        "each event is known only to lie between two captures."
    ),
    N_("partly disclosed"): N_(
        "A notice explains some of the changed words. The words that no notice explains are listed; "
        "the change counts as undisclosed."
    ),
    N_("possibly disclosed"): N_(
        "Something suggests disclosure and does not prove it: a general notice, a language whose "
        "notices revtrack does not read, a partial capture. The reason is given."
    ),
    N_("undisclosed"): N_(
        "Substantive, and not explained by any correction notice in the captures compared. It is an "
        "observation about the captures and says nothing about anyone's intent."
    ),
}


def glossary() -> tuple[tuple[str, str], ...]:
    """Each state and what it means."""
    return tuple([(tr(state), tr(words)) for state, words in _MEANINGS.items()])


_EDITED = {
    Nature.NEGATION: N_("A negation was added or removed"),
    Nature.NUMBER: N_("A number was changed"),
    Nature.AMOUNT: N_("An amount was changed"),
    Nature.PERCENTAGE: N_("A percentage was changed"),
    Nature.DATE: N_("A date was changed"),
    Nature.NAME: N_("A name was changed"),
    Nature.PLACE: N_("A place was changed"),
    Nature.QUOTE: N_("The words of a quote were changed"),
    Nature.ATTRIBUTION: N_("The attribution of a statement was changed"),
    Nature.HEDGE: N_("A statement was made more or less certain"),
    Nature.TENSE: N_("The tense of a statement was changed"),
    Nature.CONTENT: N_("The meaning of a sentence was changed"),
    Nature.NOTICE: N_("The text of a notice was changed"),
    Nature.WORDING: N_("A sentence was reworded"),
    Nature.TYPO: N_("A spelling was changed"),
    Nature.PUNCTUATION: N_("The punctuation of a sentence was changed"),
    Nature.FORMAT: N_("The form of a sentence was changed"),
    Nature.ORDER: N_("The order of words was changed"),
    Nature.LINK: N_("The text of a link was changed"),
    Nature.MEDIA: N_("The text of a picture, recording or embed was changed"),
    Nature.METADATA: N_("The text of the metadata was changed"),
}
"""The observation about an edited sentence, for every nature."""

_PROMINENCE = {
    Prominence.INTO_LEAD: N_("{moved}, into the first three paragraphs"),
    Prominence.OUT_OF_LEAD: N_("{moved}, out of the first three paragraphs"),
    Prominence.SAME: "{moved}",
}
_ADDED = (
    (N_("{unit} was added"), N_("{unit} were added")),
    (N_("{unit} was added to a notice"), N_("{unit} were added to a notice")),
)
_REMOVED = (
    (N_("{unit} was removed"), N_("{unit} were removed")),
    (N_("{unit} was removed from a notice"), N_("{unit} were removed from a notice")),
)
_MOVED = {
    Direction.UP: (N_("{unit} was moved up"), N_("{unit} were moved up"), N_("{notice} was moved up")),
    Direction.DOWN: (
        *(N_("{unit} was moved down"), N_("{unit} were moved down"), N_("{notice} was moved down")),
    ),
}

_REMARKS = {
    RemarkKind.DIFFERENT_EXTRACTORS: N_("the two articles were extracted by different rules"),
    RemarkKind.ANOTHER_CONTAINER: N_("the text was taken from another element of the page"),
    RemarkKind.BOUND_REACHED: N_("a size bound was reached in alignment"),
    RemarkKind.TECHNICAL: N_("text that both pages hold was taken for the article in one only"),
    RemarkKind.OVERLOOKED: N_("text of the article may have been overlooked"),
    RemarkKind.OTHER_PAGE: N_("another page is under the address"),
    RemarkKind.REWRITTEN: N_("the story was rewritten"),
    RemarkKind.TEASER: N_("the text may be a teaser"),
    RemarkKind.TRUNCATED: N_("the page may be cut off"),
    RemarkKind.NO_TEXT: N_("the page holds no running text"),
    RemarkKind.LANGUAGE_NOT_READ: N_("a notice in this language may have been overlooked"),
    RemarkKind.CAPTURED_LESS: N_("the new capture shows less of the article"),
    RemarkKind.CAPTURED_MORE: N_("the new capture shows more of the article"),
    RemarkKind.ENTRIES_ELSEWHERE: N_("entries of the live blog are in another order"),
    RemarkKind.UNDATED_RULES: N_("the site rules state no time"),
    RemarkKind.RULE_WITHOUT_MATCH: N_("an element that the site rules name is not on the page"),
    RemarkKind.REBUILT: N_("an archive built the page anew"),
}
"""Messages for remarks in languages other than English; the text of a remark is English."""


# ------------------------------------------------------------------------------- what was observed


def observed(change: Change, revision: Revision | None = None) -> str:
    """The observation of *change*, as a sentence without its full stop.

    The *revision* is needed to say *two paragraphs* instead of *text*.
    """
    old, new = (revision.old, revision.new) if revision else (None, None)
    to_a_notice = change.nature is Nature.NOTICE  # the notice itself was kept
    match change:
        case kinds.HeadlineChanged():
            corrected = any(one.kind is NoticeKind.CORRECTION for one in change.disclosed_by)
            message = N_("{what} was corrected") if corrected else N_("{what} was changed")
            return _subject_sentence(message, nouns.HEADLINES[change.source])
        case kinds.UpdateAdded() if change.notice.kind is NoticeKind.UPDATE:
            return tr("An update was added")
        case kinds.UpdateAdded():
            return tr("An update was added, which is {notice}", notice=nouns.notice_name(change.notice))
        case kinds.NoticeAdded() | kinds.NoticeRemoved():
            added = isinstance(change, kinds.NoticeAdded)
            message = N_("{notice} was added") if added else N_("{notice} was removed")
            return notice_sentence(message, change.notice)
        case kinds.TextAdded():
            return nouns.unit(change.new_spans, new, *_ADDED[to_a_notice])
        case kinds.TextRemoved():
            return nouns.unit(change.old_spans, old, *_REMOVED[to_a_notice])
        case kinds.TextEdited():
            return tr(_EDITED[change.nature])
        case kinds.TextMoved():
            return _moved(change, new)
        case kinds.MetadataChanged():
            return _changed(change, nouns.FIELDS[change.field])
        case kinds.LinkChanged():
            return tr("The target of a link was changed")
        case kinds.MediaChanged():
            caption = change.old and change.new
            return _changed(change, "a caption" if caption else N_("a picture, recording or embed"))
        case _:
            assert_never(change)


def notice_sentence(message: str, notice: Notice) -> str:
    """*message* about *notice*, as a sentence without its full stop."""
    return nouns.capital(tr(message, notice=nouns.notice_name(notice)))


def _moved(change: kinds.TextMoved, article: Article | None) -> str:
    one, many, of_notice = _MOVED[change.direction]
    notice = _notice_at(change.new_spans, article) if article else None
    moved = nouns.unit(change.new_spans, article, one, many)
    moved = tr(
        _PROMINENCE[change.prominence], moved=notice_sentence(of_notice, notice) if notice else moved
    )
    edited = any(not isinstance(op, Equal) for op in change.ops)
    return tr("{moved}, and edited", moved=moved) if edited else moved


def _notice_at(spans: tuple[Span, ...], article: Article) -> Notice | None:
    """The notice that *spans* cover mostly, and nothing outside it."""
    covered = sum([len(span) for span in spans])
    for notice in article.notices:
        place = notice.span
        if place is None or 2 * covered < len(place) or not covered:
            continue
        if all(place.start <= span.start and span.stop <= place.stop for span in spans):
            return notice
    return None


def _changed(change: kinds.MetadataChanged | kinds.MediaChanged, what: str) -> str:
    message = N_("{what} was removed") if change.new is None else N_("{what} was changed")
    message = N_("{what} was added") if change.old is None else message
    return _subject_sentence(message, what)


def _subject_sentence(message: str, what: str) -> str:
    return nouns.capital(tr(message, what=tr(what)))


def same_variants(change: Change) -> str:
    """The variants of a headline that changed in the same words, where there are several."""
    if not isinstance(change, kinds.HeadlineChanged):
        return ""
    same = [one for one in change.variants if (one.old, one.new) == (change.old, change.new)]
    return ", ".join([tr(nouns.VARIANTS[one.source]) for one in same]) if len(same) > 1 else ""


# ------------------------------------------------------------------------------- what explains it


@attrs.frozen
class Delay:
    """The time from a change to its notice: at least `shortest`, at most `longest`."""

    shortest: timedelta | None
    longest: timedelta | None

    def __str__(self) -> str:
        """In words: ``4 to 10 hours``, ``up to 3 days``; empty where times are missing."""
        if self.shortest is None or self.longest is None:
            return ""
        least, most = nouns.duration(self.shortest), nouns.duration(self.longest)
        stop = nouns.counted(*most)
        if least == most:
            return stop
        if not least[0]:
            return tr("up to {time}", time=stop)
        start = least[0] if least[1] == most[1] else nouns.counted(*least)
        return tr("{start} to {stop}", start=start, stop=stop)


def delay_of(link: Disclosure, interval: Interval) -> Delay:
    """The delay of a late disclosure of a change that was made in *interval*."""
    late = DisclosedLate(version=0, interval=interval, disclosure=link)
    return Delay(late.shortest, late.longest)


def same_change(change: Change) -> tuple[object, ...]:
    """A key that is equal for two values of one change, whatever their disclosures."""
    return type(change), change.rule, change.old, change.new, change.old_spans[:1], change.new_spans[:1]


def disclosure_clause(change: Change, *, delay: str = "") -> str:
    """What explains *change*, as the second half of a sentence; empty where no notice is needed."""
    if isinstance(change, kinds.UpdateAdded | kinds.NoticeAdded):
        return ""
    notices = change.disclosed_by or change.possibly_by
    by, number = nouns.notices_of(notices), len(notices)
    match change.state:
        case DisclosureState.UNDISCLOSED:
            return tr("it is not explained by any correction notice")
        case DisclosureState.PARTLY:
            if change.disclosed_by:
                one, many = N_("{by} explains only part of it"), N_("{by} explain only part of it")
                return tr_many(number, one, many, by=by)
            part = tr("{by} may explain part of it", by=by)
            return part if by else tr("only part of it may be disclosed")
        case DisclosureState.POSSIBLE:
            return tr("{by} may explain it", by=by) if by else tr("it is possibly disclosed")
        case DisclosureState.LATE:
            return explained(notices, delay, late=True)
        case DisclosureState.DISCLOSED | DisclosureState.NONE_NEEDED:
            if change.disclosed_by:
                return explained(notices)
            marked = change.state is DisclosureState.DISCLOSED
            return tr("the page shows the old words struck out") if marked else ""


def explained(notices: Sequence[Notice], delay: str = "", *, late: bool = False) -> str:
    """A clause that *notices* explain it; for *late* ones with the *delay*, where it is known."""
    by = nouns.notices_of(notices)
    message = tr_many(len(notices), "{by} explains it", "{by} explain it", by=by)
    if not late:
        return message
    later = N_("{explained}, added {delay} later") if delay else N_("{explained}, added later")
    return tr(later, explained=message, delay=delay)


def reason(change: Change, links: Iterable[Disclosure], revision: Revision) -> str:
    """The reason for the state of *change*, as a sentence without its full stop; may be empty.

    *links* are its disclosures; a change that needs no notice, such as a typo, may have some.
    """
    doubts = {remark.text: remark_of(remark) for remark in revision.remarks}
    if change.state is DisclosureState.UNDISCLOSED:
        return ""
    found = [
        one.reason
        for one in change.differences
        if one.substantive and one.state is not DisclosureState.UNDISCLOSED
    ]
    if change.disclosed_by and not any(found):
        found = [one.words for one in links]
    reasons = [doubts.get(one) or "; ".join(map(tr, one.split("; "))) for one in found if one]
    return "; ".join(dict.fromkeys(reasons))


def remark_of(remark: Remark) -> str:
    """*remark* in the language of the report, as a sentence without its capital and its full stop."""
    kind = _REMARKS.get(remark.kind)
    return remark.text if language() == "en" or kind is None else tr(kind)


def unexplained_words(change: Change) -> tuple[tuple[str, str], ...]:
    """The old and the new words of each difference that no notice explains, of a PARTLY one."""
    if change.state is not DisclosureState.PARTLY:
        return ()
    return tuple(
        (one.old.of(change.old or "").strip(), one.new.of(change.new or "").strip())
        for one in change.differences
        if one.state is DisclosureState.UNDISCLOSED
    )


def remarks(revision: Revision) -> tuple[str, ...]:
    """The limits of the result, as sentences without capital and full stop."""
    found = [remark_of(remark) for remark in revision.remarks]
    old, new = revision.interval.after, revision.interval.until
    if old is not None and new is not None and old > new:
        reversed_order = N_(
            "the old side was captured later ({old}) than the new one ({new}): the changes are "
            "reported against the order of time"
        )
        found.append(tr(reversed_order, old=nouns.moment(old), new=nouns.moment(new)))
    return tuple(found)
