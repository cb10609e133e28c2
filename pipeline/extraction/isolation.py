"""Reading in a child process, so that a hostile PDF costs its own file and nothing else."""

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from pipeline.document import Document
from pipeline.document_codec import BrokenDocument, decode_document
from pipeline.extraction.limits import ReadingLimits
from pipeline.reasons import Reason

MEMORY_EXIT = 3  # what the child exits with when its memory is used up

_CHILD = "pipeline.extraction.child"
_GLANCE = 0.05  # seconds between two looks at the child
_NEAR_LIMIT = 0.7  # of the memory allowed: a child that dies above that most likely died of it


def read_dossier_isolated(name: str, files: Sequence[Path], limits: ReadingLimits, *, use_ocr: bool = True) -> Document:
    """Reads a dossier in a child process within `limits`; may be called from any thread.

    A file that brings the child down (by time, by memory, by a crash) is unreadable with that reason, and the
    files after it are read by another child. OCR is used where it is installed, unless `use_ocr` is false.

    Raises:
        OSError: a file is not there, or not for this user to read.
    """
    for path in files:
        path.open("rb").close()
    lost: dict[int, Reason] = {}
    with tempfile.TemporaryDirectory(prefix="reperes-") as folder:
        while True:
            outcome = _run_child(name, files, limits, use_ocr, lost, Path(folder))
            if isinstance(outcome, Document):
                return outcome
            at_fault, reason = outcome
            if at_fault in lost:  # not a file's fault: the child itself cannot work here
                raise RuntimeError("the process that reads PDFs does not start")
            lost[at_fault] = reason


def _run_child(
    name: str,
    files: Sequence[Path],
    limits: ReadingLimits,
    use_ocr: bool,
    lost: Mapping[int, Reason],
    folder: Path,
) -> Document | tuple[int, Reason]:
    """The document, or the index of the file that brought the child down, and how."""
    output, progress, job = folder / "document", folder / "progress", folder / "job"
    output.unlink(missing_ok=True)
    progress.write_text("0")
    described = {
        "name": name,
        "files": [str(path.resolve()) for path in files],
        "limits": asdict(limits),
        "use_ocr": use_ocr,
        "lost": {str(index): reason for index, reason in lost.items()},
        "output": str(output),
        "progress": str(progress),
        "kept": str(folder),
        "parent": os.getpid(),
    }
    job.write_text(json.dumps(described))
    reason = _run(job, limits)
    if reason is None:
        try:
            return decode_document(output.read_bytes())
        except (OSError, BrokenDocument):
            reason = Reason.CRASH
    return int(progress.read_text()), reason


def _run(job: Path, limits: ReadingLimits) -> Reason | None:
    """Runs a child on `job`; None when it ended well, else why it did not."""
    # The child prints nothing; what a library prints about a file must not reach the logs.
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", _CHILD, str(job)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": str(job.parent)},  # what is left there goes with the folder
        start_new_session=True,  # so that the OCR engine which it started ends with it
    )
    try:
        peak = _watch(child, limits)
    finally:
        _end(child)
    if peak is None:
        return Reason.TIMEOUT
    if child.returncode in (0, MEMORY_EXIT):
        return None if child.returncode == 0 else Reason.MEMORY
    return Reason.MEMORY if peak > _NEAR_LIMIT * limits.memory_bytes else Reason.CRASH


def _watch(child: subprocess.Popen[bytes], limits: ReadingLimits) -> int | None:
    """Waits for the end of the child; the most memory it was seen to hold, in bytes, or None past the time limit."""
    deadline = time.monotonic() + limits.seconds
    peak = 0
    while time.monotonic() < deadline:
        try:
            child.wait(_GLANCE)
        except subprocess.TimeoutExpired:
            peak = max(peak, _resident(child.pid))
        else:
            return peak
    return None


def _resident(pid: int) -> int:
    """Bytes of memory that a process holds; 0 where the system does not say."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    except (OSError, IndexError, ValueError):
        return 0


def _end(child: subprocess.Popen[bytes]) -> None:
    """Ends the child and all that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
