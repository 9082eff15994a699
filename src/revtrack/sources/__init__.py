"""Where captures come from: the `Source` protocol and the sources that ship with revtrack."""

from revtrack.sources.fetching import fetch_all
from revtrack.sources.files import Files
from revtrack.sources.source import ConcurrentSource, Source

__all__ = ["ConcurrentSource", "Files", "Source", "fetch_all"]
