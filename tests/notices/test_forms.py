"""Forms of notices, in several languages, and what only looks like one of them."""

from __future__ import annotations

import pytest

from revtrack import extract, from_text, notices
from revtrack.model import NoticeAct, NoticeKind, NoticeTarget, Span
from revtrack.notices.attesting import choose, holds

from .tables import table


@pytest.mark.parametrize(("language", "text"), table("notices.table"))
def test_a_notice_is_known_by_its_form(language: str, text: str) -> None:
    """A label has the form of one, or the whole act of speech is there."""
    assert notices.find(text, language=language)


@pytest.mark.parametrize(("language", "text"), table("look_alikes.table"))
def test_what_only_has_the_words_of_a_notice_is_none(language: str, text: str) -> None:
    """A noun that may mean the article beside a verb that may mean a correction is not enough."""
    assert notices.find(text, language=language) == ()


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "This page was published in error. The timetable is elsewhere.", NoticeKind.WITHDRAWAL),
        ("en", "This article has been withdrawn by its authors.", NoticeKind.WITHDRAWAL),
        ("en", "This article has been retracted.", NoticeKind.RETRACTION),
        ("en", "This post has been removed at the request of the family.", NoticeKind.REMOVAL),
        (
            "en",
            "Expression of concern: we are examining the figures in this article.",
            NoticeKind.EXPRESSION_OF_CONCERN,
        ),
        ("en", "This story has been merged into our main report.", NoticeKind.UPDATE),
        ("de", "Dieser Beitrag wurde zurückgezogen.", NoticeKind.WITHDRAWAL),
        ("fr", "Cet article a été retiré.", NoticeKind.WITHDRAWAL),
        ("es", "Este artículo ha sido eliminado.", NoticeKind.REMOVAL),
        ("ja", "この記事は撤回されました。", NoticeKind.RETRACTION),
        ("de", "Dieser Beitrag wurde auf Wunsch des Müllers gelöscht.", NoticeKind.REMOVAL),
        ("nl", "Dit artikel is om juridische redenen verwijderd.", NoticeKind.REMOVAL),
        ("da", "Denne artikel er efter ønske fra mølleren blevet slettet.", NoticeKind.REMOVAL),
        ("ar", "تم حذف هذا المقال بطلب من الصيادين.", NoticeKind.REMOVAL),
        ("es", "Ha sido retirado este artículo por motivos legales.", NoticeKind.WITHDRAWAL),
    ],
)
def test_a_text_given_up_says_how(language: str, text: str, kind: NoticeKind) -> None:
    """Retraction, withdrawal, removal and a move elsewhere speak of the whole article."""
    (notice,) = notices.find(text, language=language)
    assert notice.kind is kind
    if kind is not NoticeKind.EXPRESSION_OF_CONCERN:
        assert notice.wide
        assert {NoticeAct.REMOVED, NoticeAct.RETRACTED} & {*notice.acts}


def test_a_part_taken_out_is_no_text_given_up() -> None:
    """A paragraph that was removed from the article leaves the article where it is."""
    (notice,) = notices.find("A paragraph was removed from this article on 3 May 2024.", language="en")
    assert notice.kind is NoticeKind.CORRECTION
    assert not notice.wide


@pytest.mark.parametrize(
    ("language", "text", "clause"),
    [
        (
            "en",
            "The fire hurt six [an earlier version of this story said ten], two badly.",
            "[an earlier version of this story said ten]",
        ),
        (
            "en",
            "The fire hurt six people. [Corrected from “ten people”.]",
            "[Corrected from “ten people”.]",
        ),
        (
            "en",
            "The fire hurt six — an earlier version of this article said ten — two badly.",
            "— an earlier version of this article said ten —",
        ),
        (
            "en",
            "(Corrects day to Friday from Monday in paragraph 2) The court sits on Friday.",
            "(Corrects day to Friday from Monday in paragraph 2)",
        ),
        (
            "de",
            "Der Brand verletzte sechs [in einer früheren Version dieses Artikels stand zehn] Leute.",
            "[in einer früheren Version dieses Artikels stand zehn]",
        ),
        (
            "fr",
            "L'incendie a fait six blessés (une version précédente de cet article indiquait dix) hier.",
            "(une version précédente de cet article indiquait dix)",
        ),
    ],
)
def test_a_notice_inside_a_sentence_is_its_clause(language: str, text: str, clause: str) -> None:
    """What stands in brackets or between dashes is the notice, and not its sentence."""
    (notice,) = notices.find(text, language=language)
    assert notice.text == clause
    assert notice.span is not None
    assert notice.span.of(text) == clause


@pytest.mark.parametrize(
    ("language", "text", "said", "says"),
    [
        ("en", "Correction: The fire hurt six people, not ten.", "ten", "six"),
        ("en", "Correction: The prize is worth €20m, not €2m as we first reported.", "€2m", "€20m"),
        (
            "en",
            "Correction: An earlier version called the plan 'a farce'. In fact she said 'a risk'.",
            "a farce",
            "a risk",
        ),
        (
            "de",
            "Korrektur: Der Brand verletzte nicht zehn, sondern sechs Menschen.",
            "zehn",
            "sechs Menschen",
        ),
        (
            "pt",
            "Errata: onde se lê “dez feridos”, leia-se “seis feridos”.",
            "dez feridos",
            "seis feridos",
        ),
    ],
)
def test_what_was_wrong_and_what_is_right(language: str, text: str, said: str, says: str) -> None:
    """Numbers in words, single quotation marks and who reported it first are read."""
    (notice,) = notices.find(text, language=language)
    assert (notice.said, notice.says) == (said, says)
    assert notice.candidates[0] == (said, says)


def test_the_captures_choose_among_the_candidates() -> None:
    """The wrong text that the old capture held and the right one that the new one holds win."""
    (notice,) = notices.find(
        "An earlier version of this article said ten people were hurt. Six were.", language="en"
    )
    chosen = choose(notice, "The fire hurt ten people.", "The fire hurt six people.")
    assert chosen.said is not None
    assert holds("The fire hurt ten people.", chosen.said)
    assert choose(notice, "Nothing of it.", "Nothing of it.") == notice


def test_a_notice_on_headline_and_text_has_two_targets() -> None:
    """Where a notice names the article and its headline it speaks of both."""
    (notice,) = notices.find(
        "Correction: An earlier version of this story and its headline said ten were hurt.",
        language="en",
    )
    assert notice.targets == (NoticeTarget.HEADLINE, NoticeTarget.BODY)
    assert notice.target is NoticeTarget.HEADLINE


@pytest.mark.parametrize(
    ("headline", "kind"),
    [
        ("[Updated] Ferry to Velm stops", NoticeKind.UPDATE),
        ("RETRACTED: Tides at Velm", NoticeKind.RETRACTION),
        ("【更新】渡轮停航", NoticeKind.UPDATE),
        ("Ferry to Velm stops (corrected)", NoticeKind.CORRECTION),
        ("Ferry to Velm stops", None),
        ("Update on the ferry to Velm", None),
    ],
)
def test_a_tag_in_the_headline_is_a_notice_without_a_span(
    headline: str, kind: NoticeKind | None
) -> None:
    """A headline's tag says what was done to the article, and a headline without one nothing."""
    language = "zh" if "渡" in headline else "en"
    found = from_text("The ferry stops on Monday.", headline=headline, language=language).notices
    assert [notice.kind for notice in found] == ([] if kind is None else [kind])
    assert all(notice.span is None for notice in found)


PAGE = """<html lang="en"><body><main><article><h1>Ferry to Velm stops</h1><div class="text">
<p>The ferry to Velm stops on Monday for repairs that the harbour office says will take a month.</p>
<p>Two boats from the islands take its place, and tickets that were bought before stay good.</p>
<p>Six people were hurt when the landing stage gave way last week, the office said.</p>{inside}
</div>{after}</article></main><footer><p>Corrections</p><p>© Velm Post</p></footer></body></html>"""
TOLD = "An earlier version of this article said ten people were hurt."


@pytest.mark.parametrize(
    ("inside", "after"),
    [
        ("", f"<footer class='end'><p><em>{TOLD}</em></p></footer>"),
        ("", f"<aside class='box'><h3>Correction</h3><p>{TOLD}</p></aside>"),
        ("", f"<details><summary>Correction</summary><p>{TOLD}</p></details>"),
        ("", f"<section><p>Correction: {TOLD}</p></section>"),
        (f"<aside>Erratum: {TOLD}</aside>", ""),
        ("<div class='c-correction'><p>The stage hurt six people, not ten.</p></div>", ""),
        ("<h3>Corrections and clarifications</h3><ul><li>The stage hurt six, not ten.</li></ul>", ""),
    ],
)
def test_notices_beside_the_text_belong_to_it(inside: str, after: str) -> None:
    """What reads as a notice in the article's footer, asides, boxes and named elements is found."""
    found = extract(PAGE.format(inside=inside, after=after)).notices
    assert len(found) == 1
    assert "ten" in found[0].text


def test_promotion_after_the_text_is_no_notice() -> None:
    """A box that asks for corrections or readers, and the site's own footer, stay out."""
    box = "<aside><h3>Newsletter</h3><p>Sign up for our updates, every morning at seven.</p></aside>"
    article = extract(PAGE.format(inside="", after=box))
    assert article.notices == ()
    assert "Sign up" not in article.text


def test_a_caption_is_searched() -> None:
    """A notice in a caption speaks of the caption, whatever is a block of the text."""
    figure = (
        "<figure><img src='/a.jpg' alt=''><figcaption>The stage in 2021. <i>This caption was amended on"
        " 7 May; an earlier version gave the year as 2019.</i></figcaption></figure>"
    )
    (notice,) = extract(PAGE.format(inside=figure, after="")).notices
    assert notice.target is NoticeTarget.CAPTION
    assert notice.span is None or isinstance(notice.span, Span)
    assert (notice.said, notice.text[:12]) == ("2019", "This caption")


def test_a_notice_of_two_sentences_is_two_sentences_long() -> None:
    """The sentence that confesses and the sentence that apologises are one notice in every script."""
    text = "※5月3日に掲載した内容の一部に誤りがありました。お詫びして訂正します。"
    assert [notice.text for notice in notices.find(text, language="ja")] == [text]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Dieser Beitrag wurde korrigiert und ein Bild gelöscht."),
        ("de", "Dieser Artikel wurde am 3. Mai geändert, ein Name wurde entfernt."),
        ("nl", "Uit dit artikel is op verzoek een naam verwijderd."),
    ],
)
def test_a_page_of_which_a_part_was_removed_is_not_given_up(language: str, text: str) -> None:
    """Something else is between the page and the verb of removing, or the verb is said of that."""
    (notice,) = notices.find(text, language=language)
    assert notice.kind is NoticeKind.CORRECTION
