"""Each kind of fault that was once found, in other words, languages and forms, with guards.

A file holds one kind. A case has texts and what is expected of their comparison: `old` and `new`, or
`both`, of which a line after ``-`` is of the old side alone and one after ``+`` of the new one. A guard
is a case that looks like the kind and is none. What is still wrong carries the reason under `wrong`,
and the test fails as soon as it is right.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import revtrack
from revtrack import Article, History, Revision, Snapshot
from revtrack.changes import Change, DisclosureState, NoticeAdded, NoticeRemoved, UpdateAdded
from revtrack.changes.kinds import TextAdded, TextRemoved
from revtrack.model import Capture

FOLDER = Path(__file__).parent
AROUND = tomllib.loads((FOLDER / "filler.toml").read_text(encoding="utf-8"))
ADDRESS = "https://hedgerow.example/2024/03/garden-society"
NOTICES = (NoticeAdded, UpdateAdded, NoticeRemoved)
DISCLOSED = {DisclosureState.DISCLOSED, DisclosureState.LATE}

MASTHEAD = (
    '<header id="masthead"><a href="/">Hedgerow Courier</a><nav><ul><li><a href="/a">Towns</a></li>'
    '<li><a href="/b">Gardens</a></li><li><a href="/c">Weather</a></li></ul></nav></header>'
)
RELATED = (
    '<section class="related"><h2>More</h2><ul><li><a href="/1">Geese are back on the weir</a></li>'
    '<li><a href="/2">A bakery turns ninety</a></li></ul></section>'
)
SITE = (
    '<meta property="og:site_name" content="Hedgerow Courier">'
    '<meta property="og:type" content="article">'
)
FOOTER = "<footer><p>© Hedgerow Courier</p></footer></body></html>"
TITLE = "Garden society meets"


def _filled(text: str, language: str) -> str:
    """A text with its placeholders filled: paragraphs of the language, and parts of a page."""
    parts = {
        "masthead": MASTHEAD,
        "related": RELATED,
        "site": SITE,
        "footer": FOOTER,
        "start": f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">',
        **{str(number): words for number, words in enumerate(AROUND.get(language, ()))},
    }
    for name, part in parts.items():
        text = text.replace(f"{{{name}}}", part)
    return text


def _page(body: str, language: str) -> str:
    return _filled(
        f"{{start}}<title>{TITLE} – Hedgerow Courier</title>\n"
        f'<meta property="og:title" content="{TITLE}">{{site}}</head><body>\n{{masthead}}\n'
        f'<main><article><h1>{TITLE}</h1><div class="entry">\n{body}</div></article>'
        "{related}</main>\n"
        "{footer}",
        language,
    )


def _text(text: str, language: str, *, around: bool) -> Article:
    parts = _filled(text, language).split("\n\n")
    if around:
        first, second = AROUND[language][:2]
        parts = [first, parts[0], second, *parts[1:]]
    return revtrack.from_text("\n\n".join(parts), language=language)


def _history(pages: Sequence[str]) -> History:
    start = datetime(2025, 3, 1, 6, tzinfo=UTC)
    return History.from_snapshots(
        [
            Snapshot(
                Capture("https://hedgerow.example/n/1", start + timedelta(hours=6 * number)),
                page.encode(),
                "text/html; charset=utf-8",
            )
            for number, page in enumerate(pages)
        ]
    )


def _sides(case: dict[str, Any], form: str) -> tuple[str, str]:
    """The old and the new side of a case, where it tells them apart line by line."""
    if "both" not in case:
        return case["old"], case["new"]
    joint = "\n\n" if form == "text" else "\n"
    lines = [re.fullmatch(r"(?:([-+])(?: |$))?(.*)", line) for line in case["both"].split("\n")]
    old, new = (joint.join([line[2] for line in lines if line and line[1] != other]) for other in "+-")
    return old, new


def _outcome(case: dict[str, Any]) -> Any:
    """What revtrack says of a case: a revision, an article, notices or a history."""
    language, form = case["language"], case.get("form", "text")
    if form == "notices":
        return revtrack.notices.find(case["text"], language=language)
    if form == "page":
        return revtrack.extract(_filled(case["text"], language), url=ADDRESS)
    if form == "history":
        return _history([_filled(page, language) for page in case["texts"]])
    if form == "body history":
        return _history([_page(body, language) for body in case["texts"]])
    old, new = _sides(case, form)
    if form == "text":
        around = case.get("around", False)
        return revtrack.compare(*(_text(side, language, around=around) for side in (old, new)))
    make = _page if form == "body" else _filled
    return revtrack.compare(make(old, language), make(new, language))


# ------------------------------------------------------------------------------------ what is looked at


def _article(outcome: Any) -> Article:
    article: Article = outcome.new if isinstance(outcome, Revision) else outcome
    return article


def _notices(outcome: Any) -> list[str]:
    found = outcome if isinstance(outcome, tuple | list) else _article(outcome).notices
    return [notice.text for notice in found]


def _places(text: str | None, words: str) -> list[tuple[int, int]]:
    found, at = [], (text or "").find(words) if words else -1
    while text and at >= 0:
        found.append((at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def _states(revision: Revision, old: str = "", new: str = "") -> list[DisclosureState]:
    """The states of the differences that touch *old* in an old wording or *new* in a new one."""
    found = []
    for change in revision.changes:
        before, after = _places(change.old, old), _places(change.new, new)
        if isinstance(change, NOTICES) or (old and not before) or (new and not after):
            continue
        found += [
            difference.state
            for difference in change.differences
            if any(
                difference.old.start < stop and start < difference.old.stop for start, stop in before
            )
            or any(difference.new.start < stop and start < difference.new.stop for start, stop in after)
        ]
        found += [] if change.differences else [change.state]
    return found


def _of_type(revision: Revision, kind: type[Any] | tuple[type[Any], ...]) -> list[Change]:
    return [change for change in revision.changes if isinstance(change, kind)]


def _undisclosed(revision: Revision, old: str = "", new: str = "") -> bool:
    return DisclosureState.UNDISCLOSED in _states(revision, old, new)


def _disclosed(revision: Revision, old: str = "", new: str = "") -> bool:
    states = set(_states(revision, old, new))
    return bool(states & DISCLOSED) and DisclosureState.UNDISCLOSED not in states


def _not_disclosed(revision: Revision, old: str = "", new: str = "") -> bool:
    states = set(_states(revision, old, new))
    return bool(states) and states.isdisjoint(DISCLOSED)


def _notice(outcome: Any, words: str = "", count: int = 0) -> bool:
    found = _notices(outcome)
    return any(words in text for text in found) and count in {0, len(found)}


def _says(notices: Any, says: str, said: str) -> bool:
    first = notices[0] if notices else None
    got_says, got_said = (first.says or "", first.said or "") if first else ("", "")
    kept_apart = not (said and says) or (
        said not in got_says and (says not in got_said or says in said)
    )
    return first is not None and says in got_says and said in got_said and kept_apart


def _claim(history: History, *states: str) -> bool:
    found = [entry.state.name for entry in history.ledger().notices if hasattr(entry, "state")]
    return bool(found) and found[-1] in states


def _late(history: History, count: int) -> bool:
    late = len(history.ledger().late)
    return late >= count if count else late == 0


def _has(outcome: Any, *texts: str) -> bool:
    article = _article(outcome)
    return all(text in f"{article.text} {article.dek or ''}" for text in texts)


EXPECTED: dict[str, Callable[..., bool]] = {
    "substantive": lambda r: any(change.substantive for change in r.changes),
    "nothing substantive": lambda r: not any(change.substantive for change in r.changes),
    "no change": lambda r: not r.changes,
    "nothing undisclosed": lambda r: not r.undisclosed,
    "something undisclosed": lambda r: bool(r.undisclosed),
    "nothing removed": lambda r: not _of_type(r, TextRemoved),
    "nothing added": lambda r: not _of_type(r, TextAdded),
    "removed": lambda r, words: any(words in (c.old or "") for c in _of_type(r, TextRemoved)),
    "removal not substantive": lambda r, words: (
        not any(words in (c.old or "") and c.substantive for c in _of_type(r, TextRemoved))
    ),
    "undisclosed": _undisclosed,
    "disclosed": _disclosed,
    "not undisclosed": lambda r, *words: not _undisclosed(r, *words),
    "not disclosed": _not_disclosed,
    "differs": lambda r, *words: bool(_states(r, *words)),
    "notice": _notice,
    "no notice": lambda outcome: not _notices(outcome),
    "notice added": lambda r: bool(_of_type(r, (NoticeAdded, UpdateAdded))),
    "notice without": lambda outcome, words: not any(words in text for text in _notices(outcome)),
    "says and said": _says,
    "says nothing": lambda notices: not any(notice.said or notice.says for notice in notices),
    "headline": lambda outcome, words: _article(outcome).headline == words,
    "headline substantive": lambda r: r.headline is not None and r.headline.substantive,
    "headline not substantive": lambda r: r.headline is None or not r.headline.substantive,
    "remark": lambda outcome, name: any(remark.kind.name == name for remark in outcome.remarks),
    "no remark": lambda outcome, name: not any(remark.kind.name == name for remark in outcome.remarks),
    "text has": _has,
    "text without": lambda outcome, *words: not any(word in _article(outcome).text for word in words),
    "byline": lambda article, name: name in (article.byline or "") if name else article.byline is None,
    "published": lambda article, day: (
        (article.published_at.date().isoformat() if article.published_at else "") == day
    ),
    "ledger undisclosed": lambda history, count: len(history.ledger().undisclosed) == count,
    "ledger something undisclosed": lambda history: bool(history.ledger().undisclosed),
    "ledger late": _late,
    "versions": lambda history, count: len(history.versions) == count,
    "claim": _claim,
    "any of": lambda outcome, *others: any(_holds(outcome, other) for other in others),
}


def _holds(outcome: Any, expected: Sequence[Any]) -> bool:
    name, *arguments = expected
    return EXPECTED[name](outcome, *arguments)


def _cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.toml")):
        for number, case in enumerate(
            tomllib.loads(path.read_text(encoding="utf-8")).get("case", ()), 1
        ):
            guard = "-guard" if case.get("guard") else ""
            reason = case.get("wrong")
            # strict: a case that is right now fails until its mark is removed, so nothing stays hidden
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            yield pytest.param(case, id=f"{path.stem}-{number}-{case['language']}{guard}", marks=marks)


@pytest.mark.parametrize("case", list(_cases()))
def test_a_kind_of_fault_stays_mended_in_other_words(case: dict[str, Any]) -> None:
    """Everything that a case expects of its outcome holds."""
    outcome = _outcome(case)
    failed = [expected for expected in case["expect"] if not _holds(outcome, expected)]
    assert failed == []
