"""Body extractors: another one plugs in, and its name stands on what it made."""

from __future__ import annotations

import sys

import attrs
import pytest

import revtrack
from revtrack import codec
from revtrack.errors import ExtractionError, MissingExtraError
from revtrack.extract import BUILT_IN, Body, ParsedPage, TrafilaturaBody, extract
from revtrack.model import Block, BlockKind, Capture, Extractor, Snapshot
from revtrack.remarks import RemarkKind

from .pages import PARAGRAPHS, STORY, page

LIST = "<h2>Three bridges</h2><ul><li>The <a href='/old'>old</a> one is here.</li></ul>"


@attrs.frozen
class _First:
    """Takes the first paragraph of a page and nothing else."""

    extractor: Extractor = attrs.field(factory=lambda: Extractor("first", "7"))

    def body(self, page: ParsedPage) -> Body:
        paragraphs = [one for one in page.root.iter("p") if one.text]
        return Body(tuple([Block(BlockKind.PARAGRAPH, one.text or "") for one in paragraphs[:1]]))


def _snapshot(html: str) -> Snapshot:
    return Snapshot(Capture("https://paper.example/bridge", None), html.encode())


def test_an_extractor_of_ones_own_plugs_in_everywhere() -> None:
    """Extracting, comparing and histories take any object with the two names of the protocol."""
    html = page(STORY)
    article = extract(html, body=_First())
    assert article.extractor == Extractor("first", "7")
    assert article.text == PARAGRAPHS[0]
    assert article.headline == extract(html).headline
    options = revtrack.CompareOptions(body=_First())
    assert revtrack.compare(html, html, options=options).new.extractor.name == "first"
    history = revtrack.History.from_snapshots([_snapshot(html)], options=options)
    assert history.versions[0].article.text == PARAGRAPHS[0]


def test_a_page_without_text_for_an_extractor_is_refused() -> None:
    """An extractor that finds nothing gives the same error as the built-in one."""
    with pytest.raises(ExtractionError, match="no running text"):
        extract("<html><body><div>words</div></body></html>", body=_First())


def test_articles_of_different_extractors_are_remarked() -> None:
    """A program can read from the revision that its sides were made by different rules."""
    html = page(STORY)
    revision = revtrack.compare(extract(html), extract(html, body=_First()))
    (remark,) = [one for one in revision.remarks if one.kind is RemarkKind.DIFFERENT_EXTRACTORS]
    assert "first 7" in remark.text
    assert f"{BUILT_IN.name} {BUILT_IN.version}" in remark.text
    back = codec.loads(codec.dumps(revision), revtrack.Revision)
    assert back.remarks == revision.remarks
    assert revtrack.compare(html, html).remarks == ()


def test_trafilatura_gives_the_same_kinds_of_blocks() -> None:
    """Paragraphs, headings, list items and links come as blocks; the headline is not among them."""
    article = extract(page(STORY + LIST), body=TrafilaturaBody())
    assert [block.text for block in article.blocks[:3]] == list(PARAGRAPHS)
    heading, item = article.blocks[3:5]
    assert (heading.kind, heading.level) == (BlockKind.HEADING, 2)
    assert item.kind is BlockKind.LIST_ITEM
    (link,) = item.links
    assert (link.span.of(item.text), link.href) == ("old", "/old")


def test_the_settings_of_trafilatura_are_part_of_its_version() -> None:
    """Articles made with other settings are articles of another extractor."""
    plain, precise = TrafilaturaBody(), TrafilaturaBody(favour_precision=True)
    assert plain.extractor.name == precise.extractor.name == "trafilatura"
    assert precise.extractor.version == f"{plain.extractor.version}+precision"


def test_trafilatura_remembers_no_other_page() -> None:
    """The same page gives the same article however often and after whatever it is read."""
    html = page(STORY + LIST)
    first = extract(html, body=TrafilaturaBody())
    for _ in range(4):
        assert extract(html, body=TrafilaturaBody()) == first


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without trafilatura the error says what to install."""
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(MissingExtraError, match=r"revtrack\[extract\]") as caught:
        TrafilaturaBody()
    assert (caught.value.extra, caught.value.package) == ("extract", "trafilatura")
