"""identify(url) → Address and alike(one, other) → Sameness: which addresses name one article.

Two steps. The safe form (`Address.url`) requests the same page: only its spelling changes, and
parameters that count visits are removed. The key (`Address.key`) is a SURT, with the host reversed so
that keys sort by site, and without what publishers vary for one article: scheme, www, mobile and AMP
variants, trailing slash, index page, order of parameters. Upper and lower case in paths are distinct,
unlike in the keys of CDX servers: there are sites where they name two articles.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

import attrs

from revtrack.errors import AddressError
from revtrack.urls.parts import Parts, query_pairs, read_parts, written

__all__ = ["Address", "Reason", "Sameness", "alike", "identify", "is_tracker", "key_of", "site_of"]


# Tracking parameters, by the documentation of those who set them. A name that may
# also choose the page (`id`, `page`, `ref`, `source`) is not here: to join two articles is worse than
# not to.
_TRACKER_STARTS = ("utm_", "mtm_", "pk_", "matomo_", "hsa_", "oly_", "at_campaign", "at_medium")
_TRACKERS = frozenset(
    """
    __twitter_impression _branch_match_id _ga _gl _hsenc _hsmi _openstat bxid campaign_id cmpid cvid
    dclid ef_id ercid esrc fb_action_ids fb_action_types fb_ref fb_source fbclid ftag gaa_at gaa_n
    gaa_sig gaa_ts gad_source gbraid gclid gclsrc guccounter guce_referrer guce_referrer_sig hctra
    icid igsh igshid intcid ito linkid mc_cid mc_eid mkt_tok msclkid ncid ocid otc rb_clickid
    s_cid s_kwcid share_id smid smtyp soc_src soc_trk spref srsltid taid tt_content tt_medium ttclid
    twclid vero_id wbraid
    wickedid wt.mc_id wt_mc wt_zmc xtor yclid ysclid
    """.split()  # noqa: SIM905 - a list of quoted words is unreadable
)

# Labels under which registries sell names: `amp.co.uk` is a name of its own, not the AMP form of
# `co.uk`.
_REGISTRIES = frozenset(
    ["ac", "co", "com", "edu", "go", "gob", "gov", "gouv", "ltd", "me", "ne", "net", "nom", "or", "org"]
)
_WWW, _MOBILE, _AMP = re.compile(r"www\d{0,2}"), re.compile(r"m|mobile|touch"), re.compile(r"amp")
"""Labels of a host for one form of a site."""
_AMP_CACHE = re.compile(r"/(?:[a-z]/)?(?:s/)?([^/]+\.[^/]+)(/.*)?")
_AMP_VIEWER = re.compile(r"/amp/(s/)?([^/]+\.[^/]+)(/.*)?")
_AMP_PARAMETERS = frozenset(
    ["amp", "amp=1", "amp=true", "amp=y", "outputtype=amp", "output=amp", "view=amp", "mode=amp"]
)
_AMP_PATHS = (
    re.compile(r"(?P<kept>/.*[^/])/amp/?(?:index\.html)?"),
    re.compile(r"(?P<kept>/.*[^/])\.amp(?P<end>\.html?)?/?"),
    re.compile(r"/amp(?P<kept>/.*[^/].*)"),
)
_INDEX = re.compile(r"\A(.*/)(?:index\.(?:html?|php|aspx?|jsp)|default\.aspx?)\Z", re.IGNORECASE)


class Reason(Enum):
    """The differences between two addresses of one article, in the order of the parts of an address."""

    SCHEME = "scheme"
    USERINFO = "user information"
    HOST = "host written otherwise"
    PORT = "default port"
    WWW = "www"
    MOBILE = "mobile variant"
    AMP = "AMP variant"
    PATH = "path written otherwise"
    INDEX = "index page"
    TRAILING_SLASH = "trailing slash"
    TRACKERS = "tracking parameters"
    QUERY_ORDER = "order of parameters"
    QUERY = "query written otherwise"
    FRAGMENT = "fragment"
    REL_CANONICAL = "rel=canonical"


def is_tracker(pair: str) -> bool:
    """Whether a parameter as written (`utm_source=feed`) is only a tracking parameter."""
    name = pair.partition("=")[0].lower()
    return name in _TRACKERS or name.startswith(_TRACKER_STARTS)


def without_amp_cache(parts: Parts) -> Parts | None:
    """The publisher's address inside that of an AMP cache or viewer, None for any other address."""
    if parts.host.endswith(".cdn.ampproject.org"):
        found = _AMP_CACHE.fullmatch(parts.path)
        inner = found and f"https://{found[1]}{found[2] or '/'}"
    elif parts.host.removeprefix("www.").startswith("google."):
        found = _AMP_VIEWER.fullmatch(parts.path)
        inner = found and f"https://{found[2]}{found[3] or '/'}"
    else:
        return None
    if not inner:
        return None
    try:
        return attrs.evolve(read_parts(inner), query=parts.query)
    except AddressError:
        return None


def site_of(host: str) -> str:
    """The host without `www`, mobile and AMP labels."""
    for names in (_WWW, _MOBILE, _AMP):
        host = _without_label(host, names)
    return host


def _without_label(host: str, names: re.Pattern[str]) -> str:
    """The host without its first label of *names*, unless only a registry's suffix would remain."""
    if host.startswith("["):
        return host
    labels = host.split(".")
    # `en.m.example.org` has the label inside; the last two are the name itself
    for position, label in enumerate(labels[:-2]):
        if names.fullmatch(label):
            rest = labels[:position] + labels[position + 1 :]
            if len(rest) > 2 or rest[0] not in _REGISTRIES:
                return ".".join(rest)
    return host


def _without_amp(parts: Parts) -> Parts:
    path = parts.path
    for form in _AMP_PATHS:
        found = form.fullmatch(path)
        if found:
            path = found["kept"] + (found.groupdict().get("end") or "")
            break
    pairs = [pair for pair in query_pairs(parts.query) if pair.lower() not in _AMP_PARAMETERS]
    host = _without_label(parts.host, _AMP)
    return attrs.evolve(parts, host=host, path=path, query="&".join(pairs))


KEY_RULES: tuple[tuple[Reason, Callable[[Parts], Parts]], ...] = (
    (Reason.SCHEME, lambda one: attrs.evolve(one, scheme="https")),
    (Reason.WWW, lambda one: attrs.evolve(one, host=_without_label(one.host, _WWW))),
    (Reason.MOBILE, lambda one: attrs.evolve(one, host=_without_label(one.host, _MOBILE))),
    (Reason.AMP, _without_amp),
    (Reason.INDEX, lambda one: attrs.evolve(one, path=_INDEX.sub(r"\1", one.path))),
    (Reason.TRAILING_SLASH, lambda one: attrs.evolve(one, path=one.path.rstrip("/") or "/")),
    (Reason.QUERY_ORDER, lambda one: attrs.evolve(one, query="&".join(sorted(query_pairs(one.query))))),
)
"""The reductions that make a key, in order, each with its reason."""


_USERS = r"(?:u|users?|members?|profiles?|people|authors?|blogs?)"
_USER_FOLDER = re.compile(rf"/(?:{_USERS}/)?[~@][^/]+|/{_USERS}/[^/]+")
_USER_PARAMETER = re.compile(rf"(?:{_USERS}[_-]?(?:id|name)?|uid)=.+", re.IGNORECASE)

_ORDER = {reason: position for position, reason in enumerate(Reason)}


@attrs.frozen
class Address:
    """An address as `given`, its safe form `url`, and the `key` that all forms of it share.

    `reasons` are the differences between `given` and `key`.
    """

    given: str
    url: str
    key: str
    reasons: tuple[Reason, ...] = ()


@attrs.frozen
class Sameness:
    """Two addresses name one article: the `key` they share, and the `reasons` why they look different.

    Without reasons their spelling is the same.
    """

    key: str
    reasons: tuple[Reason, ...] = ()


def identify(url: str, *, canonical: str | None = None) -> Address:
    """Read an address of an article.

    *canonical* is stated by the page itself (`rel=canonical`). It decides the key where it names an
    article on the same host, `www`, mobile and AMP forms aside. One that names the front page or
    another host is ignored, since that would join unrelated articles: hosts below one domain often
    belong to different users. Raises `AddressError` when *url* is not an `http` or `https` address.
    """
    parts = read_parts(url)
    reasons = set(_rewritten(url, parts))
    remaining = [pair for pair in query_pairs(parts.query) if not is_tracker(pair)]
    if len(remaining) != len(query_pairs(parts.query)):
        reasons.add(Reason.TRACKERS)
    parts = attrs.evolve(parts, query="&".join(remaining))
    reduced, found = _reduced(parts)
    key = _surt(reduced)
    canonical_form = _stated_key(reduced, canonical)
    if canonical_form is not None and canonical_form != key:
        key = canonical_form
        found.append(Reason.REL_CANONICAL)
    return Address(url, written(parts), key, _sorted(reasons | set(found)))


def key_of(url: str, *, canonical: str | None = None) -> str:
    """The key that all addresses of one article share; the text itself if it is not a web address."""
    try:
        return identify(url, canonical=canonical).key
    except AddressError:
        return url.encode("utf-8", "backslashreplace").decode()


def alike(one: str, other: str) -> Sameness | None:
    """Whether two addresses name one article, with the reasons why they look different.

    Texts that are not `http` or `https` addresses are alike when they are equal.
    """
    try:
        first, second = identify(one), identify(other)
    except AddressError:
        return Sameness(one) if one == other else None
    if first.key != second.key:
        return None
    if one == other:
        return Sameness(first.key)
    differing = set(first.reasons) ^ set(second.reasons)
    # Both may be rewritten for one reason and still differ in it (two campaigns of one tracker).
    return Sameness(first.key, _sorted(differing or set(first.reasons)))


def _rewritten(url: str, parts: Parts) -> list[Reason]:
    """The parts in which the given address differs from its normalized form."""
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
    inner = without_amp_cache(parts)
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
        canonical_form, _ = _reduced(read_parts(canonical))
    except AddressError:
        return None
    if canonical_form.path == "/" and not canonical_form.query:
        return None
    if site_of(reduced.host) != site_of(canonical_form.host) or _user(reduced) != _user(canonical_form):
        return None  # another host, folder or parameter of one site may belong to another user
    return _surt(canonical_form)


def _user(parts: Parts) -> tuple[str, ...]:
    """The user of a site that an address names, by a folder or by parameters written as such."""
    folder = _USER_FOLDER.match(parts.path)
    parameters = [pair for pair in query_pairs(parts.query) if _USER_PARAMETER.fullmatch(pair)]
    return (folder[0] if folder else "", *sorted(parameters))


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
