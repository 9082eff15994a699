"""How redirects that an archive captured are followed, whatever form the archive has."""

from __future__ import annotations

from datetime import timedelta

__all__ = ["NEAR", "REDIRECTS", "STEPS"]

NEAR = timedelta(minutes=10)
"""How far from a captured redirect the capture of its target may lie (range 1 minute to 1 day; large:
more redirects are resolved, small: texts are dated truly). Crawlers ask the target within seconds."""

STEPS = 8
"""Redirects that are followed from one capture at most."""

REDIRECTS = frozenset([301, 302, 303, 307, 308])
"""The HTTP statuses that lead elsewhere."""
