"""Facts as values: what a text says, read once, so that values are compared and no spellings."""

from revtrack.facts.kinds import (
    Clock,
    Day,
    Era,
    Fact,
    FactKind,
    Named,
    Quantity,
    Role,
    Saying,
    Value,
)
from revtrack.facts.reading import Keys, counted, read, same, values

__all__ = [
    "Clock",
    "Day",
    "Era",
    "Fact",
    "FactKind",
    "Keys",
    "Named",
    "Quantity",
    "Role",
    "Saying",
    "Value",
    "counted",
    "read",
    "same",
    "values",
]
