"""An index of differences by what a notice may name of them: words, names, values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from functools import cached_property

import attrs

from revtrack.changes.candidates import Candidate
from revtrack.changes.claims import Claim
from revtrack.changes.evidence import KINDS

__all__ = ["Index"]

_COMMON = 64
"""A word in more differences than these points at none of them (range 16 to 256): a bound on work."""


@attrs.frozen(slots=False, eq=False)
class Index:
    """The candidates by what a notice may name of them."""

    candidates: Sequence[Candidate]

    @cached_property
    def _differing(self) -> dict[Hashable, list[int]]:
        return _index([one.stems.union(*one.keys, *one.values) for one in self.candidates])

    @cached_property
    def _around(self) -> dict[Hashable, list[int]]:
        return _index([one.context for one in self.candidates])

    def named_by(self, claim: Claim) -> list[Candidate]:
        """The candidates that share anything with what the notice says, in order."""
        quoted = {*claim.said.split(), *claim.says.split()}
        wanted = claim.stems.union(claim.names, quoted, claim.values)
        found = [self._differing[one] for one in wanted if one in self._differing]
        if claim.notice.target in KINDS:
            found += [self._around[one] for one in claim.stems if one in self._around]
        near = {place for places in found if len(places) <= _COMMON for place in places}
        return [self.candidates[place] for place in sorted(near)]


def _index(features: Iterable[Iterable[Hashable]]) -> dict[Hashable, list[int]]:
    """The places of what has each feature."""
    index: dict[Hashable, list[int]] = defaultdict(list)
    for place, own in enumerate(features):
        for feature in own:
            index[feature].append(place)
    return index
