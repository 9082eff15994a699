"""The commits of one file in a git repository as captures."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import attrs
import pytest

from revtrack import History, extract, track
from revtrack.errors import SourceError
from revtrack.exchange import write_repository as export
from revtrack.model import BlockKind, Capture, Screened, ScreenReason
from revtrack.sources import ConcurrentSource, Files
from revtrack.sources.git import Git
from revtrack.store import Store
from tests.archive.made import ARTICLES, Made, same_everywhere, write_folder, write_repository

URL = "https://heron.example/a"
DAY = timedelta(days=1)
STORY = Path(__file__).resolve().parents[2] / "examples" / "story"
START = datetime(2024, 1, 1, tzinfo=UTC)

articles = pytest.mark.parametrize("made", ARTICLES, ids=lambda made: made.url.rpartition("/")[2])
RunGit = Callable[..., None]


@pytest.fixture
def repository(tmp_path: Path) -> tuple[Path, RunGit]:
    """An empty repository, and git in it at a day that is given (and was written on another)."""
    folder = tmp_path / "site"
    folder.mkdir()

    def run(*words: str, day: int = 0, written: int | None = None) -> None:
        at = {"COMMITTER": day, "AUTHOR": day if written is None else written}
        settings = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
        settings["PATH"] = os.environ["PATH"]
        for who, when in at.items():
            settings |= {f"GIT_{who}_NAME": "made", f"GIT_{who}_EMAIL": "made@heron.example"}
            settings[f"GIT_{who}_DATE"] = (START + when * DAY).isoformat()
        subprocess.run(["git", *words], cwd=folder, env=settings, check=True, capture_output=True)

    run("init", "--initial-branch=main", "--template=")
    return folder, run


def _commit(repository: tuple[Path, RunGit], name: str, text: str, day: int, **more: int) -> None:
    folder, run = repository
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    run("add", ".")
    run("commit", "-m", "x", day=day, **more)


@articles
def test_git_gives_the_same_history(made: Made, tmp_path: Path) -> None:
    """A history read from git is that of the captures in a folder, but for the commit that renames."""
    # and git has no state for a capture that repeats the one before
    folder, pages = tmp_path / "site", tmp_path / "pages"
    folder.mkdir()
    pages.mkdir()
    path = write_repository(folder, made)
    once = attrs.evolve(made, takes=tuple([take for take in made.takes if take.revisits is None]))
    write_folder(pages, once)
    for page in pages.glob("*.json"):
        page.unlink()  # git knows neither addresses nor encodings
    source = Git(folder, path)
    moments = {take.moment for take in once.takes}
    captures = list(source.captures(made.url))
    assert len([one for one in captures if one.captured_at not in moments]) == 1
    snapshots = [source.fetch(one) for one in captures if one.captured_at in moments]
    in_git, in_folder = History.from_snapshots(snapshots), track(Files(pages), made.url)
    assert same_everywhere(in_git) == same_everywhere(in_folder)


def test_what_was_exported_is_read_back(tmp_path: Path) -> None:
    """The versions that revtrack puts into git come out of it: their texts, and when they were seen."""
    source = Files(STORY)
    history = track(source)
    export(tmp_path / "site", [history], page_of=lambda capture: source.fetch(capture).body)
    (page,) = (tmp_path / "site").rglob("*.html")
    again = track(Git.of_file(page), history.url)
    assert [one.first_seen for one in again.versions] == [one.first_seen for one in history.versions]
    assert [one.article.text for one in again.versions] == [
        one.article.text for one in history.versions
    ]


def test_author_and_commit_times_are_kept_apart(repository: tuple[Path, RunGit]) -> None:
    """A capture is of the time at which a commit came; when it was written stands in the headers."""
    _commit(repository, "a.html", "<p>One.</p>", day=5, written=2)
    source = Git(repository[0], "a.html")
    (capture,) = source.captures(URL)
    assert capture.captured_at == START + 5 * DAY
    headers = dict(source.fetch(capture).headers)
    assert headers["git-author-date"] == "2024-01-03T00:00:00+00:00"
    assert headers["git-commit-date"] == "2024-01-06T00:00:00+00:00"
    assert headers["git-path"] == "a.html"
    assert capture.location == f"{headers['git-commit']}:a.html"


def test_a_clock_that_went_backwards(repository: tuple[Path, RunGit]) -> None:
    """Commits keep their order; one that bears an earlier time is dated by the commit before it."""
    for number, day in enumerate((3, 1, 4)):
        _commit(repository, "a.html", f"<p>{number}</p>", day=day)
    captures = list(Git(repository[0], "a.html").captures(URL))
    assert [capture.captured_at for capture in captures] == [START + day * DAY for day in (3, 3, 4)]


def test_a_branch_counts_when_it_is_merged(repository: tuple[Path, RunGit]) -> None:
    """What was tried on a branch was never published; the merge was."""
    _, run = repository
    _commit(repository, "a.html", "<p>1</p>", day=1)
    run("checkout", "-b", "desk")
    _commit(repository, "a.html", "<p>2</p>", day=2)
    _commit(repository, "a.html", "<p>3</p>", day=3)
    run("checkout", "main")
    _commit(repository, "b.html", "<p>else</p>", day=4)
    run("merge", "--no-ff", "-m", "merge", "desk", day=5)
    source = Git(repository[0], "a.html")
    assert isinstance(source, ConcurrentSource)
    captures = list(source.captures(URL))
    assert [capture.captured_at for capture in captures] == [START + DAY, START + 5 * DAY]
    assert [source.fetch(capture).body for capture in captures] == [b"<p>1</p>", b"<p>3</p>"]


def test_a_file_that_was_taken_away_is_a_row(repository: tuple[Path, RunGit]) -> None:
    """A commit without the file is a capture that could not be had: absent is not deleted."""
    folder, run = repository
    text = "The swing bridge at Lower Tarnmouth stayed open for six hours on Monday."
    _commit(repository, "a.txt", text, day=1)
    run("rm", "a.txt")
    run("commit", "-m", "gone", day=2)
    _commit(repository, "a.txt", f"{text}\n\nIt is closed now.", day=3)
    history = track(Git.of_file(folder / "a.txt"), URL)
    (row,) = history.screened
    assert (row.reason, row.capture.captured_at) == (ScreenReason.FETCH_FAILED, START + 2 * DAY)
    assert "deleted it" in row.detail
    assert [change.new for change in history.revisions[0].changes] == ["It is closed now."]


def test_names_that_git_could_misread(repository: tuple[Path, RunGit]) -> None:
    """A name is a name: with spaces, stars, colons, a dash in front, quotes or other scripts."""
    names = ("a b.html", "*.html", ":(glob)x.html", "-p.html", 'q"u.html', "лист/新.html")
    for number, name in enumerate(names):
        _commit(repository, name, f"<p>{number}</p>", day=number)
    for number, name in enumerate(names):
        source = Git(repository[0], name)
        assert [source.fetch(one).body for one in source.captures()] == [f"<p>{number}</p>".encode()]


def test_a_bare_repository_and_a_branch(repository: tuple[Path, RunGit], tmp_path: Path) -> None:
    """A repository without a work tree is read too, at any branch, tag or commit."""
    folder, run = repository
    _commit(repository, "a.html", "<p>1</p>", day=1)
    run("tag", "first")
    _commit(repository, "a.html", "<p>2</p>", day=2)
    run("clone", "--bare", str(folder), str(tmp_path / "site.git"))
    assert len(list(Git(tmp_path / "site.git", "a.html").captures())) == 2
    assert len(list(Git(tmp_path / "site.git", "a.html", "first").captures())) == 1


def test_markdown_is_read_as_the_page_that_it_becomes(repository: tuple[Path, RunGit]) -> None:
    """Front matter gives headline, author and date; quotes, lists and links are what they are."""
    text = (
        "---\ntitle: 'Bridge & boats'\nauthor: Ida Marsk\ndate: 2024-01-05T10:00:00Z\n"
        "tags: [a, b]\n---\n\nThe bridge at [Lower Tarnmouth](https://tarn.example) stayed *open*.\n\n"
        "> A bearing had worn through.\n\n- one boat\n\n**Correction:** An earlier version of this "
        "article misstated the number of boats. It was 54, not 45.\n"
    )
    _commit(repository, "post.md", text, day=1)
    source = Git(repository[0], "post.md")
    article = extract(source.fetch(next(source.captures(URL))))
    assert (article.headline, article.byline) == ("Bridge & boats", "Ida Marsk")
    assert article.published_at == datetime(2024, 1, 5, 10, tzinfo=UTC)
    assert [block.kind for block in article.blocks] == [
        BlockKind.PARAGRAPH,
        BlockKind.QUOTE,
        BlockKind.LIST_ITEM,
        BlockKind.PARAGRAPH,
    ]
    assert article.blocks[0].text == "The bridge at Lower Tarnmouth stayed open."
    assert article.blocks[0].links[0].href == "https://tarn.example"
    assert [(notice.said, notice.says) for notice in article.notices] == [("45", "54")]


@pytest.mark.parametrize(
    ("path", "revision", "said"),
    [
        ("nothing.html", "HEAD", "has no file 'nothing.html' at HEAD"),
        ("a.html", "nowhere", "git log failed"),
        ("a.html", "--output=x", "git log failed"),
        ("../a.html", "HEAD", "outside repository"),
    ],
)
def test_what_is_not_there_says_so(
    repository: tuple[Path, RunGit], path: str, revision: str, said: str
) -> None:
    """A missing file or revision is an error; neither can be taken for an option of git."""
    _commit(repository, "a.html", "<p>1</p>", day=1)
    with pytest.raises(SourceError, match=said):
        list(Git(repository[0], path, revision).captures())
    assert sorted(one.name for one in repository[0].iterdir()) == [".git", "a.html"]


def test_what_is_no_repository_says_so(tmp_path: Path) -> None:
    """A folder without git, or no folder, is an error in git's own words."""
    with pytest.raises(SourceError, match="not a git repository"):
        Git.of_file(tmp_path / "a.html")
    with pytest.raises(SourceError, match="No such file"):
        list(Git(tmp_path / "nothing", "a.html").captures())


def test_what_is_no_page_is_refused(repository: tuple[Path, RunGit]) -> None:
    """A symbolic link, or a pointer into a large file storage, is never taken for a page."""
    folder, _ = repository
    (folder / "link.html").symlink_to("/etc/hostname")
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
    _commit(repository, "large.html", pointer, day=1)
    for name, said in (("link.html", "a link or a folder"), ("large.html", "large file storage")):
        source = Git(folder, name)
        with pytest.raises(SourceError, match=said):
            source.fetch(next(source.captures()))


def test_captures_of_other_sources_are_refused(repository: tuple[Path, RunGit]) -> None:
    """Fetching what is no capture from git is a programming mistake."""
    with pytest.raises(ValueError, match="not a capture"):
        Git(repository[0], "a.html").fetch(Capture(URL, START, source="git", location="--help:a"))


def test_settings_of_a_repository_do_not_hide_its_first_commit(
    repository: tuple[Path, RunGit],
) -> None:
    """A repository that does not show root commits has its first version all the same."""
    _commit(repository, "a.html", "<p>1</p>", day=1)
    _commit(repository, "a.html", "<p>2</p>", day=2)
    repository[1]("config", "log.showRoot", "false")
    source = Git(repository[0], "a.html")
    assert [source.fetch(capture).body for capture in source.captures()] == [b"<p>1</p>", b"<p>2</p>"]


def test_what_a_partial_clone_lacks_is_not_fetched(
    repository: tuple[Path, RunGit], tmp_path: Path
) -> None:
    """A repository that lacks a file and names a command to get it with is read without running it."""
    folder, run = repository
    _commit(repository, "a.html", "<p>1</p>", day=1)
    ran = tmp_path / "ran"
    for name, value in {
        "extensions.partialClone": "origin", "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::touch {ran}", "protocol.allow": "always",
        "protocol.ext.allow": "always",
    }.items():  # fmt: skip
        run("config", name, value)
    name = hashlib.sha1(b"blob 8\0<p>1</p>", usedforsecurity=False).hexdigest()
    (folder / ".git" / "objects" / name[:2] / name[2:]).unlink()
    source = Git(folder, "a.html")
    with pytest.raises(SourceError, match="cannot read"):
        source.fetch(next(source.captures()))
    assert not ran.exists()


@pytest.mark.parametrize("when", ["99999999999999 +0000", "-5 +0000", "soon"])
def test_a_commit_without_a_time_says_so(repository: tuple[Path, RunGit], when: str) -> None:
    """A commit whose time is none is a row that names it, and the commits around it are captures."""
    folder, run = repository
    _commit(repository, "a.html", "<p>1</p>", day=1)
    asked = ["git", "-C", str(folder)]
    tree = subprocess.run([*asked, "write-tree"], check=True, capture_output=True, text=True).stdout
    raw = f"tree {tree}author A <a@heron.example> {when}\ncommitter A <a@heron.example> {when}\n\nx\n"
    written = subprocess.run(
        [*asked, "hash-object", "-t", "commit", "-w", "--stdin", "--literally"],
        input=raw, check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    run("update-ref", "HEAD", written)
    _commit(repository, "a.html", "<p>2</p>", day=2)
    row, capture = Git(folder, "a.html").ledger()
    assert isinstance(row, Screened)
    assert (row.reason, written[:12] in row.detail) == (ScreenReason.FETCH_FAILED, True)
    assert isinstance(capture, Capture)


WEEK = "Fergenotat, veke {}\n\nFerga gjekk {} gonger i veka, og ho var full ved {} av turane.\n"


@pytest.mark.parametrize("folder", ["", "posts/", "arkiv/2024/"])
@pytest.mark.parametrize("ending", ["md", "txt", "html"])
def test_a_copy_begins_an_article_of_its_own(
    repository: tuple[Path, RunGit], folder: str, ending: str
) -> None:
    """An article that was begun as a copy of another has none of the other's history."""
    text = WEEK + "Kaptein og mannskap takkar for turen og ynskjer god helg.\n" * 4
    _commit(repository, f"{folder}45.{ending}", text.format(45, 70, 3), 1)
    _commit(repository, f"{folder}46.{ending}", text.format(46, 70, 3), 2)
    _commit(repository, f"{folder}46.{ending}", text.format(46, 71, 3), 3)
    source = Git(repository[0], f"{folder}46.{ending}")
    assert [one.captured_at for one in source.captures(URL)] == [START + 2 * DAY, START + 3 * DAY]


def test_a_rename_goes_on_where_the_copy_ends(repository: tuple[Path, RunGit]) -> None:
    """What was renamed keeps its history, back to where it was copied from another article."""
    text = WEEK + "Kaptein og mannskap takkar for turen og ynskjer god helg.\n" * 4
    _commit(repository, "45.md", text.format(45, 70, 3), 1)
    _commit(repository, "46.md", text.format(46, 70, 3), 2)
    repository[1]("mv", "46.md", "ferga.md")
    repository[1]("commit", "-m", "x", day=3)
    assert len(list(Git(repository[0], "ferga.md").captures(URL))) == 2


def test_commits_of_one_second_are_told_by_their_content(
    repository: tuple[Path, RunGit], tmp_path: Path
) -> None:
    """However often a repository is tracked, and whatever its clocks say, all its states are stored."""
    with Store.open(tmp_path / "s.db") as store:
        for day, number in ((6, 1), (4, 2), (6, 3), (5, 4)):
            _commit(repository, "p.md", WEEK.format(number, 70, number), day)
            source = Git(repository[0], "p.md")
            for one in source.captures(URL):
                if one not in store:
                    store.add(source.fetch(one))
        assert len(store.history(URL).versions) == 4
        assert all(one in store for one in source.captures(URL))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.rst", "text/x-rst"),
        ("a.adoc", "text/asciidoc"),
        ("a.org", "text/org"),
        ("a.wiki", "text/plain"),
        ("a.strange", "text/plain"),
        ("a", "text/plain"),
    ],
)
def test_what_has_no_elements_is_text(repository: tuple[Path, RunGit], name: str, kind: str) -> None:
    """A file that is no HTML by its name and has no elements is text, and an edit in it is seen."""
    text = "Tårnet er åpent når n<N, sier kommunen.\n\nPrisen er {} kroner for alle.\n"
    _commit(repository, name, text.format(40), 1)
    _commit(repository, name, text.format(50), 2)
    source = Git(repository[0], name)
    assert {source.fetch(one).content_type for one in source.captures(URL)} == {kind}
    history = track(source, URL)
    assert len(history.versions) == 2
    assert "n<N" in history.versions[0].article.text


def test_a_template_without_a_known_name_is_html(repository: tuple[Path, RunGit]) -> None:
    """Elements make HTML of a file whose name says nothing."""
    _commit(
        repository, "a.njk", "<article><h1>Tårnet</h1><p>Åpent i dag, sier kommunen.</p></article>", 1
    )
    source = Git(repository[0], "a.njk")
    assert source.fetch(next(source.captures(URL))).content_type == "text/html"


def test_a_folder_below_the_root_is_of_the_same_repository(repository: tuple[Path, RunGit]) -> None:
    """A path is from the root of the repository, whichever of its folders is given."""
    _commit(repository, "news/a.md", "# Lamp lit\n\nThe lamp was lit on Monday.\n", 0)
    whole = list(Git(repository[0], "news/a.md").captures(URL))
    below = Git(repository[0] / "news", "news/a.md")
    assert list(below.captures(URL)) == whole
    assert below.fetch(whole[0]).body.startswith(b"# Lamp lit")


def test_a_packed_page_is_unpacked(repository: tuple[Path, RunGit]) -> None:
    """A page that is kept in git as gzip is read like any other."""
    folder, run = repository
    (folder / "a.html.gz").write_bytes(gzip.compress(b"<h1>Lamp lit</h1><p>It was lit.</p>"))
    run("add", ".")
    run("commit", "-m", "x")
    source = Git(folder, "a.html.gz")
    fetched = source.fetch(next(source.captures(URL)))
    assert (fetched.content_type, fetched.body[:4]) == ("text/html", b"<h1>")
