"""Deposits as their pages show them: what became of each thing, why, and what to do."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from pipeline.failures import INTERRUPTED
from pipeline.text import in_guillemets, listed
from store.index import Likeness, Status
from store.intakes import Intake, IntakeState, Result
from store.people.deposits import Drop, LikeOne, Outcome
from store.people.letters import Asked, Sent
from store.people.questions import Question
from store.people.received import BearerChange
from web.french import counted, day, figure, typeset
from web.views import questions
from web.views.bearers import changed
from web.views.questions import QuestionCard, Together
from web.views.whys import Why, why, why_left_out, why_partly_read, why_unread

_RESULTS = {
    Result.NEW: "nouveau dossier",
    Result.ADDED: "pièces ajoutées",
    Result.REPLACED: "fichiers remplacés",
    Result.UNCHANGED: "déjà déposé, inchangé",
    Result.TO_SETTLE: "à préciser",
    Result.REFUSED: "laissé de côté",
}
_AT_THE_END: Mapping[str, tuple[str, str]] = {
    # by status of a line
    "analysed": ("dossier lu", "dossiers lus"),
    "partly-read": ("dossier lu en partie", "dossiers lus en partie"),
    "unreadable": ("dossier non lu", "dossiers non lus"),
    "failed": ("dossier en échec", "dossiers en échec"),
    "": ("fichier laissé de côté", "fichiers laissés de côté"),
}
_YOURS_TO_SAY = "Le dépôt est pris quand même, et c’est à vous de dire si ce qui arrive est recevable."
_ASKED_BY_LETTER = "Pour des pièces demandées par courrier, c’est la date de réponse du courrier qui compte."
_UNFORMED = frozenset({IntakeState.OPEN, IntakeState.READY, IntakeState.RUNNING})
_ENDED = frozenset({IntakeState.DONE, IntakeState.FAILED, IntakeState.OPEN, IntakeState.TO_SETTLE})


@dataclass(frozen=True, slots=True)
class DropLine:
    """A past deposit in the list. `holds` names its files in short; `formed`: it is known which dossiers they form."""

    id: int
    name: str
    state: str
    by: str
    at: datetime
    files: int
    dossiers: int
    refused: int
    to_settle: int
    holds: str
    formed: bool


@dataclass(frozen=True, slots=True)
class Like:
    """A dossier that looks like this one: « même fichier que », « texte proche à 92 % de »."""

    how: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class ItemLine:
    """What became of one thing; `status` is a code of `french.STATUSES["reading"]`, empty for what is no dossier."""

    path: str
    name: str
    href: str
    dossier_id: str
    result: str
    status: str
    why: Why | None
    retried: bool
    may_retry: bool
    likes: tuple[Like, ...]
    bearer_changed: str

    @property
    def to_look_at(self) -> bool:
        """Whether there is something to say of it."""
        return bool(self.why or self.likes or self.bearer_changed)


@dataclass(frozen=True, slots=True)
class Follow:
    """How far a deposit is; `troubles` are the lines to look at, `others` the rest.

    `stopped` is what is said while no worker is there; `together` is what may be answered for many questions at once.
    """

    id: int
    state: str
    running: bool
    stopped: str
    said: str
    why: Why | None
    dossiers: int
    finished: int
    troubles: tuple[ItemLine, ...]
    others: tuple[ItemLine, ...]
    failed: int
    questions: tuple[QuestionCard, ...]
    together: tuple[Together, ...]
    choices: tuple[tuple[str, str, str], ...]
    may_answer: bool


def drops(held: Iterable[Drop], names: Mapping[int, str]) -> tuple[DropLine, ...]:
    """Past deposits; `names` are those of accounts by number."""
    return tuple(
        DropLine(
            each.id,
            each.name,
            each.state.value,
            by_whom(each.opened_by, names),
            each.opened_at,
            each.files,
            each.dossiers,
            each.refused,
            each.to_settle,
            _holds(each),
            bool(each.dossiers) or each.state not in _UNFORMED,
        )
        for each in held
    )


def _holds(drop: Drop) -> str:
    """« statuts.pdf », « statuts.pdf et 7 autres »."""
    others = drop.files - 1
    return (drop.first or "") + (f" et {counted(others, 'autre', 'autres')}" if others > 0 else "")


def nothing(dossiers: int) -> str:
    """What is said where nobody has deposited anything; `dossiers` is how many the call has all the same."""
    if not dossiers:
        return "Rien n’a encore été déposé pour cet appel."
    held = (
        "Le dossier de cet appel vient" if dossiers == 1 else f"Les {figure(dossiers)} dossiers de cet appel viennent"
    )
    return f"Aucun dépôt n’a été fait depuis la salle d’examen. {held} d’un traitement lancé en ligne de commande."


def lateness(deadline: date | None, asked: Asked | None, *, about_one: bool) -> tuple[str, str] | None:
    """What is said of the day on which a deposit is made, and its kind; None when there is nothing to say.

    `deadline` is that of the call where it is gone; `asked` what had been asked for of the dossier, if it is
    `about_one`.
    """
    if asked is not None and asked.expected is not None:
        keeps = "dans le" if asked.in_time else "après le"
        said = (
            f"Des pièces ont été demandées pour ce dossier, réponse attendue le {day(asked.expected)} : "
            f"un dépôt fait aujourd’hui arrive {keeps} délai demandé."
        )
        return ("info", said) if asked.in_time else ("warning", f"{said} {_YOURS_TO_SAY}")
    if asked is not None:
        return "info", "Des pièces ont été demandées pour ce dossier, sans date de réponse."
    if deadline is None:
        return None
    passed = f"La date limite, le {day(deadline)}, est passée. {_YOURS_TO_SAY}"
    return "warning", passed if about_one else f"{passed} {_ASKED_BY_LETTER}"


def follow(
    intake: Intake,
    outcomes: Sequence[Outcome],
    asked: Sequence[Question] = (),
    names: Mapping[int, str] = MappingProxyType({}),
    sent: Mapping[str, Sequence[Sent]] = MappingProxyType({}),
    bearers: Mapping[str, Sequence[BearerChange]] = MappingProxyType({}),
    *,
    may_retry: bool,
    behind: bool = False,
    stopped: str = "",
) -> Follow:
    """How far the intake is, thing by thing; `asked` is what people have to say of it, `names` those of accounts,
    `sent` the letters of dossiers, `bearers` where what is read of theirs changed, `stopped` what is said while no
    worker is there."""
    lines = [(_line(each, bearers, may_retry=may_retry), each) for each in outcomes]
    cards = questions.cards(intake, asked, names, sent)
    held = [each for each in outcomes if each.status is not None]
    finished = sum(not each.waits for each in held)
    answered = intake.state is IntakeState.TO_SETTLE and all(each.choice is not None for each in asked)
    said = "" if answered else _said(intake, outcomes, finished, behind=behind)
    failed = sum(each.status is Status.FAILED and not each.retried for each in held)
    running = (
        intake.state not in _ENDED or any(each.waits for each in held) or any(each.choice is not None for each in asked)
    )
    return Follow(
        id=intake.id,
        state=intake.state.value,
        running=running,
        stopped=stopped if running else "",
        said=" ".join(filter(None, (said, questions.said(asked)))),
        why=why_left_out(intake.reason) if intake.state is IntakeState.FAILED and intake.reason else None,
        dossiers=len(held),
        finished=finished,
        troubles=tuple(line for line, each in lines if line.to_look_at),
        others=tuple(line for line, each in lines if not line.to_look_at),
        failed=failed if may_retry else 0,
        questions=cards,
        together=questions.together(cards),
        choices=questions.choices(),
        may_answer=may_retry,
    )


def _said(intake: Intake, outcomes: Sequence[Outcome], finished: int, *, behind: bool) -> str:
    dossiers = sum(each.status is not None for each in outcomes)
    if intake.state is IntakeState.READY:
        if behind:
            return "Le programme lit un autre dépôt : celui-ci sera pris ensuite."
        return "Le dépôt attend que le programme le prenne."
    if intake.state is IntakeState.RUNNING and not dossiers:
        return "Le programme ouvre ce qui a été déposé."
    if finished < dossiers:
        return typeset(f"{finished} sur {dossiers} : le programme lit les dossiers.")
    return {
        IntakeState.RUNNING: "Tous les dossiers formés jusqu’ici sont lus : le programme termine ce dépôt.",
        IntakeState.OPEN: "Ce dépôt est en préparation : rien n'est encore lu.",
        IntakeState.FAILED: "Ce dépôt n'a pas pu être pris.",
    }.get(intake.state, _ended(outcomes))


def _ended(outcomes: Sequence[Outcome]) -> str:
    """« Le programme a fini : 5 dossiers lus, 1 dossier lu en partie, 1 fichier laissé de côté. »"""
    statuses = Counter(_status(each) for each in outcomes)
    parts = [
        counted(statuses[code], one, several) for code, (one, several) in _AT_THE_END.items() if statuses[code] > 0
    ]
    return typeset(f"Le programme a fini : {listed(parts)}.") if parts else "Le programme a fini."


def _line(outcome: Outcome, bearers: Mapping[str, Sequence[BearerChange]], *, may_retry: bool) -> ItemLine:
    change = next((each for each in bearers.get(outcome.dossier_id or "", ()) if each.deposit == outcome.deposit), None)
    return ItemLine(
        path=outcome.path,
        name=outcome.name or outcome.path,
        href="" if outcome.dossier_id is None else f"/dossiers/{outcome.dossier_id}",
        dossier_id=outcome.dossier_id or "",
        result=_RESULTS[outcome.result],
        status=_status(outcome),
        why=_why(outcome),
        retried=outcome.retried,
        may_retry=may_retry and outcome.status in (Status.FAILED, Status.UNREADABLE) and not outcome.retried,
        likes=_likes(outcome.likes),
        bearer_changed="" if change is None else changed(change),
    )


def _status(outcome: Outcome) -> str:
    if outcome.status is None:
        return ""
    if outcome.status is Status.ANALYSED and outcome.partly_read:
        return "partly-read"
    return outcome.status.value


def _why(outcome: Outcome) -> Why | None:
    if outcome.retried:
        return None
    if outcome.result is Result.REFUSED:
        return why_left_out(outcome.reason or "")
    if outcome.status is Status.FAILED:
        return why(outcome.failure or INTERRUPTED)
    if outcome.status is Status.UNREADABLE:
        return why_unread(outcome.failure)
    return why_partly_read() if _status(outcome) == "partly-read" else None


def _likes(others: Sequence[LikeOne]) -> tuple[Like, ...]:
    """A dossier that holds the same file has the same text too: said once."""
    same = {each.dossier_id for each in others if each.kind is Likeness.SAME_FILE}
    return tuple(_like(each) for each in others if each.kind is Likeness.SAME_FILE or each.dossier_id not in same)


def _like(other: LikeOne) -> Like:
    share = typeset(f"{round(other.share * 100)} %")
    how = "même fichier que" if other.kind is Likeness.SAME_FILE else f"texte commun à {share} avec"
    return Like(how, in_guillemets(other.name), f"/dossiers/{other.dossier_id}")


def by_whom(actor: str, names: Mapping[int, str]) -> str:
    """Who opened a deposit, by an actor of the journal."""
    number = actor.removeprefix("person:")
    return names.get(int(number), "") if number.isdigit() else "programme"
