"""Which paragraphs are worth a careful look: one fast pass over a whole article.

Nearly every article says nothing about itself, and this pass is all that its notices cost. It runs over
a coarse copy of the text, one byte a character: letters in lower case, digits, spaces for all else. A
word begins after a space there and nowhere else, which a regular expression finds at the speed of C.
The copy may confuse characters, which lets a paragraph through in vain; no telling word is lost.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

import attrs

from revtrack.notices.folded import fold
from revtrack.notices.phrases import alternation

__all__ = ["Sieve", "sieve"]

# Languages with letters that Latin-1 lacks, and the character set of one byte that has them.
_CHARSETS = {"pl": "iso8859-2", "hu": "iso8859-2", "ru": "cp1251", "ar": "cp1256"}
# Each paragraph stands behind a new line and a space, so that its first word is found like any other.
_BEFORE = "\n "
# What may stand before a label that opens a paragraph: ornaments, a time, what parts the two.
_ORNAMENTS = ' *#>~-–—•·+|=!"“”„«»[](){}（）【】［］〔〕「」『』※†‡^■□◆◇●○▲△▼▽★☆＊'
_CLOCK = r"\d[\d.:/ -]{0,20}(?:[ap][. ]?m[. ]?|utc|et)?"
# So many words of a date may stand before a label: *August 1st, 2025 update:*.
_DATE_WORDS = 8
_PARTING = " ,:-–—"


@attrs.frozen(eq=False)
class Sieve:
    """Finds the paragraphs of a language that hold a telling word or open with a label.

    `charset` and `table` make the copy that is searched, `wanted` are the expressions looked for in it.
    Without a table words do not stand apart, and the copy is the folded text.
    """

    charset: str
    table: bytes | None
    wanted: tuple[re.Pattern[bytes], ...]

    def kept(self, paragraphs: Sequence[str]) -> list[int]:
        """The numbers of the *paragraphs* in which a notice may stand, in order; others hold none."""
        copy = _coarse(_BEFORE.join(["", *paragraphs, ""]), self.charset, self.table)
        places = [match.end() - 1 for wanted in self.wanted for match in wanted.finditer(copy)]
        if not places:
            return []
        copies = (
            paragraphs if self.table else [_coarse(text, self.charset, None) for text in paragraphs]
        )
        stops = list(accumulate([len(_BEFORE) + len(text) for text in copies]))
        return sorted({bisect_right(stops, place) for place in places})


def sieve(
    language: str,
    *,
    telling: Sequence[str],
    labels: Sequence[str],
    dating: Sequence[str],
    spaced: bool,
) -> Sieve:
    """The sieve for these folded *telling* phrases (a star stands for any ending) and *labels*.

    *dating* are the words of dates, which may stand before a label. *spaced* says whether words stand
    apart in this language; if not, a phrase begins anywhere.
    """
    charset = _CHARSETS.get(language, "latin-1") if spaced else "utf-8"
    table = _table(charset) if spaced else None

    def key(text: str) -> str:
        return _coarse(text, charset, table).decode("latin-1")  # an expression names bytes like this

    def tree(phrases: Sequence[str]) -> str:
        whole = [key(phrase) for phrase in phrases if not phrase.endswith("*")]
        stems = [key(phrase[:-1]) for phrase in phrases if phrase.endswith("*")]
        return alternation(whole, stems, ends=(r"(?=[ \n])" if spaced else "", ""))

    def any_of(characters: str) -> str:
        return f"(?:{'|'.join(sorted({re.escape(key(character)) for character in characters}))})"

    telling_word = (" " if spaced else "") + tree(telling)
    before = rf"(?:{_CLOCK}{any_of(_PARTING)}{{0,4}})?"
    if spaced:
        day = rf"(?:[0-9]{{1,4}}(?:st|nd|rd|th)?|{tree(dating)})"
        before = rf"(?:{before}|(?:{day} {{1,4}}){{1,{_DATE_WORDS}}})"
    label = rf"\n{any_of(_ORNAMENTS)}{{0,41}}{before}{tree(labels)}"
    wanted = tuple([re.compile(part.encode("latin-1")) for part in (telling_word, label)])
    return Sieve(charset, table, wanted)


def _coarse(text: str, charset: str, table: bytes | None) -> bytes:
    """The copy of *text* that is searched."""
    if table is None:
        return fold(text).encode(charset, "replace")
    return text.encode(charset, "replace").translate(table)


def _table(charset: str) -> bytes:
    """What each byte of *charset* becomes: a letter or digit its small form, all else a space."""
    table = bytearray(b" " * 256)
    for code in range(256):
        character = fold(bytes([code]).decode(charset, "replace"))
        if character.isalnum() or character == "\n":
            table[code] = character.encode(charset, "replace")[0]
    return bytes(table)
