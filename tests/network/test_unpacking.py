"""Content encodings: what was packed comes out, whole or not at all."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator

import brotli  # type: ignore[import-untyped]  # has no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.network import unpacking
from revtrack.network.unpacking import BetweenError, CutOffError, PackedError, unpacked
from tests.network.zstandard import zstd

Packing = Callable[[bytes], bytes]


def _raw_deflate(data: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packing.compress(data) + packing.flush()


def _members(data: bytes) -> bytes:
    return gzip.compress(data[:3], mtime=0) + gzip.compress(data[3:], mtime=0)


PACKINGS: list[tuple[str, Packing]] = [
    ("gzip", gzip.compress),
    ("x-gzip", _members),
    ("deflate", zlib.compress),
    ("Deflate", _raw_deflate),
    ("br", brotli.compress),
    ("zstd", zstd),
    ("deflate, gzip", lambda data: gzip.compress(zlib.compress(data))),
    ("identity, br", brotli.compress),
    ("", bytes),
]
packings = pytest.mark.parametrize(("encoding", "pack"), PACKINGS, ids=[name for name, _ in PACKINGS])


def _pieces(data: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(data), size):
        yield data[start : start + size]
        yield b""


@packings
@given(data=st.binary(max_size=2_000), repeated=st.integers(1, 400), size=st.integers(1, 5_000))
def test_what_was_packed_comes_out(
    encoding: str, pack: Packing, data: bytes, repeated: int, size: int
) -> None:
    """However the bytes are cut into pieces on their way, they unpack to what was packed."""
    data *= repeated
    assert b"".join(unpacked(_pieces(pack(data), max(size, 1)), encoding)) == data


@packings
@pytest.mark.parametrize("size", [*range(2**18 - 9, 2**18 + 300, 37), 524_514])
def test_what_is_as_large_as_a_piece_is_whole(encoding: str, pack: Packing, size: int) -> None:
    """What waits inside a decoder when the last byte is in comes out too; it is not cut off."""
    data = (b"ab" * size)[:size]
    assert b"".join(unpacked([pack(data)], encoding)) == data


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
@given(data=st.binary(min_size=1, max_size=500), cut=st.integers(1, 30))
def test_what_is_cut_off_is_never_taken_for_whole(encoding: str, data: bytes, cut: int) -> None:
    """Bytes that are missing at the end are an error, however few."""
    packed = dict(PACKINGS)[encoding](data)
    with pytest.raises(CutOffError):
        list(unpacked([packed[: max(1, len(packed) - cut)]], encoding))


@packings
def test_pieces_are_small(encoding: str, pack: Packing) -> None:
    """Whatever a piece unpacks to comes in pieces of bounded size, so that it can be counted."""
    if encoding:
        assert max(map(len, unpacked([pack(bytes(20 * 2**20))], encoding))) <= 2**20


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_nothing_unpacks_to_nothing(encoding: str) -> None:
    """An answer without a body has none, whatever its headers say."""
    assert list(unpacked([], encoding)) == []


def test_padding_after_the_end_is_passed_over() -> None:
    """Servers that pad packed pages do no harm."""
    assert b"".join(unpacked([gzip.compress(b"page") + bytes(100)], "gzip")) == b"page"


@pytest.mark.parametrize(
    "encoding", ["gzip", "deflate", "br", "zstd", "compress", "br, br, br, br", "x" * 999]
)
@given(data=st.binary(min_size=20, max_size=200))
def test_what_is_not_packed_is_an_error(encoding: str, data: bytes) -> None:
    """Bytes that are not packed as they should be are refused and nothing else is raised."""
    with pytest.raises(PackedError):
        list(unpacked([b"<html>" + data], encoding))


def _behind(pack: Packing, page: bytes, junk: bytes, times: int) -> bytes:
    """*page* packed, and behind its end *junk* as often as said, gzipped as one stream."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    first = packer.compress(pack(page))
    return first + b"".join(packer.compress(junk) for _ in range(times)) + packer.flush()


INNER = ["gzip", "deflate", "Deflate", "zstd"]  # brotli takes what follows its end for damage


@pytest.mark.parametrize("inner", INNER)
def test_a_stage_that_has_ended_asks_for_no_more(inner: str) -> None:
    """What is packed behind the end of the page is not unpacked, however deep the page lies."""
    packed = _behind(dict(PACKINGS)[inner], b"<p>The page</p>", bytes(2**20), 40)
    between = 0

    def counted() -> None:
        nonlocal between
        between += 1

    for encodings, wire in (
        (f"{inner}, gzip", packed),
        (f"{inner}, gzip, gzip", gzip.compress(packed)),
        (f"{inner}, gzip, br", brotli.compress(packed, quality=1)),
        (f"{inner}, gzip, zstd", zstd(packed)),
    ):
        between = 0
        assert b"".join(unpacked([wire], encodings, between=counted)) == b"<p>The page</p>"
        assert between <= 8, encodings


@pytest.mark.parametrize("inner", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_between_two_encodings_is_counted(inner: str) -> None:
    """A stage that gives more than any page is packed in is a bomb, though the next gives nothing."""
    endless = {
        "gzip": b"\x1f\x8b\x08\x08" + bytes([0] * 6) + b"a",  # a name that never ends
        "deflate": b"\x78\x9c" + b"\x00\x00\x00\xff\xff",  # stored blocks of nothing
        "br": brotli.compress(b"")[:-1] + b"\x06",
        "zstd": b"\x50\x2a\x4d\x18\x00\x00\x00\xf0",  # a frame to be skipped
    }[inner]
    filler = {"deflate": b"\x00\x00\x00\xff\xff" * 2**15}.get(inner, b"a" * 2**17)
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    wire = packer.compress(endless) + b"".join(packer.compress(filler) for _ in range(700))
    with pytest.raises(PackedError):
        sum(map(len, unpacked(_pieces(wire + packer.flush(), 2**16), f"{inner}, gzip")))


def test_just_as_much_as_may_lie_between(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound is on what is packed between two encodings: at it all comes out, beyond it nothing."""
    page = bytes(range(256)) * 64
    inner = zlib.compress(page, 0)
    monkeypatch.setattr(unpacking, "BETWEEN", len(inner))
    assert b"".join(unpacked([gzip.compress(inner)], "deflate, gzip")) == page
    monkeypatch.setattr(unpacking, "BETWEEN", len(inner) - 1)
    with pytest.raises(BetweenError, match="are in an encoding"):
        list(unpacked([gzip.compress(inner)], "deflate, gzip"))


def test_members_are_counted() -> None:
    """As many members of gzip as packers write are read; a file of nothing but empty ones is not."""
    empty = gzip.compress(b"", mtime=0)
    assert list(filter(None, unpacked([empty * 10_000], "gzip"))) == []
    with pytest.raises(PackedError, match="members"):
        list(unpacked(_pieces(empty * 10_001, 2**16), "gzip"))


def test_work_that_gives_nothing_can_be_ended() -> None:
    """Whoever passes `between` is asked before each piece, so that a deadline holds in the middle."""

    class OverError(Exception):
        """The time is up."""

    def over() -> None:
        raise OverError

    with pytest.raises(OverError):
        list(unpacked([gzip.compress(b"page")], "gzip", between=over))


def test_a_window_beyond_what_browsers_take_is_refused() -> None:
    """Zstandard may ask for a window of 8 MiB and no more (RFC 9659)."""
    frame = b"\x28\xb5\x2f\xfd\x00" + bytes([(24 - 10) << 3]) + b"\x01\x00\x00"
    with pytest.raises(PackedError):
        list(unpacked([frame], "zstd"))
