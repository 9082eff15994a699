"""The wrong text and the right text of a notice: quoted, or stated one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

import attrs

from revtrack.notices.clauses import differing
from revtrack.notices.contrast import contrasted, is_one_name
from revtrack.notices.lexicon import Lexicon, Mark
from revtrack.notices.quoting import quotations
from revtrack.notices.sentence import Sentence
from revtrack.notices.values import alone, facing, trimmed

__all__ = ["candidates"]

_NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s$")
# The words of saying: what follows them in the first sentence is the wrong text.
_SAYING = ("stated", "we_stated", "misstated", "wrongly", "originally")
_BARE = frozenset({"stated", "we_stated"})
_FALSE = (
    "earlier",
    "originally",
    "misstated",
    "wrongly",
    "we_stated",
    "issue",
    "piece",
    "wrong",
    "own",
)
_FALSE_TELLING = ("earlier", "originally", "misstated", "wrongly", "we_stated")
_CUES = ("stated", "originally", "misstated", "earlier", "wrongly", "headline", "we_stated")
# "stated on Monday that" and "referred to the plan as" stand this close (characters).
_TO_THAT, _TO_AS = 40, 150
# The right text stands in one of so many sentences after the wrong one, and behind one of so many
# words of saying: bounds on the work for text that is no prose.
_FOLLOWERS, _FEW = 5, 8
# So many candidates are kept (range 3 to 12): those that a capture bears out are among the first.
_MOST = 8

_Texts = tuple[str | None, str | None]


def candidates(text: str, inside: Sequence[Sentence], words: Lexicon) -> tuple[_Texts, ...]:
    """The wrong and the right texts that a notice may give, the likeliest first; one may be None."""
    found = dict.fromkeys(pair for pair in _candidates(text, inside, words) if pair != (None, None))
    pairs = [pair for pair in found if pair[0] != pair[1]]
    return tuple(pairs[:_MOST])


def _candidates(text: str, inside: Sequence[Sentence], words: Lexicon) -> Iterator[_Texts]:
    for s in inside:
        if s.has("changed", "corrected"):
            yield from _pair(contrasted(s, words, "changed", quoted=True))
    later_first = (*inside[1:], *inside[:1])
    yield from _contrasts(later_first, words, bordered=True)
    for s in inside:
        if s.has("corrected", "changed", "updated"):
            yield from _pair(contrasted(s, words, "from_to"))
    false = any(s.has(*_FALSE) for s in inside)
    if false:
        yield from _pair(_quoted(text, inside))
        yield from _pair(_misspelt(inside))
    yield from _told_instead(inside, words)
    stated = list(_stated(inside, words)) if false else []
    if _says_that(inside):
        yield from stated
    yield from _contrasts(later_first, words, bordered=False)
    yield from stated
    if false:
        yield None, _spelling(inside) or _included(inside)


def _pair(pair: _Texts | None) -> Iterator[_Texts]:
    if pair is not None:
        yield pair


def _contrasts(
    inside: Sequence[Sentence], words: Lexicon, *, bordered: bool
) -> Iterator[tuple[str, str]]:
    for forms in ("contrast", "instead"):
        for s in inside:
            pair = contrasted(s, words, forms, bordered=bordered)
            if pair:
                yield pair


def _told_instead(inside: Sequence[Sentence], words: Lexicon) -> Iterator[tuple[str, str]]:
    """*An earlier version said A instead of B*: there the wrong text stands first."""
    for s in inside:
        false = min((m.start for m in s.of(*_FALSE_TELLING)), default=None)
        if false is None or s.has("corrected", "changed", "updated"):
            continue
        pair = contrasted(s, words, "instead")
        if pair and false - s.start < s.text.find(pair[1]):
            yield pair[1], pair[0]


def _says_that(inside: Sequence[Sentence]) -> bool:
    """Whether the wrong text is a clause of its own: *stated that …*."""
    return any(_joint(s, verb) for s in inside if s.has(*_FALSE) for verb in _first(s, *_SAYING))


def _quoted(text: str, inside: Sequence[Sentence]) -> _Texts | None:
    """Two quoted texts, or one right after a word of saying; quoted titles before them are left out."""
    cue = min((m.start for s in inside for m in s.of(*_CUES)), default=None)
    if cue is None:
        return None
    quotes = [(place, words) for place, words in quotations(text) if place > cue]
    if len(quotes) == 2:
        rights = [m.start for s in inside for m in s.of("right")]
        (first, one), (second, other) = quotes
        turned = any(start < first for start in rights) and not any(first < r < second for r in rights)
        said, says = (other, one) if turned else (one, other)
        return trimmed(said), trimmed(says)
    sayings = [m.stop for s in inside for m in s.of("stated", "originally")]
    if len(quotes) == 1 and any(0 <= quotes[0][0] - stop <= 12 for stop in sayings):
        return trimmed(quotes[0][1]), None
    return None


def _misspelt(inside: Sequence[Sentence]) -> _Texts | None:
    """*misspelled her given name as Rosalynd*: the other spelling stands elsewhere in the sentence."""
    for s in inside:
        for verb in _first(s, "misstated"):
            joint = next((m for m in s.of("as") if m.start > verb.stop), None)
            if joint is None or "name" not in verb.classes:
                continue
            said = trimmed(re.split(r"[,;]", s.text[joint.stop - s.start :], maxsplit=1)[0])
            return (said, _other_spelling(said, s.text[: joint.start - s.start])) if said else None
    return None


def _spelling(inside: Sequence[Sentence]) -> str | None:
    """The name that is now spelt right: *to correct the spelling of Ann Smyth’s name*."""
    for s in inside:
        for mark in s.of("spelling"):
            following = s.text[mark.stop - s.start :].split(maxsplit=_FEW)
            name = list(takewhile(lambda word: word[:1].isupper(), following[:5]))
            if name:
                part = name[-1:] if s.has("surname") else name[:1] if s.has("forename") else name
                return _POSSESSIVE.sub("", trimmed(" ".join(part)))
    return None


def _included(inside: Sequence[Sentence]) -> str | None:
    """What is new in the text: *was updated to include the judge’s reply*."""
    for s in inside:
        mark = next(s.of("include"), None)
        if mark is not None:
            that = next((m for m in s.of("that") if m.start > mark.stop), None)
            return trimmed(s.text[(that or mark).stop - s.start :]) or None
    return None


def _other_spelling(said: str, text: str) -> str | None:
    names, size = [_POSSESSIVE.sub("", name) for name in _NAME.findall(text)], len(said.split())
    if size > _FEW:
        return None
    for start in range(len(names) - size + 1):
        parts = names[start : start + size]
        name = " ".join(parts)
        capital = all(part[:1].isupper() for part in parts)
        if capital and name != said and is_one_name(name, said):
            return name
    return None


def _stated(inside: Sequence[Sentence], words: Lexicon) -> Iterator[_Texts]:
    """*An earlier version said that A. It is B*: where the two clauses differ, and the clauses."""
    for place, s in enumerate(inside):
        if not s.has(*_FALSE):
            continue
        wrong, whole, rest = _wrong_clause(s)
        following = inside[place + 1 : place + 1 + _FOLLOWERS]
        right = rest or _right_clause(following)
        if wrong is None:
            if right and s.has("misstated", "wrongly", "telltale"):
                yield None, trimmed(right)
            continue
        wrong = trimmed(wrong)
        if right is not None:
            right = trimmed(right)
            if whole:
                yield wrong, right
            yield from differing(wrong, right, words)
            return
        for other in (*following[:1], *inside[:place]):
            if not other.has(*_CUES, "corrected", "telltale", "apologise"):
                yield from facing(wrong, other.text, words)
        yield from ((said, None) for said in alone(wrong, words))
        return


def _wrong_clause(s: Sentence) -> tuple[str | None, bool, str | None]:
    """The clause after a verb of saying, whether it is a phrase, and what corrects it in one breath."""
    for verb in _first(s, *_SAYING):
        joint = _joint(s, verb)
        if joint is None and (_BARE.isdisjoint(verb.classes) or s.has("that", "as")):
            passive = _as_phrase(s, verb)
            if passive:
                return passive, True, None
            continue
        whole = joint is not None and "as" in joint.classes
        start = _after_joint(s, joint) if joint else verb.stop
        turn = next(
            (m for m in s.of("but", "actually", "right") if m.start > start and _after_comma(s, m)),
            None,
        )
        border = s.folded.find(";", start - s.start)
        if turn is None and border > 0:
            return _parted(s, start, s.start + border)
        stop = turn.start if turn else s.stop
        clause = _without_verb(s, start, stop) if whole else s.text[start - s.start : stop - s.start]
        if trimmed(clause):
            clause = _closing_quote(clause)
            return clause, whole, s.text[turn.stop - s.start :].strip() if turn else None
    return None, False, None


def _as_phrase(s: Sentence, verb: Mark) -> str | None:
    """*wurde als Landrätin bezeichnet*: the phrase between *as* and the verb at the end."""
    if s.text[verb.stop - s.start :].strip(" .!"):
        return None
    joints = [m for m in s.of("as") if m.stop < verb.start]
    return s.text[joints[-1].stop - s.start : verb.start - s.start].strip() if joints else None


def _parted(s: Sentence, start: int, border: int) -> tuple[str | None, bool, str | None]:
    """*said that A; it is B*: the clause before the semicolon, and what corrects it behind."""
    behind = s.after(border + 1)
    told = _right_clause([attrs.evolve(behind, start=border + 1)])
    return s.text[start - s.start : border - s.start], False, told or behind.text.strip()


def _first(s: Sentence, *classes: str) -> list[Mark]:
    """The first few words of these classes: what a sentence says is said near its beginning."""
    return sorted(s.of(*classes), key=lambda m: m.start)[:_FEW]


def _after_joint(s: Sentence, joint: Mark) -> int:
    """Where the clause begins: *qu'il était* gives *il était*."""
    elided = s.folded.find("'", joint.start - s.start, joint.stop - s.start)
    return joint.stop if elided < 0 else s.start + elided + 1


def _closing_quote(clause: str) -> str:
    """The quoted words that a clause ends with: *was “newly rich”* is about *newly rich*."""
    found = list(quotations(clause))
    if len(found) == 1 and not trimmed(clause[found[0][0] + len(found[0][1]) + 2 :]):
        return found[0][1]
    return clause


def _without_verb(s: Sentence, start: int, stop: int) -> str:
    """An *als …* phrase without the participle that closes it: *als Landrätin bezeichnet*."""
    clause = s.text[start - s.start : stop - s.start]
    end = start + len(clause.rstrip(" .!"))
    last = next((m for m in s.of("stated") if m.stop == end and m.start > start), None)
    return clause[: last.start - start] if last else clause


def _joint(s: Sentence, verb: Mark) -> Mark | None:
    """The *that* or *as* after a verb of saying."""
    return next(
        (
            m
            for m in sorted(s.of("that", "as"), key=lambda m: m.start)
            if 0 <= m.start - verb.stop <= (_TO_AS if "as" in m.classes else _TO_THAT)
            and ("as" in m.classes or set(verb.classes) != {"misstated"})
        ),
        None,
    )


def _after_comma(s: Sentence, mark: Mark) -> bool:
    place = mark.start - s.start
    return s.folded[max(0, place - 4) : place].rstrip().endswith((",", "،", "，", ";", "–", "—", "."))


def _right_clause(following: Sequence[Sentence]) -> str | None:
    """The right text among the sentences after the wrong one."""
    for s in following:
        mark = next((m for m in s.of("right") if "actually" not in m.classes), None)
        if mark is not None:
            that = next((m for m in s.of("that") if 0 <= m.start - mark.stop <= 8), None)
            return s.text[(that or mark).stop - s.start :].strip(" ,:") or None
        turn = next(s.of("actually"), None)
        if turn is not None:
            before, after = s.text[: turn.start - s.start], s.text[turn.stop - s.start :]
            return f"{before.strip(' ,')} {after.strip(' ,')}".strip()
        opening = next((m for m in s.of("it_is") if m.start - s.start <= 2), None)
        if opening is not None and not s.has("wrong", "corrected", "telltale", "apologise"):
            return s.text[opening.stop - s.start :].strip() or None
    return None
