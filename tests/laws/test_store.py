"""A store is what a dictionary of its observations would be, only on disk."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import attrs
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import revtrack
from revtrack.model import Screened, Snapshot
from revtrack.records import Outcome
from revtrack.store import Store
from tests.store.made import URL, failure, page, snapshot

URLS = (URL, f"{URL}/2", "https://elsewhere.example/boats")
SAME = {URL: URL.replace("https://", "http://www.")}

_moments = st.integers(0, 12)
_urls = st.sampled_from([*URLS, SAME[URL]])
_snapshots = st.builds(
    lambda moment, number, url, status, headers: attrs.evolve(
        snapshot(moment, url=url, body=page(number)), status=status, headers=headers
    ),
    _moments,
    st.integers(0, 4),
    _urls,
    st.sampled_from([200, 304]),
    st.sampled_from([(), (("ETag", '"1"'),)]),
)
_failures = st.builds(lambda moment, url: failure(moment, url=url), _moments, _urls)
_observed = _snapshots | _failures

_Key = tuple[str, datetime | None, Outcome, bytes]


class StoreIsADictionary(RuleBasedStateMachine):
    """Adds through two connections, and closes and opens one, beside a dictionary."""

    @initialize()
    def begin(self) -> None:
        """An empty store, opened twice."""
        self.folder = Path(mkdtemp())
        self.store = Store.open(self.folder / "news.db")
        self.other = Store.open(self.folder / "news.db")
        self.model: dict[_Key, Snapshot | Screened] = {}

    def teardown(self) -> None:
        """Leave nothing behind."""
        self.store.close()
        self.other.close()
        rmtree(self.folder)

    def _note(self, observed: Snapshot | Screened) -> Snapshot | Screened:
        url = next((url for url in URLS if observed.capture.url in (url, SAME.get(url))), "")
        body = observed.body if isinstance(observed, Snapshot) else b""
        outcome = Outcome.FAILED
        if isinstance(observed, Snapshot):
            outcome = Outcome.UNCHANGED if observed.status == 304 else Outcome.PAGE
            filled = attrs.evolve(observed.capture, digest=observed.digest)
            observed = attrs.evolve(observed, capture=filled)
        return self.model.setdefault((url, observed.capture.captured_at, outcome, body), observed)

    @rule(observed=_observed, through=st.sampled_from(["store", "other"]))
    def add(self, observed: Snapshot | Screened, through: str) -> None:
        """One by one: the capture that comes back is the one that was stored first."""
        kept = self._note(observed)
        assert getattr(self, through).add(observed) == kept.capture

    @rule(observed=st.lists(_observed, max_size=6))
    def add_all(self, observed: list[Snapshot | Screened]) -> None:
        """Many in one transaction."""
        kept = [self._note(one).capture for one in observed]
        assert list(self.store.add_all(observed)) == kept

    @rule()
    def open_again(self) -> None:
        """Closing and opening changes nothing."""
        self.store.close()
        self.store = Store.open(self.folder / "news.db")

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def tell(self, data: st.DataObject) -> None:
        """A history that is kept and continued is the one told from all captures at once."""
        url = data.draw(st.sampled_from(URLS))
        assert self.store.history(url) == revtrack.track(self.other, url)

    @invariant()
    def holds_the_same(self) -> None:
        """Every observation is there, in time order, and every snapshot comes back."""
        if not hasattr(self, "model"):
            return
        for url in URLS:
            wanted = {key: one for key, one in self.model.items() if key[0] == url}
            found = list(self.other.observations(url))
            assert len(found) == len(wanted)
            moments = [row.capture.captured_at for row in found]
            assert moments == sorted(moment for moment in moments if moment is not None)
            for one in wanted.values():
                assert one.capture in [row.capture for row in found]
                if isinstance(one, Snapshot):
                    assert self.other.fetch(one.capture).body == one.body
            told = [capture.captured_at for capture in self.other.captures(url)]
            assert told == sorted(moment for moment in told if moment is not None)

    @invariant()
    def is_sound(self) -> None:
        """Verify has nothing to say."""
        if hasattr(self, "model"):
            assert [row.fault for row in self.other.verify() if row.fault] == []


TestStore = StoreIsADictionary.TestCase
TestStore.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
