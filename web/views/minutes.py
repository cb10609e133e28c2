"""Minutes of a session: what the jury held, in the words of those who sat, dossier by dossier in its order.

Each thing held is told with those who were there when it was, and their day, whoever sits since.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.calls.model import Call
from store.people.deliberations import AgendaItem, Session, SessionState
from store.people.presences import Presence, gatherings
from web.french import counted, day, moment, typeset
from web.views.minutes_dossier import DossierMinutes, Words, dossier_minutes
from web.views.naming import Naming
from web.views.presences import days_said, named, signatures
from web.views.sessions import rule_of_use

BY_PEOPLE = (
    "Toutes les valeurs, réponses, suites et remarques de ce procès-verbal ont été saisies par la présidence au nom du "
    "jury. Le programme n'en a produit, proposé ni calculé aucune."
)
UNFINISHED = "La séance n'est pas close : ce procès-verbal est provisoire."


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


def minutes_of(
    session: Session,
    call: Call,
    scale: tuple[str, ...],
    agenda: Sequence[AgendaItem],
    namings: Mapping[str, Naming],
    words: Words,
) -> Minutes:
    """The minutes of the dossiers of `agenda`, which are those that the reader sees."""
    rule = rule_of_use(call)
    told = words.sat(session.id)
    return Minutes(
        title=session.title,
        facts=tuple(_facts(session, call, scale, told, agenda, words)),
        rule=typeset(f"« {rule[0]} » ({rule[1]})") if rule else "",
        notes=tuple(
            typeset(note) for note in (BY_PEOPLE, *([UNFINISHED] if session.state is not SessionState.CLOSED else []))
        ),
        dossiers=tuple(dossier_minutes(item, namings[item.dossier_id], session, call, scale, words) for item in agenda),
        signatures=tuple(signatures(told, words.names)),
    )


def _facts(
    session: Session,
    call: Call,
    scale: tuple[str, ...],
    told: Sequence[Presence],
    agenda: Sequence[AgendaItem],
    words: Words,
) -> Iterator[tuple[str, str]]:
    yield "Appel", call.title
    yield "Jour" if len({each.attendance.held_on for each in told}) < 2 else "Jours", days_said(told)
    yield "Présidence", ", ".join(dict.fromkeys(words.names.get(each.attendance.chair, "") for each in told))
    convened = frozenset[int]().union(*(each.attendance.present | each.absent for each in told))
    yield "Jurés convoqués", _listed(convened, words.names)
    told = tuple(first for first, *_ in gatherings(told))  # what each held is told dossier by dossier
    for each in told:
        since = "" if len(told) < 2 else f", le {day(each.attendance.held_on)}"
        if since and sum(one.attendance.held_on == each.attendance.held_on for one in told) > 1 and each.at is not None:
            since = f", à partir du {moment(each.at)}"
        yield f"Jurés présents{since}", _listed(each.attendance.present, words.names)
        yield f"Jurés absents{since}", _listed(each.absent, words.names)
    yield "Retraits pour conflit d’intérêts", typeset(_withdrawals(session, agenda, words))
    yield "Quorum", f"{counted(words.quorum, 'juré présent', 'jurés présents')} ayant répondu, repère par repère"
    if scale:
        yield "Échelle de l’appel, dans son ordre", ", ".join(scale)
    if session.opened_at is not None:
        yield "Ouverture", moment(session.opened_at)
    if session.closed_at is not None:
        yield "Clôture", moment(session.closed_at)


def _listed(people: Iterable[int], names: Mapping[int, str]) -> str:
    told = named(people, names)
    return f"{', '.join(told)} ({len(told)})" if told else "aucun"


def _withdrawals(session: Session, agenda: Sequence[AgendaItem], words: Words) -> str:
    """Who withdraws, and from which dossiers, by their numbers; never for what reason."""
    places: dict[str, list[str]] = {}
    for item in agenda:
        for name in words.withdrawn(session.id, item.dossier_id):
            places.setdefault(name, []).append(str(item.position))
    told = (f"{name} (dossier{'s' if len(found) > 1 else ''} {', '.join(found)})" for name, found in places.items())
    return " ; ".join(told) or "aucun"
