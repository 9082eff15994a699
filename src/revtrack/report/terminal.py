"""The report as plain text for a terminal: readable without colour, safe from control characters.

Deleted words appear as ``[-words-]``, inserted ones as ``{+words+}``, as ``git diff --word-diff``
writes them; with colour they are struck and underlined too. Nothing of an article reaches the terminal
before `spelt_out_strictly` has taken away what could act on it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

import attrs

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
from revtrack.report.neutral import spelt_out_strictly
from revtrack.report.nouns import counted
from revtrack.report.timeline import attested_headlines, attested_wordings, headline_stages

__all__ = ["revision_text", "text"]

_BOLD, _DIM, _RESET = "1", "2", "\x1b[0m"
_DELETED, _INSERTED, _ALERT = "31;9", "32;4", "33;1"

LEAST_WIDTH = 20
"""The narrowest width that lines are wrapped to, in columns; below it every word is broken."""


@attrs.frozen
class _Words:
    """Text in one style: codes of SGR ("" for none)."""

    text: str
    style: str = ""


def text(subject: History | Revision, *, colour: bool = False, width: int = 80) -> str:
    """A history or a revision as text for a terminal of *width* columns."""
    if isinstance(subject, Revision):
        return revision_text(subject, colour=colour, width=width)
    page = _Page(colour=colour, width=width)
    last = subject.versions[-1].article if subject.versions else None
    page.line(_Words((last and last.headline) or "An article without a headline", _BOLD))
    page.line(_Words(f"{phrases.seen(subject)}; {phrases.summary(*subject.revisions)}"))
    page.gap()
    page.line(_Words("".join([words for words, _ in lede(subject)])))
    all_entries = listed(subject)
    for _, heading, found in findings(subject, all_entries).groups():
        page.gap()
        page.line(_Words(heading, _BOLD))
        for finding in found:
            _finding(page, finding)
    page.gap()
    page.line(_Words("The headline over time", _BOLD))
    _headlines(page, subject)
    for number, (revision, told) in enumerate(zip(subject.revisions, all_entries, strict=True), 1):
        page.gap()
        page.line(_Words(f"Revision {number}", _BOLD))
        _revision(page, revision, told)
    wordings = attested_wordings(subject)
    if wordings:
        page.gap()
        page.line(_Words("Earlier wordings, attested by a notice, not captured", _BOLD))
    for one in wordings:
        page.line(_Words(f"- {one.text} (now: {one.current})"), indent=2, hanging=2)
    _captures(page, subject)
    return page.written()


def _captures(page: _Page, subject: History) -> None:
    page.gap()
    page.line(_Words("Versions and their captures", _BOLD))
    for version in subject.versions:
        seen = span_of_time(version.first_seen, version.last_seen)
        count = counted(len(version.captures), "capture")
        page.line(_Words(f"{version.number}. {seen}, {count}"), indent=2, hanging=3)
    for lost in subject.screened:
        place = place_of(lost.capture)
        found = f"{moment(lost.capture.captured_at)}: screened out, {lost.reason.value}"
        parts = [found, phrases.screened_because(lost), place]
        page.line(_Words(f"- {'; '.join([words for words in parts if words])}"), indent=2, hanging=2)


def revision_text(revision: Revision, *, colour: bool = False, width: int = 80) -> str:
    """One revision as text for a terminal: its changes, then the changed places of the text."""
    page = _Page(colour=colour, width=width)
    title = revision.new.headline or revision.old.headline or "Two captures of an article"
    page.line(_Words(title, _BOLD))
    _revision(page, revision, entries(revision))
    return page.written()


def _finding(page: _Page, finding: Finding) -> None:
    entry = finding.entry
    words = f"- {entry.words.observed} {finding.when} (revision {finding.revision})"
    page.line(_Words(words), indent=1, hanging=2)
    for change in entry.changes:
        page.line(*_marked(words_of(change)), indent=3)
    for old, new in entry.words.leftover:
        page.line(_Words(f"not explained: {sides(old, new)}", _ALERT), indent=3)
    if entry.words.disclosure and not entry.words.undisclosed:
        page.line(_Words(entry.words.disclosure, _DIM), indent=3)


def _headlines(page: _Page, history: History) -> None:
    for one in attested_headlines(history):
        page.line(_Words("attested by a notice, not captured", _DIM), indent=2)
        page.line(_Words(one.text), indent=4)
    for stage in headline_stages(history):
        seen = f"appeared {when(stage.appeared)}"
        if stage.revision is None:
            seen = f"first seen {moment(stage.first_seen)}"
        page.line(_Words(f"{seen}, last seen {moment(stage.last_seen)}", _DIM), indent=2)
        page.line(*_marked(stage.runs if stage.text else [Run(Mark.KEPT, "(no headline)")]), indent=4)


def _revision(page: _Page, revision: Revision, told: Iterable[Entry]) -> None:
    page.line(_Words(f"{phrases.lede(revision)}", _DIM))
    for remark in phrases.remarks(revision):
        page.line(_Words(f"Note: {remark}", _ALERT))
    for entry in told:
        page.gap()
        _entry(page, entry)
    technical = not_edits(revision)
    if technical:
        page.gap()
        page.line(_Words(NOT_EDITS, _DIM), indent=1)
    for one in technical:
        page.line(_Words(f"- {one.said}: {one.text}", _DIM), indent=2, hanging=2)
    if not revision.ops:
        return
    page.gap()
    for stretch in stretches(rows(revision)):
        if stretch.folded:
            count = counted(len(stretch.rows), "unchanged paragraph")
            page.line(_Words(f"… {count} …", _DIM), indent=2)
            continue
        for row in stretch.rows:
            _row(page, row)


def _entry(page: _Page, entry: Entry) -> None:
    words, mark = entry.words, f"{entry.number}. "
    page.line(
        _Words(mark + words.sentence, _ALERT if words.undisclosed else _BOLD),
        indent=1,
        hanging=len(mark),
    )
    inner = 1 + len(mark)
    for change in entry.changes:
        label = [_Words(f"“{change.text}”: ")] if isinstance(change, LinkChanged) else []
        page.line(*label, *_marked(words_of(change)), indent=inner)
        for one in other_words(change):
            page.line(_Words(f"{one.label}: ", _DIM), *_marked(one.runs), indent=inner)
    if words.fields:
        page.line(_Words(f"same change in: {words.fields}", _DIM), indent=inner)
    for old, new in words.leftover:
        page.line(_Words(f"not explained: {sides(old, new)}", _ALERT), indent=inner)
    for notice in entry.notices:
        page.line(_Words(f"{notice.kind.value}: “{notice.text}”"), indent=inner)
    if words.reason:
        page.line(_Words(f"reason: {words.reason}", _DIM), indent=inner)
    for reference in entry.references:
        page.line(_Words(entry.leads_to(reference), _DIM), indent=inner)
    if words.entry:
        page.line(_Words(f"in {words.entry}", _DIM), indent=inner)
    facts = [words.nature, words.substance, *filter(None, [words.status])]
    page.line(_Words(f"{', '.join(facts)}; rule {words.rule}", _DIM), indent=inner)


def _row(page: _Page, row: Row) -> None:
    lead = {BlockKind.LIST_ITEM: "• ", BlockKind.QUOTE: "> ", BlockKind.HEADING: "# "}.get(row.kind, "")
    page.line(_Words(lead), *_marked(row.runs), indent=2, hanging=len(lead))
    page.gap()


def _marked(runs: Iterable[Run]) -> Iterator[_Words]:
    runs = tuple(runs)
    for number, run in enumerate(runs):
        if number and apart(runs):
            yield _Words(" ")
        if run.mark is Mark.KEPT:
            yield _Words(run.text)
            continue
        if run.note:
            yield _Words(" " * run.text[:1].isspace())
            yield _Words(f"({run.note}: {run.text.strip()})", _DIM)
            yield _Words(" " * run.text[-1:].isspace())
            continue
        style = _DELETED if run.mark is Mark.DELETED else _INSERTED
        opening, closing = ("[-", "-]") if run.mark is Mark.DELETED else ("{+", "+}")
        inner = run.text.strip()
        if run.move is not None:
            yield _Words("(moved away) " if run.mark is Mark.DELETED else "(moved here) ", _DIM)
        yield _Words(" " * run.text[:1].isspace())
        yield _Words(f"{opening}{inner or run.text}{closing}", style)
        yield _Words(" " * (run.text[-1:].isspace() and bool(inner)))


# ---------------------------------------------------------------------------------------------
# wrapped lines


class _Page:
    """Lines of at most *width* columns; every text is made harmless on its way in."""

    def __init__(self, *, colour: bool, width: int) -> None:
        self.colour, self.width = colour, max(width, LEAST_WIDTH)
        self.lines: list[str] = []

    def written(self) -> str:
        return "\n".join(self.lines).rstrip("\n") + "\n"

    def gap(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def line(self, *words: _Words, indent: int = 0, hanging: int = 0) -> None:
        """Add one paragraph; its second line and those below stand *hanging* columns further in."""
        room = max(self.width - indent - hanging, LEAST_WIDTH // 2)
        current: list[_Words] = []
        used = 0
        for pieces, space in _units(words, room):
            size = sum([columns(piece.text) for piece in pieces])
            if used and used + len(space) + size > room:
                self.lines.append(" " * indent + self._styled(current))
                current, used = [], 0
                indent, hanging = indent + hanging, 0
            elif used and space:
                same = current[-1].style == pieces[0].style
                current.append(_Words(space, pieces[0].style if same else ""))
                used += len(space)
            current += pieces
            used += size
        self.lines.append((" " * indent + self._styled(current)).rstrip(" "))

    def _styled(self, pieces: list[_Words]) -> str:
        parts = []
        for style, group in groupby(pieces, key=lambda piece: piece.style):
            words = "".join([piece.text for piece in group])
            parts.append(f"\x1b[{style}m{words}{_RESET}" if self.colour and style and words else words)
        return "".join(parts)


def columns(text: str) -> int:
    """How many columns of a terminal *text* takes: wide characters two, combining ones none."""
    if text.isascii():
        return len(text)
    total = 0
    for character in text:
        if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
            continue
        total += 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
    return total


def _units(words: Iterable[_Words], room: int) -> Iterator[tuple[list[_Words], str]]:
    """What must not be broken, each as its pieces of one style, and the space that leads it."""
    pieces: list[_Words] = []
    space = ""
    for one in words:
        for index, part in enumerate(_parts(spelt_out_strictly(one.text))):
            if index % 2:  # white space
                if pieces:
                    yield from _broken(pieces, room, space)
                pieces, space = [], " "
            elif part:
                pieces.append(_Words(part, one.style))
    if pieces:
        yield from _broken(pieces, room, space)


def _parts(text: str) -> list[str]:
    """Words and the white space between them in turn: words at even places, maybe empty."""
    parts: list[str] = [""]
    for character in text:
        white = character.isspace()
        if white == bool(len(parts) % 2):
            parts.append("")
        parts[-1] += character
    return parts


def _broken(pieces: list[_Words], room: int, space: str) -> Iterator[tuple[list[_Words], str]]:
    """A word as it is, or its characters where it is wider than a line (as in Chinese text)."""
    if sum([columns(piece.text) for piece in pieces]) <= room:
        yield pieces, space
        return
    for piece in pieces:
        for character in piece.text:
            yield [_Words(character, piece.style)], space
            space = ""
