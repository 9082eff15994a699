"""The headers of answers, by the name that other programs import; `revtrack.http` reads them."""

from revtrack.http import Headers, decoded, http_date, retry_after, value_of

__all__ = ["Headers", "decoded", "http_date", "retry_after", "value_of"]
