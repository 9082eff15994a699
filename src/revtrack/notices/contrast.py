"""The wrong text and the right text of a notice, where they stand beside each other.

*It is 45, not 54* · *nicht München, sondern Wien* · *“Dawn” instead of “Down”*. The forms are data
(`templates` of a lexicon); they are matched without regular expressions, and the side that has no
border of its own is cut to resemble the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from revtrack.notices.clauses import SMALL, Texts, is_capital, last_alike, quotations, trimmed
from revtrack.notices.lexicon import Lexicon
from revtrack.notices.sentence import Sentence

__all__ = ["contrasts"]

# The longest side of a contrast (characters): beyond it the words found belong to a story.
_LONGEST = 160
# *as* and the source of *not B as we first reported* stand this close (characters).
_TO_SOURCE = 16
# Where one of these stands first, the wrong text stands before the right one.
_FALSE_TELLING = ("earlier", "originally", "misstated", "wrongly", "we_stated")
# Who had it wrong: *not B as we first reported*.
_SOURCES = ("earlier", "we", "we_stated", "originally", "issue", "piece", "own", "stated")
# Quotation marks change places with the comma or full stop inside them, so that forms can match.
_SWAPPED = {",”": "”,", ',"': '",', ".”": "”.", ",»": "»,", ",’": "’,", ",'": "',"}
_WORD_START = re.compile(r"(?<!\S)\S+")


def contrasts(
    inside: Sequence[Sentence], kinds: Sequence[str], *, bordered: bool = False, quoted: bool = False
) -> Iterator[Texts]:
    """The pairs of the sentences by the forms of these *kinds*.

    *bordered* asks for a border on both sides (*nicht A, sondern B*; *It is B, not A*), *quoted* for
    quotation marks round the wrong text.
    """
    for kind in kinds:
        for s in inside:
            text = _outside_quotes(s.text)
            texts = _masked(_outside_quotes(s.folded), text, s), text
            for form in s.words.templates.get(kind, ()):
                pair = _contrasted(s, texts, form, bordered=bordered, quoted=quoted)
                if pair is not None and not (kind == "from_to" and _is_news(s, pair)):
                    yield pair[::-1] if kind == "instead" and _says_wrongly(s, pair) else pair
                    break


def _is_news(s: Sentence, pair: Texts) -> bool:
    """*Updated to say that the price rose from A to B*: there the text was changed to say it."""
    start = min(s.text.find(part or "") for part in pair)
    verbs = [m for m in s.of("purpose") if {"corrected", "changed"}.isdisjoint(m.classes)]
    return any(m.start < start for m in verbs)


def _says_wrongly(s: Sentence, pair: Texts) -> bool:
    """*An earlier version said A instead of B*: there the wrong text stands first."""
    false = min([m.start for m in s.of(*_FALSE_TELLING)], default=len(s.text))
    return not s.has("corrected", "changed", "updated") and false < s.text.find(pair[1] or "")


def _contrasted(
    s: Sentence, texts: tuple[str, str], form: str, *, bordered: bool, quoted: bool
) -> Texts | None:
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
    if quoted and not quotations(left if first == "said" else right):
        return None
    right = _quoted_part(right)
    inner = _quoted_part(left)
    if inner != left:
        left = inner
    elif before:
        copula = next((m for m in s.of("it_is") if 0 <= m.start - start <= 1), None)
        left = left[copula.stop - start :] if copula else left
        name = " ".join(takewhile(is_capital, left.split()))  # *not Tom Reed in the boat, but Al Lee*
        left = name if " " in name and all(map(is_capital, right.split())) else left
    else:
        left = _resembling(left, trimmed(right), opening.stop - start if opening else 0, s.words)
    left, right = trimmed(left), trimmed(right)
    small, _, rest = left.partition(" ")
    if before and right.startswith(f"{small} ") and small.islower() and len(small) <= SMALL:
        left, right = rest, right[len(small) + 1 :]  # *von A, sondern von B*
    if not left or not right or max(len(left), len(right)) > _LONGEST:
        return None
    return (left, right) if first == "said" else (right, left)


def _outside_quotes(text: str) -> str:
    for inside, outside in _SWAPPED.items():
        text = text.replace(inside, outside)
    return text


def _masked(folded: str, text: str, s: Sentence) -> str:
    """*folded* without what *text* quotes, and without *mise à jour*, which has a joint of its own.

    *From “Mayor quits” to “Mayor to quit”* has one *to*.
    """
    updated = [(m.start, s.text[m.start : m.stop]) for m in s.of("updated")]
    for start, words in (*quotations(text), *[one for one in updated if " " in one[1]]):
        at = text.find(words, start)
        folded = folded[:at] + "\0" * len(words) + folded[at + len(words) :]
    return folded


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
    quoted = [at + len(words) for at, words in quotations(text[start:]) if at <= 1]
    for place in range(start + max(quoted, default=0), min([*meant, len(text)])):
        character, following = text[place], text[place + 1 : place + 3]
        timed = text[place - 1].isdigit() and following[:1].isdigit()  # *8:40*
        if (character in ";:()!?（）。，；" and not timed) or (character in "–—" and place > start + 1):
            return place
        if character == "," and following[:1] == " " and following[1:].islower():
            return place
    return min([*meant, len(text)])


def _quoted_part(side: str) -> str:
    """What a side quotes, if it quotes: *the expression “A”*."""
    quotes = quotations(side)
    return quotes[-1][1] if quotes else side


def _resembling(left: str, right: str, opening: int, lexicon: Lexicon) -> str:
    """The end of *left* that stands against *right*: *The road leads to Bath*, not *York*.

    *opening* is where *It is* ends that the sentence begins with, else 0.
    """
    words = [*_WORD_START.finditer(left)]
    value = last_alike(left, right, lexicon)
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
