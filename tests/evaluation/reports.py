"""A small report, made by hand, for the tests of what shows one."""

from corpora.plan import Split
from evaluation.annotators import AnnotatorAgreement, annotator_agreement
from evaluation.figures import Estimate
from evaluation.kinds import MEASURES as OF_TYPES
from evaluation.kinds import ReliabilityBin
from evaluation.misses import Miss
from evaluation.report import Report
from evaluation.suite import MEASURES, PASSAGES, Slice, Suite, SystemFigures
from evaluation.thresholds import Shortfall
from pipeline.analysis import ModelUsed
from tests.evaluation.golds import gold

HOSTILE = "<script>alert('x')</script> & \"fin\""
UNMEASURED = Estimate(float("nan"), float("nan"), float("nan"), 0)


def agreement() -> AnnotatorAgreement:
    return annotator_agreement([gold("a"), gold("b")], [gold("a"), gold("b")])


def suite() -> Suite:
    measured = {measure.id: Estimate(0.85, 0.7, 0.95, 20) for measure in MEASURES}
    types = {measure.id: Estimate(0.4, 0.3, 0.5, 20) for measure in OF_TYPES}
    passages = {measure.id: Estimate(0.5, 0.4, 0.6, 12) for measure in PASSAGES}
    return Suite(
        cases=13,
        systems=(
            SystemFigures("Repères", measured | {"facts.exact.siren": UNMEASURED}, 3.25),
            SystemFigures("Type majoritaire", types, 0.01),
        ),
        slices=(
            Slice("appel", "alpc-2016", measured),
            Slice("présentation", "lettre", measured),
            Slice("repère", "Gouvernance", passages),
            Slice("repère", HOSTILE, passages),
        ),
        statuses={("present", "present"): 7, ("absent", "thin"): 2},
        types={("services", "territoriale"): 1},
        reliability=(ReliabilityBin(0.6, 0.73, 4, 0.7, 0.5),),
        coverage=((0.5, 1.0), (1.0, 0.75)),
        misses=(Miss("alpc-2016", "essai", "repère gouvernance", HOSTILE, "2 autres"),),
        unreadable_right=(1, 1),
    )


def report(**changes: object) -> Report:
    content: dict[str, object] = {
        "program": "0.1.0",
        "corpus": "1.0.0",
        "split": Split.DEV.value,
        "models": (ModelUsed("phrases-francaises", "0" * 64),),
        "suite": suite(),
        "reading_seconds": 61.4,
        "agreement": agreement(),
        "silver": {family: {measure.id: Estimate(0.6, 0.5, 0.7, 9) for measure in OF_TYPES} for family in ("ess", "")},
        "shortfalls": (Shortfall("sections.accused", 0.31, 0.25),),
    }
    return Report(**(content | changes))  # type: ignore[arg-type]
