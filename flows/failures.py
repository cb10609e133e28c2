"""Why a dossier has no analysis: the codes that stages leave in the store, and what the command line says to do.

A code never holds the text of a dossier, nor does what is said of it.
"""

import errno
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.failures import INTERRUPTED, SYSTEM, UNEXPECTED, what_happened
from pipeline.text import typeset

_AGAIN = "Relancez la même commande : le reste est acquis."
_ROOM = "Libérez de la place, puis relancez la même commande : le reste est acquis."
_RIGHTS = "Vérifiez vos droits, puis relancez."
_FEWER = f"Baissez REPERES_WORKERS. {_AGAIN}"
_REPORT = "C'est un défaut du programme : signalez-le avec ce code."

_ADVICE: Mapping[str, str] = {
    INTERRUPTED: _AGAIN,
    "output-not-writable": f"Vérifiez vos droits sur le dossier de sortie et la place libre. {_AGAIN}",
    "output-full": _ROOM,
    "output-forbidden": f"Vérifiez vos droits sur le dossier de sortie. {_AGAIN}",
    "output-read-only": "Choisissez un autre dossier avec --out.",
    "output-name-taken": "Déplacez-le, puis relancez.",
    "output-name-too-long": "Raccourcissez-le, puis relancez.",
    "store-full": _ROOM,
    "store-busy": _AGAIN,
    "store-unreachable": f"Vérifiez qu'elle est en marche. {_AGAIN}",
    "store-not-writable": "Vérifiez vos droits sur REPERES_HOME.",
    "store-damaged": "Restaurez le dossier que nomme REPERES_HOME.",
    "altered-file": "Lancez « reperes journal verify » pour savoir lequel.",
    "broken-model": "Lancez « reperes doctor ».",
    "broken-lexicon": "Lancez « reperes doctor ».",
    f"{SYSTEM}ENOSPC": _ROOM,
    f"{SYSTEM}EDQUOT": _ROOM,
    f"{SYSTEM}EACCES": _RIGHTS,
    f"{SYSTEM}EPERM": _RIGHTS,
    f"{SYSTEM}EROFS": "Nommez un autre dossier par REPERES_HOME, puis relancez.",
    f"{SYSTEM}EMFILE": _FEWER,
    f"{SYSTEM}ENFILE": _FEWER,
    f"{SYSTEM}ENOMEM": _FEWER,
    f"{SYSTEM}EAGAIN": _FEWER,
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
    return SYSTEM + errno.errorcode.get(error.errno or 0, type(error).__name__)


def unexpected_code(error: Exception) -> str:
    """The code of an error that nobody foresaw: "unexpected-ValueError"."""
    return UNEXPECTED + type(error).__name__


def failure(dossier: str, code: str | None) -> Failure:
    """What is said of a dossier that failed with `code` (None: not reached)."""
    return Failure(dossier, typeset(_why(code or INTERRUPTED)))


def _why(code: str) -> str:
    advice = _ADVICE.get(code) or (_AGAIN if code.startswith(SYSTEM) else _REPORT)
    return f"{what_happened(code)} {advice}"
