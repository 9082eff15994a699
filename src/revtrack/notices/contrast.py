"""The wrong and the right text of a notice: quoted, or stated beside each other."""

from __future__ import annotations

import re

from revtrack.notices.lexicon import Lexicon
from revtrack.notices.sentence import Sentence

__all__ = ["said_and_says"]

_QUOTE = re.compile(
    r"“([^“”]{1,300})”|\"([^\"]{1,300})\"|«([^«»]{1,300})»|„([^„“”]{1,300})[“”]|「([^「」]{1,300})」"
)
_NOT = re.compile(
    r"(?:it|he|she|they|that|this|which)(?:'s| is| was| are| were) "
    r"(?P<says>[^.;]{1,120}?), not (?P<said>[^.;]{1,120}?)[.;]?\s*$"
)
_TRIM = " .,;:”\"'’“"


def said_and_says(
    text: str, folded: str, inside: tuple[Sentence, ...], words: Lexicon
) -> tuple[str | None, str | None]:
    """The wrong text and the right text that a notice gives, each None where it gives none."""
    quotes = [next(g for g in m.groups() if g) for m in _QUOTE.finditer(text)]
    wrong = any(s.has("earlier", "originally", "misstated", "headline", "wrongly") for s in inside)
    if len(quotes) == 2 and wrong:
        return quotes[0].strip(" ,.;"), quotes[1].strip(" ,.;")
    for s in inside:
        beside = _NOT.search(s.folded)
        if beside:
            says = text[s.start + beside.start("says") : s.start + beside.end("says")]
            said = text[s.start + beside.start("said") : s.start + beside.end("said")]
            return said.strip(_TRIM), says.strip(_TRIM)
    if len(quotes) == 1 and wrong:
        return quotes[0].strip(" ,.;"), None
    return None, None
