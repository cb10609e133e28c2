"""What people decided of a dossier, in the one row by which lists find it."""

from random import Random

from sqlalchemy import select

from store.canonical import Json
from store.database import Store
from store.journal import Writing
from store.migrations.versions import r0013_decided_dossiers as migration
from store.migrations.versions import r0024_lacking_fields as lacking_fields
from store.people import decisions, triage
from store.people.decisions import Kind, Statement
from store.people.filters import read
from store.people.room import Reading, Room
from store.people.tables.decisions import decided_dossiers
from tests.store.people.filling import FIELDS
from tests.store.people.triage_room import CALL, Peopled, peopled

_VALUES: dict[tuple[Kind, str], tuple[Json, ...]] = {
    **{(Kind.FIELD, field): ("present", "absent", None) for field in FIELDS[:3]},
    (Kind.TYPE, ""): (["services"], ["services", "territoriale"], None),
    (Kind.FACT, "aide_demandee_eur"): (40000.5, 12000, None),
    (Kind.FACT, "budget_total_eur"): (90000, None),
    (Kind.FACT, "departement"): ("2A", "87", None),
    (Kind.FACT, "porteur"): ("Les « Ailes »", None),
    (Kind.FACT, "duree_mois"): (24, None),
    (Kind.FACT, "siren"): ("552032534", None),
    (Kind.FINDING, "annexe-missing:0"): ("noted", None),
}


def _decide(writing: Writing, held: Peopled, which: str, kind: Kind, key: str, value: Json) -> None:
    made = decisions.of_dossier(writing, held.instructor, which)
    last = next((one.id for one in reversed(made) if (one.said.kind, one.said.key) == (kind, key)), None)
    said = Statement(kind, key, value, replaces=last)
    decisions.decide(writing, held.instructor, which, said)


def _kept(reading: Reading) -> dict[str, dict[str, object]]:
    rows = reading.connection.execute(select(decided_dossiers)).all()
    return {row.dossier_id: dict(row._mapping) for row in rows}


def test_the_row_is_what_is_in_force_whatever_was_said_before(room: Room, store: Store) -> None:
    held, chance = peopled(room, store, 3), Random(4)
    with room.writing(held.instructor.actor) as writing:
        for _ in range(120):
            about = chance.choice(list(_VALUES))
            _decide(writing, held, chance.choice(held.ids), *about, chance.choice(_VALUES[about]))
    with room.reading() as reading:
        kept = _kept(reading)
        # What the migration makes of older decisions is what is kept since.
        lacking = lacking_fields.drawn(reading.connection)
        drawn = {
            row["dossier_id"]: row | {"lacking": lacking.get(row["dossier_id"])}
            for row in migration._drawn(reading.connection)
        }
        assert any(lacking.values())
        assert {which: row for which, row in kept.items() if which in drawn} == drawn
        for which, row in kept.items():
            force = decisions.in_force(decisions.of_dossier(reading, held.instructor, which))
            assert row["fields"] == sum(kind is Kind.FIELD for kind, _ in force)
            aid = force.get((Kind.FACT, "aide_demandee_eur"))
            assert row["aid_eur"] == (None if aid is None else aid.said.value)
    assert store.verify().sound


def test_an_amount_taken_back_gives_that_of_the_program_its_place_again(room: Room, store: Store) -> None:
    held = peopled(room, store, 3)  # the program read 0, 1000 and 2000 euros

    def ids(query: str) -> list[str]:
        with room.reading() as reading:
            return list(triage.ids(reading, held.instructor, CALL, read(query).filter))

    first, second, third = held.ids
    for value, order, narrowed in ((50000, [second, third, first], [first]), (None, [first, second, third], [])):
        with room.writing(held.instructor.actor) as writing:
            _decide(writing, held, first, Kind.FACT, "aide_demandee_eur", value)
            _decide(writing, held, first, Kind.FACT, "departement", None if value is None else "2A")
        assert ids("tri=aide") == order
        assert ids("aide-min=2001&tri=nom") == narrowed
        assert ids("departement=2A&tri=nom") == narrowed
    with room.reading() as reading:
        row = triage.every(reading, held.instructor, CALL, read("tri=nom").filter)[0]
    assert (row.machine.aid_eur, row.people.facts) == (0, {})
