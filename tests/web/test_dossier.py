import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from pipeline.analysis import Finding, SectionStatus
from pipeline.calls.model import Call
from store import index
from store.database import Store
from store.keys import ROOM_BATCH
from store.people import labels, states
from store.people.accounts import Person
from store.people.room import Room
from store.records import Action, NewFile
from tests.web.conftest import Browser
from tests.web.material import PROOF, Made, make_dossier, reanalyse

Browse = Callable[[Person | None], Browser]
HOSTILE = """Les <script>alert("x")</script> & 'étés' » d’{{ 7 * 7 }}"""


@pytest.fixture
def made(store: Store, tmp_path: Path, call: Call) -> Made:
    statuses = {"3": SectionStatus.ABSENT, "5": SectionStatus.THIN}
    return make_dossier(store, tmp_path / "pdf", call, "Les Jardins", statuses=statuses)


@pytest.fixture
def instructor(client: Browse, people: dict[str, Person]) -> Browser:
    return client(people["instructor"])


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("&#39;", "’").replace("'", "’")


def _form(made: Made, kind: str, key: str, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "key": key, "analysis": str(made.stored.id), **more}


def _decide(browser: Browser, made: Made, kind: str, key: str, **more: Any) -> dict[str, Any]:
    headers = {"accept": "application/json", "x-csrf-token": browser.csrf}
    answer = browser.post(
        f"/dossiers/{made.dossier.id}/decisions", data=_form(made, kind, key, **more), headers=headers
    )
    told: dict[str, Any] = answer.json()
    return {"status": answer.status_code, **told}


def test_the_page_shows_what_the_machine_says_with_its_proof(instructor: Browser, made: Made) -> None:
    page = instructor.get(f"/dossiers/{made.dossier.id}").text
    assert "Raison du champ 3." in page
    assert f"« {PROOF} »" in page.replace("\N{NO-BREAK SPACE}", " ")
    data = json.loads(page.split('id="dossier">')[1].split("</script>")[0])
    (mark,) = data["highlights"]["champ-1"]
    assert (mark["id"], mark["kind"], mark["regions"][0]["page"]) == ("champ-1-1", "proof", 1)
    assert data["files"][0]["pages"][1]["number"] == 2
    assert data["highlights"]["champ-3"] == []


def test_both_words_stay_visible_and_former_decisions_too(instructor: Browser, made: Made) -> None:
    first = _decide(instructor, made, "field", "3", value="present", note="Voir la page 2, <b>bas</b>.")
    assert (first["status"], first["decided"]) == (200, 1)
    assert "Raison du champ 3." in first["html"]
    assert "Voir la page 2, &lt;b&gt;bas&lt;/b&gt;." in first["html"]
    assert "Instructor d&#39;Essai" in first["html"]
    decision = first["html"].split('name="replaces" value="')[1].split('"')[0]
    second = _decide(instructor, made, "field", "3", value="thin", replaces=decision)
    assert "1\N{NO-BREAK SPACE}décision antérieure" in second["html"]
    assert second["html"].count("badge--absent") == 1  # the machine's, untouched


def test_without_script_the_answer_is_the_page_at_the_card(instructor: Browser, made: Made) -> None:
    asked = _form(made, "field", "1", act="confirm", filtre="tri=-aide")
    answer = instructor.post(f"/dossiers/{made.dossier.id}/decisions", data=asked)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/dossiers/{made.dossier.id}?filtre=tri%3D-aide#champ-1"
    page = instructor.get(answer.headers["location"]).text
    assert "Votre décision est enregistrée." in page
    assert "<span data-decided>1</span> sur 10" in page


def test_what_was_decided_meanwhile_is_told_and_nothing_is_lost(instructor: Browser, made: Made) -> None:
    _decide(instructor, made, "field", "3", value="present")
    late = _decide(instructor, made, "field", "3", value="absent")
    assert (late["status"], late["code"]) == (409, "conflicting")
    other = _decide(instructor, made, "field", "3", value="absent", analysis="99")
    assert "analysé de nouveau" in other["message"]


def test_a_decision_on_a_former_analysis_says_so(instructor: Browser, made: Made, store: Store) -> None:
    _decide(instructor, made, "field", "3", value="present")
    newer = reanalyse(store, made, _with_reason(made, "3", "Une autre raison."))
    page = instructor.get(f"/dossiers/{made.dossier.id}").text
    assert "Décidé sur une analyse antérieure" in page
    assert "Le programme disait alors" in page
    assert "Une autre raison." in page
    assert newer.stored.id != made.stored.id


def _with_reason(made: Made, field: str, reason: str) -> Any:
    sections = [replace(one, reason=reason) if one.id == field else one for one in made.analysis.sections]
    return replace(
        made.analysis, sections=tuple(sections), provenance=replace(made.analysis.provenance, program_version="2")
    )


@pytest.mark.parametrize(
    ("name", "typed", "shown"),
    [
        ("aide_demandee_eur", "46 500,50 €", "46\N{NARROW NO-BREAK SPACE}500,50\N{NO-BREAK SPACE}€"),
        ("duree_mois", "24 mois", "24\N{NO-BREAK SPACE}mois"),
        ("siren", "732 829 320", "732829320"),
        ("date_creation", "2/3/2015", "2 mars 2015"),
        ("budget_equilibre", "non", "non"),
        ("porteur", HOSTILE, "Les &lt;script&gt;"),
    ],
)
def test_facts_are_typed(instructor: Browser, made: Made, name: str, typed: str, shown: str) -> None:
    answer = _decide(instructor, made, "fact", name, value=typed)
    assert answer["status"] == 200
    assert shown in answer["html"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("aide_demandee_eur", "beaucoup"),
        ("duree_mois", "0"),
        ("siren", "732829321"),
        ("siret", "73282932000075"),
        ("date_creation", "31/2/2015"),
        ("porteur", ""),
    ],
)
def test_facts_that_cannot_be_are_refused(instructor: Browser, made: Made, name: str, typed: str) -> None:
    answer = _decide(instructor, made, "fact", name, value=typed)
    assert (answer["status"], answer["code"]) == (400, "invalid-fact")


def test_facts_findings_and_types_are_confirmed_settled_and_taken_back(instructor: Browser, made: Made) -> None:
    assert (
        "12\N{NARROW NO-BREAK SPACE}000"
        in _decide(instructor, made, "fact", "aide_demandee_eur", act="confirm")["html"]
    )
    page = instructor.get(f"/dossiers/{made.dossier.id}").text
    key = page.split('name="kind" value="finding">\n<input type="hidden" name="key" value="')[1].split('"')[0]
    settled = _decide(instructor, made, "finding", key, value="no-problem", note="Vérifié.")
    assert "sans problème" in settled["html"]
    typed = _decide(instructor, made, "type", "", value=["territoriale", "services"])
    assert "territoriale + services et produits" in typed["html"]
    decision = typed["html"].split('name="replaces" value="')[1].split('"')[0]
    back = _decide(instructor, made, "type", "", act="withdraw", replaces=decision)
    assert "Décision retirée" in back["html"]
    assert "décidé</span>" not in back["html"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "field", "key": "3", "value": "3"},
        {"kind": "field", "key": "3"},
        {"kind": "type", "key": "", "value": ["services", "organisationnelle", "territoriale"]},
        {"kind": "type", "key": "", "value": ["autre"]},
        {"kind": "fact", "key": "siren", "act": "confirm"},
    ],
)
def test_what_cannot_be_decided_is_refused(instructor: Browser, made: Made, wrong: dict[str, Any]) -> None:
    answer = _decide(instructor, made, **wrong)
    assert (answer["status"], answer["code"]) == (400, "invalid-decision")


def test_things_that_are_not_there_are_not_decided(instructor: Browser, made: Made) -> None:
    assert _decide(instructor, made, "field", "99", value="present")["status"] == 404
    assert _decide(instructor, made, "finding", "aid-above-ceiling:0", value="noted")["status"] == 404


def test_the_follow_up_of_a_dossier(
    instructor: Browser, made: Made, people: dict[str, Person], room: Room, store: Store
) -> None:
    dossier, me = made.dossier.id, people["instructor"]
    assert instructor.post(f"/dossiers/{dossier}/etat", data={"state": "complete"}).status_code == 303
    assert instructor.post(f"/dossiers/{dossier}/instruction", data={"assignee": str(me.id)}).status_code == 303
    assert instructor.post(f"/dossiers/{dossier}/etiquettes", data={"name": "Prioritaire"}).status_code == 303
    assert instructor.post(f"/dossiers/{dossier}/notes", data={"note": HOSTILE}).status_code == 303
    with room.reading() as reading:
        standing = states.of_dossier(reading, me.viewer, dossier)
        (label,) = labels.of_dossier(reading, me.viewer, dossier)
    assert (standing.state, standing.assignee, label.name) == ("complete", me.id, "Prioritaire")
    page = instructor.get(f"/dossiers/{dossier}").text
    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page
    instructor.post(f"/dossiers/{dossier}/etiquettes", data={"remove": str(label.id)})
    with room.reading() as reading:
        assert labels.of_dossier(reading, me.viewer, dossier) == ()
    assert instructor.post(f"/dossiers/{dossier}/notes", data={"note": "  "}).status_code == 400
    assert (
        instructor.post(f"/dossiers/{dossier}/instruction", data={"assignee": str(people["juror"].id)}).status_code
        == 400
    )
    assert instructor.post(f"/dossiers/{'0' * 64}/etat", data={"state": "complete"}).status_code == 404
    assert store.verify().sound


def test_the_letter_asks_for_what_people_decided_and_nothing_else(instructor: Browser, made: Made, call: Call) -> None:
    address = f"/dossiers/{made.dossier.id}/courrier"
    nothing = instructor.get(address).text
    assert "il n’y a rien à demander" in nothing
    assert (
        nothing.index("que personne n’a confirmés")
        < nothing.index("Objectifs de l’action")
        < nothing.index("Publics cibles")
    )
    _decide(instructor, made, "field", "3", act="confirm")
    _decide(instructor, made, "field", "2", value="thin")
    letter = _plain(instructor.get(address).text.split("<textarea")[1].split("</textarea>")[0])
    assert letter.index("– Objectifs de l’action.") < letter.index("– « Résumé de l’action en 20 lignes ».")
    assert re.search(r"Pour le dépôt, l’appel indique : « [^»]*ami\.is@laregion-alpc\.fr »\.", letter)
    assert "déposé un dossier pour « Les Jardins du Lavoir »" in letter
    _decide(instructor, made, "fact", "porteur", value="Le Lavoir")
    assert "un dossier pour « Le Lavoir »" in _plain(instructor.get(address).text)
    assert "Publics cibles" not in letter


def test_search_finds_words_whatever_their_form(instructor: Browser, made: Made) -> None:
    found = instructor.get(f"/dossiers/{made.dossier.id}/recherche", params={"chercher": "jardin"}).text
    assert "1 passage." in found
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
        asked = _form(made, "field", "1", value="present")
        allowed = browser.post(address + "/decisions", data=asked).status_code
        assert (allowed == 403) is (decided == 403), name
    page = client(people["auditor"]).get(address).text
    assert "data-decision" not in page


def test_many_findings_cost_no_more_queries(
    instructor: Browser, room: Room, made: Made, store: Store, people: dict[str, Person]
) -> None:
    address = f"/dossiers/{made.dossier.id}"
    instructor.get(address)
    few = _queries(room, lambda: instructor.get(address))
    findings = tuple(Finding("aid-above-ceiling", f"Constat n° {number}.", ()) for number in range(30))
    provenance = replace(made.analysis.provenance, program_version="30")
    reanalyse(store, made, replace(made.analysis, findings=findings, provenance=provenance))
    for number in range(5):
        instructor.post(f"{address}/notes", data={"note": f"note {number}"})
    many = _queries(room, lambda: instructor.get(address))
    assert many <= few <= 22
    assert instructor.get(address).text.count("Constat n°") >= 30


def _queries(room: Room, action: Callable[[], object]) -> int:
    asked: list[str] = []

    def note(_c: Any, _u: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(room._engine, "before_cursor_execute", note)
    action()
    event.remove(room._engine, "before_cursor_execute", note)
    return len([one for one in asked if one.lstrip().upper().startswith("SELECT")])


def test_corrections_are_taken_without_names(
    instructor: Browser, client: Browse, people: dict[str, Person], made: Made, store: Store
) -> None:
    _decide(instructor, made, "field", "3", value="present", note="une note")
    _decide(instructor, made, "field", "1", act="confirm")
    _decide(instructor, made, "fact", "porteur", act="confirm")
    _decide(instructor, made, "fact", "aide_demandee_eur", value="40 000,50")
    _decide(instructor, made, "fact", "code_postal", value="64000")
    _decide(instructor, made, "type", "", value=["services"])
    page = instructor.get(f"/dossiers/{made.dossier.id}").text
    finding = page.split('name="kind" value="finding">\n<input type="hidden" name="key" value="')[1].split('"')[0]
    _decide(instructor, made, "finding", finding, value="no-problem")
    shown = instructor.get("/appels/alpc-2016/corrections").text.replace("\N{NO-BREAK SPACE}", " ")
    for words in ("1 champ corrigé", "2 faits corrigés ou ajoutés", "1 constat dit sans problème", "1 type corrigé"):
        assert words in shown
    answer = instructor.post("/appels/alpc-2016/corrections")
    about, aid, place, field, settled, kind = (json.loads(line) for line in answer.text.splitlines())
    assert about["appel"] == "alpc-2016"
    assert field == {
        "nature": "champ",
        "champ": "3",
        "document": made.stored.document,
        "programme": "absent",
        "personne": "present",
    }
    assert (aid["fait"], aid["programme"], aid["personne"]) == ("aide_demandee_eur", 12000, 40000.5)
    assert (place["fait"], place["programme"], place["personne"]) == ("code_postal", None, "64000")
    assert (settled["constat"], settled["personne"]) == ("aid-above-ceiling", "sans problème")
    assert kind["personne"] == ["services"]
    assert "Essai" not in answer.text
    assert "une note" not in answer.text
    (told,) = store.journal(action=Action.EXPORTED)
    assert told.data["corrections"] == 5
    for name in ("juror", "auditor"):
        assert client(people[name]).get("/appels/alpc-2016/corrections").status_code == 403


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


def test_a_second_instructor_is_told_who_changed_what_and_nothing_is_lost(
    instructor: Browser, client: Browse, people: dict[str, Person], made: Made, room: Room
) -> None:
    other, page = client(people["administrator"]), f"/dossiers/{made.dossier.id}"
    assert _decide(other, made, "field", "3", value="thin", note="Page 2.")["unsettled"] == 1
    late = _decide(instructor, made, "field", "3", value="present", note="À moi.")
    assert late["status"] == 409
    assert "Administrator d’Essai a décidé entre-temps : insuffisant (« Objectifs de l’action »" in _plain(
        late["message"]
    )
    assert "gardée sur cette machine" in late["advice"]
    plain = instructor.post(f"{page}/decisions", data=_form(made, "field", "3", value="present"))
    assert (plain.status_code, "encore dans la page précédente" in plain.text) == (409, True)
    other.post(f"{page}/etat", data={"state": "complete", "avant": "open"})
    late_state = instructor.post(f"{page}/etat", data={"state": "pieces-requested", "avant": "open"})
    assert late_state.status_code == 409
    assert "Administrator d’Essai" in _plain(late_state.text)
    assert "l’état est maintenant « complet »" in _plain(late_state.text)
    assert instructor.post(f"{page}/etat", data={"state": "complete", "avant": "open"}).status_code == 303
    mine = {"assignee": str(people["instructor"].id), "avant": "0"}
    assert other.post(f"{page}/instruction", data=mine).status_code == 303
    theirs = {"assignee": str(people["administrator"].id), "avant": "0"}
    assert "suivi par Instructor d’Essai" in _plain(instructor.post(f"{page}/instruction", data=theirs).text)
    with room.reading() as reading:
        standing = states.of_dossier(reading, people["instructor"].viewer, made.dossier.id)
    assert (standing.state.value, standing.assignee) == ("complete", people["instructor"].id)


def test_findings_left_to_settle_are_counted_again(instructor: Browser, made: Made) -> None:
    assert "data-unsettled>1</span>" in instructor.get(f"/dossiers/{made.dossier.id}").text
    key = (
        instructor.get(f"/dossiers/{made.dossier.id}")
        .text.split('name="key" value="aid-above-ceiling')[1]
        .split('"')[0]
    )
    told = _decide(instructor, made, "finding", f"aid-above-ceiling{key}", value="settled")
    assert (told["status"], told["unsettled"]) == (200, 0)
    assert "data-unsettled hidden>0</span>" in instructor.get(f"/dossiers/{made.dossier.id}").text
