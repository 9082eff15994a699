"""The report in Markdown: CommonMark with ``<ins>`` and ``<del>``, the rest of the text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import assert_never

from revtrack.changes.kinds import LinkChanged
from revtrack.changes.revision import Revision
from revtrack.history import History
from revtrack.model import BlockKind
from revtrack.report import phrases
from revtrack.report.entries import NOT_EDITS, Entry, entries, not_edits
from revtrack.report.excerpt import other_words, words_of
from revtrack.report.findings import Finding, findings, lede, listed
from revtrack.report.layout import Row, rows, stretches
from revtrack.report.marks import Mark, Run, apart, sides
from revtrack.report.moments import moment, place_of, span_of_time, when
from revtrack.report.neutral import single_line
from revtrack.report.nouns import counted
from revtrack.report.timeline import attested_headlines, attested_wordings, headline_stages

__all__ = ["markdown", "revision_markdown"]

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&#$]")
_LINE_START = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+=]))")
_ADDRESS = re.compile(r"(:)(?=//)|(?<=\bwww)(\.)|(?<=\bmailto)(:)|(?<=\bxmpp)(:)", re.IGNORECASE)


def escaped(text: str) -> str:
    """*text* on one line, so that Markdown shows it to the letter and makes no link of it."""
    text = _SPECIAL.sub(lambda found: "\\" + found[0], single_line(text))
    text = _ADDRESS.sub(lambda found: "\\" + found[0], text)
    return _LINE_START.sub(lambda found: found[0] + "\\", text)


def markdown(history: History, *, title: str | None = None) -> str:
    """The report of *history* in Markdown: headlines, revisions with their changes, captures."""
    last = history.versions[-1].article if history.versions else None
    lines = [f"# {escaped(title or (last and last.headline) or 'An article without a headline')}", ""]
    lines += ["".join([words for words, _ in lede(history)]), ""]
    lines += [f"{phrases.seen(history)}; {phrases.summary(*history.revisions)}.", ""]
    all_entries = listed(history)
    for _, heading, group in findings(history, all_entries).groups():
        lines += [f"## {heading}", "", *[line for each in group for line in _finding(each)]]
    lines += ["## The headline over time", ""]
    lines += _headlines(history)
    for number, (revision, told) in enumerate(zip(history.revisions, all_entries, strict=True), 1):
        lines += ["", f"## Revision {number}", "", *_revision(revision, told, "###")]
    wordings = attested_wordings(history)
    if wordings:
        lines += ["", "## Earlier wordings, attested by a notice, not captured", ""]
        lines += [f"- {escaped(one.text)} (now: {escaped(one.current)})" for one in wordings]
    lines += ["", "## Versions and their captures", ""]
    for version in history.versions:
        seen = span_of_time(version.first_seen, version.last_seen)
        count = counted(len(version.captures), "capture")
        lines.append(f"- Version {version.number}: {seen}, {count}")
    if history.screened:
        lines += ["", "## Captures that were screened out", ""]
        for one in history.screened:
            place = place_of(one.capture)
            found = f"{moment(one.capture.captured_at)}: {one.reason.value}"
            parts = [found, escaped(phrases.screened_because(one)), escaped(place)]
            lines.append(f"- {'; '.join([words for words in parts if words])}")
    return "\n".join(lines).rstrip() + "\n"


def revision_markdown(revision: Revision) -> str:
    """One revision in Markdown: its changes, then the text with inserted and deleted words."""
    title = revision.new.headline or revision.old.headline or "Two captures of an article"
    return (
        "\n".join([f"# {escaped(title)}", "", *_revision(revision, entries(revision), "##")]).rstrip()
        + "\n"
    )


def _finding(finding: Finding) -> Iterator[str]:
    entry = finding.entry
    yield f"- **{entry.words.observed}** {finding.when} (revision {finding.revision})"
    yield ""
    for change in entry.changes:
        yield from [f"  > {_runs(words_of(change))}", ""]
    for old, new in entry.words.leftover:
        yield from [f"  Not explained: {escaped(sides(old, new))}", ""]
    if entry.words.disclosure and not entry.words.undisclosed:
        yield from [f"  {_capital(entry.words.disclosure)}.", ""]


def _headlines(history: History) -> Iterator[str]:
    for one in attested_headlines(history):
        yield f"- *attested by a notice, not captured*: {escaped(one.text)}"
    for stage in headline_stages(history):
        seen = f"appeared {when(stage.appeared)}" if stage.revision is not None else "first seen"
        if stage.revision is None:
            seen += f" {moment(stage.first_seen)}"
        title = escaped(stage.text) or "(no headline)"
        yield f"- {seen}, last seen {moment(stage.last_seen)}: **{title}**"


def _revision(revision: Revision, told: Iterable[Entry], level: str) -> Iterator[str]:
    yield f"{phrases.lede(revision)}."
    yield ""
    for remark in phrases.remarks(revision):
        yield f"Note: {escaped(remark)}."
        yield ""
    for place, entry in enumerate(told, 1):  # Markdown numbers a list through by itself
        yield from _entry(place, entry)
    technical = not_edits(revision)
    if technical:
        yield from [f"{level} {NOT_EDITS}", ""]
        yield from [f"- {one.said}: {escaped(one.text)}" for one in technical]
        yield ""
    yield from [f"{level} The text, with its changes", ""]
    for stretch in stretches(rows(revision)):
        if stretch.folded:
            yield from [f"*… {counted(len(stretch.rows), 'unchanged paragraph')} …*", ""]
            continue
        for row in stretch.rows:
            yield from [_row(row), ""]


def _entry(place: int, entry: Entry) -> Iterator[str]:
    words = entry.words
    indent = " " * (len(str(place)) + 2)
    yield f"{place}. **{words.sentence}**"
    yield ""
    for change in entry.changes:
        label = f"“{escaped(change.text)}”: " if isinstance(change, LinkChanged) else ""
        yield f"{indent}> {label}{_runs(words_of(change))}"
        yield ""
        for one in other_words(change):
            yield from [f"{indent}> {one.label}: {_runs(one.runs)}", ""]
    if words.fields:
        yield from [f"{indent}Same change in: {words.fields}", ""]
    for old, new in words.leftover:
        yield from [f"{indent}Not explained: {escaped(sides(old, new))}", ""]
    for notice in entry.notices:
        yield f"{indent}{notice.kind.value.capitalize()}: “{escaped(notice.text)}”"
        yield ""
    if words.reason:
        yield from [f"{indent}Reason: {escaped(words.reason)}.", ""]
    for reference in entry.references:
        yield from [f"{indent}{_capital(entry.leads_to(reference))}.", ""]
    if words.entry:
        yield from [f"{indent}In {escaped(words.entry)}.", ""]
    facts = [words.nature, words.substance, *filter(None, [words.status])]
    yield f"{indent}{', '.join(facts)}, rule {escaped(words.rule)}"
    yield ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _row(row: Row) -> str:
    words = _runs(row.runs)
    match row.kind:
        case BlockKind.HEADING:
            return f"**{words}**"
        case BlockKind.LIST_ITEM:
            return f"- {words}"
        case BlockKind.QUOTE:
            return f"> {words}"
        case BlockKind.CAPTION:
            return f"*Caption:* {words}"
        case (
            BlockKind.PARAGRAPH
            | BlockKind.TABLE_ROW
            | BlockKind.CODE
            | BlockKind.EMBED
            | BlockKind.LIVE_ENTRY
        ):
            return words
        case _:
            assert_never(row.kind)


def _runs(runs: Iterable[Run]) -> str:
    runs = tuple(runs)
    parts: list[str] = []
    for number, run in enumerate(runs):
        if number and apart(runs):
            parts.append(" ")
        if run.move is not None:
            parts.append("*(moved away)* " if run.mark is Mark.DELETED else "*(moved here)* ")
        text = f"{' ' * run.text[:1].isspace()}{escaped(run.text)}{' ' * run.text[-1:].isspace()}"
        if run.technical:
            parts.append(f"*({run.note}:* {text.strip()}*)* ")
            continue
        match run.mark:
            case Mark.STRUCK:
                parts.append(f" *({run.note}:* <s>{text.strip()}</s>*)* ")
            case Mark.KEPT:
                parts.append(text)
            case Mark.DELETED:
                parts.append(f"<del>{text}</del>")
            case Mark.INSERTED:
                parts.append(f"<ins>{text}</ins>")
            case _:
                assert_never(run.mark)
    return "".join(parts).strip()
