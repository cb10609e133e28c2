"""The registry of the project's dossiers: what each is, where it comes from, its split, and the digest of its PDFs."""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpora.collection import COLLECTIONS, HERE

REGISTRY = HERE / "registry.toml"
SAMPLE = "sample"
"""The split of the dossiers that `make demo` runs; the others are `plan.Split`'s."""


@dataclass(frozen=True, slots=True)
class RegisteredFile:
    """A file; `path` is relative to this package's folder. `printed`: the sheets of which a PDF is the pictures.

    A PDF with `printed` need not be there: it is made from it (see `rendering.imaging`).
    """

    path: str
    sha256: str
    printed: "RegisteredFile | None" = None


@dataclass(frozen=True, slots=True)
class RegisteredDossier:
    """One dossier; `split` is `SAMPLE` or a `plan.Split`; `gold`: its labels, relative to this package's folder."""

    call: str
    name: str
    split: str
    about: str
    gold: str
    files: tuple[RegisteredFile, ...]


@dataclass(frozen=True, slots=True)
class Registry:
    """`origin`, `licence` and `personal_data` hold for every dossier of the registry."""

    version: str
    origin: str
    licence: str
    personal_data: str
    statement: str
    dossiers: tuple[RegisteredDossier, ...]


def load_registry(path: Path = REGISTRY) -> Registry:
    """Reads the registry.

    Raises:
        KeyError, tomllib.TOMLDecodeError: the file is not a registry.
    """
    data = tomllib.loads(path.read_text("utf-8"))
    return Registry(
        version=data["version"],
        origin=data["origin"],
        licence=data["licence"],
        personal_data=data["personal_data"],
        statement=data["statement"],
        dossiers=tuple(
            RegisteredDossier(
                call=entry["call"],
                name=entry["name"],
                split=entry["split"],
                about=entry["about"],
                gold=entry["gold"],
                files=tuple(_file(file) for file in entry["files"]),
            )
            for entry in data["dossier"]
        ),
    )


def _file(entry: dict[str, str]) -> RegisteredFile:
    printed = RegisteredFile(entry["printed"], entry["printed_sha256"]) if "printed" in entry else None
    return RegisteredFile(entry["path"], entry["sha256"], printed)


def problems(registry: Registry, root: Path = HERE) -> list[str]:
    """What is not as registered: files missing, altered, or lying in a call's folder without being registered."""
    pdfs = {file.path: file for dossier in registry.dossiers for file in dossier.files}
    kept = {file.path: file.sha256 for file in pdfs.values() if file.printed is None}
    kept |= {file.printed.path: file.printed.sha256 for file in pdfs.values() if file.printed is not None}
    found = [f"missing: {path}" for path in sorted(kept) if not (root / path).is_file()]
    found += [f"not registered: {path}" for path in sorted(set(_applications(root)) - pdfs.keys())]
    found += [
        f"altered: {path}"
        for path, sha256 in sorted(kept.items())
        if (root / path).is_file() and digest(root / path) != sha256
    ]
    found += [f"no labels: {dossier.gold}" for dossier in registry.dossiers if not (root / dossier.gold).is_file()]
    return found


def _applications(root: Path) -> Iterator[str]:
    for collection in COLLECTIONS:
        for path in (root / collection.name).rglob("*.pdf"):
            relative = path.relative_to(root)
            if relative.parts[1] != "sources":
                yield relative.as_posix()


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
