"""What publishers vary in the addresses of one article: hosts, AMP and index forms, visit counters."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum

import attrs

from revtrack.errors import AddressError
from revtrack.urls.parts import Parts, query_pairs, read_parts

__all__ = ["KEY_RULES", "Reason", "is_tracker", "site_of", "unwrapped"]

# Parameters that say how a reader came, by the documentation of those who set them. A name that may
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
_WWW = re.compile(r"www\d{0,2}")
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
_INDEX = re.compile(r"(.*/)(?:index\.(?:html?|php|aspx?|jsp)|default\.aspx?)", re.IGNORECASE)


class Reason(Enum):
    """What differs between two addresses of one article; the order is that of an address."""

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
    """Whether a parameter as written (`utm_source=feed`) only says how a reader came."""
    name = pair.partition("=")[0].lower()
    return name in _TRACKERS or name.startswith(_TRACKER_STARTS)


def unwrapped(parts: Parts) -> Parts | None:
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
    for name in _VARIANT_LABELS:
        host = _without_label(host, name)
    return host


def _without_label(host: str, names: re.Pattern[str]) -> str:
    """The host without its first label of *names*, unless a registry's suffix would be left."""
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


_WWW_LABEL, _MOBILE_LABEL, _AMP_LABEL = _VARIANT_LABELS = (
    _WWW,
    re.compile(r"m|mobile|touch"),
    re.compile(r"amp"),
)


def _https(parts: Parts) -> Parts:
    return attrs.evolve(parts, scheme="https")


def _no_www(parts: Parts) -> Parts:
    return attrs.evolve(parts, host=_without_label(parts.host, _WWW_LABEL))


def _no_mobile(parts: Parts) -> Parts:
    return attrs.evolve(parts, host=_without_label(parts.host, _MOBILE_LABEL))


def _no_amp(parts: Parts) -> Parts:
    path = parts.path
    for form in _AMP_PATHS:
        found = form.fullmatch(path)
        if found:
            path = found["kept"] + (found.groupdict().get("end") or "")
            break
    pairs = [pair for pair in query_pairs(parts.query) if pair.lower() not in _AMP_PARAMETERS]
    host = _without_label(parts.host, _AMP_LABEL)
    return attrs.evolve(parts, host=host, path=path, query="&".join(pairs))


def _no_index(parts: Parts) -> Parts:
    found = _INDEX.fullmatch(parts.path)
    return attrs.evolve(parts, path=found[1]) if found else parts


def _no_slash(parts: Parts) -> Parts:
    return attrs.evolve(parts, path=parts.path.rstrip("/") or "/")


def _in_order(parts: Parts) -> Parts:
    return attrs.evolve(parts, query="&".join(sorted(query_pairs(parts.query))))


KEY_RULES: tuple[tuple[Reason, Callable[[Parts], Parts]], ...] = (
    (Reason.SCHEME, _https),
    (Reason.WWW, _no_www),
    (Reason.MOBILE, _no_mobile),
    (Reason.AMP, _no_amp),
    (Reason.INDEX, _no_index),
    (Reason.TRAILING_SLASH, _no_slash),
    (Reason.QUERY_ORDER, _in_order),
)
"""What is left out of a key, in order: each rule with the reason it gives where it changes
something."""
