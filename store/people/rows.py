"""What a row of people's tables is called where something is wrong with it: in French, by whom and of which dossier."""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, select

from store.people.tables.accounts import people
from store.schema import dossiers

_SHORT = 12  # characters of an id that are enough to find it

_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "answers": "Réponse",
        "assignments": "Dossier confié",
        "checks": "Contrôle",
        "collective_answers": "Réponse du jury",
        "collective_values": "Valeur collective",
        "decisions": "Décision",
        "declarations": "Déclaration d'intérêts",
        "deposit_choices": "Choix sur un dépôt",
        "dossier_states": "État d'un dossier",
        "jurors": "Place au jury",
        "jury_sessions": "Séance",
        "letters": "Courrier",
        "outcomes": "Suite donnée",
        "passage_choices": "Choix d'un passage",
        "people": "Compte",
        "presences": "Liste des présents",
        "room_calls": "Appel",
        "samples": "Échantillon",
        "scores": "Note de juré",
        "session_jurors": "Présence à une séance",
    }
)

_COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "active": "ouvert ou fermé",
        "assignee": "suivi par",
        "chair": "présidence",
        "deadline": "date limite",
        "file": "fichier de l'appel",
        "held_on": "jour",
        "quorum": "nombre de jurés exigé",
        "reason": "motif du « sans suite »",
        "reply_days": "délai de réponse",
        "retention_months": "durée de conservation",
        "role": "rôle",
        "scale": "échelle",
        "state": "état",
    }
)


def column_name(column: str) -> str:
    """What a column is called; its own name when it has none."""
    return _COLUMNS.get(column, column)


class Rows:
    """Names rows; people and dossiers are looked up when something has to be named, and never before."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def name(self, table: str, row: Mapping[str, Any]) -> str:
        """Of a row, or of what is known of one that is gone: its number, its dossier, its person, its marker."""
        number = f" n°\u00a0{row['id']}" if isinstance(row.get("id"), int) else ""
        about = ", ".join(self._about(table, row))
        return f"{_NAMES.get(table, table)}{number}" + (f" ({about})" if about else "")

    def _about(self, table: str, row: Mapping[str, Any]) -> list[str]:
        told = []
        if "call" in row:
            told.append(f"appel «\u00a0{row['call']}\u00a0»")
        if "session_id" in row:
            told.append(f"séance n°\u00a0{row['session_id']}")
        if "dossier_id" in row:
            told.append(self._dossier(row["dossier_id"]))
        if "marker" in row:
            told.append(f"repère «\u00a0{row['marker']}\u00a0»")
        if "item" in row:
            told.append(f"rubrique «\u00a0{row['item']}\u00a0»")
        person = row.get("id") if table == people.name else row.get("person_id")
        if person is not None:
            told.append(self._people.get(person, f"compte n°\u00a0{person}"))
        return told

    def _dossier(self, dossier_id: str) -> str:
        name = self._connection.scalar(select(dossiers.c.name).where(dossiers.c.id == dossier_id))
        return f"dossier {dossier_id[:_SHORT]}" if name is None else f"dossier «\u00a0{name}\u00a0»"

    @cached_property
    def _people(self) -> dict[int, str]:
        return {row.id: row.name for row in self._connection.execute(select(people.c.id, people.c.name))}
