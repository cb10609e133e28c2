"""The pages that the measure walks, role by role, and where they are in the store that it is made on."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.calls.model import Call
from store.people import accounts, deliberations, jurors_desk, logins, triage
from store.people.deliberations import SessionState
from store.people.filters import Filter
from store.people.jurors_desk import DeskFilter, ReadingState
from store.people.room import Reading, Room
from store.people.viewers import Role, Viewer

_TABLE = "/appels/{call}/dossiers"
_PAGES: Mapping[Role, tuple[tuple[str, str], ...]] = {
    Role.INSTRUCTOR: (
        ("Appels", "/appels"),
        ("Tableau", _TABLE),
        ("Tableau, dernière page", f"{_TABLE}?page={{last}}"),
        ("Tableau, champ absent et département", f"{_TABLE}?absent=3&departement=33&departement=64"),
        ("Tableau, recherche d’un mot", f"{_TABLE}?recherche=association"),
        ("Tableau, recherche d’une expression", f"{_TABLE}?recherche=%22aide+demand%C3%A9e%22+habitants"),
        ("Tableau, trié par aide", f"{_TABLE}?tri=aide"),
        ("Tableau, trié par jurés", f"{_TABLE}?tri=jury"),
        ("Tableau, trié par type retenu", f"{_TABLE}?tri=type-retenu"),
        ("Tableau, trié par étiquettes", f"{_TABLE}?tri=etiquettes"),
        ("Tableau, ressemblances", f"{_TABLE}?ressemblance=oui&tri=ressemblances"),
        ("Réglages de l’appel", "/appels/{call}/reglages"),
        ("Dépôts", "/appels/{call}/depots"),
        ("Dossier", "/dossiers/{dossier}"),
        ("Dossier, dans un filtre", "/dossiers/{dossier}?filtre=tri%3Daide"),
        ("Dossier, recherche", "/dossiers/{dossier}/recherche?chercher=habitants"),
        ("Dossier, courrier", "/dossiers/{dossier}/courrier"),
        ("Dossier, PDF", "/dossiers/{dossier}/fichiers/0"),
        ("Délibérations", "/deliberations"),
        ("Nouvelle séance", "/deliberations/nouvelle?appel={call}"),
        ("Séance", "/deliberations/{session}"),
        ("Corrections de l’appel", "/appels/{call}/corrections"),
    ),
    Role.JUROR: (
        ("Bureau du juré", "/jury?appel={call}"),
        ("Bureau du juré, recherche", "/jury?appel={call}&q=association"),
        ("Bureau du juré, à lire", "/jury?appel={call}&etat=to-read"),
        ("Déclaration", "/jury/dossiers/{undeclared}"),
        ("Salle de lecture", "/jury/dossiers/{mine}/lecture"),
        ("Ma lecture", "/jury/dossiers/{mine}/ma-lecture"),
        ("Relevé du juré", "/jury/releve?appel={call}"),
        ("Délibérations (juré)", "/deliberations"),
        ("Séance (juré)", "/deliberations/{session}"),
        ("Dossier devant le jury", "/deliberations/{session}/dossiers/{brought}"),
        ("Dossier devant le jury, état", "/deliberations/{session}/dossiers/{brought}/etat"),
        ("Comparaison", "/deliberations/{session}/comparaison?dossier={brought}"),
        ("Accord des jurés", "/deliberations/{session}/accord"),
        ("Procès-verbal", "/deliberations/{session}/proces-verbal"),
        ("Préférences", "/preferences"),
    ),
    Role.AUDITOR: (
        ("Tableau (audit)", _TABLE),
        ("Dossier (audit)", "/dossiers/{dossier}"),
        ("Audit", "/audit"),
        ("Audit de l’appel", "/audit/{call}"),
        ("Écarts", "/audit/{call}/ecarts"),
        ("Échantillon", "/audit/{call}/echantillons/1"),
        ("Journal", "/journal"),
        ("Journal d’un dossier", "/journal?dossier={dossier}"),
        ("Journal, une action", "/journal?action=score-submitted"),
    ),
    Role.ADMINISTRATOR: (("Comptes", "/comptes"), ("Comptes, jurés", "/comptes?role=juror")),
}
_EXPORTS = (
    ("Tableau en CSV, tous les dossiers", f"{_TABLE}.csv"),
    ("Tableau en XLSX, tous les dossiers", f"{_TABLE}.xlsx"),
)
"""Files of all the dossiers, which take the time that they take: told apart from pages."""

_SHARES = {Role.ADMINISTRATOR: 1, Role.AUDITOR: 2, Role.INSTRUCTOR: 7}  # of thirty; the others are jurors
_OPENED = 9  # dossiers in turn, the first ones: they have files, and are analysed


@dataclass(frozen=True, slots=True)
class Step:
    """A page by its French name, and its address."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Walker:
    """Someone logged in: the cookie of their session, and the pages that they ask for in turn."""

    token: str
    role: Role
    steps: tuple[Step, ...]


def walkers(room: Room, call: Call, count: int) -> tuple[Walker, ...]:
    """So many people of all roles, logged in, each with dossiers of their own."""
    with room.reading() as reading:
        people = {role: accounts.every(reading, role) for role in Role}
    wanted = [person for role, share in _SHARES.items() for person in people[role][: max(1, count * share // 30)]]
    # The first jurors chair a session or attend some: they have more to show.
    wanted += people[Role.JUROR][: count - len(wanted)]
    made = []
    for place, person in enumerate(wanted):
        with room.writing(person.viewer.actor) as writing:
            token = logins.open_login(writing, person)
        with room.reading() as reading:
            steps = _steps(reading, person.viewer, call, place)
        made.append(Walker(token, person.role, steps))
    return tuple(made)


def exports(call: Call) -> tuple[Step, ...]:
    """The files that an instructor takes of all the dossiers."""
    return tuple(Step(name, address.format(call=call.id)) for name, address in _EXPORTS)


def _steps(reading: Reading, viewer: Viewer, call: Call, place: int) -> tuple[Step, ...]:
    known = _places(reading, viewer, call, place)
    found = (
        (name, address)
        for name, address in _PAGES[viewer.role]
        if all(known[key] for key in known if f"{{{key}}}" in address)
    )
    return tuple(Step(name, address.format(**known)) for name, address in found)


def _places(reading: Reading, viewer: Viewer, call: Call, place: int) -> dict[str, str]:
    """What stands in addresses; empty where this person has none."""
    places = dict.fromkeys(("session", "brought", "undeclared", "mine"), "") | {"call": call.id}
    sessions = deliberations.every(reading, viewer) if viewer.role is not Role.ADMINISTRATOR else ()
    held = [line.session.id for line in sessions if line.session.state is SessionState.OPEN]
    if held:
        agenda = deliberations.agenda(reading, viewer, held[0])
        places |= {"session": str(held[0]), "brought": agenda[place % len(agenda)].dossier_id}
    if viewer.role is Role.JUROR:
        for key, state in (("undeclared", ReadingState.TO_DECLARE), ("mine", ReadingState.DONE)):
            lines = jurors_desk.lines(reading, viewer, DeskFilter(call.id, len(call.markers), "", state), 0, 1)
            places[key] = lines[0].dossier_id if lines else ""
        return places
    ids = triage.ids(reading, viewer, call.id, Filter())
    places["last"] = str(1 + (len(ids) - 1) // triage.PAGE)
    places["dossier"] = ids[place % _OPENED]
    return places
