"""Elements by what they do to the lines of text around them."""

from __future__ import annotations

__all__ = ["ASIDE", "BLOCK", "BREAK", "FLAT", "SKIP", "ends_in_break"]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


SKIP = _names(
    """
    script style noscript nav footer form button select template svg menu dialog head input textarea
    label object iframe title canvas datalist audio video aside annotation annotation-xml
    map option progress meter rp rt
    """
)
# Elements that begin on a line of their own (the rendering section of the HTML standard); all
# others, and
# those that nobody knows, are part of a line.
BLOCK = _names(
    """
    address article aside blockquote body caption center colgroup dd details dialog dir div dl dt
    fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main
    menu nav ol
    optgroup option p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp
    """
)
# Elements that are part of a line and have no say in what is in it.
FLAT = _names(
    "a abbr b bdi big cite code em font i ins kbd mark q samp small span strong sub sup time u var"
)
ASIDE = frozenset(["aside", "footer"])
"""What stands beside a text or under it, and may be a notice on it."""

# A line break; two of them with nothing between part paragraphs. It is known by its identity, which a
# string of one character shares with all that read like it.
BREAK = " \n"


def ends_in_break(parts: list[str]) -> bool:
    """Whether nothing but white space came since the last line break."""
    for part in reversed(parts):
        if part is BREAK:
            return True
        if not part.isspace():
            return False
    return False
