"""What people say of deposits that have the name of a known dossier and other files."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, UniqueConstraint

from store import intake_tables, schema
from store.people.tables.accounts import people
from store.schema import Instant, metadata

deposit_choices = Table(
    "deposit_choices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("intake", ForeignKey(intake_tables.intakes.c.id), nullable=False),
    Column("position", Integer, nullable=False),  # of the item
    Column("dossier_id", ForeignKey(schema.dossiers.c.id), nullable=False),  # that which has the name
    Column("deposit", Integer, nullable=False),  # its newest, as it was shown
    Column("choice", String(16), nullable=False),  # `store.settling.Choice`
    Column("person_id", ForeignKey(people.c.id), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("intake", "position"),
)
