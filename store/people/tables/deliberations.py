"""Sessions of the jury, and what it holds collectively."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from store.people.tables.accounts import people
from store.schema import Instant, dossiers, metadata

jury_sessions = Table(
    "jury_sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("held_on", String(10), nullable=False),  # ISO date
    Column("state", String(16), nullable=False),  # planned, open, closed
    Column("chair", ForeignKey(people.c.id), nullable=False),
    Column("opened_at", Instant),
    Column("closed_at", Instant),
)

session_dossiers = Table(
    "session_dossiers",
    metadata,
    Column("session_id", ForeignKey(jury_sessions.c.id), primary_key=True, autoincrement=False),
    Column("dossier_id", ForeignKey(dossiers.c.id), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
    Column("settled", Integer, nullable=False),
)

session_jurors = Table(
    "session_jurors",
    metadata,
    Column("session_id", ForeignKey(jury_sessions.c.id), primary_key=True, autoincrement=False),
    Column("person_id", ForeignKey(people.c.id), primary_key=True, autoincrement=False, index=True),
)

session_absences = Table(
    "session_absences",
    metadata,
    Column("session_id", ForeignKey(jury_sessions.c.id), primary_key=True, autoincrement=False),
    Column("person_id", ForeignKey(people.c.id), primary_key=True, autoincrement=False),
)
"""Jurors who were convened and did not come."""

collective_values = Table(
    "collective_values",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session_id", ForeignKey(jury_sessions.c.id), nullable=False),
    Column("dossier_id", ForeignKey(dossiers.c.id), nullable=False),
    Column("marker", Text, nullable=False),
    Column("value", Text),  # one of the call's scale; none when the jury cannot say
    Column("comment", Text, nullable=False),
    Column("jurors", Integer, nullable=False),  # how many had answered
    Column("person_id", ForeignKey(people.c.id), nullable=False),  # the chair
    Column("at", Instant, nullable=False),
    Column("replaces", Integer),
    Column("quorum", Integer),  # how many answers the call asked for; none in the first values
    Index("ix_collective_values_subject", "dossier_id", "marker"),
)

collective_answers = Table(
    "collective_answers",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session_id", ForeignKey(jury_sessions.c.id), nullable=False),
    Column("dossier_id", ForeignKey(dossiers.c.id), nullable=False),
    Column("kind", String(16), nullable=False),  # grid, synthesis
    Column("item", Text, nullable=False),
    Column("value", Text),
    Column("comment", Text, nullable=False),
    Column("person_id", ForeignKey(people.c.id), nullable=False),
    Column("at", Instant, nullable=False),
    Column("replaces", Integer),
    Index("ix_collective_answers_subject", "dossier_id", "kind", "item"),
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session_id", ForeignKey(jury_sessions.c.id), nullable=False),
    Column("dossier_id", ForeignKey(dossiers.c.id), nullable=False, index=True),
    Column("outcome", Text, nullable=False),  # one of the call's
    Column("comment", Text, nullable=False),
    Column("person_id", ForeignKey(people.c.id), nullable=False),
    Column("at", Instant, nullable=False),
    Column("replaces", Integer),
)
