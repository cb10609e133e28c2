"""What the journal's codes say in French, the same on the terminal and in the room."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.calls.model import Call
from pipeline.failures import what_happened
from pipeline.findings.wording import day
from pipeline.labels import STATUS_LABELS
from pipeline.text import typeset
from store.code_words import named
from store.records import Action, Datum, JournalEvent

ACTION_WORDS: Mapping[Action, str] = {
    Action.RUN_STARTED: "traitement commencé",
    Action.RUN_RESUMED: "traitement repris",
    Action.RUN_ENDED: "traitement fini",
    Action.DOSSIER_DEPOSITED: "dossier déposé",
    Action.DOCUMENT_READ: "dossier lu",
    Action.DOSSIER_ANALYSED: "dossier analysé",
    Action.RESULTS_WRITTEN: "résultats écrits",
    Action.DOSSIER_FAILED: "échec du dossier",
    Action.INTAKE_OPENED: "dépôt ouvert",
    Action.INTAKE_READY: "dépôt envoyé au traitement",
    Action.INTAKE_ENDED: "dépôt traité",
    Action.INTAKE_FAILED: "échec du dépôt",
    Action.DOSSIER_RETRIED: "nouvel essai demandé",
    Action.DEPOSIT_SETTLED: "réponse sur des fichiers du même nom",
    Action.ACCOUNT_ADDED: "compte créé",
    Action.ACCOUNT_CHANGED: "compte modifié",
    Action.LOGGED_IN: "connexion",
    Action.LOGGED_OUT: "déconnexion",
    Action.LOGIN_REFUSED: "connexion refusée",
    Action.CALL_OPENED: "appel ouvert",
    Action.CALL_CLOSED: "appel clos",
    Action.CALL_SET: "réglages de l'appel modifiés",
    Action.JURY_CHANGED: "jury modifié",
    Action.DOSSIER_ASSIGNED: "dossier confié",
    Action.DOSSIER_UNASSIGNED: "dossier repris",
    Action.DOSSIER_MARKED: "état du dossier modifié",
    Action.DOSSIER_LABELLED: "étiquettes du dossier modifiées",
    Action.DECISION_MADE: "décision d'instruction",
    Action.LETTER_SENT: "courrier marqué comme envoyé",
    Action.LETTER_CORRECTED: "dates d'un courrier corrigées",
    Action.LETTER_WITHDRAWN: "courrier finalement non envoyé",
    Action.BULK_DONE: "action groupée",
    Action.BULK_UNDONE: "action groupée annulée",
    Action.EXPORTED: "export",
    Action.CONFLICT_DECLARED: "conflit d'intérêts déclaré",
    Action.CONFLICT_DENIED: "absence de conflit d'intérêts déclarée",
    Action.PASSAGE_CHOSEN: "passage gardé, écarté ou ajouté",
    Action.SCORE_SUBMITTED: "réponse à un repère soumise",
    Action.ANSWER_SUBMITTED: "réponse à la grille ou à la synthèse soumise",
    Action.SESSION_PLANNED: "séance prévue",
    Action.SESSION_CHANGED: "séance modifiée",
    Action.SESSION_OPENED: "séance ouverte",
    Action.PRESENCE_SET: "présents à la séance",
    Action.DOSSIER_SETTLED: "examen du dossier achevé en séance",
    Action.SESSION_CLOSED: "séance close",
    Action.COLLECTIVE_VALUE_SET: "valeur collective arrêtée",
    Action.COLLECTIVE_ANSWER_SET: "réponse collective arrêtée",
    Action.OUTCOME_SET: "suite donnée au dossier",
    Action.SAMPLE_DRAWN: "échantillon tiré au sort",
    Action.CHECK_RECORDED: "contrôle consigné",
    Action.VERIFICATION_ASKED: "vérification du journal demandée",
    Action.JOURNAL_VERIFIED: "journal vérifié",
}

ACTOR_WORDS: Mapping[str, str] = {
    "machine": "programme",
    "room": "salle d'examen",
    "terminal": "terminal de la machine",
    "demo": "préparation de la démonstration",
    "bench": "mesure de vitesse",
}
"""Who acts and is no person: people are `person:<number>`."""

SUBJECT_WORDS: Mapping[str, str] = {
    "call": "appel",
    "dossier": "dossier",
    "intake": "dépôt n°",
    "journal": "journal",
    "person": "compte n°",
    "room": "salle d'examen",
    "run": "traitement n°",
    "session": "séance n°",
}
"""What events are about, before its number or name."""

DATA_WORDS: Mapping[str, str] = {
    "absent": "absents",
    "active": "ouvert",
    "added": "complétés",
    "among": "parmi",
    "analysed": "analysés",
    "analysis": "analyse",
    "asked": "ce qui est demandé",
    "bulk": "action groupée n°",
    "brought": "dossiers ajoutés",
    "bytes": "octets",
    "call": "appel",
    "chair": "présidence",
    "chair_before": "présidence d'avant",
    "changed": "changés",
    "choice": "choix",
    "contents": "contenu",
    "convened": "convoqués",
    "corrections": "corrections",
    "day": "jour",
    "day_before": "jour d'avant",
    "deadline": "date limite",
    "deposit": "dépôt n°",
    "document": "document",
    "dossiers": "dossiers",
    "dropped": "laissés, car sans suite",
    "dropped_for": "motif",
    "events": "événements",
    "expected": "réponse attendue le",
    "failed": "en échec",
    "file": "fichier",
    "files": "fichiers",
    "filter": "filtre",
    "fingerprint": "empreinte",
    "format": "format",
    "found": "trouvés",
    "grouping": "regroupement",
    "instructor": "confié à",
    "intake": "reçus par le dépôt n°",
    "item": "question",
    "jurors": "jurés",
    "key": "clé",
    "kind": "nature",
    "label": "étiquette n°",
    "left": "laissés",
    "letter": "texte du courrier",
    "levels": "niveaux",
    "scale": "échelle (empreinte)",
    "marker": "repère",
    "new": "nouveaux",
    "on": "posée",
    "outcome": "suite",
    "passages": "passages",
    "pending": "en attente",
    "person": "personne",
    "population": "population",
    "quorum": "quorum",
    "presence": "liste de présents n°",
    "present": "présents",
    "present_before": "présents d'avant",
    "problems": "anomalies",
    "read": "lus",
    "reason": "raison",
    "record": "empreinte",
    "renamed": "intitulé changé",
    "reordered": "ordre changé",
    "refused": "refusés",
    "replaced": "remplacés",
    "reply": "délai de réponse en jours",
    "restored": "rétablis",
    "result": "résultat",
    "retention": "conservation en mois",
    "revised": "révisée",
    "role": "rôle",
    "row": "inscription n°",
    "rows": "lignes",
    "run": "traitement n°",
    "sample": "échantillon n°",
    "seated": "siège",
    "seats": "convocations",
    "seats_before": "convocations d'avant",
    "seed": "graine",
    "sent": "envoyé le",
    "session": "séance n°",
    "settled": "achevé",
    "size": "taille",
    "state": "état",
    "target": "ajouté au dossier",
    "unchanged": "inchangés",
    "value": "valeur",
    "what": "objet",
    "withdrawn": "dossiers retirés",
    "written": "écrits",
}
"""What the data of events are called."""

DROPPED_FOR: Mapping[str, str] = {
    "inadmissible": "irrecevable",
    "late": "hors délai",
    "duplicate": "doublon",
    "withdrawn": "retiré par le porteur",
    "trial": "dossier d'essai",
    "other": "autre motif",
}
"""Why a dossier stops here."""

_STATES = {
    "open": "à instruire",
    "complete": "complet",
    "pieces-requested": "pièces demandées",
    "dropped": "sans suite",
}
_OF_DEPOSITS = {
    "add": "pièces ajoutées au dossier",
    "replace": "fichiers remplacés",
    "other": "autre candidat",
    "leave": "laissés de côté",
}
_VALUES: Mapping[str, Mapping[str, str]] = {
    "among": {"all": "tous les dossiers", "complete": "dossiers complets", "decided": "dossiers instruits"},
    "choice": {"kept": "gardé", "aside": "écarté", "added": "ajouté", **_OF_DEPOSITS},
    "dropped_for": DROPPED_FOR,
    "grouping": {"separate": "un dossier par fichier", "together": "un seul dossier"},
    "kind": {
        "field": "champ",
        "fact": "fait",
        "finding": "constat",
        "type": "type d'innovation",
        "note": "note",
        "grid": "grille de faisabilité",
        "synthesis": "synthèse",
        "family": "lien familial",
        "financial": "intérêt financier",
        "professional": "lien professionnel",
        "other": "autre lien",
        "mark": "état du dossier",
        "entrust": "instruction confiée",
        "assign": "jurés",
        "withdraw": "dossiers retirés au jury",
        "label": "étiquette",
    },
    "result": {"conform": "conforme", "differs": "écart", "undecided": "non contrôlable"},
    "role": {
        "administrator": "administration",
        "instructor": "instruction",
        "juror": "jury",
        "auditor": "audit",
    },
    "state": _STATES,
    "value": {
        **{status.value: label for status, label in STATUS_LABELS.items()},
        "noted": "pris en note",
        "settled": "réglé",
        "no-problem": "sans problème",
    },
    "what": {
        "active": "ouverture du compte",
        "name": "nom",
        "analysis": "analyse du programme",
        "audit": "rapport d'audit",
        "corrections": "corrections pour l'entraînement",
        "decisions": "décisions de l'instruction",
        "journal": "journal",
        "letter": "courrier",
        "letters": "courriers",
        "minutes": "procès-verbal",
        "my-words": "relevé d'un juré",
        "password": "mot de passe",
        "role": "rôle",
        "subject": "liaison au compte de la Région",
        "triage": "tableau des dossiers",
    },
}
_PEOPLE = frozenset(
    {"absent", "chair", "chair_before", "instructor", "person", "present", "present_before", "seats", "seats_before"}
)
DOSSIERS = frozenset({"brought", "target", "withdrawn"})
"""Data that names dossiers by their ids."""
_SEALS = frozenset({"row", "record"})
_DAYS = frozenset({"day", "day_before", "deadline", "expected", "sent"})
_DIGEST = 64  # characters
_SHOWN = 12  # of them: enough to tell one from another


@dataclass(frozen=True, slots=True)
class Names:
    """By what people know what events tell by number or id: people, dossiers, the call of each dossier, calls."""

    people: Mapping[int, str]
    dossiers: Mapping[str, str]
    calls_of: Mapping[str, str]
    calls: Mapping[str, Call]

    def call_of(self, event: JournalEvent) -> Call | None:
        """The call whose codes an event may hold."""
        kind, _, name = event.subject.partition(":")
        told = event.data.get("call")
        return self.calls.get({"dossier": self.calls_of.get(name, ""), "call": name}.get(kind, str(told)))


def actor_words(actor: str, people: Mapping[int, str]) -> str:
    """Who acts: one of `people`, by number, or what is no person."""
    kind, _, number = actor.partition(":")
    if kind == "person" and number.isdigit():
        return people.get(int(number), typeset(f"personne n° {number}"))
    return ACTOR_WORDS.get(actor, actor)


def subject_words(subject: str, names: Names) -> str:
    """What an event is about: the name of a dossier, of a person or of a call where it is known."""
    kind, _, name = subject.partition(":")
    if kind == "dossier" and name in names.dossiers:
        return names.dossiers[name]
    if kind == "person" and name.isdigit() and int(name) in names.people:
        return names.people[int(name)]
    words = SUBJECT_WORDS.get(kind, kind)
    if kind == "call" and name in names.calls:
        name = names.calls[name].short_title
    return typeset(f"{words} {_cut(name)}" if name else words)


def detail_words(event: JournalEvent, names: Names) -> Iterator[str]:
    """What an event says besides, one « nom : valeur » each, its seals last; what it says nothing of is left out."""
    kind = event.data.get("kind")
    about = _VALUES["kind"].get(str(kind)) if "key" in event.data else None
    # A decision tells the kind of what it is about, and which one: « champ : Partenaires ».
    headed = about is not None and event.data["key"] is not None
    for key, value in sorted(event.data.items(), key=lambda datum: datum[0] in _SEALS):
        if value is None or value == () or (key == "revised" and value is False) or (key == "kind" and headed):
            continue
        words = str(about) if key == "key" and headed else DATA_WORDS.get(key, key)
        between = " " if words.endswith("n°") else " : "
        yield typeset(f"{words}{between}{_value(event, key, value, names)}")


def _value(event: JournalEvent, key: str, value: Datum, names: Names) -> str:
    if isinstance(value, tuple):
        return ", ".join(_value(event, key, part, names) for part in value)
    if isinstance(value, bool) or key == "active":
        return "oui" if value else "non"
    if key in _PEOPLE:
        return names.people.get(int(str(value)), f"n° {value}")
    if key in DOSSIERS:
        return names.dossiers.get(str(value), _cut(str(value)))
    if key in _DAYS:
        return day(date.fromisoformat(str(value)))
    if key == "reason":
        return what_happened(str(value)).rstrip(".")
    kind = event.data.get("kind")
    called = named(names.call_of(event), key, None if kind is None else str(kind), str(value))
    return called or _VALUES.get(key, {}).get(str(value)) or _cut(str(value))


def _cut(text: str) -> str:
    return f"{text[:_SHOWN]}…" if len(text) == _DIGEST else text
