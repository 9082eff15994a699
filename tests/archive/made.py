"""Three invented articles as an archive holds them: nine captures each, with all that archives have.

`ARTICLES` are the captures, `write_warc` and `write_folder` put them where a source finds them. A
history of one article is the same from wherever it is read: `same_everywhere` is what there is to
compare.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import attrs
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]  # no types
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]  # no types

from revtrack import History

__all__ = [
    "ARTICLES",
    "Made",
    "Take",
    "address_of",
    "resolved",
    "same_everywhere",
    "write_folder",
    "write_repository",
    "write_wacz",
    "write_warc",
]

SITE = "https://heron.example"


@attrs.frozen
class Take:
    """One capture as the archive got it."""

    url: str
    moment: datetime
    body: bytes = b""
    status: str = "200 OK"
    location: str | None = None
    packed: bool = False
    revisits: datetime | None = None
    charset: str = "utf-8"

    @property
    def code(self) -> int:
        """The status as a number."""
        return int(self.status[:3])


@attrs.frozen
class Made:
    """One article: its address and all that was captured of it, in time order."""

    url: str
    takes: tuple[Take, ...]


def _page(headline: str, paragraphs: list[str], *, aside: str, charset: str = "utf-8") -> bytes:
    text = "\n".join([f"<p>{paragraph}</p>" for paragraph in paragraphs])
    return (
        f'<!doctype html><html lang="en"><head><meta charset="{charset}">'
        f"<title>{headline} | The Heron</title></head><body>"
        '<header><nav><a href="/">Home</a> <a href="/harbour">Harbour</a></nav></header>'
        f"<main><article><h1>{headline}</h1>\n{text}\n</article></main>"
        f'<aside class="trending"><h2>Trending</h2><ul><li><a href="/x">{aside}</a></li></ul></aside>'
        "<footer>All rights reserved</footer></body></html>"
    ).encode(charset)


_WALL = (
    b"<!doctype html><title>The Heron</title><main><h1>Log in to continue reading</h1>"
    b"<p>Already a subscriber? Please log in.</p></main>"
)
_LOST = b"<!doctype html><title>404 Not Found</title><h1>Page not found</h1><p>It may have moved.</p>"


def _article(slug: str, start: datetime, texts: list[tuple[str, list[str]]], charset: str) -> Made:
    """Nine captures of four states: seen again, packed, redirected, lost, walled, refurnished."""
    url = f"{SITE}/{slug}"
    moved = f"{SITE}/archive/{slug}"
    first, second, third, fourth = texts

    def page(text: tuple[str, list[str]], aside: str) -> bytes:
        return _page(*text, aside=aside, charset=charset)

    def at(hours: int) -> datetime:
        return start + timedelta(hours=hours)

    return Made(
        url,
        (
            Take(url, at(0), page(first, "Ten walks"), charset=charset),
            Take(url, at(2), revisits=at(0), charset=charset),
            Take(url, at(5), page(second, "Ten walks"), packed=True, charset=charset),
            Take(url, at(9), status="301 Moved Permanently", location=moved),
            Take(moved, at(9) + timedelta(seconds=2), page(second, "Nine tides"), charset=charset),
            Take(url, at(12), _LOST, status="404 Not Found"),
            Take(url, at(20), _WALL),
            Take(f"http://www.{url[8:]}", at(26), page(third, "Six boats"), charset=charset),
            Take(url, at(30), page(third, "Five boats"), packed=True, charset=charset),
            Take(url, at(48), page(fourth, "Four boats"), charset=charset),
        ),
    )


_BRIDGE = [
    "The swing bridge at Lower Tarnmouth stayed open to boats for six hours on Monday.",
    "An engineer of the harbour board said that a bearing had worn through after 41 winters.",
    "Forty-five people waited on the eastern bank, among them the ferry's own crew.",
    "The board will meet on Thursday and decide whether the bearing is replaced or repaired.",
]
_BRIDGE_NOTICE = (
    "Correction: An earlier version of this article misstated the number of people who waited. "
    "It was 54, not 45."
)
_ORCHARD = [
    "The orchard society of Upper Quill planted nine hundred trees along the old railway.",
    "Its chair, Ida Marsk, said that the trees would bear fruit in five years.",
    "Neighbours had feared that the railway would become a road, as the council proposed last spring.",
    "The council says that the proposal is not dropped and will be heard again in October.",
]
_LIBRARY = [
    "The night library in Sør Vane opens at eight in the evening and closes at five.",
    "Åse Brandt, who runs it, says that half of the readers come from the fish market.",
    "The town pays 30,000 crowns a year for the heating and nothing for the books.",
    "A second room is to be opened before Easter if the roof is found to be sound.",
]

ARTICLES: tuple[Made, ...] = (
    _article(
        "harbour/bridge-stuck",
        datetime(2024, 1, 8, 9, 30, tzinfo=UTC),
        [
            ("Bridge stuck for six hours", _BRIDGE),
            ("Bridge stuck for six hours", [_BRIDGE[0], _BRIDGE[1].replace("41", "14"), *_BRIDGE[2:]]),
            (
                "Worn bearing kept bridge open for six hours",
                [
                    *_BRIDGE[:2],
                    _BRIDGE[2].replace("Forty-five", "Fifty-four"),
                    _BRIDGE[3],
                    _BRIDGE_NOTICE,
                ],
            ),
            (
                "Worn bearing kept bridge open for six hours",
                [
                    *_BRIDGE[:2],
                    _BRIDGE[2].replace("Forty-five", "Fifty-four"),
                    _BRIDGE_NOTICE,
                    "Update: The board decided on Thursday to replace the bearing in March.",
                ],
            ),
        ],
        "utf-8",
    ),
    _article(
        "country/orchard",
        datetime(2024, 3, 2, 6, 0, 7, tzinfo=UTC),
        [
            ("Nine hundred trees for Upper Quill", _ORCHARD),
            ("Nine hundred trees for Upper Quill", [*_ORCHARD[:3]]),
            ("Orchard replaces railway in Upper Quill", [*_ORCHARD[:3]]),
            (
                "Orchard replaces railway in Upper Quill",
                [_ORCHARD[2], _ORCHARD[0].replace("nine hundred", "eight hundred"), _ORCHARD[1]],
            ),
        ],
        "utf-8",
    ),
    _article(
        "town/night-library?page=1&from=front",
        datetime(2024, 2, 28, 23, 59, 59, tzinfo=UTC),
        [
            ("Books until five", _LIBRARY),
            ("Books until five", [*_LIBRARY[:2], _LIBRARY[2].replace("30,000", "35,000"), _LIBRARY[3]]),
            ("Books until five in the morning", [*_LIBRARY[:2], *_LIBRARY[3:]]),
            (
                "Books until five in the morning",
                [*_LIBRARY, "Editor's note: Sør Vane lies in the north."],
            ),
        ],
        "iso-8859-1",
    ),
)


def address_of(made: Made) -> str:
    """The address that an article is asked for by: a variant of the captured one."""
    return made.url.replace("https://heron", "http://www.heron") + (
        "&utm_source=feed" if "?" in made.url else "/?utm_source=feed"
    )


def resolved(made: Made) -> tuple[Take, ...]:
    """The captures of the article's own address, with the status and body they came to in the end."""
    by_moment = {take.moment: take for take in made.takes}
    by_url = {take.url: take for take in made.takes}
    found = []
    for take in made.takes:
        if "/archive/" in take.url:
            continue
        end = (
            by_moment[take.revisits]
            if take.revisits
            else by_url[take.location]
            if take.location
            else take
        )
        found.append(
            attrs.evolve(
                take,
                body=end.body,
                status=end.status,
                charset=end.charset,
                revisits=None,
                location=None,
            )
        )
    return tuple(found)


def write_warc(path: Path, articles: tuple[Made, ...] = ARTICLES) -> None:
    """All captures as WARC records, in the order of time; packed where the name ends in ``.gz``."""
    takes = sorted([take for made in articles for take in made.takes], key=lambda take: take.moment)
    digests: dict[tuple[str, datetime], str] = {}
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=path.suffix == ".gz")
        for take in takes:
            headers = {"WARC-Date": take.moment.strftime("%Y-%m-%dT%H:%M:%SZ")}
            fields = [("Content-Type", f"text/html; charset={take.charset}")]
            if take.location:
                fields.append(("Location", take.location))
            if take.packed:
                fields.append(("Content-Encoding", "gzip"))
            head = StatusAndHeaders(take.status, fields, protocol="HTTP/1.1")
            if take.revisits is not None:
                seen = take.revisits.strftime("%Y-%m-%dT%H:%M:%SZ")
                digest = digests[take.url, take.revisits]
                record = writer.create_revisit_record(
                    take.url, digest, take.url, seen, http_headers=head, warc_headers_dict=headers
                )
            else:
                body = gzip.compress(take.body, mtime=0) if take.packed else take.body
                record = writer.create_warc_record(
                    take.url,
                    "response",
                    payload=io.BytesIO(body),
                    length=len(body),
                    http_headers=head,
                    warc_headers_dict=headers,
                )
            writer.write_record(record)
            record.raw_stream.close()
            digests[take.url, take.moment] = record.rec_headers.get_header("WARC-Payload-Digest")


def write_folder(folder: Path, made: Made) -> None:
    """The captures of one article as dated files with sidecars, redirects and revisits resolved."""
    for take in resolved(made):
        name = take.moment.strftime("%Y%m%dT%H%M%SZ")
        (folder / f"{name}.html").write_bytes(take.body)
        sidecar = {"url": take.url, "content_type": f"text/html; charset={take.charset}"}
        (folder / f"{name}.json").write_text(json.dumps(sidecar), encoding="utf-8")


def write_wacz(path: Path, articles: tuple[Made, ...] = ARTICLES) -> None:
    """The captures of each article as one WARC in a WACZ."""
    with zipfile.ZipFile(path, "w") as packed:
        for number, made in enumerate(articles):
            part = path.with_name(f"part{number}.warc.gz")
            write_warc(part, (made,))
            packed.write(part, f"archive/part{number}.warc.gz")
            part.unlink()


def write_repository(folder: Path, made: Made) -> str:
    """A git repository with one commit for each capture that differs; the name of the file in it.

    The file is renamed between the captures, and the last one comes with a merge.
    """
    names = ["drafts/story.html", "published story.html"]

    def git(*words: str, at: datetime | None = None) -> None:
        settings = {
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "PATH": os.environ["PATH"],
        }
        for who in ("AUTHOR", "COMMITTER"):
            settings |= {f"GIT_{who}_NAME": "made", f"GIT_{who}_EMAIL": "made@heron.example"}
            if at is not None:
                settings[f"GIT_{who}_DATE"] = at.isoformat()
        subprocess.run(["git", *words], cwd=folder, env=settings, check=True, capture_output=True)

    git("init", "--initial-branch=main", "--template=")
    (folder / "drafts").mkdir()
    takes = resolved(made)
    for number, take in enumerate(takes):
        if number == 4:
            git("mv", *names)
            git("commit", "-m", "rename", at=take.moment - timedelta(seconds=1))
        last = number == len(takes) - 1
        if last:
            git("checkout", "-b", "desk")
        (folder / names[number >= 4]).write_bytes(take.body)
        git("add", ".")
        git(
            "commit", "--allow-empty", "-m", f"capture {number}", at=take.moment - timedelta(hours=last)
        )
        if last:
            git("checkout", "main")
            git("merge", "--no-ff", "-m", "merge", "desk", at=take.moment)
    return names[1]


def same_everywhere(history: History) -> object:
    """What a history says, without where it was read: all but sources and locations."""
    return (
        [
            (
                version.number,
                attrs.evolve(version.article),
                [(capture.captured_at, capture.url, capture.digest) for capture in version.captures],
            )
            for version in history.versions
        ],
        history.revisions,
        [(row.capture.captured_at, row.capture.url, row.reason) for row in history.screened],
    )
