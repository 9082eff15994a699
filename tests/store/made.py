"""Captures of places that do not exist, for the tests of the store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from revtrack.model import Capture, Screened, ScreenReason, Snapshot

__all__ = ["START", "URL", "failure", "page", "snapshot"]

URL = "https://lockkeeper.example/2024/03/tarn-locks-reopen"
START = datetime(2024, 3, 4, 7, 40, tzinfo=UTC)

_FILLING = "".join(
    f'<div class="row-{number % 7}"><a href="/stories/{number * 7919 % 1000}">Story {number}</a></div>'
    for number in range(60)
)


def page(number: int, *, of: str = "the Tarn locks") -> bytes:
    """A page about *of* whose text says *number*; pages of different numbers are much alike."""
    return (
        f"<!doctype html><html lang='en'><head><title>News of {of}</title></head><body>"
        f"<nav>{_FILLING}</nav><article><h1>News of {of}</h1>"
        f"<p>The keepers counted {number} boats in front of {of} on Monday morning.</p>"
        "<p>The water board had said in January that the work would be done before the spring.</p>"
        "<p>Nobody at the board could be reached on Monday, and the road stays closed for now.</p>"
        "</article></body></html>"
    ).encode()


def snapshot(number: int, *, url: str = URL, body: bytes | None = None) -> Snapshot:
    """The capture of *url* at minute *number*, with the page of that number unless *body* is given."""
    return Snapshot(
        Capture(url, START + timedelta(minutes=number), "made", location=f"made:{number}"),
        page(number) if body is None else body,
        "text/html; charset=utf-8",
        (("Content-Type", "text/html; charset=utf-8"), ("X-Number", str(number))),
        200,
    )


def failure(number: int, *, url: str = URL) -> Screened:
    """A look at *url* at minute *number* that gave nothing."""
    capture = Capture(url, START + timedelta(minutes=number), "made", location=f"made:{number}")
    return Screened(capture, ScreenReason.FETCH_FAILED, f"look {number} was refused")
