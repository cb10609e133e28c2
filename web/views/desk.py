"""A juror's desk, and the page of one dossier on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from pipeline.calls.model import Call
from store.people.answers import AnswerKind
from store.people.calls import RoomCall
from store.people.conflicts import ConflictKind
from store.people.drafts import Draft
from store.people.jurors_desk import DeskLine, ReadingState
from store.people.jurors_left import Left
from store.people.naming import Known
from store.people.scores import Score
from web.french import counted
from web.opened import Opened
from web.views.answer_forms import Given, Option, drafted, fault_of, options_of
from web.views.naming import line_of
from web.views.reading_room import MarkerLink, given_before, levels_of, marker_links, subject_of, value_said

STATES: Mapping[ReadingState, str] = {
    ReadingState.TO_DECLARE: "à déclarer",
    ReadingState.TO_READ: "à lire",
    ReadingState.BEGUN: "commencé",
    ReadingState.DONE: "repères soumis",
    ReadingState.DROPPED: "sans suite",
}
"""How far a juror is with a dossier."""

KINDS: Mapping[ConflictKind, str] = {
    ConflictKind.FAMILY: "Lien familial ou personnel avec le porteur ou son équipe",
    ConflictKind.FINANCIAL: "Intérêt financier dans le projet ou chez le porteur",
    ConflictKind.PROFESSIONAL: "Lien professionnel, associatif ou de mandat",
    ConflictKind.OTHER: "Autre lien",
}
"""What ties a juror to a dossier."""

_LEFT: Mapping[AnswerKind, tuple[str, str]] = {
    AnswerKind.SYNTHESIS: ("synthèse à faire", "synthèse en brouillon"),
    AnswerKind.GRID: ("grille à remplir", "grille en brouillon"),
}
"""What has not been submitted: before and once it is begun."""

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class CallChoice:
    """A call on whose jury the person sits."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class StateChoice:
    """A state to narrow the list to; `label` is « tous » for all of them."""

    label: str
    count: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A line of the desk: where it leads, how far the program (`reading` of `french.STATUSES`) and the juror are.

    `left`: what they have not submitted beside the markers, as the page says it, and the sign of its badge.
    """

    line: DeskLine
    href: str
    reading: str
    unread: str
    progress: str
    about: str
    left: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk is asked for: a call, words, a state."""

    call: str
    words: str
    state: ReadingState | None

    def href(self, *, state: ReadingState | None = None, page: int = 1) -> str:
        """The address of the desk with the same words in this state."""
        asked = {"appel": self.call, "q": self.words, "etat": state.value if state else "", "page": page}
        return f"/jury?{urlencode({key: value for key, value in asked.items() if value not in ('', 1)})}"


@dataclass(frozen=True, slots=True)
class MarkerRow:
    """A marker on the page of a dossier: what was submitted, and the draft that waits; `fault` keeps it from it."""

    link: MarkerLink
    value: str
    comment: str
    draft: Given | None
    draft_value: str
    fault: str


def call_choices(calls: tuple[tuple[RoomCall, Call], ...], current: str) -> tuple[CallChoice, ...]:
    """The juror's calls."""
    return tuple(
        CallChoice(call.short_title, f"/jury?{urlencode({'appel': room_call.id})}", room_call.id == current)
        for room_call, call in calls
    )


def state_choices(desk: Desk, counts: Mapping[ReadingState, int]) -> tuple[StateChoice, ...]:
    """All states, with how many dossiers are in each."""
    every = StateChoice("tous", sum(counts.values()), desk.href(), desk.state is None)
    own = (
        StateChoice(STATES[state], counts[state], desk.href(state=state), desk.state is state)
        for state in counts
        if state is not ReadingState.DROPPED or counts[state] or desk.state is state
    )
    return (every, *own)


def desk_row(line: DeskLine, known: Known, markers: int, left: Iterable[Left] = ()) -> DeskRow:
    """A dossier of the list."""
    unread = _unread(line)
    return DeskRow(
        line=line,
        href=f"/jury/dossiers/{line.dossier_id}",
        reading="partly-read" if unread else line.status.value,
        unread=unread,
        progress=_progress(line, markers),
        about=_about(line, known),
        left=tuple((_LEFT[each.kind][each.begun], "edit" if each.begun else "waiting") for each in left),
    )


def marker_rows(dossier: Opened, own: Mapping[str, Score], drafts: Mapping[str, Draft]) -> tuple[MarkerRow, ...]:
    """Every marker of the call with what the juror has on it."""
    links = {link.sign.id: link for link in marker_links(dossier, own, drafts)}
    rows = []
    for marker in dossier.call.markers:
        levels = levels_of(dossier, marker)
        score, draft = own.get(marker.id), drafted(drafts.get(subject_of(marker.id)))
        options = options_of(levels)
        rows.append(
            MarkerRow(
                link=links[marker.id],
                value=value_said(score.value, levels) if score else "",
                comment=given_before(dossier, marker, score).comment,
                draft=draft,
                draft_value=_label(draft, options),
                fault=fault_of(draft, options) if draft else "",
            )
        )
    return tuple(rows)


def _label(draft: Given | None, options: tuple[Option, ...]) -> str:
    if draft is None:
        return ""
    return next((label for code, label, _more in options if code == draft.value), "")


def _progress(line: DeskLine, markers: int) -> str:
    if line.state is ReadingState.TO_DECLARE:
        return "Déclaration à faire"
    said = f"{line.submitted} repère{'s' if line.submitted > 1 else ''} sur {markers}"
    if line.state is ReadingState.DROPPED:
        return f"Sans suite : {said}" if line.submitted else "Sans suite"
    waiting = f", {line.drafts} en brouillon" if line.drafts else ""
    return ("Arrêté par le jury : " if line.settled else "") + said + waiting


def _unread(line: DeskLine) -> str:
    files = counted(line.files_unread, "fichier illisible", "fichiers illisibles") if line.files_unread else ""
    pages = counted(line.pages_unread, "page non lue", "pages non lues") if line.pages_unread else ""
    return " · ".join(part for part in (files, pages) if part)


def _about(line: DeskLine, known: Known) -> str:
    pages = counted(line.pages, "page", "pages") if line.pages else ""
    return " · ".join(part for part in (line_of(known), pages) if part)
