"""Texts that people write: as long as the page lets them be, whatever the line breaks cost on the way."""

from pathlib import Path

import pytest

from pipeline.calls.model import Call
from store.database import Store
from store.people import decisions
from store.people.accounts import Person
from store.people.room import Room
from tests.web.conftest import Browse
from tests.web.material import make_dossier
from web.prose import LONGEST

FULL = "ligne\n" * (LONGEST // 6) + "n" * (LONGEST % 6)


@pytest.mark.parametrize(("more", "status"), [("", 303), ("n", 400)])
def test_a_note_of_many_lines_may_be_as_long_as_the_page_says(
    client: Browse,
    people: dict[str, Person],
    store: Store,
    room: Room,
    tmp_path: Path,
    call: Call,
    more: str,
    status: int,
) -> None:
    assert len(FULL) == LONGEST
    made = make_dossier(store, tmp_path / "pdf", call, "Les Jardins")
    sent = (FULL + more).replace("\n", "\r\n")  # as browsers send forms
    form = {"kind": "field", "key": "3", "analysis": str(made.stored.id), "value": "present", "note": sent}
    browser = client(people["instructor"])
    assert browser.post(f"/dossiers/{made.dossier.id}/decisions", data=form).status_code == status
    with room.reading() as reading:
        kept = [
            decision.said.note
            for decision in decisions.of_dossier(reading, people["instructor"].viewer, made.dossier.id)
        ]
    assert kept == ([FULL.strip()] if status == 303 else [])
