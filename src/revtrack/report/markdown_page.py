"""The outline in Markdown: CommonMark with ``<ins>`` and ``<del>``, every text escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable

from revtrack.changes.revision import Revision
from revtrack.history import History
from revtrack.ledger import Ledger
from revtrack.model import BlockKind
from revtrack.report.marks import Mark, Run, apart
from revtrack.report.neutral import single_line
from revtrack.report.outline import (
    Form,
    Line,
    Piece,
    Said,
    Tone,
    history_outline,
    ledger_outline,
    revision_outline,
)

__all__ = ["escaped", "ledger_markdown", "markdown", "revision_markdown"]

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&#$]")
_LINE_START = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+=]))")
_ADDRESS = re.compile(r"(:)(?=//)|(?<=\bwww)(\.)|(?<=\bmailto)(:)|(?<=\bxmpp)(:)", re.IGNORECASE)

_BLOCKS = {
    BlockKind.HEADING: "**{}**",
    BlockKind.LIST_ITEM: "- {}",
    BlockKind.QUOTE: "> {}",
    BlockKind.CAPTION: "*Caption:* {}",
}
_TONES = {Tone.PLAIN: "{}", Tone.SOFT: "{}", Tone.STRONG: "**{}**", Tone.ALERT: "**{}**"}
_MARKS = {Mark.KEPT: "{}", Mark.DELETED: "<del>{}</del>", Mark.INSERTED: "<ins>{}</ins>"}


def escaped(text: str) -> str:
    """*text* on one line, so that Markdown shows it to the letter and makes no link of it."""
    text = _SPECIAL.sub(lambda found: "\\" + found[0], single_line(text))
    text = _ADDRESS.sub(lambda found: "\\" + found[0], text)
    return _LINE_START.sub(lambda found: found[0] + "\\", text)


def markdown(history: History, *, title: str | None = None) -> str:
    """The report of *history* in Markdown."""
    return _page(history_outline(history, title=title))


def revision_markdown(revision: Revision) -> str:
    """One revision in Markdown: its changes, then the text with inserted and deleted words."""
    return _page(revision_outline(revision))


def ledger_markdown(ledger: Ledger) -> str:
    """*ledger* in Markdown: a list of its entries with their texts as quotations."""
    return _page(ledger_outline(ledger))


def _page(outline: Iterable[Line]) -> str:
    lines: list[str] = []
    indent, number, headed = "", 0, False
    for line in outline:
        words = _words(line.pieces)
        match line.form:
            case Form.TITLE:
                lines.append(f"# {words}")
            case Form.HEADING | Form.SUBHEADING:
                headed = headed or line.form is Form.HEADING
                number = 0
                lines.append(f"{'###' if headed and line.form is Form.SUBHEADING else '##'} {words}")
            case Form.PARAGRAPH:
                lines.append(words)
            case Form.ITEM:
                indent = "  "
                lines.append(f"- {words}")
            case Form.NUMBERED:  # Markdown numbers a list through by itself
                number += 1
                lead = f"{number}. "
                indent = " " * len(lead)
                lines.append(f"{lead}{words}")
            case Form.DETAIL:
                lines.append(f"{indent}{words}")
            case Form.QUOTE:
                lines.append(f"{indent}> {words}")
            case Form.BLOCK:
                lines.append(_BLOCKS.get(line.kind, "{}").format(words))
    return "\n\n".join(lines) + "\n"


def _words(pieces: tuple[Piece, ...]) -> str:
    runs = [piece for piece in pieces if isinstance(piece, Run)]
    parts = [_said(piece) if isinstance(piece, Said) else _run(piece) for piece in pieces]
    return (" " if apart(runs) else "").join(parts).strip()


def _said(words: Said) -> str:
    text = escaped(words.text)
    lead, end = " " * words.text[:1].isspace(), " " * words.text[-1:].isspace()
    return f"{lead}{_TONES[words.tone].format(text)}{end}"


def _run(run: Run) -> str:
    text = escaped(run.text)
    lead, end = " " * run.text[:1].isspace(), " " * run.text[-1:].isspace()
    if run.note:
        shown = f"<s>{text}</s>" if run.mark is Mark.STRUCK else text
        return f"{lead}*({run.note}:* {shown}*)*{end}"
    moved = ""
    if run.move is not None:
        moved = "*(moved away)* " if run.mark is Mark.DELETED else "*(moved here)* "
    return moved + _MARKS[run.mark].format(f"{lead}{text}{end}")
