"""The explanation of a kept analysis put together, and its page to read or print."""

from flows.explain import KeptAnalysis
from flows.outputs.explanation import Explanation, Part
from flows.outputs.explanation_dossier import Quoting, data, facts, fields, nature, operations
from flows.outputs.explanation_origin import machines, parameters, versions
from flows.outputs.explanation_reading import findings, innovation_type, markers
from flows.outputs.page import page_environment
from flows.settings import Settings
from pipeline.contract import AnalysisOut, to_contract

ANALYSED = "analysed"


def explain(kept: KeptAnalysis, settings: Settings) -> Explanation:
    """What each part of the treatment saw and why. The same analysis, code and settings give the same explanation.

    Raises:
        QuoteMismatch: the kept document is not the one into which the analysis points.
    """
    result = to_contract(kept.analysis, kept.document)
    call = kept.call
    return Explanation(
        dossier=result.dossier.id,
        call=f"{call.title} – {call.institution}, {call.year}" if call else result.dossier.call,
        parts=(
            nature(kept, len(result.markers)),
            data(kept, result),
            operations(kept, result),
            *_said_of(kept, result),
            parameters(kept, settings),
            versions(kept, settings),
            machines(kept),
        ),
    )


def _said_of(kept: KeptAnalysis, result: AnalysisOut) -> tuple[Part, ...]:
    """What is said of the dossier; of one that could not be read, no field is accused."""
    quoting = Quoting(result)
    if result.status != ANALYSED:
        return (findings(result, quoting),)
    return (
        fields(kept, result, quoting),
        facts(result, quoting),
        innovation_type(result, quoting),
        markers(result, quoting),
        findings(result, quoting),
    )


def explanation_page(explanation: Explanation) -> bytes:
    """The explanation as one page without script or outside resource (UTF-8)."""
    return page_environment().get_template("explication.html.j2").render(explanation=explanation).encode()
