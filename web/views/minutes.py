"""Minutes of a session: what the jury held, in the words of those who sat, dossier by dossier in its order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.calls.model import Call, Level
from store.people.answers import AnswerKind
from store.people.collective import CollectiveAnswer, CollectiveValue
from store.people.deliberations import AgendaItem, Session, SessionState
from store.people.outcomes import Outcome
from web.french import day, moment, typeset
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

    `jurors` says how many had answered a marker, empty for an item.
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

    `conflicts` says who withdraws for a conflict of interest, that nobody does, or that nothing was declared.
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
class Words:
    """What was held of all dossiers of the session: the last word on each subject.

    `unsure` counts, by dossier and marker, the jurors who answered that they cannot say; `declared` are the dossiers
    on which somebody has declared a conflict of interest, or none.
    """

    values: Mapping[tuple[str, str], CollectiveValue]
    answers: Mapping[AnswerKind, Mapping[tuple[str, str], CollectiveAnswer]]
    outcomes: Mapping[str, Outcome]
    unsure: Mapping[tuple[str, str], int]
    declared: frozenset[str]


def minutes_of(
    session: Session,
    call: Call,
    scale: tuple[str, ...],
    attending: Mapping[int, str],
    agenda: Sequence[AgendaItem],
    namings: Mapping[str, Naming],
    withdrawn: Mapping[str, frozenset[int]],
    words: Words,
) -> Minutes:
    """The minutes of the dossiers of `agenda`, which are those that the reader sees."""
    rule = rule_of_use(call)
    chair = attending.get(session.chair, "")
    others = [name for person, name in attending.items() if person != session.chair]
    return Minutes(
        title=session.title,
        facts=_facts(session, call, chair, list(attending.values())),
        rule=typeset(f"« {rule[0]} » ({rule[1]})") if rule else "",
        notes=tuple(
            typeset(note) for note in (BY_PEOPLE, *([UNFINISHED] if session.state is not SessionState.CLOSED else []))
        ),
        dossiers=tuple(
            _dossier(item, namings[item.dossier_id], call, scale, attending, withdrawn, words) for item in agenda
        ),
        signatures=tuple(filter(None, (f"{chair}, présidence" if chair else "", *others))),
    )


def _facts(session: Session, call: Call, chair: str, present: Sequence[str]) -> tuple[tuple[str, str], ...]:
    facts = [("Appel", call.title), ("Jour", day(session.held_on)), ("Présidence", chair)]
    facts.append(("Jurés présents", ", ".join(present)))
    if session.opened_at is not None:
        facts.append(("Ouverture", moment(session.opened_at)))
    if session.closed_at is not None:
        facts.append(("Clôture", moment(session.closed_at)))
    return tuple(facts)


def _dossier(
    item: AgendaItem,
    naming: Naming,
    call: Call,
    scale: tuple[str, ...],
    attending: Mapping[int, str],
    withdrawn: Mapping[str, frozenset[int]],
    words: Words,
) -> DossierMinutes:
    away = withdrawn.get(item.dossier_id, frozenset())
    outcome = words.outcomes.get(item.dossier_id)
    return DossierMinutes(
        number=item.position,
        name=naming.label,
        about=naming.about,
        conflicts=_conflicts(named(attending, away), item.dossier_id in words.declared),
        parts=(
            *_markers(item.dossier_id, call, scale, len(set(attending) - away), words),
            *_items(item.dossier_id, call, words),
        ),
        missing=tuple(_missing(item, call, words)),
        outcome=typeset(label(call, outcome.outcome)) if outcome else "Aucune suite arrêtée",
        motive=outcome.comment if outcome else "",
    )


def _conflicts(withdrawn: str, declared: bool) -> str:
    if withdrawn:
        return typeset(f"Retrait pour conflit d'intérêts : {withdrawn}")
    return _NO_CONFLICT if declared else _NO_DECLARATION


def _missing(item: AgendaItem, call: Call, words: Words) -> Iterator[str]:
    """Sentences on what was left undone."""
    lacking = [marker.title for marker in call.markers if (item.dossier_id, marker.id) not in words.values]
    if len(lacking) == len(call.markers):
        yield "Le jury n’a arrêté la valeur collective d’aucun repère."
    elif lacking:
        yield typeset(f"Repères sans valeur collective : {', '.join(lacking)}.")
    if not item.settled:
        yield "La lecture de ce dossier n’a pas été arrêtée."


def _markers(dossier_id: str, call: Call, scale: tuple[str, ...], jurors: int, words: Words) -> list[Part]:
    """The markers, where the jury holds a value on one at least."""
    if not any((dossier_id, marker.id) in words.values for marker in call.markers):
        return []
    levels = tuple(Level(value, "") for value in scale)
    held = []
    for marker in call.markers:
        value = words.values.get((dossier_id, marker.id))
        title = typeset(marker.title)
        if value is None:
            held.append(Held(title, "–", "", ""))
        else:
            unsure = words.unsure.get((dossier_id, marker.id), 0) if scale else 0
            answered = f"{value.jurors} sur {jurors}" + (
                f", dont {unsure} qui ne se {'prononce' if unsure < 2 else 'prononcent'} pas" if unsure else ""
            )
            held.append(Held(title, value_held(value.value, levels), value.comment, answered))
    return [Part("Repères", True, tuple(held))]


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
