"""CriticMarkup: a revision as text with its edits marked, for editors that show and apply such marks.

Accepting every mark gives the new headline and text to the letter, rejecting every mark the old ones.
The markup has no way to escape its signs: words of an article that look like a mark are parted by an
empty comment.
"""

from __future__ import annotations

import re

from revtrack.changes.revision import Revision
from revtrack.exchange.worddiff import pieces
from revtrack.history import History
from revtrack.report.nouns import when

__all__ = ["critic_markup", "critic_markups"]

_SIGNS = re.compile(r"(?<=\{)(?=\s*[-+~=>])|(?<=[-+~=<])(?=\s*\})|(?<=~)(?=>)")
"""Where words are parted: inside each sign that begins, ends or halves a mark, spaces in it or not."""
_NOTHING = "{>><<}"


def critic_markup(revision: Revision) -> str:
    """The headline, an empty line and the text, with the marks of *revision*."""
    marked, kept = "", ""
    for old, new in pieces(revision):
        if old == new:
            kept += new  # neighbours are parted as one
            continue
        marked += _parted(kept)
        kept = ""
        if old and new and not _SIGNS.search(old) and not _SIGNS.search(new):
            marked += f"{{~~{old}~>{new}~~}}"
        else:
            marked += _parted(old, "{{--{}--}}") + _parted(new, "{{++{}++}}")
    return marked + _parted(kept)


def _parted(words: str, mark: str = "{}") -> str:
    """*words* in marks of one kind, with an empty comment wherever they could be taken for a mark."""
    return _NOTHING.join([mark.format(part) for part in _SIGNS.split(words) if part])


def critic_markups(history: History) -> str:
    """Each revision of *history* behind a comment that says when it was made; one alone has none."""
    if len(history.revisions) == 1:
        return critic_markup(history.revisions[0])
    parts = [
        f"{{>>Revision {number}, made {when(one.interval)}<<}}\n\n{critic_markup(one)}"
        for number, one in enumerate(history.revisions, 1)
    ]
    return "\n\n".join(parts)
