"""The law of every source: what was listed is what was stored, what failed and what was skipped."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, urlsplit

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from revtrack.model import Capture, Screened, ScreenReason
from revtrack.network import Answer, Client
from revtrack.records import Outcome
from revtrack.sources import Files, Source, fetch_all, listed
from revtrack.sources.apis import GovUk, MediaWiki, WordPress
from revtrack.sources.apis.wordpress import TOKEN
from revtrack.sources.feeds import FeedEntry, ledger_of_feed
from revtrack.sources.git import Git
from revtrack.sources.live import Live
from revtrack.sources.memento import Cdx, InternetArchive, TimeGate, TimeMap
from revtrack.sources.named import KINDS
from revtrack.sources.warc import Warc
from revtrack.store import Store
from tests.archive.answering import answering

URL = "https://saltvik.example/lo"
ARCHIVE = "https://arkiv.example"
START = datetime(2024, 3, 1, 9, tzinfo=UTC)
PAGE = (
    "<article><h1>Loen i Saltvik</h1><p>Loen landa {} tonn torsk i dag, seier mottaket, og det er meir "
    "enn i fjor på same tid.</p>"
)
SOUND = "sound"


def _client(answer: Callable[[str], tuple[bytes, dict[str, str]] | None]) -> Client:
    """A client of pages with their headers; None is a server that breaks off."""

    def answered(url: str) -> Answer | None:
        found = answer(url)
        if found is None:
            return None
        fields = {"content-type": "text/html", **found[1]}
        return Answer(url, 200, tuple(fields.items()), found[0], START)

    return answering(answered)


def _stamp(number: int) -> str:
    return f"{START + timedelta(days=number):%Y%m%d%H%M%S}"


def _replayed(url: str) -> tuple[bytes, dict[str, str]] | None:
    """What an archive gives for a memento; that of the third day breaks off."""
    stamp = url.partition("/web/")[2][:14] or url.removeprefix(f"{ARCHIVE}/a/")[:14]
    moment = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    if (moment - START).days == 2:
        return None
    return PAGE.format(stamp).encode(), {"memento-datetime": f"{moment:%a, %d %b %Y %H:%M:%S} GMT"}


# Each gives a source whose list has one entry for each name in *kinds*, and how many there are in all.
Made = tuple[Source, int]


def _files(kinds: list[str], folder: Path) -> Made:
    names = {SOUND: "{}Z", "undated": "uten dato {}", "two days": "{}_20240101", "folder": "{}Z"}
    for number, kind in enumerate([SOUND, *kinds]):
        path = folder / f"{names[kind].format(_stamp(number)[:8] + 'T' + _stamp(number)[8:])}.html"
        if kind == "folder":
            path.symlink_to(folder / "nowhere")
        else:
            path.write_text(PAGE.format(number))
    return Files(folder), len(kinds) + 1


def _warc(kinds: list[str], folder: Path) -> Made:
    pieces = []
    for number, kind in enumerate([SOUND, *kinds]):
        block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE.format(number)}"
        fields = {
            "WARC-Type": "response",
            "WARC-Target-URI": URL,
            "WARC-Date": f"{START + timedelta(days=number):%Y-%m-%dT%H:%M:%SZ}",
            "WARC-Payload-Digest": "sha1:" + "A" * 32 if kind == "digest" else "",
            "Content-Length": str(len(block.encode())),
        }
        fields |= {"no time": {"WARC-Date": "soon"}, "no address": {"WARC-Target-URI": ""}}.get(
            kind, {}
        )
        head = "".join([f"{name}: {value}\r\n" for name, value in fields.items() if value])
        pieces.append(f"WARC/1.1\r\n{head}\r\n{block}\r\n\r\n".encode())
    (folder / "a.warc").write_bytes(b"".join(pieces))
    return Warc(folder / "a.warc"), len(kinds) + 1


def _git(kinds: list[str], folder: Path) -> Made:
    lines: list[bytes] = []
    for number, kind in enumerate(kinds):
        text = PAGE.format(number)
        if kind == "pointer":
            text = f"version https://git-lfs.github.com/spec/v1\noid sha256:{number:064}\nsize 1\n"
        when = 99_999_999_999_999 if kind == "no time" else int(START.timestamp()) + 86_400 * number
        mode = "120000" if kind == "link" else "100644"
        lines.append(
            f"commit refs/heads/main\ncommitter A <a@saltvik.example> {when} +0000\ndata 1\nx\n"
            f"M {mode} inline a.html\ndata {len(text.encode())}\n{text}\n".encode()
        )
    settings = {"PATH": os.environ["PATH"]}
    start = ["git", "init", "-q", "-b", "main", "--template=", "."]
    subprocess.run(start, cwd=folder, env=settings, check=True)
    words = ["git", "fast-import", "--quiet", "--date-format=raw-permissive"]
    subprocess.run(words, cwd=folder, env=settings, check=True, input=b"".join(lines))
    return Git(folder, "a.html", "main"), len(kinds)


def _index(kinds: list[str]) -> bytes:
    lines = {
        SOUND: f'com,x)/ {{}} {{{{"url": "{URL}", "status": "200", "digest": "{{}}"}}}}',
        "no time": f'com,x)/ soon{{}} {{{{"url": "{URL}", "digest": "{{}}"}}}}',
        "no address": 'com,x)/ {} {{"status": "200", "digest": "{}"}}',
        "broken": 'com,x)/ {} {{"url": "{}',
        "form": f'com,x)/ {{}} {{{{"url": "{URL}", "method": "POST", "digest": "{{}}"}}}}',
    }
    return "\n".join(
        [lines[kind].format(_stamp(n), f"{n:032}") for n, kind in enumerate(kinds)]
    ).encode()


def _listing(kinds: list[str]) -> Client:
    return _client(lambda url: (_index(kinds), {}) if "cdx" in url else _replayed(url))


def _cdx(kinds: list[str], _: Path) -> Made:
    return Cdx(_listing([SOUND, *kinds]), f"{ARCHIVE}/a/cdx"), len(kinds) + 1


def _wayback(kinds: list[str], _: Path) -> Made:
    return InternetArchive(_listing([SOUND, *kinds])), len(kinds) + 1


def _links(kinds: list[str]) -> bytes:
    times = {SOUND: "%a, %d %b %Y %H:%M:%S GMT", "no time": "soon"}
    links = [
        f'<{"" if kind == "no place" else f"{ARCHIVE}/a/{_stamp(n)}/{URL}"}>; rel="memento"; '
        f'datetime="{(START + timedelta(days=n)).strftime(times.get(kind, times[SOUND]))}"'
        for n, kind in enumerate(kinds)
    ]
    return ",\n".join([f'<{URL}>; rel="original"', *links]).encode()


def _timemap(kinds: list[str], _: Path) -> Made:
    client = _client(lambda url: (_links(kinds), {}) if "timemap" in url else _replayed(url))
    return TimeMap(client, f"{ARCHIVE}/timemap/"), len(kinds)


def _timegate(kinds: list[str], _: Path) -> Made:
    gate = {"memento-datetime": f"{START:%a, %d %b %Y %H:%M:%S} GMT"}
    gate["link"] = f'<{ARCHIVE}/timemap/{URL}>; rel="timemap"'

    def answer(url: str) -> tuple[bytes, dict[str, str]] | None:
        if "timemap" in url:
            return _links([SOUND, *kinds]), {}
        return (b"", gate) if "/gate/" in url else _replayed(url)

    return TimeGate(_client(answer), f"{ARCHIVE}/gate/"), len(kinds) + 1


def _mediawiki(kinds: list[str], _: Path) -> Made:
    revisions: list[object] = []
    for number, kind in enumerate(kinds):
        moment = f"{START + timedelta(days=number):%Y-%m-%dT%H:%M:%SZ}"
        row: dict[str, object] = {"revid": number + 1, "timestamp": moment, "sha1": f"{number:040}"}
        wrong: dict[str, dict[str, object]] = {"hidden": {"texthidden": 1}, "no time": {"timestamp": 5}}
        row |= wrong.get(kind, {})
        revisions.append(7 if kind == "no object" else row)

    def answer(url: str) -> tuple[bytes, dict[str, str]] | None:
        asked = parse_qs(urlsplit(url).query)
        if "meta" in asked:
            return json.dumps({"query": {"general": {"articlepath": "/$1"}}}).encode(), {}
        if "oldid" not in asked:
            return json.dumps({"query": {"pages": [{"revisions": revisions}]}}).encode(), {}
        text = {"parse": {"title": "Lo", "text": PAGE.format(asked["oldid"])}}
        return None if asked["oldid"] == ["3"] else (json.dumps(text).encode(), {})

    return MediaWiki(_client(answer), "https://saltvik.example/api.php"), len(kinds)


def _wordpress(kinds: list[str], _: Path) -> Made:
    revisions: list[object] = []
    for number, kind in enumerate([SOUND, *kinds]):
        moment: object = f"{START + timedelta(days=number):%Y-%m-%dT%H:%M:%S}"
        row = {
            "id": number + 1,
            "date_gmt": None if kind == "no time" else moment,
            "slug": "7-revision",
        }
        row |= {"slug": "7-autosave-v1"} if kind == "own" else {}
        row |= {"date_gmt": "2024-01-01T00:00:00"} if kind == "draft" else {}
        revisions.append([] if kind == "no object" else row)
    post = {"id": 7, "date_gmt": "2024-02-01T00:00:00", "content": {"rendered": PAGE}, "title": {}}

    def answer(url: str) -> tuple[bytes, dict[str, str]] | None:
        path = urlsplit(url).path
        rows: object = [post] if path.endswith("/posts") else post
        return None if path.endswith("/3") else (
            json.dumps(revisions if path.endswith("/revisions") else rows).encode(), {}
        )  # fmt: skip

    return WordPress(_client(answer), "https://saltvik.example"), len(kinds) + 1


def _govuk(kinds: list[str], _: Path) -> Made:
    notes: list[object] = []
    for number, kind in enumerate(kinds):
        note: dict[str, object] = {"note": f"{number}"}
        note |= {"public_timestamp": (START + timedelta(days=number)).isoformat()}
        wrong: dict[str, dict[str, object]] = {
            "no time": {"public_timestamp": 5},
            "no words": {"note": None},
        }
        note |= wrong.get(kind, {})
        notes.append("x" if kind == "no object" else note)
    document = {"details": {"body": PAGE, "change_history": notes}, "title": "Lo"}
    return GovUk(_client(lambda _: (json.dumps(document).encode(), {}))), len(kinds) + 1


def _live(kinds: list[str], _: Path) -> Made:
    return Live(_client(lambda _: None if kinds[0] == "breaks off" else (PAGE.encode(), {}))), 1


MAKERS: dict[str, tuple[Callable[[list[str], Path], Made], tuple[str, ...]]] = {
    "live": (_live, ("breaks off",)),
    "wayback": (_wayback, ("no time", "no address", "broken", "form")),
    "timemap": (_timemap, ("no time", "no place")),
    "timegate": (_timegate, ("no time", "no place")),
    "cdx": (_cdx, ("no time", "no address", "broken", "form")),
    "mediawiki": (_mediawiki, ("hidden", "no time", "no object")),
    "wordpress": (_wordpress, ("own", "no time", "draft", "no object")),
    "govuk": (_govuk, ("no time", "no words", "no object")),
    "files": (_files, ("undated", "two days", "folder")),
    "warc": (_warc, ("no time", "no address", "digest")),
    "git": (_git, ("pointer", "no time", "link")),
}


def test_every_source_is_here() -> None:
    """Who adds a source adds what may be wrong with its lists."""
    assert set(MAKERS) == {kind.name for kind in KINDS}


@pytest.mark.parametrize("name", MAKERS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_listed_is_stored_failed_and_skipped(
    name: str, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    """Each entry of a damaged list ends as one page of the store, one failed row or one skip."""
    monkeypatch.setenv(TOKEN, "ana:abcd")
    made, damages = MAKERS[name]
    kinds = data.draw(st.lists(st.sampled_from((SOUND, SOUND, *damages)), min_size=1, max_size=6))
    with TemporaryDirectory() as folder, TemporaryDirectory() as beside:
        source, entries = made(kinds, Path(folder))
        met = list(listed(source, URL))
        captures = [one for one in met if isinstance(one, Capture)]
        rows = [one for one in met if isinstance(one, Screened)]
        with Store.open(Path(beside) / "s.db") as store:
            outcomes = [
                store.record(
                    outcome
                    if outcome.capture.captured_at
                    else attrs.evolve(outcome, capture=attrs.evolve(outcome.capture, captured_at=START))
                ).outcome
                for outcome in fetch_all(source, captures)
            ]
            assert store.counts().observations == len(captures)
    stored = outcomes.count(Outcome.PAGE)
    failed = outcomes.count(Outcome.FAILED)
    failed += sum([row.reason is not ScreenReason.NO_CAPTURE for row in rows])
    skipped = sum([row.reason is ScreenReason.NO_CAPTURE for row in rows])
    assert stored + failed + skipped == entries
    assert all(row.detail for row in rows)
    if set(kinds) == {SOUND} and entries < 3 and name != "govuk":
        assert stored == entries


@pytest.mark.parametrize("name", MAKERS)
def test_captures_of_other_sources_are_refused(name: str, tmp_path: Path) -> None:
    """Each is a source, and fetching what it does not list is a programming mistake."""
    source, _ = MAKERS[name][0]([SOUND], tmp_path)
    assert isinstance(source, Source)
    with pytest.raises(ValueError, match="not a capture"):
        source.fetch(Capture(None, None, source="elsewhere", location="a.html"))


FEEDS: dict[str, tuple[str, dict[str, str]]] = {
    "rss": (
        '<rss version="2.0"><channel>{}</channel></rss>',
        {
            SOUND: "<item><link>https://saltvik.example/{}</link></item>",
            "no link": "<item><title>{}</title></item>",
            "no web": "<item><link>mailto:{}@saltvik.example</link></item>",
        },
    ),
    "sitemap": (
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>',
        {
            SOUND: "<url><loc>https://saltvik.example/{}</loc></url>",
            "no link": "<url><lastmod>2024-03-04</lastmod><!-- {} --></url>",
            "no web": "<url><loc>ftp://saltvik.example/{}</loc></url>",
        },
    ),
    "json": (
        '{{"version": "https://jsonfeed.org/version/1.1", "items": [{}]}}',
        {
            SOUND: '{{"url": "https://saltvik.example/{}"}}',
            "no link": '{{"title": "{}"}}',
            "no object": "{}",
        },
    ),
}


@pytest.mark.parametrize("form", FEEDS)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_entry_of_a_feed_is_an_article_or_a_skip(form: str, data: st.DataObject) -> None:
    """What a feed lists without the address of a page is counted."""
    whole, entries = FEEDS[form]
    kinds = data.draw(st.lists(st.sampled_from(sorted(entries)), min_size=1, max_size=8))
    joint = "," if form == "json" else ""
    body = whole.format(joint.join([entries[kind].format(n) for n, kind in enumerate(kinds)]))
    met = list(ledger_of_feed(_client(lambda _: (body.encode(), {})), "https://saltvik.example/feed"))
    assert len(met) == len(kinds)
    assert sum([isinstance(one, FeedEntry) for one in met]) == kinds.count(SOUND)
