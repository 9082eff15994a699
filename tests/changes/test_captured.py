"""Teasers and pages that were cut off: what was not captured is neither removed nor added."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import revtrack
from revtrack.changes import HeadlineChanged, TextEdited
from revtrack.model import Capture, ScreenReason, Snapshot
from revtrack.remarks import RemarkKind

PARAGRAPHS = [
    f"The {name} gate of the canal was repaired in {year}, and the {name} bank has {number} moorings."
    for name, year, number in [
        ("upper", 1911, 12),
        ("middle", 1924, 31),
        ("lower", 1948, 7),
        ("eastern", 1956, 90),
        ("western", 1967, 54),
        ("northern", 1983, 22),
    ]
]
NOTE = "Correction: An earlier version of this article misstated the year of the repair. It is 1911."
WALL = "<div class='wall'><p>Subscribe to continue reading</p></div>"
PICTURE = "<figure><img src='/gate.jpg' alt='A gate'></figure>"
START = datetime(2024, 3, 1, tzinfo=UTC)


def _page(*paragraphs: str, wall: str = "", canonical: str = "", headline: str = "Six gates") -> str:
    body = "".join([f"<p>{paragraph}</p>" for paragraph in paragraphs])
    link = f"<link rel='canonical' href='{canonical}'>" if canonical else ""
    return (
        f"<html lang='en'><head><title>{headline}</title>{link}</head><body><article>"
        f"<h1>{headline}</h1><div>{body}</div>{wall}</article></body></html>"
    )


FULL = _page(*PARAGRAPHS[:4], f"{PARAGRAPHS[4]}</p>{PICTURE}<p>{PARAGRAPHS[5]}", NOTE)
TEASER = _page(*PARAGRAPHS[:2], wall=WALL)
CUT = FULL[: FULL.index(PARAGRAPHS[3]) + 25]

FILM = (
    "<html lang='en'><head><title>Six gates</title><meta property='og:type' content='video.other'>"
    "<meta property='og:title' content='Six gates'></head>"
    "<body><main><h1>Six gates</h1><video src='/gates.mp4'></video></main></body></html>"
)


def _history(*pages: str) -> revtrack.History:
    return revtrack.History.from_snapshots(
        [
            Snapshot(Capture("https://canal.example/gates", START + timedelta(days=day)), page.encode())
            for day, page in enumerate(pages)
        ]
    )


@pytest.mark.parametrize("part", [TEASER, CUT])
def test_what_a_part_lacks_is_not_removed(part: str) -> None:
    """From the whole article to a beginning of it nothing is removed; the remark says why."""
    revision = revtrack.compare(FULL, part)
    assert revision.changes == ()
    assert revision.technical != ()
    assert [remark.kind for remark in revision.remarks] == [RemarkKind.CAPTURED_LESS]


@pytest.mark.parametrize("part", [TEASER, CUT])
def test_what_the_whole_has_more_is_not_added(part: str) -> None:
    """From a beginning to the whole article nothing is added, no notice either."""
    revision = revtrack.compare(part, FULL)
    assert revision.changes == ()
    assert [remark.kind for remark in revision.remarks] == [RemarkKind.CAPTURED_MORE]


def test_an_edit_in_what_both_show_is_told() -> None:
    """The beginning is compared as ever."""
    edited = TEASER.replace("1911", "1912")
    (change,) = revtrack.compare(FULL, edited).changes
    assert isinstance(change, revtrack.TextEdited)
    (change,) = revtrack.compare(edited, FULL).changes
    assert isinstance(change, revtrack.TextEdited)


def test_text_that_is_cut_from_the_end_of_a_whole_page_is_removed() -> None:
    """Without a sign, or with one that both captures bear, text that is gone was removed."""
    assert len(revtrack.compare(_page(*PARAGRAPHS), _page(*PARAGRAPHS[:2])).removed) == 4
    walled = [_page(*PARAGRAPHS[:count], wall=WALL) for count in (6, 2)]
    assert len(revtrack.compare(*walled).removed) == 4


def test_a_teaser_that_says_other_words_is_no_edit() -> None:
    """A summary in the place of the text is what the wall shows, not what became of the article."""
    summary = _page("Once there were gates here, and nobody thought much of them at all.", wall=WALL)
    assert revtrack.compare(FULL, summary).changes == ()
    assert revtrack.compare(summary, FULL).changes == ()


def test_a_history_keeps_parts_with_their_reason() -> None:
    """A part between two whole captures is screened, whichever way it came about."""
    history = _history(FULL, TEASER, CUT, FULL)
    assert len(history.versions) == 1
    assert [one.reason for one in history.screened] == [ScreenReason.TEASER, ScreenReason.TRUNCATED]
    assert len(history.versions[0].captures) == 2


def test_a_history_that_begins_with_a_teaser_has_the_whole_article() -> None:
    """The version holds the most that was captured of it; later edits are told against that."""
    edited = FULL.replace("90 moorings", "91 moorings")
    history = _history(TEASER, FULL, TEASER, edited)
    assert [len(version.captures) for version in history.versions] == [2, 1]
    assert PARAGRAPHS[5] in history.versions[0].article.text
    (revision,) = history.revisions
    (change,) = revision.changes
    assert "90" in (change.old or "")
    assert "91" in (change.new or "")


def test_a_part_that_shows_an_edit_is_completed_later() -> None:
    """An edit seen in a part begins a version; the whole capture after it completes it."""
    edited = FULL.replace("1911, and", "1912, and")
    history = _history(FULL, TEASER.replace("1911", "1912"), edited)
    assert len(history.versions) == 2
    assert history.versions[1].first_seen == START + timedelta(days=1)
    (revision,) = history.revisions
    assert len(revision.edited) == len(revision.changes) == 1
    assert revision.new == history.versions[1].article
    assert PARAGRAPHS[5] in revision.new.text


@pytest.mark.parametrize("part", [TEASER, CUT])
def test_a_part_with_a_new_headline_does_not_hide_the_edits_after_it(part: str) -> None:
    """A version whose capture shows the beginning only keeps the text that stood before."""
    part = part.replace("<h1>Six gates", "<h1>Seven gates")
    edited = FULL.replace("<h1>Six gates", "<h1>Eight gates").replace("90 moorings", "91 moorings")
    history = _history(FULL, part, part, edited)
    assert [len(version.captures) for version in history.versions] == [1, 1, 1]
    assert history.versions[1].article.text == history.versions[0].article.text
    assert len(history.screened) == 1
    first, second = history.revisions
    assert [type(change) for change in first.changes] == [HeadlineChanged]
    assert RemarkKind.CAPTURED_LESS in [remark.kind for remark in first.remarks]
    assert [type(change) for change in second.changes] == [HeadlineChanged, TextEdited]


@pytest.mark.parametrize("text", [FULL, TEASER, CUT, _page(PARAGRAPHS[0])])
def test_a_page_without_text_neither_removes_nor_adds(text: str) -> None:
    """A film in the place of the text, and the text in the place of the film: nobody edited."""
    less, more = revtrack.compare(text, FILM), revtrack.compare(FILM, text)
    assert less.changes == more.changes == ()
    assert [remark.kind for remark in less.remarks] == [RemarkKind.CAPTURED_LESS]
    assert [remark.kind for remark in more.remarks] == [RemarkKind.CAPTURED_MORE]
    assert "nothing of the text" in less.remarks[0].text


def test_the_headline_of_a_film_is_compared() -> None:
    """Two films are compared by what they have; that there is no text is told once."""
    corrected = FILM.replace("Six gates", "Seven gates")
    revision = revtrack.compare(FILM, corrected)
    assert revision.headline is not None
    assert (revision.headline.old, revision.headline.new) == ("Six gates", "Seven gates")
    assert len(revision.changes) == 1
    assert [remark.kind for remark in revision.remarks] == [RemarkKind.NO_TEXT]


def test_a_history_screens_a_page_without_text_and_keeps_a_film_s_headlines() -> None:
    """Beside text the capture is screened; a page that is a film throughout has versions."""
    history = _history(FULL, FILM, FULL)
    assert [one.reason for one in history.screened] == [ScreenReason.NO_TEXT]
    assert len(history.versions[0].captures) == 2
    films = _history(FILM, FILM.replace("Six", "Seven"), FILM.replace("Six", "Seven") + "\n")
    assert [life.text for life in films.headlines] == ["Six gates", "Seven gates"]
    assert [len(version.captures) for version in films.versions] == [1, 2]
    assert films.screened == ()


def test_a_film_that_gets_its_text_is_completed() -> None:
    """The version holds the text that was captured later."""
    history = _history(FILM, FULL)
    (version,) = history.versions
    assert version.article.text == revtrack.extract(FULL).text


OTHER = _page(
    "Our cook tried eleven soups this winter and liked the one with barley best of all of them.",
    "It takes an hour, a good knife, and somebody to talk to while the onions are frying.",
    canonical="https://canal.example/soup",
    headline="Barley soup for cold hands",
)


def test_another_article_under_the_address_is_screened() -> None:
    """Other text, other headline, other canonical address: no version, and nothing is removed."""
    mine = _page(*PARAGRAPHS, canonical="https://canal.example/gates")
    history = _history(mine, OTHER, mine)
    assert [one.reason for one in history.screened] == [ScreenReason.OTHER_ARTICLE]
    assert len(history.versions) == 1
    assert history.revisions == ()


def test_an_article_that_was_rewritten_is_a_version() -> None:
    """Where the address is the same a text with nothing in common is a new version."""
    mine = _page(*PARAGRAPHS, canonical="https://canal.example/gates")
    assert len(_history(mine, OTHER.replace("/soup", "/gates")).versions) == 2


def test_a_part_with_another_picture_or_a_stated_notice_begins_no_empty_version() -> None:
    """What only the beginning shows beside its text is told with the next whole capture, or at once."""
    figure = "<figure><img src='/other.jpg' alt='Boats'></figure>"
    part, whole = (page.replace("</p>", f"</p>{figure}", 1) for page in (TEASER, FULL))
    assert len(_history(FULL, part, FULL).versions) == 1
    (revision,) = _history(FULL, part, whole).revisions
    assert [change.new for change in revision.changes] == ["/other.jpg"]
    stated = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Six gates",'
        ' "correction": "The year of the repair was corrected."}</script></head>'
    )
    history = _history(FULL, TEASER.replace("</head>", stated), FULL)
    told = [change for revision in history.revisions for change in revision.changes]
    assert "The year of the repair was corrected." in [change.new for change in told]


def test_a_changed_link_in_a_part_does_not_hide_the_edits_after_it() -> None:
    """A link is no text: the version keeps the text that stood, and the edit is told."""
    linked = TEASER.replace("upper gate", "<a href='/x'>upper</a> gate", 1)
    full = FULL.replace("upper gate", "<a href='/y'>upper</a> gate", 1)
    edited = full.replace("<h1>Six", "<h1>Eight").replace("90 moorings", "91 moorings")
    history = _history(full, linked.replace("<h1>Six", "<h1>Seven"), edited)
    assert TextEdited in [type(change) for change in history.revisions[-1].changes]
