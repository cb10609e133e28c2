"""What a juror has left to answer beside the markers: the synthesis, the feasibility grid; of many dossiers at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from pipeline.calls.model import Call
from store.people import second_stage
from store.people.answers import AnswerKind
from store.people.jurors_desk import DeskLine, ReadingState
from store.people.room import Reading
from store.people.second_stage import Stage
from store.people.tables.jury import answers, drafts
from store.people.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Left:
    """A form of which the juror has submitted nothing; `begun`: they have a draft of it."""

    kind: AnswerKind
    begun: bool


def beside_markers(
    reading: Reading, viewer: Viewer, call: Call, lines: Sequence[DeskLine]
) -> Mapping[str, tuple[Left, ...]]:
    """By dossier, of those of one call that have something left: the synthesis once all markers are submitted and as
    long as the jury has not deliberated, the grid as long as it is open.
    """
    asked = tuple(_asked(reading, viewer, call, lines))
    if not asked:
        return {}
    ids = {dossier_id for dossier_id, _kind in asked}
    given, begun = _answered(reading, viewer, ids), _drafted(reading, viewer, ids)
    left: dict[str, tuple[Left, ...]] = {}
    for dossier_id, kind in asked:
        if (dossier_id, kind.value) not in given:
            found = Left(kind, (dossier_id, kind.value) in begun)
            left[dossier_id] = (*left.get(dossier_id, ()), found)
    return left


def _asked(reading: Reading, viewer: Viewer, call: Call, lines: Sequence[DeskLine]) -> Iterator[tuple[str, AnswerKind]]:
    opened = [line for line in lines if line.state not in (ReadingState.TO_DECLARE, ReadingState.DROPPED)]
    stages = second_stage.stages_of(reading, viewer, call, *(line.dossier_id for line in opened))
    for line in opened:
        if call.synthesis_items and line.state is ReadingState.DONE and not line.settled:
            yield line.dossier_id, AnswerKind.SYNTHESIS
        if stages.get(line.dossier_id) is Stage.OPEN:
            yield line.dossier_id, AnswerKind.GRID


def _answered(reading: Reading, viewer: Viewer, ids: Collection[str]) -> set[tuple[str, str]]:
    own = (answers.c.dossier_id.in_(ids), answers.c.person_id == viewer.id)
    query = select(answers.c.dossier_id, answers.c.kind).where(*own).distinct()
    return {(row.dossier_id, row.kind) for row in reading.connection.execute(query)}


def _drafted(reading: Reading, viewer: Viewer, ids: Collection[str]) -> set[tuple[str, str]]:
    own = (drafts.c.dossier_id.in_(ids), drafts.c.person_id == viewer.id, drafts.c.subject.in_(list(AnswerKind)))
    query = select(drafts.c.dossier_id, drafts.c.subject).where(*own)
    return {(row.dossier_id, row.subject) for row in reading.connection.execute(query)}
