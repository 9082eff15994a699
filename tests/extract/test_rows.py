"""What extraction gives for small pages, by tables that anyone can add to.

A file of `rows` holds groups. A group begins with a sentence that says the behaviour; indented lines
follow it. A line may set, for all rows of the group, the ``page`` (what stands in the article, or from
``<html>`` on the whole of it), its ``head``, ``title``, ``lang`` and ``url``, and what is ``expected``;
several ``page`` lines are pages of their own. Each ``-`` begins a row: what takes the place of
``{row}`` (or, parted by ``||``, of ``{first}`` and ``{rest}``), after a language in brackets where it
has its own, and with what is expected of it behind ``=>``. Expected are words with a name of ``SEEN``
before them; ``;`` parts two of them, and ``¶`` two texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import attrs
import pytest

from revtrack.errors import ExtractionError
from revtrack.extract import extract
from revtrack.model import Article, BlockKind, HeadlineSource

from .pages import PARAGRAPHS, STORY, page

FOLDER = Path(__file__).parent / "rows"
TITLE = "Bridge closes for the winter"
LONG = [f"{PARAGRAPHS[part % 3]} This is part {part} of the account." for part in range(9)]
MARKUP = {
    "story": STORY,
    "long": "".join([f"<p>{one}</p>" for one in LONG]),
    "terms": "<p>We and our partners store and access information on a device, such as cookies.</p>"
    * 12,
    "partners": "<p>Partners of the port process personal data of crews, a report says.</p>" * 12,
    "teasers": "".join(
        f"<div><h3>Berth {number} is debated</h3><p>The council met on day {number} to talk of the "
        "berth, and members said that its cost had grown since the spring.</p></div>"
        for number in range(10)
    ),
}
WORDS = {"story": " ¶ ".join(PARAGRAPHS), "long": " ¶ ".join(LONG)}
SHARED = {"title": TITLE, **{str(number): words for number, words in enumerate(PARAGRAPHS)}}


def _texts(texts: list[str]) -> str:
    return " ¶ ".join(texts) or "none"


def _moment(moment: datetime | None) -> str:
    return moment.isoformat().removesuffix("T00:00:00") if moment else "none"


def _kinds(article: Article) -> str:
    """The blocks behind the story with their kinds."""
    return _texts([f"{one.kind.value}: {one.text}" for one in article.blocks[len(PARAGRAPHS) :]])


def _variant(source: HeadlineSource) -> Callable[[Article], str]:
    def text_of(article: Article) -> str:
        return next((one.text for one in article.headlines if one.source is source), "none")

    return text_of


SEEN: dict[str, Callable[[Article], str]] = {
    "text": lambda article: _texts([block.text for block in article.blocks]),
    "behind": _kinds,
    "headline": lambda article: article.headline or "none",
    "shown": _variant(HeadlineSource.H1),
    "title": _variant(HeadlineSource.TITLE),
    "stated": _variant(HeadlineSource.JSON_LD),
    "byline": lambda article: article.byline or "none",
    "published": lambda article: _moment(article.published_at),
    "modified": lambda article: _moment(article.modified_at),
    "language": lambda article: article.language or "none",
    "canonical": lambda article: article.canonical_url or "none",
    "publisher": lambda article: article.publisher or "none",
    "section": lambda article: article.section or "none",
    "dek": lambda article: article.dek or "none",
    "notices": lambda article: _texts([notice.text for notice in article.notices]),
    "media": lambda article: _texts([f"{one.kind.value} {one.src}" for one in article.media]),
    "alt": lambda article: _texts([one.alt for one in article.media if one.alt]),
    "captions": lambda article: _texts([one.caption for one in article.media if one.caption]),
    "struck": lambda article: _texts(
        [f"{one.text} at {one.at}" for block in article.blocks for one in block.struck]
    ),
    "links": lambda article: _texts(
        [f"{one.span.of(block.text)} {one.href}" for block in article.blocks for one in block.links]
    ),
    "headings": lambda article: _texts(
        [block.text for block in article.blocks if block.kind is BlockKind.HEADING]
    ),
    "remarks": lambda article: _texts([remark.kind.name for remark in article.remarks]),
    "blocks": lambda article: str(len(article.blocks)),
}


@attrs.frozen
class Row:
    """A page, and what is seen on it."""

    html: str
    url: str | None
    expected: tuple[str, ...]


def _filled(text: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        text = text.replace(f"{{{name}}}", part)
    return text.replace("\\n", "\n").replace("\\u200b", "\u200b")


def _rows(group: str) -> Iterator[Row]:
    """The rows of a group, once for each of its pages."""
    said: dict[str, list[str]] = {
        "page": [],
        "head": [],
        "title": [],
        "lang": [],
        "url": [],
        "expected": [],
    }
    for line in group.splitlines()[1:]:
        name, _, words = line.strip().partition(" ")
        if name != "-":
            said[name].append(words)
            continue
        row = re.fullmatch(r"(?:\[(?P<lang>[\w-]*)\] )?(?P<row>.*?)(?: => (?P<expected>.*))?", words)
        assert row is not None
        first, _, rest = row["row"].partition(" || ")
        parts = {"row": row["row"], "first": first, "rest": rest} | MARKUP | SHARED
        title, head, url = (_filled("".join(said[one]), parts) for one in ("title", "head", "url"))
        language = "".join(said["lang"]) or "en" if row["lang"] is None else row["lang"]
        elsewhere = "{row}" in "".join(said["head"] + said["url"])
        for template in said["page"] or ["{story}" if elsewhere else "{story}{row}"]:
            html = _filled(template, parts)
            if not html.startswith("<html"):
                html = page(html, head=head, title=title or TITLE)
                html = html.replace("lang='en'", f"lang='{language}'")
            wanted = [*said["expected"], *filter(None, [row["expected"]])]
            expected = [_filled(one, parts | WORDS) for one in " ; ".join(wanted).split(" ; ")]
            yield Row(html, url or None, tuple(expected))


def _groups() -> Iterator[object]:
    for path in sorted(FOLDER.glob("*.txt")):
        for group in path.read_text(encoding="utf-8").strip().split("\n\n")[1:]:
            sentence = group.splitlines()[0]
            for number, row in enumerate(_rows(group), 1):
                yield pytest.param(row, id=f"{path.stem}-{sentence.rstrip('.')}-{number}")


@pytest.mark.parametrize("row", list(_groups()))
def test_a_page_gives_what_its_row_says(row: Row) -> None:
    """Each name of what is expected shows the words behind it, or that there is no article."""
    name, _, reason = row.expected[0].partition(" ")
    if name == "refused":
        with pytest.raises(ExtractionError) as caught:
            extract(row.html, url=row.url)
        assert caught.value.reason is not None
        assert caught.value.reason.name == reason
        return
    article = extract(row.html, url=row.url)
    for expected in row.expected:
        name, _, words = expected.partition(" ")
        if name in {"has", "lacks"}:
            assert (words in article.text) is (name == "has")
        else:
            assert SEEN[name](article) == words
