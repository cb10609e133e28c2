"""First schema: dossiers and their deposits, documents, analyses, runs, and the journal that cannot be rewritten."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

DIGEST = sa.String(64)
INSTANT = sa.String(27)

APPEND_ONLY = {
    "dossiers": "id",
    "deposits": "dossier_id, number",
    "deposit_files": "dossier_id, deposit, position",
    "analyses": "id",
    "journal": "sequence",
}


def upgrade() -> None:
    _create_dossiers()
    _create_analyses()
    _create_runs()
    _create_journal()
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def _create_dossiers() -> None:
    op.create_table(
        "dossiers",
        sa.Column("id", DIGEST, nullable=False),
        sa.Column("call", sa.Text, nullable=False),
        sa.Column("batch", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dossiers"),
        sa.UniqueConstraint("call", "batch", "name", name="uq_dossiers_call_batch_name"),
    )
    op.create_table(
        "deposits",
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("deposited_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", "number", name="pk_deposits"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_deposits_dossier_id"),
    )
    op.create_table(
        "deposit_files",
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("deposit", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", DIGEST, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", "deposit", "position", name="pk_deposit_files"),
        sa.ForeignKeyConstraint(
            ["dossier_id", "deposit"],
            ["deposits.dossier_id", "deposits.number"],
            name="fk_deposit_files_dossier_id_deposit",
        ),
        sa.UniqueConstraint("dossier_id", "deposit", "name", name="uq_deposit_files_dossier_id_deposit_name"),
    )


def _create_analyses() -> None:
    op.create_table(
        "documents",
        sa.Column("key", DIGEST, nullable=False),
        sa.Column("sha256", DIGEST, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_documents"),
    )
    op.create_table(
        "analyses",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("key", DIGEST, nullable=False),
        sa.Column("document", DIGEST, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_analyses"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_analyses_dossier_id"),
        sa.UniqueConstraint("dossier_id", "key", name="uq_analyses_dossier_id_key"),
    )


def _create_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("call", sa.Text, nullable=False),
        sa.Column("batch", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("resumed", sa.Integer, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.create_table(
        "run_items",
        sa.Column("run_id", sa.Integer, nullable=False),
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("deposit", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("analysis", sa.Integer),
        sa.Column("reason", sa.Text),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("run_id", "dossier_id", name="pk_run_items"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="fk_run_items_run_id"),
        sa.ForeignKeyConstraint(["analysis"], ["analyses.id"], name="fk_run_items_analysis"),
        sa.ForeignKeyConstraint(
            ["dossier_id", "deposit"],
            ["deposits.dossier_id", "deposits.number"],
            name="fk_run_items_dossier_id_deposit",
        ),
    )


def _create_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("sequence", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("previous", DIGEST, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_journal"),
    )
    op.create_index("ix_journal_subject", "journal", ["subject"])
    head = op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_journal_head"),
        sa.CheckConstraint("id = 1", name="ck_journal_head_one_row"),
    )
    op.bulk_insert(head, [{"id": 1, "sequence": 0, "digest": "0" * 64}])


def _guard_sqlite() -> None:
    for table, key in APPEND_ONLY.items():
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
        # INSERT OR REPLACE deletes without the trigger on DELETE being run.
        same = " AND ".join(f"{column} = NEW.{column}" for column in key.split(", "))
        there = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 (the names are this file's)
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    op.execute(
        "CREATE TRIGGER journal_head_moves_on BEFORE UPDATE ON journal_head "
        "WHEN NEW.id <> OLD.id OR NEW.sequence <> OLD.sequence + 1 "
        "BEGIN SELECT RAISE(ABORT, 'journal_head moves on by one'); END"
    )
    op.execute(
        "CREATE TRIGGER journal_head_no_delete BEFORE DELETE ON journal_head "
        "BEGIN SELECT RAISE(ABORT, 'journal_head moves on by one'); END"
    )
    op.execute(
        "CREATE TRIGGER journal_head_no_replace BEFORE INSERT ON journal_head "
        "BEGIN SELECT RAISE(ABORT, 'journal_head moves on by one'); END"
    )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    op.execute(
        "CREATE TRIGGER journal_head_stays BEFORE INSERT OR DELETE OR TRUNCATE ON journal_head "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        "CREATE TRIGGER journal_head_moves_on BEFORE UPDATE ON journal_head FOR EACH ROW "
        "WHEN (NEW.id <> OLD.id OR NEW.sequence <> OLD.sequence + 1) EXECUTE FUNCTION refuse_change()"
    )
