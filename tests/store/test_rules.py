"""Histories are kept with the extractor and the site rules that told them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import revtrack
from revtrack import codec
from revtrack.extract import SiteRule, SiteRules, TrafilaturaBody
from revtrack.store import Store
from tests.store.made import URL, page, snapshot

HOST = "lockkeeper.example"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with two versions of one article, which differ in its first paragraph."""
    with Store.open(tmp_path / "news.db") as opened:
        for number in (1, 2):
            opened.add(snapshot(number, body=page(number)))
        yield opened


def _rules(selector: str, *others: SiteRule) -> SiteRules:
    return SiteRules((SiteRule(hosts=HOST, drop=selector), *others))


def test_a_history_is_told_and_kept_by_the_rules_that_are_asked_for(store: Store) -> None:
    """Each article bears the digest of the rules for its host, and so does what is kept."""
    rules = _rules("p:last-of-type", SiteRule(hosts="other.example", drop="p"))
    options = revtrack.CompareOptions(site_rules=rules)
    plain, ruled = store.history(URL), store.history(URL, options=options)
    version = f"1+rules.{rules.digest(HOST)}"
    assert {one.article.extractor.version for one in ruled.versions} == {version}
    assert "Nobody" in plain.versions[-1].article.text
    assert "Nobody" not in ruled.versions[-1].article.text
    (row,) = store.rebuild(options=options)
    assert row.rules == f"revtrack {version}, revtrack {revtrack.__version__}, format {codec.FORMAT}"
    assert store.history(URL, options=options) == ruled
    assert store.history(URL) == plain


def test_rules_of_other_sites_tell_nothing_anew(store: Store) -> None:
    """A table for another host changes neither the version of the extractor nor what is kept."""
    (plain,) = store.rebuild()
    elsewhere = SiteRules((SiteRule(hosts="other.example", drop="p"),))
    (ruled,) = store.rebuild(options=revtrack.CompareOptions(site_rules=elsewhere))
    assert ruled.rules == plain.rules


def test_a_history_goes_on_by_the_rules_that_told_it(store: Store) -> None:
    """What comes later is read as what came before: no revision mixes two extractors."""
    for options in (
        revtrack.CompareOptions(site_rules=_rules("p:last-of-type")),
        revtrack.CompareOptions(body=TrafilaturaBody()),
    ):
        store.history(URL, options=options)
        store.add(snapshot(5, body=page(5)))
        told = store.history(URL, options=options)
        assert len(told.versions) == 3
        assert len({version.article.extractor for version in told.versions}) == 1
        assert told == revtrack.track(store, URL, options=options)


def test_telling_by_two_rules_in_turn_says_once_what_they_made(store: Store) -> None:
    """A revision that the rules take away is technical; it is not marked again at every turn."""
    options = revtrack.CompareOptions(site_rules=_rules("p:first-of-type"))
    for _ in range(3):
        assert len(store.history(URL).revisions) == 1
        assert len(store.history(URL, options=options).revisions) == 0
    assert [mark.appeared for mark in store.technical(URL)] == [False, True]


def test_options_that_leave_something_out_are_not_for_keeping(store: Store) -> None:
    """A history without links is told each time, and a rebuild refuses to keep it."""
    less = revtrack.CompareOptions(links=False)
    assert len(store.history(URL, options=less).versions) == 2
    with pytest.raises(ValueError, match="options"):
        store.rebuild(options=less)
