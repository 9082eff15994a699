"""Changed stretches as people draw them: stray words absorbed, sliders settled, strangers parted.

Each step takes hunks and gives hunks; `STEPS` lists them in the order in which they run. The rules
were read off the edits that people marked in arXivEdits (Jiang et al. 2022).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from revtrack.diff.pairing import Hunk, word_weight

__all__ = ["STEPS", "settled"]

_ABSORB = 4.0
"""Words of change on each side that absorb a kept word of weight 1 between them.

Range 1 to 9; lower makes fewer stripes and swallows more. Only one word is absorbed at a time.
"""
_STRANGERS = {1: 6, 2: 8, 3: 9}
"""Words on the longer side from which a stretch of one, two, three or more is not its counterpart.

A person then marks one deletion and one insertion instead of a replacement. Range 4 to 12 each; 5
to 7, 7 to 9 and 7 to 12 measured alike on both halves.
"""
_OPENERS = frozenset({",", ";", ":", "(", "and", "or"})
_CLOSERS = frozenset({",", ";", ":"})
_AFTER = frozenset({",", ";", ":", ".", ")"})

_Words = Sequence[str]


def settled(hunks: list[Hunk], old: _Words, new: _Words) -> list[Hunk]:
    """The hunks after every step, in order."""
    for _, step in STEPS:
        hunks = list(step(hunks, old, new))
    return hunks


def _absorbed(hunks: list[Hunk], old: _Words, _: _Words) -> Iterator[Hunk]:
    """Join two changes around one kept word that is slight beside them: no stripes."""
    last: Hunk | None = None
    for hunk in hunks:
        if last is not None and _slight(last, hunk, old):
            last = Hunk(last.old, hunk.old_stop, last.new, hunk.new_stop)
            continue
        if last is not None:
            yield last
        last = hunk
    if last is not None:
        yield last


def _slight(one: Hunk, two: Hunk, old: _Words) -> bool:
    if two.old - one.old_stop != 1:
        return False
    smaller = min(
        max(one.old_stop - one.old, one.new_stop - one.new),
        max(two.old_stop - two.old, two.new_stop - two.new),
    )
    two_sided = (
        one.old_stop + two.old_stop > one.old + two.old
        and one.new_stop + two.new_stop > one.new + two.new
    )
    return two_sided and smaller >= _ABSORB * word_weight(old[one.old_stop])


def _slid(hunks: list[Hunk], old: _Words, new: _Words) -> Iterator[Hunk]:
    """Shift an insertion or deletion that could stand at several places to the best boundary."""
    for index, hunk in enumerate(hunks):
        before = hunks[index - 1] if index else Hunk(0, 0, 0, 0)
        after = (
            hunks[index + 1] if index + 1 < len(hunks) else Hunk(len(old), len(old), len(new), len(new))
        )
        if hunk.old == hunk.old_stop:
            by = _best_shift(new, hunk.new, hunk.new_stop, before.new_stop, after.new)
        elif hunk.new == hunk.new_stop:
            by = _best_shift(old, hunk.old, hunk.old_stop, before.old_stop, after.old)
        else:
            by = 0
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


def _numbers_paired(hunks: list[Hunk], old: _Words, new: _Words) -> Iterator[Hunk]:
    """Let a lone number stand for the number that begins the other side, up to a mark after it."""
    for hunk in hunks:
        i, i_stop, j, j_stop = hunk
        grown = i_stop - i == 1 < j_stop - j and new[j + 1] in _OPENERS
        shrunk = j_stop - j == 1 < i_stop - i and old[i + 1] in _OPENERS
        if (grown or shrunk) and _numeric(old[i]) and _numeric(new[j]):
            yield Hunk(i, i + 1, j, j + 1)
            yield Hunk(i + 1, i_stop, j + 1, j_stop)
        else:
            yield hunk


def _numeric(word: str) -> bool:
    return any(map(str.isdigit, word))


def _parted(hunks: list[Hunk], _: _Words, __: _Words) -> Iterator[Hunk]:
    """Part a stretch whose sides are too unlike in length to be each other's counterpart."""
    for hunk in hunks:
        sizes = sorted((hunk.old_stop - hunk.old, hunk.new_stop - hunk.new))
        if sizes[0] and sizes[1] >= _STRANGERS[min(sizes[0], 3)]:
            yield Hunk(hunk.old, hunk.old_stop, hunk.new, hunk.new)
            yield Hunk(hunk.old_stop, hunk.old_stop, hunk.new, hunk.new_stop)
        else:
            yield hunk


STEPS: tuple[tuple[str, Callable[[list[Hunk], _Words, _Words], Iterator[Hunk]]], ...] = (
    ("absorb a slight word between changes", _absorbed),
    ("slide to a boundary", _slid),
    ("pair numbers", _numbers_paired),
    ("part strangers", _parted),
)
