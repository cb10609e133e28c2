"""An intake becomes dossiers: its files laid out as they were dropped, archives opened, each dossier deposited."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from flows.archives import InvalidArchive, is_archive, unpack
from flows.failures import system_code, unexpected_code
from flows.inputs import Deposit, DossierInput, gathered, is_pdf, sort_out
from flows.settings import MEBIBYTE
from flows.tools import Tools
from pipeline.errors import ReperesError
from store import intakes
from store.intakes import Grouping, Intake, IntakeItem, Result
from store.keys import ROOM_BATCH
from store.records import DossierFile, NewFile

_DEEPEST_ARCHIVE = 3  # archives in archives
_NAME_TAKEN = "name-taken"
_NOTHING = "nothing-to-read"
_LOOSE, _LOTS = "loose", "lots"  # below the folder where an intake is laid out


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
        not_sent = [_refused(path, reason) for path, reason in intakes.left_out(connection, intake.id).items()]
    scratch = _scratch(tools.settings.home)
    scratch.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        base = Path(folder)
        max_bytes = tools.settings.max_file_mb * MEBIBYTE
        refused = [*_lay_out(tools, files, base), *_open_archives(base, intake.grouping, max_bytes)]
        found = _found(base, intake)
        items = [_deposit(tools, intake, dossier, base) for dossier in found.dossiers]
    left_out = [_refused(item.name, item.reason) for item in found.not_read]
    made = [*items, *left_out, *refused] or [_refused(file.name, _NOTHING) for file in files]
    return [*made, *not_sent]


def _lay_out(tools: Tools, files: tuple[DossierFile, ...], base: Path) -> Iterator[IntakeItem]:
    """Puts the files where they were dropped, below `_LOOSE`; gives those for which there is no place."""
    (base / _LOOSE).mkdir()
    for file in files:
        kept, place = tools.store.file_path(file.sha256), base / _LOOSE / file.name
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


def _open_archives(base: Path, grouping: Grouping, max_bytes: int) -> list[IntakeItem]:
    """Opens the archives and those inside them; gives those that do not open.

    One that was dropped itself is a folder of dossiers, below `_LOTS`; one inside a folder or an archive is a folder in
    its place, as all are when everything makes one dossier.
    """
    (base / _LOTS).mkdir()
    refused: list[IntakeItem] = []
    if grouping is Grouping.SEPARATE:
        for archive in _archives(base.glob(f"{_LOOSE}/*")):
            refused += _open(archive, base / _LOTS / archive.name, base, max_bytes)
    for _ in range(_DEEPEST_ARCHIVE):
        for archive in _archives(base.rglob("*")):
            refused += _open(archive, archive.with_name(archive.name[: -len(".zip")]), base, max_bytes)
    return refused


def _archives(paths: Iterable[Path]) -> list[Path]:
    return sorted(path for path in paths if path.is_file() and is_archive(path.name))


def _open(archive: Path, place: Path, base: Path, max_bytes: int) -> Iterator[IntakeItem]:
    """Takes an archive away and puts what it holds at `place`; tells when it cannot."""
    with tempfile.TemporaryDirectory(dir=base.parent) as scratch:
        held = archive.rename(Path(scratch) / archive.name)
        try:
            unpack(held, Path(scratch), max_bytes, _is_wanted).rename(place)
        except InvalidArchive as error:
            yield _refused(_as_dropped(archive, base), error.code)
        except OSError:
            if not place.exists():
                raise
            yield _refused(_as_dropped(archive, base), _NAME_TAKEN)


def _is_wanted(name: str) -> bool:
    return is_pdf(name) or is_archive(name)


def _found(base: Path, intake: Intake) -> Deposit:
    """What was dropped, cut as `reperes run` cuts its input: all that is loose, and each archive."""
    loose, lots = base / _LOOSE, sorted((base / _LOTS).iterdir())
    entries = list(loose.iterdir())
    alone = entries[0] if len(entries) == 1 and entries[0].is_dir() and not lots else None
    if intake.grouping is Grouping.TOGETHER and alone:
        return gathered(alone, alone.name)
    if intake.grouping is Grouping.TOGETHER and len(entries) > 1:
        return gathered(loose, _plain(intake.name))
    # A folder dropped alone is the folder of the dossiers; among other things it is one of them.
    folders = {f"{alone.name}/": alone} if alone else {"": loose}
    return sort_out(folders | {f"{lot.name}/": lot for lot in lots})


def _plain(name: str) -> str:
    """The name of an intake as that of a dossier, which may have to be that of a folder."""
    return name.replace("/", "-").strip(". ") or "dossier"


def _deposit(tools: Tools, intake: Intake, dossier: DossierInput, base: Path) -> IntakeItem:
    files = [NewFile(file.name, file.path) for file in dossier.files]
    kept = tools.store.deposit(intake.call, ROOM_BATCH, dossier.name, files)
    result = _result(kept.deposit, kept.deposited_at, intake)
    return IntakeItem(_place(dossier, base), result, dossier_id=kept.id, deposit=kept.deposit)


def _result(deposit: int, deposited_at: datetime, intake: Intake) -> Result:
    """Told by its time, not by this process alone: an earlier one may have been cut off once it had deposited."""
    if intake.taken_at is not None and deposited_at < intake.taken_at:
        return Result.UNCHANGED
    return Result.NEW if deposit == 1 else Result.REPLACED


def _place(dossier: DossierInput, base: Path) -> str:
    """The file or folder of a dossier, as it was dropped."""
    paths = [file.path for file in dossier.files]
    place = paths[0] if len(paths) == 1 else Path(os.path.commonpath(paths))
    return _as_dropped(place, base) or dossier.name


def _as_dropped(path: Path, base: Path) -> str:
    return "/".join(path.relative_to(base).parts[1:])


def _refused(path: str, reason: str) -> IntakeItem:
    return IntakeItem(path, Result.REFUSED, reason)
