"""The report as plain text for a terminal: readable without colour, deaf to hostile characters.

Deleted words stand as ``[-words-]``, inserted ones as ``{+words+}``, as ``git diff --word-diff`` writes
them; with colour they are struck and underlined too. Nothing of an article reaches the terminal
before `spelt_out_strictly` has taken away what could act on it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

import attrs

from revtrack.changes.kinds import Change, LinkChanged
from revtrack.changes.revision import Revision
from revtrack.history import History
from revtrack.model import BlockKind
from revtrack.report import phrases
from revtrack.report.excerpt import words_of
from revtrack.report.layout import Mark, Row, Run, apart, rows, stretches
from revtrack.report.moments import moment, place_of, span_of_time, when
from revtrack.report.neutral import spelt_out_strictly
from revtrack.report.timeline import attested_headlines, headline_stages

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
    captures = sum(len(version.captures) for version in subject.versions)
    counts = (
        f"{phrases.counted(captures, 'capture')}, {phrases.counted(len(subject.versions), 'version')}"
    )
    page.line(_Words(f"{counts}; {phrases.summary(*subject.revisions)}"))
    page.gap()
    page.line(_Words("The headline over time", _BOLD))
    _headlines(page, subject)
    for number, revision in enumerate(subject.revisions, 1):
        page.gap()
        page.line(_Words(f"Revision {number}", _BOLD))
        _revision(page, revision)
    page.gap()
    page.line(_Words("Versions and their captures", _BOLD))
    for version in subject.versions:
        seen = span_of_time(version.first_seen, version.last_seen)
        count = phrases.counted(len(version.captures), "capture")
        page.line(_Words(f"{version.number}. {seen}, {count}"), indent=2, hanging=3)
    for one in subject.screened:
        place = place_of(one.capture)
        found = f"- {moment(one.capture.captured_at)}: {one.reason.value} ({one.detail}) {place}"
        page.line(_Words(f"{found.rstrip()}, not a version"), indent=2, hanging=2)
    return page.written()


def revision_text(revision: Revision, *, colour: bool = False, width: int = 80) -> str:
    """One revision as text for a terminal: its changes, then the changed places of the text."""
    page = _Page(colour=colour, width=width)
    title = revision.new.headline or revision.old.headline or "Two captures of an article"
    page.line(_Words(title, _BOLD))
    _revision(page, revision)
    return page.written()


def _headlines(page: _Page, history: History) -> None:
    for one in attested_headlines(history):
        page.line(_Words("attested by a notice, not captured", _DIM), indent=2)
        page.line(_Words(one.text), indent=4)
    for stage in headline_stages(history):
        came = f"came {when(stage.came)}"
        if stage.revision is None:
            came = f"first seen {moment(stage.first_seen)}"
        page.line(_Words(f"{came}, last seen {moment(stage.last_seen)}", _DIM), indent=2)
        page.line(*_marked(stage.runs if stage.text else [Run(Mark.KEPT, "(no headline)")]), indent=4)


def _revision(page: _Page, revision: Revision) -> None:
    page.line(_Words(f"{phrases.summary(revision)}; it came {when(revision.interval)}", _DIM))
    for remark in revision.remarks:
        page.line(_Words(f"Note: {remark}", _ALERT))
    for number, change in enumerate(revision.changes, 1):
        page.gap()
        _change(page, number, change, revision)
    if not revision.ops:
        return
    page.gap()
    for stretch in stretches(rows(revision)):
        if stretch.folded:
            count = phrases.counted(len(stretch.rows), "unchanged paragraph")
            page.line(_Words(f"… {count} …", _DIM), indent=2)
            continue
        for row in stretch.rows:
            _row(page, row)


def _change(page: _Page, number: int, change: Change, revision: Revision) -> None:
    words = phrases.told(change, revision)
    mark = f"{number}. "
    page.line(
        _Words(mark + words.sentence, _ALERT if words.undisclosed else _BOLD),
        indent=1,
        hanging=len(mark),
    )
    inner = 1 + len(mark)
    label = [_Words(f"“{change.text}”: ")] if isinstance(change, LinkChanged) else []
    page.line(*label, *_marked(words_of(change)), indent=inner)
    for notice in change.disclosed_by:
        page.line(_Words(f"{notice.kind.value}: “{notice.text}”"), indent=inner)
    page.line(_Words(f"{words.nature}, {words.substance}; rule {words.rule}", _DIM), indent=inner)


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
        margin, current, used = " " * indent, "", 0
        pending = False
        for pieces, spaced in _wrapped_words(words, room):
            size = sum(columns(piece.text) for piece in pieces)
            gap = 1 if (spaced or pending) and used else 0
            if used and spaced and used + gap + size > room:
                self.lines.append(margin + current)
                margin, current, used, gap = " " * (indent + hanging), "", 0, 0
            current += " " * gap + "".join([self._styled(piece) for piece in pieces])
            used += gap + size
            pending = False
        self.lines.append((margin + current).rstrip() if not self.colour else margin + current)

    def _styled(self, piece: _Words) -> str:
        if not self.colour or not piece.style or not piece.text:
            return piece.text
        return f"\x1b[{piece.style}m{piece.text}{_RESET}"


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


def _wrapped_words(words: Iterable[_Words], room: int) -> Iterator[tuple[list[_Words], bool]]:
    """The words between white space, each as its pieces of one style, and whether a space leads it."""
    pieces: list[_Words] = []
    spaced = False
    for one in words:
        harmless = spelt_out_strictly(one.text)
        for index, part in enumerate(_parts(harmless)):
            if index % 2:  # white space
                if pieces:
                    yield from _broken(pieces, room, spaced)
                pieces, spaced = [], True
            elif part:
                pieces.append(_Words(part, one.style))
    if pieces:
        yield from _broken(pieces, room, spaced)


def _parts(text: str) -> list[str]:
    """Words and the white space between them in turn: words at even places, maybe empty."""
    parts: list[str] = [""]
    for character in text:
        white = character.isspace()
        if white == bool(len(parts) % 2):
            parts.append("")
        parts[-1] += character
    return parts


def _broken(pieces: list[_Words], room: int, spaced: bool) -> Iterator[tuple[list[_Words], bool]]:
    """A word as it is, or broken where it is wider than a line."""
    if sum(columns(piece.text) for piece in pieces) <= room:
        yield pieces, spaced
        return
    for piece in pieces:
        rest = piece.text
        while rest:
            cut, used = 0, 0
            while cut < len(rest) and (cut == 0 or used + columns(rest[cut]) <= room):
                used += columns(rest[cut])
                cut += 1
            yield [_Words(rest[:cut], piece.style)], spaced
            rest, spaced = rest[cut:], True
