"""A page to write tests with: one short story of our own, and what may stand around it."""

from __future__ import annotations

__all__ = ["PARAGRAPHS", "STORY", "page"]

PARAGRAPHS = (
    "The harbour council voted on Monday to close the old swing bridge for the winter, officials said.",
    "Ferries will carry passengers across the channel until the repairs are done, probably in April.",
    "Shopkeepers on the north bank fear for their trade and have asked the council to think again.",
)
STORY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(body: str, *, head: str = "", title: str = "Bridge closes for the winter") -> str:
    """A whole page with *body* in its article."""
    return (
        f"<!doctype html><html lang='en'><head><title>{title}</title>{head}</head><body>"
        "<header><nav><a href='/'>Home</a> <a href='/news'>News</a></nav></header>"
        f"<main><article><h1>{title}</h1>{body}</article></main>"
        "<footer><p>All rights reserved by the owners of the harbour paper.</p></footer></body></html>"
    )
