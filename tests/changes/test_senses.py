"""One word, another fact; another wording, the same: in several languages."""

from __future__ import annotations

import pytest

from revtrack.changes.edit import Edit
from revtrack.changes.kinds import Difference
from revtrack.changes.nature import judge
from revtrack.diff import text as word_ops

ANOTHER_FACT = [
    ("en", "Rents climbed in the harbour district.", "Rents dropped in the harbour district."),
    ("en", "The court cleared the skipper.", "The court convicted the skipper."),
    ("en", "The cable cut her arm badly.", "The cable cut her shoulder badly."),
    ("en", "The lorry rammed the tram at dawn.", "The tram rammed the lorry at dawn."),
    ("en", "Anna Holm chaired it.", "Hanna Holm chaired it."),
    ("en", "The clerk struck a guard.", "The clerk was struck by a guard."),
    ("de", "Die Mieten stiegen im Hafen.", "Die Mieten sanken im Hafen."),
    ("de", "Das Gericht hat ihn verurteilt.", "Das Gericht hat ihn freigesprochen."),
    ("de", "Der Kran traf ihn am Bein.", "Der Kran traf ihn am Arm."),
    ("fr", "Le prix du billet a augmenté.", "Le prix du billet a baissé."),
    ("fr", "Son fils a signé la lettre.", "Sa fille a signé la lettre."),
    ("es", "El tribunal lo halló culpable.", "El tribunal lo halló inocente."),
    ("es", "Le operaron el brazo izquierdo.", "Le operaron el brazo derecho."),
    ("nl", "De prijs van het kaartje steeg.", "De prijs van het kaartje daalde."),
    ("ru", "Цены на билеты выросли.", "Цены на билеты упали."),
    ("ja", "裁判所は有罪とした。", "裁判所は無罪とした。"),
]

SAME_FACT = [
    ("en", "The pier is big.", "The pier is large."),
    ("en", "She bought the kiosk.", "She purchased the kiosk."),
    ("en", "The comittee met in the hall.", "The committee met in the hall."),
    ("en", 'She called it "a tremendus gift" then.', 'She called it "a tremendous gift" then.'),
    ("en", "The plan was unsuitable for boats.", "The plan was not suitable for boats."),
    ("en", "Guards held three men.", "Three men were held by guards."),
    ("de", "Sie kaufte das Boot.", "Sie erwarb das Boot."),
    ("de", "Die Brücke ist gesperrt.", "Die Brücke ist geschlossen."),
    ("fr", "Elle a acheté le bateau.", "Elle a acquis le bateau."),
    ("fr", "Le concert a commencé tard.", "Le concert a débuté tard."),
    ("es", "Ella compró el barco.", "Ella adquirió el barco."),
    ("es", "La obra empezó tarde.", "La obra comenzó tarde."),
]


@pytest.mark.parametrize(("language", "old", "new"), ANOTHER_FACT)
def test_a_word_that_says_another_thing_is_substantive(language: str, old: str, new: str) -> None:
    """And so it is with the sides exchanged."""
    assert judge(Edit(old, new, word_ops(old, new), language=language)).substantive
    assert judge(Edit(new, old, word_ops(new, old), language=language)).substantive


@pytest.mark.parametrize(("language", "old", "new"), SAME_FACT)
def test_another_wording_of_the_same_is_not_substantive(language: str, old: str, new: str) -> None:
    """A synonym, a misspelling, another voice."""
    assert not judge(Edit(old, new, word_ops(old, new), language=language)).substantive
    assert not judge(Edit(new, old, word_ops(new, old), language=language)).substantive


def test_one_sentence_has_a_difference_for_each_fact_that_changed() -> None:
    """A figure, a day and both parts of a name are three differences of three natures."""
    old = "On Monday some 45 boats left, said the harbour master, Anna Holt."
    new = "On Friday some 54 boats left, said the harbour master, Hanna Bolt."
    found = [(d.old.of(old), d.new.of(new), d.substantive) for d in judged(old, new)]
    assert found == [
        ("Monday", "Friday", True),
        ("45", "54", True),
        ("Anna Holt", "Hanna Bolt", True),
    ]


def judged(old: str, new: str) -> tuple[Difference, ...]:
    """The differences of an edit."""
    return judge(Edit(old, new, word_ops(old, new))).differences
