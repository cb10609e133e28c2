"""The journal as people read it: narrowed, page by page, by those who may."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from store.database import Store
from store.doubts import Doubt
from store.people import calls, decisions, dossiers, history, labels, states
from store.people.decisions import Kind, Statement
from store.people.deliberations import about_session
from store.people.history import Choice
from store.people.room import Reading, Room
from store.people.states import State
from store.people.viewers import Role, Viewer
from store.records import Action, JournalEvent
from store.verification import verify
from tests.databases import Tamper
from tests.store.people.triage_room import CALL, Peopled, peopled


@pytest.fixture
def there(room: Room, store: Store) -> Peopled:
    """One dossier marked and decided upon, another labelled by someone else, another call opened."""
    made = peopled(room, store, 4)
    with made.room.writing(made.instructor.actor) as writing:
        states.mark(writing, made.ids[:1], State.COMPLETE)
        decisions.decide(writing, made.instructor, made.ids[0], Statement(Kind.FIELD, "1", "thin", "Un mot secret"))
    with made.room.writing(made.other.actor) as writing:
        labels.put(writing, made.ids[1:2], labels.named(writing, CALL, "à revoir").id)
        calls.open_call(writing, "aquitaine-2014", None)
    return made


def _told(there: Peopled, choice: Choice, viewer: Viewer | None = None) -> list[tuple[Action, str]]:
    with there.room.reading() as reading:
        found = history.events(reading, viewer or there.auditor, choice)
        assert history.count(reading, viewer or there.auditor, choice) == len(found)
    return [(event.action, event.subject) for event in found]


def test_the_newest_comes_first_and_a_dossier_tells_from_the_start(there: Peopled) -> None:
    about = f"dossier:{there.ids[0]}"
    assert _told(there, Choice())[0] == (Action.CALL_OPENED, "call:aquitaine-2014")
    assert _told(there, Choice(dossier=there.ids[0])) == [
        (Action.DECISION_MADE, about),
        (Action.DOSSIER_MARKED, about),
        (Action.DOSSIER_DEPOSITED, about),
    ]
    with there.room.reading() as reading:
        told = history.of_dossier(reading, there.auditor, there.ids[0])
    assert [event.action for event in told] == [
        Action.DOSSIER_DEPOSITED,
        Action.DOSSIER_MARKED,
        Action.DECISION_MADE,
    ]


def test_a_dossier_is_found_by_its_name_or_the_beginning_of_its_id(there: Peopled) -> None:
    with there.room.reading() as reading:
        (name,) = dossiers.names(reading, there.auditor, there.ids[0]).values()
    told = _told(there, Choice(dossier=there.ids[0]))
    assert told
    assert _told(there, Choice(dossier=there.ids[0][:16].upper())) == told
    assert _told(there, Choice(dossier=name.upper())) == told
    assert all(_told(there, Choice(dossier=nobody)) == [] for nobody in ("%", "_", there.ids[0][:4], "!"))


def test_parts_of_a_name_find_every_dossier_that_has_them(there: Peopled) -> None:
    with there.room.reading() as reading:
        count, first = dossiers.named(reading, there.auditor, "DOSS", most=3)
        assert (count, len(first)) == (4, 3)
        assert {one.call for one in first} == {CALL}
        assert dossiers.named(reading, there.auditor, "doss", call="aquitaine-2014", most=3) == (0, ())
    told = _told(there, Choice(dossier="doss", action=Action.DOSSIER_DEPOSITED))
    assert {subject for _, subject in told} == {f"dossier:{which}" for which in there.ids}


def test_it_is_narrowed_by_session(there: Peopled) -> None:
    with there.room.writing("machine") as writing:
        for session in (3, 31):
            writing.tell(Action.SESSION_OPENED, about_session(session), {})
    assert _told(there, Choice(session=3)) == [(Action.SESSION_OPENED, "session:3")]


def test_it_is_narrowed_by_action_actor_and_call(there: Peopled) -> None:
    assert _told(there, Choice(action=Action.DOSSIER_LABELLED)) == [
        (Action.DOSSIER_LABELLED, f"dossier:{there.ids[1]}")
    ]
    assert {action for action, _ in _told(there, Choice(actor=there.instructor.actor))} == {
        Action.DOSSIER_MARKED,
        Action.DECISION_MADE,
    }
    of_call = _told(there, Choice(call=CALL))
    assert {*(f"dossier:{each}" for each in there.ids), f"call:{CALL}"} == {subject for _, subject in of_call}
    assert _told(there, Choice(call="aquitaine-2014")) == [(Action.CALL_OPENED, "call:aquitaine-2014")]
    assert _told(there, Choice(actor=there.other.actor, action=Action.DECISION_MADE)) == []


def test_days_are_whole_and_those_of_france(there: Peopled) -> None:
    with there.room.reading() as reading:
        newest = history.events(reading, there.auditor, Choice(), limit=1)[0]
    last = newest.at.astimezone(ZoneInfo("Europe/Paris")).date()
    before, after = date(last.year - 1, 1, 1), date(last.year + 1, 1, 1)
    everything = _told(there, Choice())
    assert _told(there, Choice(since=before, until=after)) == everything
    assert _told(there, Choice(until=last))[0] == everything[0]  # of that day too
    assert _told(there, Choice(until=before)) == []
    assert _told(there, Choice(since=after)) == []


def test_pages_follow_without_a_gap(there: Peopled) -> None:
    with there.room.reading() as reading:
        whole = history.events(reading, there.auditor, Choice(), limit=100)
        pages: list[JournalEvent] = []
        before = None
        while page := history.events(reading, there.auditor, Choice(), before=before, limit=3):
            pages += page
            before = page[-1].sequence
    assert tuple(pages) == whole
    assert [event.sequence for event in whole] == list(range(len(whole), 0, -1))


def test_it_is_for_auditors_and_administrators(there: Peopled) -> None:
    for viewer in (there.instructor, there.juror):
        assert _told(there, Choice(), viewer) == []
        with there.room.reading() as reading:
            assert history.of_dossier(reading, viewer, there.ids[0]) == ()
    assert _told(there, Choice(), Viewer(99, Role.ADMINISTRATOR)) == _told(there, Choice())


def test_it_never_quotes(there: Peopled) -> None:
    with there.room.reading() as reading:
        told = "\n".join(str(event) for event in history.events(reading, there.auditor, Choice(), limit=100))
    for words in ("secret", "à revoir", "Dossier 0000", "Inès"):
        assert words not in told


def test_a_verification_finds_a_word_changed_afterwards(there: Peopled, tamper: Tamper) -> None:
    with there.room.reading() as reading:
        assert _doubts(reading) == set()
    tamper("UPDATE decisions SET note = 'Un autre mot'")
    with there.room.reading() as reading:
        assert _doubts(reading) == {Doubt.WORD_ALTERED}


def _doubts(reading: Reading) -> set[Doubt]:
    return {problem.doubt for problem in verify(reading.connection, None, None).problems}
