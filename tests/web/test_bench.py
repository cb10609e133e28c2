"""The store that the measures of the room are made on."""

from pathlib import Path

from click.testing import CliRunner

from store.database import open_store
from store.people import triage
from store.people.filters import Filter
from store.people.room import open_room
from store.people.viewers import Role, Viewer
from web.bench.__main__ import main


def test_a_filled_room_is_whole_and_its_journal_sound(tmp_path: Path) -> None:
    asked = ["fill", "--home", str(tmp_path / "home"), "--dossiers", "24", "--jurors", "20"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.output
    report = open_store(tmp_path / "home").verify()
    assert report.sound
    with open_room(tmp_path / "home").reading() as reading:
        everyone = Viewer(1, Role.ADMINISTRATOR)
        rows = triage.every(reading, everyone, "alpc-2016", Filter())
    assert len(rows) == 24
    assert {row.machine.reading for row in rows} >= {"analysed", "waiting"}
    assert any(row.people.jurors for row in rows)
    again = CliRunner().invoke(main, asked)
    assert again.exit_code == 2
    assert "existe déjà" in again.output
