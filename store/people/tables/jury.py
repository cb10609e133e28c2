"""What jurors say: conflicts of interest, choices among passages, scores, answers of the second stage."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from store.people.tables.accounts import people
from store.schema import Digest, Instant, analyses, dossiers, metadata

declarations = Table(
    "declarations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dossier_id", ForeignKey(dossiers.c.id), nullable=False),
    Column("person_id", ForeignKey(people.c.id), nullable=False),
    Column("conflict", Integer, nullable=False),
    Column("kind", String(16)),  # of a conflict: family, financial, professional, other
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Index("ix_declarations_subject", "dossier_id", "person_id"),
)

passage_choices = Table(
    "passage_choices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dossier_id", ForeignKey(dossiers.c.id), nullable=False),
    Column("marker", Text, nullable=False),
    Column("person_id", ForeignKey(people.c.id), nullable=False),
    Column("document", Digest, nullable=False),  # the very document that the offsets point into
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("choice", String(16), nullable=False),  # kept, aside, added, withdrawn
    Column("reason", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("replaces", Integer),
    Index("ix_passage_choices_subject", "dossier_id", "marker", "person_id"),
)

scores = Table(
    "scores",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dossier_id", ForeignKey(dossiers.c.id), nullable=False),
    Column("marker", Text, nullable=False),
    Column("person_id", ForeignKey(people.c.id), nullable=False),
    Column("value", Text),  # one of the call's scale; none when the juror cannot say
    Column("comment", Text, nullable=False),
    Column("analysis", ForeignKey(analyses.c.id)),  # what the machine had said of the dossier
    Column("shown", Text, nullable=False),  # JSON: the passages that this juror had before the eyes
    Column("at", Instant, nullable=False),
    Column("replaces", Integer),
    Index("ix_scores_subject", "dossier_id", "marker", "person_id"),
)
# The first answer of each juror on each marker is what lists of people and calls count; few replace another.
_first, _later = scores.c.replaces.is_(None), scores.c.replaces.is_not(None)
Index("ix_scores_first", scores.c.person_id, scores.c.dossier_id, sqlite_where=_first, postgresql_where=_first)
Index("ix_scores_replaces", scores.c.replaces, sqlite_where=_later, postgresql_where=_later)

answers = Table(
    "answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dossier_id", ForeignKey(dossiers.c.id), nullable=False),
    Column("kind", String(16), nullable=False),  # grid, synthesis
    Column("item", Text, nullable=False),
    Column("person_id", ForeignKey(people.c.id), nullable=False),
    Column("value", Text),  # one of the grid's values; none for a synthesis, or when the juror cannot say
    Column("comment", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("replaces", Integer),
    Index("ix_answers_subject", "dossier_id", "kind", "person_id"),
)

drafts = Table(
    "drafts",
    metadata,
    Column("dossier_id", ForeignKey(dossiers.c.id), primary_key=True),
    Column("person_id", ForeignKey(people.c.id), primary_key=True, autoincrement=False),
    Column("subject", String(120), primary_key=True),  # marker:<id>, grid, synthesis, note:<kind>:<key>
    Column("content", Text, nullable=False),  # JSON
    Column("version", Integer, nullable=False),
    Column("updated_at", Instant, nullable=False),
)
