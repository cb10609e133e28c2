"""What the page of a dossier shows, to whom, and what it costs."""

import json
from dataclasses import replace
from pathlib import Path

from pipeline.analysis import Finding
from pipeline.calls.model import Call
from store import index
from store.database import Store
from store.keys import ROOM_BATCH
from store.people.accounts import Person
from store.people.room import Room
from store.records import Action, NewFile
from tests.web.conftest import Browse, Browser, asked
from tests.web.dossier.asking import HOSTILE, form
from tests.web.material import PROOF, Made, make_dossier, reanalyse


def test_the_page_shows_what_the_machine_says_with_its_proof(instructor: Browser, made: Made) -> None:
    page = instructor.get(f"/dossiers/{made.dossier.id}").text
    assert "Raison du champ 3." in page
    assert f"« {PROOF} »" in page.replace("\N{NO-BREAK SPACE}", " ")
    data = json.loads(page.split('id="dossier">')[1].split("</script>")[0])
    (mark,) = data["highlights"]["champ-1"]
    assert (mark["id"], mark["kind"], mark["regions"][0]["page"]) == ("champ-1-1", "proof", 1)
    assert data["files"][0]["pages"][1]["number"] == 2
    assert data["highlights"]["champ-3"] == []


def test_search_finds_words_whatever_their_form(instructor: Browser, made: Made) -> None:
    found = instructor.get(f"/dossiers/{made.dossier.id}/recherche", params={"chercher": "jardin"}).text
    assert "1\N{NO-BREAK SPACE}passage." in found
    assert "<mark>Jardins</mark>" in found
    assert instructor.get(f"/dossiers/{made.dossier.id}?chercher=habitant").text.count("<mark>") == 1
    none = instructor.get(f"/dossiers/{made.dossier.id}/recherche", params={"chercher": "<b>zèbre"}).text
    assert "ne sont pas dans" in none


def test_the_analysis_is_taken_in_the_published_format(instructor: Browser, made: Made, store: Store) -> None:
    answer = instructor.get(f"/dossiers/{made.dossier.id}/analyse.json")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.json()["dossier"]["call"] == "alpc-2016"
    assert [told.data["what"] for told in store.journal(action=Action.EXPORTED)] == ["analysis"]


def test_a_dossier_that_is_not_read_can_be_instructed(
    instructor: Browser, people: dict[str, Person], store: Store
) -> None:
    dossier = store.deposit("alpc-2016", ROOM_BATCH, HOSTILE, [NewFile("<b>x</b>.pdf", b"pas un pdf")])
    page = instructor.get(f"/dossiers/{dossier.id}").text
    assert "attend d’être lu" in page
    assert "<script>alert" not in page
    assert "<b>x" not in page
    asked = {"kind": "field", "key": "3", "value": "absent"}
    assert instructor.post(f"/dossiers/{dossier.id}/decisions", data=asked).status_code == 303
    assert instructor.get(f"/dossiers/{dossier.id}/analyse.json").status_code == 404


def test_a_failed_dossier_says_what_happened_and_what_to_do(
    instructor: Browser, client: Browse, people: dict[str, Person], store: Store, room: Room, tmp_path: Path
) -> None:
    path = tmp_path / "vide.pdf"
    path.write_bytes(b"%PDF-1.4")
    dossier = store.deposit("alpc-2016", ROOM_BATCH, "En échec", [NewFile("vide.pdf", path)])
    with store.writing() as writing:
        index.fail(writing.connection, dossier.id, dossier.deposit, "broken-model")
    page = instructor.get(f"/dossiers/{dossier.id}").text
    assert "Un modèle du programme manque ou est altéré. Signalez-le" in page
    assert "broken-model" not in page
    assert "nouvel-essai" not in client(people["auditor"]).get(f"/dossiers/{dossier.id}").text
    assert instructor.post(f"/dossiers/{dossier.id}/nouvel-essai").status_code == 303
    assert instructor.post(f"/dossiers/{'0' * 64}/nouvel-essai").status_code == 404
    assert [event.subject for event in store.journal(action=Action.DOSSIER_RETRIED)] == [f"dossier:{dossier.id}"]


def test_neighbours_follow_the_filter(
    instructor: Browser, made: Made, store: Store, tmp_path: Path, call: Call, people: dict[str, Person]
) -> None:
    other = make_dossier(store, tmp_path / "pdf", call, "Zèbre", aid=90000)
    page = instructor.get(f"/dossiers/{made.dossier.id}").text
    assert f'href="/dossiers/{other.dossier.id}?filtre=tri%3Dnom"' in page
    assert "dossier 1 sur 2" in page
    alone = instructor.get(f"/dossiers/{made.dossier.id}", params={"filtre": "aide-max=20000"}).text
    assert "dossier 1 sur 1" in alone
    assert 'rel="next"' not in alone


def test_who_opens_and_who_decides(client: Browse, people: dict[str, Person], made: Made) -> None:
    address = f"/dossiers/{made.dossier.id}"
    for name, seen, decided in (
        ("administrator", 200, 303),
        ("instructor", 200, 303),
        ("auditor", 200, 403),
        ("juror", 403, 403),
    ):
        browser = client(people[name])
        for surface in ("", "/courrier", "/analyse.json", "/recherche"):
            assert browser.get(address + surface).status_code == seen, (name, surface)
        assert browser.post(address + "/etat", data={"state": "open"}).status_code == decided, name
        asked = form(made, "field", "1", value="present")
        allowed = browser.post(address + "/decisions", data=asked).status_code
        assert (allowed == 403) is (decided == 403), name
    page = client(people["auditor"]).get(address).text
    assert "data-decision" not in page


def test_many_findings_cost_no_more_queries(
    instructor: Browser, room: Room, made: Made, store: Store, people: dict[str, Person]
) -> None:
    address = f"/dossiers/{made.dossier.id}"
    instructor.get(address)
    few = asked(instructor, address)
    findings = tuple(Finding("aid-above-ceiling", f"Constat n° {number}.", ()) for number in range(30))
    provenance = replace(made.analysis.provenance, program_version="30")
    reanalyse(store, made, replace(made.analysis, findings=findings, provenance=provenance))
    for number in range(5):
        instructor.post(f"{address}/notes", data={"note": f"note {number}"})
    many = asked(instructor, address)
    assert many <= few <= 30
    assert instructor.get(address).text.count("Constat n°") >= 30
