"""Compile WordNet 3.0 into the small file by which revtrack knows English synonyms and misspellings.

    python tools/compile_synonyms.py /usr/share/wordnet src/revtrack/facts/words/en.wordnet

The directory is that of Debian's package `wordnet-base`. Written are four parts, each compressed, of
single words in lower case:

* groups of words that share a synset, or whose synsets WordNet calls similar, derived or pertaining;
* irregular forms and the word that each is a form of;
* pairs of opposites;
* all words that WordNet knows, front-coded (a digit for the letters shared with the one before), with a
  capital for the kind of concrete thing that most of its uses name, or for an act made from a verb.

Licence of the result: that of WordNet, in `docs/explanation/facts-as-values.md` and in `NOTICE`.
"""

from __future__ import annotations

import argparse
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import attrs

WORD = re.compile(r"[a-z]{2,}")
PARTS = ("noun", "verb", "adj", "adv")
HAPPENING = "H"
CONCRETE = {
    **dict.fromkeys((6, 13, 17, 20, 27), "T"),
    **dict.fromkeys((4, 11, 19, 26), HAPPENING),
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
ACTS = frozenset({4, 10})
"""WordNet's files of acts and of what is said."""
RELATED = frozenset({"&", "+", "\\"})
"""Similar adjectives, derived forms, and what pertains to a word."""


@attrs.frozen
class Synset:
    """Words that mean one thing, WordNet's file of them, and the pointers from its words to others.

    `names` are those of the words that have a capital.
    """

    name: str
    file: int
    words: tuple[str, ...]
    names: frozenset[str]
    pointers: tuple[tuple[str, str, int, int], ...]
    """Kind, name of the other synset, and which words of the two it joins, from 1; 0 for all."""


def synsets(directory: Path) -> Iterator[Synset]:
    """All the synsets of WordNet."""
    for part in PARTS:
        for line in (directory / f"data.{part}").read_text(encoding="utf-8").splitlines():
            if line.startswith("  "):
                continue
            fields = line.split(" | ")[0].split()
            start = 4 + 2 * int(fields[3], 16)
            found = [fields[at : at + 4] for at in range(start + 1, start + 4 * int(fields[start]), 4)]
            yield Synset(
                name=fields[2].replace("s", "a") + fields[0],
                file=int(fields[1]),
                words=tuple([word.split("(")[0].lower() for word in fields[4:start:2]]),
                names=frozenset([word.lower() for word in fields[4:start:2] if word[0].isupper()]),
                pointers=tuple(
                    [
                        (kind, other.replace("s", "a") + offset, int(at[:2], 16), int(at[2:4], 16))
                        for kind, offset, other, at in found
                    ]
                ),
            )


def groups(words: dict[str, Synset], used: frozenset[str]) -> Iterator[str]:
    """Words that say the same, each group once; only words that are in use."""
    seen: set[str] = set()
    joined = [one.words for one in words.values()] + [
        (*one.words, *words[other].words)
        for one in words.values()
        for kind, other, _, _ in one.pointers
        if kind in RELATED and one.name < other
    ]
    for group in joined:
        kept = " ".join(sorted({word for word in group if word in used}))
        if " " in kept and kept not in seen:
            seen.add(kept)
            yield kept


def opposites(words: dict[str, Synset], used: frozenset[str]) -> Iterator[str]:
    """Pairs of words that WordNet calls opposites."""
    for one in words.values():
        for kind, other, first, second in one.pointers:
            if kind == "!":
                pair = sorted((one.words[first - 1], words[other].words[second - 1]))
                if all(word in used for word in pair):
                    yield " ".join(pair)


def acts(words: dict[str, Synset]) -> Iterator[str]:
    """Nouns for what somebody does or says, made from a verb by an ending: *resignation*, *apology*."""
    for one in words.values():
        for kind, other, first, second in one.pointers:
            if one.file in ACTS and kind == "+" and other.startswith("v"):
                noun = one.words[first - 1]
                if noun != words[other].words[second - 1]:
                    yield noun


def concrete(directory: Path, words: dict[str, Synset]) -> dict[str, str]:
    """The kind of thing of each word whose most frequent sense is a concrete noun, or an act.

    What bears a word as its name is none of its senses: *diesel* is no person.
    """
    found: dict[str, str] = {}
    made = frozenset(acts(words))
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
        senses = [words[f"n{offset}"] for offset in fields[6 + int(fields[3]) :]]
        file = next((one.file for one in senses if fields[0] not in one.names), senses[0].file)
        kind = CONCRETE.get(file, HAPPENING if fields[0] in made else None)
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
    words = {one.name: one for one in synsets(arguments.wordnet)}
    parts = (
        sorted(groups(words, used)),
        sorted(set(irregular(arguments.wordnet, used))),
        sorted(set(opposites(words, used))),
        list(front_coded(known(arguments.wordnet), concrete(arguments.wordnet, words))),
    )
    packed = [zlib.compress("\n".join(part).encode("ascii"), 9) for part in parts]
    head = " ".join(str(len(part)) for part in packed).encode("ascii") + b"\n"
    arguments.target.write_bytes(head + b"".join(packed))
    print(f"{[len(part) for part in parts]} entries, {arguments.target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
