"""Calls as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.calls.describe import CallDescription, describe
from pipeline.calls.model import Call
from store.canonical import digest_of
from store.people.accounts import Person
from store.people.calls import CallState, Juror, RoomCall
from store.people.workloads import Progress
from web.french import counted, day, figure, today


@dataclass(frozen=True, slots=True)
class CallCard:
    """A call in the list; `asked` and `given` are answers of jurors, on a marker of a dossier each."""

    id: str
    title: str
    institution: str
    state: str
    deadline: date | None
    progress: Progress
    asked: int
    open: bool
    to_settle: int  # dossiers dropped under the name of a known one

    @property
    def looked_at(self) -> int:
        """Dossiers that the program has tried to read."""
        return self.progress.dossiers - self.progress.waiting

    @property
    def marked(self) -> int:
        """Dossiers that someone has marked complete or lacking pieces."""
        return self.progress.complete + self.progress.pieces_requested


@dataclass(frozen=True, slots=True)
class CallHead:
    """What stands above every page about a call; `tabs` are label, address, whether it is the page shown."""

    id: str
    title: str
    full_title: str
    state: str
    open: bool
    tabs: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """The form of a call's settings, as it was typed or as it is kept."""

    deadline: str
    quorum: str
    retention: str
    reply: str
    scale: str

    @property
    def mark(self) -> str:
        """What tells these settings from others: a form hands in that of the settings which it showed."""
        return digest_of({name: getattr(self, name) for name in self.__slots__})


def card(room_call: RoomCall, call: Call, progress: Progress, to_settle: int) -> CallCard:
    """The call with its counts."""
    return CallCard(
        room_call.id,
        call.short_title,
        call.institution,
        room_call.state.value,
        room_call.deadline,
        progress,
        progress.assigned * len(call.markers),
        room_call.state is CallState.OPEN,
        to_settle,
    )


def head(room_call: RoomCall, call: Call, current: str, *, triage: bool, manages: bool) -> CallHead:
    """The call, with the pages about it that the person may open; `current` ends the address of the one shown."""
    pages = (
        ("Dossiers", "/dossiers", triage),
        ("Dépôts", "/depots", triage),
        ("Textes de l’appel", "", True),
        ("Réglages et jury", "/reglages", manages),
    )
    tabs = tuple((label, f"/appels/{room_call.id}{end}", end == current) for label, end, shown in pages if shown)
    opened = room_call.state is CallState.OPEN
    return CallHead(room_call.id, call.short_title, call.title, room_call.state.value, opened, tabs)


def late(room_call: RoomCall) -> date | None:
    """The deadline of a call that it has passed; None before."""
    return room_call.deadline if room_call.deadline is not None and room_call.deadline < today() else None


def texts(call: Call) -> CallDescription:
    """All that the call says, in the order of its text."""
    return describe(call)


def settings(room_call: RoomCall) -> Settings:
    """What is kept."""
    return Settings(
        "" if room_call.deadline is None else room_call.deadline.isoformat(),
        str(room_call.quorum),
        "" if room_call.retention_months is None else str(room_call.retention_months),
        str(room_call.reply_days),
        "\n".join(room_call.scale),
    )


def changed(kept: Settings) -> str:
    """What is said of settings that someone else has changed since the form was shown."""
    told = (
        ("date limite", day(date.fromisoformat(kept.deadline)) if kept.deadline else ""),
        ("nombre de jurés", kept.quorum),
        ("durée de conservation", kept.retention and counted(int(kept.retention), "mois", "mois")),
        ("délai de réponse", counted(int(kept.reply), "jour", "jours")),
        ("échelle", ", ".join(kept.scale.splitlines())),
    )
    now = " ; ".join(f"{name} : {value or 'non fixée'}" for name, value in told)
    return (
        "Les réglages ont été changés depuis que vous avez ouvert cette page, et rien n’a été enregistré. "
        f"Ils sont maintenant : {now}. Ce que vous aviez saisi est ci-dessous : relisez-le, puis enregistrez."
    )


def too_few(jury: int, quorum: int) -> str:
    """What is said of a jury that cannot give what the call asks; empty when it can."""
    if jury >= quorum:
        return ""
    asked = f"{figure(quorum)} jurés doivent avoir répondu pour qu’un repère ait une valeur collective"
    if not jury:
        return f"{asked} : ajoutez-en autant au jury, ou baissez ce nombre dans les réglages."
    return (
        f"{asked}, et le jury n’en compte que {figure(jury)} : aucun repère n’en aura. "
        "Ajoutez des jurés, ou baissez ce nombre dans les réglages."
    )


def own_scale(call: Call) -> tuple[str, ...]:
    """The values that the call itself gives its markers; empty when it leaves the scale to the jury."""
    return tuple(level.value for level in next((marker.levels for marker in call.markers if marker.levels), ()))


def seatable(people: Sequence[Person], jury: Sequence[Juror]) -> tuple[tuple[str, str], ...]:
    """Jurors who are not on this jury: number and name."""
    seated = {juror.person_id for juror in jury}
    return tuple((str(person.id), person.name) for person in people if person.active and person.id not in seated)
