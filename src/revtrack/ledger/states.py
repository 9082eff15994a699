"""What the captures say of what a notice claims."""

from __future__ import annotations

from collections.abc import Sequence

from revtrack.changes.claims import plain, values
from revtrack.changes.disclosure import Disclosure
from revtrack.changes.evidence import POINTING
from revtrack.ledger.entries import ClaimState
from revtrack.model import Article, Notice, NoticeTarget

__all__ = ["claim_state"]

# A wrong text of one word, such as a number, may be in an article for other reasons: that alone
# confirms nothing.
_TELLING_WORDS = 2


def claim_state(
    notice: Notice, explains: Sequence[Disclosure], earlier: Sequence[Article], later: Sequence[Article]
) -> tuple[ClaimState, str]:
    """Whether captures confirm what *notice* claims, and the captured words that contradict it.

    *explains* are the differences that it explains, *earlier* the versions before it was added, *later*
    the first that shows it and those after. A claim is confirmed only where an earlier capture has the
    wrong words and a later one the right ones; where other words were in their place, it is
    contradicted.
    """
    said, says = plain(notice.said), plain(notice.says)
    if not said and not says:
        return ClaimState.UNVERIFIED, ""
    of_differences = _by_differences(notice, explains)
    if of_differences is not None:
        return of_differences
    before = [_spoken_of(article, notice) for article in earlier]
    after = [_spoken_of(article, notice) for article in later]
    telling = bool(said) and (bool(says) or len(said.split()) >= _TELLING_WORDS)
    if telling and _holds(after[-1], said, says) and not (says and _holds(after[-1], says, "")):
        return ClaimState.STANDING, ""
    was = telling and any(_holds(side, said, says) for side in before)
    if was and (not says or any(_holds(side, says, "") for side in after)):
        return ClaimState.CONFIRMED, ""
    if says and before and all(_holds(side, says, "") for side in before):
        return ClaimState.CONTRADICTED, notice.says or ""
    return ClaimState.UNVERIFIED, ""


def _by_differences(notice: Notice, explains: Sequence[Disclosure]) -> tuple[ClaimState, str] | None:
    """What the differences that the notice points at say: the same values, or others."""
    claimed = [values(words or "") for words in (notice.said, notice.says)]
    other = ""
    for one in explains:
        if one.reason not in POINTING:
            continue
        sides = (one.change.old or "", one.change.new or "")
        spans = (one.difference.old, one.difference.new)
        parts = [span.of(side) for span, side in zip(spans, sides, strict=True)]
        fits = [
            _fits(words, facts, part, side)
            for words, facts, part, side in zip(
                (notice.said, notice.says), claimed, parts, sides, strict=True
            )
        ]
        if all(fit is not False for fit in fits) and any(fits):
            return ClaimState.CONFIRMED, ""
        other = other or next(
            (part for fit, part in zip(fits, parts, strict=True) if fit is False and part), ""
        )
    return (ClaimState.CONTRADICTED, other) if other else None


def _fits(words: str | None, facts: frozenset[object], part: str, side: str) -> bool | None:
    """Whether one side of a difference has what the notice says of it; None where that is unknown."""
    if not words:
        return None
    if f" {plain(words)} " in f" {plain(side)} ":
        return True
    captured = values(part)
    if facts and captured:
        return not facts.isdisjoint(captured)
    return None


def _spoken_of(article: Article, notice: Notice) -> str:
    """The part of *article* that the notice speaks of, without any notice, folded."""
    if notice.target is NoticeTarget.HEADLINE:
        return plain(article.headline)
    kept, place = [], 0
    for span in sorted([one.span for one in article.notices if one.span]):
        kept.append(article.text[place : span.start])
        place = max(place, span.stop)
    return plain("\n".join([*kept, article.text[place:]]))


def _holds(side: str, words: str, unless: str) -> bool:
    """Whether *side* holds *words*, and not only inside *unless*: *forces* in *US-backed forces*."""
    if unless and f" {words} " in f" {unless} ":
        side = f" {side} ".replace(f" {unless} ", " ")
    return f" {words} " in f" {side} "
