"""What sites do between two captures, and the article stays what it was."""

from __future__ import annotations

import pytest

from revtrack.extract import extract

from .pages import PARAGRAPHS, STORY, page

TEXT = "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize("made", ["css-9ad8f1", "story__3kAd9", "sc-gAdXyz", "text_2comment7 nav4x"])
def test_names_that_a_build_tool_made_say_nothing(made: str) -> None:
    """Letters of chance in a generated class name spell no advertisement and no menu."""
    assert extract(page(STORY.replace("<p>", f"<p class='{made}'>", 1))).text == TEXT


@pytest.mark.parametrize("name", ["ad300x250", "topAdSlot", "ad-9f3c", "comments_3fK2z"])
def test_words_beside_what_a_build_tool_made_are_read(name: str) -> None:
    """Sizes and hashes in a name do not hide the word that it has."""
    box = f"<div class='{name}'><p>Buy the bridge by post.</p></div>"
    assert extract(page(STORY + box)).text == TEXT
