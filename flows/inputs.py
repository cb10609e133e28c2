"""What the user gives to read: a folder, one PDF or a .zip, cut into dossiers.

Each PDF that stands directly in the folder is one dossier; each sub-folder that holds PDFs is one dossier of
several files (PDFs in its own sub-folders belong to it). Everything else is named as not read.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.errors import InputNotFound, NothingToRead

_SYSTEM_NAMES = {"__MACOSX", "Thumbs.db", "desktop.ini"}
_ZIP_MAX_FILES = 20_000
_COPY_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class InputFile:
    """A PDF of a dossier: its name there (sub-folders joined by "/") and where its bytes are."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class DossierInput:
    """One dossier to instruct; `name` is unique in the input."""

    name: str
    files: tuple[InputFile, ...]


@dataclass(frozen=True, slots=True)
class Deposit:
    """The dossiers of an input, by name, and the files that are not read."""

    dossiers: tuple[DossierInput, ...]
    not_read: tuple[str, ...]


class InvalidArchive(InputNotFound):
    """The .zip is damaged, encrypted, or not what it says."""

    code = "invalid-archive"
    advice = "Décompressez l'archive vous-même, puis donnez le dossier obtenu."


def find_dossiers(source: Path, scratch: Path, *, max_bytes: int, leave_out: Path | None = None) -> Deposit:
    """Lists the dossiers of `source`; a .zip is unpacked under `scratch`, at most `max_bytes` per file.

    Nothing under `leave_out` (where results are written) is looked at.

    Raises:
        InputNotFound: `source` does not exist, cannot be read, or is a file of another kind.
        InvalidArchive: the .zip cannot be unpacked.
        NothingToRead: there is no PDF in it.
    """
    if not source.exists():
        raise InputNotFound(f"« {source} » n'existe pas.", advice="Vérifiez le chemin donné.")
    try:
        deposit = _deposit(source, scratch, max_bytes, leave_out)
    except PermissionError as error:
        raise InputNotFound(
            f"« {source} » ne peut pas être lu : accès refusé.", advice="Vérifiez vos droits sur ce dossier."
        ) from error
    if not deposit.dossiers:
        raise NothingToRead(f"« {source} » ne contient aucun fichier PDF.")
    return deposit


def _deposit(source: Path, scratch: Path, max_bytes: int, leave_out: Path | None) -> Deposit:
    if source.is_dir():
        return _from_folder(source, leave_out)
    if _is_pdf(source.name):
        return Deposit((_alone(source, set()),), ())
    if source.suffix.lower() == ".zip":
        return _from_folder(_unpack(source, scratch, max_bytes), None)
    raise InputNotFound(
        f"« {source} » n'est ni un dossier, ni un PDF, ni une archive .zip.", advice=NothingToRead.advice
    )


def _is_pdf(name: str) -> bool:
    return name.lower().endswith(".pdf")


def _stem(name: str) -> str:
    return name[: -len(".pdf")]


def _readable(name: str) -> str:
    """A name that can be written anywhere: bytes that are no UTF-8 are shown as "?"."""
    return name.encode("utf-8", "replace").decode()


def _ignored(path: Path, leave_out: Path | None) -> bool:
    hidden = path.name.startswith(".") or path.name in _SYSTEM_NAMES
    return hidden or (leave_out is not None and path.resolve() == leave_out.resolve())


def _from_folder(folder: Path, leave_out: Path | None) -> Deposit:
    dossiers: list[DossierInput] = []
    not_read: list[str] = []
    taken: set[str] = set()
    for entry in _children(folder, leave_out):
        if entry.is_dir():
            dossiers += _from_subfolder(entry, entry.name, not_read, taken)
        elif _is_pdf(entry.name):
            dossiers.append(_alone(entry, taken))
        else:
            not_read.append(_readable(entry.name))
    return Deposit(tuple(sorted(dossiers, key=lambda dossier: dossier.name)), tuple(not_read))


def _alone(path: Path, taken: set[str]) -> DossierInput:
    """A dossier made of one PDF."""
    return DossierInput(_unique(_stem(path.name), taken), (InputFile(_readable(path.name), path),))


def _children(folder: Path, leave_out: Path | None = None) -> list[Path]:
    return sorted(entry for entry in folder.iterdir() if not _ignored(entry, leave_out))


def _from_subfolder(folder: Path, label: str, not_read: list[str], taken: set[str]) -> list[DossierInput]:
    entries = _children(folder)
    if any(entry.is_file() and _is_pdf(entry.name) for entry in entries):
        files = []
        for path in _files_under(folder):
            relative = _readable(path.relative_to(folder).as_posix())
            if _is_pdf(path.name):
                files.append(InputFile(relative, path))
            else:
                not_read.append(f"{label}/{relative}")
        return [DossierInput(_unique(folder.name, taken), tuple(files))]
    dossiers: list[DossierInput] = []
    for entry in entries:
        if entry.is_dir():
            dossiers += _from_subfolder(entry, f"{label}/{entry.name}", not_read, taken)
        else:
            not_read.append(f"{label}/{entry.name}")
    return dossiers


def _files_under(folder: Path) -> Iterator[Path]:
    for entry in _children(folder):
        if entry.is_dir():
            yield from _files_under(entry)
        else:
            yield entry


def _unique(name: str, taken: set[str]) -> str:
    """`name`, or `name (2)`... when another dossier of the input has it, whatever the case of letters."""
    name = _readable(name)
    candidate, number = name, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{name} ({number})"
    taken.add(candidate.casefold())
    return candidate


def _unpack(archive: Path, scratch: Path, max_bytes: int) -> Path:
    """Unpacks the PDFs of `archive` (other files only leave their name); never writes out of `scratch`."""
    target = scratch / "archive"
    target.mkdir(parents=True)
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [member for member in opened.infolist() if not member.is_dir()]
            if len(members) > _ZIP_MAX_FILES:
                raise InvalidArchive(f"« {archive.name} » contient trop de fichiers ({len(members)}).")
            for member in members:
                _unpack_member(opened, member, target, max_bytes)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise InvalidArchive(f"« {archive.name} » est endommagée ou d'un format inconnu.") from error
    except RuntimeError as error:  # what zipfile raises for an encrypted member
        raise InvalidArchive(f"« {archive.name} » est protégée par un mot de passe.") from error
    return _single_root(target)


def _unpack_member(opened: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, max_bytes: int) -> None:
    parts = [part for part in PurePosixPath(member.filename.replace("\\", "/")).parts if part not in {"/", "..", "."}]
    if not parts:
        return
    path = target.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not _is_pdf(path.name):
        path.touch()
        return
    with opened.open(member) as source, path.open("wb") as copy:
        written = 0
        while chunk := source.read(_COPY_CHUNK):
            written += len(chunk)
            # One byte over the limit is enough for the reader to refuse the file as too large.
            copy.write(chunk[: max(0, max_bytes + 1 - (written - len(chunk)))])
            if written > max_bytes:
                return


def _single_root(folder: Path) -> Path:
    """An archive made of one folder of sub-folders is read as that folder."""
    entries = _children(folder)
    if len(entries) == 1 and entries[0].is_dir() and not any(_is_pdf(entry.name) for entry in _children(entries[0])):
        return entries[0]
    return folder
