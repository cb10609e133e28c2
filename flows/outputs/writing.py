"""Writing results so that a reader never meets half of them, and so that nothing is touched without need."""

import errno
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pipeline.errors import OutputNotWritable


class OutputForbidden(OutputNotWritable):
    """The user has no right to write there."""

    code = "output-forbidden"


class OutputReadOnly(OutputNotWritable):
    """The disk is not for writing."""

    code = "output-read-only"


class OutputFull(OutputNotWritable):
    """No room is left."""

    code = "output-full"


class OutputNameTaken(OutputNotWritable):
    """A file stands where a folder must be made, or the reverse."""

    code = "output-name-taken"


class OutputNameTooLong(OutputNotWritable):
    """The disk takes no name of this length."""

    code = "output-name-too-long"


_CAUSES = {
    errno.EACCES: (OutputForbidden, "accès refusé"),
    errno.EPERM: (OutputForbidden, "accès refusé"),
    errno.EROFS: (OutputReadOnly, "ce disque est en lecture seule"),
    errno.ENOSPC: (OutputFull, "le disque est plein"),
    errno.EDQUOT: (OutputFull, "la place qui vous est accordée sur le disque est épuisée"),
    errno.EEXIST: (OutputNameTaken, "un fichier porte déjà ce nom"),
    errno.ENOTDIR: (OutputNameTaken, "un fichier porte déjà ce nom"),
    errno.EISDIR: (OutputNameTaken, "un dossier porte déjà ce nom"),
    errno.ENAMETOOLONG: (OutputNameTooLong, "le nom est trop long"),
}
_UNKNOWN = (OutputNotWritable, "l'écriture a échoué")


def write_together(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Puts each content under its name in `folder`, all or none of them; those that are there already stay untouched.

    Raises:
        OutputNotWritable: one of them, which the message names, cannot be written.
    """
    made = False
    written: dict[Path, Path] = {}
    path = folder
    try:
        made = not folder.exists()
        for name, content in contents.items():
            path = folder / name
            if not (path.is_file() and path.read_bytes() == content):
                folder.mkdir(parents=True, exist_ok=True)
                written[path] = _written(folder, content)
        for path, temporary in written.items():
            temporary.replace(path)
    except BaseException as error:
        for temporary in written.values():
            temporary.unlink(missing_ok=True)
        if made:
            with suppress(OSError):  # it could not be made, or another command has results in it
                folder.rmdir()
        if isinstance(error, OSError):
            raise _not_writable(path, error) from error
        raise


def _written(folder: Path, content: bytes) -> Path:
    """A new file of `folder` that holds `content`, on the disk for good."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=folder)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o600)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def check_writable(folder: Path) -> None:
    """Makes `folder` where it is not there, before any long work is done for it.

    Raises:
        OutputNotWritable: results cannot be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return
    except OSError as error:
        raise _not_writable(folder, error) from error


def _not_writable(path: Path, error: OSError) -> OutputNotWritable:
    kind, cause = _CAUSES.get(error.errno or 0, _UNKNOWN)
    return kind(
        f"« {path} » ne peut pas être écrit : {cause}.",
        advice="Vérifiez vos droits et l'espace disque, ou choisissez un autre dossier avec --out.",
    )
