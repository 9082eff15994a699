"""A git repository of histories: one commit a version, dated by when that version was first seen.

`git log -p --word-diff` then shows the development of the text. The commits are the same on every
machine, down to their ids: names, dates and contents depend only on the captures. They are written
through `git fast-import`, whose stream `commits` gives for other uses.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import attrs

from revtrack.changes.revision import Revision
from revtrack.errors import ExchangeError
from revtrack.history import History
from revtrack.model import Article, Capture, Version
from revtrack.report.entries import entries
from revtrack.report.marks import escape_controls, single_line
from revtrack.report.summary import summary
from revtrack.sources.git import run_git

__all__ = ["Committed", "commits", "path_of", "write_repository"]

_BRANCH = "refs/heads/main"
_IDENTITY = "revtrack <revtrack@localhost>"
"""Author and committer: the author of the article did not write the commit."""

_LONGEST_NAME = 100
"""Characters of a part of a path; every file system allows 255 bytes."""
_LONGEST_PATH = 1_000
"""Characters of a whole path; systems allow 4,096 bytes, including the folder."""
_RESERVED = re.compile(r"git(~[0-9]+)?", re.IGNORECASE)
"""Names that git refuses, including the short forms of ``.git`` on other systems."""
_UNSAFE = re.compile(r"[^\w.~-]+", re.ASCII)

PageOf = Callable[[Capture], bytes]


@attrs.frozen
class Committed:
    """One version that becomes a commit: its file, and the revision that led to it."""

    path: str
    version: Version
    revision: Revision | None


def path_of(url: str | None, *, ending: str) -> str:
    """The file of an article: its host and path, in characters that every file system allows."""
    parts = urlsplit(url or "")
    names = [parts.netloc, *unquote(parts.path).split("/"), *([parts.query] if parts.query else [])]
    safe = [_UNSAFE.sub("-", name).strip(".-")[:_LONGEST_NAME] for name in names]
    safe = [f"{name}-" if _RESERVED.fullmatch(name) else name for name in safe if name]
    whole = "/".join(safe or ["article"])[:_LONGEST_PATH].rstrip("/.")
    *folders, name = whole.split("/")
    # no folder has a name that a file may have: the address of an article may be a prefix of another's
    folders = [f"{one}-" if one.lower().endswith(ending) else one for one in folders]
    return "/".join([*folders, name]) + ending


def commits(histories: Iterable[History], *, page_of: PageOf | None = None) -> Iterator[bytes]:
    """The stream for `git fast-import`, in the order in which the versions were first seen.

    Each file has the text of its article, one paragraph a line; with *page_of*, which gives the page
    of a capture, the page as it was served.
    """
    for mark, one in enumerate(_in_order(histories, ending=".txt" if page_of is None else ".html"), 1):
        version = one.version
        content = _as_text(version.article) if page_of is None else page_of(version.captures[0])
        when = f"{_IDENTITY} {_seconds(version.first_seen)} +0000\n".encode()
        message = _message(one).encode("utf-8", "backslashreplace")
        yield f"commit {_BRANCH}\nmark :{mark}\n".encode()
        yield b"author " + when + b"committer " + when
        yield b"data %d\n%b\n" % (len(message), message)
        if mark > 1:
            yield b"from :%d\n" % (mark - 1)
        yield f"M 100644 inline {one.path}\n".encode()
        yield b"data %d\n%b\n\n" % (len(content), content)


def write_repository(
    folder: str | os.PathLike[str], histories: Iterable[History], *, page_of: PageOf | None = None
) -> None:
    """Make a git repository in *folder*, new or empty, with one commit for each version.

    Raises `ExchangeError` when git is not installed, the folder is not empty, or git fails.
    """
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
        if any(target.iterdir()):
            raise ExchangeError(
                f"{target} is not empty, and nothing there is overwritten: name a new folder",
                location=str(target),
            )
    except OSError as error:
        raise ExchangeError(f"cannot write {target}: {error.strerror}", location=str(target)) from error
    # the user's own settings could change what is written
    git = partial(run_git, target, failure=ExchangeError, settings={"GIT_CONFIG_GLOBAL": os.devnull})
    git("init", "--quiet", "--template=")
    git("symbolic-ref", "HEAD", _BRANCH)
    git("fast-import", "--quiet", stdin=commits(histories, page_of=page_of))
    git("reset", "--quiet", "--hard")


# ------------------------------------------------------------------------------------- commits


def _in_order(histories: Iterable[History], *, ending: str) -> list[Committed]:
    found: list[Committed] = []
    used: set[str] = set()
    for history in histories:
        path = path_of(history.url, ending=ending)
        number = 1
        while path.lower() in used:  # other addresses may have the same path
            number += 1
            path = path_of(history.url, ending=f"-{number}{ending}")
        used.add(path.lower())
        steps: list[Revision | None] = [None, *history.revisions]
        found += [
            Committed(path, version, revision)
            for version, revision in zip(history.versions, steps, strict=False)
        ]
    return sorted(found, key=lambda one: (_seconds(one.version.first_seen), one.path))


def _seconds(moment: datetime | None) -> int:
    """Seconds since 1970, which is the earliest that git knows."""
    return max(0, int(moment.timestamp())) if moment is not None else 0


def _as_text(article: Article) -> bytes:
    lines = [article.headline or "", *[block.text for block in article.blocks]]
    paragraphs = [escape_controls(" ".join(line.split("\n"))) for line in lines if line]
    return ("\n\n".join(paragraphs) + "\n").encode()


def _message(one: Committed) -> str:
    version, revision = one.version, one.revision
    if revision is None:
        subject, sentences = single_line(version.article.headline or "First version"), []
    else:
        subject = summary(revision)
        sentences = [entry.sentence for entry in entries(revision)]
    capture = version.captures[0]
    trailers = [
        f"Version: {version.number}",
        f"Address: {single_line(capture.url or '')}",
        f"First-Seen: {_stated(version.first_seen)}",
        f"Last-Seen: {_stated(version.last_seen)}",
        *([f"Not-Yet-Seen: {_stated(revision.interval.after)}"] if revision is not None else []),
        *([f"SHA-256: {capture.digest}"] if capture.digest else []),
    ]
    return "\n\n".join([subject, *sentences, "\n".join(trailers)]) + "\n"


def _stated(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat() if moment is not None else "unknown"
