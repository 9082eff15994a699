"""What of the blocks in the article's element is the article."""

from __future__ import annotations

import pytest

from revtrack.extract import extract

from .pages import PARAGRAPHS, STORY, page

TEXT = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "<p><strong>Related article: <a href='/x'>The mill at Skelness is sold again</a></strong></p>",
        "<p>Siehe auch: <a href='/x'>Die Mühle von Skelness ist wieder verkauft worden</a></p>",
        "<p>Topics: <a href='/b'>bridges</a>, <a href='/s'>shops</a>, <a href='/w'>winter</a></p>",
        "<div>KEYWORDS: <a href='/b'>bridges</a>,<a href='/s'>shops</a></div>",
        "<p>Lire aussi : <a href='/x'>Le moulin de Skelness est vendu</a></p>",
        "<p>Читайте также: <a href='/x'>Мельница продана</a></p>",
    ],
)
@pytest.mark.parametrize("where", ["top", "middle", "end"])
def test_a_label_and_a_link_are_a_line_of_the_page(line: str, where: str) -> None:
    """*Related article* with its link is left out wherever it stands, and nothing else with it."""
    cut = {"top": 0, "middle": STORY.index("</p>") + 4, "end": len(STORY)}[where]
    assert extract(page(STORY[:cut] + line + STORY[cut:])).text == TEXT


def test_a_label_over_the_story_does_not_swallow_it() -> None:
    """A list of topics above the text takes no running text away, in whatever element that stands."""
    topics = "<p>Tags:</p><ul><li><a href='/b'>Bridges</a></li></ul>"
    assert extract(page(f"<div>{topics}<div>{STORY}</div></div>")).text == TEXT


@pytest.mark.parametrize("sign", [",", "3 / 6", "12 of 39", "·", "2 von 7", "\u200b"])
def test_signs_and_counters_are_no_text(sign: str) -> None:
    """A block of nothing but signs, or the counter of a slide show, is left out."""
    assert extract(page(STORY + f"<div>{sign}</div>" + "<p>The end.</p>")).text == TEXT + "\n\nThe end."


@pytest.mark.parametrize("label", ["<p>Siehe auch:</p>", "<p><b>Bildquelle:</b></p>", "<p>参考：</p>"])
def test_a_label_at_the_end_with_nothing_under_it(label: str) -> None:
    """Like a heading at the end, a line that ends in a colon leads to nothing that is text."""
    assert extract(page(STORY + label)).text == TEXT
    assert extract(page(STORY + label + "<p>Harbour council.</p>")).text.endswith("Harbour council.")


def test_the_headings_of_pictures_at_the_end_are_a_list() -> None:
    """Where picture after picture stands under a heading, the headings are no empty ones."""
    list_of_five = "".join(f"<h3>{n}. Pier {n}</h3><img src='/{n}.jpg'>" for n in range(1, 6))
    assert extract(page(STORY + list_of_five)).text.endswith("5. Pier 5")
    assert extract(page(STORY + "<h3>Ferries</h3><h3>Piers</h3>")).text == TEXT


def test_the_question_whether_a_page_was_helpful_is_no_text() -> None:
    """A box that asks for the reader's opinion is named so."""
    box = "<div id='was-this-helpful'><div>War dieser Artikel hilfreich?</div><span>Ja</span></div>"
    assert extract(page(STORY + box)).text == TEXT


@pytest.mark.parametrize(
    "top",
    [
        "<p>Harbour</p><div>By a staff writer, in the harbour</div>",
        "<div><span>NEWS</span></div><div>Skelness / Harbour</div>",
    ],
)
def test_what_stands_above_the_headline_is_not_the_text(top: str) -> None:
    """Sections and bylines above the headline are left out, a notice is not."""
    whole = page(STORY).replace("<article><h1>", f"<article><div>{top}<h1>").replace("</h1>", "</h1>\n")
    whole = whole.replace("</article>", "</div></article>")
    assert extract(whole).text == TEXT
    notice = "Correction: the month was wrong."
    assert extract(whole.replace(top, f"{top}<p>{notice}</p>")).text == f"{notice}\n\n{TEXT}"


def test_the_headline_in_another_spelling_is_no_heading_of_the_text() -> None:
    """A heading that repeats the headline, with other signs between its words, is left out."""
    whole = page(STORY).replace("<h1>Bridge closes for the winter</h1>", "")
    whole = whole.replace("<article>", "<article><h3>Bridge closes:<br>for the winter</h3>")
    assert extract(whole).text == TEXT


LONG = PARAGRAPHS[0] + " " + PARAGRAPHS[1]


def test_a_heading_of_the_text_may_link() -> None:
    """The heading of a section that links is a heading; one in a box of its own is a teaser."""
    sections = "".join(f"<h3><a href='/{one}'>Ferry {one}</a></h3><p>{LONG}</p>" for one in "12")
    assert "Ferry 1\n\nThe harbour" in extract(page(STORY + sections)).text
    boxes = "".join(f"<div><h3><a href='/{one}'>Ferry {one}</a></h3></div>" for one in "12")
    assert "Ferry 1" not in extract(page(STORY + boxes + STORY)).text


def test_the_headline_over_a_later_section_is_a_heading() -> None:
    """Where running text precedes it, what reads like the headline heads a section."""
    section = f"<h2>Bridge closes for the winter</h2><p>{LONG}</p>"
    found = extract(page(STORY + section)).blocks
    assert [one.text for one in found if one.level] == ["Bridge closes for the winter"]


def test_a_topic_and_a_headline_that_links_are_a_teaser() -> None:
    """A list of other articles, each under its topic; a list of facts that link is none."""
    others = "".join(
        f"<li>{topic} <a href='/x'>Why the last ferry of the day is always the fullest</a></li>"
        for topic in ("Harbour:", "Too late?")
    )
    assert "fullest" not in extract(page(f"{STORY}<ul>{others}</ul>{STORY}")).text
    facts = "<li>Captain: <a href='/x'>Ada Mool</a></li><li>Mate: <a href='/y'>Jon Skell</a></li>"
    assert "Captain: Ada Mool" in extract(page(f"{STORY}<ul>{facts}</ul>{STORY}")).text


def test_a_line_that_leads_on_ends_at_the_next_heading() -> None:
    """What follows *Read more* with its link, under another heading, is the article's."""
    more = (
        "<div>Read more: <a href='/x'>The ferries</a></div><h3>Piers</h3><ul><li>North pier</li></ul>"
    )
    found = extract(page(f"{STORY}<div>{more}</div>{STORY}")).text
    assert "ferries</a>" not in found
    assert "Piers\n\nNorth pier" in found


def test_a_picture_before_a_number_is_kept() -> None:
    """The count of remarks under a picture goes, and the picture stays."""
    counted = "<img src='/pier.jpg'><div><a href='#remarks'>3</a></div>"
    media = [one.src for block in extract(page(STORY + counted + STORY)).blocks for one in block.media]
    assert media == ["/pier.jpg"]
