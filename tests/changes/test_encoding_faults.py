"""A page and the same page with faults of encoding are one version."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest

import revtrack

PARAGRAPHS = (
    "“The café isn’t open,” said Zoë Lindström – it’s 10 °C inside.",
    "Tea costs £4 at Brown & Sons… and 5 € in Malmö.",
    "She paid <i>nothing</i> à la carte.",
)


def _page(*paragraphs: str) -> str:
    body = "".join([f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs])
    return f"<html lang=en><title>It’s Zoë’s café</title><h1>It’s Zoë’s café</h1>{body}"


def _misread(text: str) -> str:
    return "".join(
        [bytes([code]).decode("cp1252", "ignore") or chr(code) for code in text.encode("utf-8")]
    )


def _as_references(text: str) -> str:
    return text.replace("’", "&#8217;")


FAULTS: list[Callable[[str], str]] = [_misread, html.escape, _as_references]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_encoding_is_no_change(fault: Callable[[str], str]) -> None:
    """Mojibake and entities encoded twice give no change, in either direction."""
    right, wrong = _page(*PARAGRAPHS), _page(*[fault(paragraph) for paragraph in PARAGRAPHS])
    assert revtrack.compare(right, wrong).changes == ()
    assert revtrack.compare(wrong, right).changes == ()
    whole = _misread(right)
    assert revtrack.compare(right, whole).changes == ()


def test_an_edit_in_a_text_with_faults_is_the_edit_alone() -> None:
    """What was edited is told; sentences that only the fault touches are not."""
    right = _page(*PARAGRAPHS)
    edited = _page(*[_misread(paragraph.replace("£4", "£6")) for paragraph in PARAGRAPHS])
    (change,) = revtrack.compare(right, edited).changes
    assert isinstance(change, revtrack.TextEdited)
    assert (change.old or "").startswith("Tea costs £4")
