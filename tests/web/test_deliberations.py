"""Sessions: who sees and plans them, opening and closing, graphs, agreement, minutes."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from pipeline.calls.model import Call
from store.database import Store
from store.people import chairing, collective, conflicts, deliberations, planning
from store.people.accounts import Person
from store.people.conflicts import ConflictKind
from store.people.planning import Plan
from store.people.room import Room
from store.records import Action
from tests.web.conftest import Browse, Browser
from tests.web.jury_material import Sitting, answer, hold_all, sit
from tests.web.material import entry_of, make_dossier
from web.french import today


@pytest.fixture
def planned(room: Room, store: Store, people: dict[str, Person], call: Call, tmp_path: Path) -> Sitting:
    return sit(room, store, people, call, tmp_path / "pdf", opened=False)


@pytest.fixture
def sitting(room: Room, store: Store, people: dict[str, Person], call: Call, tmp_path: Path) -> Sitting:
    return sit(room, store, people, call, tmp_path / "pdf")


@pytest.mark.parametrize(
    ("role", "status"), [("administrator", 403), ("instructor", 200), ("juror", 200), ("chair", 200), ("auditor", 200)]
)
def test_sessions_are_for_those_who_may_see_them(
    client: Browse, people: dict[str, Person], sitting: Sitting, role: str, status: int
) -> None:
    browser = client(people[role])
    for page in ("", "/accord", "/proces-verbal", f"/comparaison?dossier={sitting.dossiers[0]}"):
        assert browser.get(f"{sitting.address}{page}").status_code == status
    assert browser.get("/deliberations").status_code == status


def test_only_instructors_plan(client: Browse, people: dict[str, Person], planned: Sitting) -> None:
    for role in ("administrator", "juror", "chair", "auditor"):
        browser = client(people[role])
        assert browser.get("/deliberations/nouvelle").status_code == 403
        assert browser.post("/deliberations/nouvelle", data={"appel": "alpc-2016"}).status_code == 403
        assert browser.post(f"{planned.address}/modifier", data={}).status_code == 403


def test_a_session_is_planned_from_a_form(
    client: Browse, people: dict[str, Person], planned: Sitting, call: Call
) -> None:
    browser = client(people["instructor"])
    assert browser.get("/deliberations/nouvelle").headers["location"] == f"/deliberations/nouvelle?appel={call.id}"
    page = browser.get(f"/deliberations/nouvelle?appel={call.id}&q=moulin").text
    assert "Le Moulin" in page
    assert "Le Lavoir" not in page
    assert "checked" not in page
    first, second = planned.dossiers
    form = {
        "appel": call.id,
        "title": "Seconde matinée",
        "held_on": "2016-09-29",
        "chair": str(people["chair"].id),
        "jurors": [str(each.id) for each in planned.jurors.values()],
        "dossier": [first, second],
        "ligne": [first, second],
        "rang": ["2", "1"],
    }
    made = browser.post("/deliberations/nouvelle", data=form)
    assert made.status_code == 303
    page = browser.get(made.headers["location"]).text
    assert page.index("Le Moulin") < page.index("Le Lavoir")
    for wrong, said in (
        ({"held_on": "demain"}, "Indiquez le jour"),
        ({"title": " "}, "intitulé"),
        ({"dossier": []}, "1 à"),
    ):
        refused = browser.post("/deliberations/nouvelle", data=form | wrong)
        assert refused.status_code == 400
        assert said in refused.text
        assert "Seconde matinée" in refused.text or "title" in wrong


def test_a_search_keeps_what_is_filled(client: Browse, people: dict[str, Person], planned: Sitting, call: Call) -> None:
    browser = client(people["instructor"])
    first, second = planned.dossiers
    form = {
        "appel": call.id,
        "title": "Seconde matinée",
        "jurors": [str(people["juror"].id)],
        "dossier": [first],
        "ligne": [first, second],
        "rang": ["7", ""],
        "q": "moulin",
        "etat": "a-instruire",
        "chercher": "oui",
    }
    for address in ("/deliberations/nouvelle", f"{planned.address}/modifier"):
        page = browser.post(address, data=form)
        assert page.status_code == 200
        for kept in ("Seconde matinée", 'value="7"', 'value="moulin"', 'value="a-instruire" selected'):
            assert kept in page.text
        assert page.text.count(" checked") == 2
        assert "Le Moulin" in page.text
        nothing = browser.post(address, data=form | {"etat": "complet"})
        assert "Le Moulin" not in nothing.text
        assert "Le Lavoir" in nothing.text


def test_a_filter_of_the_table_chooses_its_dossiers(
    client: Browse, people: dict[str, Person], planned: Sitting, call: Call
) -> None:
    page = client(people["instructor"]).get(f"/deliberations/nouvelle?appel={call.id}&filtre=recherche%3Dmoulin").text
    assert page.count(f'name="dossier" value="{planned.dossiers[1]}" id="dossier-1" checked') == 1
    assert planned.dossiers[0] not in page


def test_the_chair_alone_opens_and_closes(client: Browse, people: dict[str, Person], planned: Sitting) -> None:
    for role in ("instructor", "juror", "auditor"):
        assert client(people[role]).post(f"{planned.address}/etat", data={"etat": "open"}).status_code == 403
    chair = client(people["chair"])
    assert chair.get(planned.dossier()).headers["location"] == planned.address
    assert chair.post(f"{planned.address}/etat", data={"etat": "open"}).status_code == 400
    here = {"etat": "open", "present": [str(people["juror"].id)]}
    assert chair.post(f"{planned.address}/etat", data=here).status_code == 303
    assert chair.post(f"{planned.address}/etat", data=here).status_code == 409
    assert chair.post(f"{planned.address}/etat", data={"etat": "closed"}).status_code == 303
    assert chair.post(f"{planned.dossier()}/arret", data={"arrete": "true"}).status_code == 409


def test_opening_tells_what_it_shows_and_asks_who_is_present(
    client: Browse, room: Room, people: dict[str, Person], planned: Sitting, call: Call
) -> None:
    first = planned.dossiers[0]
    for marker in call.markers:
        answer(room, people["juror"], first, marker.id, "Fort")
    answer(room, people["chair"], first, call.markers[0].id, "Faible")
    browser = client(people["chair"])
    assert f'href="{planned.address}/etat"' in browser.get(planned.address).text
    asked = browser.get(f"{planned.address}/etat").text
    assert "seront montrées à tous les présents" in asked
    assert "checked" not in asked
    nought = "\N{NO-BREAK SPACE}juré"
    assert f"1 sur 3{nought}s" in asked
    assert f"<strong>1{nought}</strong>" in asked
    assert f"<strong>3{nought}s</strong>" in asked
    assert "Faible" not in asked
    here = [str(people["juror"].id), "999"]
    browser.post(f"{planned.address}/etat", data={"etat": "open", "present": here})
    with room.reading() as reading:
        there = deliberations.attending(reading, planned.id)
    assert set(there) == {people["chair"].id, people["juror"].id}
    assert client(planned.jurors["third"]).get(planned.address).status_code == 404


def test_opening_tells_of_another_day_and_of_dossiers_that_could_not_be_read(
    client: Browse, room: Room, store: Store, people: dict[str, Person], planned: Sitting, call: Call, tmp_path: Path
) -> None:
    chair = client(people["chair"])
    for page in ("", "/etat"):
        assert "non lu" not in chair.get(f"{planned.address}{page}").text
    assert "Cette séance est prévue le" not in chair.get(f"{planned.address}/etat").text
    made = make_dossier(store, tmp_path / "pdf", call, "Le Coffre")
    entry = entry_of(made.dossier, made.document, made.analysis, made.stored, "", 0, "33")
    store.index(replace(entry, unreadable=True))
    seats = (people["chair"].id, people["juror"].id)
    later = Plan("Jury", today() + timedelta(days=3), seats[0], seats, (planned.dossiers[0], made.dossier.id))
    with room.writing(people["instructor"].viewer.actor) as writing:
        address = f"/deliberations/{planning.plan(writing, people['instructor'].viewer, call.id, later)}"
    asked = chair.get(f"{address}/etat").text
    assert "Cette séance est prévue le" in asked
    assert "Dossiers que le programme n’a pas pu lire\N{NO-BREAK SPACE}: Le Coffre" in asked
    assert "non lu" in chair.get(address).text


def test_closing_tells_what_it_leaves_undone(
    client: Browse, room: Room, people: dict[str, Person], sitting: Sitting, call: Call
) -> None:
    chair = client(people["chair"])
    untouched = chair.get(f"{sitting.address}/etat").text
    assert "Dossiers jamais examinés\N{NO-BREAK SPACE}: 2" in untouched
    hold_all(room, call, sitting, sitting.dossiers[0])
    begun = chair.get(f"{sitting.address}/etat").text
    for said in ("jamais examinés", "lecture n’est pas arrêtée", "suite n’est pas arrêtée"):
        assert f"{said}\N{NO-BREAK SPACE}: 1" in begun
    agenda = chair.get(sitting.address).text
    assert "commencée, non arrêtée" in agenda
    assert "à faire" in agenda
    for dossier_id in sitting.dossiers:
        if dossier_id == sitting.dossiers[1]:
            hold_all(room, call, sitting, dossier_id)
        here = f"{sitting.address}/dossiers/{dossier_id}"
        chair.post(f"{here}/suite", data={"outcome": "non-retenu"})
        chair.post(f"{here}/arret", data={"arrete": "true"})
    done = chair.get(f"{sitting.address}/etat").text
    assert "a ses valeurs collectives et sa suite" in done
    assert chair.post(f"{sitting.address}/etat", data={"etat": "closed"}).status_code == 303
    assert chair.get(f"{sitting.address}/etat").headers["location"] == sitting.address


def test_conflicts_that_leave_too_few_jurors_are_told_with_what_to_do(
    client: Browse, room: Room, people: dict[str, Person], planned: Sitting
) -> None:
    juror, chair = people["juror"], people["chair"]
    with room.writing(juror.viewer.actor) as writing:
        conflicts.declare(writing, juror.viewer, planned.dossiers[0], ConflictKind.FAMILY)
    said = "Il reste 2\N{NO-BREAK SPACE}jurés"
    for browser in (client(people["instructor"]), client(chair)):
        page = browser.get(planned.address).text
        assert said in page
        assert "ajouter à la séance un autre juré" in page
    assert said in client(chair).get(f"{planned.address}/etat").text
    with room.writing(chair.viewer.actor) as writing:
        chairing.start(writing, chair.viewer, planned.id)
    assert "Jurés présents sans conflit d’intérêts" in client(chair).get(planned.dossier()).text
    assert "Jurés présents sans conflit d’intérêts" not in client(chair).get(planned.dossier(1)).text


def test_a_chair_in_conflict_is_told_to_the_instructor(
    client: Browse, room: Room, people: dict[str, Person], planned: Sitting
) -> None:
    chair = people["chair"].viewer
    with room.writing(chair.actor) as writing:
        conflicts.declare(writing, chair, planned.dossiers[0], ConflictKind.FAMILY)
    assert "La présidence ne peut rien y saisir" in client(people["instructor"]).get(planned.address).text


def test_names_hostile_to_html_are_only_text(client: Browse, people: dict[str, Person], sitting: Sitting) -> None:
    browser = client(people["instructor"])
    for page in ("/deliberations", sitting.address, f"{sitting.address}/proces-verbal", sitting.dossier()):
        text = browser.get(page).text
        assert "<b>d" not in text
        assert "<i>Juror" not in text


def test_a_dossier_in_conflict_is_on_no_page_of_who_withdraws(
    client: Browse, room: Room, people: dict[str, Person], sitting: Sitting
) -> None:
    juror = people["juror"]
    with room.writing(juror.viewer.actor) as writing:
        conflicts.declare(writing, juror.viewer, sitting.dossiers[0], ConflictKind.FAMILY, "Ma sœur y travaille.")
    theirs, chair = client(juror), client(people["chair"])
    for page in ("", "/proces-verbal", "/proces-verbal.docx"):
        assert "Le Lavoir" not in _text(theirs, f"{sitting.address}{page}")
    assert theirs.get(sitting.dossier()).status_code == 404
    assert theirs.get(f"{sitting.dossier()}/etat").status_code == 404
    shown = chair.get(sitting.dossier()).text
    assert "Se retire pour conflit d’intérêts" in shown
    assert "Ma sœur" not in shown
    assert juror.name.split()[0] in _text(chair, f"{sitting.address}/proces-verbal.docx")


def test_the_graph_shows_what_was_held_and_what_was_said_before(
    client: Browse, room: Room, people: dict[str, Person], sitting: Sitting, call: Call
) -> None:
    marker, second = call.markers[:2]
    for person, value in zip(sitting.jurors.values(), ("Fort", "Fort", "Faible"), strict=True):
        answer(room, person, sitting.dossiers[0], marker.id, value)
        answer(room, person, sitting.dossiers[0], second.id, None)
    chair = people["chair"].viewer
    with room.writing(chair.actor) as writing:
        collective.set_value(
            writing, chair, sitting.id, sitting.dossiers[0], marker.id,
            value="Intermédiaire", comment="", replaces=None,
        )  # fmt: skip
        collective.set_value(
            writing, chair, sitting.id, sitting.dossiers[0], second.id, value=None, comment="", replaces=None
        )
    browser = client(people["auditor"])
    asked = "&".join(f"dossier={each}" for each in sitting.dossiers)
    both = browser.get(f"{sitting.address}/comparaison?{asked}").text
    assert both.count('class="radar__line radar--') == 4  # two lines, two keys
    assert f"(Le Lavoir), {marker.title} : Intermédiaire".replace(" : ", "\N{NO-BREAK SPACE}: ") in both
    assert both.count("<td>Le jury ne se prononce pas</td>") == 1
    before = browser.get(f"{sitting.address}/comparaison?dossier={sitting.dossiers[0]}&avant=oui").text
    assert before.count("radar__line radar--juror") == len(sitting.jurors) + 1
    assert browser.get(f"{sitting.address}/comparaison").status_code == 303


def test_agreement_is_of_markers_alone(
    client: Browse, room: Room, people: dict[str, Person], sitting: Sitting, call: Call
) -> None:
    first, second = call.markers[:2]
    for person in sitting.jurors.values():
        for dossier_id, value in zip(sitting.dossiers, ("Fort", "Faible"), strict=True):
            answer(room, person, dossier_id, first.id, value)
        answer(room, person, sitting.dossiers[0], second.id, "Fort")
    page = client(people["auditor"]).get(f"{sitting.address}/accord").text
    assert "1,00" in page
    assert page.count("Il faut au moins deux dossiers") == len(call.markers) - 1
    assert "Le Lavoir" not in page
    assert people["juror"].name not in page


def test_minutes_are_written_and_told(
    client: Browse, room: Room, store: Store, people: dict[str, Person], sitting: Sitting, call: Call
) -> None:
    marker = call.markers[0]
    for person in sitting.jurors.values():
        answer(room, person, sitting.dossiers[0], marker.id, "Fort")
    chair = client(people["chair"])
    hostile = "Un collectif <script>réel</script>\x0b."
    form = {"value": "Fort", "comment": hostile}
    assert chair.post(f"{sitting.dossier()}/reperes/{marker.id}", data=form).status_code == 303
    hold_all(room, call, sitting, sitting.dossiers[0])
    assert chair.post(f"{sitting.dossier()}/suite", data={"outcome": "retenu", "comment": "Motif."}).status_code == 303
    text = _text(chair, f"{sitting.address}/proces-verbal.docx")
    for said in ("Fort", "Un collectif <script>réel</script>.", "Retenu", "Motif.", "Signatures", "provisoire"):
        assert said in text
    assert "3 sur 3" in text
    assert "Les Jardins du Lavoir (Le Lavoir)" in text
    assert "lu par le programme dans le dossier" in text
    assert text.count("Le jury n’a arrêté la valeur collective d’aucun repère.") == 1
    assert text.count("La lecture de ce dossier n’a pas été arrêtée.") == 2
    assert text.count("Aucun juré présent n’a déclaré de conflit d’intérêts.") == 2
    assert "Repères" not in text
    assert text.count("Ce que le jury en dit") == 1
    page = chair.get(f"{sitting.address}/proces-verbal").text
    assert "&lt;script&gt;réel" in page
    (told,) = store.journal(f"session:{sitting.id}", Action.EXPORTED)
    assert told.data["what"] == "minutes"
    plan = client(people["instructor"]).get(f"/deliberations/nouvelle?appel={call.id}").text
    assert plan.count("suite arrêtée\N{NO-BREAK SPACE}: Retenu") == 1
    file = Document(BytesIO(chair.get(f"{sitting.address}/proces-verbal.docx").content))
    widths = [column.width for column in file.tables[0].columns]
    assert widths == [cell.width for cell in file.tables[0].rows[1].cells]  # as some word processors and others read
    assert max(widths) == widths[2]  # of what the jury says
    assert all(each.paragraph_format.keep_with_next for each in file.paragraphs if each.text.startswith("Aucun juré"))


def test_minutes_say_when_nothing_was_declared(
    client: Browse, room: Room, store: Store, people: dict[str, Person], call: Call, tmp_path: Path
) -> None:
    first, second, third = (make_dossier(store, tmp_path / "pdf", call, name).dossier.id for name in "ABC")
    chair, juror, instructor = (people[name].viewer for name in ("chair", "juror", "instructor"))
    plan = Plan("Jury", date(2016, 9, 28), chair.id, (chair.id, juror.id), (first, second, third))
    with room.writing(instructor.actor) as writing:
        session_id = planning.plan(writing, instructor, call.id, plan)
    with room.writing(juror.actor) as writing:
        conflicts.declare(writing, juror, second, None)
        conflicts.declare(writing, juror, third, ConflictKind.FAMILY, "Ma sœur.")
    with room.writing(chair.actor) as writing:
        chairing.start(writing, chair, session_id)
    for address in (f"/deliberations/{session_id}/proces-verbal", f"/deliberations/{session_id}/proces-verbal.docx"):
        text = _text(client(people["instructor"]), address)
        said = (
            "Personne n’a fait de déclaration sur ce dossier.",
            "Aucun juré présent n’a déclaré de conflit d’intérêts.",
            "Retrait pour conflit d’intérêts",
        )
        places = [text.index(each) for each in said]
        assert places == sorted(places)
        assert [text.count(each) for each in said] == [1, 1, 1]


def _text(browser: Browser, address: str) -> str:
    """The words of a page, or of a .docx file."""
    answered = browser.get(address)
    assert answered.status_code == 200
    if not address.endswith(".docx"):
        return answered.text
    file = Document(BytesIO(answered.content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])
