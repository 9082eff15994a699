"""What a store keeps, how it is asked, and what it tells."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import attrs
import pytest

import revtrack
from revtrack import codec
from revtrack.errors import SourceError, StoreError, StoreFault
from revtrack.model import Capture, Interval, Screened, ScreenReason, Snapshot
from revtrack.records import Outcome, Part, Rebuilt, Technical
from revtrack.sources import Files, Source, fetch_all
from revtrack.store import Store, database, histories
from revtrack.store.sealing import Row, seal
from revtrack.urls import identify
from tests.store.made import START, URL, failure, page, snapshot

STORY = Path(__file__).parents[2] / "examples" / "story"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store of a test lies."""
    return tmp_path / "news.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(path) as opened:
        yield opened


def _filled_with_the_story(store: Store) -> None:
    files = Files(STORY)
    for capture in files.captures(URL):
        store.add(files.fetch(capture))


def test_what_was_added_comes_back_the_same(path: Path) -> None:
    """After closing and opening, a snapshot is what it was, its digest filled in."""
    given = snapshot(1)
    with Store.open(path) as store:
        stored = store.add(given)
        assert stored == attrs.evolve(given.capture, digest=given.digest)
    with Store.open(path) as store:
        assert store.fetch(stored) == attrs.evolve(given, capture=stored)
        assert list(store.captures(URL)) == [stored]


def test_a_store_is_a_source(store: Store) -> None:
    """Whatever takes a source takes a store."""
    assert isinstance(store, Source)
    _filled_with_the_story(store)
    from_files = revtrack.track(Files(STORY), URL)
    from_store = revtrack.track(store, URL)
    assert [version.article for version in from_store.versions] == [
        version.article for version in from_files.versions
    ]
    assert from_store.revisions == from_files.revisions


def test_an_address_may_be_written_otherwise(store: Store) -> None:
    """Addresses that name one article share its captures, which keep the address they were taken at."""
    other = "http://www.lockkeeper.example/2024/03/tarn-locks-reopen/?utm_source=feed"
    store.add(snapshot(1))
    store.add(snapshot(2, url=other))
    assert [capture.url for capture in store.captures(other)] == [URL, other]
    (article,) = store.articles()
    assert (article.url, article.observations) == (other, 2)


def test_pages_that_name_one_address_are_one_article(store: Store) -> None:
    """rel=canonical of both joins two addresses when a history is told, and the reason is kept."""
    mirror = "https://lockkeeper.example/syndicated/4711"
    store.add(snapshot(1, body=_naming(1, URL)))
    store.add(snapshot(2, url=mirror, body=_naming(2, URL)))
    assert len(store.articles()) == 2
    assert len(store.history(mirror).versions) == 2
    (article,) = store.articles()
    assert {address.reason for address in article.addresses} == {"first seen", "rel=canonical"}
    assert len(store.history(URL).versions) == 2


def test_pages_that_name_two_addresses_join_nothing(store: Store) -> None:
    """Where the versions of an article do not agree on its address, none is believed."""
    mirror = "https://lockkeeper.example/syndicated/4711"
    store.add(snapshot(1, body=_naming(1, URL)))
    store.add(snapshot(2, url=mirror, body=_naming(2, URL)))
    store.add(snapshot(3, url=mirror, body=_naming(3, f"{URL}/2")))
    store.history(mirror)
    assert len(store.articles()) == 2


@pytest.mark.parametrize(
    ("url", "stranger"),
    [
        ("https://blogs.example/2024/pier", "https://nobody.blogs.example/x"),
        ("https://nobody.blogs.example/pier", "https://blogs.example/x"),
        ("https://ada.blogs.example/pier", "https://nobody.blogs.example/x"),
        ("https://blogs.example/@ada/pier", "https://blogs.example/@nobody/pier"),
        ("https://blogs.example/~ada/pier", "https://blogs.example/~nobody/x"),
        ("https://blogs.example/users/ada/1", "https://blogs.example/users/nobody/1"),
        ("https://blogs.example/people/ada/1", "https://blogs.example/people/nobody/1"),
        ("https://blogs.example/blogs/ada/1", "https://blogs.example/blogs/nobody/1"),
        ("https://blogs.example/authors/ada/1", "https://blogs.example/authors/nobody/1"),
        ("https://journal.example/pier", "https://other.example/pier"),
    ],
)
@pytest.mark.parametrize("first", [1, 5])
def test_a_stranger_joins_nothing(store: Store, url: str, stranger: str, first: int) -> None:
    """A page of another user names an article, which names itself: two articles, told in any order."""
    store.add(snapshot(3, url=url, body=_naming(3, url)))
    store.add(snapshot(first, url=stranger, body=_naming(first, url)))
    for address in (stranger, url, stranger):
        assert len(store.history(address).versions) == 1
    assert len(store.articles()) == 2


@pytest.mark.parametrize("named", [None, "https://lockkeeper.example/2024/03/other"])
def test_one_side_alone_joins_nothing(store: Store, named: str | None) -> None:
    """Where the article that is named does not name itself, or is not captured, nothing is joined."""
    upload = "https://lockkeeper.example/comments/upload/77.html"
    store.add(snapshot(2, url=upload, body=_naming(2, URL)))
    assert len(store.history(upload).versions) == 1
    store.add(snapshot(3, body=page(3) if named is None else _naming(3, named)))
    assert len(store.history(URL).versions) == 1
    assert len(store.history(upload).versions) == 1
    assert [len(article.addresses) for article in store.articles()] == [1, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.journal.example/tide", "https://m.journal.example/tide-9?print=1"),
        ("https://journal.example/@ada/tide", "https://journal.example/@ada/tide?page=all"),
        ("https://journal.example/2024/tide", "https://journal.example/p/4711"),
    ],
)
def test_two_sides_that_agree_are_joined(store: Store, one: str, other: str) -> None:
    """Pages of one host, or of its mobile form, that name one address are one article."""
    store.add(snapshot(1, url=one, body=_naming(1, one)))
    store.add(snapshot(2, url=other, body=_naming(2, one)))
    assert len(store.history(other).versions) == 2
    assert store.history(one) == store.history(other)
    assert len(store.articles()) == 1


@pytest.mark.parametrize("section", ["", "/2024", "/2024/03"])
def test_a_section_that_stories_name_joins_none(store: Store, section: str) -> None:
    """Stories whose template names the section above them are not one article."""
    named = f"https://journal.example/news{section}"
    stories = [f"{named}/2024-tide", f"{named}/x/pier"]
    for number, story in enumerate(stories):
        store.add(snapshot(number + 1, url=story, body=_naming(number + 1, named)))
    for story in stories:
        assert len(store.history(story).versions) == 1
    assert len(store.articles()) == 2


def test_a_wrong_join_is_undone(store: Store) -> None:
    """What was joined is parted again, both histories are their own, and it is not joined anew."""
    other = "https://lockkeeper.example/syndicated/4711"
    for number in range(2):  # so that no article has the number of what it holds
        store.add(snapshot(number, url=f"https://lockkeeper.example/p/{number}"))
    store.add(snapshot(1, body=_naming(1, URL)))
    store.add(snapshot(2, url=other, body=_naming(2, URL)))
    assert len(store.history(other).versions) == 2
    store.part(other)
    for _ in range(2):
        assert [len(store.history(url).versions) for url in (URL, other)] == [1, 1]
    rows = list(store.verify())
    assert [row.fault for row in rows if row.fault] == []
    assert {identify(URL).key, identify(other).key} <= {r.name for r in rows if r.part is Part.ADDRESS}
    with pytest.raises(StoreError, match="nothing to part"):
        store.part(other)


def _naming(number: int, url: str) -> bytes:
    """The page of that number, which names *url* as its address."""
    return page(number).replace(b"<title>", f'<link rel="canonical" href="{url}"><title>'.encode())


def test_a_body_is_kept_once(store: Store) -> None:
    """The same page at another time, or of another article, takes no more room for its body."""
    store.add(snapshot(1))
    store.add(snapshot(2, body=page(1)))
    store.add(snapshot(3, url="https://lockkeeper.example/other", body=page(1)))
    assert (store.counts().pages, store.counts().observations) == (1, 3)


def test_a_server_that_says_unchanged_is_an_observation(store: Store) -> None:
    """A 304 is kept as one, and its capture has the page that was there before."""
    store.add(snapshot(1))
    again = store.add(attrs.evolve(snapshot(2, body=page(1)), status=304))
    outcomes = [row.outcome for row in store.observations(URL)]
    assert outcomes == [Outcome.PAGE, Outcome.UNCHANGED]
    assert store.fetch(again).body == page(1)
    assert [len(version.captures) for version in store.history(URL).versions] == [2]


def test_a_look_that_failed_is_kept(store: Store) -> None:
    """It is listed, its fetch says what was said then, and the history screens it out by name."""
    store.add(snapshot(1))
    failed = store.add(failure(2))
    with pytest.raises(SourceError, match="look 2 was refused"):
        store.fetch(failed)
    (row,) = store.history(URL).screened
    assert (row.reason, row.detail) == (ScreenReason.FETCH_FAILED, "look 2 was refused")


def test_a_failure_that_was_made_good_is_no_capture(store: Store) -> None:
    """Once the same capture was had, the failure stays an observation and is told no more."""
    store.add(failure(2))
    assert len(store.history(URL).screened) == 1
    stored = store.add(snapshot(2))
    assert list(store.captures(URL)) == [stored]
    assert [row.outcome for row in store.observations(URL)] == [Outcome.FAILED, Outcome.PAGE]
    assert store.history(URL).screened == ()


def test_what_is_stored_need_not_be_fetched_again(store: Store) -> None:
    """A capture that a source lists is in the store when its page is; a failure is not enough."""
    listed = snapshot(1).capture
    assert listed not in store
    store.add(failure(1))
    assert listed not in store
    store.add(snapshot(1))
    assert listed in store
    assert attrs.evolve(listed, digest="00" * 32) not in store


def test_a_capture_needs_address_and_time(store: Store) -> None:
    """What could never be found again is refused, and nothing of its batch is stored."""
    for gone in (Capture(None, START), Capture(URL, None)):
        with pytest.raises(ValueError, match="needs an address and a time"):
            list(store.add_all([snapshot(1), Snapshot(gone, b"page")]))
    assert store.counts().observations == 0
    assert store.fetch(store.add(snapshot(2))).body == page(2)


def test_what_was_not_written_is_not_remembered(path: Path, store: Store) -> None:
    """A page of a batch that failed is never given for the page that another process stored."""
    with pytest.raises(ValueError, match="needs an address and a time"):
        list(store.add_all([snapshot(1), Snapshot(Capture(None, START), b"page")]))
    with Store.open(path) as other:
        stored = other.add(snapshot(2))
    assert store.fetch(stored).body == page(2)


def test_many_are_acknowledged_in_their_order(store: Store) -> None:
    """`add_all` gives the capture of each, as `add` would."""
    given = [snapshot(number) for number in range(150)]
    assert list(store.add_all(given)) == [attrs.evolve(one.capture, digest=one.digest) for one in given]
    assert [store.fetch(capture).body for capture in store.captures(URL)] == [one.body for one in given]


def test_what_others_add_meanwhile_is_told_the_next_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A capture that comes while a history is told is told once, and by the next telling."""
    store.add(snapshot(1))

    def slow(source: Source, captures: Iterable[Capture]) -> Iterator[Snapshot | Screened]:
        if snapshot(9).capture not in store:
            store.add(snapshot(9))
        return fetch_all(source, captures)

    monkeypatch.setattr(histories, "fetch_all", slow)
    assert len(store.history(URL).versions) == 1
    assert store.history(URL) == revtrack.track(store, URL)


def test_no_captures_give_an_empty_history(store: Store) -> None:
    """An address that was never stored has a history without versions."""
    assert store.history(URL) == revtrack.History()
    assert list(store.captures(URL)) == []


def test_rebuild_marks_what_the_rules_made(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a change of rules, a revision that only one telling has is technical."""
    for number in (1, 2):
        store.add(snapshot(number, body=page(number)))
    assert len(store.history(URL).revisions) == 1
    database = store._database  # a telling by rules that saw no revision
    one = revtrack.History.from_snapshots([store.fetch(c) for c in list(store.captures(URL))[:1]])
    with database.writing() as connection:
        document = codec.dumps(one).encode()
        connection.execute(
            "UPDATE histories SET rules = 'older 0', form = 'plain', document = ?, size = ?, "
            "digest = row_digest(article, 'older 0', observations, newest, "
            "(SELECT seal FROM captures WHERE captures.id = last), ?)",
            (document, len(document), document),
        )
    (row,) = list(store.rebuild())
    assert (row.url, row.versions, row.revisions) == (URL, 2, 1)
    (mark,) = row.technical
    assert (mark.appeared, mark.old_rules, mark.new_rules) == (True, "older 0", histories.rules())
    assert store.technical(URL) == row.technical
    assert [again.technical for again in store.rebuild()] == [()]


def test_what_is_kept_can_be_lost(store: Store) -> None:
    """A damaged history is computed again from the captures."""
    store.add(snapshot(1))
    told = store.history(URL)
    with store._database.writing() as connection:  # damage from outside
        connection.execute("UPDATE histories SET document = x'00'")
    assert store.history(URL) == told


def test_verify_finds_everything_sound(store: Store) -> None:
    """A row for the file, each page, address, history and observation, and no fault."""
    for number in range(40):
        store.add(snapshot(number, body=page(number % 20)))
    store.history(URL)
    store.schedule.follow(URL, "live", at=START)
    rows = list(store.verify())
    assert [row.fault for row in rows if row.fault] == []
    assert [sum(row.part is part for row in rows) for part in Part] == [1, 20, 1, 1, 0, 0, 1, 40]


def _damage(path: Path, statement: str) -> None:
    """Change the file behind the store's back, past what forbids it."""
    connection = sqlite3.connect(path)
    for trigger in ("captures_stay", "captures_remain", "bodies_stay", "bodies_remain"):
        connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(statement)
    connection.commit()
    connection.close()


@pytest.mark.parametrize("at_once", [1, 3, 500])
def test_a_long_store_is_read_some_rows_at_a_time(
    store: Store, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """However many rows one query gives, every page and observation is read once, in order."""
    for number in range(20):
        store.add(snapshot(number, url=f"{URL}/{number % 7}"))
    monkeypatch.setattr(database, "_ROWS_PER_QUERY", at_once)
    rows = list(store.verify())
    numbers = {part: [row.number for row in rows if row.part is part] for part in Part}
    assert numbers[Part.OBSERVATION] == sorted(numbers[Part.PAGE]) == list(range(1, 21))
    assert [row.fault for row in rows if row.fault] == []
    assert [one.observations for one in store.articles()] == [3] * 6 + [2]


@pytest.mark.parametrize("second", [1, 2, -1, "NULL", "'2'"])
def test_a_table_that_leads_in_a_circle_ends(store: Store, second: object) -> None:
    """A flipped byte in the number of a row made a listing begin again, without end."""
    base = database.Database(store.path, read_only=True)
    with closing(base), pytest.raises(StoreError, match="damaged"):
        list(base.in_order(f"SELECT 2 AS id FROM (SELECT :last) UNION ALL SELECT {second}"))  # noqa: S608 # a number


def test_a_damaged_page_is_never_taken_for_a_page(path: Path) -> None:
    """Reading it fails with its digest, the history screens it out, and verify names it."""
    with Store.open(path) as store:
        captures = [store.add(snapshot(number)) for number in range(3)]
    _damage(path, "UPDATE bodies SET packed = substr(packed, 1, length(packed) - 9) WHERE id = 2")
    with Store.open(path) as store:
        assert store.fetch(captures[0]).body == page(0)
        for capture in captures[1:]:  # the third is packed against the second
            with pytest.raises(StoreError) as caught:
                store.fetch(capture)
            assert (caught.value.fault, caught.value.digest) == (
                StoreFault.DAMAGED,
                captures[1].digest,
            )
        told = store.history(URL)
        assert (len(told.versions), len(told.screened)) == (1, 2)
        faults = [row for row in store.verify() if row.fault]
        assert [row.part for row in faults] == [Part.PAGE, Part.PAGE]
        store.add(snapshot(7))
        assert store.fetch(list(store.captures())[-1]).body == page(7)


def test_a_page_that_can_be_read_again_is_told_again(path: Path) -> None:
    """What a damaged page left out of a history is not kept: with the page comes its version."""
    with Store.open(path) as store:
        store.add(snapshot(1))
        store.add(snapshot(2))
        ((packed,),) = store._database.rows("SELECT packed FROM bodies WHERE id = 2")
    _damage(path, "UPDATE bodies SET packed = x'00' WHERE id = 2")
    with Store.open(path) as store:
        assert len(store.history(URL).versions) == 1
    connection = sqlite3.connect(path)
    connection.execute("UPDATE bodies SET packed = ? WHERE id = 2", (packed,))
    connection.commit()
    connection.close()
    with Store.open(path) as store:
        assert len(store.history(URL).versions) == 2


def test_a_last_row_that_was_taken_out_is_missed(path: Path) -> None:
    """No seal comes after the last observation: the number of them says that it is gone."""
    with Store.open(path) as store:
        for number in range(3):
            store.add(snapshot(number))
    _damage(path, "DELETE FROM captures WHERE id = 3")
    with Store.open(path) as store:
        for ask in (lambda: list(store.captures(URL)), store.articles, lambda: store.history(URL)):
            with pytest.raises(StoreError, match="not all"):
                ask()


def test_a_row_that_is_sealed_anew_breaks_the_next_seal(path: Path) -> None:
    """Who alters an observation and its seal must alter every seal after it."""
    with Store.open(path) as store:
        for number in range(4):
            store.add(snapshot(number))
        rows = store._database.rows(
            "SELECT captured_at, outcome, described, digest, seal FROM captures "
            "JOIN bodies ON bodies.id = body ORDER BY captures.id"
        )
    altered = Row(rows[1][0] + 1, *rows[1][1:4])
    sealed = seal(rows[0][4], altered).hex()
    _damage(
        path,
        f"UPDATE captures SET captured_at = captured_at + 1, seal = x'{sealed}' "  # noqa: S608 - ours
        "WHERE id = 2",
    )
    with Store.open(path) as store:
        faults = [(row.part, row.number) for row in store.verify() if row.fault]
    assert faults == [(Part.OBSERVATION, 3)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE captures SET captured_at = captured_at + 1 WHERE id = 2",
        "UPDATE captures SET described = replace(described, '200', '404') WHERE id = 2",
        "UPDATE captures SET body = 1 WHERE id = 2",
        "DELETE FROM captures WHERE id = 2",
    ],
)
def test_an_altered_observation_breaks_the_seals(path: Path, statement: str) -> None:
    """A row that was changed or taken out is found, though every page is what its digest says."""
    with Store.open(path) as store:
        for number in range(4):
            store.add(snapshot(number))
    _damage(path, statement)
    with Store.open(path) as store:
        faults = [row for row in store.verify() if row.fault]
    assert {row.part for row in faults} == {Part.OBSERVATION}
    assert ("from 2 up to this one are missing" in str(faults[0].fault)) is statement.startswith(
        "DELETE"
    )


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM captures",
        "UPDATE captures SET id = 9",
        "DELETE FROM bodies",
        "UPDATE bodies SET id = 9",
    ],
)
def test_what_is_stored_stays(store: Store, statement: str) -> None:
    """The file itself refuses to change or delete a capture or a page."""
    store.add(snapshot(1))
    with (
        pytest.raises(StoreError, match="never"),
        store._database.writing() as connection,  # no public way leads there
    ):
        connection.execute(statement)
    assert store.counts().observations == 1


def test_what_a_store_says_travels(store: Store) -> None:
    """Every kind of record goes to JSON and comes back the same."""
    store.add(snapshot(1))
    store.add(failure(2))
    store.schedule.follow(URL, "live", at=START)
    mark = Technical(Interval(START, START), "older 0", "newer 1", appeared=True)
    records: list[object] = [
        store.counts(),
        *store.articles(),
        *store.articles()[0].addresses,
        *store.observations(),
        *store.schedule.followed(),
        *store.verify(),
        *store.rebuild(),
        mark,
        Rebuilt(URL, 2, 1, (mark,)),
    ]
    for record in records:
        assert codec.loads(codec.dumps(record), type(record)) == record


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE bodies SET packed = x'00' WHERE id = 2",
        "UPDATE bodies SET size = 3 WHERE id = 1",
        "UPDATE bodies SET base = 3, form = 'zstd' WHERE id = 2",
        "UPDATE bodies SET form = 'none'",
    ],
)
def test_a_good_copy_mends_a_damaged_page(path: Path, statement: str) -> None:
    """Adding a copy of what was stored makes its page readable again, and those packed against it."""
    with Store.open(path) as store:
        captures = [store.add(snapshot(number)) for number in range(4)]
    _damage(path, statement)
    with Store.open(path) as store:
        assert any(row.fault for row in store.verify())
        before = store.counts().observations
        list(store.add_all(snapshot(number) for number in range(4)))
        assert store.counts().observations == before
        assert [store.fetch(capture).body for capture in captures] == [page(n) for n in range(4)]
        assert [row.fault for row in store.verify() if row.fault] == []
        assert len(store.history(URL).versions) == 4


@pytest.mark.parametrize(
    ("stored", "listed", "is_there"),
    [
        ("story/a.html", "/news/story/a.html", True),
        ("/news/story/a.html", "story/a.html", True),
        ("./story/a.html", "/news/story/a.html", True),
        ("../story/a.html", "/news/story/a.html", True),
        ("a.html", "/news/story/ba.html", False),
        ("one/a.html", "/news/two/a.html", False),
        ("one/a.html", "a.html", False),
        ("x.warc#40", "/crawl/x.warc#40", True),
        ("x.warc#40", "/crawl/x.warc#140", False),
    ],
)
def test_a_file_is_named_from_another_folder(
    store: Store, stored: str, listed: str, *, is_there: bool
) -> None:
    """Who looks again from elsewhere, as a timer does, finds what was stored under a shorter path."""
    first = attrs.evolve(snapshot(1).capture, location=stored)
    store.add(attrs.evolve(snapshot(1), capture=first))
    assert (attrs.evolve(first, location=listed, digest=None) in store) is is_there


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
def test_a_file_name_may_be_any_bytes(tmp_path: Path) -> None:
    """A store may have a name that is no text in the encoding of the system."""
    with Store.open(tmp_path / os.fsdecode(b"n\xff.db")):
        pass
    assert [os.fsencode(one.name) for one in tmp_path.iterdir()] == [b"n\xff.db"]
