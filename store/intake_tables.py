"""Intakes: what people drop into the room, and what became of it. Migrations alone create them.

Both hands write here: people bring files and ask for another try, the machine says what it made of them.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from store.schema import Digest, Instant, dossiers, metadata

intakes = Table(
    "intakes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("grouping", String(16), nullable=False),  # `store.intakes.Grouping`
    Column("opened_by", Text, nullable=False),  # actor
    Column("opened_at", Instant, nullable=False),
    Column("state", String(16), nullable=False, index=True),  # `store.intakes.IntakeState`
    Column("taken_at", Instant),  # when the machine first took it up
    Column("reason", Text),  # code, of one that failed
    Column("updated_at", Instant, nullable=False),
    Column("target", Digest),  # the dossier that everything is added to, where a person named one
    Index("ix_intakes_call", "call", "id"),
)

intake_files = Table(
    "intake_files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("intake", ForeignKey(intakes.c.id), nullable=False),
    Column("path", Text, nullable=False),  # as it was dropped, relative: "Lot 1/projet.pdf"
    Column("sha256", Digest, nullable=False),
    Column("size", BigInteger, nullable=False),
    UniqueConstraint("intake", "path"),
)

intake_left_out = Table(
    "intake_left_out",
    metadata,
    Column("intake", ForeignKey(intakes.c.id), primary_key=True, autoincrement=False),
    Column("path", Text, primary_key=True),
    Column("reason", Text, nullable=False),  # `store.intakes.NotSent`
)

intake_items = Table(
    "intake_items",
    metadata,
    Column("intake", ForeignKey(intakes.c.id), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("path", Text, nullable=False),
    Column("result", String(16), nullable=False),  # `store.intakes.Result`
    Column("reason", Text),  # code, of what was refused
    Column("dossier_id", ForeignKey(dossiers.c.id), index=True),
    Column("deposit", Integer),
)

intake_pieces = Table(
    "intake_pieces",
    metadata,
    Column("intake", ForeignKey(intakes.c.id), primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),  # of the item
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("sha256", Digest, nullable=False),
    Column("size", BigInteger, nullable=False),
)
"""The files of a dossier that waits for people's word, as it would be deposited."""

retries = Table(
    "retries",
    metadata,
    Column("dossier_id", ForeignKey(dossiers.c.id), primary_key=True),
    Column("asked_at", Instant, nullable=False),
)
