"""What is one word."""

from __future__ import annotations

import pytest

from revtrack.text import words

WHOLE = [
    "well-known",
    "don’t",
    "COVID-19",
    "1,234.56",
    "12.5%",
    "$3.5m",
    "US$5m",
    "€1.2bn",
    "5€",
    "2024-05-12",
    "12/05/2024",
    "10:30",
    "-5",
    "+44",
    "20th",
    "1990s",
    "10,000-strong",
    "2024-05-12T10:30:00Z",
    "v2.1.0",
    "٢٥٪",
    "٣٫٥",
    "１２％",
    "U.S.",
    "U.S.-backed",
    "U.S.’s",
    "Ph.D.",
    "a.m.",
    "AT&T",
    "5°C",
    "https://paper.example/a?b=1,2",
    "www.paper.example/x",
    "ftp://paper.example/x",
    "paper.example/news-1",
    "news.paper.se",
    "paper.org",
    "desk@paper.example",
    "@handle",
    "#tag",
    "...",
    "café",
    "cafe\u0301",
    "हिन्दी",
    "می\u200cخواهم",
    "안녕하세요",
    "col·lecció",
    "צה״ל",
    'צה"ל',
    "תל־אביב",
    "ស្ត្រី",
    "ｶﾞｲﾄﾞ",
    "👩🏽\u200d🚀",
    "🇩🇪",
    "1\ufe0f\u20e3",
    "hy\u00adphen",
]


@pytest.mark.parametrize("word", WHOLE)
def test_one_word(word: str) -> None:
    """Numbers with their units, compounds, addresses, abbreviations and graphemes are whole."""
    text = f"so {word} then"
    assert word in [span.of(text) for span in words(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("end.", ["end", "."]),
        ("It sank.they say", ["It", "sank", ".", "they", "say"]),
        ("No.5", ["No", ".", "5"]),
        ("(yes),", ["(", "yes", ")", ","]),
        ("and/or", ["and", "/", "or"]),
        ("2019–20", ["2019", "–", "20"]),
        ("see www.a.example.", ["see", "www.a.example", "."]),
        ("日本 テレビ", ["日", "本", "テレビ"]),
        ("กำลัง", ["กำ", "ลั", "ง"]),
        ("ဗုဒ္ဓ", ["ဗု", "ဒ္ဓ"]),
        ("5年度", ["5", "年", "度"]),
    ],
)
def test_several_words(text: str, parts: list[str]) -> None:
    """Punctuation stands apart, and scripts without spaces are cut by character."""
    assert [span.of(text) for span in words(text)] == parts


@pytest.mark.parametrize(
    "part", ["a.", "1,", "a-", "www.", "https://.", "a@", "'", "\u0301", "\u200d", "$", "@"]
)
def test_long_lines_of_one_sign_end(part: str) -> None:
    """A hundred thousand characters that almost make an address or a number are cut in linear time."""
    text = part * (100_000 // len(part))
    assert words(text)
