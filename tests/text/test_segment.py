"""Where sentences begin and end."""

from __future__ import annotations

import pytest

from revtrack.text import sentences


def _cut(text: str, language: str | None = None) -> list[str]:
    return [span.of(text) for span in sentences(text, language=language)]


def test_abbreviations_and_numbers_do_not_end_a_sentence() -> None:
    """Titles, initials and decimals stay inside, a paragraph break parts, white space is left out."""
    text = "  Dr. Lind paid $3.5m. She left at 5 p.m. on Jan. 5.\n\nNext "
    assert _cut(text) == ["Dr. Lind paid $3.5m.", "She left at 5 p.m. on Jan. 5.", "Next"]


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("市長は辞任した。後任は未定だ。", "ja", 2),
        ("Er kam z. B. gestern. Sie ging.", "de-AT", 2),
        ("One. Two.", "xx", 2),
        ("One. Two.", "", 2),
        ("", "en", 0),
        (" \n ", None, 0),
        ("a\ud800b. Next one.", None, 2),
    ],
)
def test_languages_and_odd_texts(text: str, language: str | None, count: int) -> None:
    """A language tag with a region, an unknown or empty one, nothing, and lone surrogates all work."""
    assert len(_cut(text, language)) == count


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("“We go,” said Ms. Lund. He left.", "en", "“We go,” said Ms. Lund."),
        ("Il a salué M. Dupont. Il part.", "fr", "Il a salué M. Dupont."),
        ("On cite (MM. Roux et Petit) ici. Il part.", "fr", "On cite (MM. Roux et Petit) ici."),
        ("Przyszedł św. Jan. Poszedł.", "pl", "Przyszedł św. Jan."),
        ("It ends with Ms.\nLund came.", "en", "It ends with Ms."),
    ],
)
def test_a_title_before_a_name_ends_no_sentence(text: str, language: str, first: str) -> None:
    """*Ms. Lund* and *M. Dupont* are names; a line that ends with a title is a line."""
    assert _cut(text, language)[0] == first


def test_a_text_that_is_no_string_is_refused() -> None:
    """Bytes are a TypeError that says so."""
    with pytest.raises(TypeError, match="text must be a string, not bytes"):
        sentences(b"One.")  # type: ignore[arg-type]  # the refusal is the subject


@pytest.mark.parametrize("part", ['"', "(", "a.", "Mr. ", "Ms. ", "…", "\n\n", "“a.” ", "1. ", "?!"])
def test_long_lines_of_one_sign_end(part: str) -> None:
    """A hundred thousand characters that might each end a sentence are cut in linear time."""
    text = part * (100_000 // len(part))
    assert "".join("".join(_cut(text)).split()) == "".join(text.split())
