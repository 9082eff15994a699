"""The notices of an article: in its blocks, in its pictures' captions, in its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from revtrack.model import Block, BlockKind, Notice, NoticeAct, NoticeKind, NoticeTarget
from revtrack.notices.finding import Paragraph, find, page_statement, search
from revtrack.notices.lexicon import Lexicon, choose, lexicon
from revtrack.notices.opening import read_opening
from revtrack.notices.phrases import fold
from revtrack.notices.reading import LABELLED

__all__ = ["in_article"]

_UNKNOWN_LEVEL = 2
_NO_NOTICE_IN = (BlockKind.CODE, BlockKind.EMBED)
# A member of an enumeration costs a look-up each time it is named; these are named for each block.
_PLAIN, _HEADING, _ITEM = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM
# The share of a block's characters that are links from which it leads elsewhere (range .6 to 1).
_LINKED = 0.9
# A tag that closes a headline: *… (updated)*.
_CLOSING_TAG = re.compile(r"[\[(（【［〔]([^\[\]()（）【】［］〔〕]{2,24})[\])）】］〕]\s*$")
# What a tag of a headline may say, and what it says was done.
_TAGS = {
    "update": NoticeAct.CHANGED,
    "updated": NoticeAct.CHANGED,
    "correction": NoticeAct.CORRECTED,
    "retraction": NoticeAct.RETRACTED,
    "withdrawal": NoticeAct.REMOVED,
    "removal": NoticeAct.REMOVED,
    "concern": None,
}


def in_article(
    blocks: Sequence[Block],
    *,
    language: str | None,
    headline: str | None = None,
    named: Sequence[int] = (),
) -> tuple[Notice, ...]:
    """The notices of an article's blocks; spans count characters of its text.

    The text is the blocks' texts joined by a blank line, as in `revtrack.model.Article.text`. A
    heading that is a notice takes the paragraphs under it along; code and embeds hold none. *named* are
    the numbers of the blocks whose element is named a correction: they need no label. A tag of the
    *headline* (*[Updated]*) and what stands in captions are notices without a span.
    """
    text = "\n\n".join([block.text for block in blocks])
    paragraphs, texts, position = [], [], 0
    numbers: list[int] = []
    for number, block in enumerate(blocks):
        kind, part = block.kind, block.text
        stop = position + len(part)
        if kind is _PLAIN or kind not in _NO_NOTICE_IN:
            level = block.level or _UNKNOWN_LEVEL if kind is _HEADING else 0
            paragraphs.append(Paragraph(position, stop, level, kind is _ITEM))
            texts.append("" if block.links and _leads_elsewhere(block) else part)
            numbers.append(number)
        position = stop + 2
    places = [place for place, number in enumerate(numbers) if number in set(named)] if named else []
    found = [*search(text, paragraphs, texts, language, named=places)]
    if not found and (statement := page_statement(text, language)) is not None:
        found = [statement]
    if any(block.kind is BlockKind.CAPTION for block in blocks):
        found = [_of_caption_block(one, blocks) for one in found]
    name = choose(language, text) or "en"
    return (*found, *_in_captions(blocks, name), *_in_headline(headline, lexicon(name)))


def _leads_elsewhere(block: Block) -> bool:
    """Whether a block is nothing but links and no sentence: a teaser of another article."""
    linked = sum([len(link.span) for link in block.links])
    return linked >= _LINKED * len(block.text) and block.text[-1:] not in ".。"


def _of_caption_block(notice: Notice, blocks: Sequence[Block]) -> Notice:
    """A notice that stands in a caption speaks of the caption."""
    start = 0
    for block in blocks:
        stop = start + len(block.text)
        if notice.span is not None and start <= notice.span.start < stop:
            return _of_caption(notice) if block.kind is BlockKind.CAPTION else notice
        start = stop + 2
    return notice


def _of_caption(notice: Notice) -> Notice:
    others = [one for one in notice.targets if one is not NoticeTarget.CAPTION]
    others = [one for one in others if one is not NoticeTarget.BODY]
    return attrs.evolve(notice, target=NoticeTarget.CAPTION, targets=(NoticeTarget.CAPTION, *others))


def _in_captions(blocks: Sequence[Block], language: str) -> Iterator[Notice]:
    """The notices in captions that are no block of their own."""
    captions = [one.caption for block in blocks for one in block.media if one.caption]
    for notice in find("\n".join(captions), language=language) if captions else ():
        yield attrs.evolve(_of_caption(notice), span=None)


def _in_headline(headline: str | None, words: Lexicon) -> Iterator[Notice]:
    """What a tag in the headline says: *[Updated] …*, *RETRACTED: …*, *【訂正】…*, *… (corrected)*."""
    if not headline:
        return
    folded = fold(headline)
    if words.label_finder.search(folded) is None:  # hardly any headline
        return
    opening = read_opening(headline, folded, words)
    tag, kind = headline[: opening.body].strip(), opening.label
    if not (opening.text_follows and (opening.stamp or opening.parting in {":", "："})):
        closing = _CLOSING_TAG.search(folded)
        if closing is None:
            return
        tag = headline[closing.start() : closing.end()].strip()
        kind = words.labels.get(closing.group(1).strip())
    if kind not in _TAGS:
        return
    act = _TAGS[kind]
    yield Notice(
        LABELLED.get(kind, NoticeKind.UPDATE),
        NoticeTarget.BODY,
        tag,
        label=tag.strip("[]()（）【】［］〔〕:： "),
        language=words.language,
        acts=(act,) if act is not None else (),
        wide=True,
    )
