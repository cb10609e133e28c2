"""How an evaluation is put together: what is refused at once, and what a test split may not show."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpora.plan import Split
from corpora.registry import SAMPLE
from evaluation.cases import Case, LabelledDossier
from evaluation.suite import Yardsticks
from evaluation.thresholds import Thresholds
from flows import measure as measured
from flows.measure import InvalidTexts, NoSuchDossier, measure
from flows.tools import load_models
from pipeline.analysis import AnalysisStatus
from pipeline.calls.parser import load_call
from pipeline.document import Document
from pipeline.errors import InputNotFound
from pipeline.extraction.limits import ReadingLimits
from pipeline.extraction.reader import read_dossier
from tests.evaluation.golds import gold
from tests.flows.dossiers import write_dossier


def unwatched(cases: Iterable[Case], _total: int) -> Iterable[Case]:
    return cases


def test_an_unknown_dossier_is_named() -> None:
    with pytest.raises(NoSuchDossier, match="n'a pas de dossier de ce nom\u00a0: inconnu"):
        measure(SAMPLE, ["ateliers-du-gave", "inconnu"], None, unwatched)


def test_texts_that_are_not_there_or_not_texts_are_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(InputNotFound, match="n'existe pas"):
        measure(SAMPLE, [], tmp_path / "absent.jsonl", unwatched)
    (tmp_path / "notes.txt").write_text('{"famille": "labo"}')
    with pytest.raises(InvalidTexts, match="ne contient pas"):
        measure(SAMPLE, [], tmp_path / "notes.txt", unwatched)


def _read_here(name: str, paths: Sequence[Path], limits: ReadingLimits, **_options: bool) -> Document:
    return read_dossier(name, paths, limits, None)


@pytest.fixture
def one_dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any split holds one small dossier, and no simple method is run."""
    path = tmp_path / "Lescar.pdf"
    write_dossier(path, "Lescar")
    labels = gold("Lescar", call="aquitaine-2014", files=(path.name,), markers=())
    dossier = LabelledDossier(labels, "lettre", (path,), load_call("aquitaine-2014"))
    closed = replace(dossier, gold=replace(labels, dossier="fermé", status=AnalysisStatus.UNREADABLE))
    monkeypatch.setattr(measured, "labelled_dossiers", lambda _split: [dossier, closed])
    monkeypatch.setattr(measured, "_yardsticks", Yardsticks)
    monkeypatch.setattr(measured, "read_dossier_isolated", _read_here)


@pytest.mark.usefixtures("one_dossier")
def test_the_errors_of_the_test_split_are_not_kept() -> None:
    on_train = measure(Split.TRAIN, [], None, unwatched)
    on_test = measure(Split.TEST, [], None, unwatched)
    assert on_train.suite.misses
    assert on_test.suite.misses == ()
    assert on_test.suite.statuses == on_train.suite.statuses


@pytest.mark.usefixtures("one_dossier")
def test_only_the_whole_dev_split_is_held_to_what_a_release_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measured, "load_thresholds", lambda: Thresholds({"sections.accuracy": 2.0}, {}))
    (short,) = measure(Split.DEV, [], None, unwatched).shortfalls
    assert (short.measure, short.bound) == ("sections.accuracy", 2.0)
    assert measure(Split.DEV, ["Lescar"], None, unwatched).shortfalls == ()
    assert measure(Split.TRAIN, [], None, unwatched).shortfalls == ()


@pytest.mark.usefixtures("one_dossier")
def test_only_the_dossiers_that_are_named_are_read() -> None:
    report = measure(Split.DEV, ["Lescar"], None, unwatched)
    assert (report.suite.cases, report.suite.unreadable_right) == (1, (0, 0))
    assert list(report.models) == list(load_models().used)
