"""Feeds on the command line: `feed:ADDRESS` means every article that a feed lists."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from revtrack.cli.rows import Rows
from revtrack.errors import SourceError
from revtrack.model import Capture, ScreenReason
from revtrack.sources.files import read_page
from revtrack.versions import Screened

if TYPE_CHECKING:
    from revtrack.network import Client

__all__ = ["articles"]

_SCHEME = "feed:"
_ON_THE_WEB = ("http://", "https://")


def articles(
    written: tuple[str, ...], client: Callable[[], AbstractContextManager[Client]], rows: Rows
) -> tuple[str, ...]:
    """The addresses that were *written*, each once, with those that the feeds among them list.

    A feed that cannot be fetched is a row that failed. *client* is called where a feed is on the web.
    """
    found: dict[str, None] = {}
    for one in written:
        if not one.lower().startswith(_SCHEME):
            found[one] = None
            continue
        try:
            for address in _listed(one[len(_SCHEME) :], client):
                found[address] = None  # one by one: earlier addresses are kept when a later list fails
        except SourceError as error:
            failed = Screened(Capture(one, None), ScreenReason.FETCH_FAILED, str(error))
            rows.add(failed, f"failed  {one}: {error}", failed=True)
    return tuple(found)


def _listed(place: str, client: Callable[[], AbstractContextManager[Client]]) -> Iterator[str]:
    from revtrack.sources.feeds.reading import read_feed  # noqa: PLC0415 - needs an extra

    if place.startswith("//"):
        place = f"http:{place}"  # as browsers read feed://
    if place.lower().startswith(_ON_THE_WEB):
        from revtrack.sources.feeds.listing import listed_articles  # noqa: PLC0415 - as above

        with client() as asking:
            for entry in listed_articles(asking, place):
                yield entry.url
    else:
        yield from [entry.url for entry in read_feed(read_page(place)).entries]
