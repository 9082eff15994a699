"""Elements that become blocks of a kind of their own: code, embeds, words of a picture, table rows."""

from __future__ import annotations

from lxml import etree

from revtrack.extract.elements import HEADINGS, hides, is_inside, shown_text, text_of, word_set
from revtrack.extract.labels import ends_sentence
from revtrack.extract.names import Verdict
from revtrack.model import Media, MediaKind

__all__ = [
    "PLAYED",
    "as_lines",
    "embedded",
    "image_of",
    "is_about_text",
    "is_embed",
    "is_picture_box",
    "is_row",
    "key_cell",
    "numbers_lines",
    "played_by",
]


def as_lines(text: str) -> str:
    """*text* in its lines with their indentation, without blank ones and white space at their ends."""
    return "\n".join([kept for line in text.splitlines() if (kept := line.rstrip())])


PLAYED = {
    "iframe": MediaKind.EMBED,
    "video": MediaKind.VIDEO,
    "audio": MediaKind.AUDIO,
    "noscript": MediaKind.IMAGE,
}
"""Elements that are media themselves, whatever is in them for browsers that cannot play them."""

# The class names that sites of posts give to their quotations.
_NAMES = word_set(
    """
    twitter- instagram-media tiktok-embed bluesky-embed mastodon-embed reddit-embed reddit-card
    fb-xfbml-parse-ignore text-post-media imgur-embed wp-embedded-content
    """
)
_WEB = ("https://", "http://")


def is_embed(quotation: etree._Element) -> bool:
    """Whether the ``blockquote`` stands for a post elsewhere: its paragraph is the only one in it."""
    names = quotation.get("class")
    if names is None or not any(name in names for name in _NAMES):
        return False
    return len(quotation.findall("p")) <= 1


def embedded(quotation: etree._Element) -> list[Media]:
    """The post as a medium: the address that the quotation names last is its own."""
    named = [*[link.get("href") for link in quotation.iter("a")], quotation.get("cite")]
    addresses = [href for href in named if href is not None and href.startswith(_WEB)]
    return [Media(MediaKind.EMBED, addresses[-1])] if addresses else []


def played_by(element: etree._Element, tag: str) -> Media | None:
    """The film, sound or embedded page that an element plays, where it has an address.

    Of what is for browsers without scripts it is the picture that nothing next to it shows.
    """
    if tag == "noscript":
        beside = element.getparent()
        shown = [] if beside is None else [one for one in beside.iter("img") if image_of(one)]
        linked = any(one.tag == "a" for one in element)  # what is for sale
        alone = len(shown) == 1 and is_inside(shown[0], element) and not (linked or hides(shown[0]))
        return image_of(shown[0]) if alone and shown[0].get("width") not in _PIXEL else None
    for one in (element, *element.iterchildren("source")):
        src = (one.get("src") or one.get("data-src") or "").strip()
        if src.startswith(("https://", "http://", "//", "/")):
            return Media(PLAYED[tag], src, " ".join((element.get("title") or "").split()))
    return None


_PIXEL = ("0", "1")  # a sign that the page was seen, and no picture
_ADDRESSES = ("src", "data-src", "data-original", "data-lazy-src")

# The longest text of a box with a picture that is words about it, in characters (range 100 to 400: of
# longer ones one in three is a paragraph of the article that a picture was put into).
_ABOUT_LONGEST = 250
# The most cells of a table that lays out a picture: the picture and the words below or beside it.
_LAYOUT_CELLS = 2
# What words about a picture hold none of; elements that are more than a box.
_RICH = (*HEADINGS, "ul", "ol", "blockquote", "pre", "dl")
_LARGE = frozenset(["html", "body", "main", "article", "section"])


def is_picture_box(element: etree._Element, tag: str, verdict: Verdict) -> bool:
    """Whether *element* is named a picture or lays one out, and its text is about the picture.

    A paragraph in it that ends as sentences do may be the article's, and is kept.
    """
    if verdict is not Verdict.PICTURE and (tag != "table" or verdict is not Verdict.OPEN):
        return False
    if tag in _LARGE or next(element.iter("img", "amp-img"), None) is None:
        return False
    if next(element.iter(*_RICH), None) is not None:
        return False
    if tag == "table" and sum(1 for _ in element.iter("td", "th")) > _LAYOUT_CELLS:
        return False
    if len(text_of(element)) > _ABOUT_LONGEST < len(shown_text(element)):
        return False
    paragraphs = [one for one in element.iter("p") if one is not element]
    return not any(ends_sentence(text_of(one)) for one in paragraphs)


def image_of(element: etree._Element) -> Media | None:
    """The picture that an ``img`` shows, wherever it names its address."""
    for name in _ADDRESSES:
        src = element.get(name)
        if src and not src.startswith("data:"):
            return Media(MediaKind.IMAGE, src, " ".join((element.get("alt") or "").split()))
    return None


# The longest text of a cell of data that holds paragraphs, in characters (range 60 to 300; columns of a
# page are longer, figures and names shorter).
_CELL_LONGEST = 150
# What stands in the cells of a page's layout and in no table of data.
_LAYOUT = ("table", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "section", "article")
_CELLS = ("td", "th")


def is_row(row: etree._Element) -> bool:
    """Whether a ``tr`` is a row of data, and one block: word processors put paragraphs into cells."""
    if next(row.iter(*_LAYOUT), None) is not None:
        return False
    if next(row.iter("p", "div"), None) is None:
        return True
    cells = [cell for cell in row if cell.tag in _CELLS]
    return len(cells) > 1 and all(len(text_of(cell)) <= _CELL_LONGEST for cell in cells)


def key_cell(row: etree._Element) -> str | None:
    """What a row is about: its first cell with letters, where other cells follow; else None."""
    cells = [cell for cell in row if cell.tag in _CELLS]
    if len(cells) > 1:
        for cell in cells:
            text = text_of(cell)
            if any(map(str.isalpha, text)):
                return text if len(text) <= _CELL_LONGEST else None
    return None


def numbers_lines(code: str) -> bool:
    """Whether a block of code is nothing but the numbers of the lines beside it."""
    numbers = code.split()
    return bool(numbers) and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def is_about_text(caption: etree._Element) -> bool:
    """Whether *caption* names a table or says who said a quotation, and is about no picture."""
    above = caption.getparent()
    return (
        caption.tag in ("caption", "figcaption")
        and above is not None
        and next(above.iter("tr", "blockquote"), None) is not None
        and next(above.iter("img", "amp-img"), None) is None
    )
