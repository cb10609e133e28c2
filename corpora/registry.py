"""The registry of the project's dossiers: what each is, where it comes from, its split, and the digest of its PDFs.

The applications written as text are registered as a whole.
"""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from corpora.applications import APPLICATIONS, load_applications
from corpora.collection import COLLECTIONS, HERE
from corpora.plan import Split

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
class RegisteredApplications:
    """The applications written as text (`corpora.applications`): how many files, labelled lines and words.

    `sha256` is of the sorted files' names and bytes. All are for training only.
    """

    path: str
    split: str
    files: int
    lines: int
    words: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Registry:
    """`origin`, `licence` and `personal_data` hold for all that is registered."""

    version: str
    origin: str
    licence: str
    personal_data: str
    statement: str
    applications: RegisteredApplications
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
        applications=RegisteredApplications(**data["applications"]),
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


def application_problems(registry: Registry, folder: Path = APPLICATIONS) -> list[str]:
    """What of the applications written as text is not as registered.

    Raises:
        InvalidApplication: a file is not laid out as it should be.
    """
    registered, measured = asdict(registry.applications), asdict(measured_applications(folder))
    return [
        f"applications: {key} is {measured[key]}, registered as {value}"
        for key, value in registered.items()
        if measured[key] != value
    ]


def measured_applications(folder: Path = APPLICATIONS) -> RegisteredApplications:
    """What the registry should say of the applications written as text.

    Raises:
        InvalidApplication: a file is not laid out as it should be.
    """
    texts = [line.text for application in load_applications(folder) for line in application.lines]
    paths = sorted(folder.glob("*.tsv"))
    digests = "".join(f"{digest(path)}  {path.name}\n" for path in paths)
    return RegisteredApplications(
        path=folder.name,
        split=Split.TRAIN.value,
        files=len(paths),
        lines=len(texts),
        words=sum(len(text.split()) for text in texts),
        sha256=hashlib.sha256(digests.encode()).hexdigest(),
    )


def _applications(root: Path) -> Iterator[str]:
    for collection in COLLECTIONS:
        for path in (root / collection.name).rglob("*.pdf"):
            relative = path.relative_to(root)
            if relative.parts[1] != "sources":
                yield relative.as_posix()


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
