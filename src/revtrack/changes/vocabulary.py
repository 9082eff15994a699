"""The language by whose words an article is judged."""

from __future__ import annotations

from functools import lru_cache

from revtrack.facts.vocabulary import DEFAULT
from revtrack.model import Article
from revtrack.notices.language import choose

__all__ = ["spoken"]


def spoken(article: Article) -> str:
    """The language by whose words an article is judged: its own if there is a list, else English.

    An article that does not say its language is asked for its most common words.
    """
    return _chosen(article.language, article.text or article.headline or "") or DEFAULT


@lru_cache(maxsize=2)  # each edit of an article asks
def _chosen(language: str | None, text: str) -> str | None:
    return choose(language, text)
