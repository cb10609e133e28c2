"""One dossier as auditors see it, read-only: what the machine said, what people said, in all their versions."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from store.people import (
    accounts,
    answers,
    collective,
    conflicts,
    decisions,
    dossiers,
    history,
    letters,
    outcomes,
    passages,
    scores,
)
from store.people.answers import AnswerKind
from store.people.room import Reading
from web import policies
from web.context import Context, Signed
from web.opened import Opened, document_of, opened
from web.views import audit_dossier as view
from web.views.journal import lines, names_in
from web.views.notices import reading_code
from web.views.second_stage import TITLES
from web.views.sent_letters import sent_letters

router = APIRouter()


@router.get("/audit/dossiers/{dossier_id}")
def dossier(context: Signed, dossier_id: str) -> Response:
    """Completeness with its proofs, decisions, jurors' words, what the jury held, analyses, and the whole history."""
    context.require(policies.may_audit(context.viewer))
    viewer = context.viewer
    with context.reading() as reading:
        found = opened(context, reading, dossier_id)
        people = accounts.names(reading)
        decided = view.decided(found.call, decisions.of_dossier(reading, viewer, dossier_id))
        declared = conflicts.every(reading, viewer, dossier_id)
        jury = _jury(context, reading, found, people, view.withdrawn(declared))
        analyses = dossiers.analyses_made(reading, viewer, dossier_id)
        events = history.of_dossier(reading, viewer, dossier_id)
        sent = letters.of_dossier(reading, viewer, dossier_id)
        over = letters.is_overdue(reading, viewer, dossier_id)
    return context.page(
        "audit/dossier.html.j2",
        dossier=found.dossier,
        call=found.call,
        reading=reading_code(found),
        fields=view.completeness(found, decided),
        decided=decided,
        declared=view.declared(declared),
        analyses=view.analyses(found, analyses),
        letters=sent_letters(found.call, found.dossier, sent, over),
        lines=lines(events, names_in(found, people), linked=False),
        **jury,
    )


def _jury(
    context: Context, reading: Reading, found: Opened, people: Mapping[int, str], void: Mapping[int, str]
) -> dict[str, Any]:
    """What jurors said alone, then what they held together: titles with words, of all that the call asks."""
    viewer, dossier_id, call = context.viewer, found.dossier.id, found.call
    submitted = scores.history(reading, viewer, dossier_id)
    shown = {score.shown.document for score in submitted if score.shown.document is not None}
    documents = {digest: document_of(context.room.files, digest) for digest in shown}
    alone = [("Repères", view.submitted(found, people, submitted, void, documents))]
    values = collective.values_of(reading, viewer, dossier_id)
    together = [("Repères", view.held_values(found, people, values))]
    asked = {AnswerKind.GRID: call.grid is not None, AnswerKind.SYNTHESIS: bool(call.synthesis_items)}
    for kind in (kind for kind in AnswerKind if asked[kind]):
        given = answers.history(reading, viewer, dossier_id, kind)
        held = collective.answers_of(reading, viewer, kind, dossier_id)
        alone.append((TITLES[kind], view.answered(call, kind, people, given, void)))
        together.append((TITLES[kind], view.answered(call, kind, people, held, void)))
    ends = outcomes.of_dossiers(reading, viewer, dossier_id)
    together.append(("Suites", view.outcomes(call, people, ends)))
    choices = passages.of_dossier(reading, viewer, dossier_id)
    return {"alone": alone, "together": together, "chosen": view.chosen(found, people, choices, void)}
