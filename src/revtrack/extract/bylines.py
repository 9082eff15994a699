"""Bylines: who wrote the article, as the page says it, without the word for *by*."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

__all__ = ["byline_of", "is_address", "is_by", "names_in", "without_by"]

# The word for *by* in a language, where it begins a byline; in other languages it may begin a name.
_BY = {
    "de": r"(?:(?:geschrieben|verfasst|eingereicht|gespeichert|veröffentlicht|erstellt)\s)?von|text",
    "fr": r"(?:(?:écrit|publié|rédigé|posté)\s)?par",
    "es": r"(?:(?:escrito|publicado|redactado)\s)?por",
    "pt": r"(?:(?:escrito|publicado)\s)?por|da redação",
    "it": r"(?:(?:scritto|pubblicato)\s)?(?:di|da)|a cura di",
    "nl": r"(?:(?:geschreven|gepubliceerd|geplaatst)\s)?door",
    "sv": r"(?:(?:skrivet|skriven|publicerad)\s)?av|text",
    "no": r"(?:(?:skrevet|publisert)\s)?av|tekst",
    "nb": r"(?:(?:skrevet|publisert)\s)?av|tekst",
    "nn": r"(?:(?:skrive|publisert)\s)?av|tekst",
    "da": r"(?:(?:skrevet|publiceret|udgivet)\s)?af|tekst",
    "ca": r"(?:(?:escrit|publicat)\s)?per",
    "pl": r"(?:(?:napisane|opublikowane|dodane)\s)?przez|autor|opracowa[łl]a?|napisa[łl]a?",
    "hu": r"írta|szerző|szöveg",
    "ar": r"بقلم|كتب|كتبت|إعداد",
}
# A label of authorship ends in one of these, in any language: *Verfasst von*, *Écrit par*, *執筆者*.
_LABEL = re.compile(
    r"(?:^|\s)(?:by|von|par|por|da|di|door|av|af|przez|author|autore?|autora|auteure?|autor|szerző"
    r"|автор|بواسطة|بقلم)\s*:?\Z|(?:作者|著者|執筆者|筆者|撰文|記者|记者|글|작성자|글쓴이)\s*[:：]?\Z",
    re.IGNORECASE,
)
# What begins a byline in any language: English, and words that a colon parts from the name.
_LED_ANYWHERE = re.compile(
    r"(?:(?:(?:written|reported|words|story|posted|submitted|published|created) )?by\s*:?\s+"
    r"|(?:auth?ore?s?|autora?|autor(?:en|es)?|auteure?s?|redaktion|text[eo]?|автор|текст)\s*[:：]\s*"
    r"|(?:作者|著者|執筆者?|筆者|取材|記者|记者|撰文|撰稿|文|글|기자|작성자|מאת)\s*[:：／/]\s*"
    r"|(?:記者|记者|מאת)\s+"
    r"|(?:an?|eine?|une?|una|uma?|een|en|ett|et)\s(?:guest\s)?"
    r"(?:essay|comment(?:ary)?|analysis|column|report|feature|article|beitrag|gastbeitrag|kommentar"
    r"|bericht|analyse|artikel|reportage|enquête|récit|billet|chronique|artículo|reportaje|análisis"
    r"|crónica|columna|artigo|reportagem|análise|crônica|articolo|commento|analisi|bijdrage|verslag)"
    r"\s(?:by|von|par|por|di|door|av|af)\s+)(?=\S)",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\s*[,;&|/、，；]\s*|\s+(?:and|und|et|y|e|i|og|och|en|и|та|και|ve|with|mit)\s+", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?:)?//|www\.|@\S*\Z", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether *text* is an address or an account, where a name was to be."""
    return _ADDRESS.match(text) is not None


def is_by(label: str) -> bool:
    """Whether *label* says that a name after it is the author's."""
    return _LABEL.search(label) is not None


def without_by(text: str, language: str | None) -> str:
    """*text* without the word for *by* in front, in English and in *language*."""
    led = _LED_ANYWHERE.match(text)
    if led is None and language is not None:
        own = _led(language[:2].lower())
        led = own.match(text) if own is not None else None
    return text[led.end() :] if led is not None else text


@cache
def _led(language: str) -> re.Pattern[str] | None:
    """What begins a byline in *language*; compiled when first asked for."""
    words = _BY.get(language)
    return re.compile(rf"(?:{words})\s*:?\s+(?=\S)", re.IGNORECASE) if words else None


def byline_of(stated: Iterable[str], language: str | None) -> str | None:
    """The byline of the names or bylines in *stated*, each once, or None where none is one."""
    names = [without_by(text, language) for text in stated if not is_address(text)]
    return ", ".join(dict.fromkeys([name for name in names if name])) or None


def names_in(byline: str, language: str | None = None) -> frozenset[str]:
    """The names in a *byline*, folded: how they are joined, and in which order, says nothing."""
    led = without_by(" ".join(byline.split()), language)
    return frozenset([name.casefold() for name in _JOINED.split(led) if name])
