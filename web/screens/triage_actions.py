"""What is done from the triage table: actions on many dossiers, undoing them, saved views, columns shown."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from pipeline.calls.model import Call
from store.journal import Writing, head
from store.people import bulk, calls, dossiers, giving, labels, triage, views
from store.people.bulk import AlreadyUndone, ChangedSince, SelectionChanged
from store.people.bulk_changes import Assign, Change, Entrust, InvalidChange, Mark, PutLabel, Withdraw
from store.people.filters import ANY, BEGUN, NONE, STATES, Dimension, Filter, columns_of, read
from store.people.states import Reason, State
from store.problems import NotInStore
from web import policies
from web.context import Context, Signed
from web.opened import called
from web.problems import Conflicting, NotHere
from web.views.triage_words import address, unready_words

router = APIRouter()

Query = Annotated[str, Form(max_length=8000)]
_NEW = "nouvelle"
_ALL = "filtre"
_COMPLETE = "etat:complet"
_GIVING, _WITHDRAWING = "jury", "retrait"
_NAMED = 10
"""How many of the dossiers that others changed, or that are not finished, are named."""


@router.post("/appels/{call_id}/dossiers/actions")
def act(
    context: Signed,
    call_id: str,
    action: Annotated[str, Form(max_length=40)] = "",
    filtre: Query = "",
    total: Annotated[int, Form(ge=0)] = 0,
    page: Annotated[int, Form(ge=1)] = 1,
    vu: Annotated[int | None, Form(ge=0)] = None,
    portee: Annotated[str, Form(max_length=10)] = "",
    dossier: Annotated[list[str], Form()] = [],  # noqa: B006 (FastAPI copies it)
    jure: Annotated[list[int], Form()] = [],  # noqa: B006
    nouvelle: Annotated[str, Form(max_length=200)] = "",
    confirme: Annotated[bool, Form()] = False,
) -> Response:
    """Does one thing to the dossiers that were ticked, or to all that the filter shows.

    Who marks complete dossiers with fields that lack a decision, or that are decided absent, is asked once more.
    """
    context.require(policies.may_instruct(context.viewer))
    made = read(filtre).filter
    back = address(call_id, made, page=page)
    chosen: Filter | list[str] = made if portee == _ALL else dossier
    shown = total if portee == _ALL else len(set(dossier))
    if not shown:
        return context.go(back, "nothing-chosen")
    hidden = {"action": action, "filtre": filtre, "total": total, "page": page, "vu": vu, "portee": portee}
    with context.reading() as reading:
        _room_call, call = called(context, reading, call_id)
        unsure = action == _COMPLETE and not confirme
        left = triage.unfinished(reading, context.viewer, call_id, chosen) if unsure else ()
        first = dossiers.names(reading, context.viewer, *left[:_NAMED])
    if left:
        return context.page(
            "triage/completing.html.j2",
            call=call,
            back=back,
            chosen=shown,
            left=len(left),
            named=[(each, first[each]) for each in left[:_NAMED]],
            kept=made.query(),
            hrefs=_unfinished_shown(call_id, made) if portee == _ALL else (),
            hidden=hidden,
            ticked=dossier,
        )
    if action.startswith(_GIVING) and not confirme:
        with context.reading() as reading:
            unready = giving.unready(reading, context.viewer, call_id, chosen)
        if unready.any:
            return context.page(
                "triage/giving.html.j2",
                call=call,
                back=back,
                chosen=shown,
                said=unready_words(unready),
                hidden=hidden,
                lists={"dossier": dossier, "jure": jure},
            )
    try:
        with context.writing() as writing:
            change = _change(writing, call_id, action, jure, nouvelle)
            done = bulk.apply(writing, context.viewer, call_id, chosen, shown, change, seen=vu)
    except SelectionChanged as problem:
        return context.go(back, "selection-changed", problem.found)
    except ChangedSince as problem:
        sent: dict[str, str | int] = {
            "action": action,
            "filtre": filtre,
            "total": total,
            "page": page,
            "portee": portee,
            "nouvelle": nouvelle,
        }
        return _changed_since(context, call, back, problem, sent, {"dossier": dossier, "jure": jure})
    return context.go(address(call_id, made, page=page, fait=done.id))


def _unfinished_shown(call_id: str, made: Filter) -> tuple[tuple[str, str], ...]:
    """What is not finished of all that a filter shows: words and addresses of the table that shows them alone."""
    undecided = made.choosing(Dimension.DECIDED, (NONE, BEGUN))
    lacking = made.choosing(Dimension.LACKING, (ANY,))
    return (
        ("Voir ceux dont un champ n’est pas décidé", address(call_id, undecided)),
        ("Voir ceux dont un champ est décidé absent ou insuffisant", address(call_id, lacking)),
    )


def _changed_since(
    context: Context,
    call: Call,
    back: str,
    problem: ChangedSince,
    sent: Mapping[str, str | int],
    lists: Mapping[str, Sequence[str | int]],
) -> Response:
    """Names the dossiers that others changed; the same may be asked again, of the same dossiers, as they are now."""
    with context.reading() as reading:
        named = dossiers.names(reading, context.viewer, *problem.dossiers[:_NAMED])
        seen = head(reading.connection).sequence
    return context.page(
        "triage/changed.html.j2",
        status=Conflicting.status,
        call=call,
        back=back,
        count=len(problem.dossiers),
        named=[(each, named[each]) for each in problem.dossiers[:_NAMED] if each in named],
        sent={**sent, "vu": seen, "confirme": "true"},
        lists=lists,
    )


@router.post("/appels/{call_id}/dossiers/actions/{number}/annuler")
def undo(context: Signed, call_id: str, number: int, filtre: Query = "") -> Response:
    """Gives the dossiers of an action back what they were."""
    context.require(policies.may_instruct(context.viewer))
    with context.reading() as reading:
        called(context, reading, call_id)
    try:
        with context.writing() as writing:
            bulk.undo(writing, context.viewer, call_id, number)
    except AlreadyUndone as problem:
        raise Conflicting(problem.message) from problem
    except NotInStore as problem:
        raise NotHere from problem
    # The page tells what was undone, as it tells what was done.
    return context.go(address(call_id, read(filtre).filter, fait=number))


@router.post("/appels/{call_id}/vues")
def keep_view(
    context: Signed,
    call_id: str,
    nom: Annotated[str, Form(max_length=200)] = "",
    filtre: Query = "",
    partagee: Annotated[bool, Form()] = False,
    ouverture: Annotated[bool, Form()] = False,
) -> Response:
    """Saves the filter under a name."""
    context.require(policies.may_instruct(context.viewer))
    made = read(filtre).filter
    with context.reading() as reading:
        called(context, reading, call_id)
    with context.writing() as writing:
        views.save(writing, context.viewer, call_id, nom, made, shared=partagee, opens=ouverture)
    return context.go(address(call_id, made), "view-saved")


@router.post("/appels/{call_id}/vues/{view_id}/retirer")
def remove_view(context: Signed, call_id: str, view_id: int, filtre: Query = "") -> Response:
    """Takes one of the person's own views away."""
    context.require(policies.may_instruct(context.viewer))
    with context.writing() as writing:
        if not views.remove(writing, context.viewer, view_id):
            raise NotHere
    return context.go(address(call_id, read(filtre).filter), "view-removed")


@router.post("/appels/{call_id}/colonnes")
def show_columns(
    context: Signed,
    call_id: str,
    colonne: Annotated[list[str], Form()] = [],  # noqa: B006
    filtre: Query = "",
    page: Annotated[int, Form(ge=1)] = 1,
) -> Response:
    """Keeps the columns that the person has shown, in every call; without any, the usual ones again."""
    context.require(policies.may_see_triage(context.viewer))
    with context.reading() as reading:
        called(context, reading, call_id)
    with context.writing() as writing:
        views.show_columns(writing, context.viewer, columns_of(colonne))
    return context.go(address(call_id, replace(read(filtre).filter, columns=()), page=page), "columns-kept")


def _change(writing: Writing, call_id: str, action: str, jurors: list[int], new_label: str) -> Change:
    """What a button says: « etat:complet », « sans-suite:late », « instruction:3 », « etiquette:nouvelle »…"""
    kind, _, value = action.partition(":")
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None
    if kind == "etat" and STATES.get(value, State.DROPPED) != State.DROPPED:
        return Mark(State(STATES[value]))
    if kind == "sans-suite" and value in set(Reason):
        return Mark(State.DROPPED, Reason(value))
    if kind == "instruction" and (number is not None or value == NONE):
        return Entrust(number)
    if kind in (_GIVING, _WITHDRAWING):
        everyone = tuple(juror.person_id for juror in calls.jury(writing, call_id))
        which = everyone if value == "tous" else tuple(sorted(set(jurors)))
        return Assign(which) if kind == _GIVING else Withdraw(which)
    if kind == "etiquette" and value == _NEW:
        return PutLabel(labels.named(writing, call_id, new_label).id, on=True)
    if kind in ("etiquette", "sans-etiquette") and number is not None:
        return PutLabel(number, on=kind == "etiquette")
    raise InvalidChange("Choisissez ce qu'il faut faire des dossiers.")
