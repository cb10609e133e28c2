"""What ends a dossier in the table: what the jury held of it, and how long it is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from store.database import Store
from store.instants import written
from store.people import calls, letter_drafts, letters, retention, states, triage
from store.people.facets import facets
from store.people.filters import Dimension, read
from store.people.letter_drafts import Written
from store.people.room import Room
from store.people.states import State
from store.people.tables.deliberations import jury_sessions, outcomes
from store.schema import deposits
from tests.store.people.triage_room import CALL, Peopled, peopled

COUNT = 12
HELD = ((0, "retenu"), (1, "non-retenu"), (2, "retenu"), (2, "retenu-finance"))


@pytest.fixture
def held(room: Room, store: Store) -> Peopled:
    """The jury held something of three dossiers, of the third twice."""
    made = peopled(room, store, COUNT)
    with made.room.writing(made.juror.actor) as writing:
        session = {"call": CALL, "title": "Matin", "held_on": "2026-03-03", "state": "open", "chair": made.juror.id}
        writing.connection.execute(insert(jury_sessions).values(id=1, **session))
        rows = [
            {"session_id": 1, "dossier_id": made.ids[place], "outcome": outcome, "comment": "", "at": "2026"}
            | {"person_id": made.juror.id}
            for place, outcome in HELD
        ]
        writing.connection.execute(insert(outcomes), rows)
    return made


def _found(held: Peopled, query: str) -> list[int]:
    with held.room.reading() as reading:
        found = triage.ids(reading, held.instructor, CALL, read(query).filter)
    return [held.ids.index(each) for each in found]


def _counts(held: Peopled, dimension: Dimension) -> dict[str, int]:
    with held.room.reading() as reading:
        counted = facets(reading, held.instructor, CALL, read("").filter).facets
    return dict(next(facet.counts for facet in counted if facet.dimension is dimension))


def test_the_last_outcome_is_shown_filtered_counted_and_sorted(held: Peopled) -> None:
    with held.room.reading() as reading:
        rows = triage.page(reading, held.instructor, CALL, read("").filter, 1)
    assert [row.people.outcome for row in rows[:4]] == ["retenu", "non-retenu", "retenu-finance", None]
    assert _found(held, "suite=retenu") == [0]
    assert _found(held, "suite=retenu&suite=retenu-finance") == [0, 2]
    assert _found(held, "suite=aucun") == list(range(3, COUNT))
    assert _counts(held, Dimension.OUTCOME) == {"retenu": 1, "non-retenu": 1, "retenu-finance": 1, "aucun": 9}
    assert _found(held, "tri=suite")[:3] == [1, 0, 2]
    assert _found(held, "tri=-suite")[:3] == [2, 0, 1]


@pytest.mark.parametrize(
    ("at", "months", "over"),
    [
        ("2025-11-21T15:00:00.000000Z", 12, False),
        ("2025-11-21T14:59:59.000000Z", 12, True),
        ("2025-11-20T15:00:00.000000Z", 12, True),
        ("2025-12-31T23:00:00.000000Z", 11, False),
        ("2026-11-01T00:00:00.000000Z", 1, False),
        ("2020-01-01T00:00:00.000000Z", None, False),
    ],
)
def test_a_dossier_is_overdue_once_its_months_have_gone_by(
    held: Peopled, monkeypatch: pytest.MonkeyPatch, at: str, months: int | None, over: bool
) -> None:
    monkeypatch.setattr("store.people.retention.now", lambda: "2026-11-21T15:00:00.000000Z")
    last = {"dossier_id": held.ids[0], "number": 2, "deposited_at": at}
    recent = written(datetime(2026, 11, 21, 12, tzinfo=UTC))
    others = [{"dossier_id": each, "number": 2, "deposited_at": recent} for each in held.ids[1:]]
    with held.room.writing(held.instructor.actor) as writing:
        writing.connection.execute(insert(deposits), [last, *others])
        calls.set_call(writing, CALL, deadline=None, quorum=3, retention_months=months)
    with held.room.reading() as reading:
        assert retention.count(reading, held.instructor, CALL) == int(over)
    assert _found(held, "conservation=depassee") == ([0] if over else [])
    assert _counts(held, Dimension.KEPT) == ({"depassee": 1} if over else {})


def test_a_reply_that_is_awaited_too_long_is_found_and_counted(held: Peopled) -> None:
    today = letters.today()
    with held.room.writing(held.instructor.actor) as writing:
        for place, late in ((3, True), (4, True), (5, False)):
            day = today - timedelta(days=1) if late else today
            draft = letter_drafts.save(writing, held.instructor, held.ids[place], Written("Il manque…", day, ("1",)), 0)
            letters.send(writing, held.instructor, held.ids[place], draft, ("1",), today - timedelta(days=9), day)
        states.mark(writing, [held.ids[4]], State.COMPLETE)
    assert _found(held, "reponse=depassee") == [3]
    assert _counts(held, Dimension.REPLY) == {"depassee": 1}
