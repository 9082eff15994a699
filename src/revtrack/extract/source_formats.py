"""Captures that are no served HTML: Markdown, plain text, and the sources of pages, as git holds them.

Markdown becomes HTML, and front matter (YAML, TOML, JSON, ``Key: value`` lines) the page's metadata.
Other markup is plain text with the title and fields of reStructuredText, AsciiDoc or Org.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from html import escape, unescape

from revtrack.errors import MissingExtraError
from revtrack.extract.elements import word_set
from revtrack.extract.encoding import decode
from revtrack.extract.headlines import letters_of
from revtrack.extract.times import read_time
from revtrack.model import Article, Block, BlockKind, Extractor, Headline, HeadlineSource
from revtrack.notices import attest, in_article

__all__ = ["MARKUP", "PLAIN", "Fields", "from_text", "front_matter", "markup_head", "read_source"]

PLAIN = Extractor("revtrack.plain", "1")

# Line ends of every system, and the separators that Unicode calls line and paragraph.
_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")


def from_text(  # noqa: PLR0913 - one keyword per thing that a caller without HTML knows
    text: str,
    *,
    headline: str | None = None,
    language: str | None = None,
    byline: str | None = None,
    published_at: datetime | None = None,
    modified_at: datetime | None = None,
    url: str | None = None,
    captured_at: datetime | None = None,
) -> Article:
    """An article from plain *text*, for users without HTML.

    Blank lines part blocks; inside a block white space (line ends too) is collapsed to single spaces.
    *language* is a BCP 47 tag (``en``, ``pt-BR``). Raises `TypeError` where *text* is not ``str``.
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be str, not {type(text).__name__}: for HTML bytes use extract()")
    text = _LINE_END.sub("\n", text).replace("\u2029", "\n\n")
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    blocks = tuple([Block(BlockKind.PARAGRAPH, part) for part in parts if part])
    title = " ".join(headline.split()) if headline else None
    notices = in_article(blocks, language=language, headline=title or None)
    return Article(
        headline=title or None,
        headlines=(Headline(HeadlineSource.GIVEN, title),) if title else (),
        blocks=blocks,
        notices=notices,
        attested=attest(title or None, "\n\n".join([block.text for block in blocks]), notices),
        byline=byline,
        published_at=published_at,
        modified_at=modified_at,
        language=language,
        url=url,
        captured_at=captured_at,
        extractor=PLAIN,
    )


_TAG = re.compile(rb"<(?:!doctype|!--|\?xml|[a-z][a-z0-9-]{0,30}[\s>/])", re.IGNORECASE)
_FENCES = (b"---", b"+++", b";;;")
_BLANK = b"\xef\xbb\xbf \t\r\n"
_FIRST_HEADING = re.compile(r"<h1[^>]{0,200}>([^<]{0,2000})")
_HEAD = re.compile(r"<head(?:\s[^>]{0,500})?>", re.IGNORECASE)

_META = {
    '<meta name="author" content="{}">': ("author", "authors"),
    '<meta name="description" content="{}">': ("description",),
    '<meta property="article:published_time" content="{}">': ("date", "published"),
    '<meta property="article:modified_time" content="{}">': ("updated", "modified", "lastmod"),
    '<link rel="canonical" href="{}">': ("canonical", "canonical_url"),
}
"""What names in front matter (of Jekyll, Hugo, Eleventy, Astro …) become on the page."""


def read_source(
    page: bytes, *, content_type: str | None, url: str | None, captured_at: datetime | None
) -> Article | str | bytes:
    """*page* as HTML where it is Markdown or a page's source, as an article where it is plain text.

    What is HTML is handed back: servers say of it, too, that it is plain text. Raises
    `MissingExtraError` when the parser of Markdown is not installed.
    """
    kind = (content_type or "").partition(";")[0].strip().lower()
    plain = kind in MARKUP or (kind == "text/plain" and _TAG.match(page.lstrip(_BLANK)) is None)
    markdown = kind in {"text/markdown", "text/x-markdown"}
    fenced = page.removeprefix(b"\xef\xbb\xbf").startswith(_FENCES)  # as no page begins
    if not (plain or markdown or fenced):
        return page
    text, _ = decode(page, content_type=content_type)
    if not plain:
        return _as_page(text, markdown=markdown)
    fields, text = markup_head(text, kind)
    return from_text(
        text,
        headline=fields.get("title"),
        language=fields.get("lang") or fields.get("language"),
        byline=fields.get("author") or fields.get("authors"),
        published_at=read_time(fields.get("date") or fields.get("published")),
        modified_at=read_time(fields.get("updated") or fields.get("lastmod") or fields.get("modified")),
        url=url,
        captured_at=captured_at,
    )


def _as_page(text: str, *, markdown: bool) -> str:
    """The page of *text*; its headline is the ``title``, else the first heading of the first level."""
    fields, body = front_matter(text)
    written = _rendered(body) if markdown else body
    title, language = fields.get("title", ""), fields.get("lang") or fields.get("language") or ""
    head = f"<title>{escape(title)}</title>" if title else ""
    for form, names in _META.items():
        head += "".join([form.format(escape(fields[name])) for name in names if name in fields])
    first = _FIRST_HEADING.search(written)
    repeated = first is not None and letters_of(unescape(first[1])) == letters_of(title)
    heading = f"<h1>{escape(title)}</h1>\n" if title and not repeated else ""
    if (whole := _HEAD.search(written)) is not None:
        return f"{written[: whole.end()]}{head}{written[whole.end() :]}"
    return (
        f'<!doctype html><html lang="{escape(language)}"><head>{head}</head>'
        f"<body><main><article>{heading}{written}</article></main></body></html>"
    )


def _rendered(markdown: str) -> str:
    try:
        from markdown_it import MarkdownIt  # noqa: PLC0415 # an extra
    except ImportError as error:
        raise MissingExtraError(
            extra="markdown", package="markdown-it-py", purpose="reading Markdown"
        ) from error
    rendered: str = MarkdownIt("commonmark").enable("table").render(markdown)
    return rendered


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
_KEYS = word_set(
    """
    author authors category categories copyright css date description keywords lang language layout
    modified published slug status subtitle summary tags template title updated
    """
)
"""The names that the heads of Pelican, MultiMarkdown and Hexo share: without them a line with a colon
is a sentence of the text, such as a correction."""
_MANY = 3
"""Such names from which a head may have others too (range 2 to 5)."""


def front_matter(text: str) -> tuple[Fields, str]:
    """The fields before a *text*, and the text without them; no fields where it has no front matter."""
    text = text.removeprefix("\ufeff")
    return _fenced(text) or _json(text) or _lines(text) or ({}, text)


def _fenced(text: str) -> tuple[Fields, str] | None:
    found = _FENCED.match(text, 0, _LONGEST) or _OPEN_JSON.match(text, 0, _LONGEST)
    if found is None:
        return None
    said = found.groupdict()
    by_fence = {"+++": _toml, "---": _yaml}
    reading: Callable[[str], Fields] = by_fence.get(said.get("fence") or "", _object)
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
    if (quoted := _QUOTED.fullmatch(value)) is None:
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
    """The title and fields at the head of a *text* in the markup of this *media_type*."""
    fields, text = front_matter(text)
    form = _FIELD_FORMS.get(media_type)
    if form is None:
        return fields, text
    found = dict(fields)
    lines = text.split("\n")
    place = 0
    while place < len(lines):
        if not lines[place].strip():
            place += 1
            continue
        title, after = ("", place) if "title" in found else _title(lines, place)
        field = form.match(lines[place])
        if title:
            found["title"], place = title, after
        elif field is not None:
            found.setdefault(field["name"].strip().lower(), field["value"].strip())
            place += 1
        else:
            break
    return found, "\n".join(lines[place:])


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
