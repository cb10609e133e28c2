"""What is said of dossiers before they are given to jurors to read: nothing here keeps anyone from giving them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select, true

from store.index_tables import index_dossiers
from store.people.filters import Filter
from store.people.narrowing import ANALYSED, OUTLINE, STATE, matching, seen
from store.people.room import Reading
from store.people.states import State
from store.people.viewers import Viewer

_DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Unready:
    """How many of `total` dossiers the program has not read, stop here, or are neither marked complete nor stopped."""

    total: int
    unread: int
    dropped: int
    incomplete: int

    @property
    def any(self) -> bool:
        """Whether there is something to say."""
        return bool(self.unread or self.dropped or self.incomplete)


def unready(reading: Reading, viewer: Viewer, call: str, chosen: Filter | Sequence[str]) -> Unready:
    """Of the dossiers of a filter, or of some ids, that the viewer sees."""
    made, some = (chosen, true()) if isinstance(chosen, Filter) else (Filter(), index_dossiers.c.dossier_id.in_(chosen))
    incomplete = STATE.not_in((State.COMPLETE.value, _DROPPED))
    counts = (_count(~ANALYSED), _count(STATE == _DROPPED), _count(incomplete))
    query = select(func.count(), *counts).select_from(OUTLINE).where(seen(viewer, call), matching(made), some)
    total, unread, dropped, open_ones = reading.connection.execute(query).one()
    return Unready(total, unread, dropped, open_ones)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, 1)))
