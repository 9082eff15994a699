"""Swaps: the same words in exchanged roles. *A beat B* is not *B beat A*."""

from __future__ import annotations

from revtrack.changes.edit import WORD, Edit, Finding, Placed, key
from revtrack.changes.kinds import Nature
from revtrack.changes.names import begins_sentence
from revtrack.facts import Role
from revtrack.facts.roles import roles

__all__ = ["swap", "turned_roles"]

STEM = 4
"""How many first letters name a word in all its forms (range 3 to 6)."""

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
    if not tells:
        return None
    if None in natures:
        function = edit.words.function
        acts = any(part[0] not in function for part in between)
        if len(moved) > 2 or not acts or any(part[0] in function for part in exchanged):
            return None
        return Finding(Nature.CONTENT, _placed(old, moved), _placed(new, moved))
    nature = Nature.NUMBER if natures == {Nature.NUMBER} else Nature.NAME
    return Finding(nature, _placed(old, moved), _placed(new, moved))


def turned_roles(edit: Edit) -> Finding | None:
    """A passive whose doer was done to, or the other way; the same doer in another voice is wording.

    *Sold to* and *bought from* are the two sides of one trade in the same way.
    """
    words = edit.words
    if edit.keys.isdisjoint(words.passives | words.exchanges.keys()):
        return None
    old, new = _roles(edit, edit.old), _roles(edit, edit.new)
    if old and new:
        same = not old.isdisjoint(new)
        return Finding(Nature.WORDING, edit.lost, edit.fresh) if same and _no_other(edit) else None
    if not (old or new):
        return None
    active = edit.new if old else edit.old
    places = [_place(active, noun) for role in (old or new) for noun in (role.patient, role.agent)]
    if len(places) != 2 or min(places) < 0 or not _no_other(edit):
        return None
    turned = places[0] < places[1]
    return Finding(Nature.CONTENT if turned else Nature.WORDING, edit.lost, edit.fresh)


def _roles(edit: Edit, side: str) -> set[Role]:
    return {fact.value for fact in roles(side, edit.words) if isinstance(fact.value, Role)}


def _place(side: str, noun: str) -> int:
    return next((m.start() for m in WORD.finditer(side) if key(m.group())[:STEM] == noun[:STEM]), -1)


def _no_other(edit: Edit) -> bool:
    """Whether nothing but grammar and the forms of the verb changed beside."""
    words = edit.words
    lost, fresh = (
        [
            key(word)
            for word, _ in side
            if not {key(word)}
            & (words.function | words.passives | words.agents | words.exchanges.keys())
        ]
        for side in (edit.lost, edit.fresh)
    )
    return len(lost) == len(fresh) and all(
        a[: STEM - 1] == b[: STEM - 1] for a, b in zip(sorted(lost), sorted(fresh), strict=True)
    )


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
