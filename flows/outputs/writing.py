"""Writing results so that a reader never meets half a file, and so that nothing is touched without need."""

import os
import tempfile
from pathlib import Path

from pipeline.errors import OutputNotWritable


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
        raise OutputNotWritable(
            f"« {path} » ne peut pas être écrit : {error.strerror}.",
            advice="Vérifiez vos droits et l'espace disque, ou choisissez un autre dossier avec --out.",
        ) from error
