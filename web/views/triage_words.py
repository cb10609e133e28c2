"""French of the triage table: what its columns, filters, values and actions are called."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from pipeline.calls.model import Call
from pipeline.facts.territory import department_names
from pipeline.labels import FINDING_LABELS, TYPE_LABELS, field_label
from pipeline.text import listed
from store.people.bulk import Former, Undone
from store.people.bulk_changes import Assign, Change, Entrust, Mark, PutLabel, Withdraw
from store.people.filters import AFTER, ALL, ANY, BEGUN, NONE, OVERDUE, READINGS, STATES, Amount, Dimension, Filter
from store.people.giving import Unready
from store.people.labels import Label
from store.people.outcomes import possible
from web.french import STATUSES, counted, dropped_for, figure, typeset
from web.views.outcomes import label

TITLES: Mapping[Dimension, str] = {
    Dimension.STATE: "État",
    Dimension.REPLY: "Réponse attendue",
    Dimension.ASSIGNEE: "Suivi par",
    Dimension.DECIDED: "Décisions",
    Dimension.LACKING: "Décidé absent ou insuffisant",
    Dimension.RECEIVED: "Réception",
    Dimension.JUROR: "Jury",
    Dimension.LABEL: "Étiquette",
    Dimension.CONFIRMED: "Type retenu",
    Dimension.OUTCOME: "Suite donnée",
    Dimension.READING: "Lecture",
    Dimension.ABSENT: "Champ absent",
    Dimension.THIN: "Champ insuffisant",
    Dimension.FINDING: "Constat à régler",
    Dimension.FOUND: "Constat, réglé ou non",
    Dimension.SUGGESTED: "Type suggéré",
    Dimension.DECLARED: "Type déclaré",
    Dimension.DEPARTMENT: "Département",
    Dimension.ALIKE: "Ressemblance",
    Dimension.KEPT: "Durée de conservation",
}
OF_PEOPLE = frozenset(
    {
        Dimension.STATE,
        Dimension.REPLY,
        Dimension.ASSIGNEE,
        Dimension.DECIDED,
        Dimension.LACKING,
        Dimension.RECEIVED,
        Dimension.JUROR,
        Dimension.LABEL,
        Dimension.CONFIRMED,
        Dimension.OUTCOME,
        Dimension.KEPT,
    }
)
"""Dimensions of what people say and set; the others are of what the program read."""

NEAR = frozenset({Dimension.STATE, Dimension.ASSIGNEE, Dimension.READING, Dimension.FINDING})
"""Dimensions whose menus are always in view; the others are behind « Plus de filtres »."""

AMOUNTS: Mapping[Amount, str] = {Amount.AID: "Aide demandée", Amount.BUDGET: "Budget total"}

CORRECTED: Mapping[Dimension, str] = {
    Dimension.DEPARTMENT: "Là où une personne a corrigé le département, c’est le sien qui compte."
}
"""What is said in the menus of what people may correct."""

_NONE: Mapping[Dimension, str] = {
    Dimension.ASSIGNEE: "personne",
    Dimension.DECIDED: "aucun champ décidé",
    Dimension.LACKING: "aucun champ",
    Dimension.JUROR: "aucun juré",
    Dimension.LABEL: "sans étiquette",
    Dimension.CONFIRMED: "non tranché",
    Dimension.OUTCOME: "pas encore",
    Dimension.ABSENT: "aucun champ absent",
    Dimension.THIN: "aucun champ insuffisant",
    Dimension.FINDING: "aucun constat à régler",
    Dimension.FOUND: "aucun constat",
    Dimension.SUGGESTED: "non tranché",
    Dimension.DECLARED: "non déclaré",
    Dimension.DEPARTMENT: "non trouvé",
}


def address(call: str, made: Filter, **more: str | int) -> str:
    """Where the table is that a filter shows."""
    return f"/appels/{call}/dossiers?{made.query()}" + (f"&{urlencode(more)}" if more else "")


def field_titles(call: Call) -> dict[str, str]:
    """The title of each required field, its number first where the call numbers it; in the call's order."""
    return {field.id: field_label(field) for field in call.fields}


def unready_words(unready: Unready) -> str:
    """« Parmi eux, 3 ne sont pas lus et 5 ne sont pas marqués complets. »"""
    told = (
        (unready.unread, "n’est pas lu par le programme", "ne sont pas lus par le programme"),
        (unready.incomplete, "n’est pas marqué complet", "ne sont pas marqués complets"),
        (unready.dropped, "est sans suite et sera laissé", "sont sans suite et seront laissés"),
    )
    said = listed([f"{figure(number)} {one if number < 2 else several}" for number, one, several in told if number])
    return typeset(f"Sur {counted(unready.total, 'dossier', 'dossiers')}, {said}.")


@dataclass(frozen=True, slots=True)
class Words:
    """What values are called in one call: names of people by account, labels, fields, departments."""

    call: Call
    names: Mapping[int, str]
    labels: tuple[Label, ...]

    def values(self, dimension: Dimension) -> Mapping[str, str]:
        """The values of a dimension that are known, in the order in which they are shown."""
        return {**self._values(dimension), **({NONE: _NONE[dimension]} if dimension in _NONE else {})}

    def value(self, dimension: Dimension, value: str) -> str:
        """What a value is called; itself when nobody knows it."""
        return self.values(dimension).get(value, value)

    def change(self, change: Change, count: int) -> str:
        """An action on `count` dossiers, told in the past: « marqués « complet » », « confié à Aude Aupré »."""
        plural = "" if count < 2 else "s"
        if isinstance(change, Mark):
            why = "" if change.reason is None else f" ({dropped_for(change.reason)})"
            return f"marqué{plural} « {STATUSES['dossier'][change.state.value].label} »{why}"
        if isinstance(change, Entrust):
            to = change.person_id
            return "que plus personne ne suit" if to is None else f"confié{plural} à {self.name(to)}"
        if isinstance(change, Assign | Withdraw):
            done = f"donné{plural} à lire à " if isinstance(change, Assign) else f"retiré{plural} à "
            return done + (
                self.name(change.jurors[0]) if len(change.jurors) == 1 else counted(len(change.jurors), "juré", "jurés")
            )
        assert isinstance(change, PutLabel)  # noqa: S101 (the last kind)
        name = next((each.name for each in self.labels if each.id == change.label_id), str(change.label_id))
        return f"étiqueté{plural} « {name} »" if change.on else f"dont l’étiquette « {name} » est ôtée"

    def done(self, former: Former) -> str:
        """« 12 dossiers marqués « complet » », « 1 dossier marqué « complet » »."""
        done = f"{counted(former.changed, 'dossier', 'dossiers')} {self.change(former.change, former.changed)}"
        left = former.found - former.changed
        if isinstance(former.change, Withdraw) and left:
            done += f" ; {counted(left, 'laissé', 'laissés')}, non confié ou déjà commencé"
        if former.spared:
            done += f" ; {counted(former.spared, 'laissé, car sans suite', 'laissés, car sans suite')}"
        return done if former.undone is None else done + self._given_back(former.undone)

    def _given_back(self, undone: Undone) -> str:
        """Nothing where all are again as they were: it is said that the action is undone."""
        if not undone.left:
            return ""
        restored = counted(undone.restored, "rétabli", "rétablis")
        left = counted(
            undone.left, "laissé tel quel, car il a changé depuis", "laissés tels quels, car ils ont changé depuis"
        )
        return f" ; {restored}, {left}"

    def name(self, person_id: int) -> str:
        """The name of an account."""
        return self.names.get(person_id, f"compte {person_id}")

    def _values(self, dimension: Dimension) -> Mapping[str, str]:
        if dimension in (Dimension.ASSIGNEE, Dimension.JUROR):
            return {str(number): name for number, name in self.names.items()}
        if dimension is Dimension.LABEL:
            return {str(each.id): each.name for each in self.labels}
        return _FIXED[dimension] if dimension in _FIXED else _OF_CALL[dimension](self.call)


_FIXED: Mapping[Dimension, Mapping[str, str]] = {
    Dimension.STATE: {name: STATUSES["dossier"][code].label for name, code in STATES.items()},
    Dimension.READING: {name: STATUSES["reading"][code].label for name, code in READINGS.items()},
    Dimension.DECIDED: {ALL: "tous les champs décidés", BEGUN: "en cours"},
    Dimension.CONFIRMED: TYPE_LABELS,
    Dimension.SUGGESTED: TYPE_LABELS,
    Dimension.DECLARED: TYPE_LABELS,
    Dimension.FINDING: FINDING_LABELS,
    Dimension.FOUND: FINDING_LABELS,
    Dimension.ALIKE: {"oui": "un autre dossier lui ressemble"},
    Dimension.RECEIVED: {AFTER: "après la date limite"},
    Dimension.KEPT: {OVERDUE: "dépassée"},
    Dimension.REPLY: {OVERDUE: "dépassée"},
}
_OF_CALL: Mapping[Dimension, Callable[[Call], Mapping[str, str]]] = {
    Dimension.OUTCOME: lambda call: {each: label(call, each) for each in possible(call)},
    Dimension.LACKING: lambda call: {ANY: "au moins un champ", **field_titles(call)},
    Dimension.ABSENT: field_titles,
    Dimension.THIN: field_titles,
    # The call's first, in its order; a bearer may be seated anywhere.
    Dimension.DEPARTMENT: lambda call: {
        code: f"{code} {name}"
        for code, name in ({each.code: each.name for each in call.departments} | department_names()).items()
    },
}
