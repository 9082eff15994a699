"""What must hold of disclosure, whatever was changed."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

import revtrack
from revtrack.changes import Change, DisclosureState

THINGS = (
    ("ferry", "cabins"),
    ("lighthouse", "steps"),
    ("library", "maps"),
    ("orchard", "trees"),
    ("museum", "clocks"),
    ("school", "desks"),
)
"""What the story counts: a sentence each."""

ACCUSED = frozenset({DisclosureState.UNDISCLOSED, DisclosureState.PARTLY})


def _story(counts: dict[str, int], notices: list[str]) -> revtrack.Article:
    told = [f"The {thing} at Sollum has {counts[thing]} {unit}." for thing, unit in THINGS]
    return revtrack.from_text("\n\n".join([*told, *notices]), language="en")


@st.composite
def _histories(draw: st.DrawFn) -> tuple[list[revtrack.Article], set[str]]:
    """The steps of a story in which counts are changed, and the things whose change no notice names."""
    counts = {thing: draw(st.integers(20, 99)) for thing, _ in THINGS}
    steps = draw(
        st.lists(
            st.tuples(st.sampled_from(THINGS), st.booleans()), unique_by=lambda s: s[0], min_size=1
        )
    )
    notices: list[str] = []
    articles, silent = [_story(counts, notices)], set()
    for (thing, unit), disclosed in steps:
        was, counts = counts[thing], {**counts, thing: counts[thing] + 100}
        if disclosed:
            notices = [*notices, f"Correction: The {thing} has {counts[thing]} {unit}, not {was}."]
        else:
            silent.add(thing)
        articles.append(_story(counts, notices))
    return articles, silent


def _accused(revision: revtrack.Revision) -> set[str]:
    return {
        thing for thing, _ in THINGS for change in revision.undisclosed if thing in (change.new or "")
    }


@given(_histories())
def test_first_and_last_lose_no_undisclosed_fact_that_the_steps_show(
    history: tuple[list[revtrack.Article], set[str]],
) -> None:
    """A notice covers what it names and no more, however many steps are compared at once."""
    articles, silent = history
    steps = {thing for old, new in pairwise(articles) for thing in _accused(revtrack.compare(old, new))}
    assert steps == silent
    assert _accused(revtrack.compare(articles[0], articles[-1])) == silent


@given(_histories())
def test_the_state_of_a_change_is_the_sum_of_its_differences(
    history: tuple[list[revtrack.Article], set[str]],
) -> None:
    """A change is undisclosed where all its substantive differences are, partly where some are."""
    articles, _ = history
    revision = revtrack.compare(articles[0], articles[-1])
    for change in revision.changes:
        assert change.differences
        states = _states(change)
        if change.state is DisclosureState.UNDISCLOSED:
            assert states == {DisclosureState.UNDISCLOSED}
        assert (change in revision.undisclosed) == (DisclosureState.UNDISCLOSED in states)
        assert (change.state in ACCUSED) == (DisclosureState.UNDISCLOSED in states)


def _states(change: Change) -> set[DisclosureState]:
    states = {one.state for one in change.differences if one.substantive}
    return states - {DisclosureState.NONE_NEEDED}
