import os
import socket
import unicodedata
import zipfile
from pathlib import Path

import pytest

from flows.archives import InvalidArchive
from flows.inputs import Deposit, find_dossiers
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


def left_out(deposit: Deposit) -> dict[str, str]:
    return {item.name: item.why for item in deposit.not_read}


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
    assert left_out(deposit) == {"lisez.txt": "seuls les PDF sont lus", "régie/notes.docx": "seuls les PDF sont lus"}


def test_a_folder_of_folders_is_looked_into(tmp_path: Path) -> None:
    root = tmp_path / "depot"
    put(root, "2014/a/un.pdf", "2014/b/deux.pdf", "2014/notes.txt")
    deposit = find(root, tmp_path)
    assert names(deposit) == {"a": ["un.pdf"], "b": ["deux.pdf"]}
    assert set(left_out(deposit)) == {"2014/notes.txt"}


def test_two_dossiers_of_one_name_are_both_kept(tmp_path: Path) -> None:
    root = tmp_path / "depot"
    put(root, "a.pdf", "a/un.pdf", "x/A/deux.pdf")
    assert set(names(find(root, tmp_path))) == {"a", "a (2)", "A (3)"}


def test_no_dossier_takes_the_name_of_a_triage_table(tmp_path: Path) -> None:
    root = tmp_path / "depot"
    put(root, "tri.html.pdf", "TRI.xlsx.pdf", "tri.pdf")
    assert set(names(find(root, tmp_path))) == {"tri.html (2)", "TRI.xlsx (2)", "tri"}


def test_links_are_not_followed(tmp_path: Path) -> None:
    root = tmp_path / "depot"
    put(root, "a.pdf", "régie/un.pdf")
    (root / "boucle").symlink_to(root)
    (root / "régie" / "boucle").symlink_to(root)
    (root / "lien.pdf").symlink_to("/etc/hostname")
    (root / "soi.pdf").symlink_to(root / "soi.pdf")
    deposit = find(root, tmp_path)
    assert names(deposit) == {"a": ["a.pdf"], "régie": ["un.pdf"]}
    assert set(left_out(deposit)) == {"boucle", "lien.pdf", "régie/boucle", "soi.pdf"}
    assert all("lien symbolique" in why for why in left_out(deposit).values())


def test_a_link_given_as_the_input_is_followed(tmp_path: Path) -> None:
    put(tmp_path / "depot", "a.pdf")
    (tmp_path / "lien").symlink_to(tmp_path / "depot")
    assert set(names(find(tmp_path / "lien", tmp_path))) == {"a"}
    (tmp_path / "perdu").symlink_to(tmp_path / "rien")
    with pytest.raises(InputNotFound, match="un lien qui ne mène à rien"):
        find(tmp_path / "perdu", tmp_path)


def test_only_regular_files_are_opened(tmp_path: Path) -> None:
    root = tmp_path / "depot"
    put(root, "a.pdf", "régie/un.pdf")
    os.mkfifo(root / "tube.pdf")
    os.mkfifo(root / "régie" / "tube.pdf")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(root / "prise.pdf"))
        deposit = find(root, tmp_path)
    assert names(deposit) == {"a": ["a.pdf"], "régie": ["un.pdf"]}
    assert set(left_out(deposit)) == {"tube.pdf", "régie/tube.pdf", "prise.pdf"}
    with pytest.raises(InputNotFound, match="n'est pas un fichier ordinaire"):
        find(root / "tube.pdf", tmp_path)


def test_an_archive_in_a_folder_is_named_with_what_to_do(tmp_path: Path) -> None:
    root = tmp_path / "depot"
    put(root, "envoi.zip")
    with pytest.raises(NothingToRead) as caught:
        find(root, tmp_path)
    assert "envoi.zip" in caught.value.advice
    assert "décompressez-la" in caught.value.advice
    put(root, "a.pdf")
    assert "décompressez-la" in left_out(find(root, tmp_path))["envoi.zip"]


def test_what_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "depot"
    put(root, "a.pdf", "secret.pdf")
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != "secret.pdf")
    assert set(left_out(find(root, tmp_path))) == {"secret.pdf"}


def test_an_archive_whose_names_clash_is_refused(tmp_path: Path) -> None:
    archive = tmp_path / "envoi.zip"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("a", b"un fichier")
        opened.writestr("a/b.pdf", PDF)
    with pytest.raises(InvalidArchive, match="le même nom à plusieurs fichiers"):
        find(archive, tmp_path)


def test_hidden_and_system_files_are_passed_over(tmp_path: Path) -> None:
    root = tmp_path / "depot"
    put(root, "a.pdf", ".cache.pdf", "__MACOSX/._a.pdf", "Thumbs.db")
    assert names(find(root, tmp_path)) == {"a": ["a.pdf"]}


def test_results_inside_the_input_are_not_read_again(tmp_path: Path) -> None:
    root = tmp_path / "depot"
    put(root, "a.pdf", "resultats/b.pdf")
    deposit = find_dossiers(root, tmp_path / "scratch", max_bytes=1000, leave_out=root / "resultats")
    assert names(deposit) == {"a": ["a.pdf"]}


def test_results_of_the_program_are_passed_over_wherever_they_are(tmp_path: Path) -> None:
    root = tmp_path / "depot"
    put(root, "a.pdf", "régie/un.pdf", "fiche/dossier.html")
    put(root, "tri.html", "tri.xlsx", "a/dossier.html", "a/analysis.json", "régie/dossier.html", "régie/analysis.json")
    put(root, "avant/tri.html", "avant/tri.xlsx", "avant/a/dossier.html", "avant/a/analysis.json")
    deposit = find_dossiers(root, tmp_path / "scratch", max_bytes=1000, leave_out=root)
    assert names(deposit) == {"a": ["a.pdf"], "régie": ["un.pdf"]}
    assert set(left_out(deposit)) == {"fiche/dossier.html"}  # alone, it may be the applicant's


def test_dossiers_are_in_the_order_that_french_readers_expect(tmp_path: Path) -> None:
    root = tmp_path / "depot"
    put(root, "Zoé.pdf", "épicerie.pdf", "Eau.pdf", "étang/un.pdf", "note.txt", "écrit.txt")
    deposit = find(root, tmp_path)
    assert list(names(deposit)) == ["Eau", "épicerie", "étang", "Zoé"]
    assert list(left_out(deposit)) == ["écrit.txt", "note.txt"]


def test_names_that_only_their_encoding_tells_apart_are_numbered(tmp_path: Path) -> None:
    root = tmp_path / "depot"
    decomposed = unicodedata.normalize("NFD", "épicerie")
    put(root, "Épicerie.pdf", f"{decomposed}.pdf")
    found = {dossier.name: dossier.files[0].name for dossier in find(root, tmp_path).dossiers}
    assert found == {decomposed: f"{decomposed}.pdf", "Épicerie (2)": "Épicerie.pdf"}


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


@pytest.mark.parametrize("written_as", ["utf-8", "cp850"])
def test_names_in_an_archive_that_says_nothing_of_their_letters(tmp_path: Path, written_as: str) -> None:
    archive, name = tmp_path / "envoi.zip", "À l'été ç Êê.pdf"
    plain = f"{'x' * (len(name.encode(written_as)) - 4)}.pdf"
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr(plain, PDF)
    archive.write_bytes(archive.read_bytes().replace(plain.encode(), name.encode(written_as)))
    assert names(find(archive, tmp_path)) == {"À l'été ç Êê": [name]}


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
