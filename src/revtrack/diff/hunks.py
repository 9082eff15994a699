"""Changed stretches as people draw them: stray words absorbed, sliders settled, strangers parted.

Each step takes hunks and gives hunks; `STEPS` lists them in the order in which they run. The rules
were read off the edits that people marked in arXivEdits (Jiang et al. 2022).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rapidfuzz.distance import Prefix

from revtrack.diff.pairing import Hunk, is_mark, word_weight

__all__ = ["STEPS", "settled"]

_REWRITTEN = 0.2
_REWRITTEN_WORDS = 0.34
"""Share of the shorter side, by weight and by words, below which what was kept is chance.

Range 0 to 0.25. People marked none of 800 revised sentences whole; up to 0.2 the figures stay as they
are, 0.3 costs .003 of span F1. In 8,641 changed headlines it takes the stripes from one in 27.
"""
_TURNED = 3
_TURNED_PHRASE = 8
_TURNED_WORD = 4
"""Kept words, changed words on each side, and letters of the word that changed places, in a phrase that
was turned round (*speed of wind*, *wind speed*): people mark such a phrase as one replacement.

Ranges 1 to 3, 2 to 10 and 3 to 5: within .005 of each other, and .003 to .005 better than without.
"""
_ABSORB = 4.0
_ABSORB_BETWEEN = 3.3
"""Words of change on each side that absorb a kept word of weight 1 between them; fewer are enough when
both changes are replacements.

Ranges 1 to 9 and 3 to 4; lower makes fewer stripes and swallows more. Only one word is absorbed at a
time.
"""
_STRANGERS = {1: 7, 2: 9, 3: 14}
_STRANGERS_OUTSIDE = {1: 5, 2: 6, 3: 5}
"""Words on the longer side from which a stretch of one, two, three or more is not its counterpart.

A person then marks one deletion and one insertion instead of a replacement, and does so sooner at
the beginning and at the end of a sentence. Ranges 5 to 9, 7 to 9, 7 to 16 inside and 4 to 6, 3 to 8,
4 to 9 outside: within .005 of exact agreement; without the second row .009 less.
"""
_SHORT = (2, 3)
"""Words on the shorter and the longer side of a stretch whose loose edges part; (1, 2) to (3, 6)."""
_ARTICLES = frozenset({"the", "a", "an"})
"""Closing words that people part from what they follow: *of* became *from*, and *the* was added."""
_OPENERS = frozenset({",", ";", ":", "(", "and", "or"})
_CLOSERS = frozenset({",", ";", ":"})
_AFTER = frozenset({",", ";", ":", ".", ")"})

_APART = 3
"""Words on the longer side from which a form of the other side's lone word is its counterpart alone.

Range 2 to 4; 2 parts *opens* from *may open* and loses .015 of exact agreement.
"""
_STEM = 3
_STEM_SHARE = 0.8
"""Letters at the beginning of two forms of one word, at least, and their share of the longer form.

Range of the share 0.6 to 0.9: within .005; below, *special* would be a form of *species*.
"""

_Words = Sequence[str]


def settled(hunks: list[Hunk], old: _Words, new: _Words) -> list[Hunk]:
    """The hunks after every step, in order."""
    for _, step in STEPS:
        hunks = list(step(hunks, old, new))
    return hunks


def _rewritten(hunks: list[Hunk], old: _Words, new: _Words) -> Iterator[Hunk]:
    """Show both sides whole, from the first change to the last, where next to nothing was kept."""
    kept = len(old) - sum([hunk.old_stop - hunk.old for hunk in hunks])
    least = min(len(old), len(new))
    if len(hunks) > 1 and kept < _REWRITTEN_WORDS * least:
        gone = sum([word_weight(word) for hunk in hunks for word in old[hunk.old : hunk.old_stop]])
        come = sum([word_weight(word) for hunk in hunks for word in new[hunk.new : hunk.new_stop]])
        weight = sum(map(word_weight, old)) - gone
        if weight < _REWRITTEN * (weight + min(gone, come)):
            hunks = [Hunk(hunks[0].old, hunks[-1].old_stop, hunks[0].new, hunks[-1].new_stop)]
    yield from hunks


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


def _rearranged(hunks: list[Hunk], old: _Words, new: _Words) -> Iterator[Hunk]:
    """Join two changes around few kept words when a word went from one to the other."""
    last: Hunk | None = None
    for hunk in hunks:
        if last is not None:
            if hunk.old - last.old_stop <= _TURNED and _changed_places(last, hunk, old, new):
                last = Hunk(last.old, hunk.old_stop, last.new, hunk.new_stop)
                continue
            yield last
        last = hunk
    if last is not None:
        yield last


def _changed_places(one: Hunk, two: Hunk, old: _Words, new: _Words) -> bool:
    gone = [old[hunk.old : hunk.old_stop] for hunk in (one, two)]
    come = [new[hunk.new : hunk.new_stop] for hunk in (one, two)]
    if max(map(len, [*gone, *come])) > _TURNED_PHRASE:
        return False
    return any(
        len(word) >= _TURNED_WORD and not is_mark(word)
        for left, entered in ((gone[0], come[1]), (gone[1], come[0]))
        for word in {*map(str.casefold, left)} & {*map(str.casefold, entered)}
    )


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
    replaced = all(hunk.old_stop > hunk.old and hunk.new_stop > hunk.new for hunk in (one, two))
    least = _ABSORB_BETWEEN if replaced else _ABSORB
    return two_sided and smaller >= least * word_weight(old[one.old_stop])


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


def _counterparts_paired(hunks: list[Hunk], old: _Words, new: _Words) -> Iterator[Hunk]:
    """Let a lone word stand for its counterpart at an edge of the other side, apart from the rest."""
    for hunk in hunks:
        i, i_stop, j, j_stop = hunk
        size = max(i_stop - i, j_stop - j)
        if min(i_stop - i, j_stop - j) != 1 or size == 1:
            yield hunk
        elif _begins(old[i], new[j], (old, i_stop) if j_stop - j == 1 else (new, j_stop), size):
            yield Hunk(i, i + 1, j, j + 1)
            yield Hunk(i + 1, i_stop, j + 1, j_stop)
        elif size >= _APART and _akin(old[i_stop - 1], new[j_stop - 1]):
            yield Hunk(i, i_stop - 1, j, j_stop - 1)
            yield Hunk(i_stop - 1, i_stop, j_stop - 1, j_stop)
        else:
            yield hunk


def _begins(one: str, two: str, longer: tuple[_Words, int], size: int) -> bool:
    """Whether the first words are numbers before a mark, or akin with enough words behind."""
    words, stop = longer
    if words[stop - size + 1] in _OPENERS and _numeric(one) and _numeric(two):
        return True
    return size >= _APART and _akin(one, two)


def _akin(one: str, two: str) -> bool:
    """Whether two words are forms of one word: most of the longer one is how both begin."""
    one, two = one.casefold(), two.casefold()
    longest = max(len(one), len(two))
    stem = Prefix.similarity(one, two)
    return stem >= _STEM and stem >= _STEM_SHARE * longest and not (is_mark(one) or is_mark(two))


def _numeric(word: str) -> bool:
    return any(map(str.isdigit, word))


def _edges_parted(hunks: list[Hunk], old: _Words, new: _Words) -> Iterator[Hunk]:
    """Part a mark or a closing article that only the longer side of a short stretch has."""
    for hunk in hunks:
        i, i_stop, j, j_stop = hunk
        sizes = i_stop - i, j_stop - j
        if not 0 < min(sizes) <= _SHORT[0] or max(sizes) > _SHORT[1] or sizes[0] == sizes[1]:
            yield hunk
            continue
        grown = sizes[1] > sizes[0]
        longer, shorter = (new[j:j_stop], old[i:i_stop]) if grown else (old[i:i_stop], new[j:j_stop])
        first, last = _loose_edges(longer, shorter)
        middle = (
            Hunk(i, i_stop, j + first, j_stop - last)
            if grown
            else Hunk(i + first, i_stop - last, j, j_stop)
        )
        yield from _nonempty(
            Hunk(i, middle.old, j, middle.new),
            middle,
            Hunk(middle.old_stop, i_stop, middle.new_stop, j_stop),
        )


def _loose_edges(longer: _Words, shorter: _Words) -> tuple[int, int]:
    """How many words at the beginning and at the end of the longer side have no counterpart."""
    first = is_mark(longer[0]) and not is_mark(shorter[0])
    closing = longer[-1].casefold()
    last = closing in _CLOSERS and not is_mark(shorter[-1])
    last = last or (
        closing in _ARTICLES and _ARTICLES.isdisjoint([word.casefold() for word in shorter])
    )
    return int(first), int(last and len(longer) > 1 + first)


def _nonempty(*hunks: Hunk) -> Iterator[Hunk]:
    for hunk in hunks:
        if hunk.old < hunk.old_stop or hunk.new < hunk.new_stop:
            yield hunk


def _parted(hunks: list[Hunk], old: _Words, new: _Words) -> Iterator[Hunk]:
    """Part a stretch whose sides are too unlike in length to be each other's counterpart."""
    for hunk in hunks:
        sizes = sorted((hunk.old_stop - hunk.old, hunk.new_stop - hunk.new))
        begins = hunk.old == hunk.new == 0
        ends = hunk.old_stop >= len(old) - 1 and hunk.new_stop >= len(new) - 1
        most = _STRANGERS_OUTSIDE if begins or ends else _STRANGERS
        if sizes[0] and sizes[1] >= most[min(sizes[0], 3)]:
            yield Hunk(hunk.old, hunk.old_stop, hunk.new, hunk.new)
            yield Hunk(hunk.old_stop, hunk.old_stop, hunk.new, hunk.new_stop)
        else:
            yield hunk


STEPS: tuple[tuple[str, Callable[[list[Hunk], _Words, _Words], Iterator[Hunk]]], ...] = (
    ("show the rewritten whole", _rewritten),
    ("join a phrase that was turned round", _rearranged),
    ("absorb a slight word between changes", _absorbed),
    ("slide to a boundary", _slid),
    ("pair counterparts", _counterparts_paired),
    ("part loose edges", _edges_parted),
    ("part strangers", _parted),
)
