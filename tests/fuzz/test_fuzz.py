"""A minute of inputs that are broken where their structure is."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from tests.fuzz.trials import TRIALS, run

pytest.importorskip("httpcore2", reason="the extra http is not installed")


@pytest.mark.parametrize(("trial", "many"), TRIALS, ids=lambda one: getattr(one, "__name__", ""))
def test_nothing_that_is_broken_breaks_a_law(trial: Callable[[Random], int], many: int) -> None:
    """Whatever the input, laws hold, exceptions are of their type, and calls are bounded."""
    for seed in range(many):
        run(trial, seed, counted=seed % 5 == 0)
