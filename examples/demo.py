"""The demo: the history of the bundled story, printed in the terminal and written as a report."""

import os
import sys
from pathlib import Path

import revtrack
from revtrack import report
from revtrack.sources import Files

STORY = Path(__file__).parent / "story"
REPORT = Path("build/demo/index.html")


def in_colour() -> bool:
    """Whether to use colour: on a terminal, unless NO_COLOR or FORCE_COLOR say otherwise."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def main() -> None:
    """Print each revision, then write the report."""
    history = revtrack.track(Files(STORY))
    captures = len(history.captures) + len(history.screened)
    print(f"{captures} captures ({len(history.screened)} screened out), ", end="")
    print(f"{len(history.versions)} versions\n")
    for screened in history.screened:
        print(f"{screened.capture.captured_at}: screened out, {screened.reason.value}\n")
    for revision in history.revisions:
        print(report.text(revision, colour=in_colour()))
        print()

    last = history.versions[-1].article
    print("From the last capture alone:")
    for form in last.attested:
        print(f"  an earlier {form.target.value}, attested by a notice, not captured: {form.text}")

    REPORT.parent.mkdir(parents=True, exist_ok=True)
    report.write(history, REPORT)
    print(f"\nThe report: {REPORT}")


if __name__ == "__main__":
    main()
