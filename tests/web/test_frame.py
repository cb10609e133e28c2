from pathlib import Path

from pipeline.calls.model import Call
from store.database import Store
from store.people.accounts import Person
from store.people.room import Room
from tests.web.conftest import PASSWORD, Browse
from tests.web.material import PASSAGES, make_dossier
from web.security.headers import POLICY


def test_nobody_is_led_to_the_door_and_back(client: Browse, people: dict[str, Person]) -> None:
    browser = client(None)
    answer = browser.get("/preferences?x=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/connexion?suite=%2Fpreferences%3Fx%3D1")
    entered = browser.post("/connexion", data={"login": "Juror", "password": PASSWORD, "suite": "/preferences"})
    assert (entered.status_code, entered.headers["location"]) == (303, "/preferences")
    assert "Juror d&#39;Essai" in browser.get("/preferences").text


def test_a_script_is_told_that_the_session_ended(client: Browse) -> None:
    answer = client(None).post("/preferences", headers={"accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json()["code"] == "not-signed-in"


def test_a_script_is_told_where_an_action_leads(client: Browse, people: dict[str, Person]) -> None:
    browser = client(people["juror"])
    asked = {"accept": "application/json", "x-csrf-token": browser.csrf}
    answer = browser.post("/preferences", data={"single_keys": "on"}, headers=asked)
    assert (answer.status_code, answer.json()) == (200, {"go": "/preferences"})


def test_nobody_is_sent_out_of_the_room(client: Browse, people: dict[str, Person]) -> None:
    for address in ("https://ailleurs.example/", "//ailleurs.example", "/\\ailleurs.example"):
        entered = client(None).post("/connexion", data={"login": "juror", "password": PASSWORD, "suite": address})
        assert entered.headers["location"] == "/"


def test_every_answer_keeps_the_room_shut(client: Browse) -> None:
    for path in ("/connexion", "/rien", "/statique/css/base.css"):
        headers = client(None).get(path).headers
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff"
    assert client(None).get("/connexion").headers["cache-control"] == "private, no-store"


def test_a_form_without_its_token_changes_nothing(client: Browse, people: dict[str, Person], room: Room) -> None:
    browser = client(people["juror"])
    for token in ("", "x" * 43):
        assert browser.post("/preferences", data={"csrf": token}, headers={}).status_code == 403
    assert browser.post("/preferences", data={"csrf": browser.csrf}, headers={}).status_code == 303
    elsewhere = {"origin": "https://ailleurs.example"}
    assert browser.post("/preferences", data={"csrf": browser.csrf}, headers=elsewhere).status_code == 403


def test_an_address_that_is_none_says_so(client: Browse, people: dict[str, Person]) -> None:
    answer = client(people["juror"]).get("/n-existe-pas")
    assert answer.status_code == 404
    assert "Revenir à l’accueil" in answer.text


def test_who_sent_a_form_that_is_refused_may_go_back_to_its_page(client: Browse, people: dict[str, Person]) -> None:
    browser = client(people["juror"])

    def refused_from(page: str) -> str:
        return browser.post("/preferences", data={"csrf": "x"}, headers={"referer": page}).text

    host = str(browser.base_url).rstrip("/")
    assert 'href="/jury?appel=a&amp;q=%22b">Revenir à la page</a>' in refused_from(f"{host}/jury?appel=a&q=%22b")
    for page in ("", host, f"{host}/", "https://ailleurs.example/jury", f"{host}//ailleurs.example"):
        assert "Revenir à la page" not in refused_from(page)


def test_a_dossier_made_for_the_tests_points_into_its_pdf(store: Store, tmp_path: Path, call: Call) -> None:
    made = make_dossier(store, tmp_path / "pdf", call, "Les Jardins")
    passage = made.analysis.markers[0].passages[0]
    assert made.document.quote(passage.span) == PASSAGES[0]
    assert len(made.document.locate(passage.span)) == 1
