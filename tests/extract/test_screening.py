"""Screening: captures that hold no article, each with its reason."""

from __future__ import annotations

import gzip

import pytest

from revtrack.errors import ExtractionError
from revtrack.extract import extract
from revtrack.extract.page import MAX_BYTES
from revtrack.model import ScreenReason

from .pages import PARAGRAPHS, STORY, page


@pytest.mark.parametrize(
    ("capture", "reason"),
    [
        (b"", ScreenReason.EMPTY),
        (b" \r\n\t", ScreenReason.EMPTY),
        (b"\0\0\0", ScreenReason.EMPTY),
        (b"<!-- nothing -->", ScreenReason.EMPTY),
        (b"%PDF-1.7\n1 0 obj", ScreenReason.NOT_HTML),
        (b"\x89PNG\r\n\x1a\n\0\0", ScreenReason.NOT_HTML),
        (gzip.compress(b"<p>page</p>", mtime=0), ScreenReason.NOT_HTML),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", ScreenReason.NO_ARTICLE),
        (b"<html><body><div id='root'></div><script src='/app.js'></script>", ScreenReason.NO_ARTICLE),
        (b"<div>" * 5_000, ScreenReason.TOO_DEEP),
    ],
)
def test_each_reason(capture: bytes, reason: ScreenReason) -> None:
    """What holds no article is refused with its reason and the address of the page."""
    with pytest.raises(ExtractionError) as caught:
        extract(capture, url="https://paper.example/b")
    assert caught.value.reason is reason
    assert caught.value.url == "https://paper.example/b"


def test_a_page_beyond_the_bound_is_refused() -> None:
    """The largest page that is read is stated, and one byte more is refused."""
    with pytest.raises(ExtractionError, match="67,108,864"):
        extract(b"<p>" + b"x" * MAX_BYTES)


@pytest.mark.parametrize("page_given", [None, 3, ["<p>x</p>"], object()])
def test_wrong_arguments_are_named(page_given: object) -> None:
    """Anything but bytes, text or a snapshot is a TypeError that names the argument."""
    with pytest.raises(TypeError, match="page"):
        extract(page_given)  # type: ignore[arg-type]  # that is the point


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 900,
        "<b>" * 1_500 + "x",
        "<p " + " ".join(f"a{number}=1" for number in range(60_000)) + ">x</p>",
        "<p " + " ".join(f"a{number}" for number in range(60_000)) + ">x</p>",
        "<a href='/x'>" * 5_000,
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


def test_an_entity_bomb_is_no_bomb() -> None:
    """Entities that a page declares are not expanded."""
    bomb = '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    assert len(extract(bomb + page(STORY + "<p>&b;&b;&b;</p>")).text) < 400
