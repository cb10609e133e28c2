"""What the user gives to read: a folder, one PDF or a .zip, cut into dossiers.

Each PDF that stands directly in the folder is one dossier; each sub-folder that holds PDFs is one dossier of
several files (PDFs in its own sub-folders belong to it). Everything else is named as not read, with the reason,
save what the program itself wrote there. A .zip is the folder of what it holds.

Symbolic links inside the input are not followed: they could lead out of it, or round in circles.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from flows.archives import is_archive, unpack
from flows.outputs.names import DOSSIER_NAMES, TRIAGE_NAMES
from pipeline.errors import InputNotFound, NothingToRead
from pipeline.text import alphabetical, same_name, typeset

_SYSTEM_NAMES = {"__MACOSX", "Thumbs.db", "desktop.ini"}


class LeftOut(StrEnum):
    """Why something in the input is not read."""

    NOT_A_PDF = "not-a-pdf-file"
    ARCHIVE = "archive-inside"
    LINK = "symbolic-link"
    SPECIAL = "special-file"
    FORBIDDEN = "forbidden"


_SAID = {
    LeftOut.NOT_A_PDF: "seuls les PDF sont lus",
    LeftOut.ARCHIVE: "cette archive n'est pas ouverte : donnez-la elle-même comme ENTRÉE, ou décompressez-la",
    LeftOut.LINK: "un lien symbolique n'est pas suivi : mettez à sa place le fichier ou le dossier lui-même",
    LeftOut.SPECIAL: "ce n'est pas un fichier ordinaire (tube, périphérique…) : il n'est pas ouvert",
    LeftOut.FORBIDDEN: "accès refusé : vérifiez vos droits",
}


@dataclass(frozen=True, slots=True)
class InputFile:
    """A PDF of a dossier: its name there (sub-folders joined by "/") and where its bytes are."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class DossierInput:
    """One dossier to instruct; no other of the input has the same name, as `pipeline.text.same_name` holds it."""

    name: str
    files: tuple[InputFile, ...]


@dataclass(frozen=True, slots=True)
class NotRead:
    """What is left out of the input: its path there, and why."""

    name: str
    reason: LeftOut

    @property
    def why(self) -> str:
        """In French."""
        return typeset(_SAID[self.reason])

    @property
    def told(self) -> str:
        return f"{self.name} – {self.why}"


@dataclass(frozen=True, slots=True)
class Deposit:
    """The dossiers of an input, by name, and what is not read."""

    dossiers: tuple[DossierInput, ...]
    not_read: tuple[NotRead, ...]


def find_dossiers(source: Path, scratch: Path, *, max_bytes: int, leave_out: Path | None = None) -> Deposit:
    """Lists the dossiers of `source`; a .zip is unpacked under `scratch`, at most `max_bytes` per file.

    Nothing under `leave_out` (where results are written) is looked at.

    Raises:
        InputNotFound: `source` does not exist, cannot be read, or is a file of another kind.
        InvalidArchive: the .zip cannot be unpacked.
        NothingToRead: there is no PDF in it.
    """
    try:
        deposit = _deposit(source, scratch, max_bytes, leave_out)
    except PermissionError as error:
        raise InputNotFound(
            f"« {source} » ne peut pas être lu : accès refusé.", advice="Vérifiez vos droits sur ce dossier."
        ) from error
    if not deposit.dossiers:
        raise _nothing_to_read(source, deposit.not_read)
    return deposit


def sort_out(folders: Mapping[str, Path]) -> Deposit:
    """The dossiers of folders given together, each cut by the same rule; one without a PDF gives none.

    `folders` are by what the names of what is not read there begin with: "lot.zip/".
    """
    return _Sorting(None).folders(folders)


def gathered(folder: Path, name: str) -> Deposit:
    """All the PDFs below a folder as one dossier, called `name`; none when there is no PDF."""
    return _Sorting(None).gathered(folder, name)


def _deposit(source: Path, scratch: Path, max_bytes: int, leave_out: Path | None) -> Deposit:
    if not os.path.lexists(source):
        raise InputNotFound(f"« {source} » n'existe pas.", advice="Vérifiez le chemin donné.")
    if source.is_symlink() and not source.exists():
        raise InputNotFound(f"« {source} » est un lien qui ne mène à rien.", advice="Donnez le dossier lui-même.")
    if source.is_dir():
        return _Sorting(leave_out).folders({"": source})
    if not (is_pdf(source.name) or is_archive(source.name)):
        raise InputNotFound(
            f"« {source} » n'est ni un dossier, ni un PDF, ni une archive .zip.", advice=NothingToRead.advice
        )
    if not source.is_file():
        raise InputNotFound(f"« {source} » n'est pas un fichier ordinaire.", advice=NothingToRead.advice)
    with source.open("rb"):  # what may not be opened is said before anything is written
        pass
    if is_pdf(source.name):
        return _Sorting(None).single(source)
    return sort_out({"": _single_root(unpack(source, scratch, max_bytes, is_pdf))})


def _nothing_to_read(source: Path, not_read: tuple[NotRead, ...]) -> NothingToRead:
    left_out = [item for item in not_read if item.reason is not LeftOut.NOT_A_PDF]
    if not left_out:
        return NothingToRead(f"« {source} » ne contient aucun fichier PDF.")
    # A PDF to come may be in an archive or behind a link: what to do about the first says it for all.
    return NothingToRead(
        f"« {source} » ne contient aucun fichier PDF à lire.", advice="\n".join(item.told for item in left_out[:3])
    )


def is_pdf(name: str) -> bool:
    """Whether a file's name says that it is a PDF."""
    return name.lower().endswith(".pdf")


def _stem(name: str) -> str:
    return name[: -len(".pdf")]


def _readable(name: str) -> str:
    """A name that can be written anywhere: bytes that are no UTF-8 are shown as "?"."""
    return name.encode("utf-8", "replace").decode()


def _why_not(path: Path) -> LeftOut | None:
    """Why an entry is left out of the input, None for a folder or a PDF that can be read."""
    if path.is_symlink():
        return LeftOut.LINK
    if path.is_dir():
        return None if os.access(path, os.R_OK | os.X_OK) else LeftOut.FORBIDDEN
    if not path.is_file():
        return LeftOut.SPECIAL
    if is_archive(path.name):
        return LeftOut.ARCHIVE
    if not is_pdf(path.name):
        return LeftOut.NOT_A_PDF
    return None if os.access(path, os.R_OK) else LeftOut.FORBIDDEN


@dataclass
class _Sorting:
    """The work of cutting one input into dossiers."""

    leave_out: Path | None
    not_read: list[NotRead] = field(default_factory=list)
    taken: set[str] = field(default_factory=lambda: set(TRIAGE_NAMES))

    def single(self, path: Path) -> Deposit:
        return Deposit((self._alone(path),), ())

    def folders(self, folders: Mapping[str, Path]) -> Deposit:
        return self._in_order([each for label, folder in folders.items() for each in self._folder(folder, label)])

    def gathered(self, folder: Path, name: str) -> Deposit:
        paths = [path for entry in self._entries(folder, "") for path in self._files(entry, "")]
        return self._in_order([self._of_several(name, folder, paths)] if paths else [])

    def _in_order(self, dossiers: list[DossierInput]) -> Deposit:
        in_order = sorted(dossiers, key=lambda dossier: alphabetical(dossier.name))
        return Deposit(tuple(in_order), tuple(sorted(self.not_read, key=lambda item: alphabetical(item.name))))

    def _folder(self, folder: Path, label: str) -> Iterator[DossierInput]:
        for entry in self._entries(folder, label):
            if entry.is_dir():
                yield from self._subfolder(entry, f"{label}{entry.name}/")
            else:
                yield self._alone(entry)

    def _subfolder(self, folder: Path, label: str) -> list[DossierInput]:
        entries = self._entries(folder, label)
        if any(not entry.is_dir() for entry in entries):
            paths = [path for entry in entries for path in self._files(entry, label)]
            return [self._of_several(folder.name, folder, paths)]
        return [dossier for entry in entries for dossier in self._subfolder(entry, f"{label}{entry.name}/")]

    def _files(self, entry: Path, label: str) -> Iterator[Path]:
        """The PDFs of an entry of a dossier: itself, or all those below it."""
        if not entry.is_dir():
            yield entry
            return
        for below in self._entries(entry, f"{label}{entry.name}/"):
            yield from self._files(below, f"{label}{entry.name}/")

    def _entries(self, folder: Path, label: str) -> list[Path]:
        """The folders and PDFs in `folder`, in order; the rest is put down as not read, under `label`."""
        kept = []
        for entry in _children(folder, self.leave_out):
            why = _why_not(entry)
            if why is None:
                kept.append(entry)
            else:
                self.not_read.append(NotRead(_readable(f"{label}{entry.name}"), why))
        return kept

    def _alone(self, path: Path) -> DossierInput:
        """A dossier made of one PDF."""
        return DossierInput(self._unique(_stem(path.name)), (InputFile(_readable(path.name), path),))

    def _of_several(self, name: str, folder: Path, paths: list[Path]) -> DossierInput:
        files = [InputFile(_readable(path.relative_to(folder).as_posix()), path) for path in paths]
        return DossierInput(self._unique(name), tuple(files))

    def _unique(self, name: str) -> str:
        """`name`, or `name (2)`... when it is taken, as systems that copy results may hold it."""
        name = _readable(name)
        candidate, number = name, 1
        while same_name(candidate) in self.taken:
            number += 1
            candidate = f"{name} ({number})"
        self.taken.add(same_name(candidate))
        return candidate


def _children(folder: Path, leave_out: Path | None = None) -> list[Path]:
    entries = sorted(entry for entry in folder.iterdir() if not _ignored(entry, leave_out))
    own = _own_results(entries)
    return [entry for entry in entries if entry.name not in own]


def _own_results(entries: list[Path]) -> set[str]:
    """The names of results of the program among the entries of a folder: they always come together."""
    names = {entry.name for entry in entries if entry.name in TRIAGE_NAMES | DOSSIER_NAMES and entry.is_file()}
    return {name for results in (TRIAGE_NAMES, DOSSIER_NAMES) if results <= names for name in results}


def _ignored(path: Path, leave_out: Path | None) -> bool:
    hidden = path.name.startswith(".") or path.name in _SYSTEM_NAMES
    return hidden or (leave_out is not None and not path.is_symlink() and path.resolve() == leave_out.resolve())


def _single_root(folder: Path) -> Path:
    """An archive made of one folder of sub-folders is read as that folder."""
    entries = _children(folder)
    if len(entries) == 1 and entries[0].is_dir() and not any(is_pdf(entry.name) for entry in _children(entries[0])):
        return entries[0]
    return folder
