"""How long a list of captures an archive may give, and how long it may take to give it."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from revtrack.errors import FetchError, FetchFault
from revtrack.model import Capture
from revtrack.network import Client
from revtrack.versions import Screened

__all__ = ["LISTED", "LISTING_SECONDS", "Listed", "then_raised"]

LISTED = 200_000
"""Captures of one address that an archive may list (range 20,000 to 2 million). The page of an archive
with the most has some 150,000; a list that always has one more line would fill the memory."""

LISTING_SECONDS = 1_800.0
"""Seconds that one list may take (range 600 to 7,200): a list of `LISTED` lines comes in 40 answers."""


@attrs.define
class Listed:
    """Counts what one archive lists of one address."""

    client: Client
    url: str
    captures: int = 0
    began: float = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.began = self._now()

    def _now(self) -> float:
        # a client of somebody's own, with `get` alone, keeps no time
        politeness = getattr(self.client, "politeness", None)
        return 0.0 if politeness is None else float(politeness.clock.monotonic())

    def must_go_on(self, more: int) -> None:
        """Count *more* captures. Raises `FetchError` once the list is longer than either bound."""
        self.captures += more
        if self.captures > LISTED:
            raise self._refusal(f"lists more than {LISTED:,} captures", FetchFault.TOO_LARGE)
        if self._now() - self.began > LISTING_SECONDS:
            raise self._refusal(
                f"takes more than {LISTING_SECONDS / 60:.0f} minutes to list captures",
                FetchFault.TOO_SLOW,
            )

    def _refusal(self, why: str, fault: FetchFault) -> FetchError:
        return FetchError(
            f"the archive {why} of {self.url}: the rest of its list is not read",
            url=self.url,
            fault=fault,
        )


def then_raised(
    captures: Iterator[Capture | Screened], failure: FetchError | None
) -> Iterator[Capture | Screened]:
    """The *captures* that were listed; after the last of them the *failure* that cut the list off."""
    yield from captures
    if failure is not None:
        raise failure
