"""What the program read as the bearer, deposit by deposit."""

import sqlalchemy as sa
from alembic import op

from store.migrations.guards import of_machine

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

MACHINE_GUARDED = ("index_bearers",)


def upgrade() -> None:
    op.create_table(
        "index_bearers",
        sa.Column("dossier_id", sa.String(64), nullable=False),
        sa.Column("deposit", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("bearer", sa.Text),
        sa.Column("siren", sa.Text),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_index_bearers_dossier_id"),
        sa.PrimaryKeyConstraint("dossier_id", "deposit", name="pk_index_bearers"),
    )
    op.execute(
        "INSERT INTO index_bearers (dossier_id, deposit, bearer) "
        "SELECT dossier_id, deposit, bearer FROM index_dossiers WHERE bearer IS NOT NULL"
    )
    of_machine(MACHINE_GUARDED)
