"""Options that several commands share: how pages are read, times, stores, rows, requests to servers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import click

from revtrack.cli.output import Rows
from revtrack.compare import CompareOptions
from revtrack.extract import BodyExtractor, BuiltInBody, SiteRules, TrafilaturaBody
from revtrack.http import in_utc
from revtrack.report import LANGUAGES, in_language

if TYPE_CHECKING:
    from revtrack.network import Client

__all__ = [
    "Requests",
    "day",
    "first_moment",
    "gives_rows",
    "in_window",
    "makes_requests",
    "names_store",
    "output_option",
    "reads_pages",
    "speaks",
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
    """The day that *value* states. Raises `click.BadParameter` for anything else."""
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(
            f"{value!r} is not a day: expected one such as 2024-01-05.", param=option
        ) from error


def _moment(
    _: click.Context, option: click.Parameter, value: str | None, *, of_a_day: time
) -> datetime | None:
    """The time that *value* states, in UTC. Raises `click.BadParameter` for anything else."""
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


def _speak(context: click.Context, _: click.Parameter, tag: str) -> None:
    context.with_resource(in_language(tag))


speaks = click.option(
    "--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True,
    callback=_speak, expose_value=False, help="The language of the report.",
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


def gives_rows(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give *command* the option on what its rows look like; it gets them as one, named `rows`."""

    @click.option("--json", "json_lines", is_flag=True,
                  help="Print each row as a line of JSON, for programs.")  # fmt: skip
    @wraps(command)
    def giving(*arguments: Any, json_lines: bool, **chosen: Any) -> Any:
        return command(*arguments, rows=Rows(json_lines=json_lines), **chosen)

    return giving


def writes(*forms: str, help: str = "The format of the output.") -> Callable[[F], F]:  # noqa: A002 # click's name
    """The option of a command that writes in one of *forms*, of which the first is the default."""
    return click.option(
        "-f", "--format", "form", type=click.Choice(forms), default=forms[0], show_default=True,
        help=help,
    )  # fmt: skip


def reads_pages(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give *command* the options on how pages are read; it gets them as one, named `options`."""

    @click.option("--body", type=click.Choice(list(_BODIES)), default="revtrack", show_default=True,
                  help="The extractor that finds the article's text on a page.")  # fmt: skip
    @click.option("--site-rules", metavar="FILE",
                  help="Read pages by the site rules in FILE (TOML).")  # fmt: skip
    @wraps(command)
    def read(*arguments: Any, body: str, site_rules: str | None, **chosen: Any) -> Any:
        rules = SiteRules.load(site_rules) if site_rules is not None else None
        options = CompareOptions(body=_BODIES[body](), site_rules=rules)
        return command(*arguments, options=options, **chosen)

    return read


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


def makes_requests(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give *command* the options on requests to servers; it gets them as one, named `requests`."""

    @click.option("--contact", metavar="MAIL|URL", envvar="REVTRACK_CONTACT", show_envvar=True,
                  help="How server operators can reach you; sent with every request.")  # fmt: skip
    @click.option("--pause", type=click.FloatRange(min=0), default=1.0, show_default=True,
                  metavar="SECONDS", help="The minimum time between requests to one host.")  # fmt: skip
    @click.option("--allow-loopback", is_flag=True, help="Allow servers on this machine.")
    @wraps(command)
    def requesting(
        *arguments: Any, contact: str | None, pause: float, allow_loopback: bool, **chosen: Any
    ) -> Any:
        return command(*arguments, requests=Requests(contact, pause, allow_loopback), **chosen)

    return requesting
