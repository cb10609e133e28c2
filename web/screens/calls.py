"""Calls of the room: the list, opening and closing them, their settings and juries, their texts."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Form, UploadFile
from starlette.responses import Response

from pipeline.calls.catalogue import built_in_calls
from pipeline.calls.model import Call
from pipeline.calls.parser import MAX_BYTES, load_call, parse_call
from pipeline.errors import InvalidCallFile, UsageProblem
from store.people import accounts, calls, questions, retention, states, workloads
from store.people.calls import RoomCall
from store.people.room import Reading
from store.people.states import State
from store.people.viewers import Role
from store.people.workloads import Progress
from web import policies
from web.context import Context, Signed
from web.opened import called, texts_of
from web.problems import Conflicting, NotHere
from web.prose import Prose
from web.views import calls as views
from web.working import last_sign_to, stopped_to

router = APIRouter()

Short = Annotated[str, Form(max_length=300)]


@router.get("/appels")
def listing(context: Signed) -> Response:
    """The calls with their counts, those open first."""
    context.require(policies.may_see_triage(context.viewer))
    with context.reading() as reading:
        held = calls.every(reading, context.viewer)
        progress = workloads.of_calls(reading, context.viewer)
        waiting = questions.to_answer(reading, context.viewer)
        stopped = stopped_to(context, reading)
        last_sign = last_sign_to(context, reading)
    cards = [
        views.card(each, texts_of(context.room.files, each), progress.get(each.id, Progress()), waiting.get(each.id, 0))
        for each in held
    ]
    cards.sort(key=lambda card: not card.open)
    return context.page(
        "calls/list.html.j2",
        cards=cards,
        manages=policies.may_manage_calls(context.viewer),
        stopped=stopped,
        last_sign=last_sign,
    )


@router.get("/appels/ouvrir")
def choose(context: Signed) -> Response:
    """The calls that come with the program, and the form for a call file."""
    context.require(policies.may_manage_calls(context.viewer))
    return _choose(context)


@router.post("/appels/ouvrir")
def open_known(context: Signed, call: Short) -> Response:
    """Brings a call that comes with the program into the room."""
    context.require(policies.may_manage_calls(context.viewer))
    if call not in built_in_calls():
        raise NotHere
    with context.writing() as writing:
        calls.open_call(writing, call, load_call(call).deadline)
    return context.go(f"/appels/{call}/reglages", "call-opened")


@router.post("/appels/fichier")
def open_file(context: Signed, file: UploadFile) -> Response:
    """Brings the call of a file into the room; the file is kept by its digest."""
    context.require(policies.may_manage_calls(context.viewer))
    content = file.file.read(MAX_BYTES + 1)
    try:
        call = parse_call(content, file.filename or "sans nom")
        digest, _size = context.room.files.put(content)
        with context.writing() as writing:
            calls.open_call(writing, call.id, call.deadline, None if call.id in built_in_calls() else digest)
    except InvalidCallFile as problem:
        return _choose(context, problem.problems)
    except UsageProblem as problem:
        return _choose(context, [f"{problem.message} {problem.advice}"])
    return context.go(f"/appels/{call.id}/reglages", "call-opened")


@router.get("/appels/{call_id}")
def texts(context: Signed, call_id: str) -> Response:
    """What the call says, word for word, and how the room is set for it."""
    with context.reading() as reading:
        room_call, call = called(context, reading, call_id)
        jury = calls.jury(reading, call_id)
        overdue = retention.count(reading, context.viewer, call_id) if policies.may_see_triage(context.viewer) else 0
    return context.page(
        "calls/texts.html.j2",
        head=_head(context, room_call, call, ""),
        description=views.texts(call),
        room_call=room_call,
        scale=views.own_scale(call) or room_call.scale,
        jury=jury,
        overdue=overdue,
    )


@router.get("/appels/{call_id}/reglages")
def settings(context: Signed, call_id: str) -> Response:
    """The settings of a call, and its jury."""
    context.require(policies.may_manage_calls(context.viewer))
    with context.reading() as reading:
        return _settings(context, reading, call_id)


@router.post("/appels/{call_id}/reglages")
def set_call(
    context: Signed,
    call_id: str,
    deadline: Short = "",
    quorum: Short = "",
    retention: Short = "",
    reply: Short = "",
    scale: Prose = "",
    shown: Short = "",
) -> Response:
    """Keeps the settings, unless they are no longer those that were `shown`: then nothing typed is lost either."""
    context.require(policies.may_manage_calls(context.viewer))
    with context.reading() as reading:
        _room_call, call = called(context, reading, call_id)
    typed = views.Settings(deadline, quorum, retention, reply, scale)
    values = () if views.own_scale(call) else tuple(line.strip() for line in scale.splitlines() if line.strip())
    try:
        with context.writing() as writing:
            present = calls.find(writing, context.viewer, call_id)
            if shown and present is not None and shown != views.settings(present).mark:
                raise Conflicting(views.changed(views.settings(present)))
            calls.set_call(
                writing,
                call_id,
                deadline=date.fromisoformat(deadline) if deadline else None,
                quorum=int(quorum),
                retention_months=int(retention) if retention else None,
                scale=values,
                reply_days=int(reply) if reply else calls.USUAL_REPLY_DAYS,
            )
    except (UsageProblem, Conflicting, ValueError) as problem:
        told = "Une date ou un nombre n'est pas valable." if isinstance(problem, ValueError) else problem.message
        with context.reading() as reading:
            return _settings(context, reading, call_id, typed=typed, error=told)
    return context.go(f"/appels/{call_id}/reglages", "call-set")


@router.post("/appels/{call_id}/etat")
def open_or_close(context: Signed, call_id: str, open: Annotated[bool, Form()]) -> Response:  # noqa: A002 (the field)
    """Closes the call, or opens it again."""
    context.require(policies.may_manage_calls(context.viewer))
    with context.writing() as writing:
        if calls.find(writing, context.viewer, call_id) is None:
            raise NotHere
        if open:
            calls.open_call(writing, call_id, None)
        else:
            calls.close_call(writing, call_id)
    return context.go(f"/appels/{call_id}/reglages", "call-opened" if open else "call-closed")


@router.post("/appels/{call_id}/jury")
def change_jury(
    context: Signed,
    call_id: str,
    person: Annotated[int, Form()],
    place: Annotated[Literal["member", "chair", "none"], Form()],
) -> Response:
    """Seats a juror, unseats one, or names who chairs: one person at a time."""
    context.require(policies.may_manage_calls(context.viewer))
    with context.writing() as writing:
        juror = accounts.by_id(writing, person)
        if calls.find(writing, context.viewer, call_id) is None or juror is None:
            raise NotHere
        if place == "none":
            calls.unseat(writing, call_id, person)
        elif policies.may_judge(juror.viewer) and juror.active:
            for other in calls.jury(writing, call_id) if place == "chair" else ():
                if other.chair:
                    calls.seat(writing, call_id, other.person_id, chair=False)
            calls.seat(writing, call_id, person, chair=place == "chair")
        else:
            raise NotHere
    return context.go(f"/appels/{call_id}/reglages#jury", "jury-changed")


def _choose(context: Context, problems: list[str] | None = None) -> Response:
    with context.reading() as reading:
        held = {each.id: each for each in calls.every(reading, context.viewer)}
    known = [(load_call(call_id), held.get(call_id)) for call_id in built_in_calls()]
    return context.page("calls/open.html.j2", status=400 if problems else 200, known=known, problems=problems or ())


def _settings(
    context: Context, reading: Reading, call_id: str, *, typed: views.Settings | None = None, error: str = ""
) -> Response:
    room_call, call = called(context, reading, call_id)
    jury = calls.jury(reading, call_id)
    return context.page(
        "calls/settings.html.j2",
        status=400 if error else 200,
        head=_head(context, room_call, call, "/reglages"),
        form=typed or views.settings(room_call),
        shown=views.settings(room_call).mark,
        error=error,
        room_call=room_call,
        call=call,
        own_scale=views.own_scale(call),
        overdue=retention.count(reading, context.viewer, call_id),
        awaiting=states.count(reading, context.viewer, call_id, State.PIECES_REQUESTED),
        takes_corrections=policies.may_export_for_training(context.viewer),
        jury=jury,
        too_few=views.too_few(len(jury), room_call.quorum),
        seatable=views.seatable(accounts.every(reading, Role.JUROR), jury),
    )


def _head(context: Context, room_call: RoomCall, call: Call, current: str) -> views.CallHead:
    return views.head(
        room_call,
        call,
        current,
        triage=policies.may_see_triage(context.viewer),
        manages=policies.may_manage_calls(context.viewer),
    )
