"""The command line: `revtrack diff`, `history`, `report`, `extract` and `draft`.

Exit status as diff(1) has it: 0 no change, 1 changes, 2 trouble; 130 after Ctrl-C, 141 when the
reader of the output closed it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]

_TROUBLE = 2
_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line on *arguments* (those of the process, when None); the exit status."""
    try:
        from revtrack.cli.run import run  # noqa: PLC0415 - click is an extra that may be missing

        return run(arguments)
    except ModuleNotFoundError as error:
        if error.name != "click":
            raise
        print(  # noqa: T201 - the message of a command line
            "revtrack: the command line needs the package 'click', which is not installed: "
            'run  pip install "revtrack[cli]"',
            file=sys.stderr,
        )
        return _TROUBLE
    except KeyboardInterrupt:
        return _INTERRUPTED
