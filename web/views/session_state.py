"""What is to be known before a session is opened or closed, and which juries are too small."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from store.people.deliberations import AgendaItem, Session
from store.people.outcomes import dismisses
from store.people.readiness import Readiness


@dataclass(frozen=True, slots=True)
class ReadinessRow:
    """A dossier with how far its jurors are."""

    item: AgendaItem
    readiness: Readiness
    withdrawn: str


@dataclass(frozen=True, slots=True)
class Short:
    """A dossier whose jury is too small, or without its chair: `jurors` may speak of it."""

    item: AgendaItem
    jurors: int
    withdrawn: str
    chair_withdraws: bool


@dataclass(frozen=True, slots=True)
class Undone:
    """What the closing of a session would leave undone: a sentence, the dossiers it is about, what lacks of each."""

    label: str
    items: tuple[AgendaItem, ...]
    lacking: Mapping[str, tuple[str, ...]]


def readiness_rows(
    agenda: Sequence[AgendaItem],
    found: Mapping[str, Readiness],
    withdrawn: Mapping[str, frozenset[int]],
    names: Mapping[int, str],
) -> tuple[ReadinessRow, ...]:
    """The dossiers in their order."""
    return tuple(
        ReadinessRow(item, found[item.dossier_id], named(names, withdrawn.get(item.dossier_id))) for item in agenda
    )


def short(
    session: Session,
    agenda: Sequence[AgendaItem],
    withdrawn: Mapping[str, frozenset[int]],
    names: Mapping[int, str],
    quorum: int,
) -> tuple[Short, ...]:
    """The dossiers on which nothing can be held: conflicts of interest leave too few jurors, or no chair."""
    found = []
    for item in agenda:
        away = withdrawn.get(item.dossier_id, frozenset())
        there = len(set(names) - away)
        if away and (there < quorum or session.chair in away):
            found.append(Short(item, there, named(names, away), session.chair in away))
    return tuple(found)


def undone(
    agenda: Sequence[AgendaItem], markers: Mapping[str, tuple[str, ...]], synthesis: Mapping[str, tuple[str, ...]]
) -> tuple[Undone, ...]:
    """What would be left undone; nothing when every dossier was read, settled and given an outcome.

    `markers` and `synthesis` are the titles of those that lack what the jury holds, by dossier. A dossier set
    aside before all its markers were read is not undone: its outcome says why.
    """
    untouched = [item for item in agenda if not item.begun]
    begun = [item for item in agenda if item.begun]
    read = [item for item in begun if not _set_aside(item)]
    nothing: Mapping[str, tuple[str, ...]] = {}
    kinds = (
        ("Dossiers jamais examinés", untouched, nothing),
        ("Dossiers examinés dont la lecture n’est pas arrêtée", [item for item in begun if not item.settled], nothing),
        (
            "Dossiers dont des repères sont sans valeur collective",
            [item for item in read if markers.get(item.dossier_id)],
            markers,
        ),
        (
            "Dossiers dont des points de la synthèse sont sans réponse du jury",
            [item for item in read if synthesis.get(item.dossier_id)],
            synthesis,
        ),
        ("Dossiers examinés dont la suite n’est pas arrêtée", [item for item in begun if not item.outcome], nothing),
    )
    return tuple(Undone(label, tuple(items), lacking) for label, items, lacking in kinds if items)


def _set_aside(item: AgendaItem) -> bool:
    return item.outcome is not None and dismisses(item.outcome)


def named(names: Mapping[int, str], among: frozenset[int] | None) -> str:
    """The names of these persons, in the order of `names`."""
    return ", ".join(name for person, name in names.items() if among and person in among)
