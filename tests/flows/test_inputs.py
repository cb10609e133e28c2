import os
import zipfile
from pathlib import Path

import pytest

from flows.inputs import Deposit, InvalidArchive, find_dossiers
from pipeline.errors import InputNotFound, NothingToRead

PDF = b"%PDF-1.4\n%%EOF\n"


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(PDF)


def find(source: Path, tmp_path: Path, max_bytes: int = 1000) -> Deposit:
    return find_dossiers(source, tmp_path / "scratch", max_bytes=max_bytes)


def names(deposit: Deposit) -> dict[str, list[str]]:
    return {dossier.name: [file.name for file in dossier.files] for dossier in deposit.dossiers}


def test_each_pdf_and_each_subfolder_is_a_dossier(tmp_path: Path) -> None:
    root = tmp_path / "depot"
    put(
        root,
        "Les Veilleurs.pdf",
        "B.PDF",
        "régie/statuts.pdf",
        "régie/annexes/budget.pdf",
        "régie/notes.docx",
        "lisez.txt",
    )
    deposit = find(root, tmp_path)
    assert names(deposit) == {
        "B": ["B.PDF"],
        "Les Veilleurs": ["Les Veilleurs.pdf"],
        "régie": ["annexes/budget.pdf", "statuts.pdf"],
    }
    assert deposit.not_read == ("lisez.txt", "régie/notes.docx")


def test_a_folder_of_folders_is_looked_into(tmp_path: Path) -> None:
    root = tmp_path / "depot"
    put(root, "2014/a/un.pdf", "2014/b/deux.pdf", "2014/notes.txt")
    deposit = find(root, tmp_path)
    assert names(deposit) == {"a": ["un.pdf"], "b": ["deux.pdf"]}
    assert deposit.not_read == ("2014/notes.txt",)


def test_two_dossiers_of_one_name_are_both_kept(tmp_path: Path) -> None:
    root = tmp_path / "depot"
    put(root, "a.pdf", "a/un.pdf", "x/A/deux.pdf")
    assert set(names(find(root, tmp_path))) == {"a", "a (2)", "A (3)"}


def test_hidden_and_system_files_are_passed_over(tmp_path: Path) -> None:
    root = tmp_path / "depot"
    put(root, "a.pdf", ".cache.pdf", "__MACOSX/._a.pdf", "Thumbs.db")
    assert names(find(root, tmp_path)) == {"a": ["a.pdf"]}


def test_results_inside_the_input_are_not_read_again(tmp_path: Path) -> None:
    root = tmp_path / "depot"
    put(root, "a.pdf", "resultats/b.pdf")
    deposit = find_dossiers(root, tmp_path / "scratch", max_bytes=1000, leave_out=root / "resultats")
    assert names(deposit) == {"a": ["a.pdf"]}


def test_a_single_pdf_is_a_dossier(tmp_path: Path) -> None:
    put(tmp_path, "seul.pdf")
    assert names(find(tmp_path / "seul.pdf", tmp_path)) == {"seul": ["seul.pdf"]}


def test_an_archive_is_read_like_its_folder(tmp_path: Path) -> None:
    archive = tmp_path / "envoi.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("envoi/a.pdf", PDF)
        opened.writestr("envoi/régie/statuts.pdf", PDF)
        opened.writestr("envoi/lisez.txt", b"bonjour")
    deposit = find(archive, tmp_path)
    assert names(deposit) == {"envoi": ["a.pdf", "régie/statuts.pdf"]}
    assert deposit.dossiers[0].files[0].path.read_bytes() == PDF


def test_an_archive_of_one_folder_of_folders_is_that_folder(tmp_path: Path) -> None:
    archive = tmp_path / "envoi.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("envoi/un/a.pdf", PDF)
        opened.writestr("envoi/deux/b.pdf", PDF)
    assert names(find(archive, tmp_path)) == {"deux": ["b.pdf"], "un": ["a.pdf"]}


def test_an_archive_never_writes_outside(tmp_path: Path) -> None:
    archive = tmp_path / "envoi.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("../../evade.pdf", PDF)
        opened.writestr("/absolu.pdf", PDF)
    deposit = find(archive, tmp_path)
    assert set(names(deposit)) == {"evade", "absolu"}
    assert not (tmp_path.parent / "evade.pdf").exists()
    assert all((tmp_path / "scratch") in dossier.files[0].path.parents for dossier in deposit.dossiers)


def test_a_bomb_in_an_archive_is_cut_one_byte_over_the_limit(tmp_path: Path) -> None:
    archive = tmp_path / "bombe.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("a.pdf", b"0" * 5_000_000)
    deposit = find(archive, tmp_path, max_bytes=1000)
    assert deposit.dossiers[0].files[0].path.stat().st_size == 1001


def test_a_damaged_archive_says_what_to_do(tmp_path: Path) -> None:
    archive = tmp_path / "envoi.zip"
    archive.write_bytes(b"PK\x03\x04 rien de bon")
    with pytest.raises(InvalidArchive) as caught:
        find(archive, tmp_path)
    assert "envoi.zip" in caught.value.message
    assert "est endommagée ou d'un format inconnu." in caught.value.message
    assert "Décompressez" in caught.value.advice


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound, match="n'existe pas"):
        find(tmp_path / "rien", tmp_path)
    (tmp_path / "notes.txt").write_text("bonjour")
    with pytest.raises(InputNotFound, match="ni un dossier, ni un PDF, ni une archive"):
        find(tmp_path / "notes.txt", tmp_path)
    (tmp_path / "vide").mkdir()
    with pytest.raises(NothingToRead, match="ne contient aucun fichier PDF"):
        find(tmp_path / "vide", tmp_path)


def test_a_name_that_is_no_utf8_is_still_a_name(tmp_path: Path) -> None:
    root = tmp_path / "depot"
    root.mkdir()
    Path(os.fsdecode(bytes(root) + b"/caf\xe9.pdf")).write_bytes(PDF)
    deposit = find(root, tmp_path)
    assert names(deposit) == {"caf?": ["caf?.pdf"]}
    assert deposit.dossiers[0].files[0].path.read_bytes() == PDF
