"""The reading room: a juror reads a dossier marker by marker, chooses passages, and enters scores."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import JSONResponse, Response

from pipeline.calls.model import Marker
from pipeline.document import Span
from store.journal import Writing
from store.people import accounts, dossiers, drafts, passages, revising, scores
from store.people.passages import Choice
from store.people.room import Reading
from web import policies
from web.answering import AnalysedAnew, IncompleteAnswer, by_script, open_for_juror, revising_words
from web.context import Context, Signed
from web.opened import Opened
from web.problems import NotHere
from web.prose import Prose
from web.views import evidence, reading_room
from web.views.answer_forms import Given, Version, drafted, fault_of, options_of, told_apart, version_of
from web.views.notices import scanned_to_jurors, unread_to_jurors
from web.views.reading_room import Words, address, after, given_before, levels_of, subject_of

router = APIRouter()

Short = Annotated[str, Form(max_length=200)]


@router.get("/jury/dossiers/{dossier_id}/lecture")
def room(context: Signed, dossier_id: str, repere: str = "") -> Response:
    """The dossier with the passages of a marker, the first one when none is named."""
    context.require(policies.may_judge(context.viewer))
    with context.reading() as reading:
        if not dossiers.opens(reading, context.viewer, dossier_id):
            return _to_declare(context, reading, dossier_id)
        dossier = open_for_juror(context, reading, dossier_id)
        marker = _marker(dossier, repere) if repere else dossier.call.markers[0]
        words = _words(context, reading, dossier_id, marker)
        page = reading_room.marker_page(dossier, context.viewer, marker, words, accounts.names(reading))
        settled = revising.is_settled(reading, dossier_id)
    document = dossier.analysed.document if dossier.analysed else None
    return context.page(
        "jury/reading_room.html.j2",
        dossier=dossier.dossier,
        analysed=dossier.analysed,
        page=page,
        settled=settled,
        unread=unread_to_jurors(dossier),
        scanned=scanned_to_jurors(dossier),
        illegible=document is None or not document.text.strip(),
        files=evidence.viewer_files(dossier.dossier, document),
        words_address=evidence.words_address(dossier.dossier),
        marks=_marks(page.passages),
    )


@router.post("/jury/dossiers/{dossier_id}/reperes/{marker_id}/passages")
def choose(
    context: Signed,
    dossier_id: str,
    marker_id: str,
    choix: Short,
    document: Short,
    start: Annotated[int, Form(ge=0)],
    end: Annotated[int, Form(ge=1)],
    raison: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Keeps a passage, sets it aside, adds one, or takes such a choice back."""
    with context.reading() as reading:
        dossier = open_for_juror(context, reading, dossier_id)
    marker = _marker(dossier, marker_id)
    place = _place(dossier, document, start, end)
    if choix not in list(Choice):
        raise IncompleteAnswer("Ce choix n'existe pas.")
    choice = Choice(choix)
    if choice is Choice.ASIDE and not raison.strip():
        raise IncompleteAnswer("Écrivez en quelques mots pourquoi ce passage est écarté.")
    with revising_words(context) as writing:
        passages.choose(writing, context.viewer, dossier_id, marker.id, place, choice, raison.strip())
        chosen = passages.mine(writing, context.viewer, dossier_id)
    if not by_script(context):
        return context.go(f"{address(dossier_id, marker.id)}#passage-{start}-{end}", "saved")
    lines = reading_room.passage_lines(dossier, marker, chosen)
    return context.part(
        "jury/passages.html.j2", dossier=dossier.dossier, marker=marker, lines=lines, marks=_marks(lines), settled=False
    )


@router.post("/jury/dossiers/{dossier_id}/reperes/{marker_id}/brouillon")
def draft(
    context: Signed, dossier_id: str, marker_id: str, value: Short = "", comment: Prose = "", version: Short = ""
) -> Response:
    """Keeps what the juror is writing on a marker; nobody else sees it."""
    with context.reading() as reading:
        dossier = open_for_juror(context, reading, dossier_id)
    marker, given, seen = _marker(dossier, marker_id), Given(value, comment), version_of(version)
    with revising_words(context) as writing:
        if revising.is_settled(writing, dossier_id):
            raise revising.Settled
        own = scores.mine(writing, context.viewer, dossier_id).get(marker.id)
        mine = drafts.mine(writing, context.viewer, dossier_id)
        known = told_apart(mine, subject_of(marker.id), own.id if own else None)
        before = given_before(dossier, marker, own)
        if known == seen:
            known = _save(context, writing, dossier_id, marker.id, given, before, seen)
        elif by_script(context):
            kept = drafted(mine.get(subject_of(marker.id))) or before
            values = {"value": kept.value, "comment": kept.comment}
            return JSONResponse({"version": str(known), "values": values, "by": ""}, status_code=409)
        else:
            raise drafts.DraftChanged
    if not by_script(context):
        return context.go(address(dossier_id, marker.id), "draft-saved")
    return JSONResponse({"saved_at": datetime.now(UTC).isoformat(), "version": str(known)})


@router.post("/jury/dossiers/{dossier_id}/reperes/{marker_id}/soumission")
def submit(
    context: Signed,
    dossier_id: str,
    marker_id: str,
    value: Short = "",
    comment: Prose = "",
    version: Short = "",
    analysis: Short = "",
    suite: Short = "",
) -> Response:
    """Submits the juror's score of a marker, with what they had before the eyes; with `suite`, goes on."""
    with context.reading() as reading:
        dossier = open_for_juror(context, reading, dossier_id)
    marker, given = _marker(dossier, marker_id), Given(value, comment)
    fault = fault_of(given, options_of(levels_of(dossier, marker)))
    if fault:
        raise IncompleteAnswer(fault)
    if analysis != analysis_seen(dossier):
        raise AnalysedAnew
    with revising_words(context) as writing:
        submit_score(context, writing, dossier, marker, given, version_of(version).submitted or None)
    return context.go(after(dossier, marker) if suite else address(dossier_id, marker.id) + "#note", "score-submitted")


def submit_score(
    context: Context, writing: Writing, dossier: Opened, marker: Marker, given: Given, replaces: int | None
) -> None:
    """Adds the score with what the room shows of the marker now, and drops the draft."""
    dossier_id = dossier.dossier.id
    chosen = passages.mine(writing, context.viewer, dossier_id)
    shown = reading_room.shown_for(dossier, marker, chosen)
    scores.submit(
        writing,
        context.viewer,
        dossier_id,
        marker.id,
        value=given.kept,
        comment=given.comment.strip(),
        shown=shown,
        replaces=replaces,
    )
    drafts.forget(writing, context.viewer, dossier_id, subject_of(marker.id))


def analysis_seen(dossier: Opened) -> str:
    """What pages carry to say which analysis they were made from."""
    return str(dossier.analysed.id) if dossier.analysed else ""


def _words(context: Context, reading: Reading, dossier_id: str, marker: Marker) -> Words:
    viewer = context.viewer
    return Words(
        drafts=drafts.mine(reading, viewer, dossier_id),
        choices=passages.mine(reading, viewer, dossier_id),
        scores=scores.of_dossier(reading, viewer, dossier_id),
        versions=scores.versions(reading, viewer, dossier_id, marker.id),
    )


def _to_declare(context: Context, reading: Reading, dossier_id: str) -> Response:
    if not dossiers.sees(reading, context.viewer, dossier_id):
        raise NotHere
    return context.go(f"/jury/dossiers/{dossier_id}")


def _marker(dossier: Opened, marker_id: str) -> Marker:
    for marker in dossier.call.markers:
        if marker.id == marker_id:
            return marker
    raise NotHere


def _place(dossier: Opened, document: str, start: int, end: int) -> passages.Place:
    """The stretch of the document that the page showed."""
    analysed = dossier.analysed
    if analysed is None or analysed.document_digest != document:
        raise AnalysedAnew
    if not start < end <= len(analysed.document.text):
        raise NotHere
    span = Span(start, end)
    return passages.Place(document, span, analysed.document.quote(span))


def _marks(lines: tuple[reading_room.PassageLine, ...]) -> list[dict[str, object]]:
    return evidence.shown(line.mark for line in lines)


def _save(
    context: Context, writing: Writing, dossier_id: str, marker: str, given: Given, before: Given, seen: Version
) -> Version:
    """Saves a draft, or drops it when it says no more than what was submitted."""
    if given == before:
        drafts.forget(writing, context.viewer, dossier_id, subject_of(marker))
        return Version(seen.submitted, 0)
    content = {"value": given.value, "comment": given.comment}
    kept = drafts.save(writing, context.viewer, dossier_id, subject_of(marker), content, seen.draft)
    return Version(seen.submitted, kept.version)
