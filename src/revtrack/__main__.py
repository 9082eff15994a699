"""`python -m revtrack` is the command line."""

import sys

from revtrack.cli import main

if __name__ == "__main__":
    sys.exit(main())
