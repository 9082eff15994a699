"""An address split into its parts and written in one form that asks for the same page.

Splitting follows the WHATWG URL Standard for `http` and `https` (white space at the ends, tabs, back
slashes, any number of slashes), escapes follow RFC 3986 section 6.2.2: letters that need no escape are
written plainly, hexadecimal digits in upper case, dot segments are taken out.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

import attrs

from revtrack.errors import AddressError
from revtrack.urls.hosts import read_host

__all__ = ["Parts", "joined", "query_pairs", "read_parts", "written"]

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LONGEST = 65_536
"""The most characters of an address; servers refuse far shorter ones."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ENDS = "".join(map(chr, range(0x21)))
_IGNORED = str.maketrans("", "", "\t\n\r")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_MUST_ESCAPE_IN_PATH = re.compile(rb"[\x00-\x20\x7f-\xff\"#<>?^`{}]")
_MUST_ESCAPE_IN_QUERY = re.compile(rb"[\x00-\x20\x7f-\xff\"#<>']")


@attrs.frozen
class Parts:
    """An address in parts, each in its one written form; `port` is None where it is the scheme's own.

    `userinfo` and `fragment` say only that there was one: neither tells which page is asked for.
    """

    scheme: str
    host: str
    port: int | None
    path: str
    query: str
    userinfo: bool
    fragment: bool


def read_parts(url: str) -> Parts:
    """Read an absolute `http` or `https` address. Raises `AddressError` for any other text."""
    if not isinstance(url, str):
        raise TypeError(f"url must be str, not {type(url).__name__}")
    if len(url) > _LONGEST:
        raise AddressError("it is too long", url=url)
    text = url.strip(_ENDS).translate(_IGNORED)
    found = _SCHEME.match(text)
    scheme = found[1].lower() if found else ""
    if found is None or scheme not in _DEFAULT_PORTS:
        raise AddressError("it does not begin with http:// or https://", url=url)
    rest, has_fragment, _ = text[found.end() :].partition("#")
    rest, _, query = rest.partition("?")
    rest = rest.replace("\\", "/").lstrip("/")
    authority, slash, path = rest.partition("/")
    userinfo, at, place = authority.rpartition("@")
    try:
        host, port = _split_port(place)
        return Parts(
            scheme=scheme,
            host=read_host(host),
            port=None if port == _DEFAULT_PORTS[scheme] else port,
            path=_path(slash + path),
            query=_escaped(query, _MUST_ESCAPE_IN_QUERY),
            userinfo=bool(at and userinfo),
            fragment=bool(has_fragment),
        )
    except ValueError as error:
        raise AddressError(str(error), url=url) from error


def joined(base: str, reference: str) -> str:
    """Where *reference* leads on the page at *base*.

    Raises `AddressError` for one that no address can be made of, such as ``http://[press``: dead links
    of the old web bear brackets, and `urljoin` takes them for a broken IPv6 address.
    """
    try:
        return urljoin(base, reference)
    except ValueError as error:
        raise AddressError(str(error), url=reference) from error


def _split_port(place: str) -> tuple[str, int | None]:
    host, colon, digits = place.rpartition(":")
    if not colon or (place.startswith("[") and place.endswith("]")):
        return place, None
    if not digits:
        return host, None
    if not (digits.isascii() and digits.isdigit()) or int(digits[-6:]) > 65_535 or len(digits) > 6:
        raise ValueError(f"its port {digits[:8]!r} is no port")
    return host, int(digits)


def _escaped(text: str, needs: re.Pattern[bytes]) -> str:
    """One written form of escapes; a stray `%` is written as what it means, an escaped `%`."""

    def plain(found: re.Match[bytes]) -> bytes:
        if found[1] is None:
            return b"%25"
        byte = int(found[1], 16)
        return bytes((byte,)) if byte in _UNRESERVED else found[0].upper()

    # a lone surrogate means nothing; browsers send the replacement character
    encoded = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")
    encoded = _ESCAPE.sub(plain, encoded)
    return needs.sub(lambda found: b"%%%02X" % ord(found[0]), encoded).decode("ascii")


def _path(text: str) -> str:
    """The path with escapes in one form and without `.` and `..`."""
    segments: list[str] = []
    pieces = _escaped(text, _MUST_ESCAPE_IN_PATH).split("/")[1:] or [""]
    for position, piece in enumerate(pieces):
        last = position == len(pieces) - 1
        if piece in (".", ".."):
            if piece == ".." and segments:
                segments.pop()
            if last:
                segments.append("")
        else:
            segments.append(piece)
    return "/" + "/".join(segments)


def query_pairs(query: str) -> tuple[str, ...]:
    """The parameters of a query as they are written, without empty ones."""
    return tuple([pair for pair in query.split("&") if pair])


def written(parts: Parts) -> str:
    """The address of *parts*, without user information and fragment."""
    port = "" if parts.port is None else f":{parts.port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.host}{port}{parts.path}{query}"
