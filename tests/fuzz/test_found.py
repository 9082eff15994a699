"""What the fuzzer found, each as a case."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable

import attrs
import pytest

from revtrack import Capture, CompareOptions, Snapshot, compare, extract
from revtrack.changes.kinds import DisclosureState
from revtrack.diff import pairing
from revtrack.extract import outside
from revtrack.extract.bodies import BUILT_IN_BODY, Body, BuiltInBody, ParsedPage
from revtrack.remarks import RemarkKind
from revtrack.sources.warc.files import Member, Plain, Stream
from revtrack.text import fold

PAGE = b"<article><h1>Boats at the lock</h1><p>The keepers counted %d boats before the gate.</p>%s"


class _Unsteady(BuiltInBody):
    """An extractor that leaves the last block out where it knows an earlier capture."""

    def body(self, page: ParsedPage) -> Body:
        found = BUILT_IN_BODY.body(page)
        return attrs.evolve(found, blocks=found.blocks[:-1]) if page.earlier else found


@pytest.mark.parametrize("taken", [False, True])
def test_a_page_taken_twice_is_one_article(taken: bool) -> None:
    """What an earlier capture makes of extraction is no matter where the page is the same."""
    body = PAGE % (11, b"<p>Two more boats were waiting above the weir at noon on Monday.</p>")
    page = Snapshot(Capture("https://paper.example/a", None), body) if taken else body
    revision = compare(page, page, options=CompareOptions(body=_Unsteady()))
    assert revision.changes == ()
    assert len(revision.new.blocks) == 2


def test_of_very_many_notices_some_explain_a_difference() -> None:
    """A thousand are held against the changes, the page has a remark, and nothing is undisclosed."""
    said = b"<p>Correction: It was %d boats, not %d, at the lock.</p>"
    notices = b"".join([said % (number + 1, number) for number in range(1_100, 2_201)])
    old, new = PAGE % (11, b""), PAGE % (2_200, notices)
    revision = compare(old, new)
    assert RemarkKind.BOUND_REACHED in {remark.kind for remark in revision.remarks}
    [edit] = revision.edited
    assert edit.state is DisclosureState.POSSIBLE
    same = b"<p>Correction: It was 12 boats, not 11, at the lock.</p>" * 100
    [edit] = compare(PAGE % (11, b""), PAGE % (12, same)).edited
    assert edit.state is DisclosureState.DISCLOSED
    assert 1 < len(edit.disclosed_by) < 10


def test_right_words_count_where_they_are_words() -> None:
    """Words of a notice are looked for in the text as whole words, and in one place of it."""
    said = b"<p>Correction: The name of the keeper was Ann Bru, not Anna Bru.</p>"
    one = extract(PAGE % (4, b"<p>Ann Bru opened it, Hann Bru and Ann Bruks did not.</p>" + said))
    two = extract(PAGE % (4, b"<p>Ann Bru opened it, and Ann Bru closed it.</p>" + said))
    assert [attested.text for attested in one.attested] == ["Anna Bru"]
    assert two.attested == ()


@pytest.mark.parametrize("depth", [100, 400])
def test_nested_elements_are_looked_through_a_few_times(
    depth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Boxes inside running text inside boxes hold the same words: they are read eight times at most."""
    read: list[int] = []

    def counted(text: str) -> str:
        read.append(len(text))
        return fold(text)

    monkeypatch.setattr(outside, "fold", counted)
    words = b"The keepers of box %d wrote down who passed the gate and at what hour of the day. "
    nested = b"".join([b"<x-a><li>" + words % number * 8 for number in range(depth)])
    page = PAGE % (11, b"<p>Two more boats were waiting above the weir at noon.</p></article>" + nested)
    extract(page)
    assert 0 < sum(read) <= 10 * len(page) + 200_000


def test_a_repeated_word_is_weighed_once_for_all_its_equals(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred equal words on each side make ten thousand pairs, and a hundred weights."""
    weighed: list[str] = []

    def counted(word: str) -> float:
        weighed.append(word)
        return weight(word)

    weight = pairing.word_weight
    monkeypatch.setattr(pairing, "word_weight", counted)
    old, new = ["lock", *["boat"] * 100, "weir"], ["gate", *["boat"] * 100, "mill"]
    hunks, bounded = pairing.changed_hunks(old, new)
    assert hunks == [(0, 1, 0, 1), (101, 102, 101, 102)]
    assert not bounded
    assert len(weighed) == 100


class _Copied(bytes):
    """Bytes that note how many of them are copied."""

    copied: list[int]

    def __radd__(self, other: bytes) -> bytes:
        return self._noted(bytes(other) + bytes(self))

    def __add__(self, other: bytes) -> bytes:  # type: ignore[override]  # narrower than bytes
        return self._noted(bytes(self) + bytes(other))

    def __getitem__(self, place: slice) -> bytes:  # type: ignore[override]  # narrower than bytes
        return self._noted(bytes(self)[place])

    def _noted(self, made: bytes) -> bytes:
        self.copied.append(len(made))
        return _Copied(made)


def _plain(text: bytes) -> Stream:
    return Plain(io.BytesIO(text))


def _packed(text: bytes) -> Stream:
    return Member(io.BytesIO(gzip.compress(text)), 0)


@pytest.mark.parametrize("opened", [_plain, _packed])
def test_a_line_of_an_archive_costs_its_own_length(
    opened: Callable[[bytes], Stream], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that is read copies itself, and not all the bytes that were read ahead."""
    copied: list[int] = []
    monkeypatch.setattr(_Copied, "copied", copied, raising=False)
    lines = [b"%07d\n" % number for number in range(8_000)]
    stream = opened(b"".join(lines))
    kind = type(stream)
    more = kind._more
    monkeypatch.setattr(kind, "_more", lambda self: _Copied(more(self)))
    stream.peek(64_000)
    copied.clear()
    assert [stream.line(100) for _ in lines] == lines
    assert 64_000 <= sum(copied) < 8_000 * 2_000
