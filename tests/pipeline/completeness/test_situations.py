"""What applicants do: one short annotated dossier per situation, and whole dossiers."""

import pytest

from tests.pipeline.completeness.reading import Annotated, dossiers, read_text, situations


@pytest.mark.parametrize("case", situations(), ids=lambda case: case.name)
def test_situation(case: Annotated) -> None:
    found = read_text(case.text, case.call)
    assert {key: found[key].status.value for key in case.statuses} == case.statuses


@pytest.mark.parametrize("case", dossiers(), ids=lambda case: case.name)
def test_dossier(case: Annotated) -> None:
    found = read_text(case.text, case.call)
    assert {key: section.status.value for key, section in found.items()} == case.statuses


@pytest.mark.parametrize("case", dossiers(), ids=lambda case: case.name)
def test_reading_twice_gives_the_same(case: Annotated) -> None:
    assert read_text(case.text, case.call) == read_text(case.text, case.call)
