"""Labelled dossiers come with their PDFs, their labels and their call."""

from corpora.registry import SAMPLE, load_registry
from evaluation.dossiers import labelled_dossiers


def test_the_samples_are_ready_to_be_read() -> None:
    found = labelled_dossiers(SAMPLE)
    registered = [dossier for dossier in load_registry().dossiers if dossier.split == SAMPLE]
    assert [one.gold.dossier for one in found] == [dossier.name for dossier in registered]
    assert all(path.is_file() for one in found for path in one.paths)
    assert [tuple(path.name for path in one.paths) for one in found] == [one.gold.files for one in found]
    assert [one.call.id for one in found] == [one.gold.call for one in found]


def test_an_unknown_split_holds_nothing() -> None:
    assert labelled_dossiers("ailleurs") == []
