"""What people corrected in a call, taken out of the room by who chooses to teach the program."""

from fastapi import APIRouter
from starlette.responses import Response

from pipeline.calls.model import Call
from store.people import corrections
from store.people.calls import about_call
from store.people.corrections import ChosenPassage, Correction
from store.people.decisions import Kind
from store.records import Action, Datum
from web import policies
from web.context import Context, Signed
from web.opened import called
from web.views.corrections import json_lines

router = APIRouter()


@router.get("/appels/{call_id}/corrections")
def show(context: Signed, call_id: str) -> Response:
    """What there is to take, and what becomes of it."""
    call, corrected, chosen = _found(context, call_id)
    return context.page(
        "dossier/corrections.html.j2",
        call=call,
        numbers={kind.value: sum(one.kind is kind for one in corrected) for kind in Kind},
        corrections=len(corrected),
        passages=len(chosen),
    )


@router.post("/appels/{call_id}/corrections")
def take(context: Signed, call_id: str) -> Response:
    """The file; the journal tells that it was taken."""
    call, corrected, chosen = _found(context, call_id)
    with context.writing() as writing:
        told: dict[str, Datum] = {"what": "corrections", "corrections": len(corrected), "passages": len(chosen)}
        writing.tell(Action.EXPORTED, about_call(call_id), told)
    headers = {"content-disposition": f'attachment; filename="corrections-{call.id}.jsonl"'}
    return Response(json_lines(call, corrected, chosen), media_type="application/x-ndjson", headers=headers)


def _found(context: Context, call_id: str) -> tuple[Call, tuple[Correction, ...], tuple[ChosenPassage, ...]]:
    context.require(policies.may_export_for_training(context.viewer))
    with context.reading() as reading:
        _, call = called(context, reading, call_id)
        corrected = corrections.corrected(reading, context.viewer, call_id)
        return call, corrected, corrections.chosen(reading, context.viewer, call_id)
