"""Linking: for which reason each notice that came explains each change that came with it.

A notice explains what it points at (quoted words, a number, a name, rare words in common), clauses
rewritten right beside that, and the new text that stands under it. Where it says that the text was
changed and points at nothing, it speaks of all that came with it, a correction only of what is
substantive. One that names nothing yields to one beside it that says more. In an entry of a live blog
it speaks of that entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from revtrack.changes.claims import Claim, Told
from revtrack.changes.evidence import QUOTED, Rarity, Reason, quoted, reason_for, speaks_of
from revtrack.changes.kinds import (
    Change,
    HeadlineChanged,
    Nature,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
)
from revtrack.changes.placed import entry_at
from revtrack.model import Article, Notice, NoticeAct, NoticeKind, NoticeTarget, Span

__all__ = ["Reasons", "fresh_links", "quoting"]

Reasons = dict[int, Reason]
"""Why a notice explains changes, by the number of the change."""

# Evidence that points at one change; words in common may be chance where many changes came.
_POINTING = QUOTED | {Reason.HEADLINE, Reason.NUMBER_NAMED, Reason.NAME_NAMED}
# Evidence that spreads to the clauses beside it: what it points at was told in other words.
_SPREADING = _POINTING - {Reason.WORDS_REPLACED}
# A change that one notice explains so needs no other that names nothing.
_EXPLAINED = _POINTING | {Reason.STANDS_UNDER}
_ANNOUNCING = frozenset({NoticeKind.UPDATE, NoticeKind.EDITORS_NOTE})
_CLAUSES = frozenset({Nature.CONTENT, Nature.WORDING})
_TEXT = TextEdited | TextRemoved | TextAdded | TextMoved


def fresh_links(
    claims: Sequence[Claim], told: Sequence[Told | None], old: Article, new: Article
) -> list[tuple[Claim, Reasons]]:
    """What the notices explain that came with the changes."""
    rarity = Rarity(old.text, new.text)
    headlines = sum([claim.notice.target is NoticeTarget.HEADLINE for claim in claims])
    spans = [claim.notice.span for claim in claims if claim.notice.span]
    links = []
    for claim in claims:
        found = {
            n: why for n, one in enumerate(told) if one and (why := reason_for(claim, one, rarity))
        }
        if headlines == 1 and claim.notice.target is NoticeTarget.HEADLINE:
            found = {**_headlines(told), **found}
        for n in _under(claim.notice, told, spans, new.text):
            if _may_mean(claim.notice, told[n], new):
                found.setdefault(n, Reason.STANDS_UNDER)
        links.append((claim, found))
    for _, found in links:
        for n in _beside(found, told, (old.text, new.text)):
            found.setdefault(n, Reason.SAME_PASSAGE)
    explained = {n for _, found in links for n, why in found.items() if why in _EXPLAINED}
    for claim, found in _naming_nothing(links):
        for n in _spoken_of(claim.notice, told, explained - found.keys()):
            if _may_mean(claim.notice, told[n], new):
                found.setdefault(n, Reason.NOTHING_NAMED)
    return links


def _may_mean(notice: Notice, told: Told | None, new: Article) -> bool:
    """Whether a notice that does not name the change can mean it: in a live blog, that of its entry."""
    own = entry_at(notice.span, new) if notice.span else None
    if own is None or told is None:
        return True
    return told.change.entry is not None and told.change.entry.id == own.id


def _naming_nothing(links: Sequence[tuple[Claim, Reasons]]) -> list[tuple[Claim, Reasons]]:
    """The notices that say that the text was changed and do not say where, or that all of it was.

    One that names nothing yields to one beside it that says more: it only points there.
    """
    vague = [(c, found) for c, found in links if c.notice.acts and _POINTING.isdisjoint(found.values())]
    if any(not claim.notice.wide for claim, _ in vague):
        vague = [(claim, found) for claim, found in vague if not claim.notice.wide]
    throughout = [
        (claim, found)
        for claim, found in links
        if claim.notice.wide and claim.notice.acts and not _POINTING.isdisjoint(found.values())
    ]
    return [*vague, *throughout]


def _headlines(told: Sequence[Told | None]) -> Reasons:
    return {
        n: Reason.HEADLINE
        for n, one in enumerate(told)
        if one and isinstance(one.change, HeadlineChanged)
    }


def quoting(claim: Claim, told: Sequence[Told | None]) -> Reasons:
    """The changes whose wrong words the notice quotes and that went, or whose right words came."""
    return {
        n: why
        for n, one in enumerate(told)
        if one and speaks_of(claim.notice, one) and (why := quoted(claim, one))
    }


def _spoken_of(notice: Notice, told: Sequence[Told | None], elsewhere: set[int]) -> list[int]:
    """The changes that a notice speaks of which names none, without those that another one names."""
    able = [
        n
        for n, one in enumerate(told)
        if one and n not in elsewhere and isinstance(one.change, _TEXT) and speaks_of(notice, one)
    ]
    if notice.acts == (NoticeAct.ADDED,):
        able = [n for n in able if not _is_of(told[n], TextRemoved)]
    if notice.kind is NoticeKind.CORRECTION and not notice.wide:  # a wrong fact, not the wording
        able = [n for n in able if _is_substantive(told[n])] or able
    return able


def _beside(found: Reasons, told: Sequence[Told | None], texts: tuple[str, str]) -> list[int]:
    """Clauses that came, went or were rewritten right beside a change that the notice points at.

    They must stand in its paragraph. A notice that quotes the wrong words and the right ones means
    these alone; a number or name that changed there is a fact of its own, which it would name.
    """
    borders: tuple[set[int], set[int]] = (set(), set())
    for n, why in found.items():
        one = told[n]
        if one and why in _SPREADING and isinstance(one.change, _TEXT):
            for known, ends in zip(borders, _ends(one, texts), strict=True):
                known.update(ends)
    return [
        n
        for n, one in enumerate(told)
        if one
        and n not in found
        and isinstance(one.change, _TEXT)
        and one.change.nature in _CLAUSES
        and any(known & ends for known, ends in zip(borders, _ends(one, texts), strict=True))
    ]


def _ends(one: Told, texts: tuple[str, str]) -> tuple[set[int], set[int]]:
    """Where the change begins and what stands behind it, in the old text and in the new."""
    old, new = (
        {spans[0].start, _after_spaces(text, spans[-1].stop)} if spans else set()
        for text, spans in zip(texts, (one.change.old_spans, one.change.new_spans), strict=True)
    )
    return old, new


def _after_spaces(text: str, place: int) -> int:
    while text[place : place + 1] == " ":
        place += 1
    return place


def _is_of(told: Told | None, *types: type[Change]) -> bool:
    return told is not None and isinstance(told.change, types)


def _is_substantive(told: Told | None) -> bool:
    return told is not None and told.change.substantive


def _under(
    notice: Notice, told: Sequence[Told | None], fresh: Sequence[Span], text: str
) -> Iterator[int]:
    """The new text that stands right under an update, paragraph after paragraph.

    Other notices that came with it (*fresh*) end the run, but not that of a bare heading: under
    *Updates* there may be several. A correction is told in its own paragraph: what stands under it is
    the story.
    """
    if notice.span is None or notice.kind not in _ANNOUNCING:
        return
    reached, bare = notice.span.stop, notice.text.strip(" :*") == notice.label
    for number, one in enumerate(told):
        if one is None or not isinstance(one.change, TextAdded):
            continue
        start = one.change.new_spans[0].start
        if start < reached:
            continue
        between = [span for span in fresh if reached <= span.start and span.stop <= start]
        if (between and not bare) or _outside(text, Span(reached, start), between):
            return
        yield number
        reached = one.change.new_spans[-1].stop


def _outside(text: str, gap: Span, spans: Sequence[Span]) -> str:
    """The text of *gap* that stands in none of these spans, which lie in it in order."""
    starts, stops = [*[span.start for span in spans], gap.stop], [gap.start, *[s.stop for s in spans]]
    return "".join([text[a:b] for a, b in zip(stops, starts, strict=True)]).strip()
