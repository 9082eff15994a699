"""One regular expression for many phrases: a tree of shared beginnings, each place decided once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import attrs

__all__ = ["Sieve", "alternation", "fold", "sieve"]

# A tree of phrases by their characters; a key that begins with _END closes a phrase.
_Tree: TypeAlias = "dict[str, _Tree]"
_END = "\0"


def alternation(whole: Iterable[str], stems: Iterable[str], *, ends: tuple[str, str]) -> str:
    """The expression that matches the longest of the phrases that stand at a place.

    *ends* are the expressions for what follows a whole phrase and what follows a stem.
    """
    tree: _Tree = {}
    for phrases, end in zip((whole, stems), ends, strict=True):
        for phrase in phrases:
            node = tree
            for character in phrase:
                node = node.setdefault(character, {})
            node[_END + end] = {}
    return _branch(tree)


def _branch(node: _Tree) -> str:
    longer = [
        re.escape(character) + _branch(node[character])
        for character in sorted(node)
        if not character.startswith(_END)
    ]
    ends = [name.removeprefix(_END) for name in sorted(node) if name.startswith(_END)]
    options = longer + ends
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"


# Each character becomes exactly one, so that a place in the copy is the same place in the text. No
# character of Unicode but the last has a small letter that is longer.
_PLAIN = (
    ("\t", " "),
    ("_", " "),
    ("`", "'"),
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2009", " "),
    ("’", "'"),
    ("‘", "'"),
    ("ʼ", "'"),
    ("‑", "-"),
    ("İ", "i"),
)


def fold(text: str) -> str:
    """*text* in lower case with plain spaces and apostrophes; positions stay the same."""
    for character, plain in _PLAIN:
        text = text.replace(character, plain)
    return text.lower()


# Languages with letters that Latin-1 lacks, and the character set of one byte that has them.
_CHARSETS = {"pl": "iso8859-2", "hu": "iso8859-2", "ru": "cp1251", "ar": "cp1256"}
# Each paragraph stands behind a new line and a space, so that its first word is found like any other.
_BEFORE = "\n "
# What may stand before a label that opens a paragraph: ornaments, a time, what parts the two.
_ORNAMENTS = ' *#>~-–—•·+|=!"“”„«»[](){}（）【】［］〔〕「」『』※†‡^■□◆◇●○▲△▼▽★☆＊'
_CLOCK = r"\d[\d.:/ -]{0,20}(?:[ap][. ]?m[. ]?|utc|et)?"
# How much of a stem is looked for before the whole of it, with the space before it (range 3 to 6).
_START = 4
# So many words of a date may stand before a label: *August 1st, 2025 update:*.
_DATE_WORDS = 8
_PARTING = " ,:-–—"
# What a date is written with where words do not stand apart.
_DENSE_DATE = "年月日時分년월일시분午前後上下./:,- "


@attrs.frozen(eq=False)
class Sieve:
    """Finds the paragraphs of a language that hold a telling word or open with a label.

    `charset` and `table` make the copy of a paragraph that is searched, `labels` are the expressions
    looked for in it. Where words stand apart, `phrases` are the phrases by one of their `words`, or by
    how a stem `starts`, each with whether it is telling: a label that is none has to open something.
    Without a table words do not stand apart: the copy is the folded text, searched for `telling` too.
    """

    charset: str
    table: bytes | None
    labels: tuple[re.Pattern[bytes], ...]
    telling: re.Pattern[bytes] | None = None
    phrases: Mapping[bytes, Mapping[bytes, bool]] = {}
    words: frozenset[bytes] = frozenset()
    starts: tuple[bytes, ...] = ()

    def keeps(self, text: str) -> bool:
        """Whether a notice may be in the paragraph *text*."""
        copy = _coarse(f"{_BEFORE}{text}{_BEFORE}", self.charset, self.table)
        if self.telling is not None:
            telling = self.telling.search(copy) is not None
        else:
            line = copy.replace(b"\n", b" ")
            keys = self.words.intersection(line.split()).union(filter(line.__contains__, self.starts))
            held = [said for key in keys for one, said in self.phrases[key].items() if one in line]
            if not held:
                return False
            telling = any(held)
        return telling or any(label.search(copy) for label in self.labels)


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
        return alternation(map(key, phrases), (), ends=(r"(?=[ \n])" if spaced else "", ""))

    def any_of(characters: str) -> str:
        return f"(?:{'|'.join(sorted({re.escape(key(character)) for character in characters}))})"

    def compiled(expression: str) -> re.Pattern[bytes]:
        return re.compile(expression.encode("latin-1"))

    before = rf"(?:(?:[0-9]|{any_of(_DENSE_DATE)}){{1,24}}|{tree(dating)})?"
    if spaced:
        clock = rf"(?:{_CLOCK}{any_of(_PARTING)}{{0,4}})?"
        day = rf"(?:[0-9]{{1,4}}(?:st|nd|rd|th)?|{tree(dating)})"
        before = rf"(?:{clock}|(?:{day} {{1,4}}){{1,{_DATE_WORDS}}})"
    label = rf"\n{any_of(_ORNAMENTS)}{{0,41}}{before}{tree(labels)}"
    inside = rf"(?:{any_of('（([【。')}){tree(labels)}{any_of(':：')}"
    if spaced:  # a bracket, a full stop or a colon and the space beside it are two spaces in the copy
        inside = rf"  {tree(labels)} {{2}}"
    patterns = (compiled(label), compiled(inside))
    if table is None:
        return Sieve(charset, table, patterns, compiled(tree(telling)))
    phrases: dict[bytes, dict[bytes, bool]] = {}
    for one in (*labels, *telling):
        phrase = _coarse(f" {one.removesuffix('*')} ", charset, table)
        words, start = phrase.split(), phrase[:_START]
        if one.endswith("*"):
            phrase, words = phrase[:-1], words[:-1]
        phrases.setdefault(max(words, key=len, default=start), {})[phrase] = one in telling
    starts = tuple([key for key in phrases if key.startswith(b" ")])
    return Sieve(charset, table, patterns, None, phrases, frozenset(phrases), starts)


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
