"""Whether a part of a page is a notice: asked by extraction for what stands outside the text."""

from __future__ import annotations

from revtrack.notices.finding import find

__all__ = ["begins_notice", "is_notice"]

# So much of a text is read to see how it begins, in characters (range 200 to 1,000).
_READ = 600
# A notice begins within so many characters of a text that begins with one: ornaments, a bracket.
_ORNAMENTS = 3
# A line that says nothing: what stands below a label.
_BELOW = "–"
# The share of a text that its notices cover where it is nothing else (range .5 to 1): a link to a page
# of corrections may close it, promotion and sign-up do not.
_COVERED = 0.6


def begins_notice(text: str, *, language: str | None) -> bool:
    """Whether *text* begins with a notice in *language*, where it is known, in English or its own.

    A label alone is the beginning of one: what it announces stands below it.
    """
    read = f"{text[:_READ]}\n{_BELOW}"
    found = find(read, language=language) or (find(read) if language else ())
    return any(one.span is not None and one.span.start <= _ORNAMENTS for one in found)


def is_notice(text: str, *, language: str | None) -> bool:
    """Whether *text*, paragraphs parted by new lines, is notices and little else."""
    found = find(text, language=language) or (find(text) if language else ())
    spans = [one.span for one in found if one.span is not None]
    covered = sum([len(span) for span in spans])
    return bool(spans) and spans[0].start <= _ORNAMENTS and covered >= _COVERED * len(text.strip())
