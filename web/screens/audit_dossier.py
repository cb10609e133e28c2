"""One dossier as auditors see it, read-only: what the machine said, what people said, in all their versions."""

from fastapi import APIRouter
from starlette.responses import Response

from store.people import accounts, conflicts, decisions, dossiers, history, scores
from web import policies
from web.context import Signed
from web.opened import opened
from web.views import audit_dossier as view
from web.views.journal import lines

router = APIRouter()


@router.get("/audit/dossiers/{dossier_id}")
def dossier(context: Signed, dossier_id: str) -> Response:
    """Decisions, scores, declarations, analyses and the whole history of a dossier."""
    context.require(policies.may_audit(context.viewer))
    viewer = context.viewer
    with context.reading() as reading:
        found = opened(context, reading, dossier_id)
        people = accounts.names(reading)
        made = decisions.of_dossier(reading, viewer, dossier_id)
        given = scores.history(reading, viewer, dossier_id)
        declared = conflicts.every(reading, viewer, dossier_id)
        analyses = dossiers.analyses_made(reading, viewer, dossier_id)
        events = history.of_dossier(reading, viewer, dossier_id)
    return context.page(
        "audit/dossier.html.j2",
        dossier=found.dossier,
        call=found.call,
        reading=found.status.value,
        sections=() if found.analysed is None else found.analysed.analysis.sections,
        provenance=None if found.analysed is None else found.analysed.analysis.provenance,
        decided=view.decided(found.call, made),
        submitted=view.submitted(found.call, people, given),
        declared=view.declared(declared),
        analyses=analyses,
        lines=lines(events, people, {dossier_id: found.dossier.name}, linked=False),
    )
