import pytest
from sqlalchemy import insert

from store.database import Store
from store.people import bulk, labels, states, triage
from store.people.bulk import AlreadyUndone, Done, SelectionChanged, Undone
from store.people.bulk_changes import Assign, Change, Entrust, InvalidChange, Mark, PutLabel
from store.people.filters import Filter, read
from store.people.room import Room
from store.people.states import State
from store.people.tables.jury import declarations
from store.people.triage import TriageRow
from store.problems import NotInStore
from store.records import Action
from tests.store.people.triage_room import CALL, Peopled, peopled

COUNT = 40


@pytest.fixture
def held(room: Room, store: Store) -> Peopled:
    return peopled(room, store, COUNT)


def _do(held: Peopled, query: str, shown: int, change: Change) -> Done:
    with held.room.writing(held.instructor.actor) as writing:
        return bulk.apply(writing, held.instructor, CALL, read(query).filter, shown, change)


def _undo(held: Peopled, number: int) -> Undone:
    with held.room.writing(held.other.actor) as writing:
        return bulk.undo(writing, held.other, CALL, number)


def _rows(held: Peopled) -> list[TriageRow]:
    with held.room.reading() as reading:
        return list(triage.every(reading, held.instructor, CALL, Filter()))


def test_all_that_the_filter_shows_is_changed_and_nothing_else(held: Peopled) -> None:
    assert _do(held, "departement=33", 8, Mark(State.COMPLETE)) == Done(1, 8, 8, 0)
    for row in _rows(held):
        assert (row.people.state is State.COMPLETE) == (row.machine.department == "33")


def test_nothing_is_done_when_the_table_has_changed(held: Peopled) -> None:
    with pytest.raises(SelectionChanged):
        _do(held, "departement=33", 7, Mark(State.COMPLETE))
    with held.room.writing(held.instructor.actor) as writing, pytest.raises(SelectionChanged):
        bulk.apply(writing, held.instructor, CALL, [held.ids[0], "0" * 64], 2, Mark(State.COMPLETE))
    assert all(row.people.state is State.OPEN for row in _rows(held))


@pytest.mark.parametrize("what", ["mark", "entrust", "assign", "label", "unlabel"])
def test_every_action_is_undone(held: Peopled, what: str) -> None:
    with held.room.writing(held.instructor.actor) as writing:
        label = labels.named(writing, CALL, "À revoir").id
        bulk.apply(writing, held.instructor, CALL, held.ids[:4], 4, PutLabel(label, on=True))
        bulk.apply(writing, held.instructor, CALL, held.ids[:4], 4, Assign((held.juror.id,)))
    changes: dict[str, Change] = {
        "mark": Mark(State.PIECES_REQUESTED),
        "entrust": Entrust(held.other.id),
        "assign": Assign((held.juror.id, held.second.id)),
        "label": PutLabel(label, on=True),
        "unlabel": PutLabel(label, on=False),
    }
    change = changes[what]
    before = _rows(held)
    done = _do(held, "", COUNT, change)
    changed = sum(former != now for former, now in zip(before, _rows(held), strict=True))
    assert done.found == COUNT
    assert done.changed == changed > 0
    assert _undo(held, done.id) == Undone(changed, 0)
    assert _rows(held) == before
    with pytest.raises(AlreadyUndone):
        _undo(held, done.id)


def test_undoing_leaves_what_others_changed_since(held: Peopled) -> None:
    done = _do(held, "", COUNT, Mark(State.COMPLETE))
    with held.room.writing(held.other.actor) as writing:
        states.mark(writing, held.ids[:3], State.PIECES_REQUESTED)
    assert _undo(held, done.id) == Undone(COUNT - 3, 3)
    with held.room.reading() as reading:
        (former,) = bulk.last(reading, held.instructor, CALL)
    assert (former.changed, former.undone) == (COUNT, Undone(COUNT - 3, 3))
    assert [row.people.state for row in _rows(held)][:4] == [State.PIECES_REQUESTED] * 3 + [State.OPEN]


def test_a_juror_who_has_begun_keeps_the_dossier(held: Peopled) -> None:
    done = _do(held, "", COUNT, Assign((held.juror.id,)))
    with held.room.writing(held.juror.actor) as writing:
        said = {"dossier_id": held.ids[7], "person_id": held.juror.id, "conflict": 0, "reason": "", "at": "2026"}
        writing.connection.execute(insert(declarations), [said])
    assert _undo(held, done.id) == Undone(COUNT - 1, 1)
    assert [row.id for row in _rows(held) if row.people.jurors] == [held.ids[7]]


def test_only_what_can_be_is_done(held: Peopled) -> None:
    for change in (Entrust(held.juror.id), Entrust(99), Assign((held.other.id,)), Assign(()), PutLabel(9, on=True)):
        with pytest.raises(InvalidChange):
            _do(held, "", COUNT, change)
    with pytest.raises(NotInStore):
        _undo(held, 12)


def test_the_last_actions_are_told_with_who_did_them(held: Peopled) -> None:
    first = _do(held, "etat=a-instruire", COUNT, Mark(State.COMPLETE))
    _do(held, "", COUNT, Mark(State.COMPLETE))
    _undo(held, first.id)
    with held.room.reading() as reading:
        second, former = bulk.last(reading, held.auditor, CALL)
    assert (second.change, second.found, second.changed, second.undone_at) == (Mark(State.COMPLETE), COUNT, 0, None)
    assert (former.id, former.changed, former.by) == (first.id, COUNT, "Inès Truc")
    assert former.undone_at is not None


def test_the_journal_has_an_event_per_dossier_and_stays_sound(held: Peopled, store: Store) -> None:
    done = _do(held, "", COUNT, Mark(State.COMPLETE))
    _do(held, "", COUNT, Assign((held.juror.id, held.second.id)))
    _undo(held, done.id)
    marked = store.journal(action=Action.DOSSIER_MARKED)
    assert len(marked) == 2 * COUNT
    assert {event.subject for event in marked} == {f"dossier:{each}" for each in held.ids}
    assert marked[0].data == {"state": "complete", "bulk": done.id}
    assert len(store.journal(action=Action.DOSSIER_ASSIGNED)) == 2 * COUNT
    assert len(store.journal(action=Action.BULK_DONE)) == 2
    assert store.journal(action=Action.BULK_UNDONE)[0].data == {"bulk": done.id, "restored": COUNT, "left": 0}
    kinds = {problem.doubt.value for problem in store.verify().problems}
    assert not {"event-altered", "events-missing", "chain-broken", "head-altered"} & kinds


def test_a_label_is_one_whatever_its_capitals(held: Peopled) -> None:
    with held.room.writing(held.instructor.actor) as writing:
        label = labels.named(writing, CALL, "  À   revoir ")
        assert {labels.named(writing, CALL, name) for name in ("à revoir", "A REVOIR")} == {label}
        assert labels.named(writing, CALL, "Chef-d’œuvre") == labels.named(writing, CALL, "CHEF-D'OEUVRE")
        for name in ("", " ", "a" * 61):
            with pytest.raises(labels.InvalidLabel):
                labels.named(writing, CALL, name)
    with held.room.reading() as reading:
        assert labels.every(reading, held.instructor, CALL) == (
            labels.Label(label.id, "À revoir"),
            labels.Label(label.id + 1, "Chef-d’œuvre"),
        )
        assert labels.every(reading, held.instructor, "autre") == ()
