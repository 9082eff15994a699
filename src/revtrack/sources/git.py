"""Captures in git: every commit that changed one file, along the line of first parents.

A merge counts once, at its own time; commits on its branch do not count. Renames are followed, copies
are not: a copy is another article. git runs as a program, ignores the user's settings, and never
fetches.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import ClassVar

import attrs

from revtrack.errors import ExchangeError, SourceError
from revtrack.model import Capture, Screened, Snapshot
from revtrack.sources.files import BODY_LIMIT, too_large, unpacked
from revtrack.sources.names import content_type_of
from revtrack.sources.source import Ledgered, failed, unreadable

__all__ = ["Git", "run_git"]

_FORMAT = "%x01%H%x00%ct"
_ENTRY = re.compile(r"\x01([0-9a-f]{40,64})\x00([^\x00]*)\x00([^\x01]*)")
# One line of `--raw`: modes, the old and new blobs, the status, and for a rename two names.
_RAW_LINE = re.compile(r":\d+ \d+ [0-9a-f]+ ([0-9a-f]{40,64}) ([A-Z])\d*\x00(.*)", re.DOTALL)
_LOCATION = re.compile(r"([0-9a-f]{40,64}):(.+)", re.DOTALL)
_OVERRIDES = ("core.fsmonitor=false", "log.showSignature=false", "log.showRoot=true")
"""Settings that override those of a repository: programs it names are not run, and its first
commit is listed like any other."""
_SETTINGS = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_LITERAL_PATHSPECS": "1",  # a name may contain * or begin with a colon
    # a partial clone would fetch what it lacks, by a command that its own settings may name;
    # gits before 2.44 know only the second of the two
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_POINTER = b"version https://git-lfs.github.com/spec/"
_DELETED, _COPIED = "D", "C"
# Only HTML has these: the end of an element that contains text.
_ELEMENT = re.compile(
    rb"</(?:p|div|article|section|main|body|html|li|h[1-6]|a|em|strong|span|td)>|<br\s?/?>",
    re.IGNORECASE,
)


@attrs.frozen
class Git(Ledgered):
    """The captures of one file in a git repository: HTML, Markdown or plain text.

    *repository* is a folder inside the work tree, or a bare repository; *path* is the file's name in
    it, from its root, as it is at *revision* (a branch, tag or commit). A capture's time is that of the
    commit, or of the previous commit where the clock ran backwards. The headers of a snapshot have
    both times of its commit (``git-author-date``, ``git-commit-date``), with ``git-commit`` and
    ``git-path``.
    """

    at_once: ClassVar[int] = 2
    """Concurrent fetches (range 1 to 4): each starts a program that runs some milliseconds."""

    repository: Path = attrs.field(converter=Path)
    path: str
    revision: str = "HEAD"

    @classmethod
    def of_file(cls, file: str | os.PathLike[str], *, revision: str = "HEAD") -> Git:
        """The source of a *file* in a work tree, whose repository is looked for in its parent folders.

        Raises `SourceError` when its folder belongs to no repository.
        """
        place = Path(file)
        place = place.parent.resolve() / place.name
        folder = next(parent for parent in place.parents if parent.is_dir())  # a deleted file has one
        top = run_git(folder, "rev-parse", "--show-toplevel").decode(errors="surrogateescape")
        root = Path(top.rstrip("\n")).resolve()
        return cls(root, place.relative_to(root).as_posix(), revision)

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """The states of the file in time order, as captures of *url*, which git does not know.

        A commit without a readable time is a row.

        Raises `SourceError` when there is no such repository, revision or file.
        """
        captures = self._commits(url)
        if not captures:
            raise SourceError(
                f"{self.repository} has no file {self.path!r} at {self.revision}: give its path from "
                "the root of the repository",
                location=str(self.repository),
            )
        last = datetime.min.replace(tzinfo=UTC)
        for capture in captures:
            if capture.captured_at is None:
                commit = str(capture.location)[:12]
                yield failed(capture, f"commit {commit} has no readable time")
                continue
            last = max(last, capture.captured_at)
            yield attrs.evolve(capture, captured_at=last)

    def fetch(self, capture: Capture) -> Snapshot:
        """The file in the commit of *capture*.

        Raises `SourceError` when the commit deleted the file, git cannot read it, it is larger than
        `revtrack.sources.files.BODY_LIMIT` or is in a large file storage; `ValueError` for a capture
        of another kind of source.
        """
        found = _LOCATION.fullmatch(capture.location or "")
        if capture.source != "git" or found is None:
            raise ValueError(f"not a capture from a git repository: {capture}")
        commit, path = found[1], found[2]
        place = f"{self.repository}, {path} in {commit[:12]}"
        # "MODE TYPE NAME SIZE\tPATH", empty where there is no such file
        listed = self._ask("ls-tree", "-z", "--long", "--full-tree", commit, "--", path)
        if not listed:
            raise unreadable(place, "this commit deleted it")
        mode, kind, name, size = listed.partition(b"\t")[0].decode("ascii").split()
        if kind != "blob" or mode == "120000":
            raise unreadable(place, "it is a link or a folder")
        if not size.isdigit():
            raise unreadable(place, "the repository does not contain it")
        if int(size) > BODY_LIMIT:
            raise too_large(place, place)
        body = unpacked(self._ask("cat-file", "blob", name), location=place)
        if body.startswith(_POINTER):
            raise unreadable(
                place,
                "the repository contains a pointer into a large file storage, not the file; run "
                "git lfs pull and read the folder",
            )
        kind_of_text = "text/html" if _ELEMENT.search(body) else "text/plain"
        dates = self._ask("show", "--no-patch", "--format=%aI%n%cI", commit).decode("ascii").split()
        return Snapshot(
            attrs.evolve(capture, digest=hashlib.sha256(body).hexdigest()),
            body,
            content_type=content_type_of(path) or kind_of_text,
            headers=(
                ("git-commit", commit),
                ("git-author-date", dates[0]),
                ("git-commit-date", dates[1]),
                ("git-path", path),
            ),
        )

    def _commits(self, url: str | None) -> list[Capture]:
        """The commits along the line of first parents that changed the file, oldest first."""
        log = self._ask(
            "log", "--first-parent", "--diff-merges=first-parent", "--follow", "--find-renames",
            "--raw", "--no-abbrev", "-z", f"--format={_FORMAT}", "--end-of-options", self.revision,
            "--", self.path,
        ).decode(errors="surrogateescape")  # fmt: skip
        captures = []
        for name, seconds, changes in _ENTRY.findall(log):
            change = _RAW_LINE.match(changes.strip("\n"))
            blob, letter, names = change.groups() if change else ("", _DELETED, "")
            path = names.strip("\x00\n").rpartition("\x00")[2]
            captures.append(
                Capture(
                    url,
                    _moment(seconds),
                    source="git",
                    location=f"{name}:{path}",
                    payload_digest=None if letter == _DELETED else f"git:{blob}",
                )
            )
            if letter == _COPIED:  # git would continue with the history of another article
                break
        return captures[::-1]

    @cached_property
    def _root(self) -> Path:
        """The top of the work tree: git takes paths relative to the folder it runs in."""
        path_up = run_git(self.repository, "rev-parse", "--show-cdup").decode(errors="surrogateescape")
        return self.repository / path_up.rstrip("\n")

    def _ask(self, *arguments: str) -> bytes:
        return run_git(self._root, *arguments)


def _moment(seconds: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def run_git(
    folder: Path,
    *arguments: str,
    stdin: Iterable[bytes] = (),
    settings: Mapping[str, str] | None = None,
    failure: type[SourceError | ExchangeError] = SourceError,
) -> bytes:
    """The output of git, run in *folder* with *stdin* as its input and *settings* as extra variables.

    Raises *failure* with git's own message when it fails.
    """
    git = shutil.which("git")
    if git is None:
        raise failure("git is not installed, or not on PATH", location=str(folder))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        running = subprocess.Popen(  # noqa: S603 - the arguments are ours; names of users follow `--`
            [git, *[argument for setting in _OVERRIDES for argument in ("-c", setting)], *arguments],
            cwd=folder,
            env=environment | _SETTINGS | dict(settings or {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except OSError as error:
        raise failure(f"cannot read {folder}: {error.strerror}", location=str(folder)) from error
    with running:
        assert running.stdin is not None  # noqa: S101 - requested above
        try:
            for piece in stdin:
                running.stdin.write(piece)
        except BrokenPipeError:
            pass  # git ended early; its message is read below
        except BaseException:
            running.kill()
            raise
        output, errors = running.communicate()
    if running.returncode:
        why = " ".join(errors.decode("utf-8", "replace").split())
        raise failure(f"git {arguments[0]} failed in {folder}: {why}", location=str(folder))
    return output
