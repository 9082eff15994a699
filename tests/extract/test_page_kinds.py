# ruff: noqa: E501, ISC004 - boxes as sites write them, each in a line
"""Kinds of pages whose text was lost, or let in what comes and goes."""

from __future__ import annotations

import pytest

import revtrack
from revtrack.extract import extract
from revtrack.extract.labels import without_counter
from revtrack.extract.pleas import is_plea
from revtrack.remarks import RemarkKind

from .pages import PARAGRAPHS, STORY, page

TEXT = "\n\n".join(PARAGRAPHS)
REST = "".join(
    f"<p>The {n}th sluice of the canal is older than its keepers, who told so.</p>" for n in range(9)
)
LONG = "".join(f"<p>{PARAGRAPHS[n % 3]} This is part {n} of the account.</p>" for n in range(9))


@pytest.mark.parametrize(
    "names",
    [
        "story sc-ad-container",
        "field label-visually_hidden",
        "share sharebar",
        "related-topics",
        "texte cookie-consent",
        "artikel sidebar-grid",
    ],
)
@pytest.mark.parametrize("inside", [True, False])
def test_a_furniture_word_on_the_element_with_the_article_is_none(names: str, *, inside: bool) -> None:
    """What holds the text under the headline is no furniture, whatever else its name says."""
    heading = "<h1>Bridge closes for the winter</h1>"
    body = f"<div class='{names}'>{heading if inside else ''}{LONG}</div>"
    blurb = "<div><p>Ninety years of news for both banks of the harbour.</p></div>"
    found = extract(
        f"<html><body><main>{'' if inside else heading}{body}{blurb}</main></body></html>"
    ).text
    assert "part 0 of the account" in found
    assert "part 8 of the account" in found


def test_a_related_list_beside_a_short_article_stays_out() -> None:
    """The text under the headline comes first: a long list named related is none of it."""
    article = f"<article><h1>Bridge closes</h1><p>{PARAGRAPHS[0]}</p></article>"
    found = extract(
        f"<html><body><main>{article}<div class='related'>{LONG}</div></main></body></html>"
    )
    assert found.text == PARAGRAPHS[0]


@pytest.mark.parametrize("end", ["</body></html>", "</BODY></HTML>", "</html>", "</html\n>"])
def test_text_after_an_early_end_is_read(end: str) -> None:
    """Browsers go on after an end tag that stands too early."""
    head = "<html><body><nav><a href='/'>Home</a></nav>"
    found = extract(f"{head}{end}<div><h1>Bridge closes</h1>{STORY}</div></body></html>")
    assert found.text == TEXT


@pytest.mark.parametrize("tag", ["nav class='navbar'", "li", "button", "footer"])
def test_a_menu_that_is_never_closed_holds_the_article(tag: str) -> None:
    """An element that holds the headline and most of the page's text is no menu."""
    found = extract(
        "<html><body><div><p>Cranes and ferries since 1990, day by day.</p></div>"
        f"<{tag}><a href='/'>Home</a><div><h1>Bridge closes for the winter</h1>{LONG}</div></body></html>"
    )
    assert "part 8 of the account" in found.text


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("Related costs of the quay", "related-costs-of-the-quay"),
        ("Menü wird im Hafen teurer", "menu-wird-im-hafen-teurer"),
        ("Le menu change à l’auberge", "le_menu_change_a_l_auberge"),
        ("Lind promoted the plan", "h-lind-promoted-the-plan"),
    ],
)
def test_an_id_made_of_the_heading_says_nothing(heading: str, slug: str) -> None:
    """A slug repeats the words of the heading in the section."""
    section = f"<section id='{slug}'><h2>{heading}</h2><p>{PARAGRAPHS[1]}</p></section>"
    assert heading in extract(page(STORY + section)).text


@pytest.mark.parametrize(
    ("heading", "slug"),
    [("You might also like these", "you-might-also-like-these"), ("Related", "related")],
)
def test_a_label_with_its_id_is_furniture(heading: str, slug: str) -> None:
    """A heading that is a label of furniture makes no slug of the id."""
    section = f"<section id='{slug}'><h2>{heading}</h2><p>{PARAGRAPHS[1]}</p></section>"
    assert extract(page(STORY + section)).text == TEXT


@pytest.mark.parametrize("count", [2, 4, 14])
def test_a_body_in_several_containers_of_one_class_is_one(count: int) -> None:
    """Full-width advertisements part the text; all parts are the article."""
    part = "<div class='sidebar-grid'><div class='article__content'><p>{} In part {}.</p></div></div>"
    parts = "<div class='ad'>Ad</div>".join(part.format(PARAGRAPHS[0], n) for n in range(count))
    assert len(extract(page(parts)).blocks) == count


@pytest.mark.parametrize(
    "box",
    [
        "<p class='standfirst'>{}</p><div>By <a href='/mq'>Mara Quill</a></div>",
        "<div>{}</div><ul><li><button>Share</button></li></ul>",
    ],
)
def test_a_standfirst_beside_the_headline_is_compared(box: str) -> None:
    """A sentence under the headline, in the headline's own header, is part of the article."""
    sides = [
        page("")
        .replace(
            "</h1>",
            f"</h1>{box.format(f'{count} people were hurt at the depot on Monday, the office says.')}</header>"
            f"<div class='story-body' itemprop='articleBody'>{STORY}</div>",
        )
        .replace("<h1>", "<header><h1>")
        for count in ("Nine", "Four")
    ]
    (edit,) = revtrack.compare(*sides).edited
    assert "Four" in (edit.new or "")


def test_links_and_shares_under_the_headline_are_no_standfirst() -> None:
    """What leads elsewhere, or is a time, sums nothing up."""
    header = (
        "<header><h1>Bridge closes for the winter</h1><p>Read on for all that we know about it "
        "<a href='/x'>in our overview</a> of the week</p><div>6 May 2031, 10:30, updated at 11:45 by the "
        "desk of the paper</div></header>"
    )
    found = extract(
        f"<html><body><article>{header}<div class='story-body'>{STORY}</div></article></body>"
    )
    assert found.text == TEXT


@pytest.mark.parametrize(
    "box",
    [
        "<div><h4>Morning letter</h4><p>The harbour in your hands at seven.</p><input type='email'></div>",
        "<div><p>The harbour lamp</p><p>€ 59,90</p></div>",
        "<div><p>Create an account or sign in to read more articles per month.</p></div>",
        "<div><p>Jetzt anmelden und mit Ihrem Konto weiterlesen</p></div>",
        "<div><p>Ce contenu est bloqué. Acceptez les cookies pour l'afficher, selon vos choix.</p></div>",
        "<div><p>Este vídeo no se pudo cargar. Actualiza tu navegador.</p></div>",
        "<p>Ik geef toestemming dat externe inhoud van derden geladen wordt en cookies worden geplaatst "
        "door u.</p>",
        "<div style='display:none'><p>Printed for you alone from the harbour paper.</p></div>",
    ],
)
def test_boxes_of_the_site_stay_out(box: str) -> None:
    """A field, a price or a plea makes a short box the site's own."""
    found = extract(page(STORY + box + REST))
    assert found.text == extract(page(STORY + REST)).text
    assert len(found.blocks) == 12


@pytest.mark.parametrize(
    "box",
    [
        "<div><h3>The bridge in figures</h3><p>Built in 1911, 60 metres long.</p></div>",
        "<div><p>The court fined the firm for using personal data of its subscribers.</p></div>",
        "<div><p>Die Cookies der Behörde waren Thema im Rat.</p></div>",
        "<div><p>Le prix est de 4 euros par jour.</p></div>",
    ],
)
def test_fact_boxes_stay_in(box: str) -> None:
    """A short box that asks the reader for nothing is part of the article."""
    assert len(extract(page(LONG + box + REST)).blocks) > 18


@pytest.mark.parametrize(
    "text",
    [
        "She signed up for the army and kept an account of it.",
        "Users log in less often, the report says.",
    ],
)
def test_sentences_on_accounts_are_no_pleas(text: str) -> None:
    """Two words of the matter in a sentence of the story ask nobody for anything."""
    assert not is_plea(text)


@pytest.mark.parametrize(
    ("caption", "words"),
    [
        ("1/12 The reading room", "The reading room"),
        ("3 of 12 The reading room", "The reading room"),
        ("Bild 3 von 12: Der Lesesaal", "Der Lesesaal"),
        ("La salle de lecture. Photo 2/9", "La salle de lecture."),
        ("(4/7) Читальный зал", "Читальный зал"),
        ("The reading room (4/7)", "The reading room"),
        ("3/4 of the roof was gone", "3/4 of the roof was gone"),
        ("1 of 3 who came", "1 of 3 who came"),
        ("The towers on 9/11", "The towers on 9/11"),
        ("Sie verloren 2 von 3", "Sie verloren 2 von 3"),
    ],
)
def test_a_place_among_pictures_is_no_caption(caption: str, words: str) -> None:
    """A counter at either end of a caption belongs to the player; a fraction to the sentence."""
    assert without_counter(caption) == words


@pytest.mark.parametrize("ending", ["", "<h4>Short</h4>"])
def test_sentences_set_as_headings_are_text(ending: str) -> None:
    """A heading that is as long as a sentence and ends as one is read, also at the end."""
    headings = "".join(f"<h4>{text}</h4>" for text in PARAGRAPHS)
    assert len(extract(page(STORY + headings + ending)).blocks) == 6


@pytest.mark.parametrize(
    "end",
    [
        "The repairs will be done by the harbour's own…",
        "To read the rest of this story, log in or subscribe.",
        "Melden Sie sich mit Ihrem Konto an.",
        "Réservé à nos abonnés.",
    ],
)
def test_a_beginning_before_a_gate_was_captured_less(end: str) -> None:
    """A text that breaks off inside a sentence, or in words on an account, removes nothing."""
    last = "The repairs will be done by the harbour's own smiths, who begin after the fair."
    whole = page(f"{LONG}<p>{last}</p>{REST}")
    part = page(f"{LONG}<p>{end}</p>")
    revision = revtrack.compare(whole, part)
    assert not revision.removed
    assert RemarkKind.CAPTURED_LESS in [remark.kind for remark in revision.remarks]


def test_the_end_of_an_article_that_was_taken_out_is_removed() -> None:
    """A shorter text that ends as a sentence does was cut by an editor."""
    assert revtrack.compare(page(LONG + STORY), page(STORY)).removed
