"""Links as archives write them in TimeMaps and headers: RFC 8288 and its link-format, RFC 6690."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

__all__ = ["WebLink", "read_links"]

_TARGET = re.compile(r"<([^<>]*)>")
_PARAMETER = re.compile(r'\s*;\s*([^\s=;,"<>]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"<>]*)))?')
_ESCAPED = re.compile(r"\\(.)")


@attrs.frozen
class WebLink:
    """One link: where it leads, what it is (`relations`, lower case) and its other parameters."""

    target: str
    relations: frozenset[str]
    parameters: tuple[tuple[str, str], ...]

    def parameter(self, name: str) -> str | None:
        """The value of a parameter, None where it is not given."""
        return next((value for key, value in self.parameters if key == name), None)


def read_links(text: str) -> Iterator[WebLink]:
    """The links in *text*, in order; what is no link between them is passed over."""
    position = 0
    while True:
        start = _TARGET.search(text, position)
        if start is None:
            return
        parameters = []
        position = start.end()
        while (found := _PARAMETER.match(text, position)) is not None:
            value = _ESCAPED.sub(r"\1", found[2]) if found[2] is not None else found[3] or ""
            parameters.append((found[1].lower(), value))
            position = found.end()
        relations = next((value for name, value in parameters if name == "rel"), "")
        yield WebLink(start[1].strip(), frozenset(relations.lower().split()), tuple(parameters))
