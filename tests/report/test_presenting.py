"""How results show themselves: in an interpreter, in `print` and in a notebook."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest

import revtrack
from revtrack.report.page import MOST_LINES
from tests.report.made import HOSTILE, hostile_history, story

STORY = sorted(Path("examples/story").glob("2024*.html"))


def test_a_repr_is_one_line_of_counts() -> None:
    """Neither a revision nor a history nor a ledger prints its texts."""
    history = story()
    assert repr(history.revisions[1]) == "<Revision: 2 changes, 2 substantive, 2 undisclosed>"
    assert repr(history).startswith("<History: 9 captures (1 screened out), 4 versions; 5 changes")
    assert "\n" not in repr(hostile_history())
    assert repr(history.ledger()).startswith("<Ledger: 1 notice, ")
    assert str(history.ledger()).splitlines()[1].startswith("- ")
    assert repr(history.versions[0].article).startswith("<Article: ")
    assert "\n" not in repr(hostile_history().versions[0].article)


def test_a_str_is_a_few_lines_in_the_words_of_the_report() -> None:
    """The lede, then a line for each change; long lists end with how many more there are."""
    revision = story().revisions[1]
    lines = str(revision).splitlines()
    assert lines[0].startswith("Made between 5 March 2024, 12:40 and 6 March 2024, 07:40 UTC: 2 ")
    assert lines[1].startswith(
        "- A paragraph was removed; it is not explained by any correction notice:"
    )
    assert len(lines) == 3
    assert f"- {revision.changes[1]}" == lines[2]
    assert str(story().ledger().notices[0].notice).startswith("A correction of the headline: ")
    assert len(str(hostile_history().revisions[0]).splitlines()) <= MOST_LINES + 2
    assert "3 revisions of this article" in str(story())


@pytest.mark.parametrize("value", [hostile_history(), hostile_history().revisions[0]])
def test_a_notebook_gets_escaped_html(value: revtrack.History | revtrack.Revision) -> None:
    """Hostile text stays text: no script, no handler, no live address, and its words are shown."""
    made = value._repr_html_()
    tree = lxml.html.fragment_fromstring(made, create_parent="div")
    assert not tree.xpath("//script | //img | //iframe | //@onclick | //@onload")
    assert all(str(link).startswith("#") for link in tree.xpath("//@href"))
    assert "alert(1)" in tree.text_content()
    assert HOSTILE[:8] not in made


def test_two_outputs_of_a_notebook_share_no_anchor() -> None:
    """The anchors of different results begin differently."""
    pages = [lxml.html.fromstring(one._repr_html_()) for one in story().revisions]
    names = [set(page.xpath("//@id")) for page in pages]
    assert not names[0] & names[1]


def test_the_report_is_there_without_an_import_of_its_own() -> None:
    """`revtrack.report` is loaded when it is first asked for, and not before."""
    program = (
        "import sys, revtrack; assert 'revtrack.report' not in sys.modules; "
        "print(callable(revtrack.report.html))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
    with pytest.raises(AttributeError, match="no attribute 'reprot'"):
        _ = revtrack.reprot


def test_paths_are_read() -> None:
    """The result is that of the file's bytes."""
    old, new = STORY[0], STORY[2]
    assert revtrack.extract(old).blocks == revtrack.extract(old.read_bytes()).blocks
    by_path = revtrack.compare(old, new)
    assert by_path.changes == revtrack.compare(old.read_bytes(), new.read_bytes()).changes


@pytest.mark.parametrize(
    ("given", "advice"),
    [
        ("https://oll.example/ferry", "is an address, not a page"),
        ("HTTP://oll.example/ferry?id=3", "is an address, not a page"),
        ("captures/old.html", "pass pathlib.Path"),
        ("C:\\captures\\old.htm", "pass pathlib.Path"),
    ],
)
def test_a_string_that_names_a_page_says_what_to_do(given: str, advice: str) -> None:
    """Neither an address nor the name of a file is taken for HTML."""
    with pytest.raises(ValueError, match=advice):
        revtrack.compare(given, given)
    with pytest.raises(ValueError, match=advice):
        revtrack.extract(given)


@pytest.mark.parametrize(
    "make", [lambda **some: revtrack.extract(STORY[0], **some), revtrack.from_text]
)
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"captured_at": "yesterday"}, "captured_at must be a datetime with a time zone, not str"),
        ({"url": 3}, "url must be str, not int"),
    ],
)
def test_what_is_no_time_or_address_is_refused(
    make: Callable[..., object], given: dict[str, object], said: str
) -> None:
    """The argument is named, with what it must be."""
    with pytest.raises(TypeError, match=said):
        make(**{"text": "Fog."} if make is revtrack.from_text else {}, **given)


@pytest.mark.parametrize("given", ["<p>See old.html", "See https://oll.example/ferry for more"])
def test_words_that_only_hold_a_name_are_no_name(given: str) -> None:
    """The guard: text with markup, or with words around an address, is read as a page."""
    with pytest.raises(revtrack.RevtrackError):
        revtrack.compare(given, given)
