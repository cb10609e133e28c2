"""Dossiers that stop here, and why; how many findings people spoke of, where lists find it."""

from collections import Counter

import sqlalchemy as sa
from alembic import op

from store.migrations.guards import of_people

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("dossier_states", sa.Column("reason", sa.String(24)))
    settled = op.create_table(
        "settled_findings",
        sa.Column("dossier_id", sa.String(64), nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("analysis", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_settled_findings_dossier_id"),
        sa.ForeignKeyConstraint(["analysis"], ["analyses.id"], name="fk_settled_findings_analysis"),
        sa.PrimaryKeyConstraint("dossier_id", "code", "analysis", name="pk_settled_findings"),
    )
    rows = [
        {"dossier_id": dossier_id, "code": code, "analysis": analysis, "count": count}
        for (dossier_id, code, analysis), count in _drawn(op.get_bind()).items()
    ]
    if rows:
        op.bulk_insert(settled, rows)
    of_people(("settled_findings",))


def _drawn(connection: sa.Connection) -> Counter[tuple[str, str, int]]:
    """What was decided until now."""
    query = sa.text(
        "SELECT dossier_id, key, analysis FROM decisions WHERE value IS NOT NULL AND analysis IS NOT NULL AND id IN "
        "(SELECT max(id) FROM decisions WHERE kind = 'finding' GROUP BY dossier_id, key)"
    )
    return Counter(
        (dossier_id, key.partition(":")[0], analysis) for dossier_id, key, analysis in connection.execute(query)
    )
