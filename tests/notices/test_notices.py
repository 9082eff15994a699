"""Finding, reading and attesting notices, case by case."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from revtrack import notices
from revtrack.model import Block, BlockKind, NoticeKind, NoticeTarget
from revtrack.notices.lexicon import choose

FOLDER = Path(__file__).parent / "cases"
FIELD = re.compile(r"^(text|kind|target|label|said|says|dated|acts|count): ?(.*)$", re.MULTILINE)


def _cases() -> list[tuple[str, str, dict[str, str]]]:
    found: list[tuple[str, str, dict[str, str]]] = []
    for path in sorted(FOLDER.glob("*.txt")):
        blocks = re.split(r"^== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
        found += [(path.stem, block.split("\n", 1)[0], dict(FIELD.findall(block))) for block in blocks]
    return found


CASES = _cases()


@pytest.mark.parametrize(
    ("language", "case"),
    [(language, case) for language, _, case in CASES],
    ids=[f"{language}-{title}" for language, title, _ in CASES],
)
def test_golden_notices(language: str, case: dict[str, str]) -> None:
    """Each case gives the notice that is written under it, or none."""
    found = notices.find(case["text"].replace(" ¶ ", "\n\n"), language=language)
    if case["kind"] == "none":
        assert found == ()
        return
    assert found, "no notice was found"
    assert len(found) == int(case.get("count", "1"))
    notice = found[-1]
    assert notice.kind is NoticeKind[case["kind"].upper()]
    read = {
        "target": notice.target.name.lower(),
        "label": notice.label,
        "said": notice.said,
        "says": notice.says,
        "dated": notice.dated and notice.dated.isoformat(),
        "acts": " ".join([act.value for act in notice.acts]),
    }
    assert {name: read[name] for name in read if name in case} == {
        name: None if case[name] == "none" else case[name] for name in read if name in case
    }


def _article(*texts: str) -> list[Block]:
    """Paragraphs; a text that begins with # is a heading."""
    return [
        Block(BlockKind.HEADING, text[1:].strip(), level=2)
        if text.startswith("#")
        else Block(BlockKind.PARAGRAPH, text)
        for text in texts
    ]


STORY = "The council met on Monday and approved the budget for the new bridge over the river."


def _texts(blocks: list[Block], language: str | None = "en") -> list[str]:
    return [notice.text for notice in notices.in_article(blocks, language=language)]


def test_a_heading_takes_the_paragraphs_under_it_along() -> None:
    """What stands under an Update heading belongs to the notice, up to the next heading."""
    blocks = _article(
        STORY, "# Update, 3 May 2021", "First news.", "Second news.", "# Background", STORY
    )
    assert _texts(blocks) == ["Update, 3 May 2021\n\nFirst news.\n\nSecond news."]


def test_a_run_in_label_does_not_swallow_the_story() -> None:
    """A labelled paragraph is the notice; the paragraphs after it are the story."""
    blocks = _article("Correction: An earlier version of this story gave a wrong date.", STORY, STORY)
    assert _texts(blocks) == ["Correction: An earlier version of this story gave a wrong date."]


def test_a_bare_label_above_a_correction_is_one_notice() -> None:
    """A label on a line of its own and the sentence that it announces are one notice."""
    told = "An earlier version of this post gave the fee as 6 percent."
    blocks = _article(STORY, "Correction (26 April 2024)", told, STORY)
    found = notices.in_article(blocks, language="en")
    assert [notice.text for notice in found] == [f"Correction (26 April 2024)\n\n{told}"]
    assert found[0].kind is NoticeKind.CORRECTION


def test_a_notice_inside_a_paragraph_begins_at_its_sentence() -> None:
    """Sentences of the story before a notice do not belong to it."""
    blocks = _article("The bridge is open. This article was corrected to fix the mayor's name.")
    assert _texts(blocks) == ["This article was corrected to fix the mayor's name."]


def test_code_and_embeds_hold_no_notice() -> None:
    """What a program or another page says is not the publication's notice."""
    words = "Correction: An earlier version of this story gave a wrong date."
    assert (
        notices.in_article([Block(BlockKind.CODE, words), Block(BlockKind.EMBED, words)], language="en")
        == ()
    )


def test_the_language_is_guessed_from_the_text() -> None:
    """Without a language the words of the text decide which lexicon reads it."""
    text = "Rettelse: I en tidligere versjon av denne saken sto det at broen er stengt. Det er feil."
    assert [notice.language for notice in notices.find(text)] == ["no"]


def test_a_language_is_guessed_by_how_many_of_its_words_a_text_has_and_not_how_often() -> None:
    """One word of Portuguese twice is less than two of English."""
    assert choose(None, "A remote weir keeps a hidden gate in use to this day.") == "en"
    assert choose(None, "O moinho abriu a porta e a ponte.") == "pt"


@pytest.mark.parametrize("tag", ["en", "en-GB", "EN_us"])
def test_a_language_tag_may_have_a_region(tag: str) -> None:
    """The first part of a language tag chooses the lexicon."""
    assert notices.find("This article was corrected on Friday.", language=tag)


def test_a_language_without_lexicon_is_read_by_its_form() -> None:
    """A label, a date in figures and a colon open a notice whose words nobody understands."""
    text = "Silta on auki. Kaikki on hyvin.\n\nKorjaus 3.5.2021: Sillan nimi on nyt oikein."
    (notice,) = notices.find(text, language="fi")
    assert (notice.label, notice.language) == ("Korjaus", None)
    assert notices.find("Silta on auki kello 10:30.", language="fi") == ()


def test_an_english_notice_on_a_page_in_another_script_is_read() -> None:
    """A translated page keeps its source's notice: there a paragraph in Latin letters is English."""
    blocks = _article(
        "橋は六月にまた開きます。市長は喜んでいます。",
        "Correction: An earlier version of this article misstated the length of the bridge (大橋).",
        "訂正：「北駅」は「南駅」の誤りでした。",
    )
    found = notices.in_article(blocks, language="ja")
    assert [(notice.language, notice.label) for notice in found] == [
        ("en", "Correction"),
        ("ja", "訂正"),
    ]


@pytest.mark.parametrize("language", ["de", "pt", "id"])
def test_an_english_notice_under_an_english_label_is_read_on_any_page(language: str) -> None:
    """Syndicated pages keep the notices of their source, also where no lexicon knows the language."""
    text = "Correction: An earlier version of this article misstated the length of the bridge."
    assert [notice.language for notice in notices.find(text, language=language)] == ["en"]


def test_english_without_a_label_is_not_read_on_a_page_in_latin_letters() -> None:
    """A sentence in English on a German page is a quotation, or a title."""
    text = "An earlier version of this article misstated the length of the bridge."
    assert notices.find(text, language="de") == ()


def test_an_english_label_before_words_of_the_page_is_read_with_the_words_of_the_page() -> None:
    """*Correction* is a French word as well."""
    text = "Correction : les marchés ont reculé de deux points dans la journée."
    assert "en" not in [notice.language for notice in notices.find(text, language="fr")]


def test_the_earlier_headline_is_attested() -> None:
    """The headline is rebuilt with the wrong words in the letter case of the right ones."""
    text = "Update: the original headline read “bridge closes,” but I meant to write “bridge opens.”"
    found = notices.find(text, language="en")
    (attested,) = notices.attest("Bridge Opens After Ten Years", text, found)
    assert (attested.target, attested.text) == (NoticeTarget.HEADLINE, "Bridge Closes After Ten Years")
    assert attested.current == "Bridge Opens After Ten Years"
    assert attested.notice == found[0]


def test_the_earlier_words_are_attested_and_no_sentence_is_made_of_todays() -> None:
    """Of the body the notice attests the wrong words that it gives, and nothing around them."""
    text = (
        "A storm hit the harbour. It sank 45 boats.\n\n"
        "Correction: An earlier version of this story misstated the number of boats. It was 45, not 54."
    )
    (attested,) = notices.attest(None, text, notices.find(text, language="en"))
    assert (attested.current, attested.text) == ("45", "54")


def test_an_ambiguous_place_attests_nothing() -> None:
    """Where the right text stands in two sentences, nothing says which of them was wrong."""
    text = (
        "It sank 45 boats. It damaged 45 houses.\n\n"
        "Correction: An earlier version of this story misstated the number of boats. It was 45, not 54."
    )
    assert notices.attest(None, text, notices.find(text, language="en")) == ()


def test_a_whole_headline_that_is_quoted_is_attested() -> None:
    """A notice that quotes the earlier headline attests it without saying what is right."""
    text = "Correction: The original headline read “Mayor opens the new bridge in June.”"
    (attested,) = notices.attest(
        "Mayor opens the new bridge in July", text, notices.find(text, language="en")
    )
    assert attested.text == "Mayor opens the new bridge in June"
