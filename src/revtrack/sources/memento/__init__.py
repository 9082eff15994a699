"""Web archives: captures by TimeMap and TimeGate (RFC 7089), by CDX index, and of the Internet Archive.

Each class is a source for `revtrack.track`. They differ in how captures are listed and are alike in
how one is fetched: raw, as the archive got it, with redirects inside the archive, and never one of
another time than was asked for. Needs the extra `http`.
"""

from revtrack.sources.memento.cdx import Cdx, InternetArchive
from revtrack.sources.memento.timegate import TimeGate
from revtrack.sources.memento.timemap import TimeMap

__all__ = ["Cdx", "InternetArchive", "TimeGate", "TimeMap"]
