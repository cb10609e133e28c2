"""Writing results so that a reader never meets half a file, and so that nothing is touched without need."""

import errno
import os
import tempfile
from pathlib import Path

from pipeline.errors import OutputNotWritable

_CAUSES = {
    errno.EACCES: "accès refusé",
    errno.EPERM: "accès refusé",
    errno.EROFS: "ce disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.EEXIST: "un fichier porte déjà ce nom",
    errno.ENOTDIR: "un fichier porte déjà ce nom",
    errno.ENAMETOOLONG: "le nom est trop long",
}


def write_atomically(path: Path, content: bytes) -> None:
    """Puts `content` at `path`, whole or not at all; leaves alone a file that holds just that already.

    Raises:
        OutputNotWritable: the place cannot be written.
    """
    try:
        if path.is_file() and path.read_bytes() == content:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o600)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _not_writable(path, error) from error


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
    cause = _CAUSES.get(error.errno or 0, "l'écriture a échoué")
    return OutputNotWritable(
        f"« {path} » ne peut pas être écrit : {cause}.",
        advice="Vérifiez vos droits et l'espace disque, ou choisissez un autre dossier avec --out.",
    )
