"""What the whole file of a call's dossiers holds that no column of the table shows."""

import csv
import io
from datetime import timedelta
from pathlib import Path

from pipeline.calls.model import Call
from store.database import Store
from store.index_tables import index_bearers
from store.people import decisions, letter_drafts, letters
from store.people.accounts import Person
from store.people.decisions import Kind, Statement
from store.people.letter_drafts import Written
from store.people.room import Room
from tests.web.conftest import Browse
from tests.web.material import make_dossier

TABLE = "/appels/alpc-2016/dossiers"


def test_letters_numbers_and_notes_are_in_the_whole_file_alone(
    client: Browse, people: dict[str, Person], store: Store, room: Room, call: Call, tmp_path: Path
) -> None:
    made = make_dossier(store, tmp_path, call, "Alpha").dossier
    make_dossier(store, tmp_path, call, "Bêta")
    with store.writing() as writing:
        siren = index_bearers.update().values(siren="990606220")
        writing.connection.execute(siren.where(index_bearers.c.dossier_id == made.id))
    viewer, today = people["instructor"].viewer, letters.today()
    with room.writing(viewer.actor) as writing:
        for note in ("=Relancer", "Vu."):
            decisions.decide(writing, viewer, made.id, Statement(Kind.NOTE, "", None, note))
        decisions.decide(writing, viewer, made.id, Statement(Kind.FACT, "siret", "99060622000012"))
        written = Written("Bonjour", today + timedelta(days=9), ("3",))
        kept = letter_drafts.save(writing, viewer, made.id, written, 0)
        letters.send(writing, viewer, made.id, kept, ("3",), today, today + timedelta(days=9))
    browser = client(people["instructor"])
    text = browser.get(f"{TABLE}.csv?tri=nom").content.decode("utf-8-sig")
    first, second = csv.DictReader(io.StringIO(text), delimiter=";")
    assert first["Personnes : Courriers envoyés"] == "1"
    assert first["Personnes : Dernier courrier"] == today.isoformat()
    assert first["Personnes : Réponse attendue"] == (today + timedelta(days=9)).isoformat()
    assert first["Personnes : Notes"] == "'=Relancer ; Vu."
    assert first["Personnes : SIRET décidé"] == "99060622000012"
    assert first["Programme : SIREN"] == "990606220"
    assert (second["Personnes : Courriers envoyés"], second["Programme : SIREN"]) == ("0", "")
    chosen = browser.get(f"{TABLE}.csv?tri=nom&colonnes=etat").content.decode("utf-8-sig").splitlines()[0]
    assert "Courriers" not in chosen
