"""Publishing systems that keep what they published: revisions by their own JSON interfaces.

Needs the extra `http`.
"""

from revtrack.sources.apis.govuk import GovUk
from revtrack.sources.apis.mediawiki import MediaWiki
from revtrack.sources.apis.wordpress import WordPress

__all__ = ["GovUk", "MediaWiki", "WordPress"]
