"""Simple methods say simple things, and hold on dossiers of which nothing was read."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from evaluation.baselines import AllPresent, FuzzyHeadings, MajorityType, NearestDefinition, NearestSentences
from evaluation.cases import Case
from evaluation.passages import DEPTHS
from pipeline.analysis import INNOVATION_TYPES, SectionStatus
from tests.pipeline.builders import document_from_text


class _Shared:
    """How many of the text's words stand in the query; refuses to compare nothing, as some libraries do."""

    name = "Mots communs"

    def between(self, queries: Sequence[str], texts: Sequence[str]) -> NDArray[np.float64]:
        if not texts:
            raise ValueError("nothing to compare")
        return np.array([[len(_words(query) & _words(text)) for text in texts] for query in queries], dtype=float)


def _words(text: str) -> set[str]:
    return {word.strip(".,:’'") for word in text.lower().split()}


@pytest.fixture
def blank(case: Case) -> Case:
    return replace(case, document=document_from_text("", "vide"))


def test_all_present_names_every_field(case: Case) -> None:
    said = AllPresent().sections(case)
    assert {one.status for one in said.values()} == {SectionStatus.PRESENT}
    assert list(said) == [field.id for field in case.call.fields]


def test_a_title_near_the_calls_own_is_an_answer(case: Case) -> None:
    said = FuzzyHeadings().sections(case)
    assert said["4"].status is SectionStatus.PRESENT
    assert [place.text for place in said["4"].places] == [
        "Nous voulons nourrir 80 familles et former 12 demandeurs d'emploi."
    ]
    assert said["11"].status is SectionStatus.ABSENT
    assert said["10"].status is SectionStatus.NOT_APPLICABLE  # optional


def test_without_a_line_no_title_is_near(blank: Case) -> None:
    assert {one.status for one in FuzzyHeadings().sections(blank).values()} == {
        SectionStatus.ABSENT,
        SectionStatus.NOT_APPLICABLE,
    }


def test_the_commonest_type_is_said_as_often_as_it_is_there(case: Case) -> None:
    said = MajorityType(["territoriale", "services", "territoriale", "territoriale"]).innovation_type(case)
    assert said.suggested == ("territoriale",)
    assert said.probabilities == {"services": 0.25, "organisationnelle": 0, "territoriale": 0.75}


def test_the_nearest_definition_is_the_likeliest_type(case: Case) -> None:
    said = NearestDefinition(_Shared()).innovation_type(case)
    assert sum(said.probabilities.values()) == pytest.approx(1)
    near = _Shared().between(
        [next(kind.definition for kind in case.call.types if kind.id == id_) for id_ in INNOVATION_TYPES],
        [case.document.quote(sentence.span) for sentence in case.split],
    )
    assert said.likeliest == INNOVATION_TYPES[int(near.mean(axis=1).argmax())]


def test_the_nearest_sentences_are_shown_in_the_order_of_the_dossier(case: Case) -> None:
    said = NearestSentences(_Shared()).passages(case)
    assert set(said.ranked) == {marker.id for marker in case.call.markers}
    assert sorted(said.ranked["ressources"]) == list(range(len(said.sentences)))
    for depth in DEPTHS:
        shown = [said.sentences.index(text) for text in said.shown[depth]["ressources"]]
        assert shown == sorted(said.ranked["ressources"][:depth])


def test_a_dossier_of_which_nothing_was_read_stops_no_method(blank: Case) -> None:
    assert NearestDefinition(_Shared()).innovation_type(blank).suggested == ()
    said = NearestSentences(_Shared()).passages(blank)
    assert {tuple(quotes) for by_marker in said.shown.values() for quotes in by_marker.values()} == {()}
