from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from store.canonical import Json, digest_of
from store.database import Store, open_store
from store.engine import writing
from store.journal import GENESIS, Writing
from store.records import Action, Datum, JournalHead
from tests.store.work import CALL, analyse, deposit, instruct

APPEND_ONLY = ("journal", "analyses", "dossiers", "deposits", "deposit_files")

REPLACE = "INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
TRUNCATE = "TRUNCATE {table} CASCADE"


def test_each_event_is_sealed_with_the_one_before(store: Store) -> None:
    assert store.head() == GENESIS
    instruct(store, "lot", 2)
    events = store.journal()
    assert [event.sequence for event in events] == list(range(1, len(events) + 1))
    assert [event.previous for event in events] == [GENESIS.digest, *(event.digest for event in events[:-1])]
    assert store.head() == JournalHead(events[-1].sequence, events[-1].digest)
    for event in events:
        sealed: dict[str, Json] = {
            "sequence": event.sequence,
            "at": event.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "actor": event.actor,
            "action": event.action.value,
            "subject": event.subject,
            "data": event.data,
            "previous": event.previous,
        }
        assert digest_of(sealed) == event.digest


def test_events_are_found_by_subject_action_and_place(store: Store) -> None:
    run_id = instruct(store, "lot", 3)
    events = store.journal()
    subject = f"dossier:{store.dossiers()[0].id}"
    assert store.journal(subject=subject) == tuple(event for event in events if event.subject == subject)
    assert [event.action for event in store.journal(subject=f"run:{run_id}")] == [Action.RUN_STARTED, Action.RUN_ENDED]
    assert store.journal(action=Action.RUN_ENDED) == events[-1:]
    assert store.journal(after=2, limit=3) == events[2:5]


def test_the_actor_is_told(store: Store, home: Path, database: str | None) -> None:
    open_store(home, database, actor="service:nuit").open_run(CALL, "lot", "f")
    assert store.journal()[0].actor == "service:nuit"


def test_an_event_cannot_be_changed_in_memory(store: Store) -> None:
    deposit(store)
    with pytest.raises(FrozenInstanceError):
        store.journal()[0].actor = "other"  # type: ignore[misc]


@pytest.mark.parametrize("value", ["Notre projet", "", "é", "x" * 201, ("a" * 64, "deux mots")])
def test_an_event_never_holds_prose(store: Store, engine: Engine, value: Datum) -> None:
    with pytest.raises(ValueError, match="codes, digests and counts"), writing(engine) as connection:
        Writing(connection, "machine").tell(Action.DOSSIER_FAILED, "dossier:x", {"reason": value})
    assert store.head() == GENESIS


def test_an_event_is_undone_with_what_it_tells(store: Store, engine: Engine) -> None:
    def interrupted() -> None:
        with writing(engine) as connection:
            Writing(connection, "machine").tell(Action.RUN_STARTED, "run:1", {})
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert store.journal() == ()
    assert store.head() == GENESIS


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"])
def test_the_database_itself_refuses_to_change_what_was_written(
    store: Store, engine: Engine, table: str, statement: str
) -> None:
    analyse(store, deposit(store))
    column = {"journal": "actor", "analyses": "content", "dossiers": "name", "deposits": "deposited_at"}.get(
        table, "name"
    )
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement.format(table=table, column=column)))
    assert store.verify().sound


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_replacing_and_truncating_are_refused_too(store: Store, engine: Engine, table: str) -> None:
    analyse(store, deposit(store))
    statement = REPLACE if engine.dialect.name == "sqlite" else TRUNCATE
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement.format(table=table)))
    assert store.verify().sound


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_head SET sequence = 0",
        "UPDATE journal_head SET digest = 'x'",
        "DELETE FROM journal_head",
        "INSERT INTO journal_head VALUES (2, 0, 'x')",
    ],
)
def test_the_head_only_moves_on_by_one(store: Store, engine: Engine, statement: str) -> None:
    instruct(store, "lot", 1)
    with pytest.raises(DBAPIError, match=r"moves on by one|append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    assert store.verify().sound
