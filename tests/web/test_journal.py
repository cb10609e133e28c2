"""The journal's page, its verification and its export."""

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.calls.model import Call
from store.canonical import Json, digest_of
from store.database import Store
from store.journal import head
from store.people import accounts
from store.people.accounts import Person
from store.people.history import Choice
from store.people.room import Room
from store.people.viewers import Role
from store.records import Action
from tests.databases import Tamper
from tests.web.conftest import Browse
from tests.web.material import make_dossier
from web.screens import journal as screen
from web.views import verification
from web.views.journal import ACTIONS, COLUMNS
from web.views.journal_filter import SHOWN, Asked, understood

pytestmark = pytest.mark.usefixtures("people")


def test_who_reads_the_journal(client: Browse, people: dict[str, Person]) -> None:
    answers = {name: client(person).get("/journal").status_code for name, person in people.items()}
    assert answers == {"administrator": 200, "auditor": 200, "instructor": 403, "juror": 403, "chair": 403}
    assert client(people["juror"]).get("/journal.csv").status_code == 403
    assert client(people["juror"]).post("/journal/verifier").status_code == 403


def test_events_are_told_in_french_and_filtered(client: Browse, people: dict[str, Person]) -> None:
    browser = client(people["auditor"])
    page = browser.get("/journal").text
    assert "Compte créé" in page
    assert "Connexion" in page
    assert "Programme" in page
    narrowed = browser.get("/journal?action=call-opened").text
    assert "<strong>1\N{NO-BREAK SPACE}événement</strong> dans ce filtre" in narrowed
    assert "Aucun événement" in browser.get("/journal?acteur=person:1&du=2000-01-01&au=2000-01-02").text


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("action", "nimporte", "Action inconnue."),
        ("acteur", "person:9999", "Auteur inconnu."),
        ("appel", "inconnu", "Appel inconnu."),
        ("seance", "première", "Numéro de séance attendu, en chiffres."),
        ("seance", "²", "Numéro de séance attendu, en chiffres."),
        ("du", "hier", "Date attendue."),
        ("du", "0001-01-01", "Date attendue."),
        ("au", "9999-12-31", "Date attendue."),
    ],
)
def test_what_is_not_understood_is_told_and_the_rest_holds(
    name: str, value: str, said: str, client: Browse, people: dict[str, Person]
) -> None:
    asked = {"action": "call-opened", "acteur": "machine"}
    right = "<strong>1\N{NO-BREAK SPACE}événement</strong> dans ce filtre"
    browser = client(people["auditor"])
    assert right in browser.get("/journal", params=asked).text
    page = browser.get("/journal", params=asked | {name: value}).text
    assert f"{said} Ce critère n’est pas appliqué." in page
    assert f'id="{name}-erreur"' in page
    assert page.count('<span class="field__error"') == 1
    if name not in ("action", "acteur"):
        assert right in page
    rows = browser.get("/journal.csv", params={"action": "call-opened", name: value}).text.split("\r\n")[1:-1]
    assert len(rows) == 1 or name == "action"


def test_days_that_end_before_they_begin_are_told(client: Browse, people: dict[str, Person]) -> None:
    page = client(people["auditor"]).get("/journal?du=2016-02-01&au=2016-01-01").text
    assert "Ce jour vient avant le premier\N{NO-BREAK SPACE}: aucun événement" in page
    assert "Aucun événement ne répond à ce filtre." in page


def test_older_events_are_on_the_next_page(client: Browse, people: dict[str, Person], room: Room) -> None:
    with room.writing("machine") as writing:
        for _ in range(60):
            writing.tell(Action.EXPORTED, "call:alpc-2016", {"kind": "csv"})
    browser = client(people["auditor"])
    page = browser.get("/journal?action=exported").text
    assert page.count('<th scope="row">Export</th>') == 50
    link = page.split('<a href="/journal?', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    assert browser.get(f"/journal?{link}").text.count('<th scope="row">Export</th>') == 10


def test_the_machine_verifies_on_request(client: Browse, people: dict[str, Person], store: Store) -> None:
    browser = client(people["auditor"])
    assert "Le journal n’a pas encore été vérifié." in browser.get("/journal").text
    assert browser.post("/journal/verifier").headers["location"] == "/journal#verification"
    asked = browser.get("/journal").text
    assert "Une vérification est demandée depuis le" in asked
    assert 'data-live="/journal/verification"' in asked
    assert store.verify_if_asked()
    for address in ("/journal", "/journal/verification"):
        page = browser.get(address).text
        assert "Le journal était intact le" in page
        assert "Rien d’autre n’a été écrit depuis." in page
        assert "empreinte <code>" in page
        assert "data-live=" not in page
        assert "notice--success" in page


def test_a_verification_says_what_it_does_not_cover(
    client: Browse, people: dict[str, Person], room: Room, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client(people["auditor"])
    browser.post("/journal/verifier")
    store.verify_if_asked()
    with room.writing("machine") as writing:
        writing.tell(Action.EXPORTED, "call:alpc-2016", {"what": "triage"})
    assert "Depuis, 1\N{NO-BREAK SPACE}événement a été ajouté" in browser.get("/journal").text
    monkeypatch.setattr(verification, "NEW_FOR", timedelta(0))
    page = browser.get("/journal").text
    assert "Le journal était intact le" in page
    assert "notice--success" not in page


def test_a_second_request_waits_for_the_same_verification(
    client: Browse, people: dict[str, Person], store: Store
) -> None:
    for name in ("auditor", "administrator"):
        client(people[name]).post("/journal/verifier")
    asked = store.journal(action=Action.VERIFICATION_ASKED)
    assert [event.actor for event in asked] == [people["auditor"].viewer.actor]
    assert store.verify_if_asked()
    assert not store.verify_if_asked()
    assert [event.data["problems"] for event in store.journal(action=Action.JOURNAL_VERIFIED)] == [0]


def test_a_broken_journal_says_where_and_what_to_do(
    client: Browse, people: dict[str, Person], room: Room, tamper: Tamper, store: Store
) -> None:
    with room.writing("machine") as writing:
        for number in range(5):
            writing.tell(Action.EXPORTED, "call:alpc-2016", {"what": "triage", "rows": number})
    tamper("UPDATE journal SET data = '{}' WHERE sequence = 9")
    browser = client(people["auditor"])
    browser.post("/journal/verifier")
    store.verify_if_asked()
    page = browser.get("/journal").text
    assert "L’événement n°\N{NO-BREAK SPACE}9 a été modifié après coup." in page
    assert "Le journal est rompu à l’événement" in page
    assert "(n°\N{NO-BREAK SPACE}1 à 8)" in page
    assert "gardez une copie de la base" in page
    assert "Le journal était intact" not in page


def test_an_event_that_says_nothing_any_more_hides_no_other(
    client: Browse, people: dict[str, Person], room: Room, tamper: Tamper, store: Store
) -> None:
    with room.writing("machine") as writing:
        for _ in range(60):
            writing.tell(Action.EXPORTED, "call:alpc-2016", {"what": "triage"})
        last = head(writing.connection).sequence
    tamper("UPDATE journal SET action = 'bogus' WHERE sequence = (SELECT max(sequence) - 3 FROM journal)")
    browser = client(people["auditor"])
    page = browser.get("/journal?acteur=machine").text
    assert page.count('<th scope="row">') == 50
    assert 'rel="next"' in page
    browser.post("/journal/verifier")
    store.verify_if_asked()
    assert f"L’événement n°\N{NO-BREAK SPACE}{last - 3} a été modifié" in browser.get("/journal").text


def test_names_are_not_formulas_in_the_export(client: Browse, people: dict[str, Person], room: Room) -> None:
    with room.writing("machine") as writing:
        named = accounts.add(writing, "formule", "=HYPERLINK(1)", Role.AUDITOR, None)
    with room.writing(named.viewer.actor) as writing:
        writing.tell(Action.EXPORTED, "call:alpc-2016", {"what": "triage"})
    answer = client(people["auditor"]).get(f"/journal.csv?acteur=person:{named.id}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\N{BYTE ORDER MARK}")), delimiter=";"))
    assert tuple(rows[0]) == COLUMNS
    assert [row[2:5] for row in rows[1:]] == [["'=HYPERLINK(1)", "Export", "Appel ALPC 2016"]]
    sequence, at, *_, actor, action, subject, data, previous, seal = rows[1]
    sealed: dict[str, Json] = {
        "sequence": int(sequence),
        "at": at,
        "actor": actor,
        "action": action,
        "subject": subject,
        "data": json.loads(data),
        "previous": previous,
    }
    assert digest_of(sealed) == seal  # the file alone proves what it says


def test_the_export_comes_part_by_part_and_is_told(
    client: Browse, people: dict[str, Person], room: Room, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "_PART", 7)
    with room.writing("machine") as writing:
        for number in range(40):
            writing.tell(Action.EXPORTED, "call:alpc-2016", {"what": "triage", "rows": number})
    answer = client(people["auditor"]).get("/journal.csv?action=exported")
    numbers = [row.split(";")[0] for row in answer.text.split("\r\n")[1:-1]]
    assert len(numbers) == 40
    assert numbers == sorted(numbers, key=int, reverse=True)
    told = store.journal(subject="journal")
    assert [(event.action, event.data["what"], event.data["events"]) for event in told] == [("exported", "journal", 40)]


def test_all_that_is_told_is_in_french(client: Browse, people: dict[str, Person], room: Room) -> None:
    number = people["juror"].id
    for actor in ("terminal", "demo", "bench"):
        with room.writing(actor) as writing:
            writing.tell(Action.CALL_SET, "call:alpc-2016", {"deadline": "2016-09-05", "quorum": 3, "retention": None})
            writing.tell(Action.DOSSIER_ASSIGNED, f"dossier:{'a' * 64}", {"person": number})
            writing.tell(Action.DECISION_MADE, f"dossier:{'a' * 64}", {"kind": "field", "key": "3", "value": "thin"})
    page = client(people["auditor"]).get("/journal").text
    space = "\N{NO-BREAK SPACE}"
    for words in (
        "<td>Terminal de la machine</td>",
        "<td>Préparation de la démonstration</td>",
        f"date limite{space}: 5 septembre 2016, quorum{space}: 3<",
        f"personne{space}: {people['juror'].name}".replace("'", "’"),
        f"champ{space}: 3, valeur{space}: insuffisant",
        "Dossier aaaaaaaaaaaa…",
    ):
        assert words in page


def test_every_action_can_be_chosen() -> None:
    assert {code for code, _ in ACTIONS} == set(Action)


def test_a_dossier_leads_to_its_journal(
    client: Browse, people: dict[str, Person], store: Store, tmp_path: Path, call: Call
) -> None:
    made = make_dossier(store, tmp_path / "pdf", call, "Les Jardins")
    link = f'href="/journal?dossier={made.dossier.id}"'
    browser = client(people["auditor"])
    assert link in browser.get(f"/dossiers/{made.dossier.id}").text
    assert link not in client(people["instructor"]).get(f"/dossiers/{made.dossier.id}").text
    for asked in (made.dossier.id, made.dossier.id[:12], "les jardins", "JARDÎN", "din les"):
        page = browser.get("/journal", params={"dossier": asked}).text
        assert '<th scope="row">Dossier déposé</th>' in page
        assert "1\N{NO-BREAK SPACE}dossier répond à ces mots\N{NO-BREAK SPACE}:" in page
        assert f'<a class="tag" href="/journal?dossier={made.dossier.id}">Les Jardins ({call.short_title})</a>' in page
    for nobody in ("jardin moulin", "%", made.dossier.id[1:20]):
        page = browser.get("/journal", params={"dossier": nobody}).text
        assert "Aucun événement" in page
        assert "Aucun dossier n’a ces mots dans son nom, ni d’identifiant qui commence ainsi." in page


def test_words_that_several_dossiers_share_keep_them_all(
    client: Browse, people: dict[str, Person], store: Store, tmp_path: Path, call: Call
) -> None:
    made = [make_dossier(store, tmp_path / "pdf", call, f"Épicerie {number}") for number in (2, 10)]
    make_dossier(store, tmp_path / "pdf", call, "Le Moulin")
    browser = client(people["auditor"])
    page = browser.get("/journal?action=dossier-deposited&dossier=epicerie").text
    assert "2\N{NO-BREAK SPACE}dossiers répondent à ces mots\N{NO-BREAK SPACE}:" in page
    first, second = (page.index(f"dossier={one.dossier.id}") for one in made)
    assert first < second
    assert page.count('<th scope="row">Dossier déposé</th>') == 2
    assert "Aucun événement" in browser.get("/journal?appel=aquitaine-2014&dossier=moulins").text
    assert "<td>Les Jardins" not in page


def test_of_many_dossiers_only_the_number_is_told(
    client: Browse, people: dict[str, Person], store: Store, tmp_path: Path, call: Call
) -> None:
    for number in range(SHOWN + 1):
        make_dossier(store, tmp_path / "pdf", call, f"Lavoir {number}")
    page = client(people["auditor"]).get("/journal?dossier=lavoir").text
    assert f"{SHOWN + 1}\N{NO-BREAK SPACE}dossiers répondent à ces mots. Précisez le nom" in page
    assert '<a class="tag"' not in page


def test_what_is_asked() -> None:
    asked = Asked("exported", "machine", "", "", " 12 ", "2026-01-02", "hier")
    told = understood(asked, ["machine"], [])
    assert told.choice == Choice(action=Action.EXPORTED, actor="machine", session=12, since=date(2026, 1, 2))
    assert list(told.faults) == ["au"]
    asked = Asked("exported", "machine", "", "", "12", "2026-01-02", "hier")
    assert asked.query(avant=3) == "action=exported&acteur=machine&seance=12&du=2026-01-02&au=hier&avant=3"
