"""Statements: what is denied, how surely it is said, who says it, and in which words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from revtrack.changes.edit import WORD, Edit, Finding, Placed, key
from revtrack.changes.kinds import Nature
from revtrack.changes.names import begins_sentence, inflects, title_case
from revtrack.changes.references import lies_in
from revtrack.changes.weight import unpaired
from revtrack.facts import Saying
from revtrack.facts.statements import QUOTED, quotations
from revtrack.facts.vocabulary import Words

__all__ = ["attribution", "hedge", "negation", "quote", "speaker"]

_STEM = 4
"""How many first letters two forms of one verb share at least, as `inflects` has it."""

_NUMERO = re.compile(r"[Nn]o\. ?\d")
"""*No. 2* is a number."""

_CONTRACTED = ("n't", "s't")
"""Endings of English verbs that deny, the second as it is often misspelt (*does't*)."""


def negation(edit: Edit) -> Finding | None:
    """One side denies more often than the other."""
    language = edit.words
    if not language.spaced:
        balance = _parts(edit.old, language.negations) - _parts(edit.new, language.negations)
        return Finding(Nature.NEGATION, edit.lost, edit.fresh) if balance else None
    denials = {word for word in edit.keys if _denies(word, edit)}
    if not edit.keys.isdisjoint(language.refusals) and _only_refuses(edit):
        denials |= edit.keys & language.refusals
    if not denials and edit.keys.isdisjoint(language.denying_phrases):
        return None
    gone, come = (
        tuple(
            [
                p
                for p in words
                if (key(p[0]) in denials and not _NUMERO.match(side, p[1]))
                or _ends_denying(side, p, language)
            ]
        )
        for side, words in ((edit.old, edit.lost), (edit.new, edit.fresh))
    )
    counts = edit.swapped()
    balance = sum([counts[0][word] for word in {key(w) for w, _ in gone}]) - sum(
        [counts[1][word] for word in {key(w) for w, _ in come}]
    )
    return Finding(Nature.NEGATION, gone, come) if balance else None


def _only_refuses(edit: Edit) -> bool:
    """Whether a refusal is all that came or went: what *failed to* happen is said on both sides."""
    content = [word for side in unpaired(edit) for word, _ in side]
    return all(key(word) in edit.words.refusals for word in content)


def _denies(word: str, edit: Edit) -> bool:
    return word in edit.words.negations or (edit.language == "en" and word.endswith(_CONTRACTED))


def _ends_denying(side: str, placed: tuple[str, int], language: Words) -> bool:
    """Whether a word ends a phrase that denies, such as *but* in *all but*."""
    leads = language.denying_phrases.get(key(placed[0]))
    return leads is not None and f" {side[: placed[1]].casefold().rstrip()}".endswith(leads)


def _parts(side: str, words: Iterable[str]) -> int:
    """How often *words* stand in text whose words do not stand apart, the longest first."""
    found = re.findall("|".join(map(re.escape, sorted(words, key=lambda w: (-len(w), w)))), side)
    return len(found)


def quote(edit: Edit) -> Finding | None:
    """Words inside quotation marks differ, or the whole passage is a quotation."""
    if not (edit.lost or edit.fresh):
        return None
    if edit.quoted:
        return Finding(Nature.QUOTE, edit.lost, edit.fresh)
    gone = _inside(edit.old, edit.lost, edit.gone_words)
    come = _inside(edit.new, edit.fresh, edit.come_words)
    return Finding(Nature.QUOTE, gone, come) if gone or come else None


def _inside(side: str, words: Placed, changed: Placed) -> Placed:
    """The words that changed inside a quotation of which something stayed.

    A quotation that came or went as a whole, and a word put in quotation marks, is no other wording.
    """
    quotations = [match.span() for match in QUOTED.finditer(side)] if words else []
    inside = [p for p in words if lies_in(quotations, p[1])] if quotations else []
    if not inside:
        return ()
    places = {at for _, at in changed}
    kept = [
        span
        for span in quotations
        if any(match.start() not in places for match in WORD.finditer(side, *span))
    ]
    return tuple([p for p in inside if lies_in(kept, p[1])])


def speaker(edit: Edit) -> Finding | None:
    """The same words are another's: *the pilot said*, *the captain said*; a name for a role is none."""
    if not (edit.lost and edit.fresh) or not QUOTED.search(edit.old):
        return None
    old, new = (
        {
            fact.value.words: fact.value.speaker
            for fact in quotations(side, edit.words)
            if isinstance(fact.value, Saying)
        }
        for side in (edit.old, edit.new)
    )
    for words, said in old.items():
        other = new.get(words, "")
        differ = bool(said and other) and set(said.split()).isdisjoint(other.split())
        if differ and len(edit.lost) == len(edit.fresh) and _same_form(edit):
            return Finding(Nature.ATTRIBUTION, edit.lost, edit.fresh)
    return None


def _same_form(edit: Edit) -> bool:
    """Whether names stand for names, or words for words."""
    return [word[0].isupper() for word, _ in edit.lost] == [word[0].isupper() for word, _ in edit.fresh]


def attribution(edit: Edit) -> Finding | None:
    """Another verb of saying (*said*, *claimed*), or one that came or went.

    Many such verbs are something else as well (*reported missing*, *denied by the keeper*): on one side
    alone only those count that report and nothing else. Another form of a verb is its tense.
    """
    if not edit.words.spaced:
        return _grown(edit, Nature.ATTRIBUTION, edit.words.attributions)
    verbs = edit.keys & edit.words.attributions
    if not verbs:
        return None
    gone, come = (
        tuple([p for p in placed if key(p[0]) in verbs and _no_name(side, *p)])
        for side, placed in ((edit.old, edit.lost), (edit.new, edit.fresh))
    )
    gone, come = _other_verbs(edit, gone, edit.fresh), _other_verbs(edit, come, edit.lost)
    if not (gone and come):
        sure = edit.words.reporting
        gone, come = (tuple([p for p in side if key(p[0]) in sure]) for side in (gone, come))
    return Finding(Nature.ATTRIBUTION, gone, come) if gone or come else None


def _other_verbs(edit: Edit, words: Placed, others: Placed) -> Placed:
    """Without those of which the other side has another form: *claims*, *claimed*; *say*, *said*."""
    if not words:
        return words
    forms = edit.words.verb_forms
    verbs = {forms.get(key(other)) for other, _ in others} - {None}
    alike: dict[str, set[str]] = {}
    for other, _ in others:
        alike.setdefault(key(other)[:_STEM], set()).add(other)
    return tuple(
        [
            (word, at)
            for word, at in words
            if forms.get(key(word)) not in verbs
            and not any(inflects(word, other) for other in alike.get(key(word)[:_STEM], ()))
        ]
    )


def _no_name(side: str, word: str, at: int) -> bool:
    """A capital inside a sentence makes a name of it: *United States*."""
    return word[0].islower() or begins_sentence(side, at) or title_case(side)


def hedge(edit: Edit) -> Finding | None:
    """A word that makes a statement less sure came or went; one hedge for another is wording.

    *About* and its like hedge the number that follows them and nothing else.
    """
    words = edit.words
    if not words.spaced:
        return _grown(edit, Nature.HEDGE, words.hedges)
    if edit.keys.isdisjoint(words.roughly) and words.hedges.isdisjoint(map(_bare, edit.keys)):
        return None
    gone, come = (
        tuple([p for p in placed if _bare(p[0]) in words.hedges or _rounds(edit, side, p)])
        for side, placed in ((edit.old, edit.lost), (edit.new, edit.fresh))
    )
    return Finding(Nature.HEDGE, gone, come) if _ranks(gone, words) != _ranks(come, words) else None


def _ranks(placed: Placed, words: Words) -> Counter[str]:
    """The hedges, those that mean the same as one."""
    return Counter([words.hedge_ranks.get(_bare(word), "") for word, _ in placed])


def _bare(word: str) -> str:
    """A verb without what denies it: *shouldn't* is *should* and has been asked for its denial."""
    return key(word).removesuffix("n't")


def _rounds(edit: Edit, side: str, placed: tuple[str, int]) -> bool:
    word, at = placed
    if key(word) not in edit.words.roughly:
        return False
    following = WORD.search(side, at + len(word))
    return following is not None and (
        any(character.isdigit() for character in following.group())
        or key(following.group()) in edit.words.numbers
    )


def _grown(edit: Edit, nature: Nature, words: Iterable[str]) -> Finding | None:
    """The same where words do not stand apart: one side holds other such words than the other."""
    found = [Counter({word: side.count(word) for word in words}) for side in (edit.old, edit.new)]
    return Finding(nature, edit.lost, edit.fresh) if found[0] != found[1] else None
