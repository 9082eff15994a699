"""Normalising: named rules in order, faults of encoding, and the way back to the source."""

from __future__ import annotations

import pytest

from revtrack.model import Span
from revtrack.text import fold, normalize
from revtrack.text.normal import RULES


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("itâ€™s", "it’s"),
        ("â\x80\x9cYesâ\x80\x9d", "“Yes”"),
        ("â€œYesâ€\x9d", "“Yes”"),
        ("CafÃ©", "Café"),
        ("5 â‚¬ or Â£4", "5 € or £4"),
        ("10Â\u00a0km", "10 km"),
        ("10Â km", "10 km"),
        ("voilÃ ", "voilà"),
        ("Ã la carte", "à la carte"),
        ("ÃƒÂ©tude", "étude"),
        ("Å“uvre", "œuvre"),
        ("hÅ‘s", "hős"),
        ("ÅšlÄ…sk", "Śląsk"),
        ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "привет"),
        ("Î‘Î¸Î®Î½Î±", "Αθήνα"),
        ("ðŸ˜€", "😀"),
        ("ï»¿Start", "Start"),
        ("AT&amp;T", "AT&T"),
        ("AT&amp;amp;T", "AT&T"),
        ("for &x#24;10", "for $10"),
        ("don&#8217;t", "don’t"),
        ("don&amp;#x2019;t", "don’t"),
        ("fish&nbsp;&amp; chips", "fish & chips"),
        ("&lt;b&gt;", "<b>"),
    ],
)
def test_a_fault_of_encoding_is_read_back(shown: str, meant: str) -> None:
    """Mojibake and entities that show fold to what they stand for."""
    assert fold(shown) == fold(meant)
    assert normalize(shown).text == fold(meant)


@pytest.mark.parametrize(
    "text",
    [
        "MANHÃ DE SOL",
        "he asked for “MAÇÃ” and got it",
        "« IL EST LÀ » et voilà\u00a0»",
        "„ÄÖÜ“",
        "“ESPAÑ” stood on the torn sign",
        "the letter Â, the letter Ã, the letter Å.",
        "R&D; Q&A; B&B",
        "a &b; c & d; e",
        "Tom & Jerry &copy that",
        "x &unknown; y",
        "Ελλάδα Ïï",
    ],
)
def test_what_a_writer_may_have_meant_is_no_fault(text: str) -> None:
    """Capitals before quotes, signs of companies and words after an ampersand stay."""
    assert "".join(normalize(text).text.split()) == "".join(
        text.translate(str.maketrans("“”„«»\u00a0", '""""" ')).split()
    )


def test_the_rules_have_names_and_an_order() -> None:
    """Faults are read back before anything that would hide them."""
    assert [name for name, _ in RULES] == [
        "mojibake",
        "entities",
        "spelling",
        "invisible",
        "joiners",
        "composed",
        "dashes",
        "spaces",
    ]


def test_each_character_knows_its_source() -> None:
    """A span of the normal text leads to what it stands for, as it was published."""
    source = "  “Itâ€™s”  e\u0301t\u00ade\ufb03 &amp;amp; so"
    normal = normalize(source)
    assert normal.text == '"It\'s" éteffi & so'
    assert normal.of_source(Span(3, 4)).of(source) == "â€™"
    assert normal.of_source(Span(7, 8)).of(source) == "e\u0301"
    assert normal.of_source(Span(10, 11)).of(source) == "\ufb03"
    assert normal.of_source(Span(8, 10)).of(source) == "t\u00ade"
    assert normal.of_source(Span(14, 15)).of(source) == "&amp;amp;"
    end = normal.of_source(Span(len(normal.text), len(normal.text)))
    assert end == Span(len(source), len(source))
    with pytest.raises(ValueError, match="the span ends at 99"):
        normal.of_source(Span(0, 99))


@pytest.mark.parametrize("text", ["&am" * 50_000 + "p;" * 50_000, "Ã" * 200_000, "&amp;" * 40_000])
def test_faults_upon_faults_come_to_an_end(text: str) -> None:
    """However deep the faults lie, folding takes a few passes, and folding again changes nothing."""
    assert fold(fold(text)) == fold(text)
