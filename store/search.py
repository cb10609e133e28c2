"""Search in all that the dossiers say, the same for SQLite (FTS5) and PostgreSQL (tsvector).

`store.terms` cuts and folds the words on both sides: the databases only find what equals what.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    FunctionElement,
    and_,
    bindparam,
    delete,
    false,
    insert,
    select,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from store.index_tables import index_parts
from store.terms import LONGEST_PHRASE, Clause, Word, clauses

_PART = 2_000  # words: PostgreSQL keeps the places of a word up to the 256th


def found(query: str, dossier_id: ColumnElement[str]) -> ColumnElement[bool]:
    """The condition that the dossier of a query's row holds all that `query` asks for; nothing does if it asks nothing.

    It is about the newest deposit as it was last analysed: its text, its name, its bearer.
    """
    asked = clauses(query)
    if not asked:
        return false()
    return and_(*(dossier_id.in_(select(index_parts.c.dossier_id).where(_Holds(clause))) for clause in asked))


def keep(connection: Connection, dossier_id: str, words: Sequence[Word]) -> None:
    """Puts the words of a dossier in the place of those that were kept of it."""
    forget(connection, dossier_id)
    for part in _parts(words) if connection.dialect.name == "postgresql" else (words,):
        added = insert(index_parts).values(dossier_id=dossier_id).returning(index_parts.c.id)
        part_id = connection.execute(added).scalar_one()
        statement, values = _row(connection.dialect.name, part)
        connection.execute(text(statement), {"id": part_id, **values})


def _row(dialect: str, part: Sequence[Word]) -> tuple[str, dict[str, str]]:
    forms = sorted({word.form for word in part})
    if dialect == "postgresql":
        return (
            "INSERT INTO index_words (id, stems, forms) "
            "VALUES (:id, CAST(:stems AS tsvector), CAST(:forms AS tsvector))",
            {"stems": _with_places(part), "forms": " ".join(f"'{form}'" for form in forms)},
        )
    return (
        "INSERT INTO index_words (rowid, stems, forms) VALUES (:id, :stems, :forms)",
        {"stems": " ".join(word.stem for word in part), "forms": " ".join(forms)},
    )


def forget(connection: Connection, dossier_id: str) -> None:
    """Takes the words of a dossier away."""
    ids = connection.scalars(select(index_parts.c.id).where(index_parts.c.dossier_id == dossier_id)).all()
    key = "id" if connection.dialect.name == "postgresql" else "rowid"
    for part_id in ids:
        connection.execute(text(f"DELETE FROM index_words WHERE {key} = :id"), {"id": part_id})  # noqa: S608 (ours)
    connection.execute(delete(index_parts).where(index_parts.c.dossier_id == dossier_id))


def _parts(words: Sequence[Word]) -> Iterable[Sequence[Word]]:
    """Parts that overlap by as much as a phrase may be long."""
    step = _PART - LONGEST_PHRASE
    return (words[start : start + _PART] for start in range(0, max(1, len(words) - LONGEST_PHRASE), step))


def _with_places(part: Sequence[Word]) -> str:
    places: dict[str, list[str]] = {}
    for place, word in enumerate(part, start=1):
        places.setdefault(word.stem, []).append(str(place))
    return " ".join(f"'{stem}':{','.join(at)}" for stem, at in places.items())


def _quoted(stem: str) -> str:
    return f"'{stem}'"


class _Holds(FunctionElement[bool]):
    """Whether a row of `index_parts` holds a clause."""

    type = Boolean()
    inherit_cache = True

    def __init__(self, clause: Clause) -> None:
        # Stems and forms are letters and digits alone, so that no quotation mark can be in them.
        phrases = [f'stems : "{" ".join(stems)}"' for stems in clause.writings]
        fts5 = " OR ".join(phrases + ([f'forms : "{clause.start}" *'] if clause.start else []))
        stems = " | ".join(f"({' <-> '.join(_quoted(stem) for stem in stems)})" for stems in clause.writings)
        forms = f"'{clause.start}':*" if clause.start else ""
        super().__init__(*(bindparam(None, value, unique=True) for value in (fts5, stems, forms)))


@compiles(_Holds, "sqlite")
def _fts5(element: _Holds, compiler: SQLCompiler, **options: Any) -> str:
    asked, _, _ = list(element.clauses)
    held = f"SELECT rowid FROM index_words WHERE index_words MATCH {compiler.process(asked, **options)}"  # noqa: S608
    return f"index_parts.id IN ({held})"


@compiles(_Holds, "postgresql")
def _tsquery(element: _Holds, compiler: SQLCompiler, **options: Any) -> str:
    _, stems, forms = (compiler.process(part, **options) for part in element.clauses)
    matches = f"stems @@ CAST({stems} AS tsquery) OR forms @@ CAST({forms} AS tsquery)"
    return f"index_parts.id IN (SELECT id FROM index_words WHERE {matches})"  # noqa: S608 (parameters are bound)
