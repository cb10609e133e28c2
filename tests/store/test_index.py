from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, select

from store import index
from store.database import Store
from store.engine import reading
from store.index import LikeDossier, Likeness
from store.index_tables import index_dossiers, index_fields, index_findings
from store.records import NewFile
from store.search import found
from tests.store.entries import entry, indexed
from tests.store.work import analyse, deposit, instruct

OTHER = NewFile("projet.pdf", b"%PDF quite another")
_SENTENCE = "La maison des usages réunit les habitants du quartier autour de {} projets d’insertion et de partage."
LONG = " ".join(_SENTENCE.format(number) for number in range(40))


@pytest.fixture
def connection(store: Store, engine: Engine) -> Iterator[Connection]:
    with reading(engine) as opened:
        yield opened


def row_of(engine: Engine, dossier_id: str) -> dict[str, object]:
    with reading(engine) as connection:
        query = select(index_dossiers).where(index_dossiers.c.dossier_id == dossier_id)
        return dict(connection.execute(query).one()._mapping)


def names_found(engine: Engine, query: str) -> list[str]:
    with reading(engine) as connection:
        rows = select(index_dossiers.c.sort_name).where(found(query, index_dossiers.c.dossier_id))
        return list(connection.scalars(rows.order_by(index_dossiers.c.sort_name)))


def like(engine: Engine, dossier_id: str) -> tuple[LikeDossier, ...]:
    with reading(engine) as connection:
        return index.likenesses(connection, dossier_id)


def test_a_deposit_waits_then_holds_what_its_analysis_says(store: Store, engine: Engine) -> None:
    dossier = deposit(store, "Étoile")
    row = row_of(engine, dossier.id)
    assert (row["status"], row["sort_name"], row["analysis"]) == ("waiting", "etoile", None)
    stored = analyse(store, dossier)
    for _ in range(2):  # the same again changes nothing
        store.index(entry(dossier, stored))
    row = row_of(engine, dossier.id)
    assert (row["status"], row["analysis"], row["department"], row["aid_eur"]) == ("analysed", stored.id, "64", 46500.0)
    assert (row["suggested"], row["absent"], row["thin"], row["findings"]) == ("services+territoriale", 1, 1, 3)
    with reading(engine) as connection:
        fields = connection.execute(select(index_fields.c.field, index_fields.c.status)).all()
        findings = connection.execute(select(index_findings.c.code, index_findings.c["count"])).all()
    assert sorted(tuple(one) for one in fields) == [("budget", "thin"), ("porteur", "present"), ("statuts", "absent")]
    assert sorted(tuple(one) for one in findings) == [("aid-above-ceiling", 1), ("date-in-the-past", 2)]


def test_a_new_deposit_waits_and_an_analysis_of_the_former_changes_nothing(store: Store, engine: Engine) -> None:
    first = indexed(store, "essai", "un texte sur le maraîchage")
    stored = analyse(store, first)
    deposit(store, "essai", content=b"%PDF other")
    assert names_found(engine, "maraichage") == []
    store.index(entry(first, stored, "un texte sur le maraîchage"))
    row = row_of(engine, first.id)
    assert (row["status"], row["deposit"], row["analysis"]) == ("waiting", 2, None)
    assert names_found(engine, "maraichage") == []


def test_a_failure_is_told_by_its_code(store: Store, engine: Engine) -> None:
    dossier = deposit(store)
    run = store.open_run(dossier.call, dossier.batch, "f" * 64)
    store.enrol(run.id, dossier)
    store.fail(run.id, dossier.id, "store-full")
    row = row_of(engine, dossier.id)
    assert (row["status"], row["reason"]) == ("failed", "store-full")


def test_analyses_that_the_index_does_not_know_are_named(store: Store) -> None:
    instruct(store, "lot", 2)
    with store.reading() as connection:
        known = index.unindexed(connection)
        assert len(known) == 2
        assert len(index.waiting(connection, "lot", 10)) == 2
    for dossier_id, deposit_number, analysis in known:
        dossier = store.dossier(dossier_id, deposit_number)
        stored = next(one for one in store.analyses(dossier_id) if one.id == analysis)
        store.index(entry(dossier, stored))
    with store.reading() as connection:
        assert index.unindexed(connection) == ()
        assert index.waiting(connection, "lot", 10) == ()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("jardins", ["dossier des jardins", "lavoir"]),
        ("JARDIN partagé", ["dossier des jardins"]),
        ('"jardin partagé"', ["dossier des jardins"]),
        ('"partagé jardin"', []),
        ("ecole", ["lavoir"]),
        ("école jardins", ["lavoir"]),
        ("inser", ["dossier des jardins", "lavoir"]),
        ("gave", ["dossier des jardins", "lavoir"]),  # the bearer's name
        ("statuts", ["dossier des jardins", "lavoir"]),  # a file's name
        ("introuvable", []),
        ("", []),
        ('"*():-', []),
        ("NEAR(jardin école)", []),
        ("jardin OR école", []),
        ("stems:jardin", []),
        ("'; DROP TABLE index_words; --", []),
    ],
)
def test_search_finds_whatever_the_accents_and_inflections(
    store: Store, engine: Engine, query: str, expected: list[str]
) -> None:
    indexed(store, "Dossier des jardins", "Des jardins partagés pour l’insertion.")
    indexed(store, "Lavoir", "L’école insère ses élèves dans le jardin.")
    assert names_found(engine, query) == expected


def test_what_is_written_in_two_ways_is_found_by_either(store: Store, engine: Engine) -> None:
    indexed(store, "un", "Une aide de 36 000 euros pour la co-construction.")
    indexed(store, "deux", "Une aide de 36000 euros pour la coconstruction.")
    for query in ("36000", "36 000 €", "aide 36000", "coconstruction", "co-construction"):
        assert sorted(names_found(engine, query)) == ["deux", "un"], query


def test_a_phrase_is_found_wherever_it_stands_in_a_long_text(store: Store, engine: Engine) -> None:
    filler = "mot " * 1990
    indexed(store, "long", f"{filler} la régie de quartier tient la laverie {filler} au fond du couloir")
    assert names_found(engine, '"la régie de quartier tient la laverie"') == ["long"]
    assert names_found(engine, '"au fond du couloir" laverie') == ["long"]


def test_the_same_file_in_two_dossiers_is_told_as_soon_as_deposited(store: Store, engine: Engine) -> None:
    first, second = deposit(store, "a", content=b"%PDF a"), deposit(store, "b", content=b"%PDF b")
    assert like(engine, first.id) == (LikeDossier(second.id, Likeness.SAME_FILE, 0.5),)  # their statutes
    assert like(engine, second.id) == (LikeDossier(first.id, Likeness.SAME_FILE, 0.5),)
    store.deposit(first.call, first.batch, "b", [OTHER])
    assert like(engine, first.id) == ()


def test_nearly_the_same_text_in_two_dossiers_is_told(store: Store, engine: Engine) -> None:
    edited = LONG.replace("quartier", "bourg", 3)
    first = indexed(store, "a", f"Premier dossier. {LONG}")
    second = indexed(store, "b", f"Second dossier. {edited}")
    indexed(store, "c", " ".join(f"mot{number}" for number in range(800)))
    near = [one for one in like(engine, second.id) if one.kind is Likeness.NEAR_TEXT]
    assert [one.dossier_id for one in near] == [first.id]
    assert near[0].share >= index.NEAR_TEXT


def test_dossiers_of_another_call_are_not_compared(store: Store, engine: Engine) -> None:
    mine = indexed(store, "a", LONG)
    other = store.deposit("alpc-2016", "lot", "a", [OTHER])
    store.index(entry(other, analyse(store, other), LONG))
    assert like(engine, other.id) == ()
    assert like(engine, mine.id) == ()
