"""What jurors answer beside the markers: the feasibility grid of a second stage, the items of a synthesis."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from store.journal import Writing
from store.people import accounts, answers, drafts, outcomes, revising
from store.people import second_stage as stages
from store.people.answers import AnswerKind
from store.people.room import Reading
from store.people.second_stage import Stage
from web.answering import IncompleteAnswer, by_script, open_for_juror, revising_words
from web.context import Context, Signed
from web.opened import Opened
from web.problems import Conflicting, NotHere
from web.prose import LONGEST, one_per_break
from web.views import evidence
from web.views import second_stage as views
from web.views.answer_forms import Version, version_of
from web.views.second_stage import NAMES

router = APIRouter()

_KINDS = {name: kind for kind, name in NAMES.items()}


async def _fields(request: Request) -> Mapping[str, str]:
    """The fields of the form that came, whose names depend on the call."""
    form = await request.form()
    return {name: one_per_break(value) for name, value in form.items() if isinstance(value, str)}


Fields = Annotated[Mapping[str, str], Depends(_fields)]


@router.get("/jury/dossiers/{dossier_id}/faisabilite")
def grid(context: Signed, dossier_id: str) -> Response:
    """The feasibility grid, once the jury has held the dossier acceptable."""
    return _page(context, dossier_id, AnswerKind.GRID)


@router.get("/jury/dossiers/{dossier_id}/synthese")
def synthesis(context: Signed, dossier_id: str) -> Response:
    """The items of the synthesis."""
    return _page(context, dossier_id, AnswerKind.SYNTHESIS)


@router.post("/jury/dossiers/{dossier_id}/{name}/brouillon")
def draft(context: Signed, dossier_id: str, name: str, fields: Fields) -> Response:
    """Keeps what the juror is writing; nobody else sees it."""
    kind = _kind(name)
    with context.reading() as reading:
        dossier = open_for_juror(context, reading, dossier_id)
    content, seen = views.content_of(dossier.call, kind, fields), version_of(fields.get("version", ""))
    if any(len(value) > LONGEST for value in content.values()):
        return JSONResponse({"errors": {"comment": f"Un texte dépasse {LONGEST} caractères."}}, status_code=422)
    with revising_words(context) as writing:
        _require_revisable(context, writing, dossier, kind)
        known = _version(context, writing, dossier_id, kind)
        if known == seen:
            kept = drafts.save(writing, context.viewer, dossier_id, kind.value, content, seen.draft)
            known = Version(seen.submitted, kept.version)
        elif by_script(context):
            values = _values(context, writing, dossier, kind)
            return JSONResponse({"version": str(known), "values": values, "by": ""}, status_code=409)
        else:
            raise drafts.DraftChanged
    if not by_script(context):
        return context.go(f"/jury/dossiers/{dossier_id}/{name}", "draft-saved")
    return JSONResponse({"saved_at": datetime.now(UTC).isoformat(), "version": str(known)})


@router.post("/jury/dossiers/{dossier_id}/{name}/soumission")
def submit(context: Signed, dossier_id: str, name: str, fields: Fields) -> Response:
    """Submits the items that are answered, those that are new or have changed."""
    kind = _kind(name)
    with context.reading() as reading:
        dossier = open_for_juror(context, reading, dossier_id)
    given = views.answers_in(dossier.call, kind, fields)
    fault = views.faults_of(given)
    if fault:
        raise IncompleteAnswer(fault)
    with revising_words(context) as writing:
        _require_revisable(context, writing, dossier, kind)
        if _version(context, writing, dossier_id, kind).submitted != version_of(fields.get("version", "")).submitted:
            raise revising.Overtaken
        count = _submit_all(context, writing, dossier, kind, given)
        drafts.forget(writing, context.viewer, dossier_id, kind.value)
    return context.go(f"/jury/dossiers/{dossier_id}/{name}", "answers-submitted", count)


def _submit_all(context: Context, writing: Writing, dossier: Opened, kind: AnswerKind, given: views.GivenByItem) -> int:
    own = answers.mine(writing, context.viewer, dossier.dossier.id, kind)
    count = 0
    for item, (answer, _options) in given.items():
        before = own.get(item)
        value, comment = answer.kept, answer.comment.strip()
        said_nothing = not answer.value and not comment
        if said_nothing or (before is not None and (before.value, before.comment) == (value, comment)):
            continue
        answers.submit(
            writing,
            context.viewer,
            dossier.dossier.id,
            dossier.call,
            kind,
            item,
            value=value,
            comment=comment,
            replaces=before.id if before else None,
        )
        count += 1
    return count


def _page(context: Context, dossier_id: str, kind: AnswerKind) -> Response:
    with context.reading() as reading:
        dossier = open_for_juror(context, reading, dossier_id)
        if not views.items_of(dossier.call, kind):
            raise NotHere
        given = answers.of_dossier(reading, context.viewer, dossier_id, kind)
        mine = drafts.mine(reading, context.viewer, dossier_id)
        sheet = views.sheet_of(dossier.call, kind, context.viewer, given, mine, accounts.names(reading))
        stage = _stage(context, reading, dossier, kind)
        held = outcomes.of_dossiers(reading, context.viewer, dossier_id)
    if stage is Stage.NONE:
        raise NotHere
    document = dossier.analysed.document if dossier.analysed else None
    return context.page(
        "jury/answers.html.j2",
        dossier=dossier.dossier,
        call=dossier.call,
        sheet=sheet,
        name=NAMES[kind],
        shut=views.why_shut(dossier.call, kind, held, submitted=sheet.submitted) if stage is Stage.SHUT else "",
        files=evidence.viewer_files(dossier.dossier, document),
        words_address=evidence.words_address(dossier.dossier),
    )


def _kind(name: str) -> AnswerKind:
    if name not in _KINDS:
        raise NotHere
    return _KINDS[name]


def _stage(context: Context, reading: Reading | Writing, dossier: Opened, kind: AnswerKind) -> Stage:
    """Whether the form is there, and still open."""
    dossier_id = dossier.dossier.id
    if kind is AnswerKind.GRID:
        return stages.stage_of(reading, context.viewer, dossier.call, dossier_id)
    if not dossier.call.synthesis_items:
        return Stage.NONE
    return Stage.SHUT if revising.is_settled(reading, dossier_id) else Stage.OPEN


def _require_revisable(context: Context, writing: Writing, dossier: Opened, kind: AnswerKind) -> None:
    stage = _stage(context, writing, dossier, kind)
    if stage is Stage.NONE:
        raise NotHere
    if stage is Stage.SHUT:
        raise Conflicting("Le jury a poursuivi : ces réponses ne se modifient plus.")


def _version(context: Context, writing: Writing, dossier_id: str, kind: AnswerKind) -> Version:
    own = answers.mine(writing, context.viewer, dossier_id, kind)
    return views.version_now(kind, own, drafts.mine(writing, context.viewer, dossier_id))


def _values(context: Context, writing: Writing, dossier: Opened, kind: AnswerKind) -> dict[str, str]:
    """What the form would show now."""
    viewer, dossier_id = context.viewer, dossier.dossier.id
    own = tuple(answers.mine(writing, viewer, dossier_id, kind).values())
    sheet = views.sheet_of(dossier.call, kind, viewer, own, drafts.mine(writing, viewer, dossier_id), {})
    return {
        f"{part}-{question.item}": value
        for question in sheet.questions
        for part, value in (("value", question.given.value), ("comment", question.given.comment))
    }
