"""Letters that ask an applicant for pieces: written by all who instruct, said to be sent, read again word for word.

Nothing is sent from here: a person sends the letter by their own means, then says so.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from pydantic import BeforeValidator
from starlette.responses import JSONResponse, Response

from store.canonical import digest
from store.journal import about_dossier
from store.people import decisions, filters, letter_drafts, letters, received
from store.people.letter_drafts import LetterChanged, LetterDraft, Written
from store.people.letters import InvalidLetter, Sent
from store.people.room import Reading
from store.records import Action, Datum
from web import policies
from web.context import Context, Signed
from web.french import moment, today
from web.opened import Opened, opened
from web.problems import Conflicting, NotHere, RoomProblem
from web.prose import one_per_break
from web.screens.dossier import address
from web.views import dossier as dossier_view
from web.views import letter as view
from web.views import letter_file
from web.views.dossier import Instruction
from web.views.sent_letters import SentLetter, sent_letters
from web.views.word_file import MEDIA_TYPE

router = APIRouter()

LONGEST = 20000
"""Characters of a letter: one that asks for every piece of a call, in its own words, is far from it."""
_SENDING, _PROPOSED = "envoi", "proposition"

Filtre = Annotated[str, Query(max_length=4000)]
Text = Annotated[str, BeforeValidator(one_per_break), Form(max_length=LONGEST)]
Day = Annotated[str, Form(max_length=10)]
Version = Annotated[int, Form(ge=0)]


class InvalidDay(RoomProblem):
    """A day that is none."""

    code = "invalid-day"
    advice = "Revenez à la page précédente et corrigez-la : ce que vous aviez écrit y est."

    def __init__(self) -> None:
        super().__init__("Une date n’est pas valable.")


@dataclass(frozen=True, slots=True)
class Desk:
    """All that pages on the letters of a dossier are made of."""

    dossier: Opened
    instruction: Instruction
    draft: LetterDraft | None
    sent: tuple[Sent, ...]
    shown: tuple[SentLetter, ...]
    arrived: datetime | None  # when pieces came in since they were asked for

    @property
    def letter(self) -> view.Letter:
        """The one under way."""
        return view.letter(self.dossier, self.instruction, self.draft, self.sent)


@router.get("/dossiers/{dossier_id}/courrier")
def write(context: Signed, dossier_id: str, filtre: Filtre = "") -> Response:
    """The letter that is being written; nothing is sent."""
    context.require(policies.may_see_triage(context.viewer))
    desk = _desk(context, dossier_id)
    return context.page(
        "letters/write.html.j2",
        **_frame(desk, filtre),
        letter=desk.letter,
        sent=desk.shown,
        may=policies.may_instruct(context.viewer),
        longest=LONGEST,
    )


@router.post("/dossiers/{dossier_id}/courrier")
def save(
    context: Signed,
    dossier_id: str,
    text: Text = "",
    reponse: Day = "",
    version: Version = 0,
    suite: Annotated[str, Form(max_length=20)] = "",
    filtre: Filtre = "",
) -> Response:
    """Keeps the letter for all who instruct; `suite` goes on to say that it is sent, or takes up the proposed text."""
    context.require(policies.may_instruct(context.viewer))
    desk = _desk(context, dossier_id)
    shown = desk.letter
    if suite == _PROPOSED:
        if shown.proposed is None:
            raise NotHere
        written = shown.proposed
    else:
        begun = shown.draft.written if shown.draft else shown.proposed
        written = Written(text, _day(reponse), begun.asked if begun else ())
    script = "application/json" in context.request.headers.get("accept", "")
    # A form may be handed in while what it had saved by itself is still on its way.
    own = None if script or shown.draft is None or shown.draft.person_id != context.viewer.id else shown.draft
    seen = version if own is None else own.version
    anew = suite == _PROPOSED or seen != version
    try:
        with context.writing() as writing:
            kept = letter_drafts.save(writing, context.viewer, dossier_id, written, seen, anew=anew)
    except LetterChanged as error:
        return _changed(_desk(context, dossier_id), script, error)
    if script:
        return JSONResponse({"saved_at": datetime.now(UTC).isoformat(), "version": kept})
    if suite == _SENDING:
        return context.go(_address(dossier_id, "courrier/envoi", filtre))
    said = "letter-proposed" if suite == _PROPOSED else "letter-saved"
    return context.go(_address(dossier_id, "courrier", filtre), said)


@router.post("/dossiers/{dossier_id}/courrier.docx")
def take(context: Signed, dossier_id: str, text: Text = "") -> Response:
    """The letter as it stands on the page, as a file for word processors; dated of today."""
    context.require(policies.may_instruct(context.viewer))
    with context.reading() as reading:
        dossier = opened(context, reading, dossier_id)
    return _file(context, dossier, text, today())


@router.get("/dossiers/{dossier_id}/courrier/envoi")
def ask(context: Signed, dossier_id: str, filtre: Filtre = "") -> Response:
    """What is to be said of the letter once it is sent: when, what it asks for, by when a reply is expected."""
    context.require(policies.may_instruct(context.viewer))
    desk = _desk(context, dossier_id)
    written = _written(desk)
    if written is None:
        return context.go(_address(dossier_id, "courrier", filtre))
    asked = (*view.asked(desk.dossier.call, desk.instruction), *view.told_files(desk.dossier, written))
    typed = view.Sending(today().isoformat(), _iso(written.expected), asked)
    return _sending(context, desk, written, typed, filtre)


@router.post("/dossiers/{dossier_id}/courrier/envoi")
def send(
    context: Signed,
    dossier_id: str,
    version: Version,
    envoi: Day = "",
    reponse: Day = "",
    champ: Annotated[list[str], Form()] = [],  # noqa: B006 (FastAPI copies it)
    su: Day = "",
    filtre: Filtre = "",
) -> Response:
    """Says that the letter was sent; it never changes from then on.

    `su` is the day of the reply of which the page said that the text does not tell it: who gives another such day is
    told so first.
    """
    context.require(policies.may_instruct(context.viewer))
    desk = _desk(context, dossier_id)
    asked = tuple(each for each, _ in view.askable(desk.dossier) if each in champ)
    typed, text = view.Sending(envoi, reponse, asked), _written(desk)
    current = desk.letter.version == version
    if text is not None and current and reponse != su and view.untold(replace(text, expected=_day(reponse))):
        return _sending(context, desk, text, typed, filtre)
    try:
        with context.writing() as writing:
            sent_on = _day(envoi) or today()
            letters.send(writing, context.viewer, dossier_id, version, asked, sent_on, _day(reponse))
    except LetterChanged as error:
        return _changed(_desk(context, dossier_id), False, error)
    except InvalidLetter as problem:
        if text is None:
            raise NotHere from problem
        return _sending(context, desk, text, typed, filtre, problem.message)
    return context.go(address(dossier_id, filters.read(filtre).filter.query(), "suivi"), "letter-sent")


@router.get("/dossiers/{dossier_id}/courriers/{number}.docx")
def take_sent(context: Signed, dossier_id: str, number: int) -> Response:
    """A letter that was sent, as a file for word processors; dated of the day that it was sent."""
    context.require(policies.may_see_triage(context.viewer))
    desk = _desk(context, dossier_id)
    found = _found(desk, number)
    return _file(context, desk.dossier, found.text, found.sent_on or found.words[-1].at.date())


@router.get("/dossiers/{dossier_id}/courriers/{number}")
def read(context: Signed, dossier_id: str, number: int, filtre: Filtre = "") -> Response:
    """A letter that was sent, word for word, with all that was said of it."""
    context.require(policies.may_see_triage(context.viewer))
    desk = _desk(context, dossier_id)
    return _read(context, desk, _found(desk, number), filtre)


@router.post("/dossiers/{dossier_id}/courriers/{number}")
def correct(
    context: Signed,
    dossier_id: str,
    number: int,
    letter: Annotated[int, Form(ge=1)],
    act: Annotated[str, Form(max_length=20)] = "",
    envoi: Day = "",
    reponse: Day = "",
    filtre: Filtre = "",
) -> Response:
    """Says other days of a letter, or that it was not sent after all; `letter` is what the page showed of it."""
    context.require(policies.may_instruct(context.viewer))
    desk = _desk(context, dossier_id)
    found = _found(desk, number)
    withdrawn = act == "retirer"
    days = (None, found.expected) if withdrawn else (_day(envoi) or today(), _day(reponse))
    try:
        with context.writing() as writing:
            letters.correct(writing, context.viewer, dossier_id, letter, *days)
    except LetterChanged as error:
        raise Conflicting(error.message) from error
    except InvalidLetter as problem:
        return _read(context, desk, found, filtre, problem.message)
    said = "letter-withdrawn" if withdrawn else "letter-corrected"
    return context.go(_address(dossier_id, f"courriers/{number}", filtre), said)


def _desk(context: Context, dossier_id: str) -> Desk:
    with context.reading() as reading:
        return _read_desk(context, reading, dossier_id)


def _read_desk(context: Context, reading: Reading, dossier_id: str) -> Desk:
    viewer = context.viewer
    dossier = opened(context, reading, dossier_id)
    sent = letters.of_dossier(reading, viewer, dossier_id)
    return Desk(
        dossier=dossier,
        instruction=dossier_view.instruction(dossier, decisions.of_dossier(reading, viewer, dossier_id)),
        draft=letter_drafts.of_dossier(reading, viewer, dossier_id),
        sent=sent,
        shown=sent_letters(dossier.call, dossier.dossier, sent, letters.is_overdue(reading, viewer, dossier_id)),
        arrived=received.arrived(reading, viewer, dossier_id),
    )


def _written(desk: Desk) -> Written | None:
    return None if desk.draft is None else desk.draft.written


def _found(desk: Desk, number: int) -> SentLetter:
    found = next((one for one in desk.shown if one.number == number), None)
    if found is None:
        raise NotHere
    return found


def _sending(
    context: Context, desk: Desk, written: Written, typed: view.Sending, filtre: str, error: str = ""
) -> Response:
    return context.page(
        "letters/sending.html.j2",
        status=400 if error else 200,
        **_frame(desk, filtre),
        version=0 if desk.draft is None else desk.draft.version,
        text=written.text,
        typed=typed,
        fields=view.askable(desk.dossier),
        untold=view.untold(replace(written, expected=_day(typed.expected))),
        today=today().isoformat(),
        error=error,
    )


def _read(context: Context, desk: Desk, found: SentLetter, filtre: str, error: str = "") -> Response:
    return context.page(
        "letters/read.html.j2",
        status=400 if error else 200,
        **_frame(desk, filtre),
        letter=found,
        arrived=desk.arrived,
        may=policies.may_instruct(context.viewer),
        today=today().isoformat(),
        error=error,
    )


def _frame(desk: Desk, filtre: str) -> dict[str, Any]:
    query = filters.read(filtre).filter.query()
    dossier = desk.dossier.dossier
    return {"dossier": dossier, "filter": query, "back": address(dossier.id, query)}


def _changed(desk: Desk, script: bool, error: LetterChanged) -> Response:
    """The letter is another than the one that the page showed: both are told, nothing is written."""
    shown = desk.letter
    by = "" if desk.draft is None else desk.draft.name
    if script:
        values = {"text": shown.text or "", "reponse": _iso(shown.expected)}
        return JSONResponse({"version": shown.version, "values": values, "by": by}, status_code=409)
    at = "" if desk.draft is None else f" par {by}, {moment(desk.draft.updated_at)}"
    raise Conflicting(
        f"Ce courrier a changé depuis que vous avez ouvert la page{at}. Rien n’a été enregistré.",
        advice="Votre texte est encore dans la page précédente : copiez-le, puis rechargez-la.",
    ) from error


def _file(context: Context, dossier: Opened, text: str, dated: date) -> Response:
    content = letter_file.written(dossier.call, dossier.dossier.name, text, dated)
    told: dict[str, Datum] = {"what": "letter", "letter": digest(text.encode())}
    with context.writing() as writing:
        writing.tell(Action.EXPORTED, about_dossier(dossier.dossier.id), told)
    name = f"courrier-{dossier.dossier.id[:8]}-{dated.isoformat()}.docx"
    return Response(content, media_type=MEDIA_TYPE, headers={"content-disposition": f'attachment; filename="{name}"'})


def _address(dossier_id: str, page: str, filtre: str) -> str:
    return address(f"{dossier_id}/{page}", filters.read(filtre).filter.query())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise InvalidDay from error


def _iso(value: date | None) -> str:
    return "" if value is None else value.isoformat()
