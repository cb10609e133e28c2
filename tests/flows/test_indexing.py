"""What the index holds of an analysis, and when it is filled."""

from dataclasses import replace
from pathlib import Path

import pytest

from flows.indexing import index_entry, index_what_is_not, keep_index
from flows.settings import Settings
from flows.tools import Tools
from pipeline.analysis import Analysis, Fact, Finding, SectionStatus
from pipeline.analysis_codec import encode_analysis
from pipeline.calls.parser import load_call
from pipeline.document import Document, PageState
from pipeline.document_codec import encode_document
from store import index
from store.database import open_store
from store.index import IndexEntry
from store.index_tables import index_dossiers
from store.records import Dossier, ItemState, NewFile, StoredAnalysis
from store.search import found
from tests.flows.analyses import HOSTILE, analysis, unreadable
from tests.flows.room import CALL

TEXT = "L’association cultive des jardins partagés.\nPage 1"


@pytest.fixture
def tools(tmp_path: Path) -> Tools:
    return Tools(Settings(home=tmp_path / "home"), open_store(tmp_path / "home"), None, None)  # type: ignore[arg-type]


def kept(tools: Tools, made: Analysis) -> tuple[Dossier, StoredAnalysis, Document]:
    """The analysis as a run of an older program left it: in the store, and not in the index."""
    document = Document(made.dossier, made.files, made.pages, TEXT, TEXT.index("\n"), (), (), (), ())
    dossier = tools.store.deposit(CALL, "lot", made.dossier, [NewFile("a.pdf", made.dossier.encode())])
    cached = tools.store.keep_document(dossier.id, "a" * 64, encode_document(document))
    stored = tools.store.append_analysis(dossier.id, "b" * 64, cached.digest, encode_analysis(made))
    run = tools.store.open_run(CALL, "lot", "f" * 64)
    tools.store.enrol(run.id, dossier)
    tools.store.advance(run.id, dossier.id, ItemState.READ)
    tools.store.advance(run.id, dossier.id, ItemState.ANALYSED, stored.id)
    return dossier, stored, document


def entry(tools: Tools, made: Analysis) -> IndexEntry:
    dossier, stored, document = kept(tools, made)
    return index_entry(dossier, stored, made, document)


def status(tools: Tools, dossier: Dossier) -> str:
    with tools.store.reading() as connection:
        row = connection.execute(index_dossiers.select().where(index_dossiers.c.dossier_id == dossier.id)).one()
    return str(row.status)


def test_an_entry_says_what_the_analysis_says(tools: Tools) -> None:
    call = load_call(CALL)
    made = analysis(call, states=(PageState.TEXT, PageState.FAILED))
    facts = (
        *made.facts,
        Fact("departement", "2A", ()),
        Fact("commune", "Ajaccio", ()),
        Fact("budget_total_eur", 93000.5, ()),
        Fact("duree_mois", 24, ()),
    )
    twice = Finding("aid-above-ceiling", "Encore.")
    said = entry(tools, replace(made, facts=facts, findings=(*made.findings, twice)))
    assert (said.bearer, said.department, said.commune) == (HOSTILE, "2A", "Ajaccio")
    assert (said.aid_eur, said.budget_eur, said.duration_months) == (46500.0, 93000.5, 24)
    assert (said.suggested, said.declared) == (("territoriale", "services"), "services")
    assert (said.pages, said.pages_unread, said.partly_read, said.unreadable) == (2, 1, True, False)
    assert dict(said.findings) == {"aid-above-ceiling": 2}
    assert list(said.fields) == [field.id for field in call.fields]
    assert list(said.fields.values())[:3] == [SectionStatus.ABSENT, SectionStatus.THIN, SectionStatus.NOT_APPLICABLE]
    assert (said.text, said.wording) == (TEXT, TEXT.splitlines()[0])


def test_of_a_dossier_that_could_not_be_read_no_field_is_accused(tools: Tools) -> None:
    said = entry(tools, unreadable(load_call(CALL)))
    assert said.unreadable
    assert not said.partly_read
    assert said.fields == {}
    assert (said.bearer, said.aid_eur, said.duration_months) == (None, None, None)
    assert dict(said.findings) == {"unreadable-file": 1}


def test_analyses_made_before_are_indexed_once(tools: Tools) -> None:
    dossier, stored, _ = kept(tools, analysis(load_call(CALL)))
    assert index_what_is_not(tools) == 1
    assert index_what_is_not(tools) == 0
    with tools.store.reading() as connection:
        assert index.says(connection, dossier.id, 1, stored.id)
        assert connection.scalar(index_dossiers.select().where(found("jardin", index_dossiers.c.dossier_id)))


def test_an_analysis_found_again_is_indexed_again(tools: Tools) -> None:
    dossier, stored, _ = kept(tools, analysis(load_call(CALL)))
    keep_index(tools, dossier, stored)
    assert status(tools, dossier) == "analysed"
    with tools.store.writing() as writing:
        index.wait_again(writing.connection, dossier.id)
    assert status(tools, dossier) == "waiting"
    keep_index(tools, dossier, stored)
    assert status(tools, dossier) == "analysed"


def test_an_analysis_that_can_no_longer_be_read_holds_up_no_other(tools: Tools) -> None:
    call = load_call(CALL)
    broken, stored, _ = kept(tools, analysis(call, "abîmé"))
    other = tools.store.deposit(CALL, "lot", "autre", [NewFile("a.pdf", b"%PDF autre")])
    assert status(tools, other) == "waiting"
    tools.store.file_path(stored.document).write_bytes(b"other")
    assert index_what_is_not(tools) == 0
    assert status(tools, broken) == "waiting"
