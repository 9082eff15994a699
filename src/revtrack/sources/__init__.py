"""Where captures come from: the `Source` protocol and the sources that ship with revtrack.

`Files` is here at once; the others need extras and are imported from their modules:
`revtrack.sources.live.Live` and those of web archives. `revtrack.sources.named.named_source` opens any
of them by a name that people write (``live``, ``files:FOLDER`` …), for the command line.
"""

from revtrack.sources.fetching import fetch_all
from revtrack.sources.files import Files
from revtrack.sources.source import ConcurrentSource, Source

__all__ = ["ConcurrentSource", "Files", "Source", "fetch_all"]
