"""The language by whose words an article is judged."""

from __future__ import annotations

from functools import lru_cache

from revtrack.facts.vocabulary import DEFAULT
from revtrack.model import Article
from revtrack.notices.language import choose

__all__ = ["is_read", "spoken"]

_TELLING = 200
"""Characters in which a text of any known language has common words of it."""


def spoken(article: Article) -> str:
    """The language by whose words an article is judged: its own if there is a list, else English.

    An article that does not say its language is asked for its most common words.
    """
    return _chosen(article.language, article.text or article.headline or "") or DEFAULT


def is_read(article: Article) -> bool:
    """Whether the article's notices are read: its language, stated or guessed, has a lexicon.

    A short text that does not show its language is taken for one that is read.
    """
    text = article.text or article.headline or ""
    if not article.language and len(text) < _TELLING:
        return True
    return _chosen(article.language, text) is not None


@lru_cache(maxsize=2)  # each edit of an article asks
def _chosen(language: str | None, text: str) -> str | None:
    return choose(language, text)
