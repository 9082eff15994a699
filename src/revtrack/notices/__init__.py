"""Notices: what an article itself says about its corrections and updates.

`find` looks in bare text, `in_article` in an article's blocks, `attest` rebuilds the earlier headline
or sentence that a notice speaks of, `draft` proposes the notice that a revision would need. The words
of each language are data, in ``lexicons/``.
"""

from revtrack.notices.attesting import attest
from revtrack.notices.drafting import Draft, draft
from revtrack.notices.finding import find
from revtrack.notices.recognizing import in_article

__all__ = ["Draft", "attest", "draft", "find", "in_article"]
