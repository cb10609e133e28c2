"""An intake becomes dossiers: its files laid out as they were dropped, archives opened, each dossier deposited."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from flows.archives import InvalidArchive, is_archive, unpack
from flows.failures import system_code, unexpected_code
from flows.inputs import DossierInput, find_dossiers, is_pdf
from flows.settings import MEBIBYTE
from flows.tools import Tools
from pipeline.errors import NothingToRead, ReperesError
from store import intakes
from store.intakes import Grouping, Intake, IntakeItem, Result
from store.keys import ROOM_BATCH
from store.records import DossierFile, NewFile

_DEEPEST_ARCHIVE = 3  # archives in archives
_NAME_TAKEN = "name-taken"


def deposit_intake(tools: Tools, intake: Intake) -> None:
    """Deposits the dossiers of an intake and says what became of everything in it. Done again, it says the same."""
    try:
        items = _deposited(tools, intake)
    except Exception as error:  # whatever it is, it must not hold up the intakes of others
        code = _code(error)
        with tools.store.writing() as writing:
            intakes.fail(writing, intake.id, code)
        return
    with tools.store.writing() as writing:
        intakes.say(writing, intake.id, items)


def _code(error: Exception) -> str:
    if isinstance(error, ReperesError):
        return error.code
    return system_code(error) if isinstance(error, OSError) else unexpected_code(error)


def clear_scratch(home: Path) -> None:
    """Takes away what workers that were killed had laid out."""
    shutil.rmtree(_scratch(home), ignore_errors=True)


def _scratch(home: Path) -> Path:
    """In the folder of the store, so that laying out a file costs no copy of it."""
    return home / "intakes"


def _deposited(tools: Tools, intake: Intake) -> list[IntakeItem]:
    with tools.store.reading() as connection:
        files = intakes.files(connection, intake.id)
    scratch = _scratch(tools.settings.home)
    scratch.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        root = Path(folder) / "drop"
        root.mkdir()
        refused = [*_lay_out(tools, files, root), *_open_archives(root, tools.settings.max_file_mb * MEBIBYTE)]
        try:
            found = find_dossiers(_input(root, intake.grouping), Path(folder), max_bytes=0)
        except NothingToRead:
            return refused or [_refused(file.name, "nothing-to-read") for file in files]
        items = [_deposit(tools, intake, dossier, root) for dossier in found.dossiers]
    left_out = [_refused(item.name, item.reason) for item in found.not_read]
    return [*items, *left_out, *refused]


def _lay_out(tools: Tools, files: tuple[DossierFile, ...], root: Path) -> Iterator[IntakeItem]:
    """Puts the files where they were dropped; gives those for which there is no place."""
    for file in files:
        kept, place = tools.store.file_path(file.sha256), root / file.name
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            _link(kept, place)
        except (FileExistsError, NotADirectoryError):
            yield _refused(file.name, _NAME_TAKEN)


def _link(kept: Path, place: Path) -> None:
    try:
        os.link(kept, place)
    except PermissionError:  # some file systems know no links
        shutil.copyfile(kept, place)


def _open_archives(root: Path, max_bytes: int) -> list[IntakeItem]:
    """Puts a folder in the place of each archive, and of those inside; gives those that do not open."""
    refused = []
    for _ in range(_DEEPEST_ARCHIVE):
        for archive in sorted(path for path in root.rglob("*") if path.is_file() and is_archive(path.name)):
            name = archive.relative_to(root).as_posix()
            opened = archive.with_name(archive.name[: -len(".zip")])
            with tempfile.TemporaryDirectory(dir=root.parent) as scratch:
                try:
                    unpack(archive, Path(scratch), max_bytes, _is_wanted).rename(opened)
                except InvalidArchive as error:
                    refused.append(_refused(name, error.code))
                except OSError:
                    if not opened.exists():
                        raise
                    refused.append(_refused(name, _NAME_TAKEN))
            archive.unlink()
    return refused


def _is_wanted(name: str) -> bool:
    return is_pdf(name) or is_archive(name)


def _input(root: Path, grouping: Grouping) -> Path:
    """What is cut into dossiers: the one folder that was dropped, as `reperes run` is given one, or all that was."""
    entries = list(root.iterdir())
    alone = grouping is Grouping.SEPARATE and len(entries) == 1 and entries[0].is_dir()
    return entries[0] if alone else root


def _deposit(tools: Tools, intake: Intake, dossier: DossierInput, root: Path) -> IntakeItem:
    files = [NewFile(file.name, file.path) for file in dossier.files]
    kept = tools.store.deposit(intake.call, ROOM_BATCH, dossier.name, files)
    result = _result(kept.deposit, kept.deposited_at, intake)
    return IntakeItem(_place(dossier, root), result, dossier_id=kept.id, deposit=kept.deposit)


def _result(deposit: int, deposited_at: datetime, intake: Intake) -> Result:
    """Told by its time, not by this process alone: an earlier one may have been cut off once it had deposited."""
    if intake.taken_at is not None and deposited_at < intake.taken_at:
        return Result.UNCHANGED
    return Result.NEW if deposit == 1 else Result.REPLACED


def _place(dossier: DossierInput, root: Path) -> str:
    """The file or folder of a dossier, as it was dropped."""
    paths = [file.path for file in dossier.files]
    place = paths[0] if len(paths) == 1 else Path(os.path.commonpath(paths))
    return place.relative_to(root).as_posix()


def _refused(path: str, reason: str) -> IntakeItem:
    return IntakeItem(path, Result.REFUSED, reason)
