"""The wrong text and the right text of a notice, where they stand beside each other.

*It is 45, not 54* · *nicht München, sondern Wien* · *“Dawn” instead of “Down”*. The forms are data
(`templates` of a lexicon); here they are matched without regular expressions, and the side that has
no border of its own is cut to resemble the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from rapidfuzz.distance import Indel

from revtrack.notices.lexicon import Lexicon
from revtrack.notices.quoting import quotations
from revtrack.notices.sentence import Sentence
from revtrack.notices.values import trimmed, value_before

__all__ = ["contrasted", "is_one_name"]

# The longest side of a contrast (characters): beyond it the words found belong to a story.
_LONGEST = 160
# *as* and *an earlier version* stand this close (characters).
_TO_SOURCE = 16
_SOURCES = ("earlier", "we", "we_stated", "originally", "issue", "piece", "own", "stated")
# Two spellings of one name share this much (0 to 1): Rosalind/Rosalynd .88, Peter/Marie .20.
_ONE_NAME = 0.7
# Quotation marks change places with the comma or full stop inside them, so that forms can match.
_SWAPPED = {",”": "”,", ',"': '",', ".”": "”.", ",»": "»,", ",’": "’,", ",'": "',"}


def contrasted(
    s: Sentence, words: Lexicon, forms: str, *, bordered: bool = False, quoted: bool = False
) -> tuple[str, str] | None:
    """The wrong and the right text of a sentence by the lexicon's *forms* of contrast, if any.

    *bordered* asks for a border on both sides (*nicht A, sondern B*; *It is B, not A*), *quoted* for
    quotation marks round the wrong text.
    """
    folded, text = _unquoted_commas(s.folded), _unquoted_commas(s.text)
    for form in words.templates.get(forms, ()):
        before, first, between, _, after = _parts(form)
        found = _sides(folded, text, (before, between, after), words.spaced)
        if found is None:
            continue
        left, right = text[found[0] : found[1]], text[found[2] : min(found[3], _source(s, found[2]))]
        if bordered and not before and not _opens_with_copula(s, found[0]):
            continue
        if quoted and not any(quotations(left if first == "said" else right)):
            continue
        inner, right = _quoted_part(left, s, found[0]), _quoted_part(right, s, found[2])
        if inner != left:
            left = inner
        else:
            left = (
                _after_copula(left, s, found[0])
                if before
                else _resembling(left, right, s, found[0], words)
            )
        left, right = _without_shared_start(trimmed(left), trimmed(right), bordered=bool(before))
        left = _one_word(left, right, s)
        if before:
            left = _name_before(left, right)
        if left and right and left != right and max(len(left), len(right)) <= _LONGEST:
            return (left, right) if first == "said" else (right, left)
    return None


def _unquoted_commas(text: str) -> str:
    for inside, outside in _SWAPPED.items():
        text = text.replace(inside, outside)
    return text


def _parts(form: str) -> tuple[str, str, str, str, str]:
    before, first, rest = form.replace("{", "\0").replace("}", "\0").split("\0", 2)
    between, second, after = rest.split("\0")
    return before, first, between, second, after


def _sides(
    folded: str, text: str, literal: tuple[str, str, str], spaced: bool
) -> tuple[int, int, int, int] | None:
    """The borders of the left and the right side of a contrast; None when the form is not there."""
    before, between, after = literal
    middle = folded.rfind(between)
    if middle < 1:
        return None
    start = 0
    if before:
        place = folded.rfind(before, 0, middle)
        if place < 0 or (spaced and place and folded[place - 1].isalnum()):
            return None
        start = place + len(before)
    right = middle + len(between)
    stop = folded.find(after, right) if after else _clause_end(text, right)
    return None if stop < 0 else (start, middle, right, stop)


def _source(s: Sentence, start: int) -> int:
    """Where it is said behind *start* who had it wrong: *not B as we first reported*."""
    joints = [m.start - s.start for m in s.of("like") if m.start - s.start > start]
    sources = [m.start - s.start for m in s.of(*_SOURCES)]
    meant = [j for j in joints if any(0 < place - j <= _TO_SOURCE for place in sources)]
    return min(meant, default=len(s.text))


def _clause_end(text: str, start: int) -> int:
    """Where the clause that begins at *start* ends: at a semicolon, bracket, colon or a new clause."""
    for place in range(start, len(text)):
        character, following = text[place], text[place + 1 : place + 3]
        if character in ";:()!?（）。，；" or (character in "–—" and place > start + 1):
            return place
        if character == "," and following[:1] == " " and following[1:].islower():
            return place
    return len(text)


def _opens_with_copula(s: Sentence, offset: int) -> bool:
    return any(m.start - s.start <= offset + 3 for m in s.of("it_is"))


def _quoted_part(side: str, s: Sentence, offset: int) -> str:
    """What a side quotes, if it quotes: *the expression “A”*; the first after a word like *correct*."""
    quotes = list(quotations(side))
    if not quotes:
        return side
    right = max((m.stop - s.start - offset for m in s.of("right")), default=len(side))
    return next((words for place, words in quotes if place >= right), quotes[-1][1])


def _after_copula(left: str, s: Sentence, offset: int) -> str:
    """*left* without the *is* that it begins with: *não é A, mas B*."""
    starts = [m for m in s.of("it_is") if 0 <= m.start - s.start - offset <= 1]
    return left[starts[0].stop - s.start - offset :] if starts else left


def _one_word(left: str, right: str, s: Sentence) -> str:
    """The one word of a name that was misspelt: *Rosalind Perle, not Pearle*."""
    if " " in right or " " not in left or not s.text[:1]:
        return left
    alike = [w for w in left.split(" ") if w[:1].isupper() and w != right and is_one_name(w, right)]
    return trimmed(alike[0]) if len(alike) == 1 else left


def _name_before(left: str, right: str) -> str:
    """The name that *left* begins with: *not Tom Reed in the boat, but Al Lee*."""
    name = [*takewhile(lambda word: word[:1].isupper(), left.split(" "))]
    two = len(name) > 1 and all(word[:1].isupper() for word in right.split(" "))
    return " ".join(name) if two else left


def is_one_name(one: str, other: str) -> bool:
    """Whether two words or names may be spellings of one name, in any case of letters."""
    return Indel.normalized_similarity(one.casefold(), other.casefold()) >= _ONE_NAME


def _resembling(left: str, right: str, s: Sentence, offset: int, words: Lexicon) -> str:
    """The end of *left* that stands against *right*: *The road leads to Bath*, not *York*."""
    right = trimmed(right)
    value = value_before(left, right, words)
    if value is not None:  # *6* stands against *5*, *6 euros* against *5 euros*
        return " ".join(left[value:].split()[: len(right.split())])
    opening = [m for m in s.of("it_is") if m.start - s.start <= offset + 3]
    starts = list(_word_starts(left))
    first = right.split(" ", 1)[0].casefold()
    same = [i for i in starts if left[i:].split(" ", 1)[0].casefold() == first]
    if opening:
        rest = left[opening[0].stop - s.start - offset :].lstrip(" ")
        if not same or rest.casefold().startswith(first + " ") or trimmed(left[same[-1] :]) == right:
            return _without_preposition(rest, right)
    if same:
        return left[same[-1] :]
    if right[:1].isupper() or right[:1].isdigit():
        return _capital_end(left)
    size = len(right.split())
    return left[starts[-size] :] if 0 < size <= len(starts) else left


def _word_starts(text: str) -> Iterator[int]:
    for place, character in enumerate(text):
        if character != " " and (place == 0 or text[place - 1] == " "):
            yield place


def _without_preposition(rest: str, right: str) -> str:
    """*in Bath* against *York* is *Bath*; *about 30* against *20* is a number."""
    head, _, tail = rest.partition(" ")
    if right[:1].islower() or not head.islower() or not tail:
        return rest
    return tail if tail[:1].isupper() or tail[:1].isdigit() or tail[:1] in '“"' else rest


def _capital_end(left: str) -> str:
    """The last name or number of *left*, with the small words inside it."""
    parts = left.split(" ")
    start = len(parts)
    while start and (
        not parts[start - 1][:1].islower() or (start < len(parts) and len(parts[start - 1]) <= 3)
    ):
        start -= 1
    while start < len(parts) and parts[start][:1].islower():
        start += 1
    return " ".join(parts[start:]) or left


def _without_shared_start(left: str, right: str, *, bordered: bool) -> tuple[str, str]:
    """Both sides without the small word that both begin with: *von A, sondern von B*."""
    one, _, left_rest = left.partition(" ")
    other, _, right_rest = right.partition(" ")
    if bordered and one == other and one.islower() and len(one) <= 4 and left_rest and right_rest:
        return left_rest, right_rest
    return left, right
