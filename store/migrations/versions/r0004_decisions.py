"""What instructors decide on dossiers, and how they sort them."""

import sqlalchemy as sa
from alembic import op

from store.migrations.guards import append_only, of_people

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DIGEST = sa.String(64)
INSTANT = sa.String(27)


def upgrade() -> None:
    op.create_table(
        "labels",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("call", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_labels"),
        sa.UniqueConstraint("call", "name", name="uq_labels_call_name"),
    )
    op.create_table(
        "bulk_actions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("call", sa.Text, nullable=False),
        sa.Column("action", sa.String(length=24), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("undone_at", INSTANT),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_bulk_actions_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_bulk_actions"),
    )
    op.create_table(
        "dossier_labels",
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("label_id", sa.Integer, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_dossier_labels_dossier_id"),
        sa.ForeignKeyConstraint(["label_id"], ["labels.id"], name="fk_dossier_labels_label_id"),
        sa.PrimaryKeyConstraint("dossier_id", "label_id", name="pk_dossier_labels"),
    )
    op.create_index("ix_dossier_labels_label_id", "dossier_labels", ["label_id"])
    op.create_table(
        "dossier_states",
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("assignee", sa.Integer),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["assignee"], ["people.id"], name="fk_dossier_states_assignee"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_dossier_states_dossier_id"),
        sa.PrimaryKeyConstraint("dossier_id", name="pk_dossier_states"),
    )
    op.create_index("ix_dossier_states_assignee", "dossier_states", ["assignee"])
    op.create_index("ix_dossier_states_state", "dossier_states", ["state"])
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("call", sa.Text, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.Text, nullable=False),
        sa.Column("shared", sa.Integer, nullable=False),
        sa.Column("opens", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_saved_views_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_views"),
    )
    op.create_index("ix_saved_views_person_id", "saved_views", ["person_id"])
    op.create_table(
        "bulk_changes",
        sa.Column("bulk_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["bulk_id"], ["bulk_actions.id"], name="fk_bulk_changes_bulk_id"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_bulk_changes_dossier_id"),
        sa.PrimaryKeyConstraint("bulk_id", "dossier_id", name="pk_bulk_changes"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("dossier_id", DIGEST, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.Text),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("machine", sa.Text),
        sa.Column("analysis", sa.Integer),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("replaces", sa.Integer),
        sa.ForeignKeyConstraint(["analysis"], ["analyses.id"], name="fk_decisions_analysis"),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_decisions_dossier_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_decisions_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_subject", "decisions", ["dossier_id", "kind", "key"])
    append_only(("decisions",))
    of_people(
        ("decisions", "dossier_states", "labels", "dossier_labels", "bulk_actions", "bulk_changes", "saved_views")
    )
