"""Lines that lead to documents and sets of data."""

from __future__ import annotations

import pytest

import revtrack
from revtrack.extract import extract
from revtrack.extract.labels import leads_to_document
from revtrack.model import Block, BlockKind, Link, Span

from .pages import STORY, page


def _line(text: str, href: str) -> Block:
    return Block(BlockKind.PARAGRAPH, text, (Link(Span(0, len(text)), href),))


@pytest.mark.parametrize(
    ("text", "href", "expected"),
    [
        ("View this dataset", "https://data.example/locks", True),
        ("Open data set", "/locks", True),
        ("Zum Datensatz", "/schleusen", True),
        ("Voir le jeu de données", "/ecluses", True),
        ("データセットを見る", "/locks", True),
        ("Minutes of the harbour council (2 MB)", "/minutes.PDF?download=1", True),
        ("Ships by month", "/ships.csv#2024", True),
        ("More about locks", "/locks.html", False),
        ("More about locks", "/story?file=ships.csv", False),
        ("Get the guide now!", "/guide.pdf", False),
        (
            "How a dataset of every lock in the land came to be lost, found and lost again at sea",
            "/a",
            False,
        ),
        ("Share", "/share", False),
    ],
)
def test_what_leads_to_a_document(text: str, href: str, *, expected: bool) -> None:
    """The address names a file, or the line a set of data."""
    assert leads_to_document(_line(text, href)) is expected


def test_a_line_without_a_link_leads_nowhere() -> None:
    """A set of data that is only spoken of is a text like any other."""
    assert not leads_to_document(Block(BlockKind.PARAGRAPH, "View this dataset"))


BUTTON = (
    '<div class="action"><a class="btn" href="https://data.example/locks">View this dataset</a></div>'
)


def test_a_button_to_data_that_is_gone_is_told() -> None:
    """What stands under the text and leads to its data belongs to it."""
    (change,) = revtrack.compare(page(STORY + BUTTON), page(STORY)).changes
    assert isinstance(change, revtrack.TextRemoved)
    assert change.old == "View this dataset"


@pytest.mark.parametrize(
    "other",
    [
        f"{BUTTON}{STORY}",
        f"{STORY}<nav>{BUTTON}</nav>",
        f"{STORY}<p>Related article: <a href='/locks.csv'>All locks by year of building</a></p>",
        f"{STORY}<p><a href='/more'>More stories of the harbour</a></p>",
    ],
)
def test_other_links_are_left_out(other: str) -> None:
    """Above the text, in furniture and after a label such a line is a page's machinery."""
    assert extract(page(other)).text == extract(page(STORY)).text
