"""History: the versions of one article in time order and the revisions between them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from revtrack import text
from revtrack.changes.captures import is_front_page
from revtrack.changes.kinds import (
    Change,
    HeadlineChanged,
    LinkChanged,
    MediaChanged,
    MetadataChanged,
)
from revtrack.changes.revision import Revision, disclosed_late
from revtrack.compare import CompareOptions, compare
from revtrack.errors import ExtractionError, RevtrackError, reason_of
from revtrack.extract import extract
from revtrack.model import (
    Article,
    Attested,
    Capture,
    Interval,
    NoticeTarget,
    Screened,
    ScreenReason,
    Snapshot,
    Version,
)
from revtrack.presentation import Presented, Tabular
from revtrack.remarks import PARTIAL, RemarkKind

if TYPE_CHECKING:
    from revtrack.ledger import Ledger

__all__ = ["HeadlineLife", "History"]

_OTHER = (
    "the address shows another page, with another headline and no text in common: it is not a "
    "version of this article"
)
_LESS = "only the beginning of the article was captured: missing text does not count as removed"
_NOTHING = "nothing of the article's text was captured: missing text does not count as removed"
_REASONS = {
    RemarkKind.TEASER: ScreenReason.TEASER,
    RemarkKind.TRUNCATED: ScreenReason.TRUNCATED,
    RemarkKind.NO_TEXT: ScreenReason.NO_TEXT,
}


@attrs.frozen
class HeadlineLife:
    """One headline of the article, from its appearance to its replacement.

    `interval` bounds when it appeared: after the last capture without it, up to the first with it.
    `last_seen` bounds when it was replaced: after the last capture with it, up to the first without
    it, which is None for the newest. `versions` are the numbers of the versions that have it.
    """

    text: str
    interval: Interval
    last_seen: Interval
    versions: tuple[int, ...]


@attrs.frozen(repr=False)
class History(Presented, Tabular):
    """The versions of one article in time order and the revisions between neighbours.

    `revisions[i]` is between `versions[i]` and `versions[i + 1]`. `screened` are the captures that
    show no version (an empty file, a page without an article, a teaser, another article under the same
    address), each with its reason: they are kept, and never count as a removal.
    """

    versions: tuple[Version, ...] = ()
    revisions: tuple[Revision, ...] = ()
    screened: tuple[Screened, ...] = ()

    def __attrs_post_init__(self) -> None:
        if len(self.revisions) != max(0, len(self.versions) - 1):
            raise ValueError(
                f"a history of {len(self.versions)} versions needs one revision between each two "
                f"neighbours, got {len(self.revisions)}"
            )

    @classmethod
    def from_snapshots(
        cls,
        snapshots: Iterable[Snapshot | Screened],
        *,
        options: CompareOptions | None = None,
        in_order: bool = False,
    ) -> History:
        """Extract each snapshot once, group captures of one state into versions, compare neighbours.

        Snapshots are sorted by time; those without a time are last, in the order given. A
        snapshot begins a new version when comparing it with the previous version shows any change.
        A capture that could not be fetched (`Screened`) is kept as a row. *in_order* promises
        that they are in time order already, as from a source: then only one is in memory at a time.
        """
        ordered = snapshots if in_order else sorted(snapshots, key=_time_order)
        return cls().continued(ordered, options=options)

    def continued(
        self, snapshots: Iterable[Snapshot | Screened], *, options: CompareOptions | None = None
    ) -> History:
        """The history continued with later *snapshots*, in their order.

        The result equals the history of all snapshots at once, if these are later than all of its
        own and *options* are the same.
        """
        builder = _Builder(self, options or CompareOptions())
        for snapshot in snapshots:
            builder.add(snapshot)
        return builder.history()

    @property
    def url(self) -> str | None:
        """The article's address: the newest version's canonical one, otherwise the captured one."""
        if not self.versions:
            return None
        article, captures = self.versions[-1].article, self.versions[-1].captures
        return article.canonical_url or article.url or (captures[-1].url if captures else None)

    @property
    def captures(self) -> tuple[Capture, ...]:
        """Every capture that showed a version, in time order."""
        return tuple([capture for version in self.versions for capture in version.captures])

    @cached_property
    def headlines(self) -> tuple[HeadlineLife, ...]:
        """Each wording of the headline in turn, and when it appeared and was replaced.

        A new life begins where a revision reports that the visible headline changed.
        """
        runs: list[list[Version]] = [[version] for version in self.versions[:1]]
        for revision, version in zip(self.revisions, self.versions[1:], strict=True):
            if _headline_changed(revision):
                runs.append([])
            runs[-1].append(version)
        lives = []
        for position, run in enumerate(runs):
            last = runs[position - 1][-1].last_seen if position else None
            following = runs[position + 1][0].first_seen if position + 1 < len(runs) else None
            lives.append(
                HeadlineLife(
                    text=run[0].article.headline or "",
                    interval=Interval(last, run[0].first_seen),
                    last_seen=Interval(run[-1].last_seen, following),
                    versions=tuple([version.number for version in run]),
                )
            )
        return tuple(lives)

    @cached_property
    def attested(self) -> tuple[Attested, ...]:
        """Earlier forms that the newest version's notices attest and that no version shows."""
        if not self.versions:
            return ()
        return tuple([form for form in self.versions[-1].article.attested if not self._captured(form)])

    def between(self, old: int, new: int) -> Revision:
        """The net revision from version *old* to version *new*, by their numbers from 1.

        Text that was changed and changed back counts as unchanged. Raises `ValueError` for a number
        that no version has, and where *old* is not before *new*.
        """
        last = len(self.versions)
        if not 1 <= old < new <= last:
            raise ValueError(
                f"cannot compare version {old} with version {new}: give two numbers from 1 to {last}, "
                "the older first"
            )
        earlier, later = self.versions[old - 1], self.versions[new - 1]
        revision = compare(earlier.article, later.article)
        return attrs.evolve(revision, interval=Interval(earlier.last_seen, later.first_seen))

    def ledger(self) -> Ledger:
        """The ledger: notices and what they explain, undisclosed changes, and what returned."""
        from revtrack.ledger.observing import ledger_of  # noqa: PLC0415 # slow, for few programs

        return ledger_of(self.versions, self.revisions)

    def _captured(self, form: Attested) -> bool:
        folded = text.fold(form.text)
        if form.target is NoticeTarget.HEADLINE:
            return any(text.fold(version.article.headline or "") == folded for version in self.versions)
        return any(folded in text.fold(version.article.text) for version in self.versions)


def _headline_changed(revision: Revision) -> bool:
    """Whether the visible headline changed, and not only a variant for search engines."""
    shown = [text.fold(article.headline or "") for article in (revision.old, revision.new)]
    return revision.headline is not None and shown[0] != shown[1]


def _is_of_text(change: Change) -> bool:
    """Whether text was added, removed, moved or edited; a notice in the metadata only is not text."""
    if isinstance(change, HeadlineChanged | MetadataChanged | LinkChanged | MediaChanged):
        return False
    return bool(change.old_spans or change.new_spans)


def _time_order(observed: Snapshot | Screened) -> tuple[bool, float]:
    at = observed.capture.captured_at
    return at is None, at.timestamp() if at is not None else 0.0


class _Builder:
    """Collects versions and revisions from snapshots in time order."""

    def __init__(self, earlier: History, options: CompareOptions) -> None:
        self.options = options
        self.versions = list(earlier.versions)
        self.revisions = list(earlier.revisions)
        self.screened = list(earlier.screened)
        self.last_body: bytes | None = None

    def history(self) -> History:
        return History(tuple(self.versions), disclosed_late(self.revisions), tuple(self.screened))

    def _read(self, snapshot: Snapshot) -> Article | Screened:
        """The article on a page, or the row with the reason why there is none."""
        try:
            return extract(
                snapshot,
                body=self.options.body,
                site_rules=self.options.site_rules,
                earlier=self.versions[-1].article if self.versions else None,
            )
        except ExtractionError as error:
            return Screened(snapshot.capture, error.reason, str(error))
        except (RevtrackError, MemoryError):  # neither depends on the content of the page
            raise
        except Exception as error:  # noqa: BLE001 - a parser failure on one page does not end a history
            return Screened(snapshot.capture, ScreenReason.FETCH_FAILED, reason_of(error))

    def add(self, snapshot: Snapshot | Screened) -> None:
        if isinstance(snapshot, Screened):
            self.screened.append(snapshot)
            return
        if self.versions and snapshot.body == self.last_body:
            self._seen_again(snapshot.capture)
            return
        article = self._read(snapshot)
        if isinstance(article, Screened):
            self.screened.append(article)
            return
        self.last_body = snapshot.body
        if not self.versions:
            self._begin(article, snapshot.capture)
            return
        newest = self.versions[-1]
        revision = compare(newest.article, article, options=self.options)
        kinds = {remark.kind for remark in revision.remarks}
        is_partial = RemarkKind.CAPTURED_LESS in kinds and any(
            remark.kind in PARTIAL for remark in article.remarks
        )
        if RemarkKind.OTHER_PAGE in kinds:
            is_front = is_front_page(article, newest.article)
            reason = ScreenReason.HOME_PAGE if is_front else ScreenReason.OTHER_ARTICLE
            self._screen(snapshot.capture, reason, _OTHER)
        elif revision.changes:
            if is_partial and not any(_is_of_text(change) for change in revision.changes):
                reason = _reason(article)
                article, revision = self._with_text(article, revision)
                self.last_body = None  # the same page again shows only the beginning again
                if not revision.changes:  # a picture or a link: the next whole capture shows it
                    self._screen(snapshot.capture, reason, _LESS)
                    return
            interval = Interval(newest.last_seen, snapshot.captured_at)
            self.revisions.append(attrs.evolve(revision, interval=interval))
            self._begin(article, snapshot.capture)
        elif is_partial:
            self._screen(snapshot.capture, _reason(article), _LESS if article.blocks else _NOTHING)
        else:
            self._seen_again(snapshot.capture)
            if RemarkKind.CAPTURED_MORE in kinds:
                self._complete(article)
            elif article.container != newest.article.container:
                # the same words in another element: the next capture is searched there first
                moved = attrs.evolve(newest.article, container=article.container)
                self.versions[-1] = attrs.evolve(self.versions[-1], article=moved)

    def _begin(self, article: Article, capture: Capture) -> None:
        self.versions.append(Version(len(self.versions) + 1, article, (capture,)))

    def _seen_again(self, capture: Capture) -> None:
        newest = self.versions[-1]
        self.versions[-1] = attrs.evolve(newest, captures=(*newest.captures, capture))

    def _screen(self, capture: Capture, reason: ScreenReason, detail: str) -> None:
        self.last_body = None  # the same page again is screened again
        self.screened.append(Screened(capture, reason, detail))

    def _with_text(self, article: Article, revision: Revision) -> tuple[Article, Revision]:
        """*article*, an unchanged beginning, completed with the text of the newest version.

        Otherwise edits in the next complete capture would be compared with the beginning only.
        """
        whole = self.versions[-1].article
        article = attrs.evolve(
            article,
            blocks=whole.blocks,
            notices=(
                *[notice for notice in whole.notices if notice.span is not None],
                *[notice for notice in article.notices if notice.span is None],
            ),
            attested=whole.attested,
            left_out=whole.left_out,
            container=whole.container,
            remarks=whole.remarks,
        )
        found = compare(whole, article, options=self.options)
        return article, attrs.evolve(found, technical=revision.technical, remarks=revision.remarks)

    def _complete(self, article: Article) -> None:
        """Replace the newest version, which had only the beginning of the article, by *article*."""
        newest = self.versions[-1]
        self.versions[-1] = attrs.evolve(newest, article=article)
        if self.revisions:
            found = compare(self.versions[-2].article, article, options=self.options)
            self.revisions[-1] = attrs.evolve(found, interval=self.revisions[-1].interval)


def _reason(article: Article) -> ScreenReason:
    return next(_REASONS[remark.kind] for remark in article.remarks if remark.kind in PARTIAL)
