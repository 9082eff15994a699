"""Trouble: exit status 2 and one line on standard error that says what was wrong and what to do."""

from __future__ import annotations

import gzip
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]

PARAGRAPH = b"<p>The ferry will run every hour until the bridge over the river is open again.</p>"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n"
NO_ARTICLE = b"<!doctype html><title>Sections</title><nav><a href=/a>A</a> <a href=/b>B</a></nav>"


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """The one line of trouble, which must be all that was said."""
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert done.stdout == ""
    assert done.stderr.startswith("revtrack: ")
    assert done.stderr.count("\n") == 1
    return done.stderr


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("empty.html", b"", "empty"),
        ("spaces.html", b" \n\t ", "empty"),
        ("noise.bin", bytes(range(256)) * 64, "HTML"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(2_000), "HTML"),
        ("paper.pdf", PDF, "PDF"),
        ("sections.html", NO_ARTICLE, "article"),
        ("cut.html.gz", gzip.compress(PARAGRAPH, mtime=0)[:30], "damaged"),
    ],
)
def test_what_is_no_article(
    revtrack: Run, tmp_path: Path, new: Path, name: str, body: bytes, said: str
) -> None:
    """An empty, binary, PDF, damaged or article-less file is named with what is wrong with it."""
    (tmp_path / name).write_bytes(body)
    for words in (("diff", name, new), ("diff", new, name), ("extract", name)):
        message = one_line(revtrack(*words))
        assert name in message
        assert said in message


def test_nesting_a_hundred_thousand_deep(revtrack: Run, tmp_path: Path) -> None:
    """Elements nested 100,000 deep give the article inside or one clear line, never a crash."""
    page = b"<article><h1>Ferry</h1>" + b"<div>" * 100_000 + PARAGRAPH * 4 + b"</div>" * 100_000
    (tmp_path / "deep.html").write_bytes(page)
    done = revtrack("extract", "deep.html")
    assert done.returncode in (0, 2)
    if done.returncode == 2:
        assert "deep" in one_line(done)
    else:
        assert "The ferry will run" in done.stdout


def test_nul_bytes(revtrack: Run, tmp_path: Path) -> None:
    """NUL bytes in an otherwise good page neither cut it short nor stop the work."""
    body = PARAGRAPH.replace(b"ferry", b"fer\0ry", 1)
    page = (
        b"<!doctype html><title>Ferry</title><article><h1>Ferry</h1>"
        + body
        + PARAGRAPH * 3
        + b"<p>It ends here, at last, for all who waited.</p></article>"
    )
    (tmp_path / "nul.html").write_bytes(page)
    done = revtrack("extract", "nul.html")
    assert done.returncode == 0, done.stderr
    assert "It ends here, at last" in done.stdout
    assert "\0" not in done.stdout


def test_a_wrong_declared_charset(revtrack: Run, tmp_path: Path) -> None:
    """A page that declares a legacy charset and is UTF-8 is read as UTF-8."""
    page = (
        '<!doctype html><meta charset="iso-8859-1"><title>Fähre</title><article><h1>Fähre</h1>'
        "<p>Die Fähre fährt stündlich, bis die Brücke über den Fluss wieder geöffnet ist.</p>" * 3
    )
    (tmp_path / "wrong.html").write_bytes(page.encode())
    done = revtrack("extract", "wrong.html")
    assert done.returncode == 0, done.stderr
    assert "bis die Brücke über den Fluss" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("diff", "nowhere.html", "{new}"), "nowhere.html: it does not exist"),
        (("diff", "{story}", "{new}"), "it is a folder, a file is needed"),
        (("history", "{new}"), "a folder is needed"),
        (("history", "nowhere"), "nowhere: it does not exist"),
        (("report", "empty", "-o", "out.html"), "20240105T123000Z.html"),
        (("history", "{story}", "--since", "2030-01-01"), "between --since and --until"),
        (("diff", "--text", "noise", "noise"), "noise"),
        (("extract", "endless.html"), "larger than 32 MiB"),
        (("extract", "huge.html"), "larger than 32 MiB"),
    ],
)
def test_a_place_that_is_not_what_a_command_reads(
    revtrack: Run, tmp_path: Path, story: Path, new: Path, words: tuple[str, ...], said: str
) -> None:
    """What is missing, of the wrong kind, empty, no text or too large is named with what is needed."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "noise").write_bytes(bytes(range(256)))
    for name, size in (("huge.html", 50 * 10**6), ("endless.html", 2**40)):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(size)
    assert said in one_line(revtrack(*[word.format(story=story, new=new) for word in words]))


@pytest.mark.parametrize("name", ["index.html", "20241399T000000Z.html", "2024-02-30.html"])
def test_unparsable_dates_in_names(revtrack: Run, tmp_path: Path, name: str) -> None:
    """A capture whose name bears no date says which forms are expected."""
    (tmp_path / name).write_bytes(PARAGRAPH)
    message = one_line(revtrack("history", "."))
    assert Path(name).stem in message
    for form in ("20240105T123000Z", "20240105123000", "2024-01-05T12-30-00Z", "2024-01-05"):
        assert form in message.partition("expected")[2]


def test_a_folder_where_no_capture_shows_an_article(revtrack: Run, tmp_path: Path) -> None:
    """When every capture is screened out, the first reason is said."""
    (tmp_path / "2024-01-05.html").touch()
    message = one_line(revtrack("history", "."))
    assert "no capture in . shows an article" in message
    assert "empty" in message


def test_no_permission(tmp_path: Path, environment: dict[str, str], new: Path) -> None:
    """A file that may not be read is named."""
    secret = tmp_path / "secret.html"
    secret.write_bytes(PARAGRAPH)
    secret.chmod(0)
    command = [sys.executable, "-m", "revtrack", "diff", str(secret), str(new)]
    if os.geteuid() == 0:  # root reads everything, unless it gives that up
        if not (setpriv := shutil.which("setpriv")):  # of util-linux, which small systems lack
            pytest.skip("root reads everything, and setpriv is not here to give that up")
        command = [setpriv, "--bounding-set", "-dac_override,-dac_read_search", *command]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert "no permission to read it" in one_line(done)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("diff", "old.html"), "Missing argument 'NEW'. Try 'revtrack diff --help'."),
        (("compare",), "No such command 'compare'"),
        (("diff", "-", "-"), "cannot both be standard input"),
        (("diff", "https://example.org/", "-"), "save the page to a file"),
        (("history", ".", "--format", "pdf"), "'pdf' is not one of"),
        (
            ("history", ".", "--since", "yesterday"),
            "'yesterday' is not a time: expected a day such as 2024-01-05",
        ),
        (("report", "."), "Missing option '-o' / '--output'"),
    ],
)
def test_wrong_usage(revtrack: Run, words: tuple[str, ...], said: str) -> None:
    """A wrong call is one line with the command whose help to read."""
    assert said in one_line(revtrack(*words))


def test_a_place_that_cannot_be_written(revtrack: Run, tmp_path: Path, old: Path, new: Path) -> None:
    """An output below a file cannot be written, which is said; nothing is left behind."""
    (tmp_path / "file").touch()
    assert "cannot write" in one_line(revtrack("diff", old, new, "-o", "file/out.txt"))
    assert "is a directory" in one_line(revtrack("diff", old, new, "-o", "."))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file"]


def test_a_hostile_file_name_cannot_drive_the_terminal(revtrack: Run) -> None:
    """Control characters of a file name are spelt out in the message."""
    assert "\x1b" not in one_line(revtrack("extract", "red\x1b[31m\nname.html"))


def test_click_is_missing(tmp_path: Path, environment: dict[str, str]) -> None:
    """Without click the extra to install is named, instead of a traceback."""
    program = "import sys; sys.modules['click'] = None; from revtrack.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment,
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert 'pip install "revtrack[cli]"' in one_line(done)


def test_the_reader_goes_away(environment: dict[str, str], story: Path) -> None:
    """When nobody reads the output any more, the program ends quietly."""
    reading, writing = os.pipe()
    os.close(reading)
    for words in (["history", str(story)], ["--help"]):
        done = subprocess.run(
            [sys.executable, "-m", "revtrack", *words],
            stdout=writing, stderr=subprocess.PIPE, env=environment, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (141, b"")
    os.close(writing)


def test_stopped_with_control_c(tmp_path: Path, environment: dict[str, str], new: Path) -> None:
    """Ctrl-C ends the program with status 130 and without a traceback, wherever it strikes."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    running = subprocess.Popen(
        [sys.executable, "-m", "revtrack", "diff", str(pipe), str(new)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
    )  # fmt: skip
    with pipe.open("wb", buffering=0) as writing:  # opens when the program opens the other end
        # more than a pipe holds: this returns when the program has begun to read
        writing.write(PARAGRAPH * (2**20 // len(PARAGRAPH)))
        running.send_signal(signal.SIGINT)
    # closed: a read that began just before the signal ends too, and the signal is seen after it
    _, said = running.communicate(timeout=60)
    assert (running.returncode, said.strip()) == (130, b"")
