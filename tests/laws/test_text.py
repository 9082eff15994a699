"""Folding, sentences and words: what holds for every text."""

from __future__ import annotations

import itertools
import unicodedata

from hypothesis import assume, example, given
from hypothesis import strategies as st

from revtrack.model import Span
from revtrack.text import fold, normalize, sentences, words
from revtrack.text.faults import has_fault
from revtrack.text.lexing import _full_pattern, _simple_pattern, lexemes, placed_words

TEXTS = st.one_of(
    st.text(),
    st.text(alphabet="aé ef\u0301\u2019\u201c\u2026.\u00a0\u00ad\u200b\u200c\u200dکمी👩🚀🇩🇪1,%$-\n"),
    st.text(alphabet="The man paid $3.5m (12.5%) on 2024-05-12, don't! ab@c.de U.S.  "),
)
NUMBERS = st.one_of(
    st.integers(min_value=0, max_value=10**9).map("{:,}".format),
    st.decimals(min_value=0, max_value=1000, places=2).map(str),
    st.integers(min_value=0, max_value=100).map("{}%".format),
    st.integers(min_value=1, max_value=999).map("${}m".format),
    st.dates().map(str),
    st.times().map("{:%H:%M}".format),
)


def _covered(text: str, spans: tuple[Span, ...]) -> str:
    return "".join([span.of(text) for span in spans])


@given(TEXTS)
@example("\u0300\u200d\u0300")
def test_folding_is_idempotent(text: str) -> None:
    """Folding what is folded changes nothing."""
    assert fold(fold(text)) == fold(text)


FAULTY = st.text(alphabet="&am;p#8203lthxX1 Â Ã\u00a0â€™©\u200b\u00ad\u037eÄÐ¸“\u0301e\u200c")
LETTERS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéèàüñçßøåæłśžű", min_size=1)


def _misread(text: str) -> str:
    """Bytes in UTF-8, read as windows-1252 the way browsers do."""
    return "".join(
        [bytes([code]).decode("cp1252", "ignore") or chr(code) for code in text.encode("utf-8")]
    )


@given(st.one_of(TEXTS, FAULTY))
@example("&am&#8203;p;lt;")
def test_the_form_with_a_way_back_is_the_folded_text(text: str) -> None:
    """The rules one by one give what folding gives, and folding twice changes nothing."""
    normal = normalize(text)
    assert normal.text == fold(text) == fold(fold(text))
    assert len(normal.starts) == len(normal.stops) == len(normal.text)
    assert list(normal.starts) == sorted(normal.starts)
    assert all(start < stop for start, stop in zip(normal.starts, normal.stops, strict=True))


@given(st.one_of(TEXTS.filter(lambda text: not has_fault(text)), LETTERS.map(_misread)))
def test_each_word_leads_back_to_what_reads_like_it(text: str) -> None:
    """The part of the source that a word of the normal text stands for folds to that word."""
    normal = normalize(text)
    position = 0
    for word in normal.text.split(" "):
        if word:
            span = normal.of_source(Span(position, position + len(word)))
            assert fold(span.of(text)) == word
        position += len(word) + 1


@given(st.lists(st.one_of(LETTERS, st.sampled_from(["it’s", "“so”", "–", "5 €", "wait…", "10°"]))))
def test_a_text_that_was_misread_folds_like_what_was_meant(words_: list[str]) -> None:
    """Mojibake and entities encoded once too often are no change."""
    text = " ".join(words_)
    assert fold(_misread(text)) == fold(text)
    assert fold(text.replace("’", "&#8217;").replace("é", "&amp;eacute;")) == fold(text)


@given(TEXTS)
def test_normal_forms_fold_alike(text: str) -> None:
    """A text and its composed and decomposed forms are one text."""
    assert (
        fold(unicodedata.normalize("NFD", text))
        == fold(unicodedata.normalize("NFC", text))
        == fold(text)
    )


@given(
    st.text(alphabet="ab9 ?%-.'\""),
    st.sampled_from([("'", "\u2019"), ('"', "\u201c"), (" ", "\u00a0")]),
)
def test_spellings_of_quotes_and_spaces_fold_alike(text: str, pair: tuple[str, str]) -> None:
    """Curly quotes and unbreakable spaces read like straight quotes and spaces."""
    assert fold(text.replace(*pair)) == fold(text)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_folding_touches_only_white_space_of_plain_text(text: str) -> None:
    """Case, digits, question marks, percent and minus signs are never folded away."""
    assume("--" not in text)  # a dash, as typewriters have it
    assert fold(text).split() == text.split()


@given(TEXTS)
def test_sentences_cover_every_character_that_shows(text: str) -> None:
    """Spans are in order, do not overlap, have no white space at their ends, and lose nothing."""
    spans = sentences(text)
    assert all(one.stop <= two.start for one, two in itertools.pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
    assert "".join(_covered(text, spans).split()) == "".join(text.split())


@given(TEXTS)
def test_words_cover_every_character_that_shows(text: str) -> None:
    """Spans are in order, do not overlap, hold no white space, and lose nothing."""
    spans = words(text)
    assert all(one.stop <= two.start for one, two in itertools.pairwise(spans))
    assert _covered(text, spans) == "".join(text.split())


@given(NUMBERS, st.sampled_from([" ", "(", "“", "was "]), st.sampled_from([" ", ")", "”", ", ", ". "]))
def test_numbers_are_one_word(number: str, left: str, right: str) -> None:
    """Grouped numbers, decimals, percentages, amounts, dates and times are never split."""
    text = f"{left}{number}{right}then"
    assert number in [span.of(text) for span in words(text)]


@given(st.text(alphabet="e\u0301\u0323a क्षि👩👍🏽 \u200d\ufe0f🚀"))
def test_no_word_begins_inside_a_grapheme(text: str) -> None:
    """A mark, a joiner or a skin tone stays with what stands before it."""
    for span in words(text):
        first = text[span.start]
        before = text[span.start - 1 : span.start]
        inside = unicodedata.category(first) in {"Mn", "Mc", "Me"} or first in "\u200d🏽"
        assert not (inside and before and not before.isspace())


@given(st.text(alphabet="ab1.5,%$€-'’&@#/:(é—“… \n_"))
def test_the_pattern_for_latin_text_agrees_with_the_one_for_every_script(text: str) -> None:
    """The fast path finds the same words as the full one."""
    assert _simple_pattern().findall(text) == _full_pattern().findall(text)


@given(TEXTS)
def test_words_cut_chunk_by_chunk_are_those_of_the_whole_text(text: str) -> None:
    """No word reaches over white space, so the fast way finds what one pass of the pattern finds."""
    found = list(_full_pattern().finditer(text))
    assert placed_words(text) == ([m.start() for m in found], [m.group() for m in found])
    assert lexemes(text) == [m.group() for m in found]
