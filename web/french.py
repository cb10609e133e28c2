"""French of the review room: statuses, roles, dates, amounts, counts. What templates use is in `FILTERS`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pipeline import text
from pipeline.analysis import SectionStatus
from pipeline.findings import wording
from pipeline.labels import STATUS_LABELS, amount_text, euros_text
from pipeline.text import fold, in_guillemets, listed
from store.journal_words import DROPPED_FOR
from store.people.viewers import Role

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_HERE = ZoneInfo("Europe/Paris")
_UNKNOWN = "–"
_VOWELS = frozenset("aeiouyœæ")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=[\w«])")

ROLES: Mapping[str, str] = {
    Role.ADMINISTRATOR: "Administration",
    Role.INSTRUCTOR: "Instruction",
    Role.JUROR: "Jury",
    Role.AUDITOR: "Audit",
}


@dataclass(frozen=True, slots=True)
class Status:
    """How a status is shown: its word, a sign of `icons.svg`, a tone of `.badge--…` (never the tone alone)."""

    label: str
    icon: str
    tone: str


STATUSES: Mapping[str, Mapping[str, Status]] = {
    "field": {
        "present": Status(STATUS_LABELS[SectionStatus.PRESENT], "present", "present"),
        "thin": Status(STATUS_LABELS[SectionStatus.THIN], "thin", "thin"),
        "absent": Status(STATUS_LABELS[SectionStatus.ABSENT], "absent", "absent"),
        "not-applicable": Status(STATUS_LABELS[SectionStatus.NOT_APPLICABLE], "not-applicable", "neutral"),
        "unverified": Status("non vérifié", "unread", "neutral"),
    },
    "reading": {
        "analysed": Status("lu", "check", "neutral"),
        "partly-read": Status("lu en partie", "unread", "unread"),
        "unreadable": Status("non lu", "unread", "unread"),
        "waiting": Status("en attente de lecture", "waiting", "neutral"),
        "failed": Status("en échec", "error", "absent"),
    },
    "dossier": {
        "open": Status("à instruire", "waiting", "neutral"),
        "complete": Status("complet", "success", "present"),
        "pieces-requested": Status("pièces demandées", "warning", "thin"),
        "dropped": Status("sans suite", "lock", "neutral"),
    },
    "call": {
        "open": Status("ouvert", "success", "active"),
        "closed": Status("clos", "lock", "neutral"),
    },
    "intake": {
        "open": Status("en préparation", "edit", "neutral"),
        "ready": Status("en attente", "waiting", "neutral"),
        "running": Status("en cours", "waiting", "active"),
        "to-settle": Status("à préciser", "warning", "thin"),
        "done": Status("terminé", "success", "present"),
        "failed": Status("en échec", "error", "absent"),
    },
    "file": {
        "waiting": Status("en attente", "waiting", "neutral"),
        "deposited": Status("déposé", "success", "present"),
        "refused": Status("refusé", "error", "absent"),
    },
    "session": {
        "planned": Status("prévue", "waiting", "neutral"),
        "open": Status("en cours", "success", "active"),
        "closed": Status("close", "lock", "neutral"),
    },
    "passage": {
        "kept": Status("gardé", "check", "human"),
        "aside": Status("écarté", "cross", "neutral"),
        "added": Status("ajouté", "plus", "human"),
    },
    "check": {
        "conform": Status("conforme", "success", "present"),
        "differs": Status("écart", "warning", "absent"),
        "undecided": Status("non contrôlable", "not-applicable", "neutral"),
    },
}
"""By kind of thing and code; a person chooses among the statuses of fields too, but « non vérifié »."""


def status(code: str, kind: str) -> Status:
    """How the status `code` of a `kind` is shown; `KeyError` for one that is not known."""
    return STATUSES[kind][code]


def dropped_for(reason: str) -> str:
    """« doublon »: why a dossier stops here."""
    return typeset(DROPPED_FOR[reason])


def of(name: str) -> str:
    """« d’Aquitaine 2014 », « de Pau »; before an « h », « de »."""
    return f"d’{name}" if fold(name[:1]) in _VOWELS else f"de {name}"


def role(code: str) -> str:
    """« Instruction » for « instructor »: the name of the office, the same for all who hold it."""
    return ROLES[code]


def typeset(words: str) -> str:
    """French typography: no-break spaces where they belong, curved apostrophes."""
    return _APOSTROPHE.sub("’", text.typeset(words))


def figure(value: float) -> str:
    """« 1 250 », « 12,50 »: a number with French separators."""
    return amount_text(value)


def counted(count: int, one: str, many: str) -> str:
    """« 1 dossier », « 1 250 dossiers »; nought is singular in French."""
    return f"{figure(count)}{_NO_BREAK_SPACE}{one if count < 2 else many}"


def euros(value: float | None) -> str:
    """« 46 500 € », cents only when there are some; « – » when it is not known."""
    return _UNKNOWN if value is None else euros_text(value)


def months(value: int | None) -> str:
    """« 24 mois »; « – » when it is not known."""
    return _UNKNOWN if value is None else f"{value}{_NO_BREAK_SPACE}mois"


def size(value: int) -> str:
    """A number of bytes as people say it: « 812 o », « 96 Ko », « 1,2 Mo »."""
    amount, unit = float(value), "o"
    for larger in ("Ko", "Mo", "Go"):
        if amount < 999.5:
            break
        amount, unit = amount / 1000, larger
    digits = 1 if unit in ("Mo", "Go") and amount < 10 else 0
    return f"{text.decimal(amount, digits)}{_NO_BREAK_SPACE}{unit}"


def day(value: date) -> str:
    """« 3 mars 2026 »; an instant is given the day that it is in France."""
    local = local_day(value) if isinstance(value, datetime) else value
    return wording.day(local).replace(" ", _NO_BREAK_SPACE)


def local_day(value: datetime) -> date:
    """The day that an instant is given in France; `value` is aware."""
    return value.astimezone(_HERE).date()


def today() -> date:
    """The day that it is in France."""
    return datetime.now(_HERE).date()


def hour(value: datetime) -> str:
    """« 14 h 32 », in France; `value` is aware."""
    local = value.astimezone(_HERE)
    return f"{local.hour}{_NO_BREAK_SPACE}h{_NO_BREAK_SPACE}{local.minute:02d}"


def moment(value: datetime) -> str:
    """« 3 mars 2026 à 14 h 32 », in France; `value` is aware."""
    return f"{day(value)} à {hour(value)}"


FILTERS: Mapping[str, Callable[..., Any]] = {
    "counted": counted,
    "day": day,
    "euros": euros,
    "figure": figure,
    "in_guillemets": in_guillemets,
    "listed": listed,
    "moment": moment,
    "months": months,
    "of": of,
    "role": role,
    "size": size,
    "status": status,
    "typeset": typeset,
}
"""Filters of the templates, by name."""
