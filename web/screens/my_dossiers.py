"""The desk of who instructs: the dossiers that they follow, in all calls, by what remains to be done."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from store.people import calls, instructors_desk
from store.people.instructors_desk import DeskFilter, Remaining
from web import policies
from web.context import Signed
from web.opened import texts_of
from web.views import my_dossiers as views
from web.views.pages import pages_of, within

router = APIRouter()


@router.get("/mes-dossiers")
def my_dossiers(
    context: Signed,
    reste: Annotated[str, Query(max_length=30)] = "",
    appel: Annotated[str, Query(max_length=200)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> Response:
    """The dossiers that the person follows; what the address says and nobody knows narrows nothing."""
    context.require(policies.may_instruct(context.viewer))
    with context.reading() as reading:
        counts = instructors_desk.counts(reading, context.viewer)
        remaining = Remaining(reste) if reste in set(Remaining) else None
        asked = DeskFilter(remaining, appel if any(call == appel for call, _ in counts) else None)
        states = views.tabs(asked, counts)
        total = next(tab.count for tab in states if tab.current)
        number = within(page, total, instructors_desk.PAGE)
        lines = instructors_desk.lines(reading, context.viewer, asked, number)
        known = tuple((each, texts_of(context.room.files, each)) for each in calls.every(reading, context.viewer))
    return context.page(
        "triage/mine.html.j2",
        states=states,
        calls=views.call_tabs(asked, counts, known),
        rows=views.rows(lines, known, context.viewer.id),
        pages=pages_of(number, total, instructors_desk.PAGE, lambda page: views.address(asked, page)),
        follows=bool(counts),
    )
