"""Credits at either end of a story are a byline, and no content of it."""

from __future__ import annotations

import pytest

import revtrack
from revtrack.changes import Nature, TextAdded, TextEdited, TextRemoved

from .pairs import pairs

BODY = {
    "en": "The tram line to Halden is delayed to next year, the council said on Monday after a talk.",
    "de": "Die Straßenbahn nach Halden kommt erst im nächsten Jahr, sagte der Rat am Montag.",
    "fr": "Le tramway de Halden est reporté à l’an prochain, a dit le conseil lundi après un débat.",
    "es": "El tranvía de Halden se retrasa hasta el año próximo, dijo el consejo el lunes.",
    "it": "Il tram di Halden è rinviato al prossimo anno, ha detto il consiglio lunedì.",
    "sv": "Spårvägen till Halden dröjer till nästa år, sade kommunen på måndagen efter en lång debatt.",
    "pl": "Tramwaj do Halden jest opóźniony do przyszłego roku, podała rada w poniedziałek po debacie.",
    "ru": "Трамвай в Хальден откладывается до следующего года, сообщил совет в понедельник.",
    "ja": "ハルデンへの路面電車は来年に延期されると市議会が月曜日に発表した。",
    "zh": "市议会星期一宣布，通往哈尔登的有轨电车推迟到明年开通。",
    "nl": "De tram naar Halden komt pas volgend jaar, zei de gemeenteraad op maandag na een debat.",
}


def changes(
    language: str, old: str | None, new: str | None, *, last: bool = True
) -> list[revtrack.Change]:
    """The changes of a story's text whose first or last block was *old* and is *new*."""
    texts = []
    for credit in (old, new):
        blocks = [BODY[language]] * 4
        blocks = [f"{block} ({number})" for number, block in enumerate(blocks)]
        if credit is not None:
            blocks = [*blocks, credit] if last else [credit, *blocks]
        texts.append("\n\n".join(blocks))
    articles = [revtrack.from_text(text, language=language) for text in texts]
    found = revtrack.compare(*articles).changes
    return [one for one in found if isinstance(one, TextAdded | TextEdited | TextRemoved)]


@pytest.mark.parametrize(
    ("language", "old", "new"),
    pairs("What names who reported and edited is metadata"),
)
def test_a_credit_that_grows_is_a_byline(language: str, old: str, new: str) -> None:
    """In each language what names who reported and edited is metadata, edited, added or removed."""
    for pair in ((old, new), (None, new), (old, None)):
        found = changes(language, *pair)
        assert found
        assert all(one.nature is Nature.METADATA and not one.substantive for one in found), found


@pytest.mark.parametrize(
    ("language", "old", "new"),
    pairs("What says anything beside names and the work they did is content"),
)
def test_a_sentence_that_speaks_of_reporting_is_content(language: str, old: str, new: str) -> None:
    """What says anything beside names and the work they did stays substantive."""
    assert any(one.substantive for one in changes(language, old, new))


def test_a_credit_in_the_middle_of_a_story_is_content() -> None:
    """Only the ends of an article hold credits."""
    blocks = [f"{BODY['en']} ({number})" for number in range(12)]
    texts = [
        "\n\n".join([*blocks[:6], line, *blocks[6:]])
        for line in ("Writing by Ann Lee", "Writing by Cy Roe")
    ]
    found = revtrack.compare(*[revtrack.from_text(text, language="en") for text in texts]).changes
    assert any(one.substantive for one in found)
