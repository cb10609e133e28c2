import errno
import os
from pathlib import Path

import pytest

from flows.outputs.writing import OutputFull, OutputNameTaken, check_writable, write_together


def test_files_are_whole_and_for_their_owner_only(tmp_path: Path) -> None:
    write_together(tmp_path / "a", {"b.json": b"{}", "c.html": b"<p>"})
    assert {path.name: path.read_bytes() for path in (tmp_path / "a").iterdir()} == {"b.json": b"{}", "c.html": b"<p>"}
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "a").iterdir()} == {0o600}


def test_the_same_content_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    write_together(tmp_path, {"b.json": b"{}"})
    before = path.stat().st_ino
    write_together(tmp_path, {"b.json": b"{}"})
    assert path.stat().st_ino == before
    write_together(tmp_path, {"b.json": b"[]"})
    assert path.read_bytes() == b"[]"


def test_a_disk_that_fills_up_leaves_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_together(tmp_path / "ancien", {"b.json": b"{}", "c.html": b"<p>"})
    left = 2  # files that the disk has room for

    def full(_descriptor: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    write_together(tmp_path, {"seul": b"1"})
    with pytest.raises(OutputFull, match=r"c\.html.*le disque est plein"):
        write_together(tmp_path / "nouveau", {"b.json": b"[]", "c.html": b"<b>"})
    left = 1
    with pytest.raises(OutputFull):
        write_together(tmp_path / "ancien", {"b.json": b"[]", "c.html": b"<b>"})
    assert {path.name for path in tmp_path.iterdir()} == {"ancien", "seul"}
    assert {path.read_bytes() for path in (tmp_path / "ancien").iterdir()} == {b"{}", b"<p>"}


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(OutputNameTaken) as caught:
        write_together(tmp_path / "fichier", {"b.json": b"{}"})
    assert "--out" in caught.value.advice
    assert "un fichier porte déjà ce nom" in caught.value.message
    with pytest.raises(OutputNameTaken, match="un fichier porte déjà ce nom"):
        check_writable(tmp_path / "fichier")
    check_writable(tmp_path / "nouveau" / "dossier")
    assert list((tmp_path / "nouveau" / "dossier").iterdir()) == []
