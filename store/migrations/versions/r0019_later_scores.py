"""Whether a score was replaced is found without going through all those of its dossier."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    later = sa.text("replaces IS NOT NULL")
    op.create_index("ix_scores_replaces", "scores", ["replaces"], sqlite_where=later, postgresql_where=later)
