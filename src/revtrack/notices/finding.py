"""Finding the notices of a text or an article: where each begins and how far it reaches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

from revtrack.model import Block, BlockKind, Notice, Span
from revtrack.notices.folded import fold
from revtrack.notices.grammar import fires
from revtrack.notices.language import choose
from revtrack.notices.lexicon import Lexicon, lexicon
from revtrack.notices.opening import Opening, read_opening
from revtrack.notices.reading import read
from revtrack.notices.sentence import Sentence, sentences

__all__ = ["find", "in_article"]

_PARAGRAPH = re.compile(r"[^\n]+")
_CLOSING = {"[": "]", "(": ")", "（": "）", "【": "】", "［": "］", "〔": "〕"}
# A sentence that follows a notice in its paragraph belongs to it while the paragraph is this short.
_SHORT_PARAGRAPH = 900
# Label alone is enough for these kinds; the others need what the text says.
_SURE_LABELS = frozenset(
    {"update", "correction", "clarification", "retraction", "editors_note", "apology"}
)
_NO_NOTICE_IN = frozenset({BlockKind.CODE, BlockKind.EMBED})


@attrs.frozen
class _Paragraph:
    """A paragraph of the searched text: where it stands, a folded copy, whether it is a heading."""

    start: int
    text: str
    folded: str
    heading: bool

    @property
    def stop(self) -> int:
        return self.start + len(self.text)


@attrs.frozen
class _Found:
    """The part of one paragraph that is a notice."""

    start: int
    stop: int
    opening: Opening
    rule: str
    alone: bool


def find(text: str, *, language: str | None = None) -> tuple[Notice, ...]:
    """The correction, update and other notices in a bare text, in the order they stand.

    *text* is one or several paragraphs, parted by new lines; spans count characters of it. *language*
    is a tag such as ``en-GB``; without it the language is guessed from the text.
    Raises `TypeError` when *text* is not a string.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}")
    paragraphs = (
        _Paragraph(m.start(), m.group(), fold(m.group()), heading=False)
        for m in _PARAGRAPH.finditer(text)
    )
    return tuple(_search(text, paragraphs, language))


def in_article(blocks: Sequence[Block], *, language: str | None) -> tuple[Notice, ...]:
    """The notices of an article's blocks; spans count characters of its text.

    The text is the blocks' texts joined by a blank line, as in `revtrack.model.Article.text`.
    """
    text = "\n\n".join([block.text for block in blocks])
    name = choose(language, text)
    if name is not None and not lexicon(name).may_hold_notice(fold(text)):
        return ()
    return tuple(_search(text, _of_blocks(blocks), name))


def _of_blocks(blocks: Iterable[Block]) -> Iterator[_Paragraph]:
    position = 0
    for block in blocks:
        if block.kind not in _NO_NOTICE_IN:
            yield _Paragraph(
                position, block.text, fold(block.text), heading=block.kind is BlockKind.HEADING
            )
        position += len(block.text) + 2


def _search(text: str, paragraphs: Iterable[_Paragraph], language: str | None) -> Iterator[Notice]:
    name = choose(language, text)
    if name is None:
        return
    words = lexicon(name)
    waiting = list(paragraphs)
    at = 0
    while at < len(waiting):
        paragraph = waiting[at]
        at += 1
        found = _in_paragraph(paragraph, words) if words.may_hold_notice(paragraph.folded) else None
        if found is None:
            continue
        stop = paragraph.start + found.stop
        if found.alone or paragraph.heading:
            reach = _reach(waiting, at, paragraph, words)
            if reach > at:
                stop, at = waiting[reach - 1].stop, reach
        span = Span(paragraph.start + found.start, stop)
        yield read(span.of(text), span, found.opening, found.rule, words)


def _reach(paragraphs: Sequence[_Paragraph], at: int, opener: _Paragraph, words: Lexicon) -> int:
    """The paragraph up to which a notice reaches whose own paragraph is a heading or a bare label."""
    reach = at
    while reach < len(paragraphs):
        after = paragraphs[reach]
        if after.heading or _in_paragraph(after, words) is not None:
            break
        reach += 1
        if not opener.heading:
            break
    return reach


def _in_paragraph(paragraph: _Paragraph, words: Lexicon) -> _Found | None:
    folded = paragraph.folded
    opening = read_opening(folded, words)
    inside = sentences(paragraph.text, folded, words)
    fired = next(((s, rule) for s in inside if (rule := fires(s)) is not None), None)
    if opening.label is not None and _label_holds(paragraph, opening, inside, fired is not None):
        rule = fired[1] if fired else "label"
        stop = _bracket_end(folded, opening) or len(paragraph.text.rstrip())
        return _Found(0, stop, opening, rule, alone=not opening.text_follows)
    if fired is None:
        return None
    sentence, rule = fired
    if sentence.start and _quoted(folded, sentence.start, next(sentence.of(*sentence.marks)).start):
        return None
    start = 0 if sentence.first else sentence.start
    stop = len(paragraph.text.rstrip()) if len(folded) - start <= _SHORT_PARAGRAPH else sentence.stop
    return _Found(start, max(stop, start + 1), opening, rule, alone=False)


def _label_holds(p: _Paragraph, opening: Opening, inside: Sequence[Sentence], fired: bool) -> bool:
    if any(s.has("refuse") for s in inside[:1]) and not fired:
        return False
    if not opening.text_follows:
        return p.heading or (opening.dated and opening.bracket is not None)
    if fired:
        return True
    if opening.label == "update":
        return opening.dated or p.heading or p.text.rstrip()[-1] in ".!?…:。)]\"”»'"
    if opening.label == "editors_note":
        return not any(s.has("service") for s in inside)
    if opening.label in _SURE_LABELS:
        return True
    changed = any(s.has("changed", "corrected", "misstated", "wrong", "added") for s in inside)
    return opening.label == "edit" and changed


def _bracket_end(folded: str, opening: Opening) -> int | None:
    """Where the bracket that opens a notice closes, when more text follows it."""
    if opening.bracket is None:
        return None
    depth, close = 0, _CLOSING[opening.bracket]
    for position, character in enumerate(folded):
        depth += (character == opening.bracket) - (character == close)
        if character == close and depth <= 0:
            return position + 1
    return None


def _quoted(folded: str, start: int, position: int) -> bool:
    """Whether a place in a sentence stands inside quotation marks that opened in it."""
    before = folded[start:position]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
