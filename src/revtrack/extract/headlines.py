"""The variants of a headline: on the page, in Open Graph, Twitter, JSON-LD, ``<title>`` and address.

They differ legitimately, so all are kept, each with its source. The one that readers see is the heading
that says most nearly what the page says of itself elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from operator import add

from lxml import etree

from revtrack.extract.slug import slug_of
from revtrack.extract.vocabulary import Verdict, name_words, verdict_of
from revtrack.model import Headline, HeadlineSource

__all__ = [
    "beside_headline",
    "is_only_a_journal",
    "is_site",
    "letters_of",
    "likeness",
    "on_page",
    "parts_of",
    "shown",
    "text_of_element",
    "variants",
    "without_site",
    "word_for_word",
]

# How alike (share of letter pairs, Dice 1945) a heading and what the page says of itself must be for it
# to be the headline (range 0 to 1): h1 are few, h2 are many and must be more alike.
_ALIKE = {True: 0.4, False: 0.6}
# What being an h1 is worth in likeness (range 0 to .5): a site's name loses to a headline in an h2.
_FIRST = 0.25
# The longest headline, in characters, and the most headings that are looked at (bounds against pages
# that are made to be slow; the gold sets have at most 200 characters and 150 headings).
_LONGEST = 2_000
_HEADINGS = 500
_PARTS = 8
# The fewest letters of a site's name that is recognised inside a longer form of it (range 3 to 8).
_SITE = 4
# The fewest letters of a lone h1 that is taken for the headline when nothing else is known or alike.
_LETTERS = 12
# What a later part of a title is worth (range 0 to 1) if shorter than the first: a section's, a site's
# name; and how alike to one a heading must be to be no headline (range .5 to 1).
_LATER = 0.6
_NAME = 0.6
# How far around a heading a row of links may be that it is the last of (range 2 to 4), and the longest
# text of such a link, in characters (range 20 to 60).
_TRAIL, _CRUMB = 4, 40
# What makes a paragraph one of running text, in characters, and how many are looked at.
_SENTENCE, _PARAGRAPHS = 80, 500
# The elements and names of boxes that no article stands in, though they have headings of their own.
_ELSEWHERE = frozenset(["nav", "aside", "footer", "dialog", "form", "template"])
_BOXES = frozenset(
    [
        *("search", "modal", "popup", "overlay", "lightbox", "dialog"),
        *("newsletter", "signup", "login", "register", "consent"),
    ]
)

# What holds no words that a reader reads, and what begins a line of its own.
_WORDLESS = frozenset(["style", "script", "template", "rt", "rp"])
_LINES = frozenset(
    ["br", "hr", "div", "p", "li", "section", "header", *[f"h{level}" for level in range(1, 7)]]
)

# Each way begins with one set of characters: what is not in it is passed over at once.
_SEPARATOR = re.compile(
    r"\s\s{0,8}(?:[|»«·•:–—-]|::|--)\s+|\s\s{0,8}[|｜]\s{0,9}|[|｜]\s{0,9}|[:：]\s+"
)
# Words that a personal site bears in its name, in a few languages.
_JOURNAL = re.compile(
    r"\b(?:web)?blog\b|\bdiary\b|\b\w{0,30}tagebuch\b|日記|ブログ|日志|日誌|博客|部落格|블로그|\bблог|\bдневник"
)
_SEEN = frozenset([HeadlineSource.H1, HeadlineSource.TITLE])
_EDGE = " \t|｜»«·•:–—-_"
_SEPARATING = frozenset("|｜»«·•:：–—-")
_SIGNS = b" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_LESSER = etree.XPath(".//h3 | .//h4 | .//*[@itemprop='headline']")
_NOT_LETTER = re.compile(r"[\W_]+")


def text_of_element(element: etree._Element) -> str:
    """The words of the element with single spaces, as much of them as a headline could have.

    A line break and the edge of a block are spaces; styles, scripts and the readings of a word in dense
    scripts (``rt``, ``rp``) are no words.
    """
    if len(element) == 0:
        text = "" if element.tag in _WORDLESS else element.text or ""
        return " ".join(text[:_LONGEST].split())
    return " ".join("".join(_pieces(element))[:_LONGEST].split())


def _pieces(element: etree._Element) -> Iterator[str]:
    """The words of *element*, and the spaces between its lines, in page order."""
    left = _LONGEST
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, one in walk:
        tag = one.tag
        piece = ""
        if event == "end":
            piece = (" " if tag in _LINES else "") + ((one is not element and one.tail) or "")
        elif tag in _WORDLESS or not isinstance(tag, str):
            walk.skip_subtree()
        else:
            piece = (" " if tag in _LINES else "") + (one.text or "")
        yield piece
        left -= len(piece)
        if left < 0:
            return


def on_page(
    headings: list[etree._Element], stated: list[str], sites: frozenset[str]
) -> etree._Element | None:
    """The heading that is the headline: most like one of *stated*, or the one h1 that could be.

    *sites* are the folded names of the site, which a heading may bear and is not the headline then.
    """
    crumbs = [one for one in headings[:_HEADINGS] if one.tag == "h1" and _ends_a_trail(one)]
    others = [one for one in headings[:_HEADINGS] if one not in crumbs]
    found = _like_stated(others, stated, sites)
    return found if found is not None else _like_stated(crumbs, stated, sites)


def word_for_word(
    root: etree._Element, stated: list[str], sites: frozenset[str]
) -> etree._Element | None:
    """The lesser heading, or the element marked as the headline, that says what the page *stated*."""
    said = {folded for folded, worth in _worths(stated, sites).items() if worth == 1}
    for one in islice(_LESSER(root), _HEADINGS):
        if letters_of(text_of_element(one)) in said and not _stands_elsewhere(one):
            return one
    return None


def beside_headline(title: str | None, headline: str | None) -> frozenset[str]:
    """What a *title* has beside the *headline*, folded: the name of the site or of a section of it."""
    if not title or not headline or len(title) > _LONGEST or headline not in title:
        return frozenset()
    rest = title.removeprefix(headline)
    if rest != title and _SEPARATOR.match(rest):
        return frozenset([letters_of(rest)])
    rest = title.removesuffix(headline)
    return frozenset([letters_of(rest)]) if rest != title and _ends_in_separator(rest) else frozenset()


def _like_stated(
    headings: list[etree._Element], stated: list[str], sites: frozenset[str]
) -> etree._Element | None:
    texts = [(text_of_element(element), element.tag == "h1", element) for element in headings]
    firsts = {text: element for text, first, element in reversed(texts) if first}
    for said in stated:
        if said in firsts and letters_of(said) not in sites:
            return firsts[said]
    worths = _worths(stated, sites)
    found = [(folded, first, element) for text, first, element in texts if (folded := letters_of(text))]
    found = [one for one in found if one[0] not in sites]
    for folded, first, element in found:
        if first and worths.get(folded) == 1:
            return element
    return _likest(found, worths)


def _ends_a_trail(heading: etree._Element) -> bool:
    """Whether the heading is the last of a row of links that lead to it, as sections do to an article.

    The box of the row has no words but those of the links and of the heading.
    """
    for box in islice(heading.iterancestors(), _TRAIL):
        links = [one for one in islice(box.iter("a"), _PARTS) if len(text_of_element(one)) < _CRUMB]
        if links:
            words = letters_of(text_of_element(box))
            linked = "".join([letters_of(text_of_element(one)) for one in links])
            own = letters_of(text_of_element(heading))
            return len(words) <= len(linked) + len(own) and words == linked + own
    return False


def _likest(
    found: list[tuple[str, bool, etree._Element]], worths: dict[str, float]
) -> etree._Element | None:
    """Of headings (letters, whether it is an h1, element) the one most like what is worth most.

    Where none is like it, the one h1 of the page that stands by itself.
    """
    wanted = [(_pairs(said), worth, said) for said, worth in worths.items()]
    best, chosen = 0.0, None
    lone: dict[str, etree._Element] = {}
    for folded, first, element in found:
        pairs = _pairs(folded)
        alike = [(_dice(pairs, other), worth, said) for other, worth, said in wanted]
        nearest, worth, said = max(alike, default=(0.0, 1.0, ""))
        if worth < 1 and said != folded and nearest >= _NAME:
            continue  # a section or the site, called nearly what the title calls it
        likeness = max([share * worth for share, worth, _ in alike], default=0.0)
        if likeness >= _ALIKE[first]:
            if (
                likeness + _FIRST * first > best
                and not _stands_elsewhere(element)
                and (first or likeness == 1 or not _parts_a_text(element))
            ):
                best, chosen = likeness + _FIRST * first, element
        elif first and len(lone) < 2 and _stands_by_itself(element):
            if len(folded) >= _LETTERS or (not wanted and _is_above_text(element)):
                lone.setdefault(folded, element)
    if chosen is not None:
        return chosen
    return next(iter(lone.values())) if len(lone) == 1 else None


def _parts_a_text(heading: etree._Element) -> bool:
    """Whether running text precedes the heading beside it, as it does those of sections."""
    before = heading.itersiblings("p", preceding=True)
    return any(len(text_of_element(one)) > _SENTENCE for one in islice(before, _PARTS))


def _is_above_text(heading: etree._Element) -> bool:
    """Whether no paragraph precedes the heading on the page."""
    return next(heading.getroottree().iter("p", "h1"), None) is heading


def _stands_by_itself(heading: etree._Element) -> bool:
    """Whether the heading is no link, as those of teasers are, and stands in no menu or box."""
    if next(heading.iterancestors("a"), None) is not None:
        return False
    is_link = len(heading) == 1 and heading[0].tag == "a" and not (heading.text or "").strip()
    return not is_link and not _stands_elsewhere(heading)


def _stands_elsewhere(heading: etree._Element) -> bool:
    """Whether the heading stands in a menu, or in a box of its own that waits to be opened.

    What holds most of the running text is neither, whatever it is called: menus are left unclosed.
    """
    for above in heading.iterancestors():
        if above.tag == "body":
            break
        if _is_called_a_box(above) and not _holds_most(above):
            return True
    return False


def _is_called_a_box(element: etree._Element) -> bool:
    if element.tag in _ELSEWHERE:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return names != " " and (
        verdict_of(names) is Verdict.HARD or not _BOXES.isdisjoint(name_words(names))
    )


def _holds_most(box: etree._Element) -> bool:
    return 2 * _prose(box) > _prose(box.getroottree().getroot())


def _prose(element: etree._Element) -> int:
    """How many paragraphs of running text stand in *element*."""
    paragraphs = islice(element.iter("p"), _PARAGRAPHS)
    return sum(len(text_of_element(one)) > _SENTENCE for one in paragraphs)


def shown(heading: etree._Element, stated: list[str]) -> str:
    """The headline that *heading* shows, without the labels, buttons and subtitles that stand in it.

    A run of its elements and texts is the headline where it is what the page *stated* of itself and the
    whole is not.
    """
    whole = text_of_element(heading)
    if len(heading) == 0:
        return whole
    said = {letters_of(text) for text in stated}
    pieces = [heading.text or ""]
    for one in heading[:_PARTS]:
        pieces += [text_of_element(one) if isinstance(one.tag, str) else "", one.tail or ""]
    runs = [
        (start, " ".join(" ".join(pieces[start:stop]).split()).strip(_EDGE))
        for stop in range(len(pieces), 0, -1)
        for start in range(stop)
    ]
    own = letters_of(whole)
    last = [run for _, run in runs[: len(pieces)] if _LETTERS <= len(letters_of(run)) < len(own)]
    if (bare := next((run for run in last if letters_of(run) in said), None)) is not None:
        return bare
    if own in said:
        return whole
    ends = {letters_of(parts[-1]) for text in stated if (parts := parts_of(text))}
    found = [*[run for _, run in runs if letters_of(run) in said], *last]
    return next((run for run in found if run and letters_of(run) in said | ends), whole)


def _worths(stated: list[str], sites: frozenset[str]) -> dict[str, float]:
    """What the page says of itself, whole and in parts, folded; and what likeness to each is worth."""
    worths: dict[str, float] = {}
    for text in dict.fromkeys(stated):
        parts = parts_of(text)[:_PARTS]
        for number, part in enumerate((text, *parts)):
            folded = letters_of(part)
            if folded and folded not in sites:
                later = number > 1 and len(part) < len(parts[0])
                worths.setdefault(folded, _LATER if later else 1.0)
    return worths


def variants(
    seen: str | None,
    stated: list[tuple[HeadlineSource, str | None]],
    sites: frozenset[str],
    addresses: tuple[str | None, ...] = (),
) -> tuple[Headline, ...]:
    """Every variant of the headline, the one on the page first, without the site's name.

    The last one is of the first of *addresses* that has words.
    """
    found = [Headline(HeadlineSource.H1, seen)] if seen else []
    bared: dict[str, str] = {}
    whole = [text for _, text in stated if text and len(letters_of(text)) >= _LETTERS]
    sites |= _sections(addresses)
    for source, text in stated:
        if not text:
            continue
        bare = bared.get(text)
        if bare is None:
            known = [*[one.text for one in found], *whole]
            bare = bared[text] = without_site(text[:_LONGEST], known, sites)
        if bare:
            found.append(Headline(source, bare))
    for address in dict.fromkeys(addresses):
        if (words := slug_of(address)) is not None:
            return (*found, Headline(HeadlineSource.SLUG, words))
    return tuple(found)


def _sections(addresses: Iterable[str | None]) -> frozenset[str]:
    """The sections that *addresses* lead through, folded: one word before the last part of a path."""
    parts = [part for one in addresses if one for part in one.split("/")[3:-1]]
    return frozenset([part.lower() for part in parts if part.isalpha()])


def is_only_a_journal(headlines: tuple[Headline, ...]) -> bool:
    """Whether all that the page says of itself is the name of a diary or blog, and no headline."""
    said = [one for one in headlines if one.source is not HeadlineSource.SLUG]
    return (
        bool(said)
        and {one.source for one in said} <= _SEEN
        and len({one.text for one in said}) == 1
        and _JOURNAL.search(said[0].text.casefold()) is not None
    )


def without_site(title: str, known: list[str], sites: frozenset[str]) -> str:
    """*title* without the name of the site that pages put at its end or its beginning.

    *known* are other variants of the headline: where the title begins or ends with one and a separator,
    the rest is the site's.
    """
    for other in known:
        if title.startswith(other) and title[len(other) : len(other) + 2].strip()[:1] in _SEPARATING:
            return other
        if title.endswith(other) and _ends_in_separator(title[: -len(other)]):
            return other
    parts = parts_of(title)
    while len(parts) > 1 and is_site(parts[-1], sites):
        title = title[: title.rfind(parts.pop())].rstrip(_EDGE)
    if len(parts) > 1 and is_site(parts[0], sites):
        title = title[title.find(parts[0]) + len(parts[0]) :].lstrip(_EDGE)
    return title


def _ends_in_separator(text: str) -> bool:
    return any(found.end() == len(text) for found in _SEPARATOR.finditer(text))


def parts_of(title: str) -> list[str]:
    """The parts of a title between bars, dashes and other separators."""
    if _SEPARATING.isdisjoint(title):
        return [title] if title else []
    return [part for part in _SEPARATOR.split(title) if part]


def is_site(part: str, sites: frozenset[str]) -> bool:
    """Whether *part* is one of the folded names of the site, or a longer form of one."""
    folded = letters_of(part)
    return folded in sites or any(
        len(site) > _SITE and site in folded and 2 * len(site) > len(folded) for site in sorted(sites)
    )


def letters_of(text: str) -> str:
    """The letters and digits of *text*, without regard to case: what titles are compared by."""
    text = text.casefold()
    if text.isascii():
        text = text.encode().translate(None, _SIGNS).decode()  # six times as fast as that of a text
    return text if text.isalnum() else _NOT_LETTER.sub("", text)


def likeness(one: str, other: str) -> float:
    """How alike two titles are: the share of letter pairs that they have in common (Dice 1945)."""
    return _dice(_pairs(letters_of(one)), _pairs(letters_of(other)))


def _pairs(folded: str) -> frozenset[str]:
    return frozenset(map(add, folded, folded[1:])) or frozenset([folded])


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other))
