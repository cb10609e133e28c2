"""What the page of a dossier tells besides: files that others hold too, pages that were recognised, days, history."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.analysis import Finding
from pipeline.calls.model import Call
from pipeline.document import PageState
from store.database import Store
from store.index import likenesses
from store.keys import ROOM_BATCH
from store.people import calls
from store.people.accounts import Person
from store.people.room import Room
from store.records import NewFile
from tests.web.conftest import Browse, Browser
from tests.web.dossier.asking import decide, plain
from tests.web.material import Made, reanalyse
from web.views import machine
from web.views.notices import scanned_pages


def _deposit(store: Store, call: Call, name: str, files: dict[str, bytes]) -> str:
    return store.deposit(call.id, ROOM_BATCH, name, [NewFile(each, said) for each, said in files.items()]).id


def test_files_that_others_hold_are_told_once_each_with_how_many(
    instructor: Browser, people: dict[str, Person], store: Store, call: Call
) -> None:
    first = _deposit(store, call, "Un", {"statuts.pdf": b"commun", "a.pdf": b"un", "bilan.pdf": b"deux"})
    for name in ("Deux", "Trois", "Quatre"):
        _deposit(store, call, name, {"statuts.pdf": b"commun", "a.pdf": name.encode()})
    alone = _deposit(store, call, "Cinq", {"autre nom.pdf": b"deux"})
    page = plain(instructor.get(f"/dossiers/{first}").text)
    assert page.count("notice--warning") == 1
    assert "<summary>Le fichier « statuts.pdf » est aussi dans 3 dossiers</summary>" in page
    assert f'Le fichier « bilan.pdf » est aussi dans : <a href="/dossiers/{alone}">Cinq</a>' in page
    assert "« a.pdf »" not in page


def test_empty_files_are_nothing_in_common(
    instructor: Browser, people: dict[str, Person], store: Store, room: Room, call: Call
) -> None:
    first = _deposit(store, call, "Un", {"vide.pdf": b"", "a.pdf": b"un"})
    _deposit(store, call, "Deux", {"vide.pdf": b"", "b.pdf": b"deux"})
    assert "est aussi dans" not in plain(instructor.get(f"/dossiers/{first}").text)
    with room.reading() as reading:
        assert likenesses(reading.connection, first) == ()


def test_recognised_pages_are_told_by_runs(made: Made) -> None:
    page = made.document.pages[0]
    states = [PageState.OCR, PageState.OCR, PageState.OCR, PageState.TEXT, PageState.OCR]
    pages = tuple(replace(page, number=number, state=state) for number, state in enumerate(states, 1))
    assert scanned_pages(replace(made.document, pages=pages)) == "p. 1 à 3 et 5"
    assert scanned_pages(made.document) == ""


def test_both_deadlines_are_told_where_they_differ(
    instructor: Browser, made: Made, store: Store, room: Room, call: Call
) -> None:
    finding = Finding("after-deadline", "Dossier daté d’après la date limite.", ())
    provenance = replace(made.analysis.provenance, program_version="0.2.0")
    reanalyse(store, made, replace(made.analysis, findings=(finding,), provenance=provenance))
    page = plain(instructor.get(f"/dossiers/{made.dossier.id}").text)
    assert "Dans les réglages de la salle" not in page
    # Deposited today, years after: a fact of the room, told as such.
    assert "reçu après la date limite du 5 septembre 2016" in page
    table = plain(instructor.get(f"/appels/{call.id}/dossiers?recu=apres-limite").text)
    assert "Réception : après la date limite" in table
    assert "reçu après la date limite</span></th>" in table
    with room.writing("machine") as writing:
        calls.set_call(writing, call.id, deadline=date(2016, 10, 1), quorum=3, retention_months=None)
    page = plain(instructor.get(f"/dossiers/{made.dossier.id}").text)
    assert (
        "(date limite : le 5 septembre 2016). Dans les réglages de la salle, date limite : le 1er octobre 2016." in page
    )


def test_who_instructs_reads_the_history_of_a_dossier_but_not_what_jurors_do(
    instructor: Browser, made: Made, room: Room, people: dict[str, Person], client: Browse
) -> None:
    decide(instructor, made, "field", "3", value="absent")
    with room.writing(people["instructor"].viewer.actor) as writing:
        calls.assign(writing, people["juror"].id, [made.dossier.id])
    juror = client(people["juror"])
    juror.post(f"/jury/dossiers/{made.dossier.id}/declaration", data={"conflict": "non"})
    page = plain(instructor.get(f"/dossiers/{made.dossier.id}").text)
    follow = page.split('id="titre-suivi"')[1].split('id="titre-recherche"')[0]
    assert "<td>Instructor d’Essai</td><td>Décision d’instruction</td>" in follow
    assert "Dossier déposé" in follow
    assert "conflit" not in follow
    assert "<h3>Donné à lire à</h3>\n<p>Juror d’Essai</p>" in follow
    assert instructor.get("/journal").status_code == 403


@pytest.mark.parametrize(
    ("types", "said"),
    [
        (["services", "organisationnelle", "territoriale"], "Décochez-en, puis enregistrez de nouveau."),
        ([], "Cochez-en un ou deux, puis enregistrez."),
    ],
)
def test_types_that_are_too_many_or_none_say_what_to_do(
    instructor: Browser, made: Made, types: list[str], said: str
) -> None:
    told = decide(instructor, made, "type", "", value=types)
    assert told["status"] == 400
    assert said in plain(str(told))


def test_a_field_has_its_number_on_the_page_as_in_the_table(instructor: Browser, made: Made, call: Call) -> None:
    page = plain(instructor.get(f"/dossiers/{made.dossier.id}").text)
    assert f'id="champ-3-titre">{plain("3. " + call.fields[2].title)}' in page
    assert 'data-key="v" data-key-help="Marquer complet"' in page


def test_a_fact_drawn_from_a_recognised_page_says_so(made: Made) -> None:
    pages = tuple(replace(page, state=PageState.OCR) for page in made.document.pages)
    for document, recognised in ((made.document, False), (replace(made.document, pages=pages), True)):
        word = machine.of_fact(made.analysis, document, "porteur", "fait-porteur")
        assert word is not None
        assert word.recognised is recognised
