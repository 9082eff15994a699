"""Testing: hypothesis strategies and a page builder for programs that use revtrack.

The strategies draw articles of invented sentences, pairs of articles with known edits between them,
and HTML pages with furniture around an article. They need `hypothesis`, and nothing else here does::

    from hypothesis import given
    import revtrack
    from revtrack.testing import edited_articles

    @given(edited_articles())
    def test_nothing_is_lost(pair):
        revision = revtrack.compare(pair.old, pair.new)
        ...
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from itertools import groupby, islice
from random import Random

import attrs
from hypothesis import strategies as st

from revtrack.extract import from_text
from revtrack.model import Article, Block, BlockKind, LiveEntry

__all__ = [
    "EditedPair",
    "Planted",
    "PlantedKind",
    "articles",
    "edited_articles",
    "html_page",
    "live_blogs",
    "pages",
    "paragraphs",
    "sentences",
]

WORDS = """
anchor autumn baker ballot basin beacon bishop border bottle branch bridge budget button cabin
candle canvas carbon castle cattle census chapel cherry choir cinema circus clinic closet cobalt
coffee colony column comet copper corner cotton cradle crater cricket dagger danger debate
desert diesel dinner doctor dragon drawer engine escort estate fabric falcon farmer feather
fellow ferry fiddle filter finger forest fossil galaxy garage garden garlic gravel hammer
harbour harvest helmet hollow honey hunger island jacket jungle kettle kitchen ladder lantern
lawyer leather lemon letter lizard market marble meadow medal melody meteor mirror monkey mortar
museum mustard needle nickel novel oyster paddle palace parcel parrot pebble pepper pickle
pillow pirate planet plumber pocket poison potato powder prison puzzle quarry rabbit ribbon
riddle river rocket saddle salmon sample saucer scarf shadow shovel signal silver singer slipper
socket spider spring station summer sunset sweater switch tailor temple tenant thunder ticket
timber tomato tractor tunnel turtle valley velvet vessel violin wagon walnut weapon weaver
window winter wizard yogurt
""".split()  # noqa: SIM905 - a list of quoted words is unreadable

FURNITURE = (
    '<div class="ad">Advertisement: a fine set of kettles</div>',
    '<aside class="trending"><h2>Trending</h2><ul><li><a href="/1">Ten walks</a></li></ul></aside>',
    '<section class="newsletter"><p>Sign up for our newsletter</p></section>',
    '<div class="share"><a href="/share">Share</a> <span>210 shares</span></div>',
    '<section class="comments"><p>Join the conversation</p></section>',
    '<div class="related"><h3>Related stories</h3><p><a href="/2">The mayor replies</a></p></div>',
)

_LIVE_SINCE = datetime(2024, 3, 5, 8, 0, tzinfo=UTC)


class PlantedKind(Enum):
    """The kind of a planted edit."""

    HEADLINE = "headline"
    UPDATE = "update"
    REMOVED = "removed"
    ADDED = "added"
    EDITED = "edited"
    MOVED = "moved"


@attrs.frozen
class Planted:
    """One known edit: its kind, and the text on each side (None where there is none)."""

    kind: PlantedKind
    old: str | None
    new: str | None


@attrs.frozen
class EditedPair:
    """Two articles and all edits that turn the old one into the new one."""

    old: Article
    new: Article
    planted: tuple[Planted, ...]


def sentences() -> st.SearchStrategy[str]:
    """One invented sentence of eight to sixteen words."""
    words = st.lists(st.sampled_from(WORDS), min_size=8, max_size=16, unique=True)
    return words.map(lambda drawn: " ".join(drawn).capitalize() + ".")


def paragraphs(*, min_size: int = 1, max_size: int = 4) -> st.SearchStrategy[str]:
    """A paragraph of some invented sentences."""
    return st.lists(sentences(), min_size=min_size, max_size=max_size, unique=True).map(" ".join)


def articles(*, min_size: int = 3, max_size: int = 8) -> st.SearchStrategy[Article]:
    """An article with a headline and some paragraphs, no two alike."""
    bodies = st.lists(paragraphs(), min_size=min_size, max_size=max_size, unique=True)
    return st.builds(_article, sentences(), bodies)


def _article(headline: str, body: Sequence[str]) -> Article:
    return from_text("\n\n".join(body), headline=headline.rstrip("."), language="en")


@st.composite
def live_blogs(draw: st.DrawFn, *, min_size: int = 2, max_size: int = 6) -> Article:
    """A live blog: an introduction, then entries with id and time, the newest first.

    No two paragraphs are alike; an entry has one to three.
    """
    sizes = draw(st.lists(st.integers(1, 3), min_size=min_size, max_size=max_size))
    count = 1 + sum(sizes)
    texts = iter(draw(st.lists(paragraphs(max_size=2), min_size=count, max_size=count, unique=True)))
    blocks = [Block(BlockKind.PARAGRAPH, next(texts))]
    for number, size in enumerate(sizes):
        age = len(sizes) - number
        entry = LiveEntry(f"entry-{age}", _LIVE_SINCE + timedelta(minutes=7 * age))
        kinds = [BlockKind.LIVE_ENTRY, *[BlockKind.PARAGRAPH] * (size - 1)]
        blocks += [Block(kind, next(texts), entry=entry) for kind in kinds]
    return Article(headline=draw(sentences()).rstrip("."), blocks=tuple(blocks), language="en")


@st.composite
def edited_articles(draw: st.DrawFn) -> EditedPair:
    """Two articles and the known edits between them, each in a paragraph of its own.

    No two sentences share a word and paragraphs are of one size, so that the edits can be read in only
    one way.
    """
    fresh = _fresh_sentences(draw(st.randoms(use_true_random=False)))
    size, count = draw(st.integers(1, 2)), draw(st.integers(6, 9))
    old = _article(next(fresh), [" ".join(islice(fresh, size)) for _ in range(count)])
    kinds = draw(st.lists(st.sampled_from(PlantedKind), min_size=1, unique=True))
    targets = draw(st.permutations(range(1, len(old.blocks) + 1)))
    headline = old.headline or ""
    # the blocks in the place of each old paragraph, and before the first and after the last
    slots = [[], *[[block.text] for block in old.blocks], []]
    planted = []
    for kind, target in zip(kinds, targets, strict=False):
        if kind is PlantedKind.HEADLINE:
            edit = Planted(kind, headline, next(fresh).rstrip("."))
            headline = edit.new or ""
        else:
            edit = _plant(kind, slots, target, fresh)
        planted.append(edit)
    if PlantedKind.UPDATE in kinds:
        slots.append([edit.new or "" for edit in planted if edit.kind is PlantedKind.UPDATE])
    return EditedPair(
        old, _article(headline, [text for slot in slots for text in slot]), tuple(planted)
    )


def _fresh_sentences(random: Random) -> Iterator[str]:
    words = list(WORDS)
    random.shuffle(words)
    for start in range(0, len(words) - 7, 7):
        yield " ".join(words[start : start + 7]).capitalize() + "."


def _plant(kind: PlantedKind, slots: list[list[str]], target: int, fresh: Iterator[str]) -> Planted:
    text = slots[target][0]
    if kind is PlantedKind.UPDATE:
        return Planted(kind, None, f"Update: {next(fresh)}")
    if kind is PlantedKind.REMOVED:
        slots[target].remove(text)
        return Planted(kind, text, None)
    if kind is PlantedKind.ADDED:
        sentence = next(fresh)
        slots[target].append(sentence)
        return Planted(kind, None, sentence)
    if kind is PlantedKind.EDITED:
        words = text.split(" ")
        words[3] = "forty-seven"
        slots[target][0] = " ".join(words)
        return Planted(kind, text, slots[target][0])
    slots[target].remove(text)
    slots[-1 if target < len(slots) // 2 else 0].append(text)
    return Planted(kind, text, text)


def html_page(article: Article, *, furniture: Sequence[str] = ()) -> bytes:
    """Put an article into an HTML page in UTF-8, with pieces of furniture before and after it.

    The entries of a live blog become elements with their id and time.
    """
    headline = html.escape(article.headline or "")
    body = "\n".join(
        [_markup(entry, blocks) for entry, blocks in groupby(article.blocks, lambda block: block.entry)]
    )
    middle = len(furniture) // 2
    language = html.escape(article.language or "en")
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{headline}</title>'
        "</head><body><header><nav><a href='/'>Home</a></nav></header>"
        f"{''.join(furniture[:middle])}<main><article><h1>{headline}</h1>\n{body}\n</article></main>"
        f"{''.join(furniture[middle:])}<footer>All rights reserved</footer></body></html>"
    ).encode()


def _markup(entry: LiveEntry | None, blocks: Iterable[Block]) -> str:
    words = "\n".join([f"<p>{html.escape(block.text)}</p>" for block in blocks])
    if entry is None:
        return words
    time = entry.published_at.isoformat() if entry.published_at else ""
    return (
        f'<section class="live-entry" id="{html.escape(entry.id or "")}">'
        f'<time datetime="{time}"></time>{words}</section>'
    )


def pages(drawn: st.SearchStrategy[Article] | None = None) -> st.SearchStrategy[bytes]:
    """An HTML page: an article (drawn from *drawn*) with any furniture around it."""
    furniture = st.lists(st.sampled_from(FURNITURE), max_size=6)
    return st.builds(
        lambda a, f: html_page(a, furniture=f), articles() if drawn is None else drawn, furniture
    )
