"""How a dossier stands in the instruction: its state, who instructs it, its labels, notes on it."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from store import intakes
from store.journal import Writing
from store.people import accounts, decisions, dossiers, filters, labels, states
from store.people.decisions import Kind, Statement
from store.people.states import State
from store.people.viewers import Role
from web import policies
from web.context import Context, Signed
from web.problems import NotHere
from web.screens.dossier import InvalidDecision, address

router = APIRouter()

Filtre = Annotated[str, Form(max_length=4000)]


@router.post("/dossiers/{dossier_id}/etat")
def mark(context: Signed, dossier_id: str, state: Annotated[State, Form()], filtre: Filtre = "") -> Response:
    """Says that the dossier is complete, that pieces were asked for, or that it is open again."""
    return _changed(context, dossier_id, filtre, lambda writing, _: states.mark(writing, [dossier_id], state))


@router.post("/dossiers/{dossier_id}/instruction")
def entrust(context: Signed, dossier_id: str, assignee: Annotated[str, Form()] = "", filtre: Filtre = "") -> Response:
    """Gives the dossier to someone who instructs, or to nobody."""

    def change(writing: Writing, _: str) -> None:
        able = {str(person.id): person.id for person in accounts.every(writing, Role.INSTRUCTOR, Role.ADMINISTRATOR)}
        if assignee and assignee not in able:
            raise InvalidDecision
        states.entrust(writing, [dossier_id], able.get(assignee))

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
def note(
    context: Signed, dossier_id: str, note: Annotated[str, Form(max_length=5000)] = "", filtre: Filtre = ""
) -> Response:
    """Leaves a note on the dossier."""
    said = note.replace("\r\n", "\n").strip()
    if not said:
        raise InvalidDecision("Une note ne peut pas être vide.")

    def change(writing: Writing, _: str) -> None:
        decisions.decide(writing, context.viewer, dossier_id, Statement(Kind.NOTE, "", None, said))

    return _changed(context, dossier_id, filtre, change)


@router.post("/dossiers/{dossier_id}/nouvel-essai")
def retry(context: Signed, dossier_id: str, filtre: Filtre = "") -> Response:
    """Asks that the program reads the dossier again."""
    context.require(policies.may_instruct(context.viewer))
    with context.writing() as writing:
        if not dossiers.sees(writing, context.viewer, dossier_id):
            raise NotHere
        intakes.retry(writing, dossier_id)
    return context.go(address(dossier_id, filters.read(filtre).filter.query()), "retry-asked")


def _changed(context: Context, dossier_id: str, filtre: str, change: Callable[[Writing, str], None]) -> Response:
    """Makes a change to a dossier that the person sees, of the call that the change is told."""
    context.require(policies.may_instruct(context.viewer))
    with context.writing() as writing:
        call = dossiers.call_of(writing, context.viewer, dossier_id)
        if call is None:
            raise NotHere
        change(writing, call)
    return context.go(address(dossier_id, filters.read(filtre).filter.query(), "suivi"), "saved")
