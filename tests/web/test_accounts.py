import re

import pytest

from pipeline.calls.model import Call
from store.database import Store
from store.keys import ROOM_BATCH
from store.people import accounts, calls, conflicts, handing, logins, states
from store.people.accounts import LastAdministrator, Person
from store.people.conflicts import ConflictKind
from store.people.handing import Held
from store.people.room import Room
from store.people.viewers import Role
from store.records import Action, NewFile
from tests.web.conftest import PASSWORD, Browse, known

NEW = "quatre mots sans rapport"


def test_only_administrators_reach_accounts(client: Browse, people: dict[str, Person]) -> None:
    for name, person in people.items():
        browser = client(person)
        allowed = name == "administrator"
        assert browser.get("/comptes").status_code == (200 if allowed else 403)
        assert browser.get("/comptes/nouveau").status_code == (200 if allowed else 403)
        assert browser.get(f"/comptes/{person.id}").status_code == (200 if allowed else 403)
        if not allowed:
            for action, data in (
                ("role", {"role": "administrator"}),
                ("mot-de-passe", {}),
                ("etat", {"active": "true"}),
            ):
                assert browser.post(f"/comptes/{people['juror'].id}/{action}", data=data).status_code == 403


def test_the_list_is_searched_without_accents_and_by_role(
    client: Browse, people: dict[str, Person], room: Room
) -> None:
    with room.writing("machine") as writing:
        accounts.add(writing, "mlegoff", "Maëlle Le Goff", Role.JUROR, None)
    browser = client(people["administrator"])
    found = browser.get("/comptes", params={"q": "GOFF maelle"}).text
    assert "Maëlle Le Goff" in found
    assert "Auditor" not in found
    assert "compte externe, pas encore relié" in found
    assert "Auditor" in browser.get("/comptes", params={"role": "auditor"}).text
    assert "Aucun compte" in browser.get("/comptes", params={"q": "goff", "role": "auditor"}).text


def test_a_new_account_enters_with_the_password_shown_once(
    client: Browse, people: dict[str, Person], room: Room
) -> None:
    browser = client(people["administrator"])
    made = browser.post("/comptes/nouveau", data={"login": "Aya", "name": "Aya <b>Ndiaye</b>", "role": "juror"})
    shown = re.search(r'class="phrase">([a-z-]+)<', made.text)
    assert shown is not None
    assert "Aya &lt;b&gt;Ndiaye&lt;/b&gt;" in made.text
    assert shown[1] not in browser.get(f"/comptes/{known(room, 'aya').id}").text
    entered = client(None).post("/connexion", data={"login": "aya", "password": shown[1]})
    assert entered.status_code == 303


def test_a_password_that_was_shown_is_changed_before_anything_else(
    client: Browse, people: dict[str, Person], room: Room
) -> None:
    form = {"login": "aya", "name": "Aya Ndiaye", "role": "juror"}
    administrator = client(people["administrator"])
    shown = re.search(r'class="phrase">([a-z-]+)<', administrator.post("/comptes/nouveau", data=form).text)
    assert shown is not None
    theirs = client(known(room, "aya"))
    assert theirs.get("/jury").headers["location"] == "/preferences/mot-de-passe"
    assert theirs.post("/preferences", data={"single_keys": "true"}).status_code == 403
    page = theirs.get("/preferences/mot-de-passe").text
    assert "donné par l’administration" in page
    assert "Annuler" not in page
    same = {"present": shown[1], "password": shown[1], "again": shown[1]}
    assert theirs.post("/preferences/mot-de-passe", data=same).status_code == 400
    assert theirs.post("/preferences/mot-de-passe", data=same | {"password": NEW, "again": NEW}).status_code == 303
    assert theirs.get("/preferences").status_code == 200
    administrator.post(f"/comptes/{known(room, 'aya').id}/mot-de-passe")
    assert client(known(room, "aya")).get("/preferences").headers["location"] == "/preferences/mot-de-passe"


def test_the_page_of_a_new_password_loaded_again_says_where_to_go(client: Browse, people: dict[str, Person]) -> None:
    browser = client(people["administrator"])
    form = {"login": "aya", "name": "Aya Ndiaye", "role": "juror"}
    browser.post("/comptes/nouveau", data=form)
    again = browser.post("/comptes/nouveau", data=form)
    assert again.status_code == 400
    assert "son mot de passe n’est plus montré" in again.text
    assert re.search(r'href="/comptes/\d+#mot-de-passe"', again.text)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"login": "juror", "name": "Un autre", "role": "juror"}, "déjà pris"),
        ({"login": "é", "name": "Un autre", "role": "juror"}, "ne peut pas être un identifiant"),
        ({"login": "autre", "name": " ", "role": "juror"}, "Il faut un nom"),
        ({"login": "autre", "name": "Un autre", "role": "king"}, "Choisissez un rôle"),
    ],
)
def test_an_account_that_cannot_be_says_why(
    client: Browse, people: dict[str, Person], data: dict[str, str], said: str
) -> None:
    answer = client(people["administrator"]).post("/comptes/nouveau", data=data)
    assert answer.status_code == 400
    assert said in answer.text


def test_another_role_logs_the_person_out(client: Browse, people: dict[str, Person], room: Room) -> None:
    theirs = client(people["instructor"])
    answer = client(people["administrator"]).post(f"/comptes/{people['instructor'].id}/role", data={"role": "auditor"})
    assert answer.status_code == 303
    assert known(room, "instructor").role is Role.AUDITOR
    assert theirs.get("/preferences").status_code == 303


def test_a_shut_account_does_not_enter_until_it_is_opened(client: Browse, people: dict[str, Person]) -> None:
    theirs, browser = client(people["juror"]), client(people["administrator"])
    door = {"login": "juror", "password": PASSWORD}
    browser.post(f"/comptes/{people['juror'].id}/etat", data={"active": "false"})
    assert theirs.get("/preferences").status_code == 303
    assert client(None).post("/connexion", data=door).status_code == 401
    browser.post(f"/comptes/{people['juror'].id}/etat", data={"active": "true"})
    assert client(None).post("/connexion", data=door).status_code == 303


def test_who_shuts_an_account_is_told_what_it_holds_and_may_hand_it_over(
    client: Browse, people: dict[str, Person], room: Room, store: Store, call: Call
) -> None:
    kept = [store.deposit(call.id, ROOM_BATCH, name, [NewFile("a.pdf", name.encode())]).id for name in ("Un", "Deux")]
    juror, chair, instructor = people["juror"], people["chair"], people["instructor"]
    with room.writing("machine") as writing:
        calls.assign(writing, juror.id, kept)
        states.entrust(writing, kept[:1], instructor.id)
    with room.writing(chair.viewer.actor) as writing:
        calls.assign(writing, chair.id, kept[1:])
        conflicts.declare(writing, chair.viewer, kept[1], ConflictKind.FAMILY)
        calls.unassign(writing, chair.id, kept[1:])
    browser = client(people["administrator"])
    shown = browser.get(f"/comptes/{juror.id}").text
    assert "Cette personne a 2 dossiers à lire" in shown.replace("\N{NO-BREAK SPACE}", " ")
    assert f'<option value="{instructor.id}"' not in shown
    wrong = {"active": "false", "to": str(instructor.id)}
    assert browser.post(f"/comptes/{juror.id}/etat", data=wrong).status_code == 400
    assert known(room, "juror").active
    assert browser.post(f"/comptes/{juror.id}/etat", data=wrong | {"to": str(chair.id)}).status_code == 303
    assert not known(room, "juror").active
    with room.reading() as reading:
        assert handing.held(reading, instructor.viewer, juror.id) == Held(0, 0)
        assert handing.held(reading, instructor.viewer, chair.id) == Held(0, 1)  # not the one they are in conflict with
    assert browser.post(f"/comptes/{instructor.id}/etat", data={"active": "false", "to": "personne"}).status_code == 303
    with room.reading() as reading:
        assert states.of_dossier(reading, people["auditor"].viewer, kept[0]).assignee is None
    handed = store.journal(f"dossier:{kept[0]}", Action.DOSSIER_UNASSIGNED)
    assert {event.actor for event in handed} == {people["administrator"].viewer.actor}


def test_nobody_shuts_their_own_account(client: Browse, people: dict[str, Person], room: Room) -> None:
    own = people["administrator"].id
    browser = client(people["administrator"])
    assert browser.post(f"/comptes/{own}/etat", data={"active": "false"}).status_code == 409
    assert browser.post(f"/comptes/{own}/mot-de-passe").status_code == 409
    assert known(room, "administrator").active


def test_the_last_administrator_stays(client: Browse, people: dict[str, Person], room: Room) -> None:
    own = people["administrator"].id
    answer = client(people["administrator"]).post(f"/comptes/{own}/role", data={"role": "juror"})
    assert answer.status_code == 400
    assert answer.json()["code"] == "last-administrator"
    with pytest.raises(LastAdministrator), room.writing("machine") as writing:
        accounts.set_active(writing, own, active=False)
    assert known(room, "administrator").role is Role.ADMINISTRATOR


def test_a_given_password_replaces_the_former_one(client: Browse, people: dict[str, Person]) -> None:
    theirs = client(people["juror"])
    answer = client(people["administrator"]).post(f"/comptes/{people['juror'].id}/mot-de-passe")
    shown = re.search(r'class="phrase">([a-z-]+)<', answer.text)
    assert shown is not None
    assert theirs.get("/preferences").status_code == 303
    assert client(None).post("/connexion", data={"login": "juror", "password": PASSWORD}).status_code == 401
    assert client(None).post("/connexion", data={"login": "juror", "password": shown[1]}).status_code == 303


def test_one_changes_ones_own_password_with_the_present_one(client: Browse, people: dict[str, Person]) -> None:
    here, elsewhere = client(people["juror"]), client(people["juror"])
    form = {"present": PASSWORD, "password": NEW, "again": NEW}
    for wrong, said in (
        ({"present": "autre chose ici"}, "mot de passe actuel"),
        ({"again": "autre chose ici"}, "diffèrent"),
        ({"password": "court", "again": "court"}, "12 à 200"),
    ):
        answer = here.post("/preferences/mot-de-passe", data=form | wrong)
        assert answer.status_code == 400
        assert said in answer.text
    assert here.post("/preferences/mot-de-passe", data=form).status_code == 303
    assert here.get("/preferences").status_code == 200
    assert elsewhere.get("/preferences").status_code == 303
    assert client(None).post("/connexion", data={"login": "juror", "password": NEW}).status_code == 303


def test_guessing_the_present_password_shuts_the_door(client: Browse, people: dict[str, Person]) -> None:
    browser = client(people["juror"])
    form = {"present": "deviné au hasard", "password": NEW, "again": NEW}
    for _ in range(logins.ATTEMPTS):
        assert browser.post("/preferences/mot-de-passe", data=form).status_code == 400
    assert browser.post("/preferences/mot-de-passe", data=form | {"present": PASSWORD}).status_code == 429


def test_workloads_count_without_any_value(
    client: Browse, people: dict[str, Person], room: Room, store: Store, call: Call
) -> None:
    dossier = store.deposit(call.id, ROOM_BATCH, "Un", [NewFile("a.pdf", b"%PDF-1.4")])
    with room.writing("machine") as writing:
        calls.assign(writing, people["juror"].id, [dossier.id])
    page = client(people["administrator"]).get("/comptes").text
    assert "1\N{NO-BREAK SPACE}dossier confié, 0 commencé, 0\N{NO-BREAK SPACE}repère rempli" in page


def test_what_is_done_to_accounts_is_told(client: Browse, people: dict[str, Person], store: Store) -> None:
    juror = people["juror"].id
    client(people["administrator"]).post(f"/comptes/{juror}/mot-de-passe")
    told = store.journal(f"person:{juror}", Action.ACCOUNT_CHANGED)
    assert [(event.actor, dict(event.data)) for event in told] == [
        (f"person:{people['administrator'].id}", {"what": "password"})
    ]


def test_the_form_of_a_new_password_serves_once(client: Browse, people: dict[str, Person], room: Room) -> None:
    """A reload of the page that shows it sends the form again: the password just read out stays the right one."""
    browser, juror = client(people["administrator"]), people["juror"]
    found = re.search(r'name="shown" value="(\w+)"', browser.get(f"/comptes/{juror.id}").text)
    assert found
    given = {"shown": found[1]}
    assert browser.post(f"/comptes/{juror.id}/mot-de-passe", data=given).status_code == 200
    with room.reading() as reading:
        kept = accounts.password_mark(reading, juror.id)
    again = browser.post(f"/comptes/{juror.id}/mot-de-passe", data=given)
    assert again.status_code == 409
    assert "vaut toujours" in again.text
    with room.reading() as reading:
        assert accounts.password_mark(reading, juror.id) == kept


def test_a_name_is_mended_by_the_administrator(client: Browse, people: dict[str, Person], store: Store) -> None:
    browser, juror = client(people["administrator"]), people["juror"]
    assert browser.post(f"/comptes/{juror.id}/nom", data={"name": "  Jeanne   Le Goff "}).status_code == 303
    assert "<h1>Jeanne Le Goff</h1>" in browser.get(f"/comptes/{juror.id}").text
    refused = browser.post(f"/comptes/{juror.id}/nom", data={"name": "  "})
    assert refused.status_code == 400
    assert "Il faut un nom" in refused.text
    told = store.journal(f"person:{juror.id}", Action.ACCOUNT_CHANGED)
    assert [dict(event.data) for event in told] == [{"what": "name"}]
