"""What an audit leans on: verifications of the journal, what samples were drawn from, who did not come to a session."""

import sqlalchemy as sa
from alembic import op

from store.migrations.guards import append_only, of_machine, of_people

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MACHINE_GUARDED = ("verifications",)
DIGEST = sa.String(64)
INSTANT = sa.String(27)


def upgrade() -> None:
    op.add_column("samples", sa.Column("among", sa.String(length=16)))
    op.add_column("collective_values", sa.Column("quorum", sa.Integer))
    op.create_table(
        "session_absences",
        sa.Column("session_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_session_absences_person_id"),
        sa.ForeignKeyConstraint(["session_id"], ["jury_sessions.id"], name="fk_session_absences_session_id"),
        sa.PrimaryKeyConstraint("session_id", "person_id", name="pk_session_absences"),
    )
    op.create_table(
        "verification_requests",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_verification_requests_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_verification_requests"),
    )
    op.create_table(
        "verifications",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("request", sa.Integer, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=False),
        sa.Column("events", sa.Integer, nullable=False),
        sa.Column("analyses", sa.Integer, nullable=False),
        sa.Column("words", sa.Integer, nullable=False),
        sa.Column("found", sa.Integer, nullable=False),
        sa.Column("problems", sa.Text, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("digest", DIGEST, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_verifications"),
    )
    append_only(("verifications",))
    of_people(("session_absences", "verification_requests"))
    of_machine(MACHINE_GUARDED)
