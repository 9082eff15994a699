"""Compare two captures of an article and print what changed.

python compare_two_files.py OLD.html NEW.html
"""

import sys
from pathlib import Path

import revtrack

STORY = Path(__file__).parent / "story"


def main(old: Path, new: Path) -> None:
    """Print every change between two pages with what each side reads and what discloses it."""
    revision = revtrack.compare(old.read_bytes(), new.read_bytes())
    for change in revision.changes:
        print(f"{type(change).__name__} ({change.nature.value})")
        if change.old is not None:
            print(f"  old: {change.old}")
        if change.new is not None:
            print(f"  new: {change.new}")
        for notice in change.disclosed_by:
            print(f"  disclosed by: {notice.text}")
    print(f"{len(revision.changes)} changes, {len(revision.undisclosed)} of them undisclosed")


if __name__ == "__main__":
    default = [STORY / "20240304T090500Z.html", STORY / "20240304T123000Z.html"]
    main(*(map(Path, sys.argv[1:3]) if len(sys.argv) > 2 else default))
