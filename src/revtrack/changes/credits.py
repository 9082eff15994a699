"""Credits: the line at the top or end of a story that says who reported, wrote and edited it.

*(Reporting by Mara Quill; editing by Tom Osei)*: an agency's tagline and a paper's *Additional
reporting by* grow with every version of a running story. They are a byline, and nothing in the story.
"""

from __future__ import annotations

import re

from revtrack.changes.vocabulary import spoken
from revtrack.facts.vocabulary import UNSPACED, Words, words_of
from revtrack.model import Article

__all__ = ["is_credit"]

# The longest credit, in characters (range 150 to 400: agencies name up to ten people and their towns),
# and how many blocks from either end of the article it is looked for (notices may follow it).
_LONGEST = 300
_FROM_START, _FROM_END = 2, 3
# The most words between the beginning of a credit and the act in it: *Additional local reporting by*.
_LEAD = 4

_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_SEGMENT = re.compile(r"\s*[;|•·]\s*|(?<=[^\W\d_]{3})\.\s+")
_EDGE = " \t()[]（）【】*—–-."
# In scripts without spaces: a label of authorship, a sign, and a name of some characters.
_DENSE_PART = re.compile(r"[、,，;；・\s]+")
_DENSE_SIGNS = "：:＝=／/"
_DENSE_NAME = 12


def is_credit(words: str, article: Article) -> bool:
    """Whether *words* are of a block at either end of the *article* that is nothing but a credit."""
    if len(words) > _LONGEST:
        return False
    blocks = article.blocks
    ends = [*blocks[:_FROM_START], *blocks[max(_FROM_START, len(blocks) - _FROM_END) :]]
    held = [block.text for block in ends if len(block.text) <= _LONGEST and words.strip() in block.text]
    return any(_reads_as_credit(text, words_of(spoken(article))) for text in held)


def _reads_as_credit(text: str, words: Words) -> bool:
    if words.language in UNSPACED:
        return _is_dense_credit(text, words)
    segments = [one for one in _SEGMENT.split(text.strip(_EDGE)) if one]
    return bool(segments) and all(_names_people(one, words) for one in segments)


def _names_people(segment: str, words: Words) -> bool:
    """Whether *segment* is an act and the names of those who did it, or names and what they did."""
    found = _WORD.findall(segment)
    acts = [n for n, word in enumerate(found) if word.casefold() in words.credit_acts]
    plain = [word.casefold() for word in found if word.islower()]
    joined = words.credit_acts | words.credit_links
    names = [word for word in found if word[0].isupper() and word.casefold() not in joined]
    if not acts or not names or not all(word in joined for word in plain):
        return False
    if found[0] in names and acts[-1] == len(found) - 1:  # Ann Lee contributed reporting
        return True
    linked = ":" in segment or any(word in words.credit_links for word in plain)
    return linked and (acts[0] < _LEAD or found[0] in names)


def _is_dense_credit(text: str, words: Words) -> bool:
    parts = [one for one in _DENSE_PART.split(text.strip(_EDGE + "。")) if one]
    labelled = False
    for part in parts:
        sign = next((sign for sign in _DENSE_SIGNS if sign in part), None)
        label, _, name = part.partition(sign) if sign else ("", "", part)
        if sign and not any(label.endswith(act) for act in words.credit_acts):
            return False
        if len(name) > _DENSE_NAME or "。" in name:
            return False
        labelled = labelled or bool(sign)
        if not sign and any(name.endswith(act) for act in words.credit_acts) and len(parts) < 3:
            labelled = True
    return labelled
