"""Places that hold many articles: the file of a store, or a folder of captures with its subfolders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from revtrack.cli.keeping import opened
from revtrack.cli.progress import steps
from revtrack.compare import CompareOptions
from revtrack.errors import AddressError, SourceError
from revtrack.history import History
from revtrack.sources.files import Files, is_capture_name
from revtrack.track import track
from revtrack.urls import identify

__all__ = ["histories"]


def histories(place: str, *, options: CompareOptions) -> Iterator[History]:
    """The history of every article in *place* that has a version, with a progress bar.

    A folder holds the captures of one article, or of several where sidecars give their addresses; each
    of its subfolders does too. Raises `SourceError` or `StoreError` where *place* cannot be read.
    """
    found = _in_folder(Path(place), options) if Path(place).is_dir() else _in_store(place, options)
    for history in found:
        if history.versions:
            yield history


def _in_store(path: str, options: CompareOptions) -> Iterator[History]:
    with opened(path) as store:
        articles = store.articles()
        with steps("computing histories", len(articles)) as done:
            for article in articles:
                yield store.history(article.url, options=options)
                done()


def _in_folder(folder: Path, options: CompareOptions) -> Iterator[History]:
    folders = [folder, *sorted([one for one in folder.iterdir() if one.is_dir()])]
    holding = [Files(one) for one in folders if any(is_capture_name(p.name) for p in one.iterdir())]
    if not holding:
        raise SourceError(
            f"no captures in {folder} or its subfolders: put dated pages there, such as "
            "20240105T123000Z.html",
            location=str(folder),
        )
    articles = [(source, url) for source in holding for url in _addresses(source)]
    with steps("computing histories", len(articles)) as done:
        for source, url in articles:
            yield track(source, url, options=options)
            done()


def _addresses(source: Files) -> tuple[str | None, ...]:
    """One address for each article of which a folder has captures; None where none is known."""
    found: dict[str, str | None] = {}
    for capture in source.captures():
        try:
            found.setdefault(identify(capture.url or "").key, capture.url)
        except AddressError:
            found.setdefault(capture.url or "", capture.url)
    known = [url for url in found.values() if url]
    return tuple(known) or (None,)
