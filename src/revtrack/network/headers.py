"""The headers of answers, under the name that other programs import: they are read in `revtrack.http`."""

from revtrack.http import Headers, decoded, http_date, retry_after, value_of

__all__ = ["Headers", "decoded", "http_date", "retry_after", "value_of"]
