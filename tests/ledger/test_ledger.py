"""What a ledger tells of an article over time."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import attrs
import pytest
from hypothesis import given

import revtrack
from revtrack import codec
from revtrack.changes import Direction
from revtrack.changes.revision import disclosed_late
from revtrack.ledger import (
    ChangeReverted,
    ClaimState,
    DateChanged,
    DisclosedLate,
    HeadlineReturned,
    Ledger,
    NoticeAppeared,
    NoticeMoved,
    NoticeReworded,
    NoticeWithdrawn,
    TextChanged,
    Undisclosed,
)
from revtrack.model import Article, Capture, Headline, HeadlineSource, Interval, Version
from revtrack.report import markdown, text
from revtrack.testing import EditedPair, edited_articles

STORY = (
    "A fire broke out at the old harbour on Monday night and spread to three warehouses.",
    "Police said 45 people were taken to hospital, most of them with burns.",
    "The chief of the brigade, Anna Keller, spoke of a fault in the wiring.",
    "The harbour will stay closed until the engineers have looked at the quay.",
)
CORRECTION = (
    "Correction: An earlier version of this article said that 45 people were taken to hospital. "
    "It was 54, not 45."
)


def _day(number: int) -> datetime:
    return datetime(2024, 3, number, 12, tzinfo=UTC)


def _story(*edits: tuple[str, str], notice: str | None = None, first: bool = False) -> tuple[str, ...]:
    told = "\n\n".join(STORY)
    for old, new in edits:
        assert old in told
        told = told.replace(old, new)
    parts = told.split("\n\n")
    if notice is None:
        return tuple(parts)
    return (notice, *parts) if first else (*parts, notice)


def _ledger(
    *states: tuple[str, ...], headlines: tuple[str, ...] = (), modified: tuple[int, ...] = ()
) -> Ledger:
    """The ledger of states captured on the first days of a month, one a day."""
    versions = []
    for number, state in enumerate(states, 1):
        article = revtrack.from_text(
            "\n\n".join(state),
            headline=headlines[number - 1] if headlines else "Fire at the harbour",
            language="en",
            captured_at=_day(number),
            modified_at=_day(modified[number - 1]) if modified else None,
        )
        versions.append(Version(number, article, (Capture(None, _day(number)),)))
    revisions = [
        revtrack.compare(old.article, new.article) for old, new in itertools.pairwise(versions)
    ]
    return revtrack.History(tuple(versions), disclosed_late(revisions)).ledger()


def test_a_notice_stands_with_what_it_explains_and_is_confirmed() -> None:
    """A correction that came with the change is confirmed by the two captures around it."""
    (entry,) = _ledger(_story(), _story(("45", "54"), notice=CORRECTION)).entries
    assert isinstance(entry, NoticeAppeared)
    assert entry.interval == Interval(_day(1), _day(2))
    assert [link.change.nature.value for link in entry.explains] == ["number"]
    assert entry.state is ClaimState.CONFIRMED


def test_a_change_without_notice_stands_in_its_interval() -> None:
    """What nothing explains is an entry of its own."""
    (entry,) = _ledger(_story(), _story(("45", "54"))).entries
    assert isinstance(entry, Undisclosed)
    assert (entry.version, entry.interval) == (2, Interval(_day(1), _day(2)))


def test_a_notice_that_comes_days_later_discloses_late() -> None:
    """The change is disclosed late, with bounds on how long it stood without a notice."""
    changed = _story(("45", "54"))
    rain = ("broke out", "started")
    ledger = _ledger(
        _story(), changed, _story(("45", "54"), rain), _story(("45", "54"), rain, notice=CORRECTION)
    )
    (late,) = ledger.late
    assert ledger.undisclosed == ()
    assert (late.version, late.interval) == (2, Interval(_day(1), _day(2)))
    assert late.disclosure.late == Interval(_day(3), _day(4))
    assert (late.shortest, late.longest) == (timedelta(days=1), timedelta(days=3))
    (told,) = ledger.notices
    assert [link.change for link in told.explains] == [late.change]
    assert told.state is ClaimState.CONFIRMED


def test_a_late_notice_that_quotes_nothing_explains_nothing() -> None:
    """A vague notice days later is no disclosure of a change that came in silence."""
    ledger = _ledger(
        _story(),
        _story(("45", "54")),
        _story(("45", "54"), notice="This article has been updated for clarity."),
    )
    assert [entry.version for entry in ledger.undisclosed] == [2]
    assert ledger.late == ()


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([_story(notice=CORRECTION)], ClaimState.NOT_CARRIED_OUT),
        ([_story(("45", "54"), notice=CORRECTION)], ClaimState.UNVERIFIED),
        (
            [_story(("45", "54")), _story(("45", "54"), notice=CORRECTION)],
            ClaimState.CONTRADICTED,
        ),
        (
            [_story(), _story(("45 people", "some people")), _story(("45", "54"), notice=CORRECTION)],
            ClaimState.CONFIRMED,
        ),
        ([_story(notice="Update: The wall held.")], ClaimState.UNVERIFIED),
    ],
    ids=["standing", "first capture", "contradicted", "stood earlier", "no claim"],
)
def test_what_captures_say_of_a_claim(states: list[tuple[str, ...]], expected: ClaimState) -> None:
    """A claim is confirmed, contradicted, not carried out or not verified."""
    ledger = _ledger(*states)
    assert ledger.notices[-1].state is expected


def test_a_right_text_that_holds_the_wrong_one_does_not_stand_uncorrected() -> None:
    """“Vesperan-backed forces” holds “forces”, and is right all the same."""
    notice = (
        "Correction: An earlier version of this article said “Vesperan forces” took the lock. "
        "It should be “forces”, not “Vesperan forces”."
    )
    ledger = _ledger((*STORY, "Some forces took the lock.", notice))
    assert ledger.notices[0].state is not ClaimState.NOT_CARRIED_OUT


def test_a_notice_removed_reworded_or_moved_is_told() -> None:
    """What becomes of a notice later is an observation of its own."""
    edited = _story(("45", "54"), notice=CORRECTION)
    longer = _story(("45", "54"), notice=CORRECTION.replace("taken to hospital", "hurt"))
    top = _story(("45", "54"), notice=CORRECTION.replace("taken to hospital", "hurt"), first=True)
    ledger = _ledger(_story(), edited, longer, top, _story(("45", "54")))
    kinds = [(entry.version, type(entry)) for entry in ledger.entries]
    assert kinds == [(2, NoticeAppeared), (3, NoticeReworded), (4, NoticeMoved), (5, NoticeWithdrawn)]
    moved = ledger.entries[2]
    assert isinstance(moved, NoticeMoved)
    assert moved.direction is Direction.UP


def test_a_headline_that_comes_back_is_told_with_those_between() -> None:
    """An earlier wording of the headline returns."""
    ledger = _ledger(STORY, STORY, STORY, headlines=("Fire", "Blaze", "Fire"))
    (entry,) = [entry for entry in ledger.entries if isinstance(entry, HeadlineReturned)]
    assert (entry.version, entry.headline, entry.first, entry.between) == (3, "Fire", 1, ("Blaze",))


def test_a_headline_that_changes_its_quotes_does_not_come_back() -> None:
    """Typography makes no new headline."""
    ledger = _ledger(STORY, STORY, STORY, headlines=('A "fire"', "A “fire”", 'A "fire"'))
    assert ledger.entries == ()


@pytest.mark.parametrize(
    ("edit", "kept"), [(("45", "54"), "edited"), ((f"\n\n{STORY[2]}", ""), "removed")]
)
def test_a_change_that_is_undone_is_told_with_the_change_that_it_undoes(
    edit: tuple[str, str], kept: str
) -> None:
    """Text that was edited or removed and stands again as before was reverted."""
    ledger = _ledger(_story(), _story(edit), _story())
    (entry,) = [entry for entry in ledger.entries if isinstance(entry, ChangeReverted)]
    assert (entry.version, entry.first) == (3, 2)
    assert entry.undone.rule.startswith(kept)


def test_a_date_that_moves_alone_and_a_text_that_moves_alone_are_told() -> None:
    """A newer date on the same text, and another text under the same date."""
    ledger = _ledger(_story(), _story(), _story(("45", "54")), modified=(1, 2, 2))
    assert [(entry.version, type(entry)) for entry in ledger.entries] == [
        (2, DateChanged),
        (3, Undisclosed),
        (3, TextChanged),
    ]


def test_a_page_without_dates_has_no_entry_about_them() -> None:
    """Where no date is stated none can be said to have stayed."""
    assert not any(
        isinstance(entry, DateChanged | TextChanged)
        for entry in _ledger(_story(), _story(("45", "54"))).entries
    )


def test_an_empty_history_has_an_empty_ledger() -> None:
    """No version, no entry."""
    assert revtrack.History().ledger() == Ledger()


@given(edited_articles())
def test_a_ledger_comes_back_from_json_the_same(pair: EditedPair) -> None:
    """Reading what was written gives an equal ledger, and every entry has words."""
    articles: tuple[Article, ...] = (pair.old, pair.new, pair.old)
    versions = tuple(
        [Version(number, article, (Capture(None, None),)) for number, article in enumerate(articles, 1)]
    )
    revisions = tuple([revtrack.compare(*articles[i : i + 2]) for i in range(2)])
    ledger = revtrack.History(versions, revisions).ledger()
    assert codec.loads(codec.dumps(ledger), Ledger) == ledger
    assert text(ledger)
    assert markdown(ledger).startswith("# Ledger")


def test_a_ledger_reads_as_plain_sentences() -> None:
    """Each kind of entry is one sentence, with the texts that it is about under it."""
    ledger = _ledger(
        _story(),
        _story(("45", "54")),
        _story(("45", "54"), ("broke out", "started")),
        _story(("45", "54"), ("broke out", "started"), notice=CORRECTION),
    )
    assert any(isinstance(entry, DisclosedLate) for entry in ledger.entries)
    told = text(ledger, width=300)
    assert "A number was changed; a correction explains it, added 24 hours to 3 days later." in told
    assert "Police said [-45-]{+54+} people" in told
    assert "its claim is confirmed by captures" in told


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (HeadlineSource.OPEN_GRAPH, "The headline for shared links"),
        (HeadlineSource.TWITTER, "The headline for shared links"),
        (HeadlineSource.JSON_LD, "The headline in the page's metadata"),
        (HeadlineSource.H1, "The headline"),
    ],
)
def test_the_ledger_names_the_variant_of_the_headline_that_changed(
    source: HeadlineSource, name: str
) -> None:
    """A title that only shared links show is not called the headline, in no form of the ledger."""
    versions = []
    for number, shared in enumerate(("Fire at the harbour", "Harbour plan slammed"), 1):
        titles = {HeadlineSource.H1: "Fire at the harbour", source: shared}
        article = revtrack.from_text("\n\n".join(_story()), language="en", captured_at=_day(number))
        article = attrs.evolve(
            article,
            headline=titles[HeadlineSource.H1],
            headlines=tuple([Headline(one, text) for one, text in titles.items()]),
            modified_at=_day(1),
        )
        versions.append(Version(number, article, (Capture(None, _day(number)),)))
    revision = revtrack.compare(versions[0].article, versions[1].article)
    ledger = revtrack.History(tuple(versions), (revision,)).ledger()
    for form in (text(ledger, width=300), markdown(ledger)):
        assert f"{name} was changed; it is not explained" in form
        assert f"1 change of {name[:1].lower()}{name[1:]};" in form
