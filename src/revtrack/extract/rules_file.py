"""Files of site rules: TOML, one ``[[site]]`` table a rule."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

from revtrack.errors import SiteRulesError
from revtrack.extract.site_rules import SiteRule

__all__ = ["read_rules"]

_DATES = ("valid_from", "valid_until")
_LISTS = tuple([field.name for field in attrs.fields(SiteRule) if field.name not in _DATES])


def read_rules(path: str | PathLike[str]) -> tuple[SiteRule, ...]:
    """The rules in the file at *path*, in order. Raises `SiteRulesError`, which names file and key."""
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
    rules = tuple([_rule(one, f"site {number}", name) for number, one in enumerate(sites, 1)])
    for number, rule in enumerate(rules):
        _must_count(rule, rules[:number], f"site {number + 1}", name)
    return rules


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


def _must_count(rule: SiteRule, before: Sequence[SiteRule], place: str, path: str) -> None:
    """Raise for a rule that never counts: others before it hold for its hosts on all of its days."""
    hiding = [
        next(
            (
                number
                for number, other in enumerate(before, 1)
                if host in other.hosts and _spans(other, rule)
            ),
            None,
        )
        for host in rule.hosts
    ]
    if None not in hiding:
        raise SiteRulesError(
            f"{path}, {place}: it never counts, because site {hiding[0]} comes first for its hosts and "
            "days: give that one the days in which it holds (valid_from, valid_until), or put them in "
            "one table",
            path=path,
            key=f"{place}.hosts",
        )


def _spans(outer: SiteRule, inner: SiteRule) -> bool:
    """Whether *outer* holds on all days of *inner*."""
    return (outer.valid_from or date.min) <= (inner.valid_from or date.min) and (
        inner.valid_until or date.max
    ) <= (outer.valid_until or date.max)
