"""The desk of who instructs, ready for its page: the dossiers that they follow in all calls."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from pipeline.calls.model import Call
from store.people.calls import RoomCall
from store.people.filters import Dimension, Filter
from store.people.instructors_desk import DeskFilter, DeskLine, Remaining
from web.views.triage_words import address as table_address

REMAINING: Mapping[Remaining, str] = {
    Remaining.RECEIVED: "pièces reçues",
    Remaining.CHASE: "à relancer",
    Remaining.UNREAD: "non lus",
    Remaining.DECIDE: "à décider",
    Remaining.MARK: "à conclure",
    Remaining.PIECES: "pièces attendues",
    Remaining.READING: "en lecture",
    Remaining.NOTHING: "complets",
}
"""What remains to be done, of several dossiers."""

_OF_ONE: Mapping[Remaining, tuple[str, str]] = {
    Remaining.RECEIVED: ("info", "Voir les pièces reçues depuis la demande"),
    Remaining.CHASE: ("warning", "Relancer : réponse attendue trop longtemps"),
    Remaining.UNREAD: ("unread", "Ouvrir les fichiers : le programme n’a rien pu lire"),
    Remaining.DECIDE: ("edit", "Décider"),
    Remaining.MARK: ("check", "Conclure : tous les champs sont décidés"),
    Remaining.PIECES: ("waiting", "Attendre les pièces demandées"),
    Remaining.READING: ("waiting", "Attendre la lecture du programme"),
    Remaining.NOTHING: ("success", "Rien : le dossier est complet"),
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
    """A dossier of the list; `table` is that of its call, narrowed to what the person follows."""

    name: str
    href: str
    call: str
    table: str
    deadline: date | None
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
    icon, remaining = _OF_ONE[line.remaining]
    left = line.asked - line.decided
    if line.remaining is Remaining.DECIDE and left > 0:
        remaining = f"Décider de {left} champ{'s' if left > 1 else ''}"
    return DeskRow(
        name=line.name,
        href=f"/dossiers/{line.dossier_id}?{kept}",
        call=call.short_title,
        table=table,
        deadline=room_call.deadline,
        icon=icon,
        remaining=remaining,
        state=line.state.value,
        reading=line.reading,
        decided=line.decided,
        asked=line.asked,
        findings=line.findings,
    )
