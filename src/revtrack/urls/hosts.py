"""The host of an address, read as browsers read it: names, IPv4 in its many spellings, IPv6.

Follows the host parser of the WHATWG URL Standard, so that what is compared or refused is the host that
would be asked. Names in other scripts are mapped by UTS 46; its tables come with the package `idna`,
which are the same on every machine, unlike those of the interpreter.
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from unicodedata import bidirectional
from urllib.parse import unquote_to_bytes

__all__ = ["read_host"]

_FORBIDDEN = re.compile(r"[\x00-\x20\"#%/:<>?@\[\\\]^`{|}\x7f]")
_PUNYCODE = "xn--"
_RIGHT_TO_LEFT = frozenset(["R", "AL", "AN"])
_JOINERS = "\u200c\u200d"
_NUMBER = re.compile(r"0x(?P<hexadecimal>[0-9a-f]*)|0(?P<octal>[0-7]*)|(?P<decimal>[1-9][0-9]*)")
_LONGEST_LABEL = 63
_LONGEST_NAME = 253
# More characters than any host has, escapes included (253 × 12, and a margin).
_LONGEST_WRITTEN = 4_096


def read_host(written: str) -> str:
    """The host in its one written form: lower case, ASCII, addresses in numbers; IPv6 in brackets.

    The dot that may end a name is left out. Raises `ValueError` that says what is wrong with it.
    """
    if not written:
        raise ValueError("it names no host")
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
        raise ValueError("its host holds a character that no host may hold")
    name = name.removesuffix(".")
    labels = name.split(".")
    if _is_number(labels[-1]):
        return str(_ipv4(labels))
    if len(name) > _LONGEST_NAME or any(not 0 < len(label) <= _LONGEST_LABEL for label in labels):
        raise ValueError("a part of its host is empty or too long")
    for label in labels:
        if label.startswith(_PUNYCODE):
            _check_punycode(label)
    return name


def _ascii(name: str) -> str:
    """ToASCII of UTS 46: hyphens and underscores as they come, joiners and directions checked."""
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
                    raise ValueError(f"the part {label!r} of its host is written twice")
                idna.check_initial_combiner(label)
                _check_joiners(label)
        return ".".join(
            [
                label if label.isascii() else _PUNYCODE + label.encode("punycode").decode("ascii")
                for label in labels
            ]
        )
    except (idna.IDNAError, UnicodeError) as error:
        raise ValueError(f"its host is no name: {error}") from error


def _check_joiners(label: str) -> None:
    import idna  # noqa: PLC0415 # as above

    for position, character in enumerate(label):
        if character in _JOINERS and not idna.valid_contextj(label, position):
            raise idna.IDNAError("a joiner stands where it joins nothing")


def _check_punycode(label: str) -> None:
    """An `xn--` label has to be what its own name is written as: others are look-alikes."""
    try:
        meant = label[len(_PUNYCODE) :].encode("ascii").decode("punycode")
    except (UnicodeError, OverflowError, ValueError) as error:
        raise ValueError(f"the part {label!r} of its host is not Punycode") from error
    if not meant or meant.isascii() or _ascii(meant) != label:
        raise ValueError(f"the part {label!r} of its host is not Punycode of a name")


def _is_number(label: str) -> bool:
    if label.isascii() and label.isdigit():
        return True
    return re.fullmatch(r"0x[0-9a-f]*", label) is not None


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
        raise ValueError(f"the part {part[:20]!r} of its IPv4 address is no number")
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
