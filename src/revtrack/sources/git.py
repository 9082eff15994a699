"""Captures in git: every commit that changed one file, along the line of what was published.

The line is that of first parents: a merge counts once, when it came, and what was tried on its branch
does not. Renames are followed, copies are not: what was copied is another article. git is asked as a
program, deaf to the user's settings, and never asked to fetch anything.
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
# One line of `--raw`: modes, the blobs before and after, what was done, and for a rename two names.
_RAW = re.compile(r":\d+ \d+ [0-9a-f]+ ([0-9a-f]{40,64}) ([A-Z])\d*\x00(.*)", re.DOTALL)
_LOCATION = re.compile(r"([0-9a-f]{40,64}):(.+)", re.DOTALL)
_DEAF = ("core.fsmonitor=false", "log.showSignature=false", "log.showRoot=true")
"""Settings that a repository may not have otherwise: programs it names are not run, and its first
commit is listed like any other."""
_SETTINGS = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_LITERAL_PATHSPECS": "1",  # a name may hold * or begin with a colon
    # a partial clone would go and get what it lacks, by a command that its own settings may name;
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
# What HTML has and no other text: the end of an element that holds text.
_ELEMENT = re.compile(
    rb"</(?:p|div|article|section|main|body|html|li|h[1-6]|a|em|strong|span|td)>|<br\s?/?>",
    re.IGNORECASE,
)


@attrs.frozen
class Git(Ledgered):
    """The captures of one file in a git repository: HTML, Markdown or plain text.

    *repository* is a folder inside the work tree, or a bare repository; *path* is the file's name in
    it, from its root, as it is at *revision* (a branch, tag or commit). A capture's time is that of the
    commit; where a clock went backwards, the time of the commit before. The headers of a snapshot keep
    both times of its commit apart (``git-author-date``, ``git-commit-date``), beside ``git-commit`` and
    ``git-path``.
    """

    at_once: ClassVar[int] = 2
    """Fetches at one time (range 1 to 4): each starts a program that lives some milliseconds."""

    repository: Path = attrs.field(converter=Path)
    path: str
    revision: str = "HEAD"

    @classmethod
    def of_file(cls, file: str | os.PathLike[str], *, revision: str = "HEAD") -> Git:
        """The source of a *file* in a work tree, whose repository is looked for above it.

        Raises `SourceError` when its folder belongs to no repository.
        """
        place = Path(file)
        place = place.parent.resolve() / place.name
        folder = next(parent for parent in place.parents if parent.is_dir())  # the file may be gone
        top = run_git(folder, "rev-parse", "--show-toplevel").decode(errors="surrogateescape")
        root = Path(top.rstrip("\n")).resolve()
        return cls(root, place.relative_to(root).as_posix(), revision)

    def ledger(self, url: str | None = None) -> Iterator[Capture | Screened]:
        """The states of the file in time order, as captures of *url*, which git does not know.

        A commit without a time that can be read is a row.

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
                yield failed(capture, f"commit {commit} bears no time that can be read")
                continue
            last = max(last, capture.captured_at)
            yield attrs.evolve(capture, captured_at=last)

    def fetch(self, capture: Capture) -> Snapshot:
        """The file as the commit of *capture* has it.

        Raises `SourceError` when the commit took the file away, git cannot read it, it is larger than
        `revtrack.sources.files.BODY_LIMIT` or lies in a large file storage; `ValueError` for a capture
        that did not come from git.
        """
        found = _LOCATION.fullmatch(capture.location or "")
        if capture.source != "git" or found is None:
            raise ValueError(f"not a capture from a git repository: {capture}")
        commit, path = found[1], found[2]
        place = f"{self.repository}, {path} in {commit[:12]}"
        # "MODE TYPE NAME SIZE\tPATH", nothing where there is no such file
        listed = self._ask("ls-tree", "-z", "--long", "--full-tree", commit, "--", path)
        if not listed:
            raise unreadable(place, "this commit took it away")
        mode, kind, name, size = listed.partition(b"\t")[0].decode("ascii").split()
        if kind != "blob" or mode == "120000":
            raise unreadable(place, "it is a link or a folder")
        if not size.isdigit():
            raise unreadable(place, "the repository lacks it")
        if int(size) > BODY_LIMIT:
            raise too_large(place, place)
        body = unpacked(self._ask("cat-file", "blob", name), location=place)
        if body.startswith(_POINTER):
            raise unreadable(
                place,
                "the repository holds a pointer into a large file storage, not the file; run git lfs "
                "pull and read the folder",
            )
        kind_of_text = "text/html" if _ELEMENT.search(body) else "text/plain"
        written = self._ask("show", "--no-patch", "--format=%aI%n%cI", commit).decode("ascii").split()
        return Snapshot(
            attrs.evolve(capture, digest=hashlib.sha256(body).hexdigest()),
            body,
            content_type=content_type_of(path) or kind_of_text,
            headers=(
                ("git-commit", commit),
                ("git-author-date", written[0]),
                ("git-commit-date", written[1]),
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
            said = _RAW.match(changes.strip("\n"))
            blob, letter, names = said.groups() if said else ("", _DELETED, "")
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
            if letter == _COPIED:  # git goes on with the history of what was copied: another article
                break
        return captures[::-1]

    @cached_property
    def _root(self) -> Path:
        """The top of the work tree: git takes paths for those below the folder it runs in."""
        above = run_git(self.repository, "rev-parse", "--show-cdup").decode(errors="surrogateescape")
        return self.repository / above.rstrip("\n")

    def _ask(self, *words: str) -> bytes:
        return run_git(self._root, *words)


def _moment(seconds: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def run_git(
    folder: Path,
    *words: str,
    given: Iterable[bytes] = (),
    settings: Mapping[str, str] | None = None,
    failure: type[SourceError | ExchangeError] = SourceError,
) -> bytes:
    """What git says, run in *folder* and *given* these bytes, with variables *settings* besides.

    Raises *failure* with git's own words when it fails.
    """
    git = shutil.which("git")
    if git is None:
        raise failure("git is not installed, or not on PATH", location=str(folder))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        running = subprocess.Popen(  # noqa: S603 - the words are ours; names of users come after `--`
            [git, *[word for setting in _DEAF for word in ("-c", setting)], *words],
            cwd=folder,
            env=environment | _SETTINGS | dict(settings or {}),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except OSError as error:
        raise failure(f"cannot read {folder}: {error.strerror}", location=str(folder)) from error
    with running:
        assert running.stdin is not None  # noqa: S101 - as asked for above
        try:
            for piece in given:
                running.stdin.write(piece)
        except BrokenPipeError:
            pass  # git ended early; it says why
        except BaseException:
            running.kill()
            raise
        said, complaint = running.communicate()
    if running.returncode:
        why = " ".join(complaint.decode("utf-8", "replace").split())
        raise failure(f"git {words[0]} failed in {folder}: {why}", location=str(folder))
    return said
