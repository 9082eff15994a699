"""Captures become versions, and neighbouring versions a revision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

import revtrack
from revtrack.compare import CompareOptions
from revtrack.extract import BUILT_IN_BODY
from revtrack.extract.bodies import Body, ParsedPage
from revtrack.model import Capture, Interval, ScreenReason, Snapshot
from revtrack.testing import html_page

URL = "https://news.example/harbour"
START = datetime(2024, 1, 5, 12, tzinfo=UTC)
FIRST = (
    "A fire broke out at the old harbour on Monday night and spread to three warehouses.\n\n"
    "Police said 45 people were taken to hospital, most of them with burns.\n\n"
    "The harbour will stay closed until the engineers have looked at the quay."
)
SECOND = FIRST.replace("45", "54")


def _snapshots(pages: Sequence[bytes]) -> list[Snapshot]:
    return [
        Snapshot(Capture(URL, START + timedelta(hours=number)), page)
        for number, page in enumerate(pages)
    ]


def _page(text: str, headline: str = "Fire at the harbour", furniture: Sequence[str] = ()) -> bytes:
    return html_page(revtrack.from_text(text, headline=headline, language="en"), furniture=furniture)


def test_captures_of_one_state_are_one_version() -> None:
    """Three captures, two states: two versions, each with the captures that showed it."""
    ad = ['<div class="ad">Kettles at half price</div>'] * 2
    history = revtrack.History.from_snapshots(
        _snapshots([_page(FIRST), _page(FIRST, furniture=ad), _page(SECOND)])
    )
    assert [len(version.captures) for version in history.versions] == [2, 1]
    assert len(history.revisions) == 1


def test_a_revision_lies_between_the_last_capture_without_it_and_the_first_with_it() -> None:
    """The interval begins at the last sighting of the old version, not at its first."""
    history = revtrack.History.from_snapshots(_snapshots([_page(FIRST), _page(FIRST), _page(SECOND)]))
    assert history.revisions[0].interval == Interval(
        START + timedelta(hours=1), START + timedelta(hours=2)
    )


def test_snapshots_are_put_in_time_order() -> None:
    """The order of arrival does not matter."""
    forth = _snapshots([_page(FIRST), _page(SECOND)])
    assert revtrack.History.from_snapshots(forth[::-1]) == revtrack.History.from_snapshots(forth)


def test_a_capture_without_an_article_is_kept_and_is_no_version() -> None:
    """An empty capture between two good ones makes no removal."""
    history = revtrack.History.from_snapshots(_snapshots([_page(FIRST), b"", _page(FIRST)]))
    assert len(history.versions) == 1
    assert [row.reason for row in history.screened] == [ScreenReason.EMPTY]
    assert history.screened[0].capture.captured_at == START + timedelta(hours=1)


def test_a_headline_lives_from_its_coming_to_its_going() -> None:
    """A headline that returns has two lives."""
    pages = [
        _page(FIRST, headline)
        for headline in ("Fire at harbour", "Blaze at harbour", "Fire at harbour")
    ]
    lives = revtrack.History.from_snapshots(_snapshots(pages)).headlines
    assert [life.text for life in lives] == ["Fire at harbour", "Blaze at harbour", "Fire at harbour"]
    assert lives[1].interval == Interval(START, START + timedelta(hours=1))
    assert lives[1].last_seen == Interval(START + timedelta(hours=1), START + timedelta(hours=2))
    assert lives[2].last_seen.until is None


def test_an_earlier_headline_is_attested_until_a_capture_shows_it() -> None:
    """One capture attests the earlier headline; with the earlier capture it is no longer needed."""
    notice = "Update: The original headline read “Navy ships,” but I meant to write “Merchant ships.”"
    late = _page(f"{FIRST}\n\n{notice}", "Merchant ships burn at the harbour")
    alone = revtrack.History.from_snapshots(_snapshots([late]))
    assert [form.text for form in alone.attested] == ["Navy ships burn at the harbour"]
    both = revtrack.History.from_snapshots(
        _snapshots([_page(FIRST, "Navy ships burn at the harbour"), late])
    )
    assert both.attested == ()


def test_a_capture_without_time_zone_is_refused() -> None:
    """Times that cannot be ordered are an error at once."""
    with pytest.raises(ValueError, match="time zone"):
        Capture(URL, datetime(2024, 1, 5))


def test_no_snapshots_make_an_empty_history() -> None:
    """Nothing in, nothing out, no error."""
    history = revtrack.History.from_snapshots([])
    assert (history.versions, history.headlines, history.url) == ((), (), None)


def test_a_headline_only_for_search_engines_begins_no_new_life() -> None:
    """Where the h1 stays, the timeline stays, though the revision tells of the variant."""
    page = _page(FIRST).replace(b"<title>", b'<meta property="og:title" content="Fire, live"><title>')
    other = page.replace(b"Fire, live", b"Blaze, live")
    history = revtrack.History.from_snapshots(_snapshots([page, other]))
    assert [life.text for life in history.headlines] == ["Fire at the harbour"]
    headline = history.revisions[0].headline
    assert headline is not None
    assert (headline.source.value, headline.new) == ("og:title", "Blaze, live")


def test_a_history_needs_a_revision_between_each_two_versions() -> None:
    """A history that does not fit together is refused at once."""
    whole = revtrack.History.from_snapshots(_snapshots([_page(FIRST), _page(SECOND)]))
    with pytest.raises(ValueError, match="one revision between"):
        revtrack.History(whole.versions, ())


def test_a_page_that_breaks_an_extractor_is_a_row() -> None:
    """What an extractor did not mean to raise ends no history: the capture is a row that says it."""

    class Stumbling:
        extractor = BUILT_IN_BODY.extractor

        def body(self, page: ParsedPage) -> Body:
            raise KeyError(page.url)

    options = CompareOptions(body=Stumbling())
    history = revtrack.History.from_snapshots(_snapshots([_page(FIRST)]), options=options)
    (row,) = history.screened
    assert (row.reason, "KeyError" in row.detail) == (ScreenReason.FETCH_FAILED, True)


def test_any_two_versions_can_be_compared() -> None:
    """The net revision skips what was changed and changed back; other numbers are refused."""
    more = f"{FIRST}\n\nIts owner has asked for help."
    pages = [_page(text) for text in (FIRST, SECOND, more)]
    history = revtrack.History.from_snapshots(_snapshots(pages))
    assert len(history.revisions[0].edited) == 1
    net = history.between(1, 3)
    assert (net.edited, len(net.added)) == ((), 1)
    assert net.interval == Interval(START, START + timedelta(hours=2))
    for old, new in ((3, 1), (0, 2), (1, 4)):
        with pytest.raises(ValueError, match="two numbers from 1 to 3"):
            history.between(old, new)
