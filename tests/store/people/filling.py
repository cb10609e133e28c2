"""Dossiers in the index without any file read: what lists are made of, as many as asked for."""

from collections.abc import Sequence
from random import Random

from sqlalchemy import insert

from pipeline.text import alphabetical
from store import search
from store.dossiers import contents_digest
from store.index_tables import index_dossiers, index_fields, index_findings, index_likenesses
from store.instants import now
from store.journal import Writing, about_dossier
from store.keys import ROOM_BATCH, dossier_id
from store.records import Action, Datum
from store.schema import deposits, dossiers
from store.terms import words

FIELDS = tuple(str(number) for number in range(1, 11))
DEPARTMENTS = ("16", "17", "33", "40", "87")
SUGGESTED = ("services", "organisationnelle", "territoriale", "services+territoriale", "")
CODES = ("aid-above-ceiling", "annexe-missing", "budget-unbalanced")
_STATUSES = ("present", "present", "present", "present", "thin", "absent")


def fill(writing: Writing, call: str, count: int, *, texts: bool = False) -> Sequence[str]:
    """Puts `count` dossiers « Dossier 00000 »… in the room; gives their ids. Always the same ones.

    One of ten waits for its analysis; each says « friche » and its own number where `texts` asks for words.
    """
    chance, connection = Random(5), writing.connection
    names = [f"Dossier {number:05}" for number in range(count)]
    ids = [dossier_id(call, ROOM_BATCH, name) for name in names]
    held = [{"id": key, "call": call, "batch": ROOM_BATCH, "name": name} for key, name in zip(ids, names, strict=True)]
    connection.execute(insert(dossiers), held)
    made = [{"dossier_id": key, "number": 1, "deposited_at": _instant(number)} for number, key in enumerate(ids)]
    connection.execute(insert(deposits), made)
    told: dict[str, Datum] = {"deposit": 1, "contents": contents_digest(()), "files": ()}
    writing.tell_all((Action.DOSSIER_DEPOSITED, about_dossier(key), told) for key in ids)
    rows, fields, findings = [], [], []
    for number, (key, name) in enumerate(zip(ids, names, strict=True)):
        waiting = number % 10 == 9
        said = {} if waiting else {field: chance.choice(_STATUSES) for field in FIELDS}
        found = [] if waiting else [code for code in CODES if chance.random() < 0.3]
        rows.append(_row(call, key, name, number, waiting, list(said.values()), len(found)))
        fields += [{"dossier_id": key, "field": field, "status": status} for field, status in said.items()]
        findings += [{"dossier_id": key, "code": code, "count": 1} for code in found]
    connection.execute(insert(index_dossiers), rows)
    connection.execute(insert(index_fields), fields)
    connection.execute(insert(index_findings), findings)
    if count > 1:
        pair = {"dossier_a": min(ids[:2]), "dossier_b": max(ids[:2]), "kind": "near-text", "share": 0.9}
        connection.execute(insert(index_likenesses), [pair])
    if texts:
        for key, name in zip(ids, names, strict=True):
            search.keep(connection, key, list(words(f"{name} Des voisins reprennent une friche.")))
    return ids


def _instant(number: int) -> str:
    """When a dossier was deposited: one after the other."""
    return f"2015-01-01T08:00:00.{number:06}Z"


def _row(
    call: str, key: str, name: str, number: int, waiting: bool, statuses: Sequence[str], findings: int
) -> dict[str, str | int | None]:
    base: dict[str, str | int | None] = {
        "dossier_id": key,
        "call": call,
        "batch": ROOM_BATCH,
        "sort_name": alphabetical(name)[0],
        "deposit": 1,
        "updated_at": now(),
    }
    read = {
        "status": "waiting" if waiting else "analysed",
        "partly_read": int(number % 7 == 0),
        "pages": 12,
        "pages_unread": 1 if number % 7 == 0 else 0,
        "bearer": f"Association {number % 50}",
        "department": DEPARTMENTS[number % 5],
        "aid_eur": 1000 * (number % 40),
        "budget_eur": 3000 * (number % 40),
        "duration_months": 12 * (1 + number % 3),
        "suggested": SUGGESTED[number % 5],
        "declared": ("services", "territoriale", None, None)[number % 4],
        "absent": statuses.count("absent"),
        "thin": statuses.count("thin"),
        "findings": findings,
    }
    return base | (dict.fromkeys(read) | {"status": "waiting"} if waiting else read)
