"""Cards: one change as a picture of 1200 × 630 for posts and previews, made without a browser.

A PNG or SVG with its alternative text, set by Typst from data: no text of the article is read as
markup. Fonts are those of the system, so that pictures differ between machines; texts do not.
"""

from __future__ import annotations

import json
import re
import unicodedata
import zlib
from collections.abc import Iterable
from html import escape
from importlib.resources import files
from typing import Literal
from urllib.parse import urlsplit

import attrs

from revtrack.changes.revision import Revision
from revtrack.errors import optional
from revtrack.model import Article, Interval
from revtrack.report.catalogue import language
from revtrack.report.entries import Entry, entries
from revtrack.report.formats import columns
from revtrack.report.marks import (
    Mark,
    Quoted,
    Run,
    escape_controls_strictly,
    is_replacement,
    opening,
    sides,
    single_line,
)
from revtrack.report.nouns import capital, when

__all__ = ["FORMS", "Card", "cards"]

FORMS: tuple[Literal["png"], Literal["svg"]] = ("png", "svg")

MOST_COLUMNS = 640
"""Columns of text on a card; a wide character takes two (range 400 to 1,200). More is too small to read
on a telephone."""

_FONTS = ("Noto Sans", "DejaVu Sans", "Libertinus Serif")
_CJK = {"ja": "JP", "ko": "KR", "zh-tw": "TC", "zh-hant": "TC", "zh-hk": "HK"}
"""The variant of Noto Sans CJK per language; any other language uses the one for mainland China."""

_SPACES = re.compile(r"\s+")
_LONG_WORD = re.compile("[!-\u2e7f]{24}(?=[!-\u2e7f])")
"""The characters of a word that are kept on one line (a line in the largest size); not for scripts that
break between any two characters."""
_TAG = re.compile(r"[a-z]{2,3}")
_STRONG = frozenset({"L", "R", "AL"})
_PNG_HEAD = 33
"""Bytes of a PNG before its second chunk."""

Paragraphs = list[list[Run]]


@attrs.frozen
class Card:
    """A picture, as a file of PNG or SVG, and its alternative text, which is in the file too."""

    picture: bytes
    text: str


def cards(
    revision: Revision,
    *,
    change: int | None = None,
    form: Literal["png", "svg"] = "png",
    thread: bool = False,
) -> tuple[Card, ...]:
    """The card of change number *change* of *revision*; without a number, of the most important change.

    Long text is abridged; a *thread* has the whole text, on several numbered cards. Raises
    `ValueError` where there is no such change, and `MissingExtraError` without the extra ``card``.
    """
    found = entries(revision)
    if change is None:
        found = tuple(sorted(found, key=lambda one: one.rank))
    else:
        found = tuple([one for one in found if 0 <= change - one.first < len(one.changes)])
    if not found:
        there = f"the revision has {len(revision.changes)}"
        raise ValueError(
            f"no change {change}: {there}" if change is not None else "no change to show on a card"
        )
    entry = found[0]
    parts = _parts(entry.whole if thread else entry.quoted)
    if not thread and len(parts) > 1:
        parts = parts[:1]
        parts[0][-1].append(Run(Mark.KEPT, "…"))
    return tuple([_card(revision, entry, one, form, (n, len(parts))) for n, one in enumerate(parts, 1)])


# ------------------------------------------------------------------------------------- the words


def _parts(quotations: Iterable[Quoted]) -> list[Paragraphs]:
    """The paragraphs of each card."""
    parts: list[Paragraphs] = [[]]
    left = MOST_COLUMNS
    for one in quotations:
        parts[-1].append([Run(Mark.KEPT, f"{single_line(one.label)}: ")] if one.label else [])
        for n, run in enumerate(one.runs):
            if n and is_replacement(one.runs):
                parts[-1].append([])
            text = _SPACES.sub(" ", escape_controls_strictly(run.text))
            while columns(text) > left:
                head = _head(text, left)
                parts[-1][-1].append(attrs.evolve(run, text=head))
                text = text[len(head) :]
                parts.append([[]])
                left = MOST_COLUMNS
            parts[-1][-1].append(attrs.evolve(run, text=text))
            left -= columns(text)
    return parts


def _head(text: str, room: int) -> str:
    """The beginning of *text* that fits into *room* columns, cut between words where it has spaces."""
    end = 0
    for character in text:
        room -= columns(character)
        if room < 0:
            break
        end += 1
    return text[: text.rfind(" ", 0, end) + 1 or end]


def _side(paragraphs: Paragraphs, other: Mark) -> str:
    """One side of *paragraphs*: all but what is on the *other* side only."""
    side = ["".join([run.text for run in one if run.mark is not other]) for one in paragraphs]
    return " ".join(side).strip()


# ----------------------------------------------------------------------------------- the picture


def _card(
    revision: Revision, entry: Entry, paragraphs: Paragraphs, form: str, number: tuple[int, int]
) -> Card:
    article = revision.new
    when_made = when(revision.interval) if revision.interval != Interval() else ""
    old, new = _side(paragraphs, Mark.INSERTED), _side(paragraphs, Mark.DELETED)
    about = {
        "place": single_line(_place(article)),
        "when": capital(when_made),
        "headline": opening(single_line(article.headline or "")),
        "observed": entry.observed,
        "state": capital(entry.disclosure) or ", ".join(entry.facts),
        "number": "{} / {}".format(*number) if number[1] > 1 else "revtrack",
    }
    context = ", ".join([one for one in (about["place"], when_made, about["headline"]) if one])
    words = capital(sides(old, new)) if old != new else f"“{new}”"
    text = f"{entry.sentence} {words}. ({context})"
    text = f"{about['number']}: {text}" if number[1] > 1 else text
    data = (
        about
        | _script(article.language or "", old + new)
        | {
            "paragraphs": [
                [
                    {"mark": run.mark.value, "text": _LONG_WORD.sub("\\g<0>\u200b", run.text)}
                    for run in one
                ]
                for one in paragraphs
            ],
            "alert": entry.undisclosed,
            "reader": language(),
        }
    )
    typst = optional("typst", extra="card", purpose="a card")
    template = (files("revtrack.report") / "templates" / "card.typ").read_bytes()
    compiled = typst.compile(template, format=form, ppi=72, sys_inputs={"card": json.dumps(data)})
    with_description = _with_description_png if form == "png" else _with_description_svg
    return Card(with_description(compiled[0] if isinstance(compiled, list) else compiled, text), text)


def _script(tag: str, words: str) -> dict[str, object]:
    """The typesetting of *words* in the language *tag*: language rules, direction and fonts."""
    tag = tag.lower().replace("_", "-")
    subtag = tag.partition("-")[0]
    variant = _CJK.get(tag) or _CJK.get(subtag, "SC")
    directions = (one for one in map(unicodedata.bidirectional, words) if one in _STRONG)
    return {
        "language": subtag if _TAG.fullmatch(subtag) else "en",
        "rtl": next(directions, "L") != "L",
        "fonts": [*_FONTS, f"Noto Sans CJK {variant}"],
    }


def _place(article: Article) -> str:
    """The host of the article, else its publisher."""
    try:
        host = urlsplit(article.canonical_url or article.url or "").hostname or ""
    except ValueError:
        host = ""
    return host.removeprefix("www.") or article.publisher or ""


def _with_description_png(picture: bytes, text: str) -> bytes:
    """*picture* with *text* as its description (PNG, iTXt)."""
    chunk = b"iTXtDescription\0\0\0\0\0" + text.encode()
    sized = (len(chunk) - 4).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")
    return picture[:_PNG_HEAD] + sized + picture[_PNG_HEAD:]


def _with_description_svg(picture: bytes, text: str) -> bytes:
    """*picture*, its size in pixels, with *text* as its title, which screen readers read."""
    head, _, rest = picture.partition(b">")
    title = f"<title>{escape(text)}</title>"
    return head.replace(b'pt"', b'"') + b' role="img">' + title.encode() + rest
