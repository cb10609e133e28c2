"""What auditors see of a call: what was read, what made it, where people said otherwise than the machine."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pipeline.calls.model import Call
from pipeline.failures import INTERRUPTED
from pipeline.labels import FACT_LABELS, suggested_text
from store.index import Status
from store.people import notes
from store.people.accounts import Person
from store.people.coverage import Coverage, Uncovered
from store.people.decisions import Kind, Statement
from store.people.differences import Behind, Difference, Verdict
from store.people.juries import Juror, Jury
from store.people.outcomes import possible
from store.people.states import Reason, State
from store.people.viewers import Role
from web.french import STATUSES, counted, dropped_for, figure, role, status, typeset
from web.views.machine import SETTLEMENTS, value_text
from web.views.outcomes import label
from web.views.triage import finding_text
from web.views.triage_words import field_titles
from web.views.whys import why, why_unread

VERDICTS = {
    Verdict.CONFIRMED: "le programme est confirmé",
    Verdict.CORRECTED: "le programme est corrigé",
    Verdict.ADDED: "le programme ne disait rien",
}
KINDS = {Kind.FIELD: "Champ", Kind.FACT: "Fait", Kind.FINDING: "Constat", Kind.TYPE: "Type d’innovation"}


@dataclass(frozen=True, slots=True)
class Count:
    """A count of decisions; `href` lists the dossiers behind it."""

    kind: str
    subject: str
    verdict: str
    machine: str
    person: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier behind a count."""

    href: str
    name: str
    subject: str
    machine: str
    person: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A dossier that was not read, or not whole; `what` says so in French."""

    href: str
    name: str
    status: str
    what: str


def offices(people: Sequence[Person]) -> tuple[tuple[str, int], ...]:
    """How many open accounts each role has: « Jury », 12."""
    counts = Counter(person.role for person in people if person.active)
    return tuple((role(each), counts[each]) for each in Role)


def seat(juror: Juror) -> str:
    """« présidence », « membre », « ne siège plus »."""
    if not juror.seated:
        return "ne siège plus"
    return "présidence" if juror.chair else "membre"


def outcomes_held(call: Call, jury: Jury, dossiers: int) -> tuple[tuple[str, int], ...]:
    """How many of the call's `dossiers` have each outcome, in its order, and how many have none yet."""
    known = possible(call)
    order = (*known, *(outcome for outcome in sorted(jury.outcomes) if outcome not in known))
    held = tuple((typeset(label(call, each)), jury.outcomes[each]) for each in order if each in jury.outcomes)
    return (*held, ("Aucune suite arrêtée", dossiers - sum(jury.outcomes.values())))


def readings(covered: Coverage) -> tuple[tuple[str, int], ...]:
    """How many dossiers are read how far: « lu », 34; together, all of them."""
    return tuple((status(code, "reading").label, count) for code, count in covered.by_reading.items())


def states(covered: Coverage) -> tuple[tuple[str, int], ...]:
    """How many dossiers are in each state, those that stop here for each reason; together, all of them."""
    known = [state for state in STATUSES["dossier"] if state != State.DROPPED and state in covered.by_state]
    marked = [(status(state, "dossier").label, covered.by_state[state]) for state in known]
    dropped = status(State.DROPPED, "dossier").label
    whys = [(f"{dropped}, {dropped_for(each)}", covered.dropped[each]) for each in Reason if each in covered.dropped]
    return (*marked, *whys)


def pages_unread(covered: Coverage) -> str:
    """« 12 », « 12, et un nombre inconnu dans 2 dossiers »."""
    if not covered.pages_unknown:
        return figure(covered.pages_unread)
    where = f"dans {counted(covered.pages_unknown, 'dossier', 'dossiers')}"
    return (
        f"{figure(covered.pages_unread)}, et un nombre inconnu {where}" if covered.pages_unread else f"inconnu {where}"
    )


def missed(dossiers: Sequence[Uncovered]) -> tuple[Missed, ...]:
    """Lines of the dossiers that were not read whole."""
    return tuple(
        Missed(
            f"/audit/dossiers/{one.id}",
            one.name,
            "partly-read" if one.status == "analysed" else one.status.value,
            _lacking(one),
        )
        for one in dossiers
    )


def _lacking(one: Uncovered) -> str:
    if one.status is Status.FAILED:
        return why(one.reason or INTERRUPTED).said
    if one.status is Status.UNREADABLE:
        return why_unread(one.reason).said
    if one.status is Status.WAITING:
        return "Pas encore lu."
    if not one.pages_unread:
        return "Un ou plusieurs de ses fichiers n'ont pas pu être lus."
    return f"{counted(one.pages_unread, 'page non lue', 'pages non lues')} sur {figure(one.pages)}."


def totals(differences: Sequence[Difference]) -> tuple[tuple[str, int], ...]:
    """How many decisions are in force, and how many of them say what to the machine's word."""
    found = Counter[Verdict]()
    for one in differences:
        found[one.verdict] += one.count
    said = tuple((f"où {words}", found[verdict]) for verdict, words in VERDICTS.items())
    return (("Décisions en vigueur", found.total()), *said)


def counts(call: str, differences: Sequence[Difference]) -> tuple[Count, ...]:
    """Lines of the table of differences."""
    return tuple(count_of(call, difference) for difference in differences)


def count_of(call: str, difference: Difference) -> Count:
    """A line of the table of differences."""
    asked = {
        "nature": difference.kind.value,
        "sujet": difference.key,
        "verdict": difference.verdict.value,
        "programme": difference.machine,
        "personne": difference.person,
    }
    query = urlencode({name: value for name, value in asked.items() if value})
    return Count(
        kind=KINDS[difference.kind],
        subject=_general(difference),
        verdict=VERDICTS[difference.verdict],
        machine=_machine(difference.kind, difference.machine),
        person=_person(difference.kind, difference.key, difference.person),
        count=difference.count,
        href=f"/audit/{call}/ecarts?{query}",
    )


def cases(call: Call, kind: Kind, behind: Sequence[Behind]) -> tuple[Case, ...]:
    """The dossiers behind a count."""
    titles = field_titles(call)
    return tuple(
        Case(
            href=f"/audit/dossiers/{one.dossier_id}",
            name=one.name,
            subject=subject(kind, one.key, titles),
            machine=kept(kind, one.key, one.machine),
            person=_person(kind, one.key, one.person),
        )
        for one in behind
    )


def subject(kind: Kind, key: str, titles: dict[str, str]) -> str:
    """What a decision is about, in French; `titles` are of the fields of the call."""
    match kind:
        case Kind.FIELD:
            return titles.get(key, key)
        case Kind.FACT:
            return FACT_LABELS.get(key, key)
        case Kind.FINDING:
            return finding_text(key.partition(":")[0], 1)
        case Kind.NOTE:
            about = notes.beside(Statement(kind, key, None))
            return f"Note sur « {subject(*about, titles)} »" if about else "Note"
        case Kind.TYPE:
            return KINDS[kind]


def kept(kind: Kind, key: str, text: str | None) -> str:
    """What the machine had said, short: the status of a field, the value of a fact, the message of a finding."""
    said = None if text is None else json.loads(text)
    if not isinstance(said, dict):
        return "–"
    match kind:
        case Kind.FIELD:
            return status(str(said["status"]), "field").label
        case Kind.TYPE:
            return suggested_text(said["suggested"])
        case Kind.FINDING:
            return typeset(str(said["message"]))
        case _:
            return value_text(kind, key, said.get("value"))


def _general(difference: Difference) -> str:
    return "" if difference.kind in (Kind.FIELD, Kind.TYPE) else subject(difference.kind, difference.key, {})


def _machine(kind: Kind, text: str | None) -> str:
    if text is None:
        return "–"
    return status(json.loads(text), "field").label if kind is Kind.FIELD else kept(kind, "", text)


def _person(kind: Kind, key: str, text: str | None) -> str:
    if text is None:
        return "–"
    value = json.loads(text)
    return SETTLEMENTS[value] if kind is Kind.FINDING else value_text(kind, key, value)
