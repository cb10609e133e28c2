"""What happened to a dossier that has no analysis, in French, by the code that the store keeps.

What to do about it is said where it is shown: at the command line and in the review room it is not the same. A code
never holds the text of a dossier, nor does what is said of it.
"""

from collections.abc import Mapping

INTERRUPTED = "interrupted"
UNEXPECTED = "unexpected-"
"""What the code of an error that nobody foresaw begins with; the name of its kind follows."""
SYSTEM = "system-"
"""What the code of a refusal of the system begins with; its name follows (« ENOSPC »)."""

_UNWRITTEN = "Ses résultats n'ont pas pu être écrits"
_NOT_ACCESSIBLE = "Un fichier de travail n'est pas accessible : accès refusé."
_TOO_MANY_OPEN = "Trop de fichiers étaient ouverts à la fois."

_SAID: Mapping[str, str] = {
    INTERRUPTED: "Le traitement s'est arrêté avant la fin de ce dossier.",
    "output-not-writable": f"{_UNWRITTEN}.",
    "output-full": f"{_UNWRITTEN} : le disque est plein.",
    "output-forbidden": f"{_UNWRITTEN} : accès refusé.",
    "output-read-only": f"{_UNWRITTEN} : ce disque est en lecture seule.",
    "output-name-taken": f"{_UNWRITTEN} : un fichier du dossier de sortie porte déjà ce nom.",
    "output-name-too-long": f"{_UNWRITTEN} : ce nom est trop long pour le disque.",
    "store-full": "Il n'y a plus de place pour la base de travail.",
    "store-busy": "La base de travail est occupée par un autre programme.",
    "store-unreachable": "La base de travail ne répond plus.",
    "store-not-writable": "La base de travail ne peut plus être lue ou écrite.",
    "store-damaged": "La base de travail est endommagée.",
    "altered-file": "Un fichier gardé dans la base de travail manque ou a été modifié.",
    "broken-model": "Un modèle du programme manque ou est altéré.",
    "broken-lexicon": "Un lexique du programme manque ou est altéré.",
    f"{SYSTEM}ENOSPC": "Le disque est plein.",
    f"{SYSTEM}EDQUOT": "La place accordée sur le disque est épuisée.",
    f"{SYSTEM}EACCES": _NOT_ACCESSIBLE,
    f"{SYSTEM}EPERM": _NOT_ACCESSIBLE,
    f"{SYSTEM}EROFS": "Le disque est en lecture seule.",
    f"{SYSTEM}EMFILE": _TOO_MANY_OPEN,
    f"{SYSTEM}ENFILE": _TOO_MANY_OPEN,
    f"{SYSTEM}ENOMEM": "La machine manquait de mémoire.",
    f"{SYSTEM}EAGAIN": "La machine ne pouvait pas lancer d'autre processus.",
}


def what_happened(code: str) -> str:
    """A sentence; of a code that nobody knows, one that gives it."""
    if code in _SAID:
        return _SAID[code]
    if code.startswith(SYSTEM):
        return f"Un fichier de travail n'a pas pu être lu ou écrit ({code.removeprefix(SYSTEM)})."
    return f"Le programme a rencontré une erreur qu'il ne connaît pas ({code.removeprefix(UNEXPECTED)})."
