"""Laws of addresses; the oracle is ada, the URL parser of a browser-grade runtime."""

from __future__ import annotations

from contextlib import suppress

import pytest
from ada_url import URL
from hypothesis import assume, given
from hypothesis import strategies as st

from revtrack import urls
from revtrack.errors import AddressError

PIECES = st.sampled_from(
    [
        "http:", "https:", "HTTPS:", "/", "//", "\\", "@", ":", "?", "#", "%", "%2e", "%2F", "%41",
        "%zz", "%25", ".", "..", "www.", "m.", "amp.", "example", "org", ".org", "co.uk", "xn--",
        "xn--n3h", "faß", "ΣΑΣ", "例え", "テスト", "☃", "①②⑦", "。", "127.0.0.1", "0x7f", "017",
        "[::1]", "[::ffff:1.2.3.4]", "[", "]", "80", "443", "65536", "&", "=", "utm_source=x", "amp",
        "amp=1", "index.html", "+", " ", "\t", "\n", "\x00", "|", "<", "'", '"', "^", "`", "é",
        "e\u0301", "\u00ad", "\u200d", "\u202e", "user:pw@", "a", "B", "1", "-", "_", "~", "!", "$",
        ";", ",", "*", "(", ")",
    ]
)  # fmt: skip
TAILS = st.lists(PIECES, max_size=12).map("".join)
HEADS = st.sampled_from(
    ["http://", "https://", "http:", "https:/", "HTTP://", "https:\\\\", "http:///"]
)
addresses = st.builds(str.__add__, HEADS, TAILS) | st.builds(
    lambda head, host, tail: f"{head}{host}/{tail}",
    HEADS,
    st.sampled_from(
        ["example.org", "www.example.org", "m.example.co.uk", "EXAMPLE.org:80", "例え.テスト"]
    ),
    TAILS,
)


def _identified(text: str) -> urls.Address:
    try:
        return urls.identify(text)
    except AddressError:
        assume(False)
        raise


@given(text=addresses)
def test_the_host_is_the_one_that_a_browser_would_ask(text: str) -> None:
    """Whatever we take for an address, a browser takes for one with the same scheme, host and port."""
    address = _identified(text)
    theirs, ours = URL(text), URL(address.url)
    assert (ours.protocol, ours.hostname, ours.port) == (
        theirs.protocol,
        theirs.hostname.removesuffix("."),
        theirs.port,
    )


@given(text=addresses)
def test_the_safe_form_is_settled(text: str) -> None:
    """The safe form of a safe form is itself, and its key is the same."""
    address = _identified(text)
    again = urls.identify(address.url)
    assert (again.url, again.key) == (address.url, address.key)


@given(text=addresses)
def test_the_safe_form_is_an_address_for_a_browser_as_it_stands(text: str) -> None:
    """A browser writes the safe form as we do: nothing is left for it to rewrite."""
    address = _identified(text)
    assert URL(address.url).href == address.url


@given(text=addresses)
def test_a_difference_has_a_reason(text: str) -> None:
    """Where the safe form differs from what was given, at least one reason says so."""
    address = _identified(text)
    assert address.reasons or address.url in (address.given, f"{address.given}/")


@given(one=addresses, other=addresses)
def test_alike_is_symmetric(one: str, other: str) -> None:
    """Whether two addresses are alike, and why, does not depend on which comes first."""
    assert urls.alike(one, other) == urls.alike(other, one)


@given(text=addresses)
def test_an_address_is_like_its_safe_form(text: str) -> None:
    """An address and its safe form name one article."""
    address = _identified(text)
    assert urls.alike(text, address.url) is not None


@given(text=st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    """There is no text that crashes the reader: an `AddressError` or an address."""
    for candidate in (text, f"https://{text}", f"http://example.org/{text}"):
        with suppress(AddressError):
            assert urls.identify(candidate).given == candidate


@pytest.mark.parametrize(
    "head", ["https://example.org/", "https://example.org/?", "https://", "http://["]
)
@pytest.mark.parametrize(
    "unit", ["/", "/amp", "amp/", "../", "%2e", "&", "utm_source=x&", "@", ":", "1.", "a", "xn--", "例"]
)
def test_long_addresses_are_read_in_little_time(head: str, unit: str) -> None:
    """Addresses as long as they may be are read or refused at once, whatever they repeat."""
    try:
        urls.identify(head + unit * (60_000 // len(unit)))
    except AddressError:
        assert head in ("https://", "http://[")
