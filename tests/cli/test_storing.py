"""The commands that fill a store, look into it, and empty it into other forms."""

from __future__ import annotations

import gzip
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from revtrack import codec
from revtrack.history import History
from revtrack.records import Checked, Forgotten, Observation, Outcome, Rebuilt
from revtrack.store import Store

Run = Callable[..., subprocess.CompletedProcess[str]]
URL = "https://lockkeeper.example/2024/03/tarn-locks-reopen"


@pytest.fixture
def tracked(revtrack: Run, story: Path, tmp_path: Path) -> Path:
    """A store with the bundled story, which is followed."""
    done = revtrack("track", URL, "--store", "news.db", "--source", f"files:{story}")
    assert done.returncode == 0, done.stderr
    return tmp_path / "news.db"


def test_track_keeps_every_capture(revtrack: Run, story: Path, tracked: Path) -> None:
    """Each capture is a row; what is there is not fetched again."""
    with Store.open(tracked) as store:
        assert store.counts().observations == 7
    again = revtrack("track", URL, "--store", "news.db", "--source", f"files:{story}")
    assert (again.returncode, again.stdout) == (0, "")
    assert again.stderr == "news.db: 0 stored, 7 already known, 0 failed\n"


def test_track_keeps_what_lies_in_the_window(revtrack: Run, story: Path) -> None:
    """--since and --until bound what is fetched; both are included."""
    words = ("--since", "2024-03-04T09:05:00", "--until", "2024-03-05")
    done = revtrack("track", URL, "--store", "news.db", "--source", f"files:{story}", *words)
    assert done.stderr == "news.db: 4 stored, 0 already known, 0 failed\n"


def test_rows_are_json_for_programs(revtrack: Run, story: Path) -> None:
    """With --json each row is a document of the codec, and nothing else is on standard output."""
    done = revtrack("track", URL, "--store", "n.db", "--source", f"files:{story}", "--json")
    rows = [codec.loads(line, Observation) for line in done.stdout.splitlines()]
    assert [row.number for row in rows] == list(range(1, 8))
    listed = revtrack("captures", "--store", "n.db", "--json").stdout.splitlines()
    assert [codec.loads(line, Observation) for line in listed] == rows
    checked = revtrack("verify", "--store", "n.db", "--json").stdout.splitlines()
    assert {codec.loads(line, Checked).fault for line in checked} == {None}
    (rebuilt,) = revtrack("rebuild", "--store", "n.db", "--json").stdout.splitlines()
    assert codec.loads(rebuilt, Rebuilt).versions == 4


def test_a_source_that_fails_is_a_row(revtrack: Run, story: Path) -> None:
    """One source that cannot be listed does not stop the other, and the status says so."""
    sources = ("--source", "files:nothing", "--source", f"files:{story}")
    done = revtrack("track", URL, "--store", "news.db", *sources)
    assert done.returncode == 1
    assert done.stdout.startswith(f"failed  {URL}: cannot read nothing: it does not exist")
    assert done.stderr == "news.db: 7 stored, 0 already known, 1 failed\n"


def test_a_capture_that_fails_is_kept_as_a_row(revtrack: Run, story: Path, tmp_path: Path) -> None:
    """A damaged file is a failed look, kept with its reason; once it is good it is fetched."""
    folder = tmp_path / "captures"
    shutil.copytree(story, folder)
    bad = folder / "20240310T000000Z.html.gz"
    bad.write_bytes(b"\x1f\x8b damaged")
    words = ("track", URL, "--store", "news.db", "--source", f"files:{folder}")
    done = revtrack(*words)
    assert done.returncode == 1
    assert "failed" in done.stdout.splitlines()[-1]
    with Store.open(tmp_path / "news.db") as store:
        assert [row.outcome for row in store.observations(URL)][-1] is Outcome.FAILED
    bad.write_bytes(gzip.compress((story / "20240309T060000Z.html").read_bytes()))
    done = revtrack(*words)
    assert (done.returncode, done.stderr) == (0, "news.db: 1 stored, 7 already known, 0 failed\n")


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_a_history_from_a_store_is_that_of_the_folder(
    revtrack: Run, story: Path, tracked: Path, form: str
) -> None:
    """The same words and the same status, whichever form."""
    del tracked
    of_folder = revtrack("history", story, "--format", form)
    of_store = revtrack("history", URL, "--store", "news.db", "--format", form)
    assert of_store.returncode == of_folder.returncode == 1
    if form == "json":
        told = codec.loads(of_store.stdout, History)
        assert [version.article.text for version in told.versions] == [
            version.article.text for version in codec.loads(of_folder.stdout, History).versions
        ]
    elif form != "html":  # where pictures and places in the page have names of their own
        assert of_store.stdout == of_folder.stdout


def test_a_window_of_a_history_in_a_store(revtrack: Run, tracked: Path) -> None:
    """--since and --until bound a history from a store as they do one from a folder."""
    del tracked
    done = revtrack("history", URL, "--store", "news.db", "--until", "2024-03-04T10:00:00")
    assert done.returncode == 0
    assert "2 captures, 1 version" in done.stdout


def test_a_report_from_a_store(revtrack: Run, tracked: Path, tmp_path: Path) -> None:
    """`revtrack report URL --store` writes the page; the store may be named by the environment."""
    done = revtrack(
        "report", URL, "-o", "out.html", env={"REVTRACK_STORE": str(tracked), "PATH": "/usr/bin:/bin"}
    )
    assert done.returncode == 0, done.stderr
    assert "4 versions" in done.stderr
    assert (tmp_path / "out.html").is_file()


@pytest.mark.parametrize("command", ["history", "report", "captures", "export"])
def test_an_article_that_is_not_there(revtrack: Run, tracked: Path, command: str) -> None:
    """Trouble that says what the store keeps."""
    del tracked
    words = ("-o", "out") if command in ("report", "export") else ()
    done = revtrack(command, "https://elsewhere.example/", "--store", "news.db", *words)
    assert done.returncode == 2
    assert "no capture of https://elsewhere.example/ in news.db, which has 1 article" in done.stderr


@pytest.mark.parametrize(
    "words",
    [("captures",), ("verify",), ("rebuild",), ("watch", "--once"), ("export",), ("history", URL)],
)
def test_no_store_is_made_where_none_is(revtrack: Run, tmp_path: Path, words: tuple[str]) -> None:
    """A mistyped name is trouble, and leaves no file behind."""
    done = revtrack(*words, "--store", "nowhere.db")
    assert done.returncode == 2
    assert "there is no store at nowhere.db" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_verify_finds_damage(revtrack: Run, tracked: Path) -> None:
    """A damaged page is a line, and the status is 1."""
    assert revtrack("verify", "--store", "news.db").returncode == 0
    connection = sqlite3.connect(tracked)
    connection.execute("DROP TRIGGER bodies_stay")
    connection.execute("UPDATE bodies SET packed = substr(packed, 1, length(packed) - 9) WHERE id = 7")
    connection.commit()
    connection.close()
    done = revtrack("verify", "--store", "news.db")
    assert done.returncode == 1
    assert done.stdout.startswith("page 7 ")
    assert done.stderr.startswith("news.db: 1 fault; 7 observations, 7 pages, last seal ")
    exported = revtrack("export", "--store", "news.db", "-o", "all.jsonl")
    assert exported.returncode == 1
    assert "1 article exported, 1 failed" in exported.stderr


def test_watch_looks_at_what_is_due(revtrack: Run, story: Path, tmp_path: Path) -> None:
    """A new capture is found when its time has come, and the next look is the later the older it is."""
    folder = tmp_path / "captures"
    shutil.copytree(story, folder)
    last = folder / "20240309T060000Z.html"
    later = last.read_bytes()
    last.unlink()
    revtrack("track", URL, "--store", "news.db", "--source", f"files:{folder}")
    last.write_bytes(later)
    early = revtrack("watch", "--once", "--store", "news.db", "--at", "2024-03-09T07:00:00")
    assert early.stderr.startswith("news.db: 0 of 1 checked, 0 failed, next due 20")
    due = revtrack("watch", "--once", "--store", "news.db", "--at", "2124-03-09T07:00:00")
    assert due.returncode == 0
    assert "2024-03-09 06:00:00" in due.stdout
    assert due.stderr.endswith("1 of 1 checked, 0 failed, next due 2124-04-08 07:00 UTC\n")
    again = revtrack("watch", "--once", "--store", "news.db", "--at", "2124-03-09T07:01:00")
    assert "0 of 1 checked" in again.stderr


def test_watch_goes_on_after_a_failure(revtrack: Run, story: Path, tmp_path: Path) -> None:
    """A look that fails is a row, the next one is planned all the same."""
    shutil.copytree(story, tmp_path / "captures")
    revtrack("track", URL, "--store", "news.db", "--source", "files:captures")
    shutil.rmtree(tmp_path / "captures")
    done = revtrack("watch", "--once", "--store", "news.db", "--at", "2124-03-09")
    assert done.returncode == 1
    assert "1 of 1 checked, 1 failed, next due 2124-04-08" in done.stderr


def test_track_once_is_not_followed(revtrack: Run, story: Path) -> None:
    """With --once an article is fetched and not looked at again."""
    revtrack("track", URL, "--store", "news.db", "--source", f"files:{story}", "--once")
    done = revtrack("watch", "--once", "--store", "news.db", "--at", "2124-03-09")
    assert done.stderr == "news.db: 0 of 0 checked, 0 failed\n"


def test_asking_a_server_needs_a_contact(revtrack: Run) -> None:
    """Without an address to complain to, no server is asked."""
    pytest.importorskip("httpcore2", reason="the extra http is not installed")
    done = revtrack("track", URL, "--store", "news.db")
    assert done.returncode == 2
    assert "needs --contact" in done.stderr


def test_export_and_import_give_the_same_store(revtrack: Run, tracked: Path, tmp_path: Path) -> None:
    """JSON lines through a file, packed or not, or through a pipe: the last seal is the same."""
    del tracked
    revtrack("export", "--store", "news.db", "-o", "all.jsonl")
    lines = (tmp_path / "all.jsonl").read_bytes()
    (tmp_path / "all.jsonl.gz").write_bytes(gzip.compress(lines))
    piped = revtrack("export", "--store", "news.db").stdout
    assert piped.encode() == lines
    seals = [revtrack("verify", "--store", "news.db").stderr.rsplit(None, 1)[-1]]
    for number, place in enumerate(("all.jsonl", "all.jsonl.gz", "-")):
        given = {"input": piped} if place == "-" else {}
        done = revtrack("import", place, "--store", f"{number}.db", **given)
        assert done.stderr == f"{number}.db: 7 stored, 0 failed\n"
        seals.append(revtrack("verify", "--store", f"{number}.db").stderr.rsplit(None, 1)[-1])
    assert len(set(seals)) == 1
    again = revtrack("import", "all.jsonl", "--store", "0.db")
    assert again.stderr == "0.db: 0 stored, 0 failed\n"


def test_import_of_a_folder(revtrack: Run, story: Path) -> None:
    """A folder is read as captures; those without an address need --url."""
    bare = revtrack("import", story, "--store", "news.db")
    assert (bare.returncode, bare.stderr) == (1, "news.db: 0 stored, 7 failed\n")
    assert "it has no address (give --url)" in bare.stdout
    done = revtrack("import", story, "--store", "news.db", "--url", URL)
    assert (done.returncode, done.stderr) == (0, "news.db: 7 stored, 0 failed\n")


def test_import_tells_bad_lines(revtrack: Run, tracked: Path, tmp_path: Path) -> None:
    """A line that does not fit is a row, the others are stored, and the status is 1."""
    del tracked
    revtrack("export", "--store", "news.db", "-o", "all.jsonl")
    lines = (tmp_path / "all.jsonl").read_text().splitlines(keepends=True)
    (tmp_path / "bad.jsonl").write_text("".join([lines[0], "nonsense\n", *lines[2:]]))
    done = revtrack("import", "bad.jsonl", "--store", "two.db")
    assert (done.returncode, done.stderr) == (1, "two.db: 6 stored, 1 failed\n")
    assert done.stdout.startswith("failed  line 2: this is not JSON")
    assert revtrack("import", "missing.jsonl", "--store", "two.db").returncode == 2
    assert revtrack("import", "live", "--store", "two.db").returncode == 2


def test_export_to_git_and_histories(revtrack: Run, tracked: Path, tmp_path: Path) -> None:
    """A repository has a commit for each version; histories are documents of the codec."""
    del tracked
    if shutil.which("git"):
        for form, ending in (("git", "txt"), ("git-pages", "html")):
            done = revtrack("export", "--store", "news.db", "-f", form, "-o", form)
            assert done.returncode == 0, done.stderr
            path = tmp_path / form / "lockkeeper.example" / "2024" / "03"
            assert [file.name for file in path.iterdir()] == [f"tarn-locks-reopen.{ending}"]
        again = revtrack("export", "--store", "news.db", "-f", "git", "-o", "git")
        assert (again.returncode, "not empty" in again.stderr) == (2, True)
    assert revtrack("export", "--store", "news.db", "-f", "git").returncode == 2
    done = revtrack("export", URL, "--store", "news.db", "-f", "histories")
    assert len(codec.loads(done.stdout, History).versions) == 4


def test_stopping_loses_nothing(revtrack: Run, story: Path, tmp_path: Path) -> None:
    """Ctrl-C in the middle ends with 130; what was printed is stored, and the same command goes on."""
    folder = tmp_path / "captures"
    folder.mkdir()
    page = (story / "20240304T074000Z.html").read_bytes()
    for minute in range(600):
        name = f"2024030{1 + minute // 60 // 24}T{minute // 60 % 24:02}{minute % 60:02}00Z.html"
        (folder / name).write_bytes(page + str(minute).encode())
    words = ("track", URL, "--store", "news.db", "--source", f"files:{folder}", "--json")
    command = [sys.executable, "-m", "revtrack", *words]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        printed = [running.stdout.readline() for _ in range(5)]
        running.send_signal(signal.SIGINT)
        printed += running.stdout.readlines()
        assert running.wait() == 130
    with Store.open(tmp_path / "news.db") as store:
        kept = list(store.observations())
    told = [json.loads(line)["value"]["number"] for line in printed if line.endswith("}\n")]
    assert 5 <= len(told) < 600
    assert told == [row.number for row in kept][: len(told)]
    done = revtrack(*words)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 600 - len(kept))


def test_a_feed_stands_for_its_articles(revtrack: Run, story: Path, tmp_path: Path) -> None:
    """feed: before a file tracks what it lists, beside addresses; a feed that is none is a row."""
    (tmp_path / "feed.xml").write_text(f"<urlset><url><loc>{URL}?utm_source=x</loc></url></urlset>")
    (tmp_path / "page.html").write_text("<p>No feed.</p>")
    source = ("--source", f"files:{story}")
    done = revtrack("track", "feed:feed.xml", "--store", "news.db", *source)
    assert (done.returncode, done.stderr) == (0, "news.db: 7 stored, 0 already known, 0 failed\n")
    wrong = revtrack("track", "feed:page.html", URL, "--store", "two.db", *source)
    assert wrong.stdout.startswith("failed  feed:page.html: ")
    assert "neither a feed" in wrong.stdout
    assert (wrong.returncode, wrong.stderr) == (1, "two.db: 7 stored, 0 already known, 1 failed\n")


def test_export_to_a_database(revtrack: Run, tracked: Path, tmp_path: Path) -> None:
    """The store is the first argument; changes are searched; the store itself is never overwritten."""
    done = revtrack("export", "news.db", "-f", "sqlite", "-o", "out.db")
    assert (done.returncode, done.stderr) == (0, "news.db: 1 article exported, 0 failed\n")
    with closing(sqlite3.connect(tmp_path / "out.db")) as connection:
        (found,) = connection.execute(
            "SELECT count(*) FROM changes_fts WHERE changes_fts MATCH 'barges'"
        )
        assert found == (1,)
    listed = revtrack("export", "news.db", URL, "-f", "csv").stdout
    assert listed.count("\n") == revtrack(
        "history", URL, "--store", "news.db", "-f", "csv"
    ).stdout.count("\n")
    before = tracked.read_bytes()
    for words in (["news.db", "-o", "news.db"], ["-f", "sqlite", "-o", "out.db"]):
        assert revtrack("export", *words).returncode == 2
    assert tracked.read_bytes() == before
    missing = revtrack("export", "missing.db", "-f", "sqlite", "-o", "none.db")
    assert (missing.returncode, "no store at missing.db" in missing.stderr) == (2, True)


@pytest.mark.parametrize("name", ["out.warc", "out.warc.gz"])
def test_a_web_archive_comes_back(revtrack: Run, tracked: Path, tmp_path: Path, name: str) -> None:
    """What is exported as WARC is imported and tracked as what it was."""
    done = revtrack("export", "--store", "news.db", "-f", "warc", "-o", name)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / name).read_bytes().startswith(b"WARC/" if name == "out.warc" else b"\x1f\x8b")
    assert revtrack("import", name, "--store", "copy.db").stderr == "copy.db: 7 stored, 0 failed\n"
    assert revtrack("track", URL, "--store", "third.db", "--source", f"warc:{name}").returncode == 0
    with Store.open(tracked) as store:
        versions = [version.article.text for version in store.history(URL).versions]
    for other in ("copy.db", "third.db"):
        with Store.open(tmp_path / other) as store:
            assert [one.article.text for one in store.history(URL).versions] == versions


def test_git_is_a_source(revtrack: Run, tracked: Path, tmp_path: Path) -> None:
    """A repository that was exported is tracked again, by file or by repository and file."""
    assert revtrack("export", "--store", "news.db", "-f", "git-pages", "-o", "site").returncode == 0
    (page,) = (tmp_path / "site").rglob("*.html")
    inside = page.relative_to(tmp_path / "site").as_posix()
    for number, source in enumerate((f"git:{page}", f"git:{tmp_path / 'site'}//{inside}")):
        done = revtrack("track", URL, "--store", f"{number}.db", "--source", source)
        assert (done.returncode, done.stderr) == (
            0,
            f"{number}.db: 4 stored, 0 already known, 0 failed\n",
        )


@pytest.mark.parametrize("address", ["not an address", "", "ftp://paper.example/", "http://[::1"])
def test_what_is_no_address_is_not_followed(
    revtrack: Run, story: Path, tmp_path: Path, address: str
) -> None:
    """A slip of the pen is told before anything is stored under it."""
    done = revtrack("track", address, "--store", "news.db", "--source", f"files:{story}")
    assert done.returncode == 2
    assert "is not the address of a web page" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "news.db").exists()


def test_a_timer_may_start_in_another_folder(revtrack: Run, story: Path, tmp_path: Path) -> None:
    """A source that was named by a relative place is found from anywhere."""
    shutil.copytree(story, tmp_path / "captures")
    revtrack("track", URL, "--store", "news.db", "--source", "files:captures")
    (tmp_path / "elsewhere").mkdir()
    store = tmp_path / "news.db"
    done = subprocess.run(
        [sys.executable, "-m", "revtrack", "watch", "--once", "--store", store, "--at", "2124-03-09"],
        cwd=tmp_path / "elsewhere", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 of 1 checked, 0 failed" in done.stderr


def test_watch_goes_on_where_one_source_is_gone(revtrack: Run, story: Path, tmp_path: Path) -> None:
    """A repository that was taken away is a row, and the other articles are looked at."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.html").write_bytes((story / "20240309T060000Z.html").read_bytes())
    who = ["-c", "user.name=made", "-c", "user.email=made@heron.example"]
    for words in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "x"]):
        subprocess.run(["git", *words], cwd=tmp_path / "site", check=True, capture_output=True)
    repository = "git:site/a.html"
    revtrack("track", "https://heron.example/a", "--store", "news.db", "--source", repository)
    revtrack("track", URL, "--store", "news.db", "--source", f"files:{story}")
    shutil.rmtree(tmp_path / "site")
    done = revtrack("watch", "--once", "--store", "news.db", "--at", "2124-03-09")
    assert done.returncode == 1
    assert "2 of 2 checked, 1 failed, next due 2124-04-08" in done.stderr


def test_an_address_without_a_store_says_what_is_missing(revtrack: Run) -> None:
    """Whoever forgets the store is told so, and not that a folder is missing."""
    done = revtrack("history", URL)
    assert done.returncode == 2
    assert "--store" in done.stderr


def test_watch_looks_at_everything_in_turns(revtrack: Run, story: Path, tmp_path: Path) -> None:
    """However many are due, each is looked at once, some at a time."""
    addresses = [f"https://paper.example/{number}" for number in range(60)]
    with Store.open(tmp_path / "news.db") as store:
        for address in addresses:
            store.schedule.follow(address, f"files:{story}", at=datetime(2025, 1, 1, tzinfo=UTC))
    done = revtrack("watch", "--once", "--store", "news.db", "--json")
    assert "60 of 60 checked, 0 failed" in done.stderr
    looked = [codec.loads(line, Observation).capture.url for line in done.stdout.splitlines()]
    assert len(looked) == 7 * len(set(looked)) == 7 * len(addresses)


def test_commands_on_a_store_read_pages_as_they_are_told(revtrack: Run, tracked: Path) -> None:
    """A rebuild keeps histories with the rules that it is given; export tells them by the same."""
    rules = tracked.with_name("rules.toml")
    rules.write_text("[[site]]\nhosts = 'lockkeeper.example'\ndrop = '.entry-dek'\n", encoding="utf-8")
    words = ("--store", "news.db", "--site-rules", "rules.toml")
    (row,) = revtrack("rebuild", *words, "--json").stdout.splitlines()
    assert "+rules." in codec.loads(row, Rebuilt).rules
    told = codec.loads(revtrack("export", *words, "-f", "histories").stdout, History)
    assert not told.versions[0].article.text.startswith("Barges moved")
    plain = codec.loads(revtrack("export", "--store", "news.db", "-f", "histories").stdout, History)
    assert plain.versions[0].article.text.startswith("Barges moved")
    other = revtrack("watch", "--once", *words, "--at", "2124-01-01")
    assert other.stderr.startswith("news.db: 1 of 1 checked")


ASKED = ("--asked-by", "Mira Holm, by letter", "--reason", "a private person", "--at", "2024-06-01")


def test_an_article_is_forgotten(revtrack: Run, story: Path, tracked: Path) -> None:
    """Its captures go for good: none is listed, fetched or imported again, and verify is clean."""
    revtrack("export", "--store", "news.db", "-o", "copy.jsonl")
    done = revtrack("forget", URL, *ASKED, "--store", "news.db")
    assert (done.returncode, done.stderr) == (0, "news.db: 7 forgotten\n")
    rows = [line.split("  ")[-1] for line in done.stdout.splitlines()]
    assert rows == [URL.removeprefix("https://")] * 7
    assert revtrack("captures", URL, "--store", "news.db").returncode == 2
    assert revtrack("verify", "--store", "news.db").returncode == 0
    again = revtrack("track", URL, "--store", "news.db", "--source", f"files:{story}")
    assert again.stderr == "news.db: 0 stored, 7 already known, 0 failed\n"
    copied = revtrack("import", "copy.jsonl", "--store", "news.db")
    assert (
        copied.stderr == "news.db: 0 stored, 0 failed, 7 skipped (7 × removed by `revtrack forget`)\n"
    )
    with Store.open(tracked) as store:
        assert {row.asked_by for row in store.forgotten()} == {"Mira Holm, by letter"}


def test_one_capture_is_forgotten(revtrack: Run, tracked: Path) -> None:
    """A capture is named by its number; the row says what is kept of it."""
    done = revtrack("forget", "--capture", "3", *ASKED, "--drop-digest", "--store", "news.db", "--json")
    row = codec.loads(done.stdout, Forgotten)
    assert (row.number, row.digest) == (3, None)
    assert len(revtrack("captures", URL, "--store", "news.db").stdout.splitlines()) == 6
    assert revtrack("verify", "--store", "news.db").returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name what to remove: URL, or --capture ID"),
        ((URL, "--capture", "1"), "name what to remove: URL, or --capture ID"),
        (("--capture", "99"), "nothing to forget"),
        (("https://elsewhere.example/",), "nothing to forget"),
    ],
)
def test_what_cannot_be_forgotten(
    revtrack: Run, tracked: Path, words: tuple[str, ...], said: str
) -> None:
    """Neither nor, both, or what is not there is trouble that says what to do; nothing is lost."""
    done = revtrack("forget", *words, *ASKED, "--store", "news.db")
    assert done.returncode == 2
    assert said in done.stderr
    with Store.open(tracked) as store:
        assert store.counts().observations == 7


def test_a_good_copy_mends_a_damaged_page(revtrack: Run, tracked: Path) -> None:
    """Importing what was exported before writes a damaged page anew."""
    revtrack("export", "--store", "news.db", "-o", "copy.jsonl")
    with sqlite3.connect(tracked) as connection:
        connection.execute("DROP TRIGGER bodies_stay")
        connection.execute("UPDATE bodies SET packed = x'00' WHERE id = 1")
    assert revtrack("verify", "--store", "news.db").returncode == 1
    assert revtrack("import", "copy.jsonl", "--store", "news.db").returncode == 0
    assert revtrack("verify", "--store", "news.db").returncode == 0
