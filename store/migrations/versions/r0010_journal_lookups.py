"""The journal is looked up by action, by who did it and by moment, however long it is."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("action", "actor", "at"):
        op.create_index(f"ix_journal_{name}", "journal", [name, "sequence"])
