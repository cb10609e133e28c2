"""How many answers a marker needed when a session was closed: its minutes say so whatever the call asks for since."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jury_sessions", sa.Column("quorum", sa.Integer))
