"""Which addresses name one article, and why."""

from __future__ import annotations

import pytest

from revtrack import urls
from revtrack.errors import AddressError, RevtrackError
from revtrack.urls import Reason

STORY = "https://example.org/harbour/pier-reopens"


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("HTTPS://Example.ORG:443/harbour", "https://example.org/harbour"),
        ("http://example.org:8080", "http://example.org:8080/"),
        ("https://example.org/a/./b/../c%7e%2fd%3a", "https://example.org/a/c~%2Fd%3A"),
        ("https://example.org/a%", "https://example.org/a%25"),
        ("https://example.org/?utm_source=a&page=2&fbclid=b", "https://example.org/?page=2"),
        ("https://example.org/?gclid=1", "https://example.org/"),
        ("https://reader:secret@example.org/a#top", "https://example.org/a"),
        (" https://example.org/a b\n", "https://example.org/a%20b"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://BÜCHER.example/", "https://xn--bcher-kva.example/"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://☃.example/", "https://xn--n3h.example/"),
        ("https://例え。テスト/", "https://xn--r8jz45g.xn--zckzah/"),
        ("https://[2001:DB8:0:0:1:0:0:1]:443/", "https://[2001:db8::1:0:0:1]/"),
        ("https://[::ffff:192.0.2.1]/", "https://[::ffff:c000:201]/"),
        ("https://0xC0.0.01001/", "https://192.0.2.1/"),
        ("https://①②⑦.1/", "https://127.0.0.1/"),
        ("https://example.org./", "https://example.org/"),
        ("https:\\\\example.org\\a", "https://example.org/a"),
    ],
)
def test_the_safe_form(given: str, url: str) -> None:
    """One written form for what asks for the same page."""
    assert urls.identify(given).url == url


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        (STORY, ()),
        ("http://example.org/harbour/pier-reopens", (Reason.SCHEME,)),
        ("https://www.example.org/harbour/pier-reopens", (Reason.WWW,)),
        ("https://m.example.org/harbour/pier-reopens", (Reason.MOBILE,)),
        ("https://mobile.example.org/harbour/pier-reopens", (Reason.MOBILE,)),
        ("https://amp.example.org/harbour/pier-reopens", (Reason.AMP,)),
        (f"{STORY}/amp/", (Reason.AMP,)),
        (f"{STORY}/amp", (Reason.AMP,)),
        (f"{STORY}.amp", (Reason.AMP,)),
        (f"{STORY}?amp=1", (Reason.AMP,)),
        (f"{STORY}?outputType=amp", (Reason.AMP,)),
        ("https://example.org/amp/harbour/pier-reopens", (Reason.AMP,)),
        ("https://www.google.com/amp/s/example.org/harbour/pier-reopens", (Reason.AMP,)),
        (
            "https://example-org.cdn.ampproject.org/c/s/example.org/harbour/pier-reopens",
            (Reason.AMP,),
        ),
        (f"{STORY}/", (Reason.TRAILING_SLASH,)),
        (f"{STORY}/index.html", (Reason.INDEX, Reason.TRAILING_SLASH)),
        (f"{STORY}?utm_source=a&UTM_Medium=b&fbclid=c", (Reason.TRACKERS,)),
        (f"{STORY}#comments", (Reason.FRAGMENT,)),
        ("https://example.org:443/harbour/pier-reopens", (Reason.PORT,)),
        ("https://example.org/harbour/pier%2Dreopens", (Reason.PATH,)),
        ("https://EXAMPLE.org/harbour/pier-reopens", (Reason.HOST,)),
        ("https://reader:secret@example.org/harbour/pier-reopens", (Reason.USERINFO,)),
    ],
)
def test_addresses_of_one_article(other: str, reasons: tuple[Reason, ...]) -> None:
    """Variants that publishers make of one address belong together, and the reasons are told."""
    found = urls.alike(STORY, other)
    assert found is not None
    assert [reason.value for reason in found.reasons] == [reason.value for reason in reasons]


def test_the_order_of_parameters_is_no_difference() -> None:
    """Parameters in another order name the same page, and the reason is kept."""
    found = urls.alike("https://example.org/?b=2&a=1", "https://example.org/?a=1&b=2")
    assert found == urls.Sameness("org,example)/?a=1&b=2", (Reason.QUERY_ORDER,))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/harbour", "https://example.org/Harbour"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/?page=1", "https://example.org/?page=2"),
        ("https://example.org/?ref=1", "https://example.org/"),
        ("https://amp.co.uk/", "https://m.co.uk/"),
        ("https://m.org/", "https://mobile.org/"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("https://news.example.org/a", "https://example.org/a"),
        ("https://example.org/amp", "https://example.org/"),
        ("https://example.org/ampere", "https://example.org/ere"),
        ("https://example.org@example.net/a", "https://example.org/a"),
        ("https://example.org%2Eexample.net/", "https://example.org/"),
        ("not an address", "https://example.org/"),
        ("https://1.2.3.4/", "https://4.3.2.1/"),
    ],
)
def test_addresses_of_two_articles(one: str, other: str) -> None:
    """What may name two articles is kept apart: joining wrongly is worse than not joining."""
    assert urls.alike(one, other) is None


def test_keys_sort_by_site() -> None:
    """The key turns the host round, keeps ports and leaves addresses in numbers as they are."""
    assert urls.identify("https://www.example.org:81/b?y=1&x=2").key == "org,example:81)/b?x=2&y=1"
    assert urls.identify("http://192.0.2.1/a").key == "192.0.2.1)/a"
    assert urls.identify("http://[2001:db8::1]/a").key == "[2001:db8::1])/a"


def test_the_address_that_a_page_states_decides() -> None:
    """`rel=canonical` on the same site gives the key and stands among the reasons."""
    address = urls.identify("https://example.org/live/4711", canonical=STORY)
    assert address.key == urls.identify(STORY).key
    assert address.url == "https://example.org/live/4711"
    assert Reason.REL_CANONICAL in address.reasons


@pytest.mark.parametrize(
    "canonical",
    [
        "https://example.org/",
        "https://other.example/harbour",
        "javascript:alert(1)",
        "",
        "/harbour",
        STORY,
    ],
)
def test_a_stated_address_that_joins_nothing(canonical: str) -> None:
    """The front page, another site and what is no address are not believed; its own adds nothing."""
    assert urls.identify(STORY, canonical=canonical) == urls.identify(STORY)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.org/page?user=ann", "https://example.org/page?user=bo"),
        ("https://example.org/page?user=ann", "https://example.org/page"),
        ("https://example.org/page", "https://example.org/page?user=ann"),
        ("https://example.org/show?User_ID=7&id=1", "https://example.org/show?id=1"),
        ("https://example.org/show?id=1&author=ann", "https://example.org/show?author=bo&id=1"),
        ("https://example.org/list?uid=7", "https://example.org/list?uid=8"),
        ("https://example.org/~ann/a", "https://example.org/~bo/a"),
        ("https://example.org/users/ann/a", "https://example.org/a"),
    ],
)
def test_pages_of_two_users_stay_apart(url: str, canonical: str) -> None:
    """A stated address that names another user, or none, joins nothing."""
    assert urls.identify(url, canonical=canonical) == urls.identify(url)


def test_a_page_of_one_user_may_state_its_address() -> None:
    """Where both addresses name the same user, the stated one decides."""
    url, canonical = "https://example.org/show?id=1&user=ann", "https://example.org/1?user=ann"
    assert urls.identify(url, canonical=canonical).key == urls.identify(canonical).key


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "does not begin with http"),
        ("example.org/story", "does not begin with http"),
        ("ftp://example.org/", "does not begin with http"),
        ("javascript:alert(1)", "does not begin with http"),
        ("https://", "has no host"),
        ("https:///", "has no host"),
        ("https://a b/", "not allowed in a host"),
        ("https://a%00b/", "not allowed in a host"),
        ("https://a..b/", "empty or too long"),
        (f"https://{'a' * 64}.org/", "empty or too long"),
        ("https://example.org:99999/", "is not a port"),
        ("https://example.org:8a/", "is not a port"),
        ("https://1.2.3.4.5/", "more than four parts"),
        ("https://1.2.3.256/", "too large"),
        ("https://09.1/", "is not a number"),
        ("https://[::1", "not closed"),
        ("https://[fe80::1%25eth0]/", "zone of one machine"),
        ("https://[12345::]/", "cannot be read"),
        ("https://xn--a/", "is not a valid name"),
        ("https://xn--example/", "Punycode"),
        (f"https://example.org/{'a' * 70_000}", "too long"),
    ],
)
def test_what_is_no_address(text: str, said: str) -> None:
    """A text that no browser would ask a server for is refused with the reason."""
    with pytest.raises(AddressError, match=said) as caught:
        urls.identify(text)
    assert caught.value.url == text
    assert isinstance(caught.value, RevtrackError)
    assert len(str(caught.value)) < 400


def test_texts_that_are_no_addresses_are_alike_when_equal() -> None:
    """Names of another kind, as a folder's sidecars may hold, are compared to the letter."""
    assert urls.alike("story 7", "story 7") == urls.Sameness("story 7")
    assert urls.alike("story 7", "story 8") is None
