"""`reperes evaluate`: what it writes, shows and answers; what it measures is tested with the evaluation."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.report import Report
from flows import measure
from flows.cli.application import application
from tests.evaluation.reports import HOSTILE, report


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")


def gives(monkeypatch: pytest.MonkeyPatch, found: Report) -> list[tuple[object, ...]]:
    """Makes the measuring give `found`; what it was asked lies in the list."""
    asked: list[tuple[object, ...]] = []

    def measured(*arguments: object, watch: object) -> Report:
        asked.append(arguments)
        return found

    monkeypatch.setattr(measure, "measure", measured)
    return asked


def test_it_writes_a_report_and_shows_the_main_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = gives(monkeypatch, report(shortfalls=()))
    out = tmp_path / "rapports" / "dev"
    assert application(["evaluate", "--dossier", "a", "--dossier", "b", "--out", str(out)]) == 0
    assert asked == [("dev", ("a", "b"), None)]
    assert sorted(path.name for path in out.iterdir()) == ["rapport.html", "rapport.json", "rapport.md"]
    assert json.loads((out / "rapport.json").read_text())["program"] == "0.1.0"
    said = capsys.readouterr().out
    assert "13 dossiers" in said
    assert "Statuts justes, champs" not in said  # the main measures only
    assert [
        cell.strip() for cell in next(line for line in said.splitlines() if "Statuts justes" in line).split("│")
    ] == [
        "",
        "Statuts justes",
        "0,85",
        "0,70\u00a0–\u00a00,95",
        "20",
        "",
    ]
    assert f"Rapport\u00a0: {out / 'rapport.html'}" in said
    assert HOSTILE not in said


def test_misses_are_listed_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gives(monkeypatch, report(suite=replace(report().suite, misses=report().suite.misses * 2)))
    application(["evaluate", "--misses", "--out", str(tmp_path)])
    assert capsys.readouterr().out.count("essai, repère gouvernance\u00a0: attendu «\u00a0<script>") == 2


def test_a_release_below_its_threshold_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gives(monkeypatch, report())
    assert application(["evaluate", "--out", str(tmp_path)]) == 1
    assert "Sous le seuil\u00a0: Champs présents accusés à tort, 0,31 au lieu de 0,25" in capsys.readouterr().err


def test_a_package_of_the_evaluation_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("flows.measure", "evaluation.similarities"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "bm25s", None)
    assert application(["evaluate", "--out", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert "«\u00a0bm25s\u00a0»" in said
    assert "make evaluate" in said


def test_an_unknown_split_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert application(["evaluate", "--split", "tout"]) == 2
    assert "l'option «\u00a0--split\u00a0» ne convient pas" in capsys.readouterr().err
