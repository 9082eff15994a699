"""What changed beside the text: metadata, links, media and their captions."""

from __future__ import annotations

from datetime import UTC, datetime

import attrs
import pytest

import revtrack
from revtrack.model import Article, Block, BlockKind, Link, Media, MediaKind, Span

STORY = "The harbour will stay closed until the engineers have looked at the quay."


def _article(*, href: str = "https://a.example/x", media: tuple[Media, ...] = ()) -> Article:
    block = Block(BlockKind.PARAGRAPH, STORY, (Link(Span(4, 11), href),), media)
    return Article(headline="Harbour", blocks=(block,), byline="Anna Keller")


def _picture(src: str, caption: str = "") -> Media:
    return Media(MediaKind.IMAGE, src, caption=caption)


def test_a_byline_that_changed_is_told_and_one_that_only_one_side_has_is_not() -> None:
    """Absent is not deleted."""
    old = _article()
    changed = revtrack.compare(old, attrs.evolve(old, byline="Anna Kessler")).metadata
    assert [(change.old, change.new) for change in changed] == [("Anna Keller", "Anna Kessler")]
    assert revtrack.compare(old, attrs.evolve(old, byline=None)).metadata == ()


def test_one_moment_in_two_time_zones_is_no_change() -> None:
    """Times are compared as moments, and as wall clocks where one side states no zone."""
    old = attrs.evolve(_article(), modified_at=datetime(2024, 1, 5, 12, tzinfo=UTC))
    naive = attrs.evolve(old, modified_at=datetime(2024, 1, 5, 12))
    later = attrs.evolve(old, modified_at=datetime(2024, 1, 5, 13, tzinfo=UTC))
    assert revtrack.compare(old, naive).metadata == ()
    assert len(revtrack.compare(old, later).metadata) == 1


def test_words_that_link_elsewhere_are_told_and_a_tracker_is_not() -> None:
    """Another page behind the same words is a change; another query string is not."""
    old = _article()
    moved = revtrack.compare(old, _article(href="https://b.example/x")).links
    assert [(change.text, change.old, change.new) for change in moved] == [
        ("harbour", "https://a.example/x", "https://b.example/x")
    ]
    for same in ("http://www.a.example/x/?utm_source=b", "/x", "//a.example/x"):
        assert revtrack.compare(old, _article(href=same)).links == ()


def test_an_address_that_says_more_of_the_same_is_no_other() -> None:
    """A look-up with one more parameter looks up the same; another value or a first query does not."""
    old = _article(href="https://a.example/lookup?volume=3&page=7")
    for href, changed in (("&number=9", 0), ("1", 1)):
        new = _article(href=f"https://a.example/lookup?volume=3&page=7{href}")
        assert len(revtrack.compare(old, new).links) == len(revtrack.compare(new, old).links) == changed
    bare = _article(href="https://a.example/lookup")
    assert len(revtrack.compare(bare, old).links) == 1


def test_an_article_that_moved_to_another_host_under_its_own_words_is_the_same() -> None:
    """The canonical address of a site that moved differs; one with other last words is another's."""
    old = attrs.evolve(_article(), canonical_url="https://hosts.example/quay/three-stores-burn-4711")
    moved = attrs.evolve(old, canonical_url="https://quay.example/three-stores-burn-4711/")
    assert revtrack.compare(old, moved).changes == ()
    for other in ("https://quay.example/two-stores-burn-4711", "https://quay.example/"):
        assert len(revtrack.compare(old, attrs.evolve(old, canonical_url=other)).metadata) == 1


def test_a_picture_in_another_size_is_the_same_picture() -> None:
    """Servers resize and move pictures; the file name without its size stays."""
    old = _article(media=(_picture("https://a.example/quay-1024x768.jpg"),))
    resized = _article(media=(_picture("https://cdn.example/i/quay-640x480.jpg?w=640"),))
    other = _article(media=(_picture("https://a.example/tug-1024x768.jpg"),))
    assert revtrack.compare(old, resized).media == ()
    assert [(c.old, c.new) for c in revtrack.compare(old, other).media] == [
        ("https://a.example/quay-1024x768.jpg", None),
        (None, "https://a.example/tug-1024x768.jpg"),
    ]


def test_a_caption_that_reads_differently_is_told_with_its_nature() -> None:
    """A number in a caption is as substantive as one in the text."""
    old = _article(media=(_picture("https://a.example/quay.jpg", "The quay in 1990"),))
    new = _article(media=(_picture("https://a.example/quay.jpg", "The quay in 1991"),))
    (change,) = revtrack.compare(old, new).media
    assert (change.old, change.new) == ("The quay in 1990", "The quay in 1991")
    assert (change.nature, change.substantive) == (revtrack.Nature.DATE, True)


def test_a_caption_is_judged_in_the_language_of_its_article() -> None:
    """A German denial in the caption of a German article."""
    captions = ("Der Kai ist gesperrt", "Der Kai ist nicht gesperrt")
    old, new = (
        attrs.evolve(_article(media=(_picture("https://a.example/quay.jpg", caption),)), language="de")
        for caption in captions
    )
    (change,) = revtrack.compare(old, new).media
    assert change.nature is revtrack.Nature.NEGATION
    assert [span.of(captions[1]) for span in change.new_evidence] == ["nicht"]


def test_options_leave_out_what_is_not_asked_for() -> None:
    """Metadata, links and media can each be left out."""
    options = revtrack.CompareOptions(metadata=False, links=False, media=False)
    old, new = _article(), attrs.evolve(_article(href="https://b.example/x"), byline="Eve")
    assert revtrack.compare(old, new, options=options).changes == ()


def test_a_description_cut_short_and_a_language_with_a_country_are_no_changes() -> None:
    """Templates shorten a dek with an ellipsis and add a country to a language."""
    old = attrs.evolve(_article(), dek="Three warehouses burned down at the old harbour", language="de")
    new = attrs.evolve(old, dek="Three warehouses burned down at…", language="de-DE")
    assert revtrack.compare(old, new).changes == ()
    other = attrs.evolve(old, dek="Two warehouses burned down at…", language="fr")
    assert len(revtrack.compare(old, other).metadata) == 2


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("en", "By Jane Roe, John Smith", "john smith and Jane Roe"),
        ("en", "By Jane Roe and John Smith", "john smith; Jane Roe"),
        ("de", "Von Jane Roe und John Smith", "Jane Roe, John Smith"),
        ("zh", "林小河、王大江", "王大江，林小河"),
    ],
)
def test_how_the_names_of_a_byline_are_joined_says_nothing(language: str, old: str, new: str) -> None:
    """“By”, commas and the order of the names are no change of authors, and a name that went is."""
    article = attrs.evolve(_article(), byline=old, language=language)
    assert revtrack.compare(article, attrs.evolve(article, byline=new)).changes == ()
    assert len(revtrack.compare(article, attrs.evolve(article, byline=new[:3])).metadata) == 1


def test_a_film_is_told_by_its_query_and_a_picture_by_its_number() -> None:
    """Another film at the same address, and the next picture of a row, are other media."""

    def film(code: str) -> Article:
        return _article(media=(Media(MediaKind.VIDEO, f"https://films.example/watch?v={code}&w=640"),))

    assert len(revtrack.compare(film("AAA"), film("BBB")).media) == 2
    old = _article(media=(_picture("https://a.example/quay-1.jpg"),))
    assert (
        len(revtrack.compare(old, _article(media=(_picture("https://a.example/quay-2.jpg"),))).media)
        == 2
    )
