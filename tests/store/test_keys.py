from dataclasses import replace
from datetime import UTC, datetime

from pipeline.analysis import ModelUsed, Provenance
from store.keys import analysis_key, document_key, dossier_id
from store.records import Dossier, DossierFile

FILES = (DossierFile("a.pdf", "a" * 64, 3), DossierFile("b.pdf", "b" * 64, 4))
DOSSIER = Dossier("1" * 64, "aquitaine-2014", "lot", "nom", 1, FILES, datetime(2026, 1, 1, tzinfo=UTC))
PROVENANCE = Provenance("0.1.0", "c" * 64, (ModelUsed("lexicon", "d" * 64), ModelUsed("encoder", "e" * 64)))


def test_a_dossier_is_its_call_batch_and_name() -> None:
    ids = {dossier_id("a", "b", "c"), dossier_id("ab", "", "c"), dossier_id("a", "bc", ""), dossier_id("a", "b", "d")}
    assert len(ids) == 4
    assert dossier_id("a", "b", "c") == dossier_id("a", "b", "c")


def test_a_document_depends_on_names_bytes_order_and_reading() -> None:
    others = [
        document_key(replace(DOSSIER, name="autre"), "1"),
        document_key(replace(DOSSIER, files=FILES[::-1]), "1"),
        document_key(replace(DOSSIER, files=FILES[:1]), "1"),
        document_key(replace(DOSSIER, files=(replace(FILES[0], name="c.pdf"), FILES[1])), "1"),
        document_key(replace(DOSSIER, files=(replace(FILES[0], sha256="c" * 64), FILES[1])), "1"),
        document_key(DOSSIER, "2"),
    ]
    assert len({document_key(DOSSIER, "1"), *others}) == 7


def test_a_document_does_not_depend_on_when_and_where_it_was_deposited() -> None:
    elsewhere = replace(DOSSIER, batch="autre", deposit=3, deposited_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert document_key(elsewhere, "1") == document_key(DOSSIER, "1")


def test_an_analysis_depends_on_the_document_and_the_whole_provenance() -> None:
    others = [
        analysis_key("2" * 64, PROVENANCE),
        analysis_key("1" * 64, replace(PROVENANCE, program_version="0.1.1")),
        analysis_key("1" * 64, replace(PROVENANCE, call_digest="d" * 64)),
        analysis_key("1" * 64, replace(PROVENANCE, models=PROVENANCE.models[:1])),
    ]
    assert len({analysis_key("1" * 64, PROVENANCE), *others}) == 5
