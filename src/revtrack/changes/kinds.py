"""The closed union of changes: the meaningful differences inside a revision.

Every change says what a reader sees on each side (`old`, `new`), which rule decided it (`rule`), where
it stands (`old_spans` in the old article's text, `new_spans` in the new one's), what kind of difference
it is (`nature`), by which words that was decided (`old_evidence` and `new_evidence`, spans of `old` and
of `new`; empty where no single words decide), whether a reader's understanding of the facts could
differ (`substantive`) and which notices explain it (`disclosed_by`). `differences` are the single
differences it consists of, each with its own nature and disclosure; `state` sums up theirs. In a live
blog `entry` is the entry that it is in: on the new side, or on the old one where nothing of it is new.
"""

from __future__ import annotations

from enum import Enum
from typing import TypeAlias, get_args

import attrs

from revtrack.diff.ops import TextOp
from revtrack.labels import Nature
from revtrack.model import HeadlineSource, LiveEntry, Notice, Span
from revtrack.presentation import Presented

__all__ = [
    "CHANGE_TYPES",
    "Change",
    "Difference",
    "Direction",
    "DisclosureState",
    "HeadlineChanged",
    "LinkChanged",
    "MediaChanged",
    "MetadataChanged",
    "MetadataField",
    "Nature",
    "NoticeAdded",
    "NoticeRemoved",
    "Prominence",
    "TextAdded",
    "TextEdited",
    "TextMoved",
    "TextRemoved",
    "UpdateAdded",
    "VariantChanged",
]


class MetadataField(Enum):
    """The metadata of an article whose changes are reported."""

    BYLINE = "byline"
    DEK = "dek"
    SECTION = "section"
    PUBLISHED = "published"
    MODIFIED = "modified"
    LANGUAGE = "language"
    CANONICAL_URL = "canonical url"


class Direction(Enum):
    """Which way text moved, seen from the text that stayed."""

    UP = "up"
    DOWN = "down"


class Prominence(Enum):
    """What a move meant for the lead, the first three paragraphs, which most readers see."""

    INTO_LEAD = "into the lead"
    OUT_OF_LEAD = "out of the lead"
    SAME = "same"


class DisclosureState(Enum):
    """Whether the article says that a difference was made.

    `DISCLOSED`: a notice explains it, or the page marks it. `LATE`: a notice of a later version does.
    `POSSIBLE`: something speaks for disclosure and does not prove it (a general notice, a language
    whose notices are not read, a partial capture). `UNDISCLOSED`: it is substantive and nothing speaks
    for disclosure. `PARTLY`: of a change only, some of whose substantive differences are undisclosed
    and some not. `NONE_NEEDED`: it is not substantive, or is itself what a notice says.
    """

    DISCLOSED = "disclosed"
    LATE = "disclosed late"
    POSSIBLE = "possibly disclosed"
    UNDISCLOSED = "undisclosed"
    PARTLY = "partly disclosed"
    NONE_NEEDED = "none needed"


@attrs.frozen(kw_only=True)
class Difference:
    """One difference inside a change: what differs, of which nature, and whether that was disclosed.

    `old` and `new` are spans of the change's `old` and `new` texts, empty where that side has nothing.
    `rule` names what decided the nature. `disclosed_by` are the notices that explain the difference,
    `possibly_by` those that only may; `reason` says in words why the `state` is what it is.
    """

    old: Span
    new: Span
    nature: Nature
    substantive: bool
    rule: str
    state: DisclosureState = DisclosureState.NONE_NEEDED
    disclosed_by: tuple[Notice, ...] = ()
    possibly_by: tuple[Notice, ...] = ()
    reason: str = ""


@attrs.frozen(kw_only=True)
class _Change(Presented):
    old: str | None
    new: str | None
    rule: str
    nature: Nature
    substantive: bool
    differences: tuple[Difference, ...] = ()
    disclosed_by: tuple[Notice, ...] = ()
    possibly_by: tuple[Notice, ...] = ()
    state: DisclosureState = attrs.field()
    old_spans: tuple[Span, ...] = ()
    new_spans: tuple[Span, ...] = ()
    old_evidence: tuple[Span, ...] = ()
    new_evidence: tuple[Span, ...] = ()
    entry: LiveEntry | None = None

    @state.default
    def _before_linking(self) -> DisclosureState:
        if not self.substantive or self.nature is Nature.NOTICE:
            return DisclosureState.NONE_NEEDED
        return DisclosureState.DISCLOSED if self.disclosed_by else DisclosureState.UNDISCLOSED


@attrs.frozen(kw_only=True)
class VariantChanged:
    """One variant of the headline that both articles have, and that reads differently.

    `old` and `new` are what `source` says in the two; `rule`, `nature` and `substantive` judge them by
    themselves; `ops` tile them word by word.
    """

    source: HeadlineSource
    old: str
    new: str
    rule: str
    nature: Nature
    substantive: bool
    ops: tuple[TextOp, ...] = ()


@attrs.frozen(kw_only=True)
class HeadlineChanged(_Change):
    """The headline reads differently; `source` is the variant compared, like with like.

    `variants` are all that differ, `source` first and then from the most to the least visible: what is
    not among them reads the same or stands in one article only. There are none where the two articles
    state no variant in common, so that what each shows had to be compared. `substantive` is true when
    any of the variants changed in substance; a ``<title>`` beside others and the words of the address
    count for nothing there. `ops` tile the two headlines word by word.
    """

    source: HeadlineSource
    ops: tuple[TextOp, ...] = ()
    variants: tuple[VariantChanged, ...] = ()


@attrs.frozen(kw_only=True)
class UpdateAdded(_Change):
    """An update notice appeared; `new` is its text. `notice` may prove to be a correction."""

    notice: Notice


@attrs.frozen(kw_only=True)
class NoticeAdded(_Change):
    """A notice that is not an update appeared; `new` is its text."""

    notice: Notice


@attrs.frozen(kw_only=True)
class NoticeRemoved(_Change):
    """A notice that stood in the old article is gone; `old` is its text."""

    notice: Notice


@attrs.frozen(kw_only=True)
class TextAdded(_Change):
    """A sentence or run of sentences of one block is new; `new` is its text."""


@attrs.frozen(kw_only=True)
class TextRemoved(_Change):
    """A sentence or run of sentences of one block is gone; `old` is its text."""


@attrs.frozen(kw_only=True)
class TextEdited(_Change):
    """A sentence reads differently (or was split, merged or rewritten); `ops` tile both sides."""

    ops: tuple[TextOp, ...] = ()


@attrs.frozen(kw_only=True)
class TextMoved(_Change):
    """Text stands at another place; it may have been edited on the way (`ops`).

    Both spans are evidence: one Delete of the old article is paired with one Insert of the new.
    """

    ops: tuple[TextOp, ...] = ()
    direction: Direction
    prominence: Prominence


@attrs.frozen(kw_only=True)
class MetadataChanged(_Change):
    """A byline, date, section or address of the article changed."""

    field: MetadataField


@attrs.frozen(kw_only=True)
class LinkChanged(_Change):
    """The same words link elsewhere: `old` and `new` are the addresses, `text` the words."""

    text: str


@attrs.frozen(kw_only=True)
class MediaChanged(_Change):
    """A picture, film, sound or embed came or went, or its caption reads differently.

    `old` and `new` are addresses, None where there is none; of a caption they are its two wordings.
    """


Change: TypeAlias = (
    HeadlineChanged
    | UpdateAdded
    | NoticeAdded
    | NoticeRemoved
    | TextAdded
    | TextRemoved
    | TextEdited
    | TextMoved
    | MetadataChanged
    | LinkChanged
    | MediaChanged
)

CHANGE_TYPES: tuple[type[Change], ...] = get_args(Change)
