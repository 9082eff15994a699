"""The addresses that archives are asked at."""

from __future__ import annotations

import re

from revtrack.urls import identify

__all__ = ["asked_for", "filled", "replayed_below"]

_ASKED = re.compile(r"/(?:timemap(?=[/?]|\Z).*|cdx/search/cdx/?(?:\?.*)?\Z)")


def asked_for(url: str | None) -> str:
    """The address that an archive is asked for: the safe form, since archives keep trackers apart.

    Raises `ValueError` without an address, `AddressError` for a text that is none.
    """
    if url is None:
        raise ValueError("an archive is asked for the captures of an address")
    return identify(url).url


def filled(template: str, url: str) -> str:
    """An archive's address with *url* in the place of ``{url}``, or at its end where there is none."""
    return template.replace("{url}", url) if "{url}" in template else template + url


def replayed_below(asked: str) -> str:
    """The prefix of the replay addresses of an archive whose list of captures was *asked* for."""
    found = _ASKED.search(asked)
    if found is None:
        return asked
    return asked[: found.start()] + ("/web/" if found[0].startswith("/cdx/") else "/")
