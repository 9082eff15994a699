"""Where sentences begin and end."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import sentencex

from revtrack.text import segment, sentences


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


@pytest.mark.parametrize(
    ("text", "language", "first"),
    [
        ("Det koster 3 mill. kroner. Det er dyrt.", "no", "Det koster 3 mill. kroner."),
        ("To 20 proc. łodzi. Dużo.", "pl", "To 20 proc. łodzi."),
        ("Es ist der 3. Umbau. Er ist neu.", "de", "Es ist der 3. Umbau."),
        ("A 3. emelet régi. A ház új.", "hu", "A 3. emelet régi."),
        ("Er ist 45. Das Haus ist alt.", "de", "Er ist 45."),
        ("Sie wurde Zweite vor Boot 3. Er ging.", "de", "Sie wurde Zweite vor Boot 3."),
        ("Das Fest beginnt am 3. Der Eintritt ist frei.", "de", "Das Fest beginnt am 3."),
        ("He is the 3. She left.", "en", "He is the 3."),
    ],
)
def test_the_full_stop_of_a_number_ends_no_sentence(text: str, language: str, first: str) -> None:
    """An ordinal behind an article goes on, and so does a number before a small letter."""
    assert _cut(text, language)[0] == first


@pytest.mark.parametrize("part", ['"', "(", "a.", "Mr. ", "Ms. ", "…", "\n\n", "“a.” ", "1. ", "?!"])
def test_long_lines_of_one_sign_end(part: str) -> None:
    """A hundred thousand characters that might each end a sentence are cut in linear time."""
    text = part * (100_000 // len(part))
    assert "".join("".join(_cut(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("“I say it, he said. ", "en"),
        ("„Ich sage es, rief er. ", "de"),
        ("«Yo lo digo, gritó. ", "es"),
        ("It began on Jan. 3, 2024, at 3:45 p.m. EST ", "en"),
        ("「そう言った。", "ja"),
        ("The keeper waited at the lock. ", "en"),
    ],
)
def test_a_long_paragraph_is_cut_a_window_at_a_time(
    sentence: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a paragraph repeats, no more than a window is given to sentencex, and all is covered."""
    given: list[int] = []

    def counted(tag: str, text: str) -> list[str]:
        given.append(len(text))
        return list(sentencex.segment(tag, text))

    monkeypatch.setattr(segment, "sentencex", SimpleNamespace(segment=counted))
    totals = []
    for times in (2_000, 4_000, 8_000):
        given.clear()
        text = sentence * times
        spans = sentences(text, language=language)
        assert "".join([span.of(text) for span in spans]).replace(" ", "") == text.replace(" ", "")
        assert max(given) <= 8_192
        totals.append(sum(given))
    assert totals[2] <= 4.8 * totals[0]


@pytest.mark.parametrize("language", ["en", "de", "fr"])
def test_windows_change_no_boundary(language: str) -> None:
    """A long text of ordinary sentences is cut as its sentences are, wherever the windows end."""
    one = ["The keeper counted 3.5 boats.", "“Nobody came,” she said.", "Was it so?", "It was!"]
    text = " ".join([one[number * number % 4] for number in range(3_000)])
    assert _cut(text, language) == [one[number * number % 4] for number in range(3_000)]


@pytest.mark.parametrize("language", ["\ud800", "e\0n", "日本", "-", "🙂", "en\n"])
def test_a_language_that_is_none_is_read_as_english(language: str) -> None:
    """A tag that no registry could hold is an unknown language."""
    assert _cut("One. Two.", language) == ["One.", "Two."]
