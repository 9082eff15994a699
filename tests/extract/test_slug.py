"""The slug: the words of an address as a variant of the headline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.extract import extract
from revtrack.extract.headlines import slug_of
from revtrack.model import Headline, HeadlineSource

from .pages import STORY, page

CASES = Path(__file__).parent / "cases" / "slugs.txt"


def _cases() -> list[tuple[str, list[str]]]:
    blocks = CASES.read_text(encoding="utf-8").strip().split("\n\n")[1:]
    return [(block.splitlines()[0], block.splitlines()[1:]) for block in blocks]


@pytest.mark.parametrize("lines", [pytest.param(lines, id=name) for name, lines in _cases()])
def test_the_words_of_an_address(lines: list[str]) -> None:
    """Each address in the file gives the words beside it."""
    address, words = [line.partition(":")[2].strip() for line in lines]
    assert (slug_of(address) or "none") == words


@given(st.text() | st.text(alphabet="abc0123/-_.;%?#").map("https://paper.example/".__add__))
def test_any_text_is_an_address_with_words_or_without(address: str) -> None:
    """No address is a crash, and the words stand with single spaces."""
    words = slug_of(address)
    assert words is None or (words == " ".join(words.split()) and words)


def test_the_slug_is_the_last_variant_and_never_the_headline() -> None:
    """The words of the canonical address are a variant, and no headline where nothing else is."""
    head = "<link rel='canonical' href='https://paper.example/news/swing-bridge-shut-till-april-77123'>"
    article = extract(page(STORY, head=head), url="https://paper.example/x/another-way-to-the-page")
    assert article.headlines[-1] == Headline(HeadlineSource.SLUG, "swing bridge shut till april")
    assert article.headline == "Bridge closes for the winter"
    bare = extract(f"<html><head>{head}</head><body><div>{STORY}</div></body></html>")
    assert [one.source for one in bare.headlines] == [HeadlineSource.SLUG]
    assert bare.headline is None


def test_the_address_asked_for_where_the_canonical_one_has_no_words() -> None:
    """A canonical address that is a number says nothing; the address of the page may."""
    head = "<link rel='canonical' href='https://paper.example/77123'>"
    article = extract(page(STORY, head=head), url="https://paper.example/swing-bridge-shut-till-april")
    assert article.headlines[-1].text == "swing bridge shut till april"


def test_a_slug_does_not_make_a_diary_an_article_with_a_headline() -> None:
    """The name of a diary is no headline, whatever its address."""
    html = (
        "<html><head><title>Harbour diary</title></head><body><h1>Harbour diary</h1><div>"
        f"<h3>The bridge is shut</h3>{STORY}</div></body></html>"
    )
    address = "https://diary.example/the-bridge-is-shut"
    assert extract(html, url=address).headline == "The bridge is shut"


def test_a_second_headline_stays_in_the_text_where_it_stands_there() -> None:
    """A line under the headline that JSON-LD states as the alternative one repeats nothing."""
    stated = {"@type": "Article", "alternativeHeadline": "Ferries will run until April"}
    head = f"<script type='application/ld+json'>{json.dumps(stated)}</script>"
    article = extract(page(f"<h2>Ferries will run until April</h2>{STORY}", head=head))
    assert Headline(HeadlineSource.ALTERNATIVE, "Ferries will run until April") in article.headlines
    assert article.text.startswith("Ferries will run until April")
