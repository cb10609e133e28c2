"""What the program says of a dossier, as the evaluation takes it."""

from dataclasses import replace

from evaluation.cases import Case
from evaluation.matching import FoundPlace
from evaluation.passages import DEPTHS
from evaluation.program import Program
from pipeline.analysis import INNOVATION_TYPES, SectionStatus
from tests.evaluation.golds import ACCOUNTS, BEARER
from tests.pipeline.readers import ToldReader

PROGRAM = Program()


def test_each_field_has_its_status_and_places(case: Case) -> None:
    said = PROGRAM.sections(case)
    assert list(said) == [field.id for field in case.call.fields]
    assert said["1"].status is SectionStatus.PRESENT
    assert said["1"].places == (FoundPlace("Lescar.pdf", 1, BEARER),)
    assert (said["3"].status, said["3"].places) == (SectionStatus.ABSENT, ())


def test_the_type_is_that_of_the_analysis(case: Case) -> None:
    said, kept = PROGRAM.innovation_type(case), case.analysis.innovation_type
    assert tuple(said.probabilities[kind] for kind in INNOVATION_TYPES) == kept.probabilities
    assert said.suggested == kept.suggested


def test_passages_are_those_of_the_analysis_and_fewer_when_fewer_may_be_shown(case: Case) -> None:
    said = PROGRAM.passages(case)
    assert said.shown[8] == {marker.id: [one.quote for one in marker.passages] for marker in case.analysis.markers}
    assert said.shown[8]["ressources"] == [ACCOUNTS]
    assert all(len(quotes) <= depth for depth in DEPTHS for quotes in said.shown[depth].values())


def test_the_ranking_is_of_the_dossiers_sentences(case: Case) -> None:
    told = ToldReader({"ressources": {ACCOUNTS: 0.9, "Lescar": 0.4}})
    said = PROGRAM.passages(replace(case, models=replace(case.models, reader=told)))
    assert [text for text in said.sentences if "aide demandée" in text] == [ACCOUNTS]
    assert set(said.ranked) == {marker.id for marker in case.call.markers}
    assert said.sentences[said.ranked["ressources"][0]] == ACCOUNTS
    assert all(0 <= index < len(said.sentences) for row in said.ranked.values() for index in row)


def test_facts_are_told_by_name(case: Case) -> None:
    said = PROGRAM.facts(case)
    assert (said["aide_demandee_eur"], said["porteur"]) == (12000, "Les Jardins de Lescar")
    assert said.get("siren") is None


def test_headings_stand_where_they_are_printed(case: Case) -> None:
    headings = PROGRAM.headings(case)
    assert [heading.text for heading in headings][:2] == ["1. Présentation du porteur", "2. Historique de l'action"]
    assert {(heading.file, heading.page) for heading in headings} == {("Lescar.pdf", 1)}
