"""A store keeps captures without loss: one SQLite file, no server."""

from revtrack.store.store import Store

__all__ = ["Store"]
