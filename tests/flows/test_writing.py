from pathlib import Path

import pytest

from flows.outputs.writing import check_writable, write_atomically
from pipeline.errors import OutputNotWritable


def test_the_file_is_whole_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.json"
    write_atomically(path, b"{}")
    assert path.read_bytes() == b"{}"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["b.json"]


def test_the_same_content_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    write_atomically(path, b"{}")
    before = path.stat().st_ino
    write_atomically(path, b"{}")
    assert path.stat().st_ino == before
    write_atomically(path, b"[]")
    assert path.read_bytes() == b"[]"


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(OutputNotWritable) as caught:
        write_atomically(tmp_path / "fichier" / "b.json", b"{}")
    assert "--out" in caught.value.advice
    assert "un fichier porte déjà ce nom" in caught.value.message
    with pytest.raises(OutputNotWritable, match="un fichier porte déjà ce nom"):
        check_writable(tmp_path / "fichier")
    check_writable(tmp_path / "nouveau" / "dossier")
    assert list((tmp_path / "nouveau" / "dossier").iterdir()) == []
