"""Front matter: what the source of an article says of it in its head, in the forms in use.

YAML between ``---`` (plain values, folded ones and lists), TOML between ``+++``, JSON (bare, or between
``;;;``), the ``Key: value`` lines of Pelican and MultiMarkdown, and the title with its fields of
reStructuredText, AsciiDoc and Org. Only what is text or a time is read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime

__all__ = ["MARKUP", "Fields", "front_matter", "markup_head"]

Fields = Mapping[str, str]
"""The fields by name in lower case; a list is joined by commas."""

_LONGEST = 65_536
"""Characters in which a head must end (range 4,096 and more): whatever is longer is no head."""

_FENCED = re.compile(
    r"(?P<fence>---|\+\+\+|;;;)[ \t]*(?P<kind>[a-z]{0,8})[ \t]*\r?\n(?P<head>.*?)"
    r"^(?:(?P=fence)|\.\.\.)[ \t]*\r?$\n?",
    re.DOTALL | re.MULTILINE,
)
_OPEN_JSON = re.compile(r'(?=")(?P<head>.*?)^;;;[ \t]*\r?$\n?', re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"(?P<indent>[ \t]*)(?:(?P<name>[A-Za-z][\w-]*)[ \t]*:(?=[ \t]|$))?(?P<value>.*)")
_QUOTED = re.compile(r"""(["'])(.*)\1(?:\s+#.*)?""")
_COMMENT = re.compile(r"(?:\A|\s)#.*")
_FOLDED = re.compile(r"[>|][+-]?\d?[+-]?")
_KEYS = frozenset(
    """
    author authors category categories copyright css date description keywords lang language layout
    modified published slug status subtitle summary tags template title updated
    """.split()  # noqa: SIM905 - a list of quoted words is unreadable
)
"""The names that the heads of Pelican, MultiMarkdown and Hexo share: without them a line with a colon
is a sentence of the text, such as a correction."""
_MANY = 3
"""Such names from which a head may have others too (range 2 to 5)."""


def front_matter(text: str) -> tuple[Fields, str]:
    """The fields before a *text*, and the text without them; no fields where it has no front matter."""
    text = text.removeprefix("\ufeff")
    for read in (_fenced, _json, _lines):
        found = read(text)
        if found is not None:
            return found
    return {}, text


def _fenced(text: str) -> tuple[Fields, str] | None:
    found = _FENCED.match(text, 0, _LONGEST) or _OPEN_JSON.match(text, 0, _LONGEST)
    if found is None:
        return None
    said = found.groupdict()
    reading: Callable[[str], Fields] = {"+++": _toml, "---": _yaml}.get(
        said.get("fence") or "", _object
    )
    reading = {"toml": _toml, "json": _object}.get(said.get("kind") or "", reading)
    fields = reading(found["head"])
    is_head = fields or not found["head"].strip()  # else the text stands between two lines
    return (fields, text[found.end() :]) if is_head else None


def _json(text: str) -> tuple[Fields, str] | None:
    if not text.startswith("{"):
        return None
    try:
        value, end = json.JSONDecoder().raw_decode(text[:_LONGEST])
    except (ValueError, RecursionError):
        return None
    rest = text[end:]
    is_head = isinstance(value, dict) and "title" in {str(name).lower() for name in value}
    return (_flat(value), rest.lstrip("\r\n")) if is_head and rest[:1] in {"\r", "\n"} else None


def _object(head: str) -> Fields:
    for written in (head, f"{{{head.rstrip().rstrip(',')}}}"):
        try:
            value = json.loads(written)
        except (ValueError, RecursionError):
            continue
        return _flat(value) if isinstance(value, dict) else {}
    return {}


def _toml(head: str) -> Fields:
    import tomllib  # noqa: PLC0415 # slow to import, for few texts

    try:
        return _flat(tomllib.loads(head.replace("\r\n", "\n")))
    except (ValueError, RecursionError):
        plain = [line.replace("=", ": ", 1) for line in head.split("\n") if "=" in line]
        return _yaml("\n".join(plain))


def _flat(values: Mapping[str, object]) -> Fields:
    flat = {str(name).lower(): _written(value) for name, value in values.items()}
    return {name: text for name, text in flat.items() if text}


def _written(value: object) -> str:
    if isinstance(value, list):
        return ", ".join([_written(one) for one in value if isinstance(one, str)])
    if isinstance(value, date | datetime):
        return value.isoformat()
    return " ".join(value.split()) if isinstance(value, str) else ""


def _yaml(head: str) -> Fields:
    """The plain values of YAML's first level, folded texts and lists of plain values among them."""
    fields: dict[str, str] = {}
    name, held = "", list[str]()
    for line in [*head.split("\n"), "end:"]:
        found = _LINE.match(line.rstrip())
        if found is None or (not found["indent"] and line[:1] == "#"):
            continue
        if found["indent"] or found["name"] is None:
            held.append(line.strip())
            continue
        if name and (text := _plain(held)):
            fields.setdefault(name, text)
        name, held = found["name"].lower(), [found["value"].strip()]
    return fields


def _plain(held: list[str]) -> str:
    """The text of a value whose lines are *held*; none of what has fields of its own."""
    first, *more = held or [""]
    lines = [line for line in more if line]
    if first.startswith("[") and first.endswith("]"):
        return ", ".join([_unquoted(one.strip()) for one in first[1:-1].split(",")])
    if not _COMMENT.sub("", first) and lines and all(line.startswith("- ") for line in lines):
        return ", ".join([_unquoted(line[2:].strip()) for line in lines])
    if _FOLDED.fullmatch(_COMMENT.sub("", first)):
        return " ".join(lines)
    return _unquoted(" ".join([first, *lines])) if first else ""


def _unquoted(value: str) -> str:
    quoted = _QUOTED.fullmatch(value)
    if quoted is None:
        return _COMMENT.sub("", value).strip()
    doubled = {"'": ("''", "'"), '"': ('\\"', '"')}[quoted[1]]
    return quoted[2].replace(*doubled)


def _lines(text: str) -> tuple[Fields, str] | None:
    """The head of ``Key: value`` lines up to the first empty line, or to a line of hyphens."""
    fields: dict[str, str] = {}
    name, position = "", 0
    for line in text[:_LONGEST].splitlines(keepends=True):
        found = _LINE.match(line.rstrip())
        if not line.strip() or line.rstrip() == "---":
            position += len(line)
            break
        if found is None or (found["indent"] and not name) or not (found["indent"] or found["name"]):
            return None
        if found["indent"]:
            fields[name] = f"{fields[name]} {line.strip()}".strip()
        else:
            name = found["name"].lower()
            fields[name] = _unquoted(found["value"].strip())
        position += len(line)
    known = _KEYS & fields.keys()
    is_head = "title" in known and (len(known) == len(fields) or len(known) >= _MANY)
    return (fields, text[position:]) if is_head else None


# ------------------------------------------------------- reStructuredText, AsciiDoc, Org and the like

_FIELD_FORMS = {
    "text/x-rst": re.compile(r":(?P<name>[A-Za-z][\w -]*):(?P<value>.*)"),
    "text/asciidoc": re.compile(r":(?P<name>[A-Za-z][\w-]*):(?P<value>.*)"),
    "text/org": re.compile(r"#\+(?P<name>[A-Za-z]\w*):(?P<value>.*)"),
}
MARKUP = frozenset(_FIELD_FORMS)
"""The media types of markup that is read as plain text, title and fields apart."""

_UNDERLINE = re.compile(r"([^\w\s])\1{2,}\s*")
_ASCIIDOC_TITLE = re.compile(r"=\s+(\S.*)")


def markup_head(text: str, media_type: str) -> tuple[Fields, str]:
    """The title and fields at the head of a *text* in a markup that is read as plain text.

    *media_type* is ``text/x-rst``, ``text/asciidoc`` or ``text/org``; any other has front matter only.
    """
    fields, text = front_matter(text)
    form = _FIELD_FORMS.get(media_type)
    if form is None:
        return fields, text
    found = dict(fields)
    lines = text.split("\n")
    place = _past_blank(lines, 0)
    while place < len(lines):
        title, after = ("", place) if "title" in found else _title(lines, place)
        field = form.match(lines[place])
        if title:
            found["title"], place = title, after
        elif field is not None:
            found.setdefault(field["name"].strip().lower(), field["value"].strip())
            place += 1
        else:
            break
        place = _past_blank(lines, place)
    return found, "\n".join(lines[place:])


def _past_blank(lines: list[str], place: int) -> int:
    while place < len(lines) and not lines[place].strip():
        place += 1
    return place


def _title(lines: list[str], place: int) -> tuple[str, int]:
    """The title that begins at a line, under or between signs or behind one, and what follows it."""
    here = [line.rstrip() for line in lines[place : place + 3]]
    behind = _ASCIIDOC_TITLE.fullmatch(here[0])
    if behind is not None:
        return behind[1].strip(), place + 1
    if len(here) > 2 and _UNDERLINE.fullmatch(here[0]) and here[0] == here[2]:
        return here[1].strip(), place + 3
    if len(here) > 1 and _UNDERLINE.fullmatch(here[1]) and not _UNDERLINE.fullmatch(here[0]):
        return here[0].strip(), place + 2
    return "", place
