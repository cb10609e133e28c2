"""Why a dossier has no analysis: from the codes that stages leave in the store to what is said of them in French.

A code never holds the text of a dossier, nor does what is said of it.
"""

import errno
from dataclasses import dataclass

from pipeline.text import typeset

INTERRUPTED = "interrupted"
_UNEXPECTED = "unexpected-"
_SYSTEM = "system-"

_AGAIN = "Relancez la même commande : le reste est acquis."
_ROOM = "Libérez de la place, puis relancez la même commande : le reste est acquis."
_UNWRITTEN = "Ses résultats n'ont pas pu être écrits"
_REPORT = "C'est un défaut du programme : signalez-le avec ce code."

_SAID = {
    INTERRUPTED: f"Le traitement s'est arrêté avant la fin de ce dossier. {_AGAIN}",
    "output-not-writable": f"{_UNWRITTEN}. Vérifiez vos droits sur le dossier de sortie et la place libre. {_AGAIN}",
    "output-full": f"{_UNWRITTEN} : le disque est plein. {_ROOM}",
    "output-forbidden": f"{_UNWRITTEN} : accès refusé. Vérifiez vos droits sur le dossier de sortie. {_AGAIN}",
    "output-read-only": f"{_UNWRITTEN} : ce disque est en lecture seule. Choisissez un autre dossier avec --out.",
    "output-name-taken": f"{_UNWRITTEN} : un fichier du dossier de sortie porte déjà ce nom. "
    "Déplacez-le, puis relancez.",
    "output-name-too-long": f"{_UNWRITTEN} : ce nom est trop long pour le disque. Raccourcissez-le, puis relancez.",
    "store-full": f"Il n'y a plus de place pour la base de travail. {_ROOM}",
    "store-busy": f"La base de travail est occupée par un autre programme. {_AGAIN}",
    "store-unreachable": f"La base de travail ne répond plus. Vérifiez qu'elle est en marche. {_AGAIN}",
    "store-not-writable": "La base de travail ne peut plus être lue ou écrite. Vérifiez vos droits sur REPERES_HOME.",
    "store-damaged": "La base de travail est endommagée. Restaurez le dossier que nomme REPERES_HOME.",
    "altered-file": "Un fichier gardé dans la base de travail manque ou a été modifié. "
    "Lancez « reperes journal verify » pour savoir lequel.",
    "broken-model": "Un modèle du programme manque ou est altéré. Lancez « reperes doctor ».",
    "broken-lexicon": "Un lexique du programme manque ou est altéré. Lancez « reperes doctor ».",
}
_SYSTEM_SAID = {
    "ENOSPC": f"Le disque est plein. {_ROOM}",
    "EDQUOT": f"La place qui vous est accordée sur le disque est épuisée. {_ROOM}",
    "EACCES": "Un fichier de travail n'est pas accessible : accès refusé. Vérifiez vos droits, puis relancez.",
    "EPERM": "Un fichier de travail n'est pas accessible : accès refusé. Vérifiez vos droits, puis relancez.",
    "EROFS": "Le disque est en lecture seule. Nommez un autre dossier par REPERES_HOME, puis relancez.",
    "EMFILE": f"Trop de fichiers étaient ouverts à la fois. Baissez REPERES_WORKERS. {_AGAIN}",
    "ENFILE": f"Trop de fichiers étaient ouverts à la fois. Baissez REPERES_WORKERS. {_AGAIN}",
    "ENOMEM": f"La machine manquait de mémoire. Baissez REPERES_WORKERS. {_AGAIN}",
    "EAGAIN": f"La machine ne pouvait pas lancer d'autre processus. Baissez REPERES_WORKERS. {_AGAIN}",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """A dossier without an analysis; `why` is French: what happened and what to do."""

    dossier: str
    why: str

    @property
    def told(self) -> str:
        return f"{self.dossier} – {self.why}"


def system_said(error: OSError) -> str:
    """What is said of what the system refused to the command itself."""
    return typeset(_why(system_code(error)))


def system_code(error: OSError) -> str:
    """The code of what the system refused: "system-ENOSPC"."""
    return _SYSTEM + errno.errorcode.get(error.errno or 0, type(error).__name__)


def unexpected_code(error: Exception) -> str:
    """The code of an error that nobody foresaw: "unexpected-ValueError"."""
    return _UNEXPECTED + type(error).__name__


def failure(dossier: str, code: str | None) -> Failure:
    """What is said of a dossier that failed with `code` (None: not reached)."""
    return Failure(dossier, typeset(_why(code or INTERRUPTED)))


def _why(code: str) -> str:
    if code in _SAID:
        return _SAID[code]
    if code.startswith(_SYSTEM):
        name = code.removeprefix(_SYSTEM)
        return _SYSTEM_SAID.get(name, f"Un fichier de travail n'a pas pu être lu ou écrit ({name}). {_AGAIN}")
    return f"Le programme a rencontré une erreur qu'il ne connaît pas ({code.removeprefix(_UNEXPECTED)}). {_REPORT}"
