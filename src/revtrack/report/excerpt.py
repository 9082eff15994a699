"""The words that a change is about, short enough for a list: edits whole, long same text abridged."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from revtrack.changes.kinds import (
    Change,
    HeadlineChanged,
    LinkChanged,
    MediaChanged,
    MetadataChanged,
    MetadataField,
    TextEdited,
    TextMoved,
)
from revtrack.report.marks import Mark, Run, runs_of, sides
from revtrack.report.moments import stated
from revtrack.report.nouns import substance, variant_name

__all__ = ["OtherWords", "gist", "opening", "other_words", "words_of"]

KEPT_WORDS = 8
"""Words of unchanged text shown on each side of an edit: enough to know the place (one clause), few
enough that the edit stands out. The full text stands below each list."""

LONG_WORDS = 30
"""Words of one deleted or inserted run shown before it is cut (range 20 to 60): three lines. The whole
run is in the marked text below each list."""

OPENING_WORDS = 12
"""Words of a text that stands on one line in a list: enough to find it by, and one line on a screen."""

GIST_WORDS = 8
"""Words of each side in the contents of a report: a line on a screen holds two sides."""

_TIMES = (MetadataField.PUBLISHED, MetadataField.MODIFIED)


def words_of(change: Change) -> tuple[Run, ...]:
    """What *change* took away and brought, with a little of the text around it."""
    if isinstance(change, HeadlineChanged):
        return runs_of(change.old, change.new, change.ops)
    if isinstance(change, TextEdited):
        return tuple(_abridged(runs_of(change.old, change.new, change.ops)))
    if isinstance(change, TextMoved):
        runs = runs_of(change.old, change.new, change.ops)
        if not change.ops and change.old == change.new:
            runs = (Run(Mark.KEPT, change.new or ""),)
        return tuple(_abridged(runs))
    if isinstance(change, MetadataChanged) and change.field in _TIMES:
        sides = [side and stated(side) for side in (change.old, change.new)]
        return runs_of(sides[0], sides[1], ())
    return tuple(_abridged(runs_of(change.old, change.new, ())))


@attrs.frozen
class OtherWords:
    """A variant of a headline that changed in words of its own: where it appears, what was changed."""

    label: str
    runs: tuple[Run, ...]


def other_words(change: Change) -> tuple[OtherWords, ...]:
    """The variants of a headline that changed in other words than *change* shows."""
    if not isinstance(change, HeadlineChanged):
        return ()
    return tuple(
        [
            OtherWords(
                f"{variant_name(one.source)} ({one.nature.value}, {substance(one.substantive)})",
                runs_of(one.old, one.new, one.ops),
            )
            for one in change.variants
            if (one.old, one.new) != (change.old, change.new)
        ]
    )


def gist(change: Change) -> str:
    """The words that a change is about, on one line: what differs, or how its text begins."""
    old, new = change.old or "", change.new or ""
    if isinstance(change, MetadataChanged | MediaChanged | LinkChanged | HeadlineChanged):
        return _short(new or old)
    weighty = [one for one in change.differences if one.substantive] or change.differences[:1]
    if isinstance(change, TextEdited) and weighty:
        parts = weighty[0].old.of(old).strip(), weighty[0].new.of(new).strip()
        return sides(*[_short(part) for part in parts])
    return _short(new or old)


def _short(text: str) -> str:
    return _cut(" ".join(text.split()), GIST_WORDS, 0)


def opening(text: str) -> str:
    """How *text* begins, for one line of a list."""
    return _cut(text, OPENING_WORDS, 0)


def _abridged(runs: Iterable[Run]) -> Iterable[Run]:
    runs = tuple(runs)
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
