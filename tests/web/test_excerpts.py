"""The words that a search found, under the names of the dossiers of the table."""

from pathlib import Path

from pipeline.calls.model import Call
from store.database import Store
from store.people.accounts import Person
from store.people.excerpts import MOST
from tests.web.conftest import Browse
from tests.web.material import make_dossier

ASKED = "/appels/alpc-2016/dossiers/extraits?recherche=friches"


def test_the_words_found_are_marked_among_those_around_them(
    client: Browse, people: dict[str, Person], store: Store, call: Call, tmp_path: Path
) -> None:
    held = make_dossier(store, tmp_path, call, "Alpha").dossier.id
    silent = make_dossier(store, tmp_path, call, "Friche", pages=[["Rien <b> ici."]]).dossier.id
    browser = client(people["instructor"])
    page = browser.get(f"{ASKED}&dossier={silent}&dossier={held}&dossier=ailleurs").text
    assert page.count("data-of") == 1
    assert f'data-of="{held}"' in page
    assert "repris une <mark>friche</mark> avec la commune" in page
    escaped = browser.get(f"{ASKED.replace('friches', 'rien')}&dossier={silent}").text
    assert "<mark>Rien</mark> &lt;b&gt; ici" in escaped
    others = "".join(f"&dossier={number}" for number in range(MOST))
    assert "data-of" not in browser.get(f"{ASKED}{others}&dossier={held}").text
    assert "data-of" not in browser.get("/appels/alpc-2016/dossiers/extraits").text


def test_the_table_asks_for_them_only_when_it_is_searched(
    client: Browse, people: dict[str, Person], store: Store, call: Call, tmp_path: Path
) -> None:
    make_dossier(store, tmp_path, call, "Alpha")
    browser = client(people["instructor"])
    assert "excerpts.js" in browser.get("/appels/alpc-2016/dossiers?recherche=friche").text
    assert "excerpts.js" not in browser.get("/appels/alpc-2016/dossiers?tri=nom").text
