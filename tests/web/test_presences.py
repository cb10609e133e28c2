"""A session over two days: who sits changes from then on, and minutes tell each dossier with those who read it."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from store.database import Store
from store.people import accounts, calls, collective, deliberations, presences
from store.people.accounts import Person
from store.people.conflicts import declare
from store.people.room import Room
from store.people.viewers import Role
from tests.web.conftest import Browse, Browser
from tests.web.jury_material import Sitting, answer, hold_all, sit

_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def sitting(room: Room, store: Store, people: dict[str, Person], call: Call, tmp_path: Path) -> Sitting:
    return sit(room, store, people, call, tmp_path / "pdf")


@pytest.fixture
def fourth(room: Room, call: Call) -> Person:
    """A juror of the call who was not convened."""
    with room.writing("machine") as writing:
        person = accounts.add(writing, "fourth", "Amandine", Role.JUROR, None)
        calls.seat(writing, call.id, person.id, chair=False)
    return person


def test_a_session_goes_on_another_day_with_others(
    client: Browse, room: Room, people: dict[str, Person], sitting: Sitting, fourth: Person, call: Call
) -> None:
    chair = client(people["chair"])
    first, second = sitting.dossiers
    hold_all(room, call, sitting, first)
    assert chair.post(f"{sitting.dossier()}/suite", data={"outcome": "retenu"}).status_code == 303
    form = {
        "held_on": "2016-09-29",
        "chair": str(people["chair"].id),
        "present": [str(people["juror"].id), str(fourth.id)],
        "replaces": str(_last(room, people, sitting)),
    }
    page = chair.get(f"{sitting.address}/presents").text
    assert "à partir de maintenant" in page
    assert "Amandine" in page
    assert chair.post(f"{sitting.address}/presents", data=form | {"held_on": "demain"}).status_code == 400
    assert chair.post(f"{sitting.address}/presents", data=form).status_code == 303
    meanwhile = form | {"held_on": "2016-09-30"}
    assert chair.post(f"{sitting.address}/presents", data=meanwhile).status_code == 409
    with room.writing(fourth.viewer.actor) as writing:
        declare(writing, fourth.viewer, second, None)
    for person in (people["chair"], people["juror"], fourth):
        answer(room, person, second, call.markers[0].id, "Faible")
    marker = f"{sitting.dossier(1)}/reperes/{call.markers[0].id}"
    assert chair.post(marker, data={"value": "Faible"}).status_code == 303
    third = client(sitting.jurors["third"])  # who sat on the first day reads the minutes that they sign
    for browser in (chair, third):
        text = _minutes(browser, sitting)
        day = f"28{SPACE}septembre{SPACE}2016, reprise le 29{SPACE}septembre{SPACE}2016"
        assert day in text
        one, two = text.index("(Le Lavoir)"), text.index("(Le Moulin)")
        before, after = text[one:two], text[two:]
        assert f"Le 28{SPACE}septembre" in before
        assert "Third" in before
        assert "Amandine" not in before
        assert "tous les repères, la suite donnée" in before
        assert f"Le 29{SPACE}septembre" in after
        assert "Amandine" in after
    assert f"Amandine, séance du 29{SPACE}septembre{SPACE}2016" in text
    assert f"Third <i>Juror</i>, séance du 28{SPACE}septembre{SPACE}2016" in text
    assert "3 sur 3" in text


def test_a_jury_that_changed_and_came_back_is_told_once(
    client: Browse, room: Room, people: dict[str, Person], sitting: Sitting, call: Call
) -> None:
    chair, first = client(people["chair"]), sitting.dossiers[0]
    for person in sitting.jurors.values():
        for marker in call.markers[:2]:
            answer(room, person, first, marker.id, "Faible")
    everyone = [str(each.id) for each in sitting.jurors.values()]
    value, places = {"value": "Faible"}, [f"{sitting.dossier()}/reperes/{marker.id}" for marker in call.markers[:2]]
    assert chair.post(places[0], data=value).status_code == 303
    for present in (everyone[:2], everyone):
        form = {"held_on": "2016-09-28", "chair": str(people["chair"].id), "present": present}
        again = form | {"replaces": str(_last(room, people, sitting))}
        assert chair.post(f"{sitting.address}/presents", data=again).status_code == 303
    assert chair.post(places[1], data=value).status_code == 303
    assert _minutes(chair, sitting).count("Jurés présents") == 1


def test_a_second_session_says_what_was_arrested_in_the_first(
    client: Browse, room: Room, people: dict[str, Person], sitting: Sitting, call: Call
) -> None:
    chair, instructor = client(people["chair"]), client(people["instructor"])
    hold_all(room, call, sitting, sitting.dossiers[0])
    assert chair.post(f"{sitting.address}/etat", data={"etat": "closed"}).status_code == 303
    plan = {
        "appel": call.id,
        "title": "Seconde",
        "held_on": "2016-10-05",
        "chair": str(people["chair"].id),
        "jurors": [str(each.id) for each in sitting.jurors.values()],
        "dossier": [sitting.dossiers[0]],
    }
    again = instructor.post("/deliberations/nouvelle", data=plan).headers["location"].partition("?")[0]
    present = [str(each.id) for each in sitting.jurors.values()]
    assert chair.post(f"{again}/etat", data={"etat": "open", "present": present}).status_code == 303
    page = chair.get(f"{again}/proces-verbal").text
    assert "à la séance «" in page
    assert f"Le 28{SPACE}septembre{SPACE}2016" in page
    assert "tous les repères" in page


def test_the_plan_of_an_open_session_leaves_who_sits(
    client: Browse, room: Room, people: dict[str, Person], sitting: Sitting
) -> None:
    instructor = client(people["instructor"])
    page = instructor.get(f"{sitting.address}/modifier").text
    assert 'name="held_on"' not in page
    assert f"{sitting.address}/presents" in page
    form = {"title": "Autre intitulé", "dossier": list(sitting.dossiers), "held_on": "2020-01-01", "jurors": ["1"]}
    assert instructor.post(f"{sitting.address}/modifier", data=form).status_code == 303
    with room.reading() as reading:
        session = deliberations.require(reading, people["instructor"].viewer, sitting.id)
        there = deliberations.attending(reading, sitting.id)
    assert (session.title, session.held_on.year, len(there)) == ("Autre intitulé", 2016, 3)


def test_a_synthesis_left_empty_is_confirmed_and_told(
    client: Browse, room: Room, store: Store, people: dict[str, Person], tmp_path: Path
) -> None:
    call = load_call("hauts-de-france-2017")
    with room.writing("machine") as writing:
        calls.open_call(writing, call.id, None)
        for login in ("chair", "juror"):
            calls.seat(writing, call.id, people[login].id, chair=login == "chair")
    sitting = sit(room, store, people, call, tmp_path / "pdf", names=("Le Lavoir",))
    chair = client(people["chair"])
    hold_all(room, call, sitting, sitting.dossiers[0])
    with room.reading() as reading:
        held = collective.values_of(reading, people["chair"].viewer, sitting.dossiers[0])[-1]
    last = f"{sitting.dossier()}/reperes/{held.marker}"
    entered = chair.post(last, data={"comment": "Revu.", "replaces": str(held.id)})
    assert entered.headers["location"].endswith("?volet=synthese")
    assert "sans_synthese" in chair.get(f"{sitting.dossier()}?volet=suite").text
    form = {"outcome": "retenu"}
    assert chair.post(f"{sitting.dossier()}/suite", data=form).status_code == 409
    closing = chair.get(f"{sitting.address}/etat").text
    assert "points de la synthèse" in closing
    assert call.synthesis_items[0].text.strip()[1:] in closing
    assert chair.post(f"{sitting.dossier()}/suite", data=form | {"sans_synthese": "oui"}).status_code == 303
    chair.post(f"{sitting.dossier()}/items/synthesis/{call.synthesis_items[0].id}", data={"comment": "Avis favorable."})
    text = _minutes(chair, sitting)
    assert "ce que la présidence a confirmé" in text
    assert "Synthèse sans réponse du jury" in text
    assert text.count("Avis favorable.") == 1
    assert text.count("Revu.") == 1
    assert "Commentaire du jury" not in text  # what is said in words has one column
    assert f"0 sur 3 (quorum{SPACE}: 3, non atteint)" in text


def test_no_more_than_four_dossiers_are_compared_and_it_is_said(
    client: Browse, room: Room, store: Store, people: dict[str, Person], call: Call, tmp_path: Path
) -> None:
    names = tuple(f"Dossier {number}" for number in range(5))
    sitting = sit(room, store, people, call, tmp_path / "pdf", names=names)
    query = "&".join(f"dossier={each}" for each in sitting.dossiers)
    page = client(people["chair"]).get(f"{sitting.address}/comparaison?{query}").text
    assert "Ne sont pas montrés" in page
    assert "Dossier 4" in page[page.index("Ne sont pas montrés") :]


def _last(room: Room, people: dict[str, Person], sitting: Sitting) -> int | None:
    with room.reading() as reading:
        return presences.of_sessions(reading, people["chair"].viewer, [sitting.id]).of_session[sitting.id][-1].id


def _minutes(browser: Browser, sitting: Sitting) -> str:
    answered = browser.get(f"{sitting.address}/proces-verbal.docx")
    assert answered.status_code == 200
    file = Document(BytesIO(answered.content))
    return "\n".join(each.text for each in file.element.body.iter(f"{{{_WORDS}}}t") if each.text)
