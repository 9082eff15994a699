"""Which headlines a folder of dated captures shows, and since when.

python headline_life.py FOLDER
"""

import sys
from pathlib import Path

import revtrack
from revtrack.sources import Files

STORY = Path(__file__).parent / "story"


def main(folder: Path) -> None:
    """Print each headline with the interval in which it appeared, and those a notice attests."""
    history = revtrack.track(Files(folder))
    for life in history.headlines:
        print(life.text)
        if life.interval.after is None:
            print(f"  there when first captured, {life.interval.until}")
        else:
            print(f"  appeared between {life.interval.after} and {life.interval.until}")
    for form in history.attested:
        print(f"{form.text}\n  attested by a notice, not captured: {form.notice.text}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else STORY)
