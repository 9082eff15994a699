"""Speech: whether a passage says of a difference that the page had it wrong, and who says so."""

from __future__ import annotations

import re
from collections.abc import Hashable

from revtrack import facts
from revtrack.changes.candidates import Candidate
from revtrack.changes.claims import content, plain
from revtrack.changes.words import key, words_in
from revtrack.facts.statements import QUOTED
from revtrack.facts.vocabulary import Words, words_of
from revtrack.notices.contrast import contrasts
from revtrack.notices.lexicon import Lexicon
from revtrack.notices.phrases import fold
from revtrack.notices.sentence import Sentence, sentences
from revtrack.notices.subject import BESIDE, FEW, TIGHT, is_attributed, own_piece

__all__ = ["Speech"]

_FEW = 2
"""Content words beside those of notices that leave it open what a passage is about (range 1 to 4)."""
_DENIED = 3
"""Words between a denial and the value that it denies (range 2 to 5): *not, as we wrote, nine*."""
# With one of these a sentence speaks of the page, or of what it said before …
_OF_PAGE = ("earlier", "versions", "before", "we_stated", "telltale")
# … and with one of these of an error, or of what is right.
_AMISS = (
    *("wrong", "wrongly", "misstated", "corrected", "changed", "right", "actually", "originally"),
    *("apologise", "clarify"),
)
_RIGHTED = ("corrected", "changed")
# What a notice calls the part that was wrong, and what it says of a whole article.
_PARTS = ("number", "date", "name", "quote", "caption", "byline", "spelling")
_ERRORS = ("wrong", "wrongly", "misstated", "corrected")
# What only joins words, and says nothing of a text.
_JOINING = frozenset({"of", "that", "as", "with", "but", "like", "purpose", "it_is"})
# What a list of changes may call an entry: *Change made: …*.
_LABEL = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?\s?:")
_FIGURE = re.compile(r"\d+|[一二三四五六七八九十百千万]+|[월화수목금토일火水木金土日月](?=曜|요)")
_NOUN = re.compile(r"[^\W\d_]{3,}")


class Speech:
    """What an added passage says of the page, of errors, and who says so.

    `ours`: the publication speaks in it of its own text; `amiss`: of an error, or of what is right;
    `named`: it has a noun for a text and a word of error; `of_piece`: it says that its own text had an
    error; `names_part`: or what kind of thing was wrong; `wrote`: *we* wrote something before, without
    *as*; `wrote_then`: on a day that it names. `attributed`: for each sentence, whether somebody of the
    story says so.
    """

    def __init__(self, text: str, words: Lexicon) -> None:
        bare = QUOTED.sub(lambda found: " " * len(found.group()), text)
        self.text, self.words = text, words
        self.facts: Words = words_of(words.language)
        self.whole = sentences(text, fold(text), words)
        parts = [bare[s.start : s.stop] for s in self.whole]
        spoken = [sentences(part, fold(part), words) for part in parts]
        self.inside = [s for part in spoken for s in part]
        self.attributed = [any(map(is_attributed, part)) for part in spoken]
        ours = not any(self.attributed)
        self.ours = ours and any(map(_is_ours, self.inside))
        self.amiss = any(s.has(*_AMISS) for s in self.inside)
        self.we = ours and any(s.has("we", "we_stated") for s in self.inside)
        named = any(s.has("noun", "paragraph") for s in self.inside)
        self.named = named and ours and (self.amiss or self.we)
        self.of_piece = any(own_piece(s) and s.has(*_ERRORS) for s in self.inside)
        self.names_part = self.of_piece or any(s.has(*_PARTS) for s in self.inside)
        wrote = [s for s in self.inside if ours and _wrote(s)]
        self.wrote = bool(wrote)
        self.wrote_then = any(map(_is_dated, wrote))
        self.refused = any(s.has("refuse") for s in self.inside)

    def of(self, one: Candidate) -> bool | None:
        """Whether it is a notice of this difference; None where it says nothing of the kind."""
        against = self._contrasts(one)
        if self.refused or not (self.ours or self.amiss or against):
            return None
        if self.ours or self.named:
            return True
        if not self.is_about(one):
            return None
        values = self._keys(" ".join(one.parts))
        holding = [place for place, s in enumerate(self.whole) if values & self._keys(s.text)]
        told = any(self.attributed[place] for place in holding)
        agent = not self.we and any(self._has_agent(self.whole[n], one, values) for n in holding)
        if agent and not (told or self.amiss):
            return None  # *The society wants seven, not eleven*
        return not told and not agent

    def _contrasts(self, one: Candidate) -> bool:
        """Whether it sets the two values against each other."""
        gone, come = self._keys(one.parts[0]), self._keys(one.parts[1])
        kinds = ["changed", "contrast", "instead", "loose"]
        kinds += ["from_to"] if any(s.has(*_RIGHTED) for s in self.whole) else []
        return self._denies(gone) or any(
            gone & self._keys(said or "") and come & self._keys(says or "")
            for said, says in contrasts(self.whole, kinds)
        )

    def _keys(self, text: str) -> frozenset[Hashable]:
        return facts.values(text, language=self.words.language).union(plain(text).split())

    def _denies(self, gone: frozenset[Hashable]) -> bool:
        """Whether a denial stands right before the value that went."""
        return self.words.spaced and any(
            gone & self._keys(" ".join(run[at + 1 : at + 2 + _DENIED]))
            for run in [words_in(s.text) for s in self.whole]
            for at, word in enumerate(run)
            if key(word) in self.facts.negations
        )

    def is_about(self, one: Candidate) -> bool:
        """Whether it shares a word with the sentence of a difference, or has hardly another word."""
        language = self.words.language
        if self.shares_word(one) or (not self.words.spaced and self._counts_the_same(one)):
            return True
        marked = [
            s.text[m.start : m.stop] for s in self.whole for group in s.marks.values() for m in group
        ]
        return len(self._content(one) - content(" ".join(marked), language)) <= _FEW

    def shares_word(self, one: Candidate) -> bool:
        """Whether it shares a word with the sentence of a difference."""
        return bool(self._content(one) & one.whole.context)

    def _content(self, one: Candidate) -> frozenset[str]:
        """Its words of content without those of the difference."""
        language = self.words.language
        return content(self.text, language) - content(" ".join(one.parts), language)

    def _counts_the_same(self, one: Candidate) -> bool:
        """Whether the value that went has one counter here and there, in a script without spaces."""
        figure = _FIGURE.match(one.parts[0])
        if figure is None:
            return False
        counters = [side.partition(figure.group())[2][:1] for side in (self.text, one.change.old or "")]
        return counters[0] == counters[1] and bool(counters[0])

    def _has_agent(self, s: Sentence, one: Candidate, values: frozenset[Hashable]) -> bool:
        """Whether a sentence begins with somebody of whom neither page nor notice speaks."""
        if not self.words.spaced:
            return False
        marks = [m for group in s.marks.values() for m in group if not _JOINING.issuperset(m.classes)]
        label = _LABEL.match(s.folded) if s.has(*_RIGHTED) else None
        for match in _NOUN.finditer(s.folded, label.end() if label else 0):
            if any(m.start <= match.start() < m.stop for m in marks):
                return False
            word = match.group()
            if not match.start() and "verb_first" in self.facts.traits:
                continue
            if word not in self.facts.function and not values & self._keys(word):
                return not content(word, self.words.language) <= one.whole.context
        return False


def _wrote(s: Sentence) -> bool:
    """*Unlike what we wrote on Monday, 29 were lost*, and not *As we wrote, 29 were lost*."""
    ours = s.has("we_stated") or _dates_between(s)
    return ours and not any(s.then("like", source, BESIDE) for source in ("we_stated", "we", "stated"))


def _is_dated(s: Sentence) -> bool:
    counted = facts.counted(s.text, language=s.words.language)
    return any(one.kind is facts.FactKind.DATE for one in counted)


def _dates_between(s: Sentence) -> bool:
    """*What we on Monday wrote*, in languages in which the verb closes its clause."""
    between = [
        s.text[we.stop : verb.start]
        for we in [*s.of("we")][:FEW]
        for verb in [*s.of("stated")][:FEW]
        if 0 < verb.start - we.stop <= BESIDE
    ]
    return any(facts.counted(part, language=s.words.language) for part in between)


def _is_ours(s: Sentence) -> bool:
    """Whether a sentence speaks of the page, or *we* of an error or of what was written."""
    if s.has("future"):
        return False
    of_something = s.then("earlier", "of", 1) and not (s.then("of", "own", 1) or own_piece(s))
    if s.has(*_OF_PAGE) and not of_something:
        return True
    itself = own_piece(s) or s.then("own", "page", 2) or (s.has("originally") and s.has("here"))
    whose = s.has("we", "us", "headline") or s.then("own", "noun", TIGHT)  # *our story of Tuesday*
    return itself or (s.has(*_AMISS) and whose)
