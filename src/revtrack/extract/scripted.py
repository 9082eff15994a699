"""Text that a page without any holds as data: its script would show it to readers.

Sites that are built in the browser send the article as a string of HTML in the data of a script. It is
the page's own where the data holds, as a string too, what the page states for its title.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress

from lxml import etree

from revtrack.extract.elements import shown_text, single_spaced
from revtrack.extract.headlines import LETTERS
from revtrack.extract.metas import first_of, read_metas
from revtrack.extract.parsing import parse
from revtrack.extract.scan import Scan, scan

__all__ = ["looked_over"]

# The shortest text and the fewest paragraphs that are an article's (ranges 300 to 2,000 and 2 to 5),
# and how much of the scripts is read, in characters: a bound against hostile pages.
_TEXT, _PARAGRAPHS = 500, 3
_LONGEST = 4_000_000
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"')
_PARAGRAPH = re.compile(r"<p[\s>]")


def looked_over(root: etree._Element) -> Scan:
    """The page of *root*, looked over; its text is put into an article where only a script has it."""
    page, body = scan(root), root.find("body")
    if page.paragraphs or page.loose or body is None:
        return page
    title = first_of(read_metas(page.metas), "og:title") or "".join(map(shown_text, page.titles[:1]))
    data = "\n".join([one.text or "" for one in root.iter("script")])
    strings = [*_strings(data[:_LONGEST], nested=True)]
    heads = [head for one in strings if (head := single_spaced(one)) and title.startswith(head)]
    head = max(heads, key=lambda one: (one != title, len(one)), default="")  # without the site's name
    texts = [one for one in strings if len(_PARAGRAPH.findall(one)) >= _PARAGRAPHS]
    text = max(texts, key=len, default="")
    if len(head) < LETTERS or len(text) < _TEXT:
        return page
    article = etree.SubElement(body, "article")
    etree.SubElement(article, "h1").text = head
    article.extend(list(parse(f"<div itemprop='articleBody'>{text}</div>")[0].iter("div"))[:1])
    return scan(root)


def _strings(data: str, *, nested: bool) -> Iterator[str]:
    """The strings in *data*, and those in a string that is data in its turn."""
    for found in _STRING.findall(data):
        with suppress(ValueError):
            text = json.loads(found)
            yield text
            if nested and len(text) >= _TEXT and '":' in text:
                yield from _strings(text, nested=False)
