"""Pages named on the command line, and results in the forms of `--format`."""

from __future__ import annotations

import contextlib
import html
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import PurePath

import click

from revtrack import report
from revtrack.changes.revision import Revision
from revtrack.cli.options import PAGE_OPTIONS, gathers, reading
from revtrack.cli.output import Destination
from revtrack.compare import CompareOptions, compare
from revtrack.errors import CaptureDateError, ExtractionError
from revtrack.exchange.formats import FORMATS
from revtrack.extract import Decision, extract, from_text
from revtrack.extract.encoding import decode
from revtrack.extract.headlines import letters_of
from revtrack.history import History
from revtrack.ledger import Ledger
from revtrack.model import Article, Block, BlockKind, Capture, ScreenReason, Snapshot
from revtrack.notices import Draft
from revtrack.report.formats import escaped
from revtrack.report.marks import escape_controls, escape_controls_strictly, single_line
from revtrack.report.nouns import VARIANTS
from revtrack.sources.files import BODY_LIMIT, read_page, unpacked
from revtrack.sources.names import captured_at, content_type_of
from revtrack.tables import as_history

__all__ = [
    "compares",
    "decisions_as_text",
    "formatted",
    "formatted_draft",
    "read_article",
    "read_snapshot",
]


STDIN = "-"


def read_article(
    argument: str,
    *,
    options: CompareOptions,
    plain: bool = False,
    url: str | None = None,
    earlier: Article | None = None,
) -> Article:
    """The article in the file *argument*, or in standard input for `-`.

    *plain* treats it as text whatever its name, *options* decide how a page is read, *earlier* is as
    for `extract`. Raises `SourceError` when it cannot be read and `ExtractionError` when it has no
    article; both name the input.
    """
    if plain:
        name = _name_of(argument)
        return _plain_article(_body_of(argument, name), name)
    snapshot = read_snapshot(argument, url=url)
    try:
        return extract(
            snapshot, url=url, body=options.body, site_rules=options.site_rules, earlier=earlier
        )
    except ExtractionError as error:
        message = f"{snapshot.capture.location}: {error}"
        raise ExtractionError(message, reason=error.reason, url=url) from error


def _compared(old: str, new: str, *, plain: bool, body: str, site_rules: str | None) -> Revision:
    """The revision from the file *old* to the file *new*; raises like `read_article`."""
    options = reading(body, site_rules)
    if old == new == STDIN:
        raise click.UsageError("OLD and NEW cannot both be standard input.")
    sides = [read_article(name, plain=plain, options=options) for name in (old, new)]
    return compare(*sides, options=options)


compares = gathers(
    "revision",
    _compared,
    click.argument("old"),
    click.argument("new"),
    click.option("--text", "plain", is_flag=True, help="Treat OLD and NEW as plain text."),
    *PAGE_OPTIONS,
)
"""Give a command two files; it gets the revision between them, named `revision`."""


def read_snapshot(argument: str, *, url: str | None = None) -> Snapshot:
    """The page in the file *argument*, or in standard input for `-`.

    The file's name decides its capture time and whether it is Markdown or plain text. Raises
    `SourceError`, which names the input, when it cannot be read.
    """
    name = _name_of(argument)
    moment = None
    with contextlib.suppress(CaptureDateError):  # a date in the file's name is optional
        moment = captured_at(PurePath(name).name)
    capture = Capture(url=url, captured_at=moment, source="file", location=name)
    return Snapshot(capture, _body_of(argument, name), content_type=content_type_of(name))


def _name_of(argument: str) -> str:
    return "standard input" if argument == STDIN else argument


def _body_of(argument: str, name: str) -> bytes:
    if argument == STDIN:
        return unpacked(sys.stdin.buffer.read(BODY_LIMIT + 1), location=name)
    if argument.lower().startswith(("http://", "https://")):
        raise click.UsageError(
            f"{argument} is an address: save the page to a file and pass the file, or follow the "
            "article with `revtrack track`."
        )
    return read_page(argument)


def _plain_article(body: bytes, name: str) -> Article:
    text, _ = decode(body)
    if "\0" in text:
        raise ExtractionError(
            f"{name}: this is not text (it contains NUL characters)", reason=ScreenReason.NOT_HTML
        )
    return from_text(text)


Result = Revision | History | Ledger | Article

_BOLD, _PLAIN = "\x1b[1m", "\x1b[22m"
_LEADS = {
    BlockKind.LIST_ITEM: "• ",
    BlockKind.QUOTE: "> ",
    BlockKind.CAPTION: "[caption] ",
    BlockKind.TABLE_ROW: "| ",
    BlockKind.EMBED: "[embed] ",
    BlockKind.LIVE_ENTRY: "[entry] ",
}
_MARKDOWN_LEADS = {
    BlockKind.LIST_ITEM: "- ",
    BlockKind.QUOTE: "> ",
    BlockKind.CAPTION: "Caption: ",
    BlockKind.EMBED: "Embed: ",
    BlockKind.LIVE_ENTRY: "Entry: ",
}
_ELEMENTS = {
    BlockKind.LIST_ITEM: "li",
    BlockKind.QUOTE: "blockquote",
    BlockKind.CODE: "pre",
}
_POLICY = "default-src 'none'; style-src 'none'; script-src 'none'; base-uri 'none'; form-action 'none'"
_FENCES = re.compile("`+")


def formatted(value: Result, to: Destination) -> str | Iterable[str | bytes]:
    """*value* in a form for a destination, whole or in pieces."""
    form = to.form
    if form == "json":
        from revtrack import codec  # noqa: PLC0415 - slow to import

        return codec.dumps(value)
    if isinstance(value, Revision | History) and form in FORMATS:
        return FORMATS[form]([as_history(value)])
    if isinstance(value, Article):
        if form in _OF_AN_ARTICLE:
            return _OF_AN_ARTICLE[form](value)
        return _as_text(value, colour=to.colour)
    if form == "markdown":
        return report.markdown(value)
    if form == "html" and not isinstance(value, Ledger):
        return report.html(value)
    return report.text(value, colour=to.colour, width=to.width)


def formatted_draft(draft: Draft, form: str) -> str:
    """*draft* as `json`, `json-ld` or (anything else) as text."""
    if form == "json":
        from revtrack import codec  # noqa: PLC0415 - slow to import

        return codec.dumps(draft)
    return draft.json_ld if form == "json-ld" else escape_controls_strictly(draft.text)


# ------------------------------------------------------------------------------------- an article


def _facts(article: Article) -> Iterator[tuple[str, str]]:
    """The facts next to the text, as label and value, in the order in which they are shown."""
    dates = (("published", article.published_at), ("modified", article.modified_at))
    for label, value in (
        *_other_headlines(article),
        ("by", article.byline),
        *((label, moment.isoformat(" ") if moment else None) for label, moment in dates),
        ("language", article.language),
        ("address", article.canonical_url or article.url),
        ("encoding", article.encoding),
    ):
        if value:
            yield label, single_line(value)
    for remark in article.remarks:
        yield "note", single_line(remark.text)
    for notice in article.notices:
        quoted = [
            f"{verb} “{words}”"
            for verb, words in (("said", notice.said), ("says", notice.says))
            if words
        ]
        found = f"{notice.kind.value} of the {notice.target.value}"
        yield "notice", single_line(": ".join([found, ", ".join(quoted)] if quoted else [found]))
    for form in article.attested:
        yield f"earlier {form.target.value}, attested by a notice, not captured", single_line(form.text)


def _other_headlines(article: Article) -> Iterator[tuple[str, str]]:
    """The variants of the headline that differ from the one shown, by their words."""
    places: dict[str, list[str]] = {}
    shown = letters_of(article.headline or "")
    for one in article.headlines:
        if letters_of(one.text) != shown:
            places.setdefault(one.text, []).append(VARIANTS[one.source])
    for words, names in places.items():
        yield f"headline ({', '.join(names)})", words


def _as_text(article: Article, *, colour: bool) -> str:
    """The article for a terminal; without *colour* the headline is underlined by a line."""
    headline = single_line(article.headline or "(no headline)")
    underlined = f"{headline}\n{'=' * min(len(headline), 72)}"
    facts = [f"{label}: {value}" for label, value in _facts(article)]
    blocks = [_block_as_text(block) for block in article.blocks]
    return _paragraphs(f"{_BOLD}{headline}{_PLAIN}" if colour else underlined, facts, blocks)


def _paragraphs(headline: str, facts: Iterable[str], blocks: Iterable[str]) -> str:
    return "\n\n".join([headline, *filter(None, ["\n".join(facts)]), *blocks])


def _block_as_text(block: Block) -> str:
    is_heading = block.kind is BlockKind.HEADING
    lead = f"{'#' * (block.level or 2)} " if is_heading else _LEADS.get(block.kind, "")
    return lead + escape_controls_strictly(block.text)


def decisions_as_text(decisions: Iterable[Decision]) -> str:
    """One line per text of the page: a plus for kept or a minus, the rule that decided, the text."""
    shown = [("+" if one.kept else "-", _decision_name(one), one.text) for one in decisions]
    return "".join([f"{sign} {single_line(rule)}: {single_line(text)}\n" for sign, rule, text in shown])


def _decision_name(decision: Decision) -> str:
    if not decision.kept or decision.kind is None:
        return decision.rule
    return decision.kind.value if decision.rule == "kept" else f"{decision.kind.value}, {decision.rule}"


def _as_markdown(article: Article) -> str:
    """The article as Markdown, its text escaped."""
    facts = [f"- {label}: {escaped(value)}" for label, value in _facts(article)]
    blocks = [_block_as_markdown(block) for block in article.blocks]
    return _paragraphs(f"# {escaped(article.headline or '(no headline)')}", facts, blocks)


def _block_as_markdown(block: Block) -> str:
    match block.kind:
        case BlockKind.HEADING:
            return f"{'#' * (block.level or 2)} {escaped(block.text)}"
        case BlockKind.CODE:
            return _fenced(escape_controls_strictly(block.text))
        case _:
            return _MARKDOWN_LEADS.get(block.kind, "") + escaped(block.text)


def _fenced(code: str) -> str:
    """Code between fences that are longer than any run of their sign in it.

    Four spaces would make it a paragraph of a preceding list item.
    """
    fence = "`" * max(3, 1 + max(map(len, _FENCES.findall(code)), default=0))
    return "\n".join([fence, *code.splitlines(), fence])


def _as_html(article: Article) -> str:
    """The article as a separate page: escaped, with a policy that lets nothing run or load."""
    language = html.escape(article.language or "")
    headline = _shown(article.headline or "(no headline)")
    lines = [
        "<!doctype html>",
        f'<html lang="{language}" dir="auto">',
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{headline}</title></head>",
        "<body><main>",
        f'<h1 dir="auto">{headline}</h1>',
        "<dl>",
        *(f"<dt>{_shown(label)}</dt><dd>{_shown(value)}</dd>" for label, value in _facts(article)),
        "</dl>",
        *(_block_as_html(block) for block in article.blocks),
        "</main></body></html>",
    ]
    return "\n".join(lines)


def _block_as_html(block: Block) -> str:
    name = f"h{block.level or 2}" if block.kind is BlockKind.HEADING else _ELEMENTS.get(block.kind, "p")
    element = f'<{name} dir="auto">{_shown(block.text)}</{name}>'
    return f"<ul>{element}</ul>" if block.kind is BlockKind.LIST_ITEM else element


def _shown(text: str) -> str:
    return html.escape(escape_controls(text))


_OF_AN_ARTICLE = {"markdown": _as_markdown, "html": _as_html}
