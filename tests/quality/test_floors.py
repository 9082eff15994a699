"""Every figure on the measuring data holds its floor; one test per set."""

from __future__ import annotations

import importlib.util
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Figures = dict[str, float]
FLOORS: dict[str, dict[str, Figures]] = tomllib.loads(
    (Path(__file__).parent / "floors.toml").read_text(encoding="utf-8")
)


MORE = "more-"
"""What the names of the sets begin with that the second scorer has, on the data in ``more``."""


@pytest.fixture(scope="module")
def scorer(shared: Path) -> Any:
    """The scorer that lies with the measuring data, as a module."""
    return _module(shared, "score")


@pytest.fixture(scope="module")
def second_scorer(shared: Path) -> Any:
    """The scorer of the data in ``more``, as a module."""
    return _module(shared, "gold")


def _module(shared: Path, name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, shared / "eval" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _figures(result: dict[str, Any]) -> Figures:
    """All figures of a set under `part.figure`, and under `figure` alone where the set has one part."""
    parts = {name: part for name, part in result.items() if not name.startswith("_")}
    found: Figures = {}
    for name, part in parts.items():
        if "checks" in part:
            part["passed_share"] = part["passed"] / part["checks"]
        for figure, value in part.items():
            for key, number in _shares(figure, value):
                found[f"{name}.{key}"] = number
                if len(parts) == 1:
                    found[key] = number
    return found


def _shares(figure: str, value: Any) -> list[tuple[str, float]]:
    """A figure as it is; a table of counts (a row of a confusion) as the share of each label."""
    if not isinstance(value, dict):
        return [(figure, value)]
    total = sum(value.values())
    return [(f"{figure}.{label}", count / total) for label, count in value.items()]


def _broken(figures: Figures, limits: dict[str, Figures]) -> list[str]:
    """A line for each figure that is on the wrong side of its limit."""
    lines = [
        f"{name} is {figures[name]:.4f}, its floor is {limit}"
        for name, limit in limits.get("floor", {}).items()
        if figures[name] < limit
    ]
    lines += [
        f"{name} is {figures[name]:.4f}, its ceiling is {limit}"
        for name, limit in limits.get("ceiling", {}).items()
        if figures[name] > limit
    ]
    return lines


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_the_set_holds_its_floors(
    name: str,
    shared: Path,
    scorer: Any,
    second_scorer: Any,
    record_property: Callable[[str, object], None],
) -> None:
    """Each set of the measuring data is at or above its floors and at or below its ceilings."""
    if name.startswith(MORE):
        own = second_scorer.SETS[name.removeprefix(MORE)]
        result = own(shared / "data" / "more", second_scorer.Revtrack())
    else:
        result = scorer.SETS[name](shared / "data", scorer.Revtrack())
    figures = _figures(result)
    for figure, value in sorted(figures.items()):
        record_property(f"{name}.{figure}", value)
    broken = _broken(figures, FLOORS[name])
    assert not broken, "\n".join([*broken, f"failed: {result.get('_failures')}"[:4000]])


def test_every_set_has_a_table(scorer: Any, second_scorer: Any) -> None:
    """The table of floors names every set that the scorers have, and no other."""
    assert sorted(FLOORS) == sorted([*scorer.SETS, *[MORE + name for name in second_scorer.SETS]])


def test_a_figure_on_the_wrong_side_is_named() -> None:
    """A figure below its floor or above its ceiling is reported with both numbers."""
    limits = {"floor": {"f1": 0.9, "p": 0.5}, "ceiling": {"alarm": 0.04}}
    assert _broken({"f1": 0.8, "p": 0.5, "alarm": 0.05}, limits) == [
        "f1 is 0.8000, its floor is 0.9",
        "alarm is 0.0500, its ceiling is 0.04",
    ]
