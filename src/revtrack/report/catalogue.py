"""The language of a report: its messages, numbers and dates.

Messages are English in the code; those of other languages are in `languages/*.po`, the files of
gettext, which Babel reads. Babel also formats numbers and dates. The language is the reader's, not the
article's, and is set for a context: `in_language`.
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
"""The languages of reports."""

_language: ContextVar[str] = ContextVar("the language of reports", default="en")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@contextmanager
def in_language(tag: str) -> Iterator[None]:
    """Write reports in the language *tag* (``de``; ``de-AT`` too) within the context.

    Raises `ValueError` for a language without a translation, and `MissingExtraError` for any language
    but English without the extra ``report``.
    """
    chosen = tag.lower().replace("_", "-").partition("-")[0]
    if chosen not in LANGUAGES:
        raise ValueError(f"no reports in the language {tag!r}: choose one of {', '.join(LANGUAGES)}")
    if chosen != "en":
        _messages(chosen)
    token = _language.set(chosen)
    try:
        yield
    finally:
        _language.reset(token)


def language() -> str:
    """The language that reports are written in."""
    return _language.get()


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
    """Mark *message* for translation; it is translated where it is used."""
    return message


def tr(message: str, /, **values: object) -> str:
    """*message* in the language of the report, its placeholders filled with *values*."""
    chosen = _language.get()
    translated = message if chosen == "en" else _messages(chosen).gettext(message)
    return translated.format(**values) if values else translated


def tr_many(number: int, one: str, many: str, /, **values: object) -> str:
    """The singular or plural message for *number*, which also fills ``{number}``."""
    chosen = _language.get()
    english = one if number == 1 else many
    translated = english if chosen == "en" else _messages(chosen).ngettext(one, many, number)
    return translated.format(number=numeral(number), **values)


def numeral(number: int) -> str:
    """*number* in figures."""
    if (chosen := _language.get()) == "en":
        return f"{number:,}"
    numbers = optional("babel.numbers", extra="report", purpose="a number")
    return str(numbers.format_decimal(number, locale=chosen))


def day(value: date) -> str:
    """*value* in words: ``5 January 2024``."""
    if (chosen := _language.get()) == "en":
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    dates = optional("babel.dates", extra="report", purpose="a date")
    return str(dates.format_date(value, "long", locale=chosen))
