"""What instructors decide on dossiers, and how they sort them."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from store.people.tables.accounts import people
from store.schema import Instant, analyses, dossiers, metadata

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dossier_id", ForeignKey(dossiers.c.id), nullable=False),
    Column("kind", String(16), nullable=False),  # field, fact, finding, type, note
    Column("key", Text, nullable=False),  # of the field, the fact, the finding
    Column("value", Text),  # JSON
    Column("note", Text, nullable=False),
    Column("machine", Text),  # JSON: what the machine had said when the person spoke
    Column("analysis", ForeignKey(analyses.c.id)),
    Column("person_id", ForeignKey(people.c.id), nullable=False),
    Column("at", Instant, nullable=False),
    Column("replaces", Integer),
    Index("ix_decisions_subject", "dossier_id", "kind", "key"),
    Index("ix_decisions_kind", "kind", "dossier_id", "replaces"),
)
# Few decisions replace another, fewer take one back: without the others, these are soon looked through.
_replacing, _taking_back = decisions.c.replaces.is_not(None), decisions.c.value.is_(None)
Index("ix_decisions_replaces", decisions.c.replaces, sqlite_where=_replacing, postgresql_where=_replacing)
Index(
    "ix_decisions_taken_back",
    decisions.c.kind,
    decisions.c.dossier_id,
    sqlite_where=_taking_back,
    postgresql_where=_taking_back,
)

decided_dossiers = Table(
    "decided_dossiers",  # drawn from `decisions` at each of them: what lists filter, sort and count by
    metadata,
    Column("dossier_id", ForeignKey(dossiers.c.id), primary_key=True),
    Column("fields", Integer, nullable=False),  # on how many people's last word is not that they take it back
    Column("types", Text),  # JSON, as decided
    Column("lacking", Text),  # fields decided absent or thin, in their order, « + » between; none where there is none
    Column("bearer", Text),
    Column("department", Text),
    Column("aid_eur", Float),
    Column("budget_eur", Float),
    Column("duration_months", Integer),
)

settled_findings = Table(
    "settled_findings",  # drawn from `decisions` in the same way
    metadata,
    Column("dossier_id", ForeignKey(dossiers.c.id), primary_key=True),
    Column("code", Text, primary_key=True),
    Column("analysis", ForeignKey(analyses.c.id), primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),  # of the findings of this code in this analysis: what people spoke of
)

dossier_states = Table(
    "dossier_states",
    metadata,
    Column("dossier_id", ForeignKey(dossiers.c.id), primary_key=True),
    Column("state", String(24), nullable=False, index=True),  # open, complete, pieces-requested, dropped
    Column("reason", String(24)),  # of one that is dropped: why
    Column("assignee", ForeignKey(people.c.id), index=True),
    Column("updated_at", Instant, nullable=False),
    Column("marked_at", Instant),  # when the state was last said
)

labels = Table(
    "labels",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call", Text, nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("call", "name"),
)

dossier_labels = Table(
    "dossier_labels",
    metadata,
    Column("dossier_id", ForeignKey(dossiers.c.id), primary_key=True),
    Column("label_id", ForeignKey(labels.c.id), primary_key=True, autoincrement=False, index=True),
)

bulk_actions = Table(
    "bulk_actions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call", Text, nullable=False),
    Column("action", String(24), nullable=False),
    Column("data", Text, nullable=False),  # JSON
    Column("person_id", ForeignKey(people.c.id), nullable=False),
    Column("at", Instant, nullable=False),
    Column("undone_at", Instant),
)

bulk_changes = Table(
    "bulk_changes",
    metadata,
    Column("bulk_id", ForeignKey(bulk_actions.c.id), primary_key=True, autoincrement=False),
    Column("dossier_id", ForeignKey(dossiers.c.id), primary_key=True),
    Column("before", Text, nullable=False),  # JSON
    Column("after", Text, nullable=False),  # JSON
)

saved_views = Table(
    "saved_views",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call", Text, nullable=False),
    Column("person_id", ForeignKey(people.c.id), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),  # the filter, as in the address of the page
    Column("shared", Integer, nullable=False),
    Column("opens", Integer, nullable=False),  # the table opens with it, for this person
)

shown_columns = Table(
    "shown_columns",
    metadata,
    Column("person_id", ForeignKey(people.c.id), primary_key=True, autoincrement=False),
    Column("columns", Text, nullable=False),  # of the triage table, as in the address of the page
)
