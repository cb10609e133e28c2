from pathlib import Path

import pytest

from pipeline.calls.model import Call
from store.database import Store
from store.people import calls
from store.people.accounts import Person
from store.people.room import Room
from tests.web.conftest import Browse
from tests.web.material import PASSAGES, Made, find, make_dossier


@pytest.fixture
def made(store: Store, tmp_path: Path, call: Call) -> Made:
    return make_dossier(store, tmp_path / "pdf", call, "Les « Jardins » <b>")


def test_a_file_is_served_by_ranges_under_a_policy_of_its_own(
    client: Browse, people: dict[str, Person], made: Made, store: Store
) -> None:
    browser = client(people["instructor"])
    bytes_of_file = store.file(made.dossier.files[0].sha256)
    whole = browser.get(f"/dossiers/{made.dossier.id}/fichiers/0")
    assert whole.status_code == 200
    assert whole.content == bytes_of_file
    assert whole.headers["content-type"] == "application/pdf"
    assert whole.headers["content-disposition"].startswith("inline; filename*=utf-8''")
    assert whole.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert whole.headers["x-content-type-options"] == "nosniff"
    assert whole.headers["cache-control"] == "private, no-store"
    part = browser.get(f"/dossiers/{made.dossier.id}/fichiers/0", headers={"range": "bytes=5-12"})
    assert part.status_code == 206
    assert part.content == bytes_of_file[5:13]


def test_a_file_that_was_replaced_is_not_taken_for_the_former(
    client: Browse, people: dict[str, Person], made: Made
) -> None:
    browser = client(people["instructor"])
    address = f"/dossiers/{made.dossier.id}/fichiers/0?empreinte="
    assert browser.get(address + made.dossier.files[0].sha256[:16]).status_code == 200
    assert browser.get(address + "0" * 16).status_code == 404
    for position in ("1", "-1"):
        assert browser.get(f"/dossiers/{made.dossier.id}/fichiers/{position}").status_code == 404


def test_an_altered_file_is_not_served(client: Browse, people: dict[str, Person], made: Made, room: Room) -> None:
    browser = client(people["auditor"])
    address = f"/dossiers/{made.dossier.id}/fichiers/0"
    assert browser.get(address).status_code == 200
    place = room.files.place(made.dossier.files[0].sha256)
    place.chmod(0o600)
    place.write_bytes(b"%PDF-1.7 autre chose")
    assert browser.get(address).status_code == 503
    place.unlink()
    assert browser.get(address).status_code == 503


def test_a_juror_opens_nothing_before_the_declaration(
    client: Browse, people: dict[str, Person], made: Made, room: Room
) -> None:
    juror = people["juror"]
    with room.writing("machine") as writing:
        calls.assign(writing, juror.id, [made.dossier.id])
    browser = client(juror)
    for surface in ("fichiers/0", "mots?file=0&page=1"):
        assert browser.get(f"/dossiers/{made.dossier.id}/{surface}").status_code == 404
    assert browser.post(f"/dossiers/{made.dossier.id}/selection", json={"regions": []}).status_code == 404
    assert client(None).get(f"/dossiers/{made.dossier.id}/fichiers/0").status_code == 303


def test_words_of_a_page_stand_where_they_were_read(client: Browse, people: dict[str, Person], made: Made) -> None:
    browser = client(people["instructor"])
    answer = browser.get(f"/dossiers/{made.dossier.id}/mots", params={"file": 0, "page": 2}).json()
    texts = [word[4] for word in answer["words"]]
    assert texts[:3] == ["3.", "Objectifs", "de"]
    assert all(0 <= x0 < x1 <= 596 and 0 <= y0 < y1 <= 843 for x0, y0, x1, y1, _ in answer["words"])
    assert browser.get(f"/dossiers/{made.dossier.id}/mots", params={"file": 0, "page": 3}).status_code == 404


def test_selected_words_become_a_span_of_the_document(client: Browse, people: dict[str, Person], made: Made) -> None:
    browser = client(people["instructor"])
    span = find(made.document, PASSAGES[0])
    region = made.document.locate(span)[0]
    boxes = [[box.x0, box.y0, box.x1, box.y1] for box in region.boxes]
    asked = {"regions": [{"file": 0, "page": 2, "boxes": boxes}], "text": "ce que voit le navigateur"}
    found = browser.post(f"/dossiers/{made.dossier.id}/selection", json=asked).json()
    assert found == {
        "document": made.stored.document,
        "start": span.start,
        "end": span.end + 1,
        "quote": f"{PASSAGES[0]},",  # whole words, with what is stuck to them
        "whole": True,
    }


def test_a_selection_without_words_says_so(client: Browse, people: dict[str, Person], made: Made) -> None:
    browser = client(people["instructor"])
    asked = {"regions": [{"file": 0, "page": 1, "boxes": [[0, 0, 5, 5]]}]}
    answer = browser.post(f"/dossiers/{made.dossier.id}/selection", json=asked)
    assert (answer.status_code, answer.json()["code"]) == (400, "nothing-selected")
    nowhere = {"regions": [{"file": 4, "page": 1, "boxes": []}]}
    assert browser.post(f"/dossiers/{made.dossier.id}/selection", json=nowhere).status_code == 404
