"""A client that asks nobody: a function of the address gives its answers, and no time passes."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import attrs

from revtrack.errors import FetchError, FetchFault
from revtrack.network import Answer, Client, Politeness
from tests.network.clock import FakeClock

__all__ = ["answering"]


@attrs.frozen
class _Answering:
    answer: Callable[[str], Answer | None]
    user_agent: str = "tests"
    politeness: Politeness = attrs.field(factory=lambda: Politeness(clock=FakeClock()))

    def get(self, url: str, **_: object) -> Answer:
        answer = self.answer(url)
        if answer is None:
            raise FetchError("it broke off", url=url, fault=FetchFault.BROKEN_OFF)
        return answer


def answering(answer: Callable[[str], Answer | None]) -> Client:
    """A client with the answers that *answer* gives to addresses; None is a server that breaks off."""
    return cast("Client", _Answering(answer))
