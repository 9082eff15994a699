"""A story of which most is new is remarked as rewritten."""

from __future__ import annotations

import revtrack
from revtrack.remarks import RemarkKind

OLD = [
    "The old pier at Orsund burnt down on Sunday night.",
    "Sailors pulled nine boats out of the smoke.",
    "Nobody knows how it began.",
    "Brevik sent two pumps.",
]
NEW = [
    "Investigators blame a heater for the blaze that took a landmark.",
    "Its owner wants stone where there was timber.",
    "Insurers will pay a third of what that costs.",
    "Fishermen meet in the church on Friday.",
]


def _remarked(old: list[str], new: list[str]) -> bool:
    revision = revtrack.compare(*[revtrack.from_text("\n\n".join(side)) for side in (old, new)])
    return any(remark.kind is RemarkKind.REWRITTEN for remark in revision.remarks)


def test_a_write_through_is_remarked() -> None:
    """Most sentences of both sides have no partner."""
    assert _remarked(OLD, NEW)
    assert _remarked([*OLD, "It is cold."], [*NEW, "It is cold."])


def test_a_story_that_only_grew_or_shrank_was_not_rewritten() -> None:
    """One side is still in the other, whatever was added or cut."""
    assert not _remarked(OLD, [*OLD, *NEW])
    assert not _remarked([*OLD, *NEW], OLD)


def test_a_short_text_that_was_replaced_was_not_rewritten() -> None:
    """Two sentences are no story."""
    assert not _remarked(OLD[:2], NEW[:2])
