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
    Column("quorum", Integer),  # how many answers the call asked for when it was closed
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
    Column("sat", Integer, nullable=False, server_default="0"),  # they had come before
)
"""Jurors who were convened and are not there."""

presences = Table(
    "presences",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session_id", ForeignKey(jury_sessions.c.id), nullable=False, index=True),
    Column("held_on", String(10), nullable=False),  # ISO date
    Column("chair", ForeignKey(people.c.id), nullable=False),
    Column("present", Text, nullable=False),  # JSON list of accounts, the chair among them
    Column("absent", Text, nullable=False),  # the same of those who were convened
    Column("person_id", ForeignKey(people.c.id), nullable=False),  # who says so
    Column("at", Instant, nullable=False),
    Column("replaces", Integer),
)

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
    Column("presence", Integer),  # who sat: `presences.id`; none in the first values
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
    Column("presence", Integer),
    Column("jurors", Integer),  # how many had answered the item
    Column("quorum", Integer),
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
    Column("presence", Integer),
    Column("jurors", Integer),  # of a second stage: how many had submitted their grid
    Column("quorum", Integer),
    Column("lacking", Integer),  # how many items of the synthesis had no answer of the jury
)
