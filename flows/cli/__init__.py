"""The command line `reperes`: French for people, exit codes for programs (0 done, 1 failed, 2 wrongly called)."""

import os
import signal
import sys
from types import FrameType

INTERRUPTED = 130
INTERRUPTED_SAID = "Interrompu. Relancez la même commande\N{NO-BREAK SPACE}: le travail fait est gardé."


def main() -> None:
    """Entry point of the `reperes` command."""
    former = signal.signal(signal.SIGINT, _stop_at_once)
    from flows.cli.application import application  # takes seconds, in which the user may have changed their mind

    signal.signal(signal.SIGINT, former)
    sys.exit(application(sys.argv[1:]))


def _stop_at_once(_signal: int, _frame: FrameType | None) -> None:
    """Before anything has begun there is nothing to put in order, and an import may swallow an exception."""
    os.write(sys.stderr.fileno(), f"\n{INTERRUPTED_SAID}\n".encode(errors="replace"))
    os._exit(INTERRUPTED)
