"""A dossier before the jury: what is shown to whom, what the chair enters, and how much is asked of the database."""

from pathlib import Path

import pytest

from pipeline.calls.model import Call
from pipeline.calls.parser import load_call
from store.database import Store
from store.people import calls, collective, deliberations, dossiers, outcomes, planning, scores
from store.people.accounts import Person
from store.people.passages import Choice, Place, choose
from store.people.planning import Plan
from store.people.room import Room
from tests.web.conftest import Browse, asked
from tests.web.jury_material import Sitting, answer, hold_all, sit
from tests.web.material import PASSAGES, find, make_dossier
from web.opened import document_of


@pytest.fixture
def sitting(room: Room, store: Store, people: dict[str, Person], call: Call, tmp_path: Path) -> Sitting:
    return sit(room, store, people, call, tmp_path / "pdf")


@pytest.fixture
def answered(room: Room, sitting: Sitting, call: Call) -> Sitting:
    """All three have answered the first marker of the first dossier, one with a comment, one that they cannot say."""
    given = (("chair", "Fort", "Vu <b>page 2</b>"), ("juror", "Faible", ""), ("third", None, ""))
    for login, value, comment in given:
        answer(room, sitting.jurors[login], sitting.dossiers[0], call.markers[0].id, value, comment)
    return sitting


def test_answers_stand_side_by_side_and_nothing_is_chosen_for_the_chair(
    client: Browse, people: dict[str, Person], answered: Sitting, call: Call
) -> None:
    page = client(people["chair"]).get(f"{answered.dossier()}?repere={call.markers[0].id}").text
    for person in answered.jurors.values():
        assert person.name.split()[0] in page
    assert "Vu &lt;b&gt;page 2&lt;/b&gt;" in page
    assert 'type="radio" name="value"' in page
    assert "checked" not in page
    assert "Le jury ne se prononce pas" in page
    assert "oyenne" not in page


def test_the_chair_alone_has_a_form(client: Browse, people: dict[str, Person], answered: Sitting, call: Call) -> None:
    for role in ("instructor", "juror", "auditor"):
        browser = client(people[role])
        assert 'name="value"' not in browser.get(f"{answered.dossier()}?repere={call.markers[0].id}").text
        for where in (f"reperes/{call.markers[0].id}", "suite", "arret", "items/grid/leadership"):
            form = {"value": "Fort", "outcome": "retenu", "arrete": "true"}
            assert browser.post(f"{answered.dossier()}/{where}", data=form).status_code == 403


def test_a_value_is_refused_below_the_quorum(
    client: Browse, room: Room, people: dict[str, Person], answered: Sitting, call: Call
) -> None:
    chair, second = client(people["chair"]), call.markers[1].id
    answer(room, answered.jurors["juror"], answered.dossiers[0], second, "Fort")
    assert 'name="value"' not in chair.get(f"{answered.dossier()}?repere={second}").text
    refused = chair.post(f"{answered.dossier()}/reperes/{second}", data={"value": "Fort"})
    assert refused.status_code == 409
    assert refused.json()["message"].startswith("Jurés présents qui ont répondu sur ce repère")


def test_a_value_is_entered_corrected_and_never_over_another_unseen(
    client: Browse, room: Room, people: dict[str, Person], answered: Sitting, call: Call
) -> None:
    chair, first = client(people["chair"]), call.markers[0].id
    address = f"{answered.dossier()}/reperes/{first}"
    assert chair.post(address, data={"value": ""}).status_code == 400
    assert chair.post(address, data={"value": "Moyen"}).status_code == 400
    entered = chair.post(address, data={"value": "Fort", "comment": "Large."})
    assert entered.headers["location"].endswith(f"repere={call.markers[1].id}")
    assert chair.post(address, data={"value": "Faible"}).status_code == 409
    with room.reading() as reading:
        (value,) = collective.values_of(reading, people["chair"].viewer, answered.dossiers[0])
    assert chair.post(address, data={"value": "cannot-say", "replaces": str(value.id)}).status_code == 303
    page = chair.get(f"{answered.dossier()}?repere={first}").text
    assert "remplacé depuis" in page
    assert "checked" not in page


def test_what_is_said_meanwhile_is_told(
    client: Browse, room: Room, people: dict[str, Person], answered: Sitting, call: Call
) -> None:
    chair, first, juror = client(people["chair"]), call.markers[0].id, people["juror"]
    stamp = chair.get(f"{answered.dossier()}/etat").json()["stamp"]
    assert f'data-stamp="{stamp}"' in chair.get(answered.dossier()).text
    chair.post(f"{answered.dossier()}/reperes/{first}", data={"value": "Fort"})
    with room.reading() as reading:
        own = scores.mine(reading, juror.viewer, answered.dossiers[0])[first]
    answer(room, juror, answered.dossiers[0], first, "Fort", "Convaincu.", own.id)
    assert chair.get(f"{answered.dossier()}/etat").json()["stamp"] != stamp
    page = chair.get(f"{answered.dossier()}?repere={first}").text
    assert "soumis après la valeur collective" in page
    assert "*</span>" in page
    assert "dot--former" not in page  # the former answer was given in the session too


def test_settling_shuts_and_taking_up_opens_again(
    client: Browse, people: dict[str, Person], answered: Sitting, call: Call
) -> None:
    chair, first = client(people["chair"]), call.markers[0].id
    assert chair.post(f"{answered.dossier()}/arret", data={"arrete": "true"}).status_code == 303
    assert chair.post(f"{answered.dossier()}/reperes/{first}", data={"value": "Fort"}).status_code == 409
    assert 'name="value"' not in chair.get(f"{answered.dossier()}?repere={first}").text
    assert chair.post(f"{answered.dossier()}/arret", data={"arrete": "false"}).status_code == 303
    assert chair.post(f"{answered.dossier()}/reperes/{first}", data={"value": "Fort"}).status_code == 303


def test_a_juror_is_led_to_the_markers_that_they_left_blank_until_the_session_is_closed(
    client: Browse, room: Room, people: dict[str, Person], answered: Sitting, call: Call
) -> None:
    juror, second = client(people["juror"]), call.markers[1]
    own = f"/jury/dossiers/{answered.dossiers[0]}/lecture?repere={second.id}"
    page = juror.get(answered.dossier()).text
    assert own in page
    assert "Vous n’avez pas répondu à 11" in page
    assert "Vous n’avez pas répondu" not in client(people["instructor"]).get(answered.dossier()).text
    client(people["chair"]).post(f"{answered.address}/etat", data={"etat": "closed"})
    assert own not in juror.get(answered.dossier()).text
    assert "ou clos sa séance" in juror.get(own).text
    with room.reading() as reading:
        shown = scores.mine(reading, people["juror"].viewer, answered.dossiers[0])[call.markers[0].id]
    form = {"value": "Fort", "version": f"{shown.id}.0", "analysis": "1"}
    late = juror.post(f"/jury/dossiers/{answered.dossiers[0]}/reperes/{second.id}/soumission", data=form)
    assert late.status_code == 409
    assert late.json()["message"].startswith("Le jury a délibéré")


def test_a_retained_dossier_has_a_grid_and_a_second_outcome(
    client: Browse, room: Room, people: dict[str, Person], answered: Sitting, call: Call
) -> None:
    chair = client(people["chair"])
    assert "Faisabilité" not in chair.get(answered.dossier()).text
    assert chair.post(f"{answered.dossier()}/items/grid/leadership", data={"value": "A"}).status_code == 409
    assert chair.post(f"{answered.dossier()}/suite", data={"outcome": "roi"}).status_code == 400
    assert chair.post(f"{answered.dossier()}/suite", data={"outcome": "retenu"}).status_code == 409
    hold_all(room, call, answered, answered.dossiers[0])
    assert chair.post(f"{answered.dossier()}/suite", data={"outcome": "retenu"}).status_code == 303
    assert "Capacité de leadership" in chair.get(f"{answered.dossier()}?volet=grille").text
    assert chair.post(f"{answered.dossier()}/items/grid/leadership", data={"value": "A"}).status_code == 303
    assert chair.post(f"{answered.dossier()}/items/grid/inconnu", data={"value": "A"}).status_code == 404
    assert "l’appel en demande 3" in chair.get(f"{answered.dossier()}?volet=suite").text
    with room.reading() as reading:
        held = outcomes.of_dossiers(reading, people["chair"].viewer, answered.dossiers[0])[-1].id
    funded = {"outcome": "retenu-finance", "comment": "Déjà instruit.", "replaces": str(held)}
    assert chair.post(f"{answered.dossier()}/suite", data=funded).status_code == 409
    unread = {**funded, "sans_faisabilite": "oui"}
    untold = chair.post(f"{answered.dossier()}/suite", data={**unread, "comment": " "})
    assert untold.status_code == 409
    assert "le motif manque" in untold.text
    assert chair.post(f"{answered.dossier()}/suite", data=unread).status_code == 303
    minutes = chair.get(f"{answered.address}/proces-verbal").text
    assert "Suite arrêtée sans lecture de la faisabilité" in minutes
    assert "points de la faisabilité, ce que la présidence a confirmé" in minutes
    assert "0 sur 3 (quorum\N{NO-BREAK SPACE}: 3, non atteint)" in minutes
    grid = client(people["juror"]).get(f"/jury/dossiers/{answered.dossiers[0]}/faisabilite").text
    assert "Retenu et financé" in grid
    assert "Vous n’aviez rien soumis." in grid
    shown = chair.get(f"{answered.dossier()}?volet=grille").text
    assert "A\N{NO-BREAK SPACE}: satisfaisant" in shown
    assert "Retenu et financé" in chair.get(f"{answered.dossier()}?volet=suite").text


def test_kept_passages_open_at_their_words(
    client: Browse, room: Room, people: dict[str, Person], answered: Sitting, call: Call
) -> None:
    juror, dossier_id = people["juror"], answered.dossiers[0]
    with room.reading() as reading:
        sheet = dossiers.sheet(reading, juror.viewer, dossier_id)
    assert sheet is not None
    assert sheet.analysis is not None
    document = document_of(room.files, sheet.analysis.document)
    span = find(document, PASSAGES[0])
    with room.writing(juror.viewer.actor) as writing:
        here = Place(sheet.analysis.document, span, document.quote(span))
        gone = Place("0" * 64, span, "Des mots d'une autre lecture")
        choose(writing, juror.viewer, dossier_id, call.markers[0].id, here, Choice.KEPT)
        choose(writing, juror.viewer, dossier_id, call.markers[0].id, gone, Choice.KEPT)
    page = client(people["chair"]).get(f"{answered.dossier()}?repere={call.markers[0].id}").text
    assert f'data-place="passage-{span.start}-{span.end}"' in page
    assert "#page=2" in page
    assert "la page a pu changer" in page


def test_a_juror_who_has_not_declared_is_led_to_declare(
    client: Browse, room: Room, people: dict[str, Person], sitting: Sitting, store: Store, call: Call, tmp_path: Path
) -> None:
    new = make_dossier(store, tmp_path / "more", call, "Nouveau").dossier.id
    instructor = people["instructor"].viewer
    with room.writing(instructor.actor) as writing:
        session = deliberations.require(writing, instructor, sitting.id)
        jurors = tuple(person.id for person in sitting.jurors.values())
        changed = Plan(session.title, session.held_on, session.chair, jurors, (*sitting.dossiers, new))
        planning.amend(writing, instructor, sitting.id, changed)
    answered = client(people["chair"]).get(f"{sitting.address}/dossiers/{new}")
    address = f"{sitting.address}/dossiers/{new}"
    assert answered.headers["location"] == f"/jury/dossiers/{new}?suite={address}"
    chair = client(people["chair"])
    assert f'name="suite" value="{address}"' in chair.get(answered.headers["location"]).text
    said = chair.post(f"/jury/dossiers/{new}/declaration", data={"lien": "aucun", "suite": address})
    assert said.headers["location"] == address
    juror = client(people["juror"])
    form = {"lien": "family", "suite": address}
    assert juror.post(f"/jury/dossiers/{new}/declaration", data=form).headers["location"] == sitting.address
    third = client(sitting.jurors["third"])
    form = {"lien": "aucun", "suite": "//ailleurs.example"}
    assert third.post(f"/jury/dossiers/{new}/declaration", data=form).headers["location"] == "/"


def test_pages_ask_no_more_of_the_database_once_all_is_answered(
    client: Browse, room: Room, store: Store, people: dict[str, Person], call: Call, tmp_path: Path
) -> None:
    names = tuple(f"Dossier {number}" for number in range(8))
    sitting = sit(room, store, people, call, tmp_path / "pdf", names=names)
    browser = client(people["chair"])
    pages = (sitting.address, sitting.dossier(), f"{sitting.address}/proces-verbal", f"{sitting.address}/accord")
    few = [asked(browser, page) for page in pages]
    for person in sitting.jurors.values():
        for dossier_id in sitting.dossiers:
            for marker in call.markers[:3]:
                answer(room, person, dossier_id, marker.id, "Fort")
    assert [asked(browser, page) for page in pages] == few
    assert max(few) <= 28


def test_a_call_without_scale_takes_what_the_jury_says_in_words(
    client: Browse, room: Room, store: Store, people: dict[str, Person], tmp_path: Path
) -> None:
    call = load_call("hauts-de-france-2017")
    with room.writing("machine") as writing:
        calls.open_call(writing, call.id, None)
        for login in ("chair", "juror"):
            calls.seat(writing, call.id, people[login].id, chair=login == "chair")
    sitting = sit(room, store, people, call, tmp_path / "pdf")
    marker = call.markers[0].id
    for person in sitting.jurors.values():
        answer(room, person, sitting.dossiers[0], marker, None, "Un besoin bien situé.")
    chair = client(people["chair"])
    address = f"{sitting.dossier()}/reperes/{marker}"
    assert chair.post(address, data={"value": "Fort", "comment": ""}).status_code == 400
    assert chair.post(address, data={"comment": "Besoin partagé."}).status_code == 303
    synthesis = f"{sitting.dossier()}/items/synthesis/avis"
    assert chair.post(synthesis, data={"comment": "Avis favorable du comité."}).status_code == 303
    assert "Avis favorable" in chair.get(f"{sitting.dossier()}?volet=synthese").text
    assert "Un besoin bien situé." in chair.get(f"{sitting.dossier()}?repere={marker}").text
    page = chair.get(f"{sitting.dossier()}?volet=suite").text
    assert "ne définit pas de suites" in page
    assert "pas d’échelle" in chair.get(f"{sitting.address}/comparaison?dossier={sitting.dossiers[0]}").text
