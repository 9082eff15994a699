"""What is no edit: differences that extraction, the extent of a capture or another page made.

Absent is not deleted. A page that was cut off, and a teaser before a wall, show the beginning of the
article; a page of a live blog shows so many entries, the oldest go as newer ones come; extraction may
choose otherwise than the one before; another article may appear under the address. Each rule of
`NO_EDITS` looks at the two articles once and gives a test of single changes, which returns the remark
that says why a change is no edit.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TypeAlias

import attrs

from revtrack import text
from revtrack.changes.detect import holds_struck
from revtrack.changes.entries import not_of_page
from revtrack.changes.kinds import (
    Change,
    MediaChanged,
    NoticeAdded,
    NoticeRemoved,
    TextAdded,
    TextEdited,
    TextRemoved,
    UpdateAdded,
)
from revtrack.changes.tiling import Pair
from revtrack.diff import Equal, TextOp
from revtrack.extract.elements import size_of
from revtrack.extract.pleas import PLEA_LONGEST, is_gate
from revtrack.model import Article, Block, Span
from revtrack.remarks import PARTIAL, Remark, RemarkKind

__all__ = ["NO_EDITS", "SHORTEST", "is_front_page", "parted"]

SHORTEST = 25
"""Folded characters from which a text that was left out is remembered, as `Article.left_out` says."""

# The most of the other side's text that a beginning of it has (range .5 to .95).
_PART = 0.8
# The shortest stretch of text that both sides have for it to count as shared, in characters.
_SHARED = 20
_MARKS = " .…[]"
_CUT = ("…", "...", "[…]")
_ENDS = frozenset(".!?。！？؟।")
# How many paragraphs a wall has at most.
_PLEAS = 3
# What the addresses of pages say that ask to log in or to subscribe.
_GATES = re.compile(
    r"\b(?:log-?in|sign-?in|sign-?up|register|su(?:b|s)?scri\w{1,9}|assin\w{1,9}|abbon\w{1,9}|prenumer\w{1,9}|podpisk\w{1,3}|account|abo|abos|abonn\w{0,9}|paywall|premium)\b"
)

Test: TypeAlias = Callable[[Change], Remark | None]


def parted(
    changes: Iterable[Change], pair: Pair
) -> tuple[tuple[Change, ...], tuple[Change, ...], tuple[Remark, ...]]:
    """The edits among *changes*, what is no edit, and the remarks that say why."""
    tests = [test for rule in NO_EDITS if (test := rule(pair)) is not None]
    if not tests:
        return tuple(changes), (), ()
    edits: list[Change] = []
    others: list[Change] = []
    remarks: dict[RemarkKind, Remark] = {}
    for change in changes:
        remark = next((found for test in tests if (found := test(change)) is not None), None)
        if remark is None:
            edits.append(change)
        else:
            others.append(change)
            remarks.setdefault(remark.kind, remark)
    return tuple(edits), tuple(others), tuple(remarks.values())


# ---------------------------------------------------------------------------------- another article


def _of_another_page(pair: Pair) -> Test | None:
    """Another article under the address: none of it was done to this one."""
    if pair.tiling.moves or not _is_another_article(
        pair.old.article, pair.new.article, pair.tiling.ops
    ):
        return None
    remark = Remark(
        RemarkKind.OTHER_PAGE,
        "another page is under the address, with another headline and no text in common: what differs "
        "was not changed in the article",
    )
    return lambda _: remark


# The share of the shorter text that two versions of one article have in common at least (range 0 to
# .3), and the shortest stretch that counts, in characters.
_COMMON = 0.05
_LEAST = 12
# The share of a headline's words that two wordings of one headline have in common at least.
_HEADLINE_WORDS = 0.34

# The share of the words of the shorter text that two texts on other matters have in common at most
# (range .05 to .25), and where one of them alone states its day or its writer, as no front page does;
# the fewest letters of a word that counts, and the least text for it, in characters.
_VOCABULARY = 0.12
_UNSTATED = 0.3
_WORD = re.compile(r"[^\W\d_]{5,}")
_LONG = 300
# The most words of a site's name (range 2 to 5).
_NAME = 3
# Scripts without spaces between words, of which the words of two texts say nothing; compiled when first
# asked for: a class of so many letters takes two milliseconds.
_DENSE = "[\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7a3]"
_HOME = re.compile(r"https?://[^/?#]+/?")
# What stands between a headline and the name of its site in a title.
_BETWEEN = re.compile(r"\s[|»«·•:–—-]\s|[|｜]")


def _is_another_article(old: Article, new: Article, ops: Sequence[TextOp]) -> bool:
    """Whether *new* is another article or page: no shared text, another headline, and a third sign.

    That is another canonical address, the site's name for a headline, or hardly a word in common. What
    carries a notice is the article still, however little it holds.
    """
    if new.notices or not (old.blocks and new.blocks):
        return False
    shared = sum([len(op.old) for op in ops if isinstance(op, Equal) and _size(op, old) >= _LEAST])
    if shared > _COMMON * min(len(old.text), len(new.text)):
        return False
    addresses = [side.canonical_url for side in (old, new) if side.canonical_url is not None]
    stated = len(addresses) > 1
    if stated:
        from revtrack.urls import alike  # noqa: PLC0415 # slow to import, for other articles alone

        if alike(*addresses) is not None:
            return False
    if is_front_page(old, new) or is_front_page(new, old):
        return True
    words = [set(text.fold(side.headline or "").casefold().split()) for side in (old, new)]
    if len(words[0] & words[1]) >= _HEADLINE_WORDS * min(len(words[0]), len(words[1])):
        return False
    return stated or _speaks_of_else(old, new)


def _size(op: TextOp, old: Article) -> int:
    return size_of(old.text[op.old.start : op.old.stop])


def is_front_page(article: Article, other: Article) -> bool:
    """Whether *article* is the front page of a site that *other* is an article of.

    Its headline is the site's name, as the title of the other has it, or a word or two and all that the
    page calls itself, without a day and a writer; or it states the address of the site for its own.
    """
    name = text.fold(article.headline or "").casefold()
    titles = [text.fold(one.text).casefold() for one in other.headlines]
    parts = [part.strip() for title in titles for part in _BETWEEN.split(title)[1:]]
    if name and (name in parts or name == text.fold(other.publisher or "").casefold()):
        return True
    if article.published_at is not None or article.byline is not None:
        return False
    theirs = other.canonical_url or other.url
    if theirs and _HOME.fullmatch(article.canonical_url or "") and not _HOME.fullmatch(theirs):
        return True
    stated = other.published_at is not None or other.byline is not None
    own = {text.fold(one.text).casefold() for one in article.headlines}
    shared = not set(name.split()).isdisjoint(text.fold(other.headline or "").casefold().split())
    return stated and not shared and own == {name} and len(name.split()) <= _NAME


def _speaks_of_else(old: Article, new: Article) -> bool:
    """Whether two long texts have hardly a word in common, though neither states where it belongs."""
    if min(len(old.text), len(new.text)) < _LONG or re.search(_DENSE, old.text + new.text):
        return False
    words = [frozenset(_WORD.findall(side.text.casefold())) for side in (old, new)]
    stated = [side.published_at is not None or side.byline is not None for side in (old, new)]
    most = _VOCABULARY if stated[0] == stated[1] else _UNSTATED
    return len(words[0] & words[1]) <= most * min(map(len, words))


# --------------------------------------------------------------------------------------- extraction


def _of_extraction(pair: Pair) -> Test | None:
    """Text that both pages hold and that one article left out: nobody edited it."""
    old, new = pair.old.article, pair.new.article
    if not old.left_out and not new.left_out:
        return None
    remark = Remark(
        RemarkKind.TECHNICAL,
        "text that both pages hold was taken for the article in one only: that is a difference of "
        "extraction and is no change",
    )
    taken = _Taken(old), _Taken(new)

    def test(change: Change) -> Remark | None:
        removed = isinstance(change, TextRemoved) and _left_out(change.old_spans, taken[0], new)
        added = isinstance(change, TextAdded) and _left_out(change.new_spans, taken[1], old)
        return remark if removed or added else None

    return test


@attrs.frozen(slots=False)  # what is read off it is kept in its dictionary
class _Taken:
    """The blocks of an article: their places, and the numbers of those that are long enough to know."""

    article: Article

    @cached_property
    def places(self) -> dict[Span, int]:
        return {span: number for number, span in enumerate(self.article.block_spans)}

    @cached_property
    def long(self) -> list[int]:
        sizes = [size_of(block.text) for block in self.article.blocks]
        return [number for number, size in enumerate(sizes) if size >= SHORTEST]

    def with_neighbours(self, number: int) -> Sequence[int]:
        """A block; for one too short to be remembered the next on either side that is not."""
        at = bisect_left(self.long, number)
        after = self.long[at : at + 1]
        return after if after == [number] else [*self.long[max(0, at - 1) : at], *after]


def _left_out(spans: Sequence[Span], taken: _Taken, left: Article) -> bool:
    """Whether all the spans are blocks of *taken* that the other page has outside its body."""
    numbers = [taken.places.get(span) for span in spans]
    return all(
        number is not None
        and any(_is_outside(one, taken.article, left) for one in taken.with_neighbours(number))
        for number in numbers
    )


def _is_outside(number: int, taken: Article, left: Article) -> bool:
    """Whether a block is outside the body of the other page and not outside its own as well."""
    words = taken.blocks[number].text
    known = zlib.crc32(text.fold(words).encode("utf-8", "surrogatepass"))
    outside = known in left.left_out and known not in taken.left_out
    return outside and not holds_struck(left, words)  # the page shows struck text as withdrawn


# -------------------------------------------------------------------------------- partial captures


def _of_partial_capture(pair: Pair) -> Test | None:
    """What follows the beginning that one capture shows of the article."""
    articles = pair.old.article, pair.new.article
    signs = [_sign(*two) for two in (articles, articles[::-1])]
    if signs == [None, None]:
        signs = [_breaks_off(*two) for two in (articles, articles[::-1])]
    if (signs[0] is None) == (signs[1] is None):
        return None
    is_old = signs[0] is not None
    part, whole = articles if is_old else articles[::-1]
    if len(part.text) > _PART * len(whole.text):
        return None
    shared = [
        op for op in pair.tiling.ops if isinstance(op, Equal) and _size(op, pair.old.article) >= _SHARED
    ]
    ends = (shared[-1].old.stop, shared[-1].new.stop) if shared else (0, 0)
    remark = _part_remark(signs[0] or signs[1] or "", part, is_old=is_old)

    def test(change: Change) -> Remark | None:
        spans = [(s, ends[0]) for s in change.old_spans] + [(s, ends[1]) for s in change.new_spans]
        match change:
            case TextRemoved() | NoticeRemoved() | TextAdded() | NoticeAdded() | UpdateAdded():
                found = bool(spans) and all(span.start >= end for span, end in spans)
            case TextEdited():
                begun, rest = (text.fold(side or "") for side in (change.old, change.new))
                if not is_old:
                    begun, rest = rest, begun
                found = all(s.stop >= end for s, end in spans) and rest.startswith(begun.rstrip(_MARKS))
            case MediaChanged():
                found = (change.old if is_old else change.new) is None
            case _:
                found = False
        return remark if found else None

    return test


def _sign(article: Article, other: Article) -> str | None:
    """What says that *article* shows a part of the text of *other*, where that one shows some."""
    signs = (remark.text for remark in article.remarks if remark.kind in PARTIAL)
    return next(signs, None) if other.blocks else None


def _breaks_off(article: Article, other: Article) -> str | None:
    """What shows by its form that *article* is a beginning of *other*."""
    if not article.blocks or len(article.text) > _PART * len(other.text):
        return None
    whole = [text.fold(block.text) for block in other.blocks]
    last = article.blocks[-1]
    ended = text.fold(last.text)
    if ended in whole:
        return None
    if _is_gate(_behind(article, whole), article.language):
        return "it ends in words on logging in or subscribing"
    if len(article.blocks) == 1 and not ended.endswith(_CUT):
        return None  # a sentence alone may be worded shorter
    begun = ended.rstrip(_MARKS)
    shown = begun if ended.endswith(_CUT) else ended
    longer = [one for one in whole if one.startswith(begun) and len(one) > len(begun)]
    inside = any(shown[-1:] not in _ENDS or not one.startswith(shown) for one in longer)
    return "it ends inside a sentence" if inside and size_of(begun) >= _SHARED else None


def _behind(article: Article, whole: Sequence[str]) -> list[Block]:
    """The last blocks of *article*, as many as a wall may have, that are none of the *whole*."""
    found: list[Block] = []
    for block in reversed(article.blocks[-_PLEAS:]):
        if text.fold(block.text) in whole:
            break
        found.insert(0, block)
    return found


def _is_gate(blocks: Sequence[Block], language: str | None) -> bool:
    words = " ".join([block.text for block in blocks])
    return is_gate(words, language=language) or (
        len(words) <= PLEA_LONGEST
        and any(_GATES.search(link.href.lower()) for block in blocks for link in block.links)
    )


def _part_remark(sign: str, part: Article, *, is_old: bool) -> Remark:
    shown = "only the beginning of" if part.blocks else "nothing of the text of"
    kind, side, missing = (
        (RemarkKind.CAPTURED_MORE, "old", "what the new one has more is not reported as added")
        if is_old
        else (RemarkKind.CAPTURED_LESS, "new", "what it lacks is not reported as removed")
    )
    return Remark(kind, f"the {side} capture shows {shown} the article ({sign}): {missing}")


NO_EDITS: Sequence[Callable[[Pair], Test | None]] = [
    _of_another_page,
    _of_extraction,
    not_of_page,
    _of_partial_capture,
]
"""The rules, in the order in which they are asked."""
