"""Which fields people decided to be absent or thin, where lists count them."""

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decided_dossiers", sa.Column("lacking", sa.Text))
    rows = [{"which": dossier_id, "fields": fields} for dossier_id, fields in drawn(op.get_bind()).items()]
    if rows:
        kept = sa.text("UPDATE decided_dossiers SET lacking = :fields WHERE dossier_id = :which")
        op.get_bind().execute(kept, rows)


def drawn(connection: sa.Connection) -> dict[str, str]:
    """What was decided until now, by dossier."""
    query = sa.text(
        "SELECT dossier_id, key, value FROM decisions WHERE id IN "
        "(SELECT max(id) FROM decisions WHERE kind = 'field' GROUP BY dossier_id, key)"
    )
    found: dict[str, list[str]] = defaultdict(list)
    for dossier_id, key, value in connection.execute(query):
        if value in ('"absent"', '"thin"'):
            found[dossier_id].append(key)
    return {dossier_id: "+".join(sorted(fields)) for dossier_id, fields in found.items()}
