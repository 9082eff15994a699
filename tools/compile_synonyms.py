"""Compile WordNet 3.0 into the small file by which revtrack knows English synonyms and misspellings.

    python tools/compile_synonyms.py /usr/share/wordnet src/revtrack/facts/words/en.wordnet

The directory is that of Debian's package `wordnet-base`. Written are four parts, each compressed, of
single words in lower case:

* groups of words that share a synset, or whose synsets WordNet calls similar, derived or pertaining;
* irregular forms and the word that each is a form of;
* pairs of opposites;
* all words that WordNet knows, front-coded (a digit for the letters shared with the one before), with a
  capital for the kind of concrete thing that most of its uses name.

Licence of the result: that of WordNet, in `docs/explanation/facts-as-values.md` and in `NOTICE`.
"""

from __future__ import annotations

import argparse
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

WORD = re.compile(r"[a-z]{2,}")
PARTS = ("noun", "verb", "adj", "adv")
CONCRETE = {
    **dict.fromkeys((6, 13, 17, 20, 27), "T"),
    **dict.fromkeys((4, 11, 19, 26), "H"),
    5: "P",
    18: "P",
    8: "B",
    15: "L",
    28: "C",
    21: "M",
}
"""WordNet's files of nouns by number, and the letter of their kind: things (artifact, food, object,
plant, substance), happenings (act, event, phenomenon, state), people and animals, body, location, time,
possession."""
RELATED = frozenset({"&", "+", "\\"})
"""Similar adjectives, derived forms, and what pertains to a word."""


def synsets(directory: Path) -> tuple[dict[str, list[str]], list[tuple[str, str]]]:
    """The words of each synset, and the pairs of synsets that are related."""
    words: dict[str, list[str]] = {}
    pairs: list[tuple[str, str]] = []
    for part in PARTS:
        for line in (directory / f"data.{part}").read_text(encoding="utf-8").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split(" | ")[0].split()
            name = f"{fields[2].replace('s', 'a')}{fields[0]}"
            count = int(fields[3], 16)
            found = [fields[4 + 2 * n].split("(")[0].lower() for n in range(count)]
            words[name] = [word for word in found if WORD.fullmatch(word)]
            start = 4 + 2 * count
            for n in range(int(fields[start])):
                kind, offset, other, _ = fields[start + 1 + 4 * n : start + 5 + 4 * n]
                if kind in RELATED:
                    pairs.append((name, other.replace("s", "a") + offset))
    return words, pairs


def groups(directory: Path, used: frozenset[str]) -> Iterator[str]:
    """Words that say the same, each group once; only words that are in use."""
    words, pairs = synsets(directory)
    seen: set[str] = set()
    joined = [*words.values(), *[[*words[one], *words[other]] for one, other in pairs if one < other]]
    for group in joined:
        kept = " ".join(sorted({word for word in group if word in used}))
        if " " in kept and kept not in seen:
            seen.add(kept)
            yield kept


def opposites(directory: Path, used: frozenset[str]) -> Iterator[str]:
    """Pairs of words that WordNet calls opposites."""
    members: dict[str, list[str]] = {}
    found: list[tuple[str, int, str, int]] = []
    for part in PARTS:
        for line in (directory / f"data.{part}").read_text(encoding="utf-8").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split(" | ")[0].split()
            name, count = f"{fields[2].replace('s', 'a')}{fields[0]}", int(fields[3], 16)
            members[name] = [fields[4 + 2 * n].split("(")[0].lower() for n in range(count)]
            start = 4 + 2 * count
            for n in range(int(fields[start])):
                kind, offset, other, which = fields[start + 1 + 4 * n : start + 5 + 4 * n]
                if kind == "!":
                    first, second = (int(digits, 16) for digits in (which[:2], which[2:4]))
                    found.append((name, first, other.replace("s", "a") + offset, second))
    for one, first, other, second in found:
        pair = sorted((members[one][first - 1], members[other][second - 1]))
        if all(word in used for word in pair):
            yield " ".join(pair)


def concrete(directory: Path) -> dict[str, str]:
    """The kind of thing of each word whose most frequent sense is a concrete noun."""
    found: dict[str, str] = {}
    kinds: dict[str, int] = {}
    for line in (directory / "data.noun").read_text(encoding="utf-8").splitlines():
        if not line.startswith("  "):
            fields = line.split(" ", 2)
            kinds[fields[0]] = int(fields[1])
    counts: dict[tuple[str, str], int] = {}
    for line in (directory / "cntlist.rev").read_text(encoding="utf-8").splitlines():
        key, _, count = line.split()
        word, rest = key.split("%")
        part = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}[rest[0]]
        counts[word, part] = counts.get((word, part), 0) + int(count)
    for line in (directory / "index.noun").read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if line.startswith("  "):
            continue
        kind = CONCRETE.get(kinds[fields[6 + int(fields[3])]])
        others = max(counts.get((fields[0], part), 0) for part in PARTS[1:])
        if kind and 4 * counts.get((fields[0], "noun"), 0) + 8 >= others:
            found[fields[0]] = kind
    return found


def in_use(directory: Path) -> frozenset[str]:
    """The words that WordNet's tagged texts use, and those of more than one sense."""
    used: set[str] = set()
    for part in PARTS:
        for line in (directory / f"index.{part}").read_text(encoding="utf-8").splitlines():
            fields = line.split()
            if line.startswith("  ") or not WORD.fullmatch(fields[0]):
                continue
            pointers = int(fields[3])
            if int(fields[5 + pointers]) or int(fields[2]) > 2:
                used.add(fields[0])
    return frozenset(used)


def known(directory: Path) -> list[str]:
    """Every single word of WordNet."""
    found: set[str] = set()
    for part in PARTS:
        for line in (directory / f"index.{part}").read_text(encoding="utf-8").splitlines():
            word = line.split(" ", 1)[0]
            if WORD.fullmatch(word):
                found.add(word)
    return sorted(found)


def irregular(directory: Path, used: frozenset[str]) -> Iterator[str]:
    """*went go*: a form and its word."""
    for part in PARTS:
        for line in (directory / f"{part}.exc").read_text(encoding="utf-8").splitlines():
            form, *bases = line.split()
            if WORD.fullmatch(form) and bases and bases[0] in used:
                yield f"{form} {bases[0]}"


def front_coded(words: list[str], kinds: dict[str, str]) -> Iterator[str]:
    """Each word as how many first letters it shares with the one before, the rest, and its kind."""
    last = ""
    for word in words:
        same = 0
        while same < min(9, len(last), len(word)) and last[same] == word[same]:
            same += 1
        yield f"{same}{word[same:]}{kinds.get(word, '')}"
        last = word


def main() -> None:
    """Read the directory that is named, write the file that is named, say how large it is."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("wordnet", type=Path)
    parser.add_argument("target", type=Path)
    arguments = parser.parse_args()
    used = in_use(arguments.wordnet)
    parts = (
        sorted(groups(arguments.wordnet, used)),
        sorted(set(irregular(arguments.wordnet, used))),
        sorted(set(opposites(arguments.wordnet, used))),
        list(front_coded(known(arguments.wordnet), concrete(arguments.wordnet))),
    )
    packed = [zlib.compress("\n".join(part).encode("ascii"), 9) for part in parts]
    head = " ".join(str(len(part)) for part in packed).encode("ascii") + b"\n"
    arguments.target.write_bytes(head + b"".join(packed))
    print(f"{[len(part) for part in parts]} entries, {arguments.target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
