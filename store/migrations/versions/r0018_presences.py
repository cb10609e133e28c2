"""Who sat when something was held, under whom and on which day; how many had answered what the jury then held."""

import sqlalchemy as sa
from alembic import op

from store.migrations.guards import append_only, of_people

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

INSTANT = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "presences",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("session_id", sa.Integer, nullable=False),
        sa.Column("held_on", sa.String(length=10), nullable=False),
        sa.Column("chair", sa.Integer, nullable=False),
        sa.Column("present", sa.Text, nullable=False),
        sa.Column("absent", sa.Text, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("replaces", sa.Integer),
        sa.ForeignKeyConstraint(["chair"], ["people.id"], name="fk_presences_chair"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_presences_person_id"),
        sa.ForeignKeyConstraint(["session_id"], ["jury_sessions.id"], name="fk_presences_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_presences"),
    )
    op.create_index("ix_presences_session_id", "presences", ["session_id"])
    for table in ("collective_values", "collective_answers", "outcomes"):
        op.add_column(table, sa.Column("presence", sa.Integer))
    for table in ("collective_answers", "outcomes"):
        op.add_column(table, sa.Column("jurors", sa.Integer))
        op.add_column(table, sa.Column("quorum", sa.Integer))
    op.add_column("outcomes", sa.Column("lacking", sa.Integer))
    op.add_column("session_absences", sa.Column("sat", sa.Integer, nullable=False, server_default="0"))
    append_only(("presences",))
    of_people(("presences",))
