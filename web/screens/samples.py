"""Samples: drawn at random, checked dossier by dossier, reported."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from store.people import audits, coverage, history
from store.people.audits import LARGEST_SEED, Population, Result, Sample
from store.people.calls import about_call
from store.people.room import Reading
from store.problems import NotInStore
from store.records import Action, Datum
from web import policies
from web.context import Context, Signed
from web.opened import called
from web.problems import NotHere
from web.views import samples as view

router = APIRouter()

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.post("/audit/{call_id}/echantillons")
def draw(
    context: Signed,
    call_id: str,
    taille: Annotated[int, Form(ge=1, le=10_000)],
    population: Annotated[Population, Form()],
    graine: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Draws a sample; a seed may be given, so that a former drawing be done again."""
    context.require(policies.may_audit(context.viewer))
    seed = int(graine) if graine.isascii() and graine.isdigit() else None
    with context.writing() as writing:
        called(context, Reading(writing.connection), call_id)
        kept = None if seed is None else min(seed, LARGEST_SEED)
        number = audits.draw(writing, context.viewer, call_id, taille, population, kept)
    return context.go(f"/audit/{call_id}/echantillons/{number}")


@router.get("/audit/{call_id}/echantillons/{sample_id}")
def sample(context: Signed, call_id: str, sample_id: int) -> Response:
    """A sample: its dossiers, what was found in each, and the rate."""
    context.require(policies.may_audit(context.viewer))
    with context.reading() as reading:
        found = _sample(context, reading, call_id, sample_id)
        drawn = audits.drawn(reading, context.viewer, sample_id)
    return context.page(
        "audit/sample.html.j2",
        sample=found,
        drawn=drawn,
        rate=view.rate(drawn),
        results=view.RESULTS,
        method=view.METHOD,
    )


@router.post("/audit/{call_id}/echantillons/{sample_id}/controles")
def record(
    context: Signed,
    call_id: str,
    sample_id: int,
    dossier: Annotated[str, Form(max_length=100)],
    result: Annotated[Result, Form()],
    note: Annotated[str, Form(max_length=5000)] = "",
) -> Response:
    """Keeps what was found in a dossier of the sample."""
    context.require(policies.may_audit(context.viewer))
    try:
        with context.writing() as writing:
            _sample(context, Reading(writing.connection), call_id, sample_id)
            audits.record(writing, context.viewer, sample_id, dossier, result, note.replace("\r\n", "\n").strip())
    except NotInStore as problem:
        raise NotHere from problem
    return context.go(f"/audit/{call_id}/echantillons/{sample_id}#d-{dossier}", "saved")


@router.get("/audit/{call_id}/echantillons/{sample_id}/rapport.xlsx")
def report(context: Signed, call_id: str, sample_id: int) -> Response:
    """The report of the sample, with the journal verified at this moment."""
    context.require(policies.may_audit(context.viewer))
    with context.reading() as reading:
        found = _sample(context, reading, call_id, sample_id)
        drawn = audits.drawn(reading, context.viewer, sample_id)
        versions = coverage.versions(reading, context.viewer, call_id)
        content = view.report(found, drawn, versions, history.verified(reading), datetime.now(UTC))
    with context.writing() as writing:
        told: dict[str, Datum] = {"what": "audit", "sample": sample_id, "dossiers": len(drawn)}
        writing.tell(Action.EXPORTED, about_call(call_id), told)
    name = f"audit-{call_id}-{sample_id}.xlsx"
    return Response(content, media_type=_XLSX, headers={"content-disposition": f'attachment; filename="{name}"'})


def _sample(context: Context, reading: Reading, call_id: str, sample_id: int) -> Sample:
    found = audits.find(reading, context.viewer, sample_id)
    if found is None or found.call != call_id:
        raise NotHere
    return found
