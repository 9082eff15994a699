"""Lines of a page's machinery: labels, bylines, datelines, counters and share buttons.

Each is asked of one line of text; the words are in data files, of which a missing language costs
precision and nothing else. Counters change from one hour to
the next, and whoever takes them for text has an edit every hour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from revtrack.extract.elements import size_of
from revtrack.model import Block
from revtrack.notices.phrases import alternation

__all__ = [
    "COUNTER_LONGEST",
    "LABEL_LONGEST",
    "are_counters",
    "begins_byline",
    "byline_of",
    "ends_sentence",
    "finder",
    "is_address",
    "is_by",
    "is_counter",
    "is_dateline",
    "is_label",
    "is_related_label",
    "leads_to_document",
    "names_in",
    "tables",
    "without_by",
    "without_counter",
    "words",
]


@cache
def tables(name: str) -> dict[str, Any]:
    """The tables of the data file called *name*; read when first asked for."""
    import tomllib  # noqa: PLC0415 # slow to import, and needed once

    return tomllib.loads(files("revtrack.extract").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, table: str) -> frozenset[str]:
    """The words of one *table* of a file, of all languages."""
    return frozenset([word for of_language in tables(name)[table].values() for word in of_language])


@cache
def finder(name: str, table: str) -> re.Pattern[str]:
    """What finds the words of one *table* of a file in a folded text, in one pass."""
    return re.compile(alternation(words(name, table), (), ends=("", "")))


LABEL_LONGEST = 60
"""The longest label, in characters (range 20 to 80)."""
COUNTER_LONGEST = 100
"""The longest counter, in characters (range 40 to 150): the names of eight networks have 70."""

_EDGE = " \t:.…|•*-–—>»›+()[]!"
_BY_END = (" by", " von", " par", " por", " di", " door", " av", " af")
# A clock, a year or a relative time.
_TIME = re.compile(
    r"\d{1,2}[:.h]\d{2}\b|\b(?:19|20)\d{2}\b"
    r"|\b\d+ (?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?) (?:ago|read)\b"
    r"|\b(?:vor|il y a|hace|há|fa) \d+|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d{1,2}月\d{1,2}日"
    r"|^\d{1,2}\.? [^\W\d]{3,12}$"
)
_READING = re.compile(r"min read|^lesezeit|reading time")
# What is no word: signs and what joins letters, or the counter of a slide show.
_NO_WORDS = re.compile(r"[^\w]*|\d{1,4}\s?(?:/|of|von|de|di|sur|из|／)\s?\d{1,4}")
# What a template has for words to be filled in: *%d bloggers like this*, *%1$s*.
_UNFILLED = re.compile(r"(?<![\w%])%(?:\d\$)?[ds](?!\w)")
# The longest byline or dateline, in characters (range 40 to 150).
_LINE_LONGEST = 100
# The most characters beside its date that a dateline without a byline has (range 30 to 80): a name, a
# place and an office. In the gold sets the longest has 40, the shortest line of text with a year 55.
_BESIDE = 48
_SENTENCE_END = (".", "!", "?", "。", "！", "？", "”", "…", "。」", "؟", "।")

_NUMBER = re.compile(r"\d[\d.,'’]*(?:k|m(?!in)|万|천|만|\s(?:k|m|tsd|mio|тыс|млн)\b\.?)?\+?")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = re.compile(r"[\s|·•:,;/()\[\]+&–—-]+")
# Relative times that are said with a word before the number.
_SINCE = re.compile(
    r"(?:vor|il y a|hace|há|fa|för|for) \d{1,2} (?:"
    r"sekunden?|minuten?|stunden?|tag(?:en)?|wochen?|minutes?|heures?|jours?|semaines?|minutos?|horas?|"
    r"d[ií]as?|semanas?|minutter|timer|dager?|minuter|timmar|dagar"
    r")(?: siden| sedan)?"
)
# The longest place of a picture among others, in characters, and the most parts of what is a fraction.
_PLACE_LONGEST, _PARTS = 24, 4
# Names of networks that mean something else beside a number, too.
_AMBIGUOUS = frozenset(["x", "threads", "copy", "link", "print", "mail"])

_FILES = tuple(
    f".{form}"
    for form in "pdf csv tsv xls xlsx ods doc docx odt ppt pptx odp zip geojson kml shp".split()  # noqa: SIM905 - a list of quoted words is unreadable
)
_ADDRESS = re.compile(r"[^?#]{0,2000}")
# The longest line that is read for its words, in characters (range 40 to 150): labels are short.
_DATASET_LONGEST = 80
# How lines end that advertise a file; documents are named without it.
_EXCLAIMED = ("!", "！")


_JOINED = re.compile(
    r"\s*[,;&|/、，；]\s*|\s+(?:and|und|et|y|e|i|og|och|en|и|та|και|ve|with|mit)\s+", re.IGNORECASE
)
_ACCOUNT = re.compile(r"(?:https?:)?//|www\.|@\S*\Z", re.IGNORECASE)


def is_address(text: str) -> bool:
    """Whether *text* is an address or an account, where a name was to be."""
    return _ACCOUNT.match(text) is not None


def is_by(label: str) -> bool:
    """Whether *label* says that a name after it is the author's."""
    return re.search("|".join(tables("labels")["by"]["label"]), label, re.IGNORECASE) is not None


def without_by(text: str, language: str | None) -> str:
    """*text* without the word for *by* in front: one of any language, or of *language*."""
    for spoken in ("any", (language or "")[:2].lower()):
        form = _led(spoken)
        if form is not None and (led := form.match(text)) is not None:
            return text[led.end() :]
    return text


@cache
def _led(language: str) -> re.Pattern[str] | None:
    """What begins a byline in *language*; compiled when first asked for."""
    words = "|".join(tables("labels")["by"].get(language, ()))
    gap = "" if language == "any" else r"\s*:?\s+"
    return re.compile(rf"(?:{words}){gap}(?=\S)", re.IGNORECASE) if words else None


def byline_of(stated: Iterable[str], language: str | None) -> str | None:
    """The byline of the names or bylines in *stated*, each once, or None where none is one."""
    names = [without_by(text, language) for text in stated if not is_address(text)]
    return ", ".join(dict.fromkeys(filter(None, names))) or None


def names_in(byline: str, language: str | None = None) -> frozenset[str]:
    """The names in a *byline*, folded: how they are joined, and in which order, says nothing."""
    led = without_by(" ".join(byline.split()), language)
    return frozenset([name.casefold() for name in _JOINED.split(led) if name])


@cache
def _places() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """*Image 3 of 12*: the place of a picture among others, alone, before words about it, after them.

    It is `bare` behind a word that nothing parts from it, of four letters or more: *on 3/12* is a date.
    """
    picture, among = (
        f"(?:{'|'.join(sorted(words('labels', table), key=len, reverse=True))})"
        for table in ("picture", "among")
    )
    place = (
        rf"(?P<place>\d{{1,3}})(?:枚目)? ?(?P<of>[/／]|{among}) ?(?P<all>\d{{1,3}})(?:枚|点|张|張|장)?"
    )
    opened, closed, line = r"[(\[（【［]", r"[)\]）】］]", r"[.!?…»”\"|–—-]"
    bare = r"(?P<bare>(?:(?<=[^\W\d_]{4})|(?<=[⺀-\uffff])) )"
    return (
        re.compile(f"{picture} {place}", re.IGNORECASE),
        re.compile(
            rf"{opened}?(?P<named>{picture} ?)?{place}(?!\d)(?:[\s:.：|–—-]|{closed}){{0,5}}"
            r"(?=[^\W\d_])",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?:{line} ?|(?= ?{opened})| (?={picture})|{bare})"
            rf"(?:{opened}| ){{0,2}}(?:{picture} ?)?{place}{closed}?\Z",
            re.IGNORECASE,
        ),
    )


@cache
def _beginning(table: str) -> re.Pattern[str]:
    """How a line of this kind begins; made when first asked for."""
    return re.compile(f"(?:{'|'.join(sorted(words('labels', table)))})")


def is_label(text: str) -> bool:
    """Whether the block is a label of the page's machinery, or holds nothing that can be read."""
    if len(text) > LABEL_LONGEST:
        return False
    if "%" in text and _UNFILLED.search(text):
        return True
    edged = text.casefold().strip(_EDGE)
    return edged in words("labels", "label") or _NO_WORDS.fullmatch(edged) is not None


def is_related_label(text: str) -> bool:
    """Whether the block announces other articles."""
    if len(text) > LABEL_LONGEST:
        return False
    return _beginning("related").match(text.casefold().lstrip(_EDGE)) is not None


def is_dateline(text: str) -> bool:
    """Whether the block is a date, a byline or both, and no sentence."""
    if len(text) > _LINE_LONGEST or text.endswith(_SENTENCE_END):
        return False
    folded = text.casefold()
    if folded.endswith(_BY_END) or _beginning("byline").match(folded):
        return True
    led = without_by(text, None)
    if led != text and all(word[0].isupper() for word in led.split()):  # *An essay by Ann Lee*
        return True
    time = (_DIGIT.search(folded) and _TIME.search(folded)) or _READING.search(folded)
    return time is not None and size_of(text) - size_of(time.group()) <= _BESIDE


def begins_byline(text: str) -> bool:
    """Whether the text begins with the words before a writer's name or a date of publication."""
    return _beginning("byline").match(text.casefold()) is not None


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    return text.endswith(_SENTENCE_END)


def leads_to_document(block: Block) -> bool:
    """Whether a link of *block* leads to a document or a set of data, by its file or words."""
    if not block.links or block.text.endswith(_EXCLAIMED):
        return False
    if len(block.text) <= _DATASET_LONGEST and finder("labels", "dataset").search(
        block.text.casefold()
    ):
        return True
    addresses = [_ADDRESS.match(link.href.lower()) for link in block.links]
    return any(one is not None and one[0].endswith(_FILES) for one in addresses)


def is_counter(text: str) -> bool:
    """Whether the text holds nothing but counts, reading and relative times, and networks."""
    if len(text) > COUNTER_LONGEST:
        return False
    folded = text.casefold().replace("e-mail", "email").strip(" .")
    networks = words("labels", "network")
    if _DIGIT.search(folded) is None:  # nearly all texts
        first = _WORD.search(folded)
        if first is None or first[0] not in networks:
            return False
        held = _split(folded)
        return len(held) > 1 and all(word in networks for word in held)
    if _SINCE.fullmatch(folded) or _places()[0].fullmatch(folded):
        return True
    counted, aside = words("labels", "counted"), words("labels", "aside")
    held = _split(_NUMBER.sub(" ", folded))
    known = [word in counted or (word in networks and word not in _AMBIGUOUS) for word in held]
    return any(known) and all(knows or word in aside for word, knows in zip(held, known, strict=True))


def are_counters(texts: Sequence[str]) -> bool:
    """Whether all of several texts in one element are counters, or names of networks to share in."""
    networks = words("labels", "network")
    held = [_split(text.casefold().replace("e-mail", "email")) for text in texts]
    return all(
        is_counter(text) or (len(text) <= COUNTER_LONGEST and parts and networks.issuperset(parts))
        for text, parts in zip(texts, held, strict=True)
    )


def without_counter(caption: str, *, shows: bool = False) -> str:
    """The words about a picture without its place among others ("1/12", "Bild 3 von 12") at either end.

    A fraction in a sentence stays: what follows a place begins anew, with a capital or without case. In
    what *shows* pictures one by one, *The pier 3 of 9* ends in a place.
    """
    _, before, after = _places()
    found = before.match(caption)
    if found is not None and _is_place(found):
        rest = caption[found.end() :]
        return rest if found["named"] or not rest[0].islower() else caption
    for found in after.finditer(caption, max(0, len(caption) - _PLACE_LONGEST)):
        equal = found["place"] == found["all"]  # *split 50/50*
        signed = found["of"] in "/／"
        fraction = int(found["all"]) <= _PARTS or equal if signed else not shows
        if _is_place(found) and not (found["bare"] and fraction):
            return caption[: found.start() + (caption[found.start()] in '.!?…»”"')].rstrip()
    return caption


def _is_place(found: re.Match[str]) -> bool:
    return 0 < int(found["place"]) <= int(found["all"]) > 1


def _split(text: str) -> list[str]:
    return [word for word in _BETWEEN.split(text) if word]
