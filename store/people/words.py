"""Are the words of people those that the journal sealed?"""

from sqlalchemy import Connection, select

from store.doubts import Doubt, Problem
from store.people.sealing import SEALED, Sealed, record_digest

_BATCH = 1000  # rows in memory at once


def check_words(connection: Connection, told: Sealed) -> tuple[int, list[Problem]]:
    """Holds every word against its event; gives how many were checked."""
    problems = []
    awaited = dict(told)
    checked = 0
    for table in dict.fromkeys(SEALED.values()):
        for row in connection.execute(select(table).order_by(table.c.id).execution_options(yield_per=_BATCH)):
            checked += 1
            sealed = awaited.pop((table.name, row.id), None)
            where = f"La ligne n° {row.id} de la table {table.name}"
            if sealed is None:
                problems.append(Problem(Doubt.WORD_UNTOLD, f"{where} est dans la base mais pas au journal."))
            elif sealed != record_digest(row):
                problems.append(Problem(Doubt.WORD_ALTERED, f"{where} a été modifiée après coup."))
    for name, number in awaited:
        message = f"La ligne n° {number} de la table {name} est au journal mais n'est plus dans la base."
        problems.append(Problem(Doubt.WORD_MISSING, message))
    return checked, problems
