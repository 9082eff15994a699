"""Posts that a page embeds, and quotations with those who said them."""

from __future__ import annotations

import pytest

from revtrack.changes import UpdateAdded
from revtrack.compare import CompareOptions, compare
from revtrack.extract import extract
from revtrack.model import Block, BlockKind, MediaKind

from .pages import PARAGRAPHS, STORY, page

ADDRESS = "https://posts.example/harbour/status/7"


def after(markup: str) -> tuple[Block, ...]:
    """The blocks that *markup* becomes behind the story."""
    return extract(page(STORY + markup)).blocks[len(PARAGRAPHS) :]


def test_an_embedded_post_is_one_block() -> None:
    """Its words, and its sender and date in a line of their own, with links and the post's address."""
    (post,) = after(
        "<blockquote class='twitter-tweet'><p>The bridge is <a href='/t'>closed</a>.<br><br>Take the"
        f" ferry.</p>&mdash; Harbour (@harbour) <a href='{ADDRESS}'>March 5</a></blockquote>"
    )
    assert post.kind is BlockKind.EMBED
    assert post.text == "The bridge is closed.\nTake the ferry.\n— Harbour (@harbour) March 5"
    assert [link.span.of(post.text) for link in post.links] == ["closed", "March 5"]
    assert [(one.kind, one.src) for one in post.media] == [(MediaKind.EMBED, ADDRESS)]


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


def test_a_post_of_nothing_but_a_link_leaves_its_address() -> None:
    """What stands in for a picture is no text, and the paragraph before it has the address."""
    link = f"<div><a href='{ADDRESS}'>View this post</a></div>"
    article = extract(page(f"{STORY}<blockquote class='instagram-media'>{link}</blockquote>"))
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert [(one.kind, one.src) for one in article.blocks[-1].media] == [(MediaKind.EMBED, ADDRESS)]


@pytest.mark.parametrize(
    "markup",
    [
        "<blockquote><p>We will not wait.</p><footer>Ada Moe, <cite>mayor</cite></footer></blockquote>",
        "<figure><blockquote>We will not wait.</blockquote><figcaption>Ada Moe, mayor</figcaption>",
        "<blockquote><p>We will not wait.</p><cite>Ada Moe, mayor</cite></blockquote>",
    ],
)
def test_who_said_a_quotation_stands_with_it(markup: str) -> None:
    """A footer or caption of a quotation is no furniture and no caption of a picture."""
    said, who = after(markup)
    assert (said.kind, said.text) == (BlockKind.QUOTE, "We will not wait.")
    assert who.text == "Ada Moe, mayor"


def test_formulas_are_text() -> None:
    """The signs of a formula stand in the line; its source for programs does not."""
    formula = (
        "<math><semantics><mi>x</mi><mo>=</mo><mn>1</mn><annotation>x=1</annotation></semantics></math>"
    )
    assert [one.text for one in after(f"<p>So {formula} holds for all piers.</p>")] == [
        "So x=1 holds for all piers."
    ]


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
