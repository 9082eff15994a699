"""An address split into its parts and normalized without changing the page it requests.

Splitting and hosts follow the WHATWG URL Standard for `http` and `https` (white space at the ends,
tabs, back slashes, any number of slashes; IPv4 in its many spellings), so that the compared or
refused host is the requested host. Names in other scripts are mapped by UTS 46, whose tables are part
of the package `idna` and are the same on every machine. Escapes follow RFC 3986 section 6.2.2.
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from unicodedata import bidirectional
from urllib.parse import unquote_to_bytes, urljoin

import attrs

from revtrack.errors import AddressError

__all__ = ["Parts", "joined", "led_to", "query_pairs", "read_host", "read_parts", "written"]


_FORBIDDEN = re.compile(r"[\x00-\x20\"#%/:<>?@\[\\\]^`{|}\x7f]")
_PUNYCODE = "xn--"
_RIGHT_TO_LEFT = frozenset(["R", "AL", "AN"])
_JOINERS = "\u200c\u200d"
_NUMBER = re.compile(r"0x(?P<hexadecimal>[0-9a-f]*)|0(?P<octal>[0-7]*)|(?P<decimal>[1-9][0-9]*)")
_LONGEST_LABEL = 63
_LONGEST_NAME = 253
# More characters than any host has, with escapes (253 × 12, and a margin).
_LONGEST_WRITTEN = 4_096


def read_host(written: str) -> str:
    """The normalized host: lower case, ASCII, numeric IPv4 addresses; IPv6 in brackets.

    A trailing dot is dropped. Raises `ValueError` with the reason.
    """
    if not written:
        raise ValueError("it has no host")
    if len(written) > _LONGEST_WRITTEN:
        raise ValueError("its host is too long")
    if written.startswith("["):
        if not written.endswith("]"):
            raise ValueError("the bracket of its IPv6 address is not closed")
        return f"[{_ipv6(written[1:-1])}]"
    try:
        name = unquote_to_bytes(written).decode("utf-8")
    except UnicodeError as error:
        raise ValueError("its host is not UTF-8") from error
    name = name.lower() if name.isascii() else _ascii(name)
    if _FORBIDDEN.search(name):
        raise ValueError("its host has a character that is not allowed in a host")
    name = name.removesuffix(".")
    labels = name.split(".")
    last = labels[-1]
    if (last.isascii() and last.isdigit()) or re.fullmatch(r"0x[0-9a-f]*", last):
        return str(_ipv4(labels))
    if len(name) > _LONGEST_NAME or any(not 0 < len(label) <= _LONGEST_LABEL for label in labels):
        raise ValueError("a part of its host is empty or too long")
    for label in labels:
        if label.startswith(_PUNYCODE):
            _check_punycode(label)
    return name


def _ascii(name: str) -> str:
    """ToASCII of UTS 46: hyphens and underscores unchanged, joiners and directions checked."""
    import idna  # noqa: PLC0415 # large tables, needed by few hosts

    try:
        mapped = idna.uts46_remap(name, std3_rules=False, transitional=False)
        labels = mapped.split(".")
        is_bidi = any(bidirectional(character) in _RIGHT_TO_LEFT for character in mapped)
        for label in labels:
            if label and is_bidi:
                idna.check_bidi(label, check_ltr=True)
            if label and not label.isascii():
                if label.startswith(_PUNYCODE):
                    raise ValueError(f"the part {label!r} of its host is escaped twice")
                idna.check_initial_combiner(label)
                _check_joiners(label)
        return ".".join(
            [
                label if label.isascii() else _PUNYCODE + label.encode("punycode").decode("ascii")
                for label in labels
            ]
        )
    except (idna.IDNAError, UnicodeError) as error:
        raise ValueError(f"its host is not a valid name: {error}") from error


def _check_joiners(label: str) -> None:
    import idna  # noqa: PLC0415 # as above

    for position, character in enumerate(label):
        if character in _JOINERS and not idna.valid_contextj(label, position):
            raise idna.IDNAError("a joiner is in an invalid position")


def _check_punycode(label: str) -> None:
    """An `xn--` label must be the encoding of its own name: others are look-alikes."""
    try:
        meant = label[len(_PUNYCODE) :].encode("ascii").decode("punycode")
    except (UnicodeError, OverflowError, ValueError) as error:
        raise ValueError(f"the part {label!r} of its host is not Punycode") from error
    if not meant or meant.isascii() or _ascii(meant) != label:
        raise ValueError(f"the part {label!r} of its host is not Punycode of a name")


def _ipv4(parts: list[str]) -> IPv4Address:
    """An address of one to four numbers, each decimal, octal (`017`) or hexadecimal (`0x1f`)."""
    if len(parts) > 4:
        raise ValueError("its IPv4 address has more than four parts")
    numbers = [_number(part) for part in parts]
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        raise ValueError("a part of its IPv4 address is too large")
    value = numbers[-1]
    for position, number in enumerate(numbers[:-1]):
        value += number << (8 * (3 - position))
    return IPv4Address(value)


def _number(part: str) -> int:
    found = _NUMBER.fullmatch(part)
    if found is None:
        raise ValueError(f"the part {part[:20]!r} of its IPv4 address is not a number")
    if found["hexadecimal"] is not None:
        return int(found["hexadecimal"] or "0", 16)
    return int(found["decimal"]) if found["decimal"] else int(found["octal"] or "0", 8)


def _ipv6(written: str) -> str:
    if "%" in written:
        raise ValueError("its IPv6 address names a zone of one machine")
    try:
        address = IPv6Address(written)
    except AddressValueError as error:
        raise ValueError("its IPv6 address cannot be read") from error
    if address.ipv4_mapped is None:
        return address.compressed
    high, low = divmod(int(address.ipv4_mapped), 2**16)
    return f"::ffff:{high:x}:{low:x}"  # the interpreter's own form of these changed in 3.13


_DEFAULT_PORTS = {"http": 80, "https": 443}
_LONGEST = 65_536
"""The most characters of an address; the limits of servers are far lower."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_ENDS = "".join(map(chr, range(0x21)))
_IGNORED = str.maketrans("", "", "\t\n\r")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_MUST_ESCAPE_IN_PATH = re.compile(rb"[\x00-\x20\x7f-\xff\"#<>?^`{}]")
_MUST_ESCAPE_IN_QUERY = re.compile(rb"[\x00-\x20\x7f-\xff\"#<>']")


@attrs.frozen
class Parts:
    """An address in normalized parts; `port` is None where it is the scheme's default.

    `userinfo` and `fragment` only record that there was one: neither changes the requested page.
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
    """The target of *reference* on the page at *base*.

    Raises `AddressError` for an invalid one, such as ``http://[press``: dead links
    of the old web contain brackets, and `urljoin` takes them for a broken IPv6 address.
    """
    try:
        return urljoin(base, reference)
    except ValueError as error:
        raise AddressError(str(error), url=reference) from error


def led_to(base: str, reference: object) -> str | None:
    """The same, and None where *reference* is not a text, is empty or is not a valid address."""
    try:
        return joined(base, reference) if isinstance(reference, str) and reference else None
    except AddressError:
        return None


def _split_port(place: str) -> tuple[str, int | None]:
    host, colon, digits = place.rpartition(":")
    if not colon or (place.startswith("[") and place.endswith("]")):
        return place, None
    if not digits:
        return host, None
    if not (digits.isascii() and digits.isdigit()) or int(digits[-6:]) > 65_535 or len(digits) > 6:
        raise ValueError(f"its port {digits[:8]!r} is not a port")
    return host, int(digits)


def _escaped(text: str, needs: re.Pattern[bytes]) -> str:
    """The normalized form of escapes; a stray `%` becomes an escaped `%`."""

    def plain(found: re.Match[bytes]) -> bytes:
        if found[1] is None:
            return b"%25"
        byte = int(found[1], 16)
        return bytes((byte,)) if byte in _UNRESERVED else found[0].upper()

    # a lone surrogate is invalid; browsers send the replacement character
    encoded = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode("utf-8")
    encoded = _ESCAPE.sub(plain, encoded)
    return needs.sub(lambda found: b"%%%02X" % ord(found[0]), encoded).decode("ascii")


def _path(text: str) -> str:
    """The path with normalized escapes and without `.` and `..`."""
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
    """The parameters of a query as written, without empty ones."""
    return tuple([pair for pair in query.split("&") if pair])


def written(parts: Parts) -> str:
    """The address of *parts*, without user information and fragment."""
    port = "" if parts.port is None else f":{parts.port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.scheme}://{parts.host}{port}{parts.path}{query}"
