"""Are the words of people those that the journal sealed?"""

from sqlalchemy import Connection, select

from store.doubts import Doubt, Problem
from store.people.rows import Rows
from store.people.sealing import SEALED, Sealed, record_digest

_BATCH = 1000  # rows in memory at once


def check_words(connection: Connection, told: Sealed) -> tuple[int, list[Problem]]:
    """Holds every word against its event; gives how many were checked."""
    problems = []
    names = Rows(connection)
    awaited = dict(told)
    checked = 0
    for table in dict.fromkeys(SEALED.values()):
        for row in connection.execute(select(table).order_by(table.c.id).execution_options(yield_per=_BATCH)):
            checked += 1
            sealed = awaited.pop((table.name, row.id), None)
            if sealed is None:
                message = f"{names.name(table.name, row._asdict())}\u00a0: dans la base, mais pas au journal."
                problems.append(Problem(Doubt.WORD_UNTOLD, message))
            elif sealed != record_digest(row):
                message = f"{names.name(table.name, row._asdict())}\u00a0: modifié après coup."
                problems.append(Problem(Doubt.WORD_ALTERED, message))
    for name, number in awaited:
        message = f"{names.name(name, {'id': number})}\u00a0: au journal, mais plus dans la base."
        problems.append(Problem(Doubt.WORD_MISSING, message))
    return checked, problems
