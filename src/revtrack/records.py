"""Records: the contents of a store as plain values that do not depend on it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

import attrs

from revtrack.model import Capture, Interval

__all__ = [
    "Checked",
    "CorpusTask",
    "Counts",
    "Followed",
    "Forgotten",
    "KeptAddress",
    "KeptArticle",
    "Observation",
    "Outcome",
    "Part",
    "Rebuilt",
    "Technical",
]


class Outcome(Enum):
    """The outcome of an observation."""

    PAGE = "page"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@attrs.frozen
class Observation:
    """One row of a store: a capture, and the outcome of its observation.

    `number` counts the observations of the store from 1, in the order in which they were stored.
    UNCHANGED: the server reported that the page is unchanged (304); the capture has the digest of that
    page. FAILED has no page; `detail` is the reason. `status` is the HTTP status where it is known,
    `size` that of the page in bytes.
    """

    number: int
    capture: Capture
    outcome: Outcome
    status: int | None = None
    size: int | None = None
    detail: str | None = None


@attrs.frozen
class KeptAddress:
    """A key that addresses share (`revtrack.urls`), and why it belongs to its article."""

    key: str
    reason: str


@attrs.frozen
class Followed:
    """An address that a store follows, through which source, and when the next check is due."""

    url: str
    source: str
    next_check: datetime


@attrs.frozen
class KeptArticle:
    """The summary of an article of a store. `url` is the address of its newest observation."""

    url: str
    addresses: tuple[KeptAddress, ...]
    observations: int
    first_seen: datetime
    last_seen: datetime


@attrs.frozen
class Counts:
    """The size of a store; `pages` are different bodies, `page_bytes` their size unpacked."""

    articles: int
    observations: int
    pages: int
    page_bytes: int
    file_bytes: int


class Part(Enum):
    """A part of a store."""

    FILE = "file"
    PAGE = "page"
    ADDRESS = "address"
    HISTORY = "history"
    MARK = "mark of a technical revision"
    TOMBSTONE = "tombstone"
    FOLLOWED = "followed address"
    OBSERVATION = "observation"


@attrs.frozen
class Forgotten:
    """An observation that was deleted from a store, and who requested that, when and why.

    `key` is that of its address (`revtrack.urls`); `digest` is that of its page, None where it had none
    or the digest was to be deleted too.
    """

    number: int
    key: str
    captured_at: datetime
    digest: str | None
    asked_by: str
    reason: str
    forgotten_at: datetime


@attrs.frozen
class Checked:
    """A checked part of a store: `fault` describes the damage, None where there is none.

    `name` is the path of the file, the digest of a page, the key of an address, the rules of a history,
    the seal of an observation; `number` counts the parts of its kind as the store does.
    """

    part: Part
    number: int
    name: str
    fault: str | None = None


@attrs.frozen
class Technical:
    """A revision that a change of rules added or removed, in its interval.

    `old_rules` and `new_rules` name extractor and version. `appeared`: only the new rules give the
    revision; False: only the old ones did.
    """

    interval: Interval
    old_rules: str
    new_rules: str
    appeared: bool


@attrs.frozen
class Rebuilt:
    """The result of recomputing a history: versions and revisions, and those caused by the rules.

    `rules` are the extractor with its version and the digest of its site rules,
    and the version of revtrack.
    """

    url: str
    versions: int
    revisions: int
    technical: tuple[Technical, ...] = ()
    rules: str = ""


@attrs.frozen
class CorpusTask:
    """How one task of a corpus run ended: an input that was read, or a shard that was compared.

    `counts` has ``rows`` (captures), ``articles``, and the rows written, by level. `is_new` is False
    where an earlier result was kept; `manifest` is the name of an input's. `failure` is the reason why
    there is no result, None where there is one.
    """

    task: str
    counts: dict[str, int] = attrs.field(factory=dict)
    is_new: bool = True
    failure: str | None = None
    manifest: str | None = None
