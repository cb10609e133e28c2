"""The tables, as queries see them. Migrations alone create them.

The machine's tables are here; those of people (decisions, who may enter what) will stand beside them, never in them:
`dossiers.id` and `analyses.id` are what they will point to.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

Digest = String(64)
Instant = String(27)

dossiers = Table(
    "dossiers",
    metadata,
    Column("id", Digest, primary_key=True),
    Column("call", Text, nullable=False),
    Column("batch", Text, nullable=False),
    Column("name", Text, nullable=False),
    UniqueConstraint("call", "batch", "name"),
)

deposits = Table(
    "deposits",
    metadata,
    Column("dossier_id", ForeignKey(dossiers.c.id), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("deposited_at", Instant, nullable=False),
)

deposit_files = Table(
    "deposit_files",
    metadata,
    Column("dossier_id", Digest, primary_key=True),
    Column("deposit", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("sha256", Digest, nullable=False),
    Column("size", BigInteger, nullable=False),
    ForeignKeyConstraint(["dossier_id", "deposit"], [deposits.c.dossier_id, deposits.c.number]),
    UniqueConstraint("dossier_id", "deposit", "name"),
)

documents = Table(
    "documents",
    metadata,
    Column("key", Digest, primary_key=True),
    Column("sha256", Digest, nullable=False),
)

analyses = Table(
    "analyses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dossier_id", ForeignKey(dossiers.c.id), nullable=False),
    Column("key", Digest, nullable=False),
    Column("document", Digest, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("digest", Digest, nullable=False),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("dossier_id", "key"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call", Text, nullable=False),
    Column("batch", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("resumed", Integer, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

run_items = Table(
    "run_items",
    metadata,
    Column("run_id", ForeignKey(runs.c.id), primary_key=True, autoincrement=False),
    Column("dossier_id", Digest, primary_key=True),
    Column("deposit", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("analysis", ForeignKey(analyses.c.id)),
    Column("reason", Text),
    Column("updated_at", Instant, nullable=False),
    ForeignKeyConstraint(["dossier_id", "deposit"], [deposits.c.dossier_id, deposits.c.number]),
)

journal = Table(
    "journal",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("data", Text, nullable=False),
    Column("previous", Digest, nullable=False),
    Column("digest", Digest, nullable=False),
    Index("ix_journal_action", "action", "sequence"),
    Index("ix_journal_actor", "actor", "sequence"),
    Index("ix_journal_at", "at", "sequence"),
)

journal_head = Table(
    "journal_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("sequence", Integer, nullable=False),
    Column("digest", Digest, nullable=False),
)

verifications = Table(
    "verifications",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("request", Integer, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=False),
    Column("events", Integer, nullable=False),
    Column("analyses", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    Column("found", Integer, nullable=False),  # problems, of which `problems` keeps the first
    Column("problems", Text, nullable=False),  # JSON
    Column("sequence", Integer, nullable=False),  # of the journal's end, with its digest
    Column("digest", Digest, nullable=False),
)

worker_signs = Table(
    "worker_signs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # 1: there is one worker
    Column("at", Instant, nullable=False),
)
