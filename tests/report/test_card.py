"""Cards: pictures of one change whose words are those of the article, in the file's description too."""

from __future__ import annotations

import re
import sys
import zlib
from importlib.util import find_spec

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from revtrack.changes.kinds import Nature, TextRemoved
from revtrack.errors import MissingExtraError
from revtrack.report.card import MOST_COLUMNS, Card, _parts, cards
from revtrack.report.formats import columns
from revtrack.report.marks import Mark, Quoted, Run, escape_controls_strictly
from tests.report.made import HOSTILE, every_change, hostile_history, revision_of, story

typeset = pytest.mark.skipif(find_spec("typst") is None, reason="the extra card is not installed")
SHAPES = {"svg", "title", "g", "path", "use", "defs", "symbol", "clipPath", "image"}


def description(picture: bytes) -> str:
    """The description in a PNG whose chunks are sound and whose size is that of a card."""
    assert picture[16:24] == (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")
    place, found = 8, {}
    while place < len(picture):
        size = int.from_bytes(picture[place : place + 4], "big")
        chunk = picture[place + 4 : place + 8 + size]
        assert picture[place + 8 + size : place + 12 + size] == zlib.crc32(chunk).to_bytes(4, "big")
        found[chunk[:4]] = chunk[4:]
        place += 12 + size
    assert chunk[:4] == b"IEND"
    keyword, text = found[b"iTXt"].split(b"\0\0\0\0\0")
    assert keyword == b"Description"
    return text.decode()


def title(card: Card) -> str:
    """The title of an SVG that holds shapes alone and loads nothing."""
    root = etree.fromstring(card.picture)
    names = {etree.QName(one).localname for one in root.iter()}
    links = [value for one in root.iter() for name, value in one.items() if name.endswith("href")]
    assert names <= SHAPES
    assert all(link.startswith(("#", "data:image/")) for link in links)
    assert (root.get("width"), root.get("height"), root.get("role")) == ("1200", "630", "img")
    return root.findtext("{*}title") or ""


@typeset
def test_every_kind_of_change_has_a_card() -> None:
    """Hostile or not, a PNG has the alternative text as its description."""
    revision = hostile_history().revisions[0]
    for number in range(1, len(every_change()) + 1):
        (card,) = cards(revision, change=number)
        assert description(card.picture) == card.text
        assert card.text.isprintable()


@typeset
def test_the_gravest_change_is_shown() -> None:
    """An undisclosed one before others; its words, time and place are in the text."""
    (card,) = cards(story().revisions[1], form="svg")
    assert title(card) == card.text
    assert card.text.startswith(
        "A paragraph was removed; it is not explained by any correction notice."
    )
    assert "Removed “An engineer had warned of the cracks in April.”" in card.text
    assert "(ledger.example, between 5 March 2024, 12:40 and 6 March 2024, 07:40 UTC, " in card.text
    (other,) = cards(story().revisions[1], change=2)
    assert "“Repairs cost 12 crowns.” → “Repairs cost 21 crowns.”" in other.text


@typeset
@settings(max_examples=10)
@given(st.text(max_size=60))
def test_hostile_text_stays_text(words: str) -> None:
    """Any words are drawn as shapes, and are the file's title to the letter."""
    change = TextRemoved(
        old=f"{HOSTILE} #panic() {words}", new=None, rule="r", nature=Nature.CONTENT, substantive=True
    )
    revision = attrs.evolve(revision_of(("=", words)), changes=(change,))
    (card,) = cards(revision, form="svg")
    assert title(card) == card.text


@given(
    st.lists(st.tuples(st.sampled_from(Mark), st.text(max_size=30) | st.text("ab 水", max_size=3_000)))
)
def test_a_thread_has_every_word_once(said: list[tuple[Mark, str]]) -> None:
    """The words of all parts, one after another, are the whole; no part has more than fits."""
    runs = tuple([Run(mark, text) for mark, text in said])
    parts = _parts([Quoted("", runs)])
    found = [run for part in parts for paragraph in part for run in paragraph]
    assert "".join([run.text for run in found]) == "".join(
        [re.sub(r"\s+", " ", escape_controls_strictly(run.text)) for run in runs]
    )
    for part in parts:
        assert sum([columns(run.text) for paragraph in part for run in paragraph]) <= MOST_COLUMNS


@typeset
def test_long_words_are_abridged_or_a_thread() -> None:
    """One card ends with an ellipsis; the cards of a thread are numbered, each with its own words."""
    change = TextRemoved(old="水" * 1_000, new=None, rule="r", nature=Nature.CONTENT, substantive=True)
    revision = attrs.evolve(revision_of(("=", "Text.")), changes=(change,))
    (card,) = cards(revision)
    assert f"“{'水' * (MOST_COLUMNS // 2)}…”" in card.text
    thread = cards(revision, thread=True)
    assert [one.text.partition(":")[0] for one in thread] == [f"{n} / 4" for n in range(1, 5)]
    assert sum([one.text.count("水") for one in thread]) == 1_000


def test_what_is_not_there_has_no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that no change has, a revision without changes, and an extra that is missing."""
    revision = story().revisions[1]
    for wrong in (0, 3):
        with pytest.raises(ValueError, match=f"no change {wrong}: the revision has 2"):
            cards(revision, change=wrong)
    with pytest.raises(ValueError, match="no change to show on a card"):
        cards(revision_of(("=", "Text.")))
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtraError, match=r"revtrack\[card\]"):
        cards(revision)
