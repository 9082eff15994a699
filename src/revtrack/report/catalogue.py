"""The language of a report: its messages, numbers and dates.

Messages are English in the code; those of other languages are in `languages/*.po`, the files of
gettext, which Babel reads. It writes numbers and days too. The language is that of the reader, not of
the article, and holds for a context: `in_language`.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from importlib.resources import files
from io import BytesIO

from revtrack.errors import optional

__all__ = ["LANGUAGES", "N_", "day", "in_language", "language", "numeral", "tr", "tr_many"]

LANGUAGES = ("en", "de", "es", "fr")
"""The languages that reports are there in."""

_chosen: ContextVar[str] = ContextVar("the language of reports", default="en")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@contextmanager
def in_language(tag: str) -> Iterator[None]:
    """Write reports in the language *tag* (``de``; ``de-AT`` too) within the context.

    Raises `ValueError` for a language that reports are not there in, and `MissingExtraError` for one
    other than English without the extra ``report``.
    """
    chosen = tag.lower().replace("_", "-").partition("-")[0]
    if chosen not in LANGUAGES:
        raise ValueError(f"no reports in the language {tag!r}: choose one of {', '.join(LANGUAGES)}")
    if chosen != "en":
        _messages(chosen)
    before = _chosen.set(chosen)
    try:
        yield
    finally:
        _chosen.reset(before)


def language() -> str:
    """The language that reports are written in."""
    return _chosen.get()


@cache
def _messages(tag: str) -> gettext.NullTranslations:
    purpose = "a report in another language than English"
    reading = optional("babel.messages.pofile", extra="report", purpose=purpose)
    writing = optional("babel.messages.mofile", extra="report", purpose=purpose)
    compiled = BytesIO()
    with (files("revtrack.report") / "languages" / f"{tag}.po").open("rb") as source:
        writing.write_mo(compiled, reading.read_po(source, locale=tag))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def N_(message: str) -> str:  # noqa: N802 - its name in all programs that use gettext
    """*message*, which is translated where it is used."""
    return message


def tr(message: str, /, **values: object) -> str:
    """*message* in the language of the report, with *values* in its places."""
    chosen = _chosen.get()
    said = message if chosen == "en" else _messages(chosen).gettext(message)
    return said.format(**values) if values else said


def tr_many(number: int, one: str, many: str, /, **values: object) -> str:
    """The message for this *number*, which is one of its values."""
    chosen = _chosen.get()
    english = one if number == 1 else many
    said = english if chosen == "en" else _messages(chosen).ngettext(one, many, number)
    return said.format(number=numeral(number), **values)


def numeral(number: int) -> str:
    """*number* in figures."""
    if (chosen := _chosen.get()) == "en":
        return f"{number:,}"
    numbers = optional("babel.numbers", extra="report", purpose="a number")
    return str(numbers.format_decimal(number, locale=chosen))


def day(value: date) -> str:
    """*value* in words: ``5 January 2024``."""
    if (chosen := _chosen.get()) == "en":
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    dates = optional("babel.dates", extra="report", purpose="a date")
    return str(dates.format_date(value, "long", locale=chosen))
