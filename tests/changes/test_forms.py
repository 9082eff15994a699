"""Forms that look like edits: what was moved, repeated, renumbered, or set as a list, row by row."""

from __future__ import annotations

import attrs
import pytest

import revtrack
from revtrack.changes.kinds import TextAdded, TextEdited, TextMoved, TextRemoved
from revtrack.diff import apply
from revtrack.model import Article, Block, BlockKind

from .pairs import pairs

STORY = {
    "en": (
        "The lighthouse at Orsund will close in spring, its owner said.",
        "Nobody has lived in the tower since the lamp was made to run by itself.",
        "A buyer from the mainland wants to let rooms to painters.",
    ),
    "de": (
        "Der Leuchtturm von Orsund schließt im Frühjahr, sagte der Eigentümer.",
        "Seit die Lampe von selbst läuft, wohnt niemand mehr im Turm.",
        "Ein Käufer vom Festland will dort Zimmer an Maler vermieten.",
    ),
    "fr": (
        "Le phare d'Orsund fermera au printemps, a dit son propriétaire.",
        "Personne n'habite la tour depuis que la lampe marche toute seule.",
        "Un acheteur du continent veut y louer des chambres aux peintres.",
    ),
}
KINDS = {"*": BlockKind.LIST_ITEM, "|": BlockKind.TABLE_ROW}


def article(language: str, *lines: str) -> Article:
    """An article of these blocks: ``* `` begins a list item, ``| `` a row of cells."""
    blocks = []
    for line in lines:
        kind = KINDS.get(line[0], BlockKind.PARAGRAPH)
        words = line[2:] if line[0] in KINDS else line
        cells = words.split(" | ")
        key = cells[0] if kind is BlockKind.TABLE_ROW and len(cells) > 1 else None
        blocks.append(Block(kind, " ".join(cells), key=key))
    return attrs.evolve(revtrack.from_text("x", language=language), blocks=tuple(blocks))


def compared(old: Article, new: Article) -> revtrack.Revision:
    """The revision, whose operations give the new text."""
    revision = revtrack.compare(old, new)
    assert apply(revision.ops, old.text) == new.text
    return revision


@pytest.mark.parametrize(
    ("language", "old", "new"),
    pairs("A paragraph without a name in it has moved, also where it was edited on the way"),
)
def test_a_paragraph_that_went_down_the_page_was_moved(language: str, old: str, new: str) -> None:
    """A paragraph without a name in it has moved, also where it was edited on the way."""
    first, second, third = STORY[language]
    revision = compared(
        article(language, first, old, second, third), article(language, first, second, third, new)
    )
    assert [type(change) for change in revision.changes] == [TextMoved]


@pytest.mark.parametrize("language", STORY)
def test_a_list_item_that_changed_its_place_was_moved(language: str) -> None:
    """Short items move like long ones where they read the same."""
    first, second, _ = STORY[language]
    items = ["* a b", "* c d", "* e f"]
    revision = compared(
        article(language, first, *items, second),
        article(language, first, *items[1:], items[0], second),
    )
    assert [type(change) for change in revision.changes] == [TextMoved]


@pytest.mark.parametrize("language", STORY)
def test_a_sentence_may_move_into_another_paragraph(language: str) -> None:
    """Word for word in another paragraph is a move, and nothing was removed."""
    first, second, third = STORY[language]
    short = {"en": "It is damp.", "de": "Es ist feucht.", "fr": "Il est humide."}[language]
    revision = compared(
        article(language, f"{first} {short}", second, third),
        article(language, first, second, f"{third} {short}"),
    )
    assert [type(change) for change in revision.changes] == [TextMoved]


@pytest.mark.parametrize("language", STORY)
def test_a_repetition_that_was_dropped_is_not_substantive(language: str) -> None:
    """A paragraph that was there twice and is there once was not removed; and the other way round."""
    first, second, third = STORY[language]
    twice = article(language, first, second, third, second)
    once = article(language, first, second, third)
    for old, new in ((twice, once), (once, twice)):
        (change,) = compared(old, new).changes
        assert not change.substantive
        assert change.rule.endswith("repetition")


def test_words_inside_another_sentence_are_not_the_same_sentence() -> None:
    """A claim that is only quoted as false now was removed as a claim."""
    first, second, third = STORY["en"]
    old = article("en", first, "The owner cheated.", second, third)
    new = article("en", first, second, third, "A court found it false that The owner cheated.")
    assert any(
        isinstance(change, TextRemoved) and change.substantive for change in compared(old, new).changes
    )


LISTS = pairs("A sentence that was set as a list is one change of form")


@pytest.mark.parametrize("row", LISTS)
def test_a_sentence_set_as_a_list_is_one_change_of_form(row: tuple[str, ...]) -> None:
    """Its parts are not new; and a list that was written out as a sentence lost none."""
    language, sentence, *items = row
    first, second, _ = STORY[language]
    one = article(language, first, sentence, second)
    many = article(language, first, *items, second)
    for old, new in ((one, many), (many, one)):
        (change,) = compared(old, new).changes
        assert isinstance(change, TextEdited)
        assert not change.substantive


def test_an_item_that_the_sentence_did_not_name_was_added() -> None:
    """What comes with the new form and was in no sentence is new."""
    language, sentence, *items = LISTS[0]
    first, second, _ = STORY[language]
    revision = compared(
        article(language, first, sentence, second),
        article(language, first, *items, "* the resignation of the harbour master", second),
    )
    assert [c.new for c in revision.added] == ["the resignation of the harbour master"]


ROWS = [
    (("| Arn | 4 | 1 | 9", "| Bruk | 4 | 0 | 3"), ("| Bruk | 5 | 1 | 6", "| Arn | 5 | 1 | 9")),
    (("| Mittel | 12,50 €", "| Groß | 19,00 €"), ("| Mittel | 13,20 €", "| Groß | 21,00 €")),
    (("| Maire | A. Tiel", "| Port | B. Roux"), ("| Maire | C. Vann", "| Port | D. Lorn")),
    (("* Adults: 12 crowns", "* Children: 4 crowns"), ("* Children: 5 crowns", "* Adults: 14 crowns")),
]


@pytest.mark.parametrize(("old", "new"), ROWS)
@pytest.mark.parametrize("language", STORY)
def test_rows_of_one_name_are_one_row(
    language: str, old: tuple[str, ...], new: tuple[str, ...]
) -> None:
    """A table that was brought up to date lost no row and won none."""
    first, second, _ = STORY[language]
    revision = compared(article(language, first, *old, second), article(language, first, *new, second))
    assert len(revision.changes) == len(old)
    assert not revision.removed
    assert not revision.added


def test_a_row_of_another_name_is_another_row() -> None:
    """A club that left the table was removed from it, whoever took its place."""
    first, second, _ = STORY["en"]
    revision = compared(
        article("en", first, "| Arn | 4 | 1 | 9", "| Bruk | 4 | 0 | 3", second),
        article("en", first, "| Arn | 5 | 1 | 9", "| Corv | 7 | 6 | 18", second),
    )
    assert not any(
        isinstance(c, TextEdited) and "Bruk" in (c.old or "") and not c.substantive
        for c in revision.changes
    )
    assert revision.undisclosed


POINTS = [
    ("{}. ", ("1", "2", "3", "4")),
    ("{}) ", ("a", "b", "c", "d")),
    ("({}) ", ("i", "ii", "iii", "iv")),
    ("{}． ", ("1", "2", "3", "4")),
]


@pytest.mark.parametrize(("form", "signs"), POINTS)
@pytest.mark.parametrize("language", STORY)
def test_a_point_that_was_put_in_changes_no_other(
    language: str, form: str, signs: tuple[str, ...]
) -> None:
    """The numbers of the points behind a new one are markers, and no facts."""
    first, second, third = STORY[language]
    points = [first, second, third]
    old = article(language, *[form.format(s) + p for s, p in zip(signs, points, strict=False)])
    points.insert(1, {"en": "Close the gate.", "de": "Tor zu.", "fr": "Fermez."}[language])
    new = article(language, *[form.format(s) + p for s, p in zip(signs, points, strict=False)])
    for one, two in ((old, new), (new, old)):
        revision = compared(one, two)
        assert len([c for c in revision.changes if c.substantive]) == 1
        assert all(c.rule.endswith("marker") for c in revision.changes if not c.substantive)


@pytest.mark.parametrize(
    ("language", "old", "new"),
    pairs("A day or a figure at the start of a paragraph is a fact: no neighbour counts on from it"),
)
def test_a_number_without_a_next_point_is_a_number(language: str, old: str, new: str) -> None:
    """A day or a figure at the start of a paragraph is a fact: no neighbour counts on from it."""
    first, second, third = STORY[language]
    revision = compared(
        article(language, first, old, second, third), article(language, first, new, second, third)
    )
    assert [change.substantive for change in revision.changes] == [True]


def test_a_changed_point_is_told_without_its_marker() -> None:
    """Where a point was renumbered and edited, the edit is what its words say."""
    first, second, third = STORY["en"]
    old = article("en", f"1. {first}", f"2. {second}", f"3. {third}")
    new = article(
        "en",
        f"1. {first}",
        "2. Lock the door.",
        f"3. {second.replace('Nobody', 'Nobody else')}",
        f"4. {third}",
    )
    revision = compared(old, new)
    assert {
        c.old for c in revision.changes if isinstance(c, TextEdited) and not c.rule.endswith("marker")
    } == {second}
    assert all(
        not any(map(str.isdigit, c.new or "")) for c in revision.edited if not c.rule.endswith("marker")
    )


@pytest.mark.parametrize(
    ("language", "line"), pairs("That a story was developing is no part of the story")
)
def test_a_line_on_the_state_of_the_page_is_metadata(language: str, line: str) -> None:
    """That a story was developing is no part of the story, when it comes and when it goes."""
    story = STORY.get(language, STORY["en"])
    without, at_end = article(language, *story), article(language, *story, line)
    for old, new in ((without, at_end), (at_end, without), (without, article(language, line, *story))):
        (change,) = compared(old, new).changes
        assert change.rule.endswith("status-line")
        assert not change.substantive


@pytest.mark.parametrize(
    ("language", "line"), pairs("What will be updated must be the page; anything else is news")
)
def test_a_line_that_says_more_is_text(language: str, line: str) -> None:
    """What will be updated must be the page; anything else is news."""
    story = STORY.get(language, STORY["en"])
    (change,) = compared(article(language, *story, line), article(language, *story)).changes
    assert change.substantive


def test_a_status_line_inside_the_story_is_text() -> None:
    """Such words count at the ends of an article alone."""
    story = (
        *STORY["en"],
        *STORY["en"][:0],
        "The tower is older than the pier.",
        "Boats still steer by it.",
    )
    old = article("en", *story[:2], "More to follow.", *story[2:], "Its bell rings at noon.")
    new = article("en", *story, "Its bell rings at noon.")
    (change,) = compared(old, new).changes
    assert change.substantive


def test_a_status_line_is_not_an_edit_of_news() -> None:
    """The news that takes its place is added, and the line goes as what it was."""
    story = STORY["en"]
    revision = compared(
        article("en", *story, "More to follow."), article("en", *story, "More boats sank.")
    )
    assert [(type(c), c.substantive) for c in revision.changes] == [
        (TextRemoved, False),
        (TextAdded, True),
    ]
