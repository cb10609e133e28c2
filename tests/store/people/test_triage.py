from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import insert

from store.counting import counting
from store.database import Store, open_store
from store.journal import Writing
from store.people import bulk, decisions, labels, triage
from store.people.bulk_changes import Assign, Entrust, Mark, PutLabel
from store.people.decisions import Kind, Statement
from store.people.facets import facets
from store.people.filters import Dimension, Filter, Sort, read
from store.people.room import Room, open_room
from store.people.states import State
from store.people.tables.jury import declarations
from store.people.triage import Neighbours, TriageRow
from store.people.viewers import Viewer
from tests.databases import KINDS, Bare
from tests.store.people.filling import FIELDS
from tests.store.people.triage_room import CALL, Peopled, peopled

COUNT = 120


@pytest.fixture(scope="module", params=KINDS)
def held(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, bare: Bare) -> Iterator[Peopled]:
    """Made once, for tests that only read it."""
    home = tmp_path_factory.mktemp("table") / "home"
    with bare.database(request.param, home) as database:
        yield _sorted(open_store(home, database), open_room(home, database))


def _sorted(store: Store, room: Room) -> Peopled:
    """120 dossiers, sorted by people: ten complete, five entrusted, a label on three, two given to a juror."""
    held = peopled(room, store, COUNT, texts=True)
    with held.room.writing(held.instructor.actor) as writing:
        label = labels.named(writing, CALL, "À revoir")
        for ids, change in (
            (held.ids[:10], Mark(State.COMPLETE)),
            (held.ids[:5], Entrust(held.other.id)),
            (held.ids[:3], PutLabel(label.id, on=True)),
            (held.ids[:2], Assign((held.juror.id,))),
        ):
            bulk.apply(writing, held.instructor, CALL, ids, len(ids), change)
        said = Statement(Kind.TYPE, "", ["territoriale"])
        decisions.decide(writing, held.instructor, held.ids[0], said)
        _decide_fields(writing, held)
    return held


def _decide_fields(writing: Writing, held: Peopled) -> None:
    """All of the first dossier, two of the second, one taken back of the third; an amount of the second."""
    for place, fields in ((0, FIELDS), (1, FIELDS[:2]), (2, FIELDS[:1])):
        for field in fields:
            said = Statement(Kind.FIELD, field, "absent" if field == FIELDS[0] else "present")
            decisions.decide(writing, held.instructor, held.ids[place], said)
    first = decisions.of_dossier(writing, held.instructor, held.ids[2])[-1]
    back = Statement(Kind.FIELD, FIELDS[0], None, replaces=first.id)
    decisions.decide(writing, held.instructor, held.ids[2], back)
    decisions.decide(writing, held.instructor, held.ids[1], Statement(Kind.FACT, "aide_demandee_eur", 40000.5))


def _all(held: Peopled, query: str, viewer: Viewer | None = None) -> tuple[TriageRow, ...]:
    with held.room.reading() as reading:
        return triage.every(reading, viewer or held.instructor, CALL, read(query).filter)


def test_a_row_has_the_machines_word_beside_peoples(held: Peopled) -> None:
    row = next(row for row in _all(held, "") if row.id == held.ids[0])
    assert (row.name, row.machine.reading, row.machine.department) == ("Dossier 00000", "partly-read", "16")
    assert (row.machine.suggested, row.machine.declared) == (("services",), "services")
    assert row.people.types == ("territoriale",)
    assert (row.people.state, row.people.assignee) == (State.COMPLETE, held.other.id)
    assert (row.people.jurors, row.people.labels) == ((held.juror.id,), ("À revoir",))
    assert row.people.fields == dict.fromkeys(FIELDS, "present") | {FIELDS[0]: "absent"}
    assert row.machine.alike == ((held.ids[1], "Dossier 00001"),)
    assert set(row.machine.absent).isdisjoint(row.machine.thin)


def test_what_people_say_of_a_fact_stands_beside_what_was_read(held: Peopled) -> None:
    row = next(row for row in _all(held, "") if row.id == held.ids[1])
    assert (row.machine.aid_eur, row.people.facts) == (1000, {"aide_demandee_eur": 40000.5})
    assert row.people.fields == {FIELDS[0]: "absent", FIELDS[1]: "present"}
    third = next(row for row in _all(held, "") if row.id == held.ids[2])
    assert (third.people.fields, third.people.facts) == ({}, {})


def test_a_dossier_that_waits_is_in_the_table_and_nothing_is_said_of_it(held: Peopled) -> None:
    row = next(row for row in _all(held, "") if row.id == held.ids[9])
    assert (row.machine.reading, row.machine.suggested, row.machine.aid_eur) == ("waiting", None, None)
    assert (row.machine.absent, row.machine.findings) == ((), ())


CASES: dict[str, Callable[[TriageRow], bool]] = {
    "etat=complet": lambda row: row.people.state is State.COMPLETE,
    "etat=a-instruire": lambda row: row.people.state is State.OPEN,
    "instruction=2": lambda row: row.people.assignee == 2,
    "instruction=aucun": lambda row: row.people.assignee is None,
    "decisions=toutes": lambda row: len(row.people.fields) == len(FIELDS),
    "decisions=en-cours": lambda row: 0 < len(row.people.fields) < len(FIELDS),
    "decisions=aucun": lambda row: not row.people.fields,
    "manque=au-moins-un": lambda row: "absent" in row.people.fields.values(),
    f"manque={FIELDS[0]}": lambda row: row.people.fields.get(FIELDS[0]) == "absent",
    f"manque={FIELDS[1]}": lambda row: False,
    "manque=aucun": lambda row: "absent" not in row.people.fields.values(),
    "manque=au-moins-un&etat=complet": lambda row: "absent" in row.people.fields.values(),
    "recu=apres-limite": lambda row: row.people.late,
    "jury=4": lambda row: 4 in row.people.jurors,
    "jury=aucun": lambda row: not row.people.jurors,
    "etiquette=1": lambda row: bool(row.people.labels),
    "etiquette=aucun": lambda row: not row.people.labels,
    "type-retenu=territoriale": lambda row: row.people.types == ("territoriale",),
    "type-retenu=aucun": lambda row: row.people.types is None,
    "lecture=en-attente": lambda row: row.machine.reading == "waiting",
    "lecture=lu-en-partie": lambda row: row.machine.reading == "partly-read",
    "absent=3": lambda row: "3" in row.machine.absent,
    "absent=3&absent=4": lambda row: bool({"3", "4"} & {*row.machine.absent}),
    "absent=aucun": lambda row: row.machine.reading == "analysed" and not row.machine.absent,
    "insuffisant=10": lambda row: "10" in row.machine.thin,
    "constat=annexe-missing": lambda row: "annexe-missing" in dict(row.machine.findings),
    "constat=aucun": lambda row: row.machine.reading != "waiting" and not row.machine.findings,
    "type=services": lambda row: "services" in (row.machine.suggested or ()),
    "type=aucun": lambda row: row.machine.suggested == (),
    "type-declare=services": lambda row: row.machine.declared == "services",
    "departement=33": lambda row: row.machine.department == "33",
    "ressemblance=oui": lambda row: bool(row.machine.alike),
    "aide-min=5000&aide-max=9000": lambda row: 5000 <= (row.machine.aid_eur or -1) <= 9000,
    "etat=complet&departement=16": lambda row: row.people.state is State.COMPLETE and row.machine.department == "16",
    "recherche=Friches": lambda row: True,
    "recherche=00007": lambda row: row.name == "Dossier 00007",
    "recherche=introuvable": lambda row: False,
}


@pytest.mark.parametrize("query", CASES)
def test_a_filter_shows_what_it_says_and_nothing_else(held: Peopled, query: str) -> None:
    # « lu » is narrower than « analysed » for the filters on fields: a dossier read in part was analysed too.
    expected = {row.id for row in _all(held, "") if CASES[query](row)}
    if query == "absent=aucun":
        expected |= {row.id for row in _all(held, "lecture=lu-en-partie") if not row.machine.absent}
    found = _all(held, query)
    assert {row.id for row in found} == expected
    with held.room.reading() as reading:
        made = read(query).filter
        assert triage.count(reading, held.instructor, CALL, made) == len(expected)
        assert triage.ids(reading, held.instructor, CALL, made) == tuple(row.id for row in found)
        assert facets(reading, held.instructor, CALL, made).total == len(expected)


@pytest.mark.parametrize("query", ["", "etat=complet", "departement=33&departement=16&absent=3", "recherche=friche"])
def test_a_facet_counts_what_choosing_its_value_would_show(held: Peopled, query: str) -> None:
    made = read(query).filter
    with held.room.reading() as reading:
        counted = facets(reading, held.instructor, CALL, made).facets
        assert [facet.dimension for facet in counted] == list(Dimension)
        for facet in counted:
            for value, number in facet.counts.items():
                narrowed = made.choosing(facet.dimension, (value,))
                assert triage.count(reading, held.instructor, CALL, narrowed) == number, (facet.dimension, value)


@pytest.mark.parametrize("sort", Sort)
def test_every_column_sorts_both_ways_over_the_same_dossiers(held: Peopled, sort: Sort) -> None:
    with held.room.reading() as reading:
        up = triage.ids(reading, held.instructor, CALL, Filter(sort=sort))
        down = triage.ids(reading, held.instructor, CALL, Filter(sort=sort, descending=True))
    assert sorted(up) == sorted(down) == sorted(held.ids)
    # Thinly set columns have one value only: the rest is in the order of names both ways.
    assert (up != down) == (sort not in (Sort.ASSIGNEE, Sort.CONFIRMED, Sort.LABELS, Sort.OUTCOME, Sort.PAGES))


def test_what_is_not_known_comes_last_both_ways(held: Peopled) -> None:
    for query in ("tri=aide", "tri=-aide"):
        amounts = [row.people.facts.get("aide_demandee_eur", row.machine.aid_eur) for row in _all(held, query)]
        known = [amount for amount in amounts if amount is not None]
        assert amounts[len(known) :] == [None] * (COUNT - len(known))
        assert known == sorted(known, reverse=query == "tri=-aide")


def test_pages_follow_one_another(held: Peopled) -> None:
    with held.room.reading() as reading:
        pages = [triage.page(reading, held.instructor, CALL, Filter(), number) for number in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [50, 50, 20, 0]
    assert [row.id for page in pages for row in page] == list(held.ids)


def test_neighbours_follow_the_filter_and_its_order(held: Peopled) -> None:
    made = read("departement=33&tri=-aide").filter
    with held.room.reading() as reading:
        ids = triage.ids(reading, held.instructor, CALL, made)
        found = [triage.neighbours(reading, held.instructor, CALL, made, each) for each in ids]
    assert found[0] == Neighbours(None, ids[1], 1, len(ids))
    assert found[3] == Neighbours(ids[2], ids[4], 4, len(ids))
    assert found[-1] == Neighbours(ids[-2], None, len(ids), len(ids))


def test_a_dossier_that_left_the_filter_keeps_the_neighbours_of_its_place(held: Peopled) -> None:
    made = read("etat=complet").filter
    with held.room.reading() as reading:
        found = triage.neighbours(reading, held.instructor, CALL, made, held.ids[50])
        assert found == Neighbours(held.ids[9], None, None, 10)
        nowhere = triage.neighbours(reading, held.instructor, CALL, made, "0" * 64)
    assert nowhere == Neighbours(None, None, None, 10)


def test_a_juror_sees_their_own_dossiers_and_none_in_conflict(store: Store, room: Room) -> None:
    held = peopled(room, store, 3)
    with room.writing(held.instructor.actor) as writing:
        bulk.apply(writing, held.instructor, CALL, held.ids[:2], 2, Assign((held.juror.id,)))
    assert {row.id for row in _all(held, "", held.juror)} == set(held.ids[:2])
    with held.room.writing(held.juror.actor) as writing:
        said = {"dossier_id": held.ids[0], "person_id": held.juror.id, "conflict": 1, "reason": "", "at": "2026"}
        writing.connection.execute(insert(declarations), [said])
    rows = _all(held, "", held.juror)
    assert [row.id for row in rows] == [held.ids[1]]
    assert rows[0].machine.alike == ()
    with held.room.reading() as reading:
        counted = facets(reading, held.juror, CALL, Filter())
        assert counted.total == 1
        assert triage.neighbours(reading, held.juror, CALL, Filter(), held.ids[0]).position is None
    assert _all(held, "", held.second) == ()


def test_the_number_of_queries_does_not_depend_on_the_rows(held: Peopled) -> None:
    viewer = held.instructor
    with held.room.reading() as reading:
        with counting() as page:
            triage.page(reading, viewer, CALL, Filter(), 1)
        with counting() as every:
            triage.every(reading, viewer, CALL, Filter())
        with counting() as counted:
            facets(reading, viewer, CALL, read("etat=complet&absent=3").filter)
        with counting() as around:
            triage.neighbours(reading, viewer, CALL, Filter(), held.ids[3])
    assert (page.statements, every.statements, counted.statements, around.statements) == (8, 8, 1, 1)
