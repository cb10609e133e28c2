"""Accounts as their pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.text import alphabetical, fold, listed
from store.people.accounts import Person
from store.people.handing import Held
from store.people.workloads import Workload
from web.french import ROLES, counted, figure, typeset

NOBODY = "personne"
"""In the form that shuts an account: its dossiers go to nobody."""
ROLE_CHOICES = tuple((str(role), label) for role, label in ROLES.items())


@dataclass(frozen=True, slots=True)
class AccountLine:
    """A line of the list; `workload` is empty for who has none."""

    id: int
    name: str
    login: str
    role: str
    active: bool
    enters_by: str
    workload: str


def lines(
    people: Sequence[Person], workloads: Mapping[int, Workload], words: str, role: str
) -> tuple[AccountLine, ...]:
    """Those whose name or login holds every one of the `words`, and who have the `role` when one is given; by name."""
    wanted = [person for person in people if _matches(person, words) and role in ("", person.role.value)]
    return tuple(
        AccountLine(
            person.id,
            person.name,
            person.login,
            person.role.value,
            person.active,
            enters_by(person),
            workload(workloads.get(person.id)),
        )
        for person in sorted(wanted, key=lambda person: alphabetical(person.name))
    )


def enters_by(person: Person) -> str:
    """« mot de passe », « compte externe »: how the person is known at the door."""
    ways = (["mot de passe"] if person.with_password else []) + (["compte externe"] if person.signs_on else [])
    return " ou ".join(ways) or "compte externe, pas encore relié"


def workload(held: Workload | None) -> str:
    """« 12 dossiers confiés, 3 commencés, 30 repères remplis », or nothing."""
    if held is None:
        return ""
    begun = f"{figure(held.begun)} {'commencé' if held.begun < 2 else 'commencés'}"
    answered = counted(held.answered, "repère rempli", "repères remplis")
    return typeset(f"{counted(held.assigned, 'dossier confié', 'dossiers confiés')}, {begun}, {answered}")


def held(found: Held) -> str:
    """« suit 12 dossiers et a 3 dossiers à lire », or nothing."""
    parts = []
    if found.followed:
        parts.append("suit " + counted(found.followed, "dossier", "dossiers"))
    if found.to_read:
        parts.append("a " + counted(found.to_read, "dossier à lire", "dossiers à lire"))
    return listed(parts)


def takers(people: Sequence[Person]) -> tuple[tuple[str, str], ...]:
    """To whom dossiers may be handed: numbers and names, nobody first."""
    return ((NOBODY, "Personne"), *((str(person.id), person.name) for person in people))


def _matches(person: Person, words: str) -> bool:
    held = fold(f"{person.name} {person.login}")
    return all(word in held for word in fold(words).split())
