"""Times on the command line: a day, or a time of day with or without an offset."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import attrs
import click

__all__ = ["Time"]


@attrs.define
class Time(click.ParamType[datetime]):
    """A day or a time as ISO 8601 writes it, read as UTC where it bears no offset.

    A day alone stands for its first moment, or for its last one when it *end*s a period: both ends
    are included.
    """

    end: bool = False
    name: str = attrs.field(default="time", init=False)

    def convert(
        self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The moment in UTC. Raises `click.BadParameter` for anything else."""
        if isinstance(value, datetime):
            return value
        try:
            if len(value) <= len("2024-01-05"):
                clock = time.max if self.end else time.min
                return datetime.combine(date.fromisoformat(value), clock, tzinfo=UTC)
            moment = datetime.fromisoformat(value)
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail(
                f"{value!r} is no time: expected a day such as 2024-01-05 or a time such as "
                "2024-01-05T12:30:00 (UTC) or 2024-01-05T12:30:00+01:00.",
                param,
                ctx,
            )
