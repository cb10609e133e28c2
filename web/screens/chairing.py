"""What the chair enters on the shared screen: what the jury holds of a dossier, what becomes of it, that it is read."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from store.people import chairing, collective, outcomes
from store.people.answers import AnswerKind
from store.people.outcomes import Confirmed
from web import policies
from web.answering import IncompleteAnswer
from web.context import Signed
from web.holding import address_of, holding, marker_of, session_of
from web.opened import Opened, opened
from web.problems import NotHere
from web.prose import Prose
from web.views import deliberation
from web.views.answer_forms import Given, Option, fault_of, options_of
from web.views.panes import PANE_OF_KIND, PaneCode, items_of
from web.views.reading_room import levels_of

router = APIRouter()

Short = Annotated[str, Form(max_length=200)]


@router.post("/deliberations/{session_id}/dossiers/{dossier_id}/reperes/{marker_id}")
def hold_value(
    context: Signed,
    session_id: int,
    dossier_id: str,
    marker_id: str,
    value: Short = "",
    comment: Prose = "",
    replaces: Short = "",
) -> Response:
    """Enters the jury's value of a marker."""
    dossier = _before_chair(context, session_id, dossier_id)
    marker = marker_of(dossier, marker_id)
    given = _complete(Given(value, comment), options_of(levels_of(dossier, marker)))
    with holding(context) as writing:
        collective.set_value(
            writing,
            context.viewer,
            session_id,
            dossier_id,
            marker.id,
            value=given.kept,
            comment=given.comment.strip(),
            replaces=_number(replaces),
        )
        values = collective.values_of(writing, context.viewer, dossier_id)
    following = deliberation.next_marker(dossier, values, marker.id)
    then = PaneCode.SYNTHESIS if dossier.call.synthesis_items else PaneCode.OUTCOME
    address = address_of(session_id, dossier_id)
    return context.go(f"{address}?repere={following}" if following else f"{address}?volet={then.value}", "value-held")


@router.post("/deliberations/{session_id}/dossiers/{dossier_id}/items/{kind}/{item_id}")
def hold_answer(
    context: Signed,
    session_id: int,
    dossier_id: str,
    kind: AnswerKind,
    item_id: str,
    value: Short = "",
    comment: Prose = "",
    replaces: Short = "",
) -> Response:
    """Enters the jury's answer to an item of the grid or of the synthesis."""
    dossier = _before_chair(context, session_id, dossier_id)
    item = next((each for each in items_of(dossier.call, kind) if each.id == item_id), None)
    if item is None:
        raise NotHere
    given = _complete(Given(value, comment), item.options)
    with holding(context) as writing:
        collective.set_answer(
            writing,
            context.viewer,
            session_id,
            dossier_id,
            dossier.call,
            kind,
            item.id,
            value=given.kept,
            comment=given.comment.strip(),
            replaces=_number(replaces),
        )
    return context.go(
        f"{address_of(session_id, dossier_id)}?volet={PANE_OF_KIND[kind].value}#item-{item.id}", "answer-held"
    )


@router.post("/deliberations/{session_id}/dossiers/{dossier_id}/suite")
def hold_outcome(
    context: Signed,
    session_id: int,
    dossier_id: str,
    outcome: Short = "",
    comment: Prose = "",
    replaces: Short = "",
    sans_synthese: Short = "",
    sans_faisabilite: Short = "",
) -> Response:
    """Enters what becomes of the dossier, and what the chair confirms that the jury goes without."""
    dossier = _before_chair(context, session_id, dossier_id)
    if outcome not in outcomes.possible(dossier.call):
        raise IncompleteAnswer("Choisissez une suite.")
    with holding(context) as writing:
        outcomes.set_outcome(
            writing,
            context.viewer,
            session_id,
            dossier_id,
            dossier.call,
            outcome,
            comment.strip(),
            _number(replaces),
            Confirmed(grid=bool(sans_faisabilite), synthesis=bool(sans_synthese)),
        )
    return context.go(f"{address_of(session_id, dossier_id)}?volet=suite", "outcome-held")


@router.post("/deliberations/{session_id}/dossiers/{dossier_id}/arret")
def settle(context: Signed, session_id: int, dossier_id: str, arrete: Annotated[bool, Form()]) -> Response:
    """Ends the reading of the dossier, or takes it up again."""
    with context.reading() as reading:
        session = session_of(context, reading, session_id)
    context.require(policies.may_chair(context.viewer, chair=session.chair))
    with holding(context) as writing:
        chairing.settle(writing, context.viewer, session_id, dossier_id, settled=arrete)
    told = "dossier-settled" if arrete else "dossier-reopened"
    return context.go(f"{address_of(session_id, dossier_id)}?volet=suite", told)


def _before_chair(context: Signed, session_id: int, dossier_id: str) -> Opened:
    """The dossier on which who chairs the session is about to enter something.

    Raises:
        Forbidden, NotHere: they do not chair it, or one of the two is not there for them.
    """
    with context.reading() as reading:
        session = session_of(context, reading, session_id)
        context.require(policies.may_chair(context.viewer, chair=session.chair))
        return opened(context, reading, dossier_id)


def _complete(given: Given, options: tuple[Option, ...]) -> Given:
    fault = fault_of(given, options)
    if fault:
        raise IncompleteAnswer(fault)
    return given


def _number(replaces: str) -> int | None:
    """The number of the version that the form was made from; 0, which is none, for a malformed one."""
    if not replaces:
        return None
    return int(replaces) if replaces.isascii() and replaces.isdigit() else 0
