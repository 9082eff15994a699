"""The one place where revtrack speaks to the network: politely, within bounds, and to public addresses.

Every source that asks a server does so through a `Client`. What it may reach is the `Guard`'s to say,
how often is the `Politeness`'s, and how much of an answer is read the `Bounds`'. A program passes one
`Politeness` to all its clients, so that a host is spared whoever asks::

    from revtrack.network import Client, Politeness

    with Client("newsroom@paper.example", politeness=Politeness(pause=2.0)) as client:
        answer = client.get("https://paper.example/harbour")

Needs the extra `http`.
"""

from revtrack.errors import MissingExtraError

try:
    from revtrack.network.client import Client
    from revtrack.network.exchange import Answer, Bounds
    from revtrack.network.guard import Guard
    from revtrack.network.politeness import Clock, Politeness
except ModuleNotFoundError as error:
    raise MissingExtraError(
        extra="http", package=error.name or "httpcore2", purpose="asking the network"
    ) from error

__all__ = ["Answer", "Bounds", "Client", "Clock", "Guard", "Politeness"]
