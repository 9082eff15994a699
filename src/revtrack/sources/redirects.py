"""How redirects that an archive captured are followed, whatever form the archive has."""

from __future__ import annotations

from datetime import timedelta

__all__ = ["NEAR", "REDIRECTS", "STEPS"]

NEAR = timedelta(days=1)
"""How far from a captured redirect the capture of its target may lie, the nearest first (range 1 minute
to 1 day; large: more redirects are resolved, small: texts are dated truly). Most crawlers ask the
target within seconds; of four recorded at a large archive two asked 12 and 63 minutes later."""

STEPS = 8
"""Redirects that are followed from one capture at most."""

REDIRECTS = frozenset([301, 302, 303, 307, 308])
"""The HTTP statuses that lead elsewhere."""
