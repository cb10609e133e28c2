"""How many markers each juror answered is counted without going through all that they ever said."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    first = sa.text("replaces IS NULL")
    op.create_index(
        "ix_scores_first", "scores", ["person_id", "dossier_id"], sqlite_where=first, postgresql_where=first
    )
