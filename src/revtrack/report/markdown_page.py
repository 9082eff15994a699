"""The outline in Markdown: CommonMark with ``<ins>`` and ``<del>``, every text escaped."""

from __future__ import annotations

import re

from revtrack.model import BlockKind
from revtrack.report.marks import Mark, Run, apart, single_line
from revtrack.report.outline import (
    Form,
    Piece,
    Said,
    Subject,
    Tone,
    outline,
)

__all__ = ["escaped", "markdown"]

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


def markdown(subject: Subject, *, title: str | None = None) -> str:
    """The report of *subject* in Markdown; *title* replaces the headline on top of a history."""
    lines: list[str] = []
    indent, number, headed = "", 0, False
    for line in outline(subject, title=title):
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
