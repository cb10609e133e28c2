from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest

from pipeline.calls.model import Call
from store import intakes, signs
from store.database import Store
from store.index import Status
from store.intakes import Grouping, Intake, IntakeItem, IntakeState, Result
from store.keys import ROOM_BATCH
from store.people import calls, deposits
from store.people.accounts import Person
from store.people.deposits import Outcome
from store.people.room import Room
from store.records import Action, NewFile
from tests.web.conftest import Browse, Browser
from tests.web.material import make_dossier
from web.settings import RoomSettings
from web.views.deposits import follow

PDF = b"%PDF-1.4 essai"
SEPARATE = {"grouping": "separate"}


def _begin(browser: Browser, call: Call, **data: str) -> str:
    answer = browser.post(f"/appels/{call.id}/depots/ouvrir", data=SEPARATE | data)
    assert answer.status_code == 201
    page: str = answer.json()["page"]
    return page


def _send(browser: Browser, page: str, path: str, content: bytes = PDF, token: str = "") -> int:
    sent = {"x-csrf-token": token or browser.csrf, "x-chemin": quote(path), "accept": "application/json"}
    return browser.post(f"{page}/fichiers", content=content, headers=sent).status_code


def _state(room: Room, page: str) -> IntakeState:
    with room.reading() as reading:
        return intakes.find(reading.connection, int(page.rsplit("/", 1)[1])).state


def test_who_reaches_deposits(client: Browse, people: dict[str, Person], call: Call) -> None:
    page = _begin(client(people["instructor"]), call)
    for name, person in people.items():
        sees, deposits_too = name in ("administrator", "instructor", "auditor"), name in ("administrator", "instructor")
        browser = client(person)
        for path in (f"/appels/{call.id}/depots", page, f"{page}/suivi"):
            assert browser.get(path).status_code == (200 if sees else 403), (name, path)
        assert _send(browser, page, "a.pdf") == (201 if deposits_too else 403)
        if not deposits_too:
            assert browser.post(f"/appels/{call.id}/depots/ouvrir", data=SEPARATE).status_code == 403
            assert browser.post(f"/appels/{call.id}/depots", files={"files": ("a.pdf", PDF)}).status_code == 403
            assert browser.post(f"{page}/deposer").status_code == 403
            assert browser.post(f"{page}/reessayer").status_code == 403
    assert client(people["instructor"]).get("/depots/99").status_code == 404


def test_files_sent_one_by_one_make_a_deposit(
    client: Browse, people: dict[str, Person], room: Room, call: Call, store: Store
) -> None:
    browser = client(people["instructor"])
    page = _begin(browser, call, name="  Courrier   du 3 mars ")
    assert _send(browser, page, "Lot 1/Été – projet.pdf") == 201
    assert _send(browser, page, "../../ailleurs.pdf", PDF + b"2") == 201
    assert _state(room, page) is IntakeState.OPEN
    assert "Déposer ces fichiers" in browser.get(page).text
    assert browser.post(f"{page}/deposer").headers["location"] == page
    assert _state(room, page) is IntakeState.READY
    with room.reading() as reading:
        held = intakes.files(reading.connection, int(page.rsplit("/", 1)[1]))
    assert [file.name for file in held] == ["Lot 1/Été – projet.pdf", "ailleurs.pdf"]
    assert room.files.read(held[0].sha256) == PDF
    assert not list((room.files.folder / "incoming").iterdir())
    assert "Courrier du 3 mars" in browser.get(f"/appels/{call.id}/depots").text
    assert _send(browser, page, "tard.pdf") == 400  # it has left already
    told = store.journal(action=Action.INTAKE_READY)
    assert [dict(event.data) for event in told] == [{"call": call.id, "files": 2, "bytes": len(PDF) * 2 + 1}]


def test_files_that_a_script_does_not_send_leave_their_names(
    client: Browse, people: dict[str, Person], room: Room, call: Call
) -> None:
    browser = client(people["instructor"])
    page = _begin(browser, call)
    _send(browser, page, "a.pdf")
    told = {"path": ["Lot/notes.docx", "gros.pdf"], "reason": ["not-a-pdf-file", "too-large"]}
    assert browser.post(f"{page}/ecartes", data=told).status_code == 201
    with room.reading() as reading:
        assert list(intakes.left_out(reading.connection, int(page.rsplit("/", 1)[1]))) == ["gros.pdf", "Lot/notes.docx"]
    assert browser.post(f"{page}/ecartes", data={"path": "a", "reason": "autre"}).status_code == 400
    assert client(people["auditor"]).post(f"{page}/ecartes", data=told).status_code == 403


def test_where_nothing_was_deposited_in_the_room_it_is_said_where_dossiers_come_from(
    client: Browse, people: dict[str, Person], store: Store, call: Call, tmp_path: Path
) -> None:
    browser, address = client(people["instructor"]), f"/appels/{call.id}/depots"
    assert "Rien n’a encore été déposé pour cet appel." in browser.get(address).text
    make_dossier(store, tmp_path, call, "Les Jardins")
    shown = browser.get(address).text
    assert "Aucun dépôt n’a été fait depuis la salle d’examen. Le dossier de cet appel vient d’un traitement" in shown


def test_the_end_says_what_was_read_and_what_was_not() -> None:
    intake = Intake(1, "a", "Lot", Grouping.SEPARATE, "person:1", datetime.now(UTC), IntakeState.DONE, None, None)
    lines = [
        _outcome("a", Status.ANALYSED),
        _outcome("b", Status.ANALYSED),
        _outcome("c", Status.ANALYSED, partly_read=True),
        _outcome("d", Status.UNREADABLE, failure="damaged"),
        _outcome("e", Status.UNREADABLE),
        _outcome("f.docx", None, result=Result.REFUSED, reason="not-a-pdf-file"),
    ]
    shown = follow(intake, lines, may_retry=True)
    assert shown.said.replace("\N{NO-BREAK SPACE}", " ") == (
        "Le programme a fini : 2 dossiers lus, 1 dossier lu en partie, 2 dossiers non lus et 1 fichier laissé de côté."
    )
    assert [line.name for line in shown.troubles] == ["c", "d", "e", "f.docx"]
    whys = {line.name: line.why.said for line in shown.troubles if line.why}
    assert whys["d"].startswith("Le fichier est endommagé")  # as the dossier itself says
    assert whys["e"] == "Aucune pièce de ce dossier n’a pu être lue."


def _outcome(
    name: str,
    status: Status | None,
    *,
    result: Result = Result.NEW,
    reason: str | None = None,
    failure: str | None = None,
    partly_read: bool = False,
) -> Outcome:
    return Outcome(name, result, reason, status and name, name, status, failure, partly_read, False, (), 1)


def test_a_deposit_says_that_another_is_read_before(
    client: Browse, people: dict[str, Person], store: Store, call: Call
) -> None:
    browser = client(people["instructor"])
    pages = [_begin(browser, call) for _ in range(2)]
    for page in pages:
        _send(browser, page, "a.pdf")
        browser.post(f"{page}/deposer")
    first, second = (browser.get(f"{page}/suivi").text for page in pages)
    assert "Le dépôt attend que le programme le prenne." in first
    assert "Le programme lit un autre dépôt" in second
    with store.writing() as writing:
        taken = intakes.take(writing)
        assert taken is not None
        intakes.say(writing, taken.id, [IntakeItem("a.pdf", Result.REFUSED, "damaged")])
        intakes.end_those_done(writing)
    assert "Le programme lit un autre dépôt" not in browser.get(f"{pages[1]}/suivi").text


def test_who_may_act_is_told_that_nobody_reads_what_waits(
    client: Browse, people: dict[str, Person], store: Store, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, admin, auditor = (client(people[name]) for name in ("instructor", "administrator", "auditor"))
    page, deposits_page = _begin(browser, call), f"/appels/{call.id}/depots"
    with store.writing() as writing:
        signs.give(writing)
    told = "le traitement est à l’arrêt depuis le"
    monkeypatch.setattr("store.signs.SILENCE", timedelta(0))  # as if two minutes had gone by
    assert told not in browser.get(deposits_page).text  # nothing waits
    _send(browser, page, "a.pdf")
    browser.post(f"{page}/deposer")
    for address in ("/appels", deposits_page, page, f"{page}/suivi"):
        assert told in browser.get(address).text, address
        assert "demandez à l’administration de lancer" in browser.get(address).text
        assert "\N{NO-BREAK SPACE}: lancez" in admin.get(address).text
        assert told not in auditor.get(address).text
    assert "dernier signe le" in admin.get("/appels").text
    assert "dernier signe" not in browser.get("/appels").text
    monkeypatch.undo()
    assert told not in browser.get(page).text


def test_a_form_without_script_makes_the_same(
    client: Browse, people: dict[str, Person], room: Room, call: Call
) -> None:
    browser = client(people["instructor"])
    files = [("files", ("a.pdf", PDF)), ("files", ("b.pdf", PDF + b"2"))]
    answer = browser.post(f"/appels/{call.id}/depots", files=files, data={"grouping": "together"})
    assert answer.status_code == 303
    page = answer.headers["location"]
    assert _state(room, page) is IntakeState.READY
    assert "2\N{NO-BREAK SPACE}fichiers, tenus pour un seul dossier" in browser.get(page).text
    assert browser.post(f"/appels/{call.id}/depots", files=[("files", ("", b""))]).status_code == 400


def test_a_form_with_its_token_in_a_field(client: Browse, people: dict[str, Person], call: Call) -> None:
    browser = client(people["instructor"])
    send = {"url": f"/appels/{call.id}/depots", "files": {"files": ("a.pdf", PDF)}, "headers": {}}
    assert browser.post(**send, data={"csrf": browser.csrf}).status_code == 303  # type: ignore[arg-type]
    assert browser.post(**send, data={"csrf": "faux"}).status_code == 403  # type: ignore[arg-type]


class TestLimits:
    @pytest.fixture
    def settings(self, home: Path, database: str | None) -> RoomSettings:
        return RoomSettings(home=home, database=database, upload_max_mb=1)

    def test_what_is_too_large_is_refused_and_leaves_nothing(
        self, client: Browse, people: dict[str, Person], room: Room, call: Call
    ) -> None:
        browser = client(people["instructor"])
        page = _begin(browser, call)
        large = bytes(1_000_001)
        sent = {"x-csrf-token": browser.csrf, "x-chemin": "a.pdf", "accept": "application/json"}
        answer = browser.post(f"{page}/fichiers", content=large, headers=sent)
        assert answer.status_code == 413
        assert answer.json()["message"] == "Ce fichier dépasse la taille permise (1,0\N{NO-BREAK SPACE}Mo)."
        assert browser.post(f"{page}/fichiers", content=iter([large]), headers=sent).status_code == 413
        assert _send(browser, page, "b.pdf", large[1:]) == 201
        assert browser.post(f"/appels/{call.id}/depots", files={"files": ("a.pdf", large)}).status_code == 413
        assert not list((room.files.folder / "incoming").iterdir())


def test_a_file_without_the_token_of_the_session_is_refused(
    client: Browse, people: dict[str, Person], call: Call
) -> None:
    browser = client(people["instructor"])
    page = _begin(browser, call)
    assert _send(browser, page, "a.pdf", token="faux") == 403
    assert _send(browser, page, "") == 400  # a path that names nothing
    assert _send(client(None), page, "a.pdf") == 401


def test_a_closed_call_takes_nothing(client: Browse, people: dict[str, Person], room: Room, call: Call) -> None:
    browser = client(people["instructor"])
    page = _begin(browser, call)
    with room.writing("machine") as writing:
        calls.close_call(writing, call.id)
    assert _send(browser, page, "a.pdf") == 409
    assert browser.post(f"/appels/{call.id}/depots/ouvrir", data=SEPARATE).status_code == 409
    assert browser.post(f"/appels/{call.id}/depots", files={"files": ("a.pdf", PDF)}).status_code == 409
    assert "aucun dépôt n’y est pris" in browser.get(f"/appels/{call.id}/depots").text


def test_what_became_of_everything_is_told_one_by_one(
    client: Browse, people: dict[str, Person], room: Room, store: Store, call: Call, tmp_path: Path
) -> None:
    browser = client(people["instructor"])
    page = _begin(browser, call)
    intake = int(page.rsplit("/", 1)[1])
    _send(browser, page, "a.pdf")
    browser.post(f"{page}/deposer")
    read = make_dossier(store, tmp_path, call, "Les <b>Jardins</b>")
    other = store.deposit(call.id, ROOM_BATCH, "Copie", [NewFile("a.pdf", tmp_path / "0.pdf")])
    run = store.open_run(call.id, ROOM_BATCH, "essai")
    store.enrol(run.id, other)
    store.fail(run.id, other.id, "store-busy")
    with store.writing() as writing:
        intakes.take(writing)
        intakes.say(
            writing,
            intake,
            [
                IntakeItem("Jardins.pdf", Result.NEW, dossier_id=read.dossier.id, deposit=1),
                IntakeItem("Copie.pdf", Result.NEW, dossier_id=other.id, deposit=1),
                IntakeItem("notes.docx", Result.REFUSED, "not-a-pdf-file"),
            ],
        )
    shown = browser.get(f"{page}/suivi").text
    assert "Les &lt;b&gt;Jardins&lt;/b&gt;" in shown
    assert "La base de travail est occupée par un autre programme." in shown
    assert "Seuls les PDF et les archives .zip sont lus." in shown
    assert shown.count("Doublon possible\N{NO-BREAK SPACE}: même fichier que") == 2
    assert 'value="2" max="2"' in shown
    assert "reessayer-" + other.id in shown
    assert "reessayer-" not in client(people["auditor"]).get(f"{page}/suivi").text
    assert browser.post(f"{page}/reessayer", data={"dossier": other.id}).status_code == 303
    after = browser.get(f"{page}/suivi").text
    assert "nouvel essai demandé" in after
    assert f'data-live="{page}/suivi"' in after
    assert browser.post(f"{page}/reessayer", data={"dossier": "f" * 64}).status_code == 404


def test_an_intake_that_failed_is_tried_again(
    client: Browse, people: dict[str, Person], room: Room, store: Store, call: Call
) -> None:
    browser = client(people["instructor"])
    page = _begin(browser, call)
    _send(browser, page, "a.pdf")
    browser.post(f"{page}/deposer")
    with store.writing() as writing:
        intakes.take(writing)
        intakes.fail(writing, int(page.rsplit("/", 1)[1]), "system-ENOSPC")
    shown = browser.get(page).text
    assert "Le disque est plein. L’administration" in shown
    assert "Réessayer ce dépôt" in shown
    browser.post(f"{page}/deposer")
    assert _state(room, page) is IntakeState.READY


def test_a_juror_finds_no_intake_at_all(client: Browse, people: dict[str, Person], room: Room, call: Call) -> None:
    page = _begin(client(people["instructor"]), call)
    with room.reading() as reading:
        assert deposits.find(reading, people["juror"].viewer, int(page.rsplit("/", 1)[1])) is None
        assert deposits.of_call(reading, people["juror"].viewer, call.id) == ()


def test_a_late_deposit_is_taken_with_a_warning(
    client: Browse, people: dict[str, Person], call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, page = client(people["instructor"]), f"/appels/{call.id}/depots"
    monkeypatch.setattr("web.views.calls.today", lambda: date(2016, 9, 5))
    assert "est passée" not in browser.get(page).text
    monkeypatch.setattr("web.views.calls.today", lambda: date(2016, 9, 6))
    assert "est passée" in browser.get(page).text
    assert _begin(browser, call)
