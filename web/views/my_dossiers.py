"""The desk of who instructs, ready for its page: the dossiers that they follow in all calls."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from pipeline.calls.model import Call
from store.people.calls import RoomCall
from store.people.filters import Dimension, Filter
from store.people.instructors_desk import DeskFilter, DeskLine, Remaining
from web.french import counted
from web.views.calls import late
from web.views.triage_words import address as table_address

REMAINING: Mapping[Remaining, str] = {
    Remaining.RECEIVED: "pièces reçues",
    Remaining.CHASE: "à relancer",
    Remaining.UNREAD: "non lus",
    Remaining.DECIDE: "à décider",
    Remaining.ASK: "à demander",
    Remaining.MARK: "à conclure",
    Remaining.PIECES: "pièces attendues",
    Remaining.READING: "en lecture",
    Remaining.NOTHING: "complets",
    Remaining.DROPPED: "sans suite",
}
"""What remains to be done, of several dossiers."""

_OF_ONE: Mapping[Remaining, tuple[str, str]] = {
    Remaining.RECEIVED: ("info", "Voir les pièces reçues depuis la demande"),
    Remaining.CHASE: ("warning", "Relancer : réponse attendue trop longtemps"),
    Remaining.UNREAD: ("unread", "Ouvrir les fichiers : le programme n’a rien pu lire"),
    Remaining.DECIDE: ("edit", "Décider"),
    Remaining.ASK: ("edit", "Demander des pièces"),
    Remaining.MARK: ("check", "Conclure : tous les champs sont décidés"),
    Remaining.PIECES: ("waiting", "Attendre les pièces demandées"),
    Remaining.READING: ("waiting", "Attendre la lecture du programme"),
    Remaining.NOTHING: ("success", "Rien : le dossier est complet"),
    Remaining.DROPPED: ("lock", "Rien : sans suite"),
}
"""An icon, and what is to be done with one."""

Calls = Sequence[tuple[RoomCall, Call]]


@dataclass(frozen=True, slots=True)
class Tab:
    """What the list may be narrowed to."""

    label: str
    count: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A dossier of the list; `table` is that of its call, narrowed to what the person follows.

    `closed`: the deadline of the call is over. `findings` counts those that nobody has settled.
    """

    name: str
    href: str
    call: str
    table: str
    deadline: date | None
    closed: bool
    received_at: datetime
    expected: date | None
    icon: str
    remaining: str
    state: str
    reading: str
    decided: int
    asked: int
    findings: int | None


def address(asked: DeskFilter, page: int = 1) -> str:
    """Where the list is."""
    said = {"reste": asked.remaining.value if asked.remaining else "", "appel": asked.call or "", "page": page}
    kept = {name: value for name, value in said.items() if value not in ("", 1)}
    return f"/mes-dossiers?{urlencode(kept)}" if kept else "/mes-dossiers"


def tabs(asked: DeskFilter, counts: Mapping[tuple[str, Remaining], int]) -> tuple[Tab, ...]:
    """What remains, of the calls that are shown."""
    number = Counter[Remaining]()
    for (call, remaining), count in counts.items():
        if asked.call in (None, call):
            number[remaining] += count
    every = Tab("tous", number.total(), address(DeskFilter(None, asked.call)), asked.remaining is None)
    return (
        every,
        *(
            Tab(label, number[each], address(DeskFilter(each, asked.call)), asked.remaining is each)
            for each, label in REMAINING.items()
            if number[each] or asked.remaining is each
        ),
    )


def call_tabs(asked: DeskFilter, counts: Mapping[tuple[str, Remaining], int], calls: Calls) -> tuple[Tab, ...]:
    """The calls in which the person follows dossiers; none where there is one call to choose from."""
    number = Counter[str]()
    for (call, remaining), count in counts.items():
        if asked.remaining in (None, remaining):
            number[call] += count
    held = {call for call, _remaining in counts}
    if len(held) < 2:
        return ()
    own = (
        Tab(call.short_title, number[room_call.id], address(DeskFilter(asked.remaining, room_call.id)), current)
        for room_call, call in calls
        if room_call.id in held
        for current in (asked.call == room_call.id,)
    )
    return (Tab("tous les appels", number.total(), address(DeskFilter(asked.remaining)), asked.call is None), *own)


def rows(lines: Sequence[DeskLine], calls: Calls, person_id: int) -> tuple[DeskRow, ...]:
    """The lines; the dossiers before and after one are those that the person follows in the same call."""
    known = {room_call.id: (room_call, call) for room_call, call in calls}
    mine = Filter().choosing(Dimension.ASSIGNEE, (str(person_id),))
    kept = urlencode({"filtre": mine.query()})
    return tuple(_row(line, *known[line.call], kept, table_address(line.call, mine)) for line in lines)


def _row(line: DeskLine, room_call: RoomCall, call: Call, kept: str, table: str) -> DeskRow:
    return DeskRow(
        name=line.name,
        href=f"/dossiers/{line.dossier_id}?{kept}",
        call=call.short_title,
        table=table,
        deadline=room_call.deadline,
        closed=late(room_call) is not None,
        received_at=line.received_at,
        expected=line.expected,
        icon=_OF_ONE[line.remaining][0],
        remaining=_told(line),
        state=line.state.value,
        reading=line.reading,
        decided=line.decided,
        asked=line.asked,
        findings=line.findings,
    )


def _told(line: DeskLine) -> str:
    """« Décider de 3 champs, régler 2 constats »."""
    said, left = _OF_ONE[line.remaining][1], line.asked - line.decided
    if line.remaining is Remaining.DECIDE and left > 0:
        said = f"Décider de {counted(left, 'champ', 'champs')}"
    if line.remaining is Remaining.ASK:
        lacking = counted(line.lacking, "champ décidé absent ou insuffisant", "champs décidés absents ou insuffisants")
        said = f"{said} : {lacking}"
    if line.remaining in _INSTRUCTED and line.findings:
        said += f", régler {counted(line.findings, 'constat', 'constats')}"
    return said


_INSTRUCTED = frozenset({Remaining.DECIDE, Remaining.ASK, Remaining.MARK})
"""What remains is for who follows the dossier to do, on the dossier as it is."""
