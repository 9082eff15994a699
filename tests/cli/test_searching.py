"""The commands that look for words."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from revtrack import codec
from revtrack.model import WordHistory
from tests.cli.test_live import NETWORK
from tests.network.server import serving
from tests.store.made import page

Run = Callable[..., subprocess.CompletedProcess[str]]
URL = "https://lockkeeper.example/2024/03/tarn-locks-reopen"


def test_when_says_when_words_appeared_and_were_removed(revtrack: Run, story: Path) -> None:
    """The intervals are those between captures, and the sentence is shown."""
    done = revtrack("when", story, "60 barges")
    assert done.returncode == 0, done.stderr
    assert " ".join(done.stdout.split()) == (
        "- In the first capture that was read, 4 March 2024, 07:40 UTC; removed between 4 March 2024, "
        "12:30 and 5 March 2024, 08:15 UTC. The toll office expects 60 barges a day by the end of the "
        "week, against 95 before the flood. 7 of 7 captures read."
    )
    assert "still in the newest, 9 March 2024" in revtrack("when", story, "Vesperan-backed").stdout
    missing = revtrack("when", story, "nine submarines")
    assert (missing.returncode, missing.stdout) == (
        1, "“nine submarines” is in none of them: 7 of 7 captures read.\n"
    )  # fmt: skip


def test_when_reads_a_store(revtrack: Run, story: Path) -> None:
    """Only the captures of the address count; JSON is a document of the codec."""
    revtrack("track", URL, "--store", "news.db", "--source", f"files:{story}")
    done = revtrack("when", URL, "60 barges", "--store", "news.db", "--format", "json")
    found = codec.loads(done.stdout, WordHistory)
    assert (found.captures, len(found.occurrences)) == (7, 1)


def test_when_asks_a_server(revtrack: Run) -> None:
    """A source on the network needs a contact address, and is asked through the one client."""
    pytest.importorskip("httpcore2", reason="the extra http is not installed")
    with serving() as server:
        server.answers["/harbour"] = lambda talk: talk.answer(page(1))
        url = server.url("/harbour")
        words = ("when", url, "harbour", "--source", "live")
        done = revtrack(*words, *NETWORK[:-1])
        assert "1 of 1 capture read" in done.stdout, done.stderr
        refused = revtrack(*words)
    assert refused.returncode == 2
    assert "needs --contact" in refused.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("when", "nowhere", "60"), "nowhere is neither a folder nor an address"),
        (("when", "https://a.example/", " "), "give at least one word"),
        (("when", "https://a.example/", "60", "--source", "tape"), "there is no source 'tape'"),
        (("search", "nowhere.db", "60"), "there is no store at nowhere.db"),
        (("export", ".", "-f", "sqlite"), ". is a folder, not a store"),
        (("search", ".", "60"), "no captures in . or its subfolders"),
    ],
)
def test_what_cannot_be_searched_is_trouble(revtrack: Run, words: tuple[str, ...], said: str) -> None:
    """The message says what to give."""
    done = revtrack(*words)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def test_search_finds_changes_in_a_store_and_in_folders(revtrack: Run, story: Path) -> None:
    """Each article with its changes; the summary is on standard error."""
    revtrack("track", URL, "--store", "news.db", "--source", f"files:{story}")
    for place in ("news.db", story, story.parent):
        done = revtrack("search", place, "60", "--removed")
        assert done.returncode == 0, done.stderr
        assert "[-60-]{+40+} barges" in done.stdout
        assert URL in done.stdout
        assert ": 1 change found in" in done.stderr
        assert revtrack("search", place, "60", "--added").returncode == 1


def test_search_gives_rows(revtrack: Run, story: Path) -> None:
    """The rows are those of the table of changes."""
    done = revtrack("search", story, "barges", "--format", "csv")
    found = list(csv.DictReader(io.StringIO(done.stdout)))
    assert ("2", "number") in {(row["revision"], row["nature"]) for row in found}
    lines = revtrack("search", story, "barges", "-f", "jsonl").stdout.splitlines()
    assert [json.loads(line)["rule"] for line in lines] == [row["rule"] for row in found]


def test_a_folder_of_several_addresses_is_several_articles(
    revtrack: Run, story: Path, tmp_path: Path
) -> None:
    """Sidecars tell the articles of one folder apart."""
    folder = tmp_path / "captures"
    folder.mkdir()
    for number, name in enumerate(("20240304T123000Z", "20240305T081500Z")):
        for site in ("one", "two"):
            copy = folder / f"{name[:-3]}{number}{site == 'two':d}Z.html"
            body = (story / f"{name}.html").read_text(encoding="utf-8")
            copy.write_text(body.replace("lockkeeper.example", f"{site}.example"), encoding="utf-8")
            url = f"https://{site}.example/2024/03/tarn-locks-reopen"
            copy.with_suffix(".json").write_text(json.dumps({"url": url}), encoding="utf-8")
    done = revtrack("search", folder, "60")
    assert done.stdout.count("[-60-]{+40+}") == 2, done.stdout + done.stderr
    assert done.stderr.endswith("2 changes found in 2 articles\n")
