"""Revisions whose words are full of signs that mean something to some format."""

from __future__ import annotations

import attrs
from hypothesis import strategies as st

from revtrack.changes.revision import Revision
from tests.report.made import revision_of

__all__ = ["headed", "sides", "signs"]

_WORDS = st.text("{}+-~=<>@\\|[] \n\"'&;,\tax\0\ud800é", max_size=8) | st.sampled_from(
    ["{++x++}", "{--x--}", "{~~x~>y~~}", "{>>x<<}", "{== x == }", "]]>", "@@ -1,1 +1,1 @@", "~", "\\~"]
)


def headed(revision: Revision, old: str, new: str) -> Revision:
    """The revision with these headlines."""
    return attrs.evolve(
        revision,
        old=attrs.evolve(revision.old, headline=old or None),
        new=attrs.evolve(revision.new, headline=new or None),
    )


signs = st.builds(
    headed,
    st.lists(st.tuples(st.sampled_from("=-+"), _WORDS.filter(bool)), max_size=8).map(
        lambda parts: revision_of(*parts)
    ),
    _WORDS,
    _WORDS,
)
"""Revisions of any words that are kept, removed and added, each part an operation of its own."""


def sides(revision: Revision) -> tuple[str, str]:
    """The headline, an empty line and the text of both sides, as formats of one text have them."""
    olds, news = ((article.headline or "", article.text) for article in (revision.old, revision.new))
    between = "\n\n" if olds[0] or news[0] else ""
    return between.join(olds), between.join(news)
