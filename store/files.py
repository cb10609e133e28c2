"""Files kept by the SHA-256 of their bytes: `files/ab/cdef…`, each once, written whole or not at all.

They hold the text of dossiers, so only their owner may read them (folders 0700, files 0600).
"""

import os
import shutil
import time
from collections.abc import Callable
from hashlib import file_digest
from io import BufferedReader, BytesIO
from pathlib import Path
from uuid import uuid4

from store.canonical import digest
from store.problems import AlteredFile, told_plainly

_STALE_SECONDS = 24 * 3600

_Source = BufferedReader | BytesIO


class FileStore:
    """Safe for many threads and processes: a file comes to its name by one rename, once its bytes are on the disk."""

    def __init__(self, folder: Path) -> None:
        """Makes the folder where needed, and clears what killed processes left half-written a day ago or more.

        Raises:
            StoreProblem: the folder cannot be made or written.
        """
        self.folder = folder
        self._incoming = folder / "incoming"
        with told_plainly(str(folder)):
            make_private_folder(folder)
            make_private_folder(self._incoming)
            _clear_stale(self._incoming)

    def place(self, sha256: str) -> Path:
        """Where the file of this digest is, or would be."""
        return self.folder / sha256[:2] / sha256[2:]

    def put(self, content: bytes | Path) -> tuple[str, int]:
        """Keeps the bytes, or those of the file at a path; gives their digest and their number.

        Raises:
            StoreProblem: no room, no right to write.
            OSError: the path to copy from cannot be read.
        """
        if isinstance(content, bytes):
            return self._put(lambda: BytesIO(content))
        return self._put(lambda: content.open("rb"))

    def incoming(self) -> Path:
        """A path for a file on its way in, which `put` is given once it is whole: forgotten there, it goes in a day."""
        return self._incoming / uuid4().hex

    def read(self, sha256: str) -> bytes:
        """The bytes, verified.

        Raises:
            AlteredFile: they are missing, or are no longer those of this digest.
        """
        place = self.place(sha256)
        try:
            with told_plainly(str(self.folder)):
                content = place.read_bytes()
        except FileNotFoundError as error:
            raise _missing(place) from error
        if digest(content) != sha256:
            raise _altered(place)
        return content

    def checked_path(self, sha256: str) -> Path:
        """The path of the file, verified now, for programs that read from a path.

        Raises:
            AlteredFile: it is missing, or its bytes are no longer those of this digest.
        """
        place = self.place(sha256)
        if not place.exists():
            raise _missing(place)
        if not self.holds(sha256):
            raise _altered(place)
        return place

    def holds(self, sha256: str) -> bool:
        """Whether the file is there with the right bytes."""
        try:
            with told_plainly(str(self.folder)), self.place(sha256).open("rb") as file:
                return file_digest(file, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def _put(self, open_source: Callable[[], _Source]) -> tuple[str, int]:
        with open_source() as source:
            sha256 = file_digest(source, "sha256").hexdigest()
            source.seek(0)
            # Checked, not only looked for: a file altered since is put right by depositing it again.
            if self.holds(sha256):
                return sha256, source.seek(0, os.SEEK_END)
            return self._write(source)

    def _write(self, source: _Source) -> tuple[str, int]:
        temporary = self.incoming()
        with told_plainly(str(self.folder)):
            try:
                with open(temporary, "xb", opener=_private_opener) as target:
                    shutil.copyfileobj(source, target, 1 << 20)
                    target.flush()
                    os.fsync(target.fileno())
                    size = target.tell()
                # The digest of what was written: a source that changes while it is copied is kept as it was copied.
                with temporary.open("rb") as written:
                    sha256 = file_digest(written, "sha256").hexdigest()
                place = self.place(sha256)
                make_private_folder(place.parent)
                temporary.replace(place)
                _sync_folder(place.parent)
            finally:
                temporary.unlink(missing_ok=True)
        return sha256, size


def make_private_folder(folder: Path) -> None:
    """Makes the folder and its parents; one that is made here is for its owner alone.

    Raises:
        OSError: it cannot be made.
    """
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        make_private_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync_folder(folder.parent)


def _missing(place: Path) -> AlteredFile:
    return AlteredFile(f"Un fichier de la base de travail manque : « {place} ».")


def _altered(place: Path) -> AlteredFile:
    return AlteredFile(f"Un fichier de la base de travail a été altéré : « {place} ».")


def _private_opener(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync_folder(folder: Path) -> None:
    """Makes the names in the folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _clear_stale(folder: Path) -> None:
    limit = time.time() - _STALE_SECONDS
    for path in folder.iterdir():
        try:
            if path.stat().st_mtime < limit:
                path.unlink()
        except FileNotFoundError:
            continue  # another process has just cleared it, or has just finished writing it
