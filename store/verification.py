"""Is what is kept what was put there? Walks the whole journal, then holds the tables and the files against it.

What it cannot see: a journal rewritten from some event on *with* its head and all that follows. A head noted outside
the store (`Store.head`) shows that too.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select, union

from store.canonical import canonical_json, digest, digest_of
from store.dossiers import contents_digest
from store.doubts import Doubt, Problem, VerificationReport
from store.files import FileStore
from store.journal import GENESIS, about_dossier
from store.keys import dossier_id
from store.people.replay import Replay
from store.people.sealing import SEALED, Sealed
from store.people.tables.calls import room_calls
from store.people.words import check_words
from store.records import Action, DossierFile, JournalHead
from store.schema import analyses, deposit_files, deposits, documents, dossiers, journal, journal_head, verifications
from store.verifications import record_digest

_ACTIONS = frozenset(action.value for action in Action)
_BATCH = 1000  # rows in memory at once


@dataclass(slots=True)
class _Told:
    """What the events say should be in the tables."""

    deposits: dict[tuple[str, int], str] = field(default_factory=dict)  # subject, number -> digest of the contents
    documents: dict[str, str] = field(default_factory=dict)  # key -> digest
    analyses: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)  # subject, key -> document, digest
    words: Sealed = field(default_factory=dict)
    verifications: dict[int, str] = field(default_factory=dict)  # number -> digest of its row
    standing: Replay = field(default_factory=Replay)

    def note(self, subject: str, action: str, data: dict[str, Any]) -> None:
        self.standing.note(subject, action, data)
        if action == Action.DOSSIER_DEPOSITED:
            self.deposits[subject, data["deposit"]] = data["contents"]
        elif action == Action.DOCUMENT_READ:
            self.documents[data["key"]] = data["document"]
        elif action == Action.DOSSIER_ANALYSED:
            self.analyses[subject, data["key"]] = (data["document"], data["analysis"])
        elif action in SEALED:
            self.words[SEALED[Action(action)].name, data["row"]] = data["record"]
        elif action == Action.JOURNAL_VERIFIED:
            self.verifications[data["row"]] = data["record"]


@dataclass(slots=True)
class _Walk:
    """Where the walk along the journal is."""

    told: _Told = field(default_factory=_Told)
    events: int = 0
    last: JournalHead = GENESIS


def verify(connection: Connection, files: FileStore | None, anchor: JournalHead | None) -> VerificationReport:
    """Checks everything, in one read transaction; problems in the order in which they are met.

    `anchor`: a head noted earlier, which must still be in the chain. Without `files`, which take long, none is read.
    """
    walk = _Walk()
    problems = list(_check_events(connection, walk, anchor))
    head_row = connection.execute(select(journal_head.c.sequence, journal_head.c.digest)).one_or_none()
    head = None if head_row is None else JournalHead(head_row.sequence, head_row.digest)
    problems += _check_tail(walk.last, head, anchor)
    if not problems:  # told again from a journal that lacks something, it would only say so once more
        problems += walk.told.standing.check(connection)
    problems += _check_deposits(connection, walk.told)
    problems += _check_documents(connection, walk.told)
    checked_analyses, analysis_problems = _check_analyses(connection, walk.told)
    checked_words, word_problems = check_words(connection, walk.told.words)
    problems += _check_verifications(connection, walk.told)
    checked_files, file_problems = (0, []) if files is None else _check_files(connection, files)
    problems += analysis_problems + word_problems + file_problems
    return VerificationReport(walk.events, checked_analyses, checked_words, checked_files, tuple(problems), walk.last)


def _check_events(connection: Connection, walk: _Walk, anchor: JournalHead | None) -> Iterator[Problem]:
    query = select(journal).order_by(journal.c.sequence).execution_options(yield_per=_BATCH)
    for row in connection.execute(query):
        if row.sequence != walk.last.sequence + 1:
            missing = walk.last.sequence + 1
            yield Problem(Doubt.EVENTS_MISSING, _missing(missing, row.sequence - 1), missing)
        elif row.previous != walk.last.digest:
            yield Problem(
                Doubt.CHAIN_BROKEN,
                f"L'événement n° {row.sequence} ne fait pas suite au précédent : l'un des deux a été réécrit.",
                max(walk.last.sequence, 1),
            )
        data = _sealed_data(row)
        if data is None:
            message = f"L'événement n° {row.sequence} a été modifié après coup."
            yield Problem(Doubt.EVENT_ALTERED, message, row.sequence)
        else:
            walk.told.note(row.subject, row.action, data)
        if anchor is not None and row.sequence == anchor.sequence and row.digest != anchor.digest:
            yield Problem(
                Doubt.ANCHOR_DIFFERS,
                f"L'événement n° {row.sequence} n'est plus celui dont l'empreinte avait été notée : "
                "le journal a été réécrit.",
                row.sequence,
            )
        walk.events += 1
        walk.last = JournalHead(row.sequence, row.digest)


def _sealed_data(row: Row[Any]) -> dict[str, Any] | None:
    """The data of an event, None if the event is not what its digest sealed."""
    try:
        data = json.loads(row.data)
        event = {
            "sequence": row.sequence,
            "at": row.at,
            "actor": row.actor,
            "action": row.action,
            "subject": row.subject,
            "data": data,
            "previous": row.previous,
        }
        sealed = digest_of(event) == row.digest and canonical_json(data).decode() == row.data
    except ValueError:
        return None
    return data if sealed and row.action in _ACTIONS else None


def _missing(first: int, last: int) -> str:
    if first == last:
        return f"L'événement n° {first} a été retiré du journal."
    return f"Les événements n° {first} à {last} ont été retirés du journal."


def _check_tail(last: JournalHead, head: JournalHead | None, anchor: JournalHead | None) -> list[Problem]:
    problems = []
    if head is None:
        problems.append(Problem(Doubt.HEAD_ALTERED, "Le repère de fin du journal a été effacé."))
    elif last.sequence < head.sequence:
        problems.append(
            Problem(
                Doubt.TAIL_MISSING,
                f"La fin du journal manque : son dernier événement est le n° {last.sequence}, "
                f"et il en a compté {head.sequence}.",
                last.sequence + 1,
            )
        )
    elif last != head:
        problems.append(
            Problem(Doubt.HEAD_ALTERED, "Le repère de fin du journal ne correspond pas à son dernier événement.")
        )
    if anchor is not None and last.sequence < anchor.sequence:
        problems.append(
            Problem(
                Doubt.ANCHOR_DIFFERS,
                f"Le journal s'arrête à l'événement n° {last.sequence}, avant le n° {anchor.sequence} "
                "dont l'empreinte avait été notée.",
            )
        )
    return problems


def _check_deposits(connection: Connection, told: _Told) -> Iterator[Problem]:
    for row in connection.execute(select(dossiers)):
        if row.id != dossier_id(row.call, row.batch, row.name):
            yield Problem(Doubt.DOSSIER_ALTERED, f"Le nom ou l'appel du dossier {_short(row.id)} a été modifié.")
    kept: dict[tuple[str, int], list[DossierFile]] = {
        (about_dossier(row.dossier_id), row.number): [] for row in connection.execute(select(deposits))
    }
    for row in connection.execute(select(deposit_files).order_by(deposit_files.c.position)):
        files = kept.setdefault((about_dossier(row.dossier_id), row.deposit), [])
        files.append(DossierFile(row.name, row.sha256, row.size))
    for (subject, number), contents in told.deposits.items():
        named = f"Le dépôt n° {number} du dossier {_short(subject)}"
        files_kept = kept.pop((subject, number), None)
        if files_kept is None:
            yield Problem(Doubt.DEPOSIT_MISSING, f"{named} est au journal mais n'est plus dans la base.")
        elif contents_digest(files_kept) != contents:
            yield Problem(Doubt.DEPOSIT_ALTERED, f"{named} ne contient plus les fichiers qui avaient été déposés.")
    for subject, number in kept:
        yield Problem(
            Doubt.DEPOSIT_UNTOLD,
            f"Le dépôt n° {number} du dossier {_short(subject)} est dans la base mais pas au journal.",
        )


def _check_documents(connection: Connection, told: _Told) -> Iterator[Problem]:
    for row in connection.execute(select(documents).order_by(documents.c.key)):
        if told.documents.get(row.key) != row.sha256:
            yield Problem(
                Doubt.DOCUMENT_ALTERED,
                f"Le document lu {_short(row.sha256)} n'est pas celui que le journal dit avoir été gardé.",
            )


def _check_analyses(connection: Connection, told: _Told) -> tuple[int, list[Problem]]:
    problems = []
    awaited = dict(told.analyses)
    checked = 0
    query = select(analyses).order_by(analyses.c.id).execution_options(yield_per=20)
    for row in connection.execute(query):
        checked += 1
        subject = about_dossier(row.dossier_id)
        sealed = awaited.pop((subject, row.key), None)
        if sealed is None:
            message = f"L'analyse n° {row.id} est dans la base mais pas au journal."
            problems.append(Problem(Doubt.ANALYSIS_UNTOLD, message))
        if digest(row.content) != row.digest or (sealed is not None and sealed != (row.document, row.digest)):
            message = f"L'analyse n° {row.id} du dossier {_short(subject)} a été modifiée."
            problems.append(Problem(Doubt.ANALYSIS_ALTERED, message))
    for subject, _key in awaited:
        message = f"Une analyse du dossier {_short(subject)} est au journal mais n'est plus dans la base."
        problems.append(Problem(Doubt.ANALYSIS_MISSING, message))
    return checked, problems


def _check_verifications(connection: Connection, told: _Told) -> Iterator[Problem]:
    awaited = dict(told.verifications)
    for row in connection.execute(select(verifications).order_by(verifications.c.id)):
        if awaited.pop(row.id, None) != record_digest(row):
            message = f"La vérification n° {row.id} du journal n'est plus celle qui avait été faite."
            yield Problem(Doubt.VERIFICATION_ALTERED, message)
    for number in awaited:
        message = f"La vérification n° {number} est au journal mais n'est plus dans la base."
        yield Problem(Doubt.VERIFICATION_ALTERED, message)


def _check_files(connection: Connection, files: FileStore) -> tuple[int, list[Problem]]:
    problems: list[Problem] = []
    of_calls = select(room_calls.c.file).where(room_calls.c.file.is_not(None))
    wanted = union(select(deposit_files.c.sha256), select(documents.c.sha256), select(analyses.c.document), of_calls)
    digests = sorted(connection.scalars(wanted))
    for sha256 in digests:
        place = files.place(sha256)
        if not place.exists():
            problems.append(Problem(Doubt.FILE_MISSING, f"Un fichier manque : « {place} »."))
        elif not files.holds(sha256):
            problems.append(Problem(Doubt.FILE_ALTERED, f"Un fichier a été altéré : « {place} »."))
    return len(digests), problems


def _short(identifier: str) -> str:
    """The first characters of a digest or subject, enough to find it."""
    return identifier.removeprefix("dossier:")[:12]
