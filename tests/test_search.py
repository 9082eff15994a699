"""When words appeared in an article and were removed, from few captures; and which changes did it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack import codec
from revtrack.errors import SourceError
from revtrack.model import Capture, Snapshot, WordHistory
from revtrack.search import Side, Words, when
from tests.report.made import story

URL = "https://ledger.example/cranes"
START = datetime(2024, 3, 4, 8, tzinfo=UTC)
PLAIN = "The harbour office reported about the cranes again this morning, and gave no reason for it."
WORDS = "Sixty cranes"


@attrs.define
class Shelf:
    """A source with one capture an hour, of which some have the words; it notes what was fetched."""

    has: Sequence[bool | None]
    """None for a capture that cannot be fetched."""
    fetched: list[int] = attrs.field(factory=list)

    def captures(self, url: str | None = None) -> Iterator[Capture]:
        """One an hour."""
        yield from [Capture(url, START + timedelta(hours=at)) for at in range(len(self.has))]

    def fetch(self, capture: Capture) -> Snapshot:
        """A page, with or without the words."""
        assert capture.captured_at is not None
        at = round((capture.captured_at - START) / timedelta(hours=1))
        self.fetched.append(at)
        if self.has[at] is None:
            raise SourceError("the shelf is broken", location="shelf")
        words = f"<p>{WORDS} wait in the port of Tarn.</p>" if self.has[at] else ""
        body = f"<article><h1>The cranes</h1><p>{PLAIN}</p>{words}<p>{PLAIN} Twice.</p></article>"
        return Snapshot(capture, body.encode(), "text/html")


def hours(found: WordHistory) -> list[tuple[int | None, int | None]]:
    """In which captures the words appeared, and in which they were missing again."""
    return [(_hour(one.interval.until), _hour(one.last_seen.until)) for one in found.occurrences]


def _hour(time: datetime | None) -> int | None:
    return None if time is None else round((time - START) / timedelta(hours=1))


@given(st.integers(1, 120), st.data())
def test_one_appearance_and_one_removal_are_found_to_the_capture(
    size: int, data: st.DataObject
) -> None:
    """Whatever the moment of the change, few captures are read, and the interval is as for all."""
    change = data.draw(st.integers(0, size))
    gone = data.draw(st.booleans())
    shelf = Shelf([(at < change) is gone for at in range(size)])
    found = when(shelf, URL, WORDS)
    assert found.occurrences == when(shelf, URL, WORDS, every=True).occurrences
    assert found.read <= min(size, 8 + 8)
    assert found.captures == size


def test_words_that_return_are_found_where_a_capture_that_was_read_has_them() -> None:
    """Each stretch is an occurrence; captures that cannot be fetched are passed over."""
    has: list[bool | None] = [20 <= at < 40 or at >= 70 for at in range(100)]
    has[30:33] = [None] * 3
    has[68:70] = [None] * 2
    shelf = Shelf(has)
    found = when(shelf, URL, WORDS)
    assert hours(found) == [(20, 40), (70, None)]
    assert len(shelf.fetched) == found.read < 35
    assert found.occurrences[0].sentence == "Sixty cranes wait in the port of Tarn."
    assert found.occurrences[1].interval.after == START + timedelta(hours=67)


def test_what_lies_between_two_captures_that_agree_needs_every_capture() -> None:
    """A short appearance is found with `every`."""
    has: list[bool | None] = [at == 3 for at in range(100)]
    assert when(Shelf(has), URL, WORDS).occurrences == ()
    assert hours(when(Shelf(has), URL, WORDS, every=True)) == [(3, 4)]


def test_the_same_page_is_fetched_once() -> None:
    """Where a source lists digests, captures of one digest are read as one."""

    class Known(Shelf):
        def captures(self, url: str | None = None) -> Iterator[Capture]:
            for at, one in enumerate(Shelf.captures(self, url)):
                yield attrs.evolve(one, digest=f"{self.has[at]}")

    shelf = Known([False] * 50 + [True] * 50)
    assert hours(when(shelf, URL, WORDS)) == [(50, None)]
    assert len(shelf.fetched) == 2


def test_without_captures_nothing_is_found() -> None:
    """An empty source gives no occurrence, and the answer is a document of the codec."""
    found = when(Shelf([]), URL, WORDS)
    assert (found.captures, found.read, found.occurrences) == (0, 0, ())
    made = when(Shelf([False, True]), URL, WORDS)
    assert codec.loads(codec.dumps(made), WordHistory) == made


@pytest.mark.parametrize(
    ("words", "text", "count"),
    [
        ("sixty CRANES", "Sixty cranes and sixty  cranes.", 2),
        ("60", "In 1960 it had 60, and 60.5 later.", 1),
        ("the crew's", "The crew\N{RIGHT SINGLE QUOTATION MARK}s hut", 1),
        ("港口", "塔恩的港口关闭了。", 1),
        ("crane", "cranes", 0),
    ],
)
def test_words_are_whole_and_alike_in_any_typography(words: str, text: str, count: int) -> None:
    """Case, quotation marks and white space do not matter; parts of words and numbers do not count."""
    assert Words(words).count(text) == count


def test_a_change_removes_what_its_new_side_has_less_often() -> None:
    """The sides are told apart by how often each has the words."""
    edited = story().revisions[1].changes[1]
    assert edited.old == "Repairs cost 12 crowns."
    meets = {
        words: [side for side in Side if Words(words).met_by(edited, side)]
        for words in ("12 crowns", "21", "repairs", "ships")
    }
    assert meets == {
        "12 crowns": [Side.EITHER, Side.REMOVED],
        "21": [Side.EITHER, Side.ADDED],
        "repairs": [Side.EITHER],
        "ships": [],
    }


def test_words_must_not_be_empty() -> None:
    """Nothing cannot be looked for."""
    with pytest.raises(ValueError, match="words must not be empty"):
        when(Shelf([True]), URL, " ")
