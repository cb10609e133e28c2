"""The juror's desk, the declaration before each dossier, the second stage and the synthesis."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from pipeline.document import FileStatus, PageState, SourceFile
from store.database import Store
from store.index import Status
from store.people import answers, calls, conflicts
from store.people.accounts import Person
from store.people.answers import NOT_APPLICABLE, AnswerKind
from store.people.room import Room
from store.people.tables.deliberations import jury_sessions, outcomes
from store.records import Action
from tests.web.conftest import Browse, Browser
from tests.web.jury_material import answer
from tests.web.material import Made, entry_of, make_dossier
from web.opened import Analysed, Opened
from web.views.notices import scanned_to_jurors, unread_to_jurors


@pytest.fixture
def made(store: Store, room: Room, people: dict[str, Person], call: Call, tmp_path: Path) -> Made:
    """A dossier given to the juror, who has declared nothing yet."""
    made = make_dossier(store, tmp_path / "pdf", call, "Lavoir <b>neuf</b>", bearer="Les Jardins & Cie")
    with room.writing("machine") as writing:
        calls.assign(writing, people["juror"].id, [made.dossier.id])
    return made


@pytest.fixture
def browser(client: Browse, people: dict[str, Person]) -> Browser:
    return client(people["juror"])


def _declare(room: Room, person: Person, dossier_id: str) -> None:
    with room.writing(person.viewer.actor) as writing:
        conflicts.declare(writing, person.viewer, dossier_id, None)


def _hold(room: Room, call: str, dossier_id: str, chair: Person, outcome: str) -> None:
    with room.writing("machine") as writing:
        row = {"call": call, "title": "Jury", "held_on": "2026-11-21", "state": "open", "chair": chair.id}
        key = writing.connection.execute(jury_sessions.insert().values(**row)).inserted_primary_key
        assert key is not None
        held = {"session_id": key[0], "dossier_id": dossier_id, "outcome": outcome, "comment": ""}
        at = "2026-11-21T10:00:00.000000Z"
        writing.connection.execute(outcomes.insert().values(**held, person_id=chair.id, at=at))


def test_the_desk_lists_my_dossiers_and_finds_them(browser: Browser, made: Made, call: Call) -> None:
    page = browser.get(f"/jury?appel={call.id}").text
    assert "Lavoir &lt;b&gt;neuf&lt;/b&gt;" in page
    assert "Les Jardins &amp; Cie" in page
    assert "Déclaration à faire" in page
    assert made.dossier.id in browser.get("/jury?q=LAVOIR").text
    assert made.dossier.id in browser.get("/jury?etat=to-declare").text
    assert "Aucun de vos dossiers ne répond" in browser.get("/jury?etat=done").text


def test_what_could_not_be_read_is_told_on_the_desk(browser: Browser, made: Made, store: Store) -> None:
    assert "lu en partie" not in browser.get("/jury").text
    entry = entry_of(made.dossier, made.document, made.analysis, made.stored, "Les Jardins", 12000, "33")
    store.index(replace(entry, partly_read=True, pages_unread=2, findings={"unreadable-file": 1}))
    page = browser.get("/jury").text
    assert "lu en partie" in page
    assert "1\N{NO-BREAK SPACE}fichier illisible · 2\N{NO-BREAK SPACE}pages non lues" in page


def test_the_room_says_which_file_could_not_be_read_and_why(
    made: Made, call: Call, room: Room, people: dict[str, Person]
) -> None:
    with room.reading() as reading:
        room_call = calls.find(reading, people["juror"].viewer, call.id)
    assert room_call is not None
    unread = SourceFile("bilan.pdf", "0" * 64, 0, FileStatus.UNREADABLE, reason="encrypted")
    analysed = Analysed(1, "", made.analysis, replace(made.document, files=(*made.document.files, unread)), "")
    opened = Opened(made.dossier, Status.ANALYSED, None, call, room_call, analysed)
    said = unread_to_jurors(opened)
    assert said.startswith("Le fichier «\N{NO-BREAK SPACE}bilan.pdf\N{NO-BREAK SPACE}» n’a pas été lu")
    assert said.endswith("Le fichier est protégé par un mot de passe.")
    assert unread_to_jurors(replace(opened, analysed=replace(analysed, document=made.document))) == ""


def test_recognised_pages_are_told_to_who_reads_them(
    made: Made, call: Call, room: Room, people: dict[str, Person]
) -> None:
    with room.reading() as reading:
        room_call = calls.find(reading, people["juror"].viewer, call.id)
    assert room_call is not None
    pages = tuple(replace(page, state=PageState.OCR) for page in made.document.pages[:1])
    analysed = Analysed(1, "", made.analysis, replace(made.document, pages=(*pages, *made.document.pages[1:])), "")
    opened = Opened(made.dossier, Status.ANALYSED, None, call, room_call, analysed)
    assert scanned_to_jurors(opened).startswith("1\N{NO-BREAK SPACE}page numérisée\N{NO-BREAK SPACE}: les mots en ont")
    assert scanned_to_jurors(replace(opened, analysed=replace(analysed, document=made.document))) == ""


def test_a_late_conflict_says_what_becomes_of_what_was_submitted(
    browser: Browser, made: Made, room: Room, people: dict[str, Person], call: Call
) -> None:
    _declare(room, people["juror"], made.dossier.id)
    address = f"/jury/dossiers/{made.dossier.id}/conflit"
    assert "ne compte plus" not in browser.get(address).text
    answer(room, people["juror"], made.dossier.id, call.markers[0].id, "Fort")
    assert "ne compte plus" in browser.get(address).text


def test_the_text_of_a_dossier_is_found_only_after_the_declaration(
    browser: Browser, made: Made, room: Room, people: dict[str, Person]
) -> None:
    assert "Aucun de vos dossiers ne répond" in browser.get("/jury?q=cultures").text
    _declare(room, people["juror"], made.dossier.id)
    assert made.dossier.id in browser.get("/jury?q=cultures").text


def test_a_dossier_is_opened_after_a_declaration_only(browser: Browser, made: Made, call: Call, store: Store) -> None:
    address = f"/jury/dossiers/{made.dossier.id}"
    assert browser.get(f"{address}/lecture").headers["location"] == address
    page = unescape(browser.get(address).text)
    assert call.confidentiality is not None
    assert call.confidentiality.text in page
    assert "checked" not in page
    for what in ("ma-lecture", "faisabilite", "synthese"):
        assert browser.get(f"{address}/{what}").status_code == 404
    assert browser.get(f"/dossiers/{made.dossier.id}/fichiers/0").status_code == 404
    opened = browser.post(f"{address}/declaration", data={"lien": "aucun"})
    assert opened.headers["location"] == f"{address}/lecture"
    assert browser.get(f"{address}/lecture").status_code == 200
    assert store.journal(action=Action.CONFLICT_DENIED)[0].subject == f"dossier:{made.dossier.id}"


def test_a_conflict_takes_the_dossier_away_everywhere(browser: Browser, made: Made, store: Store) -> None:
    address = f"/jury/dossiers/{made.dossier.id}"
    assert browser.post(f"{address}/declaration", data={"lien": "autre-chose"}).status_code == 400
    browser.post(f"{address}/declaration", data={"lien": "aucun"})
    assert "Déclarer un conflit" in browser.get(f"{address}/conflit").text
    told = browser.post(f"{address}/declaration", data={"lien": "family", "raison": "Ma sœur y travaille."})
    assert told.headers["location"] == f"/jury?appel={made.dossier.call}"
    assert made.dossier.id not in browser.get("/jury").text
    for what in ("", "/lecture", "/conflit", "/ma-lecture"):
        assert browser.get(address + what).status_code == 404
    assert browser.get(f"/dossiers/{made.dossier.id}/fichiers/0").status_code == 404
    (event,) = store.journal(action=Action.CONFLICT_DECLARED)
    assert event.data["kind"] == "family"
    assert "sœur" not in str(event)


def test_only_jurors_have_a_desk(client: Browse, people: dict[str, Person]) -> None:
    for name in ("administrator", "instructor", "auditor"):
        assert client(people[name]).get("/jury").status_code == 403
    assert client(None).get("/jury").status_code == 303


def test_the_grid_is_only_for_dossiers_held_acceptable(
    browser: Browser, made: Made, call: Call, room: Room, people: dict[str, Person]
) -> None:
    address = f"/jury/dossiers/{made.dossier.id}"
    _declare(room, people["juror"], made.dossier.id)
    assert browser.get(f"{address}/faisabilite").status_code == 404
    _hold(room, call.id, made.dossier.id, people["chair"], "non-retenu")
    assert browser.get(f"{address}/faisabilite").status_code == 404
    _hold(room, call.id, made.dossier.id, people["chair"], "retenu")
    assert "grille à remplir" in browser.get("/jury").text
    page = browser.get(f"{address}/faisabilite").text
    assert "checked" not in page
    assert "et non comme barème" in page
    assert page.count(f'value="{NOT_APPLICABLE}"') == 2
    form = {"value-leadership": "B", "comment-leadership": "À deux.", "value-segmentation": NOT_APPLICABLE}
    drafted = browser.post(f"{address}/faisabilite/brouillon", data=form | {"version": "0.0"})
    assert drafted.json()["version"] == "0.1"
    assert "grille en brouillon" in browser.get("/jury").text
    late = browser.post(f"{address}/faisabilite/brouillon", data=form | {"version": "0.0"})
    assert late.status_code == 409
    assert late.json()["values"]["value-leadership"] == "B"
    wrong = form | {"value-gouvernance": NOT_APPLICABLE, "version": "0.1"}
    assert browser.post(f"{address}/faisabilite/soumission", data=wrong).status_code == 400
    assert browser.post(f"{address}/faisabilite/soumission", data=form | {"version": "0.1"}).status_code == 303
    with room.reading() as reading:
        mine = answers.mine(reading, people["juror"].viewer, made.dossier.id, AnswerKind.GRID)
    assert {item: answer.value for item, answer in mine.items()} == {"leadership": "B", "segmentation": NOT_APPLICABLE}
    assert "grille" not in browser.get("/jury").text
    _hold(room, call.id, made.dossier.id, people["chair"], "retenu-finance")
    assert "la grille ne se remplit plus" in browser.get(f"{address}/faisabilite").text
    assert browser.post(f"{address}/faisabilite/soumission", data=form | {"version": "9.0"}).status_code == 409


def test_a_call_without_scale_takes_comments_until_one_is_agreed(
    client: Browse, store: Store, room: Room, people: dict[str, Person], tmp_path: Path
) -> None:
    call = load_call("hauts-de-france-2017")
    made = make_dossier(store, tmp_path / "pdf", call, "Beffroi")
    juror, marker = people["juror"], call.markers[0].id
    with room.writing("machine") as writing:
        calls.open_call(writing, call.id, None)
        calls.seat(writing, call.id, juror.id, chair=False)
        calls.assign(writing, juror.id, [made.dossier.id])
    _declare(room, juror, made.dossier.id)
    browser = client(juror)
    address = f"/jury/dossiers/{made.dossier.id}"
    page = browser.get(f"{address}/lecture?repere={marker}").text
    assert 'type="radio"' not in page
    assert "ne fixe pas d" in page
    form = {"version": "0.0", "analysis": str(made.stored.id)}
    assert browser.post(f"{address}/reperes/{marker}/soumission", data=form).status_code == 400
    assert browser.post(f"{address}/reperes/{marker}/soumission", data=form | {"comment": "Vu."}).status_code == 303
    with room.writing("machine") as writing:
        calls.set_call(writing, call.id, deadline=None, quorum=3, retention_months=None, scale=("faible", "fort"))
    page = browser.get(f"{address}/lecture?repere={marker}").text
    assert re.findall(r'type="radio"[^>]*value="([^"]*)"', page) == ["faible", "fort", "cannot-say"]


def test_the_synthesis_keeps_its_texts(
    client: Browse, store: Store, room: Room, people: dict[str, Person], tmp_path: Path
) -> None:
    call = load_call("hauts-de-france-2017")
    made = make_dossier(store, tmp_path / "pdf", call, "Beffroi")
    juror = people["juror"]
    with room.writing("machine") as writing:
        calls.open_call(writing, call.id, None)
        calls.seat(writing, call.id, juror.id, chair=False)
        calls.assign(writing, juror.id, [made.dossier.id])
    _declare(room, juror, made.dossier.id)
    browser, address = client(juror), f"/jury/dossiers/{made.dossier.id}/synthese"
    desk = f"/jury?appel={call.id}"
    for marker in call.markers:
        assert "synthèse" not in browser.get(desk).text
        answer(room, juror, made.dossier.id, marker.id, None, "Vu.")
    assert "synthèse à faire" in browser.get(desk).text
    drafted = browser.post(f"{address}/brouillon", data={"version": "0.0", "comment-rupture": "Une ferme"})
    assert drafted.status_code in (200, 303)
    assert "synthèse en brouillon" in browser.get(desk).text
    assert "Éléments de rupture" in browser.get(address).text
    assert browser.post(f"{address}/soumission", data={"version": "0.1"}).status_code == 400
    for version, text in (("0.1", "Une ferme en ville."), ("1.0", "Une ferme <en> ville.")):
        sent = browser.post(f"{address}/soumission", data={"version": version, "comment-rupture": text})
        assert sent.status_code == 303
    assert "synthèse" not in browser.get(desk).text
    page = browser.get(address).text
    assert "Une ferme &lt;en&gt; ville." in page
    assert browser.post(f"{address}/soumission", data={"version": "1.0", "comment-rupture": "x"}).status_code == 409
