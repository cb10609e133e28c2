"""Minutes of a session: what the jury held, in the words of those who sat, dossier by dossier in its order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.calls.model import Call, Level
from store.people.answers import AnswerKind
from store.people.collective import CollectiveAnswer, CollectiveValue
from store.people.deliberations import AgendaItem, Session, SessionState
from store.people.outcomes import Outcome
from store.people.readiness import Answered
from web.french import counted, day, moment, typeset
from web.views.deliberation import value_held
from web.views.naming import Naming
from web.views.outcomes import label
from web.views.panes import answer_said, items_of
from web.views.session_state import named
from web.views.sessions import rule_of_use

BY_PEOPLE = (
    "Toutes les valeurs, réponses, suites et remarques de ce procès-verbal ont été saisies par la présidence au nom du "
    "jury. Le programme n'en a produit, proposé ni calculé aucune."
)
_NO_CONFLICT = "Aucun juré présent n’a déclaré de conflit d’intérêts."
_NO_DECLARATION = "Personne n’a fait de déclaration sur ce dossier."
UNFINISHED = "La séance n'est pas close : ce procès-verbal est provisoire."


@dataclass(frozen=True, slots=True)
class Held:
    """A marker or an item with what the jury holds; `said` is « – » when it holds nothing.

    `jurors` says how many had answered a marker, of how many, and the quorum; empty for an item.
    """

    title: str
    said: str
    comment: str
    jurors: str


@dataclass(frozen=True, slots=True)
class Part:
    """The markers, the grid or the synthesis of a dossier; `counts` tells whether answers were counted."""

    title: str
    counts: bool
    held: tuple[Held, ...]

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of its table; what the jury says of it has a column only where it says something."""
        heads = ("Repère", "Valeur collective") if self.counts else (self.title, "Réponse du jury")
        counted = ("Jurés ayant répondu",) if self.counts else ()
        return (*heads, *(("Ce que le jury en dit",) if self.commented else ()), *counted)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Its lines, under these heads."""
        return tuple(
            (each.title, each.said, *((each.comment,) if self.commented else ()), *((each.jurors,) * self.counts))
            for each in self.held
        )

    @property
    def commented(self) -> bool:
        return any(each.comment for each in self.held)


@dataclass(frozen=True, slots=True)
class DossierMinutes:
    """What was held of a dossier; `outcome` is « Aucune suite arrêtée » when there is none.

    `conflicts` says who withdraws for a conflict of interest, that nobody does, or that nothing was declared; then who
    is in conflict among those who did not come.
    `missing` are sentences on what the jury has left undone.
    """

    number: int
    name: str
    about: str
    conflicts: str
    parts: tuple[Part, ...]
    missing: tuple[str, ...]
    outcome: str
    motive: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """The whole; `facts` are pairs of a name and a value."""

    title: str
    facts: tuple[tuple[str, str], ...]
    rule: str
    notes: tuple[str, ...]
    dossiers: tuple[DossierMinutes, ...]
    signatures: tuple[str, ...]

    @property
    def signed(self) -> str:
        """What is signed."""
        named = " ; ".join(f"{each.number}. {each.name}" for each in self.dossiers)
        return typeset(f"Dossiers de la séance : {named}.") if named else ""


@dataclass(frozen=True, slots=True)
class Jury:
    """Who was convened, by account: who came and who did not; by dossier, those of each who are in conflict with it.

    `quorum` is how many answers the call asks for on a marker today.
    """

    present: Mapping[int, str]
    absent: Mapping[int, str]
    withdrawn: Mapping[str, frozenset[int]]
    absent_in_conflict: Mapping[str, frozenset[int]]
    quorum: int

    def speaking(self, dossier_id: str) -> int:
        """How many of those present may speak of a dossier."""
        return len(set(self.present) - self.withdrawn.get(dossier_id, frozenset()))


@dataclass(frozen=True, slots=True)
class Words:
    """What was held of all dossiers of the session: the last word on each subject.

    `answered` counts the jurors by dossier and marker; `declared` are the dossiers on which somebody has declared a
    conflict of interest, or none.
    """

    values: Mapping[tuple[str, str], CollectiveValue]
    answers: Mapping[AnswerKind, Mapping[tuple[str, str], CollectiveAnswer]]
    outcomes: Mapping[str, Outcome]
    answered: Mapping[tuple[str, str], Answered]
    declared: frozenset[str]


def minutes_of(
    session: Session,
    call: Call,
    scale: tuple[str, ...],
    jury: Jury,
    agenda: Sequence[AgendaItem],
    namings: Mapping[str, Naming],
    words: Words,
) -> Minutes:
    """The minutes of the dossiers of `agenda`, which are those that the reader sees."""
    rule = rule_of_use(call)
    chair = jury.present.get(session.chair, "")
    others = [name for person, name in jury.present.items() if person != session.chair]
    return Minutes(
        title=session.title,
        facts=tuple(_facts(session, call, chair, jury, agenda)),
        rule=typeset(f"« {rule[0]} » ({rule[1]})") if rule else "",
        notes=tuple(
            typeset(note) for note in (BY_PEOPLE, *([UNFINISHED] if session.state is not SessionState.CLOSED else []))
        ),
        dossiers=tuple(_dossier(item, namings[item.dossier_id], call, scale, jury, words) for item in agenda),
        signatures=tuple(filter(None, (f"{chair}, présidence" if chair else "", *others))),
    )


def _facts(
    session: Session, call: Call, chair: str, jury: Jury, agenda: Sequence[AgendaItem]
) -> Iterator[tuple[str, str]]:
    yield "Appel", call.title
    yield "Jour", day(session.held_on)
    yield "Présidence", chair
    convened = sorted((*jury.present.values(), *jury.absent.values()))
    yield "Jurés convoqués", _listed(convened)
    yield "Jurés présents", _listed(jury.present.values())
    yield "Jurés absents", _listed(jury.absent.values())
    yield "Retraits pour conflit d’intérêts", typeset(_withdrawals(jury, agenda))
    yield "Quorum", f"{counted(jury.quorum, 'juré présent', 'jurés présents')} ayant répondu, repère par repère"
    if session.opened_at is not None:
        yield "Ouverture", moment(session.opened_at)
    if session.closed_at is not None:
        yield "Clôture", moment(session.closed_at)


def _listed(names: Iterable[str]) -> str:
    told = list(names)
    return f"{', '.join(told)} ({len(told)})" if told else "aucun"


def _withdrawals(jury: Jury, agenda: Sequence[AgendaItem]) -> str:
    """Who withdraws, and from which dossiers, by their numbers; never for what reason."""
    told = []
    for person, name in jury.present.items():
        places = [str(one.position) for one in agenda if person in jury.withdrawn.get(one.dossier_id, frozenset())]
        if places:
            told.append(f"{name} (dossier{'s' if len(places) > 1 else ''} {', '.join(places)})")
    return " ; ".join(told) or "aucun"


def _dossier(
    item: AgendaItem, naming: Naming, call: Call, scale: tuple[str, ...], jury: Jury, words: Words
) -> DossierMinutes:
    outcome = words.outcomes.get(item.dossier_id)
    return DossierMinutes(
        number=item.position,
        name=naming.label,
        about=naming.about,
        conflicts=_conflicts(item.dossier_id, jury, declared=item.dossier_id in words.declared),
        parts=(*_markers(item.dossier_id, call, scale, jury, words), *_items(item.dossier_id, call, words)),
        missing=tuple(_missing(item, call, words)),
        outcome=typeset(label(call, outcome.outcome)) if outcome else "Aucune suite arrêtée",
        motive=outcome.comment if outcome else "",
    )


def _conflicts(dossier_id: str, jury: Jury, *, declared: bool) -> str:
    away = named(jury.present, jury.withdrawn.get(dossier_id))
    absent = named(jury.absent, jury.absent_in_conflict.get(dossier_id))
    told = f"Retrait pour conflit d'intérêts : {away}." if away else _NO_CONFLICT if declared else _NO_DECLARATION
    return typeset(f"{told} Absent, en conflit d'intérêts : {absent}." if absent else told)


def _missing(item: AgendaItem, call: Call, words: Words) -> Iterator[str]:
    """Sentences on what was left undone."""
    lacking = [marker.title for marker in call.markers if (item.dossier_id, marker.id) not in words.values]
    if len(lacking) == len(call.markers):
        yield "Le jury n’a arrêté la valeur collective d’aucun repère."
    elif lacking:
        yield typeset(f"Repères sans valeur collective : {', '.join(lacking)}.")
    if not item.settled:
        yield "La lecture de ce dossier n’a pas été arrêtée."


def _markers(dossier_id: str, call: Call, scale: tuple[str, ...], jury: Jury, words: Words) -> list[Part]:
    """The markers, where the jury holds a value on one at least."""
    if not any((dossier_id, marker.id) in words.values for marker in call.markers):
        return []
    levels = tuple(Level(value, "") for value in scale)
    held = []
    for marker in call.markers:
        value, title = words.values.get((dossier_id, marker.id)), typeset(marker.title)
        answers = words.answered.get((dossier_id, marker.id), Answered(0, 0))
        if value is None:
            told = _answered(answers.jurors, answers.unsure, jury.speaking(dossier_id), jury.quorum)
            held.append(Held(title, "–", "", told))
        else:
            unsure = answers.unsure if scale else 0
            told = _answered(value.jurors, unsure, jury.speaking(dossier_id), value.quorum)
            held.append(Held(title, value_held(value.value, levels), value.comment, told))
    return [Part("Repères", True, tuple(held))]


def _answered(jurors: int, unsure: int, speaking: int, quorum: int | None) -> str:
    """« 3 sur 4, dont 1 qui ne se prononce pas (quorum 2) »."""
    told = f"{jurors} sur {speaking}"
    if unsure:
        told += f", dont {unsure} qui ne se {'prononce' if unsure < 2 else 'prononcent'} pas"
    if quorum is not None:
        told += f" (quorum {quorum}{', non atteint' if jurors < quorum else ''})"
    return typeset(told)


def _items(dossier_id: str, call: Call, words: Words) -> list[Part]:
    """The grid and the synthesis, where the jury holds something of them."""
    parts = []
    for kind, title in ((AnswerKind.SYNTHESIS, "Synthèse"), (AnswerKind.GRID, "Faisabilité")):
        items, answers = items_of(call, kind), words.answers.get(kind, {})
        if any((dossier_id, item.id) in answers for item in items):
            held = []
            for item in items:
                answer = answers.get((dossier_id, item.id))
                said = answer_said(answer.value, item.options, jury=True) if answer else "–"
                held.append(Held(typeset(item.text), said, answer.comment if answer else "", ""))
            parts.append(Part(title, False, tuple(held)))
    return parts
