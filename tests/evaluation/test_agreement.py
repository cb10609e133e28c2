from typing import Any

import pytest

from corpora.gold import GoldDefect, GoldDossier, GoldFact, GoldMarker, GoldPassage, GoldSection, GoldType
from evaluation.agreement import Ratio, compare
from pipeline.analysis import AnalysisStatus, SectionStatus

GOLD = GoldDossier(
    call="aquitaine-2014",
    dossier="essai",
    status=AnalysisStatus.ANALYSED,
    files=("essai.pdf",),
    sections=(
        GoldSection("1", SectionStatus.PRESENT, ()),
        GoldSection("2", SectionStatus.ABSENT, ()),
        GoldSection("3", SectionStatus.THIN, ()),
        GoldSection("4", SectionStatus.PRESENT, ()),
    ),
    innovation_type=GoldType("services", "territoriale", "services"),
    facts=(GoldFact("commune", "Pau", ()), GoldFact("duree_mois", 12, ())),
    markers=(
        GoldMarker("gouvernance", (GoldPassage("essai.pdf", 1, "Le comité se réunit chaque mois.", "decisive"),)),
        GoldMarker("environnement", ()),
    ),
    defects=(GoldDefect("aid-above-ceiling", "", ()), GoldDefect("thin-section", "", ())),
)


def result(**changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "status": "analysed",
        "sections": [
            {"id": "1", "status": "present"},
            {"id": "2", "status": "thin"},
            {"id": "3", "status": "thin"},
            {"id": "4", "status": "absent"},
        ],
        "innovation_type": {"suggested": ["services"], "declared": "services"},
        "facts": {"commune": {"value": "PAU"}, "duree_mois": {"value": 24}, "siren": {"value": "1"}, "stade": None},
        "findings": [{"code": "budget-unbalanced"}],
        "markers": [
            {
                "id": "gouvernance",
                "passages": [{"quote": "Le comité se réunit chaque mois, mardi.", "continues": []}],
            },
            {"id": "environnement", "passages": [{"quote": "Autre chose.", "continues": []}]},
        ],
    }
    return {**made, **changes}


def test_each_part_is_counted_apart() -> None:
    agreement = compare([GOLD], {"essai": result()})
    assert agreement.sections == Ratio(2, 4)
    assert agreement.sections_missed == Ratio(2, 2)
    assert agreement.sections_accused == Ratio(1, 2)
    assert agreement.types == Ratio(1, 1)
    assert agreement.facts == Ratio(1, 2)
    assert agreement.facts_invented == 1
    assert agreement.defects == Ratio(0, 1)
    assert agreement.decisive == Ratio(1, 1)
    assert agreement.precision == Ratio(1, 2)
    assert agreement.silence == Ratio(0, 1)
    said = {(difference.what, difference.expected, difference.found) for difference in agreement.differences}
    assert ("section 4", "present", "absent") in said
    assert ("fact duree_mois", "12", "24") in said


def test_a_passage_that_runs_over_a_page_is_compared_whole() -> None:
    passage = {"quote": "Le comité se", "continues": [{"quote": "réunit chaque mois."}]}
    agreement = compare([GOLD], {"essai": result(markers=[{"id": "gouvernance", "passages": [passage]}])})
    assert agreement.decisive == Ratio(1, 1)


@pytest.mark.parametrize("results", [{}, {"essai": result(status="unreadable")}])
def test_a_dossier_that_was_not_analysed_is_a_difference(results: dict[str, Any]) -> None:
    agreement = compare([GOLD], results)
    assert agreement.differences[0].what == "status"
