"""A ledger in plain words: one sentence for each observation, and the texts that it is about.

The sentences hold no text of the article; the texts stand apart, so that each form can quote and
escape them in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import assert_never

import attrs

from revtrack.changes.disclosure import Disclosure
from revtrack.changes.kinds import (
    Change,
    HeadlineChanged,
    LinkChanged,
    MediaChanged,
    MetadataChanged,
    NoticeAdded,
    NoticeRemoved,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
    UpdateAdded,
)
from revtrack.ledger import (
    ChangeReverted,
    DateChanged,
    DisclosedLate,
    HeadlineReturned,
    Ledger,
    LedgerEntry,
    NoticeMoved,
    NoticeReworded,
    NoticeTold,
    NoticeWithdrawn,
    TextChanged,
    Undisclosed,
)
from revtrack.report.excerpt import words_of
from revtrack.report.markdown_page import escaped
from revtrack.report.marks import Mark
from revtrack.report.moments import moment, when
from revtrack.report.neutral import single_line
from revtrack.report.nouns import counted, headline_name, notice_name

__all__ = ["Observation", "ledger_markdown", "ledger_text", "observations"]


@attrs.frozen
class Observation:
    """One entry in words: when it happened, what was observed (a sentence), the texts it is about."""

    when: str
    said: str
    texts: tuple[str, ...]


def observations(ledger: Ledger) -> tuple[Observation, ...]:
    """Every entry of *ledger* in words, in its order."""
    return tuple(
        [
            Observation(when(entry.interval), f"{_said(entry)}.", tuple(_texts(entry)))
            for entry in ledger.entries
        ]
    )


def ledger_text(ledger: Ledger) -> str:
    """*ledger* as plain text: a paragraph for each entry, its texts indented under it."""
    lines = [_summary(ledger), ""]
    for one in observations(ledger):
        lines += [f"{_capital(one.when)}: {one.said}"]
        lines += [f"    {single_line(text)}" for text in one.texts]
        lines += [""]
    return "\n".join(lines).rstrip() + "\n"


def ledger_markdown(ledger: Ledger) -> str:
    """*ledger* in Markdown: a list of its entries with their texts as quotations."""
    lines = ["# Ledger", "", _summary(ledger), ""]
    for one in observations(ledger):
        lines += [f"- **{one.said}** {_capital(one.when)}.", ""]
        for text in one.texts:
            lines += [f"  > {escaped(text)}", ""]
    return "\n".join(lines).rstrip() + "\n"


def _summary(ledger: Ledger) -> str:
    notices = counted(len(ledger.notices), "notice")
    silent = counted(len(ledger.undisclosed), "undisclosed change")
    return f"{notices}, {silent}, {len(ledger.late)} disclosed late."


def _said(entry: LedgerEntry) -> str:
    """The observation as a sentence without its full stop."""
    match entry:
        case NoticeTold():
            stood = "stood in the first capture" if entry.version == 1 else "was added"
            explains = counted(len(entry.explains), "change")
            return (
                f"{notice_name(entry.notice)} {stood}; it explains {explains}; "
                f"its claim is {entry.state.value}"
            )
        case NoticeReworded():
            return f"{notice_name(entry.new)} was reworded"
        case NoticeMoved():
            return f"{notice_name(entry.notice)} was moved {entry.direction.value}"
        case NoticeWithdrawn():
            return f"{notice_name(entry.notice)} was removed"
        case Undisclosed():
            return f"{_changed(entry.change)}, and no notice in any capture explains it"
        case DisclosedLate():
            return f"{_changed(entry.change)}, and a notice explains it that came {_later(entry)}"
        case HeadlineReturned():
            return f"The headline reads again as in version {entry.first}"
        case ChangeReverted():
            return f"{_changed(entry.change)}, which undoes the change of version {entry.first}"
        case DateChanged():
            return "The stated date of modification was changed, headline and text were not"
        case TextChanged():
            changes = counted(len(entry.changes), "change")
            return (
                f"{changes} of {_parts_of(entry.changes)}, and the stated date of modification stayed "
                f"{moment(entry.modified_at)}"
            )
        case _:
            assert_never(entry)


def _parts_of(changes: Iterable[Change]) -> str:
    """What *changes* are of: one variant of the headline, or headline or text."""
    names = {headline_name(one.source) if isinstance(one, HeadlineChanged) else None for one in changes}
    name = next(iter(names)) if len(names) == 1 else None
    return "headline or text" if name is None else name[:1].lower() + name[1:]


def _texts(entry: LedgerEntry) -> Iterator[str]:
    match entry:
        case NoticeTold():
            yield entry.notice.text
            yield from [_link(one) for one in entry.explains]
        case NoticeReworded():
            yield from (entry.old.text, entry.new.text)
        case NoticeMoved() | NoticeWithdrawn():
            yield entry.notice.text
        case Undisclosed():
            yield _shown(entry.change)
        case DisclosedLate():
            yield _shown(entry.change)
            yield entry.disclosure.notice.text
        case HeadlineReturned():
            yield entry.headline
        case ChangeReverted():
            yield _shown(entry.change)
        case DateChanged():
            yield f"{moment(entry.old)} → {moment(entry.new)}"
        case TextChanged():
            yield from [_shown(change) for change in entry.changes]
        case _:
            assert_never(entry)


def _link(one: Disclosure) -> str:
    return f"{_shown(one.change)} ({one.words})"


def _shown(change: Change) -> str:
    """The change on one line, in the signs of `git diff --word-diff`."""
    signs = {Mark.KEPT: "{}", Mark.DELETED: "[-{}-]", Mark.INSERTED: "{{+{}+}}", Mark.STRUCK: "({})"}
    return "".join([signs[run.mark].format(run.text) for run in words_of(change)])


def _later(entry: DisclosedLate) -> str:
    shortest, longest = entry.shortest, entry.longest
    if shortest is None or longest is None:
        return "later"
    return f"{_length(shortest)} to {_length(longest)} later"


def _length(time: timedelta) -> str:
    hours = round(time / timedelta(hours=1))
    return counted(hours, "hour") if hours < 72 else counted(round(hours / 24), "day", "days")


def _changed(change: Change) -> str:
    match change:
        case HeadlineChanged():
            return f"{headline_name(change.source)} was changed"
        case TextAdded():
            return "Text was added"
        case TextRemoved():
            return "Text was removed"
        case TextEdited():
            return "A sentence was edited"
        case TextMoved():
            return "Text was moved and edited"
        case NoticeAdded() | UpdateAdded():
            return f"{notice_name(change.notice)} was added"
        case NoticeRemoved():
            return f"{notice_name(change.notice)} was removed"
        case MetadataChanged():
            return f"The {change.field.value} was changed"
        case LinkChanged():
            return "A link leads elsewhere"
        case MediaChanged():
            return "A medium was changed"
        case _:
            assert_never(change)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
