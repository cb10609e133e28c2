"""People, their sessions, the calls of the room and their juries."""

import sqlalchemy as sa
from alembic import op

from store.migrations.guards import of_people

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DIGEST = sa.String(64)
INSTANT = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("login", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password", sa.Text),
        sa.Column("subject", sa.Text),
        sa.Column("active", sa.Integer, nullable=False),
        sa.Column("single_keys", sa.Integer, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("login", name="uq_people_login"),
        sa.UniqueConstraint("subject", name="uq_people_subject"),
    )
    op.create_table(
        "refusals",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key", DIGEST, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_refusals"),
    )
    op.create_index("ix_refusals_key", "refusals", ["key"])
    op.create_table(
        "room_calls",
        sa.Column("call", sa.Text, nullable=False),
        sa.Column("file", DIGEST),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("deadline", sa.String(length=10)),
        sa.Column("quorum", sa.Integer, nullable=False),
        sa.Column("retention_months", sa.Integer),
        sa.Column("scale", sa.Text),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("call", name="pk_room_calls"),
    )
    op.create_table(
        "assignments",
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("person_id", sa.Integer, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_assignments_dossier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_assignments_person_id"),
        sa.PrimaryKeyConstraint("dossier_id", "person_id", name="pk_assignments"),
    )
    op.create_index("ix_assignments_person_id", "assignments", ["person_id"])
    op.create_table(
        "jurors",
        sa.Column("call", sa.Text, nullable=False),
        sa.Column("person_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("chair", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["call"], ["room_calls.call"], name="fk_jurors_call"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_jurors_person_id"),
        sa.PrimaryKeyConstraint("call", "person_id", name="pk_jurors"),
    )
    op.create_table(
        "logins",
        sa.Column("token", DIGEST, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("csrf", DIGEST, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_logins_person_id"),
        sa.PrimaryKeyConstraint("token", name="pk_logins"),
    )
    of_people(("people", "logins", "refusals", "room_calls", "jurors", "assignments"))
