"""Screening: captures that hold no article, each with its reason."""

from __future__ import annotations

import gzip
import json
from datetime import datetime

import pytest

from revtrack.errors import ExtractionError
from revtrack.extract import extract
from revtrack.extract.parsing import MAX_BYTES
from revtrack.model import Capture, ScreenReason, Snapshot

from .pages import PARAGRAPHS, STORY, page


@pytest.mark.parametrize(
    ("capture", "reason"),
    [
        (b"", ScreenReason.EMPTY),
        (b" \r\n\t", ScreenReason.EMPTY),
        (b"\0\0\0", ScreenReason.EMPTY),
        (b"<!-- nothing -->", ScreenReason.EMPTY),
        (b"<html></html>", ScreenReason.NO_ARTICLE),
        (b"<", ScreenReason.NO_ARTICLE),
        (b"\xff\xfe", ScreenReason.EMPTY),
        (b"%PDF-1.7\n1 0 obj", ScreenReason.NOT_HTML),
        (b"\x89PNG\r\n\x1a\n\0\0", ScreenReason.NOT_HTML),
        (gzip.compress(b"<p>page</p>", mtime=0), ScreenReason.NOT_HTML),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", ScreenReason.NO_ARTICLE),
        (b"<html><body><div id='root'></div><script src='/app.js'></script>", ScreenReason.SHELL),
        (b"<div>" * 5_000, ScreenReason.TOO_DEEP),
    ],
)
def test_each_reason(capture: bytes, reason: ScreenReason) -> None:
    """What holds no article is refused with its reason, the address of the page and what to do."""
    with pytest.raises(ExtractionError, match=r"capture|pass|check") as caught:
        extract(capture, url="https://paper.example/b")
    assert caught.value.reason is reason
    assert caught.value.url == "https://paper.example/b"


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (404, STORY, ScreenReason.ERROR_PAGE),
        (503, STORY, ScreenReason.ERROR_PAGE),
        (403, b"<title>Just a moment...</title><p>Checking your browser", ScreenReason.BOT_CHECK),
        (200, b"", ScreenReason.EMPTY),
    ],
)
def test_a_page_served_as_an_error_is_no_version(
    status: int, body: bytes | str, reason: ScreenReason
) -> None:
    """A page with an error status is screened out whatever it shows, with the reason its words give."""
    body = body if isinstance(body, bytes) else body.encode()
    with pytest.raises(ExtractionError) as caught:
        extract(Snapshot(Capture("https://paper.example/b", None), body, status=status))
    assert caught.value.reason is reason


def test_a_page_that_was_found_or_not_modified_is_read() -> None:
    """200, 304 and an unknown status are those of a page."""
    story = STORY if isinstance(STORY, bytes) else STORY.encode()
    for status in (200, 304, None):
        assert extract(Snapshot(Capture(None, None), story, status=status)).blocks


def test_a_page_beyond_the_bound_is_refused() -> None:
    """The largest page that is read is stated, and one byte more is refused."""
    with pytest.raises(ExtractionError, match="67,108,864"):
        extract(b"<p>" + b"x" * MAX_BYTES)


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 900,
        "<b>" * 1_500 + "x",
        "<p " + " ".join(f"a{number}=1" for number in range(60_000)) + ">x</p>",
        "<p " + " ".join(f"a{number}" for number in range(60_000)) + ">x</p>",
        "<a href='/x'>" * 5_000,
        "<li>x<span>" * 900 + "word " * 100_000,
        "<h1>x<h2>" * 900 + "word " * 100_000,
        "<!-- " * 5_000,
        "<" * 20_000,
        "&" * 20_000,
        "<br>" * 20_000,
    ],
)
def test_hostile_markup_costs_nothing_of_the_article(hostile: str) -> None:
    """Deep nesting, many attributes and unfinished markup after the story leave the story whole."""
    text = extract(page(STORY + hostile)).text
    assert all(paragraph in text for paragraph in PARAGRAPHS)


def test_a_text_that_a_script_would_show() -> None:
    """HTML in the data of a script is the text of a page without any, under the title in that data."""
    html = json.dumps(STORY * 2).replace("<", "\\u003c")
    data = f'{{"title": "Bridge closes for the winter", "html": {html}}}'
    head = '<meta property="og:title" content="Bridge closes for the winter - Harbour Paper">'
    shell = "<html><head><title>Harbour Paper</title>{}</head><body><div id=app></div>{}</body></html>"
    pushed = [f"window.state = {data}", f"self.f.push([1, {json.dumps('4:' + data)}])"]
    for script in pushed:
        found = extract(shell.format(head, f"<script>{script}</script>"))
        assert found.headline == "Bridge closes for the winter"
        assert found.text.startswith(PARAGRAPHS[0])
        assert found.published_at is None
    for times in ('"2024-01-05 18:49", "2024-01-05 18:40"', '"2024.01.05 18:40"'):
        dated = pushed[0].replace('"html"', f'"times": [{times}], "html"')
        moment = extract(shell.format(head, f"<script>{dated}</script>")).published_at
        assert moment == datetime(2024, 1, 5, 18, 40)
    several = pushed[0].replace('"html"', '"times": ["2024-01-05 18:49", "2023-01-05 18:40"], "html"')
    assert extract(shell.format(head, f"<script>{several}</script>")).published_at is None
    other = pushed[0].replace("Bridge closes", "Ferry starts")
    with pytest.raises(ExtractionError):
        extract(shell.format(head, f"<script>{other}</script>"))
