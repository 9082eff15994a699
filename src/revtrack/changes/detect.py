"""Detect: what became of the body, as typed changes in reading order."""

from __future__ import annotations

from collections import Counter
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
from revtrack.changes.lines import CREDIT_LINE, STATUS_LINE, line_kind
from revtrack.changes.live import entry_at
from revtrack.changes.nature import Verdict, judge, judge_text
from revtrack.changes.passages import Side
from revtrack.changes.stretches import Belongs, Loose, Moved, Wording
from revtrack.changes.tiling import Pair
from revtrack.changes.words import WORD, key
from revtrack.diff import Equal
from revtrack.extract.live import is_age
from revtrack.extract.source_formats import PLAIN
from revtrack.facts import Day, counted
from revtrack.model import Article, BlockKind, Notice, NoticeKind, Span
from revtrack.notices.dates import LONGEST, is_time_stamp
from revtrack.text import fold
from revtrack.text.markup import calls

__all__ = [
    "LEAD",
    "NEW_ENTRY",
    "WITH_ENTRY",
    "holds_struck",
    "newly_struck",
    "notice_added",
    "struck_in",
    "text_changes",
]

LEAD = 3
"""How many blocks make the lead of an article: what most readers see before they leave."""

WITH_ENTRY = "moved.with-entry"
"""The rule of text that is elsewhere because its entry of a live blog is."""

NEW_ENTRY = "added.entry"
"""The rule of text in an entry of a live blog that was added: readers see that the entry is new."""

STRUCK = "struck"
"""The rule of text that was removed and that the new page still shows, struck out."""

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


def _of_no_story(words: str, side: Side, passage: int, belongs: Belongs) -> Verdict | None:
    """The verdict on text that is no part of the story; None where it is."""
    if belongs is not Belongs.BLOCK:
        return _BY_OWNER[belongs]
    if passage in side.notices:
        return _BY_OWNER[Belongs.NOTICE]
    line = side.page_line(side.blocks[passage], words)
    if line is None and len(words) <= LONGEST and any(map(str.isdigit, words)):
        stamp = is_time_stamp(words, language=side.language) or is_age(words)
        line = "time-stamp" if stamp else None
    return _BY_LINE[line] if line else None


def _verdict(pair: Pair, wording: Wording) -> Verdict:
    old, new = pair.old, pair.new
    texts, passages = wording.words(old.text, new.text), _passages(pair, wording)
    were, are = (
        _of_no_story(words, side, passage, wording.belongs)
        for words, side, passage in zip(texts, (old, new), passages, strict=True)
    )
    kind = old.article.blocks[old.blocks[passages[0]]].kind
    quoted, rendered = kind is BlockKind.QUOTE, new.article.extractor != PLAIN
    edit = Edit(*texts, wording.ops, quoted=quoted, language=new.language, rendered=rendered)
    if were is not None and were is are and (edit.gone_words or edit.come_words or rendered):
        return were
    return judge(edit, terse=kind is BlockKind.TABLE_ROW)


def _edited(pair: Pair, wording: Wording) -> TextEdited | UpdateAdded | NoticeAdded:
    placed = _placed(pair, wording)
    notice = _of_another_day(pair, wording)
    if notice is not None:
        return notice_added(notice, **placed | {"new": notice.text})
    return TextEdited(ops=wording.ops, **placed, **_verdict(pair, wording).fields("edited"))


def _passages(pair: Pair, wording: Wording) -> tuple[int, int]:
    """The old and the new passage that a wording begins with."""
    return pair.old.passage_at(wording.old[0].start), pair.new.passage_at(wording.new[0].start)


def _placed(pair: Pair, wording: Wording) -> dict[str, Any]:
    """What the two sides of a change read, and where they are."""
    old, new = wording.words(pair.old.text, pair.new.text)
    entry = entry_at(wording.new[0], pair.new.article)
    return {"old": old, "new": new, "old_spans": wording.old, "new_spans": wording.new, "entry": entry}


def _of_another_day(pair: Pair, wording: Wording) -> Notice | None:
    """The notice that was put where another was: both give a day or a month, and not the same."""
    passages = _passages(pair, wording)
    old, new = pair.old.notices.get(passages[0]), pair.new.notices.get(passages[1])
    if old is None or new is None or not wording.differs:
        return None
    language, texts = pair.new.language, wording.words(pair.old.text, pair.new.text)
    days = [
        {fact.value for fact in counted(words, language=language) if isinstance(fact.value, Day)}
        for words in texts
    ]
    return pair.new.article.notices[new] if all(days) and days[0] != days[1] else None


def _moved(pair: Pair, moved: Moved) -> TextMoved:
    wording = moved.wording
    if wording.differs:
        verdict = _verdict(pair, wording).fields("moved")
    else:
        rule = WITH_ENTRY if moved.carried else "moved"
        verdict = {"nature": Nature.ORDER, "substantive": False, "rule": rule}
    passages = _passages(pair, wording)
    led = pair.old.blocks[passages[0]] < LEAD, pair.new.blocks[passages[1]] < LEAD
    gained = Prominence.INTO_LEAD if led[1] else Prominence.OUT_OF_LEAD
    return TextMoved(
        ops=wording.ops,
        direction=Direction.UP if moved.upward else Direction.DOWN,
        prominence=Prominence.SAME if led[0] == led[1] else gained,
        **_placed(pair, wording),
        **verdict,
    )


def _gone(pair: Pair, stretches: list[Loose]) -> TextRemoved | NoticeRemoved:
    side, spans = pair.old, _spans(stretches)
    placed: dict[str, Any] = {
        "new": None,
        "old_spans": spans,
        "entry": entry_at(spans[0], side.article),
    }
    notice = _whole_notice(side, stretches)
    if notice is not None and line_kind(notice.text, side.language) == STATUS_LINE:
        placed |= _BY_LINE[STATUS_LINE].fields("removed")  # *is being updated*: it no longer is
        return TextRemoved(old=notice.text, **placed)
    if notice is not None:
        whole = Verdict(Nature.NOTICE, True, "removed").fields("notice")
        return NoticeRemoved(old=notice.text, notice=notice, **placed, **whole)
    words, verdict = _judge_loose(stretches, side, pair.new)
    if verdict.nature is Nature.CONTENT and holds_struck(pair.new.article, words):
        verdict = attrs.evolve(verdict, rule=STRUCK)
    return TextRemoved(old=words, **placed, **verdict.fields("removed"))


def _come(
    pair: Pair, stretches: list[Loose], fresh: set[str | None]
) -> TextAdded | UpdateAdded | NoticeAdded:
    """The change that text was added; *fresh* are the ids of entries of a live blog that are new."""
    side, spans = pair.new, _spans(stretches)
    entry = entry_at(spans[0], side.article)
    notice = _whole_notice(side, stretches)
    if notice is not None:
        return notice_added(notice, new_spans=spans, entry=entry)
    words, verdict = _judge_loose(stretches, side, pair.old)
    rule = {"rule": NEW_ENTRY} if entry and entry.id in fresh else {}
    return TextAdded(
        old=None, new=words, new_spans=spans, entry=entry, **verdict.fields("added") | rule
    )


def notice_added(notice: Notice, rule: str | None = None, **placed: Any) -> UpdateAdded | NoticeAdded:
    """The change that a notice was added; *placed* says where, and what was in its place.

    It is an update by what it says or by its label: *Update: the original headline read…* is one.
    """
    is_update = notice.kind is NoticeKind.UPDATE or "update" in (notice.label or "").casefold()
    return (UpdateAdded if is_update else NoticeAdded)(
        **{"old": None, "new": notice.text, **placed},
        rule=rule or ("notice.update" if is_update else "notice.added"),
        nature=Nature.NOTICE,
        substantive=True,
        notice=notice,
    )


def _spans(stretches: Sequence[Loose]) -> tuple[Span, ...]:
    return tuple([span for stretch in stretches for span in stretch.spans])


def _judge_loose(stretches: Sequence[Loose], side: Side, other: Side) -> tuple[str, Verdict]:
    """What was added or removed; text of a notice without the notice is a change of that notice."""
    words = "\n\n".join([stretch.words(side.text) for stretch in stretches])
    if calls(words, other.text, side.text):
        return words, _CALLED
    passage = side.passage_at(stretches[0].spans[0].start)
    verdict = judge_text(words, rendered=side.article.extractor != PLAIN)
    if verdict.nature is Nature.CONTENT:
        verdict = _of_no_story(words, side, passage, stretches[0].belongs) or verdict
    return words, verdict


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


# -------------------------------------------------------------------------------------- struck words


def newly_struck(old: Article, new: Article) -> Sequence[Sequence[str]]:
    """The runs of words that the new page shows struck out, and the old page does not."""
    return [_words(words) for words in _struck(new) - _struck(old)]


def struck_in(shown: Sequence[Sequence[str]], change: Change, *, within: Span | None = None) -> bool:
    """Whether what a change removed is among the words that are *shown* struck out.

    *within* is a stretch of the change's old text, such as that of one difference: what was removed in
    it must be struck out. False where nothing was removed.
    """
    removed = [words for words in map(_words, _removed(change, within) if shown else ()) if words]
    return bool(removed) and all(any(_holds(one, words) for one in shown) for words in removed)


def holds_struck(article: Article, words: str) -> bool:
    """Whether a page shows *words* struck out, alone or among others."""
    struck = _struck(article)
    wanted = _words(words) if struck else []
    return bool(wanted) and any(_holds(_words(one), wanted) for one in struck)


def _struck(article: Article) -> Counter[str]:
    return Counter([one.text for block in article.blocks for one in block.struck])


def _removed(change: Change, within: Span | None) -> Iterator[str]:
    """What a change took from the text, run by run."""
    if isinstance(change, TextRemoved):
        yield change.old or ""
    elif isinstance(change, TextEdited | TextMoved):
        for op in change.ops:
            inside = within or op.old
            start, stop = max(op.old.start, inside.start), min(op.old.stop, inside.stop)
            if not isinstance(op, Equal) and start < stop:
                yield (change.old or "")[start:stop]


def _words(text: str) -> list[str]:
    return [key(word) for word in WORD.findall(fold(text))]


def _holds(whole: Sequence[str], part: Sequence[str]) -> bool:
    """Whether one run of words holds another."""
    size = len(part)
    return any(whole[at : at + size] == part for at in range(len(whole) - size + 1))
