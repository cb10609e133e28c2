"""What auditors look at, and never change: each call, what was read of it, where people and the machine differ."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from store.people import accounts, audits, calls, coverage, differences, juries, verifications
from store.people.decisions import Kind
from store.people.differences import Difference, Verdict
from web import policies
from web.context import Signed
from web.opened import called, texts_of
from web.views import audit as view
from web.views.samples import POPULATIONS, population_label
from web.views.verification import proof_of

router = APIRouter()

_LISTED = 50

Word = Annotated[str | None, Query(max_length=2000)]
Start = Annotated[int, Query(ge=0, le=10_000_000)]


@router.get("/audit")
def every_call(context: Signed) -> Response:
    """The calls, each with how far it is covered; the last verification of the journal; the accounts."""
    context.require(policies.may_audit(context.viewer))
    with context.reading() as reading:
        found = calls.every(reading, context.viewer)
        covered = coverage.of_calls(reading, context.viewer, *(call.id for call in found))
        cards = [
            (texts_of(context.room.files, call), covered[call.id], view.pages_unread(covered[call.id]))
            for call in found
        ]
        people = accounts.every(reading)
        proof = proof_of(verifications.state(reading, context.viewer))
    return context.page("audit/list.html.j2", cards=cards, people=people, offices=view.offices(people), proof=proof)


@router.get("/audit/{call_id}")
def one_call(context: Signed, call_id: str, debut: Start = 0) -> Response:
    """Rules, jury, coverage, differences, versions, samples of a call; `debut` begins the list of what was not read."""
    context.require(policies.may_audit(context.viewer))
    with context.reading() as reading:
        room_call, call = called(context, reading, call_id)
        jury = juries.of_call(reading, context.viewer, call_id)
        covered = coverage.of_call(reading, context.viewer, call_id)
        uncovered = coverage.uncovered(reading, context.viewer, call_id, limit=_LISTED + 1, offset=debut)
        found = differences.of_call(reading, context.viewer, call_id)
        versions = coverage.versions(reading, context.viewer, call_id)
        samples = audits.every(reading, context.viewer, call_id)
    return context.page(
        "audit/call.html.j2",
        call=call,
        room_call=room_call,
        jurors=[(one, view.seat(one)) for one in jury.jurors],
        sittings=jury.sittings,
        outcomes=view.outcomes_held(call, jury, covered.dossiers),
        held=bool(jury.outcomes),
        covered=covered,
        unread=view.pages_unread(covered),
        states=view.states(covered),
        missed=view.missed(uncovered[:_LISTED]),
        start=debut,
        following=debut + _LISTED if len(uncovered) > _LISTED else None,
        counts=view.counts(call_id, found),
        totals=view.totals(found),
        versions=versions,
        samples=[(sample, population_label(sample.among)) for sample in samples],
        populations=POPULATIONS,
    )


@router.get("/audit/{call_id}/ecarts")
def behind(
    context: Signed,
    call_id: str,
    nature: Kind,
    verdict: Verdict,
    sujet: Word = None,
    programme: Word = None,
    personne: Word = None,
    debut: Start = 0,
) -> Response:
    """The dossiers behind one of the counts."""
    context.require(policies.may_audit(context.viewer))
    difference = Difference(nature, sujet or "", verdict, programme or None, personne or None, 0)
    with context.reading() as reading:
        _, call = called(context, reading, call_id)
        found = differences.behind(reading, context.viewer, call_id, difference, limit=_LISTED + 1, offset=debut)
    return context.page(
        "audit/behind.html.j2",
        call=call,
        kind=view.KINDS.get(nature, ""),
        verdict=view.VERDICTS[verdict],
        here=view.count_of(call_id, difference).href,
        cases=view.cases(call, nature, found[:_LISTED]),
        following=debut + _LISTED if len(found) > _LISTED else None,
    )
