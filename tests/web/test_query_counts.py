"""A page asks the store as many questions for thirty dossiers as for three, and tells how many."""

import re
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from pipeline.calls.model import Call
from store.database import Store
from store.people import (
    accounts,
    audits,
    calls,
    chairing,
    collective,
    conflicts,
    decisions,
    labels,
    outcomes,
    planning,
    scores,
)
from store.people.accounts import Person
from store.people.audits import Population
from store.people.decisions import Kind, Statement
from store.people.planning import Plan
from store.people.room import Room
from store.people.scores import Shown
from store.people.viewers import Role
from tests.web.conftest import Browse, asked
from tests.web.material import Made, make_dossier

FEW, MANY = 3, 30
MOST = 40
"""Statements of one page: above, something is asked one by one."""

TABLE = "/appels/alpc-2016/dossiers"
PAGES = (
    ("instructor", "/appels"),
    ("instructor", "/appels/alpc-2016"),
    ("instructor", "/appels/alpc-2016/reglages"),
    ("instructor", "/appels/alpc-2016/corrections"),
    ("instructor", "/appels/alpc-2016/depots"),
    ("instructor", TABLE),
    ("instructor", f"{TABLE}?recherche=lavoir&absent=3&tri=aide"),
    ("instructor", f"{TABLE}?tri=jury&etiquette=1"),
    ("instructor", f"{TABLE}?aide-min=1&decisions=aucun&tri=type-retenu&colonnes=aide.budget"),
    ("instructor", "/mes-dossiers"),
    ("instructor", f"{TABLE}.csv"),
    ("instructor", f"{TABLE}.xlsx"),
    ("instructor", "/dossiers/{dossier}"),
    ("instructor", "/dossiers/{dossier}/courrier"),
    ("instructor", "/deliberations"),
    ("instructor", "/deliberations/nouvelle?appel=alpc-2016"),
    ("instructor", "/deliberations/1"),
    ("instructor", "/deliberations/1/modifier"),
    ("administrator", "/comptes"),
    ("administrator", "/comptes?role=juror"),
    ("administrator", "/comptes/{juror}"),
    ("auditor", TABLE),
    ("auditor", "/audit"),
    ("auditor", "/audit/alpc-2016"),
    ("auditor", "/audit/alpc-2016/ecarts?nature=type&verdict=confirmed&programme={types}&personne={types}"),
    ("auditor", "/audit/alpc-2016/echantillons/{sample}"),
    ("auditor", "/audit/alpc-2016/echantillons/{sample}/rapport.xlsx"),
    ("auditor", "/audit/alpc-2016/decisions?sens=against"),
    ("auditor", "/audit/alpc-2016/decisions.csv"),
    ("auditor", "/audit/alpc-2016/echantillons/{sample}/rapport"),
    ("auditor", "/audit/dossiers/{dossier}"),
    ("auditor", "/journal"),
    ("auditor", "/journal?appel=alpc-2016"),
    ("auditor", "/journal?action=score-submitted&acteur=person%3A{juror}"),
    ("auditor", "/journal?dossier={dossier}"),
    ("auditor", "/journal.csv"),
    ("juror", "/jury"),
    ("juror", "/jury?appel=alpc-2016"),
    ("juror", "/jury?appel=alpc-2016&etat=begun&q=dossier"),
    ("juror", "/jury/dossiers/{dossier}"),
    ("juror", "/jury/dossiers/{dossier}/lecture"),
    ("juror", "/jury/dossiers/{dossier}/ma-lecture"),
    ("juror", "/jury/releve?appel=alpc-2016"),
    ("juror", "/deliberations"),
    ("juror", "/deliberations/1"),
    ("juror", "/deliberations/1/dossiers/{dossier}"),
    ("juror", "/deliberations/1/comparaison?dossier={dossier}"),
    ("juror", "/deliberations/1/accord"),
    ("juror", "/deliberations/1/proces-verbal"),
    ("juror", "/deliberations/1/proces-verbal.docx"),
)
TYPES = '{"suggested":["territoriale"]}'


def test_no_page_asks_more_because_there_is_more(
    client: Browse, room: Room, store: Store, people: dict[str, Person], call: Call, tmp_path: Path
) -> None:
    numbers = count()
    browsers = {role: client(people[role]) for role in {role for role, _ in PAGES}}
    made = [_add(room, store, people, call, tmp_path, next(numbers)) for _ in range(FEW)]
    with room.writing("machine") as writing:
        calls.set_call(writing, call.id, deadline=None, quorum=2, retention_months=12)
        session = planning.plan(writing, people["instructor"].viewer, call.id, _planned(people, made))
        chairing.start(writing, people["chair"].viewer, session)

    def counted() -> dict[tuple[str, str], int]:
        sample = _hold_and_draw(room, people, call, session, made)
        names = {"dossier": made[0].dossier.id, "juror": str(people["juror"].id), "sample": str(sample), "types": TYPES}
        return {page: asked(browsers[page[0]], _filled(page[1], names)) for page in PAGES}

    few = counted()
    made += [_add(room, store, people, call, tmp_path, next(numbers)) for _ in range(MANY - FEW)]
    with room.writing("machine") as writing:
        planning.amend(writing, people["instructor"].viewer, session, _planned(people, made))
        for other in ("aquitaine-2014", "hauts-de-france-2017"):
            calls.open_call(writing, other, date(2026, 12, 1))
        for number in range(MANY):
            person = accounts.add(writing, f"juror-{number}", f"Juré {number}", Role.JUROR, None)
            calls.seat(writing, call.id, person.id, chair=False)
            planning.plan(writing, people["instructor"].viewer, call.id, _planned(people, made[:1]))
    many = counted()
    assert {page: (few[page], many[page]) for page in PAGES if few[page] != many[page]} == {}
    assert {page: statements for page, statements in many.items() if not 0 < statements <= MOST} == {}


@pytest.mark.parametrize("address", ["/connexion", "/statique/css/base.css", "/nulle-part"])
def test_every_answer_tells_its_time(client: Browse, address: str) -> None:
    assert client(None).get(address).headers["server-timing"].startswith("app;dur=")


def _filled(address: str, names: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: names[found[1]], address)


def _add(room: Room, store: Store, people: dict[str, Person], call: Call, folder: Path, number: int) -> Made:
    """A dossier with a label and a decision, given to both jurors, declared on and scored by both."""
    made = make_dossier(store, folder / "pdf", call, f"Dossier {number}", bearer=f"Association {number}")
    which = made.dossier.id
    with room.writing("machine") as writing:
        labels.put(writing, [which], labels.named(writing, call.id, "à revoir").id)
        said = Statement(Kind.TYPE, "", ["territoriale"], "", {"suggested": ["territoriale"]}, made.stored.id)
        decisions.decide(writing, people["instructor"].viewer, which, said)
        for name in ("juror", "chair"):
            calls.assign(writing, people[name].id, [which])
            conflicts.declare(writing, people[name].viewer, which, None)
        marker, shown = call.markers[0].id, Shown(made.stored.id, made.stored.document, ())
        for name in ("juror", "chair"):
            viewer = people[name].viewer
            scores.submit(writing, viewer, which, marker, value=None, comment="Lu.", shown=shown, replaces=None)
    return made


def _planned(people: dict[str, Person], made: list[Made]) -> Plan:
    jury = (people["chair"].id, people["juror"].id)
    return Plan("Jury d’essai", date(2026, 12, 1), jury[0], jury, tuple(one.dossier.id for one in made))


def _hold_and_draw(room: Room, people: dict[str, Person], call: Call, session: int, made: list[Made]) -> int:
    """What the jury holds of each dossier, and a sample of them all; gives the number of the sample."""
    chair, marker = people["chair"].viewer, call.markers[0].id
    aside = next(filter(outcomes.dismisses, outcomes.first_stage(call)))
    with room.writing("machine") as writing:
        for which in (one.dossier.id for one in made):
            if not outcomes.of_dossiers(writing, chair, which):
                collective.set_value(writing, chair, session, which, marker, value=None, comment="Dit.", replaces=None)
                outcomes.set_outcome(writing, chair, session, which, call, aside, "Hors sujet.", None)
        return audits.draw(writing, people["auditor"].viewer, call.id, MANY, Population.ALL, 1)
