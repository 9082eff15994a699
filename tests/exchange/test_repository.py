"""A history as a git repository, written and read by git itself."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import attrs
import pytest

import revtrack
from revtrack.errors import ExchangeError
from revtrack.exchange import repository, write_repository
from revtrack.exchange.repository import path_of
from revtrack.history import History
from revtrack.model import Snapshot
from revtrack.sources import Files
from tests.store.made import snapshot

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

STORY = Path(__file__).parents[2] / "examples" / "story"
PATH = "lockkeeper.example/2024/03/tarn-locks-reopen"


@pytest.fixture(scope="module")
def story() -> History:
    """The history of the bundled story."""
    return revtrack.track(Files(STORY))


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", folder, *words], capture_output=True, text=True, check=True)
    return done.stdout


def test_a_commit_for_each_version(story: History, tmp_path: Path) -> None:
    """Commits bear the time at which their version was first seen, and say what was observed."""
    write_repository(tmp_path / "out", [story])
    dates = _git(tmp_path / "out", "log", "--reverse", "--format=%at %ct").split("\n")[:-1]
    seconds = [int(version.first_seen.timestamp()) for version in story.versions if version.first_seen]
    assert dates == [f"{second} {second}" for second in seconds]
    said = _git(tmp_path / "out", "log", "-1", "--skip=2", "--format=%B")
    assert re.match(r"\d+ changes, .*\n\nThe headline was corrected", said)
    assert "Not-Yet-Seen: 2024-03-04T09:05:00+00:00" in said
    assert _git(tmp_path / "out", "status", "--porcelain") == ""


def test_words_are_told_by_git(story: History, tmp_path: Path) -> None:
    """`git log -p --word-diff` shows the words that changed, and the text is that of the article."""
    write_repository(tmp_path / "out", [story])
    told = _git(tmp_path / "out", "log", "-p", "--word-diff")
    assert "[-60-]{+40+}" in told
    text = (tmp_path / "out" / f"{PATH}.txt").read_text(encoding="utf-8")
    article = story.versions[-1].article
    assert text == f"{article.headline}\n\n{article.text}\n"


def test_the_commits_are_the_same_everywhere(
    story: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the user's name nor settings, time zone or day change the id of a commit."""
    write_repository(tmp_path / "one", [story])
    (tmp_path / "config").write_text("[core]\n\tautocrlf = true\n[user]\n\tname = Someone\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Someone")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    write_repository(tmp_path / "two", [story])
    monkeypatch.undo()
    ids = [_git(tmp_path / name, "rev-parse", "HEAD").strip() for name in ("one", "two")]
    assert ids[0] == ids[1]
    assert not (tmp_path / "elsewhere").exists()


def test_pages_instead_of_text(story: History, tmp_path: Path) -> None:
    """With a way to the pages, each commit holds the page as it was served."""
    write_repository(
        tmp_path / "out", [story], page_of=lambda capture: Path(str(capture.location)).read_bytes()
    )
    pages = [
        subprocess.run(
            ["git", "-C", tmp_path / "out", "show", f"{commit}:{PATH}.html"],
            capture_output=True,
            check=True,
        ).stdout
        for commit in _git(tmp_path / "out", "log", "--reverse", "--format=%H").split()
    ]
    wanted = [Path(str(version.captures[0].location)).read_bytes() for version in story.versions]
    assert pages == wanted


def test_several_articles_in_one_repository(story: History, tmp_path: Path) -> None:
    """Versions of several articles stand in the order in which they were seen."""
    other = History.from_snapshots(
        [snapshot(number, url="https://elsewhere.example/?boats=1") for number in (3, 500)]
    )
    write_repository(tmp_path / "out", [story, other])
    dates = [int(line) for line in _git(tmp_path / "out", "log", "--format=%at").split()]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == 6
    assert (tmp_path / "out" / "elsewhere.example" / "boats-1.txt").is_file()


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://news.example/2024/a%20b", "news.example/2024/a-b.txt"),
        ("https://news.example/../../etc/passwd", "news.example/etc/passwd.txt"),
        ("https://news.example/.git/config", "news.example/git-/config.txt"),
        ("https://news.example:8443/caf%C3%A9?id=3", "news.example-8443/caf/id-3.txt"),
        (None, "article.txt"),
        ("https://news.example/" + "a" * 900, "news.example/" + "a" * 100 + ".txt"),
    ],
)
def test_a_path_is_safe(url: str | None, path: str) -> None:
    """Whatever an address holds, its file stays in the repository and out of git's own folder."""
    assert path_of(url, ending=".txt") == path


def test_two_addresses_of_one_path(tmp_path: Path) -> None:
    """Articles whose paths would be the same are kept apart."""
    histories = [
        History.from_snapshots([attrs.evolve(_at(address), body=snapshot(number).body)])
        for number, address in enumerate(("https://a.example/x+y", "https://a.example/x-y"))
    ]
    write_repository(tmp_path / "out", histories)
    names = sorted(path.name for path in (tmp_path / "out" / "a.example").iterdir())
    assert names == ["x-y-2.txt", "x-y.txt"]


def _at(address: str) -> Snapshot:
    return snapshot(1, url=address)


def test_nothing_is_put_upon_what_is_there(story: History, tmp_path: Path) -> None:
    """A folder that holds something is refused and left alone."""
    (tmp_path / "kept").write_text("kept")
    with pytest.raises(ExchangeError, match="not empty"):
        write_repository(tmp_path, [story])
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_trouble_is_told_with_gits_words(
    story: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What git refuses is an error with what git said; without git, the error says so."""
    monkeypatch.setattr(repository, "commits", lambda *_, **__: [b"nonsense\n"])
    with pytest.raises(ExchangeError, match="git fast-import failed") as caught:
        write_repository(tmp_path / "out", [story])
    assert caught.value.location == str(tmp_path / "out")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(ExchangeError, match="git is not installed"):
        write_repository(tmp_path / "other", [story])


@pytest.mark.parametrize(
    "address",
    [
        "https://paper.example/git~1/config",
        "https://paper.example/.GIT/hooks/post-checkout",
        "https://paper.example/" + "folder/" * 2_000,
    ],
)
def test_no_address_keeps_the_others_from_being_written(address: str, tmp_path: Path) -> None:
    """What git or a file system refuses as a name becomes another one."""
    histories = [
        History.from_snapshots([snapshot(0, url=one)]) for one in (address, "https://paper.example/b")
    ]
    write_repository(tmp_path / "out", histories)
    assert len(_git(tmp_path / "out", "ls-files").splitlines()) == 2
    assert _git(tmp_path / "out", "status", "--porcelain") == ""


def test_an_article_below_the_file_of_another(tmp_path: Path) -> None:
    """A file and a folder of one name cannot both be; both articles are kept."""
    addresses = ["https://paper.example/a", "https://paper.example/a.txt/b"]
    write_repository(
        tmp_path / "out", [History.from_snapshots([snapshot(0, url=one)]) for one in addresses]
    )
    assert _git(tmp_path / "out", "ls-files").splitlines() == [
        "paper.example/a.txt",
        "paper.example/a.txt-/b.txt",
    ]
