"""Time stamps in the text: *Last updated: 12 May 2021, 10:30*. They say when and nothing else."""

from __future__ import annotations

from revtrack.notices.dates import date_run, has_words
from revtrack.notices.folded import fold
from revtrack.notices.lexicon import lexicon

__all__ = ["LONGEST", "is_time_stamp"]

LONGEST = 120
"""The longest line that is a time stamp, in characters: two times with their words stay under it."""

_SAYS_WHEN = frozenset({"last", "updated", "published"})
_LABELS = frozenset({"updated", "update"})


def is_time_stamp(text: str, *, language: str) -> bool:
    """Whether *text* says when the article was published or updated, and nothing else.

    *language* is one of those that have a lexicon.
    """
    if len(text) > LONGEST:
        return False
    words, folded = lexicon(language), fold(text)
    marks = [m for m in words.marks(folded) if not _SAYS_WHEN.isdisjoint(m.classes)]
    labels = [m for m in words.label_finder.finditer(folded) if words.labels[m.group()] in _LABELS]
    if not (marks or labels):
        return False
    for start, stop in [*[(m.start, m.stop) for m in marks], *[m.span() for m in labels]]:
        folded = f"{folded[:start]}{' ' * (stop - start)}{folded[stop:]}"
    _, dated = date_run(folded.strip(" :：,-–|"), 0, words)
    return dated and not has_words(folded, words)
