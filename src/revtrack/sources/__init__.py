"""Where captures come from: the `Source` protocol and the sources that ship with revtrack."""

from revtrack.sources.files import Files
from revtrack.sources.source import Source

__all__ = ["Files", "Source"]
