"""The outline as text for a terminal and as Markdown.

On a terminal deleted words appear as ``[-words-]``, inserted ones as ``{+words+}``, as
``git diff --word-diff`` writes them; with colour they are struck and underlined too. Markdown is
CommonMark with ``<ins>`` and ``<del>``. In the text of an article, everything that a terminal or a page
would interpret is escaped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby

from revtrack.model import BlockKind
from revtrack.report.catalogue import tr
from revtrack.report.marks import Mark, Run, escape_controls_strictly, is_replacement, single_line
from revtrack.report.outline import Form, Line, Piece, Subject, Text, Tone, outline

__all__ = ["escaped", "markdown", "terminal_text", "text"]


_RESET = "\x1b[0m"
_STYLES = {Tone.PLAIN: "", Tone.STRONG: "1", Tone.SOFT: "2", Tone.ALERT: "33;1"}
_DELETED, _INSERTED = "31;9", "32;4"
_BLOCKS = {BlockKind.LIST_ITEM: "• ", BlockKind.QUOTE: "> ", BlockKind.HEADING: "# "}
_INDENTS = {Form.ITEM: 1, Form.NUMBERED: 1, Form.BLOCK: 2}
_GAP_BEFORE = frozenset({Form.HEADING, Form.SUBHEADING, Form.NUMBERED, Form.BLOCK})
_WITHIN_ITEM = frozenset({Form.DETAIL, Form.QUOTE})

LEAST_WIDTH = 20
"""The least width of lines, in columns; in narrower ones every word would be broken."""


def text(subject: Subject, *, colour: bool = False, width: int = 80) -> str:
    """The report of *subject* as text for a terminal of *width* columns."""
    return terminal_text(outline(subject), colour=colour, width=width)


def terminal_text(found: Iterable[Line], *, colour: bool = False, width: int = 80) -> str:
    """Lines of an outline as text for a terminal."""
    lines: list[str] = []
    inner, last = 0, Form.TITLE
    for line in found:
        gap = line.form in _GAP_BEFORE or (line.form is Form.ITEM and last in _WITHIN_ITEM)
        if gap:
            lines.append("")
        block = _BLOCKS.get(line.kind, "")
        leads = {Form.ITEM: "- ", Form.NUMBERED: f"{line.number}. ", Form.BLOCK: block}
        lead = leads.get(line.form, "")
        indent = inner if line.form in _WITHIN_ITEM else _INDENTS.get(line.form, 0)
        if line.form in (Form.ITEM, Form.NUMBERED):
            inner = indent + len(lead)
        pieces = [(lead, ""), *_styled(line)]
        lines += _wrapped(pieces, width=width, indent=indent, hanging=len(lead), colour=colour)
        last = line.form
    return "\n".join(lines).rstrip("\n") + "\n"


_StyledText = tuple[str, str]
"""Text and its SGR codes ("" for none)."""


def _styled(line: Line) -> Iterator[_StyledText]:
    strong = line.form in (Form.TITLE, Form.HEADING)
    replacement = is_replacement([piece for piece in line.pieces if isinstance(piece, Run)])
    for piece in line.pieces:
        if isinstance(piece, Text):
            yield piece.text, _STYLES[Tone.STRONG if strong else piece.tone]
        else:
            yield from _styled_run(piece)
            yield " " if replacement and piece.mark is Mark.DELETED else "", ""


def _styled_run(run: Run) -> Iterator[_StyledText]:
    inner = run.text.strip()
    yield " " * run.text[:1].isspace(), ""
    if run.note:
        yield f"({run.note}: {inner})", _STYLES[Tone.SOFT]
    elif run.mark is Mark.KEPT:
        yield inner, ""
    else:
        deleted = run.mark is Mark.DELETED
        yield f"({run.moved}) " if run.moved else "", _STYLES[Tone.SOFT]
        words = inner or run.text
        yield f"[-{words}-]" if deleted else f"{{+{words}+}}", _DELETED if deleted else _INSERTED
    yield " " * (run.text[-1:].isspace() and bool(inner)), ""


# ---------------------------------------------------------------------------------------------
# wrapped lines


def _wrapped(
    words: Iterable[_StyledText], *, width: int, indent: int, hanging: int, colour: bool
) -> list[str]:
    """One paragraph as lines of at most *width* columns; *hanging* indents all lines but the first."""
    room = max(max(width, LEAST_WIDTH) - indent - hanging, LEAST_WIDTH // 2)
    found: list[list[_StyledText]] = [[]]
    used = 0
    for pieces, space in _unbreakable(words, room):
        size = sum([columns(piece) for piece, _ in pieces])
        if used and used + len(space) + size > room:
            found.append([])
            used = 0
        elif used and space:
            same = found[-1][-1][1] == pieces[0][1]
            found[-1].append((space, pieces[0][1] if same else ""))
            used += len(space)
        found[-1] += pieces
        used += size
    margins = [" " * indent, *[" " * (indent + hanging)] * (len(found) - 1)]
    return [
        (margin + _coloured(line, colour=colour)).rstrip(" ")
        for margin, line in zip(margins, found, strict=True)
    ]


def _coloured(pieces: Iterable[_StyledText], *, colour: bool) -> str:
    parts = []
    for style, group in groupby(pieces, key=lambda piece: piece[1]):
        words = "".join([piece for piece, _ in group])
        parts.append(f"\x1b[{style}m{words}{_RESET}" if colour and style and words else words)
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


def _unbreakable(words: Iterable[_StyledText], room: int) -> Iterator[tuple[list[_StyledText], str]]:
    """The words, each as its pieces of one style, with the space before it."""
    pieces: list[_StyledText] = []
    space = ""
    for text_of_piece, style in words:
        for white, group in groupby(escape_controls_strictly(text_of_piece), key=str.isspace):
            if not white:
                pieces.append(("".join(group), style))
                continue
            if pieces:
                yield from _split_if_long(pieces, room, space)
            pieces, space = [], " "
    if pieces:
        yield from _split_if_long(pieces, room, space)


def _split_if_long(
    pieces: list[_StyledText], room: int, space: str
) -> Iterator[tuple[list[_StyledText], str]]:
    """A word, or its characters where it is wider than a line (as in Chinese text)."""
    if sum([columns(piece) for piece, _ in pieces]) <= room:
        yield pieces, space
        return
    for piece, style in pieces:
        for character in piece:
            yield [(character, style)], space
            space = ""


# ----------------------------------------------------------------------------------------- Markdown

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&#$]")
_LINE_START = re.compile(r"^(\d{1,9}(?=[.)])|(?=[-+=]))")
_ADDRESS = re.compile(r"(:)(?=//)|(?<=\bwww)(\.)|(?<=\bmailto)(:)|(?<=\bxmpp)(:)", re.IGNORECASE)

_MARKDOWN_BLOCKS = {
    BlockKind.HEADING: "**{}**",
    BlockKind.LIST_ITEM: "- {}",
    BlockKind.QUOTE: "> {}",
    BlockKind.CAPTION: "*{1}:* {0}",
}
_TONES = {Tone.PLAIN: "{}", Tone.SOFT: "{}", Tone.STRONG: "**{}**", Tone.ALERT: "**{}**"}
_MARKS = {Mark.KEPT: "{}", Mark.DELETED: "<del>{}</del>", Mark.INSERTED: "<ins>{}</ins>"}


def escaped(text: str) -> str:
    """*text* on one line, escaped so that Markdown shows it literally and makes no link of it."""
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
            case Form.NUMBERED:  # Markdown numbers list items itself
                number += 1
                lead = f"{number}. "
                indent = " " * len(lead)
                lines.append(f"{lead}{words}")
            case Form.DETAIL:
                lines.append(f"{indent}{words}")
            case Form.QUOTE:
                lines.append(f"{indent}> {words}")
            case Form.BLOCK:
                lines.append(_MARKDOWN_BLOCKS.get(line.kind, "{}").format(words, tr("Caption")))
    return "\n\n".join(lines) + "\n"


def _words(pieces: tuple[Piece, ...]) -> str:
    runs = [piece for piece in pieces if isinstance(piece, Run)]
    parts = [_text(piece) if isinstance(piece, Text) else _run(piece) for piece in pieces]
    return (" " if is_replacement(runs) else "").join(parts).strip()


def _text(words: Text) -> str:
    text = escaped(words.text)
    lead, end = " " * words.text[:1].isspace(), " " * words.text[-1:].isspace()
    return f"{lead}{_TONES[words.tone].format(text)}{end}"


def _run(run: Run) -> str:
    text = escaped(run.text)
    lead, end = " " * run.text[:1].isspace(), " " * run.text[-1:].isspace()
    if run.note:
        shown = f"<s>{text}</s>" if run.mark is Mark.STRUCK else text
        return f"{lead}*({run.note}:* {shown}*)*{end}"
    moved = f"*({run.moved})* " if run.moved else ""
    return moved + _MARKS[run.mark].format(f"{lead}{text}{end}")
