"""The command line `reperes`: French for people, exit codes for programs (0 done, 1 failed, 2 wrongly called)."""

import sys

from flows.cli.application import application


def main() -> None:
    """Entry point of the `reperes` command."""
    sys.exit(application(sys.argv[1:]))
