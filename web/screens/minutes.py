"""Minutes of a session, to print or to take away."""

from fastapi import APIRouter
from starlette.responses import Response

from store.people import accounts, collective, deliberations, naming, outcomes, presences, stood
from store.people.answers import AnswerKind
from store.people.deliberations import SessionState, about_session
from store.people.room import Reading
from store.records import Action, Datum
from web.context import Context, Signed
from web.holding import session_of
from web.opened import called
from web.problems import NotHere
from web.views.minutes import Minutes, minutes_of
from web.views.minutes_dossier import Words
from web.views.minutes_file import written
from web.views.naming import namings_of
from web.views.sessions import scale_of
from web.views.word_file import MEDIA_TYPE

router = APIRouter()


@router.get("/deliberations/{session_id}/proces-verbal")
def page(context: Signed, session_id: int) -> Response:
    """The minutes, made to be printed; of the dossiers that the person sees."""
    with context.reading() as reading:
        minutes = _minutes(context, reading, session_id)
    return context.page("deliberations/minutes.html.j2", session_id=session_id, minutes=minutes)


@router.get("/deliberations/{session_id}/proces-verbal.docx")
def file(context: Signed, session_id: int) -> Response:
    """The same as a file for word processors; that it was taken is told."""
    with context.reading() as reading:
        minutes = _minutes(context, reading, session_id)
    content = written(minutes)
    with context.writing() as writing:
        told: dict[str, Datum] = {"what": "minutes", "dossiers": len(minutes.dossiers), "bytes": len(content)}
        writing.tell(Action.EXPORTED, about_session(session_id), told)
    name = f"proces-verbal-seance-{session_id}.docx"
    return Response(content, media_type=MEDIA_TYPE, headers={"content-disposition": f'attachment; filename="{name}"'})


def _minutes(context: Context, reading: Reading, session_id: int) -> Minutes:
    session = session_of(context, reading, session_id)
    if session.state is SessionState.PLANNED:
        raise NotHere
    room_call, call = called(context, reading, session.call)
    agenda = deliberations.agenda(reading, context.viewer, session_id)
    ids = [item.dossier_id for item in agenda]
    values = collective.last_values(session.shown(collective.values_of(reading, context.viewer, *ids)))
    answers = {
        kind: collective.last_answers(session.shown(collective.answers_of(reading, context.viewer, kind, *ids)))
        for kind in AnswerKind
    }
    held = outcomes.last_of(session.shown(outcomes.of_dossiers(reading, context.viewer, *ids)))
    numbers = {session_id, *(value.session_id for value in values.values())}
    numbers.update(answer.session_id for given in answers.values() for answer in given.values())
    numbers.update(outcome.session_id for outcome in held.values())
    words = Words(
        values=values,
        answers=answers,
        outcomes=held,
        presences=presences.of_sessions(reading, context.viewer, numbers),
        sessions=deliberations.several(reading, context.viewer, numbers),
        stood=stood.of_session(reading, context.viewer, session_id),
        names=accounts.names(reading),
        quorum=session.asked(room_call.quorum),
    )
    namings = namings_of(naming.of_dossiers(reading, context.viewer, *ids))
    return minutes_of(session, call, scale_of(call, room_call), agenda, namings, words)
