"""`reperes explain`: which analysis is found, and what the command says."""

from dataclasses import replace
from pathlib import Path

import pytest

from flows.cli.application import application
from flows.explain import CallNeeded, NotAnalysed, SeveralDossiers, UnknownDossier, kept_analysis
from flows.settings import Settings
from pipeline.analysis import Analysis
from pipeline.analysis_codec import encode_analysis
from pipeline.calls.parser import load_call
from pipeline.document import Document
from pipeline.document_codec import encode_document
from pipeline.errors import UnknownCall
from store.database import Store, open_store
from store.records import Dossier, ItemState, NewFile
from tests.flows.analyses import analysis
from tests.flows.dossiers import write_dossier

CALL = "aquitaine-2014"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("REPERES_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")
    return Settings()


@pytest.fixture
def store(settings: Settings) -> Store:
    return open_store(settings.home)


def deposit(store: Store, name: str, call: str = CALL) -> Dossier:
    return store.deposit(call, "lot", name, [NewFile(f"{name}.pdf", b"%PDF")])


def run_on(store: Store, dossier: Dossier, version: str, said: Analysis | None = None) -> None:
    """A run that gives the dossier the analysis of a version of the program, made or known already."""
    made = said or analysis(load_call(dossier.call), dossier.name)
    made = replace(made, provenance=replace(made.provenance, program_version=version))
    document = Document(dossier.name, made.files, made.pages, "", 0, (), (), (), ())
    run = store.open_run(dossier.call, dossier.batch, f"{len(store.runs())}")
    store.enrol(run.id, dossier)
    kept = store.keep_document(dossier.id, dossier.id, encode_document(document))
    stored = store.append_analysis(dossier.id, version, kept.digest, encode_analysis(made))
    store.advance(run.id, dossier.id, ItemState.ANALYSED, stored.id)
    store.advance(run.id, dossier.id, ItemState.WRITTEN)
    store.end_run(run.id)


def version_found(settings: Settings, name: str, call: str | None = None) -> str:
    return kept_analysis(settings, name, call).analysis.provenance.program_version


def test_the_latest_run_decides_even_when_its_analysis_is_an_old_one(settings: Settings, store: Store) -> None:
    dossier = deposit(store, "jardins")
    run_on(store, dossier, "1")
    run_on(store, dossier, "2")
    assert version_found(settings, "jardins") == "2"
    run_on(store, dossier, "1")
    assert version_found(settings, "jardins") == "1"


def test_a_dossier_of_several_calls_is_chosen_by_call(settings: Settings, store: Store) -> None:
    run_on(store, deposit(store, "jardins"), "1")
    run_on(store, deposit(store, "jardins", "alpc-2016"), "2")
    assert version_found(settings, "jardins") == "2"
    assert version_found(settings, "jardins", CALL) == "1"
    kept = kept_analysis(settings, "Jardins", CALL)
    assert kept.call is not None
    assert kept.call.id == CALL


def test_an_unknown_name_is_told_with_those_that_are_near(settings: Settings, store: Store) -> None:
    run_on(store, deposit(store, "Épicerie des ponts"), "1")
    with pytest.raises(UnknownDossier) as near:
        kept_analysis(settings, "epicerie des pont", None)
    assert "Épicerie des ponts" in near.value.advice
    with pytest.raises(UnknownDossier) as far:
        kept_analysis(settings, "tout autre chose", None)
    assert "Épicerie" not in far.value.advice


def test_a_name_known_for_another_call_says_which(settings: Settings, store: Store) -> None:
    run_on(store, deposit(store, "jardins"), "1")
    with pytest.raises(UnknownDossier) as error:
        kept_analysis(settings, "jardins", "alpc-2016")
    assert CALL in error.value.message
    with pytest.raises(UnknownCall):
        kept_analysis(settings, "jardins", "nulle-part")


def test_a_dossier_that_no_run_analysed_is_not_explained(settings: Settings, store: Store) -> None:
    deposit(store, "jardins")
    with pytest.raises(NotAnalysed):
        kept_analysis(settings, "jardins", None)


def test_a_path_needs_a_call_and_a_single_dossier(settings: Settings, tmp_path: Path) -> None:
    write_dossier(tmp_path / "lot" / "a.pdf", "A")
    write_dossier(tmp_path / "lot" / "b.pdf", "B")
    with pytest.raises(CallNeeded):
        kept_analysis(settings, str(tmp_path / "lot" / "a.pdf"), None)
    with pytest.raises(SeveralDossiers, match="2 dossiers"):
        kept_analysis(settings, str(tmp_path / "lot"), CALL)


def test_an_analysis_for_a_call_file_that_is_not_given_is_explained_without_it(
    settings: Settings, store: Store
) -> None:
    own = replace(load_call(CALL), id="le-notre")
    run_on(store, deposit(store, "jardins", own.id), "1", analysis(own, "jardins"))
    assert kept_analysis(settings, "jardins", None).call is None
    assert application(["explain", "jardins"]) == 0


def test_the_command_prints_or_writes(
    settings: Settings, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_on(store, deposit(store, "jardins"), "1")
    assert application(["explain", "jardins"]) == 0
    shown = capsys.readouterr().out
    assert "Les champs demandés" in shown
    text, page = tmp_path / "e" / "jardins.txt", tmp_path / "e" / "jardins.html"
    for out in (text, page, page):
        assert application(["explain", "jardins", "--out", str(out)]) == 0
    assert text.read_text("utf-8").splitlines() == [line.rstrip() for line in shown.splitlines()]
    assert page.read_text("utf-8").startswith("<!doctype html>")


def test_the_file_to_write_is_a_page_or_a_text(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert application(["explain", "jardins", "--out", "jardins.pdf"]) == 2
    assert "« .html »" in capsys.readouterr().err.replace("\N{NO-BREAK SPACE}", " ")


def test_help_is_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    assert application(["explain", "--help"]) == 0
    assert "Usage : reperes explain DOSSIER" in capsys.readouterr().out
