"""Why something is not as it should be, and what to do about it in the room: said by the code that the machine left."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.failures import INTERRUPTED, SYSTEM, what_happened
from pipeline.reasons import PHRASES
from store.settling import LEFT
from web.french import typeset

_AGAIN = "Demandez un nouvel essai."
_TELL = "Signalez-le à l'administration de Repères, puis demandez un nouvel essai."
_PLACE = "L'administration de Repères doit libérer de la place, puis un nouvel essai peut être demandé."

_UNREAD = "Aucune pièce de ce dossier n'a pu être lue."
_PARTLY_READ = "Une partie de ce dossier n'a pas pu être lue."
_OPEN_IT = "Ouvrez-le : il dit quoi, pourquoi, et ce qu'il y a à faire."

_LEFT_OUT: Mapping[str, tuple[str, str]] = {
    "not-a-pdf-file": (
        "Seuls les PDF et les archives .zip sont lus.",
        "Convertissez ce fichier en PDF, puis déposez-le.",
    ),
    "nothing-to-read": ("Il n'y a aucun PDF à lire ici.", "Déposez des PDF, ou une archive .zip qui en contient."),
    "too-large": (
        "Ce fichier dépasse la taille permise : il n'a pas été envoyé.",
        "Demandez une version allégée au porteur.",
    ),
    LEFT: ("Une personne a choisi de laisser ces fichiers de côté.", "Déposez-les de nouveau si c'était une erreur."),
    "invalid-archive": (
        "Cette archive ne s'ouvre pas.",
        "Refaites l'archive, ou déposez les fichiers qu'elle contient.",
    ),
    "archive-inside": (
        "Trop d'archives les unes dans les autres.",
        "Ouvrez celle-ci, puis déposez ce qu'elle contient.",
    ),
    "name-taken": ("Un autre fichier de ce dépôt porte le même nom.", "Renommez l'un des deux, puis déposez-le."),
    "symbolic-link": ("C'est un lien, pas un fichier.", "Déposez le fichier lui-même."),
    "special-file": ("Ce n'est pas un fichier ordinaire.", "Déposez un PDF."),
    "forbidden": (
        "Ce fichier ne peut pas être ouvert.",
        "Refaites l'archive, ou déposez les fichiers qu'elle contient.",
    ),
}
_ADVICE: Mapping[str, str] = {
    INTERRUPTED: _AGAIN,
    "store-full": _PLACE,
    "store-busy": _AGAIN,
    "altered-file": "Déposez de nouveau ce dossier, et signalez-le à l'administration de Repères.",
    f"{SYSTEM}ENOSPC": _PLACE,
    f"{SYSTEM}EDQUOT": _PLACE,
}


@dataclass(frozen=True, slots=True)
class Why:
    """What happened, and what to do; French."""

    said: str
    advice: str


def why(code: str) -> Why:
    """What made an analysis fail."""
    return Why(typeset(what_happened(code)), typeset(_ADVICE.get(code, _TELL)))


def why_left_out(code: str) -> Why:
    """Why something is left out of a deposit, or why the whole deposit could not be taken."""
    if code not in _LEFT_OUT:
        return why(code)
    said, advice = _LEFT_OUT[code]
    return Why(typeset(said), typeset(advice))


def why_unread(code: str | None) -> Why:
    """Why nothing could be read of a dossier; without a code, as when its files differ, the dossier says it."""
    if code not in PHRASES:
        return Why(typeset(_UNREAD), typeset(_OPEN_IT))
    return Why(typeset(PHRASES[code].said), typeset(PHRASES[code].advice))


def why_partly_read() -> Why:
    """What is said of a dossier of which some files or pages could not be read."""
    return Why(typeset(_PARTLY_READ), typeset(_OPEN_IT))
