"""Where patches go in a text that is not the one they were made for.

    python bench/patching.py [--rounds N] [--texts N]

Texts of sentences that are alike but for some words get a change in one sentence. The patch of it is
applied to the same text with two mistyped letters on each side of the change, and to one that lost the
sentence: counted are changes that went to their place, to another, and that were refused.
"""

from __future__ import annotations

import argparse
import json
import random
import re

from _timing import machine

from revtrack.diff import patch
from revtrack.errors import PatchError

WHO = ["mayor", "doctor", "baker", "pilot", "keeper", "farmer", "teacher", "judge"]
DID = ["found", "counted", "painted", "sold", "repaired", "moved"]
WHAT = ["boats", "crates", "bricks", "bottles", "ladders", "lamps"]
WHERE = ["bridge", "pier", "market", "station", "church", "mill"]
THEN = (
    "after a long night of rain",
    "while nobody watched the harbour",
    "because the council had asked for it",
    "before the ferry came back",
)


def _sentence(chance: random.Random) -> str:
    said = [chance.choice(words) for words in (WHO, DID, WHAT, WHERE)]
    number = chance.randint(10, 99)
    return f"The {said[0]} {said[1]} {number} {said[2]} near the {said[3]} {chance.choice(THEN)}."


def _mistyped(text: str, chance: random.Random) -> str:
    letters = list(text)
    for _ in range(2):
        letters[chance.randrange(len(letters))] = chance.choice(["", "e", "s"])
    return "".join(letters)


def _placed(chance: random.Random, *, is_gone: bool) -> str:
    """Where one patch went: ``placed``, ``elsewhere`` or ``refused``."""
    sentences = [_sentence(chance) for _ in range(chance.choice([4, 12, 40]))]
    at = chance.randrange(len(sentences))
    first, last = sentences[:at], sentences[at + 1 :]
    before, number, what, behind = re.split(r"(\d+) (\w+)", sentences[at], maxsplit=1)
    came = chance.choice([f"1{number} {what}", f"{number} {what} again"])
    changed = f"{before}{came}{behind}"
    made = patch(" ".join([*first, sentences[at], *last]), " ".join([*first, changed, *last]))
    before, behind = _mistyped(before, chance), _mistyped(behind, chance)
    middle = [] if is_gone else [f"{before}{number} {what}{behind}"]
    try:
        patched = made.apply(" ".join([*first, *middle, *last]))
    except PatchError:
        return "refused"
    wanted = " ".join([*first, f"{before}{came}{behind}", *last])
    return "placed" if patched == wanted and not is_gone else "elsewhere"


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=1, help="seeds, each with as many texts")
    parser.add_argument("--texts", type=int, default=1_000)
    asked = parser.parse_args()
    rows = []
    for name, is_gone in (("letters differ beside it", False), ("the sentence is gone", True)):
        went = [
            _placed(random.Random(f"{seed} {number}"), is_gone=is_gone)  # noqa: S311 - no secret
            for seed in range(asked.rounds)
            for number in range(asked.texts)
        ]
        rows.append(
            {"name": name} | {way: went.count(way) for way in ("placed", "elsewhere", "refused")}
        )
    print(json.dumps({"title": "where patches go", **machine(), "rows": rows}, indent=2))


if __name__ == "__main__":
    main()
