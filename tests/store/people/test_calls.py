"""Calls of the room: opened, set, closed; their juries; who sees which."""

from datetime import date

import pytest

from store.canonical import digest_of
from store.database import Store
from store.journal import Writing
from store.keys import ROOM_BATCH
from store.people import accounts, calls, conflicts, dossiers, history, scores
from store.people.accounts import Person
from store.people.calls import USUAL_QUORUM, CallState, InvalidCallSettings, Juror
from store.people.room import Room
from store.people.scores import Shown
from store.people.viewers import Role, Viewer
from store.records import Action, NewFile

CALL, OTHER = "alpc-2016", "hauts-de-france-2017"
DAY = date(2016, 9, 5)
INSTRUCTOR = Viewer(99, Role.INSTRUCTOR)
AUDITOR = Viewer(98, Role.AUDITOR)
SCALE = ("non", "un peu", "oui")


@pytest.fixture
def jurors(room: Room) -> tuple[Person, Person]:
    """Zoé and Ada, of no jury yet; two calls are open."""
    with room.writing("machine") as writing:
        calls.open_call(writing, CALL, DAY)
        calls.open_call(writing, OTHER, None)
        zoe = accounts.add(writing, "zoe", "Zoé Chose", Role.JUROR, None)
        return zoe, accounts.add(writing, "ada", "Ada Truc", Role.JUROR, None)


def _seen(room: Room, viewer: Viewer) -> set[str]:
    with room.reading() as reading:
        return {call.id for call in calls.every(reading, viewer)}


def _deposit(store: Store, name: str, call: str = CALL) -> str:
    return store.deposit(call, ROOM_BATCH, name, [NewFile(f"{name}.pdf", f"%PDF {name}".encode())]).id


def _set(room: Room, **values: object) -> None:
    settings = {"deadline": DAY, "quorum": 3, "retention_months": None, "scale": ()} | values
    with room.writing("machine") as writing:
        calls.set_call(writing, OTHER, **settings)  # type: ignore[arg-type] # several kinds of settings


def test_a_call_opened_again_keeps_what_was_set(room: Room, jurors: tuple[Person, Person]) -> None:
    with room.writing("machine") as writing:
        calls.set_call(writing, CALL, deadline=date(2016, 10, 1), quorum=4, retention_months=60)
        calls.close_call(writing, CALL)
        closed = calls.find(writing, INSTRUCTOR, CALL)
        assert closed is not None
        assert closed.state is CallState.CLOSED
        opened = calls.open_call(writing, CALL, None)
    assert (opened.state, opened.deadline, opened.quorum, opened.retention_months) == (
        CallState.OPEN,
        date(2016, 10, 1),
        4,
        60,
    )
    assert opened.opened_at == closed.opened_at


def test_a_new_call_asks_for_several_jurors(room: Room) -> None:
    with room.writing("machine") as writing:
        made = calls.open_call(writing, CALL, DAY)
    assert (made.quorum, made.deadline, made.scale, made.file, made.retention_months) == (
        USUAL_QUORUM,
        DAY,
        (),
        None,
        None,
    )


def test_the_text_of_a_call_that_has_dossiers_does_not_change(room: Room, store: Store) -> None:
    first, second = "a" * 64, "b" * 64
    with room.writing("machine") as writing:
        calls.open_call(writing, "essai-2020", DAY, first)
        assert calls.open_call(writing, "essai-2020", DAY, second).file == second
    _deposit(store, "Lavoir", "essai-2020")
    with pytest.raises(InvalidCallSettings), room.writing("machine") as writing:
        calls.open_call(writing, "essai-2020", DAY, first)
    with room.writing("machine") as writing:
        assert calls.open_call(writing, "essai-2020", DAY, second).file == second
        assert calls.open_call(writing, "essai-2020", DAY).file == second


@pytest.mark.parametrize(
    "wrong",
    [
        {"quorum": 1},
        {"quorum": 51},
        {"retention_months": 0},
        {"retention_months": 601},
        {"reply_days": 0},
        {"reply_days": 366},
        {"scale": ("oui",)},
        {"scale": ("oui", "non", "oui")},
        {"scale": tuple(str(level) for level in range(11))},
    ],
)
def test_settings_that_cannot_be_change_nothing(
    room: Room, jurors: tuple[Person, Person], wrong: dict[str, object]
) -> None:
    with room.reading() as reading:
        before = calls.find(reading, INSTRUCTOR, OTHER)
    with pytest.raises(InvalidCallSettings):
        _set(room, **wrong)
    with room.reading() as reading:
        assert calls.find(reading, INSTRUCTOR, OTHER) == before


def test_a_scale_stays_once_a_juror_has_answered_by_it(room: Room, store: Store, jurors: tuple[Person, Person]) -> None:
    zoe, dossier_id = jurors[0], _deposit(store, "Lavoir", OTHER)
    _set(room, scale=SCALE)
    with room.writing(zoe.viewer.actor) as writing:
        calls.assign(writing, zoe.id, [dossier_id])
        conflicts.declare(writing, zoe.viewer, dossier_id, None)
        _answer(writing, zoe, dossier_id, None)
    _set(room, scale=(*SCALE, "tout à fait"))  # who could not say has not answered by it
    _set(room, scale=SCALE)
    with room.writing(zoe.viewer.actor) as writing:
        _answer(writing, zoe, dossier_id, "oui", scores.mine(writing, zoe.viewer, dossier_id)["m"].id)
    with pytest.raises(InvalidCallSettings):
        _set(room, scale=("oui", "un peu", "non"))
    _set(room, scale=SCALE, quorum=5)


def _answer(writing: Writing, person: Person, which: str, value: str | None, replaces: int | None = None) -> None:
    shown = Shown(None, None, ())
    scores.submit(
        writing,
        person.viewer,
        which,
        "m",
        value=value,
        comment="",
        shown=shown,
        replaces=replaces,
    )


def test_a_juror_sees_the_calls_of_their_juries(room: Room, jurors: tuple[Person, Person]) -> None:
    zoe, ada = jurors
    with room.writing("machine") as writing:
        calls.seat(writing, CALL, zoe.id, chair=False)
    assert _seen(room, zoe.viewer) == {CALL}
    assert _seen(room, ada.viewer) == set()
    assert _seen(room, INSTRUCTOR) == _seen(room, AUDITOR) == {CALL, OTHER}
    with room.writing("machine") as writing:
        calls.unseat(writing, CALL, zoe.id)
        assert calls.find(writing, zoe.viewer, CALL) is None
    assert _seen(room, zoe.viewer) == set()


def test_a_jury_is_by_name_and_seats_each_once(room: Room, jurors: tuple[Person, Person]) -> None:
    zoe, ada = jurors
    with room.writing("machine") as writing:
        for chair in (False, True):
            calls.seat(writing, CALL, zoe.id, chair=chair)
        calls.seat(writing, CALL, ada.id, chair=False)
    with room.reading() as reading:
        assert calls.jury(reading, CALL) == (Juror(ada.id, "Ada Truc", False), Juror(zoe.id, "Zoé Chose", True))
        assert calls.jury(reading, OTHER) == ()


def test_dossiers_are_given_once_and_taken_back(room: Room, store: Store, jurors: tuple[Person, Person]) -> None:
    zoe = jurors[0]
    first, second = _deposit(store, "Lavoir"), _deposit(store, "Moulin")
    with room.writing("machine") as writing:
        assert calls.assign(writing, zoe.id, [first, first]) == 1
        assert calls.assign(writing, zoe.id, [first, second]) == 1
        calls.unassign(writing, zoe.id, [first, first])
        calls.unassign(writing, zoe.id, [first])
        assert not dossiers.sees(writing, zoe.viewer, first)
        assert dossiers.sees(writing, zoe.viewer, second)
    with room.reading() as reading:
        told = [
            (event.action, event.subject)
            for event in reversed(history.events(reading, AUDITOR, history.Choice(actor="machine")))
            if event.action in (Action.DOSSIER_ASSIGNED, Action.DOSSIER_UNASSIGNED)
        ]
    assert told == [
        (Action.DOSSIER_ASSIGNED, f"dossier:{first}"),
        (Action.DOSSIER_ASSIGNED, f"dossier:{second}"),
        (Action.DOSSIER_UNASSIGNED, f"dossier:{first}"),
    ]


def test_a_dossier_of_a_call_that_is_not_in_the_room_is_nobodys(
    room: Room, store: Store, jurors: tuple[Person, Person]
) -> None:
    elsewhere = _deposit(store, "Lavoir", "aquitaine-2014")
    batch = store.deposit(CALL, "/un/lot", "Moulin", [NewFile("a.pdf", b"%PDF")]).id
    with room.reading() as reading:
        for which in (elsewhere, batch):
            assert not dossiers.sees(reading, INSTRUCTOR, which)
            assert not dossiers.sees(reading, AUDITOR, which)


def test_the_journal_tells_what_was_set_and_who_sits(room: Room, jurors: tuple[Person, Person]) -> None:
    _set(room, quorum=4, retention_months=12, scale=SCALE)
    with room.writing("machine") as writing:
        calls.seat(writing, OTHER, jurors[0].id, chair=True)
        calls.close_call(writing, OTHER)
    with room.reading() as reading:
        told = history.events(reading, AUDITOR, history.Choice(call=OTHER))
    scale = {"levels": 3, "scale": digest_of(list(SCALE))}
    assert [(event.action, dict(event.data)) for event in told[:3]] == [
        (Action.CALL_CLOSED, {}),
        (Action.JURY_CHANGED, {"person": jurors[0].id, "seated": True, "chair": True}),
        (Action.CALL_SET, {"deadline": "2016-09-05", "quorum": 4, "retention": 12, "reply": 15} | scale),
    ]
