"""Site rules: what a person knows of a site, as data: selectors for text, furniture and notices.

Selectors are CSS, or XPath where they begin with ``/``, ``./`` or ``(``. A file of them is TOML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from os import PathLike
from pathlib import Path
from typing import Any, Self

import attrs
from lxml import etree

from revtrack.errors import SiteRulesError

__all__ = ["SiteRule", "SiteRules", "compiled", "read_rules", "selected"]

_XPATH = ("/", "./", "(")
_XPATHS = "XPath begins with /, ./ or ("
# How much of a selector stands in a message, in characters.
_SHOWN = 100
# What an XPath that ends so selects is no element.
_NO_ELEMENT = re.compile(r"(?:text\(\)|@[\w:*-]+)\s*$")


@lru_cache(maxsize=1_000)
def compiled(selector: str) -> etree.XPath:
    """*selector*, CSS or XPath, ready to be applied. Raises `ValueError` where it is neither."""
    try:
        path = etree.XPath(selector if selector.startswith(_XPATH) else _css(selector))
        found = path(_sample())
    except etree.XPathError as error:
        raise ValueError(f"{_shown(selector)} is no XPath expression ({error})") from error
    if isinstance(found, list | str):
        return path
    raise ValueError(f"{_shown(selector)} selects no elements: it gives a {type(found).__name__}")


@cache
def _sample() -> etree._Element:
    """A page to try selectors on: some mistakes show only where there is an element to look at."""
    return etree.HTML(
        "<html><body><div id=a class=a><h1>a</h1><p><a href=/>a</a><time>a</time><span>a</span>"
        "<ul><li>a<section><article><aside><figure><img><figcaption>a"
    )


def _shown(selector: str) -> str:
    """The selector for a message: of a long one its beginning."""
    return repr(selector if len(selector) <= _SHOWN else f"{selector[:_SHOWN]}…")


def selected(selector: str, root: etree._Element) -> list[etree._Element | str]:
    """The elements or texts that *selector* selects. Raises `SiteRulesError` where that fails."""
    try:
        found = compiled(selector)(root)
    except etree.XPathError as error:
        said = f"{_shown(selector)} cannot be applied to a page: {error}"
        raise SiteRulesError(said, key=selector) from error
    return found if isinstance(found, list) else [str(found)]


def _css(selector: str) -> str:
    from cssselect import HTMLTranslator, SelectorError  # noqa: PLC0415 - few programs have rules

    try:
        return HTMLTranslator().css_to_xpath(selector)
    except (SelectorError, RecursionError) as error:
        raise ValueError(f"{_shown(selector)} is no CSS selector ({error}); {_XPATHS}") from error


def _as_tuple(value: str | Sequence[str]) -> tuple[str, ...]:
    """One text stands for a list of one, as in a file."""
    return (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]  # what else it may be is for the validators


def _selectors(_: object, field: attrs.Attribute[tuple[str, ...]], value: tuple[str, ...]) -> None:
    for selector in _texts(field.name, value):
        try:
            compiled(selector)
        except ValueError as error:
            raise ValueError(f"{field.name}: {error}") from error


def _elements(rule: object, field: attrs.Attribute[tuple[str, ...]], value: tuple[str, ...]) -> None:
    _selectors(rule, field, value)
    for selector in value:
        if selector.startswith(_XPATH) and _NO_ELEMENT.search(selector):
            said = f"{_shown(selector)} selects no elements: name the element around it"
            raise ValueError(f"{field.name}: {said}")


def _days(_: object, field: attrs.Attribute[date | None], value: date | None) -> None:
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        said = f"a day without quotes, such as 2024-03-05, is needed, not {type(value).__name__}"
        raise TypeError(f"{field.name}: {said}")


def _hosts(value: str | Sequence[str]) -> tuple[str, ...]:
    """The hosts in the one form that they are compared in."""
    return tuple([_host(one) for one in _texts("hosts", _as_tuple(value))])


def _host(written: str) -> str:
    from revtrack.urls.parts import read_host  # noqa: PLC0415 - few programs have rules

    if "/" in written:
        raise ValueError(f"hosts: {written!r} is an address; write its host without https:// and path")
    if written.startswith(("*.", ".")):
        bare = written.lstrip("*.")
        raise ValueError(f"hosts: write {bare!r} for {written!r}: the hosts below it are meant too")
    try:
        return read_host(written)
    except ValueError as error:
        hint = "; write it without its port" if ":" in written else ""
        raise ValueError(f"hosts: {written!r} is no host: {error}{hint}") from error


def _texts(name: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, tuple) or not all(isinstance(one, str) for one in value):
        raise TypeError(f"{name}: a text or several in a tuple are needed, not {value!r}")
    return value


@attrs.frozen(kw_only=True)
class SiteRule:
    """How the pages of `hosts` are made, from `valid_from` up to `valid_until`, both days included.

    All other fields are selectors. `container` holds the article's text; `drop` is furniture and `keep`
    is not; `notices` are notices, whatever they say. Of an element in another the inner one's rule
    counts. The first thing that `headline`, `published` and `byline` select says what they are; of
    `byline` all do. A host stands for those below it. One text may stand for a tuple of one. Raises
    `ValueError` for a bad selector or host.
    """

    hosts: tuple[str, ...] = attrs.field(converter=_hosts)
    valid_from: date | None = attrs.field(default=None, validator=_days)
    valid_until: date | None = attrs.field(default=None, validator=_days)
    container: tuple[str, ...] = attrs.field(default=(), converter=_as_tuple, validator=_elements)
    drop: tuple[str, ...] = attrs.field(default=(), converter=_as_tuple, validator=_elements)
    keep: tuple[str, ...] = attrs.field(default=(), converter=_as_tuple, validator=_elements)
    headline: tuple[str, ...] = attrs.field(default=(), converter=_as_tuple, validator=_selectors)
    byline: tuple[str, ...] = attrs.field(default=(), converter=_as_tuple, validator=_selectors)
    published: tuple[str, ...] = attrs.field(default=(), converter=_as_tuple, validator=_selectors)
    notices: tuple[str, ...] = attrs.field(default=(), converter=_as_tuple, validator=_elements)

    def __attrs_post_init__(self) -> None:
        if not self.hosts:
            raise ValueError("hosts: a rule needs at least one host, such as paper.example")
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("valid_until: it lies before valid_from")

    def nearness(self, host: str) -> int:
        """How much of *host* the nearest host of the rule names, in characters; 0 where none does."""
        return max(
            [len(one) for one in self.hosts if host == one or host.endswith(f".{one}")], default=0
        )

    def is_valid(self, captured_at: datetime | None) -> bool:
        """Whether the rule holds on the day (UTC) of *captured_at*; without a time it does."""
        if captured_at is None:
            return True
        day = captured_at.astimezone(UTC).date()
        return (self.valid_from or day) <= day <= (self.valid_until or day)


@attrs.frozen
class SiteRules:
    """The rules of a file, in order: of those for a page's host and day the first counts.

    A rule for a host goes before one for a host above it.
    """

    rules: tuple[SiteRule, ...] = ()

    @classmethod
    def load(cls, path: str | PathLike[str]) -> Self:
        """Read a TOML file. Raises `SiteRulesError`, which names file and key, where it is wrong."""
        return cls(read_rules(path))

    def for_host(self, host: str) -> tuple[SiteRule, ...]:
        """The rules for *host*, whatever their days, those for the nearest host first."""
        from revtrack.urls.parts import read_host  # noqa: PLC0415 - few programs have rules

        try:
            host = read_host(host)
        except ValueError:
            return ()
        near = [(rule.nearness(host), rule) for rule in self.rules]
        near.sort(key=lambda one: -one[0])
        return tuple([rule for length, rule in near if length])

    def digest(self, host: str) -> str:
        """Twelve hexadecimal digits that change when what a rule says for *host* does.

        It is of the keys that are used and their values, without the hosts: another host beside it, or
        a key that later versions know, changes nothing.
        """
        from hashlib import sha256  # noqa: PLC0415 - loads OpenSSL, which few programs need

        said = []
        for rule in self.for_host(host):
            fields = attrs.asdict(rule, recurse=False)
            used = {name: value for name, value in fields.items() if value and name != "hosts"}
            shown = {name: used[name] if name in _DATES else repr(used[name]) for name in sorted(used)}
            said.append([f"{name}={value}" for name, value in shown.items()])
        return sha256(repr(said).encode()).hexdigest()[:12]


_DATES = ("valid_from", "valid_until")
_LISTS = tuple([field.name for field in attrs.fields(SiteRule) if field.name not in _DATES])


def read_rules(path: str | PathLike[str]) -> tuple[SiteRule, ...]:
    """The rules in the file at *path*, in order. Raises `SiteRulesError`, which names file and key."""
    import tomllib  # noqa: PLC0415 # slow to import, and few programs have rules

    name = str(path)
    try:
        read = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SiteRulesError(f"{name} cannot be read: {reason}", path=name) from error
    except UnicodeDecodeError as error:
        raise SiteRulesError(f"{name} is not UTF-8: save it again as UTF-8 text", path=name) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SiteRulesError(f"{name} is not TOML: {error}", path=name) from error
    sites = read.pop("site", None)
    if read or not isinstance(sites, list):
        raise SiteRulesError(
            f"{name}: rules stand in tables that begin with [[site]], and nothing else does",
            path=name,
            key=next(iter(read), "site"),
        )
    return tuple([_rule(one, f"site {number}", name) for number, one in enumerate(sites, 1)])


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
