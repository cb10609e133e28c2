"""A page asks the store as many questions for thirty dossiers as for three, and tells how many."""

import re
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from pipeline.calls.model import Call
from store.database import Store
from store.people import calls, conflicts, labels, planning, scores
from store.people.accounts import Person
from store.people.planning import Plan
from store.people.room import Room
from store.people.scores import Shown
from tests.web.conftest import Browser
from tests.web.material import Made, make_dossier

FEW, MANY = 3, 30
MOST = 40
"""Statements of one page: above, something is asked one by one."""

Browse = Callable[[Person | None], Browser]
PAGES = (
    ("instructor", "/appels"),
    ("instructor", "/appels/alpc-2016/dossiers"),
    ("instructor", "/appels/alpc-2016/dossiers?recherche=lavoir&absent=3&tri=aide"),
    ("instructor", "/appels/alpc-2016/dossiers.csv"),
    ("instructor", "/appels/alpc-2016/depots"),
    ("instructor", "/dossiers/{dossier}"),
    ("instructor", "/deliberations"),
    ("instructor", "/deliberations/1"),
    ("administrator", "/comptes"),
    ("auditor", "/appels/alpc-2016/dossiers"),
    ("auditor", "/journal"),
    ("auditor", "/journal.csv"),
    ("juror", "/jury"),
    ("juror", "/jury?appel=alpc-2016"),
    ("juror", "/jury/dossiers/{dossier}/lecture"),
    ("juror", "/jury/releve?appel=alpc-2016"),
)


def asked(browser: Browser, address: str) -> int:
    """How many statements a page takes, as its header tells."""
    answer = browser.get(address)
    assert answer.status_code == 200, address
    told = re.fullmatch(r'app;dur=\d+\.\d, store;desc="(\d+)"', answer.headers["server-timing"])
    assert told is not None
    return int(told[1])


def test_no_page_asks_more_because_there_are_more_dossiers(
    client: Browse, room: Room, store: Store, people: dict[str, Person], call: Call, tmp_path: Path
) -> None:
    numbers = count()
    made = [_add(room, store, people, call, tmp_path, next(numbers)) for _ in range(FEW)]
    _plan(room, people, call, made[0])
    browsers = {role: client(people[role]) for role in {role for role, _ in PAGES}}
    pages = [(role, address.format(dossier=made[0].dossier.id)) for role, address in PAGES]
    few = {page: asked(browsers[page[0]], page[1]) for page in pages}
    made += [_add(room, store, people, call, tmp_path, next(numbers)) for _ in range(MANY - FEW)]
    many = {page: asked(browsers[page[0]], page[1]) for page in pages}
    assert many == few
    assert {page: statements for page, statements in many.items() if not 0 < statements <= MOST} == {}


@pytest.mark.parametrize("address", ["/connexion", "/statique/css/base.css", "/nulle-part"])
def test_every_answer_tells_its_time(client: Browse, address: str) -> None:
    assert client(None).get(address).headers["server-timing"].startswith("app;dur=")


def _add(room: Room, store: Store, people: dict[str, Person], call: Call, folder: Path, number: int) -> Made:
    """A dossier with a label, given to both jurors, declared on and scored by one of them."""
    made = make_dossier(store, folder / "pdf", call, f"Dossier {number}", bearer=f"Association {number}")
    which = made.dossier.id
    with room.writing("machine") as writing:
        labels.put(writing, [which], labels.named(writing, call.id, "à revoir").id)
        for name in ("juror", "chair"):
            calls.assign(writing, people[name].id, [which])
        viewer = people["juror"].viewer
        conflicts.declare(writing, viewer, which, None)
        marker, shown = call.markers[0].id, Shown(made.stored.id, made.stored.document, ())
        scores.submit(writing, viewer, which, marker, value=None, comment="Lu.", shown=shown, replaces=None)
    return made


def _plan(room: Room, people: dict[str, Person], call: Call, made: Made) -> None:
    jury = (people["chair"].id, people["juror"].id)
    planned = Plan("Jury d’essai", date(2026, 12, 1), jury[0], jury, (made.dossier.id,))
    with room.writing("machine") as writing:
        planning.plan(writing, people["instructor"].viewer, call.id, planned)
