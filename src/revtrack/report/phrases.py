"""Every change in plain words: one sentence for what was observed, one for what explains it.

The words claim no more than the comparison knows. A headline is *corrected* only where a correction
notice says so, and *changed* otherwise; a change without a notice is *undisclosed*, never secret.
All formats of the report speak through this module. The sentences hold no text of the article, so
that each format can quote, escape and isolate that text in its own way.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import assert_never

import attrs

from revtrack.changes.kinds import (
    Change,
    HeadlineChanged,
    LinkChanged,
    MediaChanged,
    MetadataChanged,
    MetadataField,
    Nature,
    NoticeAdded,
    NoticeRemoved,
    Prominence,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
    UpdateAdded,
)
from revtrack.changes.revision import Revision
from revtrack.diff.ops import Equal
from revtrack.history import History
from revtrack.model import Article, BlockKind, HeadlineSource, Notice, NoticeKind, NoticeTarget, Span
from revtrack.text import sentences

__all__ = ["ChangeWords", "counted", "disclosure", "observed", "seen", "summary", "told"]


@attrs.frozen
class ChangeWords:
    """A change in words: `observed` is a sentence without its full stop, `disclosure` may be empty."""

    observed: str
    disclosure: str
    nature: str
    substance: str
    rule: str
    undisclosed: bool

    @property
    def sentence(self) -> str:
        """What was observed and what explains it, as one sentence."""
        return f"{self.observed}; {self.disclosure}." if self.disclosure else f"{self.observed}."


def told(revision: Revision) -> tuple[ChangeWords, ...]:
    """Every change of *revision* in words, in the order of `Revision.changes`."""
    undisclosed = {id(change) for change in revision.undisclosed}
    return tuple(
        [
            ChangeWords(
                observed=observed(change, revision),
                disclosure=disclosure(change),
                nature=change.nature.value,
                substance="substantive" if change.substantive else "not substantive",
                rule=change.rule,
                undisclosed=id(change) in undisclosed,
            )
            for change in revision.changes
        ]
    )


def observed(change: Change, revision: Revision) -> str:
    """What was observed, as a sentence without its full stop."""
    match change:
        case HeadlineChanged():
            return f"{_headline(change.source)} was {_changed_or_corrected(change)}"
        case UpdateAdded():
            return "An update was added" + _really(change)
        case NoticeAdded():
            return f"{_notice(change.notice)} was added"
        case NoticeRemoved():
            return f"{_notice(change.notice)} was removed"
        case TextAdded():
            return _unit(change.new_spans, revision.new) + _was(change.new_spans, revision.new, "added")
        case TextRemoved():
            return _unit(change.old_spans, revision.old) + _was(
                change.old_spans, revision.old, "removed"
            )
        case TextEdited():
            return _EDITED[change.nature]
        case TextMoved():
            edited = any(not isinstance(op, Equal) for op in change.ops)
            moved = _was(change.new_spans, revision.new, f"moved {change.direction.value}")
            unit = _unit(change.new_spans, revision.new)
            return unit + moved + _PROMINENCE[change.prominence] + (", and edited" if edited else "")
        case MetadataChanged():
            return f"{_field(change.field)} {_came_or_went(change)}"
        case LinkChanged():
            return "A link leads elsewhere"
        case MediaChanged():
            medium = "A caption" if change.old and change.new else "A picture, recording or embed"
            return f"{medium} {_came_or_went(change)}"
        case _:
            assert_never(change)


def disclosure(change: Change) -> str:
    """Which notices explain *change*, or that none does; empty where none is called for."""
    if isinstance(change, UpdateAdded | NoticeAdded):
        return ""
    if change.disclosed_by:
        kinds = dict.fromkeys(_a_notice(notice.kind).lower() for notice in change.disclosed_by)
        return f"{_listed(list(kinds))} {'disclose' if len(kinds) > 1 else 'discloses'} it"
    return "no notice mentions it" if change.substantive else ""


def summary(*revisions: Revision) -> str:
    """How many changes the revisions have, how many of them substantive, how many undisclosed."""
    changes = [change for revision in revisions for change in revision.changes]
    if not changes:
        return "no changes"
    words = [counted(len(changes), "change")]
    substantive = sum(change.substantive for change in changes)
    if substantive:
        words.append(f"{substantive} substantive")
    undisclosed = sum(len(revision.undisclosed) for revision in revisions)
    if undisclosed:
        words.append(f"{undisclosed} undisclosed")
    return ", ".join(words)


def seen(history: History) -> str:
    """How many captures and versions a history has, and how many captures were screened out."""
    captures = sum(len(version.captures) for version in history.versions)
    screened = [f"{len(history.screened)} screened out"] if history.screened else []
    versions = counted(len(history.versions), "version")
    return ", ".join([counted(captures, "capture"), *screened, versions])


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """A number and its noun: ``1 change``, ``2 changes``, ``1,204 changes``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


# ---------------------------------------------------------------------------------------------
# the parts of the sentences

_PROMINENCE = {
    Prominence.INTO_LEAD: ", into the first three paragraphs",
    Prominence.OUT_OF_LEAD: ", out of the first three paragraphs",
    Prominence.SAME: "",
}

_EDITED = {
    Nature.NEGATION: "A negation came or went in a sentence",
    Nature.NUMBER: "A number was changed",
    Nature.AMOUNT: "An amount was changed",
    Nature.PERCENTAGE: "A percentage was changed",
    Nature.DATE: "A date was changed",
    Nature.NAME: "A name was changed",
    Nature.PLACE: "The name of a place was changed",
    Nature.QUOTE: "The words of a quote were changed",
    Nature.ATTRIBUTION: "The attribution of a statement was changed",
    Nature.HEDGE: "A statement was made more or less certain",
    Nature.TENSE: "The tense of a statement was changed",
    Nature.CONTENT: "What a sentence says was changed",
    Nature.NOTICE: "The text of a notice was changed",
    Nature.WORDING: "A sentence was reworded",
    Nature.TYPO: "A spelling was changed",
    Nature.PUNCTUATION: "The punctuation of a sentence was changed",
    Nature.FORMAT: "The form of a sentence was changed",
    Nature.ORDER: "The order of words was changed",
    Nature.LINK: "The text of a link was changed",
    Nature.MEDIA: "The text of a medium was changed",
    Nature.METADATA: "The text of the metadata was changed",
}
"""What is said of an edited sentence, for every nature."""


def _headline(source: HeadlineSource) -> str:
    match source:
        case HeadlineSource.H1 | HeadlineSource.GIVEN:
            return "The headline"
        case HeadlineSource.OPEN_GRAPH | HeadlineSource.TWITTER:
            return "The headline for shared links"
        case HeadlineSource.JSON_LD:
            return "The headline in the page's metadata"
        case HeadlineSource.TITLE:
            return "The title of the page"
        case _:
            assert_never(source)


def _changed_or_corrected(change: Change) -> str:
    if any(notice.kind is NoticeKind.CORRECTION for notice in change.disclosed_by):
        return "corrected"
    return "changed"


def _a_notice(kind: NoticeKind) -> str:
    match kind:
        case NoticeKind.CORRECTION:
            return "A correction"
        case NoticeKind.CLARIFICATION:
            return "A clarification"
        case NoticeKind.UPDATE:
            return "An update"
        case NoticeKind.EDITORS_NOTE:
            return "An editor's note"
        case NoticeKind.RETRACTION:
            return "A retraction"
        case NoticeKind.APOLOGY:
            return "An apology"
        case _:
            assert_never(kind)


def _notice(notice: Notice) -> str:
    """A notice by its kind and what it speaks of: ``A correction of the headline``."""
    name = _a_notice(notice.kind)
    if notice.target is NoticeTarget.OTHER:
        return name
    link = "about" if notice.kind in {NoticeKind.EDITORS_NOTE, NoticeKind.UPDATE} else "of"
    return f"{name} {link} {_part(notice.target)}"


def _part(target: NoticeTarget) -> str:
    match target:
        case NoticeTarget.HEADLINE | NoticeTarget.BYLINE:
            return f"the {target.value}"
        case NoticeTarget.BODY:
            return "the text"
        case NoticeTarget.CAPTION | NoticeTarget.QUOTE:
            return f"a {target.value}"
        case NoticeTarget.NAME | NoticeTarget.NUMBER | NoticeTarget.DATE:
            return f"a {target.value}"
        case NoticeTarget.OTHER:
            return "something"
        case _:
            assert_never(target)


def _really(change: UpdateAdded) -> str:
    if change.notice.kind is NoticeKind.UPDATE:
        return ""
    return f", which is {_lower(_notice(change.notice))}"


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _field(field: MetadataField) -> str:
    match field:
        case MetadataField.BYLINE:
            return "The byline"
        case MetadataField.DEK:
            return "The standfirst"
        case MetadataField.SECTION:
            return "The section"
        case MetadataField.PUBLISHED:
            return "The stated date of publication"
        case MetadataField.MODIFIED:
            return "The stated date of modification"
        case MetadataField.LANGUAGE:
            return "The stated language"
        case MetadataField.CANONICAL_URL:
            return "The canonical address"
        case _:
            assert_never(field)


def _came_or_went(change: MetadataChanged | MediaChanged) -> str:
    if change.old is None:
        return "was added"
    return "was removed" if change.new is None else "was changed"


# ---------------------------------------------------------------------------------------------
# what a span of text is called

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _unit(spans: tuple[Span, ...], article: Article) -> str:
    """What the spans cover, with a capital letter: ``A paragraph``, ``Two sentences``."""
    number, noun = _covered(spans, article)
    if number == 1:
        return f"{'An' if noun[0] in 'aeiou' else 'A'} {noun}"
    if number == 0:
        return "Text"
    word = _NUMBERS[number].capitalize() if number < len(_NUMBERS) else f"{number:,}"
    return f"{word} {noun}s" if not noun.endswith("y") else f"{word} {noun[:-1]}ies"


def _was(spans: tuple[Span, ...], article: Article, verb: str) -> str:
    return f" {'were' if _covered(spans, article)[0] > 1 else 'was'} {verb}"


def _covered(spans: tuple[Span, ...], article: Article) -> tuple[int, str]:
    """How many blocks, or else sentences, *spans* cover, and what one is called."""
    real = [span for span in spans if len(span) and span.stop <= len(article.text)]
    if not real:
        return 0, "passage"
    whole = [kind for span in real for kind in _whole_blocks(span, article)]
    if whole:
        return len(whole), _block(whole[0]) if len(set(whole)) == 1 else "block"
    found = sum(len(sentences(span.of(article.text), language=article.language)) for span in real)
    return found, "sentence"


def _whole_blocks(span: Span, article: Article) -> Iterator[BlockKind]:
    places = article.block_spans
    for index in range(bisect_left(places, span.start, key=lambda place: place.start), len(places)):
        if places[index].stop > span.stop:
            return
        if article.blocks[index].text:
            yield article.blocks[index].kind


def _block(kind: BlockKind) -> str:
    match kind:
        case BlockKind.PARAGRAPH | BlockKind.HEADING | BlockKind.CAPTION | BlockKind.QUOTE:
            return str(kind.value)
        case BlockKind.LIST_ITEM:
            return "list item"
        case BlockKind.TABLE_ROW:
            return "table row"
        case BlockKind.CODE:
            return "code block"
        case BlockKind.EMBED:
            return "embed"
        case BlockKind.LIVE_ENTRY:
            return "live entry"
        case _:
            assert_never(kind)


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
