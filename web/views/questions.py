"""Dossiers dropped under the name of a known one, as people are asked what they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.text import in_guillemets, same_name
from store.intakes import Intake
from store.people.letters import Asked, Sent, asked_for
from store.people.questions import Known, Question, Waiting
from store.records import DossierFile
from store.settling import Choice
from web.french import counted, typeset
from web.views.evidence import file_address
from web.views.sent_letters import in_time

CHOICES: Mapping[Choice, tuple[str, str]] = {
    Choice.ADD: (
        "Ajouter ces pièces au dossier",
        "Le dossier garde ses fichiers et reçoit ceux-ci ; un fichier du même nom et d'un autre contenu est gardé à "
        "côté, avec un numéro. Le programme relit tout le dossier.",
    ),
    Choice.REPLACE: (
        "Remplacer ses fichiers",
        "Le dossier n'a plus que ceux-ci, et le programme le relit en entier. Les anciens fichiers restent lisibles ; "
        "les décisions déjà prises restent, liées à ce qui avait été lu alors : revoyez-les.",
    ),
    Choice.OTHER: (
        "C'est un autre candidat",
        "Un nouveau dossier est formé, du même nom suivi d'un numéro : « dossier (2) ». L'ancien ne change pas.",
    ),
    Choice.LEAVE: ("Laisser de côté", "Rien n'est fait de ces fichiers."),
}
"""What can be answered, in the order of the buttons, and what it does."""

_DONE_SOON: Mapping[Choice, str] = {
    Choice.ADD: "ces pièces vont être ajoutées au dossier {name}",
    Choice.REPLACE: "les fichiers du dossier {name} vont être remplacés",
    Choice.OTHER: "un nouveau dossier va être formé",
    Choice.LEAVE: "ces fichiers vont être laissés de côté",
}
_ABOUT_ONE = (Choice.ADD.value, Choice.REPLACE.value)
_ABOUT_NONE = (Choice.OTHER.value, Choice.LEAVE.value)
"""What is answered about one known dossier, and about none of them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file that was dropped; `beside` says how it stands to those of known dossiers, empty for one that is new."""

    name: str
    size: int
    href: str
    beside: str


@dataclass(frozen=True, slots=True)
class KnownCard:
    """A dossier that has the name; `key` is what a form about it sends, `about` its bearer and place, where read;
    `in_time` tells how pieces that were asked for keep to the day given."""

    key: str
    id: str
    name: str
    about: str
    state: str
    deposited_at: datetime
    in_time: str
    files: tuple[tuple[str, int, str], ...]  # name, size, address


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A dossier to settle; `known` are those of its name, `answered` what someone chose, empty while nobody did."""

    id: str
    path: str
    pieces: tuple[Piece, ...]
    known: tuple[KnownCard, ...]
    answered: str


@dataclass(frozen=True, slots=True)
class Together:
    """Answers (codes of choices) that may be given to many at once: what they are about, the keys that a form sends."""

    id: str
    said: str
    keys: tuple[str, ...]
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reminder:
    """An intake in which dossiers wait for an answer."""

    href: str
    name: str
    said: str


def cards(
    intake: Intake, asked: Sequence[Question], names: Mapping[int, str], sent: Mapping[str, Sequence[Sent]]
) -> tuple[QuestionCard, ...]:
    """`names` are those of accounts by number, `sent` the letters of dossiers by id."""
    return tuple(_card(intake, each, names, sent) for each in asked)


def reminders(held: Iterable[Waiting]) -> tuple[Reminder, ...]:
    """What is to be answered, an intake each."""
    return tuple(
        Reminder(f"/depots/{each.intake}#reponses", each.name, counted(each.questions, "dossier", "dossiers"))
        for each in held
    )


def choices() -> tuple[tuple[str, str, str], ...]:
    """What can be answered: its code, its button, what it does."""
    return tuple((choice.value, typeset(label), typeset(does)) for choice, (label, does) in CHOICES.items())


def together(asked: Sequence[QuestionCard]) -> tuple[Together, ...]:
    """What may be answered for all that wait; where several dossiers have the name, each has its own answer."""
    waiting = [card for card in asked if not card.answered]
    if len(waiting) < 2:
        return ()
    alone = [card for card in waiting if len(card.known) == 1]
    every = f"La même réponse pour les {counted(len(waiting), 'dossier', 'dossiers')}"
    if len(alone) == len(waiting):
        return (Together("reponse-tous", every, _keys(waiting), (*_ABOUT_ONE, *_ABOUT_NONE)),)
    some = f"La même réponse pour les {counted(len(alone), 'dossier', 'dossiers')} dont un seul autre a le nom"
    about_one = (Together("reponse-seuls", some, _keys(alone), _ABOUT_ONE),) if len(alone) > 1 else ()
    return (*about_one, Together("reponse-tous", every, _keys(waiting), _ABOUT_NONE))


def _keys(asked: Iterable[QuestionCard]) -> tuple[str, ...]:
    return tuple(card.known[0].key for card in asked)


def _card(
    intake: Intake, asked: Question, names: Mapping[int, str], sent: Mapping[str, Sequence[Sent]]
) -> QuestionCard:
    answered = ""
    if asked.choice is not None:
        who = names.get(asked.by or 0, "Quelqu'un")
        about = next((each.dossier.name for each in asked.known if each.dossier.id == asked.about), asked.path)
        answered = typeset(f"{who} a répondu : {_DONE_SOON[asked.choice].format(name=in_guillemets(about))}.")
    return QuestionCard(
        id=f"question-{asked.position}",
        path=asked.path,
        pieces=_pieces(intake.id, asked),
        known=tuple(
            _known(asked.position, each, asked_for(sent.get(each.dossier.id, ()), intake.opened_at))
            for each in asked.known
        ),
        answered=answered,
    )


def _known(position: int, known: Known, asked: Asked | None) -> KnownCard:
    dossier = known.dossier
    return KnownCard(
        key=f"{position}.{dossier.deposit}.{dossier.id}",
        id=dossier.id,
        name=dossier.name,
        about=", ".join(filter(None, (known.bearer, known.commune))),
        state=known.state.value,
        deposited_at=dossier.deposited_at,
        in_time=in_time(asked),
        files=tuple((file.name, file.size, file_address(dossier, place)) for place, file in enumerate(dossier.files)),
    )


def _pieces(intake: int, asked: Question) -> tuple[Piece, ...]:
    return tuple(
        Piece(piece.name, piece.size, f"/depots/{intake}/a-preciser/{asked.position}/{place}", _beside(piece, asked))
        for place, piece in enumerate(asked.pieces)
    )


def _beside(piece: DossierFile, asked: Question) -> str:
    """How a piece stands to the known dossiers, each named where there are several."""
    several = len(asked.known) > 1
    found = []
    for each in asked.known:
        of = f" ({in_guillemets(each.dossier.name)})" if several else ""
        if piece.sha256 in {file.sha256 for file in each.dossier.files}:
            found.append(f"déjà dans le dossier{of}")
        elif same_name(piece.name) in {same_name(file.name) for file in each.dossier.files}:
            found.append(f"même nom, autre contenu{of}")
    return " ; ".join(found)


def said(asked: Sequence[Question]) -> str:
    """« 2 dossiers attendent votre réponse. », or that what was answered is under way; empty when nothing is asked."""
    open_ones = sum(each.choice is None for each in asked)
    if not open_ones:
        return "Le programme fait ce qui a été répondu." if asked else ""
    one = "attend" if open_ones == 1 else "attendent"
    return f"{counted(open_ones, 'dossier', 'dossiers')} {one} votre réponse."
