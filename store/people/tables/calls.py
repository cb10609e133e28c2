"""Calls as the room holds them, and who sits on their juries."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from store.people.tables.accounts import people
from store.schema import Digest, Instant, dossiers, metadata

room_calls = Table(
    "room_calls",
    metadata,
    Column("call", Text, primary_key=True),
    Column("file", Digest),  # of a call file added by a user; none for a built-in one
    Column("state", String(16), nullable=False),  # open, closed
    Column("deadline", String(10)),  # ISO date
    Column("quorum", Integer, nullable=False),  # jurors who must have answered before a collective value exists
    Column("retention_months", Integer),
    Column("reply_days", Integer, nullable=False, server_default="15"),  # that applicants are given to send pieces
    Column("scale", Text),  # JSON list: what the jury agreed on, for a call that sets no scale itself
    Column("opened_at", Instant, nullable=False),
)

jurors = Table(
    "jurors",
    metadata,
    Column("call", ForeignKey(room_calls.c.call), primary_key=True),
    Column("person_id", ForeignKey(people.c.id), primary_key=True, autoincrement=False),
    Column("chair", Integer, nullable=False),
)

assignments = Table(
    "assignments",
    metadata,
    Column("dossier_id", ForeignKey(dossiers.c.id), primary_key=True),
    Column("person_id", ForeignKey(people.c.id), primary_key=True, autoincrement=False, index=True),
)
