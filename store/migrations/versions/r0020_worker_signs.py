"""When the worker last gave a sign of life."""

import sqlalchemy as sa
from alembic import op

from store.migrations.guards import of_machine

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

MACHINE_GUARDED = ("worker_signs",)


def upgrade() -> None:
    op.create_table(
        "worker_signs",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_worker_signs"),
    )
    of_machine(MACHINE_GUARDED)
