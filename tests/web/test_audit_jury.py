"""What auditors see of the jury: words that do not count any more, and what each call's jury did."""

import io
from dataclasses import replace
from datetime import date, datetime, time
from html import unescape
from pathlib import Path

import pytest
from openpyxl import load_workbook

from pipeline.calls.model import Call
from store.database import Store
from store.people import calls, conflicts, juries, outcomes, scores
from store.people.accounts import Person
from store.people.conflicts import ConflictKind
from store.people.juries import Jury
from store.people.passages import Choice
from store.people.room import Room
from store.people.scores import Shown, ShownPassage
from tests.web.conftest import Browse, Browser
from tests.web.jury_material import answer, hold_all, sit
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


def test_the_jury_of_a_call_is_told_in_counts(
    auditor: Browser, store: Store, people: dict[str, Person], room: Room, call: Call, tmp_path: Path, made: Made
) -> None:
    sitting = sit(room, store, people, call, tmp_path / "jury")
    dossier_id, chair = sitting.dossiers[0], people["chair"].viewer
    hold_all(room, call, sitting, dossier_id)
    with room.writing(chair.actor) as writing:
        outcomes.set_outcome(writing, chair, sitting.id, dossier_id, call, "non-retenu", "Trop tôt.", None)
    with room.writing(people["juror"].viewer.actor) as writing:
        conflicts.declare(writing, people["juror"].viewer, sitting.dossiers[1], ConflictKind.OTHER, "")
    with room.reading() as reading:
        jury = juries.of_call(reading, people["auditor"].viewer, call.id)
        assert juries.of_call(reading, people["instructor"].viewer, call.id) == Jury((), (), {})
    counts = {one.name: (one.seated, one.chair, one.markers, one.sheets, one.conflicts) for one in jury.jurors}
    markers = len(call.markers)
    assert counts[people["chair"].name] == (True, True, markers, 0, 0)
    assert counts[people["juror"].name] == (True, False, markers, 0, 1)
    assert [(one.id, one.dossiers, one.settled, one.values) for one in jury.sittings] == [(sitting.id, 2, 0, markers)]
    assert jury.outcomes == {"non-retenu": 1}
    page = auditor.get("/audit/alpc-2016").text
    assert f'<a href="/deliberations/{sitting.id}">' in page
    assert f'href="/journal?seance={sitting.id}"' in page
    form = {"taille": "1", "population": "all"}
    place = auditor.post("/audit/alpc-2016/echantillons", data=form).headers["location"]
    book = load_workbook(io.BytesIO(auditor.get(f"{place}/rapport.xlsx").content))
    (row,) = book["Séances"].iter_rows(min_row=2, values_only=True)
    assert row[0] == sitting.id
    assert row[2] == datetime.combine(date(2016, 9, 28), time())
    assert row[5:] == (2, 0, markers, 2 * markers)
    told = {row[0]: row[1] for row in book["Rapport"].iter_rows(min_row=3, values_only=True)}
    assert isinstance(told["Établi le"], datetime)
    assert told["Dossiers tirés"] == 1
    held, none = book["Suites"].iter_rows(min_row=2, values_only=True)
    assert held[1] == 1
    without = int(str(told["Dossiers"])) - 1
    assert none == ("Aucune suite arrêtée", without)
    assert f'<td class="number">{markers} / {2 * markers}</td>' in page
    assert f"<dt>Aucune suite arrêtée</dt><dd>{without}{_SPACE}dossiers</dd>" in page
    jurors = {row[0]: row[2:5] for row in book["Jury"].iter_rows(min_row=2, values_only=True)}
    assert jurors[people["chair"].name][1:] == (markers, markers)
    assert "Celles de Paris" in str(told["Heures"])
    assert "par repère" in str(told["Quorum"])


def test_passages_that_a_juror_was_shown_are_listed(
    auditor: Browser, people: dict[str, Person], room: Room, call: Call, made: Made
) -> None:
    juror, place = people["juror"].viewer, made.analysis.markers[0].passages[0].span
    shown = Shown(made.stored.id, made.stored.document, (ShownPassage(place, Choice.KEPT),))
    with room.writing(juror.actor) as writing:
        calls.assign(writing, juror.id, [made.dossier.id])
        conflicts.declare(writing, juror, made.dossier.id, None)
        scores.submit(
            writing, juror, made.dossier.id, call.markers[0].id, value=None, comment="", shown=shown, replaces=None
        )
    page = auditor.get(f"/audit/dossiers/{made.dossier.id}").text
    listed = page.split("<details><summary>analyse", 1)[1].split("</details>", 1)[0]
    assert made.document.quote(place) in unescape(listed)
    assert '<span class="badge">gardé</span>' in listed


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
