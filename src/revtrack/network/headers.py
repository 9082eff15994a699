"""The headers of answers, where the network has them: what they say is read in `revtrack.http`."""

from revtrack.http import Headers, decoded, http_date, retry_after, value_of

__all__ = ["Headers", "decoded", "http_date", "retry_after", "value_of"]
