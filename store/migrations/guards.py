"""What makes tables append-only, whoever writes. Its statements are those of released steps: they never change."""

from collections.abc import Sequence

from alembic import op


def append_only(tables: Sequence[str]) -> None:
    """Refuses updates and deletions on tables whose primary key is `id`."""
    guard = _guard_postgresql if op.get_bind().dialect.name == "postgresql" else _guard_sqlite
    for table in tables:
        guard(table)


def _guard_sqlite(table: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    # INSERT OR REPLACE deletes without the trigger on DELETE being run.
    there = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608 (the names are ours)
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )


def _guard_postgresql(table: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def of_people(tables: Sequence[str]) -> None:
    """Refuses writes of the machine's connections (PostgreSQL; SQLite's refuse them when they are opened).

    A connection of people says so by the setting `reperes.hand` (`store.engine`).
    """
    _for_one_hand("people", "people", tables)


def of_machine(tables: Sequence[str]) -> None:
    """Refuses writes of people's connections, in the same way."""
    _for_one_hand("machine", "the machine", tables)


def write_as(hand: str) -> None:
    """Has the rest of a step write the tables of « people » or « machine » (PostgreSQL; SQLite refuses it nothing)."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"SET LOCAL reperes.hand = '{hand}'")


def _for_one_hand(hand: str, said: str, tables: Sequence[str]) -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {hand}_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF coalesce(current_setting('reperes.hand', true), '') <> '{hand}' THEN "
        f"RAISE EXCEPTION '% is written by {said} only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; "
        "END IF; RETURN NULL; END $$"
    )
    for table in tables:
        op.execute(
            f"CREATE TRIGGER {table}_{hand}_only BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {hand}_only()"
        )
