"""The letter that asks an applicant for what is missing, as it is written. People decide what is; nothing is sent."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.analysis import SectionStatus
from pipeline.calls.model import Call, RequiredField
from pipeline.text import in_guillemets
from pipeline.unread import unread_parts
from store.people.calls import RoomCall
from store.people.decisions import Kind
from store.people.letter_drafts import LetterDraft, Written
from store.people.letters import Sent
from web.french import day, today, typeset
from web.opened import Opened
from web.views.dossier import Instruction
from web.views.letter_unread import FileAsked, files_to_ask
from web.views.triage_words import field_titles

_LACKING = (SectionStatus.ABSENT, SectionStatus.THIN)


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter as the page shows it: `text` and `expected` as they were left, else as they are `proposed`.

    `text` is None when people have decided that nothing is missing and nobody has begun a letter. `version` is 0 where
    none was ever begun. `unconfirmed` are titles and ids of fields that the program alone holds to be absent or thin;
    `added` and `settled` are titles of fields that people decided since the letter was begun.
    """

    text: str | None
    expected: date | None
    proposed: Written | None
    version: int
    draft: LetterDraft | None
    unconfirmed: tuple[tuple[str, str], ...]
    added: tuple[str, ...]
    settled: tuple[str, ...]

    @property
    def spoken(self) -> str:
        """The day by which a reply is expected, as letters say it; empty where none is."""
        return "" if self.expected is None else day(self.expected)


@dataclass(frozen=True, slots=True)
class Sending:
    """What is said of a letter that was sent, as it is typed: ISO days, empty where none is told; ids of fields."""

    sent_on: str
    expected: str
    asked: tuple[str, ...]


def letter(dossier: Opened, instruction: Instruction, draft: LetterDraft | None, sent: Sequence[Sent]) -> Letter:
    """The letter about what people have decided to be lacking, in the words of the call; or as people left it."""
    proposed = _proposed(dossier, instruction, sent)
    written = draft.written if draft is not None else None
    shown = written or proposed
    unconfirmed = tuple(
        (card.title, card.id)
        for card in instruction.fields
        if not card.decided and card.machine is not None and card.machine.status in _LACKING
    )
    begun, lacking = set(written.asked if written else ()), set(asked(dossier.call, instruction))
    titles = field_titles(dossier.call)
    return Letter(
        text=shown.text if shown else None,
        expected=shown.expected if shown else None,
        proposed=proposed,
        version=0 if draft is None else draft.version,
        draft=None if written is None else draft,
        unconfirmed=unconfirmed,
        added=tuple(title for field, title in titles.items() if written and field in lacking - begun),
        settled=tuple(title for field, title in titles.items() if written and field in begun - lacking),
    )


def asked(call: Call, instruction: Instruction) -> tuple[str, ...]:
    """The fields that people have decided to be absent or thin, in the order of the call."""
    decided = _decided(instruction)
    return tuple(field.id for field in call.fields if decided.get(field.id) in _LACKING)


def askable(dossier: Opened) -> tuple[tuple[str, str], ...]:
    """All that a letter may ask for: ids and titles of fields, then the files that could not be read."""
    again = ((file.key, f"{in_guillemets(file.name)}, à envoyer de nouveau") for file in unread_files(dossier))
    return (*field_titles(dossier.call).items(), *again)


def told_files(dossier: Opened, written: Written) -> tuple[str, ...]:
    """Of the files that could not be read, the keys of those that a letter names."""
    return tuple(
        file.key for file in unread_files(dossier) if _spaced(in_guillemets(file.name)) in _spaced(written.text)
    )


def unread_files(dossier: Opened) -> tuple[FileAsked, ...]:
    """The files of the dossier that a letter may ask for again."""
    held = {file.sha256 for file in dossier.dossier.files}
    return files_to_ask(dossier.analysed.analysis if dossier.analysed else None, held)


def untold(written: Written) -> str:
    """The day by which a reply is expected, where the letter does not tell it; empty otherwise."""
    if written.expected is None:
        return ""
    told = day(written.expected)
    return "" if _spaced(told) in _spaced(written.text) else told


def _spaced(text: str) -> str:
    return " ".join(text.split())


def reply_day(room_call: RoomCall) -> date:
    """By when a letter of today asks for a reply: the days that the call gives, and never before its own deadline."""
    given = today() + timedelta(days=room_call.reply_days)
    return max(given, room_call.deadline or given)


def letter_text(
    call: Call,
    name: str,
    bearer: str,
    decided: Mapping[str, str],
    *,
    expected: date | None = None,
    former: date | None = None,
    partly: bool = False,
    unread: Sequence[FileAsked] = (),
) -> str | None:
    """The letter to the bearer of a dossier (empty: not known), `decided` being the statuses people gave to fields.

    `expected` is the day by which a reply is awaited, `former` the day of the last letter sent; None: not told.
    `unread` are files that could not be read; `partly` says that something was not, for whatever reason.
    """
    absent = [field for field in call.fields if decided.get(field.id) == SectionStatus.ABSENT]
    thin = [field for field in call.fields if decided.get(field.id) == SectionStatus.THIN]
    if not absent and not thin and not unread:
        return None
    where = "dans ce que nous avons pu lire de votre dossier" if partly or unread else "dans votre dossier"
    wanted = tuple(_wanted(absent, thin, unread, where))
    return typeset("\n\n".join(_paragraphs(call, name, bearer, wanted, expected, former)))


def _proposed(dossier: Opened, instruction: Instruction, sent: Sequence[Sent]) -> Written | None:
    expected = reply_day(dossier.room_call)
    days = [one.now.sent_on for one in sent if one.now.sent_on is not None]
    text = letter_text(
        dossier.call,
        dossier.dossier.name,
        _bearer(instruction),
        _decided(instruction),
        expected=expected,
        former=max(days, default=None),
        partly=dossier.analysed is not None and bool(unread_parts(dossier.analysed.document)),
        unread=unread_files(dossier),
    )
    return None if text is None else Written(text, expected, asked(dossier.call, instruction))


def _decided(instruction: Instruction) -> Mapping[str, str]:
    return {card.key: card.spoken[0].status or "" for card in instruction.fields if card.decided}


def _bearer(instruction: Instruction) -> str:
    """As a person says it, else as the program read it; empty when nobody knows."""
    card = instruction.find(Kind.FACT, "porteur")
    return "" if card is None else card.typed


def _paragraphs(
    call: Call,
    name: str,
    bearer: str,
    wanted: Sequence[str],
    expected: date | None,
    former: date | None,
) -> Iterator[str]:
    yield f"Objet : {call.title} – « {bearer or name} » – demande de pièces et de précisions"
    yield "Madame, Monsieur,"
    what = f"un dossier pour « {bearer} »" if bearer else f"le dossier « {name} »"
    yield f"Vous avez déposé {what} en réponse à : {call.title} ({call.institution})."
    if former is not None:
        yield f"Notre courrier du {day(former)} vous demandait des éléments pour ce dossier."
    yield from wanted
    until = "" if expected is None else f" au plus tard le {day(expected)}"
    yield f"Nous vous remercions de nous les faire parvenir{until}."
    if call.contacts:
        lines = [" ".join(line.split()) for contact in call.contacts for line in contact.text.splitlines()]
        printed = "\n".join(line for line in lines if line)
        yield f"Pour le dépôt, l’appel indique : {in_guillemets(printed.rstrip('.'))}."
    yield "Cette demande ne préjuge pas de la suite qui sera donnée à votre dossier."
    yield "Nous vous prions d’agréer, Madame, Monsieur, l’expression de nos salutations distinguées."


def _wanted(
    absent: Sequence[RequiredField], thin: Sequence[RequiredField], unread: Sequence[FileAsked], where: str
) -> Iterator[str]:
    """What is asked for, a paragraph for each kind; `where` is where what is absent was looked for."""
    if unread:
        yield f"Nous n’avons pas pu lire tout ce que vous avez déposé :\n{_list([file.line for file in unread])}"
    if absent:
        begun = f"L’appel demande les éléments suivants, que nous n’avons pas trouvés {where} :"
        yield f"{begun}\n{_list([_asked(field) for field in absent])}"
    if thin:
        listed = _list([_asked(field) for field in thin])
        yield f"Les éléments suivants figurent dans votre dossier, mais demandent à être complétés :\n{listed}"


def _list(lines: Sequence[str]) -> str:
    return "\n".join(f"– {line} ;" for line in lines[:-1]) + ("\n" if len(lines) > 1 else "") + f"– {lines[-1]}."


def _asked(field: RequiredField) -> str:
    """Its title, then what the call says in its own words, which speak of the bearer as of a third."""
    wording = field.wording.rstrip(".")
    if not wording or wording == field.title:
        return field.title.rstrip(".")
    if wording.startswith(field.title):
        return in_guillemets(wording)
    return f"{field.title.rstrip('.')} (l’appel demande : {in_guillemets(wording)})"
