"""Sessions of the jury as their pages show them: the list, the plan, the agenda."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from pipeline.calls.model import Call
from store.people.calls import Juror, RoomCall
from store.people.deliberations import AgendaItem, Session, SessionLine
from store.people.filters import Dimension
from store.people.planning import Plan
from store.people.states import Reason
from web.french import dropped_for, typeset
from web.views.naming import Naming
from web.views.outcomes import label


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A line of the list of sessions."""

    session: Session
    call: str
    dossiers: int
    settled: int


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A dossier on the agenda; `withdrawn` names those in conflict, `outcome` is empty until there is one."""

    item: AgendaItem
    outcome: str
    withdrawn: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A dossier that may be brought before a session; `place` is its place in the order, empty for none.

    `dropped` is why it stops here, `outcome` what a jury has held of it already; empty for nothing.
    """

    dossier_id: str
    naming: Naming
    chosen: bool
    place: str
    dropped: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Search:
    """The dossiers that are looked for: words, a state as addresses name it, the number of a label; empty for any."""

    words: str = ""
    state: str = ""
    label: str = ""

    def query(self) -> str:
        """As a filter of the table of dossiers is asked for."""
        asked = {"recherche": self.words, Dimension.STATE.value: self.state, Dimension.LABEL.value: self.label}
        return urlencode({name: value for name, value in asked.items() if value})


@dataclass(frozen=True, slots=True)
class PlanForm:
    """The form of a plan as it was filled; `jury` are those who may attend."""

    title: str
    held_on: str
    chair: str
    jurors: tuple[int, ...]
    jury: tuple[Juror, ...]
    candidates: tuple[Candidate, ...]

    @property
    def chairs(self) -> tuple[tuple[str, str], ...]:
        """Who may chair: value and name."""
        return tuple((str(juror.person_id), juror.name) for juror in self.jury)


@dataclass(frozen=True, slots=True)
class Filled:
    """What a form of a plan sent: `lines` and `places` go together, one per dossier shown."""

    title: str
    held_on: str
    chair: str
    jurors: tuple[int, ...]
    chosen: tuple[str, ...]
    lines: tuple[str, ...]
    places: tuple[str, ...]

    def plan(self) -> Plan | None:
        """The plan, in which who chairs attends; None when the day or the chair is none."""
        try:
            day = date.fromisoformat(self.held_on)
        except ValueError:
            return None
        if not self.chair.isdecimal():
            return None
        jurors = tuple(dict.fromkeys((*self.jurors, int(self.chair))))
        return Plan(self.title, day, int(self.chair), jurors, self.ordered())

    def ordered(self) -> tuple[str, ...]:
        """The dossiers chosen, by place, then as they were listed."""
        places = dict(zip(self.lines, self.places, strict=False))
        last = len(self.chosen) + 10**6
        return tuple(sorted(self.chosen, key=lambda each: _place(places.get(each, ""), last)))


def planned(session: Session, attending: Mapping[int, str], agenda: Sequence[AgendaItem]) -> Filled:
    """A session as its form shows it first."""
    ids = tuple(item.dossier_id for item in agenda)
    places = tuple(str(item.position) for item in agenda)
    return Filled(session.title, session.held_on.isoformat(), str(session.chair), tuple(attending), ids, ids, places)


def seated_as(filled: Filled, session: Session, attending: Mapping[int, str]) -> Filled:
    """The form of an open session, which sends neither its day nor who sits: those are changed elsewhere."""
    return replace(
        filled, held_on=session.held_on.isoformat(), chair=str(session.chair), jurors=tuple(sorted(attending))
    )


def plan_form(
    filled: Filled,
    jury: tuple[Juror, ...],
    namings: Mapping[str, Naming],
    listed: Sequence[str],
    dropped: Mapping[str, Reason],
    outcomes: Mapping[str, str],
) -> PlanForm:
    """The form: dossiers already chosen come first, then the others of `listed` that have a name.

    `dropped` says which of those chosen stop here, and why; `outcomes` what a jury has held of some, in French.
    """
    places = dict(zip(filled.lines, filled.places, strict=False))
    shown = dict.fromkeys((*filled.ordered(), *listed))
    candidates = tuple(
        Candidate(
            each,
            namings[each],
            each in filled.chosen,
            places.get(each, ""),
            dropped_for(dropped[each]) if each in dropped else "",
            outcomes.get(each, ""),
        )
        for each in shown
        if each in namings
    )
    return PlanForm(filled.title, filled.held_on, filled.chair, filled.jurors, jury, candidates)


def rows(lines: Sequence[SessionLine], titles: Mapping[str, str]) -> tuple[SessionRow, ...]:
    """The list; `titles` are the short titles of calls."""
    return tuple(
        SessionRow(line.session, titles.get(line.session.call, line.session.call), line.dossiers, line.settled)
        for line in lines
    )


def agenda_rows(
    call: Call,
    agenda: Sequence[AgendaItem],
    withdrawn: Mapping[str, frozenset[int]],
    names: Mapping[int, str],
) -> tuple[AgendaRow, ...]:
    """The agenda, in its order."""
    return tuple(
        AgendaRow(
            item,
            label(call, item.outcome) if item.outcome else "",
            ", ".join(names[each] for each in names if each in withdrawn.get(item.dossier_id, frozenset())),
        )
        for item in agenda
    )


def rule_of_use(call: Call) -> tuple[str, str] | None:
    """What the call says of reading together, with its place; None where it says nothing."""
    if not call.rules_of_use:
        return None
    rule = call.rules_of_use[0]
    return typeset(rule.text.strip()), rule.source.place


def scale_of(call: Call, room_call: RoomCall) -> tuple[str, ...]:
    """The scale that the markers of a call share: its own, else the one that its jury agreed on."""
    levels = next((marker.levels for marker in call.markers if marker.levels), ())
    return tuple(level.value for level in levels) or room_call.scale


def _place(text: str, last: int) -> int:
    return int(text) if text.strip().isdecimal() else last
