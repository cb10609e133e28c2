"""The process in which PDFs are read: `python -m pipeline.extraction.child JOB`, started by `isolation`.

It sets its own limits, reads the files of the job one after the other, says in the progress file which one it is
at, keeps what it has read for the child that may come after it, and leaves the encoded document in the output file.
"""

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from pipeline.document_codec import encode_document
from pipeline.extraction.assembly import ReadFile, assemble
from pipeline.extraction.isolation import MEMORY_EXIT
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.ocr import OcrEngine, find_engine
from pipeline.extraction.read_codec import decode_read, encode_read
from pipeline.extraction.reader import read_file, unreadable
from pipeline.reasons import Reason

_PR_SET_PDEATHSIG = 1  # of Linux's prctl


def main(job: dict[str, Any]) -> None:
    limits = ReadingLimits(**job["limits"])
    _end_with_parent(job["parent"])
    _limit(limits)
    engine = find_engine() if job["use_ocr"] else None
    files = []
    for index, path in enumerate(map(Path, job["files"])):
        Path(job["progress"]).write_text(str(index))
        lost = job["lost"].get(str(index))
        kept = Path(job["kept"]) / f"{index}.json"
        files.append(unreadable(path, Reason(lost)) if lost else _read(path, kept, limits, engine))
    Path(job["output"]).write_bytes(encode_document(assemble(job["name"], files)))


def _read(path: Path, kept: Path, limits: ReadingLimits, engine: OcrEngine | None) -> ReadFile:
    """The file as an earlier child has read it, or as read now; `kept` is where that is found, or left."""
    if kept.exists():
        return decode_read(kept.read_bytes())
    file = read_file(path, limits, engine)
    unfinished = kept.with_suffix(".part")
    with contextlib.suppress(OSError):  # without room for it, it would be read again
        unfinished.write_bytes(encode_read(file))
        unfinished.replace(kept)
    return file


def _end_with_parent(parent: int) -> None:
    """Asks the system to end this process when its parent dies, where it can."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before it could be asked for
        sys.exit(1)


def _limit(limits: ReadingLimits) -> None:
    held = _address_space()
    resource.setrlimit(resource.RLIMIT_AS, (held + limits.memory_bytes,) * 2)
    # The parent measures time; this ends a child whose parent cannot.
    processor_seconds = 2 * int(limits.seconds) + 10
    resource.setrlimit(resource.RLIMIT_CPU, (processor_seconds, processor_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold the dossier's text


def _address_space() -> int:
    """Bytes of address space that this process holds; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


if __name__ == "__main__":
    try:
        main(json.loads(Path(sys.argv[1]).read_text()))
    except MemoryError:
        sys.exit(MEMORY_EXIT)
