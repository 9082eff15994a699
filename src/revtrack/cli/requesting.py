"""Requests to servers: the options of commands that make them, and the client for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

import attrs
import click

if TYPE_CHECKING:
    from revtrack.network import Client

__all__ = ["Requests", "makes_requests"]


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


def makes_requests(command: Callable[..., None]) -> Callable[..., None]:
    """Give *command* the options on requests to servers; it gets them as one, named `requests`."""

    @click.option("--contact", metavar="MAIL|URL", envvar="REVTRACK_CONTACT", show_envvar=True,
                  help="How server operators can reach you; sent with every request.")  # fmt: skip
    @click.option("--pause", type=click.FloatRange(min=0), default=1.0, show_default=True,
                  metavar="SECONDS", help="The minimum time between requests to one host.")  # fmt: skip
    @click.option("--allow-loopback", is_flag=True, help="Allow servers on this machine.")
    @wraps(command)
    def requesting(
        *arguments: Any, contact: str | None, pause: float, allow_loopback: bool, **chosen: Any
    ) -> None:
        command(*arguments, requests=Requests(contact, pause, allow_loopback), **chosen)

    return requesting
