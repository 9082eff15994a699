"""Changed stretches as people draw them: stray words absorbed, turned phrases joined, sliders settled.

Each step takes hunks and gives hunks; `JOINING` and `SETTLING` list them in the order in which they
run. The rules were read off the edits that people marked in arXivEdits (Jiang et al. 2022).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from revtrack.diff.counterparts import DETERMINERS, parted
from revtrack.diff.pairing import Hunk, is_mark, word_weight

__all__ = ["JOINING", "SETTLING", "settled"]

_REWRITTEN = 0.25
_REWRITTEN_WORDS = 0.34
"""Share of the shorter side, by weight and by words, below which what was kept is chance.

Range 0 to 0.25. People marked none of 800 revised sentences whole; up to 0.25 the figures stay as they
are, 0.3 costs .002 of span F1. Of 8,641 changed headlines 489 then show four changes or more; 558 at
0.2.
"""
_TURNED = 2
_TURNED_PHRASE = 8
_TURNED_WORD = 4
"""Kept words, changed words on each side, and letters of the word that changed places, in a phrase that
was turned round (*speed of wind*, *wind speed*): people mark such a phrase as one replacement.

Ranges 1 to 3, 2 to 10 and 3 to 5: within .002 of each other.
"""
_ABSORB = 5.0
_ABSORB_BETWEEN = 3.0
"""Words of change on each side that absorb a kept word of weight 1 between them; fewer are enough when
both changes are replacements.

Ranges 4 to 8 and 2.5 to 4; lower makes fewer stripes and swallows more. Only one word is absorbed at a
time.
"""
_NOUN_PHRASE = 2
"""Words of a replaced phrase that absorbs the determiner before it, if that stands behind a change too.

Range 1 to 3; where one word alone was replaced people keep the determiner. Without it .004 less of
span F1.
"""
_ABSORB_LETTERS = 3
"""Letters of a word that may be absorbed, so that no content word is.

Without the bound span F1 is .001 better, and a kept name or number is shown as changed.
"""
_OPENERS = frozenset({",", ";", ":", "(", "and", "or"})
_CLOSERS = frozenset({",", ";", ":"})
_AFTER = frozenset({",", ";", ":", ".", ")"})

_GROUP = re.compile(r"\d{3}(?!\d)")
_GROUP_BEFORE = re.compile(r"(?<!\d)\d{1,3}\Z")
"""Three digits that go on with a number, and what goes on with them."""

_Words = Sequence[str]
_Step = tuple[str, Callable[[list[Hunk], _Words, _Words], Iterator[Hunk]]]


def settled(hunks: list[Hunk], old: _Words, new: _Words) -> list[Hunk]:
    """The hunks after every step, in order."""
    if not hunks:
        return []
    for _, step in (*JOINING, *SETTLING) if len(hunks) > 1 else SETTLING:
        hunks = list(step(hunks, old, new))
    return hunks


def _rewritten(hunks: list[Hunk], old: _Words, new: _Words) -> Iterator[Hunk]:
    """Show both sides whole, from the first change to the last, where next to nothing was kept."""
    kept = len(old) - sum([hunk.old_stop - hunk.old for hunk in hunks])
    least = min(len(old), len(new))
    if kept < _REWRITTEN_WORDS * least:
        gone = sum([word_weight(word) for hunk in hunks for word in old[hunk.old : hunk.old_stop]])
        come = sum([word_weight(word) for hunk in hunks for word in new[hunk.new : hunk.new_stop]])
        weight = sum(map(word_weight, old)) - gone
        if weight < _REWRITTEN * (weight + min(gone, come)):
            hunks = [Hunk(hunks[0].old, hunks[-1].old_stop, hunks[0].new, hunks[-1].new_stop)]
    yield from hunks


def _joined(hunks: list[Hunk], old: _Words, new: _Words) -> Iterator[Hunk]:
    """Join two changes around kept words that are slight beside them, or that a word went over."""
    last, *others = hunks
    for hunk in others:
        if _changed_places(last, hunk, old, new) or _slight(last, hunk, old):
            last = Hunk(last.old, hunk.old_stop, last.new, hunk.new_stop)
        else:
            yield last
            last = hunk
    yield last


def _changed_places(one: Hunk, two: Hunk, old: _Words, new: _Words) -> bool:
    """Whether a word went from one change to the other over few kept words."""
    gone = [old[hunk.old : hunk.old_stop] for hunk in (one, two)]
    come = [new[hunk.new : hunk.new_stop] for hunk in (one, two)]
    if two.old - one.old_stop > _TURNED or max(map(len, [*gone, *come])) > _TURNED_PHRASE:
        return False
    if gone == come[::-1] and not (gone[0] and gone[1]):
        return not (_marks_only([*gone[0], *gone[1]]) or _marks_only(old[one.old_stop : two.old]))
    return any(
        len(word) >= _TURNED_WORD and not is_mark(word)
        for left, entered in ((gone[0], come[1]), (gone[1], come[0]))
        for word in {*map(str.casefold, left)} & {*map(str.casefold, entered)}
    )


def _marks_only(words: _Words) -> bool:
    return all(map(is_mark, words))


def _slight(one: Hunk, two: Hunk, old: _Words) -> bool:
    """Whether the one kept word between two changes is slight beside them: no stripes."""
    if two.old - one.old_stop != 1:
        return False
    word = old[one.old_stop]
    if word.casefold() in DETERMINERS and _replaces_phrase(two):
        return True
    if not _absorbable(word):
        return False
    smaller = min(
        max(one.old_stop - one.old, one.new_stop - one.new),
        max(two.old_stop - two.old, two.new_stop - two.new),
    )
    two_sided = (
        one.old_stop + two.old_stop > one.old + two.old
        and one.new_stop + two.new_stop > one.new + two.new
    )
    replaced = all(hunk.old_stop > hunk.old and hunk.new_stop > hunk.new for hunk in (one, two))
    least = _ABSORB_BETWEEN if replaced else _ABSORB
    return two_sided and smaller >= least * word_weight(word)


def _replaces_phrase(hunk: Hunk) -> bool:
    """Whether the words that a determiner before them belongs to stand for others."""
    sizes = hunk.old_stop - hunk.old, hunk.new_stop - hunk.new
    return min(sizes) > 0 and max(sizes) >= _NOUN_PHRASE


def _absorbable(word: str) -> bool:
    """Whether a word says next to nothing by itself: a mark, or a short word, not a number or *EU*."""
    if is_mark(word):
        return True
    return len(word) <= _ABSORB_LETTERS and word.isalpha() and word[1:] == word[1:].lower()


def _slid(hunks: list[Hunk], old: _Words, new: _Words) -> Iterator[Hunk]:
    """Shift an insertion or deletion that could stand at several places to the best boundary."""
    for index, hunk in enumerate(hunks):
        if hunk.old < hunk.old_stop and hunk.new < hunk.new_stop:
            yield hunk
            continue
        before = hunks[index - 1] if index else Hunk(0, 0, 0, 0)
        after = (
            hunks[index + 1] if index + 1 < len(hunks) else Hunk(len(old), len(old), len(new), len(new))
        )
        if hunk.old == hunk.old_stop:
            by = _best_shift(new, hunk.new, hunk.new_stop, before.new_stop, after.new)
        else:
            by = _best_shift(old, hunk.old, hunk.old_stop, before.old_stop, after.old)
        yield Hunk(*[position + by for position in hunk])


def _best_shift(words: _Words, start: int, stop: int, low: int, high: int) -> int:
    best, best_score = 0, _boundary_score(words, start, stop)
    for direction in (-1, 1):
        a, b, by = start, stop, 0
        while (
            (a > low and words[a - 1] == words[b - 1])
            if direction < 0
            else (b < high and words[a] == words[b])
        ):
            a, b, by = a + direction, b + direction, by + direction
            score = _boundary_score(words, a, b)
            if score > best_score:
                best, best_score = by, score
    return best


def _boundary_score(words: _Words, start: int, stop: int) -> int:
    """How natural it is for a run of words to begin and end here: at clauses, not inside them."""
    opens = words[start] in _OPENERS
    score = 2 * opens + (start == 0)
    if words[stop - 1] in _CLOSERS:
        score += -1 if opens else 2
    return score + (stop == len(words) or words[stop] in _AFTER)


def _numbers_whole(hunks: list[Hunk], old: _Words, new: _Words) -> Iterator[Hunk]:
    """Widen a change to the whole number where it is written in groups (*10 000*)."""
    last, kept_from = hunks[0], 0
    for index, hunk in enumerate(hunks):
        i, i_stop, j, j_stop = hunk
        kept_to = hunks[index + 1].old if index + 1 < len(hunks) else len(old)
        before = _reach(old, new, i, j, step=-1, most=i - kept_from)
        behind = _reach(old, new, i_stop, j_stop, step=1, most=kept_to - i_stop)
        wide = Hunk(i - before, i_stop + behind, j - before, j_stop + behind)
        if index and wide.old == last.old_stop and i > hunks[index - 1].old_stop:
            wide = Hunk(last.old, wide.old_stop, last.new, wide.new_stop)
        elif index:
            yield last
        last, kept_from = wide, wide.old_stop
    yield last


def _reach(old: _Words, new: _Words, i: int, j: int, *, step: int, most: int) -> int:
    """By how many kept words, from a boundary on, a number goes on on either side."""
    reach = 0
    while reach < most and (_goes_on(old, i) or _goes_on(new, j)):
        reach, i, j = reach + 1, i + step, j + step
    return reach


def _goes_on(words: _Words, at: int) -> bool:
    """Whether a number goes on here: three digits after a group of one to three."""
    if not 0 < at < len(words) or not words[at][:1].isdecimal():
        return False
    return bool(_GROUP.match(words[at]) and _GROUP_BEFORE.search(words[at - 1]))


JOINING: tuple[_Step, ...] = (
    ("show the rewritten whole", _rewritten),
    ("join what little parts", _joined),
)
"""Steps that make one change of several."""
SETTLING: tuple[_Step, ...] = (
    ("slide to a boundary", _slid),
    ("keep numbers whole", _numbers_whole),
    ("part what is not each other's counterpart", parted),
)
"""Steps that look at each change by itself."""
