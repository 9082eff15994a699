"""Detect: what became of the body, as typed changes in reading order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

import attrs

from revtrack.changes.credits import is_credit
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
from revtrack.changes.nature import Verdict, covering, judge, judge_text
from revtrack.changes.passages import Side
from revtrack.changes.stretches import Belongs, Loose, Moved, Tiling, Wording
from revtrack.changes.struck import STRUCK, holds_struck
from revtrack.changes.vocabulary import spoken
from revtrack.model import BlockKind, Notice, NoticeKind, Span
from revtrack.notices.dates import LONGEST, is_time_stamp

__all__ = ["LEAD", "WITH_ENTRY", "carried_changes", "text_changes"]

LEAD = 3
"""How many blocks make the lead of an article: what most readers see before they leave."""

WITH_ENTRY = "moved.with-entry"
"""The rule of text that stands elsewhere because its entry of a live blog does."""

NOTICE_REWORDED = Verdict(Nature.NOTICE, True, "notice")
"""What a notice says of the story was changed: readers should know, and it is no part of the story."""

TIME_STAMP = Verdict(Nature.METADATA, False, "time-stamp")
"""A line that says when the article was published or updated is metadata, wherever it stands."""

CREDIT = Verdict(Nature.METADATA, False, "credit")
"""A line at either end that says who reported, wrote or edited the story is a byline."""

STATUS_LINE = Verdict(Nature.METADATA, False, "status-line")
"""A line that says how the page stands (*a developing story*) is metadata, too."""

MARKER = Verdict(Nature.FORMAT, False, "marker")
"""Where a point stands in a list is no part of what it says."""

REPETITION = Verdict(Nature.FORMAT, False, "repetition")
"""Words that the other article holds as well were neither removed nor added: they were repeated."""

WHOLE = {
    Belongs.NOTICE: NOTICE_REWORDED,
    Belongs.MARKER: MARKER,
    Belongs.REPEATED: REPETITION,
}
"""The verdicts of text that came or went by what it belongs to."""


def text_changes(old: Side, new: Side, tiling: Tiling) -> tuple[Change, ...]:
    """Read a tiling as changes: each operation that is not `Equal` belongs to exactly one of them.

    What stands elsewhere only because its entry of a live blog does is told by `carried_changes`.
    """
    placed: list[tuple[int, Change]] = [
        *[(group[0].place, _gone(old, new, group)) for group in _together(tiling.deleted)],
        *[(wording.new[0].start, _edited(old, new, wording)) for wording in tiling.edited],
        *[
            (moved.wording.new[0].start, _moved(old, new, moved))
            for moved in tiling.moved
            if not moved.carried
        ],
        *[
            (moved.wording.new[0].start, _edited(old, new, moved.wording))
            for moved in tiling.moved
            if moved.carried and moved.wording.differs
        ],
        *[(group[0].place, _come(new, group)) for group in _together(tiling.inserted)],
    ]
    # the sort is stable: what went stands before what follows its place
    return tuple([change for _, change in sorted(placed, key=itemgetter(0))])


def carried_changes(old: Side, new: Side, tiling: Tiling) -> tuple[TextMoved, ...]:
    """The text that reads the same and went with its entry of a live blog to another place."""
    return tuple(
        [
            attrs.evolve(_moved(old, new, one), rule=WITH_ENTRY)
            for one in tiling.moved
            if one.carried and not one.wording.differs
        ]
    )


def _together(loose: Sequence[Loose]) -> Iterator[list[Loose]]:
    """Stretches that make one change: all those of a notice, else each alone; moves are told apart."""
    notices: dict[int, list[Loose]] = {}
    for stretch in loose:
        if stretch.belongs is Belongs.NOTICE:
            notices.setdefault(stretch.number, []).append(stretch)
        elif stretch.belongs is not Belongs.MOVE:
            yield [stretch]
    yield from notices.values()


def _edited(old: Side, new: Side, wording: Wording) -> TextEdited:
    verdict = _verdict(old, new, wording)
    old_text, new_text = wording.words(old.text, new.text)
    return TextEdited(
        old=old_text,
        new=new_text,
        rule=f"edited.{verdict.rule}",
        nature=verdict.nature,
        substantive=verdict.substantive,
        old_spans=wording.old,
        new_spans=wording.new,
        old_evidence=verdict.old_evidence,
        new_evidence=verdict.new_evidence,
        differences=verdict.differences,
        ops=wording.ops,
    )


def _verdict(old: Side, new: Side, wording: Wording) -> Verdict:
    passage = old.passage_at(wording.old[0].start)
    texts = wording.words(old.text, new.text)
    if wording.belongs is not Belongs.BLOCK:
        return covering(WHOLE[wording.belongs], *texts)
    if passage in old.notices:
        return covering(NOTICE_REWORDED, *texts)
    if _is_time_stamp(texts[0], old) and _is_time_stamp(texts[1], new):
        return covering(TIME_STAMP, *texts)
    if is_credit(texts[0], old.article) and is_credit(texts[1], new.article):
        return covering(CREDIT, *texts)
    return judge(
        Edit(
            *texts,
            wording.ops,
            quoted=old.article.blocks[old.blocks[passage]].kind is BlockKind.QUOTE,
            language=spoken(new.article),
            story=new.text,
        )
    )


def _moved(old: Side, new: Side, moved: Moved) -> TextMoved:
    wording = moved.wording
    old_text, new_text = wording.words(old.text, new.text)
    verdict = _verdict(old, new, wording) if wording.differs else None
    return TextMoved(
        old=old_text,
        new=new_text,
        rule=f"moved.{verdict.rule}" if verdict else "moved",
        nature=verdict.nature if verdict else Nature.ORDER,
        substantive=verdict.substantive if verdict else False,
        old_spans=wording.old,
        new_spans=wording.new,
        old_evidence=verdict.old_evidence if verdict else (),
        new_evidence=verdict.new_evidence if verdict else (),
        differences=verdict.differences if verdict else (),
        ops=wording.ops,
        direction=Direction.UP if moved.upward else Direction.DOWN,
        prominence=_prominence(
            old.blocks[old.passage_at(wording.old[0].start)],
            new.blocks[new.passage_at(wording.new[0].start)],
        ),
    )


def _prominence(old_block: int, new_block: int) -> Prominence:
    if (old_block < LEAD) == (new_block < LEAD):
        return Prominence.SAME
    return Prominence.INTO_LEAD if new_block < LEAD else Prominence.OUT_OF_LEAD


def _gone(old: Side, new: Side, stretches: list[Loose]) -> TextRemoved | NoticeRemoved:
    spans = tuple([span for stretch in stretches for span in stretch.spans])
    notice = _whole_notice(old, stretches)
    if notice is not None:
        return NoticeRemoved(
            old=notice.text,
            new=None,
            rule="notice.removed",
            nature=Nature.NOTICE,
            substantive=True,
            old_spans=spans,
            notice=notice,
        )
    words = "\n\n".join([stretch.words(old.text) for stretch in stretches])
    verdict = _judge_stretches(words, stretches, old)
    if verdict.nature is Nature.CONTENT and holds_struck(new.article, words):
        verdict = attrs.evolve(verdict, rule=STRUCK)
    verdict = covering(verdict, words, "")
    return TextRemoved(
        old=words,
        new=None,
        rule=f"removed.{verdict.rule}",
        nature=verdict.nature,
        substantive=verdict.substantive,
        differences=verdict.differences,
        old_spans=spans,
    )


def _come(new: Side, stretches: list[Loose]) -> TextAdded | UpdateAdded | NoticeAdded:
    spans = tuple([span for stretch in stretches for span in stretch.spans])
    notice = _whole_notice(new, stretches)
    if notice is not None:
        is_update = _reads_as_update(notice)
        return (UpdateAdded if is_update else NoticeAdded)(
            old=None,
            new=notice.text,
            rule="notice.update" if is_update else "notice.added",
            nature=Nature.NOTICE,
            substantive=True,
            new_spans=spans,
            notice=notice,
        )
    words = "\n\n".join([stretch.words(new.text) for stretch in stretches])
    verdict = covering(_judge_stretches(words, stretches, new), "", words)
    return TextAdded(
        old=None,
        new=words,
        rule=f"added.{verdict.rule}",
        nature=verdict.nature,
        substantive=verdict.substantive,
        differences=verdict.differences,
        new_spans=spans,
    )


def _judge_stretches(words: str, stretches: list[Loose], side: Side) -> Verdict:
    """Text of a notice that came or went without the notice is a change of that notice."""
    if (whole := WHOLE.get(stretches[0].belongs)) is not None:
        return whole
    passage = side.passage_at(stretches[0].spans[0].start)
    if side.in_status(Span(passage, passage + 1)):
        return STATUS_LINE
    if is_credit(words, side.article):
        return CREDIT
    return TIME_STAMP if _is_time_stamp(words, side) else judge_text(words)


def _is_time_stamp(words: str, side: Side) -> bool:
    short = len(words) <= LONGEST and any(map(str.isdigit, words))
    return short and is_time_stamp(words, language=spoken(side.article))


def _whole_notice(side: Side, stretches: list[Loose]) -> Notice | None:
    """The notice that came or went, if most of it did and not only a sentence of it."""
    if stretches[0].belongs is not Belongs.NOTICE:
        return None
    notice = side.article.notices[stretches[0].number]
    covered = sum([len(span) for stretch in stretches for span in stretch.spans])
    return notice if notice.span is not None and 2 * covered >= len(notice.span) else None


def _reads_as_update(notice: Notice) -> bool:
    """An update by what it says or by its label: *Update: the original headline read…* is one."""
    return notice.kind is NoticeKind.UPDATE or "update" in (notice.label or "").casefold()
