"""What auditors see of the jury: words that do not count any more, and what each call's jury did."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.calls.model import Call
from store.database import Store
from store.people import calls, conflicts
from store.people.accounts import Person
from store.people.conflicts import ConflictKind
from store.people.room import Room
from tests.web.conftest import Browse, Browser
from tests.web.jury_material import answer
from tests.web.material import PROOF, Made, entry_of, make_dossier

_SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def made(store: Store, tmp_path: Path, call: Call) -> Made:
    return make_dossier(store, tmp_path / "pdf", call, "Les Jardins")


@pytest.fixture
def auditor(client: Browse, people: dict[str, Person], made: Made) -> Browser:
    return client(people["auditor"])


def test_words_of_who_withdrew_do_not_count(
    auditor: Browser, people: dict[str, Person], room: Room, call: Call, made: Made
) -> None:
    juror = people["juror"].viewer
    with room.writing(juror.actor) as writing:
        calls.assign(writing, juror.id, [made.dossier.id])
        conflicts.declare(writing, juror, made.dossier.id, None)
    answer(room, people["juror"], made.dossier.id, call.markers[0].id, "Fort", "Très bien.")
    page = auditor.get(f"/audit/dossiers/{made.dossier.id}").text
    assert "ne compte plus" not in page
    assert '<th scope="col">Commentaire</th>' in page
    with room.writing(juror.actor) as writing:
        conflicts.declare(writing, juror, made.dossier.id, ConflictKind.FAMILY, "Un cousin.")
    page = auditor.get(f"/audit/dossiers/{made.dossier.id}").text
    assert '<s>Fort</s> <span class="badge">ne compte plus (conflit déclaré le ' in page


def test_pages_that_nobody_could_count_are_said_to_be_unknown(
    auditor: Browser, store: Store, tmp_path: Path, call: Call
) -> None:
    assert "<dt>Pages non lues</dt><dd>0</dd>" in auditor.get("/audit/alpc-2016").text
    made = make_dossier(store, tmp_path / "pdf", call, "Fermé")
    entry = entry_of(made.dossier, made.document, made.analysis, made.stored, PROOF, 12000, "33")
    store.index(replace(entry, unreadable=True, reason="encrypted"))
    said = f"<dt>Pages non lues</dt><dd>inconnu dans 1{_SPACE}dossier</dd>"
    assert said in auditor.get("/audit/alpc-2016").text
    assert said in auditor.get("/audit").text
