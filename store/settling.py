"""Dossiers found in an intake under the name of one that is known already, with other files.

The machine does nothing of its own accord: people say whether these are more files of that dossier, other files in
their place, or another applicant's; then it does what they chose.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import count
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, delete, exists, select, update

from pipeline.text import same_name
from store import dossiers as deposited
from store import intakes
from store.instants import now
from store.intake_tables import intake_items, intake_pieces
from store.intake_tables import intakes as intakes_table
from store.intakes import IntakeState, Result
from store.journal import Writing
from store.keys import dossier_id as identity
from store.people.tables.deposits import deposit_choices
from store.records import Dossier, DossierFile
from store.schema import dossiers

LEFT = "left-by-choice"
"""Why an item is refused that people chose to leave aside."""


class Choice(StrEnum):
    """What people say of such a dossier."""

    ADD = "add"  # its files go beside those of the known dossier
    REPLACE = "replace"  # they take their place
    OTHER = "other"  # it is another dossier, under a name of its own
    LEAVE = "leave"  # nothing is done of it


def namesake(
    connection: Connection, call: str, batch: str, name: str, files: Sequence[DossierFile]
) -> tuple[Dossier, bool] | None:
    """The dossier that has this name, and whether it holds these files already.

    Another dossier of that name takes its place when it is the one that holds the files.
    """
    known = _find(connection, call, batch, name)
    if known is None:
        return None
    holder = next((each for each in namesakes(connection, [known])[known.id] if holds(each, files)), None)
    return (known, False) if holder is None else (holder, True)


def namesakes(connection: Connection, known: Collection[Dossier]) -> Mapping[str, tuple[Dossier, ...]]:
    """By id of a known dossier, all that have its name, itself too: « Lescar », « Lescar (2) »… as they are numbered.

    As many queries as the longest of them, however many dossiers are asked about.
    """
    begun = deposited.newest(connection, [_first(each) for each in known])
    stems = {each.id: _stem(each.name) if _first(each) in begun else each.name for each in known}
    found: dict[str, list[Dossier]] = {each.id: [] for each in known}
    growing = list(known)
    for number in count(1):
        wanted = {each.id: identity(each.call, each.batch, _numbered(stems[each.id], number)) for each in growing}
        held = deposited.newest(connection, list(wanted.values()))
        growing = [each for each in growing if wanted[each.id] in held]
        if not growing:
            break
        for each in growing:
            found[each.id].append(held[wanted[each.id]])
    return {each.id: _with(found[each.id], each) for each in known}


def holds(dossier: Dossier, files: Sequence[DossierFile]) -> bool:
    """Whether each of the files is one of the dossier's, whatever it is called there."""
    return {file.sha256 for file in files} <= {file.sha256 for file in dossier.files}


def combined(former: Sequence[DossierFile], new: Sequence[DossierFile]) -> tuple[DossierFile, ...]:
    """The former files, then the new ones that are none of them: another file of the same name has a number added."""
    held = {file.sha256 for file in former}
    taken = {same_name(file.name) for file in former}
    added: list[DossierFile] = []
    for file in new:
        if file.sha256 in held:
            continue
        name = next(each for each in _names(file.name) if same_name(each) not in taken)
        taken.add(same_name(name))
        added.append(replace(file, name=name))
    return (*former, *added)


def is_one_chosen(connection: Connection) -> bool:
    """Whether people have chosen something that is not done yet."""
    return connection.scalar(select(exists(chosen()))) or False


def settle_chosen(writing: Writing, batch: str) -> None:
    """Does what people have chosen, in the order in which they did."""
    for row in writing.connection.execute(chosen().order_by(deposit_choices.c.id)).all():
        result, dossier = _settle(writing, batch, row)
        item = and_(intake_items.c.intake == row.intake, intake_items.c.position == row.position)
        told = {"result": result.value, "reason": None if dossier else LEFT}
        where = {"dossier_id": dossier and dossier.id, "deposit": dossier and dossier.deposit}
        writing.connection.execute(update(intake_items).where(item).values(**told, **where))
        these = and_(intake_pieces.c.intake == row.intake, intake_pieces.c.position == row.position)
        writing.connection.execute(delete(intake_pieces).where(these))
        running = {"state": IntakeState.RUNNING.value, "updated_at": now()}
        writing.connection.execute(update(intakes_table).where(intakes_table.c.id == row.intake).values(running))


def chosen() -> Select[Any]:
    item = and_(
        intake_items.c.intake == deposit_choices.c.intake,
        intake_items.c.position == deposit_choices.c.position,
        intake_items.c.result == Result.TO_SETTLE.value,
    )
    return select(deposit_choices).join(intake_items, item)


def _settle(writing: Writing, batch: str, row: Row[Any]) -> tuple[Result, Dossier | None]:
    connection = writing.connection
    new = intakes.pieces(connection, row.intake)[row.position]
    known = deposited.find(connection, row.dossier_id, None)
    match Choice(row.choice):
        case Choice.LEAVE:
            return Result.REFUSED, None
        case Choice.ADD:
            files, name, result = combined(known.files, new), known.name, Result.ADDED
        case Choice.REPLACE:
            files, name, result = new, known.name, Result.REPLACED
        case Choice.OTHER:
            first = namesakes(connection, [known])[known.id][0]
            free = (each for each in _names(first.name) if _find(connection, known.call, batch, each) is None)
            files, name, result = new, next(free), Result.NEW
    return result, deposited.deposit(writing, known.call, batch, name, files)


def _find(connection: Connection, call: str, batch: str, name: str) -> Dossier | None:
    dossier_id = identity(call, batch, name)
    known = connection.scalar(select(dossiers.c.id).where(dossiers.c.id == dossier_id))
    return None if known is None else deposited.find(connection, dossier_id, None)


def _first(dossier: Dossier) -> str:
    """The id of « Lescar », of « Lescar (2) »."""
    return identity(dossier.call, dossier.batch, _stem(dossier.name))


def _stem(name: str) -> str:
    return re.sub(r"(?<=.) \(\d+\)$", "", name)


def _with(found: Sequence[Dossier], known: Dossier) -> tuple[Dossier, ...]:
    return tuple(found) if known.id in {each.id for each in found} else (*found, known)


def _names(name: str) -> Iterator[str]:
    """« budget.pdf », « budget (2).pdf »… of a file; « Lescar », « Lescar (2) »… of a dossier."""
    return (_numbered(name, number) for number in count(1))


def _numbered(name: str, number: int) -> str:
    stem, end = (name[:-4], name[-4:]) if name.lower().endswith(".pdf") else (name, "")
    return name if number == 1 else f"{stem} ({number}){end}"
