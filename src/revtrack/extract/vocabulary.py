"""What the names of an element say: words that web pages use for what is not the article.

A page's class and id names are split into words (``article__related-links`` gives *article*,
    *related*,
*links*) and looked up here. The lists are vocabulary of the web in general, never of one site.
"""

from __future__ import annotations

import re
from enum import IntEnum

__all__ = ["Verdict", "name_words", "verdict_of"]


class Verdict(IntEnum):
    """What an element's class and id say of it."""

    FURNITURE = -1
    OPEN = 0
    BODY = 1
    NOTICE = 2


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset([tuple(pair.split("-")) for pair in text.split()])


# One word is enough.
FURNITURE_WORDS = _words(
    """
    addthis addtoany ads adsense advert advertisement advertising advertisment advertorial adslot
    adunit adwrapper dfp gpt googleads sponsor sponsored sponsorship promo promos promoted
    promotion promotions
    outbrain taboola zergnet revcontent mgid
    breadcrumb breadcrumbs nav navbar navigation menu submenu masthead pagination pager paginator
    comments commentlist disqus livefyre respond replies
    related recommended recommendation recommendations recirc recirculation readnext upnext
    morefrom readmore
    mostread mostpopular popular trending latest
    share sharing sharebar sharethis sharedaddy sharetools social socialmedia socials
    newsletter newsletters subscribe subscription subscriptions signup optin mailchimp
    cookie cookies consent gdpr modal popup overlay lightbox tooltip dialog
    login signin register paywall piano
    footer sidebar toolbar widget widgets skip
    taglist tagcloud hashtags categories
    authorbox authorbio bio byline bylines dateline timestamp postmeta entrymeta
    poll survey rating ratings feedback captcha
    sr screenreader visuallyhidden noprint printonly hidden
    copyright legal disclaimer tos
    toc
    """
)
# Two words side by side.
FURNITURE_PAIRS = _pairs(
    """
    comment-list comments-area comment-form comment-section comment-body user-comments
    read-more read-next read-also more-from more-on more-stories more-news see-also up-next
    also-read also-like
    most-read most-popular most-viewed most-commented top-stories top-news latest-news
    other-news other-stories
    post-meta entry-meta article-meta story-meta author-bio author-box author-info about-author
    author-card
    post-tags article-tags entry-tags tags-list tag-list tags-links post-categories
    post-navigation posts-navigation nav-links next-post prev-post previous-post
    sign-up log-in opt-in call-out email-form follow-us follow-button
    ad-container ad-wrapper ad-slot ad-unit ad-banner ad-box ad-block ad-label ad-placeholder
    ad-text
    visually-hidden screen-reader sr-only print-only assistive-text
    credit-card shop-now buy-now price-box
    """
)
BODY_PAIRS = _pairs(
    """
    article-body story-body post-body entry-content post-content article-content story-content
    body-text
    article-text story-text body-copy article-copy page-content main-content content-body news-text
    """
)
BODY_WORDS = frozenset(
    ["articlebody", "storybody", "postbody", "articletext", "storytext", "articlecontent"]
)
NOTICE_WORDS = _words(
    """
    correction corrections clarification clarifications erratum errata corrigendum retraction
    editorsnote editornote updatenote korrektur rectificatif correccion correzione
    """
)
# A word after one of these says what the element lacks or merely stands beside.
_DENYING = frozenset(["no", "not", "without", "has", "with", "is", "non", "hide", "js"])

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")


def name_words(names: str) -> list[str]:
    """The words of class and id names, in lower case; white space gives an empty word between names."""
    words: list[str] = []
    for name in names.split():
        words.extend(_WORD.findall(name))
        words.append("")
    return [word.lower() for word in words]


def verdict_of(names: str) -> Verdict:
    """What the class and id *names* of an element say of it."""
    words = name_words(names)
    verdict = Verdict.OPEN
    previous = ""
    for word in words:
        pair = (previous, word)
        if word in NOTICE_WORDS:
            return Verdict.NOTICE
        if pair in BODY_PAIRS or word in BODY_WORDS:
            verdict = Verdict.BODY
        elif verdict is not Verdict.BODY and (
            pair in FURNITURE_PAIRS or (word in FURNITURE_WORDS and previous not in _DENYING)
        ):
            verdict = Verdict.FURNITURE
        previous = word
    return verdict
