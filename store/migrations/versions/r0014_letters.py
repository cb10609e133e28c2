"""Letters that ask for pieces: the one under way on each dossier, those that were sent; days given to reply."""

import sqlalchemy as sa
from alembic import op

from store.migrations.guards import append_only, of_people

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

DIGEST = sa.String(64)
INSTANT = sa.String(27)
DAY = sa.String(10)


def upgrade() -> None:
    op.create_table(
        "letter_drafts",
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("text", sa.Text),
        sa.Column("expected", DAY),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("former_text", sa.Text),
        sa.Column("former_person", sa.Integer),
        sa.Column("former_at", INSTANT),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_letter_drafts_dossier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_letter_drafts_person_id"),
        sa.ForeignKeyConstraint(["former_person"], ["people.id"], name="fk_letter_drafts_former_person"),
        sa.PrimaryKeyConstraint("dossier_id", name="pk_letter_drafts"),
    )
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("sent_on", DAY),
        sa.Column("expected", DAY),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("replaces", sa.Integer),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_letters_dossier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_letters_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
    )
    op.create_index("ix_letters_dossier", "letters", ["dossier_id"])
    op.add_column("room_calls", sa.Column("reply_days", sa.Integer, nullable=False, server_default="15"))
    append_only(("letters",))
    of_people(("letters", "letter_drafts"))
