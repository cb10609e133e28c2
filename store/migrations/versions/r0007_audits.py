"""Samples that auditors draw, and what they found."""

import sqlalchemy as sa
from alembic import op

from store.migrations.guards import append_only, of_people

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

DIGEST = sa.String(64)
INSTANT = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "samples",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("call", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("population", sa.Integer, nullable=False),
        sa.Column("seed", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_samples_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_samples"),
    )
    op.create_index("ix_samples_call", "samples", ["call"])
    op.create_table(
        "checks",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("sample_id", sa.Integer, nullable=False),
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("result", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("replaces", sa.Integer),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_checks_dossier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_checks_person_id"),
        sa.ForeignKeyConstraint(["sample_id"], ["samples.id"], name="fk_checks_sample_id"),
        sa.PrimaryKeyConstraint("id", name="pk_checks"),
    )
    op.create_index("ix_checks_dossier_id", "checks", ["dossier_id"])
    op.create_table(
        "sample_dossiers",
        sa.Column("sample_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_sample_dossiers_dossier_id"),
        sa.ForeignKeyConstraint(["sample_id"], ["samples.id"], name="fk_sample_dossiers_sample_id"),
        sa.PrimaryKeyConstraint("sample_id", "dossier_id", name="pk_sample_dossiers"),
    )
    append_only(("checks",))
    of_people(("samples", "sample_dossiers", "checks"))
