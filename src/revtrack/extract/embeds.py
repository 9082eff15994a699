"""Embedded posts: a quotation with the post's words and address, which a script would replace.

Sites of posts hand out such a quotation (``<blockquote class="twitter-tweet">``) to be put into
articles. Its words are another writer's, so its blocks are of a kind of their own, with the address of
the post as a medium, and no notice is looked for in them. A frame (``<iframe>``) has no words in the
page; it is a medium of the block after it.
"""

from __future__ import annotations

from lxml import etree

from revtrack.model import Media, MediaKind

__all__ = ["PLAYED", "embedded", "is_embed", "is_of_a_quotation", "played_by"]

PLAYED = {
    "iframe": MediaKind.EMBED,
    "video": MediaKind.VIDEO,
    "audio": MediaKind.AUDIO,
}
"""Elements that are media themselves, whatever is in them for browsers that cannot play them."""

# The class names that sites of posts give to their quotations.
_NAMES = (
    "twitter-",
    "instagram-media",
    "tiktok-embed",
    "bluesky-embed",
    "mastodon-embed",
    "reddit-embed",
    "reddit-card",
    "fb-xfbml-parse-ignore",
    "text-post-media",
    "imgur-embed",
    "wp-embedded-content",
)
_WEB = ("https://", "http://")


def is_embed(quotation: etree._Element) -> bool:
    """Whether the ``blockquote`` stands for a post elsewhere.

    It has one paragraph at most, as it is handed out: what a site put into it is the site's own.
    """
    names = quotation.get("class")
    if names is None or not any(name in names for name in _NAMES):
        return False
    return len(quotation.findall("p")) <= 1


def embedded(quotation: etree._Element) -> list[Media]:
    """The post as a medium: the address that the quotation names last is its own."""
    named = [*[link.get("href") for link in quotation.iter("a")], quotation.get("cite")]
    addresses = [href for href in named if href is not None and href.startswith(_WEB)]
    return [Media(MediaKind.EMBED, addresses[-1])] if addresses else []


def is_of_a_quotation(caption: etree._Element) -> bool:
    """Whether a ``figcaption`` says who said the quotation in its figure."""
    above = caption.getparent()
    quoted = next(above.iter("blockquote"), None) if above is not None else None
    return quoted is not None and not is_embed(quoted)


def played_by(element: etree._Element, tag: str) -> Media | None:
    """The film, sound or embedded page that an element plays, where it has an address."""
    for one in (element, *element.iterchildren("source")):
        src = (one.get("src") or one.get("data-src") or "").strip()
        if src.startswith(("https://", "http://", "//", "/")):
            return Media(PLAYED[tag], src, " ".join((element.get("title") or "").split()))
    return None
