"""The commands that fetch pages and store them: `track` and `watch`.

`feed:ADDRESS` means every article that a feed lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

import attrs
import click

from revtrack.cli.keeping import open_store
from revtrack.cli.notifying import Notifications, notifies
from revtrack.cli.options import (
    Requests,
    first_moment,
    gives_rows,
    in_window,
    makes_requests,
    reads_pages,
    source_named,
    store_option,
)
from revtrack.cli.output import Rows, observation_line, steps
from revtrack.compare import CompareOptions
from revtrack.errors import AddressError, SourceError, StoreError, reason_of
from revtrack.history import History
from revtrack.http import OK
from revtrack.model import Capture, Screened, ScreenReason, Snapshot
from revtrack.sources.fetching import fetch_all
from revtrack.sources.files import read_page
from revtrack.sources.named import KINDS, SourceContext, absolute_source, nearby
from revtrack.sources.source import Source, listed
from revtrack.track import within
from revtrack.urls import identify
from revtrack.urls.parts import read_parts

if TYPE_CHECKING:
    from revtrack.network import Client
    from revtrack.records import Followed
    from revtrack.store import Store

__all__ = ["track", "watch"]


_SCHEME = "feed:"
_ON_THE_WEB = ("http://", "https://")


def _articles(
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
            for entry in _of_feed(one[len(_SCHEME) :], client):
                if isinstance(entry, str):
                    found[entry] = None
                elif entry.reason is ScreenReason.NO_CAPTURE:
                    rows.skip(entry)
                else:
                    rows.fail(entry.capture, entry.detail)
        except SourceError as error:
            rows.fail(Capture(one, None), str(error))
    return tuple(found)


def _of_feed(
    place: str, client: Callable[[], AbstractContextManager[Client]]
) -> Iterator[str | Screened]:
    from revtrack.sources.feeds import ledger_of_feed, read_feed  # noqa: PLC0415 - needs an extra

    if place.startswith("//"):
        place = f"http:{place}"  # as browsers read feed://
    if place.lower().startswith(_ON_THE_WEB):
        with client() as opened_client:
            for entry in ledger_of_feed(opened_client, place):
                yield entry if isinstance(entry, Screened) else entry.url
    else:
        feed = read_feed(read_page(place))
        yield from [entry.url for entry in feed.entries]
        skipped = Screened(Capture(place, None), ScreenReason.NO_CAPTURE, "an entry names no web page")
        yield from [skipped] * feed.unread


_AT_A_TIME = 50
"""Articles that `watch` claims at a time (range 10 to 200; a claim lasts a quarter of an hour): with
more, the claims of a long run would expire before it checks them, and a second run would check too."""
_LONGEST_HELD = 30 * 86_400.0
"""Seconds for which a server may put off the next look at its pages (range an hour to 90 days)."""
_KINDS = ", ".join([kind.form for kind in KINDS])


_archive = click.option(
    "--archive", metavar="wayback|ADDRESS",
    help="Ask an archive to save each live page that changed: the Internet Archive, or ADDRESS with "
         "{url} where the page's address belongs.",
)  # fmt: skip


@click.command()
@click.argument("addresses", metavar="URL|feed:URL...", nargs=-1, required=True)
@store_option
@click.option("--source", "sources", metavar="SOURCE", multiple=True, default=("live",),
              show_default=True, help=f"Where to find captures: {_KINDS}. Repeatable.")  # fmt: skip
@in_window
@click.option("--once", is_flag=True, help="Do not follow the articles with `revtrack watch`.")
@reads_pages
@makes_requests
@_archive
@gives_rows
def track(  # noqa: PLR0913 - one keyword for each option
    addresses: tuple[str, ...],
    *,
    store_path: str,
    sources: tuple[str, ...],
    once: bool,
    options: CompareOptions,
    requests: Requests,
    archive: str | None,
    rows: Rows,
    **window: datetime | None,
) -> int:
    """Fetch the captures of articles and store them.

    feed:URL means every article that a feed or sitemap lists; a file works too.

    Stored captures are not fetched again: after Ctrl-C the same command continues where it stopped. The
    articles are then followed by `revtrack watch`. Exit status: 0 done, 1 some captures could not be
    fetched, 2 trouble.
    """
    from revtrack.store.schedule import next_check  # noqa: PLC0415 - slow to import

    now = datetime.now(UTC)
    known = 0
    addresses = _articles(addresses, requests.client, rows)
    for address in addresses:
        try:
            identify(address)
        except AddressError as error:
            raise click.BadParameter(f"{error}.", param_hint="URL") from error
    with (
        open_store(store_path, create=True) as store,
        _open_sources(sources, store, requests, rows) as named,
    ):
        for written, source in named.items():
            new_captures = []
            for address in addresses:
                for capture in _listed(source, address, rows):
                    if within(capture, **window):
                        is_known = capture in store
                        known += is_known
                        new_captures += [] if is_known else [capture]
            _keep(store, source, new_captures, rows, archive=archive)
            if not once:
                for address in addresses:
                    changed = _last_change(_history(store, address, options)) or now
                    store.schedule.follow(
                        address, absolute_source(written), at=next_check(now, changed)
                    )
    stored = rows.printed - rows.failed
    return rows.end(f"{store_path}: {stored} stored, {known} already known, {rows.failed} failed")


@click.command()
@click.option("--once", is_flag=True, required=True, help="Check the articles that are due, then exit.")
@store_option
@click.option("--at", "now", callback=first_moment, metavar="TIME",
              help="Use TIME instead of now, to check what is due then.")  # fmt: skip
@notifies
@reads_pages
@makes_requests
@_archive
@gives_rows
def watch(  # noqa: PLR0913 - one keyword for each option
    *,
    once: bool,
    store_path: str,
    now: datetime | None,
    options: CompareOptions,
    requests: Requests,
    archive: str | None,
    notifications: Notifications,
    rows: Rows,
) -> int:
    """Check the followed articles that are due.

    Articles that changed recently are due often, others rarely. Run this command from a timer: every 15
    minutes is often enough. Exit status: 0 done, 1 some checks failed, 2 trouble.
    """
    from revtrack.store.schedule import next_check  # noqa: PLC0415 - slow to import

    moment = now or datetime.now(UTC)
    looked = 0
    new_times: set[datetime] = set()
    with open_store(store_path, write=True) as store:
        due = store.schedule.due(moment)
        sources = tuple(dict.fromkeys(row.source for row in due))
        with _open_sources(sources, store, requests, rows) as named:
            for written, some in _in_turns(due, sources):
                claimed = [row for row in some if store.schedule.claim(row, now or datetime.now(UTC))]
                looked += len(claimed)
                if (source := named.get(written)) is not None:
                    found = [one for row in claimed for one in _listed(source, row.url, rows)]
                    new_captures = [capture for capture in found if capture not in store]
                    new_times |= _keep(store, source, new_captures, rows, archive=archive)
                for row in claimed:
                    history = _history(store, row.url, options)
                    if history is not None:
                        notifications.send(history, new_times, rows)
                    planned = next_check(moment, _last_change(history) or moment)
                    closed = _closed_until(source, row.url, moment)
                    store.schedule.set_next_check(row, next_check=max(planned, closed))
        followed = store.schedule.followed()
    next_due = f", next due {followed[0].next_check:%Y-%m-%d %H:%M} UTC" if followed else ""
    return rows.end(
        f"{store_path}: {looked} of {len(followed)} checked, {rows.failed} failed{next_due}",
    )


def _closed_until(source: Source | None, address: str, moment: datetime) -> datetime:
    """The time until which the host of an address is closed; *moment* where it may be requested."""
    client: Client | None = getattr(source, "client", None)
    closed = client.politeness.closed(read_parts(address).host) if client is not None else None
    return moment if closed is None else moment + timedelta(seconds=min(closed[0], _LONGEST_HELD))


def _in_turns(
    due: tuple[Followed, ...], sources: tuple[str, ...]
) -> Iterator[tuple[str, list[Followed]]]:
    """What is due, source by source, as many at a time as are checked before a claim expires."""
    for written in sources:
        claimed = [row for row in due if row.source == written]
        for start in range(0, len(claimed), _AT_A_TIME):
            yield written, claimed[start : start + _AT_A_TIME]


@contextmanager
def _open_sources(
    written: tuple[str, ...], store: Store, requests: Requests, rows: Rows
) -> Iterator[dict[str, Source]]:
    """The sources by their names on the command line; they share a client, closed at the end.

    One that cannot be opened is a row that failed, and is left out.
    """
    with ExitStack() as closing:

        @cache  # one client for all sources, so that a host is spared whichever of them asks it
        def client() -> Client:
            return closing.enter_context(requests.client())

        context = SourceContext(client=client, last=store.newest)
        named = {}
        for name in written:
            try:
                named[name] = source_named(name, context)
            except SourceError as error:
                rows.fail(Capture(None, None), str(error), place=name)
        yield named


def _listed(source: Source, address: str, rows: Rows) -> list[Capture]:
    """The captures of an address; what cannot be listed, or is no capture, is a row."""
    captures: list[Capture] = []
    try:
        entry = False
        for one in listed(source, address):
            entry = True
            if isinstance(one, Capture):
                captures.append(one)
            elif one.reason is ScreenReason.NO_CAPTURE:
                rows.skip(one)
            else:
                rows.add(one, f"failed  {one.capture.url or address}: {one.detail}", failed=True)
        if not entry and (closed := nearby(source, address)):
            known = f"no capture of it was found; there are captures of {', '.join(closed)}"
            rows.fail(Capture(address, None), known)
    except Exception as error:  # noqa: BLE001 - one address never ends the run of the others
        rows.fail(Capture(address, None), reason_of(error))
    return captures


def _keep(
    store: Store, source: Source, new_captures: list[Capture], rows: Rows, *, archive: str | None
) -> set[datetime]:
    """Fetch and store captures one by one, so that nothing is lost when the run is stopped.

    When they were captured is given back.
    """
    times: set[datetime] = set()
    with steps("fetching captures", len(new_captures)) as done:
        for outcome in fetch_all(source, new_captures, in_order=False):
            if archive is not None:
                outcome = _saved(source, outcome, archive, rows)  # noqa: PLW2901 - the same, and saved
            if outcome.capture.captured_at is None:  # a failed check of a page without a list of times
                dated = attrs.evolve(outcome.capture, captured_at=datetime.now(UTC))
                outcome = attrs.evolve(outcome, capture=dated)  # noqa: PLW2901 - the same, and dated
            row = store.record(outcome)
            times |= {row.capture.captured_at} if row.capture.captured_at else set()
            rows.add(row, observation_line(row), failed=isinstance(outcome, Screened))
            done()
    return times


def _saved(
    source: Source, outcome: Snapshot | Screened, archive: str, rows: Rows
) -> Snapshot | Screened:
    """A live page that changed with the address of its memento at an *archive*, where it is saved."""
    from revtrack.sources.memento.timegate import INTERNET_ARCHIVE, saved  # noqa: PLC0415 - needs an extra

    client: Client | None = getattr(source, "client", None)
    if client is None or not isinstance(outcome, Snapshot):
        return outcome
    if outcome.capture.source != "http" or outcome.status != OK:
        return outcome
    try:
        return saved(client, outcome, INTERNET_ARCHIVE if archive == "wayback" else archive)
    except SourceError as error:
        rows.fail(outcome.capture, f"not archived: {error}")
        return outcome


def _history(store: Store, address: str, options: CompareOptions) -> History | None:
    """The history of an article; None where it cannot be computed."""
    try:
        return store.history(address, options=options)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 - what one page makes of a parser ends no run
        reason_of(error)
        return None


def _last_change(history: History | None) -> datetime | None:
    """When the newest version of an article was first seen."""
    return history.versions[-1].first_seen if history and history.versions else None
