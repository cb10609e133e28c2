"""Who is at the table for a dossier before the jury, each with initials that nobody else has."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seat:
    """A juror at the table: who attends without conflict, or had answered and does not attend."""

    person_id: int
    name: str
    initials: str
    attends: bool


def seats_of(
    attending: Mapping[int, str],
    withdrawn: frozenset[int],
    names: Mapping[int, str],
    answered: Iterable[int],
    jury: Iterable[int],
) -> tuple[Seat, ...]:
    """Who is at the table for a dossier, those who attend first; who withdraws is not.

    Initials are made over the whole `jury` and who attends, so that they are the same before all dossiers.
    """
    there = [person for person in attending if person not in withdrawn]
    away = [person for person in dict.fromkeys(answered) if person not in attending and person not in withdrawn]
    seated = (*there, *sorted(away, key=lambda each: names[each]))
    everyone = sorted({*attending, *jury, *away})
    short = initials({person: names[person] for person in everyone})
    return tuple(Seat(person, names[person], short[person], person in attending) for person in seated)


def initials(names: Mapping[int, str]) -> dict[int, str]:
    """Two letters or more for each name, no two the same, whatever their order; alike names take longer ones alike."""
    sizes = dict.fromkeys(names, 1)
    while True:
        given = {person: _short(name, sizes[person]) for person, name in names.items()}
        taken = Counter(given.values())
        alike = [person for person in names if taken[given[person]] > 1]
        grown = [person for person in alike if _short(names[person], sizes[person] + 1) != given[person]]
        if not grown:
            return {person: f"{short}{person}" if person in alike else short for person, short in given.items()}
        for person in grown:
            sizes[person] += 1


def _short(name: str, size: int) -> str:
    """The first letter of the first name, and `size` letters of the last."""
    words = name.replace("-", " ").split()
    return words[0][:1] + words[-1][:size] if len(words) > 1 else name[: size + 1]
