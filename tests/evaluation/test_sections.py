"""Missed defects and false alarms are told apart; where an answer begins is looked at strictly and softly."""

from collections.abc import Mapping

import pytest

from evaluation.figures import estimate
from evaluation.matching import FoundPlace
from evaluation.sections import MEASURES, FoundSection, missed_sections, tally_sections
from pipeline.analysis import SectionStatus
from tests.evaluation.golds import gold

PRESENT, THIN, ABSENT = SectionStatus.PRESENT, SectionStatus.THIN, SectionStatus.ABSENT


def values(found: Mapping[str, FoundSection]) -> dict[str, float]:
    return {id_: figure.value for id_, figure in estimate([tally_sections(gold(), found)], MEASURES).items()}


def test_all_right() -> None:
    answer = FoundPlace("essai.pdf", 1, "Nous sommes une régie de quartier née en 1996.")
    found = values({"1": FoundSection(PRESENT, (answer,)), "2": FoundSection(ABSENT), "3": FoundSection(THIN)})
    assert found["sections.accuracy"] == found["sections.defects"] == found["sections.start.strict"] == 1
    assert found["sections.accused"] == 0


def test_a_thin_field_said_absent_is_noticed_but_not_by_its_name() -> None:
    found = values({"1": FoundSection(PRESENT), "2": FoundSection(ABSENT), "3": FoundSection(ABSENT)})
    assert (found["sections.defects"], found["sections.exact-defects"]) == (1, 0.5)


def test_a_present_field_said_absent_is_an_accusation_not_a_missed_defect() -> None:
    found = values({"1": FoundSection(ABSENT), "2": FoundSection(PRESENT), "3": FoundSection(PRESENT)})
    assert (found["sections.accused"], found["sections.defects"], found["sections.accuracy"]) == (1, 0, 0)


@pytest.mark.parametrize(
    ("place", "strict", "soft"),
    [
        (FoundPlace("essai.pdf", 1, "Une autre phrase de la même page."), 0, 1),
        (FoundPlace("essai.pdf", 2, "Nous sommes une régie de quartier"), 0, 0),
        (FoundPlace("autre.pdf", 1, "Nous sommes une régie de quartier"), 0, 0),
    ],
)
def test_where_an_answer_begins(place: FoundPlace, strict: float, soft: float) -> None:
    found = values({"1": FoundSection(PRESENT, (place,))})
    assert (found["sections.start.strict"], found["sections.start.soft"]) == (strict, soft)


def test_each_wrong_status_is_listed_and_silence_counts_as_wrong() -> None:
    misses = missed_sections(gold(), {"1": FoundSection(PRESENT), "2": FoundSection(THIN)})
    assert [(miss.what, miss.expected, miss.found) for miss in misses] == [
        ("champ 2", "absent", "thin"),
        ("champ 3", "thin", "rien"),
    ]
