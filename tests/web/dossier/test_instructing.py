"""What follows from a dossier among those who instruct: its standing, its letter, what is said at the same time."""

import json
import re

from pipeline.calls.model import Call
from store.database import Store
from store.people import labels, states
from store.people.accounts import Person
from store.people.room import Room
from store.people.states import State
from store.records import Action
from tests.web.conftest import Browse, Browser
from tests.web.dossier.asking import HOSTILE, decide, form, plain
from tests.web.material import Made


def test_the_follow_up_of_a_dossier(
    instructor: Browser, made: Made, people: dict[str, Person], room: Room, store: Store
) -> None:
    dossier, me = made.dossier.id, people["instructor"]
    agreed = {"state": "complete", "confirme": "true"}
    assert instructor.post(f"/dossiers/{dossier}/etat", data=agreed).status_code == 303
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


def test_who_marks_complete_without_scripts_is_asked_on_a_page(
    instructor: Browser, made: Made, people: dict[str, Person], room: Room, call: Call
) -> None:
    def state() -> State:
        with room.reading() as reading:
            return states.of_dossier(reading, people["instructor"].viewer, made.dossier.id).state

    address, asked = f"/dossiers/{made.dossier.id}/etat", {"state": "complete", "avant": "open", "filtre": "tri=-aide"}
    page = instructor.post(address, data=asked)
    assert page.status_code == 200
    assert "10 champs sur 10 n’ont pas été décidés." in plain(page.text)
    assert f'href="/dossiers/{made.dossier.id}?filtre=tri%3D-aide#suivi"' in page.text
    assert state() is State.OPEN
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.text))
    assert instructor.post(address, data=hidden).headers["location"].endswith("?filtre=tri%3D-aide#suivi")
    assert state() is State.COMPLETE
    assert instructor.post(address, data=asked | {"avant": "complete"}).status_code == 303
    instructor.post(address, data={"state": "open"})
    for field in call.fields:
        decide(instructor, made, "field", field.id, value="present")
    assert instructor.post(address, data=asked).status_code == 303
    assert state() is State.COMPLETE


def test_what_was_decided_meanwhile_is_told_and_nothing_is_lost(instructor: Browser, made: Made) -> None:
    decide(instructor, made, "field", "3", value="present")
    late = decide(instructor, made, "field", "3", value="absent")
    assert (late["status"], late["code"]) == (409, "conflicting")
    assert late["advice"] == "Rechargez la page, puis décidez de nouveau."
    other = decide(instructor, made, "field", "3", value="absent", analysis="99")
    assert "analysé de nouveau" in other["message"]


def test_a_second_instructor_is_told_who_changed_what_and_nothing_is_lost(
    instructor: Browser, client: Browse, people: dict[str, Person], made: Made, room: Room
) -> None:
    other, page = client(people["administrator"]), f"/dossiers/{made.dossier.id}"
    assert decide(other, made, "field", "3", value="thin", note="Page 2.")["unsettled"] == 1
    late = decide(instructor, made, "field", "3", value="present", note="À moi.")
    assert late["status"] == 409
    assert "Administrator d’Essai a décidé entre-temps : insuffisant (« 3. Objectifs de l’action »" in plain(
        late["message"]
    )
    assert "gardée sur cette machine" in late["advice"]
    typed = form(made, "field", "3", value="present", note="À moi.")
    refused = instructor.post(f"{page}/decisions", data=typed)
    assert (refused.status_code, "encore dans la page précédente" in refused.text) == (409, True)
    agreed = {"state": "complete", "avant": "open", "confirme": "true"}
    assert other.post(f"{page}/etat", data=agreed).status_code == 303
    late_state = instructor.post(f"{page}/etat", data={"state": "pieces-requested", "avant": "open"})
    assert late_state.status_code == 409
    assert "Administrator d’Essai" in plain(late_state.text)
    assert "l’état est maintenant « complet »" in plain(late_state.text)
    assert instructor.post(f"{page}/etat", data={"state": "complete", "avant": "open"}).status_code == 303
    mine = {"assignee": str(people["instructor"].id), "avant": "0"}
    assert other.post(f"{page}/instruction", data=mine).status_code == 303
    theirs = {"assignee": str(people["administrator"].id), "avant": "0"}
    assert "suivi par Instructor d’Essai" in plain(instructor.post(f"{page}/instruction", data=theirs).text)
    with room.reading() as reading:
        standing = states.of_dossier(reading, people["instructor"].viewer, made.dossier.id)
    assert (standing.state.value, standing.assignee) == ("complete", people["instructor"].id)


def test_the_letter_asks_for_what_people_decided_and_nothing_else(instructor: Browser, made: Made, call: Call) -> None:
    address = f"/dossiers/{made.dossier.id}/courrier"
    nothing = instructor.get(address).text
    assert "il n’y a rien à demander" in nothing
    assert (
        nothing.index("que personne n’a confirmés")
        < nothing.index("Objectifs de l’action")
        < nothing.index("Publics cibles")
    )
    decide(instructor, made, "field", "3", act="confirm")
    decide(instructor, made, "field", "2", value="thin")
    letter = plain(instructor.get(address).text.split("<textarea")[1].split("</textarea>")[0])
    assert letter.index("– Objectifs de l’action.") < letter.index("– « Résumé de l’action en 20 lignes ».")
    assert re.search(r"Pour le dépôt, l’appel indique : « [^»]*ami\.is@laregion-alpc\.fr »\.", letter)
    assert "déposé un dossier pour « Les Jardins du Lavoir »" in letter
    decide(instructor, made, "fact", "porteur", value="Le Lavoir")
    assert "un dossier pour « Le Lavoir »" in plain(instructor.get(address).text)
    assert "Publics cibles" not in letter


def test_corrections_are_taken_without_names(
    instructor: Browser, client: Browse, people: dict[str, Person], made: Made, store: Store
) -> None:
    decide(instructor, made, "field", "3", value="present", note="une note")
    decide(instructor, made, "field", "1", act="confirm")
    decide(instructor, made, "fact", "porteur", act="confirm")
    decide(instructor, made, "fact", "aide_demandee_eur", value="40 000,50")
    decide(instructor, made, "fact", "code_postal", value="64000")
    decide(instructor, made, "type", "", value=["services"])
    page = instructor.get(f"/dossiers/{made.dossier.id}").text
    finding = page.split('name="kind" value="finding">\n<input type="hidden" name="key" value="')[1].split('"')[0]
    decide(instructor, made, "finding", finding, value="no-problem")
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
