"""Site rules: what a person knows of a site, as data: selectors for text, furniture and notices.

A file of rules is TOML, one ``[[site]]`` table a rule. Selectors are CSS, or XPath where they begin
with ``/``, ``./`` or ``(``. A rule holds for its hosts and the hosts below them, in the days that it
names.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import attrs
from lxml import etree

from revtrack.errors import SiteRulesError

__all__ = ["SiteRule", "SiteRules", "compiled"]

_XPATH = ("/", "./", "(")
_LISTS = ("hosts", "container", "drop", "keep", "headline", "byline", "published", "notices")
_DATES = ("valid_from", "valid_until")


@lru_cache(maxsize=1_000)
def compiled(selector: str) -> etree.XPath:
    """*selector*, CSS or XPath, ready to be applied. Raises `ValueError` where it is neither."""
    try:
        path = etree.XPath(selector if selector.startswith(_XPATH) else _css(selector))
        found = path(etree.Element("html"))
    except etree.XPathError as error:
        raise ValueError(f"{selector!r} is no XPath expression ({error})") from error
    if isinstance(found, list | str):
        return path
    raise ValueError(f"{selector!r} selects no elements: it gives a {type(found).__name__}")


def _css(selector: str) -> str:
    from cssselect import HTMLTranslator, SelectorError  # noqa: PLC0415 - few programs have rules

    try:
        return HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        raise ValueError(f"{selector!r} is no CSS selector ({error})") from error


def _selectors(_: object, field: attrs.Attribute[tuple[str, ...]], value: tuple[str, ...]) -> None:
    for selector in value:
        try:
            compiled(selector)
        except ValueError as error:
            raise ValueError(f"{field.name}: {error}") from error


def _selecting() -> Any:
    return attrs.field(factory=tuple, validator=_selectors)


@attrs.frozen(kw_only=True)
class SiteRule:
    """How the pages of `hosts` are made, from `valid_from` up to `valid_until`, both days included.

    All other fields are selectors. `container` holds the article's text; `drop` is furniture and `keep`
    is not; `notices` are notices, whatever they say. The first thing that `headline`, `published` and
    `byline` select says what they are; of `byline` all do. Raises `ValueError` for a bad selector.
    """

    hosts: tuple[str, ...]
    valid_from: date | None = None
    valid_until: date | None = None
    container: tuple[str, ...] = _selecting()
    drop: tuple[str, ...] = _selecting()
    keep: tuple[str, ...] = _selecting()
    headline: tuple[str, ...] = _selecting()
    byline: tuple[str, ...] = _selecting()
    published: tuple[str, ...] = _selecting()
    notices: tuple[str, ...] = _selecting()

    def __attrs_post_init__(self) -> None:
        if not self.hosts:
            raise ValueError("hosts: a rule needs at least one host, such as paper.example")
        if any("/" in host or host != host.strip().lower() for host in self.hosts):
            raise ValueError("hosts: a host is written without https:// and path, in lower case")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until: it lies before valid_from")

    def is_for(self, host: str) -> bool:
        """Whether the rule is for *host* or for one above it."""
        return any(host == one or host.endswith(f".{one}") for one in self.hosts)

    def is_valid(self, captured_at: datetime | None) -> bool:
        """Whether the rule holds on the day (UTC) of *captured_at*; without a time it does."""
        if captured_at is None:
            return True
        day = captured_at.astimezone(UTC).date()
        return (self.valid_from or day) <= day <= (self.valid_until or day)


@attrs.frozen
class SiteRules:
    """The rules of a file, in order: of those for a page's host and day the first counts."""

    rules: tuple[SiteRule, ...] = ()

    @classmethod
    def load(cls, path: str | Path) -> SiteRules:
        """Read a TOML file. Raises `SiteRulesError`, which names file and key, where it is wrong."""
        import tomllib  # noqa: PLC0415 # slow to import, for few programs

        try:
            read = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise SiteRulesError(f"{path} cannot be read: {reason}", path=str(path)) from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SiteRulesError(f"{path} is not TOML: {error}", path=str(path)) from error
        sites = read.pop("site", None)
        if read or not isinstance(sites, list):
            raise SiteRulesError(
                f"{path}: rules stand in tables that begin with [[site]], and nothing else does",
                path=str(path),
                key=next(iter(read), "site"),
            )
        return cls(tuple([_rule(one, f"site {n}", str(path)) for n, one in enumerate(sites, 1)]))

    def for_host(self, host: str) -> tuple[SiteRule, ...]:
        """The rules for *host*, whatever their days."""
        return tuple([rule for rule in self.rules if rule.is_for(host)])

    def digest(self, host: str) -> str:
        """Twelve hexadecimal digits that change when a rule for *host* does."""
        from hashlib import sha256  # noqa: PLC0415 - loads OpenSSL, which few programs need

        return sha256(repr(self.for_host(host)).encode()).hexdigest()[:12]


def _rule(table: Any, place: str, path: str) -> SiteRule:
    if not isinstance(table, dict):
        raise SiteRulesError(f"{path}: {place} is no table", path=path, key=place)
    try:
        return SiteRule(**dict(_fields(table)))
    except (TypeError, ValueError) as error:
        key = str(error).partition(":")[0]
        raise SiteRulesError(f"{path}, {place}: {error}", path=path, key=f"{place}.{key}") from error


def _fields(table: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if key in _DATES:
            if not isinstance(value, date) or isinstance(value, datetime):
                raise ValueError(f"{key}: write a day without quotes, such as 2024-03-05")
            yield key, value
        elif key in _LISTS:
            values = value if isinstance(value, list) else [value]
            if not all(isinstance(one, str) and one.strip() for one in values):
                raise ValueError(f"{key}: write one text in quotes, or a list of them")
            yield key, tuple([one.strip() for one in values])
        else:
            known = ", ".join([*_LISTS, *_DATES])
            raise ValueError(f"{key}: there is no such key; the keys are {known}")
    if "hosts" not in table:
        raise ValueError('hosts: it is missing; write hosts = ["paper.example"]')
