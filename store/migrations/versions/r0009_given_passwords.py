"""Passwords that someone else has seen: their owner changes them first."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("password_given", sa.Integer, nullable=False, server_default="0"))
