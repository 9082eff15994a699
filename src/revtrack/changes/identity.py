"""Another article under the same address: nothing in common with the one that stood there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from revtrack import text
from revtrack.diff import Equal
from revtrack.diff.ops import TextOp
from revtrack.model import Article

__all__ = ["is_another_article", "is_front_page"]

# The share of the shorter text that two versions of one article have in common at least (range 0 to
# .3), and the shortest stretch that counts, in characters.
_SHARE = 0.05
_STRETCH = 12
# The share of a headline's words that two wordings of one headline have in common at least.
_WORDS = 0.34


# The share of the words of the shorter text that two texts on other matters have in common at most
# (range .05 to .25), and where one of them alone states its day or its writer, as no front page does;
# the
# fewest letters of a word that counts, and the least text for it, in characters.
_VOCABULARY = 0.12
_UNSTATED = 0.3
_WORD = re.compile(r"[^\W\d_]{5,}")
_LONG = 300
# The most words of a site's name (range 2 to 5).
_NAME = 3
# Scripts without spaces between words, of which the words of two texts say nothing.
_DENSE = re.compile("[\u0e00-\u0eff\u2e80-\u9fff\uac00-\ud7a3]")
# What stands between a headline and the name of its site in a title.
_BETWEEN = re.compile(r"\s[|»«·•:–—-]\s|[|｜]")


def is_another_article(old: Article, new: Article, ops: Sequence[TextOp]) -> bool:
    """Whether *new* is another article or page: no shared text, another headline, and a third sign.

    That is another canonical address, the site's name for a headline, or hardly a word in common. What
    carries a notice is the article still, however little it holds.
    """
    if new.notices or not (old.blocks and new.blocks):
        return False
    shared = sum([len(op.old) for op in ops if isinstance(op, Equal) and len(op.old) >= _STRETCH])
    if shared > _SHARE * min(len(old.text), len(new.text)):
        return False
    stated = None not in (old.canonical_url, new.canonical_url)
    if stated and not _is_elsewhere(old, new):
        return False
    words = [set(text.fold(side.headline or "").casefold().split()) for side in (old, new)]
    if len(words[0] & words[1]) >= _WORDS * min(len(words[0]), len(words[1])):
        return False
    return stated or is_front_page(old, new) or is_front_page(new, old) or _speaks_of_else(old, new)


def is_front_page(article: Article, other: Article) -> bool:
    """Whether *article* is the front page of a site that *other* is an article of.

    Its headline is the site's name, as the title of the other has it, or a word or two and all that the
    page calls itself, without a day and a writer.
    """
    name = text.fold(article.headline or "").casefold()
    titles = [text.fold(one.text).casefold() for one in other.headlines]
    parts = [part.strip() for title in titles for part in _BETWEEN.split(title)[1:]]
    if name and (name in parts or name == text.fold(other.publisher or "").casefold()):
        return True
    if other.published_at is None and other.byline is None:
        return False
    unstated = article.published_at is None and article.byline is None
    own = {text.fold(one.text).casefold() for one in article.headlines}
    return unstated and own == {name} and len(name.split()) <= _NAME


def _is_elsewhere(old: Article, new: Article) -> bool:
    """Whether both state their canonical address, and not the same."""
    if old.canonical_url is None or new.canonical_url is None:
        return False
    from revtrack.urls import alike  # noqa: PLC0415 # slow to import, for other articles alone

    return alike(old.canonical_url, new.canonical_url) is None


def _speaks_of_else(old: Article, new: Article) -> bool:
    """Whether two long texts have hardly a word in common, though neither states where it belongs."""
    if min(len(old.text), len(new.text)) < _LONG or _DENSE.search(old.text + new.text):
        return False
    words = [frozenset(_WORD.findall(side.text.casefold())) for side in (old, new)]
    stated = [side.published_at is not None or side.byline is not None for side in (old, new)]
    most = _VOCABULARY if stated[0] == stated[1] else _UNSTATED
    return len(words[0] & words[1]) <= most * min(map(len, words))
