"""Dossiers dropped under the name of a known one, as people are asked what they are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.text import same_name
from store.people.questions import Question, Waiting
from store.settling import Choice
from web.french import counted, typeset
from web.views.evidence import file_address

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
    Choice.ADD: "ces pièces vont être ajoutées au dossier",
    Choice.REPLACE: "ses fichiers vont être remplacés",
    Choice.OTHER: "un nouveau dossier va être formé",
    Choice.LEAVE: "ces fichiers vont être laissés de côté",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A file that was dropped; `beside` says how it stands to those of the known dossier, empty for one that is new."""

    name: str
    size: int
    href: str
    beside: str


@dataclass(frozen=True, slots=True)
class QuestionCard:
    """A dossier to settle; `key` is what its form sends, `answered` what someone chose, empty while nobody did."""

    key: str
    id: str
    path: str
    pieces: tuple[Piece, ...]
    dossier_id: str
    name: str
    bearer: str
    state: str
    deposited_at: datetime
    files: tuple[tuple[str, int, str], ...]  # name, size, address
    answered: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """An intake in which dossiers wait for an answer."""

    href: str
    name: str
    said: str


def cards(intake: int, asked: Sequence[Question], names: Mapping[int, str]) -> tuple[QuestionCard, ...]:
    """`names` are those of accounts by number."""
    return tuple(_card(intake, each, names) for each in asked)


def reminders(held: Iterable[Waiting]) -> tuple[Reminder, ...]:
    """What is to be answered, an intake each."""
    return tuple(
        Reminder(f"/depots/{each.intake}#reponses", each.name, counted(each.questions, "dossier", "dossiers"))
        for each in held
    )


def choices() -> tuple[tuple[str, str, str], ...]:
    """What can be answered: its code, its button, what it does."""
    return tuple((choice.value, typeset(label), typeset(does)) for choice, (label, does) in CHOICES.items())


def _card(intake: int, asked: Question, names: Mapping[int, str]) -> QuestionCard:
    known = asked.known
    answered = ""
    if asked.choice is not None:
        who = names.get(asked.by or 0, "Quelqu'un")
        answered = typeset(f"{who} a répondu : {_DONE_SOON[asked.choice]}.")
    return QuestionCard(
        key=f"{asked.position}.{known.deposit}",
        id=f"question-{asked.position}",
        path=asked.path,
        pieces=_pieces(intake, asked),
        dossier_id=known.id,
        name=known.name,
        bearer=asked.bearer or "",
        state=asked.state.value,
        deposited_at=known.deposited_at,
        files=tuple((file.name, file.size, file_address(known, place)) for place, file in enumerate(known.files)),
        answered=answered,
    )


def _pieces(intake: int, asked: Question) -> tuple[Piece, ...]:
    held = {file.sha256 for file in asked.known.files}
    names = {same_name(file.name) for file in asked.known.files}

    def beside(name: str, sha256: str) -> str:
        if sha256 in held:
            return "déjà dans le dossier"
        return "même nom, autre contenu" if same_name(name) in names else ""

    return tuple(
        Piece(
            piece.name,
            piece.size,
            f"/depots/{intake}/a-preciser/{asked.position}/{place}",
            beside(piece.name, piece.sha256),
        )
        for place, piece in enumerate(asked.pieces)
    )


def said(asked: Sequence[Question]) -> str:
    """« 2 dossiers attendent votre réponse. », or that what was answered is under way; empty when nothing is asked."""
    open_ones = sum(each.choice is None for each in asked)
    if not open_ones:
        return "Le programme fait ce qui a été répondu." if asked else ""
    one = "attend" if open_ones == 1 else "attendent"
    return f"{counted(open_ones, 'dossier', 'dossiers')} {one} votre réponse."
