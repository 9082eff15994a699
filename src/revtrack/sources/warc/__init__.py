"""WARC and WACZ files: captures as web archives keep them. Needs the extra `archive`.

`Warc` is a source for `revtrack.track`. What is known of a file is one pass over its records
(`revtrack.sources.warc.index`); a body is read when it is asked for.
"""

from revtrack.sources.warc.source import Warc

__all__ = ["Warc"]
