"""What the captures say of what a notice claims."""

from __future__ import annotations

from collections.abc import Sequence

from revtrack.changes.claims import is_name, plain, values, worded
from revtrack.changes.disclosure import Disclosure
from revtrack.changes.evidence import POINTING
from revtrack.changes.kinds import Nature
from revtrack.ledger import ClaimState
from revtrack.model import Article, Notice, NoticeTarget, Span

__all__ = ["claim_state"]

# A wrong text of one word, such as a number, may be in an article for other reasons: that alone
# confirms nothing.
_TELLING_WORDS = 2
_NAMED = frozenset({Nature.NAME, Nature.PLACE})


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
    """What the differences that the notice points at say: the same values and names, or others."""
    claimed = _claimed(notice)
    other = ""
    for one in explains:
        if one.reason not in POINTING:
            continue
        sides = (one.change.old or "", one.change.new or "")
        spans = (one.difference.old, one.difference.new)
        parts = [span.of(side) for span, side in zip(spans, sides, strict=True)]
        named = one.difference.nature in _NAMED
        fits = [
            _fits(words, span, side, notice.language, named=named)
            for words, span, side in zip(claimed, spans, sides, strict=True)
            if words
        ]
        if all(fits):
            return ClaimState.CONFIRMED, ""
        compared = [part for words, part in zip(claimed, parts, strict=True) if words]
        other = other or next(
            (part for fit, part in zip(fits, compared, strict=True) if fit is False and part), ""
        )
    return (ClaimState.CONTRADICTED, other) if other else None


def _claimed(notice: Notice) -> tuple[str | None, str | None]:
    """The wrong and the right words, or both values where the notice has them apart from the words."""
    if notice.said and notice.says:
        return notice.said, notice.says
    valued = [
        (said, says)
        for said, says in notice.candidates
        if values(said or "", notice.language) and values(says or "", notice.language)
    ]
    return valued[0] if valued else (notice.said, notice.says)


def _fits(words: str, span: Span, side: str, language: str | None, *, named: bool) -> bool | None:
    """Whether one side of a difference has what the notice says of it; None where that is unknown.

    Values agree in any notation; a name, where the difference is of one, only letter by letter.
    """
    folded = f" {plain(side)} "
    if f" {plain(words)} " in folded:
        return True
    claimed, captured = values(words, language), values(side, language, span)
    if claimed and captured:
        return not claimed.isdisjoint(captured)
    names = [word for word, _ in worded(words) if is_name(word, language)]
    absent = any(f" {plain(name)} " not in folded for name in names)
    return False if named and len(span) and absent else None


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
