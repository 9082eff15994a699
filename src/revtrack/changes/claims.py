"""Claims: what a notice claims, in values and words that a difference can be compared with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from itertools import chain, dropwhile

import attrs

from revtrack import facts, text
from revtrack.changes.words import WORD, Placed, key
from revtrack.facts.vocabulary import words_of
from revtrack.model import Notice, NoticeAct, NoticeKind, NoticeTarget, Span
from revtrack.notices.lexicon import lexicon
from revtrack.notices.phrases import fold
from revtrack.notices.sentence import sentences
from revtrack.notices.subject import moves_no_passage

__all__ = [
    "Claim",
    "Scope",
    "claim_of",
    "content",
    "is_name",
    "plain",
    "stems",
    "stems_of",
    "values",
    "worded",
]

# A number is one word with what parts it: *8* is no word of *8:40*.
_LETTERS = re.compile(r"\d+(?:[.,:]\d+)+(?![^\W_])|[^\W_]+")
# The date of a notice is within so many characters of its beginning.
_OPENING = 60
_CLOSES = tuple(")]:–—")
# Words that share so many first letters count as one: *deport*, *deporting*, *deportation*. Four joins
# strangers (*cont*), six parts *remove* from *removal*.
_STEM = 5
# Shorter words are grammar in most languages. Where words do not stand apart, two characters count.
_SHORTEST = 4
_DENSE = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7a3"))
# A notice that reports what is new, rather than what was wrong.
_REPORTING = frozenset({NoticeKind.UPDATE, NoticeKind.EDITORS_NOTE})
_PLACES = frozenset(
    {NoticeTarget.HEADLINE, NoticeTarget.CAPTION, NoticeTarget.BYLINE}
    | {NoticeTarget.QUOTE, NoticeTarget.NAME}
)
_PARTICULAR = frozenset(NoticeTarget) - {NoticeTarget.BODY, NoticeTarget.OTHER}
_MOVING = frozenset({NoticeAct.ADDED, NoticeAct.REMOVED, NoticeAct.REPLACED})
_OPEN = frozenset({NoticeAct.CHANGED, NoticeAct.CLARIFIED, NoticeAct.ADDED})


class Scope(Enum):
    """How much of what changed a notice speaks of: a property of the notice alone.

    `SPECIFIC` names one thing, found or not: it explains that and nothing else. `SUBJECT` says that the
    article was changed and on which subject, `GENERAL` that it was changed and no more. `NEWS` says
    nothing of a change of the text.
    """

    SPECIFIC = "specific"
    SUBJECT = "subject"
    GENERAL = "general"
    NEWS = "news"


@attrs.frozen
class Claim:
    """What a notice says, folded: the wrong words, the right ones, and every value that it names.

    `said` and `says` are the wrong and the right words, `said_values` and `says_values` the facts in
    them, `pairs` these and what else it sets against each other, `wordings` the words that only one of
    two such has; `values` are all facts of the notice
    but its own date, `names` its capitalised words, `stems` the beginnings of its content words and
    `words` all of them with their positions. `textless` says that what it put in or took
    out is no passage of the text, but a picture, a link, a name.
    """

    notice: Notice
    scope: Scope
    textless: bool
    said: str
    says: str
    said_values: facts.Keys
    says_values: facts.Keys
    pairs: tuple[tuple[facts.Keys, facts.Keys], ...]
    wordings: tuple[tuple[frozenset[str], frozenset[str]], ...]
    values: facts.Keys
    names: frozenset[str]
    words: Placed
    stems: frozenset[str]

    @property
    def acts(self) -> tuple[NoticeAct, ...]:
        """What the notice says was done to the text."""
        return self.notice.acts


def claim_of(notice: Notice, *, old: str | None = None) -> Claim:
    """What *notice* claims; *old* is the text that it may correct, as `plain` has it, if at hand.

    What reads like wrong words and is in no old text describes an error: *it had several mistakes*.
    """
    said = f" {plain(notice.said)} "
    if old is not None and notice.said and said not in f" {old} " and not values(notice.said):
        both = f"{notice.said} {notice.says or ''}"  # names do not show in a script without capitals
        stated = bool(notice.says) and (both.upper() == both.lower() or bool(facts.values(both)))
        notice = notice if stated else attrs.evolve(notice, said=None, says=None)
    words, textless = _without_date(notice), _moves_no_passage(notice)
    language = notice.language
    sides = ((notice.said, notice.says), *notice.candidates)
    pairs = [(said, says) for said, says in sides if said and says]
    return Claim(
        notice=notice,
        scope=_scope(notice, textless=textless),
        textless=textless,
        said=_untitled(notice.said, language),
        says=_untitled(notice.says, language),
        said_values=values(notice.said or "", language),
        says_values=values(notice.says or "", language),
        pairs=tuple([(_placed(values(a, language)), _placed(values(b, language))) for a, b in pairs]),
        wordings=tuple([(said - says, says - said) for said, says in map(_keys, pairs)]),
        values=_placed(values(notice.text, language)),
        names=frozenset([key(word) for word, _ in words if is_name(word, language)]),
        words=words,
        stems=stems([key(word) for word, _ in words], language),
    )


def _keys(pair: tuple[str, str]) -> tuple[frozenset[str], frozenset[str]]:
    said, says = (frozenset([key(word) for word, _ in worded(side)]) for side in pair)
    return said, says


def _moves_no_passage(notice: Notice) -> bool:
    if _MOVING.isdisjoint(notice.acts) or len(notice.targets) > 1:
        return False
    words = lexicon(notice.language)
    return moves_no_passage(sentences(notice.text, fold(notice.text), words))


def _scope(notice: Notice, *, textless: bool) -> Scope:
    """Decided before anything is linked: what a notice names does not depend on what is found."""
    if textless or set(notice.acts) == {NoticeAct.REMOVED}:
        return Scope.SPECIFIC
    if notice.kind in _REPORTING and not _PLACES.intersection(notice.targets):
        if not notice.acts:
            return Scope.NEWS
        return Scope.GENERAL if notice.wide else Scope.SUBJECT
    if (notice.said and notice.says) or _PARTICULAR.intersection(notice.targets):
        return Scope.SPECIFIC
    if notice.wide:
        return Scope.GENERAL
    open_act = _OPEN.intersection(notice.acts) and NoticeAct.CORRECTED not in notice.acts
    return Scope.SUBJECT if open_act else Scope.SPECIFIC


def _without_date(notice: Notice) -> Placed:
    """The words of a notice but for those of the date that it bears itself, near its label."""
    words = worded(notice.text)
    if notice.label is None and notice.dated is None:
        return words
    own = [
        fact.span
        for fact in facts.read(notice.text[:_OPENING], language=notice.language)
        if fact.kind is facts.FactKind.DATE
        and (notice.dated or notice.text[fact.span.stop : fact.span.stop + 1] in _CLOSES)
    ]
    return tuple([(word, at) for word, at in words if not any(s.start <= at < s.stop for s in own)])


def _untitled(words: str | None, language: str | None) -> str:
    """Words as they are compared, a name without its title: *Mr. Reed* is whom *Tomas Reed* is."""
    whole, titles = plain(words), words_of(language).titles
    return " ".join(dropwhile(titles.__contains__, whole.split())) or whole


def _placed(found: facts.Keys) -> facts.Keys:
    """Values where a bare number may be a place in an order: *der 3. Streik*, *jeder 4.* Baum."""
    numbers = [one for one in found if one[0] == "number"]
    return found.union([("order", *one[1:]) for one in numbers])


def plain(words: str | None) -> str:
    """Words as they are compared: folded, in lower case, without punctuation."""
    return " ".join(_LETTERS.findall(text.fold(words))).casefold() if words else ""


def worded(side: str | None) -> Placed:
    """The words of a text with their positions."""
    return tuple([(match.group(), match.start()) for match in WORD.finditer(side or "")])


def values(words: str, language: str | None = None, within: Span | None = None) -> facts.Keys:
    """The numbers, dates and times that *words* state, or this part of them, however written."""
    return facts.values(words, language=language, within=within, named=False)


def stems(words: Iterable[str], language: str | None = None) -> frozenset[str]:
    """What content words begin with; of a script without spaces each two neighbouring characters."""
    return frozenset(chain.from_iterable([stems_of(word, language) for word in words]))


@lru_cache(maxsize=8192)
def stems_of(word: str, language: str | None = None) -> tuple[str, ...]:
    """The same of one word: at most one, but for a script without spaces; *l'accord* is *accord*."""
    word = max(word.split("'"), key=len)
    if any(first <= word[0] <= last for first, last in _DENSE):
        return tuple([word[place : place + 2] for place in range(len(word) - 1)])
    if word in words_of(language).function or (len(word) < _SHORTEST and not word[0].isdigit()):
        return ()
    return (word[:_STEM],)


def content(side: str | None, language: str | None = None) -> frozenset[str]:
    """The stems of a text's content words that are no numbers, in digits or in words."""
    numbers = words_of(language).numbers
    found = stems([one for word, _ in worded(side) if (one := key(word)) not in numbers], language)
    return frozenset([one for one in found if one.isalpha()])


def is_name(word: str, language: str | None = None) -> bool:
    """A capitalised word that is more than a word of grammar, or a month or a weekday."""
    if len(word) < 3 or not word[0].isupper():
        return False
    words, lower = words_of(language), key(word)
    return lower not in words.function and lower not in words.date_words and lower not in words.months
