"""Headlines are compared like with like, and the change says which fields it is in."""

from __future__ import annotations

import attrs
import pytest

import revtrack
from revtrack import codec
from revtrack.changes import DisclosureState, HeadlineChanged, VariantChanged
from revtrack.changes.headline import headline_change
from revtrack.labels import Nature
from revtrack.model import Article, Headline, HeadlineSource

from .pairs import pairs

H1, OPEN_GRAPH, TWITTER = HeadlineSource.H1, HeadlineSource.OPEN_GRAPH, HeadlineSource.TWITTER
JSON_LD, TITLE = HeadlineSource.JSON_LD, HeadlineSource.TITLE
ALTERNATIVE, SLUG = HeadlineSource.ALTERNATIVE, HeadlineSource.SLUG

BRIDGE = "Bridge closes for the winter"
SHUT = "Bridge closes until April"
SIX, NINE = "Six boats lost in the storm", "Nine boats lost in the storm"


def _article(variants: dict[HeadlineSource, str], *, publisher: str | None = None) -> Article:
    shown = next((text for source, text in variants.items() if source is not SLUG), None)
    return Article(
        headline=shown,
        headlines=tuple([Headline(source, text) for source, text in variants.items()]),
        publisher=publisher,
    )


def _change(
    old: dict[HeadlineSource, str], new: dict[HeadlineSource, str], *, publisher: str | None = None
) -> HeadlineChanged | None:
    return revtrack.compare(
        _article(old, publisher=publisher), _article(new, publisher=publisher)
    ).headline


def _told(change: HeadlineChanged | None) -> tuple[HeadlineSource, str | None, str | None]:
    assert change is not None
    return change.source, change.old, change.new


def _fields(change: HeadlineChanged | None) -> list[tuple[HeadlineSource, str, str]]:
    assert change is not None
    return [(one.source, one.old, one.new) for one in change.variants]


@pytest.mark.parametrize("source", [H1, OPEN_GRAPH, TWITTER, JSON_LD, ALTERNATIVE])
def test_one_variant_that_changed_alone_is_told_by_its_name(source: HeadlineSource) -> None:
    """Whichever variant changed is told, and no other is said to have changed."""
    same = dict.fromkeys([H1, OPEN_GRAPH, TWITTER, JSON_LD, TITLE, ALTERNATIVE, SLUG], BRIDGE)
    change = _change(same, {**same, source: SHUT})
    assert _told(change) == (source, BRIDGE, SHUT)
    assert _fields(change) == [(source, BRIDGE, SHUT)]


@pytest.mark.parametrize("source", [TITLE, SLUG])
def test_title_and_address_alone_change_no_headline(source: HeadlineSource) -> None:
    """A title with a better variant beside it, and an address, are no change of the headline."""
    same = dict.fromkeys([H1, TITLE, SLUG], BRIDGE)
    assert _change(same, {**same, source: SHUT}) is None


def test_the_most_visible_variant_is_told_and_all_are_named() -> None:
    """What changed in the same words and what did not even change is told field by field."""
    old = {H1: BRIDGE, OPEN_GRAPH: BRIDGE, JSON_LD: "A bridge", TITLE: BRIDGE, SLUG: "bridge closes"}
    new = {H1: SHUT, OPEN_GRAPH: SHUT, JSON_LD: "A bridge", TITLE: SHUT, SLUG: "bridge closes until"}
    change = _change(old, new)
    assert _told(change) == (H1, BRIDGE, SHUT)
    assert [source for source, _, _ in _fields(change)] == [H1, OPEN_GRAPH, TITLE, SLUG]
    assert change is not None
    assert change.variants[0].ops == change.ops
    assert (change.variants[-1].nature, change.variants[-1].substantive) == (Nature.METADATA, False)


def test_two_variants_that_changed_differently_are_each_told_with_their_own_words() -> None:
    """The heading and Open Graph are not compared with each other."""
    change = _change({H1: BRIDGE, OPEN_GRAPH: SIX}, {H1: SHUT, OPEN_GRAPH: NINE})
    assert _fields(change) == [(H1, BRIDGE, SHUT), (OPEN_GRAPH, SIX, NINE)]
    assert change is not None
    assert [one.nature for one in change.variants][1] is Nature.NUMBER


def test_a_comma_in_the_heading_does_not_hide_a_number_in_what_is_shared() -> None:
    """The change is one of substance when any variant's is, and each says of itself whether."""
    change = _change({H1: "Boats, lost", OPEN_GRAPH: SIX}, {H1: "Boats lost", OPEN_GRAPH: NINE})
    assert change is not None
    assert (change.source, change.nature, change.substantive) == (H1, Nature.PUNCTUATION, True)
    assert [one.substantive for one in change.variants] == [False, True]


@pytest.mark.parametrize("source", [TITLE, SLUG])
def test_title_and_address_give_a_change_no_substance(source: HeadlineSource) -> None:
    """A counter in the title beside a comma in the heading is no fact."""
    old, new = {H1: "Boats, lost", source: SIX}, {H1: "Boats lost", source: NINE}
    change = _change(old, new)
    assert change is not None
    assert change.substantive is False


def test_a_variant_that_one_capture_lacks_is_not_compared() -> None:
    """A heading that disappeared is no new headline while Open Graph reads the same, and back."""
    whole, headless = {H1: BRIDGE, OPEN_GRAPH: SHUT}, {OPEN_GRAPH: SHUT}
    assert _change(whole, headless) is None
    assert _change(headless, whole) is None
    assert _told(_change(whole, {OPEN_GRAPH: SIX})) == (OPEN_GRAPH, SHUT, SIX)


def test_articles_without_a_variant_in_common_are_compared_by_what_they_show() -> None:
    """There is no like to compare then, so no field is named as changed."""
    change = _change({H1: BRIDGE}, {OPEN_GRAPH: SHUT})
    assert _told(change) == (OPEN_GRAPH, BRIDGE, SHUT)
    assert _fields(change) == []
    assert _change({H1: BRIDGE}, {OPEN_GRAPH: BRIDGE}) is None


def test_an_address_or_second_headline_in_common_does_not_stand_for_the_headline() -> None:
    """Articles that share these only are compared by what they show."""
    beside = {ALTERNATIVE: SIX, SLUG: "six boats lost"}
    assert _told(_change({H1: BRIDGE, **beside}, {TITLE: SHUT, **beside})) == (TITLE, BRIDGE, SHUT)
    assert _change({SLUG: "six boats lost"}, {SLUG: "nine boats lost"}) is None


def test_a_headline_that_came_or_went() -> None:
    """An address is none: with nothing else on one side the headline came, or went."""
    old, new = {SLUG: "six boats lost"}, {H1: SIX, SLUG: "six boats lost"}
    came, went = _change(old, new), _change(new, old)
    assert _told(came) == (H1, None, SIX)
    assert _told(went) == (H1, SIX, None)
    assert _fields(came) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"{BRIDGE} | Harbour Paper", f"{BRIDGE} | Harbour Paper: read it first"),
        (f"{BRIDGE} · News · Paper", f"{BRIDGE} · News · The Paper"),
        (BRIDGE, f"(3) {BRIDGE}"),
        (f"(12) {BRIDGE}", f"(99+) {BRIDGE}"),
        (BRIDGE, f"{BRIDGE} - Harbour Paper"),
        (f"Harbour Paper: {BRIDGE}", BRIDGE),
    ],
)
def test_what_sites_put_around_a_title_is_no_headline(old: str, new: str) -> None:
    """Slogans behind a bar, counters before it and the site's own name come and go."""
    assert _change({TITLE: old}, {TITLE: new}, publisher="Harbour Paper") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (BRIDGE, f"{BRIDGE} – and the ferry too"),
        (f"{BRIDGE} | Paper", f"{SHUT} | Paper"),
        (f"{BRIDGE}: a ferry runs", f"{BRIDGE}: no ferry runs"),
        ("(Nearly) all is lost", "(Fully) all is lost"),
        ("Paper | Six boats lost in storm", "Paper | Nine boats lost in storm"),
    ],
)
def test_what_a_title_says_of_the_story_is_told(old: str, new: str) -> None:
    """A part behind a dash or colon is the headline's own unless the site is called so."""
    assert _told(_change({TITLE: old}, {TITLE: new}, publisher="Harbour Paper")) == (TITLE, old, new)


def test_the_name_of_the_site_in_open_graph_is_no_change_of_the_headline() -> None:
    """One capture states the site's name apart, the other does not."""
    old = _article({OPEN_GRAPH: BRIDGE, H1: "Bridges"}, publisher="Harbour Paper")
    new = _article({OPEN_GRAPH: f"{BRIDGE} | Harbour Paper", H1: "Bridges"})
    assert revtrack.compare(old, new).changes == ()
    on_page = attrs.evolve(new, headlines=(Headline(H1, "Bridges | Harbour Paper"),))
    assert revtrack.compare(old, on_page).headline is not None


def test_the_fields_of_a_change_go_to_json_and_come_back() -> None:
    """A change with its variants, and a variant alone, are documents."""
    change = _change({H1: BRIDGE, OPEN_GRAPH: SIX}, {H1: SHUT, OPEN_GRAPH: NINE})
    assert change is not None
    assert codec.loads(codec.dumps(change), HeadlineChanged) == change
    assert codec.loads(codec.dumps(change.variants[1]), VariantChanged) == change.variants[1]


@pytest.mark.parametrize(
    ("language", "old", "new"),
    pairs("A label says what kind of page it is, and no news"),
)
def test_a_label_at_the_end_of_a_headline_changes_its_form(language: str, old: str, new: str) -> None:
    """*Live*, *video*, *as it happened* behind a sign say what kind of page it is, and no news."""
    sides = [
        revtrack.from_text("Text of a story.", headline=one, language=language) for one in (old, new)
    ]
    change = headline_change(*sides)
    assert change is not None
    assert change.nature is Nature.FORMAT
    assert not change.substantive


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Live music returns to the quay", "Music returns to the quay"),
        ("Vote on the tram line – live updates", "Vote on the ferry line – as it happened"),
        ("Mayor: video was a fake", "Mayor: tape was a fake"),
        ("Council vote: tram line lost", "Council vote: tram line won"),
    ],
)
def test_a_word_of_the_headline_itself_is_no_label(old: str, new: str) -> None:
    """What no sign parts from the headline, and what else changes beside a label, is judged as ever."""
    change = headline_change(
        *[revtrack.from_text("Text.", headline=one, language="en") for one in (old, new)]
    )
    assert change is not None
    assert change.rule != "headline.label"


@pytest.mark.parametrize(
    ("language", "old", "new", "doubted"),
    [
        ("es", "La tesorera dimite", "La tesorera renuncia", True),
        ("de", "Kassenwartin tritt zurück", "Kassenwartin legt Amt nieder", True),
        ("ja", "会計係が辞任", "会計係が辞職", True),
        ("es", "Arde el molino", "Arde la iglesia", False),
        ("es", "Siete barcos perdidos", "Nueve barcos perdidos", False),
        ("en", "Treasurer to sue over the roof", "Treasurer to sing over the roof", False),
    ],
)
def test_another_word_in_a_headline_without_a_dictionary_is_in_doubt(
    language: str, old: str, new: str, doubted: bool
) -> None:
    """It may say the same, so nobody is accused by it, unless it is a noun, a number or a name."""
    sides = [Article(headline=text, language=language) for text in (old, new)]
    change = revtrack.compare(*sides).headline
    assert change is not None
    assert change.substantive
    assert (change.state is DisclosureState.POSSIBLE) is doubted
