from pathlib import Path

import pytest

from store.database import Store
from store.keys import document_key
from store.problems import AlteredFile, NotInStore
from store.records import Action, NewFile
from tests.store.work import CALL, deposit


def test_a_dossier_is_given_back_as_it_was_deposited(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "quelconque"
    path.write_bytes(b"%PDF-1.4 statuts")
    files = [NewFile("Projet été.pdf", b"%PDF-1.7"), NewFile("Statuts.pdf", path)]
    dossier = store.deposit(CALL, "lot 1", "Association Ô Soleil", files)
    assert (dossier.call, dossier.batch, dossier.name) == (CALL, "lot 1", "Association Ô Soleil")
    assert [(file.name, file.size) for file in dossier.files] == [("Projet été.pdf", 8), ("Statuts.pdf", 16)]
    assert store.file(dossier.files[1].sha256) == store.file_path(dossier.files[1].sha256).read_bytes()
    assert store.dossier(dossier.id) == dossier
    assert dossier.deposited_at.utcoffset() is not None


def test_the_same_deposit_again_changes_nothing(store: Store) -> None:
    dossier = deposit(store)
    head = store.head()
    assert deposit(store) == dossier
    assert store.head() == head


def test_other_files_make_a_new_deposit_of_the_same_dossier(store: Store) -> None:
    first, second, third = deposit(store), deposit(store, content=b"%PDF-1.7 amended"), deposit(store)
    assert first.id == second.id == third.id
    assert [dossier.deposit for dossier in (first, second, third)] == [1, 2, 3]
    assert store.dossier(first.id) == third
    assert store.dossier(first.id, 1) == first
    assert store.dossier(first.id, 2) == second
    assert third.files == first.files != second.files


def test_dossiers_are_listed_by_call_and_batch(store: Store) -> None:
    b, a = deposit(store, "b"), deposit(store, "a")
    other = deposit(store, "a", batch="autre")
    assert store.dossiers() == (other, a, b)
    assert store.dossiers(batch="lot") == (a, b)
    assert store.dossiers(call="alpc-2016") == ()


def test_the_journal_tells_the_deposit_by_digests_only(store: Store) -> None:
    dossier = store.deposit(CALL, "lot", "Les Amis de Mme Durand", [NewFile("CV Durand.pdf", b"%PDF")])
    (told,) = store.journal()
    assert (told.action, told.subject, told.actor) == (Action.DOSSIER_DEPOSITED, f"dossier:{dossier.id}", "machine")
    assert told.data["files"] == (dossier.files[0].sha256,)
    assert "Durand" not in str(told)


def test_files_of_one_name_are_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="same name"):
        store.deposit(CALL, "lot", "dossier", [NewFile("a.pdf", b"1"), NewFile("a.pdf", b"2")])
    assert store.journal() == ()


def test_a_dossier_without_files_can_be_deposited(store: Store) -> None:
    assert store.deposit(CALL, "lot", "vide", []).files == ()
    assert store.verify().sound


def test_what_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(NotInStore):
        store.dossier("0" * 64)
    with pytest.raises(NotInStore):
        store.dossier(deposit(store).id, 2)


def test_a_document_is_kept_under_its_key(store: Store) -> None:
    dossier = deposit(store)
    key = document_key(dossier, "1")
    assert store.cached_document(key) is None
    kept = store.keep_document(dossier.id, key, b"text")
    head = store.head()
    assert store.cached_document(key) == kept == store.keep_document(dossier.id, key, b"text")
    assert store.head() == head
    assert store.journal(action=Action.DOCUMENT_READ)[0].data == {"key": key, "document": kept.digest}


def test_a_document_read_better_takes_the_place_of_the_former_whose_bytes_stay(store: Store) -> None:
    dossier = deposit(store)
    key = document_key(dossier, "1")
    former = store.keep_document(dossier.id, key, b"without OCR")
    assert store.cached_document(key) == former
    later = store.keep_document(dossier.id, key, b"with OCR")
    assert store.cached_document(key) == later
    assert store.file(former.digest) == b"without OCR"
    assert store.verify().sound


def test_a_document_whose_file_is_gone_is_to_be_read_again_and_an_altered_one_is_told(store: Store) -> None:
    dossier = deposit(store)
    key = document_key(dossier, "1")
    kept = store.keep_document(dossier.id, key, b"text")
    path = store.file_path(kept.digest)
    path.write_bytes(b"tampered")
    with pytest.raises(AlteredFile):
        store.cached_document(key)
    path.unlink()
    assert store.cached_document(key) is None
    assert store.keep_document(dossier.id, key, b"text") == kept == store.cached_document(key)
