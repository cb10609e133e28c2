"""The menu of each role, in one fixed order."""

from dataclasses import dataclass

from store.people.viewers import Viewer
from web import policies


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu; `current` where the page shown belongs to it, `itself` where it is that very page."""

    label: str
    href: str
    current: bool
    itself: bool


def menu(viewer: Viewer, path: str) -> tuple[Entry, ...]:
    """What the person finds in the menu; the entry whose page `path` belongs to is the current one."""
    entries = (
        ("Appels", ("/appels", "/dossiers", "/depots"), policies.may_see_triage(viewer)),
        ("Mes dossiers", ("/mes-dossiers",), policies.may_instruct(viewer)),
        ("Mes dossiers", ("/jury",), policies.may_judge(viewer)),
        ("Délibérations", ("/deliberations",), policies.may_see_sessions(viewer)),
        ("Audit", ("/audit",), policies.may_audit(viewer)),
        ("Journal", ("/journal",), policies.may_read_journal(viewer)),
        ("Comptes", ("/comptes",), policies.may_manage_accounts(viewer)),
    )
    return tuple(
        Entry(label, places[0], _current(places, path), path == places[0]) for label, places, shown in entries if shown
    )


def _current(places: tuple[str, ...], path: str) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)


def home(viewer: Viewer) -> str:
    """Where the person starts."""
    return menu(viewer, "")[0].href
