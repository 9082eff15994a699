"""The columns of a corpus: the captures of the input, and the rows on their histories in the output.

The page `revtrack.corpus` of the reference describes each column.
"""

from __future__ import annotations

import pyarrow as pa

__all__ = ["CAPTURES", "FORM", "RESULTS"]

FORM = 1
"""The version of this form of the tables; it changes with the columns or their meaning."""


def _columns(written: str, **more: pa.DataType) -> list[tuple[str, pa.DataType]]:
    """Columns from lines of a type and the names of its columns."""
    types = {
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "number": pa.int64(),
        "time": pa.timestamp("us", tz="UTC"),
        "bytes": pa.binary(),
        "boolean": pa.bool_(),
        **more,
    }
    lines = [line.split() for line in written.strip().splitlines()]
    return [(name, types[kind]) for kind, *names in lines for name in names]


CAPTURES = pa.schema(
    _columns(
        """
        text    article outlet url
        time    captured_at
        number  number status
        text    content_type
        bytes   body
        text    headline text language location reason
        """
    )
)
"""One row for each capture. Every column may be missing or null, but a row needs `article` or `url`,
and `body` or `text`."""

_SPAN = pa.struct(_columns("number start stop"))
_DIFFERENCE = pa.struct(
    _columns(
        """
        number   old_start old_stop new_start new_stop
        text     nature
        boolean  substantive
        text     rule state reason
        texts    disclosed_by possibly_by
        """
    )
)

RESULTS = pa.schema(
    _columns(
        """
        text         level article outlet url
        number       version change
        time         first_seen last_seen
        number       captures
        text         digest language headline
        number       characters
        time         made_after made_until
        number       changes technical
        texts        remarks
        text         kind nature
        boolean      substantive
        text         state rule old new
        spans        old_spans new_spans
        text         notice_kind
        texts        disclosed_by
        time         notice_until
        texts        newsedits
        differences  differences
        text         extractor revtrack location reason
        """,
        spans=pa.list_(_SPAN),
        differences=pa.list_(_DIFFERENCE),
    )
)
"""One row for each version, revision, change, screened capture and bad row; `level` says which.

The `captures` of an article's versions, its screened and its bad rows add up to the rows given."""
