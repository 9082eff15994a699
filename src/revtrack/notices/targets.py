"""What a notice speaks of: a part of the page, or the kind of fact that was wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from revtrack import facts
from revtrack.facts import FactKind
from revtrack.facts.vocabulary import words_of
from revtrack.model import NoticeTarget
from revtrack.notices.clauses import quotations
from revtrack.notices.lexicon import Lexicon
from revtrack.notices.sentence import Sentence

__all__ = ["targets_of"]

_TARGETS = (
    ("headline", NoticeTarget.HEADLINE),
    ("caption", NoticeTarget.CAPTION),
    ("byline", NoticeTarget.BYLINE),
    ("quote", NoticeTarget.QUOTE),
    ("name", NoticeTarget.NAME),
    ("number", NoticeTarget.NUMBER),
    ("date", NoticeTarget.DATE),
    ("other", NoticeTarget.OTHER),
)
# The part of the page that a notice is about is named before its verb or right after it.
_PARTS = _TARGETS[:3]
# A sentence with one of these says what was done to the part that it names, or what was wrong in it.
_TELLING = ("misstated", "corrected", "changed", "replaced", "stated", "originally", "wrong")
# So many verbs of a sentence are looked at: a bound on the work for text that is no prose.
_VERBS = 8
# How far after a verb of misstating its object is looked for (characters), about ten words.
_OBJECT = 60
# One thing put in place of another is at most this many words; more is a statement about the body.
_FEW = 7
# One text alone is a figure while it has no more words than this.
_VALUE = 2
# Names of the text and of its part stand this close (characters).
_BESIDE = 24
# What is named so far before and behind these words (characters) is what they are said of.
_FACTS = frozenset({NoticeTarget.NAME, NoticeTarget.NUMBER, NoticeTarget.DATE})
_NAMED_BESIDE = (
    ("wrong", _OBJECT, _BESIDE, _FACTS),
    ("corrected", _OBJECT, 0, _FACTS),
    ("misstated", _OBJECT, 0, _FACTS),
    ("wrongly", _OBJECT, 0, _FACTS),
    ("removed", _OBJECT, _BESIDE, frozenset({NoticeTarget.QUOTE})),
)
# A word beside a comma, and a few others: it joins two that are named together.
_JOINT = re.compile(r",? ?(&|[^\W\d_]+)[ \w'’]{0,14}")
# So many characters behind a verb show whether *and* follows.
_AND = 6
# What is a date or a figure on both sides is one.
_BY_FACTS = (
    (NoticeTarget.DATE, {FactKind.DATE}),
    (NoticeTarget.NUMBER, {FactKind.QUANTITY, FactKind.ORDINAL, FactKind.AGE, FactKind.DURATION}),
)


def targets_of(
    inside: Sequence[Sentence], said: str | None, says: str | None, words: Lexicon
) -> tuple[NoticeTarget, ...]:
    """What a notice speaks of, the nearest to its words first; the body where it names nothing else."""
    telling = [s for s in inside if s.has(*_TELLING) or quotations(s.text)]
    parts = [target for name, target in _PARTS if any(s.has(name) for s in telling)]
    if parts:
        both = any(_names_the_piece_too(s) for s in inside)
        first = (*parts, NoticeTarget.BODY) if both else tuple(parts)
    else:
        quote = (NoticeTarget.QUOTE,) if said and any(s.has("quote") for s in inside) else ()
        named = next(filter(None, map(_objects, inside)), quote)
        if not (named or said or says):  # *stand ein falsches Datum*, *den Vornamen berichtigt*
            named = next(filter(None, map(_amiss, inside)), ())
        first = named or (_target_of(said, says, words),)
    also = [target for s in _second_statements(inside) for target in _objects(s, before=_OBJECT)]
    if also and said and says and (target := _target_of(said, says, words)) in dict(_BY_FACTS):
        also.append(target)
    return tuple(dict.fromkeys([*first, *also]))


def _second_statements(inside: Sequence[Sentence]) -> Iterator[Sentence]:
    """Sentences behind the first, and what *and* joins: *the photo was replaced and the age …*."""
    yield from inside[1:]
    for s in inside:
        for verb in islice(s.of(*_TELLING), _VERBS):
            if _is_joining(s.folded[verb.stop : verb.stop + _AND], s):
                yield s.after(verb.stop)


def _amiss(s: Sentence) -> tuple[NoticeTarget, ...]:
    """The kinds of facts named beside the error or what was done, where no words are given."""
    near = {
        (mark.start, target)
        for name, before, behind, meant in _NAMED_BESIDE
        for verb in islice(s.of(name), _VERBS)
        for kind, target in _TARGETS
        if target in meant and not (name == "removed" and s.has("paragraph"))
        for mark in s.of(kind)
        if verb.start - before <= mark.start <= verb.stop + behind
    }
    return tuple(dict.fromkeys([target for _, target in sorted(near, key=lambda one: one[0])]))


def _objects(s: Sentence, *, before: int = 0) -> tuple[NoticeTarget, ...]:
    """The kinds of things named behind the first verb of righting or erring that has any there.

    *before* is how far in front of the verb they may be, too (characters).
    """
    for verb in islice(s.of("misstated", "corrected", "wrongly", "telltale"), _VERBS):
        near = [
            (mark.start, place)
            for place, (name, _) in enumerate(_TARGETS)
            for mark in s.of(name)
            if verb.start - before <= mark.start <= verb.stop + _OBJECT
        ]
        if near:
            return tuple(dict.fromkeys([_TARGETS[place][1] for _, place in sorted(near)]))
    return ()


def _names_the_piece_too(s: Sentence) -> bool:
    """Whether the text is named beside a part: *This article and its headline said …*."""
    named = sorted(s.of("headline", "caption", "byline"), key=lambda mark: mark.start)
    pieces = [*s.of("noun", "piece"), *(m for m in s.of("part") if not {*m.classes} & {"headline"})]
    return any(
        _is_joining(s.folded[first.stop : second.start], s)
        for piece in pieces[:_VERBS]
        for mark in named[:_VERBS]
        for first, second in ((piece, mark), (mark, piece))
        if 0 <= second.start - first.stop <= _BESIDE
    )


def _is_joining(between: str, s: Sentence) -> bool:
    """Whether *and* is between two words, alone or before a few others: *corrected, and the photo*."""
    found = _JOINT.fullmatch(between)
    joining = words_of(s.words.language).joining
    if found is None or not s.dense:
        return found is not None and (found[1] == "&" or found[1] in joining)
    return found[1].startswith((*joining,))


def _target_of(said: str | None, says: str | None, words: Lexicon) -> NoticeTarget:
    """The target by what was replaced: a figure, a date, a name, one thing by another."""
    known = [part for part in (said, says) if part]
    longest = max([len(part.split()) for part in known], default=0)
    if not known or longest > (_FEW if len(known) > 1 else _VALUE):
        return NoticeTarget.BODY
    held = [facts.read(part, language=words.language) for part in known]
    shared = [f for f in held[0] for other in held[1:] if any(facts.same(f, one) for one in other)]
    kinds = [{f.kind for f in part if not any(facts.same(f, one) for one in shared)} for part in held]
    for target, wanted in _BY_FACTS:
        if all(not wanted.isdisjoint(kind) for kind in kinds):
            return target
    if len(known) == 1:
        return NoticeTarget.BODY
    named = all(word[:1].isupper() for part in known for word in part.split())
    return NoticeTarget.NAME if named and {FactKind.NAME} in kinds else NoticeTarget.OTHER
