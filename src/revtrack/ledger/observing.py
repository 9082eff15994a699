"""The versions and revisions of one article read as the entries of a ledger.

The claim of a notice is compared with the captures: they confirm it, contradict it, or do neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import attrs

from revtrack import ledger, text
from revtrack.changes import kinds
from revtrack.changes.claims import is_name, plain, values, worded
from revtrack.changes.disclosure import Disclosure, fresh_notices
from revtrack.changes.evidence import POINTING
from revtrack.changes.kinds import Change, DisclosureState, Nature
from revtrack.changes.revision import Revision, disclosed_late
from revtrack.ledger import ClaimState
from revtrack.model import Interval, Notice, NoticeTarget, Span, Version
from revtrack.notices.attesting import outside

__all__ = ["ledger_of"]


# A wrong text of one word, such as a number, may be in an article for other reasons: alone it
# confirms nothing.
_LEAST_WORDS = 2
_OF_NAMES = frozenset({Nature.NAME, Nature.PLACE})


def claim_state(
    notice: Notice, explains: Sequence[Disclosure], sides: Sequence[str], place: int
) -> tuple[ClaimState, str]:
    """Whether captures confirm the claim of *notice*, and the captured words that contradict it.

    *explains* are the differences that it explains. *sides* are the folded texts of the versions that
    the notice is about; that at *place* is the first that shows the notice. A claim is confirmed only
    where an earlier capture has the wrong words and a later one the right ones; where other words were
    in their place, it is contradicted.
    """
    said, says = plain(notice.said), plain(notice.says)
    if not said and not says:
        names_both = any(_names_both(notice, one) for one in explains)
        return ClaimState.CONFIRMED if names_both else ClaimState.UNVERIFIED, ""
    decided = _by_differences(notice, explains)
    if decided is not None:
        return decided
    earlier, later = range(place - 1, -1, -1), range(place, len(sides))  # nearest first
    specific = bool(said) and (bool(says) or len(said.split()) >= _LEAST_WORDS)
    if specific and _contains(sides[-1], said, says) and not (says and _contains(sides[-1], says, "")):
        return ClaimState.NOT_CARRIED_OUT, ""
    if specific and _has_wrong_value(notice, sides[-1]):
        return ClaimState.NOT_CARRIED_OUT, ""
    was_wrong = specific and any(_contains(sides[n], said, says) for n in earlier)
    if was_wrong and (not says or any(_contains(sides[n], says, "") for n in later)):
        return ClaimState.CONFIRMED, ""
    if says and place and all(_contains(sides[n], says, "") for n in earlier):
        return ClaimState.CONTRADICTED, notice.says or ""
    return ClaimState.UNVERIFIED, ""


def _names_both(notice: Notice, one: Disclosure) -> bool:
    """Whether the notice, whose grammar is not read, names the old value and the new one."""
    change, difference, stated = one.change, one.difference, values(notice.text, notice.language)
    old = values(change.old or "", notice.language, difference.old)
    new = values(change.new or "", notice.language, difference.new)
    return one.reason in POINTING and bool((old - new) & stated) and bool((new - old) & stated)


def _by_differences(notice: Notice, explains: Sequence[Disclosure]) -> tuple[ClaimState, str] | None:
    """Compare the claim with the differences that the notice points at; None if they do not decide."""
    claimed = _claimed(notice)
    other = ""
    for one in explains:
        if one.reason not in POINTING:
            continue
        sides = (one.change.old or "", one.change.new or "")
        spans = (one.difference.old, one.difference.new)
        parts = [span.of(side) for span, side in zip(spans, sides, strict=True)]
        of_names = one.difference.nature in _OF_NAMES
        agreements = [
            _agrees(words, span, side, notice.language, of_names=of_names)
            for words, span, side in zip(claimed, spans, sides, strict=True)
            if words
        ]
        if all(agreements):
            return ClaimState.CONFIRMED, ""
        compared = [part for words, part in zip(claimed, parts, strict=True) if words]
        other = other or next(
            (
                part
                for agrees, part in zip(agreements, compared, strict=True)
                if agrees is False and part
            ),
            "",
        )
    return (ClaimState.CONTRADICTED, other) if other else None


def _claimed(notice: Notice) -> tuple[str | None, str | None]:
    """The wrong and the right words, or a pair of candidates that are both values."""
    if notice.said and notice.says:
        return notice.said, notice.says
    pairs = [
        (said, says)
        for said, says in notice.candidates
        if values(said or "", notice.language) and values(says or "", notice.language)
    ]
    return pairs[0] if pairs else (notice.said, notice.says)


def _agrees(words: str, span: Span, side: str, language: str | None, *, of_names: bool) -> bool | None:
    """Whether one side of a difference has the words of the notice; None where that is unknown.

    Values agree in any notation; a name, where the difference is one of names, only letter by letter.
    """
    folded = f" {plain(side)} "
    if f" {plain(words)} " in folded:
        return True
    claimed, captured = values(words, language), values(side, language, span)
    if claimed and captured:
        return not claimed.isdisjoint(captured)
    names = [word for word, _ in worded(words) if is_name(word, language)]
    absent = any(f" {plain(name)} " not in folded for name in names)
    return False if of_names and len(span) and absent else None


def _contains(side: str, words: str, unless: str) -> bool:
    """Whether *side* contains *words*, and not only inside *unless*: *forces* in *US-backed forces*."""
    if unless and f" {words} " in f" {unless} ":
        side = f" {side} ".replace(f" {unless} ", " ")
    return f" {words} " in f" {side} "


def _has_wrong_value(notice: Notice, side: str) -> bool:
    """Whether *side* states the wrong value in some notation, and the right one in none."""
    wrong, right = (values(words or "", notice.language) for words in (notice.said, notice.says))
    stated = values(side, notice.language) if wrong and right else frozenset()
    return not wrong.isdisjoint(stated) and right.isdisjoint(stated)


_OF_TEXT = (
    kinds.HeadlineChanged | kinds.TextAdded | kinds.TextRemoved | kinds.TextEdited | kinds.TextMoved
)
_OF_NOTICE = kinds.NoticeAdded | kinds.UpdateAdded | kinds.NoticeRemoved


@attrs.frozen(slots=False)
class _Steps:
    """The versions of an article and the revisions between them, with what several rules look up."""

    versions: Sequence[Version]
    revisions: Sequence[Revision]

    @cached_property
    def _by_notice(self) -> dict[str, list[tuple[int, Disclosure]]]:
        found: dict[str, list[tuple[int, Disclosure]]] = {}
        for place, revision in enumerate(self.revisions):
            for one in revision.disclosures:
                if one.state is DisclosureState.DISCLOSED:
                    found.setdefault(one.notice.text, []).append((place, one))
        return found

    @cached_property
    def headlines(self) -> list[str]:
        """The headline of each version, folded."""
        return [plain(version.article.headline) for version in self.versions]

    @cached_property
    def bodies(self) -> list[str]:
        """The text of each version without its notices, folded."""
        return [
            plain(outside(version.article.text, version.article.notices)) for version in self.versions
        ]

    def disclosures_of(self, text: str, since: int) -> list[Disclosure]:
        """The differences that the notice with this text explains in a revision and in later ones."""
        return [one for place, one in self._by_notice.get(text, ()) if place >= since]


def ledger_of(versions: Sequence[Version], revisions: Sequence[Revision]) -> ledger.Ledger:
    """The ledger of *versions* and the *revisions* between them.

    Its entries are in the order of the versions that first show them, then of their types.
    """
    steps = _Steps(versions, disclosed_late(revisions))
    found = [*_notices_added(steps), *_headlines_returned(steps), *_changes_reverted(steps)]
    for number, revision in enumerate(steps.revisions, 2):
        found += _notices_reworded(revision, number)
        found += _of_changes(revision, number)
        found += _dates_changed(revision, number)
    return ledger.Ledger(
        tuple(sorted(found, key=lambda one: (one.version, ledger.ENTRY_TYPES.index(type(one)))))
    )


# --------------------------------------------------------------------------------------- notices


def _notices_added(steps: _Steps) -> Iterator[ledger.LedgerEntry]:
    for notice in steps.versions[0].article.notices if steps.versions else ():
        yield _notice_appeared(notice, 0, steps)
    for index, revision in enumerate(steps.revisions):
        for change in revision.changes:
            if isinstance(change, kinds.NoticeAdded | kinds.UpdateAdded):
                yield _notice_appeared(change.notice, index + 1, steps)


def _notice_appeared(notice: Notice, place: int, steps: _Steps) -> ledger.NoticeAppeared:
    """The entry of a notice that was added with the version at *place*."""
    explains = _explained(notice, place, steps)
    sides = steps.headlines if notice.target is NoticeTarget.HEADLINE else steps.bodies
    state, captured = claim_state(notice, explains, sides, place)
    first = Interval(None, steps.versions[0].first_seen)
    return ledger.NoticeAppeared(
        version=place + 1,
        interval=steps.revisions[place - 1].interval if place else first,
        notice=notice,
        state=state,
        captured=captured,
        explains=explains,
    )


def _explained(notice: Notice, place: int, steps: _Steps) -> tuple[Disclosure, ...]:
    """What the notice explains, in earlier, in its own and in later revisions."""
    own = max(0, place - 1)
    late = steps.revisions[own].late if place else ()
    found = [one for one in late if one.notice == notice]
    return (*found, *steps.disclosures_of(notice.text, own))


def _notices_reworded(revision: Revision, number: int) -> Iterator[ledger.LedgerEntry]:
    added = {c.notice for c in revision.changes if isinstance(c, kinds.NoticeAdded | kinds.UpdateAdded)}
    removed = {c.notice for c in revision.changes if isinstance(c, kinds.NoticeRemoved)}
    candidates = [notice for notice in revision.old.notices if notice not in removed]
    for new in fresh_notices(revision.new.notices, revision.changes)[0]:
        old = None if new in added else _earlier_notice(new, candidates, revision)
        if old is not None and old.text != new.text:
            explains = tuple([one for one in revision.disclosures if one.notice == new])
            yield ledger.NoticeReworded(
                version=number, interval=revision.interval, old=old, new=new, explains=explains
            )


def _earlier_notice(new: Notice, candidates: Sequence[Notice], revision: Revision) -> Notice | None:
    """The notice that became *new* by edits of its words."""
    for change in revision.changes:
        if isinstance(change, kinds.TextEdited | kinds.TextMoved) and _is_in(new, change.new_spans):
            found = [old for old in candidates if _is_in(old, change.old_spans)]
            if found:
                return found[0]
    new_texts = {notice.text for notice in revision.new.notices}
    changed = [old for old in candidates if old.text not in new_texts]
    return changed[0] if len(changed) == 1 else None


def _is_in(notice: Notice, spans: Sequence[Span]) -> bool:
    return notice.span is not None and any(notice.span.overlaps(span) for span in spans)


# --------------------------------------------------------------------------------------- changes


def _of_changes(revision: Revision, version: int) -> Iterator[ledger.LedgerEntry]:
    """Notices that were moved or removed, undisclosed changes, and changes disclosed late."""
    interval = revision.interval
    for change in revision.changes:
        if isinstance(change, kinds.NoticeRemoved):
            yield ledger.NoticeWithdrawn(version=version, interval=interval, notice=change.notice)
        elif isinstance(change, kinds.TextMoved):
            for notice in revision.new.notices:
                if _is_in(notice, change.new_spans):
                    yield ledger.NoticeMoved(
                        version=version, interval=interval, notice=notice, direction=change.direction
                    )
    for change in revision.undisclosed:
        if not isinstance(change, kinds.NoticeRemoved):
            yield ledger.Undisclosed(version=version, interval=interval, change=change)
    late: dict[tuple[int, int], Disclosure] = {}
    for link in revision.disclosures:
        if link.state is DisclosureState.LATE:
            late.setdefault((id(link.change), id(link.notice)), link)
    for link in late.values():
        yield ledger.DisclosedLate(version=version, interval=interval, disclosure=link)


def _headlines_returned(steps: _Steps) -> Iterator[ledger.LedgerEntry]:
    """A headline that returned: the first version of each period."""
    lives: list[tuple[int, str]] = []
    last: dict[str, int] = {}
    folded = None
    for place, version in enumerate(steps.versions):
        headline = version.article.headline or ""
        if folded == (folded := text.fold(headline)):
            continue
        earlier = last.get(folded)
        if earlier is not None:
            yield ledger.HeadlineReturned(
                version=version.number,
                interval=steps.revisions[place - 1].interval,
                headline=headline,
                first=lives[earlier][0],
                between=tuple([other for _, other in lives[earlier + 1 :]]),
            )
        last[folded] = len(lives)
        lives.append((version.number, headline))


def _changes_reverted(steps: _Steps) -> Iterator[ledger.LedgerEntry]:
    """A change of the text whose two sides are those of an earlier one, reversed."""
    made: dict[tuple[str, str], tuple[int, Change]] = {}
    for version, revision in enumerate(steps.revisions, 2):
        for change in revision.changes:
            is_text = isinstance(change, kinds.TextAdded | kinds.TextRemoved | kinds.TextEdited)
            if not is_text or change.nature is Nature.NOTICE:
                continue
            old, new = text.fold(change.old or ""), text.fold(change.new or "")
            first, undone = made.pop((new, old), (version, change))
            if first == version:
                made[old, new] = (version, change)
            else:
                at = revision.interval
                yield ledger.ChangeReverted(
                    version=version, interval=at, change=change, undone=undone, first=first
                )


# ----------------------------------------------------------------------------------------- dates


def _dates_changed(revision: Revision, version: int) -> Iterator[ledger.LedgerEntry]:
    old, new = revision.old.modified_at, revision.new.modified_at
    changes = tuple([c for c in revision.changes if isinstance(c, _OF_TEXT | _OF_NOTICE)])
    if old != new and new is not None and not changes:
        yield ledger.DateChanged(version=version, interval=revision.interval, old=old, new=new)
    elif old is not None and old == new and changes:
        yield ledger.TextChanged(
            version=version, interval=revision.interval, modified_at=old, changes=changes
        )
