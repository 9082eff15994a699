"""What a notice attests: the earlier headline or sentence, rebuilt from one capture alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from revtrack.model import Attested, Notice, NoticeTarget
from revtrack.notices.folded import fold
from revtrack.notices.sentence import split

__all__ = ["attest"]

# Quotes and punctuation that a notice puts inside its quotation marks but the text does not have.
_EDGES = " \t.,;:!?\"'“”„«»‘’「」『』()[]"

# A quoted text of this many words may be a whole headline, if it shares this much of its words with
# the present one (0 to 1): two headlines of one story share .5 and more, of two stories under .2.
_WHOLE_HEADLINE = 4
_SAME_HEADLINE = 0.4


def attest(headline: str | None, text: str, notices: Sequence[Notice]) -> tuple[Attested, ...]:
    """The earlier headline or sentences that *notices* attest, given what the article says now.

    Where a notice gives the right text (`says`) and the wrong one (`said`), the one place that holds
    the right text is rewritten with the wrong text. Nothing is rebuilt where the right text is not
    found, or stands in several places. What comes out was attested by a notice, not captured.
    """
    return tuple(_each(headline, text, notices))


def _each(headline: str | None, text: str, notices: Sequence[Notice]) -> Iterator[Attested]:
    lines: list[str] | None = None
    for notice in notices:
        if notice.said is None:
            continue
        if notice.target is NoticeTarget.HEADLINE:
            earlier = _headline(headline, notice) if headline else None
            if headline is not None and earlier is not None:
                yield Attested(NoticeTarget.HEADLINE, earlier, headline, notice)
            continue
        if lines is None:  # few articles have a notice that gives a text
            lines = _outside(text, notices)
        holding = [
            (sentence, earlier)
            for sentence in _holding(lines, notice)
            if (earlier := _rebuilt(sentence, notice)) is not None
        ]
        if len(holding) == 1:
            yield Attested(notice.target, holding[0][1], holding[0][0], notice)


def _headline(headline: str, notice: Notice) -> str | None:
    """The earlier headline: rebuilt, or the wrong text itself where that is a whole headline."""
    earlier = _rebuilt(headline, notice)
    said = (notice.said or "").strip(_EDGES)
    if earlier is not None or len(said.split()) < _WHOLE_HEADLINE or fold(said) == fold(headline):
        return earlier
    alike = Indel.normalized_similarity(fold(said).split(), fold(headline).split())
    return said if alike >= _SAME_HEADLINE else None


def _outside(text: str, notices: Sequence[Notice]) -> list[str]:
    """The lines of *text* that are not part of a notice."""
    kept, position = [], 0
    for notice in sorted((n for n in notices if n.span), key=lambda n: (n.span and n.span.start) or 0):
        if notice.span is not None:
            kept.append(text[position : notice.span.start])
            position = max(position, notice.span.stop)
    kept.append(text[position:])
    return [line for piece in kept for line in piece.split("\n") if line]


def _holding(lines: Sequence[str], notice: Notice) -> Iterator[str]:
    """The sentences of the lines that hold the right text; only these lines are cut."""
    says = fold((notice.says or "").strip(_EDGES))
    for line in lines if says else ():
        if says in fold(line):
            for start, stop in split(line):
                yield line[start:stop].strip()


def _rebuilt(current: str, notice: Notice) -> str | None:
    """*current* with the right text replaced by the wrong one; None unless it stands there once."""
    said = (notice.said or "").strip(_EDGES)
    says = (notice.says or "").strip(_EDGES)
    if not said or not says:
        return None
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(fold(says))}(?!\w)", fold(current))]
    if len(places) != 1:
        return None
    start, stop = places[0], places[0] + len(says)
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
