"""The machine's index of the dossiers, and the intakes by which files come into the room."""

import sqlalchemy as sa
from alembic import op

from pipeline.text import alphabetical

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

DIGEST = sa.String(64)
INSTANT = sa.String(27)


def upgrade() -> None:
    _create_index()
    _create_words()
    _create_likenesses()
    _create_intakes()
    _await_those_deposited_before()


def _of_dossier(column: str = "dossier_id", *, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["dossiers.id"], name=f"fk_{table}_{column}")


def _create_index() -> None:
    op.create_table(
        "index_dossiers",
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("call", sa.Text, nullable=False),
        sa.Column("batch", sa.Text, nullable=False),
        sa.Column("sort_name", sa.Text, nullable=False),
        sa.Column("deposit", sa.Integer, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("analysis", sa.Integer),
        sa.Column("document", DIGEST),
        sa.Column("partly_read", sa.Integer),
        sa.Column("pages", sa.Integer),
        sa.Column("pages_unread", sa.Integer),
        sa.Column("bearer", sa.Text),
        sa.Column("department", sa.Text),
        sa.Column("commune", sa.Text),
        sa.Column("aid_eur", sa.Float),
        sa.Column("budget_eur", sa.Float),
        sa.Column("duration_months", sa.Integer),
        sa.Column("suggested", sa.Text),
        sa.Column("declared", sa.Text),
        sa.Column("program", sa.Text),
        sa.Column("call_digest", DIGEST),
        sa.Column("models", sa.Text),
        sa.Column("absent", sa.Integer),
        sa.Column("thin", sa.Integer),
        sa.Column("findings", sa.Integer),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", name="pk_index_dossiers"),
        _of_dossier(table="index_dossiers"),
        sa.ForeignKeyConstraint(["analysis"], ["analyses.id"], name="fk_index_dossiers_analysis"),
    )
    for name, column in (("name", "sort_name"), ("status", "status"), ("department", "department"), ("aid", "aid_eur")):
        op.create_index(f"ix_index_dossiers_{name}", "index_dossiers", ["call", "batch", column])
    op.create_table(
        "index_fields",
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", "field", name="pk_index_fields"),
        _of_dossier(table="index_fields"),
    )
    op.create_index("ix_index_fields_status", "index_fields", ["status", "field", "dossier_id"])
    op.create_table(
        "index_findings",
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", "code", name="pk_index_findings"),
        _of_dossier(table="index_findings"),
    )
    op.create_index("ix_index_findings_code", "index_findings", ["code", "dossier_id"])


def _create_words() -> None:
    op.create_table(
        "index_parts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_index_parts"),
        _of_dossier(table="index_parts"),
    )
    op.create_index("ix_index_parts_dossier_id", "index_parts", ["dossier_id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TABLE index_words (id integer CONSTRAINT pk_index_words PRIMARY KEY "
            "CONSTRAINT fk_index_words_id REFERENCES index_parts (id) ON DELETE CASCADE, "
            "stems tsvector NOT NULL, forms tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_index_words_stems ON index_words USING gin (stems)")
        op.execute("CREATE INDEX ix_index_words_forms ON index_words USING gin (forms)")
    else:
        # The words come folded and cut already: FTS5 is only to part them at spaces.
        op.execute(
            "CREATE VIRTUAL TABLE index_words USING fts5(stems, forms, tokenize = 'unicode61 remove_diacritics 0')"
        )


def _create_likenesses() -> None:
    op.create_table(
        "index_sketches",
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("sketch", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", name="pk_index_sketches"),
        _of_dossier(table="index_sketches"),
    )
    op.create_table(
        "index_likenesses",
        sa.Column("dossier_a", DIGEST, nullable=False),
        sa.Column("dossier_b", DIGEST, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("share", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("dossier_a", "dossier_b", "kind", name="pk_index_likenesses"),
        _of_dossier("dossier_a", table="index_likenesses"),
        _of_dossier("dossier_b", table="index_likenesses"),
    )
    op.create_index("ix_index_likenesses_dossier_b", "index_likenesses", ["dossier_b"])
    # The same file in two dossiers is looked for by its digest.
    op.create_index("ix_deposit_files_sha256", "deposit_files", ["sha256"])
    op.create_index("ix_run_items_dossier_id", "run_items", ["dossier_id"])


def _create_intakes() -> None:
    op.create_table(
        "intakes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("call", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("grouping", sa.String(16), nullable=False),
        sa.Column("opened_by", sa.Text, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("taken_at", INSTANT),
        sa.Column("reason", sa.Text),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_intakes"),
    )
    op.create_index("ix_intakes_call", "intakes", ["call", "id"])
    op.create_index("ix_intakes_state", "intakes", ["state"])
    op.create_table(
        "intake_files",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("intake", sa.Integer, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("sha256", DIGEST, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_intake_files"),
        sa.ForeignKeyConstraint(["intake"], ["intakes.id"], name="fk_intake_files_intake"),
        sa.UniqueConstraint("intake", "path", name="uq_intake_files_intake_path"),
    )
    op.create_table(
        "intake_items",
        sa.Column("intake", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("position", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("result", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("dossier_id", DIGEST),
        sa.Column("deposit", sa.Integer),
        sa.PrimaryKeyConstraint("intake", "position", name="pk_intake_items"),
        sa.ForeignKeyConstraint(["intake"], ["intakes.id"], name="fk_intake_items_intake"),
        _of_dossier(table="intake_items"),
    )
    op.create_index("ix_intake_items_dossier_id", "intake_items", ["dossier_id"])
    op.create_table(
        "retries",
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("dossier_id", name="pk_retries"),
        _of_dossier(table="retries"),
    )


def _await_those_deposited_before() -> None:
    """Each dossier has its row, which says nothing yet: the worker fills those that have an analysis."""
    connection = op.get_bind()
    found = connection.execute(
        sa.text(
            "SELECT d.id, d.call, d.batch, d.name, max(p.number) AS deposit, max(p.deposited_at) AS at "
            "FROM dossiers d JOIN deposits p ON p.dossier_id = d.id GROUP BY d.id, d.call, d.batch, d.name"
        )
    ).all()
    rows = [
        {"dossier_id": row.id, "call": row.call, "batch": row.batch, "sort_name": alphabetical(row.name)[0]}
        | {"deposit": row.deposit, "status": "waiting", "updated_at": row.at}
        for row in found
    ]
    table = sa.table("index_dossiers", *(sa.column(name) for name in rows[0])) if rows else None
    if table is not None:
        op.bulk_insert(table, rows)
