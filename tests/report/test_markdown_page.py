"""The report in Markdown."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from revtrack import report
from revtrack.report.formats import escaped
from revtrack.report.marks import single_line
from tests.report.made import HOSTILE, hostile_history, story

MARKED = st.text(alphabet="ab1 .:/\\`*_[]()<>#+-=!|~&;$@\n\x1b", max_size=40)


def shown(markdown: str) -> str:
    """What a reader sees of *markdown*, as words parted by one space."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {"text", "text_special"}, inline
    assert [token.type for token in tokens] in ([], ["paragraph_open", "inline", "paragraph_close"])
    return " ".join("".join([child.content for child in inline]).split())


@given(MARKED)
@example(HOSTILE)
@example("1. one")
@example("12345) one")
@example("- one")
@example("+ one")
@example("===")
@example("https://e.example www.e.example mailto:a@e.example")
def test_escaped_text_is_one_paragraph_that_reads_the_same(text: str) -> None:
    """Whatever an article says, Markdown shows it to the letter: no link, no list, no heading."""
    assert shown(escaped(text)) == single_line(text)


def test_the_report_tells_the_story() -> None:
    """Headlines, changes in words, notices and marked text are there."""
    text = report.markdown(story())
    for words in (
        "# Authority closes cranes in Larnby",
        "- Earlier headline, attested by a notice, not captured\n\n  > Crews close the cranes",
        "Made between 4 March 2024, 12:40 and 5 March 2024, 07:40 UTC: 2 changes, 2 subst",
        "1. **The headline was corrected; a correction explains it.**",
        "   > <del>Crews close</del><ins>Authority closes</ins> cranes in Larnby",
        "Repairs cost <del>12</del><ins>21</ins> crowns.",
        "… 5 unchanged paragraphs …",
        "no article; a login wall; wall.html",
    ):
        assert words in text


def test_hostile_text_makes_no_link_and_no_markup() -> None:
    """A rendered hostile report holds no link, picture or code, and only our own two tags."""
    tokens = MarkdownIt("commonmark").enable("table").parse(report.markdown(hostile_history()))
    inline = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in [*tokens, *inline]}
    assert not kinds & {
        "link_open",
        "image",
        "html_block",
        "code_inline",
        "code_block",
        "fence",
        "table_open",
    }
    tags = {child.content for child in inline if child.type == "html_inline"}
    assert tags <= {"<ins>", "</ins>", "<del>", "</del>"}


def test_a_revision_has_a_page_of_its_own() -> None:
    """One revision is told under the headline that it led to."""
    text = report.markdown(story().revisions[1])
    assert text.startswith("# Authority closes cranes in Larnby\n\nMade between 5 March")
