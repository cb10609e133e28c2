"""Dossiers that stop here, on the pages of each; findings that people settled; figures that agree."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.analysis import SectionStatus
from pipeline.calls.model import Call
from store.database import Store
from store.people import calls, conflicts, decisions, states
from store.people.accounts import Person
from store.people.decisions import Kind, Settlement, Statement
from store.people.room import Room
from store.people.states import Reason, State
from tests.web.conftest import Browse
from tests.web.jury_material import sit
from tests.web.material import Made, make_dossier
from web.views.machine import finding_key

TABLE = "/appels/alpc-2016/dossiers"


@pytest.fixture
def made(store: Store, people: dict[str, Person], call: Call, tmp_path: Path) -> Sequence[Made]:
    """Three dossiers: field 3 of « Alpha » is absent."""
    return (
        make_dossier(store, tmp_path, call, "Alpha", statuses={"3": SectionStatus.ABSENT}),
        make_dossier(store, tmp_path, call, "Bêta"),
        make_dossier(store, tmp_path, call, "Gamma"),
    )


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text.replace("\N{NO-BREAK SPACE}", " ")))


def _shown(page: str) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]*)</a>', page)


def _drop(room: Room, person: Person, one: Made, reason: Reason = Reason.DUPLICATE) -> None:
    with room.writing(person.viewer.actor) as writing:
        states.mark(writing, [one.dossier.id], State.DROPPED, reason=reason)


def _settle(room: Room, person: Person, one: Made) -> None:
    (finding,) = one.analysis.findings
    said = Statement(Kind.FINDING, finding_key(finding), Settlement.SETTLED, "", None, one.stored.id)
    with room.writing(person.viewer.actor) as writing:
        decisions.decide(writing, person.viewer, one.dossier.id, said)


def test_it_is_dropped_from_its_page_for_a_reason_then_taken_up_again(
    client: Browse, people: dict[str, Person], room: Room, made: Sequence[Made]
) -> None:
    browser, dossier = client(people["instructor"]), made[0].dossier.id
    asked = {"state": "dropped", "avant": "open"}
    assert browser.post(f"/dossiers/{dossier}/etat", data=asked).status_code == 400
    assert browser.post(f"/dossiers/{dossier}/etat", data=asked | {"reason": "trial"}).status_code == 303
    page = browser.get(f"/dossiers/{dossier}").text
    assert "sans suite dossier d’essai" in _plain(page)
    assert ">Marquer complet</button>" not in page
    again = {"state": "dropped", "avant": "dropped", "reason": "late"}
    assert browser.post(f"/dossiers/{dossier}/etat", data=again).status_code == 303
    assert "sans suite hors délai" in _plain(browser.get(f"/dossiers/{dossier}").text)
    assert browser.post(f"/dossiers/{dossier}/etat", data={"state": "open", "avant": "dropped"}).status_code == 303
    with room.reading() as reading:
        assert states.of_dossier(reading, people["instructor"].viewer, dossier).reason is None


def test_those_of_a_filter_are_dropped_and_given_back(
    client: Browse, people: dict[str, Person], made: Sequence[Made]
) -> None:
    browser = client(people["instructor"])
    asked = {"action": "sans-suite:withdrawn", "portee": "filtre", "total": "3", "filtre": "tri=nom"}
    done = browser.post(f"{TABLE}/actions", data=asked).headers["location"]
    assert "3 dossiers marqués « sans suite » (retiré par le porteur)" in _plain(browser.get(done).text)
    assert _shown(browser.get(f"{TABLE}?etat=sans-suite").text) == ["Alpha", "Bêta", "Gamma"]
    told = browser.get(f"{TABLE}.csv").content.decode("utf-8-sig").splitlines()
    assert "Personnes : Motif du « sans suite »" in told[0]
    assert all("sans suite;retiré par le porteur" in line for line in told[1:])
    assert browser.post(f"{TABLE}/actions/1/annuler", data={"filtre": "tri=nom"}).status_code == 303
    assert _shown(browser.get(f"{TABLE}?etat=a-instruire").text) == ["Alpha", "Bêta", "Gamma"]
    unknown = {**asked, "action": "sans-suite:ecarte"}
    assert browser.post(f"{TABLE}/actions", data=unknown).status_code == 400


def test_it_is_not_given_to_the_jury_which_is_told(
    client: Browse, people: dict[str, Person], room: Room, made: Sequence[Made]
) -> None:
    _drop(room, people["instructor"], made[0])
    browser = client(people["instructor"])
    with room.writing("machine") as writing:
        calls.seat(writing, "alpc-2016", people["juror"].id, chair=False)
    asked = {"action": "jury:tous", "portee": "filtre", "total": "3", "filtre": "tri=nom", "confirme": "true"}
    done = browser.post(f"{TABLE}/actions", data=asked).headers["location"]
    told = _plain(browser.get(done).text)
    assert "2 dossiers donnés à lire" in told
    assert "1 laissé, car sans suite" in told
    assert "l’était déjà" not in told


def test_a_juror_who_has_it_is_told(
    client: Browse, people: dict[str, Person], room: Room, made: Sequence[Made], call: Call
) -> None:
    juror, dossier = people["juror"], made[0].dossier.id
    with room.writing("machine") as writing:
        calls.assign(writing, juror.id, [dossier])
    with room.writing(juror.viewer.actor) as writing:
        conflicts.declare(writing, juror.viewer, dossier, None)
    _drop(room, people["instructor"], made[0])
    browser = client(juror)
    page = _plain(browser.get(f"/jury?appel={call.id}").text)
    assert "sans suite 1" in page
    assert "Continuer" not in page
    assert "« sans suite » (doublon)" in _plain(browser.get(f"/jury/dossiers/{dossier}").text)


def test_it_is_not_among_those_to_choose_for_a_session_unless_it_is_there(
    client: Browse, people: dict[str, Person], room: Room, store: Store, call: Call, tmp_path: Path
) -> None:
    planned = sit(room, store, people, call, tmp_path / "pdf", opened=False)
    browser = client(people["instructor"])
    with room.writing(people["instructor"].viewer.actor) as writing:
        states.mark(writing, [planned.dossiers[0]], State.DROPPED, reason=Reason.LATE)
    assert planned.dossiers[0] not in browser.get(f"/deliberations/nouvelle?appel={call.id}").text
    all_dropped = f"/deliberations/nouvelle?appel={call.id}&filtre=etat%3Dsans-suite"
    assert planned.dossiers[0] not in browser.get(all_dropped).text
    page = browser.get(f"{planned.address}/modifier").text
    assert planned.dossiers[0] in page
    assert "sans suite : hors délai" in _plain(page)


def test_calls_and_audit_count_every_dossier_once(
    client: Browse, people: dict[str, Person], room: Room, store: Store, made: Sequence[Made], call: Call
) -> None:
    _drop(room, people["instructor"], made[0])
    with room.writing(people["instructor"].viewer.actor) as writing:
        states.mark(writing, [made[1].dossier.id], State.COMPLETE)
        for field in call.fields:
            said = Statement(Kind.FIELD, field.id, "present")
            decisions.decide(writing, people["instructor"].viewer, made[2].dossier.id, said)
    told = _plain(client(people["instructor"]).get("/appels").text)
    assert "À instruire 1 Complets 1 Pièces demandées 0 Sans suite 1" in told
    assert "Marqués complets ou pièces demandées 1 / 2" in told
    assert "Tous les champs décidés 1 / 2" in told
    told = _plain(client(people["auditor"]).get(f"/audit/{call.id}").text)
    assert "État : sans suite, doublon 1" in told
    assert "Tous les champs décidés 1 / 2" in told


def test_a_settled_finding_is_no_more_counted_and_is_told_in_the_file(
    client: Browse, people: dict[str, Person], room: Room, made: Sequence[Made]
) -> None:
    browser, code = client(people["instructor"]), made[0].analysis.findings[0].code
    assert len(_shown(browser.get(f"{TABLE}?constat={code}").text)) == 3
    _settle(room, people["instructor"], made[0])
    assert _shown(browser.get(f"{TABLE}?constat={code}").text) == ["Bêta", "Gamma"]
    assert _shown(browser.get(f"{TABLE}?constat=aucun").text) == ["Alpha"]
    assert _shown(browser.get(f"{TABLE}?constat-releve={code}").text) == ["Alpha", "Bêta", "Gamma"]
    assert " : réglé" in _plain(browser.get(TABLE).text)
    told = browser.get(f"{TABLE}.csv").content.decode("utf-8-sig").splitlines()
    assert "Personnes : Constats décidés" in told[0]
    assert [": réglé" in line for line in told[1:]] == [True, False, False]


def test_the_desk_tells_what_is_to_be_asked_for_from_what_is_to_be_concluded(
    client: Browse, people: dict[str, Person], room: Room, made: Sequence[Made], call: Call
) -> None:
    person = people["instructor"]
    with room.writing(person.viewer.actor) as writing:
        states.entrust(writing, [one.dossier.id for one in made], person.id)
        for one, last in ((made[0], "absent"), (made[1], "present")):
            for field in call.fields:
                value = last if field == call.fields[-1] else "present"
                decisions.decide(writing, person.viewer, one.dossier.id, Statement(Kind.FIELD, field.id, value))
    _settle(room, person, made[1])
    _drop(room, person, made[2])
    browser = client(person)
    assert _shown(browser.get("/mes-dossiers?reste=a-demander").text) == ["Alpha"]
    assert _shown(browser.get("/mes-dossiers?reste=a-conclure").text) == ["Bêta"]
    told = _plain(browser.get("/mes-dossiers").text)
    assert "Demander des pièces : 1 champ décidé absent ou insuffisant, régler 1 constat" in told
    assert "Conclure : tous les champs sont décidés ," not in told
    assert "Rien : sans suite" in told
    assert "reçu le" in told
    asked = {"action": "etat:complet", "portee": "filtre", "total": "3", "filtre": "tri=nom"}
    page = browser.post(f"{TABLE}/actions", data=asked).text
    assert "Dans 1 de ces dossiers" in _plain(page)
    assert f'href="/dossiers/{made[0].dossier.id}?filtre=tri%3Dnom">Alpha</a>' in page
    (href,) = re.findall(r'href="([^"]*manque[^"]*)"', page)
    assert _shown(browser.get(href.replace("&amp;", "&")).text) == ["Alpha"]
