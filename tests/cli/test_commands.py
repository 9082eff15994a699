"""What the commands write, in each form, and how they end."""

from __future__ import annotations

import gzip
import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

import revtrack as package
from revtrack import codec
from revtrack.changes.revision import Revision
from revtrack.cli.commands import revtrack
from revtrack.cli.output import Destination
from revtrack.history import History
from revtrack.model import Article
from revtrack.notices import Draft
from revtrack.sources import Files

Run = Callable[..., subprocess.CompletedProcess[str]]
FORMS = ("text", "json", "markdown", "html")


def invoke(*words: str | Path, given: bytes | None = None) -> Result:
    """Run a command inside this process."""
    result = CliRunner().invoke(revtrack, [str(word) for word in words], input=given)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_version(revtrack: Run) -> None:
    """The version is printed and the status is 0."""
    done = revtrack("--version")
    assert (done.returncode, done.stdout) == (0, f"revtrack {package.__version__}\n")


def test_no_command_shows_the_help(revtrack: Run) -> None:
    """Without a command the help is shown on standard error, as trouble."""
    done = revtrack()
    assert (done.returncode, done.stdout) == (2, "")
    assert "Commands:" in done.stderr


def test_status_is_that_of_diff(revtrack: Run, old: Path, new: Path, story: Path) -> None:
    """0 without a change, 1 with changes, for diff and history alike."""
    furniture = story / "20240304T090500Z.html"
    assert revtrack("diff", old, furniture).returncode == 0
    assert revtrack("diff", old, new).returncode == 1
    assert revtrack("history", story).returncode == 1
    assert revtrack("history", story, "--until", "2024-03-04T10:00:00").returncode == 0


def test_report_and_extract_end_with_0(revtrack: Run, story: Path, tmp_path: Path, new: Path) -> None:
    """What makes something ends with 0 although there are changes."""
    done = revtrack("report", story, "-o", "out/report.html")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("out/report.html: 7 captures (1 screened out), 4 versions, 3 rev")
    assert (tmp_path / "out" / "report.html").is_file()
    assert revtrack("extract", new).returncode == 0


@pytest.mark.parametrize("form", FORMS)
def test_diff_in_each_form(old: Path, new: Path, form: str) -> None:
    """Every form tells the corrected headline and the update."""
    result = invoke("diff", old, new, "--format", form)
    assert result.exit_code == 1
    assert "backed" in result.output
    assert "I meant to write" in result.output


@pytest.mark.parametrize("form", FORMS)
def test_history_in_each_form(story: Path, form: str) -> None:
    """Every form tells of the corrected headline and the paragraph that vanished."""
    result = invoke("history", story, "--format", form)
    assert result.exit_code == 1
    assert "backed" in result.output
    assert "stayed in the house throughout" in result.output


@pytest.mark.parametrize("form", FORMS)
def test_extract_in_each_form(new: Path, form: str) -> None:
    """Every form has headline, body and notice, and no furniture."""
    result = invoke("extract", new, "--format", form)
    assert result.exit_code == 0
    for words in ("reopen the Tarn locks", "harbour chaplain", "I meant to write"):
        assert words in result.output
    assert "Trending" not in result.output


def test_json_reads_back(old: Path, new: Path, story: Path) -> None:
    """The JSON of each command is the typed value, whole."""
    revision = codec.loads(invoke("diff", old, new, "-f", "json").output, Revision)
    assert revision.headline is not None
    history = codec.loads(invoke("history", story, "-f", "json").output, History)
    assert history == package.track(Files(story))
    article = codec.loads(invoke("extract", new, "-f", "json").output, Article)
    assert article.byline == "Ida Rask"


@pytest.mark.parametrize("side", [0, 1])
def test_standard_input_is_one_side(old: Path, new: Path, side: int) -> None:
    """`-` reads either side from standard input, with the same result."""
    words = [old, new]
    given, words[side] = words[side].read_bytes(), Path("-")
    piped = json.loads(invoke("diff", *words, "-f", "json", given=given).output)
    named = json.loads(invoke("diff", old, new, "-f", "json").output)
    assert [change["change"] for change in piped["value"]["changes"]] == [
        change["change"] for change in named["value"]["changes"]
    ]


def test_extract_from_standard_input(new: Path) -> None:
    """`extract -` reads standard input, and knows the address it is given."""
    words = ("extract", "-", "--url", "https://example.org/a", "-f", "json")
    article = codec.loads(invoke(*words, given=new.read_bytes()).output, Article)
    assert "reopen the Tarn locks" in str(article.headline)
    assert article.url == "https://example.org/a"


def test_plain_text(tmp_path: Path) -> None:
    """With --text two texts are compared as they are, markup and all."""
    (tmp_path / "old.txt").write_text("The bridge closes for 3 weeks.\n\nUse <b>the ferry</b>.\n")
    (tmp_path / "new.txt").write_text("The bridge closes for 8 weeks.\n\nUse <b>the ferry</b>.\n")
    result = invoke("diff", "--text", tmp_path / "old.txt", tmp_path / "new.txt", "-f", "json")
    (change,) = json.loads(result.output)["value"]["changes"]
    assert (change["change"], change["nature"]) == ("TextEdited", "number")
    assert invoke("diff", "--text", tmp_path / "old.txt", tmp_path / "old.txt").exit_code == 0


def test_since_and_until_bound_the_history(story: Path) -> None:
    """Captures outside the time asked for have no part in the result."""
    words = ("history", story, "-f", "json", "--since", "2024-03-05", "--until", "2024-03-05")
    told = codec.loads(invoke(*words).output, History)
    assert (len(told.versions), len(told.revisions)) == (1, 0)


@pytest.mark.parametrize(
    ("bounds", "versions"),
    [
        (("--until", "2024-03-05"), 3),  # captured at 08:15 of that day
        (("--until", "2024-03-05T08:14"), 2),
        (("--until", "2024-03-05T08:15:00"), 3),
        (("--until", "2024-03-05T08:15:00Z"), 3),
        (("--until", "2024-03-05T09:15:00+01:00"), 3),
        (("--until", "2024-03-05T09:14:59+01:00"), 2),
        (("--since", "2024-03-06T18:30:00+01:00"), 1),  # captured at 17:30 UTC
        (("--since", "2024-03-06"), 1),
    ],
)
def test_a_day_counts_whole_and_an_offset_is_read(
    story: Path, bounds: tuple[str, str], versions: int
) -> None:
    """`--until` with a day alone includes that day; a time may bear the offset of its zone."""
    told = codec.loads(invoke("history", story, "-f", "json", *bounds).output, History)
    assert len(told.versions) == versions


def test_the_date_of_a_folder_is_no_time_of_capture(old: Path, new: Path, tmp_path: Path) -> None:
    """Only the file's own name dates a capture that `diff` is given, not the folders above it."""
    for day, page in (("2019-01-01", old), ("2019-01-02", new)):
        (tmp_path / day).mkdir()
        (tmp_path / day / "a.html").write_bytes(page.read_bytes())
    named = (tmp_path / "2019-01-01" / "a.html", tmp_path / "2019-01-02" / "a.html")
    told = codec.loads(invoke("diff", *named, "-f", "json").output, Revision)
    assert (told.interval.after, told.interval.until) == (None, None)


def test_a_report_into_a_folder(story: Path, tmp_path: Path) -> None:
    """A folder as output gets an index."""
    assert invoke("report", story, "-o", tmp_path).exit_code == 0
    assert invoke("report", story, "-o", f"{tmp_path}/new/", "-f", "markdown").exit_code == 0
    assert (tmp_path / "index.html").read_text(encoding="utf-8").startswith("<!")
    assert (tmp_path / "new" / "index.md").is_file()


@pytest.mark.parametrize("output", ["captures/", "captures/report.html", "captures/../captures"])
def test_a_report_among_the_captures_is_refused(
    story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    """A report that the next run would read as a capture is refused before anything is written."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(story, tmp_path / "captures")
    result = invoke("report", "captures", "-o", output)
    assert result.exit_code == 1
    assert "among the captures of captures" in result.output
    assert len(list((tmp_path / "captures").iterdir())) == len(list(story.iterdir()))
    assert invoke("history", "captures", "-f", "html", "-o", "captures/x.html").exit_code == 1
    assert (
        invoke(
            "report", "captures", "-f", "markdown", "-o", output.removesuffix("report.html") + "/"
        ).exit_code
        == 0
    )
    assert invoke("history", "captures", "-o", "history.txt").exit_code == 1


def test_an_output_file_is_what_would_be_printed(old: Path, new: Path, tmp_path: Path) -> None:
    """`-o` writes to the file what goes to standard output without it, and nothing else is left."""
    printed = invoke("diff", old, new).output
    result = invoke("diff", old, new, "-o", tmp_path / "out.txt")
    assert (result.exit_code, result.output) == (1, "")
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == printed
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


def test_an_output_that_fails_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A write that is cut short leaves the earlier file as it was, and no other."""
    out = tmp_path / "out.html"
    out.write_text("earlier")

    def interrupted(path: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        Destination(str(out)).write("later")
    assert [path.name for path in tmp_path.iterdir()] == ["out.html"]
    assert out.read_text() == "earlier"


def test_an_output_through_a_link(tmp_path: Path) -> None:
    """Writing through a symbolic link changes its target and keeps the link."""
    (tmp_path / "real.txt").touch()
    (tmp_path / "link.txt").symlink_to(tmp_path / "real.txt")
    Destination(str(tmp_path / "link.txt")).write("words")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_text() == "words\n"


def test_help_imports_nothing_heavy(tmp_path: Path, environment: dict[str, str]) -> None:
    """The help is shown without importing what only some commands need."""
    program = (
        "import sys; from revtrack.cli import main; main(['diff', '--help']); "
        "print(sorted({'jinja2', 'rich', 'cattrs'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment,
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout.endswith("[]\n")


def test_extract_explains_what_became_of_each_text(new: Path) -> None:
    """Kept texts have a plus and their kind, the others a minus and what decided."""
    result = invoke("extract", "--explain", new)
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert any(line.startswith("+ paragraph: ") for line in lines)
    assert any(line.startswith("- furniture: ") for line in lines)


def test_extract_explains_as_text_only(new: Path) -> None:
    """Another form is a usage error that says what to leave out."""
    result = invoke("extract", "--explain", "--format", "json", new)
    assert result.exit_code == 2
    assert "leave out --format" in result.stderr


@pytest.mark.parametrize("name", ["story.md", "story.txt", "story.md.gz"])
def test_extract_reads_markdown_and_text_by_their_endings(tmp_path: Path, name: str) -> None:
    """A file says by its name what it is, and is explained as it is read."""
    body = b"The locks reopened after the flood.\n\nBarges moved through them on *Monday*.\n"
    (tmp_path / name).write_bytes(gzip.compress(body) if name.endswith(".gz") else body)
    word = "Monday" if "md" in name else "*Monday*"
    article = codec.loads(invoke("extract", tmp_path / name, "-f", "json").stdout, Article)
    kept = ["The locks reopened after the flood.", f"Barges moved through them on {word}."]
    assert [block.text for block in article.blocks] == kept
    explained = invoke("extract", "--explain", tmp_path / name).stdout.splitlines()
    assert [line.rpartition(": ")[2] for line in explained] == kept


def test_extract_looks_where_an_earlier_capture_stood(tmp_path: Path) -> None:
    """With --earlier a river of teasers is not taken for the article, and --explain says the same."""
    story = "".join(
        [f"<p>The lock number {n} was repaired in the week after the flood.</p>" for n in range(9)]
    )
    river = "".join(
        [f"<p>The mill number {n} was sold to a family from the coast.</p>" for n in range(30)]
    )
    for name, other in (("old.html", ""), ("new.html", river)):
        sides = f"<div class='text'>{story}</div><div class='right'>{other}</div>"
        (tmp_path / name).write_text(f"<html><body><div>{sides}</div></body></html>", encoding="utf-8")
    words = ("extract", tmp_path / "new.html")
    assert "mill" in invoke(*words).stdout
    assert "mill" not in invoke(*words, "--earlier", tmp_path / "old.html").stdout
    explained = invoke(*words, "--explain", "--earlier", tmp_path / "old.html").stdout
    assert "- outside the article's element" in explained
    twice = invoke("extract", "-", "--earlier", "-")
    assert (twice.exit_code, "cannot both" in twice.stderr) == (2, True)


def test_draft_writes_a_notice_for_each_undisclosed_change(tmp_path: Path) -> None:
    """As text, as JSON that can be read back, and as JSON-LD; status 0 in each."""
    (tmp_path / "old.txt").write_text("Police said 45 people were hurt.", encoding="utf-8")
    (tmp_path / "new.txt").write_text("Police said 54 people were hurt.", encoding="utf-8")
    sides = ("draft", "--text", tmp_path / "old.txt", tmp_path / "new.txt", "--date", "2024-03-05")
    said = (
        "Correction, 5 March 2024: An earlier version of this article misstated a number. "
        "It is “54 people”, not “45 people”."
    )
    assert invoke(*sides).output == f"{said}\n"
    assert codec.loads(invoke(*sides, "-f", "json").output, Draft).entries == (said,)
    (comment,) = json.loads(invoke(*sides, "-f", "json-ld").output)["correction"]
    assert comment.pop("@id").startswith("#correction-")
    assert comment == {"@type": "CorrectionComment", "text": said, "datePublished": "2024-03-05"}


def test_draft_writes_nothing_where_no_notice_is_needed(tmp_path: Path) -> None:
    """Standard output stays empty and the status is 0."""
    (tmp_path / "old.txt").write_text("The goverment fell.", encoding="utf-8")
    (tmp_path / "new.txt").write_text("The government fell.", encoding="utf-8")
    done = invoke("draft", "--text", tmp_path / "old.txt", tmp_path / "new.txt")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "no draft: no change is undisclosed" in done.stderr


def test_a_day_that_is_none_is_trouble(tmp_path: Path) -> None:
    """The message names what was expected."""
    done = invoke("draft", "--date", "May", tmp_path, tmp_path)
    assert done.exit_code == 2
    assert "expected one such as 2024-01-05" in done.output


@pytest.mark.parametrize(
    ("before", "code", "fence"),
    [
        ("<ul><li>First the date.</li></ul>", "&lt;img src=x onerror=a()&gt; [plan](x:y)", "```"),
        ("<ol><li>Zuerst das Datum.</li></ol>", "``` &lt;script&gt;", "````"),
        ("<p>La première mesure.</p>", "a ````` b", "``````"),
        ("<blockquote><p>Primero la fecha.</p></blockquote>", "    four spaces", "```"),
    ],
)
def test_code_is_fenced_in_markdown(
    revtrack: Run, tmp_path: Path, before: str, code: str, fence: str
) -> None:
    """Code lies between fences longer than any in it, whatever stands before it: nothing of it acts."""
    words = "The keeper reads the gauge each morning, and the board prints the figures on Friday."
    page = tmp_path / "page.html"
    page.write_text(
        f"<article><h1>How the gauge is read</h1><p>{words}</p>{before}<pre>{code}</pre>"
        f"<p>{words} See https://gauge.example/.</p></article>",
        encoding="utf-8",
    )
    lines = revtrack("extract", "-f", "markdown", page).stdout.splitlines()
    assert lines.count(fence) == 2
    assert html.unescape(code).rstrip() in lines
    rendered = MarkdownIt("commonmark").render("\n".join(lines))
    assert not re.search("<(img|script|a )", rendered)


@pytest.mark.parametrize("flipped", [12, 40, -6])
def test_damaged_gzip_of_lines_is_told(revtrack: Run, tmp_path: Path, flipped: int) -> None:
    """A damaged file is trouble that names the file, never a mistake in revtrack."""
    packed = bytearray(gzip.compress(b"{}\n" * 9_000 + bytes(range(256))))
    packed[flipped : flipped + 4] = bytes([byte ^ 0xFF for byte in packed[flipped : flipped + 4]])
    (tmp_path / "bad.jsonl.gz").write_bytes(packed)
    done = revtrack("import", tmp_path / "bad.jsonl.gz", "--store", tmp_path / "x.db")
    assert done.returncode == 2
    assert "its gzip data are damaged" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_card_is_drawn(revtrack: Run, old: Path, new: Path, tmp_path: Path) -> None:
    """The alternative text is printed; no picture, or no such change, is trouble."""
    pytest.importorskip("typst", reason="the extra card is not installed")
    done = revtrack("card", old, new, "-o", "card.png")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("card.png: The headline was corrected; a correction explains it. “")
    assert (tmp_path / "card.png").read_bytes().startswith(b"\x89PNG")
    for words in (["-o", "card.gif"], ["-o", "card.svg", "--change", "99"]):
        assert revtrack("card", old, new, *words).returncode == 2
