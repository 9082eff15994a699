"""Drafting: the notice that a revision would need, proposed in plain English for an editor to finish.

Each substantive change that no notice explains gets one sentence or two in the manner of newsrooms:
what stood there, and what stands there now. Why it changed, and which of the two is right, only the
newsroom knows: a draft takes the new form for right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Protocol
from zlib import crc32

import attrs

from revtrack import text as texts
from revtrack.labels import Nature
from revtrack.model import Article

__all__ = ["Changed", "Draft", "Revised", "draft"]

QUOTED_WORDS = 40
"""From how many words on a quotation is cut, with an ellipsis (range 15 to 60)."""

ONE_FACT_WORDS = 8
"""Up to how many words that differ are one fact that was misstated; more are quoted as what was said
(range 4 to 12)."""

_MISSTATED = {
    Nature.NUMBER: "misstated a number",
    Nature.AMOUNT: "misstated an amount",
    Nature.PERCENTAGE: "misstated a percentage",
    Nature.DATE: "misstated a date",
    Nature.NAME: "misstated a name",
    Nature.PLACE: "misstated a place",
    Nature.QUOTE: "misquoted a statement",
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_EARLIER = "An earlier version of this article"
_CORRECTION, _UPDATE = "Correction", "Update"

_NOT_WORDS = re.compile(r"[\W_]+")
_EDGES = " \t\n.,;:!?“”\"‘’'«»„…"
_INNER_QUOTES = str.maketrans({"“": "‘", "”": "’", "„": "‘", "«": "‘", "»": "’", '"': "’"})

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
"""What would end a script element, or a line of a script, inside JSON: written as its number."""


class Changed(Protocol):
    """What a draft asks of a change."""

    @property
    def old(self) -> str | None:
        """The text on the old side, as a reader sees it."""

    @property
    def new(self) -> str | None:
        """The text on the new side."""

    @property
    def nature(self) -> Nature:
        """What kind of difference it is."""


class Revised(Protocol):
    """What a draft asks of a revision; `revtrack.Revision` is one."""

    @property
    def new(self) -> Article:
        """The article as it stands now."""

    @property
    def undisclosed(self) -> Sequence[Changed]:
        """The substantive changes that no notice explains."""

    @property
    def headline(self) -> Changed | None:
        """The change of the headline."""

    @property
    def metadata(self) -> Sequence[Changed]:
        """The changes of the metadata; the byline is the one of substance."""

    @property
    def media(self) -> Sequence[Changed]:
        """The changes of media; a caption is the one of substance."""

    @property
    def notices(self) -> Sequence[Changed]:
        """The notices that came or went."""


@attrs.frozen
class Draft:
    """The proposed notices of one revision, in the order of its changes.

    `entries` are the notices, each a paragraph; `url` and `headline` are those of the article, `dated`
    the day that the caller gave.
    """

    entries: tuple[str, ...]
    headline: str | None = None
    url: str | None = None
    dated: date | None = None

    @property
    def text(self) -> str:
        """The notices as plain text, a blank line between them."""
        return "\n\n".join(self.entries)

    @property
    def json_ld(self) -> str:
        """The notices as schema.org `CorrectionComment`, ready for a script element of the page.

        The `@id` of each follows from its text, so that it stays the same when others are added.
        `<`, `>` and `&` are written as numbers, so no text of the article can end the element.
        """
        page = (self.url or "").partition("#")[0]
        work = {"correctedWork": {"@id": self.url}} if self.url else {}
        comments = [
            {
                "@type": "CorrectionComment",
                "@id": f"{page}#correction-{crc32(entry.encode('utf-8', 'surrogatepass')):08x}",
                "text": entry,
                **work,
                **self._when(),
            }
            for entry in self.entries
        ]
        about = {"@id": self.url, "headline": self.headline, "url": self.url}
        value = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            **{name: said for name, said in about.items() if said},
            "correction": comments,
        }
        written = json.dumps(value, ensure_ascii=False, indent=2)
        for character, number in _UNSAFE.items():
            written = written.replace(character, number)
        return written

    def _when(self) -> dict[str, str]:
        return {"datePublished": self.dated.isoformat()} if self.dated else {}


def draft(revision: Revised, *, dated: date | None = None) -> Draft | None:
    """Propose the notices that *revision* would need; None where nothing is undisclosed.

    *dated* is the day to put on them; without it they bear none. A notice that was taken away is put
    back as it was. The sentences are English whatever the article's language.
    """
    headline = revision.headline
    metadata, media, notices = (
        {id(change) for change in group}
        for group in (revision.metadata, revision.media, revision.notices)
    )
    entries = []
    for change in revision.undisclosed:
        if id(change) in notices:
            entries.append(change.old or "")
        elif change is headline:
            entries.append(_labelled(_CORRECTION, _read("the headline", change), dated))
        elif id(change) in metadata:
            entries.append(_labelled(_CORRECTION, _read("the byline", change), dated))
        elif id(change) in media:
            entries.append(_labelled(_CORRECTION, _read("a caption", change), dated))
        elif change.old is None:
            added = f"This article was updated to add {_quoted(change.new)}."
            entries.append(_labelled(_UPDATE, added, dated))
        else:
            entries.append(_labelled(_CORRECTION, _corrected(change), dated))
    if not entries:
        return None
    article = revision.new
    return Draft(
        tuple(entries), headline=article.headline, url=article.canonical_url or article.url, dated=dated
    )


def _labelled(label: str, words: str, dated: date | None) -> str:
    if dated is None:
        return f"{label}: {words}"
    return f"{label}, {dated.day} {_MONTHS[dated.month - 1]} {dated.year}: {words}"


def _read(part: str, change: Changed) -> str:
    """A headline, byline or caption is short: it is quoted whole."""
    if not change.old or not change.new:
        went = change.new is None
        verb = "removed" if went else "added"
        return f"This article was changed: {part} {_quoted(change.old or change.new)} was {verb}."
    return (
        f"An earlier version of {part} read {_quoted(change.old)}; "
        f"it should have read {_quoted(change.new)}."
    )


def _corrected(change: Changed) -> str:
    if change.new is None:
        return f"{_EARLIER} said {_quoted(change.old)}. That has been removed."
    said, says = differing(change.old or "", change.new)
    misstated = _MISSTATED.get(change.nature)
    if misstated and max(len(said.split()), len(says.split())) <= ONE_FACT_WORDS:
        return f"{_EARLIER} {misstated}. It is {_quoted(says)}, not {_quoted(said)}."
    return f"{_EARLIER} said {_quoted(said)}. It should have said {_quoted(says)}."


def differing(old: str, new: str) -> tuple[str, str]:
    """The stretches of two wordings that differ, with as many words beside them as it takes.

    Neither stretch is empty, a lone number has a neighbour, and the wrong words do not stand in the new
    wording nor the right ones in the old, so that a reader can tell what went from what came.
    """
    olds, news = old.split(), new.split()
    start = 0
    while start < min(len(olds), len(news)) and _plain(olds[start]) == _plain(news[start]):
        start += 1
    stop = 0
    while stop < min(len(olds), len(news)) - start and _plain(olds[-1 - stop]) == _plain(
        news[-1 - stop]
    ):
        stop += 1
    if start and olds[start - 1][-1].isdigit() and " ".join(olds[start:])[:1].isalpha():
        start -= 1  # *million* gave way to *billion*: a unit is told with its number
    for step in range(QUOTED_WORDS):
        said = " ".join(olds[start : len(olds) - stop])
        says = " ".join(news[start : len(news) - stop])
        if (start == 0 and stop == 0) or _tells(said, says, old, new):
            break
        if (step % 2 == 0 and stop and not says.endswith(",")) or not start:
            stop -= 1
        else:
            start -= 1
    return said, says


def _tells(said: str, says: str, old: str, new: str) -> bool:
    wrong, right = _plain(said), _plain(says)
    if not wrong or not right or wrong.isdigit() or right.isdigit():
        return False
    return f" {wrong} " not in f" {_plain(new)} " and f" {right} " not in f" {_plain(old)} "


def _plain(words: str) -> str:
    return _NOT_WORDS.sub(" ", texts.fold(words)).strip().casefold()


def _quoted(words: str | None) -> str:
    """In quotation marks, with those inside made single, cut where it is long."""
    kept = (words or "").split()
    cut = len(kept) > QUOTED_WORDS
    shown = " ".join(kept[:QUOTED_WORDS]).strip(_EDGES).translate(_INNER_QUOTES)
    return f"“{shown} …”" if cut else f"“{shown}”"
