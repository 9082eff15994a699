"""Boxes that are no text of the story, by form; and what is like them and is."""

from __future__ import annotations

import pytest

from revtrack import extract

_STORY = [
    f"The ferry board of Tarnholm met for the {n} time this winter and heard from its engineers that "
    f"the slipway would need new timber before the ice is gone, at a cost of {n} hundred crowns."
    for n in ("first", "second", "third", "fourth", "fifth")
]
_TEXT = "".join(f"<p>{one}</p>" for one in _STORY)


def _texts(inside: str, *, where: str = "end", lang: str = "en") -> list[str]:
    body = f"<div class='t'>{inside}{_TEXT}</div>" if where == "top" else _TEXT + inside
    if where == "middle":
        body = f"<div>{''.join(_TEXT.partition('</p>')[:2])}{inside}{_TEXT.partition('</p>')[2]}</div>"
    page = (
        f"<html lang={lang}><body><article><h1>Slipway needs timber</h1>{body}</article></body></html>"
    )
    return [block.text for block in extract(page).blocks]


@pytest.mark.parametrize(
    "call",
    [
        "Readers like you keep the lamps of this house lit. <a class='btn' href='/give'>Give now</a>",
        "Leserinnen und Leser tragen dieses Haus. <a class='button primary' href='/z'>Mitmachen</a>",
        "Une maison libre vit de ceux qui la lisent. <a role='button' href='/d'>Participer</a>",
    ],
)
def test_a_box_at_the_end_whose_last_words_are_a_button_is_none(call: str) -> None:
    """A call to action goes with the line over it, in any language."""
    assert _texts(f"<div class='x'><p>A line over it</p><p>{call}</p></div>") == _STORY


def test_several_entries_that_end_in_buttons_are_a_list() -> None:
    """A listing whose entries each end in a button is the article's."""
    entry = (
        "<div><p>Entry {n}</p><p>Depths of the harbour. <a class='btn' href='/{n}'>Get it</a></p></div>"
    )
    found = _texts("".join(entry.replace("{n}", str(n)) for n in range(3)))
    assert [text for text in found if text.startswith("Entry")] == ["Entry 0", "Entry 1", "Entry 2"]


def test_headings_with_a_button_to_copy_their_address_stay() -> None:
    """A heading in a box of its own is no machinery for its button."""
    heading = "<div><h2>What the timber costs</h2><button>Copy link</button></div>"
    assert "What the timber costs" in _texts(heading, where="middle")


def test_lists_to_tick_off_stay() -> None:
    """The fields of a list to tick off ask nothing."""
    items = "".join(f"<li><input type=checkbox> Order beam {n}</li>" for n in range(4))
    assert "Order beam 2" in _texts(f"<div><ul>{items}</ul></div>", where="middle")


def test_the_summary_stays_with_the_buttons_to_share_beside_it() -> None:
    """What comes first in a box with a button, as a sentence, is the summary."""
    summary = "<div><p>The board wants new timber by spring.</p><button>Share</button></div>"
    assert "The board wants new timber by spring." in _texts(summary, where="top")


@pytest.mark.parametrize("name", ["rodape", "stopka", "sidfot", "fusszeile", "piedepagina"])
def test_a_footer_is_named_in_other_languages_too(name: str) -> None:
    """The foot of a page is no text whatever language its author names it in."""
    assert (
        _texts(f"<div class='{name}'><div>The Board - Quay 4 - 20 35 11 - Tarnholm</div></div>")
        == _STORY
    )


def test_paragraphs_as_divisions_that_hold_marked_words_are_found() -> None:
    """A division that holds nothing but a span with the words weighs as a paragraph does."""
    blurb = (
        "<div>We print the paper of the islands since long ago, and do so each day of the week.</div>"
    )
    text = "".join(f"<div><span>{one}</span></div>" for one in _STORY)
    page = f"<body>{blurb}<main><h1>Slipway needs timber</h1><div>{text}</div></main></body>"
    assert [block.text for block in extract(page).blocks] == _STORY


def test_a_consent_of_three_sentences_is_a_plea_and_a_paragraph_on_consent_is_none() -> None:
    """What asks before a film is loaded may explain itself; a story on such questions asks nothing."""
    asking = (
        "<div><h3>Ein Film zur Helling</h3><p>Hier haben wir einen externen Inhalt für Sie "
        "eingebunden, der zu unserem Bericht gehört. Mit einem Klick können Sie ihn sich ansehen.</p>"
        "<p>Ich bin damit einverstanden, dass externe Inhalte geladen werden. Dabei können "
        "personenbezogene Daten an Drittplattformen gehen. Mehr dazu steht in unserer "
        "Datenschutzerklärung, am Ende der Seite.</p></div>"
    )
    assert _texts(asking, where="middle", lang="de") == _STORY
    telling = (
        "Die Reederei ließ ihre Fahrgäste bis zum Frühjahr mit einem Klick bestätigen, dass sie mit "
        "dem Verkauf ihrer Daten einverstanden sind, und das Gericht hat ihr das nun untersagt: Wer "
        "eine Fähre braucht, der kann nicht frei entscheiden, und was er unterschreibt, gilt nicht. "
        "Die Reederei prüft das Urteil und wird bis dahin niemanden mehr fragen, sagte ihr Sprecher."
    )
    assert telling in _texts(f"<div><p>{telling}</p></div>", where="middle", lang="de")
