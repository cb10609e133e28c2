"""Accounts, sessions of people logged in, and refused attempts."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from store.schema import Digest, Instant, metadata

people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("password", Text),  # argon2; none for who signs on by OpenID Connect only
    Column("password_given", Integer, nullable=False, server_default="0"),  # by someone who has seen it
    Column("subject", Text, unique=True),  # "<issuer> <sub>" of OpenID Connect
    Column("active", Integer, nullable=False),
    Column("single_keys", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
)

logins = Table(
    "logins",
    metadata,
    Column("token", Digest, primary_key=True),  # SHA-256 of the cookie: who reads the database cannot enter
    Column("person_id", ForeignKey(people.c.id), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
)

refusals = Table(
    "refusals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", Digest, nullable=False, index=True),  # of the login or of the address that tried
    Column("at", Instant, nullable=False),
)
