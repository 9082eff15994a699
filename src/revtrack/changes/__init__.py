"""Changes: operations read as what they mean in a newsroom.

The closed union `Change` and its members, and `Revision`, which holds them.
"""

from revtrack.changes.disclosure import Disclosure
from revtrack.changes.evidence import Reason
from revtrack.changes.kinds import (
    CHANGE_TYPES,
    Change,
    Difference,
    Direction,
    DisclosureState,
    HeadlineChanged,
    LinkChanged,
    MediaChanged,
    MetadataChanged,
    MetadataField,
    Nature,
    NoticeAdded,
    NoticeRemoved,
    Prominence,
    TextAdded,
    TextEdited,
    TextMoved,
    TextRemoved,
    UpdateAdded,
    VariantChanged,
)
from revtrack.changes.revision import Revision

__all__ = [
    "CHANGE_TYPES",
    "Change",
    "Difference",
    "Direction",
    "Disclosure",
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
    "Reason",
    "Revision",
    "TextAdded",
    "TextEdited",
    "TextMoved",
    "TextRemoved",
    "UpdateAdded",
    "VariantChanged",
]
