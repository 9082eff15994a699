"""What was wrong and what is right, as a notice gives them: contrasted, quoted, or said in turn.

*It is 45, not 54* · *nicht München, sondern Wien* · *“Dawn” instead of “Down”* are contrasts, whose
forms are data (`templates` of a lexicon). *An earlier version said that A. In fact B* says two clauses;
they are narrowed to the values and words in which they differ. Each way gives candidates: where two
captures are at hand, the one that they bear out wins (`revtrack.notices.attesting.choose`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice, takewhile

from rapidfuzz.distance import Indel

from revtrack.facts import Fact, FactKind, Quantity, read, same
from revtrack.notices.lexicon import Lexicon, Mark
from revtrack.notices.phrases import fold
from revtrack.notices.sentence import Sentence

__all__ = ["candidates", "trimmed"]

_Texts = tuple[str | None, str | None]

# So many candidates are kept (range 3 to 12): those that a capture bears out are among the first.
_MOST = 8
# So much of a notice is looked through for another spelling of a name (characters).
_LONGEST_NOTICE = 2_000
# The longest side of a contrast (characters): beyond it the words found belong to a story.
_LONGEST = 160
# *stated on Monday that*, *referred to the plan as* and *as we first reported* stand this close.
_TO_THAT, _TO_AS, _TO_SOURCE = 40, 150, 16
# The right text stands in one of so many sentences after the wrong one, and behind one of so many
# words of saying: bounds on the work for text that is no prose.
_FOLLOWERS, _FEW = 5, 8
# Two spellings of one name share this much (0 to 1): Rosalind/Rosalynd .88, Peter/Marie .20.
_ONE_NAME = 0.7
# Two clauses that share two words, or one of four letters, are compared behind or before these; they
# were rewritten where more words than `_LONGEST_PART` differ. Matching is quadratic, hence the bound.
_SHARED_WORDS, _SHARED_LETTERS, _LONGEST_PART, _LONGEST_CLAUSE = 2, 3, 8, 80
# Articles, prepositions and copulas: a word of so few letters is no part of what was wrong.
_SMALL = 4

# The classes by which a sentence says that something wrong was said …
_FALSE = (
    *("earlier", "originally", "misstated", "wrongly", "we_stated", "issue", "piece", "wrong", "own"),
)
_FALSE_TELLING = ("earlier", "originally", "misstated", "wrongly", "we_stated")
# … the words behind which the wrong text stands, and before which nothing is quoted from it …
_SAYING = ("stated", "we_stated", "misstated", "wrongly", "originally")
_BARE = frozenset({"stated", "we_stated"})
_CUES = ("stated", "originally", "misstated", "earlier", "wrongly", "headline", "we_stated")
# … and who said it: *not B as we first reported*.
_SOURCES = ("earlier", "we", "we_stated", "originally", "issue", "piece", "own", "stated")

_EDGES = " \t\n.,،;:!?*()[]（）「」『』\"'“”„«»‘’–—"
# Quotation marks change places with the comma or full stop inside them, so that forms can match.
_SWAPPED = {",”": "”,", ',"': '",', ".”": "”.", ",»": "»,", ",’": "’,", ",'": "',"}
# A quotation of at most 300 characters; an apostrophe inside a word closes no single quotation marks.
_QUOTED = re.compile(
    r"“([^“”]{1,300})”|\"([^\"]{1,300})\"|«([^«»]{1,300})»|„([^„“”\"]{1,300})[“”\"]"
    r"|「([^「」]{1,300})」|『([^『』]{1,300})』|»([^«»]{1,300})«|《([^《》]{1,300})》"
    r"|(?<![\w'’])['‘]((?:[^'‘’\n]|(?<=\w)['’](?=\w)){1,160})['’](?!\w)"
)
_NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s$")
_WORD_START = re.compile(r"(?<!\S)\S+")
_SPACES = re.compile(r"\s")
# A value is all of what stands without a space within so many characters: *54-45*, *CVE-2016-5325*.
_AROUND = 24
_YEAR = re.compile(r"(?:1\d|20)\d\d")
# A value of one of these kinds is put right by another of its kind.
_KINDS = {
    FactKind.QUANTITY: "number",
    FactKind.ORDINAL: "number",
    FactKind.AGE: "number",
    FactKind.DURATION: "number",
    FactKind.DATE: "date",
    FactKind.TIME: "date",
    FactKind.NAME: "name",
    FactKind.PLACE: "name",
}


def candidates(text: str, inside: Sequence[Sentence], words: Lexicon) -> tuple[_Texts, ...]:
    """The wrong and the right texts that a notice may give, the likeliest first; one may be None."""
    pairs = islice(_candidates(text, inside, words), 2 * _MOST)
    found = dict.fromkeys([_respelt(pair, text[:_LONGEST_NOTICE]) for pair in pairs])
    return tuple([pair for pair in found if pair[0] != pair[1]][:_MOST])


def _candidates(text: str, inside: Sequence[Sentence], words: Lexicon) -> Iterator[_Texts]:
    later_first = (*inside[1:], *inside[:1])
    changing = [s for s in inside if s.has("corrected", "changed", "updated")]
    false = any(map(_is_false, inside))
    yield from _contrasts(changing, ("changed",), quoted=True)
    yield from _contrasts(later_first, ("contrast", "instead"), bordered=True)
    yield from _contrasts(changing, ("from_to",))
    if false:
        yield from _quoted(text, inside)
    stated = [*_stated(inside, words)] if false else []
    if any(_joint(s, verb) for s in inside if _is_false(s) for verb in _first(s, *_SAYING)):
        yield from [pair for pair in stated if pair[1] is not None]
    yield from _contrasts(later_first, ("contrast", "instead"))
    yield from stated
    if false:
        yield None, _brought(inside)


def _is_false(s: Sentence) -> bool:
    """Whether a sentence says that something wrong was said, or one after it says what is right."""
    return s.has(*_FALSE) or (s.has("stated") and "right" in s.later)


def trimmed(text: str) -> str:
    """*text* without the quotes, brackets and punctuation round it; a closing *N.J.* keeps its dot."""
    bare = text.strip(_EDGES)
    return bare + "." if text.strip(' \t\n,;:"”').endswith(f"{bare}.") and bare[-2:-1] == "." else bare


def _quotations(text: str) -> list[tuple[int, str]]:
    """The quotations of a text, each with its place: in any quotation marks, single ones included."""
    return [(m.start(), next(filter(None, m.groups()))) for m in _QUOTED.finditer(text)]


def _respelt(pair: _Texts, text: str) -> _Texts:
    """A misspelt name against its other spelling: a longer right text, or the one the notice has."""
    said, says = pair
    size = len(said.split()) if said else 0
    if not said or not all(map(_is_capital, said.split())) or size > (_FEW if says is None else 1):
        return pair
    words = [_POSSESSIVE.sub("", name) for name in _NAME.findall(text if says is None else says)]
    names = [words[at : at + size] for at in range(len(words) - size + 1)]
    others = [" ".join(name) for name in names if all(map(_is_capital, name))]
    alike = [name for name in others if name != said and _one_name(name, said)]
    return (said, alike[0]) if alike else pair


def _one_name(one: str, other: str) -> bool:
    return Indel.normalized_similarity(one.casefold(), other.casefold()) >= _ONE_NAME


# ------------------------------------------------------------------------------------- contrasts


def _contrasts(
    inside: Sequence[Sentence], kinds: Sequence[str], *, bordered: bool = False, quoted: bool = False
) -> Iterator[_Texts]:
    """The pairs of the sentences by the forms of these *kinds*.

    *bordered* asks for a border on both sides (*nicht A, sondern B*; *It is B, not A*), *quoted* for
    quotation marks round the wrong text.
    """
    for kind in kinds:
        for s in inside:
            texts = _outside_quotes(s.folded), _outside_quotes(s.text)
            for form in s.words.templates.get(kind, ()):
                pair = _contrasted(s, texts, form, bordered=bordered, quoted=quoted)
                if pair is not None:
                    yield pair[::-1] if kind == "instead" and _says_wrongly(s, pair) else pair
                    break


def _says_wrongly(s: Sentence, pair: _Texts) -> bool:
    """*An earlier version said A instead of B*: there the wrong text stands first."""
    false = min([m.start for m in s.of(*_FALSE_TELLING)], default=len(s.text))
    return not s.has("corrected", "changed", "updated") and false < s.text.find(pair[1] or "")


def _contrasted(
    s: Sentence, texts: tuple[str, str], form: str, *, bordered: bool, quoted: bool
) -> _Texts | None:
    """The pair of a sentence by one form; *texts* are its folded and its own, commas outside quotes."""
    before, first, rest = form.replace("}", "{").split("{", 2)
    between, _, after = rest.split("{")
    places = _sides(*texts, (before, between, after), s)
    if places is None:
        return None
    start, middle, right_start, stop = places
    left, right = texts[1][start:middle], texts[1][right_start:stop]
    opening = next((m for m in s.of("it_is") if m.start <= start + 3), None)
    if bordered and not before and opening is None:
        return None
    if quoted and not _quotations(left if first == "said" else right):
        return None
    right = _quoted_part(right)
    inner = _quoted_part(left)
    if inner != left:
        left = inner
    elif before:
        copula = next((m for m in s.of("it_is") if 0 <= m.start - start <= 1), None)
        left = left[copula.stop - start :] if copula else left
        name = " ".join(takewhile(_is_capital, left.split()))  # *not Tom Reed in the boat, but Al Lee*
        left = name if " " in name and all(map(_is_capital, right.split())) else left
    else:
        left = _resembling(left, trimmed(right), opening.stop - start if opening else 0, s.words)
    left, right = trimmed(left), trimmed(right)
    small, _, rest = left.partition(" ")
    if before and right.startswith(f"{small} ") and small.islower() and len(small) <= _SMALL:
        left, right = rest, right[len(small) + 1 :]  # *von A, sondern von B*
    if not left or not right or max(len(left), len(right)) > _LONGEST:
        return None
    return (left, right) if first == "said" else (right, left)


def _is_capital(word: str) -> bool:
    return word[:1].isupper()


def _outside_quotes(text: str) -> str:
    for inside, outside in _SWAPPED.items():
        text = text.replace(inside, outside)
    return text


def _sides(
    folded: str, text: str, literal: tuple[str, str, str], s: Sentence
) -> tuple[int, int, int, int] | None:
    """The borders of the left and the right side of a contrast; None when the form is not there."""
    before, between, after = literal
    middle = folded.rfind(between)
    if middle < 1:
        return None
    start = 0
    if before:
        place = folded.rfind(before, 0, middle)
        if place < 0 or (s.words.spaced and place and folded[place - 1].isalnum()):
            return None
        start = place + len(before)
    right = middle + len(between)
    stop = folded.find(after, right) if after else _clause_end(text, right, s)
    return None if stop < 0 else (start, middle, right, stop)


def _clause_end(text: str, start: int, s: Sentence) -> int:
    """Where the clause at *start* ends: at its punctuation, or where its source is named."""
    sources = [m.start for m in s.of(*_SOURCES)]
    joints = [m.start for m in s.of("like") if m.start > start]
    meant = [at for at in joints if any(0 < place - at <= _TO_SOURCE for place in sources)]
    for place in range(start, min([*meant, len(text)])):
        character, following = text[place], text[place + 1 : place + 3]
        if character in ";:()!?（）。，；" or (character in "–—" and place > start + 1):
            return place
        if character == "," and following[:1] == " " and following[1:].islower():
            return place
    return min([*meant, len(text)])


def _quoted_part(side: str) -> str:
    """What a side quotes, if it quotes: *the expression “A”*."""
    quotes = _quotations(side)
    return quotes[-1][1] if quotes else side


def _resembling(left: str, right: str, opening: int, lexicon: Lexicon) -> str:
    """The end of *left* that stands against *right*: *The road leads to Bath*, not *York*.

    *opening* is where *It is* ends that the sentence begins with, else 0.
    """
    words = [*_WORD_START.finditer(left)]
    value = _last_alike(left, right, lexicon)
    if value is not None:  # *6* stands against *5*, *6 euros* against *5 euros*
        return " ".join(left[value:].split()[: len(right.split())])
    first, _, more = right.partition(" ")
    same = [m.start() for m in words if m.group().casefold() == first.casefold()]
    rest = left[opening:].lstrip()
    if opening:
        head, _, tail = rest.partition(" ")
        is_preposition = head.islower() and not right[:1].islower() and not tail[:1].islower()
        return tail if tail and is_preposition else rest
    if same:
        return left[same[-1] :]
    size = len(more.split()) + 1
    return left[words[-size].start() :] if size <= len(words) else left


# ------------------------------------------------------------------------------------- quotations


def _quoted(text: str, inside: Sequence[Sentence]) -> Iterator[_Texts]:
    """Two quoted texts; quoted titles before the words of saying are left out."""
    cues = [s.start + m.start for s in inside for m in s.of(*_CUES)]
    quotes = [words for place, words in _quotations(text) if cues and place > min(cues)]
    if len(quotes) == 2:
        yield trimmed(quotes[0]), trimmed(quotes[1])


# ------------------------------------------------------------------------------------- clauses


def _stated(inside: Sequence[Sentence], words: Lexicon) -> Iterator[_Texts]:
    """*An earlier version said that A. It is B*: where the two clauses differ, and the clauses."""
    for place, s in enumerate(inside):
        if not _is_false(s):
            continue
        wrong, right, is_phrase = _clauses(s)
        following = inside[place + 1 : place + 1 + _FOLLOWERS]
        right = right or _right_clause(following)
        if wrong is None:
            if right and s.has("misstated", "wrongly", "telltale"):
                yield None, trimmed(right)
            continue
        if right is not None:
            pair = trimmed(wrong), trimmed(right)
            yield from [pair] if is_phrase else []
            yield from _differing(*pair, words)
            return
        for other in (*following[:1], *inside[:place]):
            if not other.has(*_CUES, "corrected", "telltale", "apologise"):
                yield from _facing(wrong, other.text, words)
        for other in following[1:]:  # *323 shootings*, and three sentences on *83 shootings*
            pairs = _facing(wrong, other.text, words)
            yield from [
                (one, two)
                for one, two in pairs
                if one and two and _unit(wrong, one) == _unit(other.text, two) != []
            ]
        yield from [(said, None) for said in _alone(trimmed(wrong), words)]
        return


def _unit(clause: str, value: str) -> list[str]:
    """The word behind a value in figures, which says what it counts."""
    return clause.partition(value)[2].split(maxsplit=1)[:1] if value[-1].isdigit() else []


def _alone(wrong: str, words: Lexicon) -> tuple[str, ...]:
    """What was wrong in a clause that no right text is set against: its one measure, or all of it."""
    figures = [(text, fact.value) for kind, text, fact, _ in _values(wrong, words) if kind == "number"]
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
        elif joint is None:
            continue
        else:
            elided = s.folded.rfind("'", joint.start, joint.stop)
            start = joint.stop if elided < 0 else elided + 1
        turns = [(m.start, m.stop) for m in s.of("but", "actually", "right") if _turns(s, m, start)]
        turns += [(m.start(), m.end()) for m in re.finditer(";", s.text) if m.start() > start]
        stop, resumed = min(turns, default=(len(s.text), None))
        comma = s.text.find(",", start)
        if "misstated" in verb.classes and comma > 0:
            stop = min(stop, comma)
        closing = next((m for m in s.of("stated") if not s.folded[m.stop :].strip(" .!")), None)
        if closing is not None and closing.start > start:
            stop = min(stop, closing.start)
        clause = s.text[start:stop]
        if trimmed(clause):
            quotes = _quotations(clause)
            if len(quotes) == 1 and clause.rstrip(_EDGES).endswith(quotes[0][1].rstrip(_EDGES)):
                clause = quotes[0][1]  # *was “newly rich”* is about *newly rich*
            rest = None if resumed is None else s.after(resumed)
            right = None if rest is None else _right_clause([rest]) or rest.text.strip()
            return clause, right, joint is not None and "as" in joint.classes
    return None, None, False


def _first(s: Sentence, *classes: str) -> list[Mark]:
    """The first few words of these classes: what a sentence says is said near its beginning."""
    return sorted(s.of(*classes), key=lambda m: m.start)[:_FEW]


def _joint(s: Sentence, verb: Mark) -> Mark | None:
    """The *that* or *as* after a verb of saying, or the *as* before one that closes its sentence."""
    for mark in sorted(s.of("that", "as"), key=lambda m: m.start):
        manner = "as" in mark.classes
        is_near = 0 <= mark.start - verb.stop <= (_TO_AS if manner else _TO_THAT)
        if is_near and (manner or {*verb.classes} != {"misstated"}):
            return mark
    before = [m for m in s.of("as") if m.stop < verb.start]
    closes = before and not s.text[verb.stop :].strip(" .!")  # *wurde als Landrätin bezeichnet*
    return before[-1] if closes else None


def _turns(s: Sentence, mark: Mark, start: int) -> bool:
    before = s.folded[max(0, mark.start - 4) : mark.start].rstrip()
    return mark.start > start and before.endswith((",", "،", "，", ";", "–", "—", "."))


def _right_clause(following: Sequence[Sentence]) -> str | None:
    """The right text among the sentences after the wrong one."""
    for s in following:
        mark = next((m for m in s.of("right") if "actually" not in m.classes), None)
        if mark is not None:
            that = next((m for m in s.of("that") if 0 <= m.start - mark.stop <= 8), mark)
            return s.text[that.stop :].strip(" ,:") or None
        turn = next(s.of("actually"), None)
        if turn is not None:
            return f"{s.text[: turn.start].strip(' ,')} {s.text[turn.stop :].strip(' ,')}".strip()
        opening = next((m for m in s.of("it_is") if m.start <= 2), None)
        if opening is not None and not s.has("wrong", "corrected", "telltale", "apologise"):
            return s.text[opening.stop :].strip() or None
    return None


def _brought(inside: Sequence[Sentence]) -> str | None:
    """What is new: *to include the judge’s reply*, *to correct the spelling of Ann Smyth’s name*."""
    for s in inside:
        mark = next(s.of("spelling", "include"), None)
        if mark is not None and "spelling" in mark.classes:
            name = [*takewhile(_is_capital, s.text[mark.stop :].split())]
            part = name[-1:] if s.has("surname") else name[:1] if s.has("forename") else name
            return _POSSESSIVE.sub("", trimmed(" ".join(part))) or None
        if mark is not None:
            that = next((m for m in s.of("that") if m.start > mark.stop), mark)
            return trimmed(s.text[that.stop :]) or None
    return None


# ------------------------------------------------------------------------------------- differences


def _differing(wrong: str, right: str, words: Lexicon) -> Iterator[_Texts]:
    """The pairs in which two clauses may differ, the likeliest first, the whole clauses last."""
    values, cut = [*_facing(wrong, right, words)], _cut(wrong.split(), right.split())
    if len(values) == 1 or cut is None:
        yield from values[:1]
    if cut is not None:
        yield cut
    yield from values[1:]
    yield wrong, right


def _cut(one: Sequence[str], other: Sequence[str]) -> _Texts | None:
    """The two clauses without what they share: what stands behind it, else what stands before it."""
    if max(len(one), len(other)) > _LONGEST_CLAUSE:
        return None
    match = SequenceMatcher(
        None, [fold(w) for w in one], [fold(w) for w in other], autojunk=False
    ).find_longest_match()
    shared = one[match.a : match.a + match.size]
    if not shared or (len(shared) < _SHARED_WORDS and len(shared[0]) < _SHARED_LETTERS):
        return None
    for left, rest in (
        (one[match.a + match.size :], other[match.b + match.size :]),
        (one[: match.a], other[: match.b]),
    ):
        if left and rest and max(len(left), len(rest)) <= _LONGEST_PART:
            return _behind_prepositions(left, rest)
    return None


def _behind_prepositions(left: Sequence[str], right: Sequence[str]) -> _Texts:
    """*came from A* against *was from B* is A against B, and *in A* against *by B*."""
    shared = [w for w in left[:-1] if w in right[:-1] and w.islower() and len(w) <= _SMALL]
    if shared:
        left, right = left[left.index(shared[-1]) + 1 :], right[right.index(shared[-1]) + 1 :]
    elif min(len(left), len(right)) > 1 and all(
        words[0].islower() and len(words[0]) <= _SMALL for words in (left, right)
    ):
        left, right = left[1:], right[1:]
    return trimmed(" ".join(left)), trimmed(" ".join(right))


def _facing(wrong: str, right: str, words: Lexicon) -> Iterator[_Texts]:
    """The values of two clauses that stand against each other: the only one of its kind that is wrong.

    A value that both clauses name is what they speak of, and none that was corrected.
    """
    one, other = _values(wrong, words), _values(right, words)
    for kind in ("number", "date", "name", "year"):
        mine = [v for v in one if v[0] == kind and not any(_alike(v, o) for o in other)]
        theirs = [v for v in other if v[0] == kind and not any(_alike(v, o) for o in one)]
        theirs.sort(key=lambda v: bool(mine) and v[2].kind is not mine[-1][2].kind)
        if theirs and (len(mine) == 1 or (mine and theirs[0][1] == right)):
            yield mine[-1][1], theirs[0][1]


def _last_alike(clause: str, right: str, words: Lexicon) -> int | None:
    """Where in *clause* the last value is that is of the kind of the one *right* begins with."""
    wanted = next(iter(_values(right, words)), None)
    if wanted is None or wanted[0] == "name" or not right.startswith(wanted[1]):
        return None
    places = [start for kind, _, _, start in _values(clause, words) if kind == wanted[0]]
    return places[-1] if places else None


_Value = tuple[str, str, Fact, int]
"""Its kind, how it is written, the fact, and where it begins."""


def _alike(one: _Value, other: _Value) -> bool:
    whole = all(len(fact.span) >= len(text) for _, text, fact, _ in (one, other))
    return one[1].casefold() == other[1].casefold() or (whole and same(one[2], other[2]))


def _values(clause: str, words: Lexicon) -> list[_Value]:
    """The values of a clause, each with its kind and as it is written there: *54-45* is one."""
    found: list[_Value] = []
    for fact in read(clause, language=words.language):
        if fact.kind in _KINDS:
            start, stop = fact.span.start, fact.span.stop
            if words.spaced and not clause[start].isalpha():
                start -= len(_SPACES.split(clause[max(0, start - _AROUND) : start])[-1])
            if words.spaced and clause[stop - 1].isdigit():
                stop += len(_SPACES.split(clause[stop : stop + _AROUND])[0])
            text = trimmed(clause[start:stop])
            kind = "year" if _YEAR.fullmatch(text) else _KINDS[fact.kind]
            if text and not (found and found[-1][1] == text):
                found.append((kind, text, fact, start))
    return found
