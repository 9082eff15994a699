"""Options that several commands share: how pages are read, times, stores, rows, requests to servers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import partial, wraps
from inspect import signature
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import click

from revtrack.cli.output import Destination, Rows
from revtrack.compare import CompareOptions
from revtrack.extract import BodyExtractor, BuiltInBody, SiteRules, TrafilaturaBody
from revtrack.http import in_utc
from revtrack.report import LANGUAGES, in_language
from revtrack.sources.named import SourceContext, named_source
from revtrack.sources.source import Source

if TYPE_CHECKING:
    from revtrack.network import Client

__all__ = [
    "PAGE_OPTIONS",
    "Requests",
    "day",
    "first_moment",
    "gathers",
    "gives_rows",
    "in_window",
    "language_option",
    "makes_requests",
    "names_store",
    "output_option",
    "reading",
    "reads_pages",
    "source_named",
    "store_option",
    "writes",
]


F = TypeVar("F", bound=Callable[..., Any])

_BODIES: dict[str, Callable[[], BodyExtractor]] = {
    "revtrack": BuiltInBody,
    "trafilatura": TrafilaturaBody,
}

# callbacks of options rather than a type of our own: whether `click.ParamType` takes a parameter
# depends on the version of click


def day(_: click.Context, option: click.Parameter, value: str | None) -> date | None:
    """The day in *value*. Raises `click.BadParameter` for anything else."""
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(
            f"{value!r} is not a day: expected one such as 2024-01-05.", param=option
        ) from error


def _moment(
    _: click.Context, option: click.Parameter, value: str | None, *, of_a_day: time
) -> datetime | None:
    """The time in *value*, in UTC. Raises `click.BadParameter` for anything else."""
    if value is None:
        return None
    try:
        if len(value) <= len("2024-01-05"):
            return datetime.combine(date.fromisoformat(value), of_a_day, tzinfo=UTC)
        return in_utc(datetime.fromisoformat(value))
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(
            f"{value!r} is not a time: expected a day such as 2024-01-05 or a time such as "
            "2024-01-05T12:30:00 (UTC) or 2024-01-05T12:30:00+01:00.",
            param=option,
        ) from error


first_moment = partial(_moment, of_a_day=time.min)
_last_moment = partial(_moment, of_a_day=time.max)
_since = click.option(
    "--since", callback=first_moment, metavar="TIME", help="Leave out captures before TIME (UTC)."
)
_until = click.option(
    "--until", callback=_last_moment, metavar="TIME",
    help="Leave out captures after TIME (UTC); a day is included whole.",
)  # fmt: skip


def _set_language(context: click.Context, _: click.Parameter, tag: str) -> None:
    context.with_resource(in_language(tag))


language_option = click.option(
    "--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True,
    callback=_set_language, expose_value=False, help="The language of the report.",
)  # fmt: skip


def names_store(help: str, *, required: bool = False) -> Callable[[F], F]:  # noqa: A002 # click's name
    """The option that names the file of a store."""
    return click.option(
        "--store", "store_path", metavar="FILE", required=required, envvar="REVTRACK_STORE",
        show_envvar=True, help=help,
    )  # fmt: skip


store_option = names_store("The file of the store.", required=True)
output_option = click.option(
    "-o", "--output", metavar="FILE", help="Write to FILE instead of standard output."
)


def in_window(command: F) -> F:
    """Give *command* the options `since` and `until`."""
    return _since(_until(command))


def gathers(
    name: str, made: Callable[..., object], *options: Callable[[F], F]
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Give a command *options*; it gets the result of *made* on their values as *name*."""
    parameters = tuple(signature(made).parameters)

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def gathering(*arguments: Any, **chosen: Any) -> Any:
            value = made(**{one: chosen.pop(one) for one in parameters})
            return command(*arguments, **{name: value}, **chosen)

        for option in reversed(options):
            gathering = option(gathering)
        return gathering

    return decorate


gives_rows = gathers(
    "rows",
    Rows,
    click.option(
        "--json", "json_lines", is_flag=True, help="Print each row as a line of JSON, for programs."
    ),
)


def source_named(written: str, context: SourceContext, *, option: str = "--source") -> Source:
    """The source named *written*. Raises `click.BadParameter` where there is none of that kind."""
    try:
        return named_source(written, context)
    except ValueError as error:
        raise click.BadParameter(f"{error}.", param_hint=option) from error


def writes(
    *forms: str,
    help: str = "The format of the output.",  # noqa: A002 # click's name
    place: Callable[[F], F] = output_option,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options of a command that writes in one of *forms*, of which the first is the default.

    The command gets them as one argument, `to`; *place* is the option for the destination.
    """
    form = click.option(
        "-f", "--format", "form", type=click.Choice(forms), default=forms[0], show_default=True,
        help=help,
    )  # fmt: skip
    return gathers("to", Destination, place, form)


def reading(body: str, site_rules: str | None) -> CompareOptions:
    """How pages are read, from the values of `PAGE_OPTIONS`."""
    rules = SiteRules.load(site_rules) if site_rules is not None else None
    return CompareOptions(body=_BODIES[body](), site_rules=rules)


PAGE_OPTIONS = (
    click.option("--body", type=click.Choice(list(_BODIES)), default="revtrack", show_default=True,
                 help="The extractor that finds the article's text on a page."),
    click.option("--site-rules", metavar="FILE", help="Read pages by the site rules in FILE (TOML)."),
)  # fmt: skip
reads_pages = gathers("options", reading, *PAGE_OPTIONS)


@attrs.frozen
class Requests:
    """How requests are made."""

    contact: str | None
    pause: float
    loopback: bool

    def client(self) -> Client:
        """A client that the caller closes. Raises `click.UsageError` without a contact address."""
        from revtrack.network import Client, Guard, Politeness  # noqa: PLC0415 - needs an extra

        if self.contact is None:
            raise click.UsageError(
                "a request to a server needs --contact (or REVTRACK_CONTACT): a mail address or a page "
                "where its operators can reach you"
            )
        politeness, guard = Politeness(pause=self.pause), Guard(loopback=self.loopback)
        try:
            return Client(self.contact, politeness=politeness, guard=guard)
        except ValueError as error:
            raise click.BadParameter(f"{error}", param_hint="--contact") from error


makes_requests = gathers(
    "requests",
    Requests,
    click.option("--contact", metavar="MAIL|URL", envvar="REVTRACK_CONTACT", show_envvar=True,
                 help="How server operators can reach you; sent with every request."),
    click.option("--pause", type=click.FloatRange(min=0), default=1.0, show_default=True,
                 metavar="SECONDS", help="The minimum time between requests to one host."),
    click.option("--allow-loopback", "loopback", is_flag=True, help="Allow servers on this machine."),
)  # fmt: skip
