"""The words of a page's machinery: labels, datelines, closing words, in many languages.

Everything here is tested on one block's text and needs no more than a few words of a language, so a
language that is missing loses precision and nothing else.
"""

from __future__ import annotations

import re

__all__ = [
    "LABEL_LONGEST",
    "begins_byline",
    "ends_sentence",
    "is_dateline",
    "is_label",
    "is_related_label",
]


def _any(alternatives: str) -> re.Pattern[str]:
    """A pattern of the *alternatives*, parted by " | " or line ends."""
    parts = [part for line in alternatives.strip().splitlines() for part in line.strip().split(" | ")]
    return re.compile(f"(?:{'|'.join(parts)})")


_EDGE = " \t:.…|•*-–—>»›+()[]!"


def _lines(text: str) -> frozenset[str]:
    return frozenset([line.strip() for line in text.strip().splitlines()])


# Whole blocks that are labels, in lower case, without punctuation at their edges.
_LABELS = _lines(
    """
    advertisement
    advertisements
    advert
    ad
    ads
    sponsored
    sponsored content
    promoted content
    story continues below
    story continues below advertisement
    article continues below advertisement
    continue reading below
    continue reading
    continue reading the main story
    scroll to continue
    share
    share this
    share this article
    share this story
    share this post
    share on facebook
    share on twitter
    tweet
    print
    print this
    email
    email this
    comment
    comments
    leave a comment
    post a comment
    no comments
    view comments
    show comments
    read more
    more
    close
    caption
    loading
    back to top
    top
    next
    previous
    tags
    topics
    subscribe
    sign up
    log in
    sign in
    follow us
    media playback is unsupported on your device
    this slideshow requires javascript
    please enable javascript
    just watched
    must watch
    replay
    watch now
    get breaking news
    slideshow
    by
    view gallery
    image
    photo
    video
    anzeige
    werbung
    mehr
    teilen
    kommentare
    publicité
    partager
    publicidad
    compartir
    publicidade
    compartilhar
    comentários
    comentarios
    pubblicità
    condividi
    advertentie
    delen
    annonse
    annons
    annonce
    reklama
    reklam
    hirdetés
    реклама
    поделиться
    комментарии
    отзывы
    広告
    シェア
    コメント
    광고
    댓글
    广告
    廣告
    分享
    评论
    留言
    إعلان
    تعليقات
    شارك
    """
)
# How a label of related articles begins, and the longest such label in characters (range 20 to 80).
_RELATED = _any(
    r"""
    you (?:may|might|could) (?:also )?(?:like|enjoy|be interested) | read (?:also|next|more)
    (?:like|liked|enjoyed?) th(?:is|at)\?.{0,9}\byou (?:may|might)
    also read | see also | must[- ]reads?:?$
    watch(?: also| more| now)?: | listen(?: to this| now)?:
    related(?: (?:coverage|articles?|posts?|stories|news|links|content|topics|reading|recipes?))?:?$
    related (?:roundups?|videos?):?$
    related: | tags: | topics: | keywords?: | categor(?:y|ies): | filed under
    labels: | schlagw[oö]rter: | schlagworte: | themen: | stichw[oö]rter: | mots[- ]clés | etiquetas:
    temas: | palavras[- ]chave
    argomenti: | trefwoorden: | теги: | метки: | mehr von | siehe auch | lesetipp | mehr dazu
    more (?:from|on|in|about|stories|news)\b
    recommended(?: for you| reading| stories)?:?$ | don[’']t miss:?$ | up next
    most (?:read|popular|viewed|shared) | trending | popular (?:posts|articles|stories|now)
    latest (?:news|stories|posts) | what to read next | editor[’']?s[’']? picks?
    similar (?:articles|posts|stories) | other (?:stories|news|articles) | from around the web
    around the web | in case you missed | top stories | leave a (?:reply|comment) | mehr zum thema
    lesen sie (?:auch|mehr) | das könnte (?:sie|dich) | auch interessant
    weitere (?:artikel|beiträge|meldungen) | zum thema:?$ | meistgelesen
    à lire (?:aussi|également) | lire aussi | sur le même (?:sujet|thème) | vous aimerez
    les plus (?:lus|populaires) | te puede interesar | también te | lee también
    le puede interesar | noticias relacionad | artículos relacionad | más (?:noticias|leíd|sobre)
    leia (?:também|mais) | veja também | você (?:pode|também) | notícias relacionad
    mais (?:lidas|notícias) | leggi anche | potrebbe (?:interessarti|piacerti)
    articoli correlati | lees ook | meer over | les også | les mer | läs (?:också|mer|även)
    læs også | læs mere | lue myös | czytaj (?:także|też|również) | zobacz (?:także|też|również)
    przeczytaj | olvas(?:ta|s) (?:már|el|tovább) | kapcsolódó | ajánlott
    читайте (?:также|ещё|еще) | похожие | по теме:?$ | самые популярные | другие новости
    смотрите также | 関連 | あわせて読みたい | おすすめ | 人気記事 | 最新記事
    관련\s?(?:기사|뉴스) | 많이 본 | 推荐 | 推薦 | 相关
    相關 | 延伸閱讀 | 延伸阅读 | 热门 | 熱門 | اقرأ (?:أيضا|المزيد) | مواضيع (?:ذات|متعلقة) | أخبار ذات
    شاهد أيضا | برچسب | الوسوم: | كلمات مفتاحية | תגיות | タグ[:：]
    标签[:：] | 標籤[:：] | 关键[字词][:：]
    關鍵字[:：] | 태그[:：] | etiketler: | tagi: | แท็ก
    """
)
LABEL_LONGEST = 60

# A byline: a name after one of these words; a dateline: a clock, a year or a relative time.
_BY = _any(
    r"""
    (?:by|von|par|por|di|da|de|door|av|af|autora?|autore|auteur|redaktion|text|foto)[:\s]
    (?:фото|автор|текст)[:\s]
    written by | posted (?:by|on|at|in) | published | publicado | publié | veröffentlicht
    опубликовано | updated on | updated:
    """
)
_BY_END = (" by", " von", " par", " por", " di", " door", " av", " af")
_TIME = _any(
    r"""
    \d{1,2}[:.h]\d{2}\b | \b(?:19|20)\d{2}\b
    \b\d+ (?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?) (?:ago|read)\b
    \b(?:vor|il y a|hace|há|fa) \d+ | \b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b | \d{1,2}月\d{1,2}日
    min read | ^lesezeit | reading time | ^\d{1,2}\.? [^\W\d]{3,12}$
    """
)
# What is no word: signs and what joins letters, or the counter of a slide show.
_NO_WORDS = re.compile(r"[^\w]*|\d{1,4}\s?(?:/|of|von|de|di|sur|из|／)\s?\d{1,4}")
# The longest byline or dateline, in characters (range 40 to 150).
_LINE_LONGEST = 100
# The most characters beside its date that a dateline without a byline has (range 30 to 80): a name, a
# place and an office. In the gold sets the longest has 40, the shortest line of text with a year 55.
_BESIDE = 48
_SENTENCE_END = (".", "!", "?", "。", "！", "？", "”", "…", "。」", "؟", "।")


def _edged(text: str) -> str:
    return text.casefold().strip(_EDGE)


def is_label(text: str) -> bool:
    """Whether the block is a label of the page's machinery, or holds nothing that can be read."""
    if len(text) > LABEL_LONGEST:
        return False
    edged = _edged(text)
    return edged in _LABELS or _NO_WORDS.fullmatch(edged) is not None


def is_related_label(text: str) -> bool:
    """Whether the block announces other articles."""
    return len(text) <= LABEL_LONGEST and _RELATED.match(text.casefold().lstrip(_EDGE)) is not None


def is_dateline(text: str) -> bool:
    """Whether the block is a date, a byline or both, and no sentence."""
    if len(text) > _LINE_LONGEST or text.endswith(_SENTENCE_END):
        return False
    folded = text.casefold()
    if folded.endswith(_BY_END):
        return True
    if _BY.match(folded) is not None:
        return True
    time = _TIME.search(folded)
    return time is not None and len(text) - len(time.group()) <= _BESIDE


def begins_byline(text: str) -> bool:
    """Whether the text begins with the words before a writer's name or a date of publication."""
    return _BY.match(text.casefold()) is not None


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    return text.endswith(_SENTENCE_END)
