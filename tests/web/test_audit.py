"""What auditors see of a call."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.analysis import SectionStatus
from pipeline.calls.model import Call
from store.database import Store
from store.people import calls, conflicts
from store.people.accounts import Person
from store.people.conflicts import ConflictKind
from store.people.room import Room
from tests.web.conftest import Browser
from tests.web.material import Made, make_dossier
from web.views.samples import wilson

Browse = Callable[[Person | None], Browser]


@pytest.fixture
def made(store: Store, tmp_path: Path, call: Call) -> Made:
    return make_dossier(store, tmp_path / "pdf", call, "Les Jardins", statuses={"3": SectionStatus.ABSENT})


@pytest.fixture
def auditor(client: Browse, people: dict[str, Person], made: Made) -> Browser:
    return client(people["auditor"])


def _decide(browser: Browser, made: Made, key: str, value: str) -> None:
    form = {"kind": "field", "key": key, "value": value, "analysis": str(made.stored.id)}
    assert browser.post(f"/dossiers/{made.dossier.id}/decisions", data=form).status_code == 303


def test_only_auditors_audit(client: Browse, people: dict[str, Person]) -> None:
    answers = {name: client(person).get("/audit").status_code for name, person in people.items()}
    assert answers == {"administrator": 403, "instructor": 403, "juror": 403, "chair": 403, "auditor": 200}
    assert client(people["instructor"]).get("/audit/alpc-2016").status_code == 403


def test_coverage_and_versions(auditor: Browser) -> None:
    page = auditor.get("/audit/alpc-2016").text
    assert "Tous les dossiers de cette liste sont lus en entier." in page
    assert "Personne n’a encore rien décidé" in page
    assert auditor.get("/audit/inconnu").status_code == 404


def test_differences_lead_to_their_dossiers(
    auditor: Browser, client: Browse, people: dict[str, Person], made: Made
) -> None:
    instructor = client(people["instructor"])
    _decide(instructor, made, "3", "present")
    _decide(instructor, made, "1", "present")
    page = auditor.get("/audit/alpc-2016").text
    assert page.count("le programme est corrigé") == 1
    assert page.count("le programme est confirmé") == 1
    for link in page.split('class="number"><a href="')[1:]:
        listed = auditor.get(link.split('"', 1)[0].replace("&amp;", "&"))
        assert listed.status_code == 200
        assert "Les Jardins" in listed.text


def test_a_sample_is_drawn_checked_and_reported(auditor: Browser, made: Made) -> None:
    empty = auditor.post("/audit/alpc-2016/echantillons", data={"taille": "1", "population": "complete"})
    assert empty.status_code == 400
    drawn = auditor.post("/audit/alpc-2016/echantillons", data={"taille": "3", "population": "all", "graine": "7"})
    place = drawn.headers["location"]
    page = auditor.get(place).text
    assert "Aucun dossier contrôlé" in page
    assert " checked" not in page
    for result in ("conform", "differs"):
        form = {"dossier": made.dossier.id, "result": result, "note": "=1+1"}
        assert auditor.post(f"{place}/controles", data=form).status_code == 303
    page = auditor.get(place).text
    assert "1\N{NO-BREAK SPACE}écart sur 1\N{NO-BREAK SPACE}dossier contrôlé" in page
    assert "remplacé depuis" in page
    assert auditor.post(f"{place}/controles", data={"dossier": "x", "result": "conform"}).status_code == 404
    sheets = load_workbook(io.BytesIO(auditor.get(f"{place}/rapport.xlsx").content))
    rows = [[cell.value for cell in row] for row in sheets["Contrôles"].iter_rows()]
    assert [(row[1], row[3], row[4], row[7]) for row in rows[1:]] == [
        ("Les Jardins", "écart", "=1+1", "oui"),
        ("Les Jardins", "conforme", "=1+1", "remplacé"),
    ]


def test_samples_are_auditors_own(client: Browse, people: dict[str, Person], made: Made) -> None:
    assert made.dossier.call == "alpc-2016"
    form = {"taille": "1", "population": "all"}
    assert client(people["administrator"]).post("/audit/alpc-2016/echantillons", data=form).status_code == 403


def test_interval_of_wilson() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(5, 50) == pytest.approx((0.0435, 0.2136), abs=1e-3)


def test_a_dossier_with_all_that_was_said_of_it(
    auditor: Browser, client: Browse, people: dict[str, Person], made: Made, room: Room
) -> None:
    instructor = client(people["instructor"])
    _decide(instructor, made, "3", "present")
    note = {"note": "Appeler le porteur."}
    assert instructor.post(f"/dossiers/{made.dossier.id}/notes", data=note).status_code == 303
    juror = people["juror"].viewer
    with room.writing(juror.actor) as writing:
        calls.assign(writing, juror.id, [made.dossier.id])
        conflicts.declare(writing, juror, made.dossier.id, ConflictKind.FAMILY, "Ma sœur y travaille.")
    page = auditor.get(f"/audit/dossiers/{made.dossier.id}").text
    for words in (
        "Raison du champ 3.",
        "Appeler le porteur.",
        "Ma sœur y travaille.",
        "lien familial",
        "Dossier déposé",
    ):
        assert words in page
    assert instructor.get(f"/audit/dossiers/{made.dossier.id}").status_code == 403
    assert auditor.get("/audit/dossiers/inconnu").status_code == 404
    with room.reading() as reading:
        assert conflicts.every(reading, people["instructor"].viewer, made.dossier.id) == ()
