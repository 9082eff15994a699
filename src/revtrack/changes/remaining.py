"""What is left of a page whose text is gone: a short statement about the page is a notice.

*This report is now part of our overview* needs no known phrase: nothing else is left, and it speaks of
the page. Whether it says what became of the text decides how surely it discloses that.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from revtrack.changes.coverage import GONE
from revtrack.changes.detect import notice_added
from revtrack.changes.disclosure import BY_VALUES
from revtrack.changes.kinds import Change, Nature, TextAdded, TextRemoved
from revtrack.changes.words import is_read, spoken
from revtrack.model import Article, NoticeAct, Span
from revtrack.notices.enclosed import UNLABELLED
from revtrack.notices.lexicon import lexicon
from revtrack.notices.phrases import fold
from revtrack.notices.reading import read
from revtrack.notices.sentence import Sentence, sentences
from revtrack.notices.subject import own_piece

__all__ = ["with_statement"]

_LONGEST = 300
"""Characters of a statement that is left of a page (range 200 to 500)."""
_OPENS = 2
"""So near to its beginning (characters) a statement names the page by a noun alone."""
_GIVEN_UP = ("withdraw", "removed", "retract", "elsewhere", "closed", "untimely", "wrongly")
_OTHER = ("refuse", "service", "future")


def with_statement(changes: Sequence[Change], old: Article, new: Article) -> tuple[Change, ...]:
    """The changes; where all of the text is gone, what was added about the page is a notice."""
    added = [one for one in changes if isinstance(one, TextAdded) and one.nature is Nature.CONTENT]
    gone = sum([len(one.old or "") for one in changes if isinstance(one, TextRemoved)])
    if not added or len(new.text) > _LONGEST or gone <= GONE * len(old.text) or not is_read(new):
        return tuple(changes)
    words = lexicon(spoken(new))
    spans = tuple([span for one in added for span in one.new_spans])
    span = Span(spans[0].start, spans[-1].stop)
    inside = sentences(span.of(new.text), fold(span.of(new.text)), words)
    told = any(s.has(*_GIVEN_UP) for s in inside)
    if any(s.has(*_OTHER) for s in inside) or not _is_of_page(inside[0]):
        return tuple(changes)
    notice = read(span.of(new.text), span, UNLABELLED, "own retraction", words)
    if not told:  # it may be about something else than that
        notice = attrs.evolve(notice, acts=(NoticeAct.CHANGED,))
    others = [one for one in changes if one not in added]
    return (*others, notice_added(notice, BY_VALUES, new_spans=spans))


def _is_of_page(s: Sentence) -> bool:
    """Whether a sentence speaks of the page: *this article*, or begins *Article removed*."""
    return own_piece(s) or (s.has(*_GIVEN_UP) and any(m.start <= _OPENS for m in s.of("noun", "page")))
