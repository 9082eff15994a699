"""Packing loses nothing, with zstandard and without it."""

from __future__ import annotations

import hashlib
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.errors import MissingExtraError
from revtrack.store import Store, bodies
from revtrack.store.bodies import CHAIN, PLAIN, ZLIB, ZSTD, pack, unpack
from tests.store.made import page, snapshot

BODIES = st.binary(max_size=200) | st.binary(min_size=1, max_size=20).map(lambda piece: piece * 500)


@pytest.fixture(params=[ZSTD, ZLIB])
def form(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Either form, by taking zstandard away or not."""
    if request.param == ZLIB:
        monkeypatch.setattr(bodies, "_zstd", lambda: None)
    return str(request.param)


@given(body=BODIES, base=st.none() | BODIES)
def test_what_was_packed_is_unpacked(body: bytes, base: bytes | None) -> None:
    """Whatever the bytes, against any earlier body or none."""
    form, packed = pack(body, base)
    assert unpack(form, packed, base, size=len(body)) == body
    assert len(packed) <= len(body)


def test_an_earlier_body_makes_it_small(form: str) -> None:
    """A page that is much like the one before takes a small part of what it takes alone."""
    alone, against = pack(page(2), None), pack(page(2), page(1))
    assert {alone[0], against[0]} == {form}
    assert len(against[1]) < len(alone[1]) / 4
    assert unpack(form, against[1], page(1), size=len(page(2))) == page(2)


def test_the_form_of_zlib_is_what_it_was() -> None:
    """Pages in the files of others were packed against the last 32 KiB of the page before."""
    base = hashlib.shake_128(b"base").digest(100_000)
    body = base[-32_000:]
    packer = zlib.compressobj(9, zdict=base[-(2**15) :])
    packed = packer.compress(body) + packer.flush()
    assert len(packed) < 1_000
    assert unpack(ZLIB, packed, base, size=len(body)) == body


@given(packed=st.binary(max_size=60), form=st.sampled_from([ZLIB, ZSTD]))
def test_what_was_never_packed_is_refused_or_found_out(packed: bytes, form: str) -> None:
    """Damaged data give a `ValueError`, or bytes that the digest tells apart: never too many."""
    try:
        assert len(unpack(form, packed, page(1), size=30)) <= 31
    except ValueError as error:
        assert str(error)  # noqa: PT017 - either way out is right


def test_a_short_page_is_kept_as_it_is() -> None:
    """Where packing gains nothing, nothing is packed."""
    assert pack(b"ab", None) == (PLAIN, b"ab")
    assert pack(b"", page(1)) == (PLAIN, b"")


def test_without_zstandard_its_pages_name_what_is_missing(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that zstandard packed says what to install, and what zlib packs is read everywhere."""
    form, packed = pack(page(1), None)
    assert form == ZSTD
    monkeypatch.setattr(bodies, "_zstd", lambda: None)
    with pytest.raises(MissingExtraError) as caught:
        unpack(form, packed, None, size=len(page(1)))
    assert caught.value.extra == "store"
    with Store.open(f"{tmp_path}/news.db") as store:
        captures = [store.add(snapshot(number)) for number in range(CHAIN + 2)]
        assert [store.fetch(capture).body for capture in captures] == [
            page(number) for number in range(CHAIN + 2)
        ]


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="zstandard is part of Python from 3.14 on")
def test_a_missing_package_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package is not installed, zlib packs."""
    monkeypatch.setitem(sys.modules, "backports.zstd", None)
    assert pack(page(1), None)[0] == ZLIB


def test_chains_are_bounded(tmp_path: object) -> None:
    """However many pages are alike, no page needs more than `CHAIN` to be read."""
    with Store.open(f"{tmp_path}/news.db") as store:
        for number in range(3 * CHAIN):
            store.add(snapshot(number))
        rows = store._database.rows("SELECT depth, base FROM bodies ORDER BY id")  # inside
    assert [depth for depth, _ in rows] == [*range(1, CHAIN + 1)] * 3
    assert [base is None for _, base in rows] == [depth == 1 for depth, _ in rows]
