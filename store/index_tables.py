"""The machine's index of the dossiers: what lists are filtered, sorted and searched by. Migrations alone create them.

Everything here can be made again from the analyses. A dossier has one row, that of its newest deposit. The words of its
texts are in `index_words`, which each database keeps in its own way (`store.search`).
"""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from store.schema import (
    Digest,
    Instant,
    analyses,
    deposit_files,
    documents,
    dossiers,
    metadata,
    run_items,
    runs,
    verifications,
    worker_signs,
)

index_dossiers = Table(
    "index_dossiers",
    metadata,
    Column("dossier_id", ForeignKey(dossiers.c.id), primary_key=True),
    Column("call", Text, nullable=False),
    Column("batch", Text, nullable=False),
    Column("sort_name", Text, nullable=False),  # what names are sorted by: no accents, no capitals
    Column("deposit", Integer, nullable=False),
    Column("status", String(16), nullable=False),  # `store.index.Status`
    Column("reason", Text),  # code, of one that failed or of which nothing could be read
    # What follows is known once the dossier is analysed.
    Column("analysis", ForeignKey(analyses.c.id)),
    Column("document", Digest),
    Column("partly_read", Integer),  # 0 or 1: some files or pages were read and others not
    Column("pages", Integer),
    Column("pages_unread", Integer),
    Column("bearer", Text),
    Column("department", Text),  # code: "33", "2A"
    Column("commune", Text),
    Column("aid_eur", Float),
    Column("budget_eur", Float),
    Column("duration_months", Integer),
    Column("suggested", Text),  # "services", "services+territoriale", "" when the program abstains
    Column("declared", Text),
    Column("program", Text),  # what made the analysis: versions and digests
    Column("call_digest", Digest),
    Column("models", Text),  # "reader 0a1b2c3d4e5f, types 6f7e8d9c0b1a"
    Column("absent", Integer),  # required fields by status
    Column("thin", Integer),
    Column("findings", Integer),
    Column("updated_at", Instant, nullable=False),
    Index("ix_index_dossiers_id", "call", "batch", "dossier_id"),
    Index("ix_index_dossiers_name", "call", "batch", "sort_name"),
    Index("ix_index_dossiers_status", "call", "batch", "status"),
    Index("ix_index_dossiers_department", "call", "batch", "department"),
    Index("ix_index_dossiers_aid", "call", "batch", "aid_eur"),
)

index_bearers = Table(
    "index_bearers",
    metadata,
    Column("dossier_id", ForeignKey(dossiers.c.id), primary_key=True),
    Column("deposit", Integer, primary_key=True, autoincrement=False),
    Column("bearer", Text),
    Column("siren", Text),
)
"""What was read of the bearer at each deposit: the one table here in which those of before stay."""

index_fields = Table(
    "index_fields",
    metadata,
    Column("dossier_id", ForeignKey(dossiers.c.id), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("status", String(16), nullable=False),  # `pipeline.analysis.SectionStatus`
    Index("ix_index_fields_status", "status", "field", "dossier_id"),
)

index_findings = Table(
    "index_findings",
    metadata,
    Column("dossier_id", ForeignKey(dossiers.c.id), primary_key=True),
    Column("code", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Index("ix_index_findings_code", "code", "dossier_id"),
)

index_parts = Table(
    "index_parts",
    metadata,
    Column("id", Integer, primary_key=True),  # that of its words in `index_words`
    Column("dossier_id", ForeignKey(dossiers.c.id), nullable=False, index=True),
)

index_sketches = Table(
    "index_sketches",
    metadata,
    Column("dossier_id", ForeignKey(dossiers.c.id), primary_key=True),
    Column("sketch", LargeBinary, nullable=False),  # `store.sketches`
)

index_likenesses = Table(
    "index_likenesses",
    metadata,
    Column("dossier_a", ForeignKey(dossiers.c.id), primary_key=True),  # the lesser id
    Column("dossier_b", ForeignKey(dossiers.c.id), primary_key=True, index=True),
    Column("kind", String(16), primary_key=True),  # `store.index.Likeness`
    Column("share", Float, nullable=False),  # 0 to 1: of the files or of the text that both hold
)

Index("ix_deposit_files_sha256", deposit_files.c.sha256)
Index("ix_run_items_dossier_id", run_items.c.dossier_id)

MACHINE_TABLES = frozenset(
    {documents.name, analyses.name, runs.name, run_items.name, verifications.name, worker_signs.name, "index_words"}
    | {name for name in metadata.tables if name.startswith("index_")}
)
"""What the machine alone says: no person's connection may write it."""
