"""Unpacking a .zip, which may have been made to do harm."""

import lzma
import shutil
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from pipeline.errors import InputNotFound

_MAX_FILES = 20_000
_COPY_CHUNK = 1 << 20
_SAYS_UTF_8 = 0x800
_SHARE_OF_DISK = 0.8  # of what is free: others need some too


class InvalidArchive(InputNotFound):
    """The .zip is damaged, encrypted, or not what it says."""

    code = "invalid-archive"
    advice = "Décompressez l'archive vous-même, puis donnez le dossier obtenu."


def is_archive(name: str) -> bool:
    return name.lower().endswith(".zip")


def unpack(archive: Path, scratch: Path, max_bytes: int, wanted: Callable[[str], bool]) -> Path:
    """The folder, under `scratch`, of the files of `archive` whose name is `wanted`; others only leave their name.

    Nothing is ever written out of `scratch`, whatever the names in the archive ask for. A file larger than
    `max_bytes` is cut one byte over, which is enough for its reader to refuse it as too large.

    Raises:
        InvalidArchive: damaged, encrypted, of too many files, or larger than the room that is left on the disk.
    """
    target = scratch / "archive"
    target.mkdir(parents=True)
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [member for member in opened.infolist() if not member.is_dir()]
            if len(members) > _MAX_FILES:
                raise InvalidArchive(f"L'archive « {archive.name} » contient trop de fichiers ({len(members)}).")
            kept = sum(min(member.file_size, max_bytes + 1) for member in members if wanted(_name(member)))
            if kept > shutil.disk_usage(target).free * _SHARE_OF_DISK:
                raise InvalidArchive(f"L'archive « {archive.name} » ne tient pas dans la place libre du disque.")
            for member in members:
                _unpack_member(opened, member, target, max_bytes, wanted)
    except (FileExistsError, IsADirectoryError, NotADirectoryError) as error:
        raise InvalidArchive(f"L'archive « {archive.name} » donne le même nom à plusieurs fichiers.") from error
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError) as error:
        raise InvalidArchive(f"L'archive « {archive.name} » est endommagée ou d'un format inconnu.") from error
    except RuntimeError as error:  # what zipfile raises for an encrypted member
        raise InvalidArchive(f"L'archive « {archive.name} » est protégée par un mot de passe.") from error
    return target


def _name(member: zipfile.ZipInfo) -> str:
    """The name of a member. Many systems write UTF-8 without saying so, and Windows in France writes code page 850."""
    if member.flag_bits & _SAYS_UTF_8:
        return member.filename
    raw = member.filename.encode("cp437")  # as which `zipfile` has read it
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp850")


def _unpack_member(
    opened: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, max_bytes: int, wanted: Callable[[str], bool]
) -> None:
    parts = [part for part in PurePosixPath(_name(member).replace("\\", "/")).parts if part not in {"/", "..", "."}]
    if not parts:
        return
    path = target.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not wanted(path.name):
        path.touch()
        return
    with opened.open(member) as source, path.open("wb") as copy:
        written = 0
        while chunk := source.read(_COPY_CHUNK):
            written += len(chunk)
            copy.write(chunk[: max(0, max_bytes + 1 - (written - len(chunk)))])
            if written > max_bytes:
                return
