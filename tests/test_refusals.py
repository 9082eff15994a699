"""What is no text is refused at once, by the name of the argument."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from revtrack import diff, facts, notices, urls
from revtrack.extract import from_text
from revtrack.text import fold, normalize, sentences, words

TEXT = "text must be a str"
REFUSED: list[tuple[Callable[..., Any], tuple[Any, ...], str]] = [
    (fold, (None,), TEXT),
    (fold, (b"One.",), TEXT),
    (normalize, (b"One.",), TEXT),
    (sentences, (b"One.",), "text must be a string, not bytes"),
    (words, (None,), "text must be a string, not NoneType"),
    (facts.read, (b"12",), "string"),
    (notices.find, (b"Correction: wrong",), TEXT),
    (urls.identify, (b"https://example.org/",), "url must be str"),
    (from_text, (b"bytes",), "extract"),
    (diff.text, (1, "a"), "^old must be a string"),
    (diff.text, ("a", None), "^new must be a string"),
    (diff.text, ("a", b"a"), "^new must be a string"),
    (diff.text, (["a"], "a"), "^old must be a string"),
    (diff.tokens, ("one text", ["a"]), "^old must be a sequence"),
    (diff.tokens, (["a"], ["a", 3]), "^new must hold strings"),
    (diff.align, ("one text", ["a"]), "^old must"),
    (diff.align, (["a"], [1]), "^new must"),
    (diff.align, (None, ["a"]), "^old must"),
    (diff.align, (["a"], b"bytes"), "^new must"),
    (diff.patch("one", "two").apply, (b"bytes",), "text"),
]


@pytest.mark.parametrize(("asked", "given", "said"), REFUSED)
def test_what_is_no_text_is_refused(
    asked: Callable[..., Any], given: tuple[Any, ...], said: str
) -> None:
    """Bytes, nothing, numbers and lists in the place of a text are a TypeError that names it."""
    with pytest.raises(TypeError, match=said):
        asked(*given)
