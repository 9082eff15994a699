"""The only access of revtrack to the network: politely, within bounds, and to public addresses.

Every source that requests pages does so through a `Client`. The `Guard` decides which addresses may be
reached, the `Politeness` how often, and the `Bounds` how much of an answer is read. A program passes
one `Politeness` to all its clients, so that they share the limits of each host::

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
