"""The notice that a revision would need."""

from __future__ import annotations

import html
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import revtrack
from revtrack import codec, notices
from revtrack.notices.drafting import QUOTED_WORDS, Draft, differing
from revtrack.testing import EditedPair, edited_articles

STORY = (
    "A fire broke out at the old harbour on Monday night and spread to three warehouses.\n\n"
    "Police said 45 people were taken to hospital, most of them with burns.\n\n"
    "The chief of the brigade, Anna Keller, spoke of a fault in the wiring.\n\n"
    "“It is a clear case,” she told the council of Tarn.\n\n"
    "The mayor had known of the fault for years.\n\n"
    "The harbour will stay closed until the engineers have looked at the quay."
)
EDITS = {
    "a number": ("45", "54"),
    "a weekday": ("Monday", "Sunday"),
    "a name": ("Keller", "Kessler"),
    "a place": ("council of Tarn", "council of Orle"),
    "a quotation": ("clear case", "weak case"),
    "a removal": ("The mayor had known of the fault for years.\n\n", ""),
    "a hedge": ("harbour will stay", "harbour will reportedly stay"),
    "a verb of saying": ("Police said", "Police claimed"),
    "a negation": ("had known", "had not known"),
    "an addition": (
        "had known of the fault for years.",
        "had known of the fault for years.\n\nTwo witnesses saw the flames from the far bank.",
    ),
    "several in one sentence": ("Monday night and spread to three", "Sunday noon and spread to seven"),
}


def _article(text: str, headline: str = "Fire at the port") -> revtrack.Article:
    return revtrack.from_text(text, headline=headline, language="en")


def _with(*edits: tuple[str, str]) -> str:
    text = STORY
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return text


def _undisclosed_with_the_draft(
    old: revtrack.Article, new: revtrack.Article
) -> tuple[revtrack.Change, ...]:
    """What stays undisclosed when the draft stands under the new article."""
    draft = notices.draft(revtrack.compare(old, new))
    assert draft is not None
    text = f"{new.text}\n\n{draft.text}"
    noticed = revtrack.from_text(text, headline=new.headline, language="en")
    return revtrack.compare(old, noticed).undisclosed


@pytest.mark.parametrize("kind", EDITS)
def test_a_draft_discloses_the_change_that_it_was_made_for(kind: str) -> None:
    """Under the new article it leaves nothing undisclosed."""
    assert _undisclosed_with_the_draft(_article(STORY), _article(_with(EDITS[kind]))) == ()


def test_a_draft_for_many_changes_discloses_them_all() -> None:
    """One notice for each, and nothing is left."""
    kinds = [
        kind for kind in EDITS if kind not in {"a negation", "an addition", "several in one sentence"}
    ]
    new = _article(_with(*[EDITS[kind] for kind in kinds]), headline="Fire at the harbour")
    assert _undisclosed_with_the_draft(_article(STORY), new) == ()


def test_what_was_drafted_is_read_again() -> None:
    """The reader of notices finds the wrong and the right words where the draft put them."""
    new = _article(_with(EDITS["a number"], EDITS["a name"]), headline="Fire at the harbour")
    draft = notices.draft(revtrack.compare(_article(STORY), new))
    assert draft is not None
    assert [(notice.said, notice.says) for notice in notices.find(draft.text)] == [
        ("Fire at the port", "Fire at the harbour"),
        ("45 people", "54 people"),
        ("Keller", "Kessler"),
    ]


@given(edited_articles())
def test_any_draft_is_found_again_as_the_notices_it_holds(pair: EditedPair) -> None:
    """Each entry of a draft is a notice to the reader of notices, none more and none less."""
    draft = notices.draft(revtrack.compare(pair.old, pair.new))
    if draft is not None:
        assert [notice.text for notice in notices.find(draft.text, language="en")] == [*draft.entries]


@given(edited_articles())
def test_any_draft_leaves_nothing_undisclosed(pair: EditedPair) -> None:
    """Put under the new article, a draft explains every substantive change that it was made for."""
    revision = revtrack.compare(pair.old, pair.new)
    if revision.undisclosed:
        # one paragraph more may match moved text otherwise: what that brings is no matter of the draft
        left = {(c.old, c.new) for c in _undisclosed_with_the_draft(pair.old, pair.new)}
        assert left.isdisjoint({(change.old, change.new) for change in revision.undisclosed})


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("It lost $3 million in May.", "It lost $3 billion in May.", ("$3 million", "$3 billion")),
        ("The dam is 45 feet high.", "The dam is 45 metres high.", ("45 feet", "45 metres")),
        ("Anna Lind, 45, won.", "Anna Lind, 54, won.", ("Lind, 45", "Lind, 54")),
    ],
)
def test_a_number_is_quoted_with_what_belongs_to_it(old: str, new: str, told: tuple[str, str]) -> None:
    """A unit is told with its number, and a neighbour is taken from this side of a comma."""
    draft = notices.draft(revtrack.compare(_article(old), _article(new)))
    assert draft is not None
    assert f"It is “{told[1]}”, not “{told[0]}”." in draft.text


def test_nothing_to_correct_is_no_draft() -> None:
    """A typo, and a change that has its notice, need none."""
    old = _article(STORY.replace("harbour", "harbuor"))
    assert notices.draft(revtrack.compare(old, _article(STORY))) is None
    notice = "Correction: An earlier version of this article misstated a number. It is 54, not 45."
    new = _article(f"{_with(EDITS['a number'])}\n\n{notice}")
    assert notices.draft(revtrack.compare(_article(STORY), new)) is None


def test_a_notice_that_was_taken_away_is_put_back() -> None:
    """It is proposed as it was."""
    notice = (
        "Correction: An earlier version of this article misspelled the name of the brigade's chief."
    )
    draft = notices.draft(revtrack.compare(_article(f"{STORY}\n\n{notice}"), _article(STORY)))
    assert draft is not None
    assert draft.entries == (notice,)


def test_a_date_stands_on_the_notice_only_when_it_is_given() -> None:
    """The reader of notices reads it back, and schema.org has it as datePublished."""
    revision = revtrack.compare(_article(STORY), _article(_with(EDITS["a name"])))
    draft = notices.draft(revision, dated=date(2024, 3, 5))
    assert draft is not None
    assert [notice.dated for notice in notices.find(draft.text)] == [date(2024, 3, 5)]
    (comment,) = json.loads(draft.json_ld)["correction"]
    assert comment["datePublished"] == "2024-03-05"
    undated = notices.draft(revision)
    assert undated is not None
    assert "datePublished" not in undated.json_ld


def test_a_comment_names_itself_and_what_it_corrects() -> None:
    """Its name is the page's with a fragment that follows from the text."""
    first, second = json.loads(Draft(("One.", "Two."), url="https://a.example/b#c").json_ld)[
        "correction"
    ]
    assert first["correctedWork"] == second["correctedWork"] == {"@id": "https://a.example/b#c"}
    assert first["@id"].startswith("https://a.example/b#correction-") != second["@id"]
    (bare,) = json.loads(Draft(("Two.",)).json_ld)["correction"]
    assert bare["@id"] == "#" + second["@id"].partition("#")[2]
    assert "correctedWork" not in bare


def test_a_page_that_carries_the_json_ld_carries_the_notice() -> None:
    """What the draft states in a script element is a notice of the page that has it."""
    draft = notices.draft(revtrack.compare(_article(STORY), _article(_with(EDITS["a name"]))))
    assert draft is not None
    body = "".join([f"<p>{html.escape(part)}</p>" for part in STORY.split("\n\n")])
    page = (
        f"<html><head><script type='application/ld+json'>{draft.json_ld}</script></head>"
        f"<body><article><h1>Fire at the port</h1>{body}</article></body></html>"
    )
    assert [notice.text for notice in revtrack.extract(page).notices] == [*draft.entries]


@given(st.lists(st.text(), min_size=1).map(tuple), st.text())
def test_json_ld_holds_no_character_that_could_end_its_element(
    entries: tuple[str, ...], headline: str
) -> None:
    """Whatever an article says, it stays inside the JSON, and comes out of it as it was."""
    draft = Draft(entries, headline=headline)
    assert not set("<>&\u2028\u2029") & set(draft.json_ld)
    assert tuple(comment["text"] for comment in json.loads(draft.json_ld)["correction"]) == entries


def test_a_long_passage_is_quoted_from_its_beginning() -> None:
    """A notice is no second article."""
    long = " ".join([f"word{number}" for number in range(3 * QUOTED_WORDS)]) + "."
    draft = notices.draft(revtrack.compare(_article(f"{STORY}\n\n{long}"), _article(STORY)))
    assert draft is not None
    assert len(draft.text.split()) < 2 * QUOTED_WORDS
    assert "…" in draft.text


WORDS = st.lists(st.sampled_from("abcd"), min_size=1, max_size=12)


@given(WORDS, WORDS)
def test_one_stretch_put_for_the_other_gives_the_other_wording(old: list[str], new: list[str]) -> None:
    """The words around the differing stretches are the same on both sides."""
    said, says = (stretch.split() for stretch in differing(" ".join(old), " ".join(new)))
    assert any(
        [*old[:place], *says, *old[place + len(said) :]] == new
        for place in range(len(old) + 1)
        if old[place : place + len(said)] == said
    )


def test_a_draft_comes_back_from_json() -> None:
    """A draft is a public value like others."""
    draft = Draft(("Correction: One.", "Update: Two."), headline="H", url=None, dated=date(2024, 3, 5))
    assert codec.loads(codec.dumps(draft), Draft) == draft
