"""The pages of the guide that the room shows, and in which order to whom.

They are those of the room, and those that its people need beside: what the statuses mean, why a file was not read, how
a call is written, how the journal is verified. Those that speak only of the command line, of the machine or of the
models (settings, runs, measures, training) stay out: who reads them has a terminal, and the repository, before them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from store.people.viewers import Role
from web.guide import places
from web.guide.rendering import Rendered, rendered

NAMES = (
    "salle-instruction",
    "salle-jury",
    "salle-deliberation",
    "salle-audit",
    "salle-administration",
    "salle",
    "resultats",
    "entrees-mauvaises",
    "ajouter-un-appel",
    "journal",
)
"""By the name of their file, in the order of the work."""

FIRST: Mapping[Role, tuple[str, ...]] = {
    Role.ADMINISTRATOR: ("salle-administration", "salle", "ajouter-un-appel", "journal"),
    Role.INSTRUCTOR: ("salle-instruction", "salle-deliberation", "salle", "resultats", "entrees-mauvaises"),
    Role.JUROR: ("salle-jury", "salle-deliberation", "salle"),
    Role.AUDITOR: ("salle-audit", "salle", "resultats", "journal"),
}
"""Those of each role, its own before all others."""

_ROOM = "La salle d’examen\N{NO-BREAK SPACE}: "


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list of pages."""

    name: str
    title: str


@cache
def page(name: str) -> Rendered:
    """A page of `NAMES`.

    Raises:
        GuideMissing: the guide is not on this machine.
    """
    return rendered(places.source(name), NAMES)


def own(role: Role) -> tuple[Entry, ...]:
    """The pages of a role, its own first."""
    return tuple(_entry(name) for name in FIRST[role])


def others(role: Role) -> tuple[Entry, ...]:
    """All other pages."""
    return tuple(_entry(name) for name in NAMES if name not in FIRST[role])


def _entry(name: str) -> Entry:
    title = page(name).title.removeprefix(_ROOM)
    return Entry(name, title[:1].upper() + title[1:])
