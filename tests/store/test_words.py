"""Words of people are sealed by the journal; neither hand writes what is the other's."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import update

from pipeline.errors import StoreProblem
from store.database import Store
from store.doubts import Doubt
from store.engine import writing as engine_writing
from store.index_tables import MACHINE_TABLES
from store.journal import Writing, about_dossier
from store.migrations.versions import r0012_machine_tables, r0015_audit, r0020_worker_signs, r0021_bearers_read
from store.people import accounts
from store.people.room import Room
from store.people.sealing import append
from store.people.viewers import Role
from store.records import Action
from store.schema import documents
from tests.databases import Tamper
from tests.store.work import analyse, deposit


def test_a_word_of_a_person_is_sealed_by_the_journal(store: Store, room: Room, tamper: Tamper) -> None:
    dossier = deposit(store)
    with room.writing("machine") as writing:
        person = accounts.add(writing, "ines", "Inès", Role.INSTRUCTOR, None)
    values: dict[str, str | int | None] = {
        "dossier_id": dossier.id,
        "kind": "field",
        "key": "1",
        "value": '"present"',
        "note": "",
        "person_id": 1,
    }
    with room.writing(person.viewer.actor) as writing:
        row = append(writing, Action.DECISION_MADE, about_dossier(dossier.id), values)
    report = store.verify()
    assert report.sound
    assert report.words == 1
    tamper("UPDATE decisions SET note = 'autre' WHERE id = :id", id=row.id)
    assert [problem.doubt for problem in store.verify().problems] == [Doubt.WORD_ALTERED]
    tamper("DELETE FROM decisions")
    assert [problem.doubt for problem in store.verify().problems] == [Doubt.WORD_MISSING]


def test_a_word_that_no_event_tells_is_found(store: Store, room: Room, tamper: Tamper) -> None:
    with room.writing("machine") as writing:
        accounts.add(writing, "aude", "Aude", Role.AUDITOR, None)
    tamper(
        "INSERT INTO samples (call, size, population, seed, person_id, at) "
        "VALUES ('alpc-2016', 1, 1, 1, 1, '2026-01-01T00:00:00.000000Z')",
    )
    assert [problem.doubt for problem in store.verify().problems] == [Doubt.WORD_UNTOLD]


def test_the_machine_writes_no_word_of_people(store: Store, room: Room) -> None:
    dossier = deposit(store)
    with room.writing("machine") as writing:
        accounts.add(writing, "jules", "Jules", Role.JUROR, None)
    values: dict[str, str | int | None] = {
        "dossier_id": dossier.id,
        "marker": "gouvernance",
        "person_id": 1,
        "value": "Fort",
        "comment": "",
        "shown": "",
    }
    with pytest.raises(StoreProblem), writing_by_machine(store) as writing:
        append(writing, Action.SCORE_SUBMITTED, about_dossier(dossier.id), values)
    assert store.verify().words == 0


def test_a_person_writes_nothing_that_the_machine_says(store: Store, room: Room) -> None:
    analyse(store, deposit(store))
    with pytest.raises(StoreProblem), room.writing("person:1") as writing:
        writing.connection.execute(update(documents).values(sha256="0" * 64))


def test_both_databases_know_the_tables_that_the_machine_alone_writes() -> None:
    """Those that PostgreSQL guards by triggers are those that SQLite's connections refuse."""
    steps = (r0012_machine_tables, r0015_audit, r0020_worker_signs, r0021_bearers_read)
    assert {name for step in steps for name in step.MACHINE_GUARDED} == MACHINE_TABLES


@contextmanager
def writing_by_machine(store: Store) -> Iterator[Writing]:
    """A write transaction of the machine's own connection."""
    with engine_writing(store._engine) as connection:
        yield Writing(connection, "machine")
