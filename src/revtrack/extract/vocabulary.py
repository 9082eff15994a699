"""What the names and labels of a page say: words that the web uses for what is not the article.

A page's class and id names are split into words (``article__related-links`` gives *article*, *related*,
*links*) and looked up here. The lists are vocabulary of the web in general, never of one site.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

__all__ = ["Verdict", "name_words", "verdict_of"]


class Verdict(IntEnum):
    """What an element's class and id say of it, or a site rule."""

    OPEN = 0  # nothing
    PICTURE = 1  # a picture, perhaps with words about it
    BODY = 2  # the article's text
    NOTICE = 3  # a correction or editor's note: kept wherever it stands
    KEPT = 4  # what a site rule keeps, wherever it stands
    CAPTION = 5  # words about a picture
    SOFT = 6  # furniture, unless it turns out to hold most of the text
    COMMENTS = 7  # readers' comments: furniture, unless the headline stands in it
    HARD = 8  # furniture, however much text it holds (related articles)


# A member of an enumeration costs a look-up each time it is named.
_OPEN, _PICTURE, _BODY, _NOTICE, _, _CAPTION, _SOFT, _COMMENTS, _HARD = Verdict


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset([tuple(pair.split("-")) for pair in text.split()])


_HARD_WORDS = _words(
    """
    commentlist commentslist disqus livefyre spotim
    outbrain taboola zergnet revcontent mgid
    related relatedposts relatedarticles relatedlinks recommended recommendation recommendations
    recirc recirculation readnext upnext morefrom mostread mostpopular
    breadcrumb breadcrumbs navbar pagination pager paginator
    addthis addtoany sharebar sharethis sharedaddy sharetools sharrre sharing
    adsense adslot adunit adwrapper googleads dfp advertisement advertising advertisment advertorial
    cookie cookies cookiebot cookieconsent cookiebanner cookienotice cookielaw cookiebar gdpr ccpa
    onetrust didomi usercentrics cmpbox trustarc captcha tagcloud taglist hashtags
    visuallyhidden screenreader noprint printonly
    """
)
_SOFT_WORDS = _words(
    """
    ad ads advert sponsor sponsored sponsorship promo promos promoted promotion promotions
    comment respond nav navigation menu submenu masthead skip
    popular trending latest share social socials socialmedia
    newsletter newsletters subscribe subscription subscriptions signup optin mailchimp
    consent modal popup overlay lightbox tooltip dialog thankyou
    login signin register registration
    footer sidebar toolbar teaser teasers
    rodape fusszeile piedepagina piedipagina stopka lablec paticka sidfot sidefod bunntekst podval
    authorbox authorbio bio byline bylines dateline timestamp postmeta entrymeta
    poll survey rating ratings feedback helpful
    copyright legal disclaimer tos toc metadata
    """
)
# A long thread holds more than its article does, so its weight proves nothing.
_COMMENT_WORDS = _words("comments replies")
_HARD_PAIRS = _pairs(
    """
    comment-list comments-area comment-form comment-section comments-section comment-body
    comment-content
    user-comments
    read-next read-also more-from more-stories more-news see-also up-next also-read also-like
    most-read most-popular most-viewed most-commented top-stories top-news latest-news other-news
    other-stories next-story next-article similar-articles similar-posts
    post-tags article-tags entry-tags tags-list tag-list tags-links post-categories
    post-navigation posts-navigation nav-links next-post prev-post previous-post
    next-prev prev-next
    sr-only screen-reader visually-hidden assistive-text print-only
    follow-us follow-button ad-container ad-wrapper ad-slot ad-unit ad-banner ad-label ad-placeholder
    """
)
_SOFT_PAIRS = _pairs(
    """
    read-more more-on widget-area site-header site-footer page-header
    post-meta entry-meta article-meta story-meta author-bio author-box author-info about-author
    author-card
    author-name meta-data
    sign-up log-in opt-in call-out email-form shop-now buy-now end-slate
    share-tools share-buttons share-bar is-hidden
    """
)
_BODY_PAIRS = _pairs(
    """
    article-body story-body post-body entry-content post-content article-content story-content body-text
    article-text story-text body-copy article-copy content-body news-text body-content
    post-message post-text
    """
)
_BODY_WORDS = _words("articlebody storybody postbody articletext storytext articlecontent")
_CAPTION_WORDS = _words(
    """
    caption captions credit credits photocredit imagecredit slideshow gallery carousel
    picturecaption imagecaption imgcaption photocaption figcaption captiontext cutline cutlines
    bildunterschrift bildunterschriften bildtext billedtekst bildetekst bijschrift fotobijschrift
    didascalia piedefoto piefoto
    """
)
_CAPTION_PAIRS = _pairs(
    """
    img-desc image-desc photo-desc pic-desc picture-desc img-description image-description
    photo-description picture-description img-legend photo-legend pie-foto
    """
)
_PICTURE_WORDS = _words(
    """
    image images img photo photos picture pictures pic figure foto fotos bild bilde bilder imagen
    immagine afbeelding thumb thumbnail imagebox imgbox picturebox photobox postpicture
    """
)
_NOTICE_WORDS = _words(
    """
    correction corrections clarification clarifications erratum errata corrigendum retraction
    editorsnote editornote updatenote korrektur rectificatif correccion correzione
    """
)
_NOTICE_PAIRS = _pairs(
    """
    editors-note editor-note editorial-note update-note correction-note article-update story-update
    """
)
# An embedded post is quoted by the article, whatever network it is from.
_EMBED_WORDS = _words("embed embedded embeds tweet oembed blockquote")
# Names that are one such word and nothing else.
_HIDING = _words("hidden hide")
# A word after one of these says what the element lacks or merely stands beside.
_DENYING = _words("no not without has with non hide js show enable")
# And so does a word before one of these (``modal-enabled``).
_STATES = _words("enabled disabled none off on active true false ready open closed yes")
# Names that begin so are the categories an article is filed under, not what an element is.
_FILING = (
    "tag-",
    "category-",
    "tax-",
    "topic-",
    "post-tag",
    "section-",
    "format-",
    "type-",
)

# Every word that can decide anything: most names have none of them.
_KNOWN = frozenset().union(
    _HARD_WORDS,
    _SOFT_WORDS,
    _COMMENT_WORDS,
    _BODY_WORDS,
    _CAPTION_WORDS,
    _PICTURE_WORDS,
    _NOTICE_WORDS,
    _HIDING,
    [
        word
        for pair in (*_NOTICE_PAIRS, *_HARD_PAIRS, *_SOFT_PAIRS, *_BODY_PAIRS, *_CAPTION_PAIRS)
        for word in pair[1:]
    ],
)
# How many verdicts are kept for the next page: captures of one site share their names. About 10 MB.
_REMEMBERED = 65_536

# In names without capitals words are what stands between other signs.
_APART = str.maketrans({code: " " for code in range(128) if not chr(code).islower()})
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
# Build tools put letters and digits of chance into names, anew for each build: ``css-9ad8f1`` is about
# no advertisement. A part in which a letter follows a digit is of their making, but for a size
# (``ad300x250``); so are the short words of one that has lone capitals or letters (``gAdXyz``).
_PART = re.compile(r"[A-Za-z0-9]+")
_MADE = re.compile(r"[0-9](?!x[0-9])[A-Za-z]")
# The longest word that is met by chance (range 2 to 4: letters in every tenth page's names spell "ad").
_BY_CHANCE = 3


def name_words(names: str) -> list[str]:
    """The words of class and id names, in lower case; an empty word stands between names."""
    words: list[str] = []
    for name in names.split():
        if not name.startswith(_FILING):
            for part in _PART.findall(name):
                words.extend(_words_of_part(part))
            words.append("")
    return words


def _words_of_part(part: str) -> list[str]:
    if _MADE.search(part):
        return []
    words = [word.lower() for word in _WORD.findall(part)]
    if len(words) > 2 and part.isalpha() and any(len(word) == 1 for word in words):
        return [word for word in words if len(word) > _BY_CHANCE]
    return words


def _may_decide(names: str) -> bool:
    """Whether one of the words in *names* can decide anything."""
    if names.islower() and names.isascii():
        return not _KNOWN.isdisjoint(names.translate(_APART).split())
    return not _KNOWN.isdisjoint([word.lower() for word in _WORD.findall(names)])


@lru_cache(maxsize=_REMEMBERED)
def verdict_of(names: str) -> Verdict:
    """What the class and id *names* of an element say of it."""
    if not _may_decide(names):
        return _OPEN
    words = name_words(names)
    found = _OPEN
    previous = ""
    embeds = not _EMBED_WORDS.isdisjoint(words)
    for number, word in enumerate(words):
        if word not in _KNOWN:
            previous = word
            continue
        pair = (previous, word)
        alone = not previous and not words[number + 1]
        if word in _NOTICE_WORDS or pair in _NOTICE_PAIRS:
            return _NOTICE
        if pair in _BODY_PAIRS or word in _BODY_WORDS:
            found = _BODY
        elif found is not _BODY:
            said = _said(pair, alone=alone, embeds=embeds)
            if said > found and previous not in _DENYING and words[number + 1] not in _STATES:
                found = said
        previous = word
    return found


def _said(pair: tuple[str, str], *, alone: bool, embeds: bool) -> Verdict:
    """What the second word of *pair* says after the first one, of all but bodies and notices."""
    word = pair[1]
    if word in _HARD_WORDS or pair in _HARD_PAIRS:
        return _HARD
    if word in _COMMENT_WORDS:
        return _COMMENTS
    if (word in _SOFT_WORDS or pair in _SOFT_PAIRS or (word in _HIDING and alone)) and not embeds:
        return _SOFT
    if word in _CAPTION_WORDS or pair in _CAPTION_PAIRS:
        return _CAPTION
    return _PICTURE if word in _PICTURE_WORDS else _OPEN
