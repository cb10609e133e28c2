import re
from pathlib import Path

import pytest

from pipeline.calls.catalogue import built_in_content
from pipeline.calls.model import Call
from store.database import Store
from store.people import accounts, calls
from store.people.accounts import Person
from store.people.calls import CallState, RoomCall
from store.people.room import Room
from store.people.viewers import Role
from store.records import Action
from tests.web.conftest import Browse
from tests.web.material import make_dossier

HDF = "hauts-de-france-2017"
SETTINGS = {"deadline": "2026-12-31", "quorum": "4", "retention": "24", "scale": "", "reply": "30"}


def _found(room: Room, person: Person, call_id: str) -> RoomCall:
    with room.reading() as reading:
        found = calls.find(reading, person.viewer, call_id)
    assert found is not None
    return found


def _own_call() -> bytes:
    return built_in_content("alpc-2016").replace(b'id = "alpc-2016"', b'id = "ma-region-2026"', 1)


def test_who_reaches_calls(client: Browse, people: dict[str, Person], call: Call) -> None:
    wanted = {
        "/appels": {"administrator", "instructor", "auditor"},
        "/appels/ouvrir": {"administrator", "instructor"},
        f"/appels/{call.id}/reglages": {"administrator", "instructor"},
        f"/appels/{call.id}": {"administrator", "instructor", "auditor", "juror", "chair"},
    }
    for path, allowed in wanted.items():
        for name, person in people.items():
            status = client(person).get(path).status_code
            assert status == (200 if name in allowed else 403), (path, name)


def test_a_juror_of_another_jury_does_not_find_the_call(client: Browse, people: dict[str, Person], room: Room) -> None:
    with room.writing("machine") as writing:
        calls.open_call(writing, HDF, None)
    assert client(people["juror"]).get(f"/appels/{HDF}").status_code == 404
    assert client(people["auditor"]).get(f"/appels/{HDF}").status_code == 200
    assert client(people["auditor"]).get("/appels/rien").status_code == 404


def test_only_who_may_changes_calls(client: Browse, people: dict[str, Person], call: Call) -> None:
    actions: tuple[tuple[str, dict[str, str]], ...] = (
        ("/appels/ouvrir", {"call": HDF}),
        (f"/appels/{call.id}/reglages", SETTINGS),
        (f"/appels/{call.id}/etat", {"open": "false"}),
        (f"/appels/{call.id}/jury", {"person": str(people["juror"].id), "place": "none"}),
    )
    for name in ("juror", "chair", "auditor"):
        for path, data in actions:
            assert client(people[name]).post(path, data=data).status_code == 403


def test_the_list_counts_dossiers_and_answers(
    client: Browse, people: dict[str, Person], room: Room, store: Store, call: Call, tmp_path: Path
) -> None:
    made = make_dossier(store, tmp_path, call, "Les Jardins")
    with room.writing("machine") as writing:
        calls.assign(writing, people["juror"].id, [made.dossier.id])
    page = client(people["auditor"]).get("/appels").text
    assert "Réponses du jury (2\N{NO-BREAK SPACE}jurés)" in page
    assert f'value="0" max="{len(call.markers)}"' in page
    assert 'aria-label="Traités par le programme" value="1" max="1"' in page
    assert "Ouvrir un appel" not in page


def test_a_built_in_call_is_opened_closed_and_opened_again(
    client: Browse, people: dict[str, Person], room: Room
) -> None:
    browser = client(people["instructor"])
    assert browser.post("/appels/ouvrir", data={"call": HDF}).headers["location"] == f"/appels/{HDF}/reglages"
    assert _found(room, people["instructor"], HDF).deadline is not None
    assert browser.post("/appels/ouvrir", data={"call": "rien"}).status_code == 404
    for opened, state in (("false", CallState.CLOSED), ("true", CallState.OPEN)):
        assert browser.post(f"/appels/{HDF}/etat", data={"open": opened}).status_code == 303
        assert _found(room, people["instructor"], HDF).state is state


def test_a_call_file_is_kept_and_shown(client: Browse, people: dict[str, Person], room: Room) -> None:
    browser = client(people["instructor"])
    answer = browser.post("/appels/fichier", files={"file": ("mien.toml", _own_call())})
    assert answer.headers["location"] == "/appels/ma-region-2026/reglages"
    kept = _found(room, people["instructor"], "ma-region-2026").file
    assert kept is not None
    assert room.files.read(kept) == _own_call()
    assert "Repères" in browser.get("/appels/ma-region-2026").text


def test_a_wrong_call_file_names_every_mistake(client: Browse, people: dict[str, Person]) -> None:
    wrong = _own_call().replace(b"year = 2016", b'year = "seize"', 1).replace(b"region = ", b"regoin = ", 1)
    answer = client(people["instructor"]).post("/appels/fichier", files={"file": ("mien.toml", wrong)})
    assert answer.status_code == 400
    assert "year" in answer.text
    assert "vouliez-vous dire" in answer.text
    assert client(people["instructor"]).post("/appels/fichier", files={"file": ("x", b"\xff")}).status_code == 400


def test_the_text_of_a_call_with_dossiers_does_not_change(
    client: Browse, people: dict[str, Person], store: Store, tmp_path: Path
) -> None:
    browser = client(people["instructor"])
    browser.post("/appels/fichier", files={"file": ("mien.toml", _own_call())})
    again = _own_call() + b"\n# autre version\n"
    assert browser.post("/appels/fichier", files={"file": ("mien.toml", again)}).status_code == 303
    store.deposit("ma-region-2026", "room", "Un", [])
    answer = browser.post("/appels/fichier", files={"file": ("mien.toml", _own_call())})
    assert answer.status_code == 400
    assert "son texte ne change plus" in answer.text


def test_settings_are_kept_or_refused_with_what_was_typed(
    client: Browse, people: dict[str, Person], room: Room, call: Call, store: Store
) -> None:
    browser = client(people["instructor"])
    path = f"/appels/{call.id}/reglages"
    assert browser.post(path, data=SETTINGS).status_code == 303
    kept = _found(room, people["instructor"], call.id)
    assert (kept.quorum, kept.retention_months, str(kept.deadline)) == (4, 24, "2026-12-31")
    assert kept.reply_days == 30
    for wrong in ({"quorum": "1"}, {"quorum": "x"}, {"deadline": "demain"}, {"retention": "0"}, {"reply": "0"}):
        answer = browser.post(path, data=SETTINGS | wrong)
        assert answer.status_code == 400
        assert f'value="{next(iter(wrong.values()))}"' in answer.text
    assert _found(room, people["instructor"], call.id) == kept
    told = store.journal(f"call:{call.id}", Action.CALL_SET)
    assert [event.data["quorum"] for event in told] == [4]


def test_settings_changed_meanwhile_are_not_overwritten_unseen(
    client: Browse, people: dict[str, Person], room: Room, call: Call
) -> None:
    browser, path = client(people["instructor"]), f"/appels/{call.id}/reglages"
    seen = _shown(browser.get(path).text)
    assert browser.post(path, data=SETTINGS | {"quorum": "2", "shown": seen}).status_code == 303
    answer = browser.post(path, data=SETTINGS | {"deadline": "2027-01-15", "shown": seen})
    assert answer.status_code == 400
    assert "nombre de jurés : 2" in " ".join(answer.text.replace("\u202f", " ").replace("\xa0", " ").split())
    assert 'value="2027-01-15"' in answer.text
    assert _found(room, people["instructor"], call.id).quorum == 2
    again = SETTINGS | {"deadline": "2027-01-15", "shown": _shown(answer.text)}
    assert browser.post(path, data=again).status_code == 303
    assert str(_found(room, people["instructor"], call.id).deadline) == "2027-01-15"


def _shown(page: str) -> str:
    found = re.search(r'name="shown" value="(\w+)"', page)
    assert found
    return found[1]


def test_a_call_without_a_scale_quotes_its_rules_and_takes_one(
    client: Browse, people: dict[str, Person], room: Room
) -> None:
    browser = client(people["instructor"])
    browser.post("/appels/ouvrir", data={"call": HDF})
    assert (
        "L’outil n’a en aucun cas été conçu pour une utilisation individuelle"
        in browser.get(f"/appels/{HDF}/reglages").text
    )
    path = f"/appels/{HDF}/reglages"
    assert browser.post(path, data=SETTINGS | {"scale": "Faible\r\n\r\nMoyen\r\n Fort "}).status_code == 303
    assert _found(room, people["instructor"], HDF).scale == ("Faible", "Moyen", "Fort")
    assert browser.post(path, data=SETTINGS | {"scale": "Fort\nFort"}).status_code == 400


def test_the_scale_of_a_call_that_has_one_is_not_asked(
    client: Browse, people: dict[str, Person], room: Room, call: Call
) -> None:
    browser = client(people["instructor"])
    browser.post(f"/appels/{call.id}/reglages", data=SETTINGS | {"scale": "a\nb"})
    assert _found(room, people["instructor"], call.id).scale == ()
    assert 'name="scale"' not in browser.get(f"/appels/{call.id}/reglages").text


def test_dossiers_kept_too_long_are_announced(
    client: Browse, people: dict[str, Person], store: Store, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.dossiers.now", lambda: "2020-01-01T00:00:00.000000Z")
    store.deposit(call.id, "room", "Ancien", [])
    browser = client(people["instructor"])
    assert "dépassé la durée" not in browser.get(f"/appels/{call.id}/reglages").text
    browser.post(f"/appels/{call.id}/reglages", data=SETTINGS)
    assert (
        "1\N{NO-BREAK SPACE}dossier a dépassé la durée de conservation"
        in browser.get(f"/appels/{call.id}/reglages").text
    )


def test_the_jury_is_seated_and_has_one_chair(
    client: Browse, people: dict[str, Person], room: Room, call: Call
) -> None:
    with room.writing("machine") as writing:
        other = accounts.add(writing, "autre", "Une Autre", Role.JUROR, None)
    browser = client(people["instructor"])
    path = f"/appels/{call.id}/jury"
    assert browser.post(path, data={"person": str(other.id), "place": "member"}).status_code == 303
    assert browser.post(path, data={"person": str(other.id), "place": "chair"}).status_code == 303
    with room.reading() as reading:
        jury = {juror.name: juror.chair for juror in calls.jury(reading, call.id)}
    assert jury == {"Juror d'Essai": False, "Chair d'Essai": False, "Une Autre": True}
    assert browser.post(path, data={"person": str(people["auditor"].id), "place": "member"}).status_code == 404
    assert browser.post(path, data={"person": str(other.id), "place": "none"}).status_code == 303
    with room.reading() as reading:
        assert other.id not in {juror.person_id for juror in calls.jury(reading, call.id)}


def test_a_jury_too_small_for_what_is_asked_is_told(client: Browse, people: dict[str, Person], call: Call) -> None:
    browser, page = client(people["instructor"]), f"/appels/{call.id}/reglages"
    browser.post(page, data=SETTINGS | {"quorum": "9"})
    assert "et le jury n’en compte que 2 : aucun" in browser.get(page).text.replace("\N{NO-BREAK SPACE}", " ")
    for person in (people["juror"], people["chair"]):
        browser.post(f"/appels/{call.id}/jury", data={"person": str(person.id), "place": "none"})
    assert "ajoutez-en autant au jury" in browser.get(page).text
    browser.post(f"/appels/{call.id}/jury", data={"person": str(people["juror"].id), "place": "member"})
    browser.post(f"/appels/{call.id}/jury", data={"person": str(people["chair"].id), "place": "member"})
    browser.post(page, data=SETTINGS | {"quorum": "2"})
    assert "et le jury n’en compte" not in browser.get(page).text


def test_the_texts_are_the_call_s_own_words(client: Browse, people: dict[str, Person], call: Call) -> None:
    page = client(people["juror"]).get(f"/appels/{call.id}").text
    for marker in call.markers:
        assert marker.title.replace("'", "&#39;") in page
    assert "Réglages et jury" not in page
