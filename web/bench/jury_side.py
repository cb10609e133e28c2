"""What jurors would have said of those dossiers, alone and in sessions: drawn by chance, for the measure alone."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

from pipeline.calls.model import Call
from store.journal import Writing
from store.people import answered, calls, chairing, collective, conflicts, outcomes, passages, planning, scores
from store.people.conflicts import ConflictKind
from store.people.passages import Choice, Place
from store.people.planning import Plan
from store.people.room import Room
from store.people.scores import Shown, ShownPassage
from store.people.viewers import Viewer
from web.bench.machine_side import Analysed
from web.bench.people_side import SESSIONS, People

_READERS = 4  # jurors of a dossier
_AGENDA, _ATTENDING, _ANSWERING = 30, 8, 3
_SCORED_BY = 10  # jurors declare on half of their dossiers, and score one of so many
_STILL_TO_READ = 20  # the first juror is through with theirs, save one of so many
_WHY = "Tiré au sort pour la mesure."


def judge(room: Room, people: People, call: Call, ids: Sequence[str], made: Sequence[Analysed], chance: Random) -> None:
    """Each dossier is given to some jurors; they declare on half of theirs, and score one of ten of those.

    The first one has scored nearly all of theirs: who is asked for their own pages has all that a juror ever has.
    """
    theirs: dict[int, list[str]] = {juror.id: [] for juror in people.jurors}
    for dossier_id in ids:
        for juror in chance.sample(people.jurors, _READERS):
            theirs[juror.id].append(dossier_id)
    known = {one.dossier_id: one for one in made}
    for juror in people.jurors:
        through = juror is people.jurors[0]
        with room.writing("bench") as writing:
            calls.assign(writing, juror.id, theirs[juror.id])
        with room.writing(juror.actor) as writing:
            for place, dossier_id in enumerate(_opened(theirs[juror.id], through=through)):
                conflict = ConflictKind.PROFESSIONAL if chance.random() < 0.02 else None
                conflicts.declare(writing, juror, dossier_id, conflict, "" if conflict is None else _WHY)
                if conflict is None and dossier_id in known and (through or place % _SCORED_BY == 0):
                    _score(writing, juror, call, known[dossier_id], chance)


def _opened(theirs: Sequence[str], *, through: bool) -> Sequence[str]:
    """Those of a juror's dossiers that they have declared on."""
    return [each for place, each in enumerate(theirs) if place % _STILL_TO_READ] if through else theirs[::2]


def deliberate(
    room: Room, people: People, call: Call, ids: Sequence[str], made: Sequence[Analysed], chance: Random
) -> None:
    """Sessions of thirty dossiers; in those of the first half values are held, outcomes given, dossiers settled."""
    known = {one.dossier_id: one for one in made}
    for number in range(SESSIONS):
        chair = people.jurors[number]
        jury = (chair, *people.jurors[SESSIONS : SESSIONS + _ATTENDING])
        agenda = ids[number * _AGENDA : (number + 1) * _AGENDA]
        if not agenda:
            return
        planned = Plan(
            f"Séance {number + 1}", date(2016, 12, 1 + number), chair.id, tuple(one.id for one in jury), tuple(agenda)
        )
        with room.writing(people.instructors[0].actor) as writing:
            session = planning.plan(writing, people.instructors[0], call.id, planned)
        if number < SESSIONS // 2:
            _hold(room, jury, call, session, agenda, known, chance)


def _hold(
    room: Room,
    jury: Sequence[Viewer],
    call: Call,
    session: int,
    agenda: Sequence[str],
    known: Mapping[str, Analysed],
    chance: Random,
) -> None:
    for juror in jury[: _ANSWERING + 1]:
        with room.writing(juror.actor) as writing:
            for dossier_id in agenda:
                if dossier_id in known and _opens(writing, juror, dossier_id):
                    _score(writing, juror, call, known[dossier_id], chance)
    chair = jury[0]
    with room.writing(chair.actor) as writing:
        chairing.start(writing, chair, session)
        for dossier_id in agenda:
            if _opens(writing, chair, dossier_id):
                _settle(writing, chair, session, dossier_id, call, chance)


def _opens(writing: Writing, juror: Viewer, dossier_id: str) -> bool:
    """Whether the juror has no conflict; they say so where they had not said anything."""
    said = conflicts.declared(writing, juror, dossier_id)
    if said is None:
        conflicts.declare(writing, juror, dossier_id, None)
    return said is None or said.kind is None


def _score(writing: Writing, juror: Viewer, call: Call, one: Analysed, chance: Random) -> None:
    """All markers at once, one of them twice; nothing where the juror has already done so."""
    if scores.mine(writing, juror, one.dossier_id):
        return
    seen = one.passages[:4]
    for passage in seen:
        place = Place(one.document, passage.span, passage.quote)
        passages.choose(writing, juror, one.dossier_id, passage.marker, place, Choice.KEPT)
    shown = Shown(one.analysis, one.document, tuple(ShownPassage(each.span, Choice.KEPT) for each in seen))
    former: int | None = None
    for marker in (call.markers[0], *call.markers):
        given = chance.choice(marker.levels).value if marker.levels else None
        replaces = former if marker is call.markers[0] else None
        scores.submit(
            writing, juror, one.dossier_id, marker.id, value=given, comment=_WHY, shown=shown, replaces=replaces
        )
        if former is None:
            former = scores.mine(writing, juror, one.dossier_id)[marker.id].id


def _settle(writing: Writing, chair: Viewer, session: int, dossier_id: str, call: Call, chance: Random) -> None:
    """Holds what may be held; a dossier whose markers were not all read may only be set aside."""
    room_call = calls.find(writing, chair, call.id)
    answering = answered.markers(writing, session, dossier_id)
    read = [
        marker for marker in call.markers if room_call is not None and answering.get(marker.id, 0) >= room_call.quorum
    ]
    for marker in read:
        value = chance.choice(marker.levels).value if marker.levels else None
        collective.set_value(writing, chair, session, dossier_id, marker.id, value=value, comment=_WHY, replaces=None)
    possible = outcomes.first_stage(call)
    if len(read) < len(call.markers):
        possible = tuple(filter(outcomes.dismisses, possible))
    outcomes.set_outcome(writing, chair, session, dossier_id, call, chance.choice(possible), _WHY, None)
    if chance.random() < 0.8:
        chairing.settle(writing, chair, session, dossier_id, settled=True)
