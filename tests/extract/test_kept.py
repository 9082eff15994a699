"""What a site rule keeps is in the article, wherever it stands, and what it drops is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.extract import SiteRule, SiteRules, explain, extract

from .pages import PARAGRAPHS, STORY, page

URL = "https://paper.example/bridge"
FIRST, SECOND, THIRD = PARAGRAPHS
KEPT = "The keeper of the bridge has a bell, a lamp and a log of all ships."
FURNITURE = ("nav", "form", "aside", "footer", "button", "label", "template", "noscript", "header")
BLOCKS = ("div", "p", "ul", "table", "section", "figure", "details")
LINES = ("span", "a", "b")


def _texts(html: str, *, url: str = URL, **rule: str | tuple[str, ...]) -> list[str]:
    rules = SiteRules((SiteRule(hosts="paper.example", **rule),))  # type: ignore[arg-type]  # by key
    return [block.text for block in extract(html, url=url, site_rules=rules).blocks]


def _element(tag: str) -> str:
    inner = {"ul": f"<li>{KEPT}</li>", "table": f"<tr><td>{KEPT}</td></tr>"}.get(tag, KEPT)
    return f"<{tag} class='kept'>{inner}</{tag}>"


@pytest.mark.parametrize("tag", [*FURNITURE, *BLOCKS, *LINES])
@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "<nav><div>Menu {} more</div></nav>",
        "<div class='related'><p>Other</p>{}</div>",
        "<form>{}</form>",
    ],
)
def test_what_is_kept_comes_where_it_stands_in_the_text(tag: str, around: str) -> None:
    """Whatever the element is and whatever it is in, its text stands between its neighbours."""
    html = page(f"<p>{FIRST}</p>{around.format(_element(tag))}<p>{SECOND}</p>")
    assert _texts(html, keep=".kept") == [FIRST, KEPT, SECOND]


@pytest.mark.parametrize("tag", [*FURNITURE, *BLOCKS, *LINES])
@pytest.mark.parametrize(
    ("at", "first"), [("<main>", True), ("<nav>", True), ("<footer>", False)], ids=str
)
def test_what_is_kept_may_stand_outside_the_frame_of_the_article(
    tag: str, at: str, first: bool
) -> None:
    """Before and after the text it comes in page order, and brings nothing else along."""
    element = f"<div class='sidebar'><p>Most read</p>{_element(tag)}</div>"
    html = page(STORY).replace(at, f"{element}{at}" if at == "<main>" else f"{at}{element}")
    expected = [KEPT, *PARAGRAPHS] if first else [*PARAGRAPHS, KEPT]
    assert _texts(html, keep=".kept") == expected


def test_all_of_what_is_kept_is_text_but_what_nobody_reads_as_such() -> None:
    """Names of furniture and menus inside it count no more; buttons and scripts stay out."""
    box = (
        "<aside class='kept'><div class='related'>Ships of the day</div><nav><a href='/x'>Log</a></nav>"
        "<button>Ring</button><script>ring()</script><form><label>Name of ship</label></form></aside>"
    )
    texts = _texts(page(STORY + box), keep=".kept")
    assert texts == [*PARAGRAPHS, "Ships of the day", "Log", "Name of ship"]
    texts = _texts(page(STORY + box), keep=(".kept", "button"))
    assert "Ring" in texts


def test_a_kept_part_of_a_line_stays_in_its_line() -> None:
    """An element that is no block does not part the paragraph that it is in, and saves a label."""
    html = page(f"<p>{FIRST}</p><p>The <span class='kept'>bell</span> rings.</p><p>{SECOND}</p>")
    assert _texts(html, keep=".kept") == [FIRST, "The bell rings.", SECOND]
    html = page(f"<p>{FIRST}</p><div><span class='kept'>Advertisement</span></div><p>{SECOND}</p>")
    assert _texts(html, keep=".kept") == [FIRST, "Advertisement", SECOND]
    assert _texts(html, drop=".nothing") == [FIRST, SECOND]


def test_what_is_kept_around_the_frame_takes_its_place() -> None:
    """An element that holds the article and more gives all of it, once, without the headline."""
    html = page(STORY).replace("<main>", f"<div class='wrap'><nav><p>{KEPT}</p></nav><main>")
    assert _texts(html, keep=".wrap")[:4] == [KEPT, *PARAGRAPHS]


def test_a_river_of_teasers_is_kept_by_name_and_gives_out_what_is_kept_in_it() -> None:
    """Boxes that only their repetition gives away are the article where a rule says so."""
    words = ("mill", "school", "forge", "chapel", "tannery")
    boxes = [
        f"<div class='box {word}'><h3><a href='/{word}'>The {word} is sold</a></h3>"
        f"<p>A family from the coast will turn the {word} into flats for the young.</p></div>"
        for word in words
    ]
    html = page(STORY * 2 + "".join(boxes))
    assert "forge into flats" not in " ".join(_texts(html, drop=".nothing"))
    assert "forge into flats" in " ".join(_texts(html, keep=".box.forge"))
    assert "mill into flats" not in " ".join(_texts(html, keep=".box.forge"))
    assert _texts(html, keep=".forge p")[-1].endswith("forge into flats for the young.")


@pytest.mark.parametrize(
    ("keep", "drop", "expected"),
    [
        (".box", ".inner", [*PARAGRAPHS, "Outer."]),
        (".inner", ".box", [*PARAGRAPHS, "Inner."]),
        (".box", ".box", [*PARAGRAPHS]),
        (".inner, article > p:first-of-type", "article", [FIRST, "Inner."]),
    ],
)
def test_of_an_element_in_another_the_inner_rule_counts(
    keep: str, drop: str, expected: list[str]
) -> None:
    """What is both kept and dropped is dropped."""
    box = "<aside class='box'><p>Outer.</p><p class='inner'>Inner.</p></aside>"
    assert _texts(page(STORY + box), keep=keep, drop=drop) == expected


def test_captions_are_words_about_a_picture_unless_they_are_kept_themselves() -> None:
    """In an element that is kept a caption goes with its picture, as everywhere."""
    figure = "<figure><img src='/a.png' alt=''><figcaption>The lamp</figcaption></figure>"
    html = page(f"{STORY}<div class='kept'>{figure}<p>{KEPT}</p></div>")
    assert _texts(html, keep=".kept") == [*PARAGRAPHS, KEPT]
    assert _texts(html, keep="figcaption") == [*PARAGRAPHS, "The lamp", KEPT]


def test_a_page_of_nothing_but_what_is_kept_is_an_article() -> None:
    """A text too short to be found is found where the rule says."""
    html = "<html><body><nav><p class='kept'>The bell rang.</p></nav></body></html>"
    assert _texts(html, keep=".kept") == ["The bell rang."]


def test_a_page_whose_text_is_named_furniture_is_read_beside_what_is_kept() -> None:
    """That something was kept is no reason to overlook the article."""
    story = f"<div class='sidebar'><div class='popular'>{STORY}</div></div>"
    html = f"<html><body><p class='kept'>The bell rang.</p>{story}</body></html>"
    assert _texts(html, keep=".kept") == ["The bell rang.", *PARAGRAPHS]


_TAGS = st.sampled_from(["div", "p", "nav", "aside", "span", "form", "ul", "figure", "b"])
_NAMES = st.sampled_from(["", "k", "d", "k d", "related", "correction"])


@st.composite
def _markup(draw: st.DrawFn, depth: int = 4) -> str:
    parts = []
    for _ in range(draw(st.integers(0, 3))):
        tag, name = draw(_TAGS), draw(_NAMES)
        inner = draw(_markup(depth - 1)) if depth else ""
        parts.append(f"<{tag} class='{name}'>WORD{inner}</{tag}>rest")
    return " ".join(parts)


@given(_markup())
def test_kept_words_are_in_once_and_dropped_ones_are_not(markup: str) -> None:
    """Of each element the innermost rule around it decides, however they are nested."""
    from lxml import etree  # noqa: PLC0415 - the parser says what is nested in what

    pieces = markup.split("WORD")
    numbered = "".join([f"{piece} word{number} " for number, piece in enumerate(pieces[:-1])])
    html = page(STORY + numbered + pieces[-1])
    words = " ".join(_texts(html, keep=".k", drop=".d")).split()
    for element in etree.HTML(html).iter():
        names = [set((one.get("class") or "").split()) for one in (element, *element.iterancestors())]
        rules = [name for name in names if name & {"k", "d"}]
        word = (element.text or "").strip()
        if word.startswith("word") and rules:
            assert words.count(word) == ("d" not in rules[0]), word


def test_nesting_without_end_is_bounded() -> None:
    """Thousands of kept elements in dropped ones in kept ones end in no error."""
    html = page(STORY + "<div class='k'><p>In</p><div class='d'><p>Out</p>" * 400)
    texts = _texts(html, keep=".k", drop=".d")
    assert "Out" not in texts
    assert texts[:4] == [*PARAGRAPHS, "In"]


def test_explaining_names_the_rule_of_the_innermost_element() -> None:
    """A text in a kept element in a dropped one is kept by the rule of the inner one."""
    box = f"<div class='d'><p>Outer words of the box.</p><nav class='k'>{KEPT}</nav></div>"
    rules = SiteRules((SiteRule(hosts="paper.example", keep=".k", drop=".d"),))
    decisions = {one.text: one for one in explain(page(STORY + box), url=URL, site_rules=rules)}
    assert decisions[KEPT].rule == "kept: site rule keep: .k"
    assert decisions["Outer words of the box."].rule == "site rule drop: .d"
