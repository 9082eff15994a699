"""Facts as values: what a text says, read once, so that values are compared and no spellings."""

from revtrack.facts.kinds import (
    Clock,
    Day,
    Fact,
    FactKind,
    Named,
    Quantity,
    Role,
    Saying,
    Sense,
    Value,
)
from revtrack.facts.reading import counted, counted_and_named, read, same, values

__all__ = [
    "Clock",
    "Day",
    "Fact",
    "FactKind",
    "Named",
    "Quantity",
    "Role",
    "Saying",
    "Sense",
    "Value",
    "counted",
    "counted_and_named",
    "read",
    "same",
    "values",
]
