"""The words that a search found in the dossiers of the table, which asks for them a few at a time once it is shown."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from pipeline.document_codec import decode_text
from store.people.excerpts import documents
from web import policies
from web.context import Signed
from web.opened import called
from web.views.search import first_hit

router = APIRouter()


@router.get("/appels/{call_id}/dossiers/extraits")
def excerpts(
    context: Signed,
    call_id: str,
    recherche: Annotated[str, Query(max_length=200)] = "",
    dossier: Annotated[list[str], Query()] = [],  # noqa: B006 (FastAPI copies it)
) -> Response:
    """Where some dossiers first say what is looked for; nothing of those whose name alone does."""
    context.require(policies.may_see_triage(context.viewer))
    with context.reading() as reading:
        called(context, reading, call_id)
        held = documents(reading, context.viewer, call_id, dossier)
    texts = ((each, decode_text(context.room.files.read(held[each]))) for each in dossier if each in held)
    found = [(each, hit) for each, text in texts if (hit := first_hit(text, recherche)) is not None]
    return context.part("triage/excerpts.html.j2", found=found)
