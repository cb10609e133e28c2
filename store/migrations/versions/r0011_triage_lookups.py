"""What people last decided is found without going through all that they ever did; dossiers in the order of ids."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_index_dossiers_id", "index_dossiers", ["call", "batch", "dossier_id"])
    op.create_index("ix_decisions_kind", "decisions", ["kind", "dossier_id", "replaces"])
    _create_partial("ix_decisions_replaces", ["replaces"], "replaces IS NOT NULL")
    _create_partial("ix_decisions_taken_back", ["kind", "dossier_id"], "value IS NULL")


def _create_partial(name: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, "decisions", columns, sqlite_where=where, postgresql_where=where)
