"""Another article under the same address: nothing in common with the one that stood there."""

from __future__ import annotations

from revtrack import text
from revtrack.changes.revision import Revision
from revtrack.diff import Equal

__all__ = ["is_another_article"]

# The share of the shorter text that two versions of one article have in common at least (range 0 to
# .3), and the shortest stretch that counts, in characters.
_SHARE = 0.05
_STRETCH = 12
# The share of a headline's words that two wordings of one headline have in common at least.
_WORDS = 0.34


def is_another_article(revision: Revision) -> bool:
    """Whether the new side is another article: no shared text, another headline, another address.

    All three are needed. Where a side does not state its canonical address nothing is said.
    """
    old, new = revision.old, revision.new
    if old.canonical_url is None or new.canonical_url is None:
        return False
    from revtrack.urls import alike  # noqa: PLC0415 # slow to import, for histories alone

    if revision.moves or alike(old.canonical_url, new.canonical_url) is not None:
        return False
    shared = sum(
        [len(op.old) for op in revision.ops if isinstance(op, Equal) and len(op.old) >= _STRETCH]
    )
    if shared > _SHARE * min(len(old.text), len(new.text)):
        return False
    words = [set(text.fold(side.headline or "").casefold().split()) for side in (old, new)]
    return len(words[0] & words[1]) < _WORDS * min(len(words[0]), len(words[1]))
