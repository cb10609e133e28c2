"""A child process that must not outlive the one that started it, however that one ends."""

import os
import sys


def wait_for_its_end() -> None:
    """Returns when this process's standard input, a pipe that its parent never writes to, closes."""
    # Not through `sys.stdin`: its lock, held by a waiting thread, makes the interpreter fail when it ends.
    while os.read(sys.stdin.fileno(), 1):
        pass
