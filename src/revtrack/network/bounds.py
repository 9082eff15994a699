"""How much of an answer is waited for and read."""

from __future__ import annotations

from typing import Any

import attrs

__all__ = ["Bounds"]


def _positive(_: object, attribute: attrs.Attribute[Any], value: float) -> None:
    if not value > 0:
        raise ValueError(f"{attribute.name} must be greater than 0, got {value}")


@attrs.frozen
class Bounds:
    """The most that one answer may take.

    `body` are bytes after unpacking, so that a compressed bomb stops there; the largest of 380 real
    pages measured has 1.5 MB. `seconds` are those of one request from connecting to its last byte,
    however slowly they drip; `silence` are those without a single byte. `redirects` is the longest
    chain that is followed; browsers follow twenty, publishers need four at most.
    """

    body: int = attrs.field(default=32 * 2**20, validator=_positive)
    seconds: float = attrs.field(default=60.0, validator=_positive)
    silence: float = attrs.field(default=20.0, validator=_positive)
    redirects: int = attrs.field(default=8, validator=_positive)
