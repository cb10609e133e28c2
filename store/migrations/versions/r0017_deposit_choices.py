"""Deposits that have the name of a known dossier wait for people's word; names with numbers are in their order."""

import sqlalchemy as sa
from alembic import op

from pipeline.text import alphabetical
from store.migrations.guards import append_only, of_people, write_as

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

DIGEST = sa.String(64)
INSTANT = sa.String(27)


def upgrade() -> None:
    op.add_column("intakes", sa.Column("target", DIGEST))
    op.create_table(
        "intake_pieces",
        sa.Column("intake", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sha256", DIGEST, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.ForeignKeyConstraint(["intake"], ["intakes.id"], name="fk_intake_pieces_intake"),
        sa.PrimaryKeyConstraint("intake", "position", "place", name="pk_intake_pieces"),
    )
    op.create_table(
        "deposit_choices",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("intake", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("deposit", sa.Integer, nullable=False),
        sa.Column("choice", sa.String(16), nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_deposit_choices_dossier_id"),
        sa.ForeignKeyConstraint(["intake"], ["intakes.id"], name="fk_deposit_choices_intake"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_deposit_choices_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deposit_choices"),
        sa.UniqueConstraint("intake", "position", name="uq_deposit_choices_intake_position"),
    )
    append_only(("deposit_choices",))
    of_people(("deposit_choices",))
    op.add_column("dossier_states", sa.Column("marked_at", INSTANT))
    write_as("people")
    op.execute("UPDATE dossier_states SET marked_at = updated_at")
    write_as("machine")
    _put_names_in_order(op.get_bind())


def _put_names_in_order(connection: sa.Connection) -> None:
    named = connection.execute(
        sa.text("SELECT i.dossier_id AS id, d.name FROM index_dossiers i JOIN dossiers d ON d.id = i.dossier_id")
    )
    rows = [{"id": row.id, "key": alphabetical(row.name)[0]} for row in named]
    if rows:
        connection.execute(sa.text("UPDATE index_dossiers SET sort_name = :key WHERE dossier_id = :id"), rows)
