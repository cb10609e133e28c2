"""Who sat in a session, and on which days, as pages and minutes say it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from store.people.presences import Attendance, Presence
from web.french import day, typeset


@dataclass(frozen=True, slots=True)
class Sat:
    """A presence; `since` is None for a session that kept none, `absent` is empty when everybody came."""

    day: str
    chair: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Changing:
    """What the form of a change sent; `held_on` as typed."""

    held_on: str
    chair: str
    present: tuple[int, ...]

    def attendance(self) -> Attendance | None:
        """Who is there from now on, who chairs among them; None when the day or the chair is none."""
        try:
            held_on = date.fromisoformat(self.held_on)
        except ValueError:
            return None
        if not self.chair.isdecimal():
            return None
        return Attendance(held_on, int(self.chair), frozenset((*self.present, int(self.chair))))


def sat_of(told: Iterable[Presence], names: Mapping[int, str]) -> tuple[Sat, ...]:
    """Each presence, in its order."""
    return tuple(
        Sat(
            day(each.attendance.held_on),
            names.get(each.attendance.chair, ""),
            named(each.attendance.present, names),
            named(each.absent, names),
            each.at,
        )
        for each in told
    )


def named(people: Iterable[int], names: Mapping[int, str]) -> tuple[str, ...]:
    """Names, in their order."""
    return tuple(sorted(names[person] for person in people if person in names))


def days_said(told: Sequence[Presence]) -> str:
    """« 21 novembre 2026, reprise le 22 novembre 2026 »."""
    first, *others = dict.fromkeys(each.attendance.held_on for each in told)
    return typeset(", ".join((day(first), *(f"reprise le {day(each)}" for each in others))))


def signatures(told: Sequence[Presence], names: Mapping[int, str]) -> Iterator[str]:
    """All who sat, who chaired first: « Ada, présidence », with the days where there are several."""
    several = len({each.attendance.held_on for each in told}) > 1
    chaired = dict.fromkeys(each.attendance.chair for each in told)
    others = {person for each in told for person in each.attendance.present} - chaired.keys()
    for person in (*chaired, *sorted(others, key=lambda each: (names.get(each, ""), each))):
        if person not in names:
            continue
        presided = [each for each in told if each.attendance.chair == person]
        parts = [names[person]]
        if presided:
            parts.append("présidence" if len(chaired) < 2 else f"présidence {_days(presided)}")
        if several:
            parts.append(f"séance {_days([each for each in told if person in each.attendance.present])}")
        yield typeset(", ".join(parts))


def _days(told: Sequence[Presence]) -> str:
    days = [day(each) for each in dict.fromkeys(each.attendance.held_on for each in told)]
    said = days[0] if len(days) < 2 else f"{', '.join(days[:-1])} et {days[-1]}"
    return f"{'du' if len(days) < 2 else 'des'} {said}"
