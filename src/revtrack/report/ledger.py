"""A ledger in plain words: one sentence for each observation, and the texts that it is about.

The sentences are those of the report. They hold no text of the article; the texts are apart, so that
each form can quote and escape them in its own way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

import attrs

from revtrack.changes.disclosure import Disclosure
from revtrack.changes.kinds import Change, DisclosureState, HeadlineChanged
from revtrack.ledger import (
    ChangeReverted,
    ClaimState,
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
from revtrack.report.disclosures import Delay, clause, leftover, over, same_change
from revtrack.report.excerpt import words_of
from revtrack.report.markdown_page import escaped
from revtrack.report.marks import Mark, sides
from revtrack.report.moments import moment, when
from revtrack.report.neutral import single_line
from revtrack.report.nouns import counted, headline_name, notice_name, notices_of
from revtrack.report.phrases import observed

__all__ = ["Observation", "ledger_markdown", "ledger_text", "observations"]


_CLAIMS = {
    ClaimState.CONFIRMED: "confirmed by captures",
    ClaimState.CONTRADICTED: "contradicted by captures",
    ClaimState.STANDING: "not carried out: the newest capture still has the old wording",
    ClaimState.UNVERIFIED: "not verified by captures",
}


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
    undisclosed = [entry.change.state for entry in ledger.undisclosed]
    silent = counted(len(undisclosed), "undisclosed change")
    partly = undisclosed.count(DisclosureState.PARTLY)
    silent += f" ({partly} in part)" if partly else ""
    late = [entry for entry in ledger.late if entry.change.state is DisclosureState.LATE]
    number = len({(entry.version, same_change(entry.change)) for entry in late})
    delay = str(over([Delay(entry.shortest, entry.longest) for entry in late]) or "")
    return f"{notices}, {silent}, {number} disclosed late{f' ({delay})' if delay else ''}."


def _said(entry: LedgerEntry) -> str:
    """The observation as a sentence without its full stop."""
    match entry:
        case NoticeTold():
            return (
                f"{notice_name(entry.notice)} "
                f"{'is in the first capture' if entry.version == 1 else 'was added'}; "
                f"it explains {counted(len(entry.explains), 'difference')}; "
                f"its claim is {_CLAIMS[entry.state]}"
            )
        case NoticeReworded():
            return f"{notice_name(entry.new)} was reworded"
        case NoticeMoved():
            return f"{notice_name(entry.notice)} was moved {entry.direction.value}"
        case NoticeWithdrawn():
            return f"{notice_name(entry.notice)} was removed"
        case Undisclosed():
            return f"{observed(entry.change)}; {clause(entry.change)}"
        case DisclosedLate():
            delay = str(Delay(entry.shortest, entry.longest))
            by = notices_of([entry.disclosure.notice])
            return (
                f"{observed(entry.change)}; {by} explains it, added {f'{delay} ' if delay else ''}later"
            )
        case HeadlineReturned():
            return f"The headline is again that of version {entry.first}"
        case ChangeReverted():
            return f"{observed(entry.change)}; this undoes the change made in version {entry.first}"
        case DateChanged():
            return "The stated date of modification was changed; headline and text were not"
        case TextChanged():
            changes = counted(len(entry.changes), "change")
            return (
                f"{changes} of {_parts_of(entry.changes)}; the stated date of modification is still "
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
            if entry.captured:
                yield f"the captures show instead: “{entry.captured}”"
        case NoticeReworded():
            yield from (entry.old.text, entry.new.text)
        case NoticeMoved() | NoticeWithdrawn():
            yield entry.notice.text
        case Undisclosed():
            yield _shown(entry.change)
            yield from [f"not explained: {sides(old, new)}" for old, new in leftover(entry.change)]
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


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
