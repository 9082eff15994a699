"""Markup in texts: what readers do not see of a source, told from what they are shown."""

from __future__ import annotations

import pytest

from revtrack.text.markup import instructions, is_cut, markup


def _hidden(text: str) -> list[str]:
    return [text[start:stop] for start, stop in markup(text)]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("The <em>old</em> weir.", ["<em>", "</em>"]),
        ("See [the weir](https://weir.example/a) today.", ["(https://weir.example/a)"]),
        ("The weir[^2] leaks.", ["[^2]"]),
        ("The weir {% map north %} leaks.", ["{% map north %}"]),
        ("Write `<em>` for stress.", []),
        ("Write ``a ` <em>`` for stress.", []),
        ("Use <main> once in a page.", []),
        ("Box<int> is a type, and 3 < 4.", []),
    ],
)
def test_markup_is_what_readers_are_not_shown(text: str, hidden: list[str]) -> None:
    """Tags, targets, marks and instructions are hidden; code and named elements are shown."""
    assert _hidden(text) == hidden


@pytest.mark.parametrize("sign", ["`", "<a ", "{{", "](", "<!--", "a+B", "&#"])
def test_signs_without_end_are_no_markup(sign: str) -> None:
    """A million letters of opened signs hide no words behind them; their square would take an hour."""
    text = f"{sign * (1_000_000 // len(sign))} the weir leaks = <"
    assert not any("weir" in part for part in _hidden(text))
    assert not any("weir" in text[start:stop] for start, stop in instructions(text))


def test_a_text_cut_inside_a_tag_is_known() -> None:
    """What ends inside a tag, or between the signs of a picture, goes on behind it."""
    assert is_cut('The weir <a href="/n"', ' rel="x">leaks</a>.')
    assert is_cut("The weir !", "[north](a.jpg)")
    assert not is_cut("The weir leaks.", "The gate does not.")
