"""The heading that is the headline: it says most nearly what the page says of itself elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import islice

from lxml import etree

from revtrack.extract.elements import Scan, pieces_of, shown_text, size_of, word_set
from revtrack.extract.headlines import (
    EDGE,
    LETTERS,
    MOST_PARTS,
    dice,
    letter_pairs,
    letters_of,
    parts_of,
)
from revtrack.extract.names import Verdict, name_words, verdict_of

__all__ = ["on_page", "shown", "site_above", "word_for_word"]

# How alike (share of letter pairs, Dice 1945) a heading and what the page says of itself must be for it
# to be the headline (range 0 to 1): h1 are few, h2 are many and must be more alike.
_ALIKE = {True: 0.4, False: 0.6}
# What being an h1 is worth in likeness (range 0 to .5): a site's name loses to a headline in an h2.
_FIRST = 0.25
_HEADINGS = 500
# How many headings one that could be the headline may be in (range 1 to 20): each reads all inside it.
_DEEPEST = 4
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
_ELSEWHERE = word_set("nav aside footer dialog form template")
_BOXES = word_set("search modal popup overlay lightbox dialog newsletter signup login register consent")
_LESSER = etree.XPath(".//h3 | .//h4 | .//*[@itemprop='headline']")

_TextOf = Callable[[etree._Element], str]


def on_page(
    headings: list[etree._Element], stated: list[str], sites: frozenset[str]
) -> etree._Element | None:
    """The heading most like one of *stated*, or the one h1 that could be; none that names *sites*."""
    left = [one for one in headings[:_HEADINGS] if _depth(one) <= _DEEPEST]
    text = cache(shown_text)
    found = _like_stated(left, stated, sites, text)
    if found is not None and not (found.tag == "h1" and _ends_a_trail(found, text)):
        return found
    crumbs = [one for one in left if one.tag == "h1" and _ends_a_trail(one, text)]
    others = [one for one in left if one not in crumbs]
    found = _like_stated(others, stated, sites, text)
    return found if found is not None else _like_stated(crumbs, stated, sites, text)


def _depth(heading: etree._Element) -> int:
    """In how many other headings it is, as the headings of a page that closes none are."""
    return sum(1 for _ in islice(heading.iterancestors("h1", "h2"), _DEEPEST + 1))


def site_above(page: Scan, stated: list[str]) -> frozenset[str]:
    """The first h1, folded, where a title has it beside what a heading under it says: the site."""
    site = next((one for one in page.headings if one.tag == "h1"), None)
    own = letters_of(shown_text(site)) if site is not None else ""
    wanted = set()
    for text in stated if own else ():
        first, colon, rest = text.partition(":")
        if colon and letters_of(first) == own:
            wanted.add(letters_of(rest))
        elif not colon and len(parts := parts_of(text)) > 1 and letters_of(parts[-1]) == own:
            wanted.add(letters_of(parts[0]))
    after = False
    for one in page.root.iter("h1", "h2", "h3", "h4", "p") if wanted else ():
        text = shown_text(one)
        if after and (size_of(text) > _SENTENCE or letters_of(text) in wanted):
            return frozenset([own]) if one.tag != "p" else frozenset()
        after = after or one is site
    return frozenset()


def word_for_word(
    root: etree._Element, stated: list[str], sites: frozenset[str]
) -> etree._Element | None:
    """The lesser heading, or the element marked as the headline, that says what the page *stated*."""
    said = {folded for folded, worth in _worths(stated, sites).items() if worth == 1}
    lesser: list[etree._Element] = _LESSER(root)
    for one in lesser[:_HEADINGS]:
        if letters_of(shown(one, stated)) in said and not _stands_elsewhere(one, _prose):
            return one
    return None


def _like_stated(
    headings: list[etree._Element], stated: list[str], sites: frozenset[str], text: _TextOf
) -> etree._Element | None:
    firsts = {text(one): one for one in reversed(headings) if one.tag == "h1"}
    for said in stated:
        if said in firsts and letters_of(said) not in sites:
            return firsts[said]
    worths = _worths(stated, sites)
    texts = [(letters_of(text(element)), element.tag == "h1", element) for element in headings]
    found = [one for one in texts if one[0] and one[0] not in sites]
    for folded, first, element in found:
        if first and worths.get(folded) == 1:
            return element
    return _likest(found, worths)


def _ends_a_trail(heading: etree._Element, text: _TextOf) -> bool:
    """Whether the heading is the last of a row of links, with no words but theirs around it."""
    own = letters_of(text(heading))
    for box in islice(heading.iterancestors(), _TRAIL):
        links = [text(one) for one in islice(box.iter("a"), MOST_PARTS)]
        links = [words for words in links if len(words) < _CRUMB]
        if links:
            words, said = letters_of("".join(links)) + own, ""
            for piece in pieces_of(box):
                said += letters_of(piece)
                if not words.startswith(said):
                    return False
            return said == words
    return False


def _likest(
    found: list[tuple[str, bool, etree._Element]], worths: dict[str, float]
) -> etree._Element | None:
    """Of headings (letters, whether it is an h1, element) the one most like what is worth most."""
    wanted = [(letter_pairs(said), worth, said) for said, worth in worths.items()]
    best, chosen = 0.0, None
    lone: dict[str, etree._Element] = {}
    prose = cache(_prose)  # one box holds many headings, and one page all of them
    for folded, first, element in found:
        pairs = letter_pairs(folded)
        alike = [(dice(pairs, other), worth, said) for other, worth, said in wanted]
        nearest, worth, said = max(alike, default=(0.0, 1.0, ""))
        if worth < 1 and said != folded and nearest >= _NAME:
            continue  # a section or the site, called nearly what the title calls it
        likeness = max([share * worth for share, worth, _ in alike], default=0.0)
        if likeness >= _ALIKE[first]:
            if (
                likeness + _FIRST * first > best
                and not _stands_elsewhere(element, prose)
                and (first or likeness == 1 or not _parts_a_text(element))
            ):
                best, chosen = likeness + _FIRST * first, element
        elif (
            first
            and len(lone) < 2
            and folded not in lone
            and (
                len(folded) >= LETTERS
                or (not wanted and next(element.getroottree().iter("p", "h1")) is element)
            )
            and _stands_by_itself(element, prose)
        ):
            lone[folded] = element
    if chosen is not None:
        return chosen
    return next(iter(lone.values())) if len(lone) == 1 else None


def _parts_a_text(heading: etree._Element) -> bool:
    """Whether running text precedes the heading beside it, as it does those of sections."""
    before = heading.itersiblings("p", preceding=True)
    return any(size_of(shown_text(one)) > _SENTENCE for one in islice(before, MOST_PARTS))


def _stands_by_itself(heading: etree._Element, prose: Callable[[etree._Element], int]) -> bool:
    """Whether the heading is no link, as those of teasers are, and stands in no menu or box."""
    if next(heading.iterancestors("a"), None) is not None:
        return False
    is_link = len(heading) == 1 and heading[0].tag == "a" and not (heading.text or "").strip()
    return not is_link and not _stands_elsewhere(heading, prose)


def _stands_elsewhere(heading: etree._Element, prose: Callable[[etree._Element], int]) -> bool:
    """Whether the heading stands in a menu, or in a box of its own that waits to be opened.

    *prose* counts the paragraphs of running text in an element.
    """
    for above in heading.iterancestors():
        if above.tag == "body":
            break
        if _is_called_a_box(above) and 2 * prose(above) <= prose(above.getroottree().getroot()):
            return True
    return False


def _is_called_a_box(element: etree._Element) -> bool:
    if element.tag in _ELSEWHERE:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return verdict_of(names) is Verdict.HARD or not _BOXES.isdisjoint(name_words(names))


def _prose(element: etree._Element) -> int:
    """How many paragraphs of running text stand in *element*."""
    paragraphs = islice(element.iter("p"), _PARAGRAPHS)
    return sum(size_of(shown_text(one)) > _SENTENCE for one in paragraphs)


def shown(heading: etree._Element, stated: list[str]) -> str:
    """The headline that *heading* shows, without the labels, buttons and subtitles that are in it.

    It is the run of its elements and texts that the page *stated* of itself, where the whole is not.
    """
    whole = shown_text(heading)
    while len(heading) == 1 and not f"{heading.text or ''}{heading[0].tail or ''}".strip():
        heading = heading[0]  # what is around the whole of it
    if len(heading) == 0:
        return whole
    said = {letters_of(text) for text in stated}
    pieces = [heading.text or ""]
    for one in heading[:MOST_PARTS]:
        pieces += [shown_text(one) if isinstance(one.tag, str) else "", one.tail or ""]
    runs = [
        (start, " ".join(" ".join(pieces[start:stop]).split()).strip(EDGE))
        for stop in range(len(pieces), 0, -1)
        for start in range(stop)
    ]
    own = letters_of(whole)
    last = [run for _, run in runs[: len(pieces)] if LETTERS <= len(letters_of(run)) < len(own)]
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
        parts = parts_of(text)[:MOST_PARTS]
        for number, part in enumerate((text, *parts)):
            folded = letters_of(part)
            if folded and folded not in sites:
                later = number > 1 and len(part) < len(parts[0])
                worths.setdefault(folded, _LATER if later else 1.0)
    return worths
