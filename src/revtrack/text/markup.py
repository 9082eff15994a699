"""Markup: what stands in the source of a text for programs, and readers do not see.

Posts that are kept as sources hold tags, pictures, targets of links, marks of footnotes, references to
characters, and what a generator of pages reads. A tag that is shown is none of it: in backticks, named
in a sentence (*use <main> once*), or in a sample that is all of a passage and leads nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

__all__ = ["calls", "instructions", "is_cut", "markup"]

_ELEMENTS = (
    "a|abbr|address|area|article|aside|audio|b|base|bdi|bdo|big|blockquote|body|br|button|canvas|caption"
    "|center|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|div|dl|dt|em|embed|fieldset"
    "|figcaption|figure|font|footer|form|h[1-6r]|head|header|hgroup|html|i|iframe|img|input|ins|kbd|label"
    "|legend|li|link|main|map|mark|meta|meter|nav|noscript|object|ol|optgroup|option|output|p|param"
    "|picture|pre|progress|q|rp|rt|ruby|s|samp|script|section|select|slot|small|source|span|strike|strong"
    "|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u"
    "|ul|var|video|wbr"
)
_TAG = re.compile(
    rf"<(?P<ends>/?)(?P<name>{_ELEMENTS})\b(?P<said>(?:\s[^<>]{{0,600}}|/)?)>", re.IGNORECASE
)
_OPEN_TAG = re.compile(rf"<(?:{_ELEMENTS})\s[^<>]{{0,600}}\Z", re.IGNORECASE)
_LEADS = re.compile(
    r"\b(?:src|srcset|href|poster|data)\s?=\s?[\"']?\s?(?:https?:|[/.#{])", re.IGNORECASE
)
"""An address that can be followed: a sample has *photo.jpg*, which is nowhere."""
_BREAKS = frozenset({"br", "hr", "wbr"})
_VOID = _BREAKS | {"area", "base", "col", "embed", "img", "input", "link", "meta", "source", "track"}
"""Elements that have no end, the first of which say nothing of themselves."""

_INSTRUCTION = re.compile(
    r"\{\{[^{}]{1,300}\}\}(?:/[^\s<>\"“”]*)?|\{[%:][^{}]{1,300}\}"
    r"|\{[#.][\w-]{1,60}(?: [#.][\w-]{1,60})*\}|<!--[^>]{1,300}-->"
    r"|(?:\b(?=[a-z\d+/]{0,63}[A-Z])(?=[A-Z\d+/]{0,63}[a-z])[\w+/]{60,76}\s)+"
    r"[\w+/]{0,76}={0,2}(?:\s=[\w+/]{4}\b)?"
)
"""What a generator of pages reads: *{{ photo }}*, *{% map %}*, *{: .wide}*, *{#top}*, a comment. And
what only a program can: lines of a signature or a file in letters and digits."""
_OTHER = re.compile(
    r"!\[[^\[\]]{0,300}\](?:\([^()\s]{0,400}(?:\s[^()]{0,200})?\)|\[[^\[\]]{0,60}\])"
    r"|(?<=\])(?:\((?=[^()\s]{0,40}[:/.#{])[^()\s]{0,400}(?:\s[^()]{0,200})?\)|\[[^\[\]]{0,60}\])"
    r"|<sup\b[^<>]{0,200}>\s?<a\s[^<>]{0,300}>[^<>]{1,6}</a>\s?</sup>"
    r"|\[\^[\w-]{1,30}\]|&(?:#x?[\da-fA-F]{1,6}|[a-zA-Z]{2,8}\d{0,2});"
)
"""A picture, the target of a link, the mark of a footnote, a reference to a character."""
_SHOWN = re.compile(r"(?<!`)(`{1,8})[^`].{0,2000}?\1")
_WORD = re.compile(r"[^\W_]")
_PART = re.compile(r"[^\W_]+")
_ADDRESS = re.compile(r"https?://[^\s<>\"']{8,}")


def instructions(text: str) -> list[tuple[int, int]]:
    """Where a text has what a generator of pages reads."""
    if "{" not in text and "<!--" not in text and "=" not in text:
        return []
    return [match.span() for match in _INSTRUCTION.finditer(text)]


def is_cut(before: str, after: str) -> bool:
    """Whether a text was cut inside a tag, or inside the sign of a picture."""
    if before[-1:] == "!" and after[:1] == "[":
        return True
    return "<" in before and _OPEN_TAG.search(before) is not None


def calls(words: str, other: str, own: str) -> bool:
    """Whether a generator now puts *words* on the page, or did: an instruction names them.

    It is in the *other* text and not in their *own*, and has each of the words, or the address of the
    element that they are: an embedded post is on the page where *{% embed address %}* is.
    """
    named = {other[start:stop] for start, stop in instructions(other)}
    named -= {own[start:stop] for start, stop in instructions(own)} if named else set()
    said = {word.casefold() for word in _PART.findall(_TAG.sub(" ", words))}
    return any(
        (bool(said) and said <= {word.casefold() for word in _PART.findall(one)})
        or (words.startswith("<") and any(found in one for found in _ADDRESS.findall(words)))
        for one in named
    )


@lru_cache(maxsize=8)  # each rule that judges an edit asks for both sides
def markup(text: str) -> Sequence[tuple[int, int]]:
    """Where a text has markup that is not shown, in order; stretches do not overlap."""
    if not any(map(text.__contains__, "<{&]=")):
        return ()
    shown = [match.span() for match in _SHOWN.finditer(text)] if "`" in text else []
    found = [*_tags(text), *instructions(text), *[match.span() for match in _OTHER.finditer(text)]]
    return tuple(_apart([span for span in found if not any(a <= span[0] < b for a, b in shown)]))


def _apart(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The stretches in order, without those inside another."""
    reached = 0
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= reached:
            yield start, stop
            reached = stop


def _tags(text: str) -> list[tuple[int, int]]:
    """Where the tags stand that no reader sees."""
    found = list(_TAG.finditer(text)) if "<" in text else []
    if not found or _is_sample(text, found):
        return []
    ends = {match["name"].lower() for match in found if match["ends"]}
    return [match.span() for match in found if not _is_named(match, ends)]


def _is_sample(text: str, tags: Sequence[re.Match[str]]) -> bool:
    """Whether a text is whole elements and nothing else, none of which leads anywhere."""
    if _WORD.search(_TAG.sub("", text)) or any(_LEADS.search(tag[0]) for tag in tags):
        return False
    begun = [tag["name"].lower() for tag in tags if not tag["ends"] and tag["name"] not in _VOID]
    return sorted(begun) == sorted([tag["name"].lower() for tag in tags if tag["ends"]])


def _is_named(tag: re.Match[str], ends: set[str]) -> bool:
    """Whether a sentence speaks of an element: a bare tag that ends nowhere, as a word among words."""
    if tag["ends"] or tag["said"].strip(" /") or tag["name"].lower() in {*ends, *_BREAKS}:
        return False
    before, after = tag.string[: tag.start()], tag.string[tag.end() :]
    return bool(before.strip()) and before[-1].isspace() and not after[:1].isalnum()
