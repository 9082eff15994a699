"""Content: how much came and went in an edit, and whether its words only say the same otherwise."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeAlias

from rapidfuzz.distance.Postfix import similarity as common_suffix
from rapidfuzz.distance.Prefix import similarity as common_prefix

from revtrack.changes.edit import Edit, Finding
from revtrack.changes.kinds import Nature
from revtrack.changes.spelling import alike, inflects, unshortened
from revtrack.changes.values import is_name, title_case
from revtrack.changes.words import WORD, Placed, key, pointed, words_in
from revtrack.facts.names import begins_sentence
from revtrack.facts.synonyms import PERSON, has_dictionary, kind_of_thing, same_meaning
from revtrack.facts.vocabulary import UNREAD, Words

__all__ = ["clause", "content_word", "other_words", "tense", "typo", "unpaired"]

ADDED_WORDS = 2
REMOVED_WORDS = 3
REWORDED = 3
REWRITTEN_WORDS = 3
"""How many words of content make a change of content: more that came than went (more of them where
words of any kind went, for that is often another way to say it), more that went than came, or at least
so many on both sides (ranges 1 to 6). One half of 500 human-labelled sentence revisions chose them;
words that come tell more than words that go."""

CONDENSED = 7
"""From how many words less a rewording leaves content out (range 5 to 10). With fewer less, and half as
many in their place, it says the same: so in all 26 rows of IteraTeR that this decides."""

PARTNERS_SOUGHT = 80
"""Up to how many changed words a partner is sought for each: more make a change of content anyway, and
seeking costs the square of their number."""

PHRASE = 2
"""Up to how many words name one thing, the last of them the thing itself: *heart attack* (1 to 3)."""

_ROOT = 4
"""How many first letters make two words one of another family: *Mexican*, *Mexico* (range 3 to 6)."""

_PARTICLE = 3
"""Letters of a word of grammar in a language not known at most, and of a word that is none at least."""

_SAME_END = 0.6
"""The share of its letters that a word has in common with what it is by a prefix (range .5 to .8)."""

_QUALIFIER = 4
"""Letters of a word that says which: shorter ones are grammar in a language not known (3 to 5)."""

_BESIDE = 24
"""How many characters before a word hold its neighbour (range 12 to 40)."""

_COMMAS = frozenset(",;")

_NOT_KNOWN = "whether the words say the same is not known in this language"


# ------------------------------------------------------------------------------------------- amount


def clause(edit: Edit) -> Finding | None:
    """Content came or went: more words than a change of wording takes."""
    return _amount(edit, REWORDED if edit.gone_words else ADDED_WORDS)


def other_words(edit: Edit) -> Finding | None:
    """In a headline or a row of a table one word of content for another says something else.

    In a language without a dictionary that is in doubt, unless they are nouns or more words than a verb
    has: *tritt zurück*, *legt Amt nieder*.
    """
    lost, fresh = unpaired(edit)
    if not (lost and fresh):
        return _amount(edit, ADDED_WORDS)
    few = max(len(lost), len(fresh)) <= REWRITTEN_WORDS and not has_dictionary(edit.language)
    named = all(words[-1][0][0].isupper() for words in (lost, fresh))
    doubt = few and not named and not _other_thing(edit, lost[-1], fresh[-1])
    return Finding(Nature.CONTENT, lost, fresh, doubt=_NOT_KNOWN if doubt else "")


def _amount(edit: Edit, added: int) -> Finding | None:
    """Whether more words of content came than went by *added*; by less where a name is among them."""
    if len(edit.fresh) < ADDED_WORDS and len(edit.lost) < REMOVED_WORDS:
        return None
    lost, fresh = unpaired(edit)
    grew, shrank = len(fresh) - len(lost), len(lost) - len(fresh)
    more = grew >= added or (grew >= ADDED_WORDS and _names_one(edit, fresh))
    other = shrank >= REMOVED_WORDS or min(len(lost), len(fresh)) >= REWRITTEN_WORDS
    condensed = edit.come_words and 2 * len(fresh) <= len(lost) and shrank < CONDENSED
    return Finding(Nature.CONTENT, lost, fresh) if more or (other and not condensed) else None


@lru_cache(maxsize=1)  # several rules ask for the content of one edit
def _content(edit: Edit) -> tuple[Placed, Placed]:
    """The words of content that went and came; numbers have had their own rule."""
    function, numbers = edit.words.function, edit.words.numbers

    def says(side: str, word: str, at: int) -> bool:
        name = key(word)
        tail = name.rpartition("'")[2] if _ELIDED.match(name) else name  # *n'avait*
        bare = not word[0].isalpha() or not function.isdisjoint((name, tail)) or name in numbers
        return not bare and not pointed(side, at)

    return edit.chosen(says)


@lru_cache(maxsize=1)
def unpaired(edit: Edit) -> tuple[Placed, Placed]:
    """The words of content that went and came without a partner on the other side.

    Where words went and came, one that the other side has elsewhere is said there.
    """
    gone, come = _content(edit)
    if len(gone) + len(come) > PARTNERS_SOUGHT:
        return gone, come
    lost, fresh = _without_partner(edit, gone, come), _without_partner(edit, come, gone)
    if edit.gone_words and edit.come_words and edit.words.spaced:
        lost, fresh = _not_in(edit.new, lost), _not_in(edit.old, fresh)
    return unshortened(edit, lost, fresh)


def _without_partner(edit: Edit, words: Placed, others: Placed) -> Placed:
    """The words that no word among *others* spells otherwise or means too."""
    keys, language = [key(other) for other, _ in others], edit.language

    def has_partner(word: str) -> bool:
        return any(alike(word, one) or same_meaning(word, one, language=language) for one in keys)

    return tuple([placed for placed in words if not has_partner(key(placed[0]))])


def _not_in(side: str, words: Placed) -> Placed:
    said = set(map(key, words_in(side))) if words else set()

    def says(word: str) -> bool:
        return word in said or any(one[0] == word[0] and inflects(word, one) for one in said)

    return tuple([placed for placed in words if not says(key(placed[0]))])


# --------------------------------------------------------------------------------------------- form


def tense(edit: Edit) -> Finding | None:
    """Nothing but auxiliary verbs changed, and the endings of the verbs: *will resign*, *resigned*."""
    tenses = edit.words.tenses
    if edit.keys.isdisjoint(tenses):
        return None
    gone, come = ([key(w) for w, _ in words if key(w) not in tenses] for _, words in edit.sides)
    only = len(gone) == len(come) and all(map(inflects, gone, come))
    return Finding(Nature.TENSE, edit.lost, edit.fresh) if only else None


def typo(edit: Edit) -> Finding | None:
    """Each word that went is there again, spelt a little differently, or is a function word."""
    gone, come = _content(edit)
    if not gone or len(gone) != len(come):
        return None
    same = all(alike(key(a), key(b)) for (a, _), (b, _) in zip(gone, come, strict=True))
    return Finding(Nature.TYPO, gone, come) if same else None


# --------------------------------------------------------------------------------------- one word


def content_word(edit: Edit) -> Finding | None:
    """One word of content gave way to another that is no synonym, or one that names came or went.

    Words for things or acts of one kind exclude each other (*leg*, *chest*), and a name says who a
    common word only meant. Words of other kinds are too often two ways to put it. In a language that
    is not read nobody knows: any other word is in doubt, for such an article accuses nobody.
    """
    lost, fresh = unpaired(edit)
    if edit.language == UNREAD and lost and fresh:
        tells = _another(lost, fresh)
    elif 1 <= len(lost) <= PHRASE and 1 <= len(fresh) <= PHRASE:
        tells = _other_thing(edit, lost[-1], fresh[-1])
    elif not edit.words.spaced:
        return None
    else:
        added = not lost and any(rule(edit, fresh) for rule in (_names_one, _adds_one, _qualifies))
        tells = added or (bool(lost) and not fresh and _drops_one(edit))
    return Finding(Nature.CONTENT, lost, fresh) if tells else None


def _another(lost: Placed, fresh: Placed) -> bool:
    """Whether one word, but for particles, gave way to one that neither begins nor ends like it."""
    (a, *others), (b, *more) = (sorted([key(w) for w, _ in p], key=len)[::-1] for p in (lost, fresh))
    short = min(len(a), len(b))
    alike = common_prefix(a, b) >= min(_ROOT, short - 2) or common_suffix(a, b) > _SAME_END * short
    return not alike and short >= _PARTICLE and all(len(w) <= _PARTICLE for w in (*others, *more))


def _other_thing(edit: Edit, lost: tuple[str, int], fresh: tuple[str, int]) -> bool:
    one, other = key(lost[0]), key(fresh[0])
    if one[:_ROOT] == other[:_ROOT]:
        return False
    if has_dictionary(edit.language):  # it knows nouns; elsewhere they show by their form
        kind = kind_of_thing(one, language=edit.language)
        if kind == PERSON and lost[0].islower() and is_name(edit, edit.new, *fresh):
            return True
        common = lost[0].islower() and fresh[0].islower()
        return common and bool(kind) and kind == kind_of_thing(other, language=edit.language)
    function, rest = edit.words.function, {*edit.keys} - {one, other}
    alone = all(word.rstrip("'") in function for word in rest)  # *la démission*, *l'arrestation*
    return alone and _are_nouns(edit.words, (edit.old, *lost), (edit.new, *fresh))


def _names_one(edit: Edit, fresh: Placed) -> bool:
    """Whether a name or another word with a capital inside the sentence came."""
    return not title_case(edit.new) and any(
        word[0].isupper()
        and not begins_sentence(edit.new, at)
        and key(word) not in edit.words.titles
        and ("capital_nouns" not in edit.words.traits or is_name(edit, edit.new, word, at))
        for word, at in fresh
    )


def _adds_one(edit: Edit, fresh: Placed) -> bool:
    """Whether a word came with the *and* that joins it: *beat and robbed*."""
    return any(key(word) in edit.words.joining for word, _ in edit.fresh) and len(fresh) == 1


def _qualifies(edit: Edit, fresh: Placed) -> bool:
    """Whether nothing went, and a word came that says which before a word of content that stayed.

    Or it is the last of a phrase behind a word of content: *failed during the storm*.
    """
    if edit.gone_words or not fresh:
        return False
    function, reports = edit.words.function, edit.words.attributions
    lead, at = edit.come_words[0]
    before = WORD.findall(edit.new, max(0, at - _BESIDE), at)[-1:]
    led = key(lead) in function and bool(before) and key(before[0]) not in function
    if led and edit.come_words[-1] == fresh[-1]:
        return True
    telling = [p for p in fresh if len(p[0]) >= _QUALIFIER and key(p[0]) not in reports]
    stops = [at + len(word) for word, at in telling]
    following = [WORD.match(edit.new, at + 1) for at in stops if edit.new[at : at + 1] == " "]
    return any(word and word[0][0].isalpha() and key(word[0]) not in function for word in following)


def _drops_one(edit: Edit) -> bool:
    """Whether one thing of several was removed with the *and* or the comma that joined it.

    What had the *and* alone was an act where its object follows: *copied and sold the files*.
    """
    joining, old = edit.words.joining, edit.old
    listed = old.count("\n") != edit.new.count("\n")
    if any(key(word) in joining for word, _ in edit.lost):
        behind = WORD.search(old, max([op.old.stop for op in edit.changed]))
        acts = behind is not None and key(behind.group()) in edit.words.articles
        if listed or (acts and not edit.come_words and len(unpaired(edit)[0]) == 1):
            return True
    for span in [op.old for op in edit.changed if op.old.of(edit.old).lstrip()[:1] in _COMMAS]:
        following = WORD.search(old, span.stop)
        among = listed or old[span.stop : span.stop + 1] in _COMMAS  # one comma went and one stayed
        if among and any(span.start <= at < span.stop for _, at in unpaired(edit)[0]):
            return True
        if following is not None and key(following.group()) in joining:
            return True
    return False


# ------------------------------------------------------------------------------------------- nouns

_ELIDED = re.compile(r"^\w{1,4}['’]\w")
"""A word of grammar that is written with the next one: *l'arrestation*, *dell'arresto*."""

_Found: TypeAlias = tuple[str, str, int]
"""A side, a word of it, and where the word begins."""


def _are_nouns(words: Words, old: _Found, new: _Found) -> bool:
    """Whether two words that stand for each other are nouns.

    They have a capital where nouns are written so. Else both bear one mark of case, or stand before or
    behind it; or they are behind a word of grammar and before one or the end of their clause.
    """
    if "capital_nouns" in words.traits:
        return all(word[0].isupper() and not begins_sentence(side, at) for side, word, at in (old, new))
    if not _marks(words, *old).isdisjoint(_marks(words, *new)):
        return True
    return words.spaced and _stands_as_noun(words, *old) and _stands_as_noun(words, *new)


def _marks(words: Words, side: str, word: str, at: int) -> set[str]:
    """The marks of case of a word; where words do not stand apart, one character is part of a word.

    A Japanese verb, which ends in Hiragana, has none.
    """
    if not words.spaced and (len(word) == 1 or "ぁ" <= word[-1] <= "ん"):
        return set()
    behind = {
        mark for mark in words.cases if word.endswith(mark) or side.startswith(mark, at + len(word))
    }
    return behind | {mark for mark in words.case_leads if side.endswith(mark, 0, at)}


def _stands_as_noun(words: Words, side: str, word: str, at: int) -> bool:
    function, stop = words.function, at + len(word)
    before = WORD.findall(side, max(0, at - _BESIDE), at)[-1:]
    after = WORD.search(side, stop)
    ends = after is None or side[stop : after.start()].strip() or key(after.group()) in function
    lead = key(before[0].split("'")[-1]) if before else ""
    led = bool(_ELIDED.search(word)) or (lead in function and lead not in words.tenses)  # *ha respinto*
    return led and bool(ends)
