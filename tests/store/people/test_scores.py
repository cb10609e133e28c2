"""What jurors say: declarations, choices of passages, scores, answers, drafts; who sees them, and until when."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.calls.parser import load_call
from pipeline.document import Span
from store.database import Store
from store.people import accounts, answers, calls, conflicts, drafts, jurors_desk, passages, scores
from store.people.accounts import Person
from store.people.answers import AnswerKind
from store.people.conflicts import ConflictKind
from store.people.drafts import DraftChanged
from store.people.jurors_desk import DeskFilter, ReadingState
from store.people.passages import Choice, Place
from store.people.revising import Overtaken, Settled
from store.people.room import Room
from store.people.scores import Score, Shown, ShownPassage, Stated
from store.people.tables.deliberations import jury_sessions, session_dossiers
from store.people.viewers import Role
from store.problems import NotInStore
from store.records import Action

CALL = "alpc-2016"
MARKER = "ancrage-territorial"
PLACE = Place("d" * 64, Span(3, 9), "friche")
NOTHING = Shown(None, None, ())


@pytest.fixture
def jurors(room: Room, dossier_id: str) -> tuple[Person, Person]:
    """Ada and Bob, who both have the dossier and have declared nothing yet."""
    with room.writing("machine") as writing:
        calls.open_call(writing, CALL, None)
        made = tuple(accounts.add(writing, login, login.title(), Role.JUROR, None) for login in ("ada", "bob"))
        for juror in made:
            calls.seat(writing, CALL, juror.id, chair=False)
            calls.assign(writing, juror.id, [dossier_id])
    return made[0], made[1]


def _declare(room: Room, person: Person, dossier_id: str, kind: ConflictKind | None = None) -> None:
    with room.writing(person.viewer.actor) as writing:
        conflicts.declare(writing, person.viewer, dossier_id, kind, "cousins" if kind else "")


def _submit(
    room: Room, person: Person, dossier_id: str, value: str | None, replaces: int | None = None, shown: Shown = NOTHING
) -> None:
    with room.writing(person.viewer.actor) as writing:
        scores.submit(
            writing, person.viewer, dossier_id, MARKER, value=value, comment="Vu.", shown=shown, replaces=replaces
        )


def _seen(room: Room, person: Person, dossier_id: str) -> Sequence[Score]:
    with room.reading() as reading:
        return scores.of_dossier(reading, person.viewer, dossier_id)


def _settle(room: Room, person: Person, dossier_id: str) -> None:
    with room.writing("machine") as writing:
        session = {"call": CALL, "title": "Jury", "held_on": "2026-11-21", "state": "open", "chair": person.id}
        number = writing.connection.execute(jury_sessions.insert().values(**session)).inserted_primary_key
        assert number is not None
        brought = {"session_id": number[0], "dossier_id": dossier_id, "position": 1, "settled": 1}
        writing.connection.execute(session_dossiers.insert().values(**brought))


def test_nothing_is_entered_before_a_declaration(room: Room, jurors: tuple[Person, Person], dossier_id: str) -> None:
    ada, _bob = jurors
    with pytest.raises(NotInStore):
        _submit(room, ada, dossier_id, "Fort")
    with pytest.raises(NotInStore), room.writing(ada.viewer.actor) as writing:
        passages.choose(writing, ada.viewer, dossier_id, MARKER, PLACE, Choice.KEPT)
    with pytest.raises(NotInStore), room.writing(ada.viewer.actor) as writing:
        drafts.save(writing, ada.viewer, dossier_id, "marker:x", {"value": "Fort"}, 0)
    _declare(room, ada, dossier_id)
    _submit(room, ada, dossier_id, "Fort")
    assert [score.value for score in _seen(room, ada, dossier_id)] == ["Fort"]


def test_a_juror_sees_others_only_after_answering(room: Room, jurors: tuple[Person, Person], dossier_id: str) -> None:
    ada, bob = jurors
    for juror in jurors:
        _declare(room, juror, dossier_id)
        with room.writing(juror.viewer.actor) as writing:
            passages.choose(writing, juror.viewer, dossier_id, MARKER, PLACE, Choice.KEPT)
    _submit(room, ada, dossier_id, "Fort")
    assert _seen(room, bob, dossier_id) == ()
    with room.reading() as reading:
        chosen = passages.of_dossier(reading, bob.viewer, dossier_id)
    assert [choice.person_id for choice in chosen] == [bob.id]
    _submit(room, bob, dossier_id, None)
    assert [(score.person_id, score.value) for score in _seen(room, bob, dossier_id)] == [
        (ada.id, "Fort"),
        (bob.id, None),
    ]
    with room.reading() as reading:
        chosen = passages.of_dossier(reading, bob.viewer, dossier_id)
    assert {choice.person_id for choice in chosen} == {ada.id, bob.id}


def test_every_version_stays_and_the_last_one_counts(
    room: Room, jurors: tuple[Person, Person], dossier_id: str
) -> None:
    ada, _bob = jurors
    _declare(room, ada, dossier_id)
    shown = Shown(None, "d" * 64, (ShownPassage(Span(3, 9), Choice.KEPT), ShownPassage(Span(12, 20), None)))
    _submit(room, ada, dossier_id, "Fort", shown=shown)
    first = _seen(room, ada, dossier_id)[0]
    assert first.shown == shown
    with pytest.raises(Overtaken):
        _submit(room, ada, dossier_id, "Faible")
    _submit(room, ada, dossier_id, "Faible", replaces=first.id)
    with room.reading() as reading:
        versions = scores.versions(reading, ada.viewer, dossier_id, MARKER)
        mine = scores.mine(reading, ada.viewer, dossier_id)
        of_call = scores.mine_in_call(reading, ada.viewer, CALL)
    assert [score.value for score in versions] == ["Faible", "Fort"]
    last = versions[0]
    assert mine[MARKER] == last
    assert of_call == (Stated(last.dossier_id, MARKER, last.value, last.comment, last.at),)


def test_a_conflict_takes_the_dossier_away(room: Room, jurors: tuple[Person, Person], dossier_id: str) -> None:
    ada, _bob = jurors
    _declare(room, ada, dossier_id)
    _submit(room, ada, dossier_id, "Fort")
    _declare(room, ada, dossier_id, ConflictKind.FAMILY)
    assert _seen(room, ada, dossier_id) == ()
    with room.reading() as reading:
        assert jurors_desk.lines(reading, ada.viewer, DeskFilter(CALL, 12), 0, 10) == ()
        declared = conflicts.declared(reading, ada.viewer, dossier_id)
    assert declared is not None
    assert (declared.kind, declared.reason) == (ConflictKind.FAMILY, "cousins")
    with pytest.raises(NotInStore):
        _declare(room, ada, dossier_id)


def test_what_was_submitted_before_a_conflict_is_shown_to_no_juror_and_stays(
    room: Room, jurors: tuple[Person, Person], dossier_id: str
) -> None:
    ada, bob = jurors
    for juror in jurors:
        _declare(room, juror, dossier_id)
        _submit(room, juror, dossier_id, "Fort")
    assert {score.person_id for score in _seen(room, bob, dossier_id)} == {ada.id, bob.id}
    _declare(room, ada, dossier_id, ConflictKind.FAMILY)
    assert {score.person_id for score in _seen(room, bob, dossier_id)} == {bob.id}
    auditor = replace(bob.viewer, role=Role.AUDITOR)
    with room.reading() as reading:
        assert {score.person_id for score in scores.history(reading, auditor, dossier_id)} == {ada.id, bob.id}


def test_nothing_changes_once_the_jury_has_settled(room: Room, jurors: tuple[Person, Person], dossier_id: str) -> None:
    ada, _bob = jurors
    _declare(room, ada, dossier_id)
    _submit(room, ada, dossier_id, "Fort")
    _settle(room, ada, dossier_id)
    with pytest.raises(Settled):
        _submit(room, ada, dossier_id, "Faible", replaces=1)
    with pytest.raises(Settled), room.writing(ada.viewer.actor) as writing:
        passages.choose(writing, ada.viewer, dossier_id, MARKER, PLACE, Choice.KEPT)


def test_a_choice_replaces_the_former_and_can_be_taken_back(
    room: Room, jurors: tuple[Person, Person], dossier_id: str
) -> None:
    ada, _bob = jurors
    _declare(room, ada, dossier_id)
    for choice, reason in ((Choice.KEPT, ""), (Choice.ASIDE, "Une promesse."), (Choice.WITHDRAWN, "")):
        with room.writing(ada.viewer.actor) as writing:
            passages.choose(writing, ada.viewer, dossier_id, MARKER, PLACE, choice, reason)
            found = passages.mine(writing, ada.viewer, dossier_id)
        expected = [] if choice is Choice.WITHDRAWN else [(choice, reason, PLACE)]
        assert [(each.choice, each.reason, each.place) for each in found] == expected


def test_drafts_are_kept_by_version(room: Room, jurors: tuple[Person, Person], dossier_id: str) -> None:
    ada, bob = jurors
    _declare(room, ada, dossier_id)
    with room.writing(ada.viewer.actor) as writing:
        assert drafts.save(writing, ada.viewer, dossier_id, "grid", {"a": "1"}, 0).version == 1
        assert drafts.save(writing, ada.viewer, dossier_id, "grid", {"a": "2"}, 1).version == 2
    with pytest.raises(DraftChanged), room.writing(ada.viewer.actor) as writing:
        drafts.save(writing, ada.viewer, dossier_id, "grid", {"a": "3"}, 1)
    with room.reading() as reading:
        assert drafts.mine(reading, ada.viewer, dossier_id)["grid"].content == {"a": "2"}
        assert drafts.mine(reading, bob.viewer, dossier_id) == {}


def test_answers_are_seen_item_by_item(room: Room, jurors: tuple[Person, Person], dossier_id: str) -> None:
    ada, bob = jurors
    call = load_call(CALL)
    for juror, items in ((ada, ("leadership", "gouvernance")), (bob, ("leadership",))):
        _declare(room, juror, dossier_id)
        for item in items:
            with room.writing(juror.viewer.actor) as writing:
                answers.submit(
                    writing, juror.viewer, dossier_id, call, AnswerKind.SYNTHESIS, item,
                    value=None, comment="Vu.", replaces=None,
                )  # fmt: skip
    with room.reading() as reading:
        found = answers.of_dossier(reading, bob.viewer, dossier_id, AnswerKind.SYNTHESIS)
        mine = answers.mine(reading, bob.viewer, dossier_id, AnswerKind.SYNTHESIS)
    assert [(answer.item, answer.person_id) for answer in found] == [("leadership", ada.id), ("leadership", bob.id)]
    assert list(mine) == ["leadership"]


def test_the_journal_tells_codes_and_seals_the_words(
    store: Store, room: Room, jurors: tuple[Person, Person], dossier_id: str
) -> None:
    ada, _bob = jurors
    _declare(room, ada, dossier_id)
    _submit(room, ada, dossier_id, "Fort")
    (event,) = store.journal(action=Action.SCORE_SUBMITTED)
    assert (event.actor, event.subject) == (ada.viewer.actor, f"dossier:{dossier_id}")
    assert set(event.data) == {"marker", "revised", "row", "record"}
    assert store.verify().problems == ()


def test_the_desk_says_how_far_each_dossier_is(room: Room, jurors: tuple[Person, Person], dossier_id: str) -> None:
    ada, bob = jurors
    asked = DeskFilter(CALL, 1)

    def state() -> ReadingState:
        with room.reading() as reading:
            (line,) = jurors_desk.lines(reading, ada.viewer, asked, 0, 10)
            counts = jurors_desk.counts(reading, ada.viewer, asked)
        assert counts[line.state] == 1
        assert sum(counts.values()) == 1
        return line.state

    assert state() is ReadingState.TO_DECLARE
    _declare(room, ada, dossier_id)
    assert state() is ReadingState.TO_READ
    _submit(room, ada, dossier_id, "Fort")
    assert state() is ReadingState.DONE
    with room.reading() as reading:
        assert jurors_desk.following(reading, ada.viewer, asked) is None
        assert jurors_desk.following(reading, bob.viewer, asked) is not None
        narrowed = DeskFilter(CALL, 1, state=ReadingState.TO_READ)
        assert jurors_desk.lines(reading, ada.viewer, narrowed, 0, 10) == ()
