"""Whatever parts from the call or from the plan is told, one thing a line."""

from dataclasses import replace

import pytest

from corpora.conformity import MOST_PASSAGES, gold_problems, plan_problems
from corpora.gold import GoldDefect, GoldDossier, GoldMarker, GoldPassage, GoldSection, GoldType
from corpora.plan import PlannedDossier, Split
from pipeline.analysis import AnalysisStatus, SectionStatus
from pipeline.calls.parser import load_call
from tests.evaluation.golds import gold, place

CALL = load_call("alpc-2016")
PRESENT, THIN, ABSENT = SectionStatus.PRESENT, SectionStatus.THIN, SectionStatus.ABSENT


def labelled(**changes: object) -> GoldDossier:
    """A dossier that follows the call: every field present, every marker silent."""
    sections = tuple(GoldSection(field.id, PRESENT, (place("Nous sommes"),)) for field in CALL.fields)
    markers = tuple(GoldMarker(marker.id, ()) for marker in CALL.markers)
    return gold("essai", **({"sections": sections, "markers": markers} | changes))


def with_first(status: SectionStatus, *, placed: bool) -> GoldDossier:
    sections = list(labelled().sections)
    sections[0] = GoldSection(sections[0].id, status, (place("Nous sommes"),) if placed else ())
    return labelled(sections=tuple(sections))


def test_a_dossier_that_follows_its_call_has_no_problem() -> None:
    assert gold_problems(labelled(), CALL) == []


@pytest.mark.parametrize(
    ("spoilt", "problem"),
    [
        (labelled(sections=labelled().sections[1:]), "fields are not those of the call, in its order"),
        (labelled(markers=labelled().markers[::-1]), "markers are not those of the call, in its order"),
        (with_first(PRESENT, placed=False), f"field {CALL.fields[0].id} is present and nowhere"),
        (with_first(THIN, placed=False), f"field {CALL.fields[0].id} is thin and nowhere"),
        (with_first(ABSENT, placed=True), f"field {CALL.fields[0].id} is absent and has a place"),
        (
            with_first(SectionStatus.NOT_APPLICABLE, placed=False),
            f"field {CALL.fields[0].id} is asked of all and said not to apply",
        ),
        (
            labelled(
                markers=(
                    GoldMarker(CALL.markers[0].id, (GoldPassage("essai.pdf", 1, "…", "useful"),) * (MOST_PASSAGES + 1)),
                    *labelled().markers[1:],
                )
            ),
            f"marker {CALL.markers[0].id} has {MOST_PASSAGES + 1} passages",
        ),
    ],
)
def test_what_parts_from_the_call_is_told(spoilt: GoldDossier, problem: str) -> None:
    assert gold_problems(spoilt, CALL) == [f"essai: {problem}"]


def test_of_an_unreadable_dossier_nothing_is_asked() -> None:
    assert gold_problems(gold(status=AnalysisStatus.UNREADABLE, sections=()), CALL) == []


PLANNED = PlannedDossier(
    dossier="essai",
    call="alpc-2016",
    split=Split.DEV,
    layout="lettre",
    absent=("2",),
    thin=("3",),
    not_applicable=(),
    defects=("aid-above-ceiling",),
    main="services",
    second=None,
    declared="services",
)


def test_a_dossier_that_follows_its_plan_has_no_problem() -> None:
    more = gold(defects=(*gold().defects, GoldDefect("annexe-missing", "…", ())))  # written beyond the plan
    assert plan_problems(gold(), PLANNED) == plan_problems(more, PLANNED) == []


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ({"sections": gold().sections[:2]}, "thin none instead of 3"),
        ({"innovation_type": GoldType("services", "territoriale", None)}, "types ('territoriale', None, 'services')"),
        ({"defects": ()}, "planned and not written: aid-above-ceiling"),
    ],
)
def test_what_parts_from_the_plan_is_told(written: dict[str, object], problem: str) -> None:
    (told,) = plan_problems(replace(gold(), **written), PLANNED)  # type: ignore[arg-type]
    assert told.startswith(f"essai: {problem}")
