"""How far the figures depend on the outlets that were in view: each outlet by itself, and the spread.

    python tests/quality/crossval.py [--json]

Rules here are written by hand, so leaving an outlet out cannot refit them. What can be counted is how
each outlet fares beside the mean of the others, how the halves of the outlets (parted by a digest of
their names) differ, and which labels and phrases of the notice lexicons are found at one outlet only: a
phrase whose hits all come from one outlet was read off its rows. The figures go to
``docs/explanation/figures.md``.
"""

from __future__ import annotations

import argparse
import collections
import hashlib
import importlib.util
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from revtrack import notices
from revtrack.notices.lexicon import choose, lexicon
from revtrack.notices.phrases import fold

SETS = ("disclosure", "disclosure2")
FIGURES = ("link_f1", "undisclosed_f1", "wrongly_accused", "notice_found", "silent_seen")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    shared = Path(os.environ.get("REVTRACK_SHARED") or Path(__file__).parents[3] / "shared")
    score = _scorer(shared)
    found = {name: _by_half(score, name) for name in SETS}
    found["notices"] = _notices(score)
    found["phrases of one outlet"] = _phrases(score)
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
        return
    for name, rows in found.items():
        print(name)
        for label, figures in rows.items():
            shown = "  ".join(
                f"{key} {value:.3f}" if isinstance(value, float) else f"{key} {value}"
                for key, value in figures.items()
            )
            print(f"  {label}: {shown}")


def _scorer(shared: Path) -> Any:
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"the measuring data was not found at {shared}: set REVTRACK_SHARED")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def half(outlet: str) -> str:
    """Which half of the outlets one belongs to, by a digest of its name."""
    return "first half" if hashlib.sha256(outlet.encode()).digest()[0] % 2 else "second half"


def _rows(score: Any, name: str) -> list[dict[str, Any]]:
    file = {"disclosure": "disclosure.jsonl", "disclosure2": "disclosure2.jsonl.gz"}[name]
    return score.rows(score.DATA / "disclosure" / file)  # type: ignore[no-any-return] # of the scorer


def _by_half(score: Any, name: str) -> dict[str, dict[str, Any]]:
    rows, system = _rows(score, name), score.Revtrack()
    groups = {"all": rows}
    for label in ("first half", "second half"):
        groups[label] = [row for row in rows if half(row["source"]) == label]
    by_outlet = collections.defaultdict(list)
    for row in rows:
        by_outlet[row["source"]].append(row)
    found = {label: _figures(score, group, system) for label, group in groups.items() if group}
    without = {
        outlet: _figures(score, [row for row in rows if row["source"] != outlet], system)
        for outlet in by_outlet
    }
    for edge, pick in (("worst without one outlet", min), ("best without one outlet", max)):
        found[edge] = {key: pick(one[key] for one in without.values()) for key in FIGURES}
    return found


def _figures(score: Any, rows: list[dict[str, Any]], system: Any) -> dict[str, Any]:
    figures, _ = score._disclosure(rows, system)
    return {"revisions": len(rows), **{key: figures[key] for key in FIGURES}}


def _notices(score: Any) -> dict[str, dict[str, Any]]:
    rows = [
        row for row in score.rows(score.DATA / "notices" / "notices.jsonl") if row["label"] == "notice"
    ]
    found: dict[str, dict[str, Any]] = {}
    for label in ("first half", "second half"):
        mine = [row for row in rows if half(_outlet(row)) == label]
        hits = sum(bool(notices.find(row["text"], language=row["language"])) for row in mine)
        found[label] = {"notices": len(mine), "recall": hits / max(1, len(mine))}
    return found


def _outlet(row: dict[str, Any]) -> str:
    return str(row.get("outlet") or row["source"])


def _phrases(score: Any) -> dict[str, dict[str, Any]]:
    """Of the lexicons' words that occur in notices of the data, those that occur at one outlet only."""
    places: dict[tuple[str, str], set[str]] = collections.defaultdict(set)
    hits: collections.Counter[tuple[str, str]] = collections.Counter()
    for outlet, language, text in _texts(score):
        name = choose(language, text)
        if name is None:
            continue
        folded = fold(text)
        for mark in lexicon(name).marks(folded):
            phrase = (name, folded[mark.start : mark.stop])
            places[phrase].add(outlet)
            hits[phrase] += 1
    alone = [phrase for phrase, outlets in places.items() if len(outlets) == 1 and hits[phrase] >= 5]
    return {
        "all": {"phrases that occur": len(places), "five times or more, at one outlet": len(alone)},
        **{f"{language} {words}": {"hits": hits[language, words]} for language, words in sorted(alone)},
    }


def _texts(score: Any) -> Iterator[tuple[str, str | None, str]]:
    for row in score.rows(score.DATA / "notices" / "notices.jsonl"):
        if row["label"] == "notice":
            yield _outlet(row), row["language"], row["text"]
    for name in SETS:
        for row in _rows(score, name):
            for notice in row["notices"]:
                yield row["source"], row["language"], notice["text"]


if __name__ == "__main__":
    main()
