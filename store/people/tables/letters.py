"""Letters that ask applicants for pieces: what is being written, and what people say that they sent."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from store.people.tables.accounts import people
from store.schema import Instant, dossiers, metadata

letter_drafts = Table(
    "letter_drafts",
    metadata,
    Column("dossier_id", ForeignKey(dossiers.c.id), primary_key=True),
    Column("text", Text),  # none once it is sent: the row stays, so that no version comes twice
    Column("expected", String(10)),  # ISO date
    Column("asked", Text, nullable=False),  # JSON list: the fields that were decided to be lacking when it was begun
    Column("version", Integer, nullable=False),
    Column("person_id", ForeignKey(people.c.id), nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("former_text", Text),
    Column("former_person", ForeignKey(people.c.id)),
    Column("former_at", Instant),
)

letters = Table(
    "letters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dossier_id", ForeignKey(dossiers.c.id), nullable=False),
    Column("text", Text, nullable=False),
    Column("asked", Text, nullable=False),  # JSON list of fields
    Column("sent_on", String(10)),  # ISO date; none: it was not sent after all
    Column("expected", String(10)),  # ISO date by which a reply is expected
    Column("person_id", ForeignKey(people.c.id), nullable=False),
    Column("at", Instant, nullable=False),
    Column("replaces", Integer),
    Index("ix_letters_dossier", "dossier_id"),
)
