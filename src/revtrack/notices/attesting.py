"""What a notice attests: the earlier headline or words, from one capture alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

import attrs
from rapidfuzz.distance import Indel

from revtrack.model import Attested, Notice, NoticeTarget
from revtrack.notices.phrases import fold

__all__ = ["attest", "choose", "holds", "outside"]

# Quotes and punctuation that a notice puts inside its quotation marks but the text does not have.
_EDGES = " \t.,;:!?\"'“”„«»‘’「」『』()[]"

# A quoted text of this many words may be a whole headline, if it shares this much of its words with
# the present one (0 to 1): two headlines of one story share .5 and more, of two stories under .2.
_WHOLE_HEADLINE = 4
_SAME_HEADLINE = 0.4


def attest(headline: str | None, text: str, notices: Sequence[Notice]) -> tuple[Attested, ...]:
    """The earlier headline or words that *notices* attest, given what the article says now.

    Of the text these are the notice's own wrong words (`said`), never a sentence made from today's:
    what else the sentence said then, nobody attests. They count where the article now has the right
    words (`says`) in one place. A headline is rebuilt where the right words are in it once. What comes
    out was attested by a notice, not captured.
    """
    return tuple(_each(headline, text, notices))


def _each(headline: str | None, text: str, notices: Sequence[Notice]) -> Iterator[Attested]:
    body: str | None = None
    for notice in notices:
        if notice.said is None:
            continue
        if notice.target is NoticeTarget.HEADLINE:
            earlier = _headline(headline, notice) if headline else None
            if headline is not None and earlier is not None:
                yield Attested(NoticeTarget.HEADLINE, earlier, headline, notice)
            continue
        if body is None:  # few articles have a notice that gives a text
            body = fold(outside(text, notices))
        said, says = notice.said.strip(_EDGES), (notice.says or "").strip(_EDGES)
        if said and _place(says, body) is not None and fold(said) != fold(says):
            yield Attested(notice.target, said, says, notice)


def _headline(headline: str, notice: Notice) -> str | None:
    """The earlier headline: rebuilt, or the wrong text itself where that is a whole headline."""
    earlier = _rebuilt(headline, notice)
    said = (notice.said or "").strip(_EDGES)
    if earlier is not None or len(said.split()) < _WHOLE_HEADLINE or fold(said) == fold(headline):
        return earlier
    alike = Indel.normalized_similarity(fold(said).split(), fold(headline).split())
    return said if alike >= _SAME_HEADLINE else None


def outside(text: str, notices: Sequence[Notice]) -> str:
    """The *text* of an article without its *notices*."""
    kept, position = [], 0
    for span in sorted([notice.span for notice in notices if notice.span]):
        kept.append(text[position : span.start])
        position = max(position, span.stop)
    return "\n".join([*kept, text[position:]])


def _places(words: str, side: str) -> Iterator[int]:
    """Where *side* holds *words*, both folded: as words, where words stand apart."""
    dense = not words.isascii() and " " not in words
    start = side.find(words) if words else -1
    while start >= 0:  # a search for a pattern takes a hundred times as long
        stop = start + len(words)
        before = words[0].isalnum() and _IN_WORD.match(side[start - 1 : start])
        after = words[-1].isalnum() and _IN_WORD.match(side[stop : stop + 1])
        if dense or not (before or after):
            yield start
        start = side.find(words, stop)


def _place(words: str, folded: str) -> int | None:
    """The one place of *words* in a folded text; None where it has none, or several."""
    found = [*islice(_places(fold(words), folded), 2)]
    return found[0] if len(found) == 1 else None


def _rebuilt(current: str, notice: Notice) -> str | None:
    """*current* with the right text replaced by the wrong one; None unless it stands there once."""
    said = (notice.said or "").strip(_EDGES)
    says = (notice.says or "").strip(_EDGES)
    if not said or not says:
        return None
    start = _place(says, fold(current))
    if start is None:
        return None
    stop = start + len(says)
    earlier = current[:start] + _cased(said, says, current[start:stop]) + current[stop:]
    return earlier if fold(earlier) != fold(current) else None


def _cased(said: str, says: str, found: str) -> str:
    """*said* in the letter case that the text has where the notice writes *says*."""
    if found == says:
        return said
    if found.isupper():
        return said.upper()
    words = [word for word in re.findall(r"[^\W\d_]+", found) if len(word) > 3]
    if words and all(word[:1].isupper() for word in words):
        return re.sub(r"[^\W\d_]+", lambda m: m.group()[:1].upper() + m.group()[1:], said)
    if found[:1].isupper() and said[:1].islower():
        return said[:1].upper() + said[1:]
    return said


_SPACES = re.compile(r"\s+")
_IN_WORD = re.compile(r"\w")


def choose(notice: Notice, old: str, new: str) -> Notice:
    """The *notice* with `said` and `says` set by two captures of its article, *old* and *new* text.

    Of its candidates the first wins whose wrong text is in the old capture and not in the new one, and
    whose right text is in the new capture; then one of which one side is. Where the captures bear none
    out, the notice stays as it was read.
    """
    best, most = None, 0
    for said, says in notice.candidates:
        weight = _weight(said, says, old, new)
        if weight > most:
            best, most = (said, says), weight
    if best is None or best == (notice.said, notice.says):
        return notice
    return attrs.evolve(notice, said=best[0], says=best[1])


def _weight(said: str | None, says: str | None, old: str, new: str) -> int:
    """How far the captures bear a pair out: 0 not at all, 4 on both sides."""
    was = bool(said) and holds(old, said or "")
    went = was and not holds(new, said or "")
    came = bool(says) and holds(new, says or "")
    fresh = came and not holds(old, says or "")
    return went + was * (came or not says) + fresh + came * (was or not said)


def holds(text: str, words: str) -> bool:
    """Whether *text* holds these *words* in a row, in any case of letters and with any quotes."""
    wanted, side = _SPACES.sub(" ", fold(words)).strip(_EDGES), _folded(text)
    return next(_places(wanted, side), None) is not None


@lru_cache(maxsize=2)  # each notice of a revision is looked for in the same two texts
def _folded(text: str) -> str:
    return _SPACES.sub(" ", fold(text))
