"""Telling a run that was cut off from one that another command is at work on."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def at_work(home: Path, run_id: int) -> Iterator[bool]:
    """Marks this process as at work on the run for as long as the block lasts, however it ends.

    Gives whether another process was at work on it already. The mark is a lock, which dies with its process.
    """
    path = home / "runs" / f"{run_id}.lock"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with path.open("ab") as mark:
        alone = _alone(mark)
        fcntl.flock(mark, fcntl.LOCK_SH)
        yield not alone
    if alone:
        path.unlink(missing_ok=True)


def _alone(mark: BinaryIO) -> bool:
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
