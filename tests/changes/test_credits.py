"""Credits at either end of a story are a byline, and no content of it."""

from __future__ import annotations

import pytest

import revtrack
from revtrack.changes import Nature, TextAdded, TextEdited, TextRemoved

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
    [
        (
            "en",
            "(Reporting by Ann Lee; Editing by Bo Dahl)",
            "(Reporting by Ann Lee and Cy Roe; Editing by Di Fox)",
        ),
        ("en", "Additional reporting by Ann Lee.", "Additional reporting by Ann Lee and Cy Roe."),
        ("en", "Ann Lee contributed reporting.", "Ann Lee and Cy Roe contributed reporting."),
        ("en", "Writing by Ann Lee in Halden", "Writing by Cy Roe in Dunmore"),
        (
            "en",
            "Herald Press writer Ann Lee in Halden contributed to this report.",
            "Herald Press writers Ann Lee in Halden and Cy Roe in Dunmore contributed to this report.",
        ),
        (
            "en",
            "Correspondent Ann Lee contributed reporting.",
            "Correspondent Ann Lee and photographer Cy Roe contributed reporting.",
        ),
        (
            "fr",
            "La journaliste Ann Lee à Halden a contribué à cet article.",
            "Les journalistes Ann Lee à Halden et Cy Roe ont contribué à cet article.",
        ),
        (
            "nl",
            "Verslaggever Ann Lee werkte mee aan dit artikel.",
            "Ann Lee werkte mee aan dit artikel.",
        ),
        ("de", "Mitarbeit: Ann Lee", "Mitarbeit: Ann Lee und Cy Roe"),
        (
            "fr",
            "(Reportage de Ann Lee ; édité par Bo Dahl)",
            "(Reportage de Cy Roe ; édité par Bo Dahl)",
        ),
        (
            "es",
            "(Reporte de Ann Lee; editado por Bo Dahl)",
            "(Reporte de Ann Lee y Cy Roe; editado por Bo Dahl)",
        ),
        ("it", "A cura di Ann Lee", "A cura di Ann Lee e Cy Roe"),
        ("sv", "Text: Ann Lee", "Text: Ann Lee och Cy Roe"),
        ("pl", "Opracowanie: Ann Lee", "Opracowanie: Ann Lee i Cy Roe"),
        ("ru", "Автор: Анна Ли. Редактор: Иван Дал", "Автор: Анна Ли. Редактор: Олег Фокс"),
        ("ja", "（取材：山本、編集：田中）", "（取材：山本・佐藤、編集：田中）"),
        ("zh", "（记者：李明 编辑：王芳）", "（记者：李明 编辑：赵磊）"),
    ],
)
def test_a_credit_that_grows_is_a_byline(language: str, old: str, new: str) -> None:
    """In each language what names who reported and edited is metadata, edited, added or removed."""
    for pair in ((old, new), (None, new), (old, None)):
        found = changes(language, *pair)
        assert found
        assert all(one.nature is Nature.METADATA and not one.substantive for one in found), found


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        (
            "en",
            "Reporting by Ann Lee led to the arrest of Bo Dahl.",
            "Reporting by Ann Lee led to the arrest of Cy Roe.",
        ),
        ("en", "Ann Lee was named mayor by the council.", "Cy Roe was named mayor by the council."),
        (
            "en",
            "The report by Ann Lee says the bridge is safe.",
            "The report by Cy Roe says the bridge is safe.",
        ),
        (
            "de",
            "Die Redaktion von Ann Lee schließt im Mai.",
            "Die Redaktion von Cy Roe schließt im Mai.",
        ),
        ("es", "El reporte de Ann Lee acusa al alcalde.", "El reporte de Cy Roe acusa al alcalde."),
        (
            "en",
            "Photographer Ann Lee contributed to the campaign.",
            "Photographer Cy Roe contributed to the campaign.",
        ),
        ("ja", "取材に応じた山本市長は辞任を否定した。", "取材に応じた佐藤市長は辞任を否定した。"),
    ],
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
