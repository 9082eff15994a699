"""What in one changed stretch stands for what: counterparts paired, the rest parted from them.

Each rule looks at a stretch that both sides have and says where to cut it, or that it does not
apply; `RULES` lists them in order, and both pieces of a cut are looked at again. The rules were read
off the edits that people marked in arXivEdits (Jiang et al. 2022).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rapidfuzz.distance import Prefix

from revtrack.diff.pairing import Hunk, is_mark

__all__ = ["DETERMINERS", "RULES", "parted"]

_STRANGERS = {1: 7, 2: 9, 3: 14}
_STRANGERS_OUTSIDE = {1: 5, 2: 6, 3: 4}
"""Words on the longer side from which a stretch of one, two, three or more is not its counterpart.

A person then marks one deletion and one insertion instead of a replacement, and does so sooner at
the beginning and at the end of a sentence. Ranges 6 to 19, 8 to 19, 13 to 19 inside and 4 to 6, 3 to
13, 3 to 7 outside: within .004 of exact agreement.
"""
_SHORT = (2, 3)
"""Words on both sides of a short stretch, whose loose edges part; (1, 2) and (2, 4) lose .003."""
_APART = 3
"""Words on the longer side from which the other side's lone word is paired with one of them.

Range 2 to 4; 2 parts *opens* from *may open* and loses .005 of exact agreement, 4 loses .003.
"""
_PHRASE = 2
"""Words of the shorter of two beginnings, one of which is a phrase with its comma; 1 or 3 lose .001."""
_LISTED = 6
"""Words on the longer side from which the one after a comma is the lone word's counterpart; 3 to 8."""
_STEM = 3
_STEM_SHARE = 0.8
_STEM_SHARE_OF_STRANGERS = 0.6
"""Letters at the beginning of two forms of one word, at least, and their share of the longer form.

Range of the share 0.75 to 0.9: within .001; below, *special* would be a form of *species*. Where the
rest of the stretch has nothing in common, less is enough: 0.5 to 0.7.
"""

_ARTICLES = frozenset({"the", "a", "an"})
"""Closing words that people part from what they follow: *of* became *from*, and *the* was added."""
_CLOSERS = frozenset({",", ";", ":"})

_PREPOSITIONS = (
    "of in on at to for from by with as into onto over under between within without about through "
    "during after before via per against since until"
)
_AUXILIARIES = (
    "is are was were be been being has have had do does did can could may might will would shall "
    "should must"
)
_DETERMINERS = (
    "the a an this that these those its our their his her my your each every some any no all both such"
)
DETERMINERS = frozenset(_DETERMINERS.split())
"""English words that say which one is meant, before the noun."""
_CLASSES = {
    word: listed for listed in (_PREPOSITIONS, _AUXILIARIES, _DETERMINERS) for word in listed.split()
}
"""The class of English words that stand before what they belong to."""

_Words = Sequence[str]
_Cut = tuple[int, int]


def parted(hunks: list[Hunk], old: _Words, new: _Words) -> Iterator[Hunk]:
    """The stretches, cut between what is and what is not each other's counterpart."""
    for hunk in hunks:
        i, i_stop, j, j_stop = hunk
        if i == i_stop or j == j_stop or (i_stop - i == 1 == j_stop - j):
            yield hunk
        else:
            yield from _pieces(hunk, old, new)


def _pieces(hunk: Hunk, old: _Words, new: _Words) -> Iterator[Hunk]:
    """The pieces of a stretch, in order."""
    waiting = [hunk]
    while waiting:
        piece = waiting.pop()
        i, i_stop, j, j_stop = piece
        if i == i_stop or j == j_stop:
            if i < i_stop or j < j_stop:
                yield piece
        elif i_stop - i == 1 == j_stop - j or (cut := _cut(piece, old, new)) is None:
            yield piece
        else:
            p, q = cut
            waiting += (Hunk(p, i_stop, q, j_stop), Hunk(i, p, j, q))


def _cut(piece: Hunk, old: _Words, new: _Words) -> _Cut | None:
    if _same_but_for_capitals(piece, old, new):
        return None  # and forms of the same words would be cut without end
    ends = (piece.old, piece.new), (piece.old_stop, piece.new_stop)
    for _, rule in RULES:
        if (cut := rule(piece, old, new)) is not None:
            return None if cut in ends else cut  # where all words have other forms
    return None


def _same_but_for_capitals(hunk: Hunk, old: _Words, new: _Words) -> bool:
    i, i_stop, j, j_stop = hunk
    return i_stop - i == j_stop - j and all(
        one.casefold() == two.casefold() for one, two in zip(old[i:i_stop], new[j:j_stop], strict=True)
    )


def _lone(hunk: Hunk, old: _Words, new: _Words) -> tuple[str, _Words] | None:
    """The word that is alone on its side and the words of the longer side."""
    i, i_stop, j, j_stop = hunk
    if i_stop - i == 1:
        return old[i], new[j:j_stop]
    return (new[j], old[i:i_stop]) if j_stop - j == 1 else None


def _introduction(hunk: Hunk, old: _Words, new: _Words) -> _Cut | None:
    """A phrase that opens the sentence, up to its comma, and the beginning of a clause."""
    i, i_stop, j, j_stop = hunk
    if i or j or min(i_stop, j_stop) < _PHRASE:
        return None
    return (i_stop, 0) if (old[i_stop - 1] == ",") != (new[j_stop - 1] == ",") else None


def _partner_of_lone(hunk: Hunk, old: _Words, new: _Words) -> _Cut | None:
    """A lone word and its counterpart at one end of the longer side.

    That is another form of it; the first word, where both are numbers and a comma follows; or the last,
    where it governs what follows as the lone word does and is no part of a phrase (*at the end of*), or
    where it follows a long phrase and its comma.
    """
    lone = _lone(hunk, old, new)
    if lone is None or len(lone[1]) < _APART:
        return None
    word, others = lone
    numbers = others[1] in _CLOSERS and _numeric(word) and _numeric(others[0])
    if numbers or _akin(word, others[0]):
        return hunk.old + 1, hunk.new + 1
    last, kind = others[-1], _class(word)
    governs = kind == _class(last) and kind not in {None, _class(others[0]), _class(others[-2])}
    listed = len(others) >= _LISTED and others[-2] in _CLOSERS and not (is_mark(word) or is_mark(last))
    return (hunk.old_stop - 1, hunk.new_stop - 1) if governs or listed or _akin(word, last) else None


def _forms_among_strangers(hunk: Hunk, old: _Words, new: _Words) -> _Cut | None:
    """Forms of the same words at an end of a stretch whose sides have nothing else in common."""
    i, i_stop, j, j_stop = hunk
    least = min(i_stop - i, j_stop - j)
    if least == 1 or not _unlike(hunk, old, new):
        return None
    closing = opening = 0
    while closing < least and _akin_enough(old[i_stop - 1 - closing], new[j_stop - 1 - closing]):
        closing += 1
    if closing:
        return i_stop - closing, j_stop - closing
    while opening < least and _akin_enough(old[i + opening], new[j + opening]):
        opening += 1
    return (i + opening, j + opening) if opening else None


def _loose_edge(hunk: Hunk, old: _Words, new: _Words) -> _Cut | None:
    """A mark or a closing article that only the longer side of a short stretch has."""
    i, i_stop, j, j_stop = hunk
    gone, come = old[i:i_stop], new[j:j_stop]
    grown = len(come) > len(gone)
    longer, shorter = (come, gone) if grown else (gone, come)
    if len(shorter) > _SHORT[0] or len(longer) > _SHORT[1] or len(longer) == len(shorter):
        return None
    if "".join(gone) == "".join(come):
        return None
    if is_mark(longer[0]) and not is_mark(shorter[0]):
        return (i, j + 1) if grown else (i + 1, j)
    closing = longer[-1].casefold()
    mark = closing in _CLOSERS and not is_mark(shorter[-1])
    if mark or (closing in _ARTICLES and _added_article(longer, shorter)):
        return (i_stop, j_stop - 1) if grown else (i_stop - 1, j_stop)
    return None


def _added_article(longer: _Words, shorter: _Words) -> bool:
    """Whether the article that closes the longer side is apart: not *all the*, nor one for another."""
    if longer[-2].casefold() in DETERMINERS:
        return False
    return _ARTICLES.isdisjoint([word.casefold() for word in shorter])


def _strangers(hunk: Hunk, old: _Words, new: _Words) -> _Cut | None:
    """Sides that are too unlike in length to be each other's counterpart, or a mark and words."""
    lone = _lone(hunk, old, new)
    mark = lone is not None and is_mark(lone[0]) and not any(map(is_mark, lone[1]))
    return (hunk.old_stop, hunk.new) if mark or _unlike(hunk, old, new) else None


def _unlike(hunk: Hunk, old: _Words, new: _Words) -> bool:
    shorter, longer = sorted((hunk.old_stop - hunk.old, hunk.new_stop - hunk.new))
    begins = hunk.old == hunk.new == 0
    ends = hunk.old_stop >= len(old) - 1 and hunk.new_stop >= len(new) - 1
    return longer >= (_STRANGERS_OUTSIDE if begins or ends else _STRANGERS)[min(shorter, 3)]


def _class(word: str) -> str | None:
    return _CLASSES.get(word.casefold())


def _akin(one: str, two: str, share: float = _STEM_SHARE) -> bool:
    """Whether two words are different forms of one: most of the longer one is how both begin."""
    if one == two:
        return False
    one, two = one.casefold(), two.casefold()
    stem = Prefix.similarity(one, two)
    if stem < _STEM or stem < share * max(len(one), len(two)):
        return False
    return not (is_mark(one) or is_mark(two))


def _akin_enough(one: str, two: str) -> bool:
    return _akin(one, two, _STEM_SHARE_OF_STRANGERS)


def _numeric(word: str) -> bool:
    return any(map(str.isdigit, word))


RULES: tuple[tuple[str, Callable[[Hunk, _Words, _Words], _Cut | None]], ...] = (
    ("an opening phrase", _introduction),
    ("a partner of a lone word", _partner_of_lone),
    ("forms among strangers", _forms_among_strangers),
    ("a loose edge", _loose_edge),
    ("strangers", _strangers),
)
