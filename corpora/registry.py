"""The registry of the project's dossiers: what each is, where it comes from, and the digest of each of its PDFs."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
REGISTRY = HERE / "registry.toml"


@dataclass(frozen=True, slots=True)
class RegisteredFile:
    """A PDF; `path` is relative to this package's folder."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RegisteredDossier:
    """One dossier; `gold` is the path of its labels, relative to this package's folder."""

    call: str
    name: str
    about: str
    gold: str
    files: tuple[RegisteredFile, ...]


@dataclass(frozen=True, slots=True)
class Registry:
    """`origin`, `licence` and `personal_data` hold for every dossier of the registry."""

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
        origin=data["origin"],
        licence=data["licence"],
        personal_data=data["personal_data"],
        statement=data["statement"],
        dossiers=tuple(
            RegisteredDossier(
                call=entry["call"],
                name=entry["name"],
                about=entry["about"],
                gold=entry["gold"],
                files=tuple(RegisteredFile(file["path"], file["sha256"]) for file in entry["files"]),
            )
            for entry in data["dossier"]
        ),
    )


def problems(registry: Registry, root: Path = HERE) -> list[str]:
    """What is not as registered: files missing, altered, or lying in a call's folder without being registered."""
    registered = {file.path: file.sha256 for dossier in registry.dossiers for file in dossier.files}
    present = {path.relative_to(root).as_posix() for path in (root / "samples").rglob("*.pdf")}
    found = [f"missing: {path}" for path in sorted(registered.keys() - present)]
    found += [f"not registered: {path}" for path in sorted(present - registered.keys())]
    found += [
        f"altered: {path}" for path in sorted(present & registered.keys()) if digest(root / path) != registered[path]
    ]
    found += [f"no labels: {dossier.gold}" for dossier in registry.dossiers if not (root / dossier.gold).is_file()]
    return found


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
