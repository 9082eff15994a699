"""Sentences where there is no sentencex: rules of our own with the same interface."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revtrack.text.splitter import segment

CASES = """
en | The lock reopened. Four boats passed.
en | Mr. Lund of St. Anne said so. He left.
en | The keeper, J. R. Aase, agreed. She waited.
en | It cost 3.5 million. The council paid.
en | He asked "Is it safe? Is it dry?" and left. Nobody knew.
en | It fell (see p. 4. It is short) again. Then it rose.
de | Am 3. März kam Dr. Holm an. Er blieb.
de | Das gilt z.B. für Boote. Sonst nicht.
fr | M. Dupont est venu. Il est reparti.
es | ¿Quién vino? Nadie lo sabe.
nb | Feilen ble rettet 26. februar kl. 9 i dag. Det var sent.
zh | 船闸重新开放。四艘船通过了。
ja | 水門が開いた。「もう安全です。」と言った。
hi | नाव आई। लोग चले गए।
"""


def _cut(line: str) -> tuple[str, str]:
    language, _, text = line.partition(" | ")
    return language, text


@pytest.mark.parametrize("line", CASES.strip().splitlines())
def test_two_sentences_are_two(line: str) -> None:
    """Initials, titles, abbreviations, ordinals, numbers and quotations end no sentence."""
    language, text = _cut(line)
    assert len(segment(language, text)) == 2


@given(
    st.text(alphabet='aB.!?。 \n"“”()1„«»', max_size=60) | st.text(max_size=60),
    st.sampled_from(["en", "de", "zh", "xx"]),
)
def test_the_pieces_are_the_text(text: str, language: str) -> None:
    """Together the pieces are the text, and none is empty."""
    pieces = segment(language, text)
    assert "".join(pieces) == text
    assert all(pieces)


def test_sentences_without_sentencex() -> None:
    """A machine without sentencex cuts sentences all the same."""
    probe = (
        "import sys; sys.modules['sentencex'] = None\n"
        "from revtrack.text import sentences\n"
        "print(len(sentences('The lock reopened. Four boats passed.')))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "2"
