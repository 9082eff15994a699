"""Linking: for which reason each notice explains each difference that was made with it, or before it.

A notice explains what it points at (quoted words, a value, a name, rare words in common), clauses
rewritten right next to that, and the new text right under it. What more it may explain is asked in
`revtrack.changes.coverage`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from revtrack import facts
from revtrack.changes.candidates import KINDS, Candidate, Index
from revtrack.changes.claims import Claim, Scope
from revtrack.changes.coverage import ANNOUNCING, TEXT, covered, in_named_paragraphs, may_mean
from revtrack.changes.evidence import (
    POINTING,
    QUOTED,
    Link,
    Rarity,
    Reason,
    allows,
    is_about,
    may_remove,
    names_kind,
    reason_for,
)
from revtrack.changes.kinds import HeadlineChanged, MediaChanged, Nature, TextAdded
from revtrack.changes.nature import FACTS
from revtrack.model import Article, NoticeAct, NoticeTarget, Span

__all__ = ["NOTICES", "after", "bounded", "fresh_links", "later_links"]

NOTICES = 1_000
"""Notices of an article that are held against its changes (range 200 to 5,000): a bound on work."""

_FOR_ONE = 8
"""Notices that explain one difference (range 4 to 24). Each is in the results of all the others, so
that a hundred thousand bytes of notices made a document of two hundred megabytes without it, and one
of thirty with 24; the figures of the labelled pages are the same."""

_LARGE = 999
"""Numbers above this rarely count two things in one article (range 99 to 9,999)."""

_DOUBTFUL = 0.15
"""Words in common of this rarity put a difference in doubt (range .1 to .25)."""

_BY_VALUE = frozenset({Reason.WORDS_REPLACED, Reason.VALUE_NAMED})
_EXPLAINED = POINTING | {Reason.STANDS_UNDER}
"""A difference that one notice explains so needs no other that points at nothing."""
_OF_ONE_PASSAGE = 2
"""Words that a paragraph shares with one next to it that was part of it (range 1 to 4)."""
_SPREADING = POINTING - {Reason.WORDS_REPLACED}
"""Evidence that spreads to the clauses next to it: what it points at was put in other words."""
_CLAUSES = frozenset({Nature.CONTENT, Nature.WORDING})


def fresh_links(
    claims: Sequence[Claim], candidates: Sequence[Candidate], old: Article, new: Article
) -> list[Link]:
    """What the notices explain that were added in the same revision, notice by notice."""
    rarity, index = Rarity(old.text, new.text), Index(candidates)
    added = sorted(
        [one for one in candidates if isinstance(one.change, TextAdded)],
        key=lambda one: one.change.new_spans[0].start,
    )
    clauses = _by_end([one for one in candidates if one.difference.nature in _CLAUSES], old, new)
    notices = {claim.notice.span.start: claim.notice.span for claim in claims if claim.notice.span}
    pictures = [one for one in candidates if isinstance(one.change, MediaChanged)]
    edits: dict[Nature, list[Candidate]] = defaultdict(list)
    for one in candidates:
        if one.difference.substantive and all(map(str.strip, one.parts)):
            edits[one.difference.nature].append(one)
    headlines = [claim for claim in claims if claim.notice.target is NoticeTarget.HEADLINE]
    found: list[dict[int, Link]] = []
    for claim in claims:
        links = _pointed(claim, index.named_by(claim), rarity)
        beside: list[tuple[Reason, Iterable[Candidate]]] = [
            (Reason.PLACE_NAMED, in_named_paragraphs(claim, candidates, new)),
            (Reason.PLACE_NAMED, _in_its_caption(claim, links, pictures)),
            (Reason.SUBJECT_NAMED, _only_of_kind(claim, list(links.values()), edits, new)),
            (Reason.STANDS_UNDER, _below(claim, added, notices, new)),
            (Reason.SAME_PASSAGE, _next_to(list(links.values()), clauses, old, new)),
        ]
        if [claim] == headlines:
            of_headline = [one for one in candidates if isinstance(one.change, HeadlineChanged)]
            beside.insert(0, (Reason.HEADLINE, of_headline))
        for reason, those in beside:
            for one in those:
                links.setdefault(id(one), Link(claim, one, reason))
        found.append(links)
    explained = {key for links in found for key, one in links.items() if one.reason in _EXPLAINED}
    covering = [
        (number, link)
        for number, link in covered(claims, candidates, found, old, new)
        if id(link.candidate) not in explained
    ]
    told = {id(link.candidate) for _, link in covering if link.claim.scope is not Scope.GENERAL}
    for number, link in covering:  # one that names nothing yields to one that says more
        if link.claim.scope is not Scope.GENERAL or id(link.candidate) not in told:
            found[number].setdefault(id(link.candidate), link)
    linked = {key for links in found for key in links}
    for number, claim in enumerate(claims):
        for one in index.named_by(claim):
            if id(one) not in linked and _shares_a_word(claim, one, rarity, new):
                found[number][id(one)] = Link(claim, one, Reason.SHARED_WORD, possible=True)
    return [link for links in found for link in links.values()]


def bounded(links: Sequence[Link]) -> list[Link]:
    """Of the links to each difference so many as are kept, those that are sure before the others."""
    count: Counter[int] = Counter()
    kept = set()
    for link in sorted(links, key=lambda link: link.possible):
        count[id(link.candidate)] += 1
        if count[id(link.candidate)] <= _FOR_ONE:
            kept.add(id(link))
    return [link for link in links if id(link) in kept]


def _shares_a_word(claim: Claim, one: Candidate, rarity: Rarity, new: Article) -> bool:
    """The notice may speak of the difference: too little is shared to say so, too much to deny it."""
    if (claim.said and claim.says) or not may_remove(claim, one):
        return False  # it says exactly what it is about, or not that this was done
    shared = sum([rarity.of(stem) for stem in sorted(claim.stems & one.stems) if stem.isalpha()])
    return shared >= _DOUBTFUL and may_mean(claim, one, new)


def later_links(claim: Claim, index: Index) -> list[Link]:
    """What a notice of another revision explains: by values that were replaced and by quoted words."""
    links = _pointed(claim, index.named_by(claim), None)
    return [
        link
        for link in links.values()
        if allows(claim, link.candidate)
        and (link.reason is not Reason.VALUE_NAMED or all(link.candidate.parts))
    ]


# ------------------------------------------------------------------------------------------ pointing


def _pointed(claim: Claim, candidates: Sequence[Candidate], rarity: Rarity | None) -> dict[int, Link]:
    """What the notice points at; where it gives both wordings, one that shows both settles it."""
    found = [
        Link(claim, one, reason) for one in candidates if (reason := reason_for(claim, one, rarity))
    ]
    if any(link.reason is Reason.WORDS_REPLACED for link in found):
        found = [link for link in found if _may_stay(link)]
    shared = [_named(link) for link in found if link.reason in _BY_VALUE]
    found = [link for link in found if not _is_part(link, shared)]
    about = [is_about(claim, link.candidate) for link in found]
    valued = [one and link.reason in _BY_VALUE for link, one in zip(found, about, strict=True)]
    if rarity is None or any(valued):  # the same values may count another thing
        meant = {link.candidate.values for link, one in zip(found, about, strict=True) if one}
        found = [
            link
            for link, one in zip(found, about, strict=True)
            if one or _is_specific(link) or _in_both(link, meant)
        ]
    return {id(link.candidate): link for link in found}


def _named(link: Link) -> facts.Keys:
    return link.claim.values & frozenset.union(*link.candidate.values)


def _is_part(link: Link, shared: Collection[facts.Keys]) -> bool:
    """Only the number of a percentage is the notice's, and another difference has both: *41%*."""
    if link.reason not in _BY_VALUE or isinstance(link.candidate.change, HeadlineChanged):
        return False
    mine = _named(link)
    hundredths = {("number", one[1] / 100) for one in mine if one[0] == "number"}
    return any(mine < other <= mine | hundredths for other in shared)


def _in_both(link: Link, meant: Collection[object]) -> bool:
    """The headline exchanges the values of a passage that the notice is about, or it names both."""
    in_headline = isinstance(link.candidate.change, HeadlineChanged)
    named = {NoticeTarget.HEADLINE, NoticeTarget.BODY} <= set(link.claim.notice.targets)
    return (in_headline or named) and link.candidate.values in meant


def _is_specific(link: Link) -> bool:
    """More was named than a small number, which may count another thing: words, a year, a large one."""
    if link.reason not in _BY_VALUE:
        return True
    named = frozenset.union(*link.candidate.values)
    return not named or any(one[0] != "number" or one[1] > _LARGE for one in named)


def _may_stay(link: Link) -> bool:
    """Next to a difference that shows both wordings: another one, a phrase that is quoted, a clause."""
    if link.reason is Reason.WORDS_REPLACED:
        return True
    if link.reason in QUOTED:  # beyond one figure or name, which may be there for other reasons
        went = link.reason is Reason.WRONG_WORDS_WENT
        return (link.claim.said if went else link.claim.says).count(" ") > 1
    if len(link.claim.notice.targets) > 1 and names_kind(link.claim, link.candidate):
        return True
    gone, come = link.candidate.values
    both = (gone - come) & link.claim.values and (come - gone) & link.claim.values
    return bool(both) or link.candidate.difference.nature not in FACTS


# ----------------------------------------------------------------------------------------- adjacency


def _below(
    claim: Claim, added: Sequence[Candidate], notices: Mapping[int, Span], new: Article
) -> Iterator[Candidate]:
    """The additions right under a notice, paragraph after paragraph, up to text that was there.

    Under a bare heading (*Updates*) there may be notices as well. A correction is one paragraph, unless
    a heading opens it: what is under it is the story.
    """
    notice = claim.notice
    if notice.span is None or not ("\n" in notice.text or notice.kind in ANNOUNCING):
        return
    reached, bare = notice.span.stop, notice.text.strip(" :*") == notice.label
    first = bisect_left(added, reached, key=lambda one: one.change.new_spans[0].start)
    for one in added[first:]:
        spans = one.change.new_spans
        while bare and (below := notices.get(after(new.text, reached))) is not None:
            reached = below.stop
        if after(new.text, reached) < spans[0].start:
            return
        if may_mean(claim, one, new):
            yield one
        reached = spans[-1].stop


def after(text: str, place: int) -> int:
    """The next place of *text* that is no white space."""
    while text[place : place + 1].isspace():
        place += 1
    return place


def _next_to(
    links: Sequence[Link], clauses: dict[tuple[int, int], list[Candidate]], old: Article, new: Article
) -> Iterator[Candidate]:
    """The clauses right next to a change that the notice points at.

    Those of another paragraph must share words with its passage, as where a sentence became a list. A
    notice that quotes the wrong words and the right ones means these alone; a number or name that
    changed there is a fact of its own, which it would name.
    """
    for link in links:
        if link.reason in _SPREADING:
            for end in _ends(link.candidate, old, new):
                for one in clauses.get(end, ()):
                    shared = one.stems & link.candidate.whole.context
                    if len(shared) >= _OF_ONE_PASSAGE or not _is_parted(link.candidate, one, old, new):
                        yield one


def _is_parted(one: Candidate, other: Candidate, old: Article, new: Article) -> bool:
    """Whether a new line is between the passages of two neighbours."""
    sides = (
        (old.text, one.change.old_spans, other.change.old_spans),
        (new.text, one.change.new_spans, other.change.new_spans),
    )
    return any(
        a and b and "\n" in text[min(a[-1].stop, b[-1].stop) : max(a[0].start, b[0].start)]
        for text, a, b in sides
    )


def _only_of_kind(
    claim: Claim, links: Sequence[Link], edits: Mapping[Nature, Sequence[Candidate]], new: Article
) -> Iterator[Candidate]:
    """The one difference of a kind that the notice corrects: *a wrong date*, *a name and the number*.

    Of several it is open which is meant, as where words are given, or the notice points at one.
    """
    if NoticeAct.CORRECTED not in claim.acts or claim.said or claim.says:
        return
    for target in claim.notice.targets:
        kind = {Nature.DATE} if target is NoticeTarget.DATE else KINDS.get(target, set())
        if not any(link.candidate.difference.nature in kind for link in links):
            these = chain.from_iterable([edits.get(nature, ()) for nature in kind])
            found = [*islice((one for one in these if may_mean(claim, one, new)), 2)]
            yield from found if len(found) == 1 and allows(claim, found[0]) else ()


def _in_its_caption(
    claim: Claim, links: Collection[int], pictures: Sequence[Candidate]
) -> list[Candidate]:
    """What differs in the caption that holds the notice, where it points at none of it.

    That is what is of the kind that the notice names, or else all.
    """
    own = [one for one in pictures if claim.notice.text in (one.change.new or "")]
    if claim.said or claim.says or any(id(one) in links for one in own):
        return []
    return [one for one in own if names_kind(claim, one)] or own


def _by_end(
    candidates: Iterable[Candidate], old: Article, new: Article
) -> dict[tuple[int, int], list[Candidate]]:
    found: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
    for one in candidates:
        for end in _ends(one, old, new):
            found[end].append(one)
    return found


def _ends(one: Candidate, old: Article, new: Article) -> list[tuple[int, int]]:
    """Where a change of text begins, and what follows it: the side (0 or 1) and the place there."""
    change = one.change
    if not isinstance(change, TEXT):
        return []
    found = []
    for side, (text, spans) in enumerate(((old.text, change.old_spans), (new.text, change.new_spans))):
        if spans:
            found += [(side, spans[0].start), (side, after(text, spans[-1].stop))]
    return found
