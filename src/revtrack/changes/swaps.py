"""Swaps: the same words in exchanged roles. *A beat B* is not *B beat A*."""

from __future__ import annotations

from revtrack.changes.edit import WORD, Edit, Finding, Placed, key
from revtrack.changes.kinds import Nature
from revtrack.changes.names import begins_sentence
from revtrack.facts import Role
from revtrack.facts.statements import roles

__all__ = ["swap", "turned_roles"]

STEM = 4
"""How many first letters name a word in all its forms (range 3 to 6)."""

Part = tuple[str, int, str]
"""A word or run of capitalised words: as it is compared, where it is, as it is written."""


def swap(edit: Edit) -> Finding | None:
    """Names or numbers exchanged their places, and the words between them stayed where they were.

    What is between them must say something: *Anna and Ben* is *Ben and Anna*.
    """
    if edit.lost or edit.fresh or not (edit.gone_words and edit.come_words):
        return None
    old, new = _parts(edit.old), _parts(edit.new)
    if len(old) != len(new):
        return None
    moved = [n for n, (a, b) in enumerate(zip(old, new, strict=True)) if a[0] != b[0]]
    if len(moved) < 2 or sorted([old[n][0] for n in moved]) != sorted([new[n][0] for n in moved]):
        return None
    function = edit.words.function
    between = [part for part in old[moved[0] + 1 : moved[-1]] if not _nature(part)]
    natures = {_nature(old[n]) for n in moved}
    found: tuple[Placed, Placed] = (_placed(old, moved), _placed(new, moved))
    if None not in natures:
        tells = any(part[0] not in edit.words.joining for part in between)
        nature = Nature.NUMBER if natures == {Nature.NUMBER} else Nature.NAME
        return Finding(nature, *found) if tells else None
    acts = any(part[0] not in function for part in between)
    pair = len(moved) == 2 and not any(old[n][0] in function for n in moved)
    return Finding(Nature.CONTENT, *found) if acts and pair else None


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
    if any(map(str.isdigit, part[0])):
        return Nature.NUMBER
    return Nature.NAME if part[2][0].isupper() else None


def _placed(parts: list[Part], moved: list[int]) -> Placed:
    return tuple([(parts[n][2], parts[n][1]) for n in moved])


def turned_roles(edit: Edit) -> Finding | None:
    """A passive whose doer was done to, or the other way; the same doer in another voice is wording.

    *Sold to* and *bought from* are the two sides of one trade in the same way.
    """
    words = edit.words
    if edit.keys.isdisjoint(words.passives | words.exchanges.keys()):
        return None
    old, new = (
        [fact.value for fact in roles(side, words) if isinstance(fact.value, Role)]
        for side in (edit.old, edit.new)
    )
    if not (old or new) or not _only_grammar(edit):
        return None
    if old and new:
        return Finding(Nature.WORDING, edit.lost, edit.fresh) if {*old} & {*new} else None
    active = [key(word)[:STEM] for word in WORD.findall(edit.new if old else edit.old)]
    nouns = [noun[:STEM] for role in (old or new) for noun in (role.patient, role.agent)]
    if len(nouns) != 2 or not set(nouns) <= set(active):
        return None
    turned = active.index(nouns[0]) < active.index(nouns[1])
    return Finding(Nature.CONTENT if turned else Nature.WORDING, edit.lost, edit.fresh)


def _only_grammar(edit: Edit) -> bool:
    """Whether nothing but grammar and the forms of the verb changed."""
    words = edit.words
    aside = words.function | words.passives | words.agents | words.exchanges.keys()
    lost, fresh = (
        sorted([key(word)[: STEM - 1] for word, _ in side if key(word) not in aside])
        for _, side in edit.sides
    )
    return lost == fresh
