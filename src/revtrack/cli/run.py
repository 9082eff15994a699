"""Run a command and convert every kind of end into one clear line and an exit status."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import click

from revtrack.cli.commands import revtrack
from revtrack.cli.output import ReaderGoneError, say
from revtrack.errors import RevtrackError

__all__ = ["run"]

_TROUBLE = 2
_INTERRUPTED = 130
_READER_GONE = 141


def run(arguments: Sequence[str] | None) -> int:
    """Run the command of *arguments* and report how it ended."""
    try:
        status = revtrack.main(args=arguments, prog_name="revtrack", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return _TROUBLE
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx is not None else "revtrack"
        return _trouble(f"{error.format_message().rstrip('.')}. Try '{command} --help'.")
    except click.ClickException as error:
        return _trouble(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except (ReaderGoneError, BrokenPipeError, SystemExit):
        # click raises SystemExit when the reader closes the output of its own help
        _discard_stdout()
        return _READER_GONE
    except RevtrackError as error:
        return _trouble(str(error))
    except OSError as error:
        return _trouble(f"{error.strerror or error}: {error.filename or 'the output'}")
    except MemoryError:
        return _trouble("not enough memory for this page")
    except Exception:  # noqa: BLE001 - status 1 would read as "there are changes"
        traceback.print_exc()
        return _trouble("this is a bug in revtrack; please report it with the lines above")
    return int(status or 0)


def _trouble(message: str) -> int:
    say(f"revtrack: {message}")  # it may quote a file name or a page
    return _TROUBLE


def _discard_stdout() -> None:
    """Redirect standard output to nowhere, so that Python's own flush at exit does not fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
