"""Deposits of a call: files dropped into the room, and what becomes of them."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from shutil import copyfileobj
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from starlette.datastructures import UploadFile
from starlette.responses import JSONResponse, Response

from store import intakes
from store.index import Status
from store.intakes import Grouping, Intake, IntakeState, NotSent, Result
from store.journal import Writing
from store.people import accounts, calls, deposits, dossiers, letters, questions, received, states
from store.people.calls import RoomCall
from store.people.letters import Asked, asked_for
from store.people.questions import AnsweredMeanwhile
from store.people.room import Reading
from store.people.states import State
from store.settling import Choice
from web import policies
from web.context import Anyone, Context, Signed
from web.french import moment, typeset
from web.opened import called
from web.problems import Conflicting, NotHere, RoomProblem
from web.screens.files import given
from web.security import uploads
from web.views import calls as call_views
from web.views import deposits as views
from web.views import questions as question_views
from web.working import stopped_to

router = APIRouter()

Text = Annotated[str, Form(max_length=200)]


class CallClosed(RoomProblem):
    """The call takes no deposit."""

    code = "call-closed"
    status = 409
    advice = "Les pièces demandées à un candidat se déposent depuis son dossier ; pour tout le reste, rouvrez l'appel."

    def __init__(self) -> None:
        super().__init__("Cet appel est clos : aucun dépôt n'y est pris.")


def _limited(context: Anyone) -> None:
    """Before a form with files is read at all: who sends it is known, and says that it is not too large."""
    context.require(policies.may_instruct(context.viewer))
    uploads.check_length(context.request, _limit(context))


async def _received(context: Signed) -> AsyncIterator[Path]:
    context.require(policies.may_instruct(context.viewer))
    async for place in uploads.received(context.request, context.room.files, _limit(context)):
        yield place


@dataclass(frozen=True, slots=True)
class _Dropped:
    """The form without script."""

    files: Sequence[UploadFile]
    grouping: Grouping
    name: str
    target: str


async def _dropped(context: Signed) -> AsyncIterator[_Dropped]:
    """What `check_form` has read already. As a parameter of the handler it would be read before anything is checked."""
    form = await context.request.form()
    files = [each for each in form.getlist("files") if isinstance(each, UploadFile) and each.filename]
    grouping = Grouping.TOGETHER if form.get("grouping") == Grouping.TOGETHER.value else Grouping.SEPARATE
    try:
        yield _Dropped(files, grouping, str(form.get("name") or ""), str(form.get("dossier") or ""))
    finally:
        await form.close()


@dataclass(frozen=True, slots=True)
class Target:
    """The dossier that what is deposited is added to."""

    id: str
    name: str


@router.get("/appels/{call_id}/depots")
def listing(context: Signed, call_id: str, dossier: Annotated[str, Query(max_length=64)] = "") -> Response:
    """Where files are dropped, for a dossier that is known where one is named, and the deposits made so far."""
    context.require(policies.may_see_deposits(context.viewer))
    with context.reading() as reading:
        room_call, call = called(context, reading, call_id)
        target = _target(context, reading, call_id, dossier)
        held = deposits.of_call(reading, context.viewer, call_id)
        names = accounts.names(reading)
        waiting = questions.waiting(reading, context.viewer, call_id)
        asked = _asked_for(context, reading, target)
        stopped = stopped_to(context, reading)
        without = 0 if held else deposits.dossiers_of_call(reading, context.viewer, call_id)
        may_deposit = may_add_to(context, reading, room_call, target.id if target else "")
    return context.page(
        "deposits/list.html.j2",
        head=call_views.head(
            room_call, call, "/depots", triage=True, manages=policies.may_manage_calls(context.viewer)
        ),
        may_deposit=may_deposit,
        max_bytes=_limit(context),
        late=views.lateness(call_views.late(room_call), asked, about_one=target is not None),
        drops=views.drops(held, names),
        reminders=question_views.reminders(waiting),
        nothing=views.nothing(without),
        target=target,
        stopped=stopped,
    )


@router.post("/appels/{call_id}/depots/ouvrir")
def begin(
    context: Signed, call_id: str, grouping: Annotated[Grouping, Form()], name: Text = "", dossier: Text = ""
) -> Response:
    """Opens an intake, to which a script then sends files one by one."""
    with context.writing() as writing:
        _open_call(context, writing, call_id, dossier)
        intake = _begun(context, writing, call_id, name, grouping, dossier)
    page = f"/depots/{intake.id}"
    addresses = {"page": page, "files": f"{page}/fichiers", "left": f"{page}/ecartes", "ready": f"{page}/deposer"}
    return JSONResponse(addresses, status_code=201)


@router.post("/appels/{call_id}/depots", dependencies=[Depends(_limited)])
def deposit(context: Signed, call_id: str, dropped: Annotated[_Dropped, Depends(_dropped)]) -> Response:
    """Takes all the files of a form at once, for browsers without script."""
    kept = [(each.filename or "", *_kept(context, each)) for each in dropped.files]
    with context.writing() as writing:
        _open_call(context, writing, call_id, dropped.target)
        intake = _begun(context, writing, call_id, dropped.name, dropped.grouping, dropped.target)
        for path, sha256, size in kept:
            intakes.add_file(writing, intake.id, path, sha256, size)
        intakes.make_ready(writing, intake.id)
    return context.go(f"/depots/{intake.id}")


@router.post("/depots/{intake_id}/fichiers")
def add_file(context: Signed, intake_id: int, place: Annotated[Path, Depends(_received)]) -> Response:
    """Adds one file, sent as it is; its path comes in a header."""
    with context.reading() as reading:
        _found(context, reading, intake_id)
    sha256, size = context.room.files.put(place)
    with context.writing() as writing:
        _still_open(context, writing, intake_id)
        intakes.add_file(writing, intake_id, uploads.path_of(context.request), sha256, size)
    return JSONResponse({"size": size}, status_code=201)


@router.post("/depots/{intake_id}/ecartes")
def leave_out(
    context: Signed, intake_id: int, path: Annotated[list[str], Form()], reason: Annotated[list[NotSent], Form()]
) -> Response:
    """Keeps the names of files that a script did not send, each with its reason."""
    context.require(policies.may_instruct(context.viewer))
    with context.writing() as writing:
        _still_open(context, writing, intake_id)
        intakes.leave_out(writing, intake_id, dict(zip(path, reason, strict=False)))
    return JSONResponse({"kept": len(path)}, status_code=201)


@router.post("/depots/{intake_id}/deposer")
def make_ready(context: Signed, intake_id: int) -> Response:
    """Hands the intake to the machine; one that failed is handed to it again."""
    context.require(policies.may_instruct(context.viewer))
    with context.writing() as writing:
        _still_open(context, writing, intake_id)
        intakes.make_ready(writing, intake_id)
    return context.go(f"/depots/{intake_id}")


@router.get("/depots/{intake_id}")
def one(context: Signed, intake_id: int) -> Response:
    """A deposit, and what became of everything in it."""
    return _followed(context, intake_id, "deposits/deposit.html.j2", whole=True)


@router.get("/depots/{intake_id}/suivi")
def follow(context: Signed, intake_id: int) -> Response:
    """The part of that page that changes while the machine works."""
    return _followed(context, intake_id, "deposits/follow.html.j2", whole=False)


@router.post("/depots/{intake_id}/reessayer")
def retry(context: Signed, intake_id: int, dossier: Annotated[str, Form(max_length=64)] = "") -> Response:
    """Asks for another try of one dossier, or of all that failed."""
    context.require(policies.may_instruct(context.viewer))
    with context.reading() as reading:
        _found(context, reading, intake_id)
        held = deposits.outcomes(reading, context.viewer, intake_id)
    tried = [
        each.dossier_id
        for each in held
        if each.dossier_id is not None
        and not each.retried
        and (each.dossier_id == dossier or (not dossier and each.status is Status.FAILED))
    ]
    if dossier and not tried:
        raise NotHere
    with context.writing() as writing:
        for each_id in tried:
            intakes.retry(writing, each_id)
    return context.go(f"/depots/{intake_id}", "retry-asked", len(tried))


@router.post("/depots/{intake_id}/reponses")
def answer(
    context: Signed,
    intake_id: int,
    choice: Annotated[Choice, Form()],
    item: Annotated[list[Annotated[str, Form(pattern=r"^\d{1,9}\.\d{1,9}\.[0-9a-f]{64}$")]], Form(min_length=1)],
) -> Response:
    """Says what dossiers are that have the name of a known one: each `item` is its place, then the deposit shown of
    the known dossier, and which that is."""
    context.require(policies.may_instruct(context.viewer))
    shown = {int(place): (about, int(deposit)) for place, deposit, about in (each.split(".") for each in item)}
    try:
        with context.writing() as writing:
            _found(context, writing, intake_id)
            kept = questions.answer(writing, context.viewer, intake_id, shown, choice)
    except AnsweredMeanwhile as problem:
        raise Conflicting(problem.message, advice=problem.advice) from problem
    return context.go(f"/depots/{intake_id}", "deposit-settled", kept)


@router.get("/depots/{intake_id}/a-preciser/{position}/{place}")
def piece(context: Signed, intake_id: int, position: int, place: int) -> Response:
    """A PDF that waits for an answer, for who has to know whose it is."""
    context.require(policies.may_see_deposits(context.viewer))
    with context.reading() as reading:
        asked = questions.of_intake(reading, context.viewer, intake_id)
    pieces = next((each.pieces for each in asked if each.position == position), ())
    if not 0 <= place < len(pieces):
        raise NotHere
    return given(context.room.files, pieces[place])


def _followed(context: Context, intake_id: int, template: str, *, whole: bool) -> Response:
    context.require(policies.may_see_deposits(context.viewer))
    with context.reading() as reading:
        intake = _found(context, reading, intake_id)
        room_call, call = called(context, reading, intake.call)
        held = deposits.outcomes(reading, context.viewer, intake_id)
        files = intakes.files(reading.connection, intake_id) if whole else ()
        asked = questions.of_intake(reading, context.viewer, intake_id)
        about = {known.dossier.id for each in asked for known in each.known}
        sent = letters.of_dossiers(reading, context.viewer, about) if about else {}
        names = accounts.names(reading) if asked else {}
        more = {each.dossier_id for each in held if each.dossier_id and each.result in (Result.ADDED, Result.REPLACED)}
        bearers = received.bearer_changes(reading, context.viewer, more) if more else {}
        target = _target(context, reading, intake.call, intake.target or "")
        stopped = stopped_to(context, reading)
        behind = intake.state is IntakeState.READY and deposits.is_behind(reading, intake_id)
        may_deposit = may_add_to(context, reading, room_call, intake.target or "")
    may_retry = policies.may_instruct(context.viewer)
    followed = views.follow(
        intake, held, asked, names, sent, bearers, may_retry=may_retry, behind=behind, stopped=stopped
    )
    if not whole:
        return context.part(template, follow=followed)
    return context.page(
        template,
        follow=followed,
        intake=intake,
        target=target,
        files=files,
        may_deposit=may_deposit,
        head=call_views.head(
            room_call, call, "/depots", triage=True, manages=policies.may_manage_calls(context.viewer)
        ),
    )


def _found(context: Context, reading: Reading | Writing, intake_id: int) -> Intake:
    intake = deposits.find(reading, context.viewer, intake_id)
    if intake is None:
        raise NotHere
    return intake


def _still_open(context: Context, writing: Writing, intake_id: int) -> None:
    intake = _found(context, writing, intake_id)
    _open_call(context, writing, intake.call, intake.target or "")


def _open_call(context: Context, writing: Writing, call_id: str, dossier_id: str) -> None:
    """Whether the person may deposit in the call now, for that dossier where there is one.

    Raises:
        NotHere: the call is not there for this person.
        CallClosed: it takes no deposit any more, or none for this dossier.
    """
    room_call = calls.find(writing, context.viewer, call_id)
    if room_call is None:
        raise NotHere
    context.require(policies.may_instruct(context.viewer))
    if not may_add_to(context, writing, room_call, dossier_id):
        raise CallClosed


def may_add_to(context: Context, reading: Reading | Writing, room_call: RoomCall, dossier_id: str) -> bool:
    """Whether the person may deposit in the call now: for that dossier, or in general for none (empty)."""
    awaited = states.of_dossier(reading, context.viewer, dossier_id).state is State.PIECES_REQUESTED
    return policies.may_deposit(context.viewer, room_call.state, awaited=awaited)


def _begun(context: Context, writing: Writing, call_id: str, name: str, grouping: Grouping, dossier_id: str) -> Intake:
    target = _target(context, writing, call_id, dossier_id)
    if target is None:
        usual = f"Dépôt du {moment(datetime.now(UTC))}"
        return intakes.open_intake(writing, call_id, _named(name, usual), grouping)
    usual = f"Pièces ajoutées : {target.name}"
    return intakes.open_intake(writing, call_id, _named(name, usual), Grouping.TOGETHER, target.id)


def _target(context: Context, reading: Reading | Writing, call_id: str, dossier_id: str) -> Target | None:
    """The dossier of the call that files are for; None where none is named."""
    if not dossier_id:
        return None
    if dossiers.call_of(reading, context.viewer, dossier_id) != call_id:
        raise NotHere
    return Target(dossier_id, dossiers.names(reading, context.viewer, dossier_id)[dossier_id])


def _asked_for(context: Context, reading: Reading, target: Target | None) -> Asked | None:
    """Whether what is deposited now for that dossier was asked for."""
    if target is None:
        return None
    return asked_for(letters.of_dossier(reading, context.viewer, target.id), datetime.now(UTC))


def _kept(context: Context, file: UploadFile) -> tuple[str, int]:
    """Keeps a file of a form, which Starlette has laid on the disk."""
    files = context.room.files
    place = files.incoming()
    try:
        with place.open("xb") as target:
            copyfileobj(file.file, target, 1 << 20)
        return files.put(place)
    finally:
        place.unlink(missing_ok=True)


def _limit(context: Context) -> int:
    return context.settings.upload_max_mb * uploads.MEGABYTE


def _named(name: str, usual: str) -> str:
    return (" ".join(name.split()) or typeset(usual))[:200]
