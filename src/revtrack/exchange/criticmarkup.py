"""CriticMarkup: a revision as text with its edits marked, for editors that show and apply such marks.

Accepting every mark gives exactly the new headline and text, rejecting every mark the old ones.
The markup has no escapes: words of an article that look like a mark are split by an empty comment.
"""

from __future__ import annotations

import re

from revtrack.changes.revision import Revision
from revtrack.exchange.worddiff import pieces
from revtrack.history import History
from revtrack.report.nouns import when

__all__ = ["critic_markup", "critic_markups"]

_SIGNS = re.compile(r"(?<=\{)(?=\s*[-+~=>])|(?<=[-+~=<])(?=\s*\})|(?<=~)(?=>)")
"""Where words are split: inside each sign of a mark, with or without spaces in it."""
_EMPTY_COMMENT = "{>><<}"


def critic_markup(revision: Revision) -> str:
    """The headline, an empty line and the text, with the marks of *revision*."""
    marked, common = "", ""
    for old, new in pieces(revision):
        if old == new:
            common += new  # neighbours are split together
            continue
        marked += _split_marks(common)
        common = ""
        if old and new and not _SIGNS.search(old) and not _SIGNS.search(new):
            marked += f"{{~~{old}~>{new}~~}}"
        else:
            marked += _split_marks(old, "{{--{}--}}") + _split_marks(new, "{{++{}++}}")
    return marked + _split_marks(common)


def _split_marks(words: str, mark: str = "{}") -> str:
    """*words* in marks of one kind, with an empty comment wherever they could be read as a mark."""
    return _EMPTY_COMMENT.join([mark.format(part) for part in _SIGNS.split(words) if part])


def critic_markups(history: History) -> str:
    """Each revision of *history* after a comment with its time; a single one has none."""
    if len(history.revisions) == 1:
        return critic_markup(history.revisions[0])
    parts = [
        f"{{>>Revision {number}, made {when(one.interval)}<<}}\n\n{critic_markup(one)}"
        for number, one in enumerate(history.revisions, 1)
    ]
    return "\n\n".join(parts)
