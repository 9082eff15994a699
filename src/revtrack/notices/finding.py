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
# A line that ends in a colon announces what stands below it while it is this short.
_SHORT_LINE = 120
_ENDINGS = frozenset(".!…:：。）)]\"”»'’")
# What the text after the label "Edit" must speak of: readers' comments are full of that label.
_EDITING = ("changed", "corrected", "misstated", "wrong", "added", "wrongly", "updated")
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
    if fired is not None and _is_reported(folded, fired[0], opening):
        return None
    if opening.label is not None and _label_holds(paragraph, opening, inside, fired is not None):
        stop = _bracket_end(folded, opening) or len(paragraph.text.rstrip())
        return _Found(
            0, stop, opening, fired[1] if fired else "label", alone=_is_alone(folded, opening)
        )
    if fired is None:
        return None
    sentence, rule = fired
    if not sentence.first:
        return _run_in(paragraph, sentence, rule)
    stop = _bracket_end(folded, opening) or 0
    if stop <= min(mark.start for mark in sentence.of(*sentence.marks)):
        stop = _extent(paragraph, 0, sentence)
    return _Found(0, stop, opening, rule, alone=False)


def _run_in(paragraph: _Paragraph, sentence: Sentence, rule: str) -> _Found:
    """A notice that begins inside a paragraph, after sentences of the story."""
    opening = Opening(None, 0, 0, 0, None, "", dated=False, text_follows=True)
    return _Found(
        sentence.start, _extent(paragraph, sentence.start, sentence), opening, rule, alone=False
    )


def _extent(paragraph: _Paragraph, start: int, sentence: Sentence) -> int:
    """Where a notice without label ends: with its paragraph, or with its sentence in a long one."""
    whole = len(paragraph.text.rstrip())
    return whole if whole - start <= _SHORT_PARAGRAPH else sentence.stop


def _is_alone(folded: str, opening: Opening) -> bool:
    """A label without text, or a short line that ends in a colon: what it announces stands below."""
    return not opening.text_follows or (folded.rstrip()[-1:] == ":" and len(folded) <= _SHORT_LINE)


def _label_holds(p: _Paragraph, opening: Opening, inside: Sequence[Sentence], fired: bool) -> bool:
    """Whether the label opens a notice, not a headline, a time stamp, a policy or a reader's edit."""
    if fired:
        return opening.text_follows or p.heading or opening.label not in {"updated", "note"}
    if any(s.has("refuse") for s in inside[:2]):
        return False
    if not opening.text_follows:
        if opening.label in {"updated", "note", "edit"}:
            return False
        return p.heading or (opening.dated and opening.parting not in {":", "："})
    match opening.label:
        case "update":
            return opening.dated or p.heading or _is_prose(p.text, inside)
        case "updated":
            return opening.dated or (opening.parting in {":", "："} and _is_prose(p.text, inside))
        case "editors_note":
            return not any(s.has("service") for s in inside)
        case "retraction" | "apology":
            return any(s.has("we", "piece", "own") for s in inside)
        case "edit":
            return any(s.has(*_EDITING) for s in inside)
        case "note":
            return False
    return True


def _is_prose(text: str, inside: Sequence[Sentence]) -> bool:
    """A sentence rather than a headline: it ends like one, or there are several."""
    return len(inside) > 1 or text.rstrip(" *_")[-1:] in _ENDINGS


def _is_reported(folded: str, sentence: Sentence, opening: Opening) -> bool:
    """Whether the telling words stand inside quotation marks: someone else's correction is reported."""
    first = min(mark.start for group in sentence.marks.values() for mark in group)
    before = folded[:first]
    opened = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    if not opened:
        return False
    body = folded.strip()
    encloses = body[:1] in '“"' and body[-1:] in '”"' and len(body) > 1
    return not encloses or opening.label is not None


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
