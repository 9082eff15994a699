"""Compare two texts that never were HTML: a mail, a press release, a text file."""

import revtrack

OLD = """
The bridge over the Sill will close for 3 weeks from Monday.

Buses will stop at the mill. "Nobody will walk far," the mayor said.
"""

NEW = """
The bridge over the Sill will close for 8 weeks from Monday.

Buses will stop at the mill. "Nobody will walk far," the mayor said.

Correction: An earlier version said that the bridge would close for 3 weeks. It is 8 weeks.
"""


def main() -> None:
    """Print what changed between the two texts, and what the new one discloses."""
    revision = revtrack.compare(
        revtrack.from_text(OLD, headline="Sill bridge to close", language="en"),
        revtrack.from_text(NEW, headline="Sill bridge to close", language="en"),
    )
    for edit in revision.edited:
        print(f"was: {edit.old}")
        print(f"is:  {edit.new}")
        print(f"     {edit.nature.value}, {'disclosed' if edit.disclosed_by else 'undisclosed'}")
    for change in revision.notices:
        print(f"notice: {change.notice.text}")


if __name__ == "__main__":
    main()
