"""Sessions of the jury, and what it holds collectively."""

import sqlalchemy as sa
from alembic import op

from store.migrations.guards import append_only, of_people

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

DIGEST = sa.String(64)
INSTANT = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "jury_sessions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("call", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("held_on", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("chair", sa.Integer, nullable=False),
        sa.Column("opened_at", INSTANT),
        sa.Column("closed_at", INSTANT),
        sa.ForeignKeyConstraint(["chair"], ["people.id"], name="fk_jury_sessions_chair"),
        sa.PrimaryKeyConstraint("id", name="pk_jury_sessions"),
    )
    op.create_index("ix_jury_sessions_call", "jury_sessions", ["call"])
    op.create_table(
        "collective_answers",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("session_id", sa.Integer, nullable=False),
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("replaces", sa.Integer),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_collective_answers_dossier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_collective_answers_person_id"),
        sa.ForeignKeyConstraint(["session_id"], ["jury_sessions.id"], name="fk_collective_answers_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_collective_answers"),
    )
    op.create_index("ix_collective_answers_subject", "collective_answers", ["dossier_id", "kind", "item"])
    op.create_table(
        "collective_values",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("session_id", sa.Integer, nullable=False),
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("marker", sa.Text, nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("jurors", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("replaces", sa.Integer),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_collective_values_dossier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_collective_values_person_id"),
        sa.ForeignKeyConstraint(["session_id"], ["jury_sessions.id"], name="fk_collective_values_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_collective_values"),
    )
    op.create_index("ix_collective_values_subject", "collective_values", ["dossier_id", "marker"])
    op.create_table(
        "outcomes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("session_id", sa.Integer, nullable=False),
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("replaces", sa.Integer),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_outcomes_dossier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_outcomes_person_id"),
        sa.ForeignKeyConstraint(["session_id"], ["jury_sessions.id"], name="fk_outcomes_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outcomes"),
    )
    op.create_index("ix_outcomes_dossier_id", "outcomes", ["dossier_id"])
    op.create_table(
        "session_dossiers",
        sa.Column("session_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("settled", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_session_dossiers_dossier_id"),
        sa.ForeignKeyConstraint(["session_id"], ["jury_sessions.id"], name="fk_session_dossiers_session_id"),
        sa.PrimaryKeyConstraint("session_id", "dossier_id", name="pk_session_dossiers"),
    )
    op.create_index("ix_session_dossiers_dossier_id", "session_dossiers", ["dossier_id"])
    op.create_table(
        "session_jurors",
        sa.Column("session_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_session_jurors_person_id"),
        sa.ForeignKeyConstraint(["session_id"], ["jury_sessions.id"], name="fk_session_jurors_session_id"),
        sa.PrimaryKeyConstraint("session_id", "person_id", name="pk_session_jurors"),
    )
    op.create_index("ix_session_jurors_person_id", "session_jurors", ["person_id"])

    append_only(("collective_values", "collective_answers", "outcomes"))
    of_people(
        ("jury_sessions", "session_dossiers", "session_jurors", "collective_values", "collective_answers", "outcomes")
    )
