"""How a dossier stands in the instruction: its state, who instructs it, its labels, notes on it."""

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Form
from starlette.responses import JSONResponse, Response

from pipeline.text import in_guillemets
from store import intakes
from store.journal import Writing
from store.people import accounts, decisions, dossiers, filters, labels, notes, states
from store.people.decisions import Kind, Statement
from store.people.drafts import DraftChanged
from store.people.notes import NoteDraft
from store.people.states import Reason, State
from store.people.viewers import Role
from store.records import Action
from web import policies
from web.context import Context, Signed
from web.french import moment, status
from web.opened import opened
from web.problems import Conflicting, NotHere
from web.prose import Prose
from web.screens.dossier import InvalidDecision, address
from web.views.dossier import instruction, undone

router = APIRouter()

Filtre = Annotated[str, Form(max_length=4000)]


@router.post("/dossiers/{dossier_id}/etat")
def mark(
    context: Signed,
    dossier_id: str,
    state: Annotated[State, Form()],
    reason: Annotated[Reason | Literal[""], Form()] = "",
    avant: Annotated[State | None, Form()] = None,
    filtre: Filtre = "",
    confirme: Annotated[bool, Form()] = False,
) -> Response:
    """Says that the dossier is complete, that pieces were asked for, that it stops here and why, or is open again.

    `avant` is the state that the page showed. Who marks complete a dossier with fields that lack a decision, or that
    are decided absent or thin, is asked once more, unless the page has asked already (`confirme`).
    """
    context.require(policies.may_instruct(context.viewer))
    why = (reason or None) if state is State.DROPPED else None
    if state is State.DROPPED and why is None:
        raise InvalidDecision("Choisissez le motif pour lequel le dossier est sans suite.")
    if state is State.COMPLETE and not confirme:
        asked = _asked_once_more(context, dossier_id, avant, filtre)
        if asked is not None:
            return asked

    def change(writing: Writing, _: str) -> None:
        now = states.of_dossier(writing, context.viewer, dossier_id)
        if avant is not None and now.state not in (avant, state):
            told = in_guillemets(status(now.state, "dossier").label)
            raise _overtaken(context, writing, dossier_id, f"l’état est maintenant {told}", Action.DOSSIER_MARKED)
        if (now.state, now.reason) != (state, why):
            states.mark(writing, [dossier_id], state, reason=why)

    return _changed(context, dossier_id, filtre, change)


@router.post("/dossiers/{dossier_id}/instruction")
def entrust(
    context: Signed,
    dossier_id: str,
    assignee: Annotated[str, Form()] = "",
    avant: Annotated[int | None, Form(ge=0)] = None,
    filtre: Filtre = "",
) -> Response:
    """Gives the dossier to someone who instructs, or to nobody; `avant` is who had it on the page, 0 for nobody."""

    def change(writing: Writing, _: str) -> None:
        able = {str(person.id): person.id for person in accounts.every(writing, Role.INSTRUCTOR, Role.ADMINISTRATOR)}
        if assignee and assignee not in able:
            raise InvalidDecision
        wanted, now = able.get(assignee), states.of_dossier(writing, context.viewer, dossier_id).assignee
        if avant is not None and now not in (avant or None, wanted):
            who = "personne" if now is None else accounts.names(writing)[now]
            actions = (Action.DOSSIER_ASSIGNED, Action.DOSSIER_UNASSIGNED)
            raise _overtaken(context, writing, dossier_id, f"le dossier est maintenant suivi par {who}", *actions)
        if now != wanted:
            states.entrust(writing, [dossier_id], wanted)

    return _changed(context, dossier_id, filtre, change)


@router.post("/dossiers/{dossier_id}/etiquettes")
def label(
    context: Signed,
    dossier_id: str,
    name: Annotated[str, Form(max_length=200)] = "",
    remove: Annotated[int | None, Form()] = None,
    filtre: Filtre = "",
) -> Response:
    """Puts a label on the dossier, or takes one off."""

    def change(writing: Writing, call: str) -> None:
        on = {label.id for label in labels.of_dossier(writing, context.viewer, dossier_id)}
        if remove is not None:
            labels.take_off(writing, [dossier_id] if remove in on else [], remove)
            return
        added = labels.named(writing, call, name)
        labels.put(writing, [] if added.id in on else [dossier_id], added.id)

    return _changed(context, dossier_id, filtre, change)


@router.post("/dossiers/{dossier_id}/notes")
def note(context: Signed, dossier_id: str, note: Prose = "", filtre: Filtre = "") -> Response:
    """Leaves a note on the dossier."""
    said = note.strip()
    if not said:
        raise InvalidDecision("Une note ne peut pas être vide.")

    def change(writing: Writing, _: str) -> None:
        decisions.decide(writing, context.viewer, dossier_id, Statement(Kind.NOTE, "", None, said))

    return _changed(context, dossier_id, filtre, change)


@router.post("/dossiers/{dossier_id}/notes/brouillon")
def type_note(
    context: Signed,
    dossier_id: str,
    kind: Annotated[Kind, Form()],
    key: Annotated[str, Form(max_length=100)] = "",
    note: Prose = "",
    version: Annotated[int, Form(ge=0)] = 0,
) -> Response:
    """Keeps what a person types beside something of the dossier; nobody else sees it. For the page's script."""
    context.require(policies.may_instruct(context.viewer))
    about = (kind, key)
    try:
        with context.writing() as writing:
            if not dossiers.sees(writing, context.viewer, dossier_id):
                raise NotHere
            kept = notes.keep(writing, context.viewer, dossier_id, about, note, version)
    except DraftChanged:
        with context.reading() as reading:
            known = notes.typed(reading, context.viewer, dossier_id).get(about, NoteDraft("", 0))
        return JSONResponse({"version": known.version, "values": {"note": known.text}, "by": ""}, status_code=409)
    return JSONResponse({"version": kept})


@router.post("/dossiers/{dossier_id}/nouvel-essai")
def retry(context: Signed, dossier_id: str, filtre: Filtre = "") -> Response:
    """Asks that the program reads the dossier again."""
    context.require(policies.may_instruct(context.viewer))
    with context.writing() as writing:
        if not dossiers.sees(writing, context.viewer, dossier_id):
            raise NotHere
        intakes.retry(writing, dossier_id)
    return context.go(address(dossier_id, filters.read(filtre).filter.query()), "retry-asked")


def _asked_once_more(context: Context, dossier_id: str, avant: State | None, filtre: str) -> Response | None:
    """The page that says what is left undone on a dossier; None where nothing is, or where it is complete already."""
    with context.reading() as reading:
        dossier = opened(context, reading, dossier_id)
        made = decisions.of_dossier(reading, context.viewer, dossier_id)
        now = states.of_dossier(reading, context.viewer, dossier_id).state
    question = undone(instruction(dossier, made))
    if now is State.COMPLETE or not question:
        return None
    query = filters.read(filtre).filter.query()
    return context.page(
        "dossier/completing.html.j2",
        dossier=dossier.dossier,
        call=dossier.call,
        question=question,
        query=query,
        table=f"/appels/{dossier.call.id}/dossiers?{query}",
        back=address(dossier_id, query, "suivi"),
        before=avant,
    )


def _overtaken(context: Context, writing: Writing, dossier_id: str, what: str, *actions: Action) -> Conflicting:
    """Tells who changed the dossier since the page was opened."""
    last = states.last_change(writing, context.viewer, dossier_id, *actions)
    by = "" if last is None else f"{accounts.names(writing)[last.person_id]}, {moment(last.at)} : "
    return Conflicting(f"{by}{what}. Rien n’a été enregistré.", advice="Rechargez la page, puis décidez de nouveau.")


def _changed(context: Context, dossier_id: str, filtre: str, change: Callable[[Writing, str], None]) -> Response:
    """Makes a change to a dossier that the person sees, of the call that the change is told."""
    context.require(policies.may_instruct(context.viewer))
    with context.writing() as writing:
        call = dossiers.call_of(writing, context.viewer, dossier_id)
        if call is None:
            raise NotHere
        change(writing, call)
    return context.go(address(dossier_id, filters.read(filtre).filter.query(), "suivi"), "saved")
