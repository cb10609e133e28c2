"""Codes of what happened to files and pages, with what is said of them in French.

A bad PDF is a finding of its dossier, never a failed run.
"""

from dataclasses import dataclass
from enum import StrEnum

from pipeline.text import typeset


class Reason(StrEnum):
    """Why a file or a page could not be read."""

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NOT_A_PDF = "not-a-pdf"
    EMPTY_FILE = "empty-file"
    NO_PAGES = "no-pages"
    NO_TEXT = "no-text"
    TOO_LARGE = "too-large"
    TOO_MANY_PAGES = "too-many-pages"
    PAGE_TOO_LARGE = "page-too-large"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASH = "crash"
    PAGE_DAMAGED = "page-damaged"
    OCR_MISSING = "ocr-missing"
    OCR_FAILED = "ocr-failed"


class Note(StrEnum):
    """What was noticed in a file that was read."""

    SCRIPTS = "scripts"
    ATTACHMENTS = "attachments"
    EMPTY_PASSWORD = "empty-password"
    XFA = "xfa"


@dataclass(frozen=True, slots=True)
class Phrase:
    """`said` says what happened, `advice` what to do; both French."""

    said: str
    advice: str


PHRASES: dict[str, Phrase] = {
    Reason.ENCRYPTED: Phrase(
        "Le fichier est protégé par un mot de passe.",
        "Demandez au porteur une version sans mot de passe.",
    ),
    Reason.DAMAGED: Phrase(
        "Le fichier est endommagé : il ne s'ouvre pas ou n'affiche aucune page.",
        "Demandez au porteur d'envoyer de nouveau le fichier.",
    ),
    Reason.NOT_A_PDF: Phrase(
        "Le fichier porte l'extension .pdf mais n'est pas un PDF.",
        "Demandez au porteur un fichier PDF.",
    ),
    Reason.EMPTY_FILE: Phrase(
        "Le fichier est vide (0 octet).",
        "Demandez au porteur d'envoyer de nouveau le fichier.",
    ),
    Reason.NO_PAGES: Phrase(
        "Le fichier s'ouvre mais ne contient aucune page.",
        "Demandez au porteur d'envoyer de nouveau le fichier.",
    ),
    Reason.NO_TEXT: Phrase(
        "Aucun texte n'a pu être lu dans le fichier.",
        "Ouvrez le fichier pour voir s'il est vide ou illisible, puis demandez un meilleur exemplaire.",
    ),
    Reason.TOO_LARGE: Phrase(
        "Le fichier est trop lourd pour être lu.",
        "Demandez une version allégée, ou relevez la limite dans les réglages.",
    ),
    Reason.TOO_MANY_PAGES: Phrase(
        "Le fichier a trop de pages pour être lu.",
        "Demandez un dossier plus court, ou relevez la limite dans les réglages.",
    ),
    Reason.PAGE_TOO_LARGE: Phrase(
        "Page trop grande : la lire par reconnaissance de caractères (OCR) demanderait trop de mémoire.",
        "Ouvrez la page pour la lire ; demandez au besoin une version au format A4.",
    ),
    Reason.TIMEOUT: Phrase(
        "La lecture a été arrêtée : elle prenait trop de temps.",
        "Ouvrez le fichier pour voir s'il est normal ; relevez au besoin la limite dans les réglages.",
    ),
    Reason.MEMORY: Phrase(
        "La lecture a été arrêtée : elle demandait trop de mémoire.",
        "Ouvrez le fichier pour voir s'il est normal ; relevez au besoin la limite dans les réglages.",
    ),
    Reason.CRASH: Phrase(
        "La lecture du fichier a fait échouer le lecteur de PDF.",
        "Demandez au porteur de produire de nouveau le PDF (« Enregistrer sous », « Imprimer en PDF »).",
    ),
    Reason.PAGE_DAMAGED: Phrase(
        "La page est endommagée : elle n'a pas pu être lue.",
        "Ouvrez la page pour la lire ; demandez au besoin un nouvel exemplaire.",
    ),
    Reason.OCR_MISSING: Phrase(
        "Texte en image non lu : la reconnaissance de caractères (OCR) n'est pas installée ou est désactivée.",
        "Installez « tesseract-ocr » et « tesseract-ocr-fra » (ou retirez REPERES_OCR=false), puis relancez.",
    ),
    Reason.OCR_FAILED: Phrase(
        "La reconnaissance de caractères (OCR) n'a pas abouti sur cette page.",
        "Ouvrez la page pour la lire ; demandez au besoin un meilleur exemplaire.",
    ),
    Note.SCRIPTS: Phrase(
        "Le fichier contient des scripts ; ils n'ont pas été exécutés.",
        "Ouvrez ce fichier avec prudence.",
    ),
    Note.ATTACHMENTS: Phrase(
        "Le fichier contient des pièces jointes ; elles n'ont pas été ouvertes.",
        "Vérifiez si elles font partie du dossier, et demandez-les au besoin en PDF séparés.",
    ),
    Note.EMPTY_PASSWORD: Phrase(
        "Le fichier est chiffré avec un mot de passe vide ; il a pu être lu.",
        "Rien à faire.",
    ),
    Note.XFA: Phrase(
        "Le fichier est un formulaire dynamique (XFA) : une partie des réponses peut ne pas avoir été lue.",
        "Demandez au porteur d'imprimer le formulaire en PDF.",
    ),
}


def phrase(code: str) -> Phrase:
    """What is said of `code`.

    Raises:
        KeyError: no such code.
    """
    known = PHRASES[code]
    return Phrase(typeset(known.said), typeset(known.advice))
