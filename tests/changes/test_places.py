"""A notice that names a paragraph by its number explains what was changed there, and nothing else."""

from __future__ import annotations

import pytest

import revtrack
from revtrack.changes import DisclosureState

_DISCLOSED, _OPEN = DisclosureState.DISCLOSED, DisclosureState.POSSIBLE


@pytest.mark.parametrize(
    ("language", "paragraphs", "notice"),
    [
        (
            "en",
            "The ferry was late.|It carried {} people.|It left.",
            "there was an error in paragraph two.",
        ),
        (
            "en",
            "The ferry was late.|It carried {} people.|It left.",
            "the second paragraph had an error.",
        ),
        (
            "de",
            "Die Fähre kam spät.|Sie trug {} Menschen.|Sie fuhr.",
            "Im zweiten Absatz war ein Fehler.",
        ),
        (
            "fr",
            "Le bac était en retard.|Il portait {} gens.|Il partit.",
            "une erreur au 2e paragraphe.",
        ),
        ("ja", "船は遅れた。|乗客は{}人だった。|船は出た。", "第2段落に誤りがありました。"),
    ],
)
def test_a_paragraph_named_by_its_number_is_explained(
    language: str, paragraphs: str, notice: str
) -> None:
    """The change in the second paragraph is disclosed, whatever the language of the number."""
    label = {"de": "Korrektur", "ja": "訂正"}.get(language, "Correction")
    old, new = (paragraphs.format(number).split("|") for number in (240, 260))
    revision = _revision(old, [*new, f"{label}: {notice}"], language)
    assert [change.state for change in revision.changes if change.old] == [_DISCLOSED]


def test_a_change_in_another_paragraph_stays_open() -> None:
    """A notice on the first paragraph does not disclose what was changed in the second."""
    old, new = (["The ferry was late.", f"It carried {number} people."] for number in (240, 260))
    notice = "Correction: there was an error in the first paragraph."
    revision = _revision(old, [*new, notice], "en")
    assert [change.state for change in revision.changes if change.old] == [_OPEN]


def _revision(old: list[str], new: list[str], language: str) -> revtrack.Revision:
    sides = [revtrack.from_text("\n\n".join(side), language=language) for side in (old, new)]
    return revtrack.compare(*sides)
