"""What was wrong and what is right, as a notice gives them: contrasted, quoted, or said in turn.

*It is 45, not 54* · *nicht München, sondern Wien* · *“Dawn” instead of “Down”* are contrasts, whose
forms are data (`templates` of a lexicon). *An earlier version said that A. In fact B* says two clauses;
they are narrowed to the values and words in which they differ. Each way gives candidates: where two
captures are at hand, the one that they bear out wins (`revtrack.notices.attesting.choose`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise, takewhile

from rapidfuzz.distance import Indel

from revtrack.facts import FactKind, Quantity
from revtrack.facts.vocabulary import words_of
from revtrack.notices.clauses import (
    Texts,
    differing,
    facing,
    is_capital,
    parallel,
    predicate,
    quotations,
    trimmed,
    values,
)
from revtrack.notices.contrast import contrasts
from revtrack.notices.lexicon import Lexicon, Mark
from revtrack.notices.phrases import fold
from revtrack.notices.sentence import Sentence

__all__ = ["candidates"]

# So many candidates are kept (range 3 to 12): those that a capture bears out are among the first.
_MOST = 8
# So much of a notice is looked through for another spelling of a name (characters).
_LONGEST_NOTICE = 2_000
# *stated on Monday that* and *referred to the plan as* stand this close (characters).
_TO_THAT, _TO_AS = 40, 150
# The right text stands in one of so many sentences after the wrong one, and behind one of so many
# words of saying: bounds on the work for text that is no prose.
_FOLLOWERS, _FEW = 5, 8
# Two spellings of one name share this much (0 to 1): Rosalind/Rosalynd .88, Peter/Marie .20.
_ONE_NAME = 0.7

# The classes by which a sentence says that something wrong was said …
_FALSE = (
    *("earlier", "originally", "misstated", "wrongly", "we_stated", "issue", "piece", "wrong", "own"),
)
# … what a clause with one of these says of the text, and not in it: *gave a wrong year* …
_AMISS = frozenset({"wrong", "wrongly", "misstated"})
# … and the words behind which the wrong text stands, and before which nothing is quoted from it.
_SAYING = ("stated", "we_stated", "misstated", "wrongly", "originally", "wrong")
_RIGHTING = frozenset({"right", "corrected"})
_BARE = frozenset({"stated", "we_stated"})
# … with which a publication speaks of what it did, and not of what is so …
_OF_ITSELF = ("right", "corrected", "changed", "updated", "added", "removed", "telltale", "apologise")
_CUES = ("stated", "originally", "misstated", "earlier", "wrongly", "headline", "we_stated")

_NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
# The ending of a verb that closes its clause, in a script without spaces.
_CLOSED = re.compile(r"[^\d、,，。；\s]{0,7}[、,，；\s]")
_POSSESSIVE = re.compile(r"['’]s$")


def candidates(text: str, inside: Sequence[Sentence], words: Lexicon) -> tuple[Texts, ...]:
    """The wrong and the right texts that a notice may give, the likeliest first; one may be None."""
    pairs = islice(_candidates(text, inside, words), 2 * _MOST)
    found = dict.fromkeys([_respelt(pair, text[:_LONGEST_NOTICE]) for pair in pairs])
    return tuple([pair for pair in found if pair[0] != pair[1]][:_MOST])


def _candidates(text: str, inside: Sequence[Sentence], words: Lexicon) -> Iterator[Texts]:
    later_first = (*inside[1:], *inside[:1])
    changing = [s for s in inside if s.has("corrected", "changed", "updated")]
    false = any(map(_is_false, inside))
    yield from contrasts(changing, ("changed",), quoted=True)
    yield from contrasts(later_first, ("contrast", "instead"), bordered=True)
    yield from contrasts(changing, ("from_to",))
    yield from _righted(text, inside)
    if false:
        yield from _quoted(text, inside)
        yield from _in_turn(inside, words)
    stated = [*_stated(inside, words)] if false else []
    if any(_joint(s, verb) for s in inside if _is_false(s) for verb in _first(s, *_SAYING)):
        yield from [pair for pair in stated if pair[1] is not None]
    yield from contrasts(later_first, ("contrast", "instead"))
    yield from _as_reported(inside, words)
    yield from stated
    yield from contrasts(later_first, ("loose",))
    yield from [(words, None) for s in inside if s.has("headline") for words in _earlier_quote(s)]
    if false:
        yield None, _brought(inside)


def _earlier_quote(s: Sentence) -> list[str]:
    """The only quotation of a sentence on the headline, if it is what that read at first."""
    quotes = [trimmed(words) for _, words in quotations(s.text)]
    return quotes if len(quotes) == 1 and s.has("originally") else []


def _as_reported(inside: Sequence[Sentence], words: Lexicon) -> Iterator[Texts]:
    """The one value before *as originally reported*: *not eleven, as we first wrote*."""
    for s in inside:
        denies = not words_of(words.language).negations.isdisjoint(_NAME.findall(s.folded))
        sources = ("originally", "we_stated") if denies else ("originally",)
        told = any(s.then("like", source, _TO_THAT) for source in sources)
        joint = next(s.of("like"), None) if told else None
        denied = values(s.text[: joint.start], words) if joint is not None else []
        if len(denied) == 1:
            yield denied[0][1], None


def _is_false(s: Sentence) -> bool:
    """Whether a sentence says that something wrong was said, or one after it says what is right."""
    told = s.later | s.marks.keys() if s.dense else s.later
    return s.has(*_FALSE) or (s.has("stated") and not told.isdisjoint(_RIGHTING))


def _respelt(pair: Texts, text: str) -> Texts:
    """A misspelt name against its other spelling: a longer right text, or the one the notice has."""
    said, says = pair
    size = len(said.split()) if said else 0
    if not said or not all(map(is_capital, said.split())) or size > (_FEW if says is None else 1):
        return pair
    words = [_POSSESSIVE.sub("", name) for name in _NAME.findall(text if says is None else says)]
    names = [words[at : at + size] for at in range(len(words) - size + 1)]
    others = [" ".join(name) for name in names if all(map(is_capital, name))]
    alike = [name for name in others if name != said and _one_name(name, said)]
    return (said, alike[0]) if alike else pair


def _one_name(one: str, other: str) -> bool:
    return Indel.normalized_similarity(one.casefold(), other.casefold()) >= _ONE_NAME


def _quoted(text: str, inside: Sequence[Sentence]) -> Iterator[Texts]:
    """Two quoted texts; quoted titles before the words of saying are left out."""
    cues = [s.start + m.start for s in inside for m in s.of(*_CUES)]
    dense = any(s.dense for s in inside)
    quotes = [words for place, words in quotations(text) if cues and (dense or place > min(cues))]
    if len(quotes) == 2:
        yield trimmed(quotes[0]), trimmed(quotes[1])


def _righted(text: str, inside: Sequence[Sentence]) -> Iterator[Texts]:
    """Two quoted texts, the second behind words that call it right: *「9人」…、正しくは「4人」*."""
    rights = [s.start + m.stop for s in inside for m in s.of("right")]
    for (_, one), (place, other) in pairwise(quotations(text)):
        if any(0 <= place - stop <= 2 for stop in rights):
            yield trimmed(one), trimmed(other)


def _in_turn(inside: Sequence[Sentence], words: Lexicon) -> Iterator[Texts]:
    """Values on both sides of a verb that closes the wrong clause: *9人としましたが、4人でした*."""
    for s in inside:
        for verb in _first(s, *_SAYING):
            if s.dense and _CLOSED.match(s.text, verb.stop):
                one, other = (values(t, words) for t in (s.text[: verb.start], s.text[verb.stop :]))
                if one and other and one[-1][0] == other[0][0]:
                    yield one[-1][1], other[0][1]


def _stated(inside: Sequence[Sentence], words: Lexicon) -> Iterator[Texts]:
    """*An earlier version said that A. It is B*: where the two clauses differ, and the clauses."""
    for place, s in enumerate(inside):
        if not _is_false(s):
            continue
        wrong, right, is_phrase = _clauses(s)
        following = inside[place + 1 : place + 1 + _FOLLOWERS]
        right = right or _right_clause(following)
        if wrong is None:
            yield from _valued(s, following, words)
            if right and s.has("misstated", "wrongly", "telltale"):
                speaker = values(right, words)[:1] if s.has("quote") else []
                yield None, speaker[0][1] if speaker and speaker[0][3] == 0 else trimmed(right)
            continue
        if right is not None:
            pair = trimmed(wrong), trimmed(right)
            yield from [(pair[0], predicate(pair[1], s.text, words))] if is_phrase else []
            yield from differing(*pair, words)
            return
        for other in (*following[:1], *inside[:place]):
            if not other.has(*_CUES, *_OF_ITSELF, "wrong"):
                yield from facing(wrong, other.text, words)
                yield from _parallel(wrong, other)
        for other in following[1:]:  # *323 shootings*, and three sentences on *83 shootings*
            pairs = facing(wrong, other.text, words)
            yield from [
                (one, two)
                for one, two in pairs
                if one and two and _unit(wrong, one) == _unit(other.text, two) != []
            ]
        if not any(_AMISS.intersection(m.classes) for m in words.marks(fold(wrong))):
            yield from [(said, None) for said in _alone(trimmed(wrong), words)]
        return


def _parallel(wrong: str, other: Sentence) -> Iterator[Texts]:
    """Where the sentence behind the wrong clause differs from it, if it has its subject or its verb."""
    pair = parallel(trimmed(wrong), trimmed(_before_but(other)), other.words)
    yield from [] if pair is None else [pair]


def _valued(s: Sentence, following: Sequence[Sentence], words: Lexicon) -> Iterator[Texts]:
    """A figure or a day of a sentence with no word of saying before it, and the one behind it.

    *In a former version the singer's age was given as 34. He is 43 years old.*
    """
    told = min([mark.stop for mark in s.of(*_CUES)], default=0)  # *an article on Monday misstated …*
    for other in following[:1]:
        if not other.has(*_CUES, *_OF_ITSELF, "wrong"):
            one, two = (
                [v for v in values(t, words) if v[0] != "name" and v[2].kind is not FactKind.ORDINAL]
                for t in (s.text[told:], other.text)
            )
            if len(one) == len(two) == 1 and one[0][0] == two[0][0]:
                yield one[0][1], two[0][1]


def _unit(clause: str, value: str) -> list[str]:
    """The word behind a value in figures, which says what it counts."""
    behind = clause.partition(value)[2].split(maxsplit=1)[:1]
    return [trimmed(word) for word in behind] if value[-1].isdigit() else []


def _alone(wrong: str, words: Lexicon) -> tuple[str, ...]:
    """What was wrong in a clause that no right text is set against: its one measure, or all of it."""
    figures = [(text, fact.value) for kind, text, fact, _ in values(wrong, words) if kind == "number"]
    if len(figures) != 1:
        return (wrong,)
    text, value = figures[0]
    measures = isinstance(value, Quantity) and bool(value.unit or value.sign)
    return (text, wrong) if measures else (wrong, text)


def _clauses(s: Sentence) -> tuple[str | None, str | None, bool]:
    """The clause behind a word of saying, what corrects it in one breath, whether *as* opens it."""
    for verb in _first(s, *_SAYING):
        joint = _joint(s, verb)
        if joint is None and (not _BARE.isdisjoint(verb.classes) and not s.has("that", "as")):
            start = verb.stop
            if any(m.start == start + 1 for m in s.of("wrongly")):  # *referred incorrectly to the show*
                continue
        elif joint is None:
            continue
        else:
            elided = s.folded.rfind("'", joint.start, joint.stop)
            start = joint.stop if elided < 0 else elided + 1
        turns = [(m.start, m.stop) for m in s.of("but", "actually", "right") if _turns(s, m, start)]
        spoken = [m for m in s.of("it_is") if " " in s.text[m.start : m.stop]]
        turns += [(m.start, m.start) for m in spoken if _turns(s, m, start)]  # *A, it is B*
        turns += [(m.start(), m.end()) for m in re.finditer(";", s.text) if m.start() > start]
        stop, resumed = min(turns, default=(len(s.text), None))
        comma = s.text.find(",", start)
        named = s.text[comma + 1 :].split()  # *as her sister, Eva*
        if "misstated" in verb.classes and comma > 0 and not (named and all(map(is_capital, named))):
            stop = min(stop, comma)
        for again in s.of("wrongly"):  # *that A, and we reported wrongly that B*
            if start < s.text.rfind(",", 0, again.start) < stop:
                stop = s.text.rfind(",", 0, again.start)
        closing = next((m for m in s.of("stated") if not s.folded[m.stop :].strip(" .!")), None)
        if closing is not None and closing.start > start:
            stop = min(stop, closing.start)
        clause = s.text[start:stop]
        if trimmed(clause):
            rest = None if resumed is None else s.after(resumed)
            right = None if rest is None else _right_clause([rest]) or rest.text.strip()
            return clause, right, joint is not None and "as" in joint.classes
    return None, None, False


def _first(s: Sentence, *classes: str) -> list[Mark]:
    """The first few words of these classes: what a sentence says is said near its beginning."""
    return sorted(s.of(*classes), key=lambda m: m.start)[:_FEW]


def _joint(s: Sentence, verb: Mark) -> Mark | None:
    """The *that* or *as* after a verb of saying, or the *as* before one that closes its sentence."""
    titles = [(at, at + len(words)) for at, words in quotations(s.text)]
    ours = {m.start - 1 for m in s.of("we_stated")}
    for mark in sorted(s.of("that", "as"), key=lambda m: m.start):
        if verb.stop < mark.start and mark.stop in ours:
            continue  # *a mistake in the article that we published on Monday*
        if any(verb.stop <= start < mark.start <= stop for start, stop in titles):
            continue
        manner = "as" in mark.classes
        is_near = 0 <= mark.start - verb.stop <= (_TO_AS if manner else _TO_THAT)
        if is_near and ("wrong" if manner else "misstated") not in verb.classes:
            return mark
    before = [m for m in s.of("as") if m.stop < verb.start]
    closes = before and not s.text[verb.stop :].strip(" .!")  # *wurde als Landrätin bezeichnet*
    return before[-1] if closes else None


def _turns(s: Sentence, mark: Mark, start: int) -> bool:
    before = s.folded[max(0, mark.start - 4) : mark.start].rstrip()
    return mark.start > start and before.endswith((",", "،", "，", ";", "–", "—", "."))


def _before_but(s: Sentence) -> str:
    return s.text[: min([m.start for m in s.of("but") if _turns(s, m, 0)], default=len(s.text))]


def _right_clause(following: Sequence[Sentence]) -> str | None:
    """The right text among the sentences after the wrong one."""
    for place, s in enumerate(following):
        if place == 1 and _is_denial(following[0]) and not s.has("wrong", "we", *_OF_ITSELF):
            that = next((m for m in s.of("that") if s.has("clarify")), None)
            return s.text if that is None else s.text[that.stop :]
        mark = next((m for m in s.of("right") if "actually" not in m.classes), None)
        if mark is not None:
            that = next((m for m in s.of("that") if 0 <= m.start - mark.stop <= 8), mark)
            return s.text[that.stop :].strip(" ,:") or None
        turn = next(s.of("actually"), None)
        if turn is not None:
            return f"{s.text[: turn.start].strip(' ,')} {s.text[turn.stop :].strip(' ,')}".strip()
        opening = next((m for m in s.of("it_is") if m.start <= 2), None)
        if opening is not None and not s.has("wrong", "corrected", "telltale", "apologise"):
            return _before_but(s)[opening.stop :].strip() or None
    return None


def _is_denial(s: Sentence) -> bool:
    """No more than *This is wrong*."""
    return s.has("wrong") and not s.has("that", *_OF_ITSELF) and len(s.text.split()) <= _FEW


def _brought(inside: Sequence[Sentence]) -> str | None:
    """What is new: *to include the judge’s reply*, *to correct the spelling of Ann Smyth’s name*."""
    for s in inside:
        mark = next(s.of("spelling", "include"), None)
        if mark is not None and "spelling" in mark.classes:
            name = [*takewhile(is_capital, s.text[mark.stop :].split())]
            part = name[-1:] if s.has("surname") else name[:1] if s.has("forename") else name
            return _POSSESSIVE.sub("", trimmed(" ".join(part))) or None
        if mark is not None:
            that = next((m for m in s.of("that") if m.start > mark.stop), mark)
            return trimmed(s.text[that.stop :]) or None
    return None
