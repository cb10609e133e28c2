"""What a page says once after an action, by code: a count at most, never words of a dossier."""

from collections.abc import Mapping
from dataclasses import dataclass

from web.french import figure, typeset


@dataclass(frozen=True, slots=True)
class Flash:
    """A message of the last action; `kind` is success, info, warning or error."""

    kind: str
    text: str


_SAYINGS: Mapping[str, tuple[str, str, str]] = {
    # code: kind, said of one (or of no count), said of several with {n}
    "decided": ("success", "Votre décision est enregistrée.", ""),
    "saved": ("success", "C'est enregistré.", ""),
    "signed-out": ("info", "Vous êtes déconnecté.", ""),
    "account-added": ("success", "Le compte est créé.", ""),
    "account-changed": ("success", "Le compte est modifié.", ""),
    "account-opened": ("success", "Le compte est ouvert de nouveau.", ""),
    "account-shut": ("success", "Le compte est fermé.", ""),
    "account-handed": (
        "success",
        "Le compte est fermé ; le dossier qu'il tenait a changé de mains.",
        "Le compte est fermé ; les {n} dossiers qu'il tenait ont changé de mains.",
    ),
    "password-changed": ("success", "Votre mot de passe est changé ; vos autres sessions sont fermées.", ""),
    "call-opened": ("success", "L'appel est ouvert.", ""),
    "call-closed": ("success", "L'appel est clos.", ""),
    "call-set": ("success", "Les réglages de l'appel sont enregistrés.", ""),
    "jury-changed": ("success", "Le jury est modifié.", ""),
    "letter-saved": ("success", "Le courrier est enregistré ; rien n'est envoyé.", ""),
    "letter-proposed": ("info", "Le texte proposé est repris ; le précédent reste lisible sous le courrier.", ""),
    "letter-sent": ("success", "Le courrier est marqué comme envoyé ; le dossier attend des pièces.", ""),
    "letter-corrected": ("success", "Les dates du courrier sont corrigées ; les anciennes restent lisibles.", ""),
    "letter-withdrawn": ("info", "Le courrier est noté comme non envoyé ; son texte reste lisible.", ""),
    "draft-saved": ("success", "Le brouillon est enregistré ; vous seul le voyez.", ""),
    "score-submitted": ("success", "Votre réponse est soumise.", "Vos {n} réponses sont soumises."),
    "answers-submitted": ("success", "Votre réponse est soumise.", "Vos {n} réponses sont soumises."),
    "conflict-declared": (
        "info",
        "Votre conflit d'intérêts est enregistré : le dossier n'est plus dans vos pages.",
        "",
    ),
    "nothing-compared": ("warning", "Cochez au moins un dossier.", ""),
    "session-planned": ("success", "La séance est enregistrée.", ""),
    "presence-set": (
        "success",
        "Les présents sont changés à partir de maintenant ; ce qui est déjà arrêté n'en change pas.",
        "",
    ),
    "session-open": ("success", "La séance est ouverte.", ""),
    "session-closed": ("success", "La séance est close : ce qu'elle a arrêté ne change plus.", ""),
    "value-held": ("success", "La valeur collective est enregistrée.", ""),
    "answer-held": ("success", "La réponse du jury est enregistrée.", ""),
    "outcome-held": ("success", "La suite donnée au dossier est enregistrée.", ""),
    "dossier-settled": (
        "success",
        "La lecture du dossier est arrêtée : les jurés ne modifient plus leurs réponses.",
        "",
    ),
    "dossier-reopened": ("info", "La lecture du dossier est reprise.", ""),
    "retry-asked": ("success", "Un nouvel essai est demandé.", "De nouveaux essais sont demandés pour {n} dossiers."),
    "deposit-settled": (
        "success",
        "Votre réponse est enregistrée ; le programme s'en charge.",
        "Votre réponse est enregistrée pour {n} dossiers ; le programme s'en charge.",
    ),
    "nothing-chosen": ("warning", "Aucun dossier n'est coché : rien n'a été fait.", ""),
    "selection-changed": (
        "warning",
        "Rien n'a été fait : le tableau avait changé. Vérifiez ce qu'il montre maintenant, puis recommencez.",
        "Rien n'a été fait : le tableau avait changé, il montre maintenant {n} dossiers. Vérifiez, puis recommencez.",
    ),
    "view-saved": ("success", "La vue est enregistrée.", ""),
    "columns-kept": ("success", "Le tableau montre les colonnes que vous avez choisies.", ""),
    "view-removed": ("success", "La vue est retirée.", ""),
}


def coded(code: str, count: int | None = None) -> str:
    """What the cookie holds."""
    if code not in _SAYINGS:
        raise KeyError(code)
    return code if count is None else f"{code}.{count}"


def told(coded_text: str | None) -> tuple[Flash, ...]:
    """The message of a cookie; none when it is not one of ours."""
    code, _, number = (coded_text or "").partition(".")
    if code not in _SAYINGS:
        return ()
    kind, one, several = _SAYINGS[code]
    count = int(number) if number.isascii() and number.isdigit() and len(number) < 8 else None
    text = one if count is None or count < 2 or not several else several.format(n=figure(count))
    return (Flash(kind, typeset(text)),)
