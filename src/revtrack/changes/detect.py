"""Detect: what became of the body, as typed changes in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

import attrs

from revtrack.changes.edit import Edit
from revtrack.changes.kinds import (
    Change,
    Direction,
    Nature,
    NoticeAdded,
    NoticeRemoved,
    Prominence,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
    UpdateAdded,
)
from revtrack.changes.lines import CREDIT_LINE, STATUS_LINE
from revtrack.changes.live import entry_at
from revtrack.changes.nature import Verdict, judge, judge_text
from revtrack.changes.passages import Side
from revtrack.changes.stretches import Belongs, Loose, Moved, Wording
from revtrack.changes.struck import STRUCK, holds_struck
from revtrack.changes.tiling import Pair
from revtrack.extract.source_formats import PLAIN
from revtrack.facts import Day, counted
from revtrack.model import BlockKind, Notice, NoticeKind, Span
from revtrack.notices.dates import LONGEST, is_time_stamp
from revtrack.text.markup import calls

__all__ = ["LEAD", "NEW_ENTRY", "WITH_ENTRY", "text_changes"]

LEAD = 3
"""How many blocks make the lead of an article: what most readers see before they leave."""

WITH_ENTRY = "moved.with-entry"
"""The rule of text that is elsewhere because its entry of a live blog is."""

NEW_ENTRY = "added.entry"
"""The rule of text in an entry of a live blog that was added: readers see that the entry is new."""

_BY_OWNER = {
    Belongs.NOTICE: Verdict(Nature.NOTICE, True, "notice"),
    Belongs.MARKER: Verdict(Nature.FORMAT, False, "marker"),
    Belongs.REPEATED: Verdict(Nature.FORMAT, False, "repetition"),
}
"""Text that is no sentence of the story by what it belongs to: readers should know of what a notice
says; where a point is in a list is no part of what it says; words that the other article holds as well
were neither removed nor added."""

_CALLED = Verdict(Nature.FORMAT, False, "called")
"""Text that an instruction to the site's generator puts on the page, or did."""

_BY_LINE = {
    rule: Verdict(Nature.METADATA, False, rule) for rule in (STATUS_LINE, CREDIT_LINE, "time-stamp")
}
"""Lines about the page: how it stands, who made it, when it was published or updated."""


def text_changes(pair: Pair) -> tuple[Change, ...]:
    """Read a tiling as changes: each operation that is not `Equal` belongs to exactly one of them.

    In a live blog text that only went with its entry to another place has a rule of its own.
    """
    tiling = pair.tiling
    fresh = {run.entry.id for run in pair.entries.unpaired[1]} if pair.entries else set()
    placed: list[tuple[int, Change]] = [
        *[(group[0].place, _gone(pair, group)) for group in _together(tiling.deleted)],
        *[(wording.new[0].start, _edited(pair, wording)) for wording in tiling.edited],
        *[
            (
                moved.wording.new[0].start,
                _edited(pair, moved.wording)
                if moved.carried and moved.wording.differs
                else _moved(pair, moved),
            )
            for moved in tiling.moved
        ],
        *[(group[0].place, _come(pair, group, fresh)) for group in _together(tiling.inserted)],
    ]
    # the sort is stable: what went is before what follows its place
    return tuple([change for _, change in sorted(placed, key=itemgetter(0))])


def _together(loose: Sequence[Loose]) -> Iterator[list[Loose]]:
    """Stretches that make one change: all those of a notice, else each alone; moves are apart."""
    notices: dict[int, list[Loose]] = {}
    for stretch in loose:
        if stretch.belongs is Belongs.NOTICE:
            notices.setdefault(stretch.number, []).append(stretch)
        elif stretch.belongs is not Belongs.MOVE:
            yield [stretch]
    yield from notices.values()


def _judged(verdict: Verdict, prefix: str) -> dict[str, Any]:
    """What a change takes over from its verdict."""
    return {
        "rule": f"{prefix}.{verdict.rule}",
        "nature": verdict.nature,
        "substantive": verdict.substantive,
        "old_evidence": verdict.old_evidence,
        "new_evidence": verdict.new_evidence,
        "differences": verdict.differences,
    }


def _of_no_story(words: str, side: Side, passage: int, belongs: Belongs) -> Verdict | None:
    """The verdict on text that is no part of the story; None where it is."""
    if belongs is not Belongs.BLOCK:
        return _BY_OWNER[belongs]
    if passage in side.notices:
        return _BY_OWNER[Belongs.NOTICE]
    line = side.page_line(side.blocks[passage], words)
    if line is None and len(words) <= LONGEST and any(map(str.isdigit, words)):
        line = "time-stamp" if is_time_stamp(words, language=side.language) else None
    return _BY_LINE[line] if line else None


def _verdict(pair: Pair, wording: Wording) -> Verdict:
    old, new = pair.old, pair.new
    texts = wording.words(old.text, new.text)
    passages = [side.passage_at(s[0].start) for side, s in ((old, wording.old), (new, wording.new))]
    were, are = (
        _of_no_story(words, side, passage, wording.belongs)
        for words, side, passage in zip(texts, (old, new), passages, strict=True)
    )
    if were is not None and were is are:
        return were
    kind = old.article.blocks[old.blocks[passages[0]]].kind
    quoted, rendered = kind is BlockKind.QUOTE, new.article.extractor != PLAIN
    edit = Edit(*texts, wording.ops, quoted=quoted, language=new.language, rendered=rendered)
    return judge(edit, terse=kind is BlockKind.TABLE_ROW)


def _edited(pair: Pair, wording: Wording) -> TextEdited | UpdateAdded | NoticeAdded:
    old_text, new_text = wording.words(pair.old.text, pair.new.text)
    notice = _of_another_day(pair, wording)
    if notice is not None:
        return _notice_added(notice, wording.new, pair, old=old_text, old_spans=wording.old)
    return TextEdited(
        old=old_text,
        new=new_text,
        old_spans=wording.old,
        new_spans=wording.new,
        ops=wording.ops,
        entry=entry_at(wording.new[0], pair.new.article),
        **_judged(_verdict(pair, wording), "edited"),
    )


def _of_another_day(pair: Pair, wording: Wording) -> Notice | None:
    """The notice that was put where another was: both give a day or a month, and not the same."""
    old, new = (
        side.notices.get(side.passage_at(spans[0].start))
        for side, spans in ((pair.old, wording.old), (pair.new, wording.new))
    )
    if old is None or new is None or not wording.differs:
        return None
    days = [
        {
            fact.value
            for fact in counted(words, language=pair.new.language)
            if isinstance(fact.value, Day)
        }
        for words in wording.words(pair.old.text, pair.new.text)
    ]
    return pair.new.article.notices[new] if all(days) and days[0] != days[1] else None


def _moved(pair: Pair, moved: Moved) -> TextMoved:
    wording, (old, new) = moved.wording, (pair.old, pair.new)
    old_text, new_text = wording.words(old.text, new.text)
    verdict = _verdict(pair, wording) if wording.differs else Verdict(Nature.ORDER, False, "moved")
    blocks = [
        side.blocks[side.passage_at(s[0].start)] for side, s in ((old, wording.old), (new, wording.new))
    ]
    change = TextMoved(
        old=old_text,
        new=new_text,
        old_spans=wording.old,
        new_spans=wording.new,
        ops=wording.ops,
        direction=Direction.UP if moved.upward else Direction.DOWN,
        prominence=_prominence(*blocks),
        entry=entry_at(wording.new[0], new.article),
        **_judged(verdict, "moved"),
    )
    if wording.differs:
        return change
    return attrs.evolve(change, rule=WITH_ENTRY if moved.carried else "moved")


def _prominence(old_block: int, new_block: int) -> Prominence:
    if (old_block < LEAD) == (new_block < LEAD):
        return Prominence.SAME
    return Prominence.INTO_LEAD if new_block < LEAD else Prominence.OUT_OF_LEAD


def _gone(pair: Pair, stretches: list[Loose]) -> TextRemoved | NoticeRemoved:
    side, spans = pair.old, _spans(stretches)
    entry = entry_at(spans[0], side.article)
    notice = _whole_notice(side, stretches)
    if notice is not None:
        return NoticeRemoved(
            old=notice.text,
            new=None,
            rule="notice.removed",
            nature=Nature.NOTICE,
            substantive=True,
            old_spans=spans,
            entry=entry,
            notice=notice,
        )
    words = "\n\n".join([stretch.words(side.text) for stretch in stretches])
    verdict = _judge_loose(words, stretches, side)
    if verdict.nature is Nature.CONTENT and holds_struck(pair.new.article, words):
        verdict = attrs.evolve(verdict, rule=STRUCK)
    if calls(words, pair.new.text, side.text):
        verdict = _CALLED
    return TextRemoved(
        old=words,
        new=None,
        old_spans=spans,
        entry=entry,
        **_judged(verdict, "removed"),
    )


def _come(
    pair: Pair, stretches: list[Loose], fresh: set[str | None]
) -> TextAdded | UpdateAdded | NoticeAdded:
    """The change that text was added; *fresh* are the ids of entries of a live blog that are new."""
    side, spans = pair.new, _spans(stretches)
    entry = entry_at(spans[0], side.article)
    notice = _whole_notice(side, stretches)
    if notice is not None:
        return _notice_added(notice, spans, pair)
    words = "\n\n".join([stretch.words(side.text) for stretch in stretches])
    called = calls(words, pair.old.text, side.text)
    verdict = _CALLED if called else _judge_loose(words, stretches, side)
    change = TextAdded(
        old=None,
        new=words,
        new_spans=spans,
        entry=entry,
        **_judged(verdict, "added"),
    )
    return attrs.evolve(change, rule=NEW_ENTRY) if entry and entry.id in fresh else change


def _notice_added(
    notice: Notice, spans: tuple[Span, ...], pair: Pair, **before: Any
) -> UpdateAdded | NoticeAdded:
    """The change that a notice was added; *before* is what was in its place."""
    is_update = _reads_as_update(notice)
    return (UpdateAdded if is_update else NoticeAdded)(
        **{"old": None, **before},
        new=notice.text,
        rule="notice.update" if is_update else "notice.added",
        nature=Nature.NOTICE,
        substantive=True,
        new_spans=spans,
        entry=entry_at(spans[0], pair.new.article),
        notice=notice,
    )


def _spans(stretches: Sequence[Loose]) -> tuple[Span, ...]:
    return tuple([span for stretch in stretches for span in stretch.spans])


def _judge_loose(words: str, stretches: Sequence[Loose], side: Side) -> Verdict:
    """Text of a notice that was added or removed without the notice is a change of that notice."""
    passage = side.passage_at(stretches[0].spans[0].start)
    verdict = _of_no_story(words, side, passage, stretches[0].belongs)
    return verdict or judge_text(words, rendered=side.article.extractor != PLAIN)


def _whole_notice(side: Side, stretches: list[Loose]) -> Notice | None:
    """The notice that was added or removed, if most of it was, or its label with what it says first."""
    if stretches[0].belongs is not Belongs.NOTICE:
        return None
    notice, spans = side.article.notices[stretches[0].number], _spans(stretches)
    if notice.span is None:
        return None
    label = len(notice.label or "")
    labelled = spans[0].start <= notice.span.start and len(spans[0]) > 2 * label > 0
    most = 2 * sum(map(len, spans)) >= len(notice.span)
    return notice if most or labelled else None


def _reads_as_update(notice: Notice) -> bool:
    """An update by what it says or by its label: *Update: the original headline read…* is one."""
    return notice.kind is NoticeKind.UPDATE or "update" in (notice.label or "").casefold()
