"""Swaps: the same words in exchanged roles. *A beat B* is not *B beat A*."""

from __future__ import annotations

from revtrack.changes.edit import WORD, Edit, Finding, Placed, key
from revtrack.changes.kinds import Nature
from revtrack.changes.names import begins_sentence

__all__ = ["swap"]

Part = tuple[str, int, str]
"""A word or run of capitalised words: as it is compared, where it stands, as it is written."""


def swap(edit: Edit) -> Finding | None:
    """Names or numbers exchanged their places, and the words between them stayed where they were.

    What stands between must say something: *Anna and Ben* is *Ben and Anna*.
    """
    if edit.lost or edit.fresh or not (edit.gone_words and edit.come_words):
        return None
    old, new = _parts(edit.old), _parts(edit.new)
    if len(old) != len(new):
        return None
    moved = [n for n, (a, b) in enumerate(zip(old, new, strict=True)) if a[0] != b[0]]
    if len(moved) < 2 or sorted([old[n][0] for n in moved]) != sorted([new[n][0] for n in moved]):
        return None
    exchanged = [old[n] for n in moved]
    natures = {_nature(part) for part in exchanged}
    between = old[moved[0] + 1 : moved[-1]]
    tells = any(not _nature(part) and part[0] not in edit.words.joining for part in between)
    if None in natures or not tells:
        return None
    nature = Nature.NUMBER if natures == {Nature.NUMBER} else Nature.NAME
    return Finding(nature, _placed(old, moved), _placed(new, moved))


def _parts(side: str) -> list[Part]:
    """The words of one side; capitalised words in a row are one part, since they are one name."""
    parts: list[Part] = []
    stop = -1
    for match in WORD.finditer(side):
        word, at = match.group(), match.start()
        runs = parts and word[0].isupper() and parts[-1][2][0].isupper() and side[stop:at] == " "
        if runs and not begins_sentence(side, at):
            before, start, written = parts.pop()
            parts.append((f"{before} {key(word)}", start, f"{written} {word}"))
        else:
            parts.append((key(word), at, word))
        stop = match.end()
    return parts


def _nature(part: Part) -> Nature | None:
    if any(character.isdigit() for character in part[0]):
        return Nature.NUMBER
    return Nature.NAME if part[2][0].isupper() else None


def _placed(parts: list[Part], moved: list[int]) -> Placed:
    return tuple([(parts[n][2], parts[n][1]) for n in moved])
