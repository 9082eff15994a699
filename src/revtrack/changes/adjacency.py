"""Adjacency: the new text under a notice, and the clauses next to a change that it points at."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

import attrs

from revtrack.changes.candidates import Candidate
from revtrack.changes.claims import Claim
from revtrack.changes.evidence import POINTING, Link, Reason
from revtrack.changes.kinds import Nature, TextAdded, TextEdited, TextMoved, TextRemoved
from revtrack.model import NoticeKind, Span

__all__ = ["Below", "Clauses"]

_ANNOUNCING = frozenset({NoticeKind.UPDATE, NoticeKind.EDITORS_NOTE})
# Evidence that spreads to the clauses next to it: what it points at was put in other words.
_SPREADING = POINTING - {Reason.WORDS_REPLACED}
_CLAUSES = frozenset({Nature.CONTENT, Nature.WORDING})
_TEXT = TextEdited | TextRemoved | TextAdded | TextMoved


@attrs.frozen(slots=False, eq=False)
class Below:
    """The new text right under a notice, paragraph after paragraph."""

    candidates: Sequence[Candidate]
    fresh: Sequence[Span]
    text: str

    @cached_property
    def _added(self) -> list[tuple[int, int, Candidate]]:
        """Where each addition starts and stops, in order."""
        return sorted(
            [
                (one.change.new_spans[0].start, one.change.new_spans[-1].stop, one)
                for one in self.candidates
                if isinstance(one.change, TextAdded)
            ],
            key=lambda entry: entry[:2],
        )

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _, _ in self._added]

    @cached_property
    def _notices(self) -> list[Span]:
        return sorted(self.fresh)

    def of(self, claim: Claim) -> Iterator[Candidate]:
        """The additions under the notice of *claim*, up to the next notice or to text that was there.

        Under a bare heading (*Updates*) there may be several notices. A correction is one paragraph,
        unless a heading opens it: what is under it is the story.
        """
        notice = claim.notice
        headed = "\n" in notice.text
        if notice.span is None or not (headed or notice.kind in _ANNOUNCING):
            return
        reached, bare = notice.span.stop, notice.text.strip(" :*") == notice.label
        for start, stop, one in self._added[bisect_left(self._starts, reached) :]:
            if start < reached:
                continue
            between = self._between(reached, start)
            if (between and not bare) or _outside(self.text, Span(reached, start), between):
                return
            yield one
            reached = stop

    def _between(self, start: int, stop: int) -> list[Span]:
        first = bisect_left(self._notices, Span(start, start))
        found = []
        for span in self._notices[first:]:
            if span.stop > stop:
                break
            found.append(span)
        return found


@attrs.frozen(slots=False, eq=False)
class Clauses:
    """Clauses that were added, removed or rewritten, by where they begin and what follows them."""

    candidates: Sequence[Candidate]
    texts: tuple[str, str]

    @cached_property
    def _by_end(self) -> dict[tuple[int, int], list[Candidate]]:
        found: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
        for one in self.candidates:
            if isinstance(one.change, _TEXT) and one.difference.nature in _CLAUSES:
                for end in self._ends(one):
                    found[end].append(one)
        return found

    def next_to(self, links: Collection[Link]) -> Iterator[Candidate]:
        """The clauses right next to a change that the notice points at, in its paragraph.

        A notice that quotes the wrong words and the right ones means these alone; a number or name that
        changed there is a fact of its own, which it would name.
        """
        for link in links:
            if link.reason in _SPREADING and isinstance(link.candidate.change, _TEXT):
                for end in sorted(self._ends(link.candidate)):
                    yield from self._by_end.get(end, ())

    def _ends(self, one: Candidate) -> set[tuple[int, int]]:
        """Where the change begins and what follows it: the side (0 or 1) and the place in its text."""
        return {
            (side, place)
            for side, spans in enumerate((one.change.old_spans, one.change.new_spans))
            if spans
            for place in (spans[0].start, _after_spaces(self.texts[side], spans[-1].stop))
        }


def _after_spaces(text: str, place: int) -> int:
    while text[place : place + 1] == " ":
        place += 1
    return place


def _outside(text: str, gap: Span, spans: Sequence[Span]) -> str:
    """The text of *gap* that is in none of these spans, which lie in it in order."""
    starts, stops = [*[span.start for span in spans], gap.stop], [gap.start, *[s.stop for s in spans]]
    return "".join([text[a:b] for a, b in zip(stops, starts, strict=True)]).strip()
