"""The desk of who instructs: their dossiers in all calls."""

import html
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from store.database import Store
from store.people import calls, states
from store.people.accounts import Person
from store.people.room import Room
from store.people.states import State
from tests.web.conftest import Browse
from tests.web.material import make_dossier

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def ids(store: Store, room: Room, people: dict[str, Person], call: Call, tmp_path: Path) -> Sequence[str]:
    """Two dossiers of a call and one of another, all followed by the instructor; the second is complete."""
    other, actor = load_call("aquitaine-2014"), people["instructor"].viewer.actor
    with room.writing(actor) as writing:
        calls.open_call(writing, other.id, date(2014, 9, 1))
    made = [
        make_dossier(store, tmp_path, each, name).dossier.id
        for each, name in ((call, "Alpha"), (call, "Bêta"), (other, HOSTILE))
    ]
    with room.writing(actor) as writing:
        states.entrust(writing, made, people["instructor"].id)
        states.mark(writing, [made[1]], State.COMPLETE)
    return made


def _names(page: str) -> list[str]:
    return [html.unescape(name) for name in re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]*)</a>', page)]


def test_dossiers_of_all_calls_by_what_remains(client: Browse, people: dict[str, Person], ids: Sequence[str]) -> None:
    browser = client(people["instructor"])
    page = browser.get("/mes-dossiers").text
    assert _names(page) == [HOSTILE, "Alpha", "Bêta"]
    assert "<script>alert(1)" not in page
    assert "Décider de 10\N{NO-BREAK SPACE}champs, régler 1\N{NO-BREAK SPACE}constat" in page
    assert 'href="/mes-dossiers" aria-current="page"' in page
    assert _names(browser.get("/mes-dossiers?reste=complets").text) == ["Bêta"]
    assert _names(browser.get("/mes-dossiers?appel=alpc-2016&reste=a-decider").text) == ["Alpha"]
    assert _names(browser.get("/mes-dossiers?appel=ailleurs&reste=note&page=9").text) == [HOSTILE, "Alpha", "Bêta"]
    assert "Aucun de vos dossiers n’en est là." in browser.get("/mes-dossiers?reste=a-conclure").text


def test_the_next_dossier_is_the_next_of_mine(client: Browse, people: dict[str, Person], ids: Sequence[str]) -> None:
    browser = client(people["instructor"])
    page = browser.get("/mes-dossiers").text
    href = re.search(r'href="([^"]*)">Alpha<', page)
    assert href is not None
    assert f"/dossiers/{ids[1]}?" in browser.get(html.unescape(href[1])).text
    table = re.search(r'href="(/appels/alpc-2016/dossiers[^"]*)"', page)
    assert table is not None
    assert _names(browser.get(html.unescape(table[1])).text) == ["Alpha", "Bêta"]


def test_who_follows_nothing_is_told_how_to(client: Browse, people: dict[str, Person], ids: Sequence[str]) -> None:
    page = client(people["administrator"]).get("/mes-dossiers").text
    assert _names(page) == []
    assert "Confier le suivi" in page
    assert client(people["auditor"]).get("/mes-dossiers").status_code == 403
    assert 'href="/mes-dossiers"' not in client(people["auditor"]).get("/appels").text
    assert client(people["juror"]).get("/mes-dossiers").status_code == 403
