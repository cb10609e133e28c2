"""What jurors say: conflicts of interest, passages, scores, answers."""

import sqlalchemy as sa
from alembic import op

from store.migrations.guards import append_only, of_people

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

DIGEST = sa.String(64)
INSTANT = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("replaces", sa.Integer),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_answers_dossier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_answers_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
    )
    op.create_index("ix_answers_subject", "answers", ["dossier_id", "kind", "person_id"])
    op.create_table(
        "declarations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("conflict", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(length=16)),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_declarations_dossier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_declarations_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_declarations"),
    )
    op.create_index("ix_declarations_subject", "declarations", ["dossier_id", "person_id"])
    op.create_table(
        "drafts",
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("person_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_drafts_dossier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_drafts_person_id"),
        sa.PrimaryKeyConstraint("dossier_id", "person_id", "subject", name="pk_drafts"),
    )
    op.create_table(
        "passage_choices",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("marker", sa.Text, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("document", DIGEST, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("choice", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("replaces", sa.Integer),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_passage_choices_dossier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_passage_choices_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_passage_choices"),
    )
    op.create_index("ix_passage_choices_subject", "passage_choices", ["dossier_id", "marker", "person_id"])
    op.create_table(
        "scores",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("marker", sa.Text, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("analysis", sa.Integer),
        sa.Column("shown", sa.Text, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("replaces", sa.Integer),
        sa.ForeignKeyConstraint(["analysis"], ["analyses.id"], name="fk_scores_analysis"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_scores_dossier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_scores_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_scores"),
    )
    op.create_index("ix_scores_subject", "scores", ["dossier_id", "marker", "person_id"])
    append_only(("declarations", "passage_choices", "scores", "answers"))
    of_people(("declarations", "passage_choices", "scores", "answers", "drafts"))
