"""What was received for a dossier: its deposits with their files, those of before too."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from store.people import accounts, letters, received
from web import policies
from web.context import Signed
from web.opened import opened
from web.problems import NotHere
from web.screens.deposits import may_add_to
from web.screens.files import given
from web.views import received as views

router = APIRouter()


@router.get("/dossiers/{dossier_id}/recus")
def show(context: Signed, dossier_id: str) -> Response:
    """The deposits of a dossier, the newest first, and where more pieces are sent in."""
    context.require(policies.may_see_triage(context.viewer))
    with context.reading() as reading:
        dossier = opened(context, reading, dossier_id)
        held = received.of_dossier(reading, context.viewer, dossier_id)
        names = accounts.names(reading)
        arrived = received.arrived(reading, context.viewer, dossier_id)
        sent = letters.of_dossier(reading, context.viewer, dossier_id)
        may_deposit = may_add_to(context, reading, dossier.room_call, dossier_id)
    return context.page(
        "deposits/received.html.j2",
        dossier=dossier.dossier,
        call=dossier.call,
        cards=views.cards(dossier_id, held, names, sent),
        arrived=arrived,
        may_deposit=may_deposit,
        closed=not may_deposit and policies.may_instruct(context.viewer),
    )


@router.get("/dossiers/{dossier_id}/recus/{deposit}/{position}")
def former_file(
    context: Signed,
    dossier_id: str,
    deposit: int,
    position: int,
    empreinte: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """A PDF of one deposit of the dossier, which jurors are not shown: they read the newest."""
    context.require(policies.may_see_triage(context.viewer))
    with context.reading() as reading:
        files = received.files_of(reading, context.viewer, dossier_id, deposit)
    if not 0 <= position < len(files) or not files[position].sha256.startswith(empreinte):
        raise NotHere
    return given(context.room.files, files[position])
