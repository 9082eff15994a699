"""The command line: `revtrack diff`, `history`, `report`, `extract` and `draft`.

Exit status as diff(1) has it: 0 no change, 1 changes, 2 trouble; 130 after Ctrl-C, 141 when the
reader of the output closed it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

__all__ = ["main"]

_TROUBLE = 2
_INTERRUPTED = 130
_READER_GONE = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line on *arguments* (those of the process, when None); the exit status."""
    try:
        return _run(arguments)
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


def _run(arguments: Sequence[str] | None) -> int:
    """Run a command and turn however it ends into one clear line and an exit status."""
    import click  # noqa: PLC0415 - an extra that may be missing

    from revtrack.cli.commands import revtrack  # noqa: PLC0415 - as above
    from revtrack.cli.output import ReaderGoneError, say  # noqa: PLC0415 - as above
    from revtrack.errors import RevtrackError  # noqa: PLC0415 - as above

    try:
        status = revtrack.main(args=arguments, prog_name="revtrack", standalone_mode=False)
        sys.stdout.flush()
        return int(status or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return _TROUBLE
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx is not None else "revtrack"
        trouble = f"{error.format_message()} Try '{command} --help'."
    except click.ClickException as error:
        trouble = error.format_message()
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except (ReaderGoneError, BrokenPipeError, SystemExit):
        # click raises SystemExit when the reader closes the output of its own help
        _let_go_of_stdout()
        return _READER_GONE
    except RevtrackError as error:
        trouble = str(error)
    except OSError as error:
        trouble = f"{error.strerror or error}: {error.filename or 'the output'}"
    except MemoryError:
        trouble = "not enough memory for this page"
    except Exception:  # noqa: BLE001 - status 1 would read as "there are changes"
        import traceback  # noqa: PLC0415 - for bugs alone

        traceback.print_exc()
        trouble = "this is a bug in revtrack; please report it with the lines above"
    say(f"revtrack: {trouble}")  # it may quote a file name or a page
    return _TROUBLE


def _let_go_of_stdout() -> None:
    """Point standard output nowhere, so that Python's own flush at exit does not complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
