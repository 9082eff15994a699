"""URL identity: which addresses name one article, and why.

`identify` reads an address as browsers do and gives its safe written form, the key that all addresses
of the article share, and the reasons for every difference between the two. `alike` compares two
addresses.

    >>> from revtrack import urls
    >>> address = urls.identify("HTTP://m.example.org:80/harbour/amp/?utm_source=feed")
    >>> address.url
    'http://m.example.org/harbour/amp/'
    >>> address.key
    'org,example)/harbour'
    >>> found = urls.alike("https://www.example.org/harbour", "http://example.org/harbour/")
    >>> [reason.value for reason in found.reasons]
    ['scheme', 'www', 'trailing slash']
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from revtrack.urls.identity import Address, Reason, Sameness, alike, identify, key_of

__all__ = ["Address", "Reason", "Sameness", "alike", "identify", "key_of"]


def __getattr__(name: str) -> Any:
    """Load the names of this package on first use: extraction needs one module of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from revtrack.urls import identity  # noqa: PLC0415 # slow to import

    return getattr(identity, name)
