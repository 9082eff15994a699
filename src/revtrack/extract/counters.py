"""Counters and share buttons: texts that hold nothing but what the page's machinery says and counts.

"1.2K shares", "5 min read · 12 comments", "vor 3 Stunden", "Facebook Twitter E-mail": they change from
one hour to the next, and whoever takes them for text has an edit every hour.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["COUNTER_LONGEST", "are_counters", "is_counter", "names_networks", "without_counter"]

COUNTER_LONGEST = 100
"""The longest such text, in characters (range 40 to 150): the names of eight networks have 70."""

_NUMBER = re.compile(r"\d[\d.,'’]*(?:k|m(?!in)|万|천|만|\s(?:k|m|tsd|mio|тыс|млн)\b\.?)?\+?")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[\s|·•:,;/()\[\]+&–—-]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What is counted, and words that only stand beside a count: one of them makes a counter of a number.
_COUNTED = _words(
    """
    share shares shared view views pageviews comment comments like likes tweet tweets retweets read
    reads reading retweet votes followers reposts plays ago
    kommentar kommentare aufrufe geteilt lesezeit lesedauer leser lesen
    commentaire commentaires partage partages vues lecture
    comentario comentarios compartido compartidos visitas vistas lectura lecturas
    comentário comentários compartilhamentos visualizações leitura
    commento commenti condivisioni visualizzazioni lettura
    reactie reacties weergaven leestijd gedeeld kommentarer visninger visningar delinger
    komentarz komentarze komentarzy odsłon wyświetleń udostępnień hozzászólás megosztás
    комментарий комментария комментариев просмотр просмотра просмотров чтения назад
    シェア コメント 件のコメント 回表示 回閲覧 分で読めます 秒前 分前 時間前 日前 週間前 ツイート いいね
    评论 条评论 阅读 次浏览 次阅读 分钟阅读 分钟前 小时前 天前 評論 則留言 分鐘前 小時前 瀏覽
    댓글 개의댓글 조회수 조회 공유 분전 시간전 일전 좋아요
    تعليق تعليقات مشاهدة مشاركة
    """
)
# Words that stand in such texts and say nothing by themselves.
_BESIDE = _words(
    """
    a min mins minute minutes hour hours hr hrs day days week weeks minuten of time no total
    est estimated mal wie lang min. noch de la il y
    минут минуты минута мин мин. час часа часов день дня дней
    """
)
# Relative times that are said with a word before the number.
_SINCE = re.compile(
    r"(?:vor|il y a|hace|há|fa|för|for) \d{1,2} (?:"
    r"sekunden?|minuten?|stunden?|tag(?:en)?|wochen?|minutes?|heures?|jours?|semaines?|minutos?|horas?|"
    r"d[ií]as?|semanas?|minutter|timer|dager?|minuter|timmar|dagar"
    r")(?: siden| sedan)?"
)
# "Image 3 of 12": the place of a picture among others, alone or at either end of the words about it.
_PICTURE = (
    "(?:image|photo|picture|slide|card|bild|foto|imagen|fotó|zdjęcie|bilde|billede|фото"
    "|写真|图|圖|사진)"
)
_OF = r"(\d{1,3}) ?(?:/|／|of|von|de|di|sur|van|av|af|из|z) ?(\d{1,3})"
_PLACE = re.compile(rf"{_PICTURE} {_OF}", re.IGNORECASE)
_BEFORE = re.compile(rf"[(\[]?(?:{_PICTURE} ?)?{_OF}\b[\s)\]:.|–—-]{{0,5}}(?=[^\W\d_])", re.IGNORECASE)
_AFTER = re.compile(
    rf"(?:[.!?…»”\"|–—-] ?|(?= ?[(\[])| (?={_PICTURE}))[(\[ ]{{0,2}}(?:{_PICTURE} ?)?{_OF}[)\]]?\Z",
    re.IGNORECASE,
)
_PLACE_LONGEST = 24
_NETWORKS = _words(
    """
    facebook twitter x whatsapp linkedin pinterest reddit tumblr telegram google flipboard pocket
    instapaper stumbleupon digg messenger viber weibo vk вконтакте одноклассники xing bluesky threads
    mastodon email mail sms print drucken imprimer imprimir stampa печать copy link
    """
)
# Those that mean nothing else beside a number.
_NAMED = _NETWORKS - {"x", "threads", "copy", "link", "print", "mail"}


def is_counter(text: str) -> bool:
    """Whether the text holds nothing but counts, reading and relative times, and networks."""
    if len(text) > COUNTER_LONGEST:
        return False
    folded = text.casefold().replace("e-mail", "email").strip(" .")
    if _DIGIT.search(folded) is None:  # nearly all texts
        first = _WORD.search(folded)
        if first is None or first[0] not in _NETWORKS:
            return False
        words = _split(folded)
        return len(words) > 1 and all(word in _NETWORKS for word in words)
    if _SINCE.fullmatch(folded) or _PLACE.fullmatch(folded):
        return True
    words = _split(_NUMBER.sub(" ", folded))
    known = [word for word in words if word in _COUNTED or word in _NAMED]
    return bool(known) and all(word in _COUNTED or word in _NAMED or word in _BESIDE for word in words)


def without_counter(caption: str) -> str:
    """The words about a picture without its place among others ("1/12", "Bild 3 von 12") at either end.

    A fraction in a sentence stays: what follows a place begins anew, with a capital or without case.
    """
    found = _BEFORE.match(caption)
    if found is not None and _is_place(found) and not caption[found.end()].islower():
        return caption[found.end() :]
    for found in _AFTER.finditer(caption, max(0, len(caption) - _PLACE_LONGEST)):
        if _is_place(found):
            return caption[: found.start() + (caption[found.start()] in '.!?…»”"')].rstrip()
    return caption


def _is_place(found: re.Match[str]) -> bool:
    return 0 < int(found[1]) <= int(found[2]) > 1


def are_counters(texts: Sequence[str]) -> bool:
    """Whether all of several texts that stand beside one another are counters or networks."""
    return all(is_counter(text) or names_networks(text) for text in texts)


def names_networks(text: str) -> bool:
    """Whether the text is the name of a network to share in: a company's too, if it stands alone."""
    short = len(text) <= COUNTER_LONGEST
    words = _split(text.casefold().replace("e-mail", "email")) if short else []
    return bool(words) and all(word in _NETWORKS for word in words)


def _split(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(text) if word]
