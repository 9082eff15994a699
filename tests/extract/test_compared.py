"""What extraction and comparison give together: how a page is made is no edit, and what it says is."""

from __future__ import annotations

import json

import pytest

import revtrack
from revtrack.changes import NoticeAdded, UpdateAdded
from revtrack.compare import CompareOptions, compare
from revtrack.extract import extract
from revtrack.model import HeadlineSource
from revtrack.remarks import RemarkKind

from .pages import PARAGRAPHS, STORY, page

LONG = "".join(f"<p>{PARAGRAPHS[n % 3]} This is part {n} of the account.</p>" for n in range(9))
REST = "".join(
    f"<p>The {n}th sluice of the canal is older than its keepers, who told so.</p>" for n in range(9)
)
LINES = "def ferry(hour):\n    if hour < 6:\n        return None\n    return 'pier  1'"
SAID = "Correction: The bridge closes in May, not in April."
BUTTON = (
    '<div class="action"><a class="btn" href="https://data.example/locks">View this dataset</a></div>'
)


def _linked(**fields: object) -> str:
    value = {"@type": "NewsArticle", "headline": "Bridge closes for the winter", **fields}
    return f"<script type='application/ld+json'>{json.dumps(value)}</script>"


def test_a_byline_in_another_form_is_no_change() -> None:
    """One capture has the word for *by* and an *and*, the other a list."""
    html = page(STORY, head="<meta name='author' content='Ada Pier und Ben Quay'>")
    old = extract(html.replace("lang='en'", "lang='de'"))
    new = extract(page(STORY, head=_linked(author=["Ben Quay", "Ada Pier"])).replace("'en'", "'de'"))
    assert old.byline != new.byline
    assert revtrack.compare(old, new).metadata == ()


def test_another_indentation_is_no_change() -> None:
    """White space is folded in code, too."""
    other = LINES.replace("    ", "  ")
    old, new = (
        extract(page(f"{STORY}<pre>{one.replace('<', '&lt;')}</pre>")) for one in (LINES, other)
    )
    assert compare(old, new).changes == ()


def test_a_button_to_data_that_is_gone_is_told() -> None:
    """What stands under the text and leads to its data belongs to it."""
    (change,) = revtrack.compare(page(STORY + BUTTON), page(STORY)).changes
    assert isinstance(change, revtrack.TextRemoved)
    assert change.old == "View this dataset"


ADDRESS = "https://posts.example/harbour/status/7"


def test_a_post_that_a_site_writes_into_is_not_joined() -> None:
    """What stays of a post reads the same when a paragraph of the site's own comes into it."""
    lines = (
        "<blockquote class='twitter-tweet'><p>The bridge is closed until the storm has passed.</p>{}"
    )
    lines += f"&mdash; Harbour (@harbour) <a href='{ADDRESS}'>March 5</a></blockquote>"
    old = extract(page(STORY + lines.format("")))
    new = extract(
        page(STORY + lines.format("<p>Update: It opened again at noon, the harbour said.</p>"))
    )
    words = compare(old, new, options=CompareOptions(media=False)).changes
    assert [type(change) for change in words] == [UpdateAdded]


def test_who_sent_a_post_is_no_part_of_its_last_sentence() -> None:
    """Words that change in a post without a full stop are the change; its sender stays."""
    post = "<blockquote class='twitter-tweet'><p>{}</p>&mdash; Harbour (@harbour) 5 March</blockquote>"
    old, new = (
        extract(page(STORY + post.format(words)))
        for words in ("The bridge is closed on Monday", "The bridge is closed on Tuesday")
    )
    (change,) = compare(old, new).changes
    assert (change.old, change.new) == (
        "The bridge is closed on Monday",
        "The bridge is closed on Tuesday",
    )


def test_a_stated_correction_takes_part_in_a_comparison() -> None:
    """A correction that is stated for programs only was added; that it is stated no more, not told."""
    stated = _linked(correction=SAID)
    old, new = extract(page(STORY, head=_linked())), extract(page(STORY, head=stated))
    (added,) = revtrack.compare(old, new).changes
    assert isinstance(added, NoticeAdded)
    assert (added.rule, added.notice.says) == ("notice.stated", "in May")
    assert revtrack.compare(new, new).changes == revtrack.compare(new, old).changes == ()


def test_a_stated_correction_that_readers_see_later_is_told_once_each_way() -> None:
    """What stood in the text already is not added when the page states it too."""
    seen = extract(page(STORY + f"<p>{SAID}</p>", head=_linked()))
    stated = extract(page(STORY, head=_linked(correction=SAID)))
    assert [change.rule for change in revtrack.compare(seen, stated).changes] == ["notice.removed"]
    assert [change.rule for change in revtrack.compare(stated, seen).changes] == ["notice.added"]


def test_the_second_headline_takes_part_in_a_comparison() -> None:
    """It is compared with its like, and named."""
    old, new = (
        extract(page(STORY, head=_linked(alternativeHeadline=text)))
        for text in ("Six ferries will run", "Nine ferries will run")
    )
    change = revtrack.compare(old, new).headline
    assert change is not None
    assert (change.source, change.substantive) == (HeadlineSource.ALTERNATIVE, True)


@pytest.mark.parametrize(
    "box",
    [
        "<p class='standfirst'>{}</p><div>By <a href='/mq'>Mara Quill</a></div>",
        "<div>{}</div><ul><li><button>Share</button></li></ul>",
    ],
)
def test_a_standfirst_beside_the_headline_is_compared(box: str) -> None:
    """A sentence under the headline, in the headline's own header, is part of the article."""
    sides = []
    for count in ("Nine", "Four"):
        under = box.format(f"{count} people were hurt at the depot on Monday, the office says.")
        text = f"</header><div class='story-body' itemprop='articleBody'>{STORY}</div>"
        sides.append(page("").replace("</h1>", f"</h1>{under}{text}").replace("<h1>", "<header><h1>"))
    (edit,) = revtrack.compare(*sides).edited
    assert "Four" in (edit.new or "")


@pytest.mark.parametrize(
    "end",
    [
        "The repairs will be done by the harbour's own…",
        "To read the rest of this story, log in or subscribe.",
        "Melden Sie sich mit Ihrem Konto an.",
        "Réservé à nos abonnés.",
    ],
)
def test_a_beginning_before_a_gate_was_captured_less(end: str) -> None:
    """A text that breaks off inside a sentence, or in words on an account, removes nothing."""
    last = "The repairs will be done by the harbour's own smiths, who begin after the fair."
    whole = page(f"{LONG}<p>{last}</p>{REST}")
    part = page(f"{LONG}<p>{end}</p>")
    revision = revtrack.compare(whole, part)
    assert not revision.removed
    assert RemarkKind.CAPTURED_LESS in [remark.kind for remark in revision.remarks]


def test_the_end_of_an_article_that_was_taken_out_is_removed() -> None:
    """A shorter text that ends as a sentence does was cut by an editor."""
    assert revtrack.compare(page(LONG + STORY), page(STORY)).removed
