"""Front matter and the heads of markup: the title is the headline, and no text is lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack import Capture, Snapshot, extract
from revtrack.extract.source_formats import front_matter, markup_head

AT = datetime(2024, 3, 4, tzinfo=UTC)
TEXT = (
    "Fähren nach Lunholm fahren ab Montag wieder, teilte die Reederei am Abend mit.\n\n"
    "Die Anlegestelle war nach dem Sturm drei Tage lang gesperrt und wurde am Sonntag geprüft.\n"
)
TITLE = "Fähren fahren wieder: Anleger frei"
HEADS = {
    "yaml": f'---\ntitle: "{TITLE}"\nauthor: Ada Bru # Lokales\ndate: 2024-03-03\n---\n',
    "yaml folded": "---\ntitle: >-\n  Fähren fahren wieder:\n  Anleger frei\nauthors:\n  - Ada Bru\n"
    "date: 2024-03-03\n---\n",
    "yaml quoted": f"---\r\nauthor: 'Ada Bru'\r\ntitle: '{TITLE}'\r\ndate: 2024-03-03\r\n---\r\n",
    "toml": f'+++\ntitle = "{TITLE}"\nauthor = "Ada Bru"\ndate = 2024-03-03T07:30:00Z\n'
    '[taxonomies]\ntags = ["fähre"]\n+++\n',
    "toml broken": f'+++\ntitle = "{TITLE}"\nauthor = "Ada Bru"\ndate = 2024-03-03\nx = = y\n+++\n',
    "toml named": f'---toml\ntitle = "{TITLE}"\nauthor = "Ada Bru"\ndate = 2024-03-03\n---\n',
    "json": f'{{\n"title": "{TITLE}",\n"author": ["Ada Bru"], "date": "2024-03-03"\n}}\n\n',
    "json in signs": f';;;\n"title": "{TITLE}",\n"author": "Ada Bru",\n"date": "2024-03-03",\n;;;\n',
    "json open": f'"title": "{TITLE}",\n"author": "Ada Bru",\n"date": "2024-03-03"\n;;;\n',
    "pelican": f"Title: {TITLE}\nDate: 2024-03-03\nAuthor: Ada Bru\nSlug: faehren\n\n",
    "multimarkdown": f"Title:  {TITLE}\nAuthor: Ada\n  Bru\nDate: 2024-03-03\nAffiliation: Lokales\n\n",
    "hexo": f"title: {TITLE}\ndate: 2024-03-03\nauthor: Ada Bru\n---\n",
}


def _page(head: str, text: str, content_type: str) -> Snapshot:
    capture = Capture("https://lunholm.example/p", AT)
    return Snapshot(capture, (head + text).encode(), content_type=content_type)


@pytest.mark.parametrize("form", HEADS)
def test_every_form_of_front_matter_says_the_same(form: str) -> None:
    """Title, author and day are read in each form, and the text is the text."""
    article = extract(_page(HEADS[form], TEXT, "text/markdown"))
    assert (article.headline, article.byline) == (TITLE, "Ada Bru")
    assert article.published_at is not None
    assert article.published_at.date() == datetime(2024, 3, 3).date()
    assert article.text == TEXT.strip()


@pytest.mark.parametrize("form", ["yaml", "toml", "json in signs"])
def test_sources_of_pages_have_front_matter_too(form: str) -> None:
    """HTML as a generator keeps it: the head is no paragraph, and its title the headline."""
    html = "".join(f"<p>{part}</p>\n" for part in TEXT.strip().split("\n\n"))
    article = extract(_page(HEADS[form], html, "text/html"))
    assert (article.headline, article.text) == (TITLE, TEXT.strip())
    whole = f"<html><head><meta charset=utf-8></head><body><article>{html}</article></body></html>"
    assert extract(_page(HEADS[form], whole, "text/html")).headline == TITLE


@pytest.mark.parametrize(
    "text",
    [
        "Correction: an earlier version named the wrong quay. It is the north quay.\n\nThe text.\n",
        "Rettelse: Færgen sejler fra Nordkajen.\nOpdatering: kl. 14.\n\nTeksten.\n",
        "---\nUn texte entre deux traits, sans aucun champ.\n---\n\nLe texte.\n",
        "{{ partial }}\n\nA text under a template's word.\n",
        "+++\nno fields here\n+++\n\nText.\n",
        '"A quoted sentence begins the text," she said.\n\nMore text.\n',
        "author: is a word\n\nas any other\n",
    ],
)
def test_a_text_that_begins_with_a_colon_or_a_line_is_whole(text: str) -> None:
    """A correction, a rule between two lines or a template's word is no head: nothing is lost."""
    assert front_matter(text) == ({}, text)


MARKUPS = {
    "text/x-rst": "{line}\n{title}\n{line}\n\n:Author: Ada Bru\n:Date: 2024-03-03\n\n",
    "text/asciidoc": "= {title}\n:author: Ada Bru\n:date: 2024-03-03\n\n",
    "text/org": "#+TITLE: {title}\n#+AUTHOR: Ada Bru\n#+DATE: 2024-03-03\n\n",
}
SENTENCES = (
    "Der Preis gilt, wenn n<N ist, und für <alle> anderen steigt er auf 7 Euro.\n\n"
    "Wer im Turm war, zahlt nichts: so steht es im Vertrag > 3.\n"
)


@pytest.mark.parametrize("kind", MARKUPS)
def test_markup_is_text_with_a_headline(kind: str) -> None:
    """The title at the head is the headline, and what looks like a tag is text."""
    head = MARKUPS[kind].format(title=TITLE, line="=" * len(TITLE))
    article = extract(_page(head, SENTENCES, kind))
    assert (article.headline, article.byline) == (TITLE, "Ada Bru")
    assert article.text == SENTENCES.strip()


@given(text=st.text(alphabet="a:=-+;{}\"'\n\r #[]>|.é", max_size=60))
def test_no_head_breaks_it(text: str) -> None:
    """Whatever stands at the beginning, the rest is an end of the text that was given."""
    for kind in ("text/plain", *MARKUPS):
        assert text.endswith(markup_head(text, kind)[1])
