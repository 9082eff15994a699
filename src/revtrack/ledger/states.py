"""What the captures say of what a notice claims."""

from __future__ import annotations

import re
from collections.abc import Sequence

from revtrack import text
from revtrack.changes.disclosure import Disclosure
from revtrack.changes.evidence import QUOTED, Reason
from revtrack.ledger.entries import ClaimState
from revtrack.model import Article, Notice, NoticeTarget

__all__ = ["claim_state"]

_MARKS = re.compile(r"[\W_]+")
# A wrong text of one word, such as a number, may stand in an article for other reasons: that alone
# confirms nothing.
_TELLING_WORDS = 2
_CONFIRMING = QUOTED | {Reason.HEADLINE, Reason.NUMBER_NAMED, Reason.NAME_NAMED, Reason.COMMON_WORDS}


def claim_state(
    notice: Notice, explains: Sequence[Disclosure], earlier: Sequence[Article], newest: Article
) -> ClaimState:
    """Whether captures confirm what *notice* claims.

    *explains* are the changes that it explains, *earlier* the versions before it came, *newest* the
    last one.
    """
    said, says = _plain(notice.said), _plain(notice.says)
    if any(one.reason in _CONFIRMING for one in explains):
        return ClaimState.CONFIRMED
    if not said:
        return ClaimState.UNVERIFIED
    telling = bool(says) or len(said.split()) >= _TELLING_WORDS
    now = _spoken_of(newest, notice)
    if telling and _holds(now, said, says) and not (says and _holds(now, says, "")):
        return ClaimState.STANDING
    before = [_spoken_of(article, notice) for article in earlier]
    if telling and any(_holds(side, said, says) for side in before):
        return ClaimState.CONFIRMED
    if says and before and all(_holds(side, says, "") for side in before):
        return ClaimState.CONTRADICTED
    return ClaimState.UNVERIFIED


def _spoken_of(article: Article, notice: Notice) -> str:
    """The part of *article* that the notice speaks of, without any notice, folded."""
    if notice.target is NoticeTarget.HEADLINE:
        return _plain(article.headline)
    kept, place = [], 0
    for span in sorted([one.span for one in article.notices if one.span]):
        kept.append(article.text[place : span.start])
        place = max(place, span.stop)
    return _plain("\n".join([*kept, article.text[place:]]))


def _holds(side: str, words: str, unless: str) -> bool:
    """Whether *side* holds *words*, and not only inside *unless*: *forces* in *US-backed forces*."""
    if unless and f" {words} " in f" {unless} ":
        side = f" {side} ".replace(f" {unless} ", " ")
    return f" {words} " in f" {side} "


def _plain(words: str | None) -> str:
    return _MARKS.sub(" ", text.fold(words or "")).strip().casefold()
