"""What each function of the library decides on the measuring data, and what it earns there.

    python bench/rules.py [--packages extract …] [--sets pages …] [--rows N] [--quick] [-o FILE]

First every set is scored once while each function's answers are observed: an answer that is not the
function's usual one (no, none, nothing, or what it was given) counts for the row. Then each function
whose unusual answers are on few rows is switched off in turn: it gives its usual answer, those rows
are answered anew, and the sets are scored with the answers that changed. A function that answers
unusually on most rows is no rule and is only listed.

The table has a line per function: its lines, the rows and outlets on which it answers unusually, the
rows whose answer changes when it is off, and each figure that moves by then (a plus: the figure is
higher *without* it). Nothing is random. One core, about an hour for all packages.
`docs/explanation/rules.md` is this table: `python bench/rules.py --quick -o docs/explanation/rules.md`.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import inspect
import json
import pkgutil
import sys
import types
import urllib.parse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from _pairs import shared

PACKAGES = ("extract", "notices", "facts", "changes", "diff", "text")
#: A figure that moves by less is the same.
_MOVED = 0.0004
#: A function that answers unusually on more than this share of its rows is no rule but a step.
_STEP = 0.6


class Function:
    """A function of the library that can be observed, and switched off for all that call it."""

    def __init__(self, function: types.FunctionType, name: str) -> None:
        self.name = name
        self.function = function
        self.code = function.__code__
        self.original = types.FunctionType(
            self.code,
            function.__globals__,
            function.__name__,
            function.__defaults__,
            function.__closure__,
        )
        self.original.__kwdefaults__ = function.__kwdefaults__
        self.lines = len(inspect.getsourcelines(function)[0])
        self.kinds: Counter[str] = Counter()
        self.rows: dict[str, set[int]] = defaultdict(set)

    def replace(self, behaviour: Callable[..., Any]) -> None:
        """Let everything that holds the function, also in tables, meet *behaviour* instead."""
        slot = f"_revtrack_rules_{abs(hash(self.name))}"
        self.function.__globals__[slot] = behaviour
        source = f"lambda *args, **kwargs: {slot}(*args, **kwargs)"
        self.function.__code__ = eval(source, self.function.__globals__).__code__  # noqa: S307

    def restore(self) -> None:
        """The function as it was written."""
        self.function.__code__ = self.code

    @property
    def usual(self) -> str | None:
        """The kind of answer that decides nothing and is given most; None where each decides."""
        if self.function.__annotations__.get("return") in ("None", None):
            return None  # a procedure: what it does is not what it answers
        quiet = [(n, kind) for kind, n in self.kinds.items() if kind != "other"]
        return max(quiet)[1] if quiet else None

    def off(self, *args: object, **kwargs: object) -> object:
        """The usual answer."""
        first = next(iter([*args, *kwargs.values()]), None)
        return {"False": False, "True": True, "None": None, "same": first}.get(
            str(self.usual), _EMPTY.get(str(self.usual))
        )


_EMPTY: dict[str, object] = {
    "empty tuple": (),
    "empty str": "",
    "empty list": [],
    "empty dict": {},
    "empty set": set(),
    "empty frozenset": frozenset(),
}


def _kind(answer: object, first: object) -> str:
    if answer is None or answer is True or answer is False:
        return str(answer)
    kind = f"empty {type(answer).__name__}"
    if not isinstance(answer, int | float) and kind in _EMPTY and not answer:
        return kind
    return "same" if answer is first or (isinstance(answer, str) and answer == first) else "other"


def functions(packages: tuple[str, ...]) -> list[Function]:
    """Every function and method of the packages that can be replaced: no generator, no closure."""
    found: dict[int, Function] = {}
    for package in packages:
        room = importlib.import_module(f"revtrack.{package}")
        for info in pkgutil.walk_packages(room.__path__, room.__name__ + "."):
            module = importlib.import_module(info.name)
            for name, value in _callables(module):
                plain = not (value.__code__.co_freevars or inspect.isgeneratorfunction(value))
                if plain and value.__module__ == info.name and id(value) not in found:
                    found[id(value)] = Function(value, f"{info.name.removeprefix('revtrack.')}.{name}")
    return list(found.values())


def _callables(module: types.ModuleType) -> Iterator[tuple[str, types.FunctionType]]:
    for name, value in list(vars(module).items()):
        held = [(name, value)]
        if inspect.isclass(value) and value.__module__ == module.__name__:
            held = [(f"{name}.{key}", each) for key, each in vars(value).items() if key[:2] != "__"]
        for key, one in held:
            each = one.fget if isinstance(one, property) else getattr(one, "__wrapped__", one)
            if inspect.isfunction(each):
                yield key, each


class Rows:
    """A system under score that remembers its answers, and answers chosen rows anew."""

    def __init__(self, system: Any) -> None:
        self.system = system
        self.calls: list[tuple[str, tuple[object, ...]]] = []
        self.answers: list[tuple[bool, object]] = []
        self.numbers: dict[str, int] = {}
        self.override: dict[int, tuple[bool, object]] = {}
        self.sets: dict[int, set[str]] = defaultdict(set)
        self.current, self.scored = -1, ""

    def answer(self, number: int) -> tuple[bool, object]:
        """What the system says of a row now, and whether that is no refusal."""
        name, args = self.calls[number]
        self.current = number
        try:
            return True, getattr(self.system, name)(*args)
        except Exception as error:  # noqa: BLE001 # a refusal is an answer, and is scored as one
            return False, error

    def __getattr__(self, name: str) -> Callable[..., object]:
        def ask(*args: object) -> object:
            key = f"{type(self.system).__module__}.{name} {args!r}"
            number = self.numbers.get(key)
            if number is None:
                number = self.numbers[key] = len(self.calls)
                self.calls.append((name, args))
                self.answers.append(self.answer(number))
            self.sets[number].add(self.scored)
            fine, value = self.override.get(number, self.answers[number])
            if not fine:
                raise value  # type: ignore[misc]
            return value

        return ask


def _figures(report: object, name: str) -> dict[str, float]:
    if isinstance(report, dict):
        parts = [_figures(v, f"{name}.{k}") for k, v in report.items() if k != "_failures"]
        return {key: value for part in parts for key, value in part.items()}
    return {name: report} if isinstance(report, float) else {}


class Scores:
    """The sets of both scoring programs, asked of systems that remember."""

    def __init__(self, chosen: list[str]) -> None:
        sys.path.insert(0, str(shared() / "eval"))
        import gold  # type: ignore[import-not-found]
        import score  # type: ignore[import-not-found]

        data = shared() / "data"
        self.sets = [
            (f"{program.__name__}.{name}", run, system, folder)
            for program, folder in ((score, data), (gold, data / "more"))
            for system in [Rows(program.Revtrack())]
            for name, run in program.SETS.items()
            if not chosen or name in chosen
        ]

    def report(self, only: set[str] | None = None) -> dict[str, float]:
        """Every figure; of the sets in *only* where given."""
        found: dict[str, float] = {}
        for name, run, system, folder in self.sets:
            if only is None or name in only:
                system.scored = name
                found |= _figures(run(folder, system), name)
        return found

    @property
    def systems(self) -> list[Rows]:
        """Each system once."""
        return list({id(system): system for _, _, system, _ in self.sets}.values())


def _outlets() -> dict[str, str]:
    """The outlet of a row, by the beginning of the text that it is asked with."""
    import gzip

    found: dict[str, str] = {}
    for path in sorted((shared() / "data").rglob("*.jsonl*")):
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                outlet = row.get("outlet") or row.get("source") or row.get("domain") or path.stem
                for part in (row.get("old"), row.get("text")):
                    found[_start(part)] = str(outlet)
    return found


def _start(part: object) -> str:
    return (
        str(part["paragraphs"])[:300]
        if isinstance(part, dict) and "paragraphs" in part
        else str(part)[:300]
    )


def _outlet(args: tuple[object, ...], known: dict[str, str]) -> str:
    for value in args:
        if isinstance(value, str) and value.startswith("http"):
            return urllib.parse.urlsplit(value).netloc.removeprefix("www.")
    return known.get(_start(args[0]), "?")


def _observe(every: list[Function], scores: Scores) -> dict[str, float]:
    systems = scores.systems
    active: list[Rows] = []

    def watching(one: Function) -> Callable[..., Any]:
        def ask(*args: object, **kwargs: object) -> object:
            answer = one.original(*args, **kwargs)
            kind = _kind(answer, args[0] if args else next(iter(kwargs.values()), None))
            one.kinds[kind] += 1
            for system in active:
                one.rows[kind].add(system.current + 1_000_000 * systems.index(system))
            return answer

        return ask

    for one in every:
        one.replace(watching(one))
    for system in systems:
        original = system.answer

        def answer(number: int, system: Rows = system, original: Any = original) -> Any:
            _forget()
            active[:] = [system]
            return original(number)

        system.answer = answer  # type: ignore[method-assign]
    found = scores.report()
    for one in every:
        one.restore()
    for system in systems:
        del system.answer
    return found


_HELD: list[Any] = []


def _forget() -> None:
    """Empty what the library remembers of texts, so that a function is asked anew.

    What is remembered without a bound are word lists, which are dear to read: they stay.
    """
    if not _HELD:
        _HELD.extend(
            held
            for held in gc.get_objects()
            if type(held).__name__ == "_lru_cache_wrapper" and "revtrack" in str(held.__module__)
        )
    for held in _HELD:
        if held.cache_parameters()["maxsize"] is not None:
            held.cache_clear()


def _off(
    one: Function, scores: Scores, base: dict[str, float], limit: int, quick: bool
) -> tuple[int, int, dict[str, float]]:
    """Rows asked, rows changed, and how the figures move, with the function switched off."""
    fired = sorted(set().union(*(rows for kind, rows in one.rows.items() if kind != one.usual)))
    asked = fired[:: max(1, len(fired) // limit)] if limit else fired
    one.replace(one.off)
    changed: set[str] = set()
    count = 0
    for key in asked:
        which, number = divmod(key, 1_000_000)
        system = scores.systems[which]
        _forget()
        now = system.answer(number)
        if repr(now) != repr(system.answers[number]):
            system.override[number] = now
            changed |= system.sets[number]
            count += 1
    one.restore()
    _forget()
    try:
        now_figures = scores.report(changed) if changed and not quick else {}
    except Exception:  # noqa: BLE001 # a set that cannot bear a refusal: nothing works without it
        now_figures = {"fails": 1.0}
    for system in scores.systems:
        system.override.clear()
    moved = {
        k: v - base.get(k, 0.0) for k, v in now_figures.items() if abs(v - base.get(k, 0.0)) >= _MOVED
    }
    return len(asked), count, moved


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--packages", nargs="*", default=list(PACKAGES))
    parser.add_argument("--sets", nargs="*", default=[])
    parser.add_argument(
        "--rows", type=int, default=120, help="answer at most about so many rows anew (0: all)"
    )
    parser.add_argument("--quick", action="store_true", help="say which rows change, and score nothing")
    parser.add_argument("-o", "--output", type=Path)
    asked = parser.parse_args()
    every = functions(tuple(asked.packages))
    scores = Scores(asked.sets)
    base = _observe(every, scores)
    known = _outlets()
    out = asked.output.open("w", encoding="utf-8") if asked.output else sys.stdout
    print(_HEAD.format(command=" ".join(["python bench/rules.py", *_arguments(asked)])), file=out)
    for one in sorted(every, key=lambda each: each.name):
        fired = set().union(*(rows for kind, rows in one.rows.items() if kind != one.usual))
        met = set().union(*one.rows.values())
        outlets = {
            _outlet(scores.systems[key // 1_000_000].calls[key % 1_000_000][1], known) for key in fired
        }
        line = f"| `{one.name}` | {one.lines} | {len(fired)} of {len(met)} | {len(outlets)}"
        if one.usual is None or len(fired) > _STEP * len(met):
            print(f"{line} | – | step | |", file=out, flush=True)
            continue
        tried, changed, moved = (
            _off(one, scores, base, asked.rows, asked.quick) if fired else (0, 0, {})
        )
        figures = ", ".join(
            f"{k} {v:+.4f}" for k, v in sorted(moved.items(), key=lambda m: -abs(m[1]))[:8]
        )
        print(f"{line} | {tried} | {changed} | {figures} |", file=out, flush=True)


def _arguments(asked: argparse.Namespace) -> list[str]:
    given = ["--quick"] if asked.quick else []
    return [*given, *(["--packages", *asked.packages] if asked.packages != [*PACKAGES] else [])]


_HEAD = """# What each function decides

Made by `{command}`, which observes every function of the packages that decide something while it reads
the measuring data, and switches off in turn those that are rules. *Rows* are the rows of data on which
the function gave another answer than its usual one (no, none, nothing, or what it was given), of those
that asked it; *outlets* are their sources; *changed* counts, of the rows *asked* again without the
function, those whose result is another. A *step* answers on most rows: it is no rule, and stays on.

That a rule changes nothing here does not prove that nobody needs it: the data hold few captures of
archives, few withdrawals and few languages. `tests/kinds` and the golden cases ask for what the data do
not hold. A rule that changes nothing here and is asked by no test can go.

| function | lines | rows | outlets | asked | changed | figures without it |
| --- | --- | --- | --- | --- | --- | --- |"""


if __name__ == "__main__":
    sys.exit(main())
