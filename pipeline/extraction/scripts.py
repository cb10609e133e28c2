"""Whether a PDF holds JavaScript that PDFium does not tell of: run on opening, by a button, by a bookmark."""

import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

_NAME = b"/JavaScript"
_ACTION = re.compile(rb"(?<!\w)/S\s*/JavaScript\b")  # what stands before it is part of an address
_PACKED_OBJECTS = b"/ObjStm"
_STREAM = re.compile(rb"stream\r?\n")
_HEAD = 1024  # bytes from the type of a stream to its data, at most
_MOST_STREAMS = 2_000
_PACKED = 1024 * 1024  # bytes of each stream that are looked at...
_UNPACKED = 4 * 1024 * 1024  # ...and what may come of them


def has_script_action(path: Path) -> bool:
    """Whether an action of the file is JavaScript, as far as its bytes show.

    Objects are looked at where they stand plainly and where they are packed together. Encrypted files and names that
    were disguised keep their secret.
    """
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find(_NAME) >= 0 and _ACTION.search(data):
            return True
        return any(_NAME in objects and _ACTION.search(objects) for objects in _packed_objects(data))


def _packed_objects(data: mmap.mmap) -> Iterator[bytes]:
    """The start of each object stream, unpacked; those that are packed in an uncommon way are passed over."""
    at = 0
    for _ in range(_MOST_STREAMS):
        at = data.find(_PACKED_OBJECTS, at) + 1
        if not at:
            return
        begins = _STREAM.search(data, at, at + _HEAD)
        if begins:
            try:
                yield zlib.decompressobj().decompress(data[begins.end() : begins.end() + _PACKED], _UNPACKED)
            except zlib.error:
                continue
