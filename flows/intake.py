"""An intake becomes dossiers: its files laid out as they were dropped, archives opened, each dossier deposited."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from flows.archives import InvalidArchive, is_archive, unpack
from flows.failures import system_code, unexpected_code
from flows.inputs import Deposit, DossierInput, gathered, is_pdf, sort_out
from flows.settings import MEBIBYTE
from flows.tools import Tools
from pipeline.errors import ReperesError
from store import dossiers, intakes, settling
from store.intakes import Grouping, Intake, IntakeItem, Result
from store.journal import Writing
from store.keys import ROOM_BATCH
from store.records import Dossier, DossierFile, NewFile

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
        refused = list(_lay_out(tools, files, base))
        among = _folder_of_dossiers(base)
        refused += _open_archives(base, among, intake.grouping, max_bytes)
        found = _found(base, among, intake)
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


def _open_archives(base: Path, among: Path, grouping: Grouping, max_bytes: int) -> list[IntakeItem]:
    """Opens the archives and those inside them; gives those that do not open.

    One that was dropped itself, or among the dossiers of a folder, is a folder of dossiers, below `_LOTS`; one inside a
    dossier or an archive is a folder in its place, as all are when everything makes one dossier.
    """
    (base / _LOTS).mkdir()
    refused: list[IntakeItem] = []
    if grouping is Grouping.SEPARATE:
        for archive in _archives(among.iterdir()):
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


def _found(base: Path, among: Path, intake: Intake) -> Deposit:
    """What was dropped, cut as `reperes run` cuts its input: the dossiers that are `among` others, and each archive."""
    loose, lots = base / _LOOSE, sorted((base / _LOTS).iterdir())
    entries = list(loose.iterdir())
    if intake.grouping is Grouping.TOGETHER and len(entries) == 1 and entries[0].is_dir():
        return gathered(entries[0], entries[0].name)
    if intake.grouping is Grouping.TOGETHER and len(entries) > 1:
        return gathered(loose, _plain(intake.name))
    folders = {"" if among == loose else f"{among.name}/": among}
    cut = sort_out(folders | {f"{lot.name}/": lot for lot in lots})
    if among == loose or lots or [file.path.parent for each in cut.dossiers for file in each.files] != [among]:
        return cut
    return Deposit(gathered(among, among.name).dossiers, cut.not_read)  # one file: named as among other folders


def _folder_of_dossiers(base: Path) -> Path:
    """Where each file and folder is a dossier: in a folder dropped alone; among other things it is one of them."""
    entries = list((base / _LOOSE).iterdir())
    return entries[0] if len(entries) == 1 and entries[0].is_dir() else base / _LOOSE


def _plain(name: str) -> str:
    """The name of an intake as that of a dossier, which may have to be that of a folder."""
    return name.replace("/", "-").strip(". ") or "dossier"


def _deposit(tools: Tools, intake: Intake, dossier: DossierInput, base: Path) -> IntakeItem:
    """Deposits a dossier, unless another has its name: then it is known with these files, or waits for people."""
    files, place = (
        tools.store.keep_files([NewFile(file.name, file.path) for file in dossier.files]),
        _place(dossier, base),
    )
    with tools.store.writing() as writing:
        if intake.target is not None:
            return _added(writing, intake, intake.target, files, place)
        known = settling.namesake(writing.connection, intake.call, ROOM_BATCH, dossier.name, files)
        if known is None:
            made = dossiers.deposit(writing, intake.call, ROOM_BATCH, dossier.name, files)
            return IntakeItem(place, Result.NEW, dossier_id=made.id, deposit=made.deposit)
    namesake, held = known
    if not held:
        return IntakeItem(place, Result.TO_SETTLE, dossier_id=namesake.id, pieces=files)
    result = Result.NEW if _is_of(intake, namesake) else Result.UNCHANGED
    return IntakeItem(place, result, dossier_id=namesake.id, deposit=namesake.deposit)


def _added(writing: Writing, intake: Intake, target: str, files: tuple[DossierFile, ...], place: str) -> IntakeItem:
    """The files go beside those of the dossier that the intake names."""
    known = dossiers.find(writing.connection, target, None)
    if settling.holds(known, files):
        result = Result.ADDED if _is_of(intake, known) else Result.UNCHANGED
        return IntakeItem(place, result, dossier_id=target, deposit=known.deposit)
    made = dossiers.deposit(writing, known.call, known.batch, known.name, settling.combined(known.files, files))
    return IntakeItem(place, Result.ADDED, dossier_id=target, deposit=made.deposit)


def _is_of(intake: Intake, deposited: Dossier) -> bool:
    """Told by its time, not by this process alone: an earlier one may have been cut off once it had deposited."""
    return intake.taken_at is None or deposited.deposited_at >= intake.taken_at


def _place(dossier: DossierInput, base: Path) -> str:
    """The file or folder of a dossier, as it was dropped."""
    paths = [file.path for file in dossier.files]
    place = paths[0] if len(paths) == 1 else Path(os.path.commonpath(paths))
    return _as_dropped(place, base) or dossier.name


def _as_dropped(path: Path, base: Path) -> str:
    return "/".join(path.relative_to(base).parts[1:])


def _refused(path: str, reason: str) -> IntakeItem:
    return IntakeItem(path, Result.REFUSED, reason)
