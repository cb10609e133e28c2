"""Which program this is: its version, and a digest of the code and data that decide what an analysis says."""

import hashlib
from functools import cache
from importlib import resources
from importlib.metadata import version
from importlib.resources.abc import Traversable

_DECISIVE = ("pipeline", "models")
_SUFFIXES = (".py", ".toml", ".json")


@cache
def program_version() -> str:
    """E.g. "0.1.0+3f2a9c01b7de": a change of code, even without a new version number, makes new analyses."""
    digest = hashlib.sha256()
    for package in _DECISIVE:
        for name, content in sorted(_contents(resources.files(package), package)):
            digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return f"{version('reperes')}+{digest.hexdigest()[:12]}"


def _contents(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for entry in folder.iterdir():
        name = f"{prefix}/{entry.name}"
        if entry.is_dir():
            found += _contents(entry, name)
        elif entry.name.endswith(_SUFFIXES):
            found.append((name, entry.read_bytes()))
    return found
