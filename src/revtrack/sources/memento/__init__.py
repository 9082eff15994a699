"""Web archives: captures by TimeMap and TimeGate (RFC 7089), by CDX index, and of the Internet Archive.

Each class is a source for `revtrack.track`. They differ in how they list captures; all fetch a capture
raw, as the archive received it, with redirects inside the archive, and never one of another time. Needs
the extra `http`.
"""

from revtrack.sources.memento.cdx import Cdx, InternetArchive
from revtrack.sources.memento.timegate import TimeGate
from revtrack.sources.memento.timemap import TimeMap

__all__ = ["Cdx", "InternetArchive", "TimeGate", "TimeMap"]
