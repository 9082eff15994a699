"""The outline of a report: its lines, for every format that is text.

A line consists of words of the report and marked words of the article. The format (`formats`) decides
how a line looks, and escapes every text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import chain
from typing import TypeAlias, assert_never

import attrs

from revtrack import ledger
from revtrack.changes.kinds import Change, Direction, DisclosureState, HeadlineChanged
from revtrack.changes.revision import Revision
from revtrack.history import History
from revtrack.ledger import ClaimState, Ledger, LedgerEntry
from revtrack.model import BlockKind
from revtrack.report import nouns, summary
from revtrack.report.catalogue import N_, tr
from revtrack.report.entries import TECHNICAL_HEADING, Entry, entries, technical_entries
from revtrack.report.layout import rows, stretches
from revtrack.report.marks import Quoted, Run, quoted, sides
from revtrack.report.phrases import (
    Delay,
    disclosure_clause,
    explained,
    notice_sentence,
    observed,
    remarks,
    same_change,
    unexplained_words,
)
from revtrack.report.summary import Finding

__all__ = [
    "ATTESTED",
    "Form",
    "Line",
    "Subject",
    "Text",
    "Tone",
    "finding_lines",
    "ledger_counts",
    "observation",
    "outline",
    "revision_title",
]

ATTESTED = N_("attested by a notice, not captured")
"""The label of an earlier wording that a notice quotes and no capture shows."""


class Form(Enum):
    """The form of a line."""

    TITLE = "title"
    HEADING = "heading"
    SUBHEADING = "subheading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    NUMBERED = "numbered item"
    DETAIL = "detail of an item"
    QUOTE = "words of the article, of an item"
    BLOCK = "block of the article"


class Tone(Enum):
    """The emphasis of words of the report."""

    PLAIN = "plain"
    STRONG = "strong"
    SOFT = "soft"
    ALERT = "alert"


@attrs.frozen
class Text:
    """Words on a line without marks: words of the report, or a text of the article."""

    text: str
    tone: Tone = Tone.PLAIN


Piece: TypeAlias = Text | Run


@attrs.frozen
class Line:
    """One line of a report; `number` is that of a NUMBERED one, `kind` that of a BLOCK."""

    form: Form
    pieces: tuple[Piece, ...]
    number: str = ""
    kind: BlockKind = BlockKind.PARAGRAPH

    @property
    def words(self) -> str:
        """Its text, without marks."""
        return "".join([piece.text for piece in self.pieces])


def _line(form: Form, text: str, tone: Tone = Tone.PLAIN) -> Line:
    return Line(form, (Text(text, tone),))


def _quote(words: Quoted) -> Line:
    label = (Text(f"{words.label}: ", Tone.SOFT),) if words.label else ()
    return Line(Form.QUOTE, (*label, *words.runs))


Subject: TypeAlias = History | Revision | Ledger
"""The subject of a report."""


def outline(subject: Subject, *, title: str | None = None) -> Iterator[Line]:
    """The report of *subject*; *title* replaces the headline on top of a history."""
    if isinstance(subject, History):
        return _history(subject, title)
    if isinstance(subject, Ledger):
        return _ledger(subject)
    if not isinstance(subject, Revision):
        raise TypeError(
            f"subject must be a History, a Revision or a Ledger, not {type(subject).__name__}"
        )
    head = _line(Form.TITLE, revision_title(subject))
    return chain((head,), _revision(subject, entries(subject)))


# -------------------------------------------------------------------------------------- a revision


def revision_title(revision: Revision) -> str:
    """The title of a revision's page."""
    return revision.new.headline or revision.old.headline or tr("Two captures of an article")


def _revision(revision: Revision, some: Iterable[Entry]) -> Iterator[Line]:
    yield _line(Form.PARAGRAPH, f"{summary.revision_summary(revision)}.")
    for remark in remarks(revision):
        yield _line(Form.PARAGRAPH, tr("Note: {remark}.", remark=remark), Tone.ALERT)
    for entry in some:
        yield from _entry(entry)
    if technical := technical_entries(revision):
        yield _line(Form.SUBHEADING, tr(TECHNICAL_HEADING), Tone.SOFT)
        yield from [_line(Form.ITEM, f"{one.description}: {one.text}", Tone.SOFT) for one in technical]
    if not revision.ops:
        return
    yield _line(Form.SUBHEADING, tr("The text, with its changes"))
    for stretch in stretches(rows(revision)):
        if stretch.folded:
            count = nouns.counted(len(stretch.rows), "unchanged paragraph")
            yield _line(Form.BLOCK, f"… {count} …", Tone.SOFT)
        else:
            yield from [Line(Form.BLOCK, row.runs, kind=row.kind) for row in stretch.rows]


def _entry(entry: Entry) -> Iterator[Line]:
    tone = Tone.ALERT if entry.undisclosed else Tone.STRONG
    yield Line(Form.NUMBERED, (Text(entry.sentence, tone),), number=entry.number)
    yield from [_quote(one) for one in (*entry.quoted, *entry.variants)]
    yield from _unexplained(entry.unexplained)
    for notice in entry.notices:
        yield _line(Form.DETAIL, f"{nouns.capital(tr(notice.kind.value))}: “{notice.text}”")
    references = [one.words for one in entry.references]
    facts = f"{', '.join(entry.facts)}; {tr('rule {name}', name=entry.change.rule)}"
    yield from [_line(Form.DETAIL, one, Tone.SOFT) for one in (*entry.details, *references, facts)]


def _unexplained(words: Iterable[tuple[str, str]]) -> Iterator[Line]:
    for old, new in words:
        yield _line(Form.DETAIL, tr("Not explained: {words}", words=sides(old, new)), Tone.ALERT)


# --------------------------------------------------------------------------------------- a history


def _history(history: History, title: str | None) -> Iterator[Line]:
    """A history: the lede, the findings, the headline over time, each revision, the captures."""
    all_entries = summary.entries_by_revision(history)
    yield _line(Form.TITLE, title or summary.title_of(history))
    yield _line(Form.PARAGRAPH, "".join([words for words, _ in summary.lede(history)]))
    yield _line(
        Form.PARAGRAPH,
        f"{summary.capture_counts(history)}; {summary.summary(*history.revisions)}.",
        Tone.SOFT,
    )
    for _, heading, group in summary.findings(history, all_entries):
        yield _line(Form.HEADING, heading)
        for finding in group:
            yield from finding_lines(finding)
    yield _line(Form.HEADING, tr("The headline over time"))
    for one in summary.attested(history, headline=True):
        yield _line(Form.ITEM, f"{tr('Earlier headline')}, {tr(ATTESTED)}", Tone.SOFT)
        yield Line(Form.QUOTE, (Text(one.text),))
    for stage in summary.headline_stages(history):
        last_seen = tr("last seen {time}", time=nouns.moment(stage.last_seen))
        yield _line(Form.ITEM, f"{stage.appeared}, {last_seen}", Tone.SOFT)
        yield Line(Form.QUOTE, stage.runs)
    for number, (revision, some) in enumerate(zip(history.revisions, all_entries, strict=True), 1):
        yield _line(Form.HEADING, tr("Revision {number}", number=number))
        yield from _revision(revision, some)
    if wordings := summary.attested(history, headline=False):
        yield _line(Form.HEADING, f"{tr('Earlier wordings')}, {tr(ATTESTED)}")
        yield from [
            _line(Form.ITEM, tr("{text} (now: {current})", text=one.text, current=one.current))
            for one in wordings
        ]
    yield from _captures(history)


def finding_lines(finding: Finding) -> Iterator[Line]:
    """The observation, the words, and what explains them."""
    entry = finding.entry
    place = f" {tr('{time} (revision {number})', time=finding.when, number=finding.revision)}"
    yield Line(Form.ITEM, (Text(entry.observed, Tone.STRONG), Text(place)))
    yield from [_quote(one) for one in entry.quoted]
    yield from _unexplained(entry.unexplained)
    if entry.disclosure and not entry.undisclosed:
        yield _line(Form.DETAIL, f"{nouns.capital(entry.disclosure)}.", Tone.SOFT)


def _captures(history: History) -> Iterator[Line]:
    yield _line(Form.HEADING, tr("Versions and their captures"))
    for version in history.versions:
        span = nouns.span_of_time(version.first_seen, version.last_seen)
        count = nouns.counted(len(version.captures), "capture")
        named = tr("Version {number}", number=version.number)
        yield _line(Form.ITEM, f"{named}: {span}, {count}")
    if history.screened:
        yield _line(Form.HEADING, tr("Captures that were screened out"))
    for screened in history.screened:
        found = f"{nouns.moment(screened.capture.captured_at)}: {tr(screened.reason.value)}"
        parts = [found, nouns.screened_because(screened), nouns.location_of(screened.capture)]
        yield _line(Form.ITEM, "; ".join([words for words in parts if words]))


# ---------------------------------------------------------------------------------------- a ledger

_CLAIMS = {
    ClaimState.CONFIRMED: N_("its claim is confirmed by captures"),
    ClaimState.CONTRADICTED: N_("its claim is contradicted by captures"),
    ClaimState.NOT_CARRIED_OUT: N_(
        "its claim is not carried out: the newest capture still has the old wording"
    ),
    ClaimState.UNVERIFIED: N_("its claim is not verified by captures"),
}


def _ledger(found: Ledger) -> Iterator[Line]:
    """A ledger: one sentence for each observation, and the texts that it is about."""
    yield _line(Form.TITLE, tr("Ledger"))
    yield _line(Form.PARAGRAPH, f"{ledger_counts(found)}.")
    for entry in found.entries:
        tone = Tone.ALERT if isinstance(entry, ledger.Undisclosed) else Tone.STRONG
        sentence, texts = _observed_lines(entry)
        when = f" {nouns.capital(nouns.when(entry.interval))}."
        yield Line(Form.ITEM, (Text(f"{sentence}.", tone), Text(when)))
        yield from texts


def ledger_counts(found: Ledger) -> str:
    """How many notices, undisclosed changes and late disclosures a ledger has."""
    notices = nouns.counted(len(found.notices), "notice")
    states = [entry.change.state for entry in found.undisclosed]
    undisclosed = nouns.counted(len(states), "undisclosed change")
    undisclosed = summary.in_part(undisclosed, states.count(DisclosureState.PARTLY))
    late = [entry for entry in found.late if entry.change.state is DisclosureState.LATE]
    number = len({(entry.version, same_change(entry.change)) for entry in late})
    delay = str(summary.delay_range([Delay(entry.shortest, entry.longest) for entry in late]) or "")
    late_ones = f"{number} {tr('disclosed late')}{f' ({delay})' if delay else ''}"
    return f"{notices}, {undisclosed}, {late_ones}"


def observation(entry: LedgerEntry) -> str:
    """The observation of an entry as a sentence without its full stop."""
    return _observed_lines(entry)[0]


def _observed_lines(entry: LedgerEntry) -> tuple[str, list[Line]]:
    """The observation of an entry, and the lines that quote its texts."""
    match entry:
        case ledger.NoticeAppeared():
            return _notice_added(entry)
        case ledger.NoticeReworded():
            texts = [_line(Form.QUOTE, one.text) for one in (entry.old, entry.new)]
            return notice_sentence(N_("{notice} was reworded"), entry.new), texts
        case ledger.NoticeMoved():
            up = entry.direction is Direction.UP
            sentence = N_("{notice} was moved up") if up else N_("{notice} was moved down")
            return notice_sentence(sentence, entry.notice), [_line(Form.QUOTE, entry.notice.text)]
        case ledger.NoticeWithdrawn():
            sentence = notice_sentence(N_("{notice} was removed"), entry.notice)
            return sentence, [_line(Form.QUOTE, entry.notice.text)]
        case ledger.Undisclosed():
            texts = [_quote(quoted(entry.change)), *_unexplained(unexplained_words(entry.change))]
            return f"{observed(entry.change)}; {disclosure_clause(entry.change)}", texts
        case ledger.DisclosedLate():
            delay = str(Delay(entry.shortest, entry.longest))
            notice = entry.disclosure.notice
            sentence = f"{observed(entry.change)}; {explained([notice], delay, late=True)}"
            texts = [_quote(quoted(entry.change)), _line(Form.QUOTE, notice.text)]
            return sentence, texts
        case ledger.HeadlineReturned():
            sentence = tr("The headline is again that of version {number}", number=entry.first)
            return sentence, [_line(Form.QUOTE, entry.headline)]
        case ledger.ChangeReverted():
            undoes = tr("this undoes the change made in version {number}", number=entry.first)
            return f"{observed(entry.change)}; {undoes}", [_quote(quoted(entry.change))]
        case ledger.DateChanged():
            sentence = tr("The stated date of modification was changed; headline and text were not")
            dates = f"{nouns.moment(entry.old)} → {nouns.moment(entry.new)}"
            return sentence, [_line(Form.DETAIL, dates)]
        case ledger.TextChanged():
            number = nouns.counted(len(entry.changes), "change")
            changed = tr("{changes} of {parts}", changes=number, parts=_parts_of(entry.changes))
            still = N_("the stated date of modification is still {time}")
            date = tr(still, time=nouns.moment(entry.modified_at))
            return f"{changed}; {date}", [_quote(quoted(change)) for change in entry.changes]
        case _:
            assert_never(entry)


def _notice_added(entry: ledger.NoticeAppeared) -> tuple[str, list[Line]]:
    message = N_("{notice} is in the first capture") if entry.version == 1 else N_("{notice} was added")
    differences = nouns.counted(len(entry.explains), "difference")
    explains = tr("it explains {differences}", differences=differences)
    texts = [_line(Form.QUOTE, entry.notice.text)]
    for one in entry.explains:
        why = Text(f" ({tr(one.words)})", Tone.SOFT)
        texts.append(Line(Form.QUOTE, (*quoted(one.change).runs, why)))
    if entry.captured:
        texts.append(
            _line(Form.DETAIL, tr("The captures show instead: “{words}”", words=entry.captured))
        )
    return f"{notice_sentence(message, entry.notice)}; {explains}; {tr(_CLAIMS[entry.state])}", texts


def _parts_of(changes: Iterable[Change]) -> str:
    """The parts that *changes* affect: one variant of the headline, or headline or text."""
    names = {
        nouns.HEADLINES[one.source] if isinstance(one, HeadlineChanged) else None for one in changes
    }
    name = next(iter(names)) if len(names) == 1 else None
    return tr("headline or text") if name is None else tr(name)
