"""What the journal's codes say in French, the same on the terminal and in the room."""

from collections.abc import Iterator, Mapping
from datetime import date

from pipeline.failures import what_happened
from pipeline.findings.wording import day
from pipeline.labels import STATUS_LABELS
from pipeline.text import typeset
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
    Action.BULK_DONE: "action groupée",
    Action.BULK_UNDONE: "action groupée annulée",
    Action.EXPORTED: "export",
    Action.CONFLICT_DECLARED: "conflit d'intérêts déclaré",
    Action.CONFLICT_DENIED: "absence de conflit d'intérêts déclarée",
    Action.PASSAGE_CHOSEN: "passage retenu, écarté ou ajouté",
    Action.SCORE_SUBMITTED: "appréciation d'un repère soumise",
    Action.ANSWER_SUBMITTED: "réponse du jury soumise",
    Action.SESSION_PLANNED: "séance prévue",
    Action.SESSION_OPENED: "séance ouverte",
    Action.DOSSIER_SETTLED: "examen du dossier achevé en séance",
    Action.SESSION_CLOSED: "séance close",
    Action.COLLECTIVE_VALUE_SET: "valeur collective arrêtée",
    Action.COLLECTIVE_ANSWER_SET: "réponse collective arrêtée",
    Action.OUTCOME_SET: "suite donnée au dossier",
    Action.SAMPLE_DRAWN: "échantillon tiré au sort",
    Action.CHECK_RECORDED: "contrôle consigné",
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
    "active": "ouvert",
    "among": "parmi",
    "analysed": "analysés",
    "analysis": "analyse",
    "bulk": "action groupée n°",
    "bytes": "octets",
    "call": "appel",
    "chair": "présidence",
    "changed": "changés",
    "choice": "choix",
    "contents": "contenu",
    "convened": "convoqués",
    "corrections": "corrections",
    "deadline": "date limite",
    "deposit": "dépôt n°",
    "document": "document",
    "dossiers": "dossiers",
    "events": "événements",
    "failed": "en échec",
    "file": "fichier",
    "files": "fichiers",
    "filter": "filtre",
    "fingerprint": "empreinte",
    "format": "format",
    "found": "trouvés",
    "grouping": "regroupement",
    "instructor": "confié à",
    "item": "question",
    "jurors": "jurés",
    "key": "clé",
    "kind": "nature",
    "label": "étiquette n°",
    "left": "laissés",
    "levels": "niveaux",
    "marker": "repère",
    "new": "nouveaux",
    "on": "posée",
    "outcome": "suite",
    "passages": "passages",
    "pending": "en attente",
    "person": "personne",
    "population": "population",
    "quorum": "quorum",
    "read": "lus",
    "reason": "raison",
    "record": "empreinte",
    "refused": "refusés",
    "replaced": "remplacés",
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
    "seed": "graine",
    "session": "séance n°",
    "settled": "achevé",
    "size": "taille",
    "state": "état",
    "unchanged": "inchangés",
    "value": "valeur",
    "what": "objet",
    "written": "écrits",
}
"""What the data of events are called."""

_STATES = {"open": "à instruire", "complete": "complet", "pieces-requested": "pièces demandées"}
_VALUES: Mapping[str, Mapping[str, str]] = {
    "among": {"all": "tous les dossiers", "complete": "dossiers complets", "decided": "dossiers instruits"},
    "choice": {"kept": "gardé", "aside": "écarté", "added": "ajouté"},
    "grouping": {"separate": "un dossier par fichier", "together": "un seul dossier"},
    "kind": {
        "field": "champ",
        "fact": "information",
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
        "analysis": "analyse du programme",
        "audit": "rapport d'audit",
        "corrections": "corrections pour l'entraînement",
        "journal": "journal",
        "minutes": "procès-verbal",
        "my-words": "relevé d'un juré",
        "password": "mot de passe",
        "role": "rôle",
        "subject": "liaison au compte de la Région",
        "triage": "tableau des dossiers",
    },
}
_PEOPLE = frozenset({"chair", "instructor", "person"})
_SEALS = frozenset({"row", "record"})
_DIGEST = 64  # characters
_SHOWN = 12  # of them: enough to tell one from another


def actor_words(actor: str, people: Mapping[int, str]) -> str:
    """Who acts: one of `people`, by number, or what is no person."""
    kind, _, number = actor.partition(":")
    if kind == "person" and number.isdigit():
        return people.get(int(number), typeset(f"personne n° {number}"))
    return ACTOR_WORDS.get(actor, actor)


def subject_words(subject: str, people: Mapping[int, str], dossiers: Mapping[str, str]) -> str:
    """What an event is about: the name of a dossier or of a person where it is known, by id."""
    kind, _, name = subject.partition(":")
    if kind == "dossier" and name in dossiers:
        return dossiers[name]
    if kind == "person" and name.isdigit() and int(name) in people:
        return people[int(name)]
    words = SUBJECT_WORDS.get(kind, kind)
    return typeset(f"{words} {_cut(name)}" if name else words)


def detail_words(event: JournalEvent, people: Mapping[int, str]) -> Iterator[str]:
    """What an event says besides, one « nom : valeur » each, its seals last; what it says nothing of is left out."""
    for key, value in sorted(event.data.items(), key=lambda datum: datum[0] in _SEALS):
        if value is not None and value != () and not (key == "revised" and value is False):
            words = DATA_WORDS.get(key, key)
            between = " " if words.endswith("n°") else " : "
            yield typeset(f"{words}{between}{_value(key, value, people)}")


def _value(key: str, value: Datum, people: Mapping[int, str]) -> str:
    if isinstance(value, tuple):
        return ", ".join(_value(key, part, people) for part in value)
    if isinstance(value, bool) or key == "active":
        return "oui" if value else "non"
    if isinstance(value, int):
        return people.get(value, f"n° {value}") if key in _PEOPLE else str(value)
    if key == "deadline":
        return day(date.fromisoformat(str(value)))
    if key == "reason":
        return what_happened(str(value)).rstrip(".")
    return _VALUES.get(key, {}).get(str(value)) or _cut(str(value))


def _cut(text: str) -> str:
    return f"{text[:_SHOWN]}…" if len(text) == _DIGEST else text
