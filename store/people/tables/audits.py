"""Samples that auditors draw, what they found, the verifications of the journal that they ask for."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from store.people.tables.accounts import people
from store.schema import Instant, dossiers, metadata

samples = Table(
    "samples",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call", Text, nullable=False, index=True),
    Column("size", Integer, nullable=False),
    Column("population", Integer, nullable=False),
    Column("seed", Integer, nullable=False),
    Column("person_id", ForeignKey(people.c.id), nullable=False),
    Column("at", Instant, nullable=False),
    Column("among", String(16)),  # all, complete, decided; none in the first samples
)

verification_requests = Table(
    "verification_requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey(people.c.id), nullable=False),
    Column("at", Instant, nullable=False),
)
"""Verifications of the journal that people ask the machine for: `store.schema.verifications` answers."""

sample_dossiers = Table(
    "sample_dossiers",
    metadata,
    Column("sample_id", ForeignKey(samples.c.id), primary_key=True, autoincrement=False),
    Column("dossier_id", ForeignKey(dossiers.c.id), primary_key=True),
    Column("position", Integer, nullable=False),
)

checks = Table(
    "checks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sample_id", ForeignKey(samples.c.id), nullable=False),
    Column("dossier_id", ForeignKey(dossiers.c.id), nullable=False, index=True),
    Column("result", String(16), nullable=False),  # conform, differs, undecided
    Column("note", Text, nullable=False),
    Column("person_id", ForeignKey(people.c.id), nullable=False),
    Column("at", Instant, nullable=False),
    Column("replaces", Integer),
)
