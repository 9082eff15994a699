"""The HTML report: safe, self-contained, readable by everyone."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
import sys

import attrs
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import HtmlElement

import revtrack
from revtrack import report
from revtrack.changes.kinds import Nature
from revtrack.errors import MissingExtraError
from revtrack.history import History
from revtrack.model import Article, Attested, Block, BlockKind, NoticeTarget
from revtrack.report import html, page
from revtrack.report.marks import escape_controls
from tests.report.made import HOSTILE, Part, history_of, hostile_history, revision_of, story

HISTORIES = {"story": story, "hostile": hostile_history, "empty": history_of}
WORDS = st.lists(
    st.sampled_from(
        ["\n\n", "\n", " ", "a", "b", "é", "<i>", "&", "\"'", "{{", "\x07", "\u202e", "\u2066"]
    ),
    min_size=1,
    max_size=8,
).map("".join)
PARTS = st.lists(st.tuples(st.sampled_from("=-+"), WORDS), min_size=1, max_size=8)


def parsed(text: str) -> HtmlElement:
    """The page as a tree."""
    return lxml.html.document_fromstring(text)


def squeezed(text: str) -> str:
    """*text* without white space."""
    return "".join(text.split())


def reading(tree: HtmlElement, *without: str) -> str:
    """The article's text as the page shows it, without notes and the given elements."""
    text = tree.find_class("rt-text")[0]
    for note in [
        *text.find_class("rt-note"),
        *text.find_class("rt-pilcrow"),
        *text.iter("summary", "bdi", *without),
    ]:
        if note.getparent() is not None:  # a note may stand in one that is gone already
            note.drop_tree()
    return squeezed(text.text_content())


@given(PARTS)
def test_the_new_side_of_the_page_reads_as_the_new_text(parts: list[Part]) -> None:
    """Without deleted words the text of the page is the new text, white space apart."""
    revision = revision_of(("=", "."), *parts)
    assert reading(parsed(html(revision)), "del") == squeezed(escape_controls(revision.new.text))


@given(PARTS)
def test_the_old_side_of_the_page_reads_as_the_old_text(parts: list[Part]) -> None:
    """Without inserted words the text of the page is the old text, white space apart."""
    revision = revision_of(("=", "."), *parts)
    assert reading(parsed(html(revision)), "ins") == squeezed(escape_controls(revision.old.text))


@pytest.mark.parametrize("name", HISTORIES)
def test_the_page_needs_and_reaches_nothing_outside_itself(name: str) -> None:
    """No script, no resource, no live address: links lead only into the page, and all arrive."""
    tree = parsed(html(HISTORIES[name]()))
    allowed = {"href", "id", "class", "lang", "dir", "title", "rel"}
    names = [element.get("id") for element in tree.iter() if element.get("id")]
    links = [str(link) for link in tree.xpath("//@href")]
    assert not tree.xpath(
        "//script | //link | //img | //iframe | //object | //form | //base | //*[@style]"
    )
    assert len(names) == len(set(names))
    assert all(link.startswith("#") and link[1:] in names for link in links)
    for element in tree.xpath("//main//*[not(ancestor-or-self::svg)]"):
        known = allowed | {"datetime", "value", "open", "aria-hidden"}
        known |= {"type", "name", "checked", "start"}
        assert set(element.keys()) <= known, element.tag


@pytest.mark.parametrize("name", HISTORIES)
def test_the_policy_allows_the_one_style_sheet_and_nothing_else(name: str) -> None:
    """The content security policy names the hash of the page's own style."""
    text = html(HISTORIES[name]())
    policy = parsed(text).xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"url\(|@import|expression\(|</", page.style())


def test_hostile_text_is_shown_and_does_nothing() -> None:
    """Markup, templates, control characters and overrides of an article are words on the page."""
    text = html(hostile_history())
    tree = parsed(text)
    shown = squeezed(tree.text_content())
    assert squeezed(escape_controls(HOSTILE)) in shown
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", text.replace("\u202c", "")
    )
    assert text.count("<script") == 0
    assert text.count("</style>") == 1
    assert 'onload="' not in text
    text.encode("utf-8")


def test_each_revision_says_when_it_came_and_what_changed() -> None:
    """The interval between captures, the changes in words and the rules are on the page."""
    shown = " ".join(parsed(html(story())).text_content().split())
    for words in (
        "Made between 4 March 2024, 12:40 and 5 March 2024, 07:40 UTC: 2 changes, 2 subst",
        "The headline was corrected; a correction explains it.",
        "A paragraph was removed; it is not explained by any correction notice.",
        "A number was changed; it is not explained by any correction notice.",
        "rule by-hand",
        "A paragraph was moved down.",
        "no article; a login wall wall.html",
        "attested by a notice, not captured Crews close the cranes",
    ):
        assert words in shown


def test_findings_come_first_and_then_the_headline_with_its_life() -> None:
    """Undisclosed, then explained, then the timeline with the words that changed in each headline."""
    tree = parsed(html(story()))
    stages = tree.find_class("rt-stage")
    assert [str(h) for h in tree.xpath("//section/h2/text()")][:4] == [
        "Not explained by any correction notice",
        "Explained by a notice",
        "The text over time",
        "The headline over time",
    ]
    assert [stage.xpath("string(.//del)") for stage in stages] == ["", "", "[deleted: Crews close] "]
    assert (
        "Appeared between 4 March 2024, 12:40 and 5 March 2024, 07:40 UTC" in stages[2].text_content()
    )


def test_earlier_wordings_that_only_a_notice_attests_are_marked() -> None:
    """Every format shows them apart from what was captured."""
    history = story()
    last = history.versions[-1]
    notice = last.article.attested[0].notice
    form = Attested(NoticeTarget.NUMBER, "Repairs cost 8 crowns.", "Repairs cost 21 crowns.", notice)
    article = attrs.evolve(last.article, attested=(form,))
    made = attrs.evolve(history, versions=(*history.versions[:-1], attrs.evolve(last, article=article)))
    for text in (html(made), report.markdown(made), report.text(made)):
        assert "Earlier wordings, attested by a notice, not captured" in text
        assert "Repairs cost 8 crowns." in text


def test_both_ends_of_a_move_link_to_each_other() -> None:
    """The place that text left links to the place it took, and back."""
    tree = parsed(html(story().revisions[2]))
    first, second = tree.find_class("rt-jump")
    assert (first.get("href"), second.get("href")) == (f"#{second.get('id')}", f"#{first.get('id')}")
    assert (
        tree.xpath("//*[@class='rt-note rt-jump']/following-sibling::*[1]/@class") == ["rt-moved"] * 2
    )


def test_marks_do_not_rely_on_colour() -> None:
    """Inserted and deleted words are elements with text of their own for those who listen."""
    tree = parsed(html(story()))
    marks = tree.xpath("//ol[@class='rt-changes']//ins | //ol[@class='rt-changes']//del")
    assert len(marks) > 4
    for mark in marks:
        assert re.match(r"\[(inserted|deleted|moved here|moved away): ", mark.text_content())
    assert re.search(r"\bins \{[^}]*underline", page.style())
    assert re.search(r"\bdel \{[^}]*line-through", page.style())


@pytest.mark.parametrize("name", HISTORIES)
def test_headings_form_an_outline(name: str) -> None:
    """There is one first heading, and no heading skips a level."""
    levels = [
        int(h.tag[1]) for h in parsed(html(HISTORIES[name]())).xpath("//h1|//h2|//h3|//h4|//h5|//h6")
    ]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_text_says_its_language_and_finds_its_own_direction() -> None:
    """The article's text bears its language, and every block its own direction of writing."""
    tree = parsed(html(story()))
    text = tree.find_class("rt-text")[0]
    assert tree.get("lang") == "en"
    assert text.get("lang") == "en"
    assert all(block.get("dir") == "auto" for block in text.find_class("rt-block"))


def test_quotation_marks_follow_the_direction_of_the_notice() -> None:
    """The element that brings the quotation marks finds its direction from the notice's own words."""
    quoted = parsed(html(story())).xpath("//q")
    assert len(quoted) == 3  # at the finding, at the change, and at the headline that it attests
    assert all(quote.get("dir") == "auto" and not len(quote) for quote in quoted)


def test_many_small_changes_do_not_hide_the_one_that_matters() -> None:
    """Changes without substance fold away together under those that have some; none is left out."""
    revision = story().revisions[1]
    comma = attrs.evolve(revision.changes[1], substantive=False, nature=Nature.PUNCTUATION)
    for count, folded in ((3, 0), (9, 9)):
        changes = (*[comma] * count, *revision.changes)
        tree = parsed(html(attrs.evolve(revision, changes=changes)))
        assert len(tree.find_class("rt-change")) == count + 2
        assert len(tree.xpath("//details[@class='rt-minor']//li[@value]")) == folded


def test_blocks_keep_their_kind() -> None:
    """Headings, quotes, list items and code of an article are elements of that kind."""
    kinds = [
        BlockKind.HEADING,
        BlockKind.QUOTE,
        BlockKind.LIST_ITEM,
        BlockKind.LIST_ITEM,
        BlockKind.CODE,
    ]
    revision = revision_of(
        ("=", "Head\n\nQuote\n\nOne\n\nTwo\n\nx = 1\n\nEnd"), ("+", "!"), kinds=kinds
    )
    text = parsed(html(revision)).find_class("rt-text")[0]
    assert [block.tag for block in text.find_class("rt-block")] == [
        "h3",
        "blockquote",
        "li",
        "li",
        "pre",
        "p",
    ]
    assert len(text.xpath(".//ul/li")) == 2


def test_a_history_without_revisions_says_so() -> None:
    """One version and no revision is a report too."""
    one = story()
    history = History(one.versions[:1], ())
    assert "one version of the article: no revision" in html(history)


def test_captures_without_dates_are_told_as_such() -> None:
    """Nothing is invented where the captures bear no times."""
    history = story()
    undated = History(
        tuple(
            [
                attrs.evolve(v, captures=tuple([attrs.evolve(c, captured_at=None) for c in v.captures]))
                for v in history.versions
            ]
        ),
        tuple([attrs.evolve(r, interval=type(r.interval)()) for r in history.revisions]),
    )
    text = html(undated)
    assert "Captures show 3 revisions of this article." in text
    assert "Made between" not in text
    assert not parsed(text).find_class("rt-tick")


def test_a_title_may_be_given() -> None:
    """The page is called by the latest headline unless a title is given."""
    assert parsed(html(story())).xpath("string(//h1)") == "Authority closes cranes in Larnby"
    assert parsed(html(story(), title="The <cranes>")).xpath("string(//h1)") == "The <cranes>"


def test_the_same_history_gives_the_same_page() -> None:
    """The report has no clock and no chance in it."""
    assert html(story()) == html(story())


def test_a_missing_template_engine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without jinja2 the error says which extra to install."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    page._environment.cache_clear()  # another test may have loaded the engine
    with pytest.raises(MissingExtraError, match=r"revtrack\[report\]"):
        html(story())


def luminance(colour: str) -> float:
    """The relative luminance of a colour such as #1d1f23, after WCAG 2."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21, after WCAG 2."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def schemes() -> list[dict[str, str]]:
    """The colours of each scheme in the style sheet: light, dark by theme, dark by preference."""
    blocks = re.findall(r"--rt-ink: #[^}]*?--rt-accent-paper: #[0-9a-f]{6};", page.style())
    return [dict(re.findall(r"--rt-([a-z-]+): (#[0-9a-f]{6});", block)) for block in blocks]


def test_every_text_has_enough_contrast() -> None:
    """Words stand out from their paper by 4.5 to 1 at least, in light and in dark."""
    found = schemes()
    assert len(found) == 3
    assert found[1] == found[2]
    for colours in found:
        for ink, paper in (
            *[(ink, "paper") for ink in ("ink", "soft", "ins", "del", "move", "accent")],
            *[(ink, f"{ink}-paper") for ink in ("ins", "del", "move")],
        ):
            assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)


def test_a_capture_that_an_archive_keeps_links_to_it() -> None:
    """The page as archived, with its digest; every other address is text."""
    history = story()
    first, *rest = history.versions
    places = [
        ("wayback", "https://web.archive.example/web/20240304074000id_/https://oll.example/"),
        ("wayback", "javascript:alert(1)"),
        ("memento", "https://archive.example/a b"),
        ("file", "https://oll.example/"),
    ]
    captures = [
        attrs.evolve(first.captures[0], source=source, location=place, digest="ab" * 32)
        for source, place in places
    ]
    made = attrs.evolve(history, versions=(attrs.evolve(first, captures=tuple(captures)), *rest))
    tree = parsed(html(made))
    links = tree.xpath("//a[contains(@rel, 'memento')]")
    assert [link.get("href") for link in links] == [
        "https://web.archive.example/web/20240304074000/https://oll.example/"
    ]
    assert [str(link) for link in tree.xpath("//@href") if not str(link).startswith("#")] == [
        links[0].get("href")
    ]
    assert "ab" * 32 in tree.text_content()


def test_the_revisions_can_be_filtered_without_a_script() -> None:
    """Radio buttons choose; each filter hides by a rule of the style sheet, and all is the default."""
    tree = parsed(html(story()))
    buttons = tree.xpath("//fieldset//input[@type='radio']")
    assert [button.get("class") for button in buttons if button.get("checked") is not None] == [
        "rt-show-all"
    ]
    for button in buttons[1:]:
        assert f":has(.{button.get('class')}:checked)" in page.style()
    assert len(tree.xpath("//li[contains(@class, 'rt-undisclosed')]")) == 2
    assert len(tree.find_class("rt-is-headline")) == 1


def test_the_heading_of_a_revision_names_what_changed() -> None:
    """It says what was observed; when, and in which state, is below."""
    (second,) = parsed(html(story())).xpath("//section[@id='r2']")
    assert second[0].text_content() == "Revision 2: a paragraph was removed; a number was changed"
    assert "between 5 March 2024, 12:40 and 6 March 2024, 07:40 UTC" in second[1].text_content()


def test_a_long_history_is_a_small_page() -> None:
    """Sixty versions of forty paragraphs take less than 250 KB; most findings are there, folded."""
    words = "harbour quay ferry crane council engineer captain morning budget winter bridge island"
    names = words.split()
    paragraphs = [" ".join(names[(n * i + n) % len(names)] for i in range(30)) for n in range(40)]
    articles = []
    for version in range(60):
        paragraphs[version * 7 % 40] += f" {version} crowns"
        blocks = tuple([Block(BlockKind.PARAGRAPH, f"The {text}.") for text in paragraphs])
        articles.append(Article(headline="Ferry to Oll", blocks=blocks, language="en"))
    steps = [revtrack.compare(*pair) for pair in itertools.pairwise(articles)]
    history = history_of(*steps)
    once = [attrs.evolve(one, captures=one.captures[:1]) for one in history.versions]
    made = html(attrs.evolve(history, versions=tuple(once)))
    assert len(made.encode()) < 250_000
    found = parsed(made).xpath("//section[contains(@class, 'rt-findings')]")[0]
    assert len(found.xpath("./ol/li")) == page.FINDINGS
    assert len(found.xpath(".//li")) == len(history.ledger().undisclosed)
