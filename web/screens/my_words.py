"""What a juror has submitted: one dossier to print, all those of a call to print or to take away."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from store.canonical import digest
from store.people import answers, dossiers, passages, scores
from store.people.answers import AnswerKind
from store.people.calls import about_call
from store.people.room import Reading
from store.records import Action, Datum
from web import policies
from web.answering import open_for_juror
from web.context import Context, Signed
from web.opened import called
from web.views import my_words as views

router = APIRouter()

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_Call = Annotated[str, Query(max_length=200)]


@router.get("/jury/dossiers/{dossier_id}/ma-lecture")
def reading_of(context: Signed, dossier_id: str) -> Response:
    """All that the juror has submitted on a dossier, with the passages that they chose, to print."""
    with context.reading() as reading:
        dossier = open_for_juror(context, reading, dossier_id)
        own = scores.mine(reading, context.viewer, dossier_id)
        chosen = passages.mine(reading, context.viewer, dossier_id)
        given = {kind: answers.of_dossier(reading, context.viewer, dossier_id, kind) for kind in AnswerKind}
    return context.page(
        "jury/my_reading.html.j2",
        dossier=dossier.dossier,
        call=dossier.call,
        markers=views.markers_said(dossier, own, chosen),
        sheets=views.sheets_said(dossier, given, context.viewer),
    )


@router.get("/jury/releve")
def statement(context: Signed, appel: _Call) -> Response:
    """All that the juror has submitted in a call."""
    context.require(policies.may_judge(context.viewer))
    with context.reading() as reading:
        _room_call, call = called(context, reading, appel)
        lines = _lines(context, reading, appel)
    return context.page("jury/statement.html.j2", call=call, dossiers=views.by_dossier(lines))


@router.get("/jury/releve.xlsx")
def exported(context: Signed, appel: _Call) -> Response:
    """The same as a spreadsheet; that it was taken is told in the journal."""
    context.require(policies.may_judge(context.viewer))
    with context.reading() as reading:
        lines = _lines(context, reading, appel)
    content = views.spreadsheet(lines)
    with context.writing() as writing:
        told: dict[str, Datum] = {"what": "my-words", "format": "xlsx", "rows": len(lines), "file": digest(content)}
        writing.tell(Action.EXPORTED, about_call(appel), told)
    disposition = f'attachment; filename="mes-reponses-{appel}.xlsx"'
    return Response(content, media_type=_XLSX, headers={"content-disposition": disposition})


def _lines(context: Context, reading: Reading, call_id: str) -> tuple[views.StatementLine, ...]:
    room_call, call = called(context, reading, call_id)
    own = scores.mine_in_call(reading, context.viewer, call_id)
    names = dossiers.names(reading, context.viewer, *{score.dossier_id for score in own})
    return views.statement(call, room_call, own, names)
