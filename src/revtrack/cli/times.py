"""Times on the command line: a day, or a time of day with or without an offset."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import click

__all__ = ["day", "first_moment", "last_moment"]

# callbacks of options rather than a type of our own: whether `click.ParamType` takes a parameter
# depends on the version of click


def day(_: click.Context, option: click.Parameter, value: str | None) -> date | None:
    """The day that *value* states. Raises `click.BadParameter` for anything else."""
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(
            f"{value!r} is no day: expected one such as 2024-01-05.", param=option
        ) from error


def first_moment(_: click.Context, option: click.Parameter, value: str | None) -> datetime | None:
    """The time that *value* states, in UTC; of a day its first moment.

    Raises `click.BadParameter` for anything else.
    """
    return None if value is None else _moment(value, option, of_a_day=time.min)


def last_moment(_: click.Context, option: click.Parameter, value: str | None) -> datetime | None:
    """The same, of a day its last moment: the day is included."""
    return None if value is None else _moment(value, option, of_a_day=time.max)


def _moment(value: str, option: click.Parameter, *, of_a_day: time) -> datetime:
    try:
        if len(value) <= len("2024-01-05"):
            return datetime.combine(date.fromisoformat(value), of_a_day, tzinfo=UTC)
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(
            f"{value!r} is no time: expected a day such as 2024-01-05 or a time such as "
            "2024-01-05T12:30:00 (UTC) or 2024-01-05T12:30:00+01:00.",
            param=option,
        ) from error
