"""What was left out of an intake before it was sent, so that what it lacks stays known."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "intake_left_out",
        sa.Column("intake", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["intake"], ["intakes.id"], name="fk_intake_left_out_intake"),
        sa.PrimaryKeyConstraint("intake", "path", name="pk_intake_left_out"),
    )
