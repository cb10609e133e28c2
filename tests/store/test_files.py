import errno
import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from store.canonical import digest
from store.files import FileStore
from store.problems import AlteredFile, StoreFull, StoreNotWritable

CONTENT = "Projet d'habitat partagé".encode()
SHA256 = digest(CONTENT)


def files_under(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def files(home: Path) -> FileStore:
    return FileStore(home / "files")


def test_bytes_and_paths_are_kept_once_under_their_digest(files: FileStore, tmp_path: Path) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(CONTENT)
    assert files.put(CONTENT) == files.put(source) == files.put(CONTENT) == (SHA256, len(CONTENT))
    assert files_under(files.folder) == [files.folder / SHA256[:2] / SHA256[2:]]
    assert files.read(SHA256) == CONTENT
    assert files.checked_path(SHA256).read_bytes() == CONTENT


def test_an_empty_file_is_kept(files: FileStore) -> None:
    sha256, size = files.put(b"")
    assert (files.read(sha256), size) == (b"", 0)


def test_only_the_owner_reads(files: FileStore, home: Path) -> None:
    files.put(CONTENT)
    for path in [home, *home.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


@pytest.mark.parametrize("wrong", [CONTENT[:-1], CONTENT + b" ", b"", CONTENT[:-1] + b"!"])
def test_an_altered_file_is_not_given_and_is_put_right_by_depositing_again(files: FileStore, wrong: bytes) -> None:
    files.put(CONTENT)
    files.place(SHA256).write_bytes(wrong)
    with pytest.raises(AlteredFile, match="altéré"):
        files.read(SHA256)
    with pytest.raises(AlteredFile, match="altéré"):
        files.checked_path(SHA256)
    files.put(CONTENT)
    assert files.read(SHA256) == CONTENT


def test_a_missing_file_is_told(files: FileStore) -> None:
    with pytest.raises(AlteredFile, match="manque"):
        files.read(SHA256)
    with pytest.raises(AlteredFile, match="manque"):
        files.checked_path(SHA256)


def test_many_threads_keep_one_file(files: FileStore) -> None:
    content = CONTENT * 20_000
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(files.put, [content] * 32)) == {(digest(content), len(content))}
    assert len(files_under(files.folder)) == 1


def test_a_full_disk_is_told_and_leaves_nothing_behind(files: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(StoreFull, match="plus de place") as told:
        files.put(CONTENT)
    assert "Libérez" in told.value.advice
    assert files_under(files.folder) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StoreNotWritable):
        FileStore(tmp_path / "file" / "files")
    with pytest.raises(StoreNotWritable):
        FileStore(tmp_path / "file")


def test_a_source_that_cannot_be_read_is_not_a_problem_of_the_store(files: FileStore, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        files.put(tmp_path / "nowhere.pdf")


def test_what_a_killed_process_left_is_cleared_a_day_later(files: FileStore) -> None:
    old, young = files.folder / "incoming" / "old", files.folder / "incoming" / "young"
    old.write_bytes(CONTENT)
    young.write_bytes(CONTENT)
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    FileStore(files.folder)
    assert files_under(files.folder) == [young]
