"""What the jury holds of a dossier in the end, as the call names it: outcomes, some of which make another more precise.

An outcome whose id begins with that of another and a hyphen is one of the ways in which the other goes on: of ALPC
2016, « retenu-finance » and « retenu-reoriente » follow « retenu », and are the second stage. One whose id begins with
« non- » dismisses: it alone may be held before every marker has been read, for a reason that is then written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select

from pipeline.calls.model import Call
from store.instants import instant
from store.journal import Writing, about_dossier
from store.people import answered, calls, chairing, deliberations, presences, revising, sealing, visible
from store.people.deliberations import NotHeld
from store.people.room import Reading
from store.people.tables.deliberations import collective_answers, collective_values, outcomes
from store.people.viewers import Viewer
from store.records import Action, Datum

USUAL = ("non-retenu", "retenu")
"""The outcomes of a call that names none."""


class TooFewJurors(NotHeld):
    """Fewer jurors than the call sets: what a jury holds, it holds together."""

    code = "too-few-jurors"
    advice = "Attendez les réponses qui manquent, ou faites modifier la séance par l'instruction."


class MarkersLacking(NotHeld):
    """An outcome is asked before the jury has said what it holds on each marker."""

    code = "markers-lacking"
    advice = "Saisissez d’abord ce que le jury retient sur chaque repère, ou qu’il ne se prononce pas."


class GridUnread(NotHeld):
    """A second stage is concluded before enough jurors have submitted their grid, or the jury has answered it."""

    code = "grid-unread"
    advice = "Complétez cette lecture, ou confirmez en écrivant pourquoi le jury conclut sans elle."


class ReasonLacking(NotHeld):
    """That the jury concludes without its reading of the grid is confirmed, and not why."""

    code = "reason-lacking"
    advice = "Écrivez dans « Motif » pourquoi le jury conclut sans cette lecture."


class SynthesisLacking(NotHeld):
    """A dossier is held acceptable before the jury has answered the synthesis of the call."""

    code = "synthesis-lacking"
    advice = "Saisissez d’abord les réponses du jury, ou confirmez que la suite est arrêtée sans elles."


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the chair confirms that the jury goes without, so that the minutes tell it."""

    grid: bool = False
    synthesis: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the jury held of a dossier: `outcome` is one of `possible(call)`.

    `presence` is the number of who sat (`presences`). Of a second stage with a grid, `jurors` is how many had submitted
    theirs, `quorum` how many the call asked for. `lacking` counts the items without the jury's answer: those of the
    synthesis, or of the grid for a second stage.
    """

    id: int
    session_id: int
    dossier_id: str
    outcome: str
    comment: str
    person_id: int
    at: datetime
    replaces: int | None
    presence: int | None
    jurors: int | None
    quorum: int | None
    lacking: int | None

    @property
    def grid_unread(self) -> bool:
        """Whether too few grids were read for it."""
        return self.jurors is not None and self.quorum is not None and self.jurors < self.quorum


def possible(call: Call) -> tuple[str, ...]:
    """The outcomes of a call, in its order."""
    return tuple(outcome.id for outcome in call.outcomes) or USUAL


def parent(call: Call, outcome: str) -> str | None:
    """The outcome that this one makes more precise; None for one of the first stage."""
    before = [each for each in possible(call) if outcome.startswith(f"{each}-")]
    return max(before, key=len, default=None)


def first_stage(call: Call) -> tuple[str, ...]:
    """What the jury chooses among first."""
    return tuple(each for each in possible(call) if parent(call, each) is None)


def second_stage(call: Call, current: str | None) -> tuple[str, ...]:
    """What it chooses among next, given the current outcome; nothing when it does not go on."""
    if current is None:
        return ()
    held = parent(call, current) or current
    return tuple(each for each in possible(call) if parent(call, each) == held)


def is_retained(call: Call, outcome: str | None) -> bool:
    """Whether the outcome opens the second stage of the call: its feasibility grid, its later outcomes."""
    return bool(second_stage(call, outcome))


def dismisses(outcome: str) -> bool:
    """Whether the outcome sets the dossier aside."""
    return outcome.startswith("non-")


def set_outcome(
    writing: Writing,
    viewer: Viewer,
    session_id: int,
    dossier_id: str,
    call: Call,
    outcome: str,
    comment: str,
    replaces: int | None,
    confirmed: Confirmed = Confirmed(),
) -> None:
    """Adds what the jury holds; `replaces` is the former that the chair saw, None for the first.

    Raises:
        NotInStore, NotHeld: see `chairing.hold`; `NotHeld` too for an outcome that cannot come now.
        TooFewJurors: fewer jurors attend, without conflict of interest, than the call sets.
        MarkersLacking: a marker has no collective value, and this is no dismissal with its reason.
        SynthesisLacking, GridUnread: that is not `confirmed`.
        ReasonLacking: to go without the grid needs a reason too.
        Settled: its first stage is over.
        Overtaken: another was held meanwhile.
    """
    session = chairing.hold(writing, viewer, session_id, dossier_id)
    current = last_of(of_dossiers(writing, viewer, dossier_id)).get(dossier_id)
    revising.require_last(None if current is None else current.id, replaces)
    if outcome in first_stage(call):
        if current is not None and revising.is_settled(writing, dossier_id):
            raise revising.Settled
    elif outcome not in second_stage(call, None if current is None else current.outcome):
        raise NotHeld("Cette suite ne peut pas être donnée à ce dossier maintenant.")
    _require_jury(writing, viewer, session, dossier_id)
    if not (dismisses(outcome) and comment.strip()):
        _require_markers(writing, call, dossier_id)
    lacking = 0 if dismisses(outcome) else _lacking(writing, call, dossier_id, outcome)
    if lacking and outcome in first_stage(call) and not confirmed.synthesis:
        raise SynthesisLacking(f"Points de la synthèse sans réponse du jury : {lacking}.")
    grids, quorum = _grids(writing, viewer, session, dossier_id, call, outcome)
    if quorum is not None:
        _require_grid(grids, quorum, lacking, comment, confirmed)
    row: dict[str, str | int | None] = {
        "session_id": session_id,
        "dossier_id": dossier_id,
        "outcome": outcome,
        "comment": comment,
        "person_id": viewer.id,
        "replaces": replaces,
        "presence": presences.in_force(writing, viewer, session),
        "jurors": None if quorum is None else grids,
        "quorum": quorum,
        "lacking": lacking,
    }
    told: dict[str, Datum] = {
        "session": session_id,
        "outcome": outcome,
        "presence": row["presence"],
        "jurors": row["jurors"],
        "revised": replaces is not None,
    }
    sealing.append(writing, Action.OUTCOME_SET, about_dossier(dossier_id), row, told)


def of_dossiers(reading: Reading | Writing, viewer: Viewer, *dossier_ids: str) -> tuple[Outcome, ...]:
    """All that juries held of dossiers that the viewer sees, oldest first; each `replaces` the former."""
    query = select(outcomes).where(outcomes.c.dossier_id.in_(dossier_ids), visible.outcomes_of(viewer))
    return tuple(_outcome(row) for row in reading.connection.execute(query.order_by(outcomes.c.id)))


def last_of(held: Iterable[Outcome]) -> Mapping[str, Outcome]:
    """The outcome in force of each dossier, of those given oldest first."""
    return {outcome.dossier_id: outcome for outcome in held}


def _require_jury(writing: Writing, viewer: Viewer, session: deliberations.Session, dossier_id: str) -> None:
    room_call = calls.find(writing, viewer, session.call)
    withdrawn = deliberations.withdrawn(writing, viewer, session.id).get(dossier_id, frozenset())
    there = len(set(deliberations.attending(writing, session.id)) - withdrawn)
    if room_call is not None and there < room_call.quorum:
        raise TooFewJurors(
            f"Le jury compte {there} personnes présentes pour ce dossier ; l'appel en demande {room_call.quorum}."
        )


def _require_markers(writing: Writing, call: Call, dossier_id: str) -> None:
    query = select(collective_values.c.marker).where(collective_values.c.dossier_id == dossier_id)
    lacking = {marker.id for marker in call.markers} - set(writing.connection.scalars(query))
    if lacking:
        raise MarkersLacking(f"Repères sans valeur collective : {len(lacking)}. Le jury les lit avant de conclure.")


def _lacking(writing: Writing, call: Call, dossier_id: str, outcome: str) -> int:
    """How many items the jury has not answered: of the synthesis, or of the grid once that is what it reads."""
    if outcome in first_stage(call):
        kind, items = "synthesis", {item.id for item in call.synthesis_items}
    else:
        kind, items = "grid", {item.id for group in (call.grid.groups if call.grid else ()) for item in group.items}
    here = (collective_answers.c.dossier_id == dossier_id, collective_answers.c.kind == kind)
    return len(items - set(writing.connection.scalars(select(collective_answers.c.item).where(*here))))


def _require_grid(grids: int, quorum: int, lacking: int, comment: str, confirmed: Confirmed) -> None:
    if grids >= quorum and not lacking:
        return
    if not confirmed.grid:
        raise GridUnread(
            f"Grilles de faisabilité soumises par les jurés présents : {grids} ; l’appel en demande {quorum}. "
            f"Points de la faisabilité sans réponse du jury : {lacking}."
        )
    if not comment.strip():
        raise ReasonLacking("Le jury conclut sans lecture entière de la faisabilité : le motif manque.")


def _grids(
    writing: Writing, viewer: Viewer, session: deliberations.Session, dossier_id: str, call: Call, outcome: str
) -> tuple[int, int | None]:
    """How many grids were submitted, and how many the outcome asks for: None when it follows no reading of them."""
    room_call = calls.find(writing, viewer, session.call)
    if call.grid is None or room_call is None or outcome in first_stage(call):
        return 0, None
    return answered.sheets(writing, session.id, dossier_id, "grid"), room_call.quorum


def _outcome(row: Row[tuple[object, ...]]) -> Outcome:
    return Outcome(
        id=row.id,
        session_id=row.session_id,
        dossier_id=row.dossier_id,
        outcome=row.outcome,
        comment=row.comment,
        person_id=row.person_id,
        at=instant(row.at),
        replaces=row.replaces,
        presence=row.presence,
        jurors=row.jurors,
        quorum=row.quorum,
        lacking=row.lacking,
    )
