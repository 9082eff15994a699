"""Text that cannot drive a terminal or turn a line of reading around: hostile characters spelt out.

An article may hold characters that act instead of showing: escape sequences, carriage returns,
directional overrides. A report shows them by name, so that what was published stays visible and
nothing happens.
"""

from __future__ import annotations

__all__ = ["single_line", "spelt_out", "spelt_out_strictly"]

_CONTROL_PICTURES = 0x2400
_OVERRIDES = (0x202D, 0x202E)
# Embeddings and isolates: harmless where every piece of text has a box of its own (HTML), not in a
# terminal or in Markdown, where one unclosed character reaches past the text that brought it.
_EMBEDDINGS = (0x202A, 0x202B, 0x202C, 0x2066, 0x2067, 0x2068, 0x2069)


def _named(code: int) -> str:
    return f"⟨U+{code:04X}⟩"


def _acting_characters() -> dict[int, str]:
    table = {code: chr(_CONTROL_PICTURES + code) for code in range(0x20) if code not in (0x09, 0x0A)}
    table[0x7F] = "␡"
    table |= {code: _named(code) for code in range(0x80, 0xA0)}
    table |= {code: _named(code) for code in _OVERRIDES}
    table |= dict.fromkeys(
        range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"
    )  # a lone surrogate cannot be written
    table |= {code: _named(code) for code in (0xFFFE, 0xFFFF)}
    return table


_LENIENT = _acting_characters()
_STRICT = (
    _LENIENT | {code: _named(code) for code in _EMBEDDINGS} | {0x2028: " ", 0x2029: " ", 0x09: " "}
)


def spelt_out(text: str) -> str:
    """*text* with control characters, overrides and lone surrogates shown by name (for HTML)."""
    return text.translate(_LENIENT)


def spelt_out_strictly(text: str) -> str:
    """The same, and every directional embedding or isolate too (for terminals and Markdown)."""
    return text.translate(_STRICT)


def single_line(text: str) -> str:
    """*text* made harmless and put on one line, runs of white space as one space."""
    return " ".join(spelt_out_strictly(text).split())
