"""PostgreSQL refuses people the tables that the machine alone writes, as connections of SQLite do by themselves."""

from store.migrations.guards import of_machine

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


MACHINE_GUARDED = (
    "documents",
    "analyses",
    "runs",
    "run_items",
    "index_dossiers",
    "index_fields",
    "index_findings",
    "index_parts",
    "index_words",
    "index_sketches",
    "index_likenesses",
)


def upgrade() -> None:
    of_machine(MACHINE_GUARDED)
