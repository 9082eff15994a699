"""Marked words: kept, deleted, inserted or struck out; whole or abridged, and escaped.

An article may contain control characters: escape sequences, carriage returns, directional overrides. A
report shows them by name, so that they are visible and have no effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import assert_never

import attrs

from revtrack.changes import kinds
from revtrack.changes.kinds import Change
from revtrack.diff.ops import Delete, Equal, Insert, Replace, TextOp
from revtrack.report.catalogue import tr
from revtrack.report.nouns import VARIANTS, stated_time, substance

__all__ = [
    "Mark",
    "Quoted",
    "Run",
    "escape_controls",
    "escape_controls_strictly",
    "gist",
    "is_replacement",
    "opening",
    "quoted",
    "runs_of",
    "sides",
    "single_line",
    "variants",
]


_CONTROL_PICTURES = 0x2400
_OVERRIDES = (0x202D, 0x202E)
# Embeddings and isolates: harmless where every piece of text has an element of its own (HTML), not in a
# terminal or in Markdown, where an unclosed one affects the text after it.
_EMBEDDINGS = (0x202A, 0x202B, 0x202C, 0x2066, 0x2067, 0x2068, 0x2069)


def _named(code: int) -> str:
    return f"⟨U+{code:04X}⟩"


def _acting_characters() -> dict[int, str]:
    table = {code: chr(_CONTROL_PICTURES + code) for code in range(0x20) if code not in (0x09, 0x0A)}
    table[0x7F] = "␡"
    table |= {code: _named(code) for code in range(0x80, 0xA0)}
    table |= {code: _named(code) for code in _OVERRIDES}
    table |= dict.fromkeys(
        range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"
    )  # a lone surrogate cannot be written
    table |= {code: _named(code) for code in (0xFFFE, 0xFFFF)}
    return table


_LENIENT = _acting_characters()
_STRICT = (
    _LENIENT | {code: _named(code) for code in _EMBEDDINGS} | {0x2028: " ", 0x2029: " ", 0x09: " "}
)


def escape_controls(text: str) -> str:
    """*text* with control characters, overrides and lone surrogates shown by name (for HTML)."""
    return text.translate(_LENIENT)


def escape_controls_strictly(text: str) -> str:
    """The same, and every directional embedding or isolate too (for terminals and Markdown)."""
    return text.translate(_STRICT)


def single_line(text: str) -> str:
    """*text* escaped and on one line, runs of white space as one space."""
    return " ".join(escape_controls_strictly(text).split())


KEPT_WORDS = 8
"""Unchanged words shown on each side of an edit: about one clause of context."""

LONG_WORDS = 30
"""Words of one deleted or inserted run shown before it is cut (range 20 to 60): three lines. A page
shows the whole run in its list of changes or in the marked text."""

OPENING_WORDS = 12
"""Words of a text on one line of a list: one line on a screen."""

GIST_WORDS = 8
"""Words of each side in the contents of a report: a line on a screen holds two sides."""

_TIMES = (kinds.MetadataField.PUBLISHED, kinds.MetadataField.MODIFIED)


class Mark(Enum):
    """What happened to a run of words."""

    KEPT = "kept"
    DELETED = "deleted"
    INSERTED = "inserted"
    STRUCK = "struck"


@attrs.frozen
class Run:
    """Words that share one mark.

    `move` is the index in `Revision.moves` where the words were moved. A `pilcrow` represents a
    paragraph break that was deleted or inserted: it is not part of either text. `technical` words are
    in one capture only because of extraction or a partial capture, and not because of an edit.
    """

    mark: Mark
    text: str
    move: int | None = None
    pilcrow: bool = False
    technical: bool = False

    @property
    def note(self) -> str:
        """The label before words that are struck out on the page or technical, else empty."""
        if self.mark is Mark.STRUCK:
            return tr("struck out on the page")
        if self.technical:
            deleted = self.mark is Mark.DELETED
            return tr("not in the new capture") if deleted else tr("not in the old capture")
        return ""

    @property
    def moved(self) -> str:
        """The label before moved words, else empty."""
        if self.move is None:
            return ""
        return tr("moved away") if self.mark is Mark.DELETED else tr("moved here")

    @property
    def label(self) -> str:
        """The label before words that were not kept."""
        edited = tr("deleted") if self.mark is Mark.DELETED else tr("inserted")
        return self.note or self.moved or edited


def runs_of(old: str | None, new: str | None, ops: Iterable[TextOp]) -> tuple[Run, ...]:
    """The runs of two short texts that *ops* tile; if *ops* do not fit, the old text, then the new."""
    old, new, ops = old or "", new or "", tuple(ops)
    runs: list[Run] = []
    place = 0
    for op in ops:
        match op:
            case Equal():
                runs.append(Run(Mark.KEPT, new[place : place + len(op.new)]))
            case Insert():
                runs.append(Run(Mark.INSERTED, op.inserted))
            case Delete():
                runs.append(Run(Mark.DELETED, op.deleted))
            case Replace():
                runs += [Run(Mark.DELETED, op.deleted), Run(Mark.INSERTED, op.inserted)]
            case _:
                assert_never(op)
        place += len(op.new)
    joined = "".join([run.text for run in runs if run.mark is not Mark.DELETED])
    fits = (sum([len(op.old) for op in ops]), place, joined) == (len(old), len(new), new)
    if not runs or not fits:
        runs = (
            [Run(Mark.KEPT, new)] if old == new else [Run(Mark.DELETED, old), Run(Mark.INSERTED, new)]
        )
    return tuple([run for run in runs if run.text])


def is_replacement(runs: Iterable[Run]) -> bool:
    """Whether *runs* are two sides without a common word, better shown one after the other."""
    return [run.mark for run in runs] == [Mark.DELETED, Mark.INSERTED]


def sides(old: str, new: str) -> str:
    """Two sides in quotation marks on one line: ``“45” → “54”``; ``added “54”`` without an old side."""
    if old and new:
        return f"“{old}” → “{new}”"
    return tr("removed “{words}”", words=old) if old else tr("added “{words}”", words=new)


# ---------------------------------------------------------------------------- the words of a change


@attrs.frozen
class Quoted:
    """Words of the article with their marks; `label` says where they are: a link, a variant."""

    label: str
    runs: tuple[Run, ...]


def quoted(change: Change, *, whole: bool = False) -> Quoted:
    """The words that *change* removed and added, with some context, or the *whole* text."""
    old, new = change.old, change.new
    shown = tuple if whole else _abridged
    match change:
        case kinds.HeadlineChanged():
            return Quoted("", runs_of(old, new, change.ops))
        case kinds.TextEdited() | kinds.TextMoved():
            return Quoted("", tuple(shown(runs_of(old, new, change.ops))))
        case kinds.MetadataChanged() if change.field in _TIMES:
            return Quoted("", runs_of(old and stated_time(old), new and stated_time(new), ()))
        case _:
            label = f"“{change.text}”" if isinstance(change, kinds.LinkChanged) else ""
            return Quoted(label, tuple(shown(runs_of(old, new, ()))))


def variants(change: Change) -> tuple[Quoted, ...]:
    """The variants of a headline that changed in other words than *change* shows."""
    found = change.variants if isinstance(change, kinds.HeadlineChanged) else ()
    return tuple(
        Quoted(
            f"{tr(VARIANTS[one.source])} ({tr(one.nature.value)}, {substance(one.substantive)})",
            runs_of(one.old, one.new, one.ops),
        )
        for one in found
        if (one.old, one.new) != (change.old, change.new)
    )


def gist(change: Change) -> str:
    """A change on one line: its words that differ, or the beginning of its text."""
    old, new = change.old or "", change.new or ""
    if isinstance(change, kinds.TextEdited | kinds.HeadlineChanged) and change.differences:
        weightiest = max(change.differences, key=lambda one: one.substantive)
        old, new = weightiest.old.of(old), weightiest.new.of(new)
        return sides(_on_a_line(old, GIST_WORDS), _on_a_line(new, GIST_WORDS))
    return _on_a_line(new or old, GIST_WORDS)


def opening(text: str) -> str:
    """The beginning of *text*, for one line of a list."""
    return _on_a_line(text, OPENING_WORDS)


def _on_a_line(text: str, words: int) -> str:
    return _cut(" ".join(text.split()), words, 0)


def _abridged(runs: tuple[Run, ...]) -> Iterator[Run]:
    for index, run in enumerate(runs):
        if run.mark is not Mark.KEPT:
            yield attrs.evolve(run, text=_cut(run.text, LONG_WORDS, 0))
        elif len(runs) == 1:
            yield attrs.evolve(run, text=_cut(run.text, LONG_WORDS // 2, 0))
        else:
            lead = KEPT_WORDS if index else 0
            tail = KEPT_WORDS if index + 1 < len(runs) else 0
            yield attrs.evolve(run, text=_cut(run.text, lead, tail))


def _cut(text: str, lead: int, tail: int) -> str:
    """The first *lead* and the last *tail* words of *text*; all of it when little would be saved."""
    if len(text.split()) <= lead + tail + 3:
        return text
    head = text[: len(text) - len(text.split(None, lead)[-1])] if lead else ""
    end = text[len(text.rsplit(None, tail)[0]) :] if tail else ""
    return f"{head}…{end}"
