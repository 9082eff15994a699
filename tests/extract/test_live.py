"""Live blogs: entries with id and time; embedded posts: one block with its address."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

import revtrack
from revtrack import codec
from revtrack.extract import extract
from revtrack.model import Article, BlockKind

from .pages import PARAGRAPHS, page

SAID = {
    "e1": (
        "08:10",
        "Divers go down",
        "The first divers went down to the wreck at dawn, in calm water.",
    ),
    "e2": ("09:30", "A bell is found", "They have seen the bell, says a spokeswoman for the museum."),
    "e3": ("11:45", "Fog", "Work has stopped because of fog, and nobody knows for how long it will."),
}


def _entry(name: str, *, attribute: str = "id") -> str:
    clock, heading, words = SAID[name]
    return (
        f"<article {attribute}='{name}'><time datetime='2024-03-05T{clock}:00+01:00'>{clock}</time>"
        f"<h3>{heading}</h3><p>{words}</p><p>More at {clock}, when there is more.</p></article>"
    )


def _blog(*names: str, attribute: str = "id") -> str:
    entries = "".join([_entry(name, attribute=attribute) for name in names])
    return page(f"<p>{PARAGRAPHS[0]}</p><div class='live-blog'>{entries}</div>")


@pytest.mark.parametrize("attribute", ["id", "data-post-id"])
def test_blocks_of_a_live_blog_know_their_entry(attribute: str) -> None:
    """Each block has the id and time of its entry; the first block of each opens it."""
    article = extract(_blog("e2", "e1", attribute=attribute))
    first = article.blocks[0]
    assert (first.kind, first.entry) == (BlockKind.PARAGRAPH, None)
    entries = [block.entry for block in article.blocks if block.kind is BlockKind.LIVE_ENTRY]
    assert [entry.id for entry in entries if entry] == ["e2", "e1"]
    assert entries[0] is not None
    assert entries[0].published_at == datetime.fromisoformat("2024-03-05T09:30:00+01:00")
    words = [block for block in article.blocks if block.text == SAID["e1"][2]]
    assert [block.entry.id for block in words if block.entry] == ["e1"]
    assert codec.loads(codec.dumps(article), Article) == article


def test_a_new_entry_at_the_top_is_added_and_nothing_moved() -> None:
    """Newest first: what stood below stands lower now, and that is no move."""
    revision = revtrack.compare(_blog("e2", "e1"), _blog("e3", "e2", "e1"))
    assert {type(change) for change in revision.changes} == {revtrack.TextAdded}
    added = " ".join([change.new or "" for change in revision.changes])
    assert SAID["e3"][2] in added
    assert SAID["e2"][2] not in added


def test_a_line_with_the_time_of_an_entry_is_no_text() -> None:
    """The time stands with the entry, in the topmost as in the others: none comes with the next."""
    assert not {clock for clock, _, _ in SAID.values()} & {
        b.text for b in extract(_blog("e3", "e2")).blocks
    }
    bare = _blog("e2", "e1").replace("<h3>", "<h3 hidden>")
    added = revtrack.compare(bare, _blog("e3", "e2", "e1").replace("<h3>", "<h3 hidden>")).changes
    assert not any("09:30" in (change.new or "").splitlines() for change in added)


@pytest.mark.parametrize(
    "beside",
    [
        "<time datetime='{t}'>{c}</time><span>5 min ago</span>",
        "<span>vor 5 Minuten</span><time datetime='{t}'>{c}</time>",
        "<time datetime='{t}'>{c}</time> <i>·</i> <em>hace 5 minutos</em>",
        "<time datetime='{t}'>{c}</time><small>il y a 5 min</small>",
        "<time datetime='{t}'>{c}</time><span>5分前</span>",
        "<time datetime='{t}'>{c}</time><b>(2 hrs ago)</b>",
    ],
)
def test_clock_and_age_of_an_entry_are_its_time_and_no_text(beside: str) -> None:
    """How long ago an entry was written stands in an element of its own, glued to its clock time."""
    entry = _entry("e1").replace("<time datetime='2024-03-05T08:10:00+01:00'>08:10</time>", "{time}")
    time = beside.format(t="2024-03-05T08:10:00+01:00", c="08:10")
    whole = _blog("e2").replace("</div></article>", "{entry}</div></article>", 1)
    article = extract(whole.replace("{entry}", entry.replace("{time}", time)))
    assert SAID["e1"][1] in article.text
    assert not any("08:10" in one.text and "More at" not in one.text for one in article.blocks)


def test_words_beside_the_clock_of_an_entry_are_text() -> None:
    """What says more than how long ago it was stays."""
    entry = _entry("e1").replace("08:10</time>", "08:10</time> <span>2 Boats are lost at sea</span>")
    whole = _blog("e2").replace("</div></article>", "{entry}</div></article>", 1)
    assert "2 Boats are lost at sea" in extract(whole.replace("{entry}", entry)).text


def test_times_beside_an_ordinary_story_are_no_entries() -> None:
    """Elements with ids and times are entries only where the page says that it is live."""
    article = extract(_blog("e2", "e1").replace("live-blog", "parts"))
    assert all(block.entry is None for block in article.blocks)
    assert BlockKind.LIVE_ENTRY not in [block.kind for block in article.blocks]


def _times_of(article: Article) -> list[tuple[str | None, str]]:
    """The id and the hour of each entry, in page order."""
    opened = [block.entry for block in article.blocks if block.kind is BlockKind.LIVE_ENTRY]
    return [
        (entry.id, f"{entry.published_at:%H:%M}" if entry.published_at else "")
        for entry in opened
        if entry
    ]


def _listing(*names: str, key: str = "url") -> str:
    """JSON-LD that lists entries."""
    listed = [
        {
            "@type": "BlogPosting",
            key: f"https://bell.example/live/wreck?page=2#{name}",
            "headline": SAID[name][1],
            "datePublished": f"2024-03-05T{SAID[name][0]}:00+01:00",
        }
        for name in names
    ]
    said = json.dumps({"@type": "LiveBlogPosting", "liveBlogUpdate": listed})
    return f"<script type='application/ld+json'>{said}</script>"


def _plain(
    name: str, *, before: str = "<div class='post' id='{}'>", heading: str = "<h3>{}</h3>"
) -> str:
    """An entry without a time stamp."""
    _, title, words = SAID[name]
    return f"{before.format(name)}{heading.format(title)}<p>{words}</p></div>"


@pytest.mark.parametrize("key", ["url", "@id"])
@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"before": "<div class='post'><a id='{}'></a>"},
        {"before": "<div class='post'>", "heading": "<div><h2>{}</h2></div>"},
    ],
)
def test_entries_that_a_page_lists_for_programs_are_found(key: str, entry: dict[str, str]) -> None:
    """By the id of their element, by an anchor in it, or by their headline; the list has times."""
    head = _listing("e3", "e2", "e1", key=key)
    body = "".join([_plain(name, **entry) for name in ("e3", "e2", "e1")])
    article = extract(page(f"<p>{PARAGRAPHS[0]}</p><div>{body}</div>", head=head))
    assert _times_of(article) == [("e3", "11:45"), ("e2", "09:30"), ("e1", "08:10")]
    assert article.blocks[0].entry is None
    assert {block.entry.id for block in article.blocks if block.entry} == {"e1", "e2", "e3"}


def test_a_list_of_the_newest_entries_makes_no_difference_to_the_others() -> None:
    """What is like the entries that are listed is an entry; where nothing names it, none is one."""
    head = _listing("e3", "e2")
    for entry, ids in ({}, ["e3", "e2", "e1"]), ({"before": "<div class='post'>"}, []):
        body = "".join([_plain(name, **entry) for name in ("e3", "e2", "e1")])
        article = extract(page(f"<p>{PARAGRAPHS[0]}</p><div>{body}</div>", head=head))
        assert [name for name, _ in _times_of(article)] == ids


def test_entries_in_wrappers_of_their_own_are_found() -> None:
    """A template may put each entry into an element without a name."""
    body = "".join([f"<div>{_entry(name)}</div>" for name in ("e3", "e2", "e1")])
    article = extract(page(f"<p>{PARAGRAPHS[0]}</p><div class='live-blog'>{body}</div>"))
    assert [name for name, _ in _times_of(article)] == ["e3", "e2", "e1"]


def test_a_live_blog_listed_beside_another_article_is_found() -> None:
    """The list of entries is read from the object that has it, whatever stands before it."""
    listed = [
        {"@type": "BlogPosting", "@id": f"#{name}", "headline": SAID[name][1]}
        for name in list(SAID)[:3]
    ]
    graph = [
        {"@type": "NewsArticle", "headline": "Another story"},
        {"@type": "LiveBlogPosting", "headline": "The wreck", "liveBlogUpdate": listed},
    ]
    head = f"<script type='application/ld+json'>{json.dumps({'@graph': graph})}</script>"
    article = extract(page("".join(map(_plain, list(SAID)[:3])), head=head))
    assert len({block.entry for block in article.blocks if block.entry}) == 3
