"""What a source holds instead of an address of which it has nothing: the addresses most like it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from heapq import nlargest
from itertools import islice
from typing import Protocol, runtime_checkable

from revtrack.errors import AddressError, SourceError
from revtrack.sources.source import Source
from revtrack.urls import identify

__all__ = ["AddressedSource", "nearby"]

_NAMED = 5
"""Addresses that are named (range 1 to 20)."""

_COMPARED = 2_000
"""Addresses that are compared with the one asked for (range 100 to 20,000): archives hold millions."""


@runtime_checkable
class AddressedSource(Source, Protocol):
    """A source that knows which addresses it has captures of."""

    def addresses(self, url: str) -> Iterable[str]:
        """The addresses of the site of *url* that are held, or all where there are none of it."""
        ...


def nearby(source: Source, url: str) -> tuple[str, ...]:
    """The addresses that *source* has captures of and that are most like *url*, the likest first."""
    if not isinstance(source, AddressedSource):
        return ()
    try:
        held = {_key(one): one for one in islice(source.addresses(url), _COMPARED)}
    except SourceError:  # a help, and no reason to fail
        return ()
    matcher = SequenceMatcher(b=_key(url), autojunk=False)

    def likeness(key: str) -> float:
        matcher.set_seq1(key)
        return matcher.quick_ratio()

    return tuple([held[key] for key in nlargest(_NAMED, sorted(held), key=likeness)])


def _key(url: str) -> str:
    try:
        return identify(url).key
    except AddressError:
        return url
