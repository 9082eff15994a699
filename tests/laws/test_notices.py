"""Notices: what holds for every text and every article."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack import notices
from revtrack.model import Block, BlockKind
from revtrack.notices.grammar import can_fire, fires
from revtrack.notices.judging import judge
from revtrack.notices.lexicon import LANGUAGES, lexicon
from revtrack.notices.phrases import fold
from revtrack.notices.sentence import sentences
from tests.notices.tables import table

LANGUAGE = st.sampled_from([*LANGUAGES, None, "fi", "en-GB"])
# Words of the lexicons between arbitrary characters: texts that look like notices and are none.
SEEDS = sorted({word for name in LANGUAGES for word in (*lexicon(name).words, *lexicon(name).labels)})
SIGNS = st.sampled_from([*' \n:.,“”"«»()[]—', "12:30", "2021"])
PIECE = st.one_of(st.text(max_size=12), st.sampled_from(SEEDS), SIGNS)
TEXT = st.lists(PIECE, max_size=25).map(" ".join)
KNOWN = st.sampled_from(
    [(language, part) for language, text in table("notices.table") for part in text.split("\n")]
)
STORY = ["The ferry left at noon.", "A storm hit the town.", "Nobody was hurt."]
PROSE = st.lists(st.sampled_from(STORY), max_size=4).map(" ".join)
NOTICE = st.sampled_from(
    [
        "Correction: An earlier version of this story misstated the toll. It was 45, not 54.",
        "Update 3 May 2021: The mayor has replied.",
        "This article was amended on 3 May to remove a name.",
    ]
)


@given(TEXT, LANGUAGE)
def test_finding_never_fails_and_spans_lie_in_the_text(text: str, language: str | None) -> None:
    """Whatever the text, each notice is a piece of it, in order, and none is empty."""
    position = 0
    for notice in notices.find(text, language=language):
        assert notice.span is not None
        assert notice.text == notice.span.of(text) != ""
        assert position <= notice.span.start < notice.span.stop <= len(text)
        position = notice.span.stop


@given(TEXT, LANGUAGE)
def test_finding_repeats_exactly(text: str, language: str | None) -> None:
    """The same text gives the same notices."""
    assert notices.find(text, language=language) == notices.find(text, language=language)


@given(st.text(), TEXT, LANGUAGE)
def test_attesting_never_fails(headline: str, text: str, language: str | None) -> None:
    """What is attested differs from what stands there now."""
    for attested in notices.attest(headline, text, notices.find(text, language=language)):
        assert attested.text != attested.current


@given(KNOWN, TEXT)
def test_quick_tests_leave_out_no_notice(known: tuple[str, str], more: str) -> None:
    """Where the slow look finds a notice or a rule fires, the quick ones let the paragraph through."""
    language, said = known
    words = lexicon(language)
    for text in (said, f"{said} {more}", f"{more} {said}"):
        folded = fold(text)
        if judge(text, words, heading=False):
            assert words.sieve.keeps(text)
        if any(fires(sentence) for sentence in sentences(text, folded, words)):
            classes = {name for mark in words.marks(folded) for name in mark.classes}
            assert can_fire(classes, folded)


@given(st.lists(PROSE, max_size=3), NOTICE, st.lists(PROSE, max_size=3))
def test_a_notice_stays_in_its_paragraph(above: list[str], notice: str, below: list[str]) -> None:
    """Prose above and below a notice is no part of it."""
    blocks = [Block(BlockKind.PARAGRAPH, text) for text in (*above, notice, *below)]
    assert [found.text for found in notices.in_article(blocks, language="en")] == [notice]


@given(st.lists(st.one_of(PROSE, NOTICE), max_size=6))
def test_an_article_reads_as_its_text(texts: list[str]) -> None:
    """Paragraph blocks give what the same paragraphs give as bare text, with the same spans."""
    texts = [text for text in texts if text]
    blocks = [Block(BlockKind.PARAGRAPH, text) for text in texts]
    assert notices.in_article(blocks, language="en") == notices.find("\n\n".join(texts), language="en")


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    """A place in the folded copy is the same place in the text."""
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lexicon_can_be_read(language: str) -> None:
    """Each language has labels, words of every class that the grammar asks for, and contrast forms."""
    words = lexicon(language)
    classes = {name for names in words.words.values() for name in names}
    assert {"update", "correction", "clarification", "editors_note"} <= set(words.labels.values())
    assert {"noun", "earlier", "stated", "wrong", "corrected", "updated", "refuse"} <= classes
    assert {"added", "removed", "replaced", "clarify", "changed"} <= classes  # what was done
    assert all(
        form.count("{said}") == 1 and form.count("{says}") == 1
        for forms in words.templates.values()
        for form in forms
    )


LONG = 100_000
HOSTILE = [
    "(" * LONG,
    "“" * LONG,
    "update " * (LONG // 7),
    "correction: " * (LONG // 12),
    "an earlier version of this article " * (LONG // 35),
    "12:30 " * (LONG // 6),
    "update 1 " + "may " * (LONG // 4),
    "we said that " * (LONG // 13),
    "it is a, not b, not " * (LONG // 20),
    " " * LONG + "update",
    "misspelled as " * (LONG // 14),
    "An earlier version misspelled " + "Aa " * (LONG // 6) + "as " + "Bb " * (LONG // 6),
    "An earlier version said " + "1-" * (LONG // 2) + ". It is 2.",
    "An earlier version said a 1; " + "it is 2; " * (LONG // 9),
    "An earlier version said " + "a b 1. " * (LONG // 7),
    "Faults (" + "added " * (LONG // 6) + "3 May 2021)",
    "Updates " + "(added 3 May 2021) " * (LONG // 20),
    "Aa " * (LONG // 3) + "incorrectly stated this article",
    "we " * (LONG // 6) + "x " * 99 + "said " * (LONG // 10),
    "This article misstated it. " * (LONG // 27),
    "This article misstated " * (LONG // 46) + "x " * 99 + "name " * (LONG // 10),
    "An earlier version said that " + "a " * (LONG // 4) + ". In fact " + "a b " * (LONG // 8),
]


@pytest.mark.parametrize("line", HOSTILE, ids=[line.strip()[:20] for line in HOSTILE])
def test_hostile_lines_cost_no_more_than_their_length(line: str) -> None:
    """Twice as long a line takes about twice as many steps, counted as executed lines of Python."""
    steps = [_steps(line[: len(line) // 8]), _steps(line[: len(line) // 4])]
    assert steps[1] <= 2.5 * steps[0] + 2_000


def _steps(line: str) -> int:
    count = 0

    def trace(*_: object) -> object:
        nonlocal count
        count += 1
        return trace

    previous = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type] # a tracer that only counts
    try:
        notices.find(line, language="en")
    finally:
        sys.settrace(previous)
    return count
