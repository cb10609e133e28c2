"""Giving dossiers to the jury: what is said before, and taking them back from who did nothing there."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.calls.model import Call
from store.database import Store
from store.keys import ROOM_BATCH
from store.people import calls, conflicts, triage
from store.people.accounts import Person
from store.people.filters import Filter
from store.people.room import Room
from store.records import Action, NewFile
from tests.web.conftest import Browse
from tests.web.material import make_dossier

TABLE = "/appels/alpc-2016/dossiers"


@pytest.fixture
def ids(store: Store, people: dict[str, Person], call: Call, tmp_path: Path) -> Sequence[str]:
    """One read, one that waits; nobody said anything of them."""
    read = make_dossier(store, tmp_path, call, "Alpha").dossier.id
    return read, store.deposit(call.id, ROOM_BATCH, "Bêta", [NewFile("b.pdf", b"%PDF-1.7")]).id


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("&#39;", "’").replace("'", "’")


def _jurors(room: Room, viewer: Person) -> list[tuple[int, ...]]:
    with room.reading() as reading:
        return [row.people.jurors for row in triage.every(reading, viewer.viewer, "alpc-2016", Filter())]


def test_what_is_not_ready_is_said_before_and_keeps_nobody_from_giving(
    client: Browse, people: dict[str, Person], ids: Sequence[str], room: Room
) -> None:
    browser, juror = client(people["instructor"]), people["juror"].id
    asked = {"action": "jury:coches", "dossier": list(ids), "jure": [str(juror)]}
    page = browser.post(f"{TABLE}/actions", data=asked)
    assert page.status_code == 200
    said = "Sur 2 dossiers, 1 n’est pas lu par le programme et 2 ne sont pas marqués complets."
    assert said in _plain(page.text)
    assert _jurors(room, people["instructor"]) == [(), ()]
    for name, value in (("jure", str(juror)), ("dossier", ids[0]), ("confirme", "true")):
        assert f'name="{name}" value="{value}"' in page.text
    assert browser.post(f"{TABLE}/actions", data=asked | {"confirme": "true"}).status_code == 303
    assert _jurors(room, people["instructor"]) == [(juror,), (juror,)]
    complete = {"action": "etat:complet", "dossier": ids[0], "confirme": "true"}
    assert browser.post(f"{TABLE}/actions", data=complete).status_code == 303
    ready = {"action": "jury:tous", "dossier": ids[0]}
    assert browser.post(f"{TABLE}/actions", data=ready).status_code == 303


def test_dossiers_are_taken_back_from_jurors_who_did_nothing_there(
    client: Browse, people: dict[str, Person], ids: Sequence[str], room: Room, store: Store
) -> None:
    juror, chair = people["juror"], people["chair"]
    with room.writing("machine") as writing:
        for each in (juror, chair):
            calls.assign(writing, each.id, ids)
    with room.writing(juror.viewer.actor) as writing:
        conflicts.declare(writing, juror.viewer, ids[0], None)
    browser = client(people["instructor"])
    one = {"action": "retrait:coches", "dossier": list(ids), "jure": [str(juror.id)]}
    done = browser.post(f"{TABLE}/actions", data=one).headers["location"]
    told = _plain(browser.get(done).text)
    assert "1 dossier retiré à Juror d’Essai ; 1 laissé, non confié ou déjà commencé." in told
    assert _jurors(room, people["instructor"]) == [(juror.id, chair.id), (chair.id,)]
    everyone = {"action": "retrait:tous", "dossier": list(ids)}
    browser.post(f"{TABLE}/actions", data=everyone)
    assert _jurors(room, people["instructor"]) == [(juror.id,), ()]
    for number in (2, 1):
        assert browser.post(f"{TABLE}/actions/{number}/annuler").status_code == 303
    assert _jurors(room, people["instructor"]) == [(juror.id, chair.id), (juror.id, chair.id)]
    gone = store.journal(action=Action.DOSSIER_UNASSIGNED)
    assert [told.data["person"] for told in gone] == [juror.id, chair.id, chair.id]
    nobody = {"action": "retrait:coches", "dossier": list(ids)}
    assert browser.post(f"{TABLE}/actions", data=nobody).status_code == 400
