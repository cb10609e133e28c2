"""All measures on one dossier: figures, slices, confusions and misses agree with each other."""

from dataclasses import replace

import pytest

from corpora.gold import GoldType
from evaluation.baselines import AllPresent, MajorityType
from evaluation.cases import Case
from evaluation.misses import Miss
from evaluation.suite import MEASURES, PASSAGES, Suite, Yardsticks, evaluate
from pipeline.analysis import AnalysisStatus


@pytest.fixture(scope="module")
def measured(case: Case) -> Suite:
    return evaluate([case], Yardsticks(sections=[AllPresent()], types=[MajorityType(["services"])]))


def test_the_program_comes_first_and_is_measured_on_everything(measured: Suite) -> None:
    program, *others = measured.systems
    assert (program.name, [other.name for other in others]) == ("Repères", ["Tout présent", "Type majoritaire"])
    assert list(program.figures) == [measure.id for measure in MEASURES]
    assert program.seconds > 0


def test_figures_are_those_of_the_dossier(measured: Suite) -> None:
    figures = measured.systems[0].figures
    assert figures["sections.accuracy"].value == pytest.approx(2 / 3)  # the accounts are labelled thin, said present
    assert figures["sections.accuracy"].support == 3
    assert figures["facts.exact"].value == 1
    assert figures["passages.decisive.8"].value == 1
    assert figures["passages.silence"].value == 1
    assert figures["anchoring.exact"].value == 1


def test_a_yardstick_is_measured_on_what_it_speaks_of(measured: Suite) -> None:
    _, all_present, majority = measured.systems
    assert all_present.figures["sections.accuracy"].value == pytest.approx(1 / 3)
    assert "types.accuracy" not in all_present.figures
    assert majority.figures["types.accuracy"].value == 1
    assert "sections.accuracy" not in majority.figures


def test_confusions_count_gold_against_what_was_said(measured: Suite) -> None:
    assert measured.statuses == {
        ("absent", "absent"): 1,
        ("present", "present"): 1,
        ("thin", "present"): 1,
    }
    assert measured.types == {("services", "services"): 1}


def test_each_call_layout_and_notion_has_its_slice(measured: Suite) -> None:
    names = {(part.kind, part.name): part.figures for part in measured.slices}
    assert {("appel", "aquitaine-2014"), ("présentation", "lettre")} <= names.keys()
    assert len([kind for kind, _ in names if kind == "repère"]) == 12
    assert list(names["repère", "Ressources et viabilité"]) == [measure.id for measure in PASSAGES]
    assert names["repère", "Ressources et viabilité"]["passages.decisive.8"].value == 1
    assert names["repère", "Recherche"]["passages.decisive.8"].support == 0


def test_each_wrong_status_is_a_miss(measured: Suite) -> None:
    assert Miss("aquitaine-2014", "Lescar", "champ 8", "thin", "present") in measured.misses
    assert not any(miss.what in {"champ 1", "champ 3", "fait aide_demandee_eur"} for miss in measured.misses)


def test_a_dossier_without_a_labelled_type_says_nothing_of_types(case: Case) -> None:
    untyped = replace(case, gold=replace(case.gold, innovation_type=GoldType(None, None, None)))
    found = evaluate([untyped], Yardsticks())
    assert found.systems[0].figures["types.accuracy"].support == 0
    assert (found.coverage, found.reliability, found.types) == ((), (), {})
    assert not any(miss.what == "type" for miss in found.misses)


def test_an_unreadable_dossier_is_recognised_and_measured_no_further(case: Case) -> None:
    closed = replace(case, gold=replace(case.gold, status=AnalysisStatus.UNREADABLE))
    told = replace(closed, analysis=replace(case.analysis, status=AnalysisStatus.UNREADABLE))
    found = evaluate([case, closed, told], Yardsticks())
    assert (found.cases, found.unreadable_right) == (3, (1, 2))
    assert found.systems[0].figures["sections.accuracy"].support == 3


def test_a_wrong_or_unread_type_is_a_miss(case: Case) -> None:
    other = replace(case, gold=replace(case.gold, innovation_type=GoldType("services", "organisationnelle", None)))
    misses = {miss.what: (miss.expected, miss.found) for miss in evaluate([other], Yardsticks()).misses}
    assert misses["type"] == ("organisationnelle", "services")
    assert misses["type déclaré"] == ("services", "None")
