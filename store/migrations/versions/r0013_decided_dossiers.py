"""What people decided of each dossier, where lists find it in one row; the columns that each person has shown."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from store.migrations.guards import of_people

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_FACTS = {
    "porteur": "bearer",
    "departement": "department",
    "aide_demandee_eur": "aid_eur",
    "budget_total_eur": "budget_eur",
    "duree_mois": "duration_months",
}


def upgrade() -> None:
    decided = op.create_table(
        "decided_dossiers",
        sa.Column("dossier_id", sa.String(64), nullable=False),
        sa.Column("fields", sa.Integer, nullable=False),
        sa.Column("types", sa.Text),
        sa.Column("bearer", sa.Text),
        sa.Column("department", sa.Text),
        sa.Column("aid_eur", sa.Float),
        sa.Column("budget_eur", sa.Float),
        sa.Column("duration_months", sa.Integer),
        sa.ForeignKeyConstraint(["dossier_id"], ["dossiers.id"], name="fk_decided_dossiers_dossier_id"),
        sa.PrimaryKeyConstraint("dossier_id", name="pk_decided_dossiers"),
    )
    op.create_table(
        "shown_columns",
        sa.Column("person_id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("columns", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_shown_columns_person_id"),
        sa.PrimaryKeyConstraint("person_id", name="pk_shown_columns"),
    )
    rows = _drawn(op.get_bind())
    if rows:
        op.bulk_insert(decided, rows)
    of_people(("decided_dossiers", "shown_columns"))


def _drawn(connection: sa.Connection) -> list[dict[str, Any]]:
    """What was decided until now, a row per dossier."""
    query = sa.text(
        "SELECT dossier_id, kind, key, value FROM decisions WHERE value IS NOT NULL AND id IN "
        "(SELECT max(id) FROM decisions WHERE kind IN ('field', 'fact', 'type') GROUP BY dossier_id, kind, key)"
    )
    found: dict[str, dict[str, Any]] = {}
    for dossier_id, kind, key, value in connection.execute(query):
        empty = {"dossier_id": dossier_id, "fields": 0, "types": None, **dict.fromkeys(_FACTS.values())}
        row = found.setdefault(dossier_id, empty)
        if kind == "field":
            row["fields"] += 1
        elif kind == "type":
            row["types"] = value
        elif key in _FACTS:
            row[_FACTS[key]] = json.loads(value)
    return list(found.values())
