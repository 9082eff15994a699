"""CriticMarkup: its marks, read by independent readers, give both texts to the letter."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

import revtrack
from revtrack.changes.revision import Revision
from revtrack.exchange.criticmarkup import critic_markup, critic_markups
from revtrack.testing import EditedPair, edited_articles
from tests.exchange.made import sides, signs
from tests.report.made import revision_of, story

_MARKS = (
    r"\{--(?P<gone>.*?)--\s*\}",
    r"\{\+\+(?P<come>.*?)\+\+\s*\}",
    r"\{~~(?P<old>.*?)~>(?P<new>.*?)~~\s*\}",
    r"\{==(?P<shown>.*?)==\s*\}",
    r"\{>>.*?<<\s*\}",
)
_ALL = re.compile("|".join(_MARKS), re.DOTALL)


def resolved(marked: str, *, accept: bool) -> str:
    """The text with every mark accepted or rejected, by one reading from left to right."""
    kept = ("come", "new", "shown") if accept else ("gone", "old", "shown")
    return _ALL.sub(lambda found: "".join([found[name] or "" for name in kept]), marked)


def in_turns(marked: str, *, accept: bool) -> str:
    """The same by one pass over the text for each kind of mark, as the first tools did."""
    for mark in _MARKS:
        marked = re.sub(mark, lambda found: resolved(found[0], accept=accept), marked, flags=re.DOTALL)
    return marked


@given(signs)
def test_accepting_all_gives_the_new_text_and_rejecting_all_the_old(revision: Revision) -> None:
    """Whatever the words look like, one reading of the marks gives either side."""
    marked = critic_markup(revision)
    assert (resolved(marked, accept=False), resolved(marked, accept=True)) == sides(revision)


@given(edited_articles())
def test_so_does_a_comparison_for_every_reader(pair: EditedPair) -> None:
    """Of articles that were edited, readers of both kinds see the same two texts."""
    revision = revtrack.compare(pair.old, pair.new)
    marked = critic_markup(revision)
    for read in (resolved, in_turns):
        assert (read(marked, accept=False), read(marked, accept=True)) == sides(revision)


@pytest.mark.parametrize("words", ["{++x++}", "{-- x -- }", "{~~a~>b~~}", "{>>c<<}", "{==d==}", "{{++"])
def test_words_that_look_like_marks_are_words(words: str) -> None:
    """Kept, removed or added, they are read as they were published, in turns too."""
    revision = revision_of(("=", f"a {words} b "), ("-", f"{words} "), ("+", f"new {words}"))
    marked = critic_markup(revision)
    for read in (resolved, in_turns):
        assert (read(marked, accept=False), read(marked, accept=True)) == sides(revision)


def test_the_revisions_of_a_history_follow_each_other() -> None:
    """Each is behind a comment with its number and time; a substitution is one mark."""
    marked = critic_markups(story())
    assert marked.count("{>>Revision ") == 3
    assert marked.startswith("{>>Revision 1, made between 4 March 2024, 12:40 and ")
    assert "Repairs cost {--12--}{++21++} crowns." in marked
    assert "{~~Crews close~>Authority closes~~} cranes in Larnby" in marked
