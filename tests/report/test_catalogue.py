"""Reports in other languages: nothing is left in English, and nothing is lost in translation."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import attrs
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from revtrack import report
from revtrack.blocks import BlockKind
from revtrack.changes.evidence import Reason
from revtrack.changes.kinds import CHANGE_TYPES, Nature
from revtrack.changes.revision import Revision
from revtrack.cli import main
from revtrack.history import History
from revtrack.labels import NoticeKind
from revtrack.model import ScreenReason
from revtrack.report import LANGUAGES, catalogue, in_language
from revtrack.report.nouns import _counted_in_words
from tests.report.made import every_change, hostile_history, revision_of, story

OTHERS = LANGUAGES[1:]
SOURCES = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
KEYWORDS = {"tr": None, "N_": None, "tr_many": (2, 3)}


def _read(tag: str) -> Catalog:
    source = (files("revtrack.report") / "languages" / f"{tag}.po").read_bytes()
    return read_po(BytesIO(source), locale=tag)


def _pairs(message: Message) -> Iterator[tuple[str, str]]:
    if isinstance(message.id, str):
        yield message.id, str(message.string)
    else:
        yield from zip(message.id, message.string or (), strict=True)


def _named() -> set[str]:
    """The labels and reasons that the report takes from the comparison."""
    labels = (*Nature, *NoticeKind, *ScreenReason)
    return {one.value for one in labels} | {one.words for one in Reason}


@pytest.mark.parametrize("tag", OTHERS)
def test_every_message_is_translated_with_its_places(tag: str) -> None:
    """Each has a translation that holds the same values; none is of a message that there is not."""
    translated = dict(pair for one in _read(tag) if one.id for pair in _pairs(one))
    source = str(Path(report.__file__).parent)
    used = {
        found if isinstance(found, str) else found[0]
        for _, _, found, _, _ in extract_from_dir(source, method_map=SOURCES, keywords=KEYWORDS)
    }
    assert used | _named() <= set(translated)
    for english, other in translated.items():
        assert other
        assert sorted(re.findall(r"{\w*}", english)) == sorted(re.findall(r"{\w*}", other)), other


@attrs.define
class _Recorder(gettext.NullTranslations):
    """Takes down what has no translation."""

    missing: set[str] = attrs.field(factory=set)

    def gettext(self, message: str) -> str:
        self.missing.add(message)
        return message

    def ngettext(self, one: str, many: str, number: int) -> str:
        self.missing.add(one)
        return one if number == 1 else many


@pytest.mark.parametrize("tag", OTHERS)
def test_no_word_of_a_report_is_left_in_english(tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a report asks for is in the catalogue, but for the marks that have no words."""
    recorder, translations = _Recorder(), catalogue._messages.__wrapped__(tag)
    translations.add_fallback(recorder)
    monkeypatch.setattr(catalogue, "_messages", lambda _: translations)
    changed = attrs.evolve(revision_of(("=", "First one here.\n\nA second.")), changes=every_change())
    assert {type(change) for change in changed.changes} == set(CHANGE_TYPES)
    with in_language(tag):
        for number in (1, 2):
            for noun in [one.value for one in (*NoticeKind, *BlockKind) if one is not BlockKind.CODE]:
                _counted_in_words(number, noun)
        subjects: list[History | Revision] = [story(), hostile_history(), changed]
        for subject in [*subjects, *hostile_history().revisions]:
            report.html(subject)
            report.markdown(subject)
        report.text(story().ledger())
    assert {one for one in recorder.missing if not re.fullmatch(r"{\w+}", one)} == set()


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("de", "Ein Absatz wurde entfernt; kein Korrekturhinweis erklärt die Änderung"),
        ("es", "Se ha eliminado un párrafo; ninguna nota de corrección lo explica"),
        ("fr", "Suppression d’un paragraphe; aucune note de correction ne l’explique"),
    ],
)
def test_a_report_is_in_the_language_asked_for(tag: str, said: str) -> None:
    """Its words are, and its days; the words of the article are as they were; then English again."""
    english = report.text(story())
    with in_language(f"{tag}-XX"):
        assert said in " ".join(report.text(story()).split())
        page = report.html(story())
    assert f'<html lang="{tag}">' in page
    assert 'lang="en" dir="ltr"' not in page
    assert not re.search(
        r"\b(March|notice|revision \d)\b", re.sub("<[^>]*>", " ", page.split("</style>")[1])
    )
    assert report.text(story()) == english


def test_a_language_without_words_is_refused() -> None:
    """The error names those that there are."""
    with pytest.raises(ValueError, match="choose one of en, de, es, fr"), in_language("tlh"):
        pass


def test_the_command_line_speaks_it(capsys: pytest.CaptureFixture[str]) -> None:
    """The option holds for one command, and not for the next."""
    assert main(["ledger", "examples/story", "--language", "fr"]) == 1
    assert "aucune note de correction ne l’explique" in " ".join(capsys.readouterr().out.split())
    main(["ledger", "examples/story"])
    assert "it is not explained by any correction notice" in " ".join(capsys.readouterr().out.split())
