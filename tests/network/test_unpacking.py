"""Content encodings: what was packed comes out, whole or not at all."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator

import brotli  # type: ignore[import-untyped]  # has no types
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.network.unpacking import CutOffError, PackedError, unpacked
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
