"""The registry says exactly what lies in the samples' folders."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from corpora.collection import HERE
from corpora.registry import Registry, load_registry, problems


@pytest.fixture
def registry() -> Registry:
    return load_registry()


@pytest.fixture
def samples(registry: Registry) -> Registry:
    """The registry of the samples alone."""
    return replace(registry, dossiers=tuple(one for one in registry.dossiers if one.split == "sample"))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the samples that a test may spoil."""
    shutil.copytree(HERE / "samples", tmp_path / "samples")
    return tmp_path


def test_every_pdf_is_registered_and_unaltered(registry: Registry) -> None:
    assert problems(registry) == []


def test_all_is_written_for_the_project_and_names_nobody(registry: Registry) -> None:
    assert registry.origin == "written for the project"
    assert registry.personal_data == "none"
    assert "invented" in registry.statement


def test_there_are_two_samples_for_each_call_at_least(samples: Registry) -> None:
    calls = [dossier.call for dossier in samples.dossiers]
    assert {call: calls.count(call) for call in calls} == {
        "alpc-2016": 3,
        "aquitaine-2014": 2,
        "hauts-de-france-2017": 2,
    }


def test_an_altered_pdf_is_told(samples: Registry, copy: Path) -> None:
    with (copy / "samples/aquitaine-2014/ateliers-du-gave.pdf").open("ab") as stream:
        stream.write(b"\n")
    assert problems(samples, copy) == ["altered: samples/aquitaine-2014/ateliers-du-gave.pdf"]


def test_missing_and_unknown_files_are_told(samples: Registry, copy: Path) -> None:
    (copy / "samples/alpc-2016/la-lessive-bleue.pdf").rename(copy / "samples/alpc-2016/autre.pdf")
    (copy / "samples/gold/alpc-2016/la-lessive-bleue.json").unlink()
    assert problems(samples, copy) == [
        "missing: samples/alpc-2016/la-lessive-bleue.pdf",
        "not registered: samples/alpc-2016/autre.pdf",
        "no labels: samples/gold/alpc-2016/la-lessive-bleue.json",
    ]


def test_the_samples_stay_small() -> None:
    sizes = [path.stat().st_size for path in (HERE / "samples").rglob("*") if path.is_file()]
    assert sum(sizes) < 8_000_000
    assert max(sizes) < 3_000_000
