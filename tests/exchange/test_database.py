"""The database: every row as it is, and a search that finds it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack import compare, from_text
from revtrack.changes.kinds import Nature, TextEdited
from revtrack.exchange.database import database
from revtrack.history import History
from revtrack.tables import COLUMNS, as_history, encodable
from tests.report.made import hostile_history, revision_of, story


@contextmanager
def opened(histories: Iterable[History]) -> Iterator[sqlite3.Connection]:
    """The database of *histories*."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(b"".join(database(histories)))
        yield connection


def rows(connection: sqlite3.Connection) -> list[dict[str, object]]:
    """All changes, as rows with the columns of a table."""
    found = connection.execute("SELECT * FROM changes ORDER BY id")
    names = [column[0] for column in found.description]
    assert names == ["id", "article", *COLUMNS]
    return [dict(zip(COLUMNS, cells[2:], strict=True)) for cells in found]


def sound(connection: sqlite3.Connection) -> bool:
    """Whether file and links are sound and both indexes hold what their tables hold."""
    for index in ("versions_fts", "changes_fts"):  # raises where they differ
        checking = "INSERT INTO {0} ({0}, rank) VALUES ('integrity-check', 1)"
        connection.execute(checking.format(index))
    checked = connection.execute("PRAGMA integrity_check").fetchall()
    return checked == [("ok",)] and not connection.execute("PRAGMA foreign_key_check").fetchall()


def test_every_change_is_a_row_of_its_article() -> None:
    """Articles, versions and changes are those of the histories, in their order."""
    histories = [story(), hostile_history()]
    with opened(histories) as connection:
        expected = [
            {name: encodable(c) if isinstance(c, str) else c for name, c in row.items()}
            for history in histories
            for row in history.records()
        ]
        assert rows(connection) == expected
        counts = connection.execute(
            "SELECT articles.id, articles.versions, count(*) FROM articles "
            "JOIN versions ON versions.article = articles.id GROUP BY 1 ORDER BY 1"
        )
        assert counts.fetchall() == [(1, 4, 4), (2, 2, 2)]
        texts = connection.execute("SELECT text FROM versions WHERE article = 1 ORDER BY number")
        assert [text for (text,) in texts] == [one.article.text for one in histories[0].versions]
        assert sound(connection)


@pytest.mark.parametrize(
    ("table", "words", "found"),
    [
        ("changes", "engineer warned", ["TextRemoved"]),
        ("changes", '"12 crowns"', ["TextEdited"]),
        ("changes", "new: authority", ["HeadlineChanged", "UpdateAdded"]),
        ("changes", "elsewhere", []),
        ("versions", "headline: crews", [1]),
    ],
)
def test_words_are_found(table: str, words: str, found: list[object]) -> None:
    """Words, phrases and single columns are searched in changes and in versions."""
    column = "kind" if table == "changes" else "number"
    with opened([story()]) as connection:
        query = "SELECT {1} FROM {0} WHERE id IN (SELECT rowid FROM {0}_fts WHERE {0}_fts MATCH ?)"
        hits = connection.execute(query.format(table, column), [words])
        assert [hit for (hit,) in hits] == found


def test_parts_of_a_run_of_chinese_are_found() -> None:
    """Where most articles are in a language without spaces, three characters are a word."""
    with opened(
        [told("闸门在黎明打开。六十艘驳船在港池等候。", "闸门在黎明打开。四十艘驳船在港池等候。")]
    ) as connection:
        count = "SELECT count(*) FROM versions_fts WHERE versions_fts MATCH ?"
        found = [
            connection.execute(count, [word]).fetchone() for word in ("四十艘", "在港池", "港口上")
        ]
        assert found == [(1,), (2,), (0,)]
        assert sound(connection)


def told(*texts: str) -> History:
    """The history of an article in Chinese that had these texts."""
    old, new = [from_text(text, headline="闸门", language="zh") for text in texts]
    return as_history(compare(old, new))


def test_the_search_follows_the_rows() -> None:
    """A row that is edited or deleted is found by what it says then."""
    with opened([story()]) as connection:
        connection.execute(
            "UPDATE changes SET \"new\" = 'Repairs cost a fortune.' WHERE \"new\" GLOB '*21*'"
        )
        connection.execute("DELETE FROM changes WHERE kind = 'TextRemoved'")
        count = "SELECT count(*) FROM changes_fts WHERE changes_fts MATCH ?"
        found = [connection.execute(count, [word]).fetchone() for word in ("fortune", "21", "engineer")]
        assert found == [(1,), (0,), (0,)]
        assert sound(connection)


@given(st.text(), st.text())
def test_hostile_text_stays_text(old: str, new: str) -> None:
    """Any text is a cell that reads as it was written, and the index holds."""
    change = TextEdited(old=old, new=new, rule="r", nature=Nature.NUMBER, substantive=True)
    history = as_history(attrs.evolve(revision_of(("=", "Text.")), changes=(change,)))
    with opened([history]) as connection:
        (row,) = rows(connection)
        assert (row["old"], row["new"]) == (old, new)
        assert sound(connection)
