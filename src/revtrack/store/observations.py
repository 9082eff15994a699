"""Observations: what one look at an address gave, as it is written into a row and read back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import attrs

from revtrack import codec
from revtrack.http import NOT_MODIFIED
from revtrack.model import Capture, Snapshot
from revtrack.records import Observation, Outcome
from revtrack.store.sealing import Row
from revtrack.versions import Screened

__all__ = [
    "failure_of",
    "moment_of",
    "observation_of",
    "row_of",
    "snapshot_of",
    "time_of",
    "told_from",
]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def moment_of(moment: datetime) -> int:
    """*moment* in whole microseconds since 1970, exactly."""
    return (moment - _EPOCH) // _MICROSECOND


def time_of(microseconds: int) -> datetime:
    """The moment, in UTC, that `moment_of` gave."""
    return _EPOCH + microseconds * _MICROSECOND


def row_of(observed: Snapshot | Screened) -> Row:
    """What is to be written of *observed*.

    Raises `ValueError` for a capture without address or time: it could never be found again.
    """
    capture = observed.capture
    moment = capture.captured_at
    if not capture.url or moment is None:
        raise ValueError(f"a capture to store needs an address and a time, got {capture}")
    if isinstance(observed, Snapshot):
        outcome = Outcome.UNCHANGED if observed.status == NOT_MODIFIED else Outcome.PAGE
        digest = hashlib.sha256(observed.body).digest()
        capture = attrs.evolve(capture, digest=digest.hex())
        described = codec.to_dict(attrs.evolve(observed, capture=capture, body=b""))
        del described["value"]["body"]
    else:
        outcome, digest = Outcome.FAILED, None
        described = codec.to_dict(observed)
    return Row(
        captured_at=moment_of(moment),
        outcome=outcome.value,
        described=json.dumps(described, separators=(",", ":"), sort_keys=True),
        digest=digest,
    )


def snapshot_of(described: str, body: bytes) -> Snapshot:
    """The snapshot of a row and its page."""
    document = _parsed(described)
    document["value"]["body"] = ""
    return attrs.evolve(codec.from_dict(document, Snapshot), body=body)


def observation_of(number: int, outcome: str, described: str, size: int | None) -> Observation:
    """The observation that a row holds."""
    value = _parsed(described)["value"]
    return Observation(
        number=number,
        capture=_capture(value["capture"]),
        outcome=Outcome(outcome),
        status=value.get("status"),
        size=size,
        detail=value.get("detail"),
    )


def failure_of(described: str) -> Screened:
    """The failed observation that a row holds."""
    return codec.from_dict(_parsed(described), Screened)


def told_from(observations: Iterable[Observation]) -> list[Capture]:
    """The captures that a history is told from: all but the failures that were made good later."""
    rows = list(observations)
    had = {_place(row.capture) for row in rows if row.outcome is not Outcome.FAILED}
    return [
        row.capture
        for row in rows
        if row.outcome is not Outcome.FAILED or _place(row.capture) not in had
    ]


def _place(capture: Capture) -> tuple[str | None, datetime | None]:
    return capture.url, capture.captured_at


def _parsed(described: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(described)
    return document


def _capture(value: dict[str, Any]) -> Capture:
    """A capture without the codec, which takes ten times as long: lists hold many of them."""
    moment = value["captured_at"]
    return Capture(**{**value, "captured_at": datetime.fromisoformat(moment)})
