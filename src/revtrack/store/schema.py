"""The tables of a store, step by step from an empty file to the newest form.

Each step runs in one transaction together with the new `user_version`, so a crash leaves the form of
one step or of the next, never something between. Steps are never edited once they are released: a
new form is a new step at the end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["APPLICATION", "NEWEST", "STEPS", "migrate", "statements", "unlocked"]

APPLICATION = int.from_bytes(b"rvtk", "big")
"""SQLite's `application_id` of a store: it distinguishes it from the files of other programs."""

_CAPTURES = """
CREATE TABLE articles (
    id INTEGER PRIMARY KEY
) STRICT;

-- every address under which an article was seen, and why it is taken for that article
CREATE TABLE addresses (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES articles,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX addresses_of_article ON addresses (article);

-- each page once, whole or as its difference from an earlier page
CREATE TABLE bodies (
    id INTEGER PRIMARY KEY,
    digest BLOB NOT NULL UNIQUE,
    size INTEGER NOT NULL,
    form TEXT NOT NULL,
    base INTEGER REFERENCES bodies,
    depth INTEGER NOT NULL,
    packed BLOB NOT NULL
) STRICT;
CREATE INDEX bodies_on_base ON bodies (base) WHERE base IS NOT NULL;

-- every observation, in the order in which it was stored
CREATE TABLE captures (
    id INTEGER PRIMARY KEY,
    address INTEGER NOT NULL REFERENCES addresses,
    captured_at INTEGER NOT NULL, -- microseconds since 1970 in UTC
    outcome TEXT NOT NULL,
    body INTEGER REFERENCES bodies,
    described TEXT NOT NULL, -- JSON: the observation without the page
    seal BLOB NOT NULL -- SHA-256 over this row and the seal of the row before
) STRICT;
-- one look is stored once, however often it is given
CREATE UNIQUE INDEX captures_once ON captures (address, captured_at, outcome, ifnull(body, 0));

CREATE TRIGGER captures_stay BEFORE UPDATE ON captures
BEGIN SELECT RAISE(ABORT, 'a stored capture never changes'); END;
CREATE TRIGGER captures_remain BEFORE DELETE ON captures
BEGIN SELECT RAISE(ABORT, 'a stored capture is never deleted'); END;
CREATE TRIGGER bodies_stay BEFORE UPDATE ON bodies
BEGIN SELECT RAISE(ABORT, 'a stored page never changes'); END;
CREATE TRIGGER bodies_remain BEFORE DELETE ON bodies
BEGIN SELECT RAISE(ABORT, 'a stored page is never deleted'); END;

-- what extraction and comparison made of the captures; can be made again at any time
CREATE TABLE histories (
    article INTEGER PRIMARY KEY REFERENCES articles,
    rules TEXT NOT NULL, -- which extractor and which form of the document made it
    observations INTEGER NOT NULL, -- how many it was told from
    newest INTEGER NOT NULL, -- the time of the newest of them
    size INTEGER NOT NULL,
    form TEXT NOT NULL,
    document BLOB NOT NULL
) STRICT;

-- revisions that a change of those rules made or took away
CREATE TABLE technical (
    id INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES articles,
    after INTEGER NOT NULL,
    until INTEGER NOT NULL,
    old_rules TEXT NOT NULL,
    new_rules TEXT NOT NULL,
    appeared INTEGER NOT NULL
) STRICT;
"""

_SCHEDULE = """
-- what `revtrack watch` looks at again, and when
CREATE TABLE followed (
    url TEXT NOT NULL,
    source TEXT NOT NULL,
    next_check INTEGER NOT NULL,
    PRIMARY KEY (url, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX followed_by_time ON followed (next_check);
"""

_DIGESTS = """
-- how many observations an article has: what an index hides is missed
ALTER TABLE articles ADD COLUMN observations INTEGER NOT NULL DEFAULT 0;
ALTER TABLE articles ADD COLUMN digest BLOB;
UPDATE articles SET observations = (
    SELECT count(*) FROM captures JOIN addresses ON addresses.id = captures.address
    WHERE addresses.article = articles.id
);
UPDATE articles SET digest = row_digest(id, observations);
-- each row that says something bears a digest of what it says (`revtrack.store.sealing`)
ALTER TABLE addresses ADD COLUMN digest BLOB;
UPDATE addresses SET digest = row_digest(key, article, reason);
ALTER TABLE technical ADD COLUMN digest BLOB;
UPDATE technical SET digest = row_digest(article, after, until, old_rules, new_rules, appeared);
ALTER TABLE followed ADD COLUMN digest BLOB;
UPDATE followed SET digest = row_digest(url, source, next_check);
-- and a history that of the last observation that it was told from; those without are told anew
DELETE FROM histories;
ALTER TABLE histories ADD COLUMN last INTEGER;
ALTER TABLE histories ADD COLUMN digest BLOB;
-- the address that the pages of an article name as their own, empty where they name none or several
CREATE TABLE stated (
    article INTEGER PRIMARY KEY REFERENCES articles,
    key TEXT NOT NULL,
    digest BLOB NOT NULL
) STRICT;
CREATE INDEX stated_by_key ON stated (key);
"""

_TOMBSTONES = """
-- observations that were taken out because somebody asked for it; the seals after them hold
CREATE TABLE tombstones (
    number INTEGER PRIMARY KEY, -- of the observation
    seal BLOB NOT NULL, -- of the observation
    key TEXT NOT NULL,
    captured_at INTEGER NOT NULL,
    digest BLOB NOT NULL, -- of the page; empty where it was not to be kept
    asked_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    forgotten_at INTEGER NOT NULL,
    fits BLOB NOT NULL -- the digest of the above
) STRICT;
CREATE INDEX tombstones_of_capture ON tombstones (key, captured_at);

CREATE TRIGGER tombstones_stay BEFORE UPDATE ON tombstones
BEGIN SELECT RAISE(ABORT, 'a tombstone never changes'); END;
CREATE TRIGGER tombstones_remain BEFORE DELETE ON tombstones
BEGIN SELECT RAISE(ABORT, 'a tombstone is never deleted'); END;
"""

STEPS: tuple[str, ...] = (_CAPTURES, _SCHEDULE, _DIGESTS, _TOMBSTONES)
"""The migrations from form *n* to form *n + 1*, beginning with the empty file."""

NEWEST = len(STEPS)
"""The form that this revtrack writes, SQLite's `user_version`."""


def migrate(connection: sqlite3.Connection) -> None:
    """Migrate a file to the newest form; one transaction per step.

    When a step fails, close the connection: that rolls the step back.
    """
    while True:
        connection.execute("BEGIN IMMEDIATE")
        (form,) = connection.execute("PRAGMA user_version").fetchone()
        if form >= NEWEST:
            connection.execute("ROLLBACK")
            return
        for statement in statements(STEPS[form]):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {form + 1}")
        connection.execute("COMMIT")


@contextmanager
def unlocked(connection: sqlite3.Connection, *triggers: str) -> Iterator[None]:
    """Drop *triggers* within the transaction of *connection* and create them again at its end."""
    known = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    there = [name for name in triggers if name in known]
    for name in there:
        connection.execute(f"DROP TRIGGER {name}")
    yield
    for name in there:
        connection.execute(known[name])


def statements(step: str) -> list[str]:
    """The statements of a step one by one: `executescript` would commit implicitly."""
    found, pending = [], ""
    for line in step.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found
