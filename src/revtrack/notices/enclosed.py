"""Notices inside a sentence: a clause in brackets or between dashes."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from revtrack.facts import counted
from revtrack.facts.vocabulary import words_of
from revtrack.notices.clauses import QUOTED
from revtrack.notices.grammar import fires
from revtrack.notices.lexicon import Lexicon, Mark
from revtrack.notices.opening import Opening, read_opening
from revtrack.notices.phrases import fold
from revtrack.notices.sentence import Sentence, sentences

__all__ = [
    "COLONS",
    "UNLABELLED",
    "Found",
    "denying_clause",
    "enclosed_notice",
    "is_open",
    "labelled_sentence",
]

COLONS = frozenset(":：")
UNLABELLED = Opening(None, 0, 0, 0, None, "", dated=False, text_follows=True)


@attrs.frozen
class Found:
    """The part of a paragraph that is a notice: its place, how it opens and the rule that found it.

    `alone` is true when the paragraph only announces: the text of the notice stands below it.
    """

    start: int
    stop: int
    opening: Opening
    rule: str
    alone: bool


# An enclosed clause has at most 300 characters; a longer one is a text of its own. The expression
# begins with one set of signs: all others are passed over ten times as fast as before alternatives.
_CLAUSE = re.compile(
    r"[\[(（【—–](?:(?<=\[)[^\[\]\n]{6,300}\]|(?<=\()[^()\n]{6,300}\)|(?<=（)[^（）\n]{3,300}）"
    r"|(?<=【)[^【】\n]{3,300}】|(?<=\s[—–])(?=\s)[^—–\n]{6,300}\s(?:[—–](?=\s)|$)"
    r"|(?<=\w—)(?=\w)[^—–\n]{6,300}(?<=\w)—(?=\w)"
    r"|(?<=\s[—–])(?=\w)[^—–\n]{6,300}(?<=[\w»”\"])[—–](?=[\s,.;:!?)]))"
)
# *Corrected* opens a notice where what stood before is given, and not where it is *for inflation*.
_BEFORE = ("earlier", "originally", "stated", "wrong", "wrongly", "misstated")
# What an agency's line before its story names: *(Corrects spelling of the name)*.
_PARTS = ("name", "number", "date", "quote", "other", "headline", "byline", "spelling")
# The labels that a clause within a paragraph may open with.
_ENCLOSED = frozenset({"correction", "clarification", "update", "updated", "edit", "editors_note"})
# Those that it may open with behind other sentences; *Update:* is said of the news as well.
_SURE = frozenset({"correction", "clarification", "editors_note"})
# … unless its capitals set it off; shorter ones are acronyms.
_LOUD = 4
# So many sentences of a paragraph are looked at: a bound on the work for text that is no prose.
_LOOKED_AT = 40
# *As* and *originally* stand this close in *not eleven, as originally reported* (characters).
_TO_SOURCE = 16
_QUOTED_OR_FIGURE = re.compile(r"[\d“”„\"«»「」]")


# A clause that denies what was written opens at one of so many signs before *as we wrote*, …
_SIGN = re.compile(r"(?:(?<=\s)[–—-](?=\s)|[,،—–])\s*")
_SIGNS = 3
# … with a word of denial among its first words, is so long (characters), and ends at one of these.
_FIRST_WORDS = re.compile(r"\W*([^\W\d_]+)(?:\s+([^\W\d_]+))?")
_LONGEST_DENIAL = 120
_CLOSE = re.compile(r"\s*[–—,،;]|[.!?]*\s*$")

_OPENING = frozenset('"“„«「『')
# What a sentence behind a labelled one says that goes on correcting.
_GOES_ON = ("right", "wrong", "wrongly", "corrected", "telltale", "apologise", "actually", "it_is")


def enclosed_notice(text: str, words: Lexicon) -> Found | None:
    """The enclosed notice of a paragraph; None where there is none, or it is all of the paragraph.

    Its place holds the brackets or dashes, so that the sentence reads on without it.
    """
    for clause in _CLAUSE.finditer(text):
        start, stop = clause.span()
        if not text[:start].strip(" *") and not text[stop:].strip(" *."):
            continue
        if clause.group()[1:2] in _OPENING or is_open(text[:start]):
            continue  # somebody's correction is quoted
        opening = read_opening(clause.group(), fold(clause.group()), words)
        said = clause.group()[opening.body :]
        told = opening.label in _SURE or len(said.split()) > 1 or not words.spaced
        if (
            opening.label in _ENCLOSED
            and opening.parting in {*COLONS}
            and opening.text_follows
            and told
        ):
            return Found(start, stop, opening, "label", alone=False)
        rule = _rule(clause.group()[1:-1].strip(" —–"), words, opens=not text[:start].strip(" *"))
        if rule is not None:
            return Found(start, stop, UNLABELLED, rule, alone=False)
    return None


def labelled_sentence(text: str, inside: Sequence[Sentence], words: Lexicon) -> Found | None:
    """A notice that opens with a label and a colon behind other sentences: *Correction: it is B*."""
    for s in inside[1:_LOOKED_AT]:
        label = words.label_finder.match(s.folded)
        if label is None or is_open(text[: s.start]):
            continue
        shouted = len(label.group()) >= _LOUD and s.text[: label.end()].isupper()
        if not shouted and words.labels[label.group()] not in _SURE:
            continue
        several = label.group()[:-1] in words.labels  # *Corrections* is what prisons are called, too
        opening = read_opening(s.text, s.folded, words)
        if opening.parting in {*COLONS} and opening.text_follows and not opening.start and not several:
            stop = s.stop
            for following in inside[inside.index(s) + 1 :]:
                if not fires(following) and not following.has(*_GOES_ON):
                    break
                stop = following.stop
            stop = s.start + len(text[s.start : stop].rstrip())
            return Found(s.start, stop, opening, "label", alone=False)
    return None


def is_open(before: str) -> bool:
    """Whether a quotation is open behind *before*: what follows is somebody's."""
    return not _OPENING.isdisjoint(QUOTED.sub("", before))


def _rule(inner: str, words: Lexicon, *, opens: bool) -> str | None:
    """The rule by which the words of a clause are a notice; *opens* says that its paragraph follows."""
    inside = sentences(inner, fold(inner), words)
    rule = next((rule for s in inside if (rule := fires(s))), None)
    if rule is not None or not inside:
        return rule
    first = inside[0]
    if first.has("refuse"):
        return None
    given = _QUOTED_OR_FIGURE.search(first.text) or counted(inner, language=words.language)
    if _says_before(first, given=bool(given)):
        return "enclosed"
    verb = min(first.of("corrected"), key=_start, default=None)
    if verb is None:
        return None
    before = first.folded[: verb.start].strip()
    resent = opens and before and (before[-1] == "," or any(m.start <= 2 for m in first.of("resent")))
    told = any(m.start < verb.start for m in first.of("earlier", "originally"))
    if before and not resent and not told:
        return None
    return "enclosed" if given or first.has(*_BEFORE, *(_PARTS if opens else ())) else None


def _says_before(s: Sentence, *, given: bool) -> bool:
    """Whether a clause says what *we* said before, or what was said by mistake.

    *Not eleven, as originally reported* · *we first wrote eleven* · *earlier misstated as eleven*.
    """
    stated = s.has("stated", "we_stated")
    if any(s.then("like", word, _TO_SOURCE) for word in ("originally", "stated", "we_stated")):
        denied = given and not words_of(s.words.language).negations.isdisjoint(s.folded.split())
        return stated and (s.has("originally") or (denied and s.has("we", "we_stated")))
    if not s.has("originally"):
        return False
    ours = s.has("we_stated") or (stated and (s.has("we", "here") or s.then("own", "originally", 1)))
    return given and (ours or s.has("misstated", "wrongly"))


def denying_clause(text: str, inside: Sequence[Sentence], *, last: bool) -> Found | None:
    """A clause of an article's sentence that denies what was written: *72 boats, not 27 as we wrote*.

    What goes on behind the clause is the article's; *last* says that no paragraph follows. There a
    sentence for itself is a notice as a whole, as one is that opens with *it was*.
    """
    for s in inside[:_LOOKED_AT]:
        alone = len(inside) == 1 and last
        if not s.has("like") or alone or any(m.start <= 2 for m in s.of("it_is")):
            continue
        for like in s.of("like"):
            place = _denial(s, like)
            if place is not None and not is_open(text[: s.start + place[0]]):
                start, stop = (s.start + at for at in place)
                return Found(start, stop, UNLABELLED, "enclosed", alone=False)
    return None


def _denial(s: Sentence, like: Mark) -> tuple[int, int] | None:
    """Where the clause around *as we wrote* begins and ends, if it opens with a denial."""
    if not (s.has("we_stated") or (s.has("stated") and s.has("we"))):
        return None
    sources = s.of("we_stated", "stated", "originally")
    near = [m.stop for m in sources if 0 <= m.start - like.stop <= _TO_SOURCE]
    negations = words_of(s.words.language).negations
    before = max(0, like.start - _LONGEST_DENIAL)
    signs = [*_SIGN.finditer(s.text, before, like.start)][-_SIGNS:] if near else []
    for sign in reversed(signs):
        opening = _FIRST_WORDS.match(s.folded, sign.end(), like.start)
        denial = next((n for n in (1, 2) if opening and opening[n] in negations), None)
        if opening is None or denial is None:
            continue
        start = opening.end(denial)
        is_behind = not s.text[start : like.start].strip(" ,")  # *not, as we wrote, eleven*
        closes = [*_CLOSE.finditer(s.text, max(near), sign.end() + _LONGEST_DENIAL)][is_behind:]
        denied = s.text[start : closes[0].start() if is_behind and closes else like.start]
        if closes and (_QUOTED_OR_FIGURE.search(denied) or counted(denied, language=s.words.language)):
            dash = {"–", "—"}.issuperset({closes[0].group().strip(), sign.group().strip()})
            return sign.start(), closes[0].end() if dash else closes[0].start()
    return None


def _start(mark: Mark) -> int:
    return mark.start
