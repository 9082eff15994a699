"""Inferred notices: those that no phrase shows, but their values, or that nothing else is left.

A short new passage that holds both the value that was replaced and the one that took its place is very
likely the notice of that change: in a language that is not read by its place alone, at the top or at
the end; in any other if it also sets the two against each other (*four, not nine*) or has a word by
which a publication speaks of its errors or of an earlier version. Where somebody of the story says so,
or a sentence within a paragraph, the change is possibly disclosed. A paragraph in which the publication
says that a value, or a number, name or date, was wrong needs one of the two values or none, where it is
about the sentence that differs.

*This report is now part of our overview* needs no known phrase: all other text is gone, and it speaks
of the page. Whether it says what became of the text decides how surely it discloses that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from itertools import islice

import attrs

from revtrack import facts
from revtrack.changes.candidates import Candidate, candidates
from revtrack.changes.claims import plain
from revtrack.changes.coverage import GONE
from revtrack.changes.detect import notice_added
from revtrack.changes.disclosure import BY_VALUES
from revtrack.changes.kinds import Change, HeadlineChanged, Nature, TextAdded, TextEdited, TextRemoved
from revtrack.changes.speech import Speech
from revtrack.changes.stretches import block_at
from revtrack.changes.words import is_read, spoken
from revtrack.facts.vocabulary import words_of
from revtrack.model import Article, Notice, NoticeAct, NoticeKind, NoticeTarget, Span
from revtrack.notices.enclosed import UNLABELLED
from revtrack.notices.lexicon import Lexicon, lexicon
from revtrack.notices.phrases import fold
from revtrack.notices.reading import read
from revtrack.notices.sentence import Sentence, sentences
from revtrack.notices.subject import own_piece

__all__ = ["with_inferred_notices"]

_FIRST, _LAST = 2, 3
"""Among how many paragraphs at the top and at the end a notice is looked for where its language is not
read (range 1 to 5)."""
_LONGEST = 400
"""Characters of such a notice (range 200 to 600): longer paragraphs are the story."""
_PHRASE = 6
"""Words of a wording that a notice may repeat, where no value differs (range 3 to 10)."""
_MOST = 64
"""So many differences with one value are looked at for each passage (range 16 to 256): a bound."""
_SET_OFF = frozenset("*[(（【†‡※")
_RULE = "piece was wrong"
_SAID = "a sentence that was added with it gives the old and the new value"


def with_inferred_notices(changes: Sequence[Change], old: Article, new: Article) -> tuple[Change, ...]:
    """The changes, where what was added as a notice of the others is one."""
    return _with_notices_by_value(_with_statement(changes, old, new), new)


# ---------------------------------------------------------------------------------------- by values


def _with_notices_by_value(changes: Sequence[Change], new: Article) -> tuple[Change, ...]:
    """The changes; an added passage that holds both values of another and says so is a notice.

    Where it may say so, the differences that have these values bear the reason for the doubt.
    """
    added = [one for one in changes if _adds_story(one) and len(one.new or "") <= _LONGEST]
    replaced = _Replaced(changes, spoken(new)) if added else None
    if not replaced:
        return tuple(changes)
    told = {id(one): one for one in changes}
    for change in added:
        found = _judged(change, replaced, new)
        if isinstance(found, Notice):
            told[id(change)] = notice_added(found, BY_VALUES, new_spans=change.new_spans)
        for one in found if isinstance(found, list) else ():
            told[id(one.change)] = _doubted(told[id(one.change)], one)
    return tuple([told[id(one)] for one in changes])


def _adds_story(change: Change) -> bool:
    return isinstance(change, TextAdded) and change.nature is Nature.CONTENT


def _doubted(change: Change, one: Candidate) -> Change:
    doubted = [
        attrs.evolve(each, reason=_SAID) if each is one.difference else each
        for each in change.differences
    ]
    return attrs.evolve(change, differences=tuple(doubted))


class _Replaced:
    """The differences in which one value took the place of another, by the values that went."""

    def __init__(self, changes: Sequence[Change], language: str) -> None:
        self.language = language
        self._by_value: dict[Hashable, list[tuple[Candidate, frozenset[Hashable]]]] = defaultdict(list)
        self._worded: list[tuple[Candidate, str, str]] = []
        for one in candidates(changes, language):
            if isinstance(one.change, TextEdited | HeadlineChanged) and all(one.parts):
                self._add(one)

    def __bool__(self) -> bool:
        return bool(self._by_value or self._worded)

    def _add(self, one: Candidate) -> None:
        if not one.difference.substantive:
            return
        named = [facts.values(part, language=self.language) for part in one.parts]
        gone, come = (a | b for a, b in zip(one.values, named, strict=True))
        gone, come = gone - come, come - gone
        for value in gone if come else ():
            self._by_value[value].append((one, come))
        old, new = map(plain, one.parts)
        function = words_of(self.language).function
        if (
            not (gone and come)
            and all(len(words.split()) <= _PHRASE for words in (old, new))
            and not any(function.issuperset(words.split()) for words in (old, new))
        ):
            self._worded.append((one, old, new))

    def named_in(self, text: str) -> Iterator[Candidate]:
        """The differences of which *text* holds both values, or both wordings."""
        named = facts.values(text, language=self.language)
        met = {
            id(one): one
            for v in named
            for one, come in self._by_value.get(v, ())[:_MOST]
            if come & named
        }
        yield from met.values()
        whole = f" {plain(text)} " if self._worded else ""
        for one, old, new in self._worded[:_MOST]:
            if f" {old} " in whole and f" {new} " in whole.replace(f" {old} ", " ", 1):
                yield one

    def described_in(self, speech: Speech, *, set_off: bool) -> bool:
        """Whether a passage that does not hold both values of a difference says that it was wrong.

        *This page originally had 27 as their number* · *The number of boats in our story was wrong* ·
        *[The number of boats was corrected]*; where it gives the right value, it says when *we* wrote
        another: *Unlike what we wrote on Monday, 29 were lost*.
        """
        ours = speech.ours or (speech.named and speech.we)
        amiss = speech.amiss and (ours or set_off)
        named = facts.values(speech.text, language=self.language)
        rows = ((value, *row) for value, found in self._by_value.items() for row in found)
        return any(
            (value in named and (amiss or speech.wrote) and speech.is_about(one))
            or (amiss and speech.names_part and (speech.of_piece or speech.shares_word(one)))
            or (speech.wrote_then and come & named and speech.is_about(one))
            for value, one, come in islice(rows, _MOST)
        )


def _judged(change: Change, replaced: _Replaced, new: Article) -> Notice | list[Candidate]:
    """The notice that an added passage is; else the differences of which it may speak."""
    text = change.new or ""
    named = [*replaced.named_in(text)]
    span = attrs.evolve(change.new_spans[0], stop=change.new_spans[-1].stop)
    if not named:
        if not (is_read(new) and _is_paragraph(span, new)):
            return []
        words = lexicon(replaced.language)
        described = replaced.described_in(Speech(text, words), set_off=text.lstrip()[:1] in _SET_OFF)
        return read(text, span, UNLABELLED, _RULE, words) if described else []
    if not is_read(new):
        if _FIRST <= block_at(new, span.start) < len(new.blocks) - _LAST:
            return []
        return _notice(named[0], text, span, new.language)
    words = lexicon(replaced.language)
    own = _is_paragraph(span, new)
    speech = Speech(text, words)
    told = [(one, speech.of(one)) for one in named]
    one = next((one for one, how in told if how is True and (own or speech.ours)), None)
    if one is None:
        return [one for one, how in told if how is not None]
    return _read(one, text, span, words)


def _is_paragraph(span: Span, new: Article) -> bool:
    """Whether a passage is all of its paragraph, but for notices in it."""
    block = new.block_spans[block_at(new, span.start)]
    at = block.start
    for one in sorted([span, *[n.span for n in new.notices if n.span and n.span.overlaps(block)]]):
        if new.text[at : one.start].strip():
            return False
        at = max(at, one.stop)
    return not new.text[at : block.stop].strip()


def _notice(one: Candidate, text: str, span: Span, language: str | None) -> Notice:
    return Notice(
        kind=NoticeKind.CORRECTION,
        target=NoticeTarget.BODY,
        text=text,
        span=span,
        said=one.parts[0],
        says=one.parts[1],
        language=language,
        acts=(NoticeAct.CORRECTED,),
    )


def _read(one: Candidate, text: str, span: Span, words: Lexicon) -> Notice:
    """The notice as its words are read, with the values of the difference that it is about."""
    found = read(text, span, UNLABELLED, _RULE, words)
    said, says = one.parts
    return attrs.evolve(
        found,
        kind=NoticeKind.CORRECTION,
        said=said,
        says=says,
        candidates=((said, says), *found.candidates),
        wide=False,
        acts=found.acts or (NoticeAct.CORRECTED,),
    )


# -------------------------------------------------------------------------------------- what is left

_STATEMENT = 300
"""Characters of a statement that is left of a page (range 200 to 500)."""
_OPENS = 2
"""So near to its beginning (characters) a statement names the page by a noun alone."""
_GIVEN_UP = ("withdraw", "removed", "retract", "elsewhere", "closed", "untimely", "wrongly")
_OTHER = ("refuse", "service", "future")


def _with_statement(changes: Sequence[Change], old: Article, new: Article) -> tuple[Change, ...]:
    """The changes; where all of the text is gone, what was added about the page is a notice."""
    added = [one for one in changes if _adds_story(one)]
    gone = sum([len(one.old or "") for one in changes if isinstance(one, TextRemoved)])
    if not added or len(new.text) > _STATEMENT or gone <= GONE * len(old.text) or not is_read(new):
        return tuple(changes)
    words = lexicon(spoken(new))
    spans = tuple([span for one in added for span in one.new_spans])
    span = Span(spans[0].start, spans[-1].stop)
    inside = sentences(span.of(new.text), fold(span.of(new.text)), words)
    told = any(s.has(*_GIVEN_UP) for s in inside)
    if any(s.has(*_OTHER) for s in inside) or not _is_of_page(inside[0]):
        return tuple(changes)
    notice = read(span.of(new.text), span, UNLABELLED, "own retraction", words)
    if not told:  # it may be about something else than that
        notice = attrs.evolve(notice, acts=(NoticeAct.CHANGED,))
    others = [one for one in changes if not _adds_story(one)]
    return (*others, notice_added(notice, BY_VALUES, new_spans=spans))


def _is_of_page(s: Sentence) -> bool:
    """Whether a sentence speaks of the page: *this article*, or begins *Article removed*."""
    return own_piece(s) or (s.has(*_GIVEN_UP) and any(m.start <= _OPENS for m in s.of("noun", "page")))
