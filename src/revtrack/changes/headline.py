"""Headline: like is compared with like, the variant that a reader sees first."""

from __future__ import annotations

from revtrack import text
from revtrack.changes.edit import Edit
from revtrack.changes.kinds import HeadlineChanged, Nature
from revtrack.changes.nature import Verdict, judge
from revtrack.changes.vocabulary import spoken
from revtrack.diff import TextOp
from revtrack.diff import text as word_ops
from revtrack.model import Article, Headline, HeadlineSource

__all__ = ["headline_change"]

VISIBLE = (
    HeadlineSource.GIVEN,
    HeadlineSource.H1,
    HeadlineSource.OPEN_GRAPH,
    HeadlineSource.JSON_LD,
    HeadlineSource.TWITTER,
    HeadlineSource.TITLE,
)
"""From the most visible variant to the least: the first that both articles have and that differs
is the one whose change is told. A `<title>` is asked only when the articles share nothing better,
because sites put counters and slogans there."""


def headline_change(old: Article, new: Article) -> HeadlineChanged | None:
    """Compare two headlines, None where they read the same or neither article has one."""
    old_variants, new_variants = _variants(old), _variants(new)
    shared = [source for source in VISIBLE if source in old_variants and source in new_variants]
    if len(shared) > 1 and shared[-1] is HeadlineSource.TITLE:
        shared.pop()
    for source in shared:
        if not _reads_same(old_variants[source], new_variants[source]):
            return _changed(old_variants[source], new_variants[source], source, new)
    if shared or not (old.headline or new.headline):
        return None
    return _came_or_went(old, new)


def _reads_same(old: str, new: str) -> bool:
    return old == new or text.fold(old) == text.fold(new)


def _variants(article: Article) -> dict[HeadlineSource, str]:
    variants = {variant.source: variant.text for variant in reversed(article.headlines)}
    if not variants and article.headline:
        variants[HeadlineSource.GIVEN] = article.headline
    return variants


def _changed(old: str, new: str, source: HeadlineSource, article: Article) -> HeadlineChanged:
    ops = word_ops(old, new)
    edit = Edit(old, new, ops, language=spoken(article), story=article.text)
    verdict = judge(edit, headline=True)
    return _told(old, new, source, verdict, ops=ops)


def _came_or_went(old: Article, new: Article) -> HeadlineChanged | None:
    """No variant in common: told only where one side has no headline at all, or other words."""
    if old.headline and new.headline:
        if _reads_same(old.headline, new.headline):
            return None
        return _changed(old.headline, new.headline, _source(new.headlines), new)
    verdict = Verdict(Nature.CONTENT, True, "came" if new.headline else "went")
    return _told(old.headline, new.headline, _source(new.headlines or old.headlines), verdict)


def _source(headlines: tuple[Headline, ...]) -> HeadlineSource:
    return headlines[0].source if headlines else HeadlineSource.GIVEN


def _told(
    old: str | None,
    new: str | None,
    source: HeadlineSource,
    verdict: Verdict,
    *,
    ops: tuple[TextOp, ...] = (),
) -> HeadlineChanged:
    return HeadlineChanged(
        old=old,
        new=new,
        rule=f"headline.{verdict.rule}",
        nature=verdict.nature,
        substantive=verdict.substantive,
        source=source,
        old_evidence=verdict.old_evidence,
        new_evidence=verdict.new_evidence,
        ops=ops,
    )
