"""The report as text: readable without colour, deaf to hostile characters."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from revtrack import report
from revtrack.report.formats import columns
from tests.report.made import Part, hostile_history, revision_of, story

SGR = re.compile(r"\x1b\[(?:31;9|32;4|33;1|1|2|0)m")
PARTS = st.lists(
    st.tuples(st.sampled_from("=-+"), st.text(alphabet="ab \n\x1b\u202eé漢", min_size=1, max_size=30)),
    min_size=1,
    max_size=6,
)


def test_marks_are_readable_without_colour() -> None:
    """Deleted and inserted words stand in brackets, and no escape sequence is written."""
    text = report.text(story())
    assert "[-Crews close-]{+Authority closes+} cranes in Larnby" in text
    assert "Repairs cost [-12-]{+21+} crowns." in text
    assert "\x1b" not in text


def test_colour_only_adds_to_the_text() -> None:
    """With colour the words are the same; deleted ones are struck, inserted ones underlined."""
    coloured = report.text(story(), colour=True)
    assert "\x1b[31;9m[-12-]\x1b[0m\x1b[32;4m{+21+}\x1b[0m" in coloured
    assert SGR.sub("", coloured) == report.text(story())


def test_hostile_text_cannot_drive_the_terminal() -> None:
    """Only the codes of colours that we write ourselves reach the terminal."""
    text = SGR.sub("", report.text(hostile_history(), colour=True))
    acting = [character for character in text if not character.isprintable() and character != "\n"]
    assert acting == []
    assert "␛[31mred␛]0;title␇" in text
    text.encode("utf-8")


@given(PARTS, st.integers(20, 60))
def test_no_line_is_wider_than_the_terminal(parts: list[Part], width: int) -> None:
    """Lines are wrapped, long words broken, wide characters counted as two columns."""
    text = report.text(revision_of(*parts), colour=False, width=width)
    assert max(columns(line) for line in text.splitlines()) <= width


@given(PARTS)
def test_wrapping_loses_no_word(parts: list[Part]) -> None:
    """A narrow page holds the same characters as a wide one, white space and margins apart."""
    revision = revision_of(*parts)
    narrow, wide = (report.text(revision, width=width) for width in (24, 4_000))
    assert "".join(narrow.split()) == "".join(wide.split())


def test_a_revision_without_a_text_change_is_told_in_a_few_lines() -> None:
    """Where nothing changed there is no text to show."""
    text = report.text(revision_of(("=", "One.\n\nTwo.\n\nThree.\n\nFour.")))
    assert text.splitlines()[1] == "No changes."
    assert "4 unchanged paragraphs" in text


def test_columns_count_what_a_terminal_shows() -> None:
    """Wide characters take two columns, combining ones none."""
    assert [columns(text) for text in ("abc", "漢字", "e\u0301", "a\u200db")] == [3, 4, 1, 2]


def test_text_without_spaces_fills_its_lines() -> None:
    """Words that fit no line are broken between characters, without a space put in."""
    revision = revision_of(("=", "漢字" * 20), ("-", "三"), ("+", "四"), ("=", "台"))
    text = report.text(revision, width=30)
    body = text.split("The text, with its changes\n\n")[1].splitlines()
    assert "".join([line.strip() for line in body]) == "漢字" * 20 + "[-三-]{+四+}台"
    assert columns(body[0]) == 30


def test_neighbouring_words_of_one_fate_share_one_style() -> None:
    """A run of deleted words is struck through as one, its spaces included."""
    revision = revision_of(("=", "Kept "), ("-", "two words"), ("=", " kept."))
    assert "Kept \x1b[31;9m[-two words-]\x1b[0m kept." in report.text(revision, colour=True)
