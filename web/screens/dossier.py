"""The page of a dossier: the PDF at the left; at the right what the machine says of it, and what people decide."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from starlette.responses import JSONResponse, Response

from pipeline.analysis import SectionStatus
from pipeline.contract import to_contract, write_contract
from store import index
from store.canonical import Json
from store.journal import about_dossier
from store.people import (
    accounts,
    calls,
    decisions,
    dossiers,
    filters,
    history,
    labels,
    lateness,
    letter_drafts,
    letters,
    notes,
    outcomes,
    received,
    shared_files,
    states,
    triage,
)
from store.people.decisions import DecidedMeanwhile, Kind, Settlement, Statement
from store.people.room import Reading
from store.people.viewers import Role
from store.records import Action
from web import policies
from web.context import Context, Signed
from web.opened import Analysed, Opened, opened
from web.problems import Conflicting, NotHere, RoomProblem
from web.prose import Prose
from web.templating import rendered
from web.views import dossier as view
from web.views import facts
from web.views import notes as note_views
from web.views.bearers import unsettled
from web.views.dossier import Card, Instruction, overtaken
from web.views.evidence import file_address, viewer_files, words_address
from web.views.follow import FollowUp, follow_up
from web.views.journal import lines, names_in
from web.views.notices import alike, notices, reading_code
from web.views.outcomes import versions
from web.views.search import search
from web.views.sent_letters import sent_letters

router = APIRouter()

_NOTE = "note"
_MOST_TYPES = 2
_KEPT_BY_SCRIPT = "Votre note est gardée sur cette machine : rechargez la page, puis décidez de nouveau."
_WITHOUT_NOTE = "Rechargez la page, puis décidez de nouveau."
_IN_THE_FORM = (
    "Votre note est encore dans la page précédente : copiez-la, rechargez cette page, puis décidez de nouveau."
)

Filtre = Annotated[str, Query(max_length=4000)]
"""The filter of the table that the person came from, as its address says it."""


class InvalidDecision(RoomProblem):
    """What was decided is none of what can be."""

    code = "invalid-decision"
    advice = "Rechargez la page, puis recommencez."

    def __init__(
        self, message: str = "Cette décision n’est pas de celles que l’on peut prendre ici.", *, advice: str = ""
    ) -> None:
        super().__init__(message, advice=advice or self.advice)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the forms and links of a dossier's page need; `files` are the addresses of its files."""

    dossier: str
    filter: str
    analysis: int | None
    csrf: str
    may: bool
    files: tuple[str, ...]


def frame(context: Context, dossier: Opened, filter_query: str) -> Frame:
    """What the forms of this person's page need."""
    return Frame(
        dossier=dossier.dossier.id,
        filter=filters.read(filter_query).filter.query(),
        analysis=None if dossier.analysed is None else dossier.analysed.id,
        csrf="" if context.login is None else context.login.csrf,
        may=policies.may_instruct(context.viewer),
        files=tuple(file_address(dossier.dossier, position) for position in range(len(dossier.dossier.files))),
    )


def address(dossier_id: str, filter_query: str, part: str = "") -> str:
    """Of a dossier's page, within a filter of the table."""
    return f"/dossiers/{dossier_id}?{urlencode({'filtre': filter_query})}{'#' if part else ''}{part}"


@router.get("/dossiers/{dossier_id}")
def show(
    context: Signed, dossier_id: str, filtre: Filtre = "", chercher: Annotated[str, Query(max_length=200)] = ""
) -> Response:
    """All of a dossier, for who instructs it or checks how it was."""
    context.require(policies.may_see_triage(context.viewer))
    with context.reading() as reading:
        dossier = opened(context, reading, dossier_id)
        made = decisions.of_dossier(reading, context.viewer, dossier_id)
        typed = notes.typed(reading, context.viewer, dossier_id)
        chosen = filters.read(filtre).filter
        around = triage.neighbours(reading, context.viewer, dossier.call.id, chosen, dossier_id)
        follow = _follow_up(context, reading, dossier)
        like = index.likenesses(reading.connection, dossier_id)
        names = dossiers.names(reading, context.viewer, *(one.dossier_id for one in like))
        held_too = shared_files.of_dossier(reading, context.viewer, dossier_id)
        late = lateness.passed(reading, context.viewer, dossier_id)
        events = history.instruction_of(reading, context.viewer, dossier_id)
        people = accounts.names(reading)
        jurors = calls.readers(reading, context.viewer, dossier_id)
        held = outcomes.of_dossiers(reading, context.viewer, dossier_id)
        outcome = versions(dossier.call, held, people)
        arrived = received.arrived(reading, context.viewer, dossier_id)
        bearers = received.bearer_changes(reading, context.viewer, [dossier_id]).get(dossier_id, ())
        sent = letters.of_dossier(reading, context.viewer, dossier_id)
        over = letters.is_overdue(reading, context.viewer, dossier_id)
        draft = letter_drafts.of_dossier(reading, context.viewer, dossier_id)
    instruction = view.instruction(dossier, made, typed)
    page = frame(context, dossier, filtre)
    document = None if dossier.analysed is None else dossier.analysed.document
    return context.page(
        "dossier/page.html.j2",
        dossier=dossier.dossier,
        call=dossier.call,
        page=page,
        back=f"/appels/{dossier.call.id}/dossiers?{chosen.query()}",
        around=around,
        follow=follow,
        instruction=instruction,
        notes=note_views.left(made, instruction),
        unattached=note_views.unattached(typed, instruction),
        outcome=outcome,
        arrived=arrived,
        asked_for=None if arrived is None else letters.asked_for(sent, arrived),
        letters=sent_letters(dossier.call, dossier.dossier, sent, over),
        letter_draft=draft if draft is not None and draft.written is not None else None,
        sees_sessions=policies.may_see_sessions(context.viewer),
        reads_journal=policies.may_read_journal(context.viewer),
        notices=tuple(notices(dossier)),
        bearer_changed=unsettled(bearers, instruction),
        alike=alike(held_too, like, names),
        late=late,
        jurors=jurors,
        history=tuple(reversed(lines(events, names_in(dossier, people), linked=False))),
        reading=reading_code(dossier),
        tabs=view.tabs(instruction),
        decided=view.decided_fields(instruction),
        undone=view.undone(instruction),
        searched=chercher,
        found=search(document, chercher, page.files) if document is not None and chercher else None,
        data={
            "files": viewer_files(dossier.dossier, document),
            "wordsUrl": words_address(dossier.dossier),
            "highlights": instruction.highlights(),
        },
    )


@router.get("/dossiers/{dossier_id}/recherche")
def searched(context: Signed, dossier_id: str, chercher: Annotated[str, Query(max_length=200)] = "") -> Response:
    """What a search finds in the dossier, for the script that shows it."""
    context.require(policies.may_see_triage(context.viewer))
    with context.reading() as reading:
        dossier = opened(context, reading, dossier_id)
    analysed = _analysed(dossier)
    found = search(analysed.document, chercher, frame(context, dossier, "").files)
    return context.part("dossier/found.html.j2", found=found)


@router.post("/dossiers/{dossier_id}/decisions")
def decide(
    context: Signed,
    dossier_id: str,
    kind: Annotated[Kind, Form()],
    key: Annotated[str, Form(max_length=200)] = "",
    value: Annotated[list[str] | None, Form()] = None,
    act: Annotated[str, Form(max_length=20)] = "decide",
    note: Prose = "",
    replaces: Annotated[str, Form(max_length=20)] = "",
    analysis: Annotated[str, Form(max_length=20)] = "",
    filtre: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    """Decides one thing, takes the decision back, or leaves a note beside it; answers with the card as it is now, or
    with the page."""
    context.require(policies.may_instruct(context.viewer))
    dossier, instruction = _instruction(context, dossier_id)
    card = instruction.find(kind, key)
    if card is None:
        raise NotHere
    if analysis != str(frame(context, dossier, "").analysis or ""):
        raise Conflicting("Ce dossier a été analysé de nouveau depuis que vous avez ouvert la page.")
    script = "application/json" in context.request.headers.get("accept", "")
    try:
        if act == _NOTE:
            _leave_note(context, dossier_id, card, note.strip())
        else:
            statement = Statement(
                kind=kind,
                key=key,
                value=_value(card, act, value or []),
                note=note.strip(),
                machine=None if card.machine is None else card.machine.kept,
                analysis=int(analysis) if analysis else None,
                replaces=int(replaces) if replaces.isascii() and replaces.isdigit() else None,
            )
            with context.writing() as writing:
                decisions.decide(writing, context.viewer, dossier_id, statement)
                notes.forget(writing, context.viewer, dossier_id, (kind, key))
    except DecidedMeanwhile as error:
        _, instruction = _instruction(context, dossier_id)
        advice = _WITHOUT_NOTE if not note.strip() else _KEPT_BY_SCRIPT if script else _IN_THE_FORM
        raise Conflicting(overtaken(instruction.find(kind, key)), advice=advice) from error
    if not script:
        return context.go(address(dossier_id, filtre, card.id), "saved" if act == _NOTE else "decided")
    dossier, instruction = _instruction(context, dossier_id)
    now = instruction.find(kind, key)
    html = rendered("dossier/card.html.j2", card=now, page=frame(context, dossier, filtre))
    said = {
        "html": html,
        "decided": view.decided_fields(instruction)[0],
        "unsettled": view.unsettled(instruction),
        "undone": view.undone(instruction),
    }
    return JSONResponse(said)


@router.get("/dossiers/{dossier_id}/analyse.json")
def take_analysis(context: Signed, dossier_id: str) -> Response:
    """What the machine says of the dossier, in the published format."""
    context.require(policies.may_see_triage(context.viewer))
    with context.reading() as reading:
        analysed = _analysed(opened(context, reading, dossier_id))
    content = write_contract(to_contract(analysed.analysis, analysed.document))
    with context.writing() as writing:
        writing.tell(Action.EXPORTED, about_dossier(dossier_id), {"what": "analysis", "analysis": analysed.digest})
    headers = {"content-disposition": f'attachment; filename="analyse-{dossier_id[:8]}.json"'}
    return Response(content, media_type="application/json", headers=headers)


def _leave_note(context: Context, dossier_id: str, card: Card, text: str) -> None:
    if not text:
        raise InvalidDecision("Une note ne peut pas être vide.")
    with context.writing() as writing:
        notes.leave(writing, context.viewer, dossier_id, (card.kind, card.key), text)


def _instruction(context: Context, dossier_id: str) -> tuple[Opened, Instruction]:
    with context.reading() as reading:
        dossier = opened(context, reading, dossier_id)
        made = decisions.of_dossier(reading, context.viewer, dossier_id)
        typed = notes.typed(reading, context.viewer, dossier_id)
    return dossier, view.instruction(dossier, made, typed)


def _analysed(dossier: Opened) -> Analysed:
    if dossier.analysed is None:
        raise NotHere("Ce dossier n’a pas encore été lu par le programme.")
    return dossier.analysed


def _follow_up(context: Context, reading: Reading, dossier: Opened) -> FollowUp:
    viewer, dossier_id = context.viewer, dossier.dossier.id
    return follow_up(
        states.of_dossier(reading, viewer, dossier_id),
        accounts.every(reading, Role.INSTRUCTOR, Role.ADMINISTRATOR),
        labels.of_dossier(reading, viewer, dossier_id),
        labels.every(reading, viewer, dossier.call.id),
    )


def _value(card: Card, act: str, values: list[str]) -> Json:
    """What is decided, checked; None takes the decision back."""
    if act == "withdraw":
        return None
    if act == "confirm":
        if card.confirms is None:
            raise InvalidDecision
        values = card.confirms.split("+") if card.kind is Kind.TYPE else [card.confirms]
    if card.kind is Kind.FACT and len(values) == 1:
        return facts.read(card.key, values[0])
    if card.kind is Kind.TYPE:
        return _types(card, values)
    allowed = tuple(SectionStatus if card.kind is Kind.FIELD else Settlement)
    if len(values) != 1 or values[0] not in allowed:
        raise InvalidDecision
    return values[0]


def _types(card: Card, values: list[str]) -> Json:
    known = [option.value for option in card.options]
    chosen = set(values)
    if not chosen <= set(known):
        raise InvalidDecision
    if not chosen:
        raise InvalidDecision("Aucun type n’est coché.", advice="Cochez-en un ou deux, puis enregistrez.")
    if len(chosen) > _MOST_TYPES:
        raise InvalidDecision(
            "Un dossier a un ou deux types, pas plus.", advice="Décochez-en, puis enregistrez de nouveau."
        )
    return list(dict.fromkeys(values))
