"""Samples: drawn at random, checked dossier by dossier, reported."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import Response

from store.canonical import digest
from store.people import audits, changes, coverage, differences, juries, verifications
from store.people.audits import Drawn, Population, Result, Sample
from store.people.calls import about_call
from store.people.changes import Asked
from store.people.room import Reading
from store.problems import NotInStore
from store.records import Action, Datum
from web import policies
from web.context import Context, Signed
from web.opened import called
from web.problems import NotHere
from web.prose import Prose
from web.views import changes as changes_view
from web.views import samples as view
from web.views.audit_report import Audited, workbook
from web.views.pages import pages_of, within
from web.views.verification import proof_of

router = APIRouter()

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.post("/audit/{call_id}/echantillons")
def draw(
    context: Signed,
    call_id: str,
    taille: Annotated[int, Form(ge=1, le=10_000)],
    population: Annotated[Population, Form()],
    graine: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Draws a sample; a seed may be given, as a number or any text, so that a former drawing be done again."""
    context.require(policies.may_audit(context.viewer))
    seed = audits.seed_of(graine.strip()) if graine.strip() else None
    with context.writing() as writing:
        called(context, Reading(writing.connection), call_id)
        number = audits.draw(writing, context.viewer, call_id, taille, population, seed)
    return context.go(f"/audit/{call_id}/echantillons/{number}")


@router.get("/audit/{call_id}/echantillons/{sample_id}")
def sample(context: Signed, call_id: str, sample_id: int, page: Annotated[int, Query(ge=1, le=10_000)] = 1) -> Response:
    """A sample: where it comes from, its dossiers page by page with what was found in each, and the rate."""
    context.require(policies.may_audit(context.viewer))
    viewer, size = context.viewer, view.PER_PAGE
    with context.reading() as reading:
        found = _sample(context, reading, call_id, sample_id)
        _, call = called(context, reading, call_id)
        number = within(page, found.size, size)
        drawn = audits.drawn(reading, viewer, sample_id, limit=size, offset=(number - 1) * size)
        results = audits.results(reading, viewer, sample_id)
        first = audits.unchecked(reading, viewer, sample_id)
    return context.page(
        "audit/sample.html.j2",
        sample=found,
        call=call,
        among=view.population_label(found.among),
        drawn=drawn,
        pages=pages_of(number, found.size, size, lambda page: _address(call_id, sample_id, page)),
        unchecked=None if first is None else _address(call_id, sample_id, 1 + (first - 1) // size, first),
        counts=results.items(),
        rate=view.rate(found, results),
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
    note: Prose = "",
    page: Annotated[int, Form(ge=1, le=10_000)] = 1,
) -> Response:
    """Keeps what was found in a dossier of the sample."""
    context.require(policies.may_audit(context.viewer))
    try:
        with context.writing() as writing:
            _sample(context, Reading(writing.connection), call_id, sample_id)
            audits.record(writing, context.viewer, sample_id, dossier, result, note.strip())
    except NotInStore as problem:
        raise NotHere from problem
    return context.go(f"{_address(call_id, sample_id, page)}#d-{dossier}", "saved")


@router.post("/audit/{call_id}/echantillons/{sample_id}/rapport")
def ask_for_report(context: Signed, call_id: str, sample_id: int) -> Response:
    """On to the report, after the machine is asked to verify the journal where that is too long ago."""
    context.require(policies.may_audit(context.viewer))
    with context.writing() as writing:
        reading = Reading(writing.connection)
        _sample(context, reading, call_id, sample_id)
        drawn = audits.drawn(reading, context.viewer, sample_id)
        proof = proof_of(verifications.state(reading, context.viewer), since=_last_check(drawn))
        if not proof.new:
            verifications.ask(writing, context.viewer)
    return context.go(f"{_address(call_id, sample_id, 1)}/rapport")


@router.get("/audit/{call_id}/echantillons/{sample_id}/rapport")
def before_report(context: Signed, call_id: str, sample_id: int) -> Response:
    """What the report says of the journal, and the report itself to take."""
    context.require(policies.may_audit(context.viewer))
    with context.reading() as reading:
        found = _sample(context, reading, call_id, sample_id)
        _, call = called(context, reading, call_id)
        drawn = audits.drawn(reading, context.viewer, sample_id)
        proof = proof_of(verifications.state(reading, context.viewer), since=_last_check(drawn))
    return context.page("audit/report.html.j2", sample=found, call=call, proof=proof)


@router.get("/audit/{call_id}/echantillons/{sample_id}/rapport.xlsx")
def report(context: Signed, call_id: str, sample_id: int) -> Response:
    """The report: the call, its coverage, the sample with each check, and the last verification of the journal."""
    context.require(policies.may_audit(context.viewer))
    viewer = context.viewer
    with context.reading() as reading:
        found = _sample(context, reading, call_id, sample_id)
        room_call, call = called(context, reading, call_id)
        drawn = audits.drawn(reading, viewer, sample_id)
        covered = coverage.of_call(reading, viewer, call_id)
        content = workbook(
            Audited(
                call=call,
                room_call=room_call,
                sample=found,
                drawn=drawn,
                results=audits.results(reading, viewer, sample_id),
                covered=covered,
                uncovered=coverage.uncovered(reading, viewer, call_id, limit=covered.dossiers),
                differences=differences.of_call(reading, viewer, call_id),
                versions=coverage.versions(reading, viewer, call_id),
                decided=changes_view.lines(call, changes.of_call(reading, viewer, call_id, Asked(sample=sample_id))),
                jury=juries.of_call(reading, viewer, call_id),
                proof=proof_of(verifications.state(reading, viewer), since=_last_check(drawn)),
                by=context.person.name,
                at=datetime.now(UTC),
            )
        )
    with context.writing() as writing:
        told: dict[str, Datum] = {"what": "audit", "sample": sample_id, "dossiers": found.size, "file": digest(content)}
        writing.tell(Action.EXPORTED, about_call(call_id), told)
    name = f"audit-{call_id}-{sample_id}.xlsx"
    return Response(content, media_type=_XLSX, headers={"content-disposition": f'attachment; filename="{name}"'})


def _last_check(drawn: Sequence[Drawn]) -> datetime | None:
    """A verification begun before then does not cover what the report says."""
    return max((check.at for one in drawn for check in one.checks), default=None)


def _address(call_id: str, sample_id: int, page: int, position: int | None = None) -> str:
    """Of a page of the sample; `position` leads to a dossier on it."""
    place = "" if position is None else f"#n-{position}"
    return f"/audit/{call_id}/echantillons/{sample_id}{f'?page={page}' if page > 1 else ''}{place}"


def _sample(context: Context, reading: Reading, call_id: str, sample_id: int) -> Sample:
    found = audits.find(reading, context.viewer, sample_id)
    if found is None or found.call != call_id:
        raise NotHere
    return found
