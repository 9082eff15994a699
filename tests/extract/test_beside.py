"""What readers see beside the headline: dates in the forms of each language, and the author."""

from __future__ import annotations

from datetime import datetime

import pytest

from revtrack.extract import extract
from revtrack.model import Article

from .pages import PARAGRAPHS, STORY, page

DAY = datetime(2024, 5, 14)


def article(beside: str, *, language: str = "en", head: str = "", url: str | None = None) -> Article:
    """The article of a page in *language* with this between its headline and the story."""
    whole = page(beside + STORY, head=head).replace("lang='en'", f"lang='{language}'")
    return extract(whole, url=url)


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "May 14, 2024"),
        ("en", "Posted on 14th May 2024 by the desk"),
        ("en-US", "05/14/2024"),
        ("en-GB", "14/05/2024"),
        ("de", "Veröffentlicht am 14. Mai 2024"),
        ("de", "Di 14.05.24"),
        ("fr", "Publié le 14 mai 2024"),
        ("fr", "14/05/2024"),
        ("es", "14 de mayo de 2024"),
        ("pt", "14 de maio de 2024"),
        ("it", "14 maggio 2024"),
        ("nl", "dinsdag 14 mei 2024"),
        ("sv", "Publicerad 14 maj 2024"),
        ("nb", "Publisert 14. mai 2024"),
        ("da", "14. maj 2024"),
        ("pl", "14 maja 2024"),
        ("hu", "2024. május 14."),
        ("ru", "14 мая 2024"),
        ("ar", "14 مايو 2024"),
        ("ja", "2024年5月14日"),
        ("zh", "2024年05月14日"),
        ("ko", "입력 2024.05.14"),
        ("he", "14 במאי 2024"),
        ("cs", "14. května 2024"),
        ("tr", "14 Mayıs 2024"),
        ("uk", "14 травня 2024"),
        ("ro", "14 mai 2024"),
        ("fi", "14. toukokuuta 2024"),
        ("el", "14 Μαΐου 2024"),
    ],
)
def test_a_date_beside_the_headline_in_each_language(language: str, shown: str) -> None:
    """Any of the forms in which readers of a language write a day is one, whatever element holds it."""
    assert article(f"<div class='x1'><span>{shown}</span></div>", language=language).published_at == DAY
    assert article(f"<p>{shown}</p>", language=language).published_at == DAY


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "Published May 14, 2024. Updated May 16, 2024"),
        ("en", "Last updated: 16 May 2024 | First published: 14 May 2024"),
        ("de", "14. Mai 2024, aktualisiert am 16. Mai 2024"),
        ("fr", "Publié le 14 mai 2024, mis à jour le 16 mai 2024"),
        ("es", "14 de mayo de 2024 · Actualizado el 16 de mayo de 2024"),
        ("pt", "Publicado em 14 de maio de 2024. Atualizado em 16 de maio de 2024"),
        ("it", "14 maggio 2024 - aggiornato il 16 maggio 2024"),
        ("nl", "14 mei 2024, bijgewerkt op 16 mei 2024"),
        ("sv", "Publicerad 14 maj 2024. Uppdaterad 16 maj 2024"),
        ("no", "Publisert 14. mai 2024. Oppdatert 16. mai 2024"),
        ("da", "14. maj 2024. Opdateret 16. maj 2024"),
        ("pl", "14 maja 2024, aktualizacja: 16 maja 2024"),
        ("hu", "2024. május 14. Frissítve: 2024. május 16."),
        ("ru", "14 мая 2024, обновлено 16 мая 2024"),
        ("ja", "2024年5月14日 公開 2024年5月16日 更新"),
        ("zh", "发布：2024年5月14日 更新：2024年5月16日"),
        ("ko", "입력 2024.05.14 수정 2024.05.16"),
    ],
)
def test_published_and_updated_in_one_line(language: str, shown: str) -> None:
    """The words of the language beside a date say which of the two it is."""
    found = article(f"<div>{shown}</div>", language=language)
    assert (found.published_at, found.modified_at) == (DAY, datetime(2024, 5, 16))


@pytest.mark.parametrize(
    "beside",
    [
        "<p>Updated</p><p>May 14, 2024</p>",
        "<span>Last updated: May 14, 2024</span>",
        "<time datetime='2024-05-14'>Updated May 14</time>",
    ],
)
def test_a_date_of_an_update_alone_is_none_of_publication(beside: str) -> None:
    """What says only when the page was updated leaves the publication unknown."""
    found = article(beside)
    assert (found.published_at, found.modified_at) == (None, DAY)


@pytest.mark.parametrize(
    "beside",
    [
        "<p>05/10/2024</p>",
        f"<p>{PARAGRAPHS[0]} The vote follows one of May 14, 2024, which the mayor then refused.</p>",
        "<ul><li><a href='/b'><h3>Ferry refitted</h3></a><span>May 14, 2024</span></li></ul>",
        "<p>May 14, 2024</p><p>March 2, 2023</p>",
        "<figure><img src='a.jpg'><figcaption>The bridge on May 14, 2024</figcaption></figure>",
        "<form><label>May 14, 2024</label></form>",
    ],
)
def test_what_is_no_date_of_the_article(beside: str) -> None:
    """Ambiguous numbers, dates in sentences, of other articles, of pictures, several that differ."""
    assert article(beside).published_at is None


@pytest.mark.parametrize(
    "behind",
    [
        "<div><abbr class='published' title='2024-05-14T09:30:00+02:00'>9:30 AM</abbr></div>",
        "<p><time class='entry-date published' datetime='2024-05-14T09:30:00+02:00'></time></p>",
        "<span property='schema:datePublished' content='2024-05-14T09:30:00+02:00'></span>",
        "<meta itemprop='datePublished' content='2024-05-14T09:30:00+02:00'>",
    ],
)
def test_what_is_marked_for_programs_counts_behind_the_text(behind: str) -> None:
    """Microformats, RDFa and microdata in the foot of the article say when it was published."""
    found = extract(page(STORY + behind))
    assert found.published_at == datetime.fromisoformat("2024-05-14T09:30:00+02:00")


def test_a_day_in_the_address_says_when_where_nothing_else_does() -> None:
    """A path with year, month and day is evidence, and one with other numbers is none."""
    for path in ("2024/05/14/bridge", "news/2024-05-14-bridge", "2024/may/14/bridge"):
        assert article("", url=f"https://quay.example/{path}").published_at == DAY
    for path in ("2024/05/bridge", "p/20240514123/bridge", "2024/13/45/bridge", "bridge-2024"):
        assert article("", url=f"https://quay.example/{path}").published_at is None
    later = article("<p>June 2, 2024</p>", url="https://quay.example/2024/05/14/bridge")
    assert later.published_at == DAY


@pytest.mark.parametrize(
    ("language", "beside"),
    [
        ("en", "<div><p>Mara Lind</p><p>May 14, 2024</p></div>"),
        ("en", "<p>Mara Lind | Senior reporter | May 14, 2024</p>"),
        ("en", "<p>May 14, 2024 by Mara Lind</p>"),
        ("de", "<p>Von Mara Lind</p>"),
        ("de", "<span>Geschrieben von Mara Lind</span>"),
        ("fr", "<p>Écrit par Mara Lind</p>"),
        ("es", "<div>Por Mara Lind</div>"),
        ("it", "<div>di Mara Lind</div>"),
        ("pl", "<div>Autor: Mara Lind</div>"),
        ("en", "<span class='byline'>Submitted by <a href='/u/1'>Mara Lind</a></span>"),
        ("en", "<p>By <i>Mara Lind</i> Updated 14 May 2024</p>"),
        ("it", "<p>Pubblicato il 14 maggio 2024 alle 7.15 da Mara Lind</p>"),
        ("it", "<p>Di Mara Lind, pubblicato il 14 maggio 2024</p>"),
        ("fr", "<p>Publié le mardi 14 mai 2024 à 7h15 par <b>Mara Lind</b></p>"),
        ("pt", "<p>Por <b>Mara Lind</b> Publicado em 14 de maio de 2024</p>"),
        ("nl", "<p>Geplaatst door Mara Lind op di. 14 mei 2024</p>"),
        ("nl", "<p>Gepubliceerd op 14 mei 2024 door <a href='/m'>Mara Lind</a></p>"),
        ("sv", "<p>Av Mara Lind Publicerad 14 maj 2024</p>"),
        ("pl", "<p>14 maja 2024, dodane przez Mara Lind</p>"),
        ("de", "<p>Eine Reportage von Mara Lind</p>"),
    ],
)
def test_an_author_beside_the_headline(language: str, beside: str) -> None:
    """A word for *by* names the author, or the name stands alone beside the date."""
    assert article(beside, language=language).byline == "Mara Lind"


@pytest.mark.parametrize(
    ("language", "beside"),
    [
        ("zh", "<p>2024-05-14 07:15 来源：海港日报 记者：林小河</p>"),
        ("zh", "<p>记者 林小河 2024年5月14日</p>"),
        ("ja", "<p>2024年5月14日 林小河記者</p>"),
        ("ja", "<p>取材：林小河 2024/05/14</p>"),
        ("ja", "<p>2024年5月14日</p><p class='writer'>林小河</p>"),
    ],
)
def test_an_author_in_a_script_without_capitals(language: str, beside: str) -> None:
    """The word for the writer is before the name or behind it; a source is none."""
    assert article(beside, language=language).byline == "林小河"


@pytest.mark.parametrize(
    "beside",
    [
        "<p>Harbour Council</p><p>May 14, 2024</p>",
        "<p>Filed Under:</p><p>May 14, 2024</p>",
        "<p>By Monday the bridge was shut</p>",
        "<p>3 min read</p><p>May 14, 2024</p>",
        "<p>Read more</p><p>May 14, 2024</p>",
        "<div class='comments'><cite class='fn'>Mara Lind</cite></div>",
    ],
)
def test_what_is_no_author(beside: str) -> None:
    """Topics whose words the page also writes small, labels, buttons and people who comment."""
    assert article(beside).byline is None


def test_the_name_of_the_site_gives_way_to_a_person() -> None:
    """An organisation in the metadata is the author only where the page shows nobody."""
    head = (
        "<meta property='og:site_name' content='Quay Times'><meta name='author' content='Quay Times'>"
    )
    assert article("<p>By Mara Lind</p>", head=head).byline == "Mara Lind"
    assert article("", head=head).byline == "Quay Times"
    assert article("<p>By Mara Lind</p>", head="<meta name='author' content='Ida Holm'>").byline == (
        "Ida Holm"
    )


@pytest.mark.parametrize("label", ["Written by", "Verfasst von", "Écrit par", "Scritto da", "執筆者"])
def test_a_labelled_card_names_the_author(label: str) -> None:
    """What a shared link shows as written by somebody is the byline; the time to read is none."""
    card = (
        f"<meta name='twitter:label1' content='{label}'><meta name='twitter:data1' content='Mara Lind'>"
    )
    assert article("", head=card).byline == "Mara Lind"
    other = card.replace(label, "Reading time").replace("Mara Lind", "4 minutes")
    assert article("", head=other).byline is None


def test_a_time_of_publication_that_copies_the_modification_gives_way_to_an_earlier_day() -> None:
    """Templates state the last edit twice; readers are shown when the article was published."""
    head = (
        "<meta property='article:published_time' content='2024-06-02T10:00:00Z'>"
        "<meta property='article:modified_time' content='2024-06-02T10:00:00Z'>"
    )
    assert article("<p>May 14, 2024</p>", head=head).published_at == DAY
    assert article("<p>June 14, 2024</p>", head=head).published_at == datetime.fromisoformat(
        "2024-06-02T10:00:00+00:00"
    )


def test_cards_in_the_article_are_its_list() -> None:
    """Cards that lead on are the text of an article with hardly any other; next to one they are not."""
    cards = "".join(
        f"<div><h3><a href='/{n}'>Pier {n}</a></h3><p>The pier number {n} was built of oak.</p></div>"
        for n in range(1, 9)
    )
    intro = "<section><h1>The piers</h1><p>Here are the piers of the harbour.</p></section>"
    within = f"<html><body><article>{intro}<section>{cards}</section></article></body></html>"
    assert "pier number 5" in extract(within).text
    beside = f"<html><body><div>{intro}</div><div>{cards}</div></body></html>"
    assert "pier number 5" not in extract(beside).text
