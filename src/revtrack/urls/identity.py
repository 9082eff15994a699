"""identify(url) → Address and alike(one, other) → Sameness: which addresses name one article.

Two steps. The safe form (`Address.url`) asks for the same page: only the way it is written changes, and
parameters that count visits go. The key (`Address.key`) is a SURT, the host turned round so that keys
sort by site, and leaves out what publishers vary for one article: scheme, www, mobile and AMP variants,
trailing slash, index page, order of parameters. Upper and lower case in paths stay apart, unlike in the
keys of CDX servers: there are sites where they name two articles.
"""

from __future__ import annotations

import re

import attrs

from revtrack.errors import AddressError
from revtrack.urls.parts import Parts, query_pairs, read_parts, written
from revtrack.urls.variants import KEY_RULES, Reason, is_tracker, site_of, unwrapped

__all__ = ["Address", "Reason", "Sameness", "alike", "identify"]

_USER = re.compile(
    r"/(?:(?:u|users?|members?|profiles?)/)?[~@][^/]+|/(?:u|users?|members?|profiles?)/[^/]+"
)

_ORDER = {reason: position for position, reason in enumerate(Reason)}


@attrs.frozen
class Address:
    """An address as `given`, its safe form `url`, and the `key` that all forms of it share.

    `reasons` are what was left out or rewritten between `given` and `key`.
    """

    given: str
    url: str
    key: str
    reasons: tuple[Reason, ...] = ()


@attrs.frozen
class Sameness:
    """Two addresses name one article: the `key` they share, and the `reasons` why they look different.

    Without reasons the two are written alike.
    """

    key: str
    reasons: tuple[Reason, ...] = ()


def identify(url: str, *, canonical: str | None = None) -> Address:
    """Read an address of an article.

    *canonical* is what the page itself states (`rel=canonical`). It decides the key where it names
    an article on the same host, `www`, mobile and AMP forms aside; one that names the front page or
    another host is not believed, since that would join articles that have nothing in common: hosts
    below one domain are those of its users as often as not. Raises `AddressError` when
    *url* is no `http` or `https` address.
    """
    parts = read_parts(url)
    reasons = set(_rewritten(url, parts))
    kept = [pair for pair in query_pairs(parts.query) if not is_tracker(pair)]
    if len(kept) != len(query_pairs(parts.query)):
        reasons.add(Reason.TRACKERS)
    parts = attrs.evolve(parts, query="&".join(kept))
    reduced, found = _reduced(parts)
    key = _surt(reduced)
    stated = _stated_key(reduced, canonical)
    if stated is not None and stated != key:
        key = stated
        found.append(Reason.REL_CANONICAL)
    return Address(url, written(parts), key, _sorted(reasons | set(found)))


def alike(one: str, other: str) -> Sameness | None:
    """Whether two addresses name one article, with the reasons why they look different.

    Texts that are no `http` or `https` addresses are alike when they are equal.
    """
    if one == other:
        try:
            return Sameness(identify(one).key)
        except AddressError:
            return Sameness(one)
    try:
        first, second = identify(one), identify(other)
    except AddressError:
        return None
    if first.key != second.key:
        return None
    differing = set(first.reasons) ^ set(second.reasons)
    # Both may be rewritten for one reason and differ in it all the same (two campaigns of one tracker).
    return Sameness(first.key, _sorted(differing or set(first.reasons)))


def _rewritten(url: str, parts: Parts) -> list[Reason]:
    """Where the address as given differs from its one written form, part by part."""
    reasons = []
    if parts.userinfo:
        reasons.append(Reason.USERINFO)
    if parts.fragment:
        reasons.append(Reason.FRAGMENT)
    found = re.match(r"[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#]*)([^?#]*)(?:\?([^#]*))?", url)
    if found is None:
        return [*reasons, Reason.HOST]
    host, colon, _ = found[1].partition(":") if not found[1].startswith("[") else (found[1], "", "")
    if host not in (parts.host, f"{parts.host}:{parts.port}"):
        reasons.append(Reason.HOST)
    if colon and parts.port is None:
        reasons.append(Reason.PORT)
    if (found[2] or "/") != parts.path:
        reasons.append(Reason.PATH)
    if (found[3] or "") != parts.query:
        reasons.append(Reason.QUERY)
    return reasons


def _reduced(parts: Parts) -> tuple[Parts, list[Reason]]:
    reasons = []
    inner = unwrapped(parts)
    if inner is not None:
        parts = inner
        reasons.append(Reason.AMP)
    for reason, rule in KEY_RULES:
        changed = rule(parts)
        if changed != parts:
            parts = changed
            reasons.append(reason)
    return parts, reasons


def _stated_key(reduced: Parts, canonical: str | None) -> str | None:
    if canonical is None:
        return None
    try:
        stated, _ = _reduced(read_parts(canonical))
    except AddressError:
        return None
    if stated.path == "/" and not stated.query:
        return None
    if site_of(reduced.host) != site_of(stated.host) or _user(reduced) != _user(stated):
        return None  # another host of one domain may be another user's, and so may another folder
    return _surt(stated)


def _user(parts: Parts) -> str | None:
    """The user of a site whose folder the path lies in, where it is written as such."""
    found = _USER.match(parts.path)
    return found[0] if found else None


def _surt(parts: Parts) -> str:
    """The Sort-friendly URI Reordering Transform of web archives, without scheme."""
    host = parts.host
    if not host.startswith("[") and not host.replace(".", "").isdigit():
        host = ",".join(reversed(host.split(".")))
    port = "" if parts.port is None else f":{parts.port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}){parts.path}{query}"


def _sorted(reasons: set[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=_ORDER.__getitem__))
